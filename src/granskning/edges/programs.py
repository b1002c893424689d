"""Other programs, run within limits: a command in, its output out, and it is ended when its time is out.

Its processor time counts, so that a busy machine stops nothing; by the clock it has far longer, since it may wait for a
lock or a disk. Where the system does not tell another process's processor time, the clock alone decides. A program is
first asked to end, so that it takes its own locks away, and then made to.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from granskning.edges.opening import read_whole
from granskning.errors import UnreadableFileError
from granskning.files import TEXT

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.edges.limits import Limit
    from granskning.errors import TookTooLongError

_LOOKS = 20
"""So many times within its limit a program is looked at."""
_SELDOM, _OFTEN = 1.0, 0.02
"""Seconds between two looks, at the most and at the least."""


def run_program(
    command: Sequence[str], limit: Limit, *, folder: Path, environment: Mapping[str, str], given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command with its code, its output and what it complained about.

    Raises OSError where it cannot be started, and TookTooLongError or WaitedTooLongError when it has been ended.
    """
    begun = time.monotonic()
    process = subprocess.Popen(  # noqa: S603  # the caller's own words, no shell
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with _closed(process):
        while True:
            try:
                out, err = process.communicate(given, timeout=_pause(limit))
            except subprocess.TimeoutExpired:
                given = None  # it goes on being given
                stopped = _time_is_out(limit, time.monotonic() - begun, processor_time(process.pid))
                if stopped is not None:
                    _end(process, limit)
                    raise stopped from None
            else:
                return subprocess.CompletedProcess(command, process.returncode, out, err)


class ProgramOutput:
    """What a program writes, as it comes. Its limit counts from what came last, and while somebody waits for more.

    So a program that keeps telling may go on for as long as it takes, and whoever reads may take their time.
    """

    def __init__(self, process: subprocess.Popen[bytes], limit: Limit) -> None:
        """Watch the program until `close`. Its output is a pipe."""
        self._process, self._limit = process, limit
        self._stream = cast("io.BufferedReader", process.stdout)
        self._waits_since: float | None = None
        self._count = 0
        """How many times something came."""
        self._stopped: TookTooLongError | None = None
        self._done = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def read_some(self, most: int) -> bytes:
        """The next that comes, nothing at the end. Raises TookTooLongError or WaitedTooLongError."""
        with self._waiting():
            return self._stream.read1(most)

    def read(self, size: int) -> bytes:
        """So many bytes, fewer at the end. Raises the same."""
        with self._waiting():
            return self._stream.read(size)

    def readline(self, most: int) -> bytes:
        """A line, or so much of it. Raises the same."""
        with self._waiting():
            return self._stream.readline(most)

    def wait(self) -> int:
        """The code of the program when it has ended. Raises the same."""
        with self._waiting():
            return self._process.wait()

    def close(self) -> None:
        """Watch no longer."""
        self._done.set()

    @contextlib.contextmanager
    def _waiting(self) -> Iterator[None]:
        self._waits_since = time.monotonic()
        try:
            yield
        finally:
            self._waits_since = None
            self._count += 1
        if self._stopped is not None:
            raise self._stopped

    def _watch(self) -> None:
        count, used_before = 0, 0.0
        while not self._done.wait(_pause(self._limit)):
            used = processor_time(self._process.pid)
            if count != self._count:
                count, used_before = self._count, used or 0.0
            since = self._waits_since
            if since is None:
                continue
            waited = time.monotonic() - since
            self._stopped = _time_is_out(self._limit, waited, None if used is None else used - used_before)
            if self._stopped is not None:
                _end(self._process, self._limit)
                return


def processor_time(process: int) -> float | None:
    """The seconds that a process and what it has waited for have used; None where the system does not tell."""
    try:
        fields = read_whole(Path(f"/proc/{process}/stat"), TEXT).rpartition(b")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    except (UnreadableFileError, OSError, ValueError, AttributeError):
        return None


def _pause(limit: Limit) -> float:
    return min(_SELDOM, max(_OFTEN, limit.seconds / _LOOKS))


def _time_is_out(limit: Limit, waited: float, used: float | None) -> TookTooLongError | None:
    if used is not None and used > limit.seconds:
        return limit.overrun()
    return limit.overdue() if waited > limit.by_clock else None


def _end(process: subprocess.Popen[bytes], limit: Limit) -> None:
    """Ask it to end, and end it when it has not done so soon."""
    process.terminate()
    try:
        process.wait(limit.grace)
    except subprocess.TimeoutExpired:
        process.kill()
    end_started(process)


def end_started(process: subprocess.Popen[bytes]) -> None:
    """End what a program has started itself, where it was given a session of its own: it would hold its pipes open."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left, or it leads no session
            os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def _closed(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """See to it that neither the program nor its pipes are left.

    Its pipes are not read to their end: what it has started itself may hold them open.
    """
    try:
        yield
    except BaseException:
        process.kill()
        raise
    finally:
        process.wait()
        streams: tuple[IO[bytes] | None, ...] = (process.stdin, process.stdout, process.stderr)
        for stream in streams:
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
