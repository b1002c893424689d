"""A table of the reports as lines of the terminal: the same words in the same order, cut to its width."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.reporting.blocks.grids import Grid, GridCell

_WIDTH = 100
_LEAST = 12
"""So narrow a column of words may become."""


def wrapped(line: str, indent: int) -> list[str]:
    """A line as several of the terminal's width, those after the first set in; ids are never broken."""
    return textwrap.wrap(line, _WIDTH, subsequent_indent=" " * indent, break_on_hyphens=False, break_long_words=False)


def grid_lines(grid: Grid) -> Iterator[str]:
    """The caption, the sentences before, the rows and the last line in columns, the sentences after."""
    yield ""
    yield from wrapped(f"  {grid.caption}", 4)
    for sentence in grid.before:
        yield from wrapped(f"    {sentence}", 6)
    rows = [[head.words for head in grid.heads], *([cell_text(cell) for cell in row] for row in grid.rows)]
    rows += [list(grid.foot)] if grid.foot else []
    widths = _widths(rows)
    numbers = [head.number for head in grid.heads]
    for place, row in enumerate(rows):
        if place == 1 or (grid.foot and place == len(rows) - 1):
            yield "    " + "─" * (sum(widths) + 2 * len(widths) - 2)
        yield from _row_lines(row, widths, numbers)
    for sentence in grid.after:
        yield from wrapped(f"    {sentence}", 6)


def cell_text(cell: GridCell) -> str:
    """What stands in a place: the mark in words, the text, and the id of the question that its number leads to."""
    words = ", ".join(part for part in (cell.mark.words if cell.mark else "", cell.text) if part)
    name = cell.anchor.removeprefix("question-") if cell.anchor.startswith("question-") else ""
    return f"{words} {name}" if name else words


def grid_words(grid: Grid) -> dict[str, Any]:
    """The same table for JSON, in the reader's language."""
    return {
        "title": grid.caption,
        "before": list(grid.before),
        "heads": [head.words for head in grid.heads],
        "rows": [[cell_text(cell) for cell in row] for row in grid.rows],
        "foot": list(grid.foot),
        "after": list(grid.after),
    }


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """As wide as the longest cell of each column; the widest give way until all have room."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    room = _WIDTH - 4 - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _row_lines(row: Sequence[str], widths: Sequence[int], numbers: Sequence[bool]) -> Iterator[str]:
    """A row, on as many lines as its longest cell takes."""
    cells = [
        textwrap.wrap(text, width, break_on_hyphens=False) or [""] for text, width in zip(row, widths, strict=True)
    ]
    for place in range(max(len(cell) for cell in cells)):
        parts = [cell[place] if place < len(cell) else "" for cell in cells]
        aligned = [
            f"{part:>{width}}" if is_number else f"{part:<{width}}"
            for part, width, is_number in zip(parts, widths, numbers, strict=True)
        ]
        yield f"    {'  '.join(aligned)}".rstrip()
