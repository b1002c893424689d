from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from granskning.evidence import interrupted
from granskning.evidence.lookup import Citation, QuotationLookup, QuotationVerdict
from granskning.evidence.text_index import Reading
from granskning.model.document_text import DocumentHeading, DocumentPage, DocumentText

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "Länsplan för Exempellän"
SENTENCE = "Kvinnor och män ska ha samma makt att forma samhället och sina egna liv."
ABOUT = "Resor till förskola och vård behöver fungera lika väl som resor till arbetet."


def paged(
    *pages: str, labels: tuple[str | None, ...] = (), headings: tuple[DocumentHeading, ...] = ()
) -> QuotationLookup:
    labels = labels or (None,) * len(pages)
    made = (DocumentPage(text, label) for text, label in zip(pages, labels, strict=True))
    return QuotationLookup(DocumentText(tuple(made), headings))


def test_a_word_without_end_is_looked_up_in_bounded_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut at every line, it is as many places where a long quotation of it may be torn in two."""
    counts = {"lines": 0, "rests": 0}
    lines, rest = Reading._lines, interrupted._rest  # noqa: SLF001  # what is counted

    def count_lines(reading: Reading, page: int) -> Iterator[tuple[int, str]]:
        counts["lines"] += 1
        return lines(reading, page)

    def count_rests(*given: Any) -> int | None:
        counts["rests"] += 1
        return rest(*given)

    monkeypatch.setattr(Reading, "_lines", count_lines)
    monkeypatch.setattr(interrupted, "_rest", count_rests)
    assert status_of(running("vägar-\n" * 800), "vägar " * 200 + "stig") == "gone"
    assert counts["lines"] <= 4  # its breaks and its notes, in each of the two readings
    assert 100 < counts["rests"] <= 1000


def running(text: str, *headings: DocumentHeading) -> QuotationLookup:
    return QuotationLookup(DocumentText((DocumentPage(text),), headings, has_pages=False))


def status_of(lookup: QuotationLookup, quote: str, **place: object) -> str:
    return lookup.look_up(Citation(quote, **place)).status  # type: ignore[arg-type]


# --- what makes no difference ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "quoted"),
    [
        ("Kvinnor och\r\nmän  reser\tolika i\nlänet.", "Kvinnor och män reser olika i länet."),
        ("en jämställdhets-\r\npolitisk strategi för länet", "en jämställdhetspolitisk strategi för länet"),
        ("en jämställdhets\x02\r\npolitisk strategi för länet", "en jämställdhetspolitisk strategi för länet"),
        ("en jämställdhets‐\npolitisk strategi för länet", "en jämställdhets-\npolitisk strategi för länet"),
        ("kollektiv\xadtrafik\xadmyndigheten beslutar om det", "kollektivtrafikmyndigheten beslutar om det"),
        ("ﬁnansieringen är oﬃciellt beslutad", "finansieringen är officiellt beslutad"),
        ("hon sade ”det är rättvist” och gick", 'hon sade "det är rättvist" och gick'),
        ("hon sade »det är rättvist« och gick", "hon sade “det är rättvist” och gick"),
        ("fa\u030ar kvinnor ba\u0308ttre vill-\nkor i arbetet", "får kvinnor bättre villkor i arbetet"),
        ("f˚ar kvinnor b¨attre villkor i arbetet", "får kvinnor bättre villkor i arbetet"),
        ("under perioden 2014–\n2020 i hela länet", "under perioden 2014-2020 i hela länet"),
        ("• kvinnor i länet\n• män i länet", "kvinnor i länet män i länet"),
        ("Kvinnor¹ och män2 ska ha samma makt3.", "Kvinnor och män ska ha samma makt."),
        ("Kvinnor i 12,5 % av fallen\xa0och män", "kvinnor i 12,5 % av fallen och män"),
        ("Målet gäller alla … och envar i länet", "Målet gäller alla ... och envar i länet"),
    ],
)
def test_print_and_copy_are_the_same_words(printed: str, quoted: str) -> None:
    verdict = paged("Förord.", f"Något före. {printed} Något efter.").look_up(Citation(quoted, "2"))
    assert (verdict.status, verdict.found_page, verdict.similarity) == ("found", "2", 1.0)


@pytest.mark.parametrize(
    "quoted",
    [
        "Kvinnor och pojkar ska ha samma makt att forma samhället och sina egna liv.",
        "Kvinnor och män ska inte ha samma makt att forma samhället och sina egna liv.",
        "Kvinnor och män ska ha makt att forma samhället och sina egna liv.",
        "Kvinnor och män ska ha samma makt att forma samhället och sina egna livs",
        "vinnor och män ska ha samma makt att forma samhället och sina egna liv",
        "Kvinnor, och män ska ha samma makt att forma samhället och sina egna liv.",
    ],
)
def test_a_word_more_less_or_other_is_a_change(quoted: str) -> None:
    verdict = paged("Förord.", SENTENCE).look_up(Citation(quoted, "2"))
    assert verdict.status == "changed"
    assert verdict.found_page == "2"
    assert verdict.changes
    assert verdict.closest is not None
    assert 0.6 <= (verdict.similarity or 0) < 1


@pytest.mark.parametrize(
    ("printed", "quoted"),
    [
        ("från 2014 till 2020 var andelen 12,5 procent i länet", "från 2014 till 2020 var andelen 125 procent i länet"),
        ("minskade till -5 procent i hela länet i år", "minskade till 5 procent i hela länet i år"),
        ("gäller åren 2014–2020 i hela länet nu", "gäller åren 20142020 i hela länet nu"),
    ],
)
def test_marks_within_numbers_count(printed: str, quoted: str) -> None:
    assert status_of(paged(printed), quoted) == "changed"


def test_what_a_changed_quotation_should_be_is_told() -> None:
    verdict = paged(f"{HEAD}. {SENTENCE} {ABOUT}").look_up(Citation("Kvinnor och pojkar ska ha samma makt att forma"))
    assert [(change.quoted, change.in_document) for change in verdict.changes] == [("pojkar", "män")]
    assert verdict.closest == "Kvinnor och män ska ha samma makt att forma"


def test_what_stands_nowhere_is_gone() -> None:
    verdict = paged(SENTENCE, ABOUT).look_up(
        Citation("Regionen avsätter åtta miljoner kronor till fiberutbyggnad.", "1")
    )
    assert (verdict.status, verdict.found_page, verdict.found_pdf_page) == ("gone", None, None)


# --- ellipses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["[…]", "[...]", "…", "...", "(...)", "[. . .]"])
def test_an_ellipsis_leaves_something_out(mark: str) -> None:
    lookup = paged(f"{SENTENCE} {ABOUT}")
    assert status_of(lookup, f"Kvinnor och män ska {mark} resor till arbetet", page="1") == "found"


def test_parts_in_the_wrong_order_are_not_found() -> None:
    lookup = paged(f"{SENTENCE} {ABOUT}")
    assert status_of(lookup, "resor till arbetet […] Kvinnor och män ska ha samma makt") != "found"


# --- pages ----------------------------------------------------------------------------------------------------------

LABELS = ("i", "ii", "1", "2")


def test_the_printed_page_is_right() -> None:
    lookup = paged(HEAD, "Innehåll", SENTENCE, ABOUT, labels=LABELS)
    verdict = lookup.look_up(Citation(SENTENCE, "1"))
    assert (verdict.status, verdict.found_page, verdict.found_pdf_page) == ("found", "1", 3)


def test_a_counted_page_given_as_printed_is_moved() -> None:
    lookup = paged(HEAD, "Innehåll", SENTENCE, ABOUT, labels=LABELS)
    verdict = lookup.look_up(Citation(SENTENCE, "2"))
    assert (verdict.status, verdict.found_page, verdict.found_pdf_page) == ("moved", "1", 3)


def test_without_labels_pages_are_counted() -> None:
    assert status_of(paged(HEAD, SENTENCE), SENTENCE, page="2") == "found"
    assert status_of(paged(HEAD, SENTENCE), SENTENCE, page="1") == "moved"


def test_a_label_that_occurs_twice_is_right_on_either() -> None:
    lookup = paged(SENTENCE, ABOUT, labels=("1", "1"))
    assert status_of(lookup, SENTENCE, page="1") == "found"
    assert status_of(lookup, ABOUT, page="1") == "found"


@pytest.mark.parametrize(("page", "pdf_page", "found"), [("1", 3, 3), ("2", 3, 3), ("1", 4, 3), ("2", 4, 3)])
def test_two_numbers_that_disagree_are_told(page: str, pdf_page: int, found: int) -> None:
    lookup = paged(HEAD, "Innehåll", SENTENCE, ABOUT, labels=LABELS)
    verdict = lookup.look_up(Citation(SENTENCE, page, pdf_page))
    assert verdict.pages_disagree == ((page, pdf_page) not in {("1", 3), ("2", 4)})
    assert verdict.status == ("moved" if (page, pdf_page) == ("2", 4) else "found")
    assert verdict.found_pdf_page == found


def test_where_it_stands_twice_the_cited_page_wins() -> None:
    lookup = paged(SENTENCE, ABOUT, SENTENCE)
    assert lookup.look_up(Citation(SENTENCE, "3")).found_page == "3"
    assert lookup.look_up(Citation(SENTENCE, "2")).status == "moved"


def test_a_range_of_pages_is_all_of_them() -> None:
    lookup = paged(HEAD, SENTENCE, ABOUT)
    assert status_of(lookup, SENTENCE, page="2–3") == "found"
    assert status_of(lookup, ABOUT, page="s. 2-3") == "found"


# --- over breaks ----------------------------------------------------------------------------------------------------

FIRST = f"{HEAD}\nKvinnor och män ska ha samma makt\natt forma sam-\n1"
SECOND = f"{HEAD}\nhället och sina egna liv. Därefter annat.\n2"


@pytest.mark.parametrize("page", ["1", "2"])
def test_over_a_page_break_both_pages_are_right(page: str) -> None:
    lookup = paged(FIRST, SECOND, f"{HEAD}\nMera.\n3")
    verdict = lookup.look_up(Citation(SENTENCE, page))
    assert (verdict.status, verdict.found_page) == ("found", "1")


def test_a_footnote_may_come_between() -> None:
    first = f"{FIRST[:-2]}\n1 Om detta står mer i regeringens skrivelse om jämställdhet.\n1"
    assert status_of(paged(first, SECOND, f"{HEAD}\nMera.\n3"), SENTENCE, page="1") == "found"


def test_a_column_may_end_with_a_footnote() -> None:
    page = ("Kvinnor och män ska ha samma makt\natt forma samhället\n1 Om detta står mer i regeringens skrivelse\n"
            "om jämställdhet.\noch sina egna liv. Därefter annat.")  # fmt: skip
    assert status_of(paged(page), SENTENCE, page="1") == "found"


def test_words_left_out_within_a_page_are_not_a_break() -> None:
    page = "Kvinnor och män ska ha samma makt\noch ansvar och rätt\natt forma samhället och sina egna liv."
    assert status_of(paged(page), SENTENCE, page="1") == "changed"


# --- without pages --------------------------------------------------------------------------------------------------


TEXT = f"1 Resor\n{ABOUT}\n2 Makt\n{SENTENCE}\n"
HEADINGS = (DocumentHeading("1 Resor", 1, 1), DocumentHeading("2 Makt", 1, 1))


@pytest.mark.parametrize(
    ("section", "status"),
    [
        ("2 Makt", "found"),
        ("Makt", "found"),
        ("kapitel 2", "found"),
        ("1 Resor", "moved"),
        ("Förordet", "found"),
        (None, "found"),
    ],
)
def test_a_section_is_a_heading_or_says_nothing(section: str | None, status: str) -> None:
    verdict = running(TEXT, *HEADINGS).look_up(Citation(SENTENCE, section=section))
    assert (verdict.status, verdict.found_page, verdict.found_pdf_page) == (status, None, None)
    assert verdict.path == ("2 Makt",)


def test_a_page_where_there_are_none_is_passed_over() -> None:
    assert status_of(running(TEXT), SENTENCE, page="7") == "found"


# --- what cannot be read --------------------------------------------------------------------------------------------


def scanned(*texts: str) -> QuotationLookup:
    return QuotationLookup(DocumentText(tuple(DocumentPage(text, is_picture=not text) for text in texts)))


def reason_of(verdict: QuotationVerdict) -> tuple[str, bool]:
    return verdict.status, verdict.reason is not None


def test_a_page_that_is_a_picture_is_never_guessed() -> None:
    lookup = scanned(HEAD, "", ABOUT)
    assert reason_of(lookup.look_up(Citation(SENTENCE, "2"))) == ("unreadable", True)
    assert reason_of(lookup.look_up(Citation(SENTENCE))) == ("unreadable", True)
    assert status_of(lookup, SENTENCE, page="3") == "gone"
    assert status_of(lookup, ABOUT, page="2") == "moved"


def test_a_document_of_pictures_is_unreadable() -> None:
    assert reason_of(scanned("", "").look_up(Citation(SENTENCE, "1"))) == ("unreadable", True)


def test_a_quotation_without_words_is_gone() -> None:
    assert status_of(paged(SENTENCE), "– … –") == "gone"
