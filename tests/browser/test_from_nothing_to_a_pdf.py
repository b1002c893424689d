"""From an empty folder to an approved PDF, with nothing but the page: and a review filled in by the keyboard alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from playwright.sync_api import expect
from served import serving

from small_pdf import small_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NAME = "kollektivtrafikplan-for-provlan"
HERE = "Kvinnor reser oftare kollektivt"
REASON = "Skälet."
QUOTED = "Kvinnor reser"
KEYS = 5
"""What a question takes beside the words: a level, M, Esc, B, Ctrl and Enter; N goes on."""
TAB_STOPS = 12
SCREENS = 1.2


@pytest.mark.process
def test_from_an_empty_folder_to_an_approved_pdf(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    folder = tmp_path / "tom"
    folder.mkdir()
    with serving(folder) as served, browser.new_context(viewport={"width": 1280, "height": 800}) as user:
        page = user.new_page()
        page.goto(served.door)
        page.get_by_label("Vem som granskar").fill("Region Provlän")
        page.get_by_label("Vad ni granskar mot").select_option("five-star-open-data")
        page.get_by_label("Ditt namn").fill("Prov Provsson")
        page.get_by_label("Din e-postadress").fill("prov@exempel.se")
        page.get_by_role("button", name="Börja").click()
        _begin_strategy(page)
        page.get_by_label("Granskare (en roll)").fill("Planerare kollektivtrafik")
        page.get_by_label("Klar senast").fill("15 december 2026")
        page.get_by_role("button", name="Börja granskningen").click()
        presses = _answer_by_keyboard(page)
        page.get_by_role("link", name="Kontrollera och lämna in").first.click()
        page.get_by_label("Hela texten är läst.").check()
        page.get_by_role("button", name="Lämna in").click()
        page.get_by_role("link", name="Godkänn granskningen").click()
        page.get_by_label("Godkänns av (en roll)").fill("direktör")
        page.get_by_role("button", name="Godkänn", exact=True).click()
        expect(page.locator(".notice").first).to_contain_text("godkänd")
        pdf = user.request.get(page.url + "/rapport?form=pdf")
        assert pdf.body().startswith(b"%PDF")
    (review,) = (folder / "strategies" / NAME / "reviews").rglob("*.yaml")
    values = yaml.safe_load(review.read_bytes())
    assert (values["status"], values["reading_depth"]) == ("approved", "full_text")
    assert values["reviewer"] == "planerare-kollektivtrafik"
    questions = len(values["answers"])
    assert presses <= questions * (KEYS + len(REASON) + len(QUOTED)) + questions - 1 + TAB_STOPS


def _begin_strategy(page: Page) -> None:
    page.get_by_role("link", name="Ny strategi").click()
    page.get_by_label("Titel").fill("Kollektivtrafikplan för Provlän")
    page.get_by_label("Område").select_option(index=0)
    page.get_by_label("Ägare").fill("Region Provlän")
    document = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": small_pdf(f"{HERE} an men.", "Sida 2.")}
    page.locator("#b-document").set_input_files(document)  # type: ignore[arg-type]
    page.get_by_role("button", name="Skapa strategin").click()


def _answer_by_keyboard(page: Page) -> int:
    """Answer every question with the keyboard alone, each within a screen; how many keys it took.

    A level, M, the reason, Esc, B, words of the document, Ctrl and Enter, N: and nothing that only a script could do.
    """
    presses = 0
    while True:
        page.wait_for_load_state("load")
        assert page.evaluate("document.documentElement.scrollHeight") <= SCREENS * 800
        for key, words in (("2", ""), ("m", REASON), ("Escape", ""), ("b", QUOTED), ("Control+Enter", "")):
            page.keyboard.press(key)
            page.keyboard.type(words)
            presses += 1 + len(words)
        expect(page.locator(".piece .tag").first).to_contain_text("står på sidan 1")
        expect(page.locator(".state")).to_contain_text(re.compile(r"Sparat \d\d\.\d\d$"))
        assert page.evaluate("document.documentElement.scrollHeight") <= SCREENS * 800
        assert page.locator(".state").evaluate("e => e.getBoundingClientRect().bottom <= innerHeight")
        number = page.locator(".list strong").inner_text()
        if not page.locator("a[rel=next]").count():
            return presses + _tabs_to_the_next(page)
        assert _tabs_to_the_next(page) <= TAB_STOPS
        page.locator("article h1").focus()
        page.keyboard.press("n")
        presses += 1
        expect(page.locator(".list strong")).not_to_have_text(number)


def _tabs_to_the_next(page: Page) -> int:
    """How often Tab is pressed from the question to the way on."""
    page.locator("article h1").focus()
    stops = 0
    while not page.evaluate(
        "document.activeElement.rel === 'next' || document.activeElement.href?.endsWith('lamna-in')"
    ):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= TAB_STOPS
    return stops
