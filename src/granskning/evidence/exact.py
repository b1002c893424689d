"""A quotation's own words in a document: every place where they stand, all of them and in order.

What differs between print and copy is folded away first. A quotation with an ellipsis is its parts, one after another;
one that something comes between, at the end of a page or a column, is sought as two.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from granskning.evidence.folding import fold_quotation
from granskning.evidence.interrupted import find_interrupted
from granskning.evidence.passages import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.evidence.text_index import Reading, TextIndex

_MARKED = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.|–+|-+)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|/\s*(?:…|\.\.\.)\s*/")
_BARE = re.compile(r"…|\.\s?\.\s?\.+")
_LEFT_OUT = 12_000
"""So many folded characters may be left out between two parts: some five pages."""
_MOST_PLACES = 500
"""So many places of one quotation are looked at; what stands oftener than so proves nothing."""


def parts_of(quotation: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read a quotation, each as its parts folded: a bare ellipsis may stand in the document itself."""
    marked = tuple(part for piece in _MARKED.split(quotation) if (part := fold_quotation(piece)))
    bare = tuple(part for piece in _BARE.split(_MARKED.sub("…", quotation)) if (part := fold_quotation(piece)))
    return tuple(dict.fromkeys(parts for parts in (marked, bare) if parts))


def find_exact(quotation: str, index: TextIndex) -> list[Passage]:
    """Every passage that has the quotation's words, in the order of the document."""
    for parts in parts_of(quotation):
        for reading in (index.plain, index.body):
            if passages := list(islice(_chains(parts, reading), _MOST_PLACES)):
                return passages
    for parts in parts_of(quotation):
        if passages := _across(parts, index.body):
            return passages
    return []


def _chains(parts: tuple[str, ...], reading: Reading) -> Iterator[Passage]:
    """The passages with all parts in order, each beginning at a place of the first."""
    for start in reading.occurrences(parts[0]):
        end: int | None = start + len(parts[0])
        for part in parts[1:]:
            end = _next_end(part, reading, end)
            if end is None:
                break
        if end is not None:
            yield passage_of(reading, start, end)


def _next_end(part: str, reading: Reading, after: int | None) -> int | None:
    """Where the part ends that stands next after a place, unless too much lies between."""
    text, at = reading.folded.text, after
    while at is not None and (at := text.find(part, at, (after or 0) + _LEFT_OUT)) >= 0:
        if reading.is_whole(at, at + len(part)):
            return at + len(part)
        at += 1
    return None


def _across(parts: tuple[str, ...], reading: Reading) -> list[Passage]:
    """Parts of which something may come between; each near the one before."""
    passages: list[Passage] = []
    for part in parts:
        whole = [passage_of(reading, at, at + len(part)) for at in islice(reading.occurrences(part), _MOST_PLACES)]
        places = whole or [passage_of(reading, *ends) for ends in find_interrupted(part, reading)]
        if not passages:
            passages = places
        else:
            passages = [
                Passage(earlier.page, earlier.start, later.last_page, later.end)
                for earlier in passages
                for later in places
                if (earlier.last_page, earlier.end) <= (later.page, later.start)
                and later.page - earlier.last_page <= len(parts) + 1
            ][:_MOST_PLACES]
        if not passages:
            return []
    return passages


def passage_of(reading: Reading, start: int, end: int) -> Passage:
    """The passage of a stretch of folded text."""
    page, place = reading.locate(start)
    last_page, last = reading.locate(end - 1)
    return Passage(page + 1, place, last_page + 1, last + 1)
