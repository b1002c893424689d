"""One indicator from a file in the working folder: a PC-Axis file, or a table in CSV or Excel by its columns."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.edges.disk import leads_inside, read_file
from granskning.edges.readers.reading import read_worksheets
from granskning.errors import UnreadableFileError, UsageError
from granskning.files import TABLE
from granskning.i18n import N_
from granskning.statistics.asking import ask_table, read_table
from granskning.statistics.cube import cube_part
from granskning.statistics.kolada import scb_area
from granskning.statistics.px_file import read_px
from granskning.statistics.reading import StatisticsReading
from granskning.statistics.table_file import read_csv, read_rows
from granskning.statistics.unexpected import OtherMeaningError
from granskning.tasks.statistics.fetch_scb import with_frozen_periods

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from granskning.model.indicator import Indicator
    from granskning.model.worksheet import Worksheet
    from granskning.statistics.selection import PeriodWish
    from granskning.statistics.table_file import TableCell


def fetch_file(indicator: Indicator, root: Path, areas: Sequence[str], wish: PeriodWish) -> StatisticsReading:
    """All values that the indicator asks its file for. Raises UsageError, UnexpectedFormError and OtherMeaningError."""
    name = indicator.source.file or ""
    data = _bytes(root, name)
    frame = StatisticsReading("px", "", "", (), {}, sha256=hashlib.sha256(data).hexdigest())
    if name.lower().endswith(".px"):
        cube = read_px(data)
        asked = ask_table(with_frozen_periods(indicator), cube, tuple(map(scb_area, areas)), wish)
        return read_table(
            cube_part(cube, asked.selection), asked, replace(frame, title=cube.title, last_period=cube.last_period)
        )
    rows = _sheet(indicator, data, name) if name.lower().endswith(".xlsx") else read_csv(data)
    return read_rows(rows, indicator.source.columns, frame)


def _bytes(root: Path, name: str) -> bytes:
    if not leads_inside(root, name):
        raise UsageError(N_("{file} lies outside the working folder"), N_("put the file in the folder"), file=name)
    try:
        return read_file(root / name, TABLE)
    except UnreadableFileError as error:
        reason = error.message.format(**error.values)
        message, hint = N_("{file} cannot be read: {reason}"), N_("see that the path is right, from the folder's root")
        raise UsageError(message, hint, file=name, reason=reason) from error


def _sheet(indicator: Indicator, data: bytes, name: str) -> list[list[TableCell]]:
    """The rows of the sheet that is named, else of the first."""
    sheets = read_worksheets(data, name)
    wanted = indicator.source.sheet
    sheet = next((item for item in sheets if wanted in (None, item.title)), None)
    if sheet is None:
        known = ", ".join(item.title for item in sheets)
        message = N_("the workbook has no sheet {name}")
        raise OtherMeaningError(message, N_("its sheets are: {known}"), name=wanted, known=known)
    return list(_rows(sheet))


def _rows(worksheet: Worksheet) -> list[list[TableCell]]:
    widest = max((column for row in worksheet.rows.values() for column in row), default=0)
    last = max(worksheet.rows, default=0)
    return [
        [worksheet.rows.get(number, {}).get(column) for column in range(1, widest + 1)] for number in range(1, last + 1)
    ]
