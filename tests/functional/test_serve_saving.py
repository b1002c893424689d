"""What the page saves: odd input, files that change or go away under the form, two who write the same."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from served import Served, serving_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
AT = "/granskning/provplan/2026-11/granskaren"
ANSWER = f"{AT}/svar/resor-vardag"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def page(workspace: Path) -> Iterator[Served]:
    """A server over a folder of the test's own."""
    with serving_here(workspace) as served:
        yield served


def answer_in(page: Served, criterion: str = "resor-vardag") -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((page.root / REVIEW).read_bytes())["answers"][criterion]
    return held


def base_in(page: Served, criterion: str = "resor-vardag") -> str:
    """What the form of a question was made with."""
    body = page.ask("GET", AT).body
    found = re.search(rf'name="base" value="([^"]*)" form="form-{criterion}"', body)
    assert found
    return html.unescape(found[1])


def head_in(page: Served) -> str:
    found = re.search(r'<input type="hidden" name="base" value="([^"]*)">', page.ask("GET", AT).body)
    assert found
    return html.unescape(found[1])


def test_a_very_long_justification_is_saved_and_read_back(page: Served) -> None:
    long = ("Å ä ö och mycket mer. " * 5000)[:100_000].strip()
    reply = page.post(ANSWER, {"base": base_in(page), "justification": long}, HTMX)
    assert reply.status == 200
    assert answer_in(page)["justification"].strip() == long


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("”Smarta” ‘citat’ – och tank\u00adstreck…", "”Smarta” ‘citat’ – och tank\u00adstreck…"),
        ("rad\u000bbrytning", "rad\nbrytning"),
        ("sid\u000cbrytning", "sid\nbrytning"),
        ("rad\u2028och\u2029stycke", "rad\noch\nstycke"),
        ("noll\u0000och\u0007pip\u001b[31m", "nolloch" + "pip[31m"),
        ("\ufeffmärke\u0085rad", "märke\nrad"),
        ("gammal\rMac\r\nWindows", "gammal\nMac\nWindows"),
        (
            "# inte: en kommentar\n- och ingen lista\n'\"{[&*!|>%@`",
            "# inte: en kommentar\n- och ingen lista\n'\"{[&*!|>%@`",
        ),
        ("tabb\toch\u00a0hårt mellanslag 😀", "tabb\toch\u00a0hårt mellanslag 😀"),
        ("ja", "ja"),
        ("2026-11-23", "2026-11-23"),
        ("~", "~"),
    ],
)
def test_what_is_pasted_is_kept_and_what_no_file_may_hold_is_left_out(page: Served, pasted: str, kept: str) -> None:
    reply = page.post(ANSWER, {"base": base_in(page), "justification": pasted}, HTMX)
    assert reply.status == 200, reply.body
    assert base_in(page).count(json.dumps(kept, ensure_ascii=False)[1:-1].strip('"')) == 1
    assert page.ask("GET", AT).status == 200


def test_half_a_character_stops_nothing(page: Served) -> None:
    reply = page.ask("POST", ANSWER, HTMX, "base=%7B%7D&note=ett%ED%A0%80tv%E5")
    assert reply.status == 200
    assert answer_in(page)["note"].startswith("ett")


STRAY = ("[", "1", "null", '{"evidence": 5}', '{"evidence": [1]}', '{"judgement": [1]}', '{"level": {}}', "[" * 5_000)
"""What the hidden fields of a form may come back as, if somebody has changed them."""


def test_a_form_without_its_fields_takes_nothing_away(page: Served) -> None:
    before = (page.root / REVIEW).read_bytes()
    base = base_in(page)
    for fields in (
        {},
        {"base": base},
        {"base": base, "items": "1"},
        {"base": base, "items": "0"},
        {"base": base, "items": "x"},
        {"base": "{[", "justification": ""},
        {"base": "[1]"},
        *({"base": stray, "items": "1"} for stray in STRAY),
        *({"base": base, "seen": stray, "settle": "mine"} for stray in STRAY),
        {"base": base, "drop": "99"},
        {"base": base, "drop": "-1"},
    ):
        assert page.post(ANSWER, fields, HTMX).status == 200, fields
        assert (page.root / REVIEW).read_bytes() == before, fields


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (ANSWER, {"judgement": "level:7"}),
        (ANSWER, {"judgement": "level:"}),
        (ANSWER, {"judgement": "inherited"}),
        (f"{AT}/svar/finns-inte", {"judgement": "level:1"}),
        (f"{AT}/svar/..%2fx", {"judgement": "level:1"}),
        (f"{AT}/huvud", {"status": "approved"}),
        (f"{AT}/huvud", {"reading_depth": "allt"}),
        (f"{AT}/huvud", {"reading_depth": ""}),
        ("/granskning/provplan/2026-11/ingen/svar/resor-vardag", {"judgement": "level:1"}),
    ],
)
def test_what_cannot_be_is_refused_in_words(page: Served, path: str, fields: dict[str, str]) -> None:
    before = (page.root / REVIEW).read_bytes()
    reply = page.post(path, {"base": "{}", **fields, "justification": "det jag skrev"}, HTMX)
    assert reply.status in (404, 409)
    assert "<main" in reply.body
    assert "Traceback" not in reply.body
    assert (page.root / REVIEW).read_bytes() == before


def test_a_file_that_is_gone_loses_nobodys_words(page: Served) -> None:
    base = base_in(page)
    (page.root / REVIEW).unlink()
    reply = page.post(ANSWER, {"base": base, "justification": "Det jag skrev."})
    assert reply.status == 409
    assert "granskaren.yaml" in reply.body
    assert "Det jag skrev." in reply.body
    reply = page.post(f"/text/{REVIEW}", {"text": "allt jag skrev", "opened": "x"})
    assert reply.status == 409
    assert "allt jag skrev" in reply.body
    assert page.ask("GET", AT).status == 404


def test_a_file_that_is_broken_meanwhile_can_be_mended_as_text(page: Served) -> None:
    base = base_in(page)
    sound = (page.root / REVIEW).read_text()
    (page.root / REVIEW).write_text(sound.replace("    level: 1", "    level: : 1 ["))
    reply = page.post(ANSWER, {"base": base, "justification": "Det jag skrev."})
    assert reply.status == 409
    assert "Det jag skrev." in reply.body
    assert page.ask("GET", AT).header("location") == f"/text/{REVIEW}"
    shown = page.ask("GET", f"/text/{REVIEW}").body
    assert "GR101" in shown
    assert "level: : 1 [" in shown
    assert "trasig" not in page.ask("GET", "/").body
    opened = re.search(r'name="opened" value="(\w+)"', shown)
    assert opened
    # as a browser sends it
    reply = page.post(f"/text/{REVIEW}", {"text": sound.replace("\n", "\r\n"), "opened": opened[1]})
    assert reply.status == 303
    assert (page.root / REVIEW).read_text() == sound
    assert page.ask("GET", AT).status == 200


def test_a_text_that_two_have_changed_is_shown_twice(page: Served) -> None:
    sound = (page.root / REVIEW).read_text()
    (page.root / REVIEW).write_text(sound.replace("Alla hördes.", "Andra hördes."))
    reply = page.post(f"/text/{REVIEW}", {"text": sound + "# mitt", "opened": "0" * 64})
    assert reply.status == 409
    assert "# mitt" in reply.body
    assert "Andra hördes." in reply.body
    assert "Andra hördes." in (page.root / REVIEW).read_text()


def test_a_byte_order_mark_and_line_ends_stay_when_saved_as_text(page: Served) -> None:
    path = page.root / REVIEW
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    opened = re.search(r'name="opened" value="(\w+)"', page.ask("GET", f"/text/{REVIEW}").body)
    assert opened
    text = before.decode("utf-8-sig").replace("granskaren", "granskaren")
    assert page.post(f"/text/{REVIEW}", {"text": text, "opened": opened[1]}).status == 303
    assert path.read_bytes() == before


def test_a_file_that_is_not_utf_8_is_shown_and_not_spoilt(page: Served) -> None:
    path = page.root / REVIEW
    path.write_bytes(path.read_bytes().replace("ö".encode(), b"\xf6"))
    before = path.read_bytes()
    shown = page.ask("GET", f"/text/{REVIEW}")
    assert shown.status == 200
    opened = re.search(r'name="opened" value="(\w+)"', shown.body)
    assert opened
    reply = page.post(f"/text/{REVIEW}", {"text": "nytt", "opened": opened[1]})
    assert reply.status == 409
    assert "UTF-8" in reply.body
    assert path.read_bytes() == before


def test_different_answers_and_different_parts_are_both_kept(page: Served) -> None:
    base = base_in(page)
    page.post(ANSWER, {"base": base, "justification": "Den ena."}, HTMX)
    page.post(ANSWER, {"base": base, "recommendation": "Den andra."}, HTMX)
    # the first browser's page shows the recommendation as it was, and must not take it back with the next save
    reply = page.post(ANSWER, {"base": base, "justification": "Den ena.", "recommendation": ""}, HTMX)
    again = html.unescape(re.search(r'name="base" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    page.post(ANSWER, {"base": again, "justification": "Den ena.", "recommendation": "", "note": "x"}, HTMX)
    page.post(f"{AT}/svar/makt-samrad", {"base": base_in(page, "makt-samrad"), "judgement": "level:2"}, HTMX)
    held = answer_in(page)
    assert (held["justification"].strip(), held["recommendation"].strip()) == ("Den ena.", "Den andra.")
    assert answer_in(page, "makt-samrad")["level"] == 2


def test_the_same_part_is_told_and_shown_until_somebody_chooses(page: Served) -> None:
    base = base_in(page)
    page.post(ANSWER, {"base": base, "justification": "Den ena."}, HTMX)
    mine = {"base": base, "justification": "Den andra."}
    reply = page.post(ANSWER, mine, HTMX)
    assert "Den ena." in reply.body
    assert "Den andra." in reply.body
    assert answer_in(page)["justification"].strip() == "Den ena."
    # what comes back is merged with what the page got, and still settles nothing
    again = html.unescape(re.search(r'name="base" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    shown = html.unescape(re.search(r'name="seen" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    reply = page.post(ANSWER, {**mine, "base": again, "seen": shown, "note": "n"}, HTMX)
    assert "Den ena." in reply.body
    assert answer_in(page)["justification"].strip() == "Den ena."
    assert answer_in(page)["note"].strip() == "n"
    # meanwhile a third: what was chosen over is not what stands there
    page.post(ANSWER, {"base": base_in(page), "justification": "Den tredje."}, HTMX)
    reply = page.post(ANSWER, {**mine, "base": again, "seen": shown, "settle": "mine"}, HTMX)
    assert "Den tredje." in reply.body
    assert answer_in(page)["justification"].strip() == "Den tredje."
    shown = html.unescape(re.search(r'name="seen" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    page.post(ANSWER, {**mine, "base": again, "seen": shown, "settle": "mine"}, HTMX)
    assert answer_in(page)["justification"].strip() == "Den andra."


def test_the_other_may_be_chosen_and_without_scripts_too(page: Served) -> None:
    base = base_in(page)
    page.post(ANSWER, {"base": base, "judgement": "level:3"}, HTMX)
    mine = {"base": base, "judgement": "level:2", "justification": "Mitt."}
    reply = page.post(ANSWER, mine)
    assert reply.status == 409
    assert "3 Styr" in reply.body
    assert "2 Delvis" in reply.body
    assert (answer_in(page)["level"], answer_in(page)["justification"].strip()) == (3, "Mitt.")
    again = html.unescape(re.search(r'name="base" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    shown = html.unescape(re.search(r'name="seen" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    reply = page.post(ANSWER, {**mine, "base": again, "seen": shown, "settle": "theirs"})
    assert reply.status == 303
    assert answer_in(page)["level"] == 3


def test_what_stands_above_the_answers_is_merged_field_by_field(page: Served) -> None:
    head = head_in(page)
    page.post(ANSWER, {"base": base_in(page), "justification": "Sparat emellan."}, HTMX)  # changes the file
    page.post(f"{AT}/huvud", {**json.loads(head), "base": head, "case_number": "RS 2026-1"})
    reply = page.post(f"{AT}/huvud", {**json.loads(head), "base": head, "summary": "Kort sagt.\x0bMer."})
    assert reply.status == 303
    held = yaml.safe_load((page.root / REVIEW).read_bytes())
    assert (held["case_number"], held["summary"].strip()) == ("RS 2026-1", "Kort sagt.\nMer.")
    reply = page.post(f"{AT}/huvud", {**json.loads(head), "base": head, "case_number": "RS 2026-2"})
    assert reply.status == 409
    assert "RS 2026-1" in reply.body
    assert "RS 2026-2" in reply.body
    assert yaml.safe_load((page.root / REVIEW).read_bytes())["case_number"] == "RS 2026-1"


def test_an_approved_review_is_not_changed(page: Served) -> None:
    path = page.root / REVIEW
    path.write_text(path.read_text().replace("status: draft", "status: approved"))
    before = path.read_bytes()
    assert page.post(ANSWER, {"base": "{}", "judgement": "level:2"}, HTMX).status == 409
    assert page.post(f"{AT}/huvud", {"base": "{}", "status": "draft"}).status == 409
    assert path.read_bytes() == before
