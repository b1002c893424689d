"""`granskning import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.app import FINDINGS, NOT_DONE, SECONDS_TO_READ
from granskning.cli.groups import HELP
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.app import Session


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
    seconds: Annotated[int | None, SECONDS_TO_READ] = None,
) -> int:
    """Import, and tell what changed and what did not."""
    from granskning.cli.show_import import import_lines
    from granskning.cli.show_library import bring_in
    from granskning.files import TABLE
    from granskning.tasks.folder.open import read_input

    session: Session = context.obj
    data = read_input(session.folder, file, sys.stdin.buffer, TABLE)
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
