"""A workbook that has been filled in, read back: what stands in it, by id, wherever its rows and columns have gone.

Only what stands there. What it would change in the files is told by `workbook_answers`.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.errors import UsageError
from granskning.i18n import LANGUAGES, N_
from granskning.reporting.workbook.workbook_choices import (
    EVIDENCE_FIELDS,
    FIRST_ROW,
    FORM,
    IDENTITY_ROW,
    KEY_ROW,
    LISTS,
    MEMORY,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST = 50_000_000
"""Bytes of a workbook, unpacked; one with a hundred reviews takes some five million."""
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Cells:
    """A row that says something. `formulas` are the columns that hold a formula, which is not read."""

    sheet: str
    row: int
    values: Mapping[str, Any]
    formulas: tuple[str, ...] = ()


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


def read_workbook(data: bytes) -> Returned:
    """Read the bytes of a workbook. Raises UsageError for what is none of ours."""
    book = _open(data)
    language, memory = _memory(book)
    reviews: dict[str, tuple[Cells, ...]] = {}
    sheets: dict[str, str] = {}
    columns: dict[str, frozenset[str]] = {}
    evidence: tuple[Cells, ...] | None = None
    evidence_keys = {field.key for field in EVIDENCE_FIELDS}
    for sheet in book.worksheets:
        keys = _keys(sheet)
        if sheet.title in (MEMORY, LISTS) or not keys:
            continue
        if {"quote", "paraphrase"} & set(keys.values()):
            evidence = (*(evidence or ()), *_rows(sheet, {c: k for c, k in keys.items() if k in evidence_keys}))
            continue
        identity = str(sheet.cell(IDENTITY_ROW, 1).value or "").strip()
        reviews[identity] = (*reviews.get(identity, ()), *_rows(sheet, keys))
        sheets[identity] = sheet.title
        columns[identity] = frozenset(keys.values())
    return Returned(language, memory, reviews, sheets, evidence, columns)


def _open(data: bytes) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415  # a large library, only for this
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    message = N_("the file cannot be read as a workbook (.xlsx)")
    hint = N_("save it as Excel workbook (.xlsx) and try again")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise UsageError(N_("the workbook is too large"), N_("export fewer reviews at a time"))
        return load_workbook(io.BytesIO(data))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, EOFError,
            IndexError, OSError, SyntaxError) as error:  # fmt: skip  # whatever a broken file makes the library raise
        raise UsageError(message, hint) from error


def _memory(book: Any) -> tuple[str, dict[str, dict[str, dict[str, Any]]]]:
    message = N_("the workbook was not made by granskning export, or its hidden sheet {sheet} is gone")
    hint = N_("export a new one, and copy your answers into it")
    if MEMORY not in book.sheetnames:
        raise UsageError(message, hint, sheet=MEMORY)
    sheet = book[MEMORY]
    memory: dict[str, dict[str, dict[str, Any]]] = {}
    try:
        head = json.loads(str(sheet.cell(1, 1).value))
        if head["schema"] != FORM or head["language"] not in LANGUAGES:
            raise UsageError(message, hint, sheet=MEMORY)
        for identity, criterion, *pieces in sheet.iter_rows(min_row=2, values_only=True):
            if identity is not None:
                told = json.loads("".join(piece for piece in pieces if piece))
                memory.setdefault(str(identity), {})[str(criterion)] = told
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(message, hint, sheet=MEMORY) from error
    return head["language"], memory


def _keys(worksheet: Any) -> dict[int, str]:
    """The keys of a sheet's columns, from its hidden row; none for a sheet of the user's own."""
    row = next(worksheet.iter_rows(min_row=KEY_ROW, max_row=KEY_ROW), ())
    keys = {cell.column: str(cell.value).strip() for cell in row if cell.value not in (None, "")}
    return keys if "id" in keys.values() else {}


def _rows(worksheet: Any, keys: dict[int, str]) -> Iterator[Cells]:
    last = min(worksheet.max_row, FIRST_ROW + _MOST_ROWS)  # beyond the last row, cells would be made of nothing
    for number, row in enumerate(worksheet.iter_rows(min_row=FIRST_ROW, max_row=last), FIRST_ROW):
        held = {keys[cell.column]: cell for cell in row if cell.column in keys}
        values = {key: _plain(cell) for key, cell in held.items()}
        if any(value not in (None, "") for value in values.values()):
            formulas = tuple(key for key, cell in held.items() if cell.data_type == "f")
            yield Cells(worksheet.title, number, values, formulas)


def _plain(cell: Any) -> Any:
    """A cell's value: a number, or text without spaces at its ends; dates as ISO 8601."""
    value = cell.value
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, int | float):
        return value
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
