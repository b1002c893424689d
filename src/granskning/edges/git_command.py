"""Starts git, and says in plain words why it could not answer.

Only commands that read the history are ever run, with settings that keep a repository from starting programs of its
own: no hooks, no fsmonitor, no signatures checked, no fetching. What the caller's surroundings say of git is left out,
and no exception is made for a repository that git refuses to open.
"""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import subprocess
import tempfile
from typing import IO, TYPE_CHECKING

from granskning.edges.git_words import refusal
from granskning.edges.limits import Limit
from granskning.edges.programs import ProgramOutput, end_started
from granskning.errors import MissingPartError, NoHistoryError, UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 60.0
"""Of processor time for one command, and between two things that it tells; the largest log here takes a tenth."""
MORE_TIME = "GRANSKNING_GIT_SECONDS"
"""The environment variable that allows another number of seconds."""
_WHAT_HELPS = N_("is the disk reachable, and no other git at work? GRANSKNING_GIT_SECONDS=600 in the environment "
                 "allows more")  # fmt: skip
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
MOST = 64 << 20
"""Bytes that are read of one answer: a file of ours is 4 MB at most, and a list of 500,000 files takes this."""
LONGEST_WORD = 1 << 20
"""Bytes between two zero bytes: the 40 letters of 25,000 parents, or two hundred pages of subject."""
_LOOK = N_("see: git fsck --full")
_OF_ITS_OWN = N_("a working folder in a repository of its own has a shorter one; see also: git fsck --full")
_CHUNK = 1 << 16
_SIGNS = (".git", "HEAD")
"""What git looks for in a folder and in all above it: a repository within it, or that it is one."""
_REFUSED, _OUTSIDE = 128, b"fatal: not a git repository (or any of the parent directories): .git\n"
"""How git answers when it has found none."""


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
        done = self.run(words)
        if done.returncode != 0:
            raise refusal(self.root, done.stderr)
        return done.stdout

    def try_ask(self, *words: str) -> bytes | None:
        """The output of a command, or None when git has no answer."""
        done = self.run(words)
        return done.stdout if done.returncode == 0 else None

    def run(self, words: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
        """A command with its code, its output and what it complained about.

        Raises TookTooLongError or WaitedTooLongError when its time was out: no answer is not the same as none to give.
        Where there is no repository git is not started at all to say so.
        """
        if lies_outside(self.root):
            return subprocess.CompletedProcess(words, _REFUSED, b"", _OUTSIDE)
        try:
            with tempfile.TemporaryFile() as complaints:
                with self.start(*words, complaints=complaints) as (_, output):
                    answer = _bounded(output)
                    code = output.wait()
                complaints.seek(0)
                return subprocess.CompletedProcess(words, code, answer, complaints.read(_CHUNK))
        except OSError as error:
            raise NoHistoryError(N_("git could not be started: {reason}"), reason=error.strerror or "") from error

    @contextlib.contextmanager
    def start(
        self, *words: str, takes_input: bool = False, complaints: IO[bytes] | None = None
    ) -> Iterator[tuple[subprocess.Popen[bytes], ProgramOutput]]:
        """A command that runs while its output is read; what it complains about goes into a file, if one is given."""
        with self._start(words, takes_input=takes_input, complaints=complaints) as process:
            output = ProgramOutput(process, git_limit(SECONDS))
            try:
                yield process, output
            except BaseException:
                process.kill()
                end_started(process)
                raise
            finally:
                output.close()

    def _start(
        self, words: tuple[str, ...], *, takes_input: bool, complaints: IO[bytes] | None
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # our own words, no shell
            [self._program, *SAFE, *words],
            cwd=self.root,
            env=environment(),
            stdin=subprocess.PIPE if takes_input else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if complaints is None else complaints,
            start_new_session=True,  # it only reads, and asks nobody; what it starts is ended with it
        )


def lies_outside(folder: Path) -> bool:
    """Whether git is sure to find no repository: it looks upwards alone, as `environment` names it no other place."""
    here = folder.resolve()
    return here.is_dir() and not any(_may_stand(above / sign) for above in (here, *here.parents) for sign in _SIGNS)


def _may_stand(path: Path) -> bool:
    """Whether something lies there, or cannot be told not to."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def git_limit(seconds: float) -> Limit:
    """The limit of a git command: so much processor time, unless the environment says another number."""
    named = os.environ.get(MORE_TIME, "")
    try:
        chosen = float(named) if named else seconds
    except ValueError:
        chosen = 0
    if not 1 <= chosen < math.inf:
        message = N_("{name} in the environment is no number of seconds: {value}")
        raise UsageError(message, N_("write a whole number, such as 600"), name=MORE_TIME, value=named)
    return Limit(chosen, _WHAT_HELPS, name="git")


def _bounded(output: ProgramOutput) -> bytes:
    """All that a command tells. A folder that, in a damaged repository, holds itself would be listed for ever."""
    message = N_("git tells more than {limit} MB, which it only does where the repository is damaged")
    return b"".join(_pieces(output, MOST, NoHistoryError(message, _LOOK, limit=MOST >> 20)))


def words_of(output: ProgramOutput, most: int) -> Iterator[str]:
    """What a command tells with zero bytes between, as it comes. Raises NoHistoryError for more bytes than so.

    A word is a path, the parents of a commit or the first line of what was said of it. One without an end would be held
    whole, so a word has a limit of its own.
    """
    rest = b""
    too_long = NoHistoryError(N_("git's log is larger than {limit} MB"), _OF_ITS_OWN, limit=most >> 20)
    for piece in _pieces(output, most, too_long):
        *words, rest = (rest + piece).split(b"\0")
        if len(rest) > LONGEST_WORD:
            message = N_("git tells of a name or a line of more than {limit} MB, which no history of ours has")
            raise NoHistoryError(message, _LOOK, limit=LONGEST_WORD >> 20)
        yield from (word.decode("utf-8", "surrogateescape") for word in words)
    if rest:
        yield rest.decode("utf-8", "surrogateescape")


def _pieces(output: ProgramOutput, most: int, too_large: NoHistoryError) -> Iterator[bytes]:
    """What a command tells, as it comes, until it is too much."""
    total = 0
    while piece := output.read_some(_CHUNK):
        total += len(piece)
        if total > most:
            raise too_large
        yield piece


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
