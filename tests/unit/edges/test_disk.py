from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import Any, Self

import pytest

from granskning.edges.disk import FolderFiles, find_root, read_file, write_atomic, write_new
from granskning.errors import GranskningError, NotAWorkspaceError, UnreadableFileError, WriteRefusedError

REAL_FDOPEN = os.fdopen
OLD, NEW = b"gammalt\n", "nytt å\n".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "granskning.yaml"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- writing --------------------------------------------------------------------------------------------------------


def test_write_replaces_the_whole_file(file: Path) -> None:
    write_atomic(file, NEW)
    assert file.read_bytes() == NEW
    assert names(file.parent) == ["granskning.yaml"]


def test_write_makes_the_folders(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a" / "b" / "c.yaml", NEW)
    assert (tmp_path / "a" / "b" / "c.yaml").read_bytes() == NEW


def test_write_keeps_permissions(file: Path) -> None:
    file.chmod(0o640)
    write_atomic(file, NEW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    ordinary = tmp_path / "ordinary"
    ordinary.write_bytes(b"")
    write_atomic(tmp_path / "new", NEW)
    assert (tmp_path / "new").stat().st_mode == ordinary.stat().st_mode


class Failing:
    """A file whose disk says no at one step."""

    step = ""
    error = OSError()

    def __init__(self, handle: int, mode: str) -> None:
        self.file = REAL_FDOPEN(handle, mode)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, data: bytes) -> int:
        if self.step == "write":
            raise self.error
        return int(self.file.write(data))

    def flush(self) -> None:
        if self.step == "flush":
            raise self.error

    def fileno(self) -> int:
        return int(self.file.fileno())


REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "you may not write there",
    errno.EACCES: "you may not write there",
    errno.EIO: os.strerror(errno.EIO),
}


@pytest.mark.parametrize("step", ["write", "flush", "fsync", "chmod", "replace"])
@pytest.mark.parametrize("number", REASONS)
def test_whatever_fails_the_old_file_stays_and_nothing_else(
    step: str, number: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    if step in ("write", "flush"):
        monkeypatch.setattr(Failing, "step", step)
        monkeypatch.setattr(Failing, "error", OSError(number, os.strerror(number)))
        monkeypatch.setattr("granskning.edges.disk.os.fdopen", Failing)
    elif step == "fsync":
        monkeypatch.setattr("granskning.edges.disk.os.fsync", fail)
    else:
        monkeypatch.setattr(Path, step, fail)
    with pytest.raises(WriteRefusedError) as caught:
        write_atomic(file, NEW)
    monkeypatch.undo()
    assert caught.value.values["reason"] == REASONS[number]
    assert caught.value.hint == "nothing was changed"
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["granskning.yaml"]


def test_interrupted_while_writing_leaves_no_litter(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("granskning.edges.disk.os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(file, NEW)
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["granskning.yaml"]


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    (tmp_path / "a.yaml" / "x").write_bytes(b"")
    with pytest.raises(WriteRefusedError) as caught:
        write_atomic(tmp_path / "a.yaml", NEW)
    assert caught.value.values["reason"] == "a folder stands where the file should be"
    assert names(tmp_path) == ["a.yaml"]


def test_a_file_where_a_folder_should_be(file: Path) -> None:
    with pytest.raises(WriteRefusedError) as caught:
        write_atomic(file / "b.yaml", NEW)
    assert caught.value.values["reason"] == "a file stands where a folder should be"
    assert file.read_bytes() == OLD


def test_write_new_never_overwrites(file: Path) -> None:
    with pytest.raises(WriteRefusedError):
        write_new(file, NEW)
    assert file.read_bytes() == OLD
    write_new(file.with_name("annan.yaml"), NEW)
    assert file.with_name("annan.yaml").read_bytes() == NEW


def test_write_new_sees_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("nowhere")
    with pytest.raises(WriteRefusedError):
        write_new(tmp_path / "a.yaml", NEW)
    assert (tmp_path / "a.yaml").is_symlink()


# --- reading --------------------------------------------------------------------------------------------------------


def test_under_lists_yaml_and_leaves_out_what_is_hidden(tmp_path: Path) -> None:
    for name in (
        "s/a.yaml",
        "s/b/c.yaml",
        "s/b/d.yml",
        "s/b/text.txt",
        "s/.hidden/e.yaml",
        "s/.f.yaml",
        "other/g.yaml",
        "s/dir.yaml/h.yaml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert FolderFiles(tmp_path).under("s") == ["s/a.yaml", "s/b/c.yaml", "s/b/d.yml", "s/dir.yaml"]
    assert FolderFiles(tmp_path).under("nothing") == []


def test_links_are_not_followed_to_other_folders(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "round").symlink_to(tmp_path)
    assert FolderFiles(tmp_path).under("s") == []


def test_reading(file: Path) -> None:
    files = FolderFiles(file.parent)
    assert files.read("granskning.yaml") == OLD
    assert files.exists("granskning.yaml")
    assert not files.exists("nothing.yaml")
    assert read_file(file) == OLD


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nothing.yaml", "it is not there"),
        ("folder", "it is a folder, not a file"),
        ("loop", None),
        ("granskning.yaml/x", None),
    ],
)
def test_what_cannot_be_read_says_why(name: str, reason: str | None, file: Path) -> None:
    (file.parent / "folder").mkdir()
    (file.parent / "loop").symlink_to("loop")
    with pytest.raises(UnreadableFileError) as caught:
        FolderFiles(file.parent).read(name)
    assert reason is None or caught.value.message == reason
    with pytest.raises(UnreadableFileError):
        read_file(file.parent / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything; test_bad_input.py tries as another user")
def test_no_right_to_read(file: Path) -> None:
    file.chmod(0)
    with pytest.raises(UnreadableFileError) as caught:
        FolderFiles(file.parent).read(file.name)
    assert caught.value.message == "you may not read it"


def test_fingerprint(file: Path) -> None:
    files = FolderFiles(file.parent)
    assert files.fingerprint("granskning.yaml") == (8, hashlib.sha256(OLD).hexdigest())
    assert files.fingerprint("nothing") is None
    assert files.fingerprint("granskning.yaml/nothing") is None
    with pytest.raises(UnreadableFileError, match="it is a folder, not a file"):
        FolderFiles(file.parent.parent).fingerprint(file.parent.name)


def test_find_root(file: Path) -> None:
    below = file.parent / "a" / "b"
    below.mkdir(parents=True)
    assert find_root(below) == file.parent
    assert find_root(file.parent) == file.parent


def test_no_root(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkspaceError):
        find_root(tmp_path)


def test_a_folder_that_is_not_there_has_no_root(file: Path) -> None:
    with pytest.raises(GranskningError):
        find_root(file.parent / "stavfel")
