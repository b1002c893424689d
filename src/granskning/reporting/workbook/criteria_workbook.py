"""A criteria set as a workbook: one row a question, its scale, what is said of it, and how the workbook is filled in.

Without a set it is the template to begin one from. A hidden sheet remembers every row as it was, so that what comes
back can be merged with what has changed meanwhile.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.i18n import N_
from granskning.json_reading import json_fingerprint
from granskning.model.question_fields import (
    ABOUT_FIELDS,
    ID_FIELD,
    INSTRUCTIONS,
    LEVEL,
    QUESTION_FIELDS,
    QUESTION_MEMORY,
    QUESTION_WORKBOOK,
    SCALE_FIELDS,
    TARGET_FIELDS,
    YES,
)
from granskning.reporting.blocks.tables import Column, Table
from granskning.reporting.workbook.hidden_sheet import FINGERPRINT, json_pieces
from granskning.reporting.workbook.workbook_writer import WorkbookWriter, row_height

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.i18n import Translator

_YES_NO = (N_("yes"), N_("no"))
_YES_KEYS = frozenset(field.key for field in QUESTION_FIELDS if field.kind == "yes")
_SPARE = 200
"""Empty rows that are made ready to be written in."""
_LEVEL_WIDTH = 32


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """What a workbook of questions is made of, as texts in one language. `set` is empty for a template."""

    set: str
    language: str
    about: Mapping[str, str]
    scale: Sequence[Mapping[str, str]]
    rows: Sequence[Mapping[str, str]]


def headings_of(table: CriteriaTable, t: Translator) -> list[tuple[str, str, int]]:
    """The columns of the questions: key, heading and width. Level texts stand after the reason why."""
    labels = {row["value"]: row["label"] for row in table.scale}
    extra = {key.removeprefix(LEVEL): "" for row in table.rows for key in row if key.startswith(LEVEL)}
    levels = [
        (f"{LEVEL}{value}", t("Level {value}: {label}", value=value, label=label) if label and label != value
         else t("Level {value}", value=value), _LEVEL_WIDTH)
        for value, label in {**labels, **{value: "" for value in extra if value not in labels}}.items()
    ]  # fmt: skip
    columns = []
    for field in (ID_FIELD, *TARGET_FIELDS, *QUESTION_FIELDS):
        columns.append((field.key, t(field.title), field.width))
        if field.key == "why":
            columns += levels
    return columns if table.rows else [column for column in columns if column[0] != ID_FIELD.key]


def make_criteria_workbook(table: CriteriaTable, t: Translator) -> bytes:
    """The workbook, as bytes."""
    from openpyxl import Workbook  # a large library, only for this

    book = Workbook()
    writer = WorkbookWriter(book, t)
    _write_instructions(writer)
    _write_questions(writer, table)
    _write_scale(writer, table)
    _write_about(writer, table)
    _write_memory(writer, table)
    book.active = 1
    book.properties.creator = "granskning"
    book.properties.title = t(INSTRUCTIONS)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def question_csv(table: CriteriaTable, t: Translator) -> Table:
    """The same questions as a table for CSV, under the same headings."""
    columns = headings_of(table, t)
    rows = tuple(tuple(_cell(key, row.get(key, ""), t) for key, _, _ in columns) for row in table.rows)
    return Table("questions", "", tuple(Column(title, title) for _, title, _ in columns), rows=rows)


def _cell(key: str, text: str, t: Translator) -> str:
    return t(_YES_NO[0]) if key in _YES_KEYS and text == YES else text


def _write_instructions(writer: WorkbookWriter) -> None:
    t, sheet = writer.t, writer.book.active
    sheet.title = writer.names.take(t("Read me"))
    lines = [
        t("Write one row for each question. The target picture may be left empty where it is that of the row above."),
        t("Each level has a column for what it takes. Change the names of the levels on the sheet of the scale."),
        t("A weight other than 1 needs its reason. Empty means 1."),
        t("The area says where the question is put. Empty means everywhere; several are parted by semicolons."),
        t("Columns may be moved, and those that you don't need taken away. Columns of your own are told of, not read."),
        t("See what is understood and missing: granskning import FILE --dry-run. Without --dry-run it is written."),
        t("On the page the same is under Criteria."),
    ]
    writer.put(sheet, 1, 1, t(INSTRUCTIONS), "title")
    for number, line in enumerate(lines, 3):
        writer.put(sheet, number, 1, line, "plain")
    sheet.column_dimensions["A"].width = 110


def _write_questions(writer: WorkbookWriter, table: CriteriaTable) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    t, sheet = writer.t, writer.book.create_sheet(writer.names.take(writer.t("Questions")))
    columns = headings_of(table, t)
    words = ",".join(t(word) for word in _YES_NO)
    last = len(table.rows) + _SPARE
    for column, (key, title, width) in enumerate(columns, 1):
        letter = get_column_letter(column)
        writer.put(sheet, 1, column, title, "head")
        sheet.column_dimensions[letter].width = width
        if key in _YES_KEYS:
            choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{last + 1}")
            sheet.add_data_validation(choice)
        for row in range(2, last + 2):
            writer.put(sheet, row, column, "", "open")
    for number, texts in enumerate(table.rows, 2):
        cells = [(_cell(key, texts.get(key, ""), t), width) for key, _, width in columns]
        for column, (text, _) in enumerate(cells, 1):
            writer.put(sheet, number, column, text, "open")
        sheet.row_dimensions[number].height = row_height(cells)
    sheet.freeze_panes = "A2"


def _write_scale(writer: WorkbookWriter, table: CriteriaTable) -> None:
    t, sheet = writer.t, writer.book.create_sheet(writer.names.take(writer.t("Scale")))
    for column, (key, (title, _)) in enumerate(SCALE_FIELDS.items(), 1):
        writer.put(sheet, 1, column, t(title), "head")
        sheet.column_dimensions["ABCDEFG"[column - 1]].width = 40 if key == "description" else 16
        for number, row in enumerate(table.scale, 2):
            text = t(_YES_NO[0]) if row.get(key) == YES else row.get(key, "")
            writer.put(sheet, number, column, text, "open")


def _write_about(writer: WorkbookWriter, table: CriteriaTable) -> None:
    t, sheet = writer.t, writer.book.create_sheet(writer.names.take(writer.t("About the set")))
    for number, (key, (title, _)) in enumerate(ABOUT_FIELDS.items(), 1):
        writer.put(sheet, number, 1, t(title), "plain")
        writer.put(sheet, number, 2, table.about.get(key, ""), "open")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 80


def _write_memory(writer: WorkbookWriter, table: CriteriaTable) -> None:
    """The hidden sheet with every row as it was."""
    sheet: Any = writer.book.create_sheet(QUESTION_MEMORY)
    rows = [
        (row["id"], {key: text for key, text in row.items() if key not in ("id", "target", "target.picture")})
        for row in table.rows
    ]
    head = {"schema": QUESTION_WORKBOOK, "set": table.set, "language": table.language}
    writer.put(sheet, 1, 1, json.dumps({**head, FINGERPRINT: json_fingerprint(rows)}), "plain")
    for number, (name, kept) in enumerate(rows, 2):
        for column, piece in enumerate((name, *json_pieces(kept)), 1):
            writer.put(sheet, number, column, piece, "plain")
    sheet.sheet_state = "veryHidden"
