"""A folder on disk as `Files`, and writes that are whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.edges.opening import digest_pieces, read_whole, reason_of
from granskning.errors import (
    ChangedOnDiskError,
    FileTooLargeError,
    NotAWorkspaceError,
    UnreadableFileError,
    WriteRefusedError,
)
from granskning.files import DOCUMENT, REPORT, is_yaml, kind_by_name
from granskning.findings.finding import Words
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from granskning.files import FileKind

MARK = "granskning.yaml"


class FolderFiles:
    """The files of a working folder, read when asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def under(self, folder: str) -> list[str]:
        """The YAML files below a folder, sorted; hidden ones left out, links not followed to other folders.

        A folder that may not be read is listed itself, so that reading it tells why.
        """
        found = []
        closed: list[str] = []

        def note(error: OSError) -> None:
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                closed.append(Path(error.filename).relative_to(self.root).as_posix())

        for base, folders, names in os.walk(self.root / folder, onerror=note):
            prefix = Path(base).relative_to(self.root).as_posix()
            found += [f"{prefix}/{name}" for name in (*names, *folders) if is_yaml(name) and not name.startswith(".")]
            folders[:] = [name for name in folders if not name.startswith(".") and not is_yaml(name)]
        return sorted((*found, *closed))

    def names(self, folder: str) -> list[str]:
        """The names of all that lies in a folder, sorted; those of folders end in /, links left as files."""
        try:
            with os.scandir(self.root / folder) as entries:
                return sorted(f"{one.name}/" if one.is_dir(follow_symlinks=False) else one.name for one in entries)
        except OSError:
            return []

    def exists(self, path: str) -> bool:
        """Whether there is anything at the path."""
        return os.path.lexists(self.root / path)

    def read(self, path: str) -> bytes:
        """The bytes of a file, or UnreadableFileError with the reason in plain words."""
        return read_whole(self.root / path, kind_by_name(path))

    def fingerprint(self, path: str) -> tuple[int, str] | None:
        """Size and SHA-256 of a document, read in pieces. Raises UnreadableFileError for what can't be read."""
        try:
            return digest_pieces(self.root / path, DOCUMENT)
        except UnreadableFileError as error:
            if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError | ValueError):
                return None
            raise


Stamp = tuple[int, int, int]
"""Size, time of change in nanoseconds, and inode: what tells that a file is as it was, without reading it."""


def stat_files(root: Path, folders: tuple[str, ...], names: tuple[str, ...]) -> dict[str, Stamp]:
    """The stamp of every YAML file below these folders, and of these files, by posix path from the root."""
    stamps: dict[str, Stamp] = {}
    for folder in folders:
        _stat_below(root / folder, folder, stamps)
    for name in names:
        with contextlib.suppress(OSError):
            stamps[name] = _stamp((root / name).stat())
    return stamps


def _stat_below(folder: Path, name: str, stamps: dict[str, Stamp]) -> None:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                _stat_below(folder / entry.name, f"{name}/{entry.name}", stamps)
            elif is_yaml(entry.name):
                with contextlib.suppress(OSError):
                    stamps[f"{name}/{entry.name}"] = _stamp(entry.stat())


def _stamp(status: os.stat_result) -> Stamp:
    return (status.st_size, status.st_mtime_ns, status.st_ino)


def find_root(start: Path) -> Path:
    """The working folder that a place lies in: the nearest folder upwards with a granskning.yaml."""
    try:
        here = start.resolve()
    except OSError as error:
        raise UnreadableFileError(reason_of(error)) from error
    if not _is_folder(here):
        raise NotAWorkspaceError(N_("there is no folder {folder}"), N_("see that the name is right"), folder=start)
    for folder in (here, *here.parents):
        if os.path.lexists(folder / MARK):
            return folder
    message = N_("{folder} is not a working folder, nor is any folder above it")
    hint = N_("a working folder has a granskning.yaml; make one with: granskning init FOLDER")
    raise NotAWorkspaceError(message, hint, folder=start)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def read_file(path: Path, kind: FileKind = REPORT) -> bytes:
    """The bytes of a file outside the pipeline, or UnreadableFileError with its name."""
    try:
        return read_whole(path, kind)
    except FileTooLargeError as error:
        message = N_("{file} is too large: {size} bytes, at most {limit} are read")
        raise FileTooLargeError(message, "", file=path, **error.values) from error
    except UnreadableFileError as error:
        message = N_("{file} cannot be read: {reason}")
        raise UnreadableFileError(message, file=path, reason=Words(error.message)) from error


def fingerprint_of(data: bytes) -> str:
    """What a write is guarded by: the SHA-256 of the bytes that a file was opened with."""
    from hashlib import sha256  # noqa: PLC0415  # reading needs none

    return sha256(data).hexdigest()


def write_guarded(path: Path, data: bytes, opened: str) -> None:
    """Write a whole file, or raise ChangedOnDiskError when it is no longer the one with that fingerprint.

    A link is followed: the file that it names is written, and the link stays.
    """
    target = path.resolve()

    def guard() -> None:
        try:
            now = fingerprint_of(read_whole(target, REPORT))
        except UnreadableFileError:
            now = ""
        if now != opened:
            message = N_("{file} has been changed by somebody else since it was opened")
            raise ChangedOnDiskError(
                message, N_("nothing was changed; read it again and make the edit anew"), file=path
            )

    guard()
    write_atomic(target, data, guard=guard)


def write_atomic(path: Path, data: bytes, *, guard: Callable[[], None] = lambda: None) -> None:
    """Write a whole file or leave what was there: a temporary file beside it, then a rename.

    `guard` is called last of all before the rename, and may raise.
    """
    import tempfile  # noqa: PLC0415  # reading needs none

    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(path))
        guard()
        Path(temporary).replace(path)
    except BaseException as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        if not isinstance(error, OSError):
            raise
        message = N_("{file} could not be written: {reason}")
        raise WriteRefusedError(message, N_("nothing was changed"), file=path, reason=_write_reason(error)) from error


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not be there yet."""
    if os.path.lexists(path):
        message = N_("{file} is there already and is not overwritten")
        raise WriteRefusedError(message, N_("choose another name, or move it away"), file=path)
    write_atomic(path, data)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that must not be there yet, with all its files or not at all: made beside, then renamed."""
    import shutil  # noqa: PLC0415  # reading needs none
    import tempfile  # noqa: PLC0415

    if os.path.lexists(path):
        message = N_("{file} is there already and is not overwritten")
        raise WriteRefusedError(message, N_("choose another name, or move it away"), file=path)
    made: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent))
        for name, data in files.items():
            with (made / name).open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        made.chmod(_mode(path) | 0o111 & ~_mask())
        made.rename(path)
    except BaseException as error:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
        if not isinstance(error, OSError):
            raise
        message = N_("{file} could not be written: {reason}")
        raise WriteRefusedError(message, N_("nothing was changed"), file=path, reason=_write_reason(error)) from error


def _mode(path: Path) -> int:
    """The permissions that the file has, or that a new one gets."""
    try:
        return path.stat().st_mode & 0o7777
    except OSError:
        return 0o666 & ~_mask()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_NO_SPACE = 28
_READ_ONLY = 30


def _write_reason(error: OSError) -> Words:
    if error.errno == _NO_SPACE:
        return Words(N_("the disk is full"))
    if error.errno == _READ_ONLY or isinstance(error, PermissionError):
        return Words(N_("you may not write there"))
    if isinstance(error, NotADirectoryError | FileExistsError):
        return Words(N_("a file stands where a folder should be"))
    if isinstance(error, IsADirectoryError):
        return Words(N_("a folder stands where the file should be"))
    return Words(error.strerror or N_("the disk gave an error"))
