"""Every view: nothing for axe-core to find, light and dark; narrow, enlarged and printed; in both languages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import axe_playwright_python
import pytest
from routes import AT, VIEWS
from served import Served, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
WIDE = {"width": 1280, "height": 900}
SHOTS = os.environ.get("GRANSKNING_SHOTS")
"""A folder for pictures of all views, to be looked at."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, cases: Path) -> Iterator[Served]:
    """The base folder with a clash-free review, a joint one, and a file that cannot be read."""
    import shutil  # noqa: PLC0415  # only here

    root = tmp_path_factory.mktemp("vyer") / "arbetsmapp"
    shutil.copytree(cases / "base", root, copy_function=shutil.copyfile)
    round_ = root / "strategies/provplan/reviews/2026-11"
    text = (round_ / "granskaren.yaml").read_text()
    (round_ / "andra.yaml").write_text(
        text.replace("reviewer: granskaren", "reviewer: andra").replace("level: 3", "level:")
    )
    joint = text.replace("reviewer: granskaren", "reviewer: samlad").replace("kind: reviewer", "kind: consensus")
    (round_ / "samlad.yaml").write_text(joint.replace("    justification: >-\n      Alla hördes.\n", ""))
    (round_ / "trasig.yaml").write_text(text.replace("reviewer: granskaren", "reviewer: : ["))
    with serving(root) as held:
        yield held


OTHERS = {
    "joint": AT.replace("granskaren", "samlad"),
    "unfinished": AT.replace("granskaren", "andra"),
    "broken": "/text/strategies/provplan/reviews/2026-11/trasig.yaml",
}
ALL = {**VIEWS, **OTHERS}


class Window(Protocol):
    """A view in a tab. Views that are shown alike follow each other in one user's tab, who comes in once."""

    def __call__(self, path: str, **how: Any) -> Page:
        """Open it; `how` is what the browser is told of the user."""


@pytest.fixture(scope="module")
def window(browser: Browser, served: Served) -> Iterator[Window]:
    tabs: dict[str, Page] = {}

    def opened(path: str, **how: Any) -> Page:
        who = repr(sorted(how.items()))
        if who not in tabs:
            user = browser.new_context(**{"viewport": WIDE, "locale": "sv-SE", **how})
            user.request.get(served.door)
            tabs[who] = user.new_page()
        tabs[who].goto(served.address + path)
        return tabs[who]

    yield opened
    for tab in tabs.values():
        tab.context.close()


def unfold(page: Page) -> None:
    """Open all that is folded."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


LOOK = """async rules => {
  const found = await axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']});
  const told = found.violations.flatMap(one => one.nodes.map(node =>
    `${one.id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`));
  return [told, found.passes.length];
}"""
"""Every rule on every element. Only what it has against them comes out of the browser, and how many rules had nothing:
the list of all that is well takes longer to carry than the looking itself."""


@pytest.mark.parametrize("name", ALL)
def test_axe_finds_nothing(window: Window, name: str) -> None:
    # the page lets in no script from elsewhere, so for axe-core alone its policy is set aside
    page = window(ALL[name], bypass_csp=True)
    unfold(page)
    page.add_script_tag(path=AXE)
    told = {}
    passed = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        assert dark == (scheme == "dark")
        told[scheme], passed[scheme] = page.evaluate(LOOK, RULES)
        shoot(page, f"{name}-{scheme}")
    assert told == {"light": [], "dark": []}
    assert min(passed.values()) > 10


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 450)], ids=["320px", "200percent"])
@pytest.mark.parametrize("name", ALL)
def test_nothing_is_wider_than_the_page(window: Window, name: str, width: int, height: int) -> None:
    page = window(ALL[name], viewport={"width": width, "height": height})
    unfold(page)
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    outside = page.evaluate(
        "() => [...document.querySelectorAll('main *')].filter(e => !e.closest('.scroll, .spoken, textarea') &&"
        " e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 120))"
    )
    shoot(page, f"{name}-{width}")
    assert wide <= width
    assert outside == []


@pytest.mark.parametrize("name", ALL)
def test_the_page_holds_together_in_both_languages(window: Window, name: str) -> None:
    page = window(ALL[name])
    seen = {}
    for language, other in (("sv", "English"), ("en", "Svenska")):
        seen[language] = page.locator("main").inner_text()
        shoot(page, f"{name}-{language}")
        assert page.locator("html").get_attribute("lang") == language
        page.get_by_role("button", name=other).click()
        page.wait_for_load_state()
        assert page.url.endswith(ALL[name].partition("?")[0])
    assert seen["sv"] != seen["en"]


def test_print_shows_all_that_is_written_and_no_buttons(window: Window) -> None:
    page = window(AT)
    page.emulate_media(media="print")
    shoot(page, "review-print")
    assert page.locator("button:visible").count() == 0
    assert page.locator("#j-resor-vardag").is_visible()
    page.emulate_media(media="null")  # the tab serves others too


def test_the_first_visit_is_light(browser: Browser, served: Served) -> None:
    held = browser.new_context()
    page = held.new_page()
    bytes_: list[int] = []
    addresses: list[str] = []

    def count(reply: Any) -> None:
        sizes = reply.request.sizes()
        bytes_.append(sizes["responseBodySize"] + sizes["responseHeadersSize"])
        addresses.append(reply.url)

    page.on("requestfinished", lambda request: count(request.response()))
    page.goto(served.door)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    held.close()
    assert all(one.startswith((served.address, "data:")) for one in addresses), addresses
    assert 20_000 < sum(bytes_) < 100_000, dict(zip(addresses, bytes_, strict=True))
