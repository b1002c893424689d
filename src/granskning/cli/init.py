"""`granskning init`."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import names_of
from granskning.cli.groups import HELP
from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init", help=HELP["init"])(run)


def run(  # the options of the command
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
    missing: Annotated[
        bool,
        typer.Option(
            "--missing",
            help=N_("In a working folder made by hand: add what git and the editor read, where it is missing."),
        ),
    ] = False,
    shortcut: Annotated[
        bool,
        typer.Option("--shortcut", help=N_("Add a file that opens the page in the browser by a double-click.")),
    ] = False,
    no_git: Annotated[bool, typer.Option("--no-git", help=N_("Make no git repository."))] = False,
) -> int:
    """Make the folder and say what to do next."""
    from granskning.tasks.editing.init import complete_workspace, init_workspace, write_start_file  # --help stays quick

    session: Session = context.obj
    t = session.t
    if missing and (example or framework):
        raise UsageError(N_("{option} adds to a folder that is there"), N_("leave out the other"), option="--missing")
    place = session.folder / folder
    if missing:
        written = complete_workspace(place, t)
    else:
        written = init_workspace(place, t, example=example, framework=framework)
    if shortcut:
        written.append(write_start_file(place))
    if session.verbose or missing or shortcut:
        for path in written if session.verbose or missing else written[-1:]:
            session.say(path.as_posix())
    session.tell(t.plural("{count} file written.", "{count} files written.", len(written)))
    where = "" if folder == Path() else f" -C {quote(folder.as_posix())}"
    if not no_git:
        _tell_versions(session, place, where)
    if example or framework or missing:
        session.tell(t("Next: granskning{where} check", where=where))
    else:
        session.tell(t("Next: add a strategy under strategies/, then: granskning{where} new STRATEGY", where=where))
    return 0


def _tell_versions(session: Session, place: Path, where: str) -> None:
    """Make the repository where there is none, and say how versions are saved."""
    from granskning.tasks.editing.begin_folder import keep_versions

    match keep_versions(place):
        case "made":
            session.tell(session.t("git keeps the versions that you save: granskning{where} save", where=where))
        case "no_git":
            session.tell(session.t("git is not on this computer, so no versions are kept; see: granskning doctor"))
        case "is_kept":
            pass
