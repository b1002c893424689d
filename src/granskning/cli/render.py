"""`granskning render`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.app import Session


class Format(StrEnum):
    """The forms of a report."""

    pdf = "pdf"
    html = "html"
    docx = "docx"


class Report(StrEnum):
    """Which report is made."""

    review = "review"
    page = "page"
    round = "round"


_BY_ENDING = {".html": Format.html, ".htm": Format.html, ".docx": Format.docx}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("render", help=N_("Make the report of one review, or of its round."))(run)


def run(  # noqa: PLR0913  # the options of the command
    context: typer.Context,
    review: Annotated[Path, typer.Argument(metavar="REVIEW", help=N_("The review's file."), show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help=N_("Where to, otherwise in build/; - means standard output.")),
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help=N_("The form; otherwise by the file's ending, else pdf."))
    ] = None,
    report: Annotated[
        Report,
        typer.Option("--report", help=N_("Of the review, in full or on one page, or of the round that it belongs to.")),
    ] = Report.review,
    internal: Annotated[
        bool, typer.Option("--internal", help=N_("Keep internal notes, and say so on every page."))
    ] = False,
) -> int:
    """Make the report and say where it is."""
    from granskning.tasks.render import missing_libraries, render_review  # noqa: PLC0415  # --help stays quick
    from granskning.tasks.save import save_file  # noqa: PLC0415

    session: Session = context.obj
    chosen = form or _BY_ENDING.get(output.suffix.lower() if output is not None else "", Format.pdf)
    if chosen is Format.docx and (missing := missing_libraries()):
        session.tell(
            session.t("The charts are told in words, since {libraries} is missing.", libraries=", ".join(missing))
        )
    name, data = render_review(session.folder, review, form=chosen.value, internal=internal, report=report.value)
    if output is not None and str(output) == "-":
        sys.stdout.buffer.write(data)
        return 0
    path = output or Path("build") / name
    save_file(session.folder / path, data)
    session.say(path.as_posix())
    return 0
