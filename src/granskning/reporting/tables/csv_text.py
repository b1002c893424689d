"""A table as CSV: the only place that writes it. No cell is a formula, and none does anything to a terminal."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from granskning.safe_text import spreadsheet_cell

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.reporting.blocks.tables import Table, Value


def csv_text(table: Table, delimiter: str = ",", line_end: str = "\n", decimal: str = ".") -> str:
    """The ids of the columns, then the rows; `decimal` is the sign before decimals."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(table.ids)
    writer.writerows([_cell(value, decimal) for value in row] for row in table.rows)
    return out.getvalue()


def csv_in_terminal(table: Table, t: Translator) -> str:
    """What a command prints: with `;` between in Swedish, as Swedish spreadsheets want."""
    return csv_text(table, ";" if t.language == "sv" else ",").removesuffix("\n")


def _cell(value: Value, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(value).replace(".", decimal)
    return spreadsheet_cell(value) if isinstance(value, str) else str(value)
