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
from granskning.files import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_REPOSITORY = "-"
_POINTERS = ("packed-refs", "reftable/tables.list", "shallow", "info/grafts", "refs/replace", "config")
"""What can make the same commit be reached, or have, another history."""


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
    for name in _POINTERS:
        for folder in (own, common):
            try:
                status = (folder / name).stat()
            except (FileNotFoundError, NotADirectoryError):
                yield f"{name} -\n"
            else:
                yield f"{name} {status.st_size} {status.st_mtime_ns} {status.st_ino}\n"


def _text(path: Path) -> str:
    return read_whole(path, TEXT).decode("utf-8", "surrogateescape")
