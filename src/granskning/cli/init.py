"""`granskning init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import names_of
from granskning.cli.groups import HELP
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.app import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init", help=HELP["init"])(run)


def run(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help=N_("The folder; otherwise this one."), show_default=False)
    ] = Path(),
    example: Annotated[
        bool, typer.Option("--example", help=N_("Add the example strategies with their reviews."))
    ] = False,  # a flag
    framework: Annotated[
        str | None,
        typer.Option(
            "--set",
            metavar="NAME",
            show_default=False,
            help=N_("A published framework of the handbook's gallery, with its examples, instead of the usual sets."),
            autocompletion=names_of("framework"),
        ),
    ] = None,
) -> int:
    """Make the folder and say what to do next."""
    from granskning.tasks.editing.init import init_workspace  # noqa: PLC0415  # --help stays quick

    session: Session = context.obj
    t = session.t
    written = init_workspace(session.folder / folder, t, example=example, framework=framework)
    if session.verbose:
        for path in written:
            session.say(path.as_posix())
    session.tell(t.plural("{count} file written.", "{count} files written.", len(written)))
    where = "" if folder == Path() else f" -C {folder}"
    if example or framework:
        session.tell(t("Next: granskning{where} check", where=where))
    else:
        session.tell(t("Next: add a strategy under strategies/, then: granskning{where} new STRATEGY", where=where))
    return 0
