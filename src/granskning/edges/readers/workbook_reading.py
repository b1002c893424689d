"""The bytes of a workbook in, its sheets as plain values out. Nothing in it is worked out or followed.

It is read as a stream, row by row, so that one cell far away costs no cells between, with limits on what is unpacked,
on rows and columns, and on how much stands in the cells.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

from granskning.errors import UnreadableFileError
from granskning.i18n import N_
from granskning.model.worksheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.worksheet import CellValue

MOST_BYTES = 50_000_000
"""Of a workbook, unpacked; one with a hundred reviews takes some five million."""
MOST_SHEETS = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 500
"""A review has eight; the hidden sheet takes one for each 32,000 characters of an answer."""
_MOST_CELLS = 1_000_000
_MOST_TEXT = 50_000_000
_LAST_ROW = 1 << 20
"""Of any workbook. Rows that are only missing cost nothing, so they are passed by to see what lies below."""


def read_worksheets(data: bytes) -> tuple[Worksheet, ...]:
    """The sheets in their order. Raises UnreadableFileError for what is too large."""
    from openpyxl import load_workbook  # a large library, only for this

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
            raise _too_large()
    book = load_workbook(io.BytesIO(data), read_only=True)
    if len(book.worksheets) > MOST_SHEETS:
        raise _too_large()
    left = _Left()
    return tuple(_sheet(worksheet, left) for worksheet in book.worksheets)


class _Left:
    """How much may still be read of a workbook."""

    def __init__(self) -> None:
        self._cells, self._text = _MOST_CELLS, _MOST_TEXT

    def take(self, value: CellValue) -> None:
        """Count one more cell. Raises UnreadableFileError when it is too much."""
        self._cells -= 1
        if isinstance(value, str):
            self._text -= len(value)
        if self._cells < 0 or self._text < 0:
            raise _too_large()


def _too_large() -> UnreadableFileError:
    return UnreadableFileError(N_("it is larger than any workbook of granskning"), N_("export fewer reviews at a time"))


def _sheet(worksheet: Any, left: _Left) -> Worksheet:
    """One sheet, up to the first cell that lies outside what is read."""
    rows: dict[int, dict[int, CellValue]] = {}
    formulas: set[tuple[int, int]] = set()
    for cell in _cells(worksheet):
        if cell.row > MOST_ROWS or cell.column > MOST_COLUMNS:
            return Worksheet(worksheet.title, rows, frozenset(formulas), cell.coordinate)
        left.take(cell.value if isinstance(cell.value, str) else None)
        value = _plain(cell.value)
        if value not in (None, ""):
            rows.setdefault(cell.row, {})[cell.column] = value
            if cell.data_type == "f":
                formulas.add((cell.row, cell.column))
    return Worksheet(worksheet.title, rows, frozenset(formulas))


def _cells(worksheet: Any) -> Iterator[Any]:
    """The cells that hold something, row by row."""
    worksheet.reset_dimensions()  # what the file says of its own size need not be true
    for number, row in enumerate(worksheet.iter_rows(), 1):
        if number > _LAST_ROW:
            raise _too_large()
        for cell in row:
            if cell.value is not None:
                yield cell


def _plain(value: Any) -> CellValue:
    """A cell's value: a number, or text without spaces at its ends; dates as ISO 8601."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, int | float):
        return value
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
