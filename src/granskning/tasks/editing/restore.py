"""Earlier versions of one file, and one of them put back in its place. What stood there is saved as a version first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.git_at import read_at
from granskning.edges.git_command import Git
from granskning.edges.git_log import find_tip, read_log
from granskning.edges.writing import write_guarded
from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.editing.commit import save_version, show_unsaved
from granskning.tasks.folder.save import open_file

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.i18n import Translator

_MOST = 200


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A version of a file: when it was saved, by whom, and with what words."""

    commit: str
    date: str
    author: str
    subject: str


def versions_of_file(root: Path, file: str) -> tuple[FileVersion, ...]:
    """The versions in which a file changed, the latest first. Raises NoHistoryError where there are none to ask for."""
    git = Git(root)
    log = read_log(git, [file], find_tip(git))
    changed = [
        commit for commit in log.commits if any(change.path == file and change.blob for change in commit.changes)
    ]
    return tuple(
        FileVersion(commit.id, commit.date, commit.author, commit.subject) for commit in reversed(changed[-_MOST:])
    )


def restore_version(root: Path, file: str, commit: str, t: Translator) -> None:
    """Put the version back in its place; what stands there now is saved as a version first.

    Raises UsageError where there is no such version, and what git raises where nothing can be saved.
    """
    clear_all_leftovers(root)
    if commit not in {version.commit for version in versions_of_file(root, file)}:
        raise UsageError(N_("there is no such version of {file}"), "", file=file)
    contents = read_at(root, commit, [file]) or {}
    data = contents.get(file)
    if data is None:
        raise UsageError(N_("there is no such version of {file}"), "", file=file)
    if open_file(root / file)[0] == data:
        return
    if file in show_unsaved(root, t).files:
        save_version(root, t("Before an earlier version was put back"), t)
    write_guarded(root / file, data, open_file(root / file)[1])
