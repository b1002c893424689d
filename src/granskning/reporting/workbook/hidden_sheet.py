"""The hidden sheet of a workbook: every answer as it was when the workbook was made, and a fingerprint over them all.

Rows of a review, a question and its values out, the same back. A sheet in which anything has been changed since is
refused: what the workbook changes is told by what stands here, so that nothing may be taken from a guess.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.json_reading import json_fingerprint, parse_json, require_object
from granskning.reporting.workbook.workbook_choices import FORM, HEAD_MARK, MEMORY, ROOM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.worksheet import Worksheet

    Rows = Sequence[tuple[str, str, Mapping[str, Any]]]

NEW_EXPORT = N_("export a new one, and copy your answers into it")
_SPACE = "\\u0020"
_PIECE = ROOM - 2 * len(_SPACE)
"""Characters of a piece, with room for two escapes."""
_IDS = 2
"""Columns before the answer: which review, and which question."""
_IDENTITY = re.compile(r"[^/]+/[^/]+/[^/]+")
FINGERPRINT = "sha256"
"""The key of the first row that holds SHA-256 over the others."""


def hidden_rows(rows: Rows, language: str) -> Iterator[tuple[str, ...]]:
    """The cells of the sheet, row by row. The first row has a fingerprint over the others."""
    yield (json.dumps({"schema": FORM, "language": language, FINGERPRINT: json_fingerprint(list(rows))}),)
    for identity, name, values in rows:
        yield (identity, name, *json_pieces(values))


def json_pieces(values: Mapping[str, Any]) -> Iterator[str]:
    """JSON in pieces that cells have room for.

    What a cell would lose or read as something else is written escaped: a space at an end, and `_x`, which begins a
    character in the form of the workbook.
    """
    text = json.dumps(values, separators=(",", ":")).replace("_x", "\\u005fx")
    for start in range(0, len(text), _PIECE):
        piece = text[start : start + _PIECE]
        if piece.endswith(" "):
            piece = f"{piece[:-1]}{_SPACE}"
        yield f"{_SPACE}{piece[1:]}" if piece.startswith(" ") else piece


def original_answers(sheets: Sequence[Worksheet]) -> dict[str, Any]:
    """What the hidden sheet says, as values of the schema `workbook`, which they have yet to be checked against.

    Raises UsageError where there is no such sheet, where it says nothing that can be read, and where it is not as it
    was written. Workbooks that were made before it had a fingerprint are read by their form alone.
    """
    worksheet = next((worksheet for worksheet in sheets if worksheet.title == MEMORY), None)
    if worksheet is None:
        message = N_("the workbook was not made by granskning export, or its hidden sheet {sheet} is gone")
        raise UsageError(message, NEW_EXPORT, sheet=MEMORY)
    require_whole(worksheet)
    answers: dict[str, dict[str, Any]] = {}
    heads: dict[str, Any] = {}
    try:
        head = parse_json(str(worksheet.rows.get(1, {}).get(1)))
        rows = [_row(cells) for number, cells in sorted(worksheet.rows.items()) if number > 1]
    except ValueError as error:
        raise changed_sheet() from error
    if not isinstance(head, dict) or len(worksheet.rows[1]) > 1:
        raise changed_sheet()
    marks = [(identity, name) for identity, name, _ in rows]
    if len(set(marks)) != len(marks) or head.pop(FINGERPRINT, None) not in (None, json_fingerprint(rows)):
        raise changed_sheet()
    for identity, name, values in rows:
        if name == HEAD_MARK:
            heads[identity] = values
        else:
            answers.setdefault(identity, {})[name] = values
    return {**head, "answers": answers, "heads": heads}


def _row(cells: Mapping[int, Any]) -> tuple[str, str, dict[str, Any]]:
    """Whom and what a row is of, and its values. Raises ValueError for a row that we do not write."""
    identity, name = cells.get(1), cells.get(2)
    if not isinstance(identity, str) or not isinstance(name, str) or not _IDENTITY.fullmatch(identity):
        raise ValueError
    return identity, name, require_object("".join(str(cells[column]) for column in sorted(cells) if column > _IDS))


def changed_sheet() -> UsageError:
    """The error of a hidden sheet that is not as it was written."""
    message = N_("the hidden sheet {sheet} of the workbook is not as granskning export wrote it")
    return UsageError(message, NEW_EXPORT, sheet=MEMORY)


def require_whole(worksheet: Worksheet) -> None:
    """Raise UsageError where something stands so far away that it was not read, and neither was what lies below."""
    if worksheet.cell_outside:
        message = N_("something stands far outside the table in the sheet {sheet}, in the cell {cell}")
        hint = N_("delete the rows and columns outside the table, save the workbook and import it again")
        raise UsageError(message, hint, sheet=worksheet.title, cell=worksheet.cell_outside)
