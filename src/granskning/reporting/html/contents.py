"""The list of contents at the side of a page: made of the page itself, so that it has what the page has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from granskning.i18n import Translator

PLACE = "<!--contents-->"
"""Where the frame wants the list."""
_FEWEST = 4
"""A page of fewer chapters is seen through without a list."""
_HEADING = re.compile(r'<h2\b[^>]*?\bid="([^"<>]{1,200})"[^>]*>(.{1,2000}?)</h2>', re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


def put_contents(html: str, t: Translator) -> str:
    """The page with its contents where the frame wants them; as it is where it has no such place."""
    if PLACE not in html:
        return html
    rows = [(anchor, " ".join(_TAG.sub("", words).split())) for anchor, words in _HEADING.findall(html)]
    return html.replace(PLACE, _list(rows, t) if len(rows) >= _FEWEST else "", 1)


def _list(rows: list[tuple[str, str]], t: Translator) -> str:
    """The list as HTML. Anchors and words come out of the page, where they are escaped already."""
    title = escape(t("Contents"))
    items = "".join(f'<li><a href="#{anchor}">{words}</a></li>\n' for anchor, words in rows)
    up = f'<p><a href="#content">{escape(t("To the top"))}</a></p>'
    head = f'<nav class="side screen" id="contents" aria-label="{title}">\n<p class="label">{title}</p>'
    return f"{head}\n<ul>\n{items}</ul>\n{up}\n</nav>"
