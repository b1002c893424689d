"""A table as lines for the terminal or as Markdown: the only place that lays columns out in letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.safe_text import printable_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from granskning.reporting.blocks.tables import Column, Table

_INDENT, _GAP = "  ", "  "
_LEAST = 48
"""So many letters the column that gives way always has."""


@dataclass(frozen=True, slots=True)
class TextLayout:
    """How the columns share a line."""

    width: int
    """Letters of a line."""
    gives_way: str
    """The column, by id, that is cut first: it gets what the others leave."""
    least: int = _LEAST
    widest: Mapping[str, int] = field(default_factory=dict)
    """Columns that are cut at so many letters."""
    ruled: Collection[int] = ()
    """Lines, counted with the head as 0 and from the end as -1, that get a rule below."""


def text_table(table: Table, layout: TextLayout) -> Iterator[str]:
    """A line for the headings, then one a row. Figures stand to the right, words to the left."""
    rows = _words(table)
    widths = [
        min(max(len(row[place]) for row in rows), layout.widest.get(column.id, layout.width))
        for place, column in enumerate(table.columns)
    ]
    loose = table.ids.index(layout.gives_way)
    taken = sum(widths) - widths[loose] + len(_GAP) * len(widths)
    widths[loose] = min(widths[loose], max(layout.width - taken, layout.least))
    ruled = {line % len(rows) for line in layout.ruled}
    for number, row in enumerate(rows):
        cells = (
            _aligned(fitted(text, width), width, column)
            for text, width, column in zip(row, widths, table.columns, strict=True)
        )
        yield f"{_INDENT}{_GAP.join(cells)}".rstrip()
        if number in ruled:
            yield _INDENT + "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))


def markdown_table(table: Table, escaped: Callable[[str], str]) -> Iterator[str]:
    """Columns between bars, as wide as what stands in them. `escaped` keeps text from being taken for Markdown."""
    rows = [[escaped(cell).replace("|", "\\|") for cell in row] for row in _words(table)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    for number, row in enumerate(rows):
        yield "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


def fitted(text: str, width: int) -> str:
    """A text that may have to be cut to a column."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _words(table: Table) -> list[list[str]]:
    return [
        [column.heading for column in table.columns],
        *(["" if value is None else printable_line(str(value)) for value in row] for row in table.rows),
    ]


def _aligned(text: str, width: int, column: Column) -> str:
    return f"{text:>{width}}" if column.kind in ("integer", "number") else f"{text:<{width}}"
