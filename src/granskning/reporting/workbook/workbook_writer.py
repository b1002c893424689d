"""The cells and sheets of one workbook: names, looks, heads, and lists to choose from. It knows no review.

Text is always text: nothing that a reviewer wrote becomes a formula.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from granskning.reporting.workbook.workbook_choices import (
    FIRST_ROW,
    HEAD_ROW,
    HINT_ROW,
    IDENTITY_ROW,
    KEY_ROW,
    LISTS,
    ROOM,
    TITLE_ROW,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.reporting.workbook.workbook_choices import Field

_FONT = "Calibri"
_TEAL, _GREY, _PAPER, _REMAINS = "0B5C66", "EEF1F2", "FFFFFF", "FFF3C4"
_SHEET_NAME = 31
"""So many letters may the name of a sheet have in Excel."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_PIECE = re.compile(r"\A\w{1,8} ")
"""The rest of a word that the middle has cut."""
_LINE, _TALLEST = 15, 409
"""Points of a line, and what a row may have at most."""


class SheetNames:
    """The names of the sheets of a workbook, which differ."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """A name for a sheet: short, without forbidden letters, and not taken. What is too long loses its middle.

        Sheets of one workbook begin alike (strategy, round) and end in what tells them apart, the role.
        """
        bare = " ".join(_FORBIDDEN.sub(" ", wanted).split()) or "1"
        name, number = _without_middle(bare, _SHEET_NAME), 2
        while name.casefold() in self._taken:
            tail = f" {number}"
            name, number = _without_middle(bare, _SHEET_NAME - len(tail)) + tail, number + 1
        self._taken.add(name.casefold())
        return name


def _without_middle(name: str, longest: int) -> str:
    """The name, or its beginning and the longer end of it with … between, of at most so many letters."""
    if len(name) <= longest:
        return name
    start = longest // 3
    end = _PIECE.sub("", name[start + 1 - longest :]).lstrip(" -")
    return f"{name[:start].rstrip(' -')}…{end}"


class ChoiceLists:
    """The lists that cells are chosen from, a column each on a sheet of their own."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def formula(self, words: tuple[str, ...]) -> str:
        """A formula that names the place of a list, which is set aside when it is new."""
        from openpyxl.utils import get_column_letter  # a large library, only for this

        column = get_column_letter(self._columns.setdefault(words, len(self._columns) + 1))
        return f"'{LISTS}'!${column}$1:${column}${max(len(words), 1)}"

    def validation(self, words: tuple[str, ...], cells: str, t: Translator, *, is_strict: bool = True) -> Any:
        """The rule that some cells hold one of these words, or nothing; when strict, nothing else can be written."""
        from openpyxl.worksheet.datavalidation import DataValidation

        validation = DataValidation(type="list", formula1=self.formula(words), allow_blank=True)
        validation.add(cells)
        validation.showErrorMessage, validation.errorStyle = is_strict, "stop"
        validation.error = t("Choose from the list.")
        return validation

    def write(self, worksheet: Any, writer: WorkbookWriter) -> None:
        """Write all lists onto their sheet."""
        for words, column in self._columns.items():
            for row, word in enumerate(words, 1):
                writer.put(worksheet, row, column, word, "plain")


class WorkbookWriter:
    """Writes sheets and cells into one workbook."""

    def __init__(self, book: Any, t: Translator) -> None:
        self.book = book
        self.t = t
        self.names = SheetNames()
        self.lists = ChoiceLists()
        self._styles = _styles()

    def add_sheet(self, name: str, title: str, identity: str, fields: Sequence[Field], frozen: int) -> Any:
        """A sheet with its head: title, what it is of, a hidden row of keys, and the headings.

        The first `frozen` columns stay in view.
        """
        from openpyxl.styles import Alignment
        from openpyxl.utils import get_column_letter

        t, sheet = self.t, self.book.create_sheet(self.names.take(name))
        self.put(sheet, TITLE_ROW, 1, title, "title")
        self.put(sheet, IDENTITY_ROW, 1, identity, "plain")
        self.put(sheet, HINT_ROW, 1, t("Fill in the white cells; the grey ones are locked."), "plain")
        for row in (TITLE_ROW, IDENTITY_ROW, HINT_ROW):
            sheet.cell(row, 1).alignment = Alignment(wrap_text=False, vertical="top")
        for column, field in enumerate(fields, 1):
            self.put(sheet, KEY_ROW, column, field.key, "plain")
            self.put(sheet, HEAD_ROW, column, field.title if field.is_worded else t(field.title), "head")
            sheet.column_dimensions[get_column_letter(column)].width = field.width
        sheet.row_dimensions[KEY_ROW].hidden = True
        sheet.freeze_panes = sheet.cell(FIRST_ROW, frozen + 1)
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
        return sheet

    def put(self, worksheet: Any, row: int, column: int, value: Any, style: str) -> None:
        """Write a value as what it is: numbers as numbers, all else as text."""
        cell = worksheet.cell(row, column)
        if isinstance(value, str) and len(value) > ROOM:
            value = too_long(self.t)
        if isinstance(value, int | float) and not isinstance(value, bool):
            cell.value = value
        elif value not in (None, ""):
            cell.value, cell.data_type = str(value), "s"
            cell.quotePrefix = True
        self._style(cell, style)

    def put_formula(self, worksheet: Any, row: int, column: int, formula: str, style: str) -> None:
        """Write a formula of ours; no word of it may come from a file."""
        cell = worksheet.cell(row, column)
        cell.value = formula
        self._style(cell, style)

    def colour_where(self, worksheet: Any, cells: str, formula: str) -> None:
        """Colour the cells for which the formula is true of the first of them: what remains to be done."""
        from openpyxl.formatting.rule import FormulaRule
        from openpyxl.styles import PatternFill

        make_rule: Any = FormulaRule  # the library gives it no types
        worksheet.conditional_formatting.add(cells, make_rule([formula], fill=PatternFill(bgColor=_REMAINS)))

    def _style(self, cell: Any, style: str) -> None:
        for name, look in self._styles[style].items():
            setattr(cell, name, look)


def _styles() -> dict[str, dict[str, Any]]:
    """The looks of cells, by name."""
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    wrap = Alignment(wrap_text=True, vertical="top")
    return {
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
        "told": {"font": Font(name=_FONT, bold=True), "alignment": Alignment(wrap_text=False, vertical="top")},
    }


def row_height(cells: Sequence[tuple[Any, int]]) -> float:
    """The height of a row in points in which every text can be read; a spreadsheet does not fit rows by itself."""
    lines = max(
        sum(max(1, -(-len(line) // max(width - 2, 1))) for line in str(text or "").split("\n")) for text, width in cells
    )
    return float(min(max(lines, 1) * _LINE + 4, _TALLEST))


def too_long(t: Translator) -> str:
    """What stands in a cell instead of a text that a cell has no room for."""
    return t("[The text is longer than a cell has room for. Change it in the file.]")
