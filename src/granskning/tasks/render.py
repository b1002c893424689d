"""One report, on demand: from a review's path to the bytes of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.edges.pdf import Printed, missing_libraries
from granskning.errors import GranskningError, MissingPartError, UsageError
from granskning.i18n import N_, Translator
from granskning.reporting.render import REVIEW, Renderer
from granskning.shipped import fonts_folder
from granskning.tasks.open import open_workspace, require_settings
from granskning.tasks.printing import Job, print_all
from granskning.tasks.report import Reporter, load_templates

if TYPE_CHECKING:
    from pathlib import Path


def render_review(start: Path, path: Path, *, form: str, internal: bool = False) -> tuple[str, bytes]:
    """The report of one review as `form` (pdf or html): a file name for it, and its bytes.

    Raises UsageError when the path is not one review, and a PrintingFailedError or MissingPartError when a PDF cannot
    be made here.
    """
    if form == "pdf" and (missing := missing_libraries()):
        message = N_("PDFs cannot be made here: {libraries} is missing")
        hint = N_("HTML works: --format html. For the cure run: granskning doctor")
        raise MissingPartError(message, hint, libraries=", ".join(missing))
    root, loaded = open_workspace(start, [path])
    require_settings(loaded)
    t = Translator(loaded.workspace.settings.language)
    reporter = Reporter(root, loaded, t)
    if reporter.skipped:
        message = N_("{file} has errors, so no report is made of it")
        raise UsageError(message, N_("see: granskning check"), file=reporter.skipped[0].because)
    if len(reporter.scored) != 1:
        raise UsageError(N_("{path} is not one review"), N_("name one review's file"), path=path)
    one = reporter.scored[0]
    html = Renderer(load_templates(root)).render(REVIEW, reporter.review(one, internal=internal), t)
    name = f"{'-'.join(one.review.identity)}.{form}"
    if form == "html":
        return name, html.encode()
    for _, printed in print_all([Job(name, html)], fonts=fonts_folder(), workers=1):
        if isinstance(printed, GranskningError):
            raise printed
        if isinstance(printed, Printed):
            return name, printed.data
    raise AssertionError(name)
