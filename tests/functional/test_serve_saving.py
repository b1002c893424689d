"""What the page saves: odd input, files that change or go away under the form, two who write the same."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from served import Served

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
AT = "/granskning/provplan/2026-11/granskaren"
ANSWER = f"{AT}/svar/resor-vardag"
HTMX = {"HX-Request": "true"}


def answer_in(site: Served, criterion: str = "resor-vardag") -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((site.root / REVIEW).read_bytes())["answers"][criterion]
    return held


def base_in(site: Served, criterion: str = "resor-vardag") -> str:
    """What the form of a question was made with."""
    body = site.ask("GET", AT).body
    found = re.search(rf'name="base" value="([^"]*)" form="form-{criterion}"', body)
    assert found
    return html.unescape(found[1])


def head_in(site: Served) -> str:
    found = re.search(r'<input type="hidden" name="base" value="([^"]*)">', site.ask("GET", AT).body)
    assert found
    return html.unescape(found[1])


def test_a_very_long_justification_is_saved_and_read_back(site: Served) -> None:
    long = ("Å ä ö och mycket mer. " * 5000)[:100_000].strip()
    reply = site.post(ANSWER, {"base": base_in(site), "justification": long}, HTMX)
    assert reply.status == 200
    assert answer_in(site)["justification"].strip() == long


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
def test_what_is_pasted_is_kept_and_what_no_file_may_hold_is_left_out(site: Served, pasted: str, kept: str) -> None:
    reply = site.post(ANSWER, {"base": base_in(site), "justification": pasted}, HTMX)
    assert reply.status == 200, reply.body
    assert base_in(site).count(json.dumps(kept, ensure_ascii=False)[1:-1].strip('"')) == 1
    assert site.ask("GET", AT).status == 200


def test_half_a_character_stops_nothing(site: Served) -> None:
    reply = site.ask("POST", ANSWER, HTMX, "base=%7B%7D&note=ett%ED%A0%80tv%E5")
    assert reply.status == 200
    assert answer_in(site)["note"].startswith("ett")


STRAY = ("[", "1", "null", '{"evidence": 5}', '{"evidence": [1]}', '{"judgement": [1]}', '{"level": {}}', "[" * 5_000)
"""What the hidden fields of a form may come back as, if somebody has changed them."""


def test_a_form_without_its_fields_takes_nothing_away(site: Served) -> None:
    before = (site.root / REVIEW).read_bytes()
    base = base_in(site)
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
        assert site.post(ANSWER, fields, HTMX).status == 200, fields
        assert (site.root / REVIEW).read_bytes() == before, fields


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
def test_what_cannot_be_is_refused_in_words(site: Served, path: str, fields: dict[str, str]) -> None:
    before = (site.root / REVIEW).read_bytes()
    reply = site.post(path, {"base": "{}", **fields, "justification": "det jag skrev"}, HTMX)
    assert reply.status in (404, 409)
    assert "<main" in reply.body
    assert "Traceback" not in reply.body
    assert (site.root / REVIEW).read_bytes() == before


def test_a_file_that_is_gone_loses_nobodys_words(site: Served) -> None:
    base = base_in(site)
    (site.root / REVIEW).unlink()
    reply = site.post(ANSWER, {"base": base, "justification": "Det jag skrev."})
    assert reply.status == 409
    assert "granskaren.yaml" in reply.body
    assert "Det jag skrev." in reply.body
    reply = site.post(f"/text/{REVIEW}", {"text": "allt jag skrev", "opened": "x"})
    assert reply.status == 409
    assert "allt jag skrev" in reply.body
    assert site.ask("GET", AT).status == 404


def test_a_file_that_is_broken_meanwhile_can_be_mended_as_text(site: Served) -> None:
    base = base_in(site)
    sound = (site.root / REVIEW).read_text()
    (site.root / REVIEW).write_text(sound.replace("    level: 1", "    level: : 1 ["))
    reply = site.post(ANSWER, {"base": base, "justification": "Det jag skrev."})
    assert reply.status == 409
    assert "Det jag skrev." in reply.body
    assert site.ask("GET", AT).header("location") == f"/text/{REVIEW}"
    shown = site.ask("GET", f"/text/{REVIEW}").body
    assert "GR101" in shown
    assert "level: : 1 [" in shown
    assert "trasig" not in site.ask("GET", "/").body
    opened = re.search(r'name="opened" value="(\w+)"', shown)
    assert opened
    # as a browser sends it
    reply = site.post(f"/text/{REVIEW}", {"text": sound.replace("\n", "\r\n"), "opened": opened[1]})
    assert reply.status == 303
    assert (site.root / REVIEW).read_text() == sound
    assert site.ask("GET", AT).status == 200


def test_a_text_that_two_have_changed_is_shown_twice(site: Served) -> None:
    sound = (site.root / REVIEW).read_text()
    (site.root / REVIEW).write_text(sound.replace("Alla hördes.", "Andra hördes."))
    reply = site.post(f"/text/{REVIEW}", {"text": sound + "# mitt", "opened": "0" * 64})
    assert reply.status == 409
    assert "# mitt" in reply.body
    assert "Andra hördes." in reply.body
    assert "Andra hördes." in (site.root / REVIEW).read_text()


def test_a_byte_order_mark_and_line_ends_stay_when_saved_as_text(site: Served) -> None:
    path = site.root / REVIEW
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    opened = re.search(r'name="opened" value="(\w+)"', site.ask("GET", f"/text/{REVIEW}").body)
    assert opened
    text = before.decode("utf-8-sig").replace("granskaren", "granskaren")
    assert site.post(f"/text/{REVIEW}", {"text": text, "opened": opened[1]}).status == 303
    assert path.read_bytes() == before


def test_a_file_that_is_not_utf_8_is_shown_and_not_spoilt(site: Served) -> None:
    path = site.root / REVIEW
    path.write_bytes(path.read_bytes().replace("ö".encode(), b"\xf6"))
    before = path.read_bytes()
    shown = site.ask("GET", f"/text/{REVIEW}")
    assert shown.status == 200
    opened = re.search(r'name="opened" value="(\w+)"', shown.body)
    assert opened
    reply = site.post(f"/text/{REVIEW}", {"text": "nytt", "opened": opened[1]})
    assert reply.status == 409
    assert "UTF-8" in reply.body
    assert path.read_bytes() == before


def test_different_answers_and_different_parts_are_both_kept(site: Served) -> None:
    base = base_in(site)
    site.post(ANSWER, {"base": base, "justification": "Den ena."}, HTMX)
    site.post(ANSWER, {"base": base, "recommendation": "Den andra."}, HTMX)
    # the first browser's page shows the recommendation as it was, and must not take it back with the next save
    reply = site.post(ANSWER, {"base": base, "justification": "Den ena.", "recommendation": ""}, HTMX)
    again = html.unescape(re.search(r'name="base" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    site.post(ANSWER, {"base": again, "justification": "Den ena.", "recommendation": "", "note": "x"}, HTMX)
    site.post(f"{AT}/svar/makt-samrad", {"base": base_in(site, "makt-samrad"), "judgement": "level:2"}, HTMX)
    held = answer_in(site)
    assert (held["justification"].strip(), held["recommendation"].strip()) == ("Den ena.", "Den andra.")
    assert answer_in(site, "makt-samrad")["level"] == 2


def test_the_same_part_is_told_and_shown_until_somebody_chooses(site: Served) -> None:
    base = base_in(site)
    site.post(ANSWER, {"base": base, "justification": "Den ena."}, HTMX)
    mine = {"base": base, "justification": "Den andra."}
    reply = site.post(ANSWER, mine, HTMX)
    assert "Den ena." in reply.body
    assert "Den andra." in reply.body
    assert answer_in(site)["justification"].strip() == "Den ena."
    # what comes back is merged with what the page got, and still settles nothing
    again = html.unescape(re.search(r'name="base" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    shown = html.unescape(re.search(r'name="seen" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    reply = site.post(ANSWER, {**mine, "base": again, "seen": shown, "note": "n"}, HTMX)
    assert "Den ena." in reply.body
    assert answer_in(site)["justification"].strip() == "Den ena."
    assert answer_in(site)["note"].strip() == "n"
    # meanwhile a third: what was chosen over is not what stands there
    site.post(ANSWER, {"base": base_in(site), "justification": "Den tredje."}, HTMX)
    reply = site.post(ANSWER, {**mine, "base": again, "seen": shown, "settle": "mine"}, HTMX)
    assert "Den tredje." in reply.body
    assert answer_in(site)["justification"].strip() == "Den tredje."
    shown = html.unescape(re.search(r'name="seen" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    site.post(ANSWER, {**mine, "base": again, "seen": shown, "settle": "mine"}, HTMX)
    assert answer_in(site)["justification"].strip() == "Den andra."


def test_the_other_may_be_chosen_and_without_scripts_too(site: Served) -> None:
    base = base_in(site)
    site.post(ANSWER, {"base": base, "judgement": "level:3"}, HTMX)
    mine = {"base": base, "judgement": "level:2", "justification": "Mitt."}
    reply = site.post(ANSWER, mine)
    assert reply.status == 409
    assert "3 Styr" in reply.body
    assert "2 Delvis" in reply.body
    assert (answer_in(site)["level"], answer_in(site)["justification"].strip()) == (3, "Mitt.")
    again = html.unescape(re.search(r'name="base" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    shown = html.unescape(re.search(r'name="seen" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    reply = site.post(ANSWER, {**mine, "base": again, "seen": shown, "settle": "theirs"})
    assert reply.status == 303
    assert answer_in(site)["level"] == 3


def test_what_stands_above_the_answers_is_merged_field_by_field(site: Served) -> None:
    head = head_in(site)
    site.post(ANSWER, {"base": base_in(site), "justification": "Sparat emellan."}, HTMX)  # changes the file
    site.post(f"{AT}/huvud", {**json.loads(head), "base": head, "case_number": "RS 2026-1"})
    reply = site.post(f"{AT}/huvud", {**json.loads(head), "base": head, "summary": "Kort sagt.\x0bMer."})
    assert reply.status == 303
    held = yaml.safe_load((site.root / REVIEW).read_bytes())
    assert (held["case_number"], held["summary"].strip()) == ("RS 2026-1", "Kort sagt.\nMer.")
    reply = site.post(f"{AT}/huvud", {**json.loads(head), "base": head, "case_number": "RS 2026-2"})
    assert reply.status == 409
    assert "RS 2026-1" in reply.body
    assert "RS 2026-2" in reply.body
    assert yaml.safe_load((site.root / REVIEW).read_bytes())["case_number"] == "RS 2026-1"


def test_an_approved_review_is_not_changed(site: Served) -> None:
    path = site.root / REVIEW
    path.write_text(path.read_text().replace("status: draft", "status: approved"))
    before = path.read_bytes()
    assert site.post(ANSWER, {"base": "{}", "judgement": "level:2"}, HTMX).status == 409
    assert site.post(f"{AT}/huvud", {"base": "{}", "status": "draft"}).status == 409
    assert path.read_bytes() == before
