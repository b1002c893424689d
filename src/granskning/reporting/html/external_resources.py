"""HTML from a workspace's own templates in, the addresses that it would fetch out.

A report carries everything itself: neither the program that prints it nor the browser that shows it is to fetch
anything. A link that a reader may follow is no fetching.

What is wrong with a page before it is published: links that lead nowhere, and pictures without words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal

from granskning.reporting.html.style import addresses_of, is_embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

_FETCHING = frozenset(
    {
        "src", "srcset", "poster", "data", "background", "code", "codebase", "archive", "classid", "manifest",
        "imagesrcset", "xlink:href", "srcdoc",
    }
)  # fmt: skip
"""Attributes that fetch, in whatever element they stand."""
_LINKING = frozenset({"a", "area"})
"""Elements whose `href` a reader follows."""
_REFUSED = frozenset({"base", "iframe", "frame", "object", "embed", "applet"})
"""Elements that have no place in a report."""
_REFRESH = re.compile(r"url\s*=", re.IGNORECASE)


def refused_addresses(html: str) -> list[str]:
    """What the page would fetch, each address or refused element once, in order."""
    finder = _Finder()
    finder.feed(f"{html}</style></script>")  # the parser keeps to itself what nobody closed
    finder.close()
    return list(dict.fromkeys(finder.found))


class _Finder(HTMLParser):
    """Looks at every attribute and every style."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._style: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element fetches."""
        if tag in _REFUSED:
            self.found.append(f"<{tag}>")
        values = {name: value or "" for name, value in attrs}
        self.found += (one for name, value in values.items() for one in _fetched(tag, name, value, values))
        if tag == "style":
            self._style = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element fetches."""
        self.handle_starttag(tag, attrs)
        self._style = None

    def handle_data(self, data: str) -> None:
        """Keep what a style element says."""
        if self._style is not None:
            self._style.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Look through the style."""
        if tag == "style" and self._style is not None:
            self.found += (address for address in addresses_of("".join(self._style)) if not is_embedded(address))
            self._style = None


def _fetched(tag: str, name: str, value: str, values: dict[str, str]) -> Iterator[str]:
    """What one attribute fetches."""
    if name == "style" or (name in ("fill", "stroke", "filter", "mask", "clip-path", "marker-end") and "(" in value):
        yield from (address for address in addresses_of(value) if not is_embedded(address))
    elif name in ("srcset", "imagesrcset"):
        pieces = [] if is_embedded(value) else value.split(",")
        yield from (address for piece in pieces if (address := piece.strip().partition(" ")[0]))
    elif (name in _FETCHING or (name == "href" and tag not in _LINKING)) and not is_embedded(value):
        yield value or f"{name}="
    elif name == "rel" and "attachment" in value.lower().split() and tag in _LINKING:
        yield values.get("href", "")
    elif name == "content" and values.get("http-equiv", "").lower() == "refresh" and _REFRESH.search(value):
        yield value


@dataclass(frozen=True, slots=True)
class PageFault:
    """A link to an anchor that is not there, or a picture that nobody can hear."""

    kind: Literal["open_anchor", "no_words"]
    what: str


def find_page_faults(html: str) -> tuple[PageFault, ...]:
    """Every such fault of a page, each once."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_drawing()
    known = reader.ids | {""}
    open_ones = [PageFault("open_anchor", f"#{name}") for name in reader.anchors if name not in known]
    return tuple(dict.fromkeys((*open_ones, *reader.silent)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.anchors: list[str] = []
        self.silent: list[PageFault] = []
        self._drawing = 0
        self._title: str | None = None
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.add(str(given["id"]))
        target = given.get("href") or ""
        if tag == "a" and target.startswith("#"):
            self.anchors.append(target[1:])
        if tag == "img" and not (given.get("alt") or "").strip():
            self.silent.append(PageFault("no_words", (given.get("src") or "img")[:60]))
        if tag == "svg":
            self._drawing += 1
            if self._drawing == 1:
                self._title = given.get("aria-label")
        elif self._drawing and tag == "title":
            self._in_title = True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in ("svg", "title"):
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._title = (self._title or "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "svg" and self._drawing:
            self._drawing -= 1
            if not self._drawing:
                self.end_drawing(open_one=True)

    def end_drawing(self, *, open_one: bool = False) -> None:
        """Note a drawing that ended without a title."""
        if (open_one or self._drawing) and not (self._title or "").strip():
            self.silent.append(PageFault("no_words", "svg"))
        self._drawing, self._title = 0, None
