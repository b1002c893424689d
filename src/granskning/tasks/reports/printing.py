"""Print many pages at once: in a pool of processes where one that dies or gets stuck fails only its own page.

A report as a Word document: its charts are drawn, and the page becomes paragraphs, lists and tables.
"""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.limits import Limit
from granskning.edges.pdf import (
    Attached,
    Printed,
    font_settings,
    load_printing,
    missing_libraries,
    print_pdf,
    start_printer,
)
from granskning.edges.pictures import draw_pictures
from granskning.edges.workers import Workers, run_here
from granskning.errors import (
    GranskningError,
    PrintingFailedError,
    TookTooLongError,
    WaitedTooLongError,
    WorkerDiedError,
)
from granskning.i18n import N_, Translator
from granskning.reporting.word.docx_document import drawings_of, make_docx

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MORE = N_("allow more with --seconds")
SECONDS = 120.0
"""Of processor time for a page: the largest report of this repository takes 15."""
_PRELOAD = ("weasyprint", "granskning.tasks.reports.printing")


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


def printing_limit(seconds: float | None = None) -> Limit:
    """The limit of a page where the reader may choose another with --seconds."""
    return Limit(seconds or SECONDS, MORE)


def print_all(
    jobs: Sequence[Job], *, fonts: Path, workers: int | None = None, limit: Limit | None = None, guarded: bool = False
) -> Iterator[tuple[str, Printed | GranskningError]]:
    """Print the pages and give each as it is done, with its output; a failure is given, not raised.

    When `guarded`, even a single page is printed in a process of its own with limited memory: a workspace's own style
    may ask for anything.
    """
    if not jobs:
        return
    workers = min(workers or default_workers(), len(jobs))
    limit = limit or Limit(SECONDS)
    with font_settings(fonts) as settings:
        if workers < 2 and not guarded:  # noqa: PLR2004  # a pool of one is none
            load_printing()
            for job in jobs:
                yield job.output, _told(run_here(_print, (job, fonts, settings), limit))
        else:
            # forked from a process that has loaded WeasyPrint, each starts in a moment
            with closing(Workers(workers, preload=_PRELOAD, start=start_printer)) as pool:
                for place, printed in pool.run(_print, [(job, fonts, settings) for job in jobs], limit):
                    yield jobs[place].output, _told(printed)


def default_workers() -> int:
    """As many as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def printing_failed(error: GranskningError) -> GranskningError:
    """An error of a worker in words of printing; another as it is."""
    if isinstance(error, WaitedTooLongError):
        message = N_("printing was stopped after {seconds} seconds by the clock")
    elif isinstance(error, TookTooLongError):
        message = N_("printing was stopped after {seconds} seconds of processor time")
    elif isinstance(error, WorkerDiedError):
        message = N_("the printing process died (exit code {code})")
    else:
        return error
    return PrintingFailedError(message, error.hint, **error.values)


def _told(printed: Printed | GranskningError) -> Printed | GranskningError:
    return printing_failed(printed) if isinstance(printed, GranskningError) else printed


def _print(job: Job, fonts: Path, settings: Path) -> Printed:
    if job.is_word:
        return write_docx(job.html, job.language, fonts=fonts, settings=settings)
    return print_pdf(job.html, fonts=fonts, attachments=job.attachments, identity=job.identity, settings=settings)


def write_docx(html: str, language: str, *, fonts: Path, settings: Path | None = None) -> Printed:
    """The document of a page. Where charts cannot be drawn, what they say stands in their place."""
    drawings = drawings_of(html)
    pictures: tuple[bytes, ...] = ()
    if not missing_libraries():
        sizes = [(drawing.markup, drawing.width, drawing.height) for drawing in drawings]
        pictures = draw_pictures(sizes, fonts=fonts, settings=settings)
    return Printed(make_docx(html, pictures, Translator(language)))
