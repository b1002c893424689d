"""Files as they were at a commit, read from git without looking at any file on disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.edges.git_command import Git
from granskning.errors import GranskningError
from granskning.files import is_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40,64}\Z")
_RAW = (
    *("log", "--format=", "--raw", "--no-abbrev", "--full-history", "-m", "--no-renames", "--no-ext-diff"),
    *("HEAD", "--"),
)
_MOST_VERSIONS = 1_000
_MOST_MERGES = 20
_PATH = re.compile(r"[^\0\n]+\Z")


def read_at(root: Path, commit: str, paths: Iterable[str]) -> dict[str, bytes | None] | None:
    """Each file as the commit has it, None where it has none; None for all where git or the commit is not here.

    Paths are posix paths from `root`, which may lie within the repository.
    """
    git = _git(root)
    if git is None or not _COMMIT.match(commit) or git.try_ask("cat-file", "-e", f"{commit}^{{commit}}") is None:
        return None
    return {path: git.try_ask("cat-file", "blob", f"{commit}:./{path}") for path in paths if _is_inside(path)}


def versions_of(root: Path, path: str) -> Iterator[bytes]:
    """Every content that a file has had in the history of the newest commit, newest first.

    Where branches were merged, the last commit that touched some files need not have the others as they are now.
    """
    git = _git(root)
    if git is None or not _is_inside(path):
        return
    told = (git.try_ask(*_RAW, f"./{path}") or b"").decode("ascii", "replace")
    blobs = dict.fromkeys(line.split()[3] for line in told.splitlines() if line.startswith(":"))
    for blob in list(blobs)[:_MOST_VERSIONS]:
        data = git.try_ask("cat-file", "blob", blob) if blob.strip("0") else None
        if data is not None:
            yield data


def later_merges(root: Path, commit: str) -> list[str]:
    """The merges that came after a commit and hold it, the oldest first; not endlessly many."""
    git = _git(root)
    if git is None or not _COMMIT.match(commit):
        return []
    told = git.try_ask("rev-list", "--merges", "--ancestry-path", "--reverse", f"{commit}..HEAD", "--")
    return (told or b"").decode("ascii", "replace").split()[:_MOST_MERGES]


def _git(root: Path) -> Git | None:
    try:
        return Git(root)
    except GranskningError:
        return None


def _is_inside(path: str) -> bool:
    return bool(_PATH.match(path)) and is_plain(path)
