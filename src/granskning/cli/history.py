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
from granskning.cli.kept_history import kept_history, name_in, tell_again, tell_history
from granskning.i18n import N_
from granskning.remembering import may_remember

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from granskning.cli.session import Session
    from granskning.i18n import Translator
    from granskning.tasks.checking.kept_history import KeptHistory
    from granskning.tasks.history.history import History

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
    session: Session = context.obj
    name = name_in(session, strategy)
    if form is HistoryFormat.json or not may_remember():
        return _read(session, name, form, None)
    kept = kept_history(session, form.value, name)
    return 0 if tell_again(session, form.value, kept) else _read(session, name, form, kept)


def _read(session: Session, name: str | None, form: HistoryFormat, kept: KeptHistory | None) -> int:
    """Read and tell, and keep what is told."""
    from granskning.cli import show_history
    from granskning.tasks.folder.reader_words import for_readers_of
    from granskning.tasks.history.history import read_history

    ground = None
    t, full = for_readers_of(session.t, session.folder), form is HistoryFormat.json
    with _progress(session) as tick:
        if kept is not None:
            from granskning.tasks.checking.asked_history import read_asked_history

            history, ground = read_asked_history(session.folder, session.t, name, tick)
        else:
            history = read_history(session.folder, session.t, name=name, full=full, tick=tick)
    gc.freeze()  # what was read is kept to the end, so there is nothing to collect of it
    text = ""
    if full:
        for line in show_history.as_json(history, t):
            session.show(line)
    elif form is HistoryFormat.csv:
        text = show_history.as_csv(history, t)
    elif history.timelines:
        text = show_history.as_table(history, t, verbose=session.verbose)
    aside, code = _aside(session.t, history)
    tell_history(session, form.value, text, aside)
    if kept is not None and ground is not None and code == 0:
        kept.keep(ground, text, aside)
    return code


def _aside(t: Translator, history: History) -> tuple[list[str], int]:
    """What else there is to know, and the exit code: 2 when a part of the history could not be read."""
    from granskning.cli.app import sentence  # the boundary imports this file

    lines = [] if history.timelines else [t("Git remembers no review here yet.")]
    if history.is_shallow:
        lines.append(
            t("The repository is a shallow clone: what came before is not here. Fetch it with: git fetch --unshallow")
        )
    lines += [
        t("{folder} is a repository of its own, so its history is not told here", folder=folder)
        for folder in history.submodules
    ]
    if history.damage is not None:
        lines.append(f"{sentence(history.damage, t)}. {t('What came before is not shown.')}")
        lines.append(f"  {t('hint')}: {t(history.damage.hint)}")
    return lines, 2 if history.damage is not None or history.is_damaged else 0


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
