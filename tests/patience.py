"""How much a test gives a command before it is taken to hang: processor time, which a busy machine does not use up.

What only waits uses no processor: a generous guard by the clock ends that too. How quick a command is, `make bench`
tells.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

PROCESSOR = 30
"""Seconds of processor time for one command; the heaviest take three."""
CLOCK = 300
"""Seconds by the clock."""


def limit_processor(process: subprocess.Popen[str], seconds: int = PROCESSOR) -> None:
    """Let the system end a process that works longer, and whatever it starts, where the system can."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # not everywhere

        with contextlib.suppress(ProcessLookupError):  # it has ended already
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (seconds, seconds))


@contextlib.contextmanager
def limited(processor: float = PROCESSOR, clock: float = CLOCK) -> Iterator[None]:
    """Break off what this process does for longer."""

    def stop(number: int, _frame: object) -> None:
        which = "by the clock" if number == signal.SIGALRM else "of processor time"
        raise TimeoutError(f"took more than {clock if number == signal.SIGALRM else processor} seconds {which}")

    if sys.platform == "win32":  # it has no alarms
        yield
        return
    # the command line sets ITIMER_PROF itself; ITIMER_VIRTUAL is ours alone
    timers = ((signal.SIGALRM, signal.ITIMER_REAL, clock), (signal.SIGVTALRM, signal.ITIMER_VIRTUAL, processor))
    before = [signal.signal(number, stop) for number, _, _ in timers]
    for _, timer, seconds in timers:
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for (number, timer, _), handler in zip(timers, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(number, handler)
