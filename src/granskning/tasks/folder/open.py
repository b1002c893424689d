"""From a place on disk to a loaded workspace."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles, find_root, read_file
from granskning.edges.lookup import exists, is_folder, is_link, resolved
from granskning.edges.opening import read_stream
from granskning.errors import NotAWorkspaceError, UsageError
from granskning.i18n import N_
from granskning.workspace.load import load_files
from granskning.workspace.schema.schema import MARK, kind_of_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import BinaryIO

    from granskning.files import FileKind
    from granskning.workspace.loaded import Loaded

_MISSING_SET = "GR303"


def open_workspace(
    start: Path, paths: Sequence[Path] = (), *, keep: bool = True, whole_strategies: bool = False
) -> tuple[Path, Loaded]:
    """Load the working folder that `start` lies in, or only what the named files and folders hold.

    With `whole_strategies`, a review that is named brings all reviews of its strategy along.

    Raises NotAWorkspaceError, and UsageError for a path that is not there or lies outside.
    """
    root = _root(start, paths)
    files = FolderFiles(root)
    only = None
    if paths:
        chosen = [_expand(root, files, start / path) for path in paths]
        only = None if any(part is None for part in chosen) else sorted({p for part in chosen if part for p in part})
    if only is not None and whole_strategies:
        beside = {"/".join(path.split("/")[:3]) for path in only if kind_of_file(path) == "review"}
        only = sorted({*only, *(path for folder in beside for path in files.under(folder))})
    collecting = gc.isenabled()
    gc.disable()  # thousands of small values, none of them in circles: collecting costs a fifth and frees nothing
    try:
        loaded = load_files(files, only=only, keep=keep)
    finally:
        if collecting:
            gc.enable()
    if any(finding.rule.code == _MISSING_SET for finding in loaded.findings):
        from granskning.tasks.folder.earlier_sets import name_commits  # noqa: PLC0415  # asks git, and only then

        loaded = replace(loaded, findings=name_commits(root, loaded.findings))
    return root, loaded


def read_input(folder: Path, name: Path, piped: BinaryIO, kind: FileKind) -> bytes:
    """The bytes of a file that a user names from a folder; `-` is what is piped in. Raises UnreadableFileError."""
    return read_stream(piped, kind) if str(name) == "-" else read_file(folder / name, kind)


def find_folder(start: Path) -> Path:
    """The working folder that a place lies in. Raises NotAWorkspaceError."""
    return find_root(start)


def is_bare_folder(folder: Path) -> bool:
    """Whether a folder has nothing in it that anybody would miss: a working folder can be begun there."""
    return is_folder(folder) and not any(not path.name.startswith(".") for path in folder.iterdir())


def _root(start: Path, paths: Sequence[Path]) -> Path:
    """The working folder, found from where the user stands, else from the first path named."""
    try:
        return find_root(start)
    except NotAWorkspaceError:
        if not paths or not exists(start / paths[0]):
            raise
        first = (start / paths[0]).absolute()
        return find_root(first if is_folder(first) else first.parent)


def role_titles(start: Path) -> dict[str, Mapping[str, str]]:
    """What the roles of the working folder are called, by id. Raises NotAWorkspaceError."""
    _, loaded = open_workspace(start, [find_root(start) / MARK])
    return loaded.workspace.settings.role_titles


def require_settings(loaded: Loaded) -> None:
    """Raise UsageError when granskning.yaml has errors, since every report rests on what it says."""
    if not loaded.workspace.settings.criteria:
        message = N_("granskning.yaml has errors, so no report can be made")
        raise UsageError(message, N_("see: granskning check"))


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
