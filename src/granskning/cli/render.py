"""`granskning render`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from granskning.cli.app import SECONDS
from granskning.cli.completion import AGAINST_ROUND
from granskning.cli.replaced import tell_replaced
from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.app import Session
    from granskning.findings.finding import Finding


class RenderFormat(StrEnum):
    """The forms of a report."""

    pdf = "pdf"
    html = "html"
    docx = "docx"


class Report(StrEnum):
    """Which report is made."""

    review = "review"
    page = "page"
    round = "round"
    strategy = "strategy"
    portfolio = "portfolio"
    change = "change"
    annex = "annex"
    criteria = "criteria"


_WIDE = (Report.strategy, Report.portfolio, Report.change)
"""Reports that look at more than a review or a round."""
_BY_ENDING = {".html": RenderFormat.html, ".htm": RenderFormat.html, ".docx": RenderFormat.docx}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "render",
        help=N_("Make one report: a review, its round, a strategy over time, a change, all strategies, a set's annex."),
    )(run)


def run(  # noqa: PLR0913  # the options of the command
    context: typer.Context,
    review: Annotated[
        Path | None,
        typer.Argument(
            metavar="REVIEW",
            help=N_(
                "The review's file. For a strategy over time or a change also the strategy's folder or id; for a"
                " set's annex SET@VERSION."
            ),
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help=N_("Where to, otherwise in build/; - means standard output.")),
    ] = None,
    form: Annotated[
        RenderFormat | None, typer.Option("--format", help=N_("The form; otherwise by the file's ending, else pdf."))
    ] = None,
    report: Annotated[Report, typer.Option("--report", help=N_("Which report is made."))] = Report.review,
    against: Annotated[str | None, AGAINST_ROUND] = None,
    archive: Annotated[
        bool, typer.Option("--archive", help=N_("A PDF/A-2a for the archive, without attachments."))
    ] = False,
    internal: Annotated[
        bool, typer.Option("--internal", help=N_("Keep internal notes, and say so on every page."))
    ] = False,
    seconds: Annotated[int | None, SECONDS] = None,
) -> int:
    """Make the report and say where it is."""
    from granskning.tasks.folder.output import default_output, require_output  # noqa: PLC0415  # --help stays quick
    from granskning.tasks.folder.save import save_file  # noqa: PLC0415

    session: Session = context.obj
    to_stream = output is not None and str(output) == "-"
    chosen = form or _BY_ENDING.get(output.suffix.lower() if output is not None else "", RenderFormat.pdf)
    if output is not None and not to_stream:
        require_output(session.folder, output, f".{chosen.value}")
    if chosen is RenderFormat.docx:
        _tell_of_charts(session)
    name, data = _make(
        session, review, chosen.value, report, against, internal=internal, archive=archive, seconds=seconds
    )
    if to_stream:
        sys.stdout.buffer.write(data)
        return 0
    path = output or default_output(session.folder, name)
    save_file(session.folder / path, data)
    session.say(path.as_posix())
    if not internal:
        tell_private(session, *_find_private(session, review, report))
    return 0


def _tell_of_charts(session: Session) -> None:
    """Say that a Word document has its charts in words, where they cannot be drawn."""
    from granskning.tasks.reports.render import missing_libraries  # noqa: PLC0415

    if missing := missing_libraries():
        words = session.t("The charts are told in words, since {libraries} is missing.", libraries=", ".join(missing))
        session.tell(words)


def _make(  # noqa: PLR0913  # what was asked for
    session: Session,
    review: Path | None,
    form: str,
    report: Report,
    against: str | None,
    *,
    internal: bool,
    archive: bool,
    seconds: int | None,
) -> tuple[str, bytes]:
    """The report by the task that makes its kind; options that it does not have are refused."""
    from granskning.tasks.reports.render import render_review  # noqa: PLC0415  # --help stays quick
    from granskning.tasks.reports.render_wide import render_criteria, render_wide  # noqa: PLC0415

    if against is not None and report != Report.change:
        raise UsageError(N_("--against goes with --report change only"), "")
    if internal and report not in (Report.review, Report.page, Report.round):
        raise UsageError(N_("--internal goes with the reports of a review and a round only"), "")
    if review is None and report not in _WIDE:
        raise UsageError(N_("name the file of a review"), N_("only --report portfolio can do without"))
    replaced: list[str] = []
    choices: dict[str, Any] = {"form": form, "archive": archive, "seconds": seconds, "on_replaced": replaced.extend}
    if report in _WIDE:
        choices |= {"report": report.value, "against": against, "cached": session.cached}
        made = render_wide(session.folder, review, **choices)
    elif report == Report.criteria:
        made = render_criteria(session.folder, str(review), **choices)
    else:
        made = render_review(session.folder, review or Path(), report=report.value, internal=internal, **choices)
    tell_replaced(session, [(made[0], character) for character in replaced])
    return made


def _find_private(session: Session, review: Path | None, report: Report) -> tuple[Path, tuple[Finding, ...]]:
    """What looks private in what the report is made of."""
    from granskning.tasks.reports.render import find_private  # noqa: PLC0415
    from granskning.tasks.reports.render_wide import find_private_wide  # noqa: PLC0415

    if report == Report.criteria:  # no review, no action and no strategy in it
        return session.folder, ()
    if review is None or report in _WIDE:
        return find_private_wide(session.folder, review, report.value)
    return find_private(session.folder, review)


def tell_private(session: Session, root: Path, findings: tuple[Finding, ...]) -> None:
    """Tell on standard error what looks private in what a public report is made of, with its place."""
    if findings:
        from granskning.cli import show_findings  # noqa: PLC0415  # only when there is something to tell

        told = show_findings.tell(findings, session.t, show_findings.seen_from(root), 1)
        session.tell(show_findings.FORMATS["text"](told, color=False))
        session.tell(session.t("Look at this before the report leaves the house. Names cannot be found reliably."))
