"""Benches of what reads: starting, checking, scoring and remembering what git has."""

from __future__ import annotations

import gc
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from measures import ENVIRONMENT, Spent, folder_of, run, run_told, say, take_turns
from peers import ROOT, peer
from repository import write_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from measures import Bench

SCHEMA = ROOT / "src/granskning/workspace/schemas/review.schema.json"
GRANSKNING = str(Path(sysconfig.get_path("scripts")) / "granskning")
HISTORY = """
import resource, sys, time
from pathlib import Path
from granskning.i18n import Translator
from granskning.tasks.history.history import read_history
start, used = time.perf_counter(), [time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)]
read_history(Path(sys.argv[1]), Translator("sv"))
children = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = time.process_time() - used[0] + children.ru_utime + children.ru_stime
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if (status := Path("/proc/self/status")).exists():  # Linux counts what the bench took before it began this program
    peak = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
print(time.perf_counter() - start, cpu, peak / 1024)
"""
READ_AND_HASH = """
import hashlib, sys
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    hashlib.sha256(path.read_bytes()).digest()
"""
MEMORY = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def bench_start(bench: Bench) -> None:
    """A command and a Python that does nothing."""
    runs = bench.of(15, 7)
    with folder_of(1) as (folder, reviews), tempfile.TemporaryDirectory() as cache:
        check = (GRANSKNING, "-q", "-C", str(folder), "check", str(reviews[0]))
        wanted: Sequence[tuple[str, str, tuple[str, ...], float]] = (
            ("version", "granskning --version", (GRANSKNING, "--version"), 3),
            ("help", "granskning --help", (GRANSKNING, "--help"), 8),
            ("check-one", "check of one review, again", check, 11),
            ("check-one-anew", "check of one review, anew", (GRANSKNING, "--no-cache", *check[1:]), 30),
        )
        for name, what, command, most in wanted:
            bench.compare(name, what, "a Python that does nothing", runs,
                          lambda command=command: run(*command, XDG_CACHE_HOME=cache),  # type: ignore[misc]
                          lambda: run(sys.executable, "-c", "pass"), most, is_measure=True)  # fmt: skip


def bench_check(bench: Bench) -> None:
    """Many reviews, with every rule: against what holds them to their schema, and what only reads them."""
    with folder_of(bench.of(1000, 200)) as (folder, reviews):
        files = [str(path) for path in reviews]
        anew = partial(run, GRANSKNING, "--no-cache", "-q", "-C", str(folder), "check")
        size = f"{len(files):,} reviews"
        if program := peer("check-jsonschema"):
            bench.compare("check-jsonschema", f"check of {size}", "check-jsonschema", bench.of(2, 1), anew,
                          lambda: run(program, "--schemafile", str(SCHEMA), *files), 0.05)  # fmt: skip
        if linter := peer("yamllint"):
            bench.compare("yamllint", f"check of {size}", "yamllint (which reads no schema)", bench.of(2, 1), anew,
                          lambda: run(linter, "-d", "{rules: {}}", str(folder / "strategies")), 0.2)  # fmt: skip
    with folder_of(bench.of(10_000, 500)) as (folder, reviews):
        anew = partial(run, GRANSKNING, "--no-cache", "-q", "-C", str(folder), "check")
        size = f"{len(reviews):,} reviews"
        if validator := peer("ajv"):
            quoted = _quoted_dates(folder, reviews)
            words = (
                validator,
                "validate",
                "--spec=draft2020",
                "--strict=false",
                "-c",
                "ajv-formats",
                "-s",
                str(SCHEMA),
            )
            bench.compare("ajv", f"check of {size}, anew", "ajv-cli", bench.of(2, 2), anew,
                          lambda: run(*words, "-d", f"{quoted}/*.yaml"), 1.3, by_clock=True)  # fmt: skip
            shutil.rmtree(quoted)
        _compare_again(bench, "check-again", folder, len(reviews))
        memory = run_memory(GRANSKNING, "--no-cache", "-q", "-C", str(folder), "check")
        bench.amount("check-memory", f"check of {size}, MB of its largest process", memory, 120)
    if not bench.quick:  # of few, most is to start; a quick run has no others
        with folder_of(500) as (folder, reviews):
            _compare_again(bench, "check-again-few", folder, len(reviews))


SETTLED = 3
"""Seconds after which nobody wonders whether a file was changed once more."""


def _compare_again(bench: Bench, name: str, folder: Path, count: int) -> None:
    """A check of what was checked before, and what only reads and hashes it.

    First the folder is left alone: what was written just before is read anew each time (git's racy-time rule).
    """
    time.sleep(SETTLED)
    again = partial(run, GRANSKNING, "-q", "-C", str(folder), "check", XDG_CACHE_HOME=str(folder / "minne"))
    bench.compare(name, f"check of {count:,} reviews, again", "reading and hashing them", 3, again,
                  lambda: run(sys.executable, "-c", READ_AND_HASH, str(folder)), 1.3, is_measure=True)  # fmt: skip


def _quoted_dates(folder: Path, reviews: Sequence[Path]) -> Path:
    """The reviews once more, with their dates in quotation marks: ajv-cli's reader makes them something else."""
    place = folder.parent / "quoted"
    place.mkdir()
    for number, path in enumerate(reviews):
        text = re.sub(r"(: )(\d{4}-\d\d(?:-\d\d)?)$", r'\1"\2"', path.read_text("utf-8"), flags=re.MULTILINE)
        (place / f"{number}.yaml").write_text(text, "utf-8")
    return place


def bench_items(bench: Bench) -> None:
    """Reviews and as many items of doorstop, which keeps requirements as YAML in git, as they have answers."""
    program = peer("doorstop")
    if program is None:
        return
    with folder_of(bench.of(40, 10)) as (folder, reviews):
        count = sum(len(yaml.safe_load(path.read_bytes())["answers"]) for path in reviews)
        place = folder.parent / "krav"
        (place / "req").mkdir(parents=True)
        subprocess.run(["git", "init", "-q", str(place)], check=True)
        settings = {"settings": {"digits": 5, "prefix": "REQ", "sep": ""}}
        (place / "req/.doorstop.yml").write_text(yaml.safe_dump(settings), "utf-8")
        for number in range(1, count + 1):
            item = {"active": True, "derived": False, "header": "", "level": f"1.{number}", "links": [],
                    "normative": True, "ref": "", "reviewed": None,
                    "text": "Planen har mål för kvinnor och män.\n" * 8}  # fmt: skip
            (place / f"req/REQ{number:05d}.yml").write_text(yaml.safe_dump(item), "utf-8")
        words = (program, "--quiet", "--no-reformat", "--no-level-check")
        bench.compare("doorstop", f"check of {count:,} answers in {len(reviews)} reviews",
                      f"doorstop on {count:,} items", bench.of(3, 1),
                      lambda: run(GRANSKNING, "--no-cache", "-q", "-C", str(folder), "check"),
                      lambda: run("env", "-C", str(place), *words), 1)  # fmt: skip


def run_memory(*command: str) -> float:
    """The most that any of its processes held, in MB."""
    words = [sys.executable, "-c", MEMORY, *command]
    return float(subprocess.run(words, env=ENVIRONMENT, capture_output=True, check=True).stdout)


def bench_score(bench: Bench) -> None:
    """Many reviews: scoring them, and reading them."""
    from granskning.tasks.folder.open import open_workspace  # noqa: PLC0415  # the other benches measure processes
    from granskning.tasks.folder.score import score_workspace  # noqa: PLC0415

    reading, scoring = [], []
    with folder_of(bench.of(3000, 500)) as (folder, reviews):
        for _round in range(3):
            start, used = time.perf_counter(), time.process_time()
            loaded = open_workspace(folder)[1]
            reading.append(Spent(time.perf_counter() - start, time.process_time() - used))
            gc.collect()
            start, used = time.perf_counter(), time.process_time()
            score_workspace(loaded.workspace)
            scoring.append(Spent(time.perf_counter() - start, time.process_time() - used))
            del loaded
            gc.collect()
        bench.told(
            "score", f"scoring of {len(reviews):,} reviews", "reading them", scoring, reading, 0.20, is_measure=True
        )


def bench_history(bench: Bench) -> None:
    """Reviews in many commits: all results of all versions, and `git log --raw` alone.

    Told twice. "The reading" is what the program works for: git and our own code, from the call to the last moment,
    without Python's start and without printing. "The command" is all that somebody waits for, the table printed too.
    """
    with tempfile.TemporaryDirectory(prefix="granskning-bench-") as name:
        folder, cache = Path(name, "folder"), Path(name, "cache")
        say(f"... {write_repository(folder, bench.of(200, 50), bench.of(3000, 400))} commits")
        log = [
            *("git", "-C", str(folder), "log", "--raw", "-z", "--no-abbrev", "-M", "--full-history"),
            *("--diff-merges=first-parent", "HEAD", "--", "granskning.yaml", "criteria", "strategies"),
        ]
        reading = (sys.executable, "-c", HISTORY, str(folder))
        command = (GRANSKNING, "-C", str(folder), "history")
        environment = {"XDG_CACHE_HOME": str(cache)}

        def forgotten(work: Callable[[], Spent]) -> Spent:
            shutil.rmtree(cache, ignore_errors=True)
            return work()

        sides = take_turns(
            bench.of(3, 2),
            lambda: run(*log),
            lambda: forgotten(lambda: run_told(*reading, **environment)),
            lambda: run_told(*reading, **environment),
            lambda: forgotten(lambda: run(*command, **environment)),
            lambda: run(*command, **environment),
        )
    log_alone, *ours = sides
    whats = (
        ("history-anew", "history worked out anew, the reading", 15),
        ("history-again", "history remembered, the reading", 2),
        ("history-command", "history worked out anew, the command", 15),
        ("history-command-again", "history remembered, the command", 2),
    )
    for (ident, what, most), side in zip(whats, ours, strict=True):
        bench.told(ident, what, "git log --raw", side, log_alone, most)
    bench.amount("history-memory", "history, MB of memory", max(one.memory for side in ours[:2] for one in side), 100)


def as_json(value: object) -> str:
    """As JSON that people can read too."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
