"""Starts git, and says in plain words why it could not answer.

Only commands that read the history are ever run, with settings that keep a repository from starting programs of its
own: no hooks, no fsmonitor, no signatures checked, no fetching. What the caller's surroundings say of git is left out,
and no exception is made for a repository that git refuses to open.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import IO, TYPE_CHECKING

from granskning.errors import MissingPartError, NoHistoryError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 60
_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.quotePath=false",
    "core.commitGraph=true",
    "log.showSignature=false",
    "log.showRoot=true",
    "protocol.allow=never",
)
SAFE = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    *(word for setting in _SETTINGS for word in ("-c", setting)),
)
"""What stands before every command."""
_CHUNK = 1 << 16
_OBJECT = re.compile(r"\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b")


class Git:
    """Git in one folder."""

    def __init__(self, root: Path) -> None:
        program = shutil.which("git")
        if program is None:
            message = N_("git is not on this computer")
            raise MissingPartError(message, N_("install git; see: granskning doctor"))
        self.root = root
        self._program = program

    def ask(self, *words: str) -> bytes:
        """The output of a command, or NoHistoryError with the reason in plain words."""
        done = self._run(words)
        if done.returncode != 0:
            raise refusal(self.root, done.stderr)
        return done.stdout

    def try_ask(self, *words: str) -> bytes | None:
        """The output of a command, or None when git has no answer."""
        done = self._run(words)
        return done.stdout if done.returncode == 0 else None

    def _run(self, words: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603  # our own words, no shell
                [self._program, *SAFE, *words],
                cwd=self.root,
                env=environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except OSError as error:
            raise NoHistoryError(N_("git could not be started: {reason}"), reason=error.strerror or "") from error
        except subprocess.TimeoutExpired as error:
            message = N_("git did not answer within {seconds} seconds")
            raise NoHistoryError(message, N_("is the disk reachable?"), seconds=SECONDS) from error

    def start(
        self, *words: str, takes_input: bool = False, complaints: IO[bytes] | None = None
    ) -> subprocess.Popen[bytes]:
        """A command that runs while its output is read; what it complains about goes into a file, if one is given."""
        return subprocess.Popen(  # noqa: S603  # our own words, no shell
            [self._program, *SAFE, *words],
            cwd=self.root,
            env=environment(),
            stdin=subprocess.PIPE if takes_input else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if complaints is None else complaints,
        )


def words_of(process: subprocess.Popen[bytes]) -> Iterator[str]:
    """What a command tells with zero bytes between, as it comes."""
    rest = b""
    while process.stdout is not None and (chunk := process.stdout.read(_CHUNK)):
        *words, rest = (rest + chunk).split(b"\0")
        yield from (word.decode("utf-8", "surrogateescape") for word in words)
    if rest:
        yield rest.decode("utf-8", "surrogateescape")


def environment() -> dict[str, str]:
    """Our environment without what would lead git elsewhere, make it ask somebody, or fetch."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    ours = {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",  # stronger than any setting of the repository
    }
    return {**kept, **ours, "LC_ALL": "C"}


def refusal(root: Path, data: bytes) -> NoHistoryError:
    """What git said when it would not answer, as a sentence of ours."""
    text = data.decode("utf-8", "replace")
    if "dubious ownership" in text:
        message = N_("git will not open {folder}, since the repository is owned by somebody else")
        hint = N_("copy the folder, or tell git yourself that you trust it: git config --global --add safe.directory …")
        return NoHistoryError(message, hint, folder=root)
    if "not a git repository" in text:
        hint = N_("history is what git remembers; begin with: git init, and save the folder with git")
        return NoHistoryError(N_("{folder} does not lie in a git repository"), hint, folder=root)
    if "must be run in a work tree" in text or "this operation must be run in" in text:
        return bare(root)
    if is_damage(text):
        return damage(text)
    lines = [line for line in text.strip().splitlines() if line.startswith(("fatal:", "error:"))] or [text.strip()]
    reason = lines[-1].partition(": ")[2] or lines[-1]
    return NoHistoryError(N_("git could not answer: {reason}"), reason=reason)


def bare(root: Path) -> NoHistoryError:
    """A repository without files."""
    message = N_("{folder} is a bare repository: it holds history but no files")
    return NoHistoryError(message, N_("make a working copy of it: git clone {folder} FOLDER"), folder=root)


def is_damage(text: str) -> bool:
    """Whether git complains about its own store."""
    signs = (
        *("corrupt", "inflate", "bad object", "bad tree", "hash mismatch", "missing blob", "error in object"),
        *("unable to read", "unable to unpack", "unable to parse", "could not read", "could not parse"),
        *("failed to read", "failed to traverse"),
    )
    return any(sign in text.lower() for sign in signs)


def damage(text: str) -> NoHistoryError:
    """What git keeps is damaged; which object, where git says so."""
    found = _OBJECT.search(text)
    message = N_("what git has stored is damaged: object {object}")
    hint = N_("fetch the repository anew from where it is kept; git fsck tells more")
    return NoHistoryError(message, hint, object=found[0] if found else "?")
