"""What a folder, a commit and an unsaved form have in common: paths with bytes. One pipeline, several sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from granskning.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ABSOLUTE = re.compile(r"/|[A-Za-z]:")


class FileKind(NamedTuple):
    """What a file is read as, and how many bytes of it are read at most."""

    most: int


TEXT = FileKind(4 << 20)
"""What people write in YAML: a review of 600 questions with long quotations takes one megabyte."""
TEMPLATE = FileKind(3_000_000)
"""A template, a style sheet, a font, or a picture in a report."""
TABLE = FileKind(64 << 20)
"""A workbook or a CSV file: ten thousand answers take five megabytes."""
REPORT = FileKind(256 << 20)
"""What was made earlier: a PDF with its sources, an archive, a build record."""
DOCUMENT = FileKind(1 << 30)
"""A strategy's document, which is only read through for its checksum: a scanned plan takes some hundred megabytes."""


class Files(Protocol):
    """Read access to a working folder. Paths are posix paths from its root."""

    def under(self, folder: str) -> list[str]:
        """The YAML files below a folder, sorted, and folders that may not be read; hidden ones left out."""

    def names(self, folder: str) -> list[str]:
        """The names of all that lies in a folder (the root is the empty one), sorted; those of folders end in /."""

    def exists(self, path: str) -> bool:
        """Whether there is anything at the path."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises UnreadableFileError (FileTooLargeError among them), never anything else."""

    def fingerprint(self, path: str) -> tuple[int, str] | None:
        """Size in bytes and SHA-256 of a document, or None when it is not there.

        Raises UnreadableFileError for what is there and cannot be read.
        """


class HeldFiles:
    """Files held in memory: a commit, a form, a test."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = dict(contents)
        self._folders = names_by_folder(self._contents)

    def under(self, folder: str) -> list[str]:
        """The YAML files below a folder, sorted."""
        prefix = f"{folder}/" if folder else ""
        return sorted(path for path in self._contents if path.startswith(prefix) and is_yaml(path))

    def names(self, folder: str) -> list[str]:
        """The names in a folder."""
        return sorted(self._folders.get(folder, ()))

    def exists(self, path: str) -> bool:
        """Whether there is anything at the path."""
        return path in self._contents or path in self._folders

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        try:
            return self._contents[path]
        except KeyError:
            raise UnreadableFileError("there is no file {file}", file=path) from None

    def fingerprint(self, path: str) -> tuple[int, str] | None:
        """Size and SHA-256."""
        from hashlib import sha256  # noqa: PLC0415  # only for kept documents

        if path in self._folders:
            raise UnreadableFileError("it is a folder, not a file")
        data = self._contents.get(path)
        return None if data is None else (len(data), sha256(data).hexdigest())


class OverlaidFiles:
    """Other files with some contents of its own laid over them: a folder as it would be after an edit."""

    def __init__(self, files: Files, contents: Mapping[str, bytes]) -> None:
        self._files = files
        self._held = HeldFiles(contents)
        self._contents = contents

    def under(self, folder: str) -> list[str]:
        """The YAML files below a folder, sorted."""
        return sorted({*self._files.under(folder), *self._held.under(folder)})

    def names(self, folder: str) -> list[str]:
        """The names in a folder."""
        return sorted({*self._files.names(folder), *self._held.names(folder)})

    def exists(self, path: str) -> bool:
        """Whether there is anything at the path."""
        return self._held.exists(path) or self._files.exists(path)

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return (self._held if path in self._contents else self._files).read(path)

    def fingerprint(self, path: str) -> tuple[int, str] | None:
        """Size and SHA-256."""
        return (self._held if path in self._contents else self._files).fingerprint(path)


def names_by_folder(paths: Iterable[str]) -> dict[str, set[str]]:
    """By folder the names of what lies in it, those of folders ending in /; the root is the empty one."""
    folders: dict[str, set[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        while folder not in folders and folder:
            folders[folder] = {name}
            folder, _, name = folder.rpartition("/")
            name += "/"
        folders.setdefault(folder, set()).add(name)
    return folders


def kind_by_name(path: str) -> FileKind:
    """What a file in a working folder is read as, told by its name."""
    return TEXT if is_yaml(path) else REPORT


def is_yaml(path: str) -> bool:
    """Whether the name is that of a YAML file."""
    return path.endswith((".yaml", ".yml"))


def is_plain(path: str) -> bool:
    """Whether a path that stands in a file stays below the folder it is meant from, by its words alone.

    Relative, in posix form, without empty, `.` or `..` steps. Every path that is read from data is asked this before
    it is used; whether links lead out is for the disk to tell.
    """
    steps = path.split("/")
    return not (_ABSOLUTE.match(path) or "\\" in path or "\0" in path or {"", ".", ".."} & set(steps))
