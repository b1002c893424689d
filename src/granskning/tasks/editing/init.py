"""Make a new working folder: criteria, settings for editor and git, and, if asked, the example strategies."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from granskning.edges import machine
from granskning.edges.disk import read_file
from granskning.edges.lookup import is_file
from granskning.edges.writing import FileWrite, write_atomic, write_files
from granskning.errors import UsageError, WriteRefusedError
from granskning.files import HeldFiles
from granskning.findings.suggestions import advice_on
from granskning.i18n import N_
from granskning.shipped import criteria_folder, framework_names, frameworks_folder, strategies_folder
from granskning.tasks.folder.save import schema_writes, schemas_lacking
from granskning.workspace import starter
from granskning.workspace.load import load_workspace
from granskning.workspace.schema.kinds import MARK
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from granskning.i18n import Translator


def init_workspace(folder: Path, t: Translator, *, example: bool, framework: str | None = None) -> list[Path]:
    """Make the working folder and return what was written, in order. `framework` is one of the gallery's.

    An existing folder is used as it is, and nothing in it is overwritten. If anything cannot be written, what was
    written is taken away again.
    """
    contents = dict(_contents(t, example=example, framework=framework))
    there = [name for name in contents if os.path.lexists(folder / name)]
    if there:
        message = N_("{file} is there already and is not overwritten")
        hint = N_("choose an empty folder")
        if MARK in there:
            hint = N_("choose an empty folder; what this one lacks is added by: granskning init --missing")
        raise WriteRefusedError(message, hint, file=folder / there[0])
    writes = [FileWrite(folder / name, data, is_new=True) for name, data in contents.items()]
    writes += schema_writes(folder, load_workspace(HeldFiles(contents)))
    write_files(writes)
    return [write.path for write in writes]


def complete_workspace(root: Path, t: Translator) -> list[Path]:
    """Write what a working folder that was made by hand lacks, and return it: what git and the editor read.

    Nothing is overwritten.
    """
    if not is_file(root / MARK):
        message = N_("{folder} is no working folder: granskning.yaml is missing")
        raise UsageError(message, N_("make one there without --missing"), folder=root)
    texts = starter.files(t)
    lacking = [name for name in starter.OF_THE_COMPUTER if not os.path.lexists(root / name)]
    writes = [FileWrite(root / name, texts[name].encode(), is_new=True) for name in lacking]
    writes += schemas_lacking(root)
    write_files(writes)
    return [write.path for write in writes]


def write_git_settings(root: Path, t: Translator) -> list[Path]:
    """Write what git reads where it is missing, before git looks at the folder for the first time."""
    texts = starter.files(t)
    lacking = [name for name in starter.OF_GIT if not os.path.lexists(root / name)]
    write_files([FileWrite(root / name, texts[name].encode(), is_new=True) for name in lacking])
    return [root / name for name in lacking]


def write_start_file(root: Path) -> Path:
    """Write the file that opens the page by a double-click, over one that is there: it is of this computer alone."""
    name, text = starter.start_file(machine.system(), sys.executable, str(root.absolute()))
    write_atomic(root / name, text.encode())
    machine.allow_to_start(root / name)
    return root / name


def _contents(t: Translator, *, example: bool, framework: str | None) -> Iterator[tuple[str, bytes]]:
    source = _framework(framework) if framework is not None else None
    settings = _settings_of(source) if source is not None else {}
    for name, text in starter.files(t, **settings, example=example).items():
        yield name, text.encode()
    if source is not None:
        yield from _tree(source / "criteria", "criteria")
        yield from _tree(source / "strategies", "strategies")
    else:
        yield from _tree(criteria_folder(), "criteria")
    if example:
        yield from _tree(strategies_folder(), "strategies")


def _framework(name: str) -> Path:
    """The folder of a framework of the gallery. Raises UsageError where there is none of that name."""
    known = framework_names()
    if name in known:
        return frameworks_folder() / name
    message = N_("the gallery has no framework {name}")
    raise UsageError(message, **advice_on(name, known, N_("the gallery has {known}")), name=name)


def _settings_of(source: Path) -> dict[str, str]:
    """The criteria set and the language that a framework's own settings name."""
    text = decode(read_file(source / MARK))
    values = read(text).value if isinstance(text, str) else {}
    return {"criteria": values["criteria"], "language": values.get("language", "sv")}


def _tree(source: Path, name: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(source.rglob("*")):
        if is_file(path) and not any(part.startswith((".", "__")) for part in path.relative_to(source).parts):
            yield f"{name}/{path.relative_to(source).as_posix()}", read_file(path)
