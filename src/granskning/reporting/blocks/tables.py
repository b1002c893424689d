"""The one model of a table of data: columns with id, heading and kind, and rows.

Terminal, page, CSV, JSON, Parquet and databases print it. A report's table, with marks and print widths, is a Grid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Value = str | int | float | bool | None
"""What a cell can hold; None for nothing. Dates are text, as ISO 8601."""

Row = tuple[Value, ...]
Kind = Literal["text", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    id: str
    heading: str = ""
    """What a person reads above it. In the plan of exports a msgid that says what stands there."""
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table, by that table's key."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns. The first `key` columns together name a row, and no two rows have the same."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: int = 0
    references: tuple[Reference, ...] = ()
    rows: tuple[Row, ...] = field(default=(), repr=False)

    @property
    def ids(self) -> tuple[str, ...]:
        """What programs call the columns."""
        return tuple(column.id for column in self.columns)

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The ids of the columns that name a row."""
        return self.ids[: self.key]

    def filled(self, rows: Iterable[Row]) -> Table:
        """The same table with these rows."""
        return Table(self.name, self.about, self.columns, self.key, self.references, tuple(rows))

    def without(self, *ids: str) -> Table:
        """The same table without those columns."""
        kept = [place for place, column in enumerate(self.columns) if column.id not in ids]
        columns = tuple(self.columns[place] for place in kept)
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        return Table(self.name, self.about, columns, 0, self.references, rows)


def table_of(*ids: str, integers: Collection[str] = (), numbers: Collection[str] = ()) -> Table:
    """An empty table for programs to read: its columns are called what they are."""
    kinds: dict[str, Kind] = {**dict.fromkeys(integers, "integer"), **dict.fromkeys(numbers, "number")}
    return Table("", "", tuple(Column(name, name, kinds.get(name, "text")) for name in ids))
