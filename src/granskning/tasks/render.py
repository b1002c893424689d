"""One report, on demand: from a review's path to the bytes of its page, or of its round's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.edges.pdf import Printed, missing_libraries
from granskning.errors import GranskningError, MissingPartError, UsageError
from granskning.i18n import N_, Translator
from granskning.reporting.annex import ANNEX
from granskning.reporting.render import REVIEW, Renderer
from granskning.reporting.round import ROUND
from granskning.shipped import fonts_folder
from granskning.tasks.open import open_workspace, require_settings
from granskning.tasks.printing import Job, print_all
from granskning.tasks.report import Reporter, load_templates

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.tasks.score import Scored, ScoredRound


def render_review(
    start: Path,
    path: Path,
    *,
    form: str,
    internal: bool = False,
    report: str = "review",
) -> tuple[str, bytes]:
    """A report as `form` (pdf or html): a file name for it, and its bytes.

    `path` is one review. The report is that of it (`review`), of the round that it belongs to (`round`), or the one
    page for the case officer (`annex`).

    Raises UsageError when the path is not one review, or not one of several in its round, and a PrintingFailedError or
    MissingPartError when a PDF cannot be made here.
    """
    require_printing(form)
    root, reporter, t = _open(start, path)
    if len(reporter.scored) != 1:
        raise UsageError(N_("{path} is not one review"), N_("name one review's file"), path=path)
    one = reporter.scored[0]
    page: Any
    if report == "round":
        reporter, several = _open_round(root, one)
        name, template = f"{several.strategy}-{several.round}.{form}", ROUND
        page = reporter.round(several, internal=internal)
    elif report == "annex":
        name, template = f"{'-'.join(one.review.identity)}-bilaga.{form}", ANNEX
        page = reporter.annex(one)
    else:
        name, template = f"{'-'.join(one.review.identity)}.{form}", REVIEW
        page = reporter.review(one, internal=internal)
    return make_page(root, name, template, page, t)


def require_printing(form: str) -> None:
    """Raise MissingPartError when a PDF is wanted that can't be made here."""
    if form == "pdf" and (missing := missing_libraries()):
        message = N_("PDFs cannot be made here: {libraries} is missing")
        hint = N_("HTML works: --format html. For the cure run: granskning doctor")
        raise MissingPartError(message, hint, libraries=", ".join(missing))


def make_page(root: Path, name: str, template: str, page: Any, t: Translator) -> tuple[str, bytes]:
    """A report on its template, in the form that its file's name ends in. Raises what printing raises."""
    html = Renderer(load_templates(root)).render(template, page, t)
    return name, html.encode() if name.endswith(".html") else _print(name, html)


def _open(start: Path, path: Path) -> tuple[Path, Reporter, Translator]:
    """The reporter of what lies at a path, when it has no errors."""
    actions = path.parent / "../../actions.yaml"
    root, loaded = open_workspace(start, [path, actions] if (start / actions).is_file() else [path])
    require_settings(loaded)
    t = Translator(loaded.workspace.settings.language)
    reporter = Reporter(root, loaded, t)
    if reporter.skipped:
        message = N_("{file} has errors, so no report is made of it")
        raise UsageError(message, N_("see: granskning check"), file=reporter.skipped[0].because)
    return root, reporter, t


def _open_round(root: Path, one: Scored) -> tuple[Reporter, ScoredRound]:
    """The round that a review belongs to, with all its reviews; those of other rounds may have errors."""
    strategy, round_, _ = one.review.identity
    _, loaded = open_workspace(root, [root.joinpath(*one.review.file.split("/")[:3])])
    reporter = Reporter(root, loaded, Translator(loaded.workspace.settings.language))
    several = next((held for held in reporter.rounds if (held.strategy, held.round) == (strategy, round_)), None)
    if several is not None:
        return reporter, several
    folder = one.review.file.rpartition("/")[0]
    for skipped in reporter.skipped:
        if skipped.file == f"{folder}/":
            message = N_("{file} has errors, so no report is made of the round")
            raise UsageError(message, N_("see: granskning check"), file=skipped.because)
    message = N_("the round {round} has only one review, so there is no report of it")
    raise UsageError(message, N_("leave out --report to get the report of the review"), round=round_)


def _print(name: str, html: str) -> bytes:
    """The page as a PDF. Raises what printing raised."""
    for _, printed in print_all([Job(name, html)], fonts=fonts_folder(), workers=1):
        if isinstance(printed, GranskningError):
            raise printed
        if isinstance(printed, Printed):
            return printed.data
    raise AssertionError(name)
