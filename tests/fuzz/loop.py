"""The loop: take an input, twist it, let it in; keep what reaches something new, and each kind of breach once."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

from fuzz.judge import Broken, Door, Violation

if TYPE_CHECKING:
    from collections import Counter
    from random import Random
    from typing import Self

_MOST = 60_000
"""Bytes of an input; longer ones only take longer."""
_TRACED = 0.005
"""How many inputs are watched on their way: watching takes twenty times as long as letting in, so more of them would
leave less time for the others."""


class Lines:
    """Which lines of the program have been reached."""

    def __init__(self) -> None:
        self.reached: set[tuple[Any, int]] = set()
        self._new = 0

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._new = 0
        sys.settrace(self._call)
        return self

    def __exit__(self, *_: object) -> None:
        """Watch no longer."""
        sys.settrace(None)

    @property
    def is_new(self) -> bool:
        """Whether lines were reached that never were before."""
        return self._new > 0

    def _call(self, frame: Any, _event: str, _argument: object) -> Any:
        return self._line if "granskning" in frame.f_code.co_filename else None

    def _line(self, frame: Any, _event: str, _argument: object) -> Any:
        place = (frame.f_code, frame.f_lineno)
        if place not in self.reached:
            self.reached.add(place)
            self._new += 1
        return self._line


def fuzz(  # noqa: PLR0913  # how long, how many and how closely
    door: Door, random: Random, seconds: float, counts: Counter[str], most: int = 0, *, is_traced: bool = True
) -> dict[str, Broken]:
    """Let twisted inputs in for so much processor time, or so many of them. Returns what broke the law, by its kind.

    Without tracing, the sound inputs themselves are not let in: they are each door's own tests.
    """
    broken: dict[str, Broken] = {}
    pool = list(door.seeds().values()) or [b""]
    lines = Lines()
    for data in pool if is_traced else ():
        with lines:
            _enter(door, data, counts, broken)
    until, clock = spent() + seconds, time.monotonic() + 4 * seconds
    while spent() < until and time.monotonic() < clock and not (most and counts.total() >= most):
        # the first is sound, and the latest finds are twisted most
        data = random.choice((pool, pool[:1], pool[-20:])[random.randrange(3)])
        data = door.mutate(data, random)[:_MOST]
        if is_traced and random.random() < _TRACED:
            with lines:
                _enter(door, data, counts, broken)
            if lines.is_new:
                pool.append(data)
        else:
            _enter(door, data, counts, broken)
    return broken


def spent() -> float:
    """Seconds of processor time, with what the commands have started."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _enter(door: Door, data: bytes, counts: Counter[str], broken: dict[str, Broken]) -> None:
    try:
        counts[door.enter(data)] += 1
    except Violation as violation:
        case = Broken(door.name, data, str(violation))
        held = broken.get(case.kind)
        if held is None or len(data) < len(held.data):
            broken[case.kind] = case
        counts["broken"] += 1
