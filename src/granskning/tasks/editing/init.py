"""Make a new working folder: criteria, settings for editor and git, and, if asked, the example strategies."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from granskning.edges.disk import read_file
from granskning.edges.lookup import is_file
from granskning.edges.writing import FileWrite, write_files
from granskning.errors import WriteRefusedError
from granskning.files import HeldFiles
from granskning.i18n import N_
from granskning.shipped import criteria_folder, strategies_folder
from granskning.tasks.folder.save import schema_writes
from granskning.workspace import starter
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from granskning.i18n import Translator


def init_workspace(folder: Path, t: Translator, *, example: bool) -> list[Path]:
    """Make the working folder and return what was written, in order.

    An existing folder is used as it is, and nothing in it is overwritten. If anything cannot be written, what was
    written is taken away again.
    """
    contents = dict(_contents(t, example=example))
    there = [name for name in contents if os.path.lexists(folder / name)]
    if there:
        message = N_("{file} is there already and is not overwritten")
        raise WriteRefusedError(message, N_("choose an empty folder"), file=folder / there[0])
    writes = [FileWrite(folder / name, data, is_new=True) for name, data in contents.items()]
    writes += schema_writes(folder, load_files(HeldFiles(contents)).workspace)
    write_files(writes)
    return [write.path for write in writes]


def _contents(t: Translator, *, example: bool) -> Iterator[tuple[str, bytes]]:
    for name, text in starter.files(t).items():
        yield name, text.encode()
    yield from _tree(criteria_folder(), "criteria")
    if example:
        yield from _tree(strategies_folder(), "strategies")


def _tree(source: Path, name: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(source.rglob("*")):
        if is_file(path) and not any(part.startswith((".", "__")) for part in path.relative_to(source).parts):
            yield f"{name}/{path.relative_to(source).as_posix()}", read_file(path)
