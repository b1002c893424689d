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
_HEADING = re.compile(r'<h2\b(?=[^>]*?\bid="([^"<>]{1,200})")([^>]*)>(.{1,2000}?)</h2>', re.DOTALL)
_LANGUAGE = re.compile(r' lang="([^"<>]*)"')
_TAG = re.compile(r'<(\w+)\b[^<>]*? lang="([^"<>]*)"[^<>]*>([^<>]*)</\1>|<[^<>]*>')
"""A tag; or words whose element says the language that they are in, with that element."""


def put_contents(html: str, t: Translator) -> str:
    """The page with its contents where the frame wants them; as it is where it has no such place."""
    if PLACE not in html:
        return html
    rows = [_row(*heading) for heading in _HEADING.findall(html)]
    return html.replace(PLACE, _list(rows, t) if len(rows) >= _FEWEST else "", 1)


def _row(anchor: str, attributes: str, words: str) -> str:
    """A chapter of the list, in the languages that its heading is in."""
    whole = _LANGUAGE.search(attributes)
    return f'<li><a href="#{anchor}"{whole[0] if whole else ""}>{" ".join(_TAG.sub(_plain, words).split())}</a></li>\n'


def _plain(tag: re.Match[str]) -> str:
    """Nothing of a tag; of words in another language their language."""
    return f'<span lang="{tag[2]}">{tag[3]}</span>' if tag[2] and tag[3].strip() else tag[3] or ""


def _list(rows: list[str], t: Translator) -> str:
    """The list as HTML. Anchors and words come out of the page, where they are escaped already."""
    title = escape(t("Contents"))
    items = "".join(rows)
    up = f'<p><a href="#content">{escape(t("To the top"))}</a></p>'
    head = f'<nav class="side screen" id="contents" aria-label="{title}">\n<p class="label">{title}</p>'
    return f"{head}\n<ul>\n{items}</ul>\n{up}\n</nav>"
