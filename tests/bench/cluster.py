"""Bench of a build by a Dask cluster on this computer: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from measures import ENVIRONMENT, Spent, folder_of, run
from reading import GRANSKNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures import Bench

PATIENCE = 120.0
"""Seconds until a scheduler must have told its address."""


class Machines:
    """A scheduler and its workers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        named = folder / "scheduler.json"
        local = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(named))
        self.processes = [self._start("scheduler", *local)]
        until = time.monotonic() + PATIENCE
        while not (named.exists() and named.read_text("utf-8")):
            if time.monotonic() > until:
                raise SystemExit("no scheduler")
            time.sleep(0.05)
        self.address = str(json.loads(named.read_text("utf-8"))["address"])
        alone = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
        self.processes += [self._start("worker", self.address, *alone) for _ in range(2)]

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *words]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            command, env=ENVIRONMENT, stdout=quiet, stderr=quiet, cwd=self._folder, start_new_session=True
        )

    def spent(self) -> float:
        """Seconds of processor time so far, of these and all that they have started."""
        told = [fields for place in Path("/proc").glob("[0-9]*") if (fields := _told(place))]
        ours = {process.pid for process in self.processes}
        while more := {pid for pid, parent, _ in told if parent in ours} - ours:
            ours |= more
        return sum(seconds for pid, _, seconds in told if pid in ours)

    def close(self) -> None:
        """End them; what prints for a worker ends with it."""
        for process in reversed(self.processes):
            process.kill()
        for process in self.processes:
            process.wait()


def _told(process: Path) -> tuple[int, int, float] | None:
    """A process, its parent, and the seconds of it and of its children that have ended."""
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None  # it has ended meanwhile
    return int(process.name), int(fields[1]), sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _machines(folder: Path) -> Iterator[Machines]:
    folder.mkdir()
    machines = Machines(folder)
    try:
        yield machines
    finally:
        machines.close()


def bench_cluster(bench: Bench) -> None:
    """Some reviews of forty criteria: a build by two workers of a cluster, and by one here, which is the ideal.

    In processor time of all that takes part but for the workers' start: half of it is what two computers would need.
    """
    count = bench.of(24, 6)
    with folder_of(count, per_target=5) as (folder, _), _machines(folder.parent / "cluster") as machines:
        command = (GRANSKNING, "-q", "-C", str(folder), "build", "--format", "pdf", "--only", "plan-*/*/*")

        def build(*words: str) -> Spent:
            shutil.rmtree(folder / "build", ignore_errors=True)
            before = machines.spent()
            spent = run(*command, *words)
            return Spent(spent.wall, spent.cpu + machines.spent() - before)

        bench.compare("cluster", f"build of {count} reviews by a cluster of two", "one worker, without it", 1,
                      lambda: build("--scheduler", machines.address), lambda: build("--jobs", "1"), 1.15,
                      is_measure=True)  # fmt: skip
