"""A claim on a file: who writes it holds the claim, so that nobody else looks at it and writes it in the same moment.

The claim is a lock that the operating system keeps on a small file beside. It lets go when its process ends, however
that happens, so no claim is ever stale and none has to be broken. A file is made under a name of its own while its
claim is held, and then renamed; so whoever gets the claim knows that what still lies there under such a name was left
by a process that was killed, and takes it away.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import re
import secrets
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.edges.lookup import exists, is_folder, is_link
from granskning.errors import WriteRefusedError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PATIENCE = 60.0
"""Seconds to wait for somebody else who writes the same file. A write takes some milliseconds."""
_PAUSES = (0.001, 0.02)
"""Seconds between tries: drawn at random, so that many who wait do not all come at once."""
_LONGEST = 200
"""So long may a file's name be to be part of a temporary one: a name has 255 bytes at the most."""
_CLAIM = "claim"
_OURS = re.compile(r"\.(?P<stem>.+)\.granskning-(?:claim|[0-9a-f]{12})\.tmp\Z", re.DOTALL)
_EARLIER = re.compile(
    r"\.(?P<stem>.+\.(?:yaml|json|html|pdf|docx|js|xlsx|csv|zip|sqlite|parquet))\.[a-z0-9_]{8}\.tmp\Z", re.DOTALL
)
"""What versions before claims left. They held none, so only what has lain there for a day is known to be dead."""
_DAY = 24 * 3600


def temporary_name(path: Path) -> Path:
    """A new name beside the file, under which it is made before it gets its own. For who holds the file's claim."""
    return path.with_name(f".{_stem(path.name)}.granskning-{secrets.token_hex(6)}.tmp")


@contextlib.contextmanager
def claimed(path: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the claim on a file that may or may not be there; its folder is made where it is missing.

    Raises WriteRefusedError when somebody else holds it all the time, and OSError where no claim can be made.
    """
    place = path.with_name(f".{_stem(path.name)}.granskning-{_CLAIM}.tmp")
    until = time.monotonic() + (PATIENCE if patience is None else patience)
    while (handle := _acquire(place)) is None:
        if time.monotonic() > until:
            message = N_("{file} is being written by somebody else just now")
            raise WriteRefusedError(message, N_("nothing was changed; try again in a moment"), file=path)
        time.sleep(random.uniform(*_PAUSES))  # noqa: S311  # nothing secret
    try:
        yield
    finally:
        _release(place, handle)


def find_leftovers(folder: Path) -> list[Path]:
    """What killed processes, or those that write just now, have lying in a folder under temporary names."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return sorted(folder / entry.name for entry in entries if _stem_of(entry))
    return []


def find_all_leftovers(root: Path) -> list[Path]:
    """The same in every folder below that we write in; links are not followed."""
    found = []
    for base, folders, _ in os.walk(root):
        found += find_leftovers(Path(base))
        folders[:] = [name for name in folders if not name.startswith(".") or name == ".granskning"]
    return found


def clear_all_leftovers(root: Path) -> None:
    """Take away what killed processes left anywhere in a folder: how a command that writes begins."""
    for folder in sorted({path.parent for path in find_all_leftovers(root)}):
        clear_leftovers(folder)


def clear_leftovers(folder: Path, mine: Collection[Path] = ()) -> None:
    """Take away what killed processes left in a folder. What somebody writes just now is claimed, and stays.

    `mine` are the files that the caller has claimed, and has made nothing of yet.
    """
    stems: dict[str, list[str]] = {}
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if stem := _stem_of(entry):
                stems.setdefault(stem, []).append(entry.name)
    own = {_stem(path.name) for path in mine}
    for stem, names in stems.items():
        place = folder / f".{stem}.granskning-{_CLAIM}.tmp"
        with contextlib.suppress(OSError):
            handle = None if stem in own else _acquire(place)
            if handle is None and stem not in own:
                continue
            for name in names:
                if name != place.name:
                    remove(folder / name)
            if handle is not None:
                _release(place, handle)


def remove(path: Path) -> None:
    """Take away a file or folder that was made under a temporary name."""
    if is_folder(path) and not is_link(path):
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def _stem_of(entry: os.DirEntry[str]) -> str:
    """The stem of a temporary name; empty for any other."""
    if not entry.name.startswith(".") or not entry.name.endswith(".tmp"):
        return ""
    if match := _OURS.match(entry.name):
        return match["stem"]
    if (match := _EARLIER.match(entry.name)) and time.time() - entry.stat(follow_symlinks=False).st_mtime > _DAY:
        return match["stem"]
    return ""


def _stem(name: str) -> str:
    encoded = os.fsencode(name)
    return name if len(encoded) <= _LONGEST else hashlib.sha256(encoded).hexdigest()[:32]


def _acquire(place: Path) -> int | None:
    """The open claim file when nobody else holds it, else None. Raises OSError where none can be made."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = _open(place)
    except FileNotFoundError:
        return None  # somebody took the folder away again in this moment
    except PermissionError:
        if sys.platform == "win32" and exists(place):
            return None  # being deleted by who had it
        raise
    try:
        # who had it before takes the file away: then this is a lock on a file that is not there any more
        if _lock(handle) and os.path.samestat(os.fstat(handle), place.lstat()):
            return handle
    except FileNotFoundError:
        pass
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _open(place: Path) -> int:
    flags = os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        return os.open(place, flags | os.O_RDWR, 0o666)
    except PermissionError:
        return os.open(place, flags | os.O_RDONLY, 0o666)  # somebody else's, in a folder that is shared


def _release(place: Path, handle: int) -> None:
    if sys.platform == "win32":  # an open file cannot be taken away there, and one that somebody else has open neither
        os.close(handle)
        with contextlib.suppress(OSError):
            place.unlink()
        return
    with contextlib.suppress(OSError):
        place.unlink()
    os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
