"""An index of documents' words (SQLite FTS5): stems in by document and page, the pages that match a query out.

It lies in the user's cache folder and may vanish any time. A document is known by its SHA-256, so its words are never
out of date; what is damaged is made anew, and where nothing may be written the index lives in memory.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from granskning.edges.cache import cache_folder, code_version
from granskning.remembering import may_remember

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_WAIT = 2.0
_TABLES = """
CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY);
CREATE VIRTUAL TABLE IF NOT EXISTS pages USING fts5(stems, name UNINDEXED, page UNINDEXED,
                                                    tokenize="unicode61 remove_diacritics 0");
"""


class SearchIndex:
    """The words of documents. Whoever makes it closes it."""

    def __init__(self, *, folder: Path | None = None) -> None:
        self._file = (folder or cache_folder()) / f"search-{code_version()}.sqlite" if may_remember() else None
        self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        if self._file is not None:
            with contextlib.suppress(OSError, sqlite3.Error):
                self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                return _connected(str(self._file))
            with contextlib.suppress(OSError):
                self._file.unlink()  # damaged: the next one begins anew
        return _connected(":memory:")

    def lacks(self, names: Iterable[str]) -> list[str]:
        """The documents that are not in it yet."""
        try:
            known = {name for (name,) in self._db.execute("SELECT name FROM documents")}
        except sqlite3.DatabaseError:
            return list(names)
        return [name for name in names if name not in known]

    def add(self, name: str, pages: Sequence[str]) -> None:
        """Take in a document: the stems of its pages, in order."""
        rows = [(stems, name, number) for number, stems in enumerate(pages, 1)]
        try:
            with self._db:
                self._db.execute("DELETE FROM pages WHERE name = ?", (name,))
                self._db.executemany("INSERT INTO pages (stems, name, page) VALUES (?, ?, ?)", rows)
                self._db.execute("INSERT OR REPLACE INTO documents VALUES (?)", (name,))
        except sqlite3.Error:  # locked, full or damaged: who searches reads the pages themselves
            return

    def pages(self, name: str, query: str) -> list[int] | None:
        """The pages of a document, counted from 1, that match a query of FTS5; None where it is not in the index."""
        try:
            if not self._db.execute("SELECT 1 FROM documents WHERE name = ?", (name,)).fetchone():
                return None
            question = "SELECT page FROM pages WHERE pages MATCH ? AND name = ?"
            return [int(page) for (page,) in self._db.execute(question, (query, name))]
        except sqlite3.DatabaseError:
            return None

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def _connected(place: str) -> sqlite3.Connection:
    db = sqlite3.connect(place, timeout=_WAIT)
    try:
        db.execute("PRAGMA synchronous=OFF")
        db.executescript(_TABLES)
    except sqlite3.Error:
        db.close()
        raise
    return db
