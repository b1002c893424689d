"""Benches of what makes reports: one PDF, its layout, many at once, and a build that has nothing to do."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from measures import ENVIRONMENT, Spent, folder_of, run
from peers import ROOT
from reading import GRANSKNING
from untuned import untune

if TYPE_CHECKING:
    from measures import Bench

WEASYPRINT_ALONE = """
import sys
from pathlib import Path
from weasyprint import HTML
text = Path(sys.argv[1]).read_text("utf-8")
HTML(string=text, base_url=None).write_pdf(sys.argv[2], pdf_variant="pdf/a-2a", pdf_tags=True)
"""
FONTS = '<?xml version="1.0"?><fontconfig><dir>{}</dir></fontconfig>'
LARGE = 5
"""Questions a target, in the review that is printed: forty in all."""


def bench_pdf(bench: Bench) -> None:
    """A review of forty criteria: `granskning render` and WeasyPrint on the same HTML, in the same fonts."""
    with folder_of(1, per_target=LARGE) as (folder, reviews):
        page, fonts = folder / "page.html", folder / "fonts.conf"
        run(GRANSKNING, "-C", str(folder), "render", str(reviews[0]), "-o", str(page))
        fonts.write_text(FONTS.format(ROOT / "templates/fonts"), encoding="utf-8")

        def alone(source: Path) -> Spent:
            words = (sys.executable, "-c", WEASYPRINT_ALONE, str(source), str(folder / "alone.pdf"))
            return run(*words, FONTCONFIG_FILE=str(fonts))

        render = (GRANSKNING, "-C", str(folder), "render", str(reviews[0]), "-o", str(folder / "ours.pdf"))
        bench.compare("pdf", "PDF of 40 criteria", "WeasyPrint alone on the same HTML", bench.of(5, 3),
                      lambda: run(*render), lambda: alone(page), 1.10)  # fmt: skip
        untuned = folder / "untuned.html"
        untuned.write_text(untune(page.read_text("utf-8")), "utf-8")
        bench.compare("layout", "layout of 40 criteria", "the same report untuned", bench.of(5, 2),
                      lambda: alone(page), lambda: alone(untuned), 0.77, is_measure=True)  # fmt: skip


def bench_jobs(bench: Bench) -> None:
    """Some reviews of forty criteria: a build with one worker and one with two. By the clock, on an idle computer."""
    count = bench.of(12, 4)
    with folder_of(count, per_target=LARGE) as (folder, _):

        def build(jobs: int) -> Spent:
            shutil.rmtree(folder / "build", ignore_errors=True)
            return run(GRANSKNING, "-q", "-C", str(folder), "build", "--format", "pdf", "--jobs", str(jobs))

        bench.compare("jobs", f"build of {count} reviews with two workers", "with one", bench.of(2, 1),
                      lambda: build(2), lambda: build(1), 0.56, by_clock=True, is_measure=True)  # fmt: skip


def bench_idle(bench: Bench) -> None:
    """A build that has nothing to do, and a check of the same folder that remembers its verdict."""
    with folder_of(bench.of(300, 40)) as (folder, _):
        run(GRANSKNING, "-q", "-C", str(folder), "build", "--format", "html")
        bench.compare("build-again", f"build again of {bench.of(300, 40)} reviews, with nothing to do", "check, again",
                      bench.of(5, 3), lambda: run(GRANSKNING, "-q", "-C", str(folder), "build", "--format", "html"),
                      lambda: run(GRANSKNING, "-q", "-C", str(folder), "check"), 2, is_measure=True)  # fmt: skip


def bench_memory(bench: Bench) -> None:
    """Many reports in one build: the most that any of its processes held."""
    count = bench.of(100, 12)
    with folder_of(count, per_target=LARGE) as (folder, _):
        command = (GRANSKNING, "-q", "-C", str(folder), "build", "--format", "pdf", "--only", "plan-*/*/*")
        with subprocess.Popen(command, env=ENVIRONMENT, start_new_session=True, stdout=subprocess.DEVNULL) as process:
            most = 0
            while process.poll() is None:
                most = max(most, *(_held(one, process.pid) for one in Path("/proc").glob("[0-9]*")))
                time.sleep(0.1)
        made = len(list(folder.glob("build/*/*/*.pdf")))
        if made != count or process.returncode:
            raise SystemExit(f"{made} of {count} reports were made")
    bench.amount("build-memory", f"{count} reports in one build, MiB of its largest process", most, 400)


def _held(process: Path, session: int) -> int:
    """The most that a process of that session has held, in MiB."""
    try:
        if int((process / "stat").read_text().rpartition(")")[2].split()[3]) != session:
            return 0
        held = re.search(r"VmHWM:\s+(\d+)", (process / "status").read_text())
    except (OSError, ValueError):
        return 0  # it has ended meanwhile
    return int(held[1]) // 1024 if held else 0
