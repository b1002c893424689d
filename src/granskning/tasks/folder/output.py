"""Whether an output may be written where the user says.

Never over the working folder's own files, whatever their spelling, and under a name whose ending tells what it is.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from granskning.edges.disk import COLLECTION, MARK, find_collection, find_root, place_in
from granskning.edges.lookup import is_folder, resolved
from granskning.errors import NotAWorkspaceError, UsageError
from granskning.i18n import N_

_SOURCES = frozenset({"criteria", "strategies", "templates"})
"""The folders that hold what people have written. Hidden ones are git's, the editor's and our own."""
_FILES = frozenset({MARK, COLLECTION})
_BUILD, _ZIP = "build", ".zip"
_ALIKE = (
    frozenset({".html", ".htm"}),
    frozenset({".sqlite", ".sqlite3", ".db"}),
    frozenset({".csv", ".tsv", ".txt"}),
)
"""Endings that mean the same form."""


def default_output(start: Path, name: str) -> Path:
    """Where an output goes when nothing is said: into build/ of the working folder or collection. Seen from `start`."""
    root = find_collection(start) or find_root(start)
    place_in(root, f"{_BUILD}/{name}")
    return Path(os.path.relpath(root, resolved(start))) / _BUILD / name


def require_output(start: Path, path: Path, ending: str) -> None:
    """Raise UsageError unless a file of that ending may be written there; the path is seen from `start`."""
    _refuse_sources(start, path)
    own = path.suffix.lower()
    alike = next((group for group in _ALIKE if ending in group), frozenset({ending}))
    if own not in alike:
        message = N_("{file} does not end in {ending}, which is what would be written")
        hint = N_("give the file an ending of its form, or choose the form with --format; - means standard output")
        if ending == _ZIP:
            hint = N_("several tables come in a zip file; name it .zip, or choose one table with --table")
        raise UsageError(message, hint, file=path, ending=ending)


def require_output_folder(start: Path, path: Path) -> None:
    """Raise UsageError unless outputs may be written into that folder."""
    _refuse_sources(start, path)
    place = Path(os.path.realpath(start / path))
    root = _root_of(start)
    if root is not None and root.is_relative_to(place):
        message = N_("the outputs would lie around the working folder's own files in {folder}")
        raise UsageError(message, N_("choose a folder of their own, such as build/"), folder=path)


def _refuse_sources(start: Path, path: Path) -> None:
    """Raise for a path that is, or by a link leads, among the own files of any working folder."""
    literal = Path(os.path.realpath((start / path).parent)) / path.name
    for place in (literal, Path(os.path.realpath(literal))):
        root = _root_of(place.parent)
        if root is None:
            continue
        steps = [unicodedata.normalize("NFC", step).casefold() for step in place.relative_to(root).parts]
        if steps and (steps[0] in _SOURCES | _FILES or steps[0].startswith(".")):
            message = N_("{file} is or lies among the working folder's own files, and no output is written there")
            raise UsageError(message, N_("write it to build/, or outside of the working folder"), file=path)


def _root_of(place: Path) -> Path | None:
    """The working folder or collection that a place lies in, whether it is there yet or not."""
    there = next(folder for folder in (place, *place.parents) if is_folder(folder))
    try:
        return find_collection(there) or find_root(there)
    except NotAWorkspaceError:
        return None
