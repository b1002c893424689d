"""Files as they were at a commit, read from git without looking at any file on disk."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from granskning.edges.git import run_git

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40,64}\Z")
_PATH = re.compile(r"[^\0\n]+\Z")


def read_at(root: Path, commit: str, paths: Iterable[str]) -> dict[str, bytes | None] | None:
    """Each file as the commit has it, None where it has none; None for all where git or the commit is not here.

    Paths are posix paths from `root`, which may lie within the repository.
    """
    git = shutil.which("git")
    if git is None or not _COMMIT.match(commit):
        return None
    if run_git(git, root, "cat-file", "-e", f"{commit}^{{commit}}") is None:
        return None
    inside = [path for path in paths if _PATH.match(path) and ".." not in path.split("/")]
    return {path: run_git(git, root, "cat-file", "blob", f"{commit}:./{path}") for path in inside}
