"""What has been worked out before, by key, in the user's own cache folder: a small database that may vanish any time.

Keys name all that an entry rests on, so an entry is never out of date. Each carries a checksum; one that does not
hold, a damaged or locked database and a folder that may not be written all mean the same: nothing is remembered.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from granskning import __version__
from granskning.edges.lookup import exists, resolved
from granskning.remembering import may_remember

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_AT_ONCE = 500
_WAIT = 2.0
_OLD = 30 * 24 * 3600
_TOO_LARGE = 512 * 1024 * 1024
_HERE = resolved(Path(__file__)).parent.parent


class Cache:
    """Entries by key. Never raises: what can't be remembered is worked out again, and what may not be neither is."""

    def __init__(self, name: str, *, folder: Path | None = None) -> None:
        self._db: sqlite3.Connection | None = None
        if not may_remember():
            return
        self._file = (folder or cache_folder()) / f"{name}-{code_version()}.sqlite"
        with contextlib.suppress(OSError, sqlite3.Error):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._open()

    def _open(self) -> None:
        if exists(self._file) and self._file.stat().st_size > _TOO_LARGE:
            self._file.unlink()
        is_new = not exists(self._file)
        self._db = sqlite3.connect(self._file, timeout=_WAIT, isolation_level=None)
        try:
            self._db.execute("PRAGMA synchronous=OFF")
            self._db.execute("CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT, sum INTEGER)")
        except sqlite3.DatabaseError:
            self._give_up()
        if is_new:
            self._clear_away()

    def get_many(self, keys: Iterable[str]) -> dict[str, str]:
        """The entries that are there and whole."""
        found: dict[str, str] = {}
        wanted = list(dict.fromkeys(keys))
        try:
            for place in range(0, len(wanted), _AT_ONCE):
                if self._db is None:
                    break
                part = wanted[place : place + _AT_ONCE]
                marks = ",".join("?" * len(part))
                rows = self._db.execute(f"SELECT key, value, sum FROM entries WHERE key IN ({marks})", part)  # noqa: S608
                found.update((key, value) for key, value, checksum in rows if _checksum(key, value) == checksum)
        except (sqlite3.Error, UnicodeDecodeError, OverflowError):
            self._give_up()
        return found

    def put_many(self, entries: Sequence[tuple[str, str]]) -> None:
        """Remember, all or nothing."""
        if self._db is None or not entries:
            return
        rows = [(key, value, _checksum(key, value)) for key, value in entries]
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
            self._db.execute("COMMIT")
        except sqlite3.OperationalError:  # locked, or the disk is full: another time
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
        except sqlite3.Error:
            self._give_up()

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
            self._db = None

    def __del__(self) -> None:
        """Let go of the file where nobody has; from Python 3.13 on, that is warned of."""
        self.close()

    def _give_up(self) -> None:
        """The file is damaged: do without, and let the next run begin a new one."""
        self.close()
        with contextlib.suppress(OSError):
            self._file.unlink()

    def _clear_away(self) -> None:
        """Remove what earlier versions of the program remembered and nobody has used for long."""
        name = self._file.name.partition("-")[0]
        with contextlib.suppress(OSError):
            for other in self._file.parent.glob(f"{name}-*.sqlite"):
                if time.time() - other.stat().st_mtime > _OLD:
                    other.unlink()


@contextlib.contextmanager
def opened(name: str) -> Iterator[Cache | None]:
    """The entries of a name while they are needed; None where nothing shall be remembered."""
    cache = Cache(name) if may_remember() else None
    try:
        yield cache
    finally:
        if cache is not None:
            cache.close()


def cache_folder() -> Path:
    """The user's cache folder, where each system has it."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # Path.home() raises where there is none
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local") / "granskning/Cache"
    if sys.platform == "darwin":
        return home / "Library/Caches/granskning"
    named = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(named) if named.startswith("/") else home / ".cache") / "granskning"


def _checksum(key: str, value: object) -> int:
    if not isinstance(value, str):
        return -1
    return zlib.crc32(value.encode("utf-8", "surrogatepass"), zlib.crc32(key.encode("utf-8", "surrogatepass")))


def code_version() -> str:
    """What the program itself is, so that another version, or a changed one, remembers nothing of this.

    The version, and every file of the package wherever it lies: none is listed by hand, so none is forgotten when files
    move. Files are told apart by their status and not read, which takes 1 ms instead of 5 (25 the first time). The time
    of the last change of status is part of it, since nobody can set that back: a file with other content but the same
    size and date, as in packages whose files all bear one date, is another file.
    """
    known = hashlib.sha256(f"{__version__}\0{sys.version_info[:2]}\n".encode())
    for path, status in sorted(folder_state(_HERE)):
        known.update(f"{path}\0{status}\n".encode("utf-8", "surrogateescape"))
    return known.hexdigest()[:16]


def installed_state() -> list[str]:
    """All that is installed beside the program, wherever Python looks, by the names of records that tell versions."""
    records: list[str] = []
    for folder in sys.path:
        with contextlib.suppress(OSError), os.scandir(folder or os.curdir) as entries:
            records += sorted(entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))
    return records


def folder_state(folder: Path | str, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield each file in a folder and those below it, and its status; not what Python has compiled."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from folder_state(entry.path, f"{prefix}{entry.name}/")
            else:
                status = entry.stat()
                yield f"{prefix}{entry.name}", f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
