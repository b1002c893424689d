"""Tables as values: heads, rows of cells, a last line, and the sentences that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from granskning.reporting.blocks.badges import Mark, Paragraphs

_MOST_ROWS = 14
_MOST_LETTERS = 1000
"""About a third of a page."""
_LINE = 86
"""Letters on a line across the column, at 11 points."""
_BESIDE = 2
"""Letters that the space between two columns takes."""
_BESIDE_WORDS, _BESIDE_NUMBERS = 1.4, 2.3
"""The same in per cent of the column of a page: 6 and 10 points."""
_SIGN = 3
"""And the sign of a level before its word."""
_BOLD = 8
"""So many letters of a level's word take the room of one more, since they are bold."""
_LONGEST = 60
"""A text longer than this is broken over lines anyway."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    words: str
    number: bool = False
    """Whether figures stand in it."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """What stands in one place of a table."""

    text: str = ""
    mark: Mark | None = None
    anchor: str = ""
    """Where the text leads."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. The first cell of a row is its head."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    foot: tuple[str, ...] = ()
    """The last line, often a sum; empty where there is none."""
    before: Paragraphs = ()
    after: Paragraphs = ()
    key: tuple[Mark, ...] = ()
    """Marks that explain themselves, instead of rows."""

    @property
    def is_long(self) -> bool:
        """Whether the table may be broken over pages."""
        letters = sum(len(cell.text) for row in self.rows for cell in row)
        return len(self.rows) > _MOST_ROWS or letters > _MOST_LETTERS

    @property
    def widths(self) -> tuple[float, ...]:
        """What each column but the last takes, in per cent; the last has what is left.

        A column has room for its longest word, and of the rest as its longest text asks. The space beside it comes on
        top of its width where a PDF is made, so it is taken off here.
        """
        needs: list[float] = []
        wants: list[float] = []
        for place, head in enumerate(self.heads):
            texts = [*_texts([row[place] for row in self.rows if place < len(row)]), *self.foot[place : place + 1]]
            whole = texts if head.number else []  # figures stand on one line
            words = [*whole, *(word for text in (head.words, *texts) for word in text.split())]
            needs.append(max(map(_letters, words), default=1) + _BESIDE)
            wants.append(max(needs[-1], min(max(map(_letters, texts), default=1), _LONGEST) + _BESIDE))
        left, asked = _LINE - sum(needs), sum(wants) - sum(needs)
        if 0 < left < asked:
            wants = [need + left * (want - need) / asked for need, want in zip(needs, wants, strict=True)]
        elif left <= 0:
            wants = needs
        beside = [_BESIDE_NUMBERS if head.number else _BESIDE_WORDS for head in self.heads[:-1]]
        return tuple(
            round(max(100 * want / sum(wants) - space, 1), 1) for want, space in zip(wants, beside, strict=False)
        )


def _texts(cells: Iterable[GridCell]) -> Iterator[str]:
    """What stands in each cell, with room for the sign of a mark."""
    for cell in cells:
        sign = "x" * (_SIGN + -(-_longest(cell.mark.words) // _BOLD)) if cell.mark is not None else ""
        yield " ".join(part for part in (sign + cell.mark.words if cell.mark is not None else "", cell.text) if part)


def _longest(words: str) -> int:
    return max(map(_letters, words.split()), default=0)


def _letters(text: str) -> int:
    return len(text.replace("\N{SOFT HYPHEN}", ""))
