"""Hard reviews are printed, and every page is looked at."""

from __future__ import annotations

import itertools
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import page as validator
import pytest

import hard_reviews as hard
import printed_pages as pages
from granskning.edges.printing.pdf import Printed, print_pdf
from granskning.i18n import Translator
from granskning.reporting.html.render import REVIEW, ROUND, Renderer
from granskning.shipped import fonts_folder
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.load import load_files

NOWHERE = Path("/nowhere")
FONTS = fonts_folder()


RENDERER = Renderer(load_templates(NOWHERE))


def _case(kind: str, what: str, *more: object) -> Any:
    """A report that is printed once: all who look at it do so in one worker."""
    return pytest.param((kind, what), *more, id=f"{kind}-{what}", marks=pytest.mark.xdist_group(f"hard {kind} {what}"))


CASES = [
    *(_case(kind, "review") for kind in hard.KINDS),
    *(_case(kind, "round") for kind in ("compounds", "long", "nothing", "scripts")),
]


def _html(kind: str, what: str) -> str:
    loaded = load_files(hard.hard_files(kind))
    assert [(one.rule.code, one.at, one.values) for one in loaded.findings if one.rule.severity.word == "error"] == []
    t = Translator("sv")
    reporter = Reporter(NOWHERE, loaded, t)
    if what == "round":
        return RENDERER.render(ROUND, reporter.round(reporter.reported.rounds[0]), t)
    return RENDERER.render(REVIEW, reporter.review(reporter.reported.scored[0]), t)


@pytest.fixture(scope="module", params=CASES)
def printed(request: pytest.FixtureRequest) -> tuple[str, Any, Printed, list[Any]]:
    return _printed(*request.param)


@cache  # pytest makes a fixture anew for a test that names its cases itself
def _printed(kind: str, what: str) -> tuple[str, Any, Printed, list[Any]]:
    html = _html(kind, what)
    done = print_pdf(html, fonts=FONTS)
    return kind, pages.read_page(html), done, pages.look_at(done.data)


def test_nothing_is_outside_the_column_and_no_page_is_empty(printed: tuple[str, Any, Printed, list[Any]]) -> None:
    _, _, done, seen = printed
    assert [(number, page.outside[:3]) for number, page in enumerate(seen, 1) if page.outside] == []
    assert [number for number, page in enumerate(seen, 1) if not page.letters] == []
    assert done.warnings == ()
    assert done.replaced == (), "every character has a glyph"


@pytest.mark.parametrize(
    ("printed", "most"),
    [_case("many", "review", 0.66), _case("nothing", "round", 5), _case("nothing", "review", 4)],
    indirect=["printed"],
)
def test_a_hard_review_is_so_long_at_the_most(printed: tuple[str, Any, Printed, list[Any]], most: float) -> None:
    """Pages for each judged question, of a hundred; of a folder with nothing judged, pages in all."""
    kind, main, _, seen = printed
    judged = sum("judgement" in one.get("class", "").split() for one in main.iter()) if kind == "many" else 1
    assert len(seen) <= most * judged


def test_every_word_is_on_a_page(printed: tuple[str, Any, Printed, list[Any]]) -> None:
    kind, main, _, seen = printed
    heads = tuple(head for head, _ in pages.tables_of(main))
    tops = [next((head for head in heads if page.letters.startswith(head)), "") for page in seen]
    whole = "".join(page.letters.removeprefix(top) for page, top in zip(seen, tops, strict=True))
    whole += "".join(tops)  # a head repeated on a new page stands within what goes on from the page before
    blocks = list(pages.blocks_of(main))
    if kind == "scripts":  # what runs both ways is read in another order
        wanted, found = Counter(pages.letters_of(pages.printed_words(main))), Counter(whole)
        missing = {letter: count - found[letter] for letter, count in wanted.items() if found[letter] < count}
        assert {letter for letter in missing if letter != "\N{COMBINING ACUTE ACCENT}"} == set()
    else:
        assert len(blocks) > 100 or kind in ("nothing", "one")
        parts = [page.letters.removeprefix(top) for page, top in zip(seen, tops, strict=True)]
        assert [block[:100] for block in blocks if block not in whole and not _goes_on(block, parts)] == []


def _goes_on(block: str, parts: list[str]) -> bool:
    """Whether a block begins on a page and goes on, with all of the rest, on the next one.

    A piece of evidence has its mark hung beside it, so it is painted after all else on its page: in the order of
    painting its parts, or those of a paragraph before it, do not follow on each other. A reader follows the tags.
    """
    return any(
        block[:cut] in page and block[cut:] in following
        for page, following in itertools.pairwise(parts)
        for cut in range(1, len(block))
    )


def test_no_heading_stands_alone(printed: tuple[str, Any, Printed, list[Any]]) -> None:
    _, main, _, seen = printed
    headings = tuple(one for one in pages.headings_of(main) if len(one) > 3)
    ends = [(number, page.letters[-60:]) for number, page in enumerate(seen, 1) if page.ends_bold]
    assert [end for end in ends if end[1].endswith(tuple(one[-60:] for one in headings))] == []


def test_a_question_is_never_parted_from_its_judgement(printed: tuple[str, Any, Printed, list[Any]]) -> None:
    _, main, _, seen = printed
    heads = list(pages.heads_of(main))
    assert [head[:80] for head in heads if not any(head in page.letters for page in seen)] == []


def test_a_table_repeats_its_head_on_every_page(printed: tuple[str, Any, Printed, list[Any]]) -> None:
    _, main, _, seen = printed
    whole = "".join(page.letters for page in seen)
    for head, rows in pages.tables_of(main):
        told = [row for row in rows if len(row) > 25 and whole.count(row) == 1]
        without = [
            number
            for number, page in enumerate(seen, 1)
            if any(row in page.letters for row in told) and head not in page.letters
        ]
        assert without == [], head


@pytest.mark.parametrize(
    "printed", [_case(kind, "review") for kind in ("scripts", "word", "compounds", "nothing")], indirect=True
)
def test_hard_pages_are_accessible_and_archivable_too(printed: tuple[str, Any, Printed, list[Any]]) -> None:
    for profile in ("ua1", "2a"):
        told = validator.validate_pdf_bytes(printed[2].data, profile=profile)
        assert [one.rule_id for one in told.failures] == [], profile


def test_footnotes_of_an_own_template_stay_on_left_and_right_pages() -> None:
    note = '<span class="fn">En fotnot med en lång förklaring som behöver mer än en rad på sidan.</span>'
    extra = "{% block last %}<style>.fn { float: footnote; font-size: 9pt }</style>"
    extra += f"{{% for n in range(60) %}}<p>{hard.SENTENCE * 3}{note}</p>{{% endfor %}}{{% endblock %}}"
    templates = load_templates(NOWHERE)
    own = {**templates, REVIEW: f'{{% extends "shipped/{REVIEW}" %}}{extra}'}
    loaded = load_files(hard.hard_files("one"))
    reporter = Reporter(NOWHERE, loaded, Translator("sv"))
    html = Renderer(own).render(REVIEW, reporter.review(reporter.reported.scored[0]), Translator("sv"))
    done = print_pdf(html, fonts=FONTS)
    seen = pages.look_at(done.data)
    assert sum("Enfotnot" in page.letters for page in seen) > 3
    assert [page.outside[:3] for page in seen if page.outside] == []
