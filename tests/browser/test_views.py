"""Every view: nothing for axe-core to find, light and dark; narrow, enlarged and printed; in both languages."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from axe import SCRIPT, WCAG, faults_of
from routes import AT, VIEWS
from served import Served, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

WIDE: ViewportSize = {"width": 1280, "height": 900}
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
            if how.get("bypass_csp"):
                user.add_init_script(SCRIPT)
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


@pytest.mark.parametrize("name", ALL)
def test_axe_finds_nothing(window: Window, name: str) -> None:
    # the page lets in no script from elsewhere, so for axe-core alone its policy is set aside
    page = window(ALL[name], bypass_csp=True)
    unfold(page)
    for scheme in ("light", "dark") if SHOTS else ():
        page.emulate_media(color_scheme=scheme)
        shoot(page, f"{name}-{scheme}")
    assert faults_of(page, (*WCAG, "best-practice")) == {"light": [], "dark": []}


@pytest.fixture(scope="module", params=ALL)
def view(window: Window, request: pytest.FixtureRequest) -> tuple[str, Page]:
    """Each view in Swedish, opened once for all that is asked of it."""
    return request.param, window(ALL[request.param])


def test_nothing_is_wider_than_the_page(view: tuple[str, Page]) -> None:
    """On a telephone, and at 200 percent."""
    name, page = view
    unfold(page)
    seen = {}
    for width, height in ((320, 640), (640, 450)):
        page.set_viewport_size({"width": width, "height": height})
        seen[width] = page.evaluate(OUTSIDE)
        shoot(page, f"{name}-{width}")
    page.set_viewport_size(WIDE)
    assert seen == {320: [[], True], 640: [[], True]}


OUTSIDE = """() => [
  [...document.querySelectorAll('main *')].filter(element => !element.closest('.scroll, .spoken, textarea') &&
    element.getBoundingClientRect().right > innerWidth + 1).map(element => element.outerHTML.slice(0, 120)),
  document.documentElement.scrollWidth <= innerWidth,
]"""
"""What reaches beyond the window, and whether the window is as wide as the page."""


def test_the_page_holds_together_in_both_languages(view: tuple[str, Page], served: Served) -> None:
    name, page = view
    address = served.address + ALL[name].partition("?")[0]
    seen = {"sv": page.locator("main").inner_text()}
    shoot(page, f"{name}-sv")
    assert page.locator("html").get_attribute("lang") == "sv"
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()
    assert page.url == address
    seen["en"] = page.locator("main").inner_text()
    shoot(page, f"{name}-en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert seen["sv"] != seen["en"]
    # the way back is there, and leads to the same view; the browser needs not draw it once more
    assert page.get_by_role("button", name="Svenska").is_visible()
    back = page.evaluate(BACK)
    reply = page.request.post(served.address + back["action"], form=back["fields"], headers=back["headers"])
    assert reply.url == address
    assert '<html lang="sv"' in reply.text()


BACK = """() => {
  const button = document.querySelector('button[lang=sv][name=lang]'), form = button.form;
  const fields = Object.fromEntries(new FormData(form, button));
  return {action: form.getAttribute('action'), fields, headers: {origin: location.origin, referer: location.href}};
}"""
"""What the browser would send when the button is pressed."""


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
