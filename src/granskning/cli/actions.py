"""`granskning actions`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import names_of
from granskning.cli.groups import HELP
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


class ActionsFormat(StrEnum):
    """The forms in which actions are told."""

    table = "table"
    json = "json"
    csv = "csv"
    ics = "ics"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("actions", help=HELP["actions"])(run)


def run(
    context: typer.Context,
    strategy: Annotated[
        str | None,
        typer.Argument(
            metavar="[STRATEGY]",
            help=N_("The strategy; otherwise all."),
            show_default=False,
            autocompletion=names_of("strategy"),
        ),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help=N_("Only what should have been done already."))] = False,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help=N_("The day that overdue is told by; otherwise today.")),
    ] = None,
    history: Annotated[bool, typer.Option("--history", help=N_("When each status changed, by git."))] = False,
    form: Annotated[ActionsFormat, typer.Option("--format", help=N_("How actions are told."))] = ActionsFormat.table,
) -> int:
    """List and tell."""
    from granskning.cli import show_actions, show_figures
    from granskning.cli.approve import day
    from granskning.tasks.editing.actions import list_actions
    from granskning.tasks.folder.name import name_of
    from granskning.tasks.folder.reader_words import for_readers_of

    session: Session = context.obj
    t = for_readers_of(session.t, session.folder)
    date = day(as_of)
    wanted = strategy and name_of(session.folder, strategy).split("/")[0]
    promised = list_actions(session.folder, wanted, date, overdue=overdue, history=history)
    promises = promised.promises
    if form is ActionsFormat.json:
        session.say(show_actions.as_json(promised, date, t))
    elif form is ActionsFormat.csv:
        session.say(show_actions.as_csv(promises, t))
    elif form is ActionsFormat.ics:
        session.say(show_actions.as_calendar(promises, t))
    else:
        for line in show_actions.as_table(promises, t):
            session.show(line)
        for line in show_figures.as_lines(promised.figures if wanted else (), t):
            session.show(line)
        session.tell(show_actions.summary(promises, date, t))
    for file in promised.left_out:
        told = t("{file} cannot be read, so its actions are not counted; see: granskning check {file}", file=file)
        session.tell(told)
    for file in promised.marked:
        session.tell(t("{file} has errors; its actions are counted; see: granskning check {file}", file=file))
    return int(bool(promised.left_out or promised.marked)) if not overdue else 0
