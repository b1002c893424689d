"""`make bench`: how fast granskning is, as ratios against other programs in the same run. No part of the tests.

Each pair is run in turns, so that both meet the same weather, and the medians are compared, with the least and the most
beside. CPU time is what the processes used, whatever else the computer did. The programs of others are fetched into an
environment of their own. `make bench ONLY="check start"` runs some; `--quick` tries less of everything. A whole run
of all writes its figures where the handbook takes them from.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
from pathlib import Path

from measures import Bench, say
from peers import ROOT
from reading import as_json

BENCHES = {
    "start": "reading", "check": "reading", "items": "reading", "score": "reading", "history": "reading",
    "pdf": "printing", "idle": "printing", "jobs": "printing", "memory": "printing",
    "cluster": "cluster",
    "page": "answering", "evidence": "answering",
}  # fmt: skip
"""The module of each."""
KEPT = ROOT / "docs/hastighet.json"


def main(arguments: list[str]) -> int:
    """Run the benches named, or all."""
    parser = argparse.ArgumentParser(prog="tests/bench")
    parser.add_argument("names", nargs="*", metavar="BENCH", help=", ".join(BENCHES))
    parser.add_argument("--quick", action="store_true", help="less of everything, in three minutes")
    parser.add_argument("--json", type=Path, help="where the figures are written too")
    wanted = parser.parse_args(arguments)
    if unknown := set(wanted.names) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    bench, start = Bench(wanted.quick), time.monotonic()
    say(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name in wanted.names or BENCHES:
        getattr(importlib.import_module(BENCHES[name]), f"bench_{name}")(bench)
    _sum_up(bench, time.monotonic() - start)
    is_whole = not wanted.names and not wanted.quick
    for place in filter(None, (wanted.json, KEPT if is_whole else None)):
        place.write_text(as_json(bench.plain()), "utf-8")
        say(f"The figures are in {place}" + ("; make docs brings the handbook up to date." if place == KEPT else "."))
    return 0


def _sum_up(bench: Bench, seconds: float) -> None:
    """What was not reached, and where the other program is the faster."""
    missed = [one.what for one in bench.figures if not one.is_reached]
    missed += [what for _, what, amount, limit in bench.amounts if amount > limit]
    say(f"All targets are reached, in {seconds:.0f} s." if not missed else f"Not reached: {'; '.join(missed)}.")
    if slower := [f"{one.peer} ({one.what})" for one in bench.figures if one.is_peer_faster]:
        say(f"Faster than granskning: {'; '.join(slower)}.")
    say(f"{len(bench.figures) + len(bench.amounts)} figures in {seconds:.0f} s.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
