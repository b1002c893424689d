"""One question a view, in the words of the teaching example: within a screen and a little, the next a few tabs away.

Held on a question that is not answered, an answered one with evidence, one with a finding, and the joint review's, each
being the longest of its kind in the example.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe import SCRIPT, WCAG, faults_of
from served import Served, serving_here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
STRATEGY = "exempellan-transportplan"
ROUND = f"strategies/{STRATEGY}/reviews/2026-11"
QUOTED = "Kvinnor färdas alltså kortare"
SCREENS = 1.2
TAB_STOPS = 12
BYTES = 100_000
QUESTIONS = {
    "not answered": "planerare-infrastruktur/fraga/arbete-uppfoljning",
    "answered": "planerare-infrastruktur/fraga/resor-monster",
    "with a finding": "controller/fraga/resor-monster",
    "joint": "samlad/fraga/resor-pengar",
    "joint, with much evidence": "samlad/fraga/resor-monster",
}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The teaching example, where one review quotes what does not stand in the plan."""
    root = tmp_path_factory.mktemp("fraga") / "mapp"
    root.mkdir()
    shutil.copytree(ROOT / "criteria", root / "criteria")
    shutil.copytree(ROOT / "strategies" / STRATEGY, root / "strategies" / STRATEGY)
    shutil.copy(ROOT / "granskning.yaml", root)
    wrong = (root / ROUND / "planerare-infrastruktur.yaml").read_text("utf-8")
    assert QUOTED in wrong
    wrong = wrong.replace("reviewer: planerare-infrastruktur", "reviewer: controller").replace(QUOTED, "Ingen reser")
    (root / ROUND / "controller.yaml").write_text(wrong, "utf-8")
    with serving_here(root) as served:
        yield served


@pytest.fixture(scope="module")
def tab(browser: Browser, example: Served) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="sv-SE", bypass_csp=True) as user:
        user.add_init_script(SCRIPT)
        page = user.new_page()
        page.goto(example.door)
        yield page


NEXT = "document.activeElement.rel === 'next' || document.activeElement.href?.endsWith('lamna-in')"


def stops_to_the_next(page: Page) -> int:
    """How often Tab is pressed from the question's heading until the way to the next question has the focus."""
    page.locator("article h1").focus()
    stops = 0
    while not page.evaluate(NEXT) and stops < 3 * TAB_STOPS:
        page.keyboard.press("Tab")
        stops += 1
    return stops


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_fits_the_screen_and_the_next_is_near(tab: Page, example: Served, name: str) -> None:
    reply = tab.goto(f"{example.address}/granskning/{STRATEGY}/2026-11/{QUESTIONS[name]}")
    assert reply
    assert len(reply.body()) < BYTES
    figures: dict[str, Any] = {
        "screens": tab.evaluate("document.documentElement.scrollHeight / innerHeight"),
        "stops": stops_to_the_next(tab),
    }
    assert figures["screens"] <= SCREENS, figures
    assert figures["stops"] <= TAB_STOPS, figures
    tab.evaluate("scrollTo(0, 0)")
    bar = tab.locator(".keep:has(.state)").bounding_box()
    assert bar
    assert bar["y"] + bar["height"] <= 801  # pixels are counted in fractions
    if name == "with a finding":
        assert "Citatet är inte" in tab.locator(".slot .findings").first.inner_text()
    if name.startswith("joint"):
        assert tab.locator(".views > summary").inner_text().startswith("Granskarna: ")


@pytest.mark.parametrize("name", ["with a finding", "joint, with much evidence"])
def test_axe_finds_nothing_with_the_whole_question_unfolded(tab: Page, example: Served, name: str) -> None:
    tab.goto(f"{example.address}/granskning/{STRATEGY}/2026-11/{QUESTIONS[name]}")
    tab.evaluate("() => document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert faults_of(tab, (*WCAG, "best-practice")) == {"light": [], "dark": []}


def test_a_long_review_is_folded_by_target_and_an_address_unfolds_its_own(tab: Page, example: Served) -> None:
    at = f"{example.address}/granskning/{STRATEGY}/2026-11/planerare-infrastruktur"
    tab.goto(at)
    assert tab.locator("details.target").count() > 2
    assert tab.locator("details.target[open]").count() == 1
    last = tab.locator("details.target article").last.get_attribute("id")
    tab.goto(f"{at}#{last}")
    tab.locator(f"[id='{last}'] [name=justification]").wait_for()
    assert tab.locator(f"[id='{last}']").evaluate("e => e.getBoundingClientRect().top < innerHeight")
