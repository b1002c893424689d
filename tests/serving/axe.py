"""axe-core in a tab of the browser: every rule of WCAG on every element that is shown, in light and in dark.

What a dark screen changes is colours. Where it has changed nothing else, no element's place, size or visibility, the
rules that look at anything else have the same to say of both, and are asked once. A page that has changed meanwhile,
since something in it was fetched, is asked all of them again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
SCRIPT = f"if (self === top) {{ {_AXE} }}"
"""Given to a context or a tab with `add_init_script`: the browser keeps it, and need not be sent it for each page. A
report within a page is looked at where it is a page of its own."""

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
LEAST_RULES = 10
"""Fewer rules than these with something to look at, and the page was not there."""

_LOOK = """async ([tags, before]) => {
  const shape = Array.from(document.body.querySelectorAll('*'), element => {
    const box = element.getBoundingClientRect();
    return [box.x, box.y, box.width, box.height, getComputedStyle(element).visibility].join(' ');
  }).join();
  const others = shape === before ? axe.getRules(tags).filter(rule => !rule.tags.includes('cat.color')) : [];
  const found = await axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], selectors: false,
    rules: Object.fromEntries(others.map(rule => [rule.ruleId, {enabled: false}]))});
  const told = found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`));
  return [told, found.passes.map(rule => rule.id), shape];
}"""
"""Only what it has against the rules comes out of the browser, and which rules had nothing: the list of all that is
well takes longer to carry than the looking itself."""


def faults_of(
    page: Page, tags: Sequence[str] = WCAG, schemes: Sequence[str] = ("light", "dark")
) -> dict[str, list[str]]:
    """What axe-core has against a page, for each scheme. The tab is left in the last of them."""
    faults: dict[str, list[str]] = {}
    before: str | None = None
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal, in Playwright's eyes
        assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (scheme == "dark")
        faults[scheme], passed, shape = page.evaluate(_LOOK, [tags, before])
        assert len(passed) > (0 if shape == before else LEAST_RULES), passed
        assert "color-contrast" in passed or faults[scheme], "every page has words to be read"
        before = shape
    return faults
