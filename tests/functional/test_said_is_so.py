"""What the page says of saving is so: "Saved" means that the file, read again, shows just what the form shows."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from served import Served, serving_here, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
AT = "/granskning/provplan/2026-11/granskaren"
ANSWER = f"{AT}/svar/resor-barn"
HTMX = {"HX-Request": "true"}
EMPTY = "  resor-barn:\n    not_applicable: >-\n      Planen gäller inte barn.\n"


@pytest.fixture
def page(workspace: Path) -> Iterator[Served]:
    file = workspace / REVIEW
    file.write_text(file.read_text("utf-8").replace(EMPTY, "  resor-barn:\n    level:\n"), "utf-8")
    with serving_here(workspace) as served:
        yield served


def answer(page: Served) -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((page.root / REVIEW).read_bytes())["answers"]["resor-barn"]
    return held


def state(body: str) -> str:
    found = re.search(r'id="state-resor-barn"[^>]*>([^<]*)<', body)
    assert found
    return html.unescape(found[1])


def shown(page: Served) -> dict[str, str]:
    """What the form shows when it is read again: the chosen judgement and what stands in its fields."""
    form = page.ask("GET", AT).body.partition('id="form-resor-barn"')[2].partition("</form>")[0]
    chosen = re.search(r'name="judgement" value="([^"]*)" checked', form)
    texts = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n([^<]*)</textarea>', form)
    inputs = re.findall(r'<input [^>]*name="(item-[^"]*)"[^>]*value="([^"]*)"', form)
    fields = {name: html.unescape(value).strip() for name, value in (*texts, *inputs)}
    return {"judgement": chosen[1] if chosen else "", **{name: value for name, value in fields.items() if value}}


REASONS = ("not_applicable", "insufficient_evidence", "open")


@pytest.mark.parametrize("chosen", ["", "level:0", "level:2", *REASONS])
@pytest.mark.parametrize("reason", ["", "  ", "Kapitlet saknas."])
def test_saved_means_that_the_file_shows_what_the_form_shows(page: Served, chosen: str, reason: str) -> None:
    fields = {"judgement": chosen, "justification": "Så här.", "items": "0"}
    if chosen in REASONS:
        fields[f"reason-{chosen}"] = reason
    reply = page.post(ANSWER, {"base": '{"level": null}', **fields}, HTMX)
    wanted = {name: value.strip() for name, value in fields.items() if value.strip() and name != "items"}
    wanted.setdefault("judgement", "")
    is_whole = chosen not in REASONS or bool(reason.strip())
    assert (
        re.fullmatch(r"Sparat \d\d\.\d\d", state(reply.body)) is not None if is_whole else "utom" in state(reply.body)
    )
    assert (shown(page) == wanted) == is_whole
    assert answer(page)["justification"].strip() == "Så här."
    if not is_whole:
        assert "Skriv det i fältet under valet" in html.unescape(reply.body)


def test_a_date_that_people_write_is_understood_and_one_that_is_none_holds_back_itself_alone(page: Served) -> None:
    fields = {
        "base": '{"level": null}', "judgement": "level:2", "justification": "Mål finns.", "items": "2",
        "item-1-address": "https://exempel.se/a", "item-1-retrieved": "23/11 2026", "item-1-paraphrase": "Ett mål.",
        "item-2-address": "https://exempel.se/b", "item-2-retrieved": "i går", "item-2-paraphrase": "Ett till.",
    }  # fmt: skip
    reply = page.post(ANSWER, fields, HTMX)
    assert "utom" in state(reply.body)
    first, second = answer(page)["evidence"]
    assert str(first["retrieved"]) == "2026-11-23"
    assert (second["paraphrase"].strip(), "retrieved" in second) == ("Ett till.", False)
    assert answer(page)["level"] == 2
    assert "i går" in html.unescape(reply.body).partition('id="found-resor-barn-item-2"')[2].partition("</div>")[0]
    # what is mended is saved, and what was saved meanwhile is no clash with oneself
    base = html.unescape(re.search(r'name="base" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    reply = page.post(ANSWER, {**fields, "base": base, "item-2-retrieved": "24 november 2026"}, HTMX)
    assert state(reply.body).startswith("Sparat")
    assert "utom" not in state(reply.body)
    assert str(answer(page)["evidence"][1]["retrieved"]) == "2026-11-24"


def test_above_the_answers_the_sound_fields_are_saved(page: Served) -> None:
    head = '{"date": "2026-11-23", "summary": ""}'
    reply = page.post(f"{AT}/huvud", {"base": head, "date": "32 november", "summary": "Kort sagt."})
    assert reply.status == 409
    assert 'value="32 november"' in reply.body
    held = yaml.safe_load((page.root / REVIEW).read_bytes())
    assert (held["summary"].strip(), str(held["date"])) == ("Kort sagt.", "2026-11-23")


def test_nothing_is_called_done_while_an_error_stands(page: Served) -> None:
    file = page.root / REVIEW
    file.write_text(
        file.read_text("utf-8").replace("  resor-barn:\n    level:\n", "  resor-barn:\n    level: 2\n"), "utf-8"
    )
    for path in (AT, "/oversikt", "/strategi/provplan"):
        body = html.unescape(page.ask("GET", path).body)
        assert "besvarat." not in body, path
        assert "alla besvarade" not in body.partition("Resor")[2].partition("Makt")[0], path
        assert "fel att rätta" in body or "fel återstår att rätta" in body, path


def test_a_draft_that_lacks_a_justification_can_be_previewed_and_says_that_it_has_a_fault(page: Served) -> None:
    file = page.root / REVIEW
    file.write_text(file.read_text("utf-8").replace("    justification: >-\n      Alla hördes.\n", ""), "utf-8")
    for path in (f"{AT}/rapport", "/strategi/provplan/rapport", "/portfolj"):
        assert page.ask("GET", path).status == 200, path
    assert "Kontrollen finner 1 fel" in html.unescape(page.ask("GET", f"{AT}/rapport?form=html").body)


def test_how_far_a_review_has_come_is_the_same_wherever_it_is_told(workspace: Path, granskning: Run) -> None:
    """Of three questions one is judged, one does not apply, and one remains: 1 of 2, on every page, and in words."""
    file = workspace / REVIEW
    text = file.read_text("utf-8")
    head = text.partition("  makt-samrad:\n")[0]
    file.write_text(head + "  makt-samrad:\n    level:\n", "utf-8")
    with serving_here(workspace) as page:
        shown = {path: page.ask("GET", path).body for path in (f"{AT}/fraga/resor-vardag", f"{AT}/lamna-in")}
        lines = {path: words(page.ask("GET", path).body) for path in ("/", "/oversikt", "/strategi/provplan")}
        report = words(page.ask("GET", f"{AT}/rapport?form=html").body)
        result = words(page.ask("GET", AT).body)
    for path, body in shown.items():
        assert "1 av 2 besvarade, 1 kan inte tillämpas" in words(body), path
    assert '<progress max="2" value="1"' in shown[f"{AT}/fraga/resor-vardag"]
    for path, body in lines.items():
        assert "1 av 2 återstår" in body, path
    assert "1 av 2 besvarade" in words(shown[f"{AT}/fraga/resor-vardag"]).partition("Alla frågor")[0]
    assert "1 svar återstår" in result
    assert "1 av 2 frågor som kan tillämpas; 1 kan inte tillämpas" in report
    total = json.loads(granskning("score", REVIEW, "--format", "json", cwd=workspace).stdout)
    assert "'assessed': 1, 'applicable': 2, 'asked': 3" in str(total)


def test_the_preview_names_the_joint_review_as_every_other_page_does(workspace: Path) -> None:
    """Whatever its file is called."""
    joint = workspace / "strategies/provplan/reviews/2026-11/gruppen.yaml"
    text = (workspace / REVIEW).read_text("utf-8").replace("kind: reviewer", "kind: consensus")
    joint.write_text(text.replace("reviewer: granskaren", "reviewer: gruppen"), "utf-8")
    with serving_here(workspace) as page:
        body = words(page.ask("GET", "/granskning/provplan/2026-11/gruppen/rapport").body)
    assert "Samlad bedömning Förhandsgranska" in body.replace("› ", "")


def test_who_has_not_the_whole_address_is_told_so_in_swedish(page: Served) -> None:
    reply = page.ask("GET", "/", {"Cookie": None})
    assert (reply.status, reply.body) == (
        403, "Öppna sidan med hela den adress som granskning serve visade i terminalen."
    )  # fmt: skip
