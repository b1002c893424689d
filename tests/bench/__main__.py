"""`make bench`: how fast granskning is, as ratios against a reference in the same run. No part of the tests.

Each pair is run in turns, so that both meet the same weather, and the medians are compared. CPU time is what the
processes used, whatever else the computer did. `make bench ONLY="check start"` runs some.
"""

from __future__ import annotations

import gc
import io
import os
import re
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from corpus import write_corpus
from pdfminer.high_level import extract_text as pdfminer_text
from quotations import figures, is_good, long_document, outcomes, seconds
from repository import write_repository
from untuned import untune

from granskning.edges.readers.document_reading import read_document
from granskning.evidence.lookup import QuotationLookup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "src/granskning/workspace/schemas/review.schema.json"
BIN = Path(sysconfig.get_path("scripts"))
GRANSKNING = str(BIN / "granskning")
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
}
"""Compiled modules are kept, as on a computer where granskning is in use."""

WEASYPRINT_ALONE = """
import sys
from pathlib import Path
from weasyprint import HTML
text = Path(sys.argv[1]).read_text("utf-8")
HTML(string=text, base_url=None).write_pdf(sys.argv[2], pdf_variant="pdf/a-2a", pdf_tags=True)
"""
HISTORY = """
import resource, sys, time
from pathlib import Path
from granskning.i18n import Translator
from granskning.tasks.history.history import read_history
start, used = time.perf_counter(), [time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)]
read_history(Path(sys.argv[1]), Translator("sv"))
children = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = time.process_time() - used[0] + children.ru_utime + children.ru_stime
print(time.perf_counter() - start, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
READ_AND_HASH = """
import sys
from pathlib import Path
import granskning.cli.app
from granskning.tasks.folder.open import open_workspace
_, loaded = open_workspace(Path(sys.argv[1]))
for strategy in loaded.workspace.strategies.values():
    for edition in strategy.editions:
        if edition.document:
            loaded.files.fingerprint(f"strategies/{strategy.id}/{edition.document}")
"""
FONTS = '<?xml version="1.0"?><fontconfig><dir>{}</dir></fontconfig>'


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds: by the clock, and of the processor; and the most memory, in MB, where it is asked for."""

    wall: float
    cpu: float
    memory: float = 0.0


def main(names: Sequence[str]) -> int:
    """Run the benches named, or all."""
    benches = {
        "check": bench_check, "start": bench_start, "score": bench_score, "history": bench_history,
        "pdf": bench_pdf, "layout": bench_layout, "jobs": bench_jobs, "memory": bench_memory,
        "page": bench_page, "evidence": bench_evidence,
    }  # fmt: skip
    if unknown := set(names) - set(benches):
        say(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(benches)}")
        return 2
    say(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    reached = [benches[name]() for name in names or benches]
    say("All targets are reached." if all(reached) else "Some targets are not reached.")
    return 0


def bench_check() -> bool:
    """A thousand reviews: `granskning check` and check-jsonschema with the same schema."""
    with folder_of(1000) as (folder, reviews):
        ours, theirs = take_turns(
            5,
            lambda: run(GRANSKNING, "-q", "-C", str(folder), "check"),
            lambda: run(str(BIN / "check-jsonschema"), "--schemafile", str(SCHEMA), *map(str, reviews)),
        )
    return tell("check of 1,000 reviews, times faster than check-jsonschema", theirs, ours, least=20)


def bench_start() -> bool:
    """One review: `granskning check FILE` and a Python that does nothing."""
    with folder_of(1) as (folder, reviews):
        ours, theirs = take_turns(
            25,
            lambda: run(GRANSKNING, "-q", "-C", str(folder), "check", str(reviews[0])),
            lambda: run(sys.executable, "-c", "pass"),
        )
    return tell("check of one review, times a Python that does nothing", ours, theirs, most=13)


def bench_evidence() -> bool:
    """Quotations: right, in less time than their document is read; documents ten times faster than pdfminer.six."""
    counts = outcomes()
    for line in figures(counts):
        say(line)
    data, citations = long_document()
    text = read_document(data, b"long.pdf")
    reading = seconds(lambda: read_document(data, b"long.pdf"))

    def look_up() -> None:
        lookup = QuotationLookup(text)
        for citation in citations:
            lookup.look_up(citation)

    say(f"{len(text.pages)} pages")
    reached = [
        is_good(counts),
        report("500 quotations, times reading their document", seconds(look_up) / reading, most=1),
    ]
    theirs = seconds(lambda: pdfminer_text(io.BytesIO(data)))
    reached.append(report("text of a PDF, times faster than pdfminer.six", theirs / reading, least=10))
    run(GRANSKNING, "-C", str(ROOT), "evidence")
    warm, hashing = take_turns(
        5,
        lambda: run(GRANSKNING, "-q", "-C", str(ROOT), "evidence"),
        lambda: run(sys.executable, "-c", READ_AND_HASH, str(ROOT)),
    )
    reached.append(tell("warm evidence of all that is shipped, times reading and hashing it", warm, hashing, most=3))
    return all(reached)


def report(what: str, ratio: float, *, least: float | None = None, most: float | None = None) -> bool:
    """A ratio and whether it is as it should be."""
    good = (least is None or ratio >= least) and (most is None or ratio <= most)
    say(f"{what}: {ratio:.2f} ({'at least' if least else 'at most'} {least or most}){'' if good else '  NOT REACHED'}")
    return good


def bench_pdf() -> bool:
    """A review of forty criteria: `granskning render` and WeasyPrint on the same HTML, in the same fonts."""
    with folder_of(1, per_target=5) as (folder, reviews):
        page, fonts = folder / "page.html", folder / "fonts.conf"
        run(GRANSKNING, "-C", str(folder), "render", str(reviews[0]), "-o", str(page))
        fonts.write_text(FONTS.format(ROOT / "templates/fonts"), encoding="utf-8")
        environment = {"FONTCONFIG_FILE": str(fonts)}
        ours, theirs = take_turns(
            7,
            lambda: run(GRANSKNING, "-C", str(folder), "render", str(reviews[0]), "-o", str(folder / "ours.pdf")),
            lambda: run(sys.executable, "-c", WEASYPRINT_ALONE, str(page), str(folder / "theirs.pdf"), **environment),
        )
    return tell("PDF of 40 criteria, times WeasyPrint alone on the same HTML", ours, theirs, most=1.15)


def bench_layout() -> bool:
    """The same review, as we lay it out and as one does before measuring; WeasyPrint alone on both."""
    with folder_of(1, per_target=5) as (folder, reviews):
        page, untuned, fonts = folder / "page.html", folder / "untuned.html", folder / "fonts.conf"
        run(GRANSKNING, "-C", str(folder), "render", str(reviews[0]), "-o", str(page))
        untuned.write_text(untune(page.read_text("utf-8")), "utf-8")
        fonts.write_text(FONTS.format(ROOT / "templates/fonts"), encoding="utf-8")

        def alone(source: Path) -> Spent:
            words = (sys.executable, "-c", WEASYPRINT_ALONE, str(source), str(folder / "alone.pdf"))
            return run(*words, FONTCONFIG_FILE=str(fonts))

        slow, quick = take_turns(7, lambda: alone(untuned), lambda: alone(page))
    return tell("PDF of 40 criteria, times faster than the same report untuned", slow, quick, least=1.3)


def bench_jobs() -> bool:
    """Twelve reviews of forty criteria: a build with one worker and one with two. By the clock, on an idle computer."""
    with folder_of(12, per_target=5) as (folder, _):

        def build(jobs: int) -> Spent:
            shutil.rmtree(folder / "build", ignore_errors=True)
            return run(GRANSKNING, "-q", "-C", str(folder), "build", "--format", "pdf", "--jobs", str(jobs))

        one, two = take_turns(3, lambda: build(1), lambda: build(2))
    return tell("build with two workers, times faster than with one", one, two, least=1.7, by_clock=True)


def bench_memory() -> bool:
    """A hundred reports in one build: the most that any of its processes held."""
    with folder_of(100, per_target=5) as (folder, _):
        command = (GRANSKNING, "-q", "-C", str(folder), "build", "--format", "pdf", "--only", "plan-*/*/*")
        with subprocess.Popen(command, env=ENVIRONMENT, start_new_session=True, stdout=subprocess.DEVNULL) as process:
            most = 0
            while process.poll() is None:
                most = max(most, *(_held(one, process.pid) for one in Path("/proc").glob("[0-9]*")))
                time.sleep(0.1)
        made = len(list(folder.glob("build/*/*/*.pdf")))
    reached = most <= 400 and made == 100 and process.returncode == 0
    verdict = "reached" if reached else "NOT REACHED"
    say(f"{made} reports in one build, MiB of the largest process: {most} (at most 400): {verdict}")
    return reached


def _held(process: Path, session: int) -> int:
    """The most that a process of that session has held, in MiB."""
    try:
        if int((process / "stat").read_text().rpartition(")")[2].split()[3]) != session:
            return 0
        found = re.search(r"VmHWM:\s+(\d+)", (process / "status").read_text())
    except (OSError, ValueError):
        return 0  # it has ended meanwhile
    return int(found[1]) // 1024 if found else 0


def bench_score() -> bool:
    """Ten thousand reviews: scoring them, and reading them."""
    from granskning.tasks.folder.open import open_workspace  # noqa: PLC0415  # the other benches measure processes
    from granskning.tasks.folder.score import score_workspace  # noqa: PLC0415

    reading, scoring = [], []
    with folder_of(10_000) as (folder, _):
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
    return tell("scoring of 10,000 reviews, as a share of reading them", scoring, reading, most=0.20)


def bench_history() -> bool:
    """Two hundred reviews in three thousand commits: all results of all versions, and `git log --raw` alone.

    Told twice. "The reading" is what the program works for: git and our own code, from the call to the last moment,
    without Python's start and without printing. "The command" is all that somebody waits for, the table printed too.
    """
    with tempfile.TemporaryDirectory(prefix="granskning-bench-") as name:
        folder, cache = Path(name, "folder"), Path(name, "cache")
        say(f"... {write_repository(folder, 200, 3000)} commits")
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

        alone, first, again, command_first, command_again = take_turns(
            5,
            lambda: run(*log),
            lambda: forgotten(lambda: told(*reading, **environment)),
            lambda: told(*reading, **environment),
            lambda: forgotten(lambda: run(*command, **environment)),
            lambda: run(*command, **environment),
        )
        memory = max(one.memory for one in (*first, *again))
    reached = [memory <= 200]
    say(f"memory of history: {memory:.0f} MB (at most 200): {'reached' if reached[0] else 'NOT REACHED'}")
    reached += [
        tell("history worked out anew, the reading, times `git log --raw`", first, alone, most=25),
        tell("history remembered, the reading, times `git log --raw`", again, alone, most=2),
        tell("history worked out anew, the command, times `git log --raw`", command_first, alone, most=25),
        tell("history remembered, the command, times `git log --raw`", command_again, alone, most=2),
    ]
    return all(reached)


def told(*command: str, **environment: str) -> Spent:
    """Run a program that tells itself what it spent: seconds by the clock, of the processor, and its memory in MB."""
    done = subprocess.run(command, env={**ENVIRONMENT, **environment}, capture_output=True, check=True)
    return Spent(*map(float, done.stdout.split()))


def bench_page() -> bool:
    """The page: its first view and reading the folder; a save and a round trip of ruamel.yaml; views and 150 ms."""
    import asked_page  # noqa: PLC0415  # the other benches measure processes

    from granskning.tasks.folder.open import open_workspace  # noqa: PLC0415

    limit = [Spent(0.150, 0.150)]
    with folder_of(10) as (folder, reviews):
        asked, at = asked_page.Asked(folder), asked_page.address_of(folder, reviews[0])
        trip = asked_page.Trip(asked, at, reviews[0])
        ours, theirs = take_turns(9, lambda: timed(trip.write), lambda: timed(trip.round_trip))
        reached = [tell("one field saved, times faster than a round trip of ruamel.yaml", theirs, ours, least=10)]
        first = sum(len(asked.get(one, packed=True)) for one in (at, *asked_page.STATIC))
        reached.append(first < asked_page.MOST_BYTES)
        say(f"first visit to a review: {first / 1000:.0f} kB (at most {asked_page.MOST_BYTES / 1000:.0f})")
    with folder_of(1000) as (folder, reviews):
        ours, theirs = take_turns(
            3, lambda: timed(lambda: asked_page.Asked(folder).get("/")), lambda: timed(lambda: open_workspace(folder))
        )
        reached.append(tell("first page of 1,000 reviews, times reading the folder", ours, theirs, most=3))
        asked, at = asked_page.Asked(folder), asked_page.address_of(folder, reviews[500])
        asked.get("/")
        trip = asked_page.Trip(asked, at, reviews[500])
        spent = take_turns(
            5,
            lambda: timed(trip.save),
            lambda: timed(lambda: asked.get("/")),  # always after a change
            lambda: timed(lambda: asked.get(at)),
        )
        for what, one in zip(("saving an answer", "the overview after a change", "a review"), spent, strict=True):
            reached.append(tell(f"{what} among 1,000 reviews, as a share of 150 ms", one, limit, most=1))
    return all(reached)


def timed(work: Callable[[], object]) -> Spent:
    """Do something in this process."""
    gc.collect()
    start, used = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - start, time.process_time() - used)


def run(*command: str, **environment: str) -> Spent:
    """Run a command that must succeed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env={**ENVIRONMENT, **environment}, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit(f"{command[:4]} failed:\n{done.stdout.decode()[-2000:]}\n{done.stderr.decode()[-2000:]}")
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def take_turns(rounds: int, *things: Callable[[], Spent]) -> list[list[Spent]]:
    """Run each thing that many times, in turns, after one time that does not count."""
    for thing in things:
        thing()
    spent: list[list[Spent]] = [[] for _ in things]
    for number in range(rounds * len(things)):
        place = number % len(things)
        spent[place].append(things[place]())
    return spent


def tell(  # noqa: PLR0913  # what a target is
    what: str,
    above: list[Spent],
    below: list[Spent],
    *,
    least: float | None = None,
    most: float | None = None,
    by_clock: bool = False,
) -> bool:
    """Print a ratio of medians with its target; whether it is reached, by processor time unless `by_clock`."""
    wall = median(one.wall for one in above) / median(one.wall for one in below)
    cpu = median(one.cpu for one in above) / median(one.cpu for one in below)
    ratio = wall if by_clock else cpu
    reached = (least is None or ratio >= least) and (most is None or ratio <= most)
    wanted = f"at least {least}" if least is not None else f"at most {most}"
    times = " / ".join(f"{median(one.wall for one in side):.3f} s" for side in (above, below))
    also = f"by processor time {cpu:.2f}" if by_clock else f"by the clock {wall:.2f}"
    say(f"{what}: {ratio:.2f} ({also}; {times}; {wanted}): {'reached' if reached else 'NOT REACHED'}")
    return reached


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
