"""A workbook that has been filled in, read back: what stands in it, by id, wherever its rows and columns have gone.

Only what stands there. What it would change in the files is told by `workbook_answers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.errors import UsageError
from granskning.i18n import LANGUAGES, N_, Translator
from granskning.json_reading import parse_json
from granskning.reporting.workbook.workbook_choices import (
    EVIDENCE_FIELDS,
    FIRST_ROW,
    HEAD_ROW,
    IDENTITY_ROW,
    INSTRUCTIONS_TITLE,
    KEY_ROW,
    LISTS,
    MEMORY,
    TITLE_ROW,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.worksheet import Worksheet


NEW_EXPORT = N_("export a new one, and copy your answers into it")
_IDS = 2
"""Columns of the hidden sheet before the answer: which review, and which question."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A row that says something. `formulas` are the columns that hold a formula, which is not read."""

    sheet: str
    row: int
    values: Mapping[str, Any]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadCells:
    """Cells that say something where nothing is read: a column of the user's own, or with `column` 0 a whole sheet."""

    sheet: str
    column: int
    head: str
    """What stands above the column; the first cell of a sheet."""
    count: int


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook as it came back."""

    language: str
    memory: Mapping[str, dict[str, dict[str, Any]]]
    """Every answer as it was when the workbook was made, by review and criterion."""
    reviews: Mapping[str, tuple[Cells, ...]]
    """The rows of each review's sheet."""
    sheets: Mapping[str, str]
    """What the sheet of each review is called."""
    evidence: tuple[Cells, ...] | None
    """None where the sheet is gone."""
    columns: Mapping[str, frozenset[str]]
    """The columns that each review's sheet has."""
    unread: tuple[UnreadCells, ...] = ()
    """What stands where nothing is read, so that it can be told."""


def original_answers(sheets: Sequence[Worksheet]) -> dict[str, Any]:
    """What the hidden sheet says, as values of the schema `workbook`, which they have yet to be checked against.

    Raises UsageError where there is no such sheet, or it says nothing that can be read.
    """
    worksheet = next((worksheet for worksheet in sheets if worksheet.title == MEMORY), None)
    if worksheet is None:
        message = N_("the workbook was not made by granskning export, or its hidden sheet {sheet} is gone")
        raise UsageError(message, NEW_EXPORT, sheet=MEMORY)
    _require_whole(worksheet)
    answers: dict[str, dict[str, Any]] = {}
    try:
        head = parse_json(str(worksheet.rows.get(1, {}).get(1)))
        for row, cells in sorted(worksheet.rows.items()):
            if row > 1 and 1 in cells:
                pieces = "".join(str(piece) for column, piece in sorted(cells.items()) if column > _IDS)
                answers.setdefault(str(cells[1]), {})[str(cells.get(2))] = parse_json(pieces)
    except ValueError as error:
        raise changed_sheet() from error
    return {**head, "answers": answers} if isinstance(head, dict) else {"schema": head}


def changed_sheet() -> UsageError:
    """The error of a hidden sheet that is not as it was written."""
    message = N_("the hidden sheet {sheet} of the workbook is not as granskning export wrote it")
    return UsageError(message, NEW_EXPORT, sheet=MEMORY)


def read_workbook(sheets: Sequence[Worksheet], original: Mapping[str, Any]) -> Returned:
    """What stands in the sheets of a workbook whose hidden sheet is sound. Raises UsageError for a sheet too large."""
    reviews: dict[str, tuple[Cells, ...]] = {}
    titles: dict[str, str] = {}
    columns: dict[str, frozenset[str]] = {}
    evidence: tuple[Cells, ...] | None = None
    evidence_keys = {field.key for field in EVIDENCE_FIELDS}
    unread: list[UnreadCells] = []
    for worksheet in sheets:
        keys = _keys(worksheet)
        if worksheet.title in (MEMORY, LISTS):
            continue
        unread += _unread(worksheet, keys)
        if not keys:
            continue
        _require_whole(worksheet)
        if {"quote", "paraphrase"} & set(keys.values()):
            evidence = (*(evidence or ()), *_rows(worksheet, {c: k for c, k in keys.items() if k in evidence_keys}))
            continue
        identity = str(worksheet.rows.get(IDENTITY_ROW, {}).get(1) or "").strip()
        reviews[identity] = (*reviews.get(identity, ()), *_rows(worksheet, keys))
        titles[identity] = worksheet.title
        columns[identity] = frozenset(keys.values())
    memory = {
        identity: {criterion: answer or {} for criterion, answer in answers.items()}
        for identity, answers in original["answers"].items()
    }
    return Returned(original["language"], memory, reviews, titles, evidence, columns, tuple(unread))


def _unread(worksheet: Worksheet, keys: Mapping[int, str]) -> Iterator[UnreadCells]:
    """The cells of a sheet that nothing is read from: other columns than ours, and sheets that we did not make."""
    rows = worksheet.rows
    if not keys:
        first = str(rows.get(TITLE_ROW, {}).get(1) or "")
        ours = {1} if first in {Translator(language)(INSTRUCTIONS_TITLE) for language in LANGUAGES} else set()
        count = sum(column not in ours for row in rows.values() for column in row)
        if count:
            yield UnreadCells(worksheet.title, 0, "" if ours else first, count)
        return
    columns = sorted({column for number, row in rows.items() if number >= FIRST_ROW for column in row} - keys.keys())
    for column in columns:
        count = sum(column in row for number, row in rows.items() if number >= FIRST_ROW)
        yield UnreadCells(worksheet.title, column, str(rows.get(HEAD_ROW, {}).get(column) or ""), count)


def _require_whole(worksheet: Worksheet) -> None:
    """Raise UsageError where something stands so far away that it was not read, and neither was what lies below."""
    if worksheet.cell_outside:
        message = N_("something stands far outside the table in the sheet {sheet}, in the cell {cell}")
        hint = N_("delete the rows and columns outside the table, save the workbook and import it again")
        raise UsageError(message, hint, sheet=worksheet.title, cell=worksheet.cell_outside)


def _keys(worksheet: Worksheet) -> dict[int, str]:
    """The keys of a sheet's columns, from its hidden row; none for a sheet of the user's own."""
    keys = {column: str(value).strip() for column, value in worksheet.rows.get(KEY_ROW, {}).items()}
    return keys if "id" in keys.values() else {}


def _rows(worksheet: Worksheet, keys: dict[int, str]) -> Iterator[Cells]:
    for number, row in sorted(worksheet.rows.items()):
        values = {key: row.get(column) for column, key in keys.items()}
        if number >= FIRST_ROW and any(value is not None for value in values.values()):
            formulas = tuple(key for column, key in keys.items() if (number, column) in worksheet.formulas)
            yield Cells(worksheet.title, number, values, formulas)
