"""`granskning import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.app import FINDINGS, NOT_DONE, SECONDS_TO_READ
from granskning.cli.completion import names_of, offer_names
from granskning.cli.groups import HELP
from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", help=HELP["import"])(run)


def run(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help=N_("The workbook (.xlsx), CSV or criteria library (JSON); - means standard input.")
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only show what would change."))] = False,
    name_of_set: Annotated[
        str | None, typer.Option("--set", metavar="NAME", help=N_("The id of a criteria set that is brought in new."))
    ] = None,
    review: Annotated[
        str | None,
        typer.Option(
            "--review",
            metavar="STRATEGY/ROUND/ROLE",
            help=N_("An assessment made earlier, in a spreadsheet of your own: the review that is made of it."),
            autocompletion=offer_names,
        ),
    ] = None,
    criteria: Annotated[
        str | None,
        typer.Option("--criteria", metavar="SET", help=N_("With --review: the criteria set it was made against."),
                     autocompletion=names_of("set")),
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help=N_("With --review: the day it was made; else today."))
    ] = None,
    seconds: Annotated[int | None, SECONDS_TO_READ] = None,
) -> int:  # fmt: skip
    """Import, and tell what changed and what did not."""
    from granskning.cli.show_import import import_lines
    from granskning.cli.show_library import bring_in
    from granskning.files import TABLE
    from granskning.tasks.folder.open import read_input

    session: Session = context.obj
    data = read_input(session.folder, file, sys.stdin.buffer, TABLE)
    if review is not None:
        from granskning.cli.show_assessment import bring_in_assessment

        return bring_in_assessment(session, data, file, (review, criteria, date, seconds), write=not dry_run)
    if criteria is not None or date is not None:
        message = N_("--criteria and --date say how an earlier assessment becomes a review")
        raise UsageError(message, N_("name the review too: --review STRATEGY/ROUND/ROLE"))
    brought = bring_in(session, data, file, (name_of_set or "", seconds), write=not dry_run)
    if isinstance(brought, int):
        return brought
    done, remarks = brought
    lines, summary = import_lines(done, remarks, session.t, written=not dry_run)
    for line in lines:
        session.say(line)
    session.tell(summary)
    if any(one.error for one in done):
        return NOT_DONE
    return FINDINGS if remarks or any(one.clashes or one.remarks for one in done) else 0
