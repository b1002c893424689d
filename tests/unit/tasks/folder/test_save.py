from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from granskning.edges.disk import fingerprint_of
from granskning.edges.writing import write_guarded
from granskning.errors import ChangedOnDiskError, EditRefusedError
from granskning.tasks.folder.save import edit_file, open_file
from granskning.workspace.yaml.edits import Set

if TYPE_CHECKING:
    from pathlib import Path

TEXT = b"a: 1  # ett\r\nb: 2\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "en.yaml"
    path.write_bytes(TEXT)
    return path


def test_an_edit_keeps_mode_and_all_other_bytes(file: Path) -> None:
    file.chmod(0o640)
    _, opened = open_file(file)
    now = edit_file(file, [Set(("a",), 3)], opened=opened)
    assert file.read_bytes() == b"a: 3  # ett\r\nb: 2\r\n"
    assert now == fingerprint_of(file.read_bytes())
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in file.parent.iterdir()] == ["en.yaml"]


def test_a_file_changed_meanwhile_is_left_alone(file: Path) -> None:
    _, opened = open_file(file)
    file.write_bytes(b"a: 9\n")
    with pytest.raises(ChangedOnDiskError):
        edit_file(file, [Set(("a",), 3)], opened=opened)
    with pytest.raises(ChangedOnDiskError):
        write_guarded(file, b"x", opened)
    assert file.read_bytes() == b"a: 9\n"
    file.unlink()
    with pytest.raises(ChangedOnDiskError):
        write_guarded(file, b"x", opened)
    assert list(file.parent.iterdir()) == []


def test_an_edit_of_nothing_writes_nothing(file: Path) -> None:
    before = file.stat().st_ino, file.stat().st_mtime_ns
    _, opened = open_file(file)
    assert edit_file(file, [Set(("a",), 1)], opened=opened) == opened
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == before


def test_a_refused_edit_leaves_the_file(file: Path) -> None:
    file.write_bytes(b"a: 1\na: 2\n")
    _, opened = open_file(file)
    with pytest.raises(EditRefusedError, match="line 2"):
        edit_file(file, [Set(("a",), 3)], opened=opened)
    assert file.read_bytes() == b"a: 1\na: 2\n"


def test_a_link_stays_a_link(file: Path) -> None:
    link = file.with_name("lank.yaml")
    link.symlink_to(file)
    _, opened = open_file(link)
    edit_file(link, [Set(("b",), 7)], opened=opened)
    assert link.is_symlink()
    assert file.read_bytes().endswith(b"b: 7\r\n")
