"""A sheet of a workbook that somebody has filled in, as plain values: what stands in which cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CellValue = str | int | float | None
"""Text without spaces at its ends, a number, or a date as ISO 8601."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A sheet (blad) with the cells that say something. Rows and columns count from 1."""

    title: str
    rows: Mapping[int, Mapping[int, CellValue]]
    formulas: frozenset[tuple[int, int]] = frozenset()
    """Row and column of the cells that hold a formula, which is not worked out."""
    cell_outside: str = ""
    """The first cell that lies outside what is read, such as XFD5000."""


def cell_text(value: object) -> str:
    """A cell as text: 1.0 is 1, and nothing is an empty text."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def column_letters(column: int) -> str:
    """A column as spreadsheets call it: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
