"""What a repository stands at, told without starting git: whether what git said before is what it would say now.

The history behind a commit never changes; which commit that is stands in a few small files (gitrepository-layout(5)).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

from granskning.edges.lookup import exists, is_file, is_folder, resolved
from granskning.edges.opening import read_whole
from granskning.files import REPORT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_REPOSITORY = "-"
_POINTERS = ("packed-refs", "reftable/tables.list", "shallow", "info/grafts", "config")
"""What can make another commit be the newest, or the same one have another history."""
_REPLACED = "refs/replace"
"""The folder of commits that others stand in for."""


def repository_state(root: Path) -> str:
    """A text that is another as soon as the repository of a folder stands at another commit.

    `NO_REPOSITORY` where the folder lies in none. Raises OSError or UnreadableFileError where that cannot be known.
    """
    here = resolved(root)
    top = next((folder for folder in (here, *here.parents) if os.path.lexists(folder / ".git")), None)
    if top is None:
        return NO_REPOSITORY
    own = top / ".git"
    if not is_folder(own):
        own = top / _text(own).removeprefix("gitdir:").strip()
    pointer = own / "commondir"
    common = own / _text(pointer).strip() if exists(pointer) else own
    known = hashlib.sha256(os.fsencode(f"{shutil.which('git')}\0{own}"))
    for line in _lines(own, common):
        known.update(line.encode("utf-8", "surrogateescape"))
    return known.hexdigest()


def _lines(own: Path, common: Path) -> Iterator[str]:
    """Yield what the newest commit is told by, of a worktree's own folder and of the one that all worktrees share."""
    head = _text(own / "HEAD")
    yield head
    branch = head.removeprefix("ref:").strip()
    for place in (own / branch, common / branch):
        if head.startswith("ref:") and is_file(place):
            yield _text(place)
    for folder in (own, common):
        replaced = sorted((folder / _REPLACED).iterdir()) if is_folder(folder / _REPLACED) else []
        for path in (*(folder / name for name in _POINTERS), *replaced):
            yield f"\0{path.name}\0{_text(path) if is_file(path) else '-'}"


def _text(path: Path) -> str:
    return read_whole(path, REPORT).decode("utf-8", "surrogateescape")
