"""Which files of a working folder a user means: all of them, or what named files and folders hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles, find_collection, find_root
from granskning.edges.lookup import exists, is_folder, is_link, resolved
from granskning.errors import NotAWorkspaceError, UsageError
from granskning.i18n import N_
from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Chosen:
    """A working folder, and the paths in it that are asked for; None for all."""

    root: Path
    only: tuple[str, ...] | None


def choose(start: Path, paths: Sequence[Path] = (), *, whole_strategies: bool = False) -> Chosen:
    """The working folder that `start` lies in, and what the named files and folders hold.

    With `whole_strategies`, a review that is named brings all reviews of its strategy along.

    Raises NotAWorkspaceError, and UsageError for a path that is not there or lies outside.
    """
    root = _root(start, paths)
    files = FolderFiles(root)
    parts = [_expand(root, files, start / path) for path in paths]
    if not paths or None in parts:
        return Chosen(root, None)
    only = {path for part in parts for path in part or ()}
    if whole_strategies:
        beside = {"/".join(path.split("/")[:3]) for path in only if kind_of_file(path) == "review"}
        only |= {path for folder in beside for path in files.under(folder)}
    return Chosen(root, tuple(sorted(only)))


def collection_root(start: Path) -> Path | None:
    """The folder of the collection that a place lies in; None where a working folder is nearer, or nothing is."""
    return find_collection(start)


def _root(start: Path, paths: Sequence[Path]) -> Path:
    """The working folder, found from where the user stands, else from the first path named."""
    try:
        return find_root(start)
    except NotAWorkspaceError:
        if not paths or not exists(start / paths[0]):
            raise
        first = (start / paths[0]).absolute()
        return find_root(first if is_folder(first) else first.parent)


def _expand(root: Path, files: FolderFiles, path: Path) -> list[str] | None:
    """The files that a path stands for; None for the whole folder."""
    absolute = Path(path).absolute()
    if not exists(absolute) and not is_link(absolute):
        raise UsageError(N_("there is no file or folder {path}"), N_("see that the name is right"), path=path)
    try:
        relative = resolved(absolute).relative_to(root).as_posix()
    except ValueError:
        raise UsageError(N_("{path} lies outside the working folder {root}"), "", path=path, root=root) from None
    if relative == ".":
        return None
    if is_folder(absolute) and kind_of_file(relative) is None:
        return files.under(relative)
    return [relative]
