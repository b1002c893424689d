"""What is remembered of documents and quotations is used as it was written, and else worked out again."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.edges.cache import Cache
from granskning.model.document_text import DocumentPage, DocumentText
from granskning.remembering import remembering_nothing
from granskning.tasks.evidence import documents, quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BASE = Path(__file__).parents[3] / "cases" / "base"
STRAY = ("{}", "[]", "{", '{"pages": 1, "headings": [], "has_pages": true}', '{"status": "found"}', '{"message": "x"}')


class _Strays(Cache):
    """A cache that has an entry for everything, and each of them wrong."""

    text = ""

    def get_many(self, keys: Iterable[str]) -> dict[str, str]:
        return dict.fromkeys(keys, self.text)

    def put_many(self, entries: object) -> None:
        """Nothing is kept."""


@pytest.mark.parametrize("text", STRAY)
def test_stray_entries_are_worked_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    def read_here(places: list[tuple[Path, str]], _limit: object) -> Iterator[tuple[int, DocumentText]]:
        for number, (path, _) in enumerate(places):
            yield number, DocumentText((DocumentPage(path.read_text("utf-8")),), has_pages=False)

    folder = tmp_path / "mapp"
    shutil.copytree(BASE, folder)
    monkeypatch.setattr(documents, "read_documents", read_here)
    with remembering_nothing():
        expected = [row.verdict for row in quotations.look_up_evidence(folder, []).rows]
    monkeypatch.setattr(_Strays, "text", text)
    monkeypatch.setattr("granskning.edges.cache.Cache", _Strays)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = quotations.look_up_evidence(folder, [])
    assert [row.verdict for row in found.rows] == expected != []


def test_what_is_remembered_is_let_go_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From Python 3.13 on a database that is left to the collector is warned of, in whatever is done by then."""
    folder = tmp_path / "mapp"
    shutil.copytree(BASE, folder)
    connections: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def remembering(*places: object, **options: object) -> sqlite3.Connection:
        connections.append(connect(*places, **options))  # type: ignore[call-overload]  # as it was called
        return connections[-1]

    monkeypatch.setattr(sqlite3, "connect", remembering)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert quotations.look_up_evidence(folder, []).rows
    assert len(connections) > 1
    for connection in connections:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
