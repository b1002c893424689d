"""Writes that are whole or not at all: of one file, of several that belong together, and of a folder.

Each file is made under a temporary name beside its own and then renamed, while its claim is held: what it was when it
was opened, and whether it is there, is looked at with nobody else writing.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.edges.claim import claimed, clear_leftovers, remove, temporary_name
from granskning.edges.disk import fingerprint_of
from granskning.edges.lookup import exists, resolved
from granskning.edges.opening import read_whole
from granskning.errors import ChangedOnDiskError, UnreadableFileError, Words, WriteRefusedError
from granskning.files import REPORT
from granskning.i18n import N_
from granskning.interruption import note_written, uninterrupted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class FileWrite:
    """One file to be written, and what is asked of what lies there now."""

    path: Path
    data: bytes
    opened: str | None = None
    """The fingerprint that the file must have still; None for whatever lies there. A link is then followed."""
    is_new: bool = False
    """Nothing may lie there."""

    @property
    def target(self) -> Path:
        """The file itself."""
        return resolved(self.path) if self.opened is not None else self.path


def write_files(writes: Sequence[FileWrite]) -> None:
    """Write files that belong together, all or none, in this order: what others rest on first.

    Raises ChangedOnDiskError for a file that is no longer as it was when it was opened, and WriteRefusedError for one
    that is there already or cannot be written. Then every file is as it was.
    """
    batch = _Batch()
    for write in writes:
        _look(write)  # what is refused at once touches nothing, not even the folder's time of change
    try:
        with ExitStack() as claims:
            for write in sorted(writes, key=lambda item: str(item.target)):
                batch.at = write.path
                _refuse_devices(write)
                batch.note_folders(write.target)
                claims.enter_context(claimed(write.target))
            targets = [write.target for write in writes]
            for folder in {target.parent for target in targets}:
                clear_leftovers(folder, [target for target in targets if target.parent == folder])
            _make_and_rename(writes, batch)
    except BaseException as error:
        with uninterrupted():
            batch.take_back()
        if not isinstance(error, OSError):
            raise
        raise write_refused(batch.at, error) from error


def write_atomic(path: Path, data: bytes) -> None:
    """Write a whole file over whatever lies there, or leave that."""
    write_files([FileWrite(path, data)])


def write_guarded(path: Path, data: bytes, opened: str) -> None:
    """Write a whole file, or raise ChangedOnDiskError when it is no longer the one with that fingerprint.

    A link is followed: the file that it names is written, and the link stays.
    """
    write_files([FileWrite(path, data, opened)])


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that must not be there yet, with all its files or not at all: made beside, then renamed."""
    batch = _Batch(at=path)
    is_new = FileWrite(path, b"", is_new=True)
    _look(is_new)
    try:
        batch.note_folders(path)
        with claimed(path):
            _look(is_new)
            clear_leftovers(path.parent, [path])
            made = temporary_name(path)
            batch.temporary.append(made)
            made.mkdir()
            for name, data in files.items():
                _write(made / name, data, 0o666)
            with uninterrupted():
                made.rename(path)
                batch.complete([path])
    except BaseException as error:
        with uninterrupted():
            batch.take_back()
        if not isinstance(error, OSError):
            raise
        raise write_refused(path, error) from error


@dataclass(slots=True)
class _Batch:
    """What has been done of several writes, so that it can be taken back."""

    at: Path = field(default_factory=Path)
    """The file that is worked with."""
    temporary: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    """Those that were not there before, the innermost first."""
    renamed: list[tuple[Path, Path | None]] = field(default_factory=list)
    """The files in place, each with a copy of what lay there before."""

    def note_folders(self, path: Path) -> None:
        """Remember which of the folders above a file will have to be made."""
        self.folders += [folder for folder in path.parents if folder not in self.folders and not exists(folder)]

    def complete(self, paths: Iterable[Path]) -> None:
        """All is in its place: nothing is taken back any more, whoever interrupts from here on."""
        note_written(paths)
        for done in (self.temporary, self.folders, self.renamed):
            done.clear()

    def take_back(self) -> None:
        """Put everything back as it was."""
        for target, before in reversed(self.renamed):
            with contextlib.suppress(OSError):
                if before is None:
                    target.unlink()
                else:
                    before.replace(target)
        for path in self.temporary:
            remove(path)
        for folder in sorted(self.folders, key=lambda item: -len(item.parts)):
            with contextlib.suppress(OSError):
                folder.rmdir()


def _make_and_rename(writes: Sequence[FileWrite], batch: _Batch) -> None:
    """Make every file under its temporary name before any gets its own, so that a full disk changes nothing."""
    for write in writes:
        _look(write)
    made = []
    for write in writes:
        batch.at = write.path
        temporary = temporary_name(write.target)
        batch.temporary.append(temporary)
        _write(temporary, write.data)
        temporary.chmod(_mode(write.target))
        made.append(temporary)
    with uninterrupted():
        _rename_all(writes, made, batch)
        for path in batch.temporary:
            remove(path)
        batch.complete(write.path for write in writes)


def _rename_all(writes: Sequence[FileWrite], made: Sequence[Path], batch: _Batch) -> None:
    """Give every file its own name."""
    for write, temporary in zip(writes, made, strict=True):
        batch.at, target = write.path, write.target
        _look(write)  # an editor makes no claims, so once more at the last moment
        before = _keep(target, batch) if write is not writes[-1] and not write.is_new else None
        if write.is_new:
            _rename_new(temporary, target, write.path)
        else:
            temporary.replace(target)
        batch.renamed.append((target, before))


def _look(write: FileWrite) -> None:
    """Raise unless what lies there is what the write asks for."""
    if write.is_new and os.path.lexists(write.path):
        raise _is_there(write.path)
    if write.opened is not None:
        try:
            now = fingerprint_of(read_whole(write.target, REPORT))
        except UnreadableFileError:
            now = ""
        if now != write.opened:
            message = N_("{file} has been changed by somebody else since it was opened")
            hint = N_("nothing was changed; read it again and make the edit anew")
            raise ChangedOnDiskError(message, hint, file=write.path)


def _refuse_devices(write: FileWrite) -> None:
    """Raise for what is neither a file nor a folder: a rename would put a file in the place of a device or pipe."""
    with contextlib.suppress(OSError):
        mode = write.path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            message = N_("{file} could not be written: {reason}")
            reason = Words(N_("it is not an ordinary file"))
            raise WriteRefusedError(message, N_("nothing was changed"), file=write.path, reason=reason)


def _write(path: Path, data: bytes, mode: int = 0o600) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _keep(target: Path, batch: _Batch) -> Path | None:
    """What lies there now under a second, temporary name; None where nothing does."""
    if not os.path.lexists(target):
        return None
    before = temporary_name(target)
    batch.temporary.append(before)
    try:
        os.link(target, before, follow_symlinks=False)
    except (OSError, NotImplementedError):  # not every file system has links
        shutil.copy2(target, before, follow_symlinks=False)
    return before


def _rename_new(temporary: Path, target: Path, path: Path) -> None:
    """Rename, unless something has come to lie there, which a link is refused by but a rename would replace."""
    try:
        os.link(temporary, target)
    except FileExistsError as error:
        raise _is_there(path) from error
    except (OSError, NotImplementedError):  # no links here: looked at beneath the claim that writers of this tool share
        if os.path.lexists(target):
            raise _is_there(path) from None
        temporary.rename(target)


def _is_there(path: Path) -> WriteRefusedError:
    message = N_("{file} is there already and is not overwritten")
    return WriteRefusedError(message, N_("choose another name, or move it away"), file=path)


def write_refused(path: Path, error: OSError) -> WriteRefusedError:
    """What is said where the disk says no."""
    message = N_("{file} could not be written: {reason}")
    return WriteRefusedError(message, N_("nothing was changed"), file=path, reason=_write_reason(error))


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


def _write_reason(error: OSError) -> Words:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Words(N_("the disk is full"))
    if error.errno == errno.EFBIG:
        return Words(N_("so large a file may not be written there"))
    if error.errno == errno.EROFS or isinstance(error, PermissionError):
        return Words(N_("you may not write there"))
    if isinstance(error, NotADirectoryError | FileExistsError):
        return Words(N_("a file stands where a folder should be"))
    if isinstance(error, IsADirectoryError):
        return Words(N_("a folder stands where the file should be"))
    return Words(error.strerror or N_("the disk gave an error"))
