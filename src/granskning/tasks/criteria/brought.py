"""What a file that somebody brings in is: a workbook of reviews, or a criteria set in any of the forms that are read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from granskning.tasks.criteria.bring_in import BroughtSet, bring_in_library, bring_in_sheets, is_library
from granskning.tasks.data.import_ import Imported, import_workbook, is_of_reviews, read_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.reporting.workbook.workbook_answers import Remark

    Answers = tuple[tuple[Imported, ...], tuple[Remark, ...]]


def bring_in(  # noqa: PLR0913  # a file, what it is called, and how it is brought in
    start: Path, data: bytes, file: str, name: str, *, wanted: str = "", write: bool, seconds: float | None = None
) -> BroughtSet | Answers:
    """Bring a file in, or only tell what it would do. `file` is the path as it was named, `name` what errors call it.

    Raises UsageError for what cannot be understood, and ReadingStoppedError.
    """
    today = dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
    if is_library(data, file):
        return bring_in_library(start, data, name=file, wanted=wanted, today=today, write=write)
    sheets = read_sheets(data, name, seconds)
    if is_of_reviews(sheets):
        return import_workbook(start, data, write=write, name=name, sheets=sheets)
    return bring_in_sheets(start, sheets, name=file, wanted=wanted, today=today, write=write)
