"""How the benches measure: in turns, in processor time, and told as ratios with the spread of each side."""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from corpus import write_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
}
"""Compiled modules are kept, as on a computer where granskning is in use."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds: by the clock, and of the processor; and the most memory, in MB, where it is asked for."""

    wall: float
    cpu: float
    memory: float = 0.0


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds: the least, the median and the most of some runs."""

    least: float
    median: float
    most: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One ratio of medians, and what it should be. `peer` is what ours is held against."""

    id: str
    what: str
    peer: str
    ratio: float
    ours: Spread
    theirs: Spread
    runs: int
    at_most: float
    by_clock: bool
    is_measure: bool
    """Whether ours is held against a measure, and not against a program that somebody could use instead."""

    @property
    def is_reached(self) -> bool:
        """Whether it is as it should be."""
        return self.ratio <= self.at_most

    @property
    def is_peer_faster(self) -> bool:
        """Whether the other program spends less."""
        return self.ratio > 1 and not self.is_measure


@dataclass(slots=True)
class Bench:
    """One run of the benches: how much is tried, and what came of it."""

    quick: bool
    figures: list[Figure] = field(default_factory=list)
    amounts: list[tuple[str, str, float, float]] = field(default_factory=list)
    """What is held to a limit and to no other program: id, what, amount, limit."""

    def of(self, whole: int, quick: int) -> int:
        """How many, in a whole run and in a quick one."""
        return quick if self.quick else whole

    def compare(  # noqa: PLR0913  # what a comparison is
        self,
        name: str,
        what: str,
        peer: str,
        runs: int,
        ours: Callable[[], Spent],
        theirs: Callable[[], Spent],
        at_most: float,
        *,
        by_clock: bool = False,
        is_measure: bool = False,
    ) -> None:
        """Run both in turns, and tell the ratio of ours to theirs; `at_most` is what it should be."""
        sides = take_turns(runs, ours, theirs)
        self.told(name, what, peer, sides[0], sides[1], at_most, by_clock=by_clock, is_measure=is_measure)

    def told(  # noqa: PLR0913  # what a comparison is
        self, name: str, what: str, peer: str, ours: list[Spent], theirs: list[Spent], at_most: float,
        *, by_clock: bool = False, is_measure: bool = False,
    ) -> None:  # fmt: skip
        """Tell what has been measured."""
        mine, its = ([one.wall if by_clock else one.cpu for one in side] for side in (ours, theirs))
        figure = Figure(name, what, peer, median(mine) / median(its), spread(mine), spread(its), len(mine),
                        at_most, by_clock, is_measure)  # fmt: skip
        self.figures.append(figure)
        clock = "by the clock" if by_clock else "of the processor"
        sides = " / ".join(f"{one.least:.3f}–{one.median:.3f}–{one.most:.3f} s" for one in (figure.ours, figure.theirs))
        verdict = "reached" if figure.is_reached else "NOT REACHED"
        say(f"{what}, times {peer}: {figure.ratio:.2f} ({sides} {clock}; at most {at_most:g}): {verdict}")

    def amount(self, name: str, what: str, amount: float, limit: float) -> None:
        """Tell an amount that is held to a limit."""
        self.amounts.append((name, what, amount, limit))
        say(f"{what}: {amount:.0f} (at most {limit:g}): {'reached' if amount <= limit else 'NOT REACHED'}")

    def plain(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "python": sys.version.split()[0],
            "cores": os.cpu_count(),
            "load": round(os.getloadavg()[0], 1),
            "quick": self.quick,
            "date": time.strftime("%Y-%m-%d"),
            "figures": [asdict(one) | {"reached": one.is_reached, "peer_is_faster": one.is_peer_faster}
                        for one in self.figures],
            "amounts": [{"id": name, "what": what, "amount": round(amount, 1), "at_most": limit}
                        for name, what, amount, limit in self.amounts],
        }  # fmt: skip


def spread(seconds: list[float]) -> Spread:
    """The least, the median and the most."""
    return Spread(round(min(seconds), 4), round(median(seconds), 4), round(max(seconds), 4))


def take_turns(rounds: int, *things: Callable[[], Spent]) -> list[list[Spent]]:
    """Run each thing that many times, in turns: all meet the same weather. One time before them does not count."""
    for thing in things:
        thing()
    spent: list[list[Spent]] = [[] for _ in things]
    for number in range(rounds * len(things)):
        place = number % len(things)
        spent[place].append(things[place]())
    return spent


def run(*command: str, **environment: str) -> Spent:
    """Run a command that must succeed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env={**ENVIRONMENT, **environment}, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit(f"{command[:4]} failed:\n{done.stdout.decode()[-2000:]}\n{done.stderr.decode()[-2000:]}")
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def run_told(*command: str, **environment: str) -> Spent:
    """Run a program that tells itself what it spent: seconds by the clock, of the processor, and its memory in MB."""
    done = subprocess.run(command, env={**ENVIRONMENT, **environment}, capture_output=True, check=True)
    return Spent(*map(float, done.stdout.split()))


def timed(work: Callable[[], object]) -> Spent:
    """Do something in this process."""
    gc.collect()
    start, used = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - start, time.process_time() - used)


@contextmanager
def folder_of(count: int, per_target: int = 6) -> Iterator[tuple[Path, list[Path]]]:
    """A working folder with that many reviews, for a while."""
    with tempfile.TemporaryDirectory(prefix="granskning-bench-") as name:
        folder = Path(name, "folder")
        size = write_corpus(folder, count, per_target=per_target)
        say(f"... {count} reviews of {size / count / 1024:.1f} KiB")
        yield folder, sorted(folder.glob("strategies/*/reviews/*/*.yaml"))


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201  # telling is what a bench is for
