from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

from granskning.edges.claim import claimed, clear_leftovers, find_leftovers
from granskning.edges.disk import fingerprint_of
from granskning.edges.writing import FileWrite, write_atomic, write_files, write_folder, write_guarded
from granskning.errors import ChangedOnDiskError, WriteRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

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
        monkeypatch.setattr("granskning.edges.writing.os.fdopen", Failing)
    elif step == "fsync":
        monkeypatch.setattr("granskning.edges.writing.os.fsync", fail)
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

    monkeypatch.setattr("granskning.edges.writing.os.fsync", interrupt)
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


def test_a_new_file_never_overwrites(file: Path) -> None:
    with pytest.raises(WriteRefusedError):
        write_files([FileWrite(file, NEW, is_new=True)])
    assert file.read_bytes() == OLD
    write_files([FileWrite(file.with_name("annan.yaml"), NEW, is_new=True)])
    assert file.with_name("annan.yaml").read_bytes() == NEW


def test_a_new_file_sees_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("nowhere")
    with pytest.raises(WriteRefusedError):
        write_files([FileWrite(tmp_path / "a.yaml", NEW, is_new=True)])
    assert (tmp_path / "a.yaml").is_symlink()


# --- several files, one promise --------------------------------------------------------------------------------------


def pair(folder: Path) -> list[FileWrite]:
    """Two that replace and two that are new, in folders that are there and not."""
    return [
        FileWrite(folder / "granskning.yaml", NEW),
        FileWrite(folder / "a/b/ny.yaml", NEW, is_new=True),
        FileWrite(folder / "a/annan.yaml", NEW),
        FileWrite(folder / "sist.yaml", NEW, fingerprint_of(OLD)),
    ]


@pytest.fixture
def folder(file: Path) -> Path:
    (file.parent / "sist.yaml").write_bytes(OLD)
    return file.parent


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def test_several_files_are_all_written(folder: Path) -> None:
    write_files(pair(folder))
    assert tree(folder) == {
        "granskning.yaml": NEW, "a": None, "a/b": None, "a/b/ny.yaml": NEW, "a/annan.yaml": NEW, "sist.yaml": NEW,
    }  # fmt: skip


STEPS = {"fsync": (os, "fsync"), "open": (os, "open"), "link": (os, "link"), "replace": (Path, "replace"),
         "mkdir": (Path, "mkdir"), "chmod": (Path, "chmod")}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "fullt"), KeyboardInterrupt()])
def test_wherever_it_fails_all_files_are_as_they_were(
    step: str, error: BaseException, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(folder)
    where, name = STEPS[step]
    real: Callable[..., Any] = getattr(where, name)
    for place in range(30):
        calls = iter(range(30))

        def fail(*words: Any, calls: Any = calls, place: int = place, **named: Any) -> Any:
            if next(calls, place) == place:
                raise error
            return real(*words, **named)

        with monkeypatch.context() as patch:
            patch.setattr(where, name, fail)
            try:
                write_files(pair(folder))
            except (WriteRefusedError, KeyboardInterrupt):
                pass
            else:
                assert tree(folder) == {**tree(folder), "granskning.yaml": NEW, "sist.yaml": NEW}
                if next(calls) <= place:
                    break  # there was no such call any more
                # a link that could not be made was done without: put everything back for the next place
                for path in ("a/b/ny.yaml", "a/annan.yaml"):
                    (folder / path).unlink()
                (folder / "a/b").rmdir()
                (folder / "a").rmdir()
                for path in ("granskning.yaml", "sist.yaml"):
                    (folder / path).write_bytes(OLD)
                continue
        assert tree(folder) == before, (step, place)
    else:
        pytest.fail("it never got through")


def test_one_that_has_changed_stops_them_all(folder: Path) -> None:
    (folder / "sist.yaml").write_bytes(b"nu\n")
    before = tree(folder)
    with pytest.raises(ChangedOnDiskError):
        write_files(pair(folder))
    assert tree(folder) == before


def test_a_device_is_not_replaced_by_a_file() -> None:
    before = Path(os.devnull).stat()
    with pytest.raises(WriteRefusedError):
        write_atomic(Path(os.devnull), NEW)
    assert os.path.samestat(before, Path(os.devnull).stat())


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 250 + ".yaml")
    write_files([FileWrite(path, NEW, is_new=True)])
    write_guarded(path, OLD, fingerprint_of(NEW))
    assert tree(tmp_path) == {path.name: OLD}


# --- what a kill leaves ----------------------------------------------------------------------------------------------


def test_the_next_write_in_a_folder_takes_away_what_a_killed_one_left(file: Path) -> None:
    old = file.parent / ".annan.yaml.x8f_a1b2.tmp"
    new = file.parent / ".annan.yaml.y8f_a1b2.tmp"
    for name in (".granskning.yaml.granskning-0123456789ab.tmp", ".granskning.yaml.granskning-claim.tmp",
                 ".annan.yaml.granskning-0123456789ab.tmp", old.name, new.name, ".min.tmp", "min.tmp"):  # fmt: skip
        (file.parent / name).write_bytes(b"en hel granskning")
    (file.parent / ".001.granskning-0123456789ab.tmp").mkdir()
    (file.parent / ".001.granskning-0123456789ab.tmp/rapport.pdf").write_bytes(b"x")
    os.utime(old, (0, 0))
    assert len(find_leftovers(file.parent)) == 5
    write_atomic(file, NEW)
    assert names(file.parent) == [new.name, ".min.tmp", "granskning.yaml", "min.tmp"]


def test_what_somebody_writes_just_now_stays(file: Path) -> None:
    made = file.parent / ".annan.yaml.granskning-0123456789ab.tmp"
    made.write_bytes(b"x")
    with claimed(file.with_name("annan.yaml")):
        write_atomic(file, NEW)
        assert made.exists()
    clear_leftovers(file.parent)
    assert names(file.parent) == ["granskning.yaml"]


def test_who_waits_too_long_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("granskning.edges.claim.PATIENCE", 0.05)
    with claimed(file), pytest.raises(WriteRefusedError, match="being written by somebody else"):
        write_atomic(file, NEW)
    assert file.read_bytes() == OLD


def test_a_folder_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "fullt")

    with monkeypatch.context() as patch:
        patch.setattr("granskning.edges.writing.os.fsync", fail)
        with pytest.raises(WriteRefusedError):
            write_folder(tmp_path / "published/001", {"a.pdf": NEW})
    assert names(tmp_path) == []
    write_folder(tmp_path / "published/001", {"a.pdf": NEW})
    with pytest.raises(WriteRefusedError):
        write_folder(tmp_path / "published/001", {"b.pdf": NEW})
    assert names(tmp_path / "published/001") == ["a.pdf"]
    assert names(tmp_path / "published") == ["001"]
