"""One report, on demand: from a review's path to the bytes of its page, or of its round's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from granskning.edges.pdf import Printed
from granskning.edges.pdf import missing_libraries as missing_libraries  # noqa: PLC0414  # a face asks for it here
from granskning.errors import GranskningError, MissingPartError, UsageError
from granskning.i18n import N_, Translator
from granskning.reporting.annex import ANNEX
from granskning.reporting.render import PAGE, REVIEW
from granskning.reporting.round import ROUND
from granskning.reporting.style import OWN_STYLE
from granskning.shipped import fonts_folder
from granskning.tasks.basis import Attacher, identity_of
from granskning.tasks.open import open_workspace, require_settings
from granskning.tasks.printing import Job, print_all, printing_limit
from granskning.tasks.rendering import render_once, rendering_limit
from granskning.tasks.report import Reporter
from granskning.tasks.templates import load_templates
from granskning.workspace.check_private import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from granskning.findings import Finding
    from granskning.model import Review
    from granskning.tasks.origin import Basis
    from granskning.tasks.score import Scored, ScoredRound
    from granskning.workspace.load import Loaded


@dataclass(frozen=True, slots=True)
class Opened:
    """One review, opened for its report."""

    root: Path
    loaded: Loaded
    reporter: Reporter
    t: Translator
    scored: Scored


@dataclass(frozen=True, slots=True)
class Page:
    """A report with its template, and what its PDF carries along."""

    template: str
    report: Any
    basis: Basis


def render_review(  # noqa: PLR0913  # what a user may choose, by name
    start: Path,
    path: Path,
    *,
    form: str,
    internal: bool = False,
    archive: bool = False,
    report: str = "review",
    seconds: float | None = None,
) -> tuple[str, bytes]:
    """A report as `form` (pdf, html or docx): a file name for it, and its bytes.

    `path` is one review. The report is that of it in full (`review`) or on one page (`page`), of the round that it
    belongs to (`round`), or the annex for the case officer (`annex`). A PDF carries what it rests on, unless it is for
    an `archive`. `seconds` is how much processor time making it may take.

    Raises UsageError when the path is not one review, or not one of several in its round, and a PrintingFailedError or
    MissingPartError when a PDF cannot be made here.
    """
    require_printing(form)
    opened = open_review(start, path)
    loaded, reporter, one = opened.loaded, opened.reporter, opened.scored
    page: Any
    if report == "round":
        loaded, reporter, several = _open_round(opened.root, one)
        name, template = f"{several.strategy}-{several.round}.{form}", ROUND
        page = reporter.round(several, internal=internal)
        basis = reporter.basis("round", several.strategy, several.round)
    elif report == "annex":
        name, template = f"{'-'.join(one.review.identity)}-bilaga.{form}", ANNEX
        page = reporter.annex(one)
        basis = reporter.basis("annex", *one.review.identity)
    else:
        name, template = f"{'-'.join(one.review.identity)}.{form}", PAGE if report == "page" else REVIEW
        page = reporter.review(one, internal=internal)
        basis = replace(reporter.basis("review", *one.review.identity), kind=report)
    return make_page(opened.root, loaded, name, Page(template, page, basis), opened.t, archive=archive, seconds=seconds)


def require_printing(form: str) -> None:
    """Raise MissingPartError when a PDF is wanted that can't be made here."""
    if form == "pdf" and (missing := missing_libraries()):
        message = N_("PDFs cannot be made here: {libraries} is missing")
        hint = N_("HTML works: --format html. For the cure run: granskning doctor")
        raise MissingPartError(message, hint, libraries=", ".join(missing))


def make_page(  # noqa: PLR0913  # all that a page is made of
    root: Path,
    loaded: Loaded,
    name: str,
    page: Page,
    t: Translator,
    *,
    archive: bool,
    seconds: float | None = None,
) -> tuple[str, bytes]:
    """A report on its template, in the form that its file's name ends in. Raises what printing raises."""
    templates = load_templates(root, loaded.workspace.settings.logo_text or "")
    html = render_once(templates, page.template, page.report, t, rendering_limit(seconds))
    if name.endswith(".html"):
        return name, html.encode()
    carries = not archive and name.endswith(".pdf")
    attached = Attacher(loaded.files, templates, t).attach(page.basis, page.report) if carries else ()
    job = Job(name, html, attached, identity_of(attached), t.language)
    return name, _print(job, seconds, guarded=OWN_STYLE in templates)


def open_review(start: Path, path: Path) -> Opened:
    """One review and what it rests on, when nothing of that has errors. Raises UsageError."""
    beside = (path.parent / "../../actions.yaml", path.parent / "../../strategy.yaml")
    root, loaded = open_workspace(start, [path, *(one for one in beside if (start / one).is_file())])
    require_settings(loaded)
    t = Translator(loaded.workspace.settings.language)
    reporter = Reporter(root, loaded, t, beside=_continued(root, loaded))
    if reporter.skipped:
        message = N_("{file} has errors, so no report is made of it")
        raise UsageError(message, N_("see: granskning check"), file=reporter.skipped[0].because)
    if len(reporter.scored) != 1:
        raise UsageError(N_("{path} is not one review"), N_("name one review's file"), path=path)
    return Opened(root, loaded, reporter, t, reporter.scored[0])


def _continued(root: Path, loaded: Loaded) -> tuple[Review, ...]:
    """The reviews of the rounds that those loaded continue; none where they cannot be read."""
    rounds = {f"strategies/{one.strategy}/reviews/{one.continues}" for one in loaded.workspace.reviews if one.continues}
    there = [root / folder for folder in sorted(rounds) if (root / folder).is_dir()]
    return open_workspace(root, there)[1].workspace.reviews if there else ()


def find_private(start: Path, path: Path) -> tuple[Path, tuple[Finding, ...]]:
    """The root of a review's working folder, and what looks private in the review, its strategy and its actions."""
    beside = (path.parent / "../../actions.yaml", path.parent / "../../strategy.yaml")
    there = [path, *(one for one in beside if (start / one).is_file())]
    root, loaded = open_workspace(start, there, keep=False)
    return root, only_private(loaded.findings)


def only_private(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What looks private among findings."""
    return tuple(one for one in findings if one.rule.code in PRIVATE)


def _open_round(root: Path, one: Scored) -> tuple[Loaded, Reporter, ScoredRound]:
    """The round that a review belongs to, with all its reviews; those of other rounds may have errors."""
    strategy, round_, _ = one.review.identity
    _, loaded = open_workspace(root, [root.joinpath(*one.review.file.split("/")[:3])])
    reporter = Reporter(root, loaded, Translator(loaded.workspace.settings.language))
    several = next((held for held in reporter.rounds if (held.strategy, held.round) == (strategy, round_)), None)
    if several is not None:
        return loaded, reporter, several
    folder = one.review.file.rpartition("/")[0]
    for skipped in reporter.skipped:
        if skipped.file == f"{folder}/":
            message = N_("{file} has errors, so no report is made of the round")
            raise UsageError(message, N_("see: granskning check"), file=skipped.because)
    message = N_("the round {round} has only one review, so there is no report of it")
    raise UsageError(message, N_("leave out --report to get the report of the review"), round=round_)


def _print(job: Job, seconds: float | None, *, guarded: bool) -> bytes:
    """The page as a PDF or a Word document. Raises what printing raised."""
    limit = printing_limit(seconds)
    for _, printed in print_all([job], fonts=fonts_folder(), workers=1, limit=limit, guarded=guarded):
        if isinstance(printed, GranskningError):
            raise printed
        if isinstance(printed, Printed):
            return printed.data
    raise AssertionError(job.output)
