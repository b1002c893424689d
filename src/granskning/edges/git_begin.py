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


def begin_repository(root: Path, name: str, address: str) -> None:
    """Make a repository where there is none, and set the name and address where git has none.

    Raises MissingPartError without git, and NotSavedError with what git said.
    """
    program = shutil.which("git")
    if program is None:
        raise MissingPartError(N_("git is not on this computer"), N_("install git; see: granskning doctor"))
    if _run(program, root, "rev-parse", "--is-inside-work-tree").returncode != 0:
        _must(program, root, "-c", "init.defaultBranch=main", "init", "--quiet")
    if _run(program, root, "var", "GIT_AUTHOR_IDENT").returncode != 0 or name:
        for key, value in (("user.name", name), ("user.email", address)):
            if value:
                _must(program, root, "config", "--local", key, value)


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
