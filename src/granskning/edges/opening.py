"""The one opener: whatever comes from a working folder or a user is read through here.

Only ordinary files are read: a named pipe, a device or a socket would wait for ever, or never end. Each kind of file
has a size that is the largest read. In go a path and a kind, out come bytes; it never writes.
"""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING

from granskning.errors import FileTooLargeError, UnreadableFileError, Words
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from granskning.files import FileKind

_REASONS = {
    FileNotFoundError: N_("it is not there"),
    IsADirectoryError: N_("it is a folder, not a file"),
    PermissionError: N_("you may not read it"),
}
_NOT_ORDINARY = N_("it is not an ordinary file")
_CHUNK = 1 << 20
_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)  # each system has some of them


def read_whole(path: Path, kind: FileKind) -> bytes:
    """The bytes of an ordinary file. Raises FileTooLargeError, else UnreadableFileError with the reason alone."""
    with _opened(path) as (descriptor, size):
        if size > kind.most:
            raise too_large(size, kind)
        pieces, total = [], 0
        for piece in _pieces(descriptor, kind):  # the size may have been another, or told as 0
            pieces.append(piece)
            total += len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def digest_pieces(path: Path, kind: FileKind) -> tuple[int, str]:
    """Size and SHA-256 of an ordinary file, read in pieces. Raises as `read_whole` does."""
    from hashlib import sha256  # noqa: PLC0415  # only for kept documents

    sha, total = sha256(), 0
    with _opened(path) as (descriptor, size):
        if size > kind.most:
            raise too_large(size, kind)
        for piece in _pieces(descriptor, kind):
            sha.update(piece)
            total += len(piece)
    return total, sha.hexdigest()


def read_stream(stream: BinaryIO, kind: FileKind) -> bytes:
    """What comes from standard input, to its end. Raises FileTooLargeError as soon as it is too much."""
    data = stream.read(kind.most + 1)
    if len(data) > kind.most:
        message = N_("standard input is too large: at most {limit} bytes are read")
        raise FileTooLargeError(message, "", size=len(data), limit=kind.most)
    return data


def status_of_each(root: Path, paths: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the status of each ordinary file that no link below the root leads to.

    Asked for from the root itself, and of each folder on the way once, since there are thousands.
    """
    top, straight = os.open(root, os.O_RDONLY), {"": True}
    try:
        for path in paths:
            with contextlib.suppress(OSError, ValueError):
                status = os.stat(path, dir_fd=top, follow_symlinks=False)
                if stat.S_ISREG(status.st_mode) and _is_straight(path.rpartition("/")[0], top, straight):
                    yield path, status
    finally:
        os.close(top)


def _is_straight(folder: str, top: int, known: dict[str, bool]) -> bool:
    """Whether no step to a folder is a link: a folder that has moved has the same files, and they no other status."""
    if folder not in known:
        mode = os.stat(folder, dir_fd=top, follow_symlinks=False).st_mode
        known[folder] = stat.S_ISDIR(mode) and _is_straight(folder.rpartition("/")[0], top, known)
    return known[folder]


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[int, int]]:
    """An open ordinary file as its descriptor and size.

    What it is is asked twice: before, since opening a device may do something, and of what was opened, since another
    thing may have come in its place. Without O_NONBLOCK, opening a named pipe would wait for somebody to write.
    """
    descriptor = -1
    try:
        _require_ordinary(path.stat())
        descriptor = os.open(path, _FLAGS)
        status = os.fstat(descriptor)
        _require_ordinary(status)
        yield descriptor, status.st_size
    except OSError as error:
        raise UnreadableFileError(reason_of(error)) from error
    except ValueError as error:  # a zero byte in the name
        raise UnreadableFileError(_REASONS[FileNotFoundError]) from error
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _require_ordinary(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableFileError(_REASONS[IsADirectoryError])
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError(_NOT_ORDINARY)


def _pieces(descriptor: int, kind: FileKind) -> Iterator[bytes]:
    total = 0
    while piece := os.read(descriptor, _CHUNK):
        total += len(piece)
        if total > kind.most:
            raise too_large(total, kind)
        yield piece


def too_large(size: int, kind: FileKind) -> FileTooLargeError:
    """The error of a file of which so much is not read."""
    message = N_("it is too large: {size} bytes, at most {limit} are read")
    return FileTooLargeError(message, "", size=size, limit=kind.most)


def reason_of(error: OSError) -> Words:
    """Why the system did not read it, in plain words."""
    return Words(_REASONS.get(type(error), error.strerror or N_("the disk gave an error")))
