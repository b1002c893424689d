"""The headings of a document in their places: under which ones something stands, and which ones a section names."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from granskning.evidence.folding import clean_text, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.evidence.text_index import TextIndex

_CALLED = re.compile(r"(?:kap(?:itel|\.)?|avsn(?:itt|\.)?|rubriken?|chapter|section|sect?\.)\s+", re.IGNORECASE)
_NUMBER = re.compile(r"((?:\d+|[A-Za-z]|[IVXLC]+)(?:\.\d+)*)\.?(?=\s|:|$)")
_ORDER = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PlacedHeading:
    """A heading, and the page (from 1) and place in it where what it heads begins."""

    title: str
    level: int
    at: _ORDER


class Outline:
    """The headings of a document, in order."""

    def __init__(self, index: TextIndex) -> None:
        self.headings = tuple(sorted(_placed(index), key=lambda heading: heading.at))
        self._at = [heading.at for heading in self.headings]

    def path(self, page: int, place: int) -> tuple[str, ...]:
        """The headings that something stands under, the highest first."""
        titles: list[str] = []
        level = 1 << 30
        for heading in reversed(self.headings[: bisect_right(self._at, (page, place))]):
            if heading.level < level:
                titles.append(heading.title)
                level = heading.level
        return tuple(reversed(titles))

    def chapter(self, page: int, place: int) -> str:
        """The chapter that something stands in: the highest heading of which there are several; empty above them."""
        path = self.path(page, place)
        depth = int(self._has_title and len(path) > 1)
        return path[depth] if path else ""

    @cached_property
    def _has_title(self) -> bool:
        """Whether its highest heading is that of all of it."""
        top = min((heading.level for heading in self.headings), default=1)
        return sum(heading.level == top for heading in self.headings) == 1

    def stretches(self, section: str) -> list[tuple[_ORDER, _ORDER]]:
        """From where to where what a section names reaches; nothing where it is no heading."""
        return [(heading.at, self._end(number)) for number, heading in enumerate(self.headings)
                if _names(section, heading.title)]  # fmt: skip

    def _end(self, number: int) -> _ORDER:
        level = self.headings[number].level
        later = (heading.at for heading in self.headings[number + 1 :] if heading.level <= level)
        return next(later, (1 << 30, 0))


def _placed(index: TextIndex) -> Iterator[PlacedHeading]:
    """Each heading where its words stand on its page, after the one before; else at the top of the page."""
    after: _ORDER = (0, 0)
    for heading in index.document.headings:
        if not 1 <= heading.page <= len(index.pages):
            continue
        reading = index.plain
        page = heading.page - 1
        start = reading.folded.starts[page]
        places = reading.places(page)
        text = reading.folded.text[start : start + len(places)]
        begin = next((at for at, place in enumerate(places) if (page + 1, place) >= after), len(places))
        at = text.find(fold(clean_text(heading.title)), begin)
        place = places[at] if 0 <= at < len(places) else 0
        if at >= 0:
            after = (page + 1, place + 1)
        yield PlacedHeading(" ".join(heading.title.split()), heading.level, (heading.page, place))


def _names(section: str, title: str) -> bool:
    """Whether a section, as somebody wrote it, means a heading: by its words, its number, or both."""
    wanted = _CALLED.sub("", " ".join(clean_text(section).split()), count=1).strip(" .:")
    title = " ".join(clean_text(title).split())
    named, own = _NUMBER.match(wanted), _NUMBER.match(_CALLED.sub("", title, count=1))
    if fold(wanted) in (fold(title), fold(_without_number(title))):
        return True
    if named is None or own is None or named[1].lower() != own[1].lower():
        return False
    rest = fold(wanted[named.end() :])
    return not rest or rest in fold(title)


def _without_number(title: str) -> str:
    number = _NUMBER.match(title)
    return title[number.end() :] if number and any(letter.isdigit() for letter in number[1]) else title
