"""Tables as values: heads, rows of cells, a last line, and the sentences that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granskning.reporting.blocks.badges import Mark, Paragraphs

_MOST_ROWS = 14
_MOST_LETTERS = 1000
"""About a third of a page."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    words: str
    width: int = 0
    """In per cent; 0 for what is left."""
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
