"""Makes a repository of a folder for somebody who does not know git, and tells git who they are there alone."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from granskning.edges.git_command import git_limit
from granskning.edges.programs import run_program
from granskning.errors import MissingPartError, NotSavedError
from granskning.i18n import N_

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

_SECONDS = 60.0


def has_git() -> bool:
    """Whether git is on this computer."""
    return shutil.which("git") is not None


def begin_repository(root: Path, name: str = "", address: str = "") -> bool:
    """Make a repository where there is none, and set the name and address where git has none; whether it was made.

    Raises MissingPartError without git, and NotSavedError with what git said.
    """
    program = shutil.which("git")
    if program is None:
        raise MissingPartError(N_("git is not on this computer"), N_("install git; see: granskning doctor"))
    is_new = not is_in_repository(root)
    if is_new:
        _must(program, root, "-c", "init.defaultBranch=main", "init", "--quiet")
    if name or (address and author_of(root) is None):
        for key, value in (("user.name", name), ("user.email", address)):
            if value:
                _must(program, root, "config", "--local", key, value)
    return is_new


def is_in_repository(root: Path) -> bool:
    """Whether git keeps versions of the folder: it lies in a repository, and git is here."""
    program = shutil.which("git")
    return program is not None and _run(program, root, "rev-parse", "--is-inside-work-tree").returncode == 0


def author_of(root: Path) -> str | None:
    """Who saves versions in the folder, as git has it: name and address; None where it does not know."""
    program = shutil.which("git")
    if program is None:
        return None
    done = _run(program, root, "var", "GIT_AUTHOR_IDENT")
    if done.returncode != 0:
        return None
    return done.stdout.decode("utf-8", "replace").strip().rsplit(" ", 2)[0]


def _must(program: str, root: Path, *words: str) -> None:
    done = _run(program, root, *words)
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip() or "?"
        raise NotSavedError(N_("git did not save: {reason}"), N_("nothing is lost; the files are as they were"),
                            reason=reason)  # fmt: skip


def _run(program: str, root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_DIR")}
    ours = {"GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true", "LC_ALL": "C.UTF-8"}
    return run_program([program, *words], git_limit(_SECONDS), folder=root, environment={**kept, **ours}, given=b"")
