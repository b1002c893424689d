"""Every report that is stale, into the output folder: of reviews, rounds, strategies, changes, and a web site of them.

Loading and scoring are quick and always done; rendering and printing are left out for what has not changed.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from granskning import __version__
from granskning.edges.disk import place_in, read_file
from granskning.edges.printing.deciding_libraries import DECIDING, PRINTERS, RENDERERS
from granskning.edges.printing.pdf import Printed, missing_libraries
from granskning.edges.workers import begin_with
from granskning.errors import GranskningError
from granskning.reporting.html.render import ENTRIES, SEARCH
from granskning.shipped import fonts_folder
from granskning.tasks.folder.cluster import open_cluster
from granskning.tasks.reports.attachments import (
    Attacher,
    catalogue,
    fingerprint,
    identity_of,
    versions,
)
from granskning.tasks.reports.dependencies import ReportTerms
from granskning.tasks.reports.outputs import Outputs
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.pages import SCRIPTS, Pages, Site, script_of
from granskning.tasks.reports.printing import PRELOADED, Job, default_workers, print_all, printing_limit
from granskning.tasks.reports.rendering import open_renderer, rendering_limit
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.score_histories import Memories
from granskning.tasks.reports.templates import load_reference, load_templates
from granskning.workspace.yaml.canonical_form import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from granskning.edges.cluster.client import Cluster
    from granskning.i18n import Translator
    from granskning.tasks.folder.cluster import SchedulerChoice
    from granskning.tasks.reports.attachments import ReportSources
    from granskning.tasks.reports.pages import SitePage
    from granskning.tasks.reports.reported_reviews import Skipped
    from granskning.workspace.loaded import Loaded

FORMATS = ("pdf", "html")
"""What a build makes unless it is told."""
EVERY_FORMAT = (*FORMATS, "docx")


@dataclass(frozen=True, slots=True)
class Failure:
    """An output that could not be made, and why."""

    output: str
    error: GranskningError


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. Outputs are posix paths in the output folder, sorted."""

    folder: Path
    made: Mapping[str, str]
    """The SHA-256 of each output that is up to date, as this build made it or saw it, and of the record of them."""
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    """Outputs of reviews and rounds that are no longer there."""
    failed: tuple[Failure, ...]
    skipped: tuple[Skipped, ...]
    marked: Mapping[str, int]
    """How many errors there are in the files that the reports rest on, by file: marked in them, excluding nothing."""
    noticed: tuple[tuple[str, str], ...]
    """What printing warned about: the output and the line."""
    again: tuple[Failure, ...]
    """What was printed once more, alone, since its process died or got stuck."""
    replaced: tuple[tuple[str, str], ...]
    """Characters that no font of the reports has: the output and the character."""
    missing: tuple[str, ...]
    """Libraries without which no PDF was printed and no chart drawn for Word; the HTML is there."""
    has_history: bool
    """Whether git had an answer to all that it was asked."""
    is_settled: bool
    """Whether another build would come to the same: everything is made, and no document failed to be read."""


def build(  # noqa: PLR0913  # what a user may choose, by name
    root: Path,
    loaded: Loaded,
    t: Translator,
    *,
    folder: Path | None = None,
    workers: int | None = None,
    formats: Collection[str] = FORMATS,
    only: str | None = None,
    as_of: str | None = None,
    seconds: float | None = None,
    scheduler: SchedulerChoice | None = None,
    tell: Callable[[str], None] = lambda _output: None,
    tell_left: Callable[[int, float], None] = lambda _pages, _seconds: None,
) -> Built:
    """Make every output that is not up to date; `only` is a pattern that the name of a page must match.

    `workers` is how many pages are printed at once (one per processor unless said), `seconds` how much processor time
    one may take,
    `scheduler` whose machines print.
    Raises UsageError, MissingPartError or ClusterError for a scheduler that cannot be used, or is lost meanwhile: what
    is made by then stays. `tell` hears of each output that is written, `tell_left` how many pages are still to be
    printed, and in how many seconds, as far as those before can tell.
    """
    missing = missing_libraries() if {"pdf", "docx"} & set(formats) else ()
    chosen = tuple(one for one in EVERY_FORMAT if one in formats and (one != "pdf" or not missing))
    outputs = Outputs(folder or place_in(root, "build"), tell)
    templates = load_templates(root, loaded.workspace.settings.logo_text or "")
    warm = _Warm(workers, is_wanted=scheduler is None and bool({"pdf", "docx"} & set(chosen)))
    warm.begin(at_once=outputs.is_new)
    maker = _Maker(outputs, templates, t, loaded, seconds, load_reference(root) if "docx" in chosen else b"", warm)
    reporter = Reporter(root, loaded, t, ReportTerms(as_of=as_of))
    memories = Memories(root, t)
    times = TimeReporter(reporter, memories.of)
    names = Pages(reporter, times)
    try:
        with open_cluster(scheduler, DECIDING) if scheduler else nullcontext() as cluster:
            pages = list(names.make(chosen, only))
            maker.render(pages)
            maker.print(workers, cluster, tell_left)
        if only is None:
            if "html" in chosen:
                pages += maker.make_site(Site(reporter, times, names, outputs), pages)
            _forget(outputs, pages, loaded)
    finally:
        maker.close()
        outputs.keep_keys()
    unread = any(status.status == "unreadable" for page in pages if page.basis for status in page.basis.quotations)
    return maker.result(
        reporter.reported.skipped,
        reporter.dependencies.marked,
        missing,
        has_history=memories.is_whole and reporter.dependencies.has_history,
        is_settled=not (maker.failed or missing or unread),
    )


def _forget(outputs: Outputs, pages: Sequence[SitePage], loaded: Loaded) -> None:
    """Remove the pages of reviews and rounds that are gone; while a file is broken, nobody knows which those are."""
    if not loaded.broken:
        names = {page.name for page in pages} | {"index", *SCRIPTS}
        outputs.forget(lambda output: output.rpartition(".")[0] not in names)


class _Warm:
    """The process that printing workers are forked from: it loads what prints while pages are made here."""

    def __init__(self, workers: int | None, *, is_wanted: bool) -> None:
        self._is_wanted = is_wanted
        self._has_workers = (workers or default_workers()) > 1

    def begin(self, *, at_once: bool) -> None:
        """Say what it loads, and start it where there are enough pages for workers."""
        if self._is_wanted:
            at_once = at_once and self._has_workers
            begin_with(PRELOADED, at_once=at_once)
            self._is_wanted = not at_once


class _Maker:
    """Makes pages: renders what is stale, and prints what is to be printed."""

    def __init__(  # noqa: PLR0913  # what all pages are made with
        self,
        outputs: Outputs,
        templates: dict[str, str],
        t: Translator,
        loaded: Loaded,
        seconds: float | None,
        reference: bytes,
        warm: _Warm,
    ) -> None:
        self.failed: list[Failure] = []
        self.noticed: list[tuple[str, str]] = []
        self.again: list[Failure] = []
        self.replaced: list[tuple[str, str]] = []
        self._outputs = outputs
        self._templates = templates
        self._reference = reference
        self._warm = warm
        self._renderer = open_renderer(templates, rendering_limit(seconds))
        self._limit = printing_limit(seconds)
        self._t = t
        self._attacher = Attacher(loaded.files, templates, t)
        self._ground = fingerprint(canonical([templates, t.language, catalogue(t), __version__, versions(RENDERERS)]))
        self._printer = ""
        self._jobs: dict[str, tuple[Job, str]] = {}
        """What is to be printed, and its key."""

    def render(self, pages: Sequence[SitePage]) -> None:
        """Write the HTML that is stale, and set aside what is to be printed."""
        for page in pages:
            key = fingerprint(canonical([self._ground, page.template, page.report, page.more]))
            keys = {
                f"{page.name}.{one}": key if one == "html" else self._printing(key, one, page.basis)
                for one in page.formats
            }
            stale = {output: key for output, key in keys.items() if self._outputs.is_stale(output, key)}
            if not stale:
                continue
            try:
                html = self._renderer.render(page.template, page.report, self._t, **page.more)
            except GranskningError as error:
                self.failed += [Failure(output, error) for output in stale]
                continue
            for output, made in stale.items():
                if output.endswith(".html"):
                    self._write(output, html.encode(), made)
                else:
                    basis = page.basis if output.endswith(".pdf") else None
                    attached = self._attacher.attach(basis, page.report) if basis else ()
                    reference = self._reference if output.endswith(".docx") else b""
                    job = Job(output, html, attached, identity_of(attached), self._t.language, reference)
                    self._jobs[output] = (job, made)
                    self._warm.begin(at_once=len(self._jobs) > 1)

    def make_site(self, site: Site, pages: Sequence[SitePage]) -> list[SitePage]:
        """The front page with its search; none where there is nothing to show side by side."""
        portfolio = next((page.report for page in pages if page.report.kind == "portfolio"), None)
        if portfolio is None:
            return []
        for output, data in ((SEARCH, script_of(self._templates)), (ENTRIES, site.entries(pages))):
            if self._outputs.is_stale(output, key := fingerprint(data)):
                self._write(output, data, key)
        front = site.front_page(portfolio)
        self.render([front])
        return [front]

    def print(self, workers: int | None, cluster: Cluster | None, tell_left: Callable[[int, float], None]) -> None:
        """Print what was set aside; each PDF is written as it is done."""
        jobs = [job for job, _ in self._jobs.values()]
        left = {job.output: len(job.html) for job in jobs}
        whole, began = sum(left.values()), monotonic()
        for output, printed in print_all(
            jobs,
            self._templates,
            fonts=fonts_folder(),
            workers=workers,
            limit=self._limit,
            cluster=cluster,
            tell=lambda output, error: self.again.append(Failure(output, error)),
        ):
            del left[output]
            tell_left(len(left), (monotonic() - began) * sum(left.values()) / max(1, whole - sum(left.values())))
            if isinstance(printed, Printed):
                self.noticed += [(output, line) for line in printed.warnings]
                self.replaced += [(output, character) for character in printed.replaced]
                self._write(output, printed.data, self._jobs[output][1])
            else:
                self.failed.append(Failure(output, printed))

    def close(self) -> None:
        """End what was started."""
        self._renderer.close()

    def result(
        self,
        skipped: tuple[Skipped, ...],
        marked: Mapping[str, int],
        missing: tuple[str, ...],
        *,
        has_history: bool,
        is_settled: bool,
    ) -> Built:
        """What was done."""
        outputs = self._outputs
        return Built(
            folder=outputs.folder,
            made=outputs.made,
            written=tuple(sorted(outputs.written)),
            unchanged=tuple(sorted(outputs.unchanged)),
            removed=tuple(sorted(outputs.removed)),
            failed=tuple(sorted(self.failed, key=lambda item: item.output)),
            skipped=skipped,
            marked=marked,
            noticed=tuple(sorted(self.noticed)),
            again=tuple(sorted(self.again, key=lambda item: item.output)),
            replaced=tuple(sorted(self.replaced)),
            missing=missing,
            has_history=has_history,
            is_settled=is_settled,
        )

    def _write(self, output: str, data: bytes, key: str) -> None:
        try:
            self._outputs.write(output, data, key)
        except GranskningError as error:
            self.failed.append(Failure(output, error))

    def _printing(self, key: str, form: str, basis: ReportSources | None) -> str:
        """The key of a PDF: that of its HTML, what it carries along, the fonts, and what prints it.

        Of a Word document also that of the folder's own document which it is set in.
        """
        if not self._printer:
            fonts = {path.name: fingerprint(read_file(path)) for path in sorted(fonts_folder().glob("*.ttf"))}
            self._printer = fingerprint(canonical([fonts, versions(PRINTERS)]))
        carried = self._attacher.key(basis) if basis else ""
        reference = fingerprint(self._reference) if form == "docx" and self._reference else ""
        return fingerprint(key + self._printer + carried + reference)
