"""The files of a folder that a piece of work needs: all of some kinds, or all of some strategies.

A folder may have thousands of reviews, and most work concerns one strategy, or the criteria alone: what it does not
need is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.errors import UnreadableFileError
from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from granskning.files import Files

_OF_CRITERIA = {"criteria", "indicator"}
"""The kinds that lie in `criteria`."""


def files_of_kinds(files: Files, *kinds: str) -> list[str]:
    """The paths of all files of these kinds, by their places in the folder."""
    folders = ("criteria",) if set(kinds) <= _OF_CRITERIA else ("criteria", "strategies")
    return [path for folder in folders for path in files.under(folder) if kind_of_file(path) in kinds]


def files_of_strategies(files: Files, names: Collection[str]) -> list[str]:
    """The paths of all that lies in these strategies' folders, and of reviews elsewhere that have one of their names.

    A review in another strategy's folder is a fault that check tells of, but it counts: so every review's bytes are
    looked through for the names, which takes a tenth of understanding it. Such a name may stand there for another
    reason; then a review is read too many.
    """
    sought = [name.encode() for name in names]
    return [
        path
        for path in files.under("strategies")
        if path.split("/")[1] in names or (kind_of_file(path) == "review" and _has_any(files, path, sought))
    ]


def _has_any(files: Files, path: str, sought: Sequence[bytes]) -> bool:
    try:
        data = files.read(path)
    except UnreadableFileError:
        return False
    return any(name in data for name in sought)
