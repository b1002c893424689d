"""A sentence that goes on after something else: a footnote, a table, a picture's words, at the end of a page or column.

Both halves must stand there word for word, the first to the end of a line and the second from the beginning of one
further on, on the same page or the next. So words that somebody has left out within a line are never passed by.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.evidence.text_index import Reading

_SHORTEST = 24
"""Folded characters of a quotation that may be torn in two."""
_SHORT_HALF = 12
"""A half shorter than so is sought only where the next page begins, or the one before ends."""
_BETWEEN = 40
"""Within a page at least so many characters come between: more than three words left out of a quotation have."""
_MOST = 50


def find_interrupted(folded: str, reading: Reading) -> Iterator[tuple[int, int]]:
    """The beginning and end, in folded text, of each place where the words stand in two pieces."""
    if len(folded) < _SHORTEST:
        return
    half = len(folded) // 2
    yield from _from_first(folded, half, reading)
    yield from _from_second(folded, half, reading)


def _from_first(folded: str, half: int, reading: Reading) -> Iterator[tuple[int, int]]:
    """Where the first half stands whole: it is followed as far as it goes, then its rest is sought further on."""
    text = reading.folded.text
    for start in _places(text, folded[:half]):
        if not reading.begins_word(start):
            continue
        same = half
        while same < len(folded) and start + same < len(text) and text[start + same] == folded[same]:
            same += 1
        page = reading.folded.page_at(start + same - 1)
        for end in reversed(_breaks(reading, page)):
            if start + half <= end <= start + same and (found := _rest(folded[end - start :], end, page, reading)):
                yield start, found
                break


def _rest(rest: str, after: int, page: int, reading: Reading) -> int | None:
    """Where the rest ends, when it stands at the beginning of a line further on."""
    text = reading.folded.text
    if not rest:
        return None
    here = [at for at in _breaks(reading, page)[:-1] if at >= after + _BETWEEN] if len(rest) >= _SHORT_HALF else []
    there = _breaks(reading, page + 1)[:-1] if page + 1 < len(reading.pages) else []
    for at in (*here, *(there if len(rest) >= _SHORT_HALF else there[:1])):
        if text.startswith(rest, at) and reading.ends_word(at + len(rest) - 1):
            return at + len(rest)
    return None


def _from_second(folded: str, half: int, reading: Reading) -> Iterator[tuple[int, int]]:
    """Where the second half stands whole: it is followed backwards, then what comes before is sought further up."""
    text = reading.folded.text
    for place in _places(text, folded[half:]):
        end = place + len(folded) - half
        if not reading.ends_word(end - 1):
            continue
        same = 0
        while same < half and place - same > 0 and text[place - same - 1] == folded[half - same - 1]:
            same += 1
        page = reading.folded.page_at(place)
        for start in _breaks(reading, page):
            if (
                place - same <= start <= place
                and (found := _before(folded[: half - (place - start)], start, page, reading)) is not None
            ):
                yield found, end
                break


def _before(first: str, before: int, page: int, reading: Reading) -> int | None:
    """Where the first piece begins, when it ends at the end of a line further up."""
    text: str = reading.folded.text
    if not first:
        return None
    here = [at for at in _breaks(reading, page)[1:] if at <= before - _BETWEEN] if len(first) >= _SHORT_HALF else []
    there = _breaks(reading, page - 1)[1:] if page > 0 else []
    above = there if len(first) >= _SHORT_HALF else there[-1:]
    for at in reversed(above + here):
        start = at - len(first)
        if start >= 0 and text.startswith(first, start) and reading.begins_word(start):
            return start
    return None


def _places(text: str, part: str) -> Iterator[int]:
    at, count = text.find(part), 0
    while at >= 0 and count < _MOST:
        yield at
        count += 1
        at = text.find(part, at + 1)


def _breaks(reading: Reading, page: int) -> list[int]:
    """The places in folded text where lines of a page begin, and where the last one ends."""
    places, start = reading.places(page), reading.folded.starts[page]
    text = reading.pages[page]
    breaks, at = [start], text.find("\n")
    while at >= 0:
        breaks.append(start + bisect_left(places, at))
        at = text.find("\n", at + 1)
    return sorted({*breaks, start + len(places)})
