"""The bytes of a CSV file in, one sheet of plain values out, whatever parts its columns and encodes its letters.

Spreadsheets in Swedish write semicolons, others commas or tabs; letters are UTF-8, UTF-16 with a mark, or Windows-1252.
"""

from __future__ import annotations

import csv
import io

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.model.worksheet import Worksheet

MOST_BYTES = 16 << 20
"""Ten thousand questions with long texts take some ten million."""
MOST_ROWS = 20_000
MOST_COLUMNS = 500
_MOST_CELL = 200_000
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DELIMITERS = ";,\t|"


def read_csv(data: bytes, name: str) -> Worksheet:
    """The table as a sheet. Raises UsageError for what is too large, is no text, or is broken."""
    if len(data) > MOST_BYTES:
        raise UsageError(N_("{file} is larger than any table of questions"), _SMALLER, file=name)
    text = _decoded(data, name)
    delimiter = _delimiter(text)
    if _says_delimiter(text.split("\n", 1)[0].rstrip("\r")):
        text = "\n" + text.partition("\n")[2]
    rows: dict[int, dict[int, str | int | float | None]] = {}
    before = csv.field_size_limit(_MOST_CELL)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                message = N_("{file} has more rows or columns than are read: {rows} and {columns}")
                raise UsageError(message, _SMALLER, file=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
            cells_of_row = {column: cell.strip() for column, cell in enumerate(cells, 1) if cell.strip()}
            if cells_of_row:
                rows[number] = dict(cells_of_row)
    except csv.Error as error:
        message = N_("{file} is not a table that can be read: {reason}")
        raise UsageError(message, N_("save it again as CSV UTF-8"), file=name, reason=str(error)) from error
    finally:
        csv.field_size_limit(before)
    return Worksheet(name, rows)


_SMALLER = N_("take away what is not questions, and try again")


def _decoded(data: bytes, name: str) -> str:
    encoding = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace") if encoding == "utf-8" else "\0"
    if "\0" in text:
        raise UsageError(N_("{file} is not text"), N_("save it as CSV UTF-8, or as a workbook (.xlsx)"), file=name)
    return text


def _delimiter(text: str) -> str:
    """What parts the columns: what stands most often outside quotation marks in the first line that says something."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    if _says_delimiter(line):
        return line[-1]
    bare = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _says_delimiter(line: str) -> bool:
    """Whether a first line says what parts the columns, as Excel writes it: `sep=;`."""
    return line.casefold().startswith("sep=") and len(line) == len("sep=;")
