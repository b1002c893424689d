"""A sentence that goes on after something else: a footnote, a table, a picture's words, at the end of a page or column.

Both halves must stand there word for word, the first to the end of a line and the second from the beginning of one
further on, on the same page or the next. So words that somebody has left out within a line are never passed by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.evidence.text_index import Reading

_SHORTEST = 24
"""Folded characters of a quotation that may be torn in two."""
_SHORT_PIECE = 12
"""A piece shorter than so is sought only where the next page begins, the one before ends, or a footnote comes."""
_BETWEEN = 40
"""Within a page at least so many characters come between, unless they are a footnote: more than three words have."""
_NOTE_LINES = 12
"""So many lines further on a sentence may go on after a footnote has begun."""
_MOST = 50
_MOST_TRIES = 400
"""So many places of a break are tried: more there are only where one word fills page after page."""


def find_interrupted(folded: str, reading: Reading) -> Iterator[tuple[int, int]]:
    """The beginning and end, in folded text, of each place where the words stand in two pieces."""
    if len(folded) < _SHORTEST:
        return
    half = len(folded) // 2
    yield from _from_first(folded, half, reading)
    yield from _from_second(folded, half, reading)


def _from_first(folded: str, half: int, reading: Reading) -> Iterator[tuple[int, int]]:
    """Where the first half stands whole: it is followed as far as it goes, then its rest is sought further on."""
    text, tries = reading.folded.text, 0
    for start in _places(text, folded[:half]):
        if not reading.begins_word(start):
            continue
        same = half
        while same < len(folded) and start + same < len(text) and text[start + same] == folded[same]:
            same += 1
        page = reading.folded.page_at(start + same - 1)
        for end in reversed(reading.breaks(page)):
            if not start + half <= end <= start + same:
                continue
            tries += 1
            if tries > _MOST_TRIES:
                return
            if close := _rest(folded[end - start :], end, page, reading):
                yield start, close
                break


def _rest(rest: str, after: int, page: int, reading: Reading) -> int | None:
    """Where the rest ends, when it stands at the beginning of a line further on."""
    text = reading.folded.text
    for at in _goes_on(after, page, reading, is_short=len(rest) < _SHORT_PIECE) if rest else ():
        if text.startswith(rest, at) and reading.ends_word(at + len(rest) - 1):
            return at + len(rest)
    return None


def _goes_on(after: int, page: int, reading: Reading, *, is_short: bool) -> Iterator[int]:
    """The beginnings of lines at which a sentence may go on that is broken off at the end of a line."""
    lines = reading.breaks(page)[:-1]
    if after in lines and after in reading.notes(page):
        number = lines.index(after)
        yield from lines[number + 1 : number + 1 + _NOTE_LINES]
    if not is_short:
        yield from (at for at in lines if at >= after + _BETWEEN)
    if page + 1 < len(reading.pages):
        below = reading.breaks(page + 1)[:-1]
        yield from below[:1] if is_short else below


def _from_second(folded: str, half: int, reading: Reading) -> Iterator[tuple[int, int]]:
    """Where the second half stands whole: it is followed backwards, then what comes before is sought further up."""
    text, tries = reading.folded.text, 0
    for place in _places(text, folded[half:]):
        end = place + len(folded) - half
        if not reading.ends_word(end - 1):
            continue
        same = 0
        while same < half and place - same > 0 and text[place - same - 1] == folded[half - same - 1]:
            same += 1
        page = reading.folded.page_at(place)
        for start in reading.breaks(page):
            if not place - same <= start <= place:
                continue
            tries += 1
            if tries > _MOST_TRIES:
                return
            begin = _before(folded[: half - (place - start)], start, page, reading)
            if begin is not None:
                yield begin, end
                break


def _before(first: str, before: int, page: int, reading: Reading) -> int | None:
    """Where the first piece begins, when it ends at the end of a line further up."""
    text: str = reading.folded.text
    for at in _breaks_off(before, page, reading, is_short=len(first) < _SHORT_PIECE) if first else ():
        start = at - len(first)
        if start >= 0 and text.startswith(first, start) and reading.begins_word(start):
            return start
    return None


def _breaks_off(before: int, page: int, reading: Reading, *, is_short: bool) -> Iterator[int]:
    """The ends of lines at which a sentence may be broken off that goes on at the beginning of a line."""
    lines = reading.breaks(page)
    above = [at for at in lines if at < before]
    notes = reading.notes(page)
    yield from (at for at in reversed(above[-_NOTE_LINES:]) if at in notes)
    if not is_short:
        yield from (at for at in reversed(above) if at <= before - _BETWEEN)
    if page > 0:
        earlier = reading.breaks(page - 1)[1:]
        notes = reading.notes(page - 1)
        yield from (at for at in reversed(earlier) if not is_short or at == earlier[-1] or at in notes)


def _places(text: str, part: str) -> Iterator[int]:
    at, count = text.find(part), 0
    while at >= 0 and count < _MOST:
        yield at
        count += 1
        at = text.find(part, at + 1)
