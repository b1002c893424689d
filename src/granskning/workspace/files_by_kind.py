"""The files of a folder that a piece of work needs: all of some kinds, or all of some strategies.

A folder may have thousands of reviews, and most work concerns one strategy, or the criteria alone: what it does not
need is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from collections.abc import Collection

    from granskning.files import Files

_OF_CRITERIA = {"criteria", "indicator"}
"""The kinds that lie in `criteria`."""


def files_of_kinds(files: Files, *kinds: str) -> list[str]:
    """The paths of all files of these kinds, by their places in the folder."""
    folders = ("criteria",) if set(kinds) <= _OF_CRITERIA else ("criteria", "strategies")
    return [path for folder in folders for path in files.under(folder) if kind_of_file(path) in kinds]


def files_of_strategies(files: Files, names: Collection[str]) -> list[str]:
    """The paths of all that lies in these strategies' folders: their own files, reviews and actions."""
    return [path for path in files.under("strategies") if path.split("/")[1] in names]
