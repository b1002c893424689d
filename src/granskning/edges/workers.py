"""Jobs within limits, in processes of their own: one that dies, gets stuck or takes too long fails alone.

What was stopped, or whose process died, is tried once more by itself when the others are done.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import TimeoutError as StoppedByPoolError
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from granskning.edges.limits import ended_after, stopped_after, was_ended
from granskning.edges.opening import reason_of
from granskning.errors import (
    GranskningError,
    ProcessNotStartedError,
    TookTooLongError,
    WaitedTooLongError,
    WorkerDiedError,
)
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

    from granskning.edges.limits import Limit

_UNKNOWN = "\N{EN DASH}"
_ahead: list[str] = []
"""What every process begins with, since somebody said so."""


def begin_with(modules: Sequence[str], *, at_once: bool = False) -> None:
    """Let every process that is started from now on begin with these modules, for whatever job it is.

    They are loaded once, in the process that the others are forked from. That one comes with the first of them and
    loads nothing afterwards: who knows that something will be printed says so before a document is read. `at_once`
    starts it, so that it loads them beside what is done here.
    """
    _ahead.extend(name for name in modules if name not in _ahead)
    if _forks():
        multiprocessing.set_forkserver_preload(_ahead)
        if at_once:
            with contextlib.suppress(OSError):  # who needs a process then tells of it
                _start_deaf_server()


def _forks() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


class Workers:
    """Processes that do jobs, started when the first job comes. Whoever makes them closes them."""

    def __init__(
        self,
        count: int = 1,
        *,
        preload: Sequence[str] = (),
        start: Callable[..., None] | None = None,
        arguments: tuple[Any, ...] = (),
    ) -> None:
        """`preload` are modules that each process begins with; `start` is called in it first, with the arguments."""
        self._count = count
        self._preload = list(preload)
        self._start = start
        self._arguments = arguments
        self._pool: Any = None

    def run(
        self,
        function: Callable[..., Any],
        jobs: Sequence[tuple[Any, ...]],
        limit: Limit,
        tell: Callable[[int, GranskningError], None] = lambda _place, _error: None,
    ) -> Iterator[tuple[int, Any]]:
        """What the function gives for each job's arguments, with the job's place, as they are done.

        `tell` hears of each that is tried once more, and why.

        A GranskningError is given, not raised: also a TookTooLongError, WaitedTooLongError, WorkerDiedError or
        ProcessNotStartedError.
        """
        together = min(self._count, len(jobs)) > 1
        again = []
        for place, outcome in self._try(function, dict(enumerate(jobs)), limit):
            if _may_succeed(outcome, together=together):
                tell(place, outcome)
                again.append(place)
            else:
                yield place, outcome
        for place in sorted(again):
            yield from self._try(function, {place: jobs[place]}, limit)

    def close(self) -> None:
        """End the processes, also those that are still at work."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def _try(
        self, function: Callable[..., Any], jobs: Mapping[int, tuple[Any, ...]], limit: Limit
    ) -> Iterator[tuple[int, Any]]:
        """Each job once."""
        pool = self._open()
        places: dict[Future[Any], int] = {}
        lost = {}
        for place, job in jobs.items():
            try:
                future = pool.schedule(_work, args=(function, job, limit), timeout=limit.by_clock + limit.grace)
            except (RuntimeError, OSError) as error:  # no process came about, or the pool broke while given its jobs
                lost[place] = _not_begun(error)
            else:
                places[future] = place
        for future in as_completed(places):
            yield places[future], _outcome(future, limit)
        yield from lost.items()

    def _open(self) -> Any:
        """The pool: a new one the first time, and where the old one broke."""
        from pebble import ProcessPool  # only who needs processes

        if self._pool is not None and not _is_sound(self._pool):
            self.close()
        if self._pool is None:
            context = multiprocessing.get_context("forkserver" if _forks() else "spawn")
            if _forks():
                if self._preload or _ahead:
                    context.set_forkserver_preload(list(dict.fromkeys([*_ahead, *self._preload])))
                _start_deaf_server()
            self._pool = ProcessPool(
                max_workers=self._count, initializer=self._start, initargs=self._arguments, context=context
            )
        return self._pool


def _start_deaf_server() -> None:
    """Start the process that the others are forked from, if it is not there: it and they hear no Ctrl+C.

    Whoever started them hears it and ends them. They would each leave with a traceback, while they are read in too.
    """
    from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415  # not on Windows

    resource_tracker.ensure_running()  # the server would start it, and let the signal in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run_here(function: Callable[..., Any], job: tuple[Any, ...], limit: Limit) -> Any:
    """What the function gives, within the limit but in this process; by the same rule as in others."""
    outcome = _attempt(function, job, limit)
    return _attempt(function, job, limit) if _may_succeed(outcome, together=False) else outcome


def run_apart(job: Callable[..., Any], *arguments: Any, limits: Limit) -> Any:
    """What a job gives that runs in a process of its own, within its limits: plain values in, plain values out.

    Raises the job's own GranskningError, else TookTooLongError, WaitedTooLongError, TooMuchMemoryError,
    WorkerDiedError or ProcessNotStartedError.
    """
    with closing(Workers()) as workers:
        [(_, outcome)] = workers.run(job, [arguments], limits)
    if isinstance(outcome, GranskningError):
        raise outcome
    return outcome


def _is_sound(pool: Any) -> bool:
    """Whether a pool takes jobs. To ask starts what did not start before, which may fail once more."""
    try:
        return bool(pool.active)
    except (RuntimeError, OSError):
        return False


def _may_succeed(outcome: object, *, together: bool) -> bool:
    """Whether a job deserves a second try: not when it had a processor for itself and used its time up."""
    if isinstance(outcome, TookTooLongError):
        return together or isinstance(outcome, WaitedTooLongError)
    return isinstance(outcome, WorkerDiedError | ProcessNotStartedError)


def _attempt(function: Callable[..., Any], job: tuple[Any, ...], limit: Limit) -> Any:
    try:
        with stopped_after(limit):
            return function(*job)
    except GranskningError as error:
        return error


def _work(function: Callable[..., Any], job: tuple[Any, ...], limit: Limit) -> Any:
    """In a worker process."""
    with ended_after(limit):
        try:
            return _attempt(function, job, limit)
        except MemoryError:
            return limit.overfull()


def _outcome(future: Future[Any], limit: Limit) -> Any:
    from pebble import ProcessExpired

    try:
        return future.result()
    except StoppedByPoolError:
        return limit.overdue()
    except ProcessExpired as error:
        return limit.overrun() if was_ended(error.exitcode) else _died(error.exitcode)
    except BrokenProcessPool:  # a worker died between two jobs, or before the pool knew of its job: all are lost
        return _died(None)


def _not_begun(error: Exception) -> GranskningError:
    """Why a job was not taken: the system's own reason where it refused a process, else as of one that died."""
    refused = error if isinstance(error, OSError) else error.__cause__
    if not isinstance(refused, OSError):
        return _died(None)
    message = N_("a process of its own could not be started: {reason}")
    hint = N_("free some memory and disk, where temporary files lie too, or close other programs")
    return ProcessNotStartedError(message, hint, reason=reason_of(refused))


def _died(code: int | None) -> WorkerDiedError:
    return WorkerDiedError(N_("the process died (exit code {code})"), "", code=_UNKNOWN if code is None else code)


def can_copy() -> bool:
    """Whether this process can go on in copies: the system does that safely, and nothing else goes on in it."""
    return sys.platform not in ("win32", "darwin") and threading.active_count() == 1


def run_in_copies(work: Callable[..., Iterator[Any]], shares: Sequence[Any]) -> Iterator[Any]:
    """Yield what the function yields for each share, which a copy of this process does; fewer where one dies.

    The copies begin with all that has been read here. Nothing stops them, so it is for much quick work.
    """
    context = multiprocessing.get_context("fork")
    copies: list[ForkProcess] = []
    open_ends: list[Connection] = []
    for share in shares:
        receiver, sender = context.Pipe(duplex=False)
        copy = context.Process(target=_work_as_copy, args=(work, share, sender), daemon=True)
        copy.start()
        sender.close()
        copies.append(copy)
        open_ends.append(receiver)
    try:
        while open_ends:
            ready = wait(open_ends)
            for end in [end for end in open_ends if end in ready]:
                try:
                    yield end.recv()
                except (EOFError, OSError):
                    open_ends.remove(end)
    finally:
        for copy in copies:
            copy.terminate()
            copy.join()


def _work_as_copy(work: Callable[..., Iterator[Any]], share: Any, sender: Connection) -> None:
    with contextlib.suppress(BaseException):  # whoever asked does what is missing, and tells what is wrong with it
        for result in work(share):
            sender.send(result)
    sender.close()
    os._exit(0)
