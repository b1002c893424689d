"""A folder of outputs that is made anew beside the old one and then takes its place: whole, or not at all.

Nothing is replaced but an empty folder, or one with the mark that such a folder is made with.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.edges.claim import claimed, clear_leftovers, remove, temporary_name
from granskning.edges.disk import read_file
from granskning.edges.lookup import is_folder
from granskning.edges.writing import write_refused
from granskning.errors import UsageError
from granskning.files import REPORT
from granskning.i18n import N_
from granskning.interruption import note_written, uninterrupted

if TYPE_CHECKING:
    from collections.abc import Iterator


def require_own_folder(path: Path, mark: str) -> None:
    """Raise UsageError for a place where something else lies than a folder of such outputs."""
    if not os.path.lexists(path):
        return
    is_ours = is_folder(path) and (os.path.lexists(path / mark) or not any(path.iterdir()))
    if not is_ours or os.path.islink(path):  # noqa: PTH114
        message = N_("{folder} is no folder of tables that was made here, so it is not replaced")
        raise UsageError(message, N_("name another folder with -o, or move it away"), folder=path)


@contextlib.contextmanager
def swapped_folder(path: Path, mark: str) -> Iterator[Path]:
    """A new folder to be filled, which then takes the place of the old one. Raises WriteRefusedError."""
    made = before = None
    try:
        with claimed(path):
            require_own_folder(path, mark)
            clear_leftovers(path.parent, [path])
            made, before = temporary_name(path), temporary_name(path)
            made.mkdir()
            yield made
            with uninterrupted():
                _swap(path, made, before)
    except OSError as error:
        raise write_refused(path, error) from error
    finally:
        for leftover in filter(None, (made, before)):
            remove(leftover)


def _swap(path: Path, made: Path, before: Path) -> None:
    if os.path.lexists(path):
        path.rename(before)
    try:
        made.rename(path)
    except OSError:
        if os.path.lexists(before):
            before.rename(path)
        raise
    note_written([path])


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, in a folder that is being made. Raises WriteRefusedError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise write_refused(path, error) from error


def size_of(path: Path) -> int | None:
    """How many bytes a file has; None where there is none."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return None


def take_over(old: Path, new: Path, part: str) -> None:
    """Have the files of one part (`organisation=a`) of every table in the new folder as they are in the old one.

    They are linked, and copied where links cannot be made: they are never written to. Raises WriteRefusedError.
    """
    try:
        for table in sorted(old.iterdir()):
            for base, _, names in os.walk(table / part):
                target = new / Path(base).relative_to(old)
                target.mkdir(parents=True)
                for name in names:
                    _link(Path(base) / name, target / name)
    except OSError as error:
        raise write_refused(new, error) from error


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        target.write_bytes(read_file(source, REPORT))
