"""Folders on disk for the doors that need one: made once, and made again when an input has changed them."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fuzz.judge import print_of
from fuzz.yaml_doors import BASE

_WHO = {f"GIT_{who}_{what}": "prov" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
_QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


@dataclass
class Folder:
    """A copy of the sound base workspace, with or without a history in git."""

    in_git: bool = False

    @cached_property
    def _above(self) -> Path:
        made = Path(tempfile.mkdtemp(prefix="fuzz-"))
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        shutil.copytree(BASE, made / "mall", copy_function=shutil.copyfile)
        if self.in_git:
            _begin(made / "mall")
        return made

    @cached_property
    def _sound(self) -> str:
        return print_of(self.root, leave=())

    @cached_property
    def root(self) -> Path:
        """Where it lies."""
        root = self._above / "arbetsmapp"
        shutil.copytree(self._above / "mall", root)
        return root

    def renew(self) -> Path:
        """The folder as it was at first, whatever has been done to it."""
        sound = self._sound
        if print_of(self.root, leave=()) != sound:
            shutil.rmtree(self.root)
            shutil.copytree(self._above / "mall", self.root)
        return self.root


def git(root: Path, *words: str, day: int = 1) -> None:
    """Run git as nobody in particular."""
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{1_600_000_000 + day * 86_400} +0000")
    env = {**os.environ, **_WHO, **_QUIET, **when}
    subprocess.run(["git", "-c", "gc.auto=0", *words], cwd=root, env=env, capture_output=True, check=True)


def _begin(root: Path) -> None:
    """Two commits: the second changes an answer and the criteria set."""
    git(root, "init", "-q", "-b", "main")
    for day, (path, old, new) in enumerate(
        (
            ("granskning.yaml", "", ""),
            ("strategies/provplan/reviews/2026-11/granskaren.yaml", "level: 1", "level: 2"),
            ("criteria/prov.yaml", "version: 1.0.0", "version: 1.0.0 # samma"),
        )
    ):
        text = (root / path).read_text("utf-8")
        (root / path).write_text(text.replace(old, new, 1) if old else text, "utf-8")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", f"steg {day}", day=day)
