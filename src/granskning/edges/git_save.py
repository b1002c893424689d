"""Makes a commit for somebody who does not know git, and refuses where one should not be made.

Here git works as it does for its user: with the user's own name, settings and hooks, which is why nothing but `save`
comes this way. What leads git to another repository is left out of the environment; what tells who the user is stays.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.git_command import Git, git_limit
from granskning.edges.git_words import bare, hook_refusal, known_refusal, refusal
from granskning.edges.lookup import exists, is_file
from granskning.edges.programs import run_program
from granskning.errors import MissingPartError, NotSavedError, TookTooLongError, Words
from granskning.i18n import N_
from granskning.interruption import note_written, uninterrupted

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence
    from pathlib import Path

_SECONDS = 300.0
"""Of processor time. A hook of the user's may check a great deal."""
_ELSEWHERE = frozenset({
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE", "GIT_PREFIX", "GIT_COMMON_DIR",
})  # fmt: skip
_MIDST = (
    ("MERGE_HEAD", N_("a merge")),
    ("rebase-merge", N_("a rebase")),
    ("rebase-apply", N_("a rebase")),
    ("CHERRY_PICK_HEAD", N_("a cherry-pick")),
    ("REVERT_HEAD", N_("a revert")),
)
_ABORT = {
    "MERGE_HEAD": "git merge --abort",
    "rebase-merge": "git rebase --abort",
    "rebase-apply": "git rebase --abort",
    "CHERRY_PICK_HEAD": "git cherry-pick --abort",
    "REVERT_HEAD": "git revert --abort",
}
_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg")
_NOTHING = ("nothing to commit", "nothing added to commit", "no changes added to commit")
_HIDDEN = re.compile(
    r"(?:^|/)\.(?!granskning/|gitignore$|gitattributes$|gitkeep$|pre-commit-config|editorconfig$"
    r"|vscode/(?:settings|extensions)\.json$)|~$|\.tmp$"
)


@dataclass(frozen=True, slots=True)
class Changed:
    """The files of a folder that git does not have as they are."""

    known: tuple[str, ...]
    """Changed or removed."""
    new: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Both, sorted."""
        return tuple(sorted((*self.known, *self.new)))


class Saver:
    """Git in one folder, as its user."""

    def __init__(self, root: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise MissingPartError(N_("git is not on this computer"), N_("install git; see: granskning doctor"))
        self.root = root
        self._program = program

    def refuse_if_busy(self) -> None:
        """Raise NotSavedError where a commit should not be made, NoHistoryError outside a repository."""
        if Git(self.root).ask("rev-parse", "--is-bare-repository").strip() == b"true":
            raise bare(self.root)
        for name, words in _MIDST:
            if exists(self.root / self._line("rev-parse", "--git-path", name)):
                message = N_("git is in the midst of {work}, so nothing is saved")
                hint = N_("finish it first: choose between what stands by <<<<<<< and >>>>>>>, then git add and "
                          "git commit; or go back to how it was: {abort}")  # fmt: skip
                raise NotSavedError(message, hint, work=Words(words), abort=_ABORT[name])
        if self._run("symbolic-ref", "--quiet", "HEAD").returncode != 0:
            message = N_("git stands on an old version and on no branch, so what is saved could be lost")
            raise NotSavedError(message, N_("make a branch for it first: git switch -c NAME"))
        if (
            self._run("var", "GIT_COMMITTER_IDENT").returncode != 0
            or self._run("var", "GIT_AUTHOR_IDENT").returncode != 0
        ):
            message = N_("git does not know who you are, so nothing is saved")
            hint = N_('tell it once: git config --global user.name "Your Name", and git config --global user.email '
                      "you@example.org")  # fmt: skip
            raise NotSavedError(message, hint)

    def changed(self, paths: Sequence[str]) -> Changed:
        """What has changed in the files and folders named, hidden and temporary files left out."""
        there = [path for path in paths if exists(self.root / path) or self._run("ls-files", "--", path).stdout]
        if not there:
            return Changed((), ())
        told = self._ask("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", *there)
        prefix = self._line("rev-parse", "--show-prefix")
        differing = self._ask("diff", "--name-only", "-z", "--no-ext-diff", "--relative", "--", *there)
        content = set(differing.decode("utf-8", "surrogateescape").split("\0"))
        known: list[str] = []
        new: list[str] = []
        for entry in told.decode("utf-8", "surrogateescape").split("\0"):
            path = entry[3:].removeprefix(prefix)
            if entry.startswith(" M") and path not in content:
                continue  # other line ends than git has, which a commit would not change
            if path and not _HIDDEN.search(path):
                (new if entry.startswith("??") else known).append(path)
        return Changed(tuple(known), tuple(new))

    def commit(self, changed: Changed, message: str, author: str = "") -> str:
        """Commit just these files, whatever else is staged, and return the commit's short id; none if all are alike.

        `author` (`Name <address>`) is another than git's own user, who stays the committer.

        Raises NotSavedError with what git or a hook said; then nothing is staged that was not before.
        """
        if changed.new:
            self._ask("add", "--intent-to-add", *_FROM_INPUT, given=changed.new)
        named = (f"--author={author}",) if author else ()
        words = ("commit", "--quiet", "--only", *named, "--message", message)
        try:
            done = self._run(*words, *_FROM_INPUT, given=changed.all)
        except BaseException:  # git hears Ctrl+C too, and may have been done
            with uninterrupted():
                self._unstage(changed)
                if not self.changed(changed.all).all:
                    self._note(changed)
            raise
        if done.returncode != 0:
            self._unstage(changed)
            if any(words in done.stdout.decode("utf-8", "replace") for words in _NOTHING):
                return ""
            raise self._not_saved(done)
        self._note(changed)
        return self._line("rev-parse", "--short", "HEAD")

    def _note(self, changed: Changed) -> None:
        note_written(self.root / path for path in changed.all)

    def _unstage(self, changed: Changed) -> None:
        """Leave new files as unknown to git as they were; what is committed stays so."""
        if changed.new:
            self._run("reset", "--quiet", *_FROM_INPUT, given=changed.new)

    def _not_saved(self, done: subprocess.CompletedProcess[bytes]) -> NotSavedError:
        """Why a commit was not made: what git says of itself, a hook that complaint no, or git's own words."""
        complaint = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        known = known_refusal(self.root, done.stderr)
        if known is not None and any(line.startswith(("fatal:", "error:")) for line in complaint.splitlines()):
            return NotSavedError(known.message, known.hint, **known.values)
        hook = next((name for name in _HOOKS if self._is_hook(name)), None)
        if hook is not None and done.returncode == 1:
            message, hint, values = hook_refusal(hook, complaint)
            return NotSavedError(message, hint, **values)
        message = N_("git did not save: {reason}")
        return NotSavedError(message, N_("nothing is lost; the files are as they were"), reason=complaint or "?")

    def _is_hook(self, name: str) -> bool:
        path = self.root / self._line("rev-parse", "--git-path", f"hooks/{name}")
        return is_file(path) and os.access(path, os.X_OK)

    def _line(self, *words: str) -> str:
        return self._ask(*words).decode("utf-8", "surrogateescape").rstrip("\n")

    def _ask(self, *words: str, given: Sequence[str] = ()) -> bytes:
        done = self._run(*words, given=given)
        if done.returncode != 0:
            raise refusal(self.root, done.stderr)
        return done.stdout

    def _run(self, *words: str, given: Sequence[str] = ()) -> subprocess.CompletedProcess[bytes]:
        kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        ours = {"GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true", "LC_ALL": "C.UTF-8"}
        command = [self._program, "--no-pager", "--literal-pathspecs", *words]
        data = "\0".join(given).encode("utf-8", "surrogateescape")
        try:
            return run_program(command, git_limit(_SECONDS), folder=self.root, environment={**kept, **ours}, given=data)
        except TookTooLongError as error:
            raise NotSavedError(error.message, error.hint, **error.values) from error


_FROM_INPUT = ("--pathspec-from-file=-", "--pathspec-file-nul")
