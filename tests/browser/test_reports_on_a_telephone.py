"""Reports on a telephone: no chart has to be scrolled sideways, and what is written in it can be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.reporting.html.render import Renderer
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.pages import Pages
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
SWEDISH = Translator("sv")
LOOK = """() => [...document.querySelectorAll('main svg')].filter(one => one.getBoundingClientRect().width).map(one => [
  one.getBoundingClientRect().right,
  Math.min(...[...one.querySelectorAll('text')].map(
    text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)),
])"""
"""Of every chart that is shown: where it ends, and how large its smallest letters are."""


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Of the teaching example: a review, its round, the change since the round before, over time, and the portfolio."""
    paths = [
        ROOT / "granskning.yaml",
        *ROOT.glob("criteria/**/*.yaml"),
        *ROOT.glob("strategies/exempellan-*/**/*.yaml"),
    ]
    files = HeldFiles({path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths})
    reporter = Reporter(Path("/nowhere"), load_files(files), SWEDISH)
    renderer = Renderer(load_templates(ROOT))
    every = Pages(reporter, TimeReporter(reporter))
    made = [page for name in ("exempellan-*/2026-*[1ds]*", "exempellan-*/index", "portfolio")
            for page in every.make(("html",), name)]  # fmt: skip
    return {page.report.kind: renderer.render(page.template, page.report, SWEDISH) for page in made}


def test_charts_are_read_without_scrolling_sideways(browser: Browser, pages: dict[str, str]) -> None:
    assert {"review", "round", "change", "strategy"} <= pages.keys()
    page = browser.new_page(viewport={"width": 390, "height": 844})
    for kind, html in pages.items():
        page.set_content(html)
        charts = page.evaluate(LOOK)
        assert charts or kind == "portfolio", kind
        assert max((right for right, _ in charts), default=0) <= 390, kind
        assert min((letters for _, letters in charts), default=11) >= 10.9, kind
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, kind
    page.set_content(pages["portfolio"])
    assert page.locator(".matrix-list:visible").count() == 1
    ends = page.evaluate("[...document.querySelectorAll('.stacked td')].map(one => one.getBoundingClientRect().right)")
    assert ends
    assert max(ends) <= 390, "the matrix is read downwards"
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator(".narrow-screen:visible").count() == 0, "a wide screen has the wide drawing alone"
    page.close()
