from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from granskning.edges import cache as edge
from granskning.edges.cache import Cache, cache_folder

PACKAGE = Path(edge.__file__).resolve().parent.parent
FOLDERS = sorted({
    file.parent.relative_to(PACKAGE).as_posix()
    for file in PACKAGE.rglob("*")
    if file.is_file() and "__pycache__" not in file.parts
})  # fmt: skip


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
    with closing(sqlite3.connect(file)) as database, database:
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
    monkeypatch.setattr(edge, "code_version", lambda: "annan")
    assert Cache("prov", folder=tmp_path).get_many(["a"]) == {}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's files, whose version the cache goes by."""
    copy = tmp_path / "granskning"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(edge, "_HERE", copy)
    return copy


def _remembers(folder: Path) -> bool:
    held = Cache("prov", folder=folder)
    known = held.get_many(["a"])
    held.put_many([("a", "ett")])
    held.close()
    return bool(known)


def test_a_changed_file_anywhere_in_the_program_makes_it_forget(program: Path, tmp_path: Path) -> None:
    _remembers(tmp_path)
    assert _remembers(tmp_path)
    kept = []
    for folder in FOLDERS:
        file = next(one for one in sorted((program / folder).iterdir()) if one.is_file())
        file.write_bytes(file.read_bytes() + b"\n")
        if _remembers(tmp_path):
            kept.append(f"{folder}/{file.name}")
    assert kept == []


def test_a_file_added_moved_or_taken_away_makes_it_forget(program: Path, tmp_path: Path) -> None:
    _remembers(tmp_path)
    (program / "scoring/engine/deep").mkdir(parents=True)
    (program / "scoring/engine/deep/scale.py").write_text("x = 1\n", "utf-8")
    assert not _remembers(tmp_path)
    (program / "scoring/engine/deep/scale.py").rename(program / "scoring/engine/scale.py")
    assert not _remembers(tmp_path)
    next(program.rglob("methods.py")).unlink()
    assert not _remembers(tmp_path)
    (program / "__pycache__").mkdir()
    (program / "__pycache__/api.cpython-311.pyc").write_bytes(b"compiled")
    assert _remembers(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no time of the last change of status")
def test_other_content_of_the_same_size_and_date_makes_it_forget(program: Path, tmp_path: Path) -> None:
    file = next(program.rglob("methods.py"))
    _remembers(tmp_path)
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"0", b"1", 1))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert not _remembers(tmp_path)


def test_another_version_makes_it_forget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _remembers(tmp_path)
    assert _remembers(tmp_path)
    monkeypatch.setattr(edge, "__version__", "99.0.0", raising=False)
    assert not _remembers(tmp_path)


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
