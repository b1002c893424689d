"""What a repository stands at, told without starting git: whether what git said before is what it would say now.

The history behind a commit never changes; which commit that is stands in a few small files (gitrepository-layout(5)).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

from granskning.edges.lookup import is_folder, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_REPOSITORY = "-"
_POINTERS = ("packed-refs", "reftable/tables.list", "shallow", "info/grafts", "refs/replace", "config")
"""What can make the same commit be reached, or have, another history."""


def git_state(root: Path) -> str:
    """A text that is another as soon as the repository of a folder stands at another commit.

    `NO_REPOSITORY` where the folder lies in none. Raises OSError where that cannot be told.
    """
    here = resolved(root)
    top = next((folder for folder in (here, *here.parents) if os.path.lexists(folder / ".git")), None)
    if top is None:
        return NO_REPOSITORY
    own = top / ".git"
    if not is_folder(own):
        own = top / own.read_text("utf-8", "surrogateescape").removeprefix("gitdir:").strip()
    pointer = own / "commondir"
    common = own / pointer.read_text("utf-8", "surrogateescape").strip() if pointer.exists() else own
    known = hashlib.sha256(os.fsencode(f"{shutil.which('git')}\0{own}"))
    for line in _stand(own, common):
        known.update(line.encode("utf-8", "surrogateescape"))
    return known.hexdigest()


def _stand(own: Path, common: Path) -> Iterator[str]:
    head = (own / "HEAD").read_text("utf-8", "surrogateescape")
    yield head
    branch = head.removeprefix("ref:").strip()
    for place in (own / branch, common / branch):
        if head.startswith("ref:") and place.is_file():
            yield place.read_text("utf-8", "surrogateescape")
    for name in _POINTERS:
        for folder in (own, common):
            try:
                status = (folder / name).stat()
            except FileNotFoundError:
                yield f"{name} -\n"
            else:
                yield f"{name} {status.st_size} {status.st_mtime_ns} {status.st_ino}\n"
