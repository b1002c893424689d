"""One report, on demand: from a review's path to the bytes of its page, or of its round's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from granskning.edges.pdf import Printed
from granskning.edges.pdf import missing_libraries as missing_libraries  # noqa: PLC0414  # a face asks for it here
from granskning.errors import GranskningError, MissingPartError, UsageError
from granskning.i18n import N_, Translator
from granskning.reporting.render import PAGE, REVIEW
from granskning.reporting.round import ROUND
from granskning.reporting.style import OWN_STYLE
from granskning.shipped import fonts_folder
from granskning.tasks.open import open_workspace, require_settings
from granskning.tasks.printing import Job, print_all
from granskning.tasks.rendering import open_renderer
from granskning.tasks.report import Reporter
from granskning.tasks.templates import load_templates

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.model import Review, Settings
    from granskning.tasks.score import Scored, ScoredRound
    from granskning.workspace.load import Loaded


def render_review(
    start: Path, path: Path, *, form: str, internal: bool = False, report: Literal["review", "page", "round"] = "review"
) -> tuple[str, bytes]:
    """A report as `form` (pdf, html or docx): a file name for it, and its bytes.

    `path` is one review. The report is that of it, in full or on one page, or of the round that it belongs to.

    Raises UsageError when the path is not one review, or not one of several in its round, and a PrintingFailedError or
    MissingPartError when a PDF cannot be made here.
    """
    if form == "pdf" and (missing := missing_libraries()):
        message = N_("PDFs cannot be made here: {libraries} is missing")
        hint = N_("HTML works: --format html. For the cure run: granskning doctor")
        raise MissingPartError(message, hint, libraries=", ".join(missing))
    root, reporter, t, settings = _open(start, path)
    if len(reporter.scored) != 1:
        raise UsageError(N_("{path} is not one review"), N_("name one review's file"), path=path)
    one = reporter.scored[0]
    page: Any
    if report == "round":
        reporter, several = _open_round(root, one)
        name, template = f"{several.strategy}-{several.round}.{form}", ROUND
        page = reporter.round(several, internal=internal)
    else:
        name, template = f"{'-'.join(one.review.identity)}.{form}", PAGE if report == "page" else REVIEW
        page = reporter.review(one, internal=internal)
    templates = load_templates(root, settings.logo_text or "")
    html = _render(templates, template, page, t)
    return name, html.encode() if form == "html" else _print(
        Job(name, html, t.language), guarded=OWN_STYLE in templates
    )


def _open(start: Path, path: Path) -> tuple[Path, Reporter, Translator, Settings]:
    """The reporter of what lies at a path, when it has no errors."""
    actions = path.parent / "../../actions.yaml"
    root, loaded = open_workspace(start, [path, actions] if (start / actions).is_file() else [path])
    require_settings(loaded)
    t = Translator(loaded.workspace.settings.language)
    reporter = Reporter(root, loaded, t, beside=_continued(root, loaded))
    if reporter.skipped:
        message = N_("{file} has errors, so no report is made of it")
        raise UsageError(message, N_("see: granskning check"), file=reporter.skipped[0].because)
    return root, reporter, t, loaded.workspace.settings


def _continued(root: Path, loaded: Loaded) -> tuple[Review, ...]:
    """The reviews of the rounds that those loaded continue; none where they cannot be read."""
    rounds = {f"strategies/{one.strategy}/reviews/{one.continues}" for one in loaded.workspace.reviews if one.continues}
    there = [root / folder for folder in sorted(rounds) if (root / folder).is_dir()]
    return open_workspace(root, there)[1].workspace.reviews if there else ()


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


def _render(templates: dict[str, str], template: str, page: Any, t: Translator) -> str:
    renderer = open_renderer(templates)
    try:
        return renderer.render(template, page, t)
    finally:
        renderer.close()


def _print(job: Job, *, guarded: bool) -> bytes:
    """The page as a PDF or a Word document. Raises what printing raised."""
    for _, printed in print_all([job], fonts=fonts_folder(), workers=1, guarded=guarded):
        if isinstance(printed, GranskningError):
            raise printed
        if isinstance(printed, Printed):
            return printed.data
    raise AssertionError(job.output)
