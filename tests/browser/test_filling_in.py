"""A planner fills in a review in a real browser; two at once; and with the contact lost."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from playwright.sync_api import expect
from served import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from served import Served

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
AT = "/granskning/provplan/2026-11/granskaren"
SAVED = re.compile(r"Sparat \d\d\.\d\d$")
EMPTY = """\
# min egen kommentar – å, ä och ö
schema: granskning/review/1
strategy: "provplan"
edition: remiss   # remissen
criteria: prov@1.0.0
round: 2026-11
reviewer: granskaren
kind: reviewer
status: draft
reading_depth: full_text
date: 2026-11-23
answers:
  # Räknas vardagens resor?
  #   0 Saknas   1 Nämns
  resor-vardag:
    level:

  # en kommentar emellan
  resor-barn:
    level:
  makt-samrad:
    level:   # tomt
# sist
"""
FILLED = """\
# min egen kommentar – å, ä och ö
schema: granskning/review/1
strategy: "provplan"
edition: remiss   # remissen
criteria: prov@1.0.0
round: 2026-11
reviewer: granskaren
kind: reviewer
status: draft
reading_depth: full_text
date: 2026-11-23
answers:
  # Räknas vardagens resor?
  #   0 Saknas   1 Nämns
  resor-vardag:
    level: 2
    justification: >-
      Många åker över ån: ”räksmörgås” – ÅÄÖ.
    evidence:
      - edition: remiss
        page: 1
        quote: >-
          Omsorgsresor nämns en gång.
    recommendation: >-
      Skriv mål även för omsorgens resor.

  # en kommentar emellan
  resor-barn:
    not_applicable: >-
      Planen gäller inte barn.
  makt-samrad:
    insufficient_evidence: >-
      Bilagan saknas.   # tomt
# sist
"""


def fill(served: Served, text: str) -> None:
    (served.root / REVIEW).write_text(text, "utf-8")


def answer(served: Served, criterion: str = "resor-vardag") -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((served.root / REVIEW).read_bytes())["answers"][criterion]
    return held


def state(page: Page, criterion: str = "resor-vardag") -> Any:
    return page.locator(f"#state-{criterion}")


def focused(page: Page) -> dict[str, str]:
    """What has the focus: its tag, name, value and words."""
    held: dict[str, str] = page.evaluate(
        "() => { const e = document.activeElement; return {tag: e.tagName, name: e.name || '', value: e.value || '',"
        " id: e.id, form: e.form ? e.form.id : '', words: (e.innerText || '').trim(), type: e.type || ''} }"
    )
    return held


def tab_to(page: Page, **wanted: str) -> dict[str, str]:
    """Press Tab until what is wanted has the focus; it must be seen when it has."""
    for _ in range(120):
        page.keyboard.press("Tab")
        held = focused(page)
        if all(held[key] == value for key, value in wanted.items()):
            seen = page.evaluate(
                "() => { const e = document.activeElement; const r = e.getBoundingClientRect();"
                " return r.width > 0 && r.bottom > 0 && r.top < innerHeight && getComputedStyle(e).outlineStyle }"
            )
            assert seen not in (False, "none"), held
            return held
    raise AssertionError(f"Tab never comes to {wanted}")


def choose(page: Page, criterion: str, value: str) -> None:
    """Choose a radio button with the arrows: the group has one stop, at what is chosen."""
    tab_to(page, form=f"form-{criterion}", name="judgement")
    for _ in range(9):
        if focused(page)["value"] == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never come to {value}")


def wait_until_all_is_saved(page: Page) -> None:
    """Until the browser keeps no words that are not in the file: "Sparat" may be said of those before the last."""
    kept = "() => Object.keys(localStorage).some(key => key.startsWith('granskning-draft:'))"
    until = time.monotonic() + PATIENCE
    while page.evaluate(kept):
        assert time.monotonic() < until, "never saved"
        page.wait_for_timeout(50)


def test_a_whole_review_by_keyboard_alone_changes_only_its_answers(page: Page, served: Served) -> None:
    fill(served, EMPTY)
    page.goto(served.address + "/oversikt")
    page.keyboard.press("Tab")
    assert focused(page)["words"] == "Till innehållet"
    tab_to(page, words="Granskaren, omgång 2026-11")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{AT}")

    choose(page, "resor-vardag", "level:2")
    tab_to(page, form="form-resor-vardag", name="justification")
    page.keyboard.type("Många åker över ån: ”räksmörgås” – ÅÄÖ.")
    tab_to(page, form="form-resor-vardag", name="add")
    page.keyboard.press("Enter")
    expect(page.locator("#resor-vardag fieldset.evidence")).to_have_count(1)
    expect(page.locator("[name=item-1-edition]")).to_be_focused()
    page.keyboard.type("remiss")
    tab_to(page, name="item-1-page")
    page.keyboard.type("1")
    tab_to(page, name="item-1-quote")
    page.keyboard.type("Omsorgsresor nämns en gång.")
    tab_to(page, form="form-resor-vardag", name="recommendation")
    page.keyboard.type("Skriv mål även för omsorgens resor.")
    expect(state(page)).to_have_text(SAVED)

    choose(page, "resor-barn", "not_applicable")
    tab_to(page, name="reason-not_applicable")
    page.keyboard.type("Planen gäller inte barn.")
    expect(state(page, "resor-barn")).to_have_text(SAVED)
    choose(page, "makt-samrad", "insufficient_evidence")
    tab_to(page, name="reason-insufficient_evidence")
    page.keyboard.type("Bilagan saknas.")
    expect(state(page, "makt-samrad")).to_have_text(SAVED)
    expect(page.locator("#results")).to_contain_text("Allt är besvarat.")
    wait_until_all_is_saved(page)

    kept = (served.root / REVIEW).read_text("utf-8")
    outside = re.compile(r"(?ms)^  (?:resor|makt)-\w+:\n.*?(?=^\n|^  #|^  \w|^#|\Z)")
    assert outside.sub("", kept) == outside.sub("", EMPTY)
    assert yaml.safe_load(kept) == yaml.safe_load(FILLED.replace("   # tomt", ""))
    page.reload()
    expect(page.locator("#j-resor-vardag")).to_have_value("Många åker över ån: ”räksmörgås” – ÅÄÖ.")


def test_a_choice_is_saved_at_once_and_the_result_follows(page: Page, served: Served) -> None:
    page.goto(served.address + AT)
    before = page.locator("#results").inner_text()
    page.locator("#resor-vardag input[value='level:3']").check()
    expect(state(page)).to_have_text(SAVED)
    assert answer(served)["level"] == 3
    assert page.locator("#results").inner_text() != before
    page.locator("#resor-vardag input[value='level:2']").check()
    page.locator("#j-resor-vardag").fill("")
    expect(page.locator("#found-resor-vardag-justification .findings")).to_contain_text("Motiveringen saknas")


def test_two_browsers_in_one_review(page: Page, served: Served, browser: Browser) -> None:
    with browser.new_context(locale="sv-SE") as other:
        two = other.new_page()
        two.goto(served.door)
        for one in (page, two):
            one.goto(served.address + AT)
        # different questions, and different parts of one question: both are kept
        page.locator("#j-resor-vardag").fill("Den ena skriver motiveringen.")
        two.locator("#r-resor-vardag").fill("Den andra skriver rekommendationen.")
        two.locator("#makt-samrad input[value='level:1']").check()
        expect(state(page)).to_have_text(SAVED)
        expect(state(two)).to_have_text(SAVED)
        expect(state(two, "makt-samrad")).to_have_text(SAVED)
        held = answer(served)
        assert held["justification"].strip() == "Den ena skriver motiveringen."
        assert held["recommendation"].strip() == "Den andra skriver rekommendationen."
        assert answer(served, "makt-samrad")["level"] == 1
        # what the other has written is not taken back by the next save of a page that shows it as it was
        two.locator("#r-resor-vardag").press_sequentially("!")
        expect(state(two)).to_have_text(SAVED)
        assert answer(served)["justification"].strip() == "Den ena skriver motiveringen."
        # the same field: told, both shown, nothing lost, and it stays so until somebody chooses
        for one in (page, two):
            one.reload()
        page.locator("#j-resor-vardag").fill("Den ena om samma sak.")
        expect(state(page)).to_have_text(SAVED)
        two.locator("#j-resor-vardag").fill("Den andra om samma sak.")
        expect(state(two)).to_contain_text("någon annan har ändrat")
        clashes = two.locator("#beside-resor-vardag .clashes")
        expect(clashes).to_contain_text("Den ena om samma sak.")
        expect(clashes).to_contain_text("Den andra om samma sak.")
        two.locator("#r-resor-vardag").fill("Något annat sparas ändå.")
        expect(state(two)).to_contain_text("någon annan har ändrat")
        two.wait_for_function("() => true")
        expect(two.locator("#j-resor-vardag")).to_have_value("Den andra om samma sak.")
        assert answer(served)["justification"].strip() == "Den ena om samma sak."
        clashes.get_by_role("button", name="Spara mitt i stället").click()
        expect(state(two)).to_have_text(SAVED)
        expect(clashes).to_have_count(0)
        held = answer(served)
        assert held["justification"].strip() == "Den andra om samma sak."
        assert held["recommendation"].strip() == "Något annat sparas ändå."


@pytest.mark.process
def test_the_contact_is_lost_and_comes_back(page: Page, served: Served) -> None:
    page.goto(served.address + AT)
    served.kill()
    page.locator("#j-resor-vardag").fill("Skrivet utan kontakt: åäö.")
    expect(state(page)).to_contain_text("Inte sparat: ingen kontakt")
    assert "Skrivet utan kontakt" not in (served.root / REVIEW).read_text()
    page.locator("#r-resor-vardag").fill("Mer, utan kontakt.")
    served.start()
    expect(state(page)).to_have_text(SAVED, timeout=30_000)
    held = answer(served)
    assert held["justification"].strip() == "Skrivet utan kontakt: åäö."
    assert held["recommendation"].strip() == "Mer, utan kontakt."


@pytest.mark.process
def test_words_that_are_not_saved_are_not_left_behind_unasked(page: Page, served: Served) -> None:
    page.goto(served.address + AT)
    served.kill()
    page.locator("#j-resor-vardag").press_sequentially("x")
    expect(state(page)).to_contain_text("Inte sparat: ingen kontakt")
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_without_scripts_a_review_is_filled_in_too(browser: Browser, served: Served) -> None:
    with browser.new_context(java_script_enabled=False, locale="sv-SE") as plain:
        page = plain.new_page()
        page.goto(served.door)
        page.goto(served.address + "/oversikt")
        page.get_by_role("link", name="granskaren, omgång 2026-11").click()
        page.locator("#resor-vardag [name=add]").click()
        page.locator("[name=item-2-address]").fill("https://exempel.se")
        page.locator("#resor-vardag input[value='level:3']").check()
        page.locator("#j-resor-vardag").fill("Utan skript, åäö.")
        page.locator("#form-resor-vardag button.main").click()
        page.wait_for_url("**#resor-vardag")
        held = answer(served)
        assert (held["level"], held["justification"].strip()) == (3, "Utan skript, åäö.")
        assert held["evidence"][1] == {"address": "https://exempel.se"}
        page.locator("details.head summary").click()
        page.locator("#h-summary").fill("Sammanfattat.")
        page.locator("details.head button.main").click()
        assert yaml.safe_load((served.root / REVIEW).read_bytes())["summary"].strip() == "Sammanfattat."


def test_a_file_deleted_under_the_form_is_told_and_the_words_stay(page: Page, served: Served) -> None:
    page.goto(served.address + AT)
    (served.root / REVIEW).unlink()
    page.locator("#j-resor-vardag").fill("Det jag skrev.")
    expect(state(page)).to_contain_text("Inte sparat: Det finns ingen fil")
    expect(page.locator("#j-resor-vardag")).to_have_value("Det jag skrev.")


def test_evidence_is_added_and_taken_away(page: Page, served: Served) -> None:
    page.goto(served.address + AT)
    page.locator("#resor-vardag [name=add]").click()
    page.locator("[name=item-2-address]").fill("https://exempel.se/å")
    page.locator("[name=item-2-retrieved]").fill("2026-11-20")
    page.locator("[name=item-2-paraphrase]").fill("Det står så.")
    page.locator("[name=item-2-retrieved]").press("Enter")  # which saves, and presses no button that takes away
    expect(state(page)).to_have_text(SAVED)
    expect(page.locator("#resor-vardag fieldset.evidence")).to_have_count(2)
    page.locator("#resor-vardag [name=drop][value='1']").click()
    expect(page.locator("#resor-vardag fieldset.evidence")).to_have_count(1)
    held = answer(served)["evidence"]
    assert [one.get("address") for one in held] == ["https://exempel.se/å"]
