"""A folder on disk as `Files`: what is read there, and where it begins."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path, PurePath
from time import monotonic_ns, time_ns
from typing import TYPE_CHECKING

from granskning.edges.lookup import can_be_named, exists, is_folder, nearest_path, resolved
from granskning.edges.opening import digest_pieces, read_whole, reason_of, status_of_each
from granskning.errors import FileTooLargeError, NotAWorkspaceError, UnreadableFileError, Words, WriteRefusedError
from granskning.files import DOCUMENT, REPORT, is_yaml, kind_by_name
from granskning.findings.suggestions import MEANT, as_typed
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from granskning.files import FileKind
MARK = "granskning.yaml"
_MISNAMED = ("granskning.yml", "granskning.yaml.txt", "granskning.txt")
COLLECTION = "granskning.collection.yaml"


class FolderFiles:
    """The files of a working folder, read when asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._inside = os.path.realpath(root)

    def under(self, folder: str) -> list[str]:
        """The YAML files below a folder, sorted; hidden ones left out, links not followed to other folders.

        A folder that may not be read is listed itself, so that reading it tells why.
        """
        found = []
        closed: list[str] = []

        def note(error: OSError) -> None:
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                closed.append(Path(error.filename).relative_to(self.root).as_posix())

        if not can_be_named(folder):
            return []
        start, inside = str(self.root / folder), PurePath(folder).as_posix()
        for base, folders, names in os.walk(start, onerror=note):
            prefix = (inside + base[len(start) :].replace(os.sep, "/")).removeprefix("./")
            found += [f"{prefix}/{name}" for name in (*names, *folders) if is_yaml(name) and not name.startswith(".")]
            folders[:] = [name for name in folders if not name.startswith(".") and not is_yaml(name)]
        return sorted((*found, *closed))

    def names(self, folder: str) -> list[str]:
        """The names of all that lies in a folder, sorted; those of folders end in /, links left as files."""
        try:
            if not can_be_named(folder):
                return []
            with os.scandir(f"{self.root}/{folder}") as entries:  # a Path takes as long as the folder itself
                return sorted(f"{one.name}/" if one.is_dir(follow_symlinks=False) else one.name for one in entries)
        except OSError:
            return []

    def exists(self, path: str) -> bool:
        """Whether there is anything at the path."""
        return os.path.lexists(self.root / path)

    def read(self, path: str) -> bytes:
        """The bytes of a file, or UnreadableFileError with the reason in plain words."""
        return read_whole(self._place(path), kind_by_name(path))

    def fingerprint(self, path: str) -> tuple[int, str] | None:
        """Size and SHA-256 of a document, read in pieces. Raises UnreadableFileError for what can't be read."""
        try:
            return digest_pieces(self._place(path), DOCUMENT)
        except UnreadableFileError as error:
            if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError | ValueError):
                return None
            raise

    def _place(self, path: str) -> Path:
        """Where a path leads, or UnreadableFileError where that is out of the folder."""
        if not _ends_below(self._inside, path):
            raise UnreadableFileError(N_("it leads out of the folder"))
        return self.root / path


def leads_inside(root: Path, path: str) -> bool:
    """Whether a path ends below a folder when every link and every step upwards in it is followed."""
    return _ends_below(os.path.realpath(root), path)


def place_in(root: Path, path: str) -> Path:
    """The place of a file that is to be written in a folder, or WriteRefusedError where a link leads out of it."""
    if not leads_inside(root, path):
        message = N_("{file} leads out of the folder, so it is not written")
        raise WriteRefusedError(message, N_("a folder on the way is a link; put a folder there instead"), file=path)
    return root / path


def _ends_below(inside: str, path: str) -> bool:
    # Path takes four times as long, and every file that is read comes here
    if _is_plain(path) and not _meets_link(inside, path):
        return True
    try:
        return os.path.realpath(os.path.join(inside, path)).startswith(os.path.join(inside, ""))  # noqa: PTH118
    except ValueError:  # what cannot be named lies nowhere
        return False


def _is_plain(path: str) -> bool:
    """Whether a path only goes downwards, step by step, where `/` is all that divides the steps."""
    return os.sep == "/" and "\0" not in path and _NO_STEPS.isdisjoint(path.split("/"))


_NO_STEPS = frozenset({"", ".", ".."})


def _meets_link(inside: str, path: str) -> bool:
    """Whether a step of a plain path is a link: without one it ends where it seems to, whatever lies above."""
    place = inside
    for step in path.split("/"):
        place = f"{place}/{step}"
        if os.path.islink(place):  # noqa: PTH114
            return True
    return False


Stamp = tuple[int, int, int]
"""Size, time of change in nanoseconds, and inode: what tells that a file is as it was, without reading it."""


_TICK = 2_000_000_000
"""In nanoseconds, the coarsest time that a file system gives a file."""


class Started:
    """When a work began, by the clock and by what runs on whatever the clock is set to."""

    def __init__(self) -> None:
        self._clock = time_ns()
        self._run = monotonic_ns()

    def firm_stamps(self, root: Path, paths: Iterable[str]) -> dict[str, str]:
        """The stamps of the files that are as they were when the work began, and surely were so for some time.

        A file that was changed just before may be changed again without another time (git's racy-time rule), so it has
        none; nor has any where the clock was set meanwhile, or where the system does not tell of the last change of
        status, which nobody can set back.
        """
        drift = time_ns() - self._clock - (monotonic_ns() - self._run)
        if os.stat not in os.supports_dir_fd or os.name != "posix" or abs(drift) > _TICK:
            return {}
        latest = self._clock - _TICK
        return {path: _firm_stamp(status) for path, status in status_of_each(root, paths)
                if max(status.st_ctime_ns, status.st_mtime_ns) < latest}  # fmt: skip


def same_stamps(root: Path, stamps: Mapping[str, str]) -> Iterator[str]:
    """Yield the paths at which the files lie that had these firm stamps, unchanged."""
    for path, status in status_of_each(root, stamps):
        if _firm_stamp(status) == stamps[path]:
            yield path


def _firm_stamp(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {status.st_dev}"


def stat_files(root: Path, folders: tuple[str, ...], names: tuple[str, ...]) -> dict[str, Stamp]:
    """The stamp of every YAML file below these folders, and of these files, by posix path from the root."""
    stamps: dict[str, Stamp] = {}
    waiting = list(folders)
    while waiting:
        folder = waiting.pop()
        with contextlib.suppress(OSError), os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                _look_at(entry, folder, waiting, stamps)
    for name in names:
        with contextlib.suppress(OSError):
            stamps[name] = _stamp((root / name).stat())
    return stamps


def _look_at(entry: os.DirEntry[str], folder: str, waiting: list[str], stamps: dict[str, Stamp]) -> None:
    name = entry.name
    if name.startswith("."):
        return
    if entry.is_dir(follow_symlinks=False):
        waiting.append(f"{folder}/{name}")
    elif is_yaml(name):
        try:
            stamps[f"{folder}/{name}"] = _stamp(entry.stat())
        except OSError:
            return  # gone meanwhile, or a link that leads nowhere


def _stamp(status: os.stat_result) -> Stamp:
    return (status.st_size, status.st_mtime_ns, status.st_ino)


def find_root(start: Path) -> Path:
    """The working folder that a place lies in: the nearest folder upwards with a granskning.yaml."""
    try:
        here = resolved(start)
    except OSError as error:
        raise UnreadableFileError(reason_of(error)) from error
    if not is_folder(here):
        raise _no_folder(start)
    for folder in (here, *here.parents):
        if os.path.lexists(folder / MARK):
            return folder
    for name in _MISNAMED:
        if os.path.lexists(here / name):
            message = N_("{folder} is no working folder: {name} must be called granskning.yaml")
            raise NotAWorkspaceError(message, N_("give the file that name"), folder=start, name=name)
    if find_collection(start) is not None:
        message = N_("{folder} is a collection of working folders, and this is done in one of them at a time")
        hint = N_("name one with -C FOLDER; of all of them together: granskning check, export and portfolio")
        raise NotAWorkspaceError(message, hint, folder=start)
    message = N_("{folder} is not a working folder, nor is any folder above it")
    hint = N_("a working folder has a granskning.yaml; make one with: granskning init FOLDER")
    raise NotAWorkspaceError(message, hint, folder=start)


def _no_folder(folder: Path) -> NotAWorkspaceError:
    """That a folder is not there: what was meant, if a file lies there or a folder has nearly that name."""
    nearest = folder.parent if exists(folder) else nearest_path(folder)
    message = N_("{folder} is a file, not a folder") if exists(folder) else N_("there is no folder {folder}")
    hint = MEANT if nearest and is_folder(nearest) else N_("see that the name is right")
    return NotAWorkspaceError(message, hint, folder=folder, suggestion=as_typed(str(nearest)))


def find_collection(start: Path) -> Path | None:
    """The collection that a place lies in; None where the nearest mark upwards is that of a working folder, or none."""
    try:
        here = resolved(start)
    except OSError:
        return None
    for folder in (here, *here.parents):
        if os.path.lexists(folder / COLLECTION):
            return folder
        if os.path.lexists(folder / MARK):
            return None
    return None


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
