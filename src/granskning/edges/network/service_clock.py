"""The door's own clock and its ceilings: how long, how much, how often."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

_MOST_DIGITS = 9
"""Of the seconds to wait: thirty years."""

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What one call may cost, in seconds, bytes and tries."""

    connect: float = 10.0
    read: float = 30.0
    """Between two pieces of an answer."""
    answer: float = 60.0
    """For a whole answer: a service that drips a byte now and then never times out by the piece."""
    call: float = 150.0
    """For one call with all its tries: a service that never answers is not waited for five times over."""
    total: float = 900.0
    """For all calls of one indicator, waits included."""
    size: int = 50_000_000
    """Bytes of an answer, unpacked: 150 000 cells of JSON-stat are some five million."""
    tries: int = 5
    longest_wait: float = 60.0
    """A service that asks for more is not waited for: who called is told when to come back."""
    redirects: int = 3
    first_wait: float = 1.0
    """Before the second try; twice as long before each that follows."""


@dataclass(frozen=True, slots=True)
class ServiceClock:
    """The time by which the door counts and waits; other than the machine's in tests."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(slots=True)
class Pace:
    """So many calls in so many seconds, and no more."""

    calls: int
    window: float
    _started: deque[float] = field(default_factory=deque)

    def wait(self, clock: ServiceClock) -> None:
        """Wait until the next call may start."""
        now = clock.monotonic()
        while self._started and now - self._started[0] >= self.window:
            self._started.popleft()
        if len(self._started) >= self.calls:
            clock.sleep(self.window - (now - self._started[0]))
            now = clock.monotonic()
            self._started.popleft()
        self._started.append(now)


def seconds_to_wait(header: str | None, now: datetime) -> float | None:
    """What Retry-After asks for, given in seconds or as a date; None where it is missing or makes no sense."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - now).total_seconds())
