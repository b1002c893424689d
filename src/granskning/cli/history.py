"""`granskning history`."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import offer_names
from granskning.cli.groups import HELP
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from granskning.cli.app import Session

_MANY = 200
"""From so many versions on, reading them takes long enough for a line of progress."""


class HistoryFormat(StrEnum):
    """The forms in which history is told."""

    table = "table"
    json = "json"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("history", help=HELP["history"])(run)


def run(
    context: typer.Context,
    strategy: Annotated[
        str | None,
        typer.Argument(
            metavar="[STRATEGY]",
            help=N_("Only this strategy; STRATEGY/ROUND or STRATEGY/ROUND/ROLE for less."),
            show_default=False,
            autocompletion=offer_names,
        ),
    ] = None,
    form: Annotated[HistoryFormat, typer.Option("--format", help=N_("How history is told."))] = HistoryFormat.table,
) -> int:
    """Read and tell."""
    from granskning.cli import show_history
    from granskning.tasks.folder.name import name_of
    from granskning.tasks.folder.reader_words import for_readers_of
    from granskning.tasks.history.history import read_history

    session: Session = context.obj
    full = form is HistoryFormat.json
    t = for_readers_of(session.t, session.folder)
    name = strategy and name_of(session.folder, strategy)
    with _progress(session) as tick:
        history = read_history(session.folder, session.t, name=name, full=full, cached=session.cached, tick=tick)
    gc.freeze()  # what was read is kept to the end, so there is nothing to collect of it
    if full:
        for line in show_history.as_json(history, t):
            session.show(line)
    elif form is HistoryFormat.csv:
        session.say(show_history.as_csv(history, t))
    elif history.timelines:
        session.show(show_history.as_table(history, t, verbose=session.verbose))
    return _tell(session, history)


def _tell(session: Session, history: object) -> int:
    """What else there is to know. Exit code 2 when a part of the history could not be read."""
    from granskning.cli.app import sentence  # the boundary imports this file
    from granskning.tasks.history.history import History

    assert isinstance(history, History)  # noqa: S101  # for the type alone
    t = session.t
    if not history.timelines:
        session.tell(t("Git remembers no review here yet."))
    if history.is_shallow:
        session.tell(
            t("The repository is a shallow clone: what came before is not here. Fetch it with: git fetch --unshallow")
        )
    for folder in history.submodules:
        session.tell(t("{folder} is a repository of its own, so its history is not told here", folder=folder))
    if history.damage is not None:
        session.tell(f"{sentence(history.damage, t)}. {t('What came before is not shown.')}")
        session.tell(f"  {t('hint')}: {t(history.damage.hint)}")
        return 2
    return 2 if history.is_damaged else 0


@contextmanager
def _progress(session: Session) -> Iterator[Callable[[int, int], None]]:
    """A line of progress on standard error, when somebody watches and there is much to read."""
    if session.quiet or not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console  # only when watched
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(session.t("Reading history"), total=None, visible=False)
        yield lambda done, every: progress.update(bar, completed=done, total=every, visible=every >= _MANY)
