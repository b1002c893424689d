"""`granskning stats`: indicators fetched and frozen, and what there is."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import names_of
from granskning.cli.groups import HELP, ListedCommands
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


class StatsFormat(StrEnum):
    """The forms in which indicators are told."""

    table = "table"
    json = "json"
    csv = "csv"


NAMES = typer.Argument(
    metavar="[ID…]",
    help=N_("Indicators, by id; otherwise all."),
    show_default=False,
    autocompletion=names_of("indicator"),
)
AREAS = typer.Option(
    "--area", metavar="CODE", help=N_("Also this area, such as 00, 19 or 1980; can be given several times.")
)
PERIODS = typer.Option(
    "--period",
    metavar="PERIOD",
    help=N_("Also this period, such as 2024, 2015..2024 or 2015..; otherwise those after the last frozen."),
)
LEADING = typer.Option(
    "--area", metavar="CODE", help=N_("The area whose figures are shown, such as 13; otherwise the folder's own.")
)
FORM = typer.Option("--format", help=N_("How indicators are told."))
AS_OF = typer.Option("--as-of", metavar="DATE", help=N_("The day that age is told by; otherwise today."))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    stats = typer.Typer(cls=ListedCommands, no_args_is_help=True, rich_markup_mode=None)
    stats.command("fetch", help=N_("Fetch indicators from Statistics Sweden and Kolada, and show what differs."))(fetch)
    stats.command("list", help=N_("Show the indicators: how old, women and men, what leans on them. Writes nothing."))(
        list_
    )
    stats.command("show", help=N_("Show one indicator with all its figures. Writes nothing."))(show)
    app.add_typer(stats, name="stats", help=HELP["stats"])


def fetch(
    context: typer.Context,
    names: Annotated[list[str] | None, NAMES] = None,
    area: Annotated[list[str] | None, AREAS] = None,
    period: Annotated[list[str] | None, PERIODS] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Ask nobody: show calls, cells and seconds alone."))
    ] = False,
    write: Annotated[bool, typer.Option("--write", help=N_("Freeze what was fetched in the files."))] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help=N_("Take in figures also where their meaning has changed."))
    ] = False,
) -> int:
    """Plan or fetch, and tell."""
    from granskning.cli import show_fetch
    from granskning.cli.approve import day
    from granskning.statistics.selection import read_areas, read_wish
    from granskning.tasks.statistics import fetch as task
    from granskning.tasks.statistics.fetch_plan import plan_fetch
    from granskning.tasks.statistics.services import Services, replaced_addresses

    session: Session = context.obj
    t = session.t
    today = day(None)
    wish = task.FetchWish(
        tuple(names or ()), read_areas(area or ()), read_wish(period or ()), today, write=write, accept=accept
    )
    if dry_run:
        plan = plan_fetch(session.folder, wish.names, wish.areas, wish.periods, int(today[:4]))
        for line in show_fetch.tell_plan(plan, t):
            session.show(line)
        return 0
    for line in show_fetch.tell_addresses(replaced_addresses(), t):
        session.tell(line)
    outcomes = []
    for outcome in task.fetch_indicators(session.folder, wish, Services()):
        outcomes.append(outcome)
        for line in show_fetch.tell_outcome(outcome, t):
            session.show(line)
    for line in show_fetch.tell_summary(outcomes, t, write=write):
        session.tell(line)
    return 2 if task.failed(outcomes) else 0


def list_(
    context: typer.Context,
    names: Annotated[list[str] | None, NAMES] = None,
    area: Annotated[str | None, LEADING] = None,
    form: Annotated[StatsFormat, FORM] = StatsFormat.table,
    as_of: Annotated[str | None, AS_OF] = None,
) -> int:
    """A line an indicator."""
    from granskning.cli import show_stats
    from granskning.cli.approve import day
    from granskning.statistics.selection import read_areas
    from granskning.tasks.statistics.listing import list_indicators

    session: Session = context.obj
    leading = "".join(read_areas([area] if area else ()))
    listing = list_indicators(session.folder, names or (), day(as_of), leading)
    if form is StatsFormat.json:
        session.say(show_stats.as_json(listing))
    elif form is StatsFormat.csv:
        session.say(show_stats.as_csv(listing, session.t))
    else:
        for line in show_stats.as_table(listing, session.t):
            session.show(line)
    return _told_errors(session, listing.with_errors)


def show(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="ID", help=N_("The indicator's id."), autocompletion=names_of("indicator"))
    ],
    form: Annotated[StatsFormat, FORM] = StatsFormat.table,
    as_of: Annotated[str | None, AS_OF] = None,
) -> int:
    """One indicator and every figure."""
    from granskning.cli import show_stats
    from granskning.cli.approve import day
    from granskning.tasks.statistics.listing import list_indicators

    session: Session = context.obj
    listing = list_indicators(session.folder, (name,), day(as_of))
    if form is StatsFormat.json:
        session.say(show_stats.as_json(listing, with_values=True))
    elif form is StatsFormat.csv:
        session.say(show_stats.values_as_csv(listing, session.t))
    else:
        for line in show_stats.as_page(listing, session.t):
            session.show(line)
    return _told_errors(session, listing.with_errors)


def _told_errors(session: Session, files: tuple[str, ...]) -> int:
    for file in files:
        session.tell(session.t("{file} cannot be read; see: granskning check {file}", file=file))
    return int(bool(files))
