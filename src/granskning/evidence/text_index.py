"""A document's text made ready to be searched, once for all quotations: whole, and without what comes between.

Between two halves of a sentence there may be a running head, a page number or the number of a footnote. In a
second reading of the text they are blanked out, and every place stays what it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from granskning.evidence.folding import PagedText, clean_text, fold, fold_places, without_note_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.document_text import DocumentText

_EDGE_LINES = 3
"""So many lines at the top and at the foot of a page may be running heads, page numbers and the like."""
_FIGURES = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[\s–-]*(?:s(?:id(?:a|an)?)?\.?\s*)?(?:\d{1,4}|[ivxlc]{1,8})(?:\s*[(/]\s*\d{1,4}\)?)?[\s–-]*\Z", re.IGNORECASE
)
"""A line that is only a page number: 14, – 14 –, sida 14, 14 (60), xiv."""
_NOTE = re.compile(r"\s*(?:\d{1,3}|\*{1,3}|[†‡])[.)]?\s*[^\W\d_]")
"""How a footnote begins."""
_SHORTEST_HEAD = 4


class Reading:
    """One reading of a document: the pages' cleaned text, and all of it folded."""

    def __init__(self, pages: list[str]) -> None:
        self.pages = pages
        self.folded = PagedText([fold(page) for page in pages])
        self._places: dict[int, list[int]] = {}
        self._breaks: dict[int, list[int]] = {}
        self._notes: dict[int, frozenset[int]] = {}

    def places(self, page: int) -> list[int]:
        """Where in the page, counted from 0, each folded character stands."""
        if page not in self._places:
            self._places[page] = fold_places(self.pages[page])
        return self._places[page]

    def breaks(self, page: int) -> list[int]:
        """The places in folded text where lines of a page begin, and where the last one ends."""
        if page not in self._breaks:
            start = self.folded.starts[page]
            begins = (place for place, _ in self._lines(page))
            self._breaks[page] = sorted({start, *begins, start + len(self.places(page))})
        return self._breaks[page]

    def notes(self, page: int) -> frozenset[int]:
        """The places in folded text where lines begin that look like those of a footnote."""
        if page not in self._notes:
            self._notes[page] = frozenset(place for place, line in self._lines(page) if _NOTE.match(line))
        return self._notes[page]

    def _lines(self, page: int) -> Iterator[tuple[int, str]]:
        """Each line of a page but the first, and its place in folded text."""
        text, places, start = self.pages[page], self.places(page), self.folded.starts[page]
        at = text.find("\n")
        while at >= 0:
            end = text.find("\n", at + 1)
            yield start + bisect_left(places, at), text[at + 1 : end if end >= 0 else len(text)]
            at = end

    def locate(self, at: int) -> tuple[int, int]:
        """The page, counted from 0, and the place in it of a folded character."""
        page = self.folded.page_at(at)
        return page, self.places(page)[at - self.folded.starts[page]]

    def occurrences(self, folded: str) -> Iterator[int]:
        """Every place where the folded words begin a word and end one."""
        at = self.folded.text.find(folded)
        while at >= 0:
            if self.is_whole(at, at + len(folded)):
                yield at
            at = self.folded.text.find(folded, at + 1)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether a stretch of folded text begins and ends where words do."""
        return self.begins_word(start) and self.ends_word(end - 1)

    def begins_word(self, at: int) -> bool:
        """Whether no letter or figure stands right before."""
        page, place = self.locate(at)
        text = self.pages[page]
        return place == 0 or not (text[place - 1].isalnum() and text[place].isalnum())

    def ends_word(self, at: int) -> bool:
        """Whether no letter or figure stands right after."""
        page, place = self.locate(at)
        text = self.pages[page]
        return place + 1 == len(text) or not (text[place + 1].isalnum() and text[place].isalnum())


class TextIndex:
    """A document ready to be searched."""

    def __init__(self, document: DocumentText) -> None:
        self.document = document
        self.pages = [clean_text(page.text.replace("\r\n", "\n").replace("\r", "\n")) for page in document.pages]

    @cached_property
    def plain(self) -> Reading:
        """All that stands there."""
        return Reading(self.pages)

    @cached_property
    def body(self) -> Reading:
        """Without running heads, page numbers and the numbers of footnotes."""
        blanked = self._without_heads() if self.document.has_pages else self.pages
        return Reading([without_note_numbers(page) for page in blanked])

    def _without_heads(self) -> list[str]:
        lines = [page.split("\n") for page in self.pages]
        edges = [_edges(page) for page in lines]
        counts = Counter(
            key for page, places in zip(lines, edges, strict=True) for key in {_key(page[at]) for at in places}
        )
        out = []
        for page, places in zip(lines, edges, strict=True):
            kept = list(page)
            for at in places:
                key = _key(page[at])
                if _NUMBER.match(page[at]) or (counts[key] > 1 and len(fold(key)) >= _SHORTEST_HEAD):
                    kept[at] = " " * len(page[at])
            out.append("\n".join(kept))
        return out


def _edges(lines: list[str]) -> list[int]:
    """The places of the first and last lines with text."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return sorted({*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]})


def _key(line: str) -> str:
    """A line as it recurs on other pages, whatever its numbers."""
    return _FIGURES.sub("#", " ".join(line.split()).lower())
