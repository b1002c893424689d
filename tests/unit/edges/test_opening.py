"""The one opener: ordinary files alone, of a size for their kind, and never a wait."""

from __future__ import annotations

import io
import os
import socket
from typing import TYPE_CHECKING

import pytest

from granskning.edges.disk import FolderFiles, read_file
from granskning.edges.opening import digest_pieces, read_stream, read_whole
from granskning.errors import FileTooLargeError, UnreadableFileError
from granskning.files import DOCUMENT, REPORT, TABLE, TEMPLATE, TEXT, FileKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SMALL = FileKind(10)
KINDS = (TEXT, TEMPLATE, TABLE, REPORT, DOCUMENT)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)


def link_to_pipe(path: Path) -> None:
    make_pipe(path.with_name("rör"))
    path.symlink_to("rör")


def link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


NOT_ORDINARY: dict[str, Callable[[Path], None]] = {
    "a named pipe": make_pipe,
    "a link to a named pipe": link_to_pipe,
    "a device without an end": link_to("/dev/zero"),
    "a device": link_to("/dev/null"),
    "the terminal": link_to("/dev/tty"),
    "a socket": make_socket,
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has none of these in a folder")
@pytest.mark.parametrize("kind", NOT_ORDINARY)
def test_only_ordinary_files_are_read(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.yaml"
    NOT_ORDINARY[kind](path)
    for read in (read_whole, digest_pieces):
        with pytest.raises(UnreadableFileError, match=r"^it is not an ordinary file$"):
            read(path, TEXT)
    with pytest.raises(UnreadableFileError, match="it is not an ordinary file"):
        read_file(path)
    files = FolderFiles(tmp_path)
    for ask in (files.read, files.fingerprint):
        with pytest.raises(UnreadableFileError, match=r"it is not an ordinary file|it leads out of the folder"):
            ask("plan.yaml")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in a folder")
def test_a_pipe_that_takes_a_files_place_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"schema: x\n")
    real = os.open

    def swap(name: Path, flags: int) -> int:
        path.unlink()
        make_pipe(path)
        return real(name, flags)

    monkeypatch.setattr(os, "open", swap)
    with pytest.raises(UnreadableFileError, match="it is not an ordinary file"):
        read_whole(path, TEXT)


def test_what_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path / "nix", "it is not there"),
        (tmp_path / "a\0b", "it is not there"),
        (tmp_path, "it is a folder, not a file"),
    ):
        with pytest.raises(UnreadableFileError, match=reason):
            read_whole(path, TEXT)


@pytest.mark.parametrize("size", [0, 1, 9, 10])
def test_a_file_of_the_largest_size_is_read(size: int, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * size)
    assert read_whole(path, SMALL) == b"x" * size
    assert digest_pieces(path, SMALL)[0] == size
    assert read_stream(io.BytesIO(b"x" * size), SMALL) == b"x" * size


def test_a_larger_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * 11)
    for read in (read_whole, digest_pieces, read_file):
        with pytest.raises(FileTooLargeError) as caught:
            read(path, SMALL)
        assert (caught.value.values["size"], caught.value.values["limit"]) == (11, 10)
    with pytest.raises(FileTooLargeError):
        read_stream(io.BytesIO(b"x" * 11), SMALL)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.most))
def test_a_file_of_nothing_but_holes_costs_nothing(kind: FileKind, tmp_path: Path) -> None:
    path = tmp_path / "a"
    with path.open("wb") as file:
        file.truncate(kind.most + 1)
    for read in (read_whole, digest_pieces):
        with pytest.raises(FileTooLargeError):
            read(path, kind)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    monkeypatch.setattr(os, "read", lambda _descriptor, _count: b"more")
    with pytest.raises(FileTooLargeError):
        read_whole(path, SMALL)
