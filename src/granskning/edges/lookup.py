"""What lies at a name, for names that come from anywhere: typed by a user, sent by a browser, read from a file.

A name that no file system can hold (too long, with a zero byte, a link that leads to itself) has nothing lying at it.
`Path` raises for some of those, and for others in each version of Python, so nobody else asks a path for this.
"""

from __future__ import annotations

import os
from pathlib import Path


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
