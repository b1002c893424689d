"""Print many pages at once: in a pool of processes where one that dies or gets stuck fails only its own page."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import TimeoutError as TookTooLongError
from concurrent.futures import as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.pdf import Attached, Printed, font_settings, limit_memory, print_pdf
from granskning.errors import GranskningError, PrintingFailedError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Job:
    """One page to print: where it is to go, and what it says."""

    output: str
    html: str
    attachments: tuple[Attached, ...] = ()
    identity: str = ""
    """What the file's own id is made of."""
    language: str = "sv"
    """Of the words that only a Word document has."""

    @property
    def is_word(self) -> bool:
        """Whether it is to be a Word document, and not a PDF."""
        return self.output.endswith(".docx")


def print_all(
    jobs: Sequence[Job], *, fonts: Path, workers: int | None = None, seconds: float = 120, guarded: bool = False
) -> Iterator[tuple[str, Printed | GranskningError]]:
    """Print the pages and give each as it is done, with its output; a failure is given, not raised.

    When `guarded`, even a single page is printed in a process of its own with limited memory: a workspace's own style
    may ask for anything.
    """
    workers = min(workers or default_workers(), len(jobs))
    with font_settings(fonts) as settings:
        if workers < 2 and not guarded:  # noqa: PLR2004  # a pool of one is none
            for job in jobs:
                yield job.output, _attempt(job, fonts, settings, seconds)
        else:
            yield from _in_pool(jobs, fonts, settings, workers, seconds)


def default_workers() -> int:
    """As many as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _attempt(job: Job, fonts: Path, settings: Path, seconds: float | None = None) -> Printed | GranskningError:
    try:
        if job.is_word:
            from granskning.tasks.word import write_docx  # noqa: PLC0415  # seldom asked for

            return write_docx(job.html, job.language, fonts=fonts, settings=settings, seconds=seconds)
        return print_pdf(
            job.html,
            fonts=fonts,
            attachments=job.attachments,
            identity=job.identity,
            settings=settings,
            seconds=seconds,
        )
    except GranskningError as error:
        return error


def _in_pool(
    jobs: Sequence[Job], fonts: Path, settings: Path, workers: int, seconds: float
) -> Iterator[tuple[str, Printed | GranskningError]]:
    """Workers are forked from a process that has loaded WeasyPrint, so each starts in a moment."""
    from pebble import ProcessExpired, ProcessPool  # noqa: PLC0415  # only who prints needs it

    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    if forks:
        context.set_forkserver_preload(["weasyprint", "granskning.tasks.printing"])
    with ProcessPool(max_workers=workers, initializer=limit_memory, context=context) as pool:
        outputs: dict[Future[Printed | GranskningError], str] = {
            pool.schedule(_attempt, args=(job, fonts, settings), timeout=seconds): job.output for job in jobs
        }
        try:
            for future in as_completed(outputs):
                try:
                    yield outputs[future], future.result()
                except TookTooLongError:
                    message = N_("printing was stopped after {seconds} seconds")
                    yield outputs[future], PrintingFailedError(message, "", seconds=round(seconds))
                except ProcessExpired as error:
                    message = N_("the printing process died (exit code {code})")
                    yield outputs[future], PrintingFailedError(message, "", code=error.exitcode)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]  # an interrupted build waits for nobody
            raise
