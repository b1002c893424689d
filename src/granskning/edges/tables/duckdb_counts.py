"""Rows of Parquet files counted by DuckDB: however many there are, little of them is in memory at a time.

It reads the files that are named and nothing else: no other folder, no extension, no network. It writes nothing.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from granskning.errors import UnreadableFileError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MEMORY = "512MB"
"""What it may take: a hundred thousand reviews' results, some two million rows, take a tenth of it."""
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": _MEMORY,
    "threads": 2,
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def has_duckdb() -> bool:
    """Whether DuckDB is on this computer."""
    return find_spec("duckdb") is not None


def count_rows(folder: Path, files: Sequence[Path], columns: Sequence[str]) -> list[tuple[object, ...]]:
    """For every combination of values in these columns, the values and how many rows have them.

    `files` lie in `folder`; a column that stands in the names of their folders (`organisation=a`) is one too, as text.
    Raises UnreadableFileError for a file that is no such table.
    """
    import duckdb

    names = ", ".join(f'"{name}"' for name in columns)
    query = (
        f"SELECT {names}, count(*) FROM read_parquet($files, hive_partitioning = true, hive_types_autocast = false) "  # noqa: S608  # names of ours
        f"GROUP BY ALL ORDER BY ALL"
    )
    try:
        with duckdb.connect(":memory:", config=_SETTINGS) as base:
            base.execute("SET allowed_directories = $folders", {"folders": [str(folder)]})
            base.execute("SET enable_external_access = false")
            rows: list[tuple[object, ...]] = base.execute(query, {"files": [str(file) for file in files]}).fetchall()
            return rows
    except duckdb.Error as error:
        message = N_("the tables in {folder} cannot be read: {reason}")
        raise UnreadableFileError(message, N_("make them anew: granskning --no-cache export --format parquet"),
                                  folder=folder, reason=str(error).splitlines()[0]) from error  # fmt: skip
