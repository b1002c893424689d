"""Print many pages at once: in a pool of processes where one that dies or gets stuck fails only its own page.

A report as a Word document: its charts are drawn, and the page becomes paragraphs, lists and tables.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.cluster.host import JobKind
from granskning.edges.limits import Limit, usable_cores
from granskning.edges.printing.pdf import (
    Attached,
    Printed,
    font_settings,
    load_printing,
    missing_libraries,
    print_pdf,
    start_printer,
)
from granskning.edges.printing.pictures import draw_pictures
from granskning.edges.workers import Workers, run_here
from granskning.errors import (
    GranskningError,
    PrintingFailedError,
    TemplateFaultError,
    TookTooLongError,
    UnreadableFileError,
    WaitedTooLongError,
    Words,
    WorkerDiedError,
)
from granskning.i18n import N_, Translator
from granskning.reporting.html.render import ASSET, LOGO, LOGO_TEXT, own_parts
from granskning.reporting.word.docx_document import REFERENCE, drawings_of, make_docx
from granskning.shipped import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from granskning.edges.cluster.client import Cluster

MORE = N_("allow more with --seconds")
_LOOK_AT_OWN = N_("the folder's own parts of the page may be the cause: {own}")
_MOST_NAMES = 5
SECONDS = 120.0
"""Of processor time for a page: the largest report of this repository takes 15."""
PRELOADED = ("granskning.edges.printing.preloaded", "granskning.tasks.reports.printing")
"""What a process that prints begins with."""


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
    reference: bytes = b""
    """The folder's own document that a Word document is set in."""

    @property
    def is_word(self) -> bool:
        """Whether it is to be a Word document, and not a PDF."""
        return self.output.endswith(".docx")


def printing_limit(seconds: float | None = None) -> Limit:
    """The limit of a page where the reader may choose another with --seconds."""
    return Limit(seconds or SECONDS, MORE)


def print_all(  # noqa: PLR0913  # what is printed and with what, and how much at a time
    jobs: Sequence[Job],
    templates: Mapping[str, str],
    *,
    fonts: Path,
    workers: int | None = None,
    limit: Limit | None = None,
    apart: bool = False,
    cluster: Cluster | None = None,
    tell: Callable[[str, GranskningError], None] = lambda _output, _error: None,
) -> Iterator[tuple[str, Printed | GranskningError]]:
    """Print the pages and give each as it is done, with its output; a failure is given, not raised.

    The longest are begun first, so that no processor waits at the end for one that was begun last.

    `templates` are those that the pages were made with. Where anything among them is the workspace's own, even a single
    page is printed in a process with limited memory, since it may ask for anything; so is a Word document that is set
    in one of the workspace's. `apart` asks for that anyway: where
    all of the page is a stranger's, or where this process must live on. Where a `cluster` prints, its machines do as
    this one would: in processes with the same limits. `tell` hears of each page whose process died or got stuck, and
    which is printed once more, alone. Raises what a cluster does when it is lost.
    """
    if not jobs:
        return
    own = own_parts(templates)
    jobs = sorted(jobs, key=lambda job: -len(job.html))
    limit = limit or Limit(SECONDS)

    def tell_again(place: int, error: GranskningError) -> None:
        tell(jobs[place].output, printing_failed(error, own))

    if cluster is not None:
        for place, printed in cluster.run(PRINTING, [(job,) for job in jobs], limit, tell_again):
            yield jobs[place].output, _told(printed, own)
        return
    workers = min(workers or default_workers(), len(jobs))
    apart = apart or any(job.reference for job in jobs)
    with font_settings(fonts) as settings:
        if workers < 2 and not own and not apart:  # noqa: PLR2004  # a pool of one is none
            load_printing()
            for job in jobs:
                yield job.output, _told(run_here(_print, (job, fonts, settings), limit), own)
        else:
            # forked from a process that has loaded WeasyPrint, each starts in a moment
            with closing(Workers(workers, preload=PRELOADED, start=start_printer)) as pool:
                work = [(job, fonts, settings) for job in jobs]
                for place, printed in pool.run(_print, work, limit, tell_again):
                    yield jobs[place].output, _told(printed, own)


def default_workers() -> int:
    """As many as this process may use processors."""
    return usable_cores()


def printing_failed(error: GranskningError, own: Collection[str] = ()) -> GranskningError:
    """An error of a worker in words of printing; another as it is. `own` are the names of the folder's own parts."""
    if isinstance(error, WaitedTooLongError):
        message = N_("printing was stopped after {seconds} s by the clock")
    elif isinstance(error, TookTooLongError):
        message = N_("printing was stopped after {seconds} s of processor time")
    elif isinstance(error, WorkerDiedError):
        message = N_("the printing process died (exit code {code})")
    elif isinstance(error, PrintingFailedError):
        message = error.message
    else:
        return error
    values = {**error.values, "own": _names(own)}
    return PrintingFailedError(message, error.hint or (_LOOK_AT_OWN if own else ""), **values)


def _told(printed: Printed | GranskningError, own: Collection[str]) -> Printed | GranskningError:
    return printing_failed(printed, own) if isinstance(printed, GranskningError) else printed


def _names(own: Collection[str]) -> str:
    """Where the folder's own parts lie; not endlessly many."""
    files = sorted({f"templates/{name.removeprefix(ASSET)}" for name in own if not name.startswith((LOGO, LOGO_TEXT))})
    return ", ".join((*files[:_MOST_NAMES], *("…",) * (len(files) > _MOST_NAMES)))


def _print(job: Job, fonts: Path, settings: Path) -> Printed:
    if job.is_word:
        return write_docx(job.html, job.language, fonts=fonts, settings=settings, reference=job.reference)
    return print_pdf(job.html, fonts=fonts, attachments=job.attachments, identity=job.identity, settings=settings)


@contextmanager
def _fonts_here() -> Iterator[tuple[Path, Path]]:
    """What a machine of a cluster prints with."""
    with font_settings(fonts_folder()) as settings:
        yield fonts_folder(), settings


PRINTING = JobKind("granskning.tasks.reports.printing:PRINTING", _print, _fonts_here, PRELOADED, start_printer)
"""Printing as a job that other machines can do."""


def write_docx(
    html: str, language: str, *, fonts: Path, settings: Path | None = None, reference: bytes = b""
) -> Printed:
    """The document of a page. Where charts cannot be drawn, what they say stands in their place."""
    drawings = drawings_of(html)
    pictures: tuple[bytes, ...] = ()
    if not missing_libraries():
        sizes = [(drawing.markup, drawing.width, drawing.height) for drawing in drawings]
        pictures = draw_pictures(sizes, fonts=fonts, settings=settings)
    try:
        return Printed(make_docx(html, pictures, Translator(language), reference))
    except UnreadableFileError as error:
        message = N_("templates/{template} cannot be used: {reason}")
        hint = N_("save it from Word as a document (.docx) without macros")
        raise TemplateFaultError(message, hint, template=REFERENCE, reason=Words(error.message)) from error
