"""From a place on disk to a loaded workspace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles, find_root, read_file
from granskning.edges.lookup import is_folder
from granskning.edges.opening import read_stream
from granskning.errors import FileTooLargeError, UnreadableFileError, UsageError
from granskning.i18n import N_
from granskning.tasks.folder.chosen import choose
from granskning.tasks.folder.missing import with_what_was_meant
from granskning.uncollected import uncollected
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

    from granskning.files import FileKind, Files
    from granskning.tasks.folder.chosen import Chosen
    from granskning.workspace.load import CheckElsewhere
    from granskning.workspace.loaded import Loaded

MISSING_SET = "GR303"
"""A set, or a version of one, that the folder lacks: the finding for which git is asked."""


def open_workspace(
    start: Path, paths: Sequence[Path] = (), *, keep: bool = True, whole_strategies: bool = False
) -> tuple[Path, Loaded]:
    """Load the working folder that `start` lies in, or only what the named files and folders hold.

    With `whole_strategies`, a review that is named brings all reviews of its strategy along.

    Raises NotAWorkspaceError, and UsageError for a path that is not there or lies outside.
    """
    chosen = choose(start, paths, whole_strategies=whole_strategies)
    return chosen.root, load_chosen(chosen, FolderFiles(chosen.root), keep=keep)


def load_chosen(chosen: Chosen, files: Files, *, keep: bool, elsewhere: CheckElsewhere | None = None) -> Loaded:
    """Load what was chosen of a folder from its files; `elsewhere` may check reviews that are not kept."""
    with uncollected():
        loaded = load_files(files, only=chosen.only, keep=keep, elsewhere=elsewhere)
    if any(finding.rule.code == MISSING_SET for finding in loaded.findings):
        from granskning.tasks.folder.earlier_sets import name_commits  # noqa: PLC0415  # asks git, and only then

        loaded = replace(loaded, findings=name_commits(chosen.root, loaded.findings))
    return loaded


def read_input(folder: Path, name: Path, piped: BinaryIO, kind: FileKind) -> bytes:
    """The bytes of a file that a user names from a folder; `-` is what is piped in. Raises UnreadableFileError."""
    if str(name) == "-":
        return read_stream(piped, kind)
    try:
        return read_file(folder / name, kind)
    except FileTooLargeError:
        raise
    except UnreadableFileError as error:
        raise with_what_was_meant(error, folder / name) from error


def find_folder(start: Path) -> Path:
    """The working folder that a place lies in. Raises NotAWorkspaceError."""
    return find_root(start)


def is_bare_folder(folder: Path) -> bool:
    """Whether a folder has nothing in it that anybody would miss: a working folder can be begun there."""
    return is_folder(folder) and not any(not path.name.startswith(".") for path in folder.iterdir())


def require_settings(loaded: Loaded) -> None:
    """Raise UsageError when granskning.yaml has errors, since every report rests on what it says."""
    if not loaded.workspace.settings.criteria:
        message = N_("granskning.yaml has errors, so no report can be made")
        raise UsageError(message, N_("see: granskning check"))
