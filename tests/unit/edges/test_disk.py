from __future__ import annotations

import hashlib
import itertools
import os
from typing import TYPE_CHECKING

import pytest

from granskning.edges.disk import FolderFiles, find_root, leads_inside, read_file
from granskning.errors import GranskningError, NotAWorkspaceError, UnreadableFileError

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = b"gammalt\n", "nytt å\n".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "granskning.yaml"
    path.write_bytes(OLD)
    return path


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


def test_a_path_ends_inside_as_when_every_link_and_step_is_followed(tmp_path: Path) -> None:
    root = tmp_path / "r"
    (root / "a/b").mkdir(parents=True)
    (root / "a/f").touch()
    links = {"a/out": "../../o", "dl": f"{tmp_path}", "a/in": "f", "loop": "loop", "dot": ".", "up": "..", "gone": "x"}
    for name, target in links.items():
        (root / name).symlink_to(target)
    steps = ["a", "b", "f", "out", "dl", "in", "loop", "dot", "up", "gone", "..", ".", "", "x", "r", f"{root}"]
    told = set()
    for path in map("/".join, itertools.chain(*(itertools.product(steps, repeat=count) for count in (1, 2, 3)))):
        whole = path if path.startswith("/") else f"{root}/{path}"
        followed = os.path.realpath(whole).startswith(f"{os.path.realpath(root)}/")
        assert leads_inside(root, path) == followed, path
        told.add(followed)
    assert told == {True, False}
    assert not leads_inside(root, "a/\0")


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
