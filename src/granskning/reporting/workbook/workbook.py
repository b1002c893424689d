"""Reviews as a workbook that a planner can fill in: a sheet for each review, one for evidence, and one to read first.

Ids and questions are locked, judgements are chosen from a list, and what each level takes is a note on its cell. A
hidden sheet remembers every answer as it was, so that what comes back can be merged with what changed meanwhile. Text
is always text: nothing that a reviewer wrote becomes a formula.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.reporting.workbook.workbook_choices import (
    ANSWER_FIELDS,
    EVIDENCE_FIELDS,
    FIRST_ROW,
    FORM,
    HEAD_ROW,
    HINT_ROW,
    IDENTITY_ROW,
    KEY_ROW,
    LISTS,
    MEMORY,
    NOTE_FIELD,
    ROOM,
    SPARE_ROWS,
    TITLE_ROW,
    Choices,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.reporting.workbook.workbook_choices import Field

_FONT = "Calibri"
_TEAL, _GREY, _PAPER = "0B5C66", "EEF1F2", "FFFFFF"
_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NOTE_SIZE = (420, 260)
_LINE, _TALLEST = 15, 409
"""Points of a line, and what a row may have at most."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A review as the workbook needs it: with its answers as they stand in the file."""

    review: Review
    criteria: CriteriaSet
    strategy: Strategy
    answers: Mapping[str, Mapping[str, Any]]

    @property
    def identity(self) -> str:
        """What the sheet is of, whatever it is called."""
        return "/".join(self.review.identity)

    @property
    def asked(self) -> tuple[Criterion, ...]:
        """The questions of the review's form, in the set's order."""
        return tuple(one for one in self.criteria.criteria if one.core or self.review.form != "short")


def make_workbook(reviews: Sequence[Filled], t: Translator, *, internal: bool = False) -> bytes:
    """The workbook of these reviews, as bytes. Internal notes come along only when `internal`."""
    from openpyxl import Workbook  # noqa: PLC0415  # a large library, only for this

    book = Workbook()
    maker = _Maker(book, t, internal=internal)
    maker.read_me(reviews)
    for one in reviews:
        maker.review(one)
    maker.evidence(reviews)
    maker.lists()
    maker.memory(reviews)
    book.properties.creator = "granskning"
    book.properties.title = t("Reviews to fill in")
    book.properties.language = {"sv": "sv-SE", "en": "en-GB"}[t.language]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Maker:
    """Makes the sheets of one workbook."""

    def __init__(self, book: Any, t: Translator, *, internal: bool) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill, Protection  # noqa: PLC0415

        self._book, self._t, self._internal = book, t, internal
        self._names: set[str] = set()
        self._lists: dict[tuple[str, ...], int] = {}
        wrap = Alignment(wrap_text=True, vertical="top")
        self._styles: dict[str, dict[str, Any]] = {
            "title": {"font": Font(name=_FONT, size=16, bold=True, color=_TEAL)},
            "head": {
                "font": Font(name=_FONT, bold=True, color=_PAPER),
                "fill": PatternFill("solid", fgColor=_TEAL),
                "alignment": wrap,
            },
            "locked": {
                "font": Font(name=_FONT),
                "fill": PatternFill("solid", fgColor=_GREY),
                "alignment": wrap,
                "number_format": "@",
            },
            "open": {
                "font": Font(name=_FONT),
                "alignment": wrap,
                "protection": Protection(locked=False),
                "number_format": "@",
            },
            "plain": {"font": Font(name=_FONT), "alignment": wrap},
        }

    # --- the sheets ---------------------------------------------------------------------------------------------

    def read_me(self, reviews: Sequence[Filled]) -> None:
        """The first sheet: what to do, and what happens then."""
        t, sheet = self._t, self._book.active
        sheet.title = self._name(t("Read me"))
        lines = [
            t("Fill in the white cells of each review. The grey ones are locked."),
            t("Choose a judgement from the list of the cell. The note on it says what each level takes."),
            t("Not applicable, cannot be assessed and open need a reason, in the column beside."),
            t("Evidence stands on a sheet of its own. Use an empty row for new evidence: choose review and question."),
            t("To take evidence away, empty its row from the edition to the paraphrase."),
            t("Bring the answers back with: granskning import FILE. It shows first what would change, with --dry-run."),
            t("Nothing is overwritten that somebody else has changed meanwhile. You are told of it instead."),
        ]
        self._put(sheet, 1, 1, t("Reviews to fill in"), "title")
        for number, line in enumerate(lines, 3):
            self._put(sheet, number, 1, line, "plain")
        for number, one in enumerate(reviews, len(lines) + 4):
            self._put(sheet, number, 1, f"{t.text(one.strategy.title)}: {one.identity}", "plain")
        sheet.column_dimensions["A"].width = 100
        sheet.protection.sheet = True

    def review(self, filled: Filled) -> None:
        """One review, a row a question."""
        t = self._t
        fields = (*ANSWER_FIELDS, NOTE_FIELD) if self._internal else ANSWER_FIELDS
        title = t("Review of {strategy}", strategy=t.text(filled.strategy.title))
        name = f"{filled.review.strategy} {filled.review.round} {filled.review.reviewer}"
        sheet = self._sheet(name, f"{title}, {filled.review.edition}", filled.identity, fields)
        targets = {
            asked.id: t.text(target.title) for target in filled.criteria.all_targets for asked in target.criteria
        }
        for row, criterion in enumerate(filled.asked, FIRST_ROW):
            choices = Choices(criterion, filled.criteria, t)
            answer = filled.answers.get(criterion.id, {})
            judgement, reason = choices.cells_of(answer)
            values = {
                "id": criterion.id,
                "target": targets[criterion.id],
                "question": t.text(criterion.question),
                "judgement": judgement,
                "reason": reason,
                **{key: answer.get(key) for key in ("justification", "recommendation", "note")},
            }
            for column, field in enumerate(fields, 1):
                self._put(sheet, row, column, values[field.key], "locked" if field.locked else "open")
            sheet.row_dimensions[row].height = _height([(values[field.key], field.width) for field in fields])
            self._choose(sheet, row, [field.key for field in fields].index("judgement") + 1, choices, criterion)

    def evidence(self, reviews: Sequence[Filled]) -> None:
        """What the answers rest on, a row each, and empty rows for more."""
        from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

        t = self._t
        sheet = self._sheet(t("Evidence"), t("Evidence"), "", EVIDENCE_FIELDS)
        row = FIRST_ROW
        for one in reviews:
            for criterion in one.asked:
                for number, item in enumerate(one.answers.get(criterion.id, {}).get("evidence") or (), 1):
                    held = {"review": one.identity, "id": criterion.id, "number": number, **item}
                    for column, field in enumerate(EVIDENCE_FIELDS, 1):
                        self._put(sheet, row, column, held.get(field.key), "locked" if field.locked else "open")
                    sheet.row_dimensions[row].height = _height([(held.get(f.key), f.width) for f in EVIDENCE_FIELDS])
                    row += 1
        last = row + SPARE_ROWS
        for spare in range(row, last):
            for column, field in enumerate(EVIDENCE_FIELDS, 1):
                self._put(sheet, spare, column, None, "locked" if field.key == "number" else "open")
        asked = tuple(dict.fromkeys(criterion.id for one in reviews for criterion in one.asked))
        for letter, words in (("A", tuple(one.identity for one in reviews)), ("B", asked)):
            rule = DataValidation(type="list", formula1=self._list(words), allow_blank=True)
            rule.add(f"{letter}{row}:{letter}{last - 1}")
            sheet.add_data_validation(rule)

    def lists(self) -> None:
        """The hidden sheet with what can be chosen."""
        sheet = self._book.create_sheet(LISTS)
        for words, column in self._lists.items():
            for row, word in enumerate(words, 1):
                self._put(sheet, row, column, word, "plain")
        sheet.sheet_state = "hidden"

    def memory(self, reviews: Sequence[Filled]) -> None:
        """The hidden sheet with every answer as it was."""
        sheet = self._book.create_sheet(MEMORY)
        self._put(sheet, 1, 1, json.dumps({"schema": FORM, "language": self._t.language}), "plain")
        row = 2
        for one in reviews:
            for criterion in one.asked:
                told = json.dumps(one.answers.get(criterion.id, {}), ensure_ascii=False)
                pieces = [told[start : start + ROOM] for start in range(0, len(told), ROOM)]
                for column, piece in enumerate((one.identity, criterion.id, *pieces), 1):
                    self._put(sheet, row, column, piece, "plain")
                row += 1
        sheet.sheet_state = "veryHidden"

    # --- their parts --------------------------------------------------------------------------------------------

    def _sheet(self, name: str, title: str, identity: str, fields: Sequence[Field]) -> Any:
        """A sheet with its head: title, what it is of, a hidden row of keys, and the headings."""
        from openpyxl.styles import Alignment  # noqa: PLC0415
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        t, sheet = self._t, self._book.create_sheet(self._name(name))
        self._put(sheet, TITLE_ROW, 1, title, "title")
        self._put(sheet, IDENTITY_ROW, 1, identity, "plain")
        self._put(sheet, HINT_ROW, 1, t("Fill in the white cells; the grey ones are locked."), "plain")
        for row in (TITLE_ROW, IDENTITY_ROW, HINT_ROW):
            sheet.cell(row, 1).alignment = Alignment(wrap_text=False, vertical="top")
        for column, field in enumerate(fields, 1):
            self._put(sheet, KEY_ROW, column, field.key, "plain")
            self._put(sheet, HEAD_ROW, column, t(field.title), "head")
            sheet.column_dimensions[get_column_letter(column)].width = field.width
        sheet.row_dimensions[KEY_ROW].hidden = True
        sheet.freeze_panes = sheet.cell(FIRST_ROW, 4)
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
        return sheet

    def _put(self, worksheet: Any, row: int, column: int, value: Any, style: str) -> None:
        """Write a value as what it is: numbers as numbers, all else as text."""
        cell = worksheet.cell(row, column)
        if isinstance(value, str) and len(value) > ROOM:
            value = too_long(self._t)
        if isinstance(value, int | float) and not isinstance(value, bool):
            cell.value = value
        elif value not in (None, ""):
            cell.value, cell.data_type = str(value), "s"
            cell.quotePrefix = True
        for name, look in self._styles[style].items():
            setattr(cell, name, look)

    def _choose(self, worksheet: Any, row: int, column: int, choices: Choices, criterion: Criterion) -> None:
        """The list of a judgement's cell, and the note on it."""
        from openpyxl.comments import Comment  # noqa: PLC0415
        from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

        t, cell = self._t, worksheet.cell(row, column)
        rule = DataValidation(type="list", formula1=self._list(choices.words), allow_blank=True)
        rule.showErrorMessage = not choices.scale.is_range
        rule.errorTitle, rule.error = t("Judgement"), t("Choose from the list.")
        rule.add(cell.coordinate)
        worksheet.add_data_validation(rule)
        told = [self._t.text(criterion.why), choices.guidance]
        for level in choices.scale.levels:
            words = self._t.text(criterion.levels.get(level.key) or level.description)
            told.append(f"{level.key} {self._t.text(level.label)}: {words}".removesuffix(": "))
        note = Comment("\n".join(line for line in told if line), "granskning")
        note.width, note.height = _NOTE_SIZE
        cell.comment = note

    def _list(self, words: tuple[str, ...]) -> str:
        """A formula that names the place of a list, which is set aside when it is new."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        column = get_column_letter(self._lists.setdefault(words, len(self._lists) + 1))
        return f"'{LISTS}'!${column}$1:${column}${max(len(words), 1)}"

    def _name(self, wanted: str) -> str:
        """A name for a sheet: short, without forbidden letters, and not taken."""
        bare = _FORBIDDEN.sub(" ", wanted).strip() or "1"
        name, number = bare[:_SHEET_NAME], 2
        while name.casefold() in self._names:
            tail = f" {number}"
            name, number = bare[: _SHEET_NAME - len(tail)] + tail, number + 1
        self._names.add(name.casefold())
        return name


def _height(cells: Sequence[tuple[Any, int]]) -> float:
    """The height of a row in points in which every text can be read; a spreadsheet does not fit rows by itself."""
    lines = max(
        sum(max(1, -(-len(line) // max(width - 2, 1))) for line in str(text or "").split("\n")) for text, width in cells
    )
    return float(min(max(lines, 1) * _LINE + 4, _TALLEST))


def too_long(t: Translator) -> str:
    """What stands in a cell instead of a text that a cell has no room for."""
    return t("[The text is longer than a cell has room for. Change it in the file.]")
