"""A real browser: Debian's Chromium, started once for all tests that ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from chromium import launched
from served import PATIENCE, Served, serving, serving_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser. What a page is to show may take as long as the server's answers: a busy machine fails no test."""
    with launched() as held:
        from playwright.sync_api import expect  # noqa: PLC0415  # other tests need none

        expect.set_options(timeout=PATIENCE * 1000)
        yield held


@pytest.fixture
def served(workspace: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """The page over a folder of the test's own; from a process that can be killed where a test is marked `process`."""
    is_apart = request.node.get_closest_marker("process") is not None
    with serving(workspace) if is_apart else serving_here(workspace) as page:
        yield page


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One user's browser."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE") as held:
        held.set_default_timeout(PATIENCE * 1000)
        yield held


@pytest.fixture
def page(context: BrowserContext, served: Served) -> Iterator[Page]:
    """A tab that has come in. A fault in a script, or against the policy of the page, fails the test."""
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    tab.goto(served.door)
    yield tab
    assert faults == []
