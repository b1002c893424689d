"""Limits for code that we did not write: processor time, memory, and how large a picture may become."""

from __future__ import annotations

import contextlib
import io
import math
import os
import signal
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.errors import TookTooLongError, TooMuchMemoryError, WaitedTooLongError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_PIXELS = 30_000_000
"""An A4 page at 600 dots per inch has 35 million; no report needs more in one picture."""


_SOON = 0.001
"""No alarm at all is what zero seconds would mean."""
_AGAIN = 1
"""Seconds from one ring to the next, for code that takes an exception for its own."""
GRACE = 5.0
"""Seconds more for what does not hear the alarm, before its process is ended."""
PATIENCE = 10.0
"""So many times longer by the clock: with eight busy processes on two processors, 15 seconds of work took 120."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a job may take: in processor time, so that a busy machine stops nothing, and far longer by the clock."""

    seconds: float
    hint: str = ""
    """What helps who wants it done all the same: a msgid."""
    grace: float = GRACE
    memory: int | None = None
    """Bytes that a process of its own may use in all, where the system can say so; None for as many as there are."""
    name: str = ""
    """What is limited, where the sentence is to say it."""
    patience: float = PATIENCE
    """So many times longer by the clock."""

    @property
    def by_clock(self) -> float:
        """The seconds after which also what only waits is stopped, and all where processor time cannot be told."""
        return self.seconds * self.patience

    def overrun(self) -> TookTooLongError:
        """What is raised when the processor time is out."""
        message = N_("stopped after {seconds} s of processor time")
        named = N_("{name} was stopped after {seconds} s of processor time")
        return TookTooLongError(named if self.name else message, self.hint, **self._values(self.seconds))

    def overdue(self) -> WaitedTooLongError:
        """What is raised when the time by the clock is out."""
        message = N_("stopped after {seconds} s by the clock")
        named = N_("{name} was stopped after {seconds} s by the clock")
        return WaitedTooLongError(named if self.name else message, self.hint, **self._values(self.by_clock))

    def _values(self, seconds: float) -> dict[str, object]:
        return {"seconds": _shown(seconds), "name": self.name}

    def overfull(self) -> TooMuchMemoryError:
        """What is raised when there is no more memory."""
        message = N_("stopped since it takes more than {memory} MB of memory")
        return TooMuchMemoryError(message, self.hint, memory=self.megabytes)

    @property
    def megabytes(self) -> int:
        """The memory in words; 0 where it has no limit of its own."""
        return (self.memory or 0) >> 20


def _shown(seconds: float) -> float:
    return round(seconds) if seconds >= 1 else seconds


@contextlib.contextmanager
def stopped_after(limit: Limit) -> Iterator[None]:
    """Raise TookTooLongError or WaitedTooLongError where the code stands when its time is out, until it gives in.

    Only in the main thread and where the system has such alarms; elsewhere the pool's own limit ends the process.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = len(_changes)
    try:
        with _alarms(limit):
            yield
    finally:
        _undo_from(before)  # no alarm of this limit rings here; one around it ends with the same


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """Something that is not as it was."""

    restore: Callable[[], object]


_changes: list[_Change] = []
"""What the main thread has changed and not yet put back whole, in order."""


@contextlib.contextmanager
def put_back(restore: Callable[[], object]) -> Iterator[None]:
    """Call `restore` when this ends; where an alarm rings meanwhile, once more when the limit's alarms are gone.

    So `restore` must come to the same when it is called twice, or half and then once more.
    """
    if threading.current_thread() is not threading.main_thread():  # where no alarm rings
        try:
            yield
        finally:
            restore()
        return
    change = _Change(restore)
    _changes.append(change)
    try:
        yield
    finally:
        if change in _changes:
            _undo_from(_changes.index(change))


def _undo_from(place: int) -> None:
    """Put back what was changed from there on, the last first; what is interrupted stays for who comes next."""
    while len(_changes) > place:
        _changes[-1].restore()
        _changes.pop()


@contextlib.contextmanager
def _alarms(limit: Limit) -> Iterator[None]:
    with (
        _alarm(signal.SIGALRM, signal.ITIMER_REAL, time.monotonic, limit.by_clock, limit.overdue),
        _alarm(signal.SIGPROF, signal.ITIMER_PROF, time.process_time, limit.seconds, limit.overrun),
    ):
        yield


@contextlib.contextmanager
def _alarm(
    number: int, timer: int, clock: Callable[[], float], seconds: float, error: Callable[[], Exception]
) -> Iterator[None]:
    """Raise the error when the timer has run out, unless a limit around this one comes first."""
    left = signal.getitimer(timer)[0]
    if 0 < left <= seconds:
        yield
        return

    def stop(_number: int, _frame: Any) -> None:
        _postpone_alarms()
        raise error()

    before = signal.signal(number, stop)
    began = clock()
    signal.setitimer(timer, seconds, _AGAIN)
    try:
        yield
    finally:
        while True:
            try:
                signal.setitimer(timer, 0)
                signal.signal(number, before)
                break
            except TookTooLongError:
                continue  # the other alarm rang in here; this one must go all the same
        if left:
            signal.setitimer(timer, max(left - (clock() - began), _SOON), _AGAIN)


def _postpone_alarms() -> None:
    """Let no alarm ring while another stops the work, which would leave half undone what is put back on the way out."""
    for timer in (signal.ITIMER_REAL, signal.ITIMER_PROF):
        if 0 < signal.getitimer(timer)[0] < _AGAIN:
            signal.setitimer(timer, _AGAIN, _AGAIN)


@contextlib.contextmanager
def ended_after(limit: Limit) -> Iterator[None]:
    """Let the system end this process when it has used more and did not hear the alarm. For worker processes only.

    The system counts a process from its start, so what earlier jobs of this worker have used is added.
    """
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        yield
        return
    wanted = math.ceil(time.process_time() + limit.seconds + limit.grace)
    with _lowered(resource, resource.RLIMIT_AS, limit.memory), _lowered(resource, resource.RLIMIT_CPU, wanted):
        yield


@contextlib.contextmanager
def _lowered(resource: Any, number: int, wanted: int | None) -> Iterator[None]:
    """Let this process have no more of something while this lasts, unless it has less already."""
    before, most = resource.getrlimit(number)
    bounds = [bound for bound in (wanted, most) if bound not in (None, resource.RLIM_INFINITY)]
    if wanted is None:
        yield
        return
    with contextlib.suppress(OSError, ValueError):  # a system that knows the limit by name alone
        resource.setrlimit(number, (min(bounds), most))
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(number, (before, most))


def was_ended(code: int | None) -> bool:
    """Whether a process with this exit code was ended by `ended_after`."""
    return hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU


def explodes(data: bytes) -> bool:
    """Whether a picture becomes larger than MOST_PIXELS when it is unpacked. A stranger's only in a process apart.

    It is not unpacked, but more than its head is read: frames are counted, and WebP takes the memory of its size.
    """
    import warnings  # noqa: PLC0415

    from PIL import Image, UnidentifiedImageError  # comes with WeasyPrint; loading it takes a while

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
                return width * height * getattr(picture, "n_frames", 1) > MOST_PIXELS
    except Image.DecompressionBombError:
        return True
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return False  # a drawing, or no picture at all; what can't be read is not unpacked either


def usable_cores() -> int:
    """As many as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
