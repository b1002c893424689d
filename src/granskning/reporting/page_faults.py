"""What is wrong with a page before it is published: links that lead nowhere, and pictures without words."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal


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
