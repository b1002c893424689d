"""Tables (tabeller): what a folder holds as rows and columns, with keys and references, for any program to read.

Only the shapes. What stands in them is made by `table_*.py`, and `export.py` writes them as files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Value = str | int | float | bool | None
"""What a cell can hold; None for nothing. Dates are text, as ISO 8601."""

Kind = Literal["text", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `about` is a msgid that says what stands there."""

    name: str
    about: str
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
    key: int
    references: tuple[Reference, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = field(default=(), repr=False)

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The names of the columns that name a row."""
        return tuple(column.name for column in self.columns[: self.key])

    def filled(self, rows: Iterable[tuple[Value, ...]]) -> Table:
        """The same table with these rows."""
        return Table(self.name, self.about, self.columns, self.key, self.references, tuple(rows))
