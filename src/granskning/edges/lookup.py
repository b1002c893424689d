"""What lies at a name, for names that come from anywhere: typed by a user, sent by a browser, read from a file.

A name that no file system can hold (too long, with a zero byte, a link that leads to itself) has nothing lying at it.
`Path` raises for some of those, and for others in each version of Python, so nobody else asks a path for this.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.findings.suggestions import folded, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDINGS = re.compile(r"(\.[^\W\d]\w*)+$")
"""What follows a name and says what kind of file it is: it begins with a letter."""


def can_be_named(path: str) -> bool:
    """Whether a file system could hold the path: no zero byte, and no half of a character."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def exists(path: Path) -> bool:
    """Whether there is anything, where links lead."""
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: Path) -> bool:
    """Whether it is an ordinary file, or a link to one."""
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    """Whether it is a folder, or a link to one."""
    return os.path.isdir(path)  # noqa: PTH112


def is_link(path: Path) -> bool:
    """Whether it is a link, wherever that leads."""
    return os.path.islink(path)  # noqa: PTH114


def resolved(path: Path) -> Path:
    """The path without links and steps upwards, as far as there is anything; a name with a zero byte stays as it is."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:
        return path.absolute()


def home_expanded(path: Path) -> Path:
    """The path with ~ as the user's own folder; as it is where there is none."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def nearest_path(path: Path) -> Path | None:
    """The path that is there and was probably meant by one that is not; None where a part of it is like nothing.

    Each part is held against what lies where it should: first but for capitals and how its letters are written, then
    but for the file's ending, then what is most like it.
    """
    missing: list[str] = []
    here = path
    while not exists(here) and here.name:
        missing.append(here.name)
        here = here.parent
    for steps_left, part in zip(range(len(missing) - 1, -1, -1), reversed(missing), strict=True):
        name = part if exists(here / part) else _nearest_name(part, names_in(here, folders=steps_left > 0))
        if name is None:
            return None
        here /= name
    return here if missing else None


def names_in(folder: Path, *, folders: bool = False) -> list[str]:
    """What lies in a folder and is not hidden, or only the folders in it; nothing where that cannot be seen."""
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []
    return [name for name in names if not name.startswith(".") and (not folders or is_folder(folder / name))]


def _nearest_name(name: str, names: Sequence[str]) -> str | None:
    """The name that is the same but for what nobody sees, or but for its ending; else the one most like it."""
    stems = {_without_endings(other): other for other in reversed(names)}
    same = next((other for other in names if folded(other) == folded(name)), None)
    stem = _without_endings(name)
    return same or stems.get(stem) or stems.get(nearest(stem, list(stems)) or "")


def _without_endings(name: str) -> str:
    """A name without `.yaml` or `.yaml.txt`; the numbers of a version are no ending."""
    return _ENDINGS.sub("", folded(name))
