"""Benches of what makes reports: one PDF, its layout, many at once, and a build that has nothing to do."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from measures import ENVIRONMENT, Spent, folder_of, run, timed
from peers import ROOT
from reading import GRANSKNING
from untuned import untune
from weasyprint import HTML, Attachment

from granskning.edges.printing.pdf import Attached, print_pdf
from granskning.shipped import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from measures import Bench

WEASYPRINT_ALONE = """
import sys
from pathlib import Path
from weasyprint import HTML
text = Path(sys.argv[1]).read_text("utf-8")
HTML(string=text, base_url=None).write_pdf(sys.argv[2], pdf_variant="pdf/a-2a", pdf_tags=True)
"""
FONTS = '<?xml version="1.0"?><fontconfig><dir>{}</dir></fontconfig>'
DATE = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
LARGE = 5
"""Questions a target, in the review that is printed: forty in all."""


def bench_pdf(bench: Bench) -> None:
    """A review of forty criteria, in the same fonts: a command against another, then the printing and the layout alone.

    The step by itself, in a process that has loaded WeasyPrint, is what each report of a build costs; it carries the
    same files and has the same variant on both sides. The layout is WeasyPrint's own, with nothing of ours in it.
    """
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
        files = [*folder.glob("criteria/*.yaml"), *folder.glob("strategies/*/strategy.yaml"), *reviews]
        step = PrintingStep(page.read_text("utf-8"), files, fonts)
        bench.compare("pdf-step", "printing the same page", "WeasyPrint alone, with the same files and variant",
                      bench.of(7, 3), step.ours, step.alone, 1.10)  # fmt: skip
        bench.compare("layout", "layout of 40 criteria", "the same report untuned", bench.of(7, 3),
                      step.layout, step.untuned, 0.77, is_measure=True)  # fmt: skip


class PrintingStep:
    """One page printed in this process, by granskning and by WeasyPrint alone, with the same files attached."""

    def __init__(self, html: str, files: list[Path], fonts: Path) -> None:
        self._html, self._untuned = html, untune(html)
        self._files = [(path.name, path.read_bytes()) for path in files]
        self._fonts = str(fonts)

    def ours(self) -> Spent:
        """What a printing worker does with a page."""
        attached = tuple(Attached(name, data, name, DATE) for name, data in self._files)
        return timed(lambda: print_pdf(self._html, fonts=fonts_folder(), attachments=attached))

    def alone(self) -> Spent:
        """The same page, files, variant and tags."""

        def work() -> None:
            files = [Attachment(string=data, name=name, created=DATE, modified=DATE) for name, data in self._files]
            HTML(string=self._html).write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True, attachments=files)

        return self._timed(work)

    def layout(self) -> Spent:
        """WeasyPrint's layout of the page."""
        return self._timed(lambda: HTML(string=self._html).render())

    def untuned(self) -> Spent:
        """WeasyPrint's layout of the page without our habits."""
        return self._timed(lambda: HTML(string=self._untuned).render())

    def _timed(self, work: Callable[[], object]) -> Spent:
        with mock.patch.dict("os.environ", FONTCONFIG_FILE=self._fonts):
            return timed(work)


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
