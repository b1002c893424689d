"""The hidden sheet of a workbook of questions: which set it was made of, and every row as it was then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.json_reading import json_fingerprint, require_object
from granskning.model.question_fields import QUESTION_MEMORY, QUESTION_WORKBOOK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.model.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class QuestionMemory:
    """What a workbook was made of. `set` is the id of the set, empty for a template."""

    set: str
    language: str
    rows: Mapping[str, Mapping[str, str]]


def read_memory(sheets: Sequence[Worksheet]) -> QuestionMemory | None:
    """What the workbook was made of; None for one that we did not make. Raises UsageError where it has been changed."""
    worksheet = next((worksheet for worksheet in sheets if worksheet.title == QUESTION_MEMORY), None)
    if worksheet is None:
        return None
    try:
        head = require_object(str(worksheet.rows.get(1, {}).get(1)))
        rows = [_row(cells) for number, cells in sorted(worksheet.rows.items()) if number > 1]
    except ValueError:
        head, rows = {}, []
    name, language = head.get("set"), head.get("language")
    is_sound = head.get("schema") == QUESTION_WORKBOOK and isinstance(name, str) and isinstance(language, str)
    is_whole = len(dict(rows)) == len(rows) and head.get("sha256", json_fingerprint(rows)) == json_fingerprint(rows)
    if not is_sound or not is_whole or worksheet.cell_outside:
        message = N_("the hidden sheet {sheet} of the workbook is not as granskning export wrote it")
        raise UsageError(message, N_("export a new one, and copy your changes into it"), sheet=QUESTION_MEMORY)
    return QuestionMemory(str(name), str(language), dict(rows))


def _row(cells: Mapping[int, object]) -> tuple[str, dict[str, str]]:
    """The id of a question and its fields. Raises ValueError for a row that we do not write."""
    row = require_object("".join(str(piece) for column, piece in sorted(cells.items()) if column > 1))
    name = cells.get(1)
    if not isinstance(name, str) or not row or not all(isinstance(text, str) for text in row.values()):
        raise ValueError
    return name, row
