from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from granskning.edges import cache as edge
from granskning.edges.cache import Cache, cache_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_put_is_got(tmp_path: Path) -> None:
    held = Cache("prov", folder=tmp_path)
    held.put_many([("a", "ett"), ("b", "två")])
    held.close()
    assert Cache("prov", folder=tmp_path).get_many(["a", "b", "c"]) == {"a": "ett", "b": "två"}


def test_an_entry_that_was_tampered_with_is_not_there(tmp_path: Path) -> None:
    held = Cache("prov", folder=tmp_path)
    held.put_many([("a", "ett"), ("b", "två")])
    held.close()
    (file,) = tmp_path.glob("prov-*.sqlite")
    with sqlite3.connect(file) as database:
        database.execute("UPDATE entries SET value = 'tre' WHERE key = 'a'")
    assert Cache("prov", folder=tmp_path).get_many(["a", "b"]) == {"b": "två"}


@pytest.mark.parametrize("content", [b"", b"garbage" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    Cache("prov", folder=tmp_path).close()
    (file,) = tmp_path.glob("prov-*.sqlite")
    file.write_bytes(content)
    for _ in range(2):
        held = Cache("prov", folder=tmp_path)
        held.get_many(["a"])
        held.put_many([("a", "ett")])
        held.close()
    assert Cache("prov", folder=tmp_path).get_many(["a"]) == {"a": "ett"}


def test_a_locked_file_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "_WAIT", 0.01)
    first = Cache("prov", folder=tmp_path)
    (file,) = tmp_path.glob("prov-*.sqlite")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    first.put_many([("a", "ett")])
    assert first.get_many(["a"]) == {}
    other.execute("ROLLBACK")
    other.close()


def test_a_folder_that_can_not_be_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x", "utf-8")
    held = Cache("prov", folder=tmp_path / "fil")
    held.put_many([("a", "ett")])
    assert held.get_many(["a"]) == {}


def test_another_program_remembers_nothing_of_this(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Cache("prov", folder=tmp_path).put_many([("a", "ett")])
    monkeypatch.setattr(edge, "_code_version", lambda: "annan")
    assert Cache("prov", folder=tmp_path).get_many(["a"]) == {}


@pytest.mark.parametrize(
    ("system", "names", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/granskning"),
        ("linux", {"XDG_CACHE_HOME": "x"}, "/hem/.cache/granskning"),
        ("darwin", {}, "/hem/Library/Caches/granskning"),
        ("win32", {"LOCALAPPDATA": "/lokalt"}, "/lokalt/granskning/Cache"),
    ],
)
def test_where_each_system_has_its_caches(
    monkeypatch: pytest.MonkeyPatch, system: str, names: dict[str, str], expected: str
) -> None:
    monkeypatch.setattr("sys.platform", system)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/hem")
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    assert cache_folder().as_posix() == expected
