"""A process beside a worker of the cluster, where its jobs are done within limits, as at a desk.

Dask's own workers may start no processes of their own by multiprocessing, and run their jobs in threads, where no
alarm rings. So each of their threads has a host: a plain process that keeps the very pool that a build at a desk has.
It ends when its worker does, since then nobody is left at the other end of its pipe.
"""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, cast

from granskning.edges.cluster.packing import pack, unpack
from granskning.edges.workers import Workers
from granskning.errors import WorkerDiedError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from granskning.edges.limits import Limit
    from granskning.errors import GranskningError

_SIZE = 8
_MAIN = "import sys; from granskning.edges.cluster.host import main; main(sys.argv[1])"


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of job that any machine can do which has the same version of the program."""

    name: str
    """Where this very object stands, such as `granskning.tasks.reports.printing:PRINTING`."""
    function: Callable[..., Any]
    """Given a job's arguments and then those of the machine."""
    machine: Callable[[], AbstractContextManager[tuple[Any, ...]]]
    """What a machine adds of its own, for as long as its host lives."""
    preload: tuple[str, ...] = ()
    start: Callable[..., None] | None = None
    """The same as of Workers."""


class Host:
    """A host of one kind of job, started when the first job comes. For one thread."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, job: bytes) -> bytes:
        """What came of a packed job, packed, and behind it why it was tried once more."""
        died = WorkerDiedError(N_("the process died (exit code {code})"), "", code="\N{EN DASH}")
        if (outcome := self._try(job)) is not None:
            return outcome
        if (outcome := self._try(job)) is not None:
            return pack(*unpack(outcome), died)
        return pack(died)

    def close(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _try(self, job: bytes) -> bytes | None:
        """What came of a job; None where the process has ended, and so its pipe."""
        process = self._process or self._start()
        with suppress(OSError):
            _send(cast("IO[bytes]", process.stdin), job)
            if (outcome := _receive(cast("IO[bytes]", process.stdout))) is not None:
                return outcome
        self.close()
        return None

    def _start(self) -> subprocess.Popen[bytes]:
        # a session of its own: an interrupt at the terminal is for the worker, which then lets go of the pipe
        command = (sys.executable, "-P", "-c", _MAIN, self._name)
        self._process = subprocess.Popen(  # noqa: S603  # this very program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        return self._process


def main(name: str) -> None:
    """Do jobs that come on standard input until it ends; what comes of each goes to standard output."""
    jobs, outcomes = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed is no outcome
    kind: JobKind = pkgutil.resolve_name(name)
    again: list[GranskningError] = []

    def keep(_place: int, why: GranskningError) -> None:
        again.append(why)

    with kind.machine() as machine, closing(Workers(preload=kind.preload, start=kind.start)) as workers:
        while (packed := _receive(jobs)) is not None:
            job: tuple[Any, ...]
            limit: Limit
            job, limit = unpack(packed)
            again.clear()
            [(_, outcome)] = workers.run(kind.function, [(*job, *machine)], limit, keep)
            _send(outcomes, pack(outcome, *again))


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(_SIZE, "big"))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    """What was sent; None at the end."""
    size = stream.read(_SIZE)
    if len(size) < _SIZE:
        return None
    data = stream.read(length := int.from_bytes(size, "big"))
    return data if len(data) == length else None
