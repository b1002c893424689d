"""Which files of a working folder a user means: all of them, or what named files and folders hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from granskning.edges.disk import FolderFiles, find_collection, find_root
from granskning.edges.lookup import exists, is_folder, is_link, resolved
from granskning.errors import NotAWorkspaceError, UsageError
from granskning.findings.suggestions import MEANT, KnownNames
from granskning.i18n import N_
from granskning.tasks.folder.missing import no_such_path, strategy_names
from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Chosen(NamedTuple):
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
    parts = [_expand(root, files, start, paths[number:]) for number in range(len(paths))]
    if not paths or None in parts:
        return Chosen(root, None)
    only = {path for part in parts for path in part or ()}
    if whole_strategies:
        beside = {"/".join(path.split("/")[:3]) for path in only if kind_of_file(path) == "review"}
        only |= {path for folder in beside for path in files.under(folder)}
    return Chosen(root, tuple(sorted(only)))


def require_reviews(start: Path, paths: Sequence[Path]) -> None:
    """Raise UsageError for a path where no review can lie: another kind of file, or a folder of other things."""
    root = _root(start, paths)
    files = FolderFiles(root)
    for number, path in enumerate(paths):
        lying = _expand(root, files, start, paths[number:])
        parts = () if lying is None else resolved(start / path).relative_to(root).parts
        may_hold_some = not parts or (parts[0] == "strategies" and is_folder(start / path))
        if may_hold_some or kind_of_file("/".join(parts)) == "review":
            continue
        message, names = N_("{path} holds no review"), strategy_names(files)
        if parts[0] == "strategies" and parts[1] in names:
            raise UsageError(message, MEANT, path=path, suggestion=parts[1])
        raise UsageError(message, N_("strategies: {known}"), path=path, known=KnownNames(names))


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


def _expand(root: Path, files: FolderFiles, start: Path, paths: Sequence[Path]) -> list[str] | None:
    """The files that the first of the paths stands for; None for the whole folder."""
    path, *following = paths
    absolute = (start / path).absolute()
    if not exists(absolute) and not is_link(absolute):
        raise no_such_path(start, path, files, following=following)
    try:
        relative = resolved(absolute).relative_to(root).as_posix()
    except ValueError:
        raise UsageError(N_("{path} lies outside the working folder {root}"), "", path=path, root=root) from None
    if relative == ".":
        return None
    if is_folder(absolute) and kind_of_file(relative) is None:
        return files.under(relative)
    return [relative]
