"""What a file that is brought in is: a workbook of reviews, or a criteria set in any of the forms that are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.criteria.bring_in import BroughtSet, bring_in_library, bring_in_sheets, is_library
from granskning.tasks.data.import_ import Imported, import_sheets, is_of_reviews, read_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.reporting.workbook.workbook_answers import WorkbookRemark
    from granskning.tasks.criteria.bring_in import FileToBringIn

    Answers = tuple[tuple[Imported, ...], tuple[WorkbookRemark, ...]]


def bring_in(start: Path, data: bytes, file: FileToBringIn, seconds: float | None = None) -> BroughtSet | Answers:
    """Bring a file in, or only tell what it would do. `seconds` is the processor time that reading it may take.

    Raises UsageError for what cannot be understood, and ReadingStoppedError.
    """
    if is_library(data, file.path):
        return bring_in_library(start, data, file)
    sheets = read_sheets(data, file.name, seconds)
    if is_of_reviews(sheets) and file.is_set:
        message = N_("{file} is a workbook of reviews, not of questions")
        raise UsageError(message, N_("bring it in under Out and in"), file=file.name)
    if is_of_reviews(sheets):
        return import_sheets(start, sheets, write=file.write)
    return bring_in_sheets(start, sheets, file)
