"""One report, on demand: from a review's path to the bytes of its page, or of its round's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from granskning.edges.disk import FolderFiles
from granskning.edges.lookup import is_file, resolved
from granskning.edges.printing.pdf import Printed
from granskning.edges.printing.pdf import missing_libraries as missing_libraries  # noqa: PLC0414  # a face asks for it here
from granskning.errors import GranskningError, MissingPartError, UsageError
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_, Translator
from granskning.reporting.html.render import ANNEX, PAGE, REVIEW, ROUND
from granskning.shipped import fonts_folder
from granskning.tasks.folder.chosen import Chosen, require_reviews
from granskning.tasks.folder.name import name_of
from granskning.tasks.folder.open import find_folder, load_chosen, open_workspace, require_settings
from granskning.tasks.folder.report_files import files_of_reports, read_strategies
from granskning.tasks.reports.attachments import Attacher, identity_of
from granskning.tasks.reports.own_report import template_of
from granskning.tasks.reports.printing import Job, print_all, printing_limit
from granskning.tasks.reports.rendering import render_once, rendering_limit
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_reference, load_templates
from granskning.workspace.checks.check_private import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.tasks.folder.score import ScoredReview, ScoredRound
    from granskning.tasks.reports.attachments import ReportSources
    from granskning.workspace.loaded import Loaded

    OnReplaced = Callable[[tuple[str, ...]], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """One review, opened for its report."""

    root: Path
    loaded: Loaded
    reporter: Reporter
    t: Translator
    scored: ScoredReview


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How a page is printed."""

    archive: bool = False
    """Whether the PDF carries nothing."""
    seconds: float | None = None
    """How much processor time making it may take."""
    apart: bool = False
    """Whether a process of its own prints it."""
    on_replaced: OnReplaced | None = None
    """Hears of characters that no font has, where there are any."""
    own: str = ""
    """A template of the folder's own to make it on instead, by the name of its folder."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report with its template, and what its PDF carries along."""

    template: str
    report: Any
    basis: ReportSources


def render_review(  # noqa: PLR0913  # what a user may choose, by name
    start: Path,
    path: Path,
    *,
    form: str,
    internal: bool = False,
    archive: bool = False,
    report: str = "review",
    seconds: float | None = None,
    apart: bool = False,
    on_replaced: OnReplaced | None = None,
    own: str = "",
) -> tuple[str, bytes]:
    """A report as `form` (pdf, html or docx): a file name for it, and its bytes.

    `path` is one review, or for the report of a round its folder. The report is that of it in full (`review`) or on one
    page (`page`), of the round that it belongs to (`round`), or the annex for the case officer (`annex`). A PDF carries
    what it rests on, unless it is for an `archive`. `seconds` is how much processor time making it may take; `apart`
    asks for a process to print in; `on_replaced` hears of characters that no font has; `own` is a template of the
    folder's own to make it on.

    Raises UsageError when the path is not one review, or not one of several in its round, and a PrintingFailedError or
    MissingPartError when a PDF cannot be made here.
    """
    require_printing(form)
    opened = open_review(start, path, any_of_round=report == "round")
    loaded, reporter, one = opened.loaded, opened.reporter, opened.scored
    page: Any
    if report == "round":
        several = _find_round(opened)
        name, template = f"{several.strategy}-{several.round}.{form}", ROUND
        page = reporter.round(several, internal=internal)
        basis = reporter.dependencies.basis("round", several.strategy, several.round)
    elif report == "annex":
        name, template = f"{'-'.join(one.review.identity)}-bilaga.{form}", ANNEX
        page = reporter.annex(one)
        basis = reporter.dependencies.basis("annex", *one.review.identity)
    else:
        name, template = f"{'-'.join(one.review.identity)}.{form}", PAGE if report == "page" else REVIEW
        page = reporter.review(one, internal=internal)
        basis = replace(reporter.dependencies.basis("review", *one.review.identity), kind=report)
    made = ReportPage(template, page, basis)
    options = PrintOptions(archive=archive, seconds=seconds, apart=apart, on_replaced=on_replaced, own=own)
    return make_page(opened.root, loaded, name, made, opened.t, options)


def require_printing(form: str) -> None:
    """Raise MissingPartError when a PDF is wanted that can't be made here."""
    if form == "pdf" and (missing := missing_libraries()):
        message = N_("PDFs cannot be made here: {libraries} is missing")
        hint = N_("HTML works: --format html. For the cure run: granskning doctor")
        raise MissingPartError(message, hint, libraries=", ".join(missing))


def make_page(  # noqa: PLR0913  # all that a page is made of
    root: Path, loaded: Loaded, name: str, page: ReportPage, t: Translator, options: PrintOptions
) -> tuple[str, bytes]:
    """A report on its template, in the form that its file's name ends in. Raises what printing raises."""
    if own := options.own:
        stem, _, ending = name.rpartition(".")
        name, page = f"{stem}-{own}.{ending}", replace(page, template=template_of(own))
        page = replace(page, basis=replace(page.basis, template=own))
    templates = load_templates(root, loaded.workspace.settings.logo_text or "")
    html = render_once(templates, page.template, page.report, t, rendering_limit(options.seconds))
    if name.endswith(".html"):
        return name, html.encode()
    carries = not options.archive and name.endswith(".pdf")
    attached = Attacher(loaded.files, templates, t).attach(page.basis, page.report) if carries else ()
    reference = load_reference(root) if name.endswith(".docx") else b""
    job = Job(name, html, attached, identity_of(attached), t.language, reference)
    return name, _print(job, templates, options)


def open_review(start: Path, path: Path, *, any_of_round: bool = False) -> Opened:
    """One review and what it rests on, among all reviews of its strategy. Raises UsageError where it does not count.

    With `any_of_round` the path may be the folder of a round, and the review is one of its.
    """
    require_reviews(start, [path])
    root, named = open_workspace(start, [path])
    require_settings(named)
    files = {review.file: review.strategy for review in named.workspace.reviews}
    files |= {item.file: item.strategy for item in named.workspace.left_out if item.file not in files}
    place = resolved(start / path)  # what is left out may lie beside it, in another round
    files = {file: files[file] for file in files if place in (root / file, *(root / file).parents)}
    if not files or len({PurePath(file).parent for file in files} if any_of_round else files) != 1:
        raise UsageError(N_("{path} is not one review"), N_("name one: {names}"), path=path, names=_names(named, files))
    file, strategy = next(iter(files.items()))
    folder = FolderFiles(root)
    around = files_of_reports(folder, {file.split("/")[1], strategy}, read_strategies(folder))
    loaded = load_chosen(Chosen(root, around), folder, keep=True)
    t = Translator(loaded.workspace.settings.language)
    reporter = Reporter(root, loaded, t)
    scored = next(
        (scored_review for scored_review in reporter.reported.scored if scored_review.review.file == file), None
    )
    if scored is None:
        message = N_("{file} is not counted, so no report is made of it")
        codes = ", ".join(item.code for item in loaded.workspace.left_out if item.file == file)
        raise UsageError(message, N_("see: granskning check ({code})"), file=file, code=codes)
    return Opened(root, loaded, reporter, t, scored)


def _names(loaded: Loaded, files: Mapping[str, str]) -> KnownNames:
    """The names of reviews, as STRATEGY/ROUND/ROLE."""
    return KnownNames(["/".join(review.identity) for review in loaded.workspace.reviews if review.file in files])


def find_private(start: Path, path: Path) -> tuple[Path, tuple[Finding, ...]]:
    """The root of a review's working folder, and what looks private in the review, its strategy and its actions."""
    home = find_folder(start) / "strategies" / name_of(start, str(path)).split("/")[0]
    there = [path, *(file for file in (home / "actions.yaml", home / "strategy.yaml") if is_file(file))]
    root, loaded = open_workspace(start, there, keep=False)
    return root, only_private(loaded.findings)


def only_private(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What looks private among findings."""
    return tuple(finding for finding in findings if finding.rule.code in PRIVATE)


def _find_round(opened: Opened) -> ScoredRound:
    """The round that a review belongs to. Raises UsageError where it has no report."""
    strategy, name, _ = opened.scored.review.identity
    several = (
        scored_round
        for scored_round in opened.reporter.reported.rounds
        if (scored_round.strategy, scored_round.round) == (strategy, name)
    )
    if (found := next(several, None)) is not None:
        return found
    folder = f"strategies/{strategy}/reviews/{name}/"
    if any(skipped.file == folder for skipped in opened.reporter.reported.skipped):
        message = N_("none of the reviews of the round {round} can be laid together, so there is no report of it")
        raise UsageError(message, N_("see: granskning check"), round=name)
    message = N_("the round {round} has only one review, so there is no report of it")
    raise UsageError(message, N_("leave out --report to get the report of the review"), round=name)


def _print(job: Job, templates: Mapping[str, str], options: PrintOptions) -> bytes:
    """The page as a PDF or a Word document. Raises what printing raised."""
    limit, apart = printing_limit(options.seconds), options.apart
    for _, printed in print_all([job], templates, fonts=fonts_folder(), workers=1, limit=limit, apart=apart):
        if isinstance(printed, GranskningError):
            raise printed
        if isinstance(printed, Printed):
            if printed.replaced and options.on_replaced is not None:
                options.on_replaced(printed.replaced)
            return printed.data
    raise AssertionError(job.output)
