"""Tables as files: CSV, JSON, SQLite and Parquet. The same values in each, in each format's own way.

A format that holds one table a file (CSV, Parquet) gives a zip of them, with the same bytes each time. CSV is for
spreadsheets: text that a spreadsheet would take for a formula gets a ' before it there, and nowhere else.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

from granskning.errors import MissingPartError, UsageError
from granskning.findings.suggestions import advice_on
from granskning.i18n import N_
from granskning.json_text import output_text
from granskning.reporting.tables.csv_text import csv_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.reporting.blocks.tables import Table

_BORN = (1980, 1, 1, 0, 0, 0)
_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}


def choose_table(tables: Sequence[Table], name: str) -> Table:
    """The table of that name. Raises UsageError."""
    for table in tables:
        if table.name == name:
            return table
    message = N_("there is no table {name}")
    raise UsageError(message, **advice_on(name, [table.name for table in tables], N_("tables: {known}")), name=name)


def as_csv(table: Table, *, delimiter: str = ",", mark: bool = False, decimal: str = ".") -> bytes:
    """A table as CSV in UTF-8, with CRLF between rows (RFC 4180); with `mark`, a byte order mark for Excel."""
    return csv_text(table, delimiter, "\r\n", decimal).encode("utf-8-sig" if mark else "utf-8")


def as_json(tables: Sequence[Table]) -> bytes:
    """`granskning/export/1`: every table as a list of objects."""
    rows = {table.name: [dict(zip(table.ids, row, strict=True)) for row in table.rows] for table in tables}
    return (output_text("export", {"tables": rows}, indent=1) + "\n").encode()


def as_sqlite(tables: Sequence[Table], t: Translator) -> bytes:
    """One database with keys and references, and the tables' and columns' meanings in `about`."""
    with closing(sqlite3.connect(":memory:")) as base:
        for table in tables:
            base.execute(_declaration(table))
            marks = ", ".join("?" * len(table.columns))
            base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)  # noqa: S608  # names of ours
        base.execute('CREATE TABLE "about" ("table" TEXT, "column" TEXT, "text" TEXT, PRIMARY KEY ("table", "column"))')
        base.executemany('INSERT INTO "about" VALUES (?, ?, ?)', [row for table in tables for row in _about(table, t)])
        base.commit()
        return base.serialize()


def _declaration(table: Table) -> str:
    lines = [
        f'"{column.id}" {_TYPES[column.kind]}' + (" NOT NULL" if place < table.key else "")
        for place, column in enumerate(table.columns)
    ]
    lines.append(f"PRIMARY KEY ({_names(table.key_columns)})")
    lines += [f'FOREIGN KEY ({_names(one.columns)}) REFERENCES "{one.table}"' for one in table.references]
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)})'


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _about(table: Table, t: Translator) -> list[tuple[str, str, str]]:
    columns = [(table.name, column.id, t(column.heading)) for column in table.columns]
    return [(table.name, "", t(table.about)), *columns]


def as_parquet(table: Table) -> bytes:
    """A table as Parquet. Raises MissingPartError without pyarrow."""
    try:
        import pyarrow as pa  # a large library that few need
        from pyarrow import parquet
    except ImportError:
        message = N_("Parquet needs the library pyarrow, which is not on this computer")
        raise MissingPartError(message, N_("install it with: pip install 'granskning[parquet]'")) from None
    types: dict[str, Any] = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
    }
    fields = [pa.field(column.id, types[column.kind]) for column in table.columns]
    columns = [list(column) for column in zip(*table.rows, strict=True)] or [[] for _ in table.columns]
    arrays = [pa.array(values, type=field.type) for values, field in zip(columns, fields, strict=True)]
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), out)
    return out.getvalue()


def packed(files: dict[str, bytes]) -> bytes:
    """A zip of files, with the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _BORN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            held.writestr(entry, data)
    return out.getvalue()
