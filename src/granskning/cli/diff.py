"""`granskning diff`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import offer_names
from granskning.cli.groups import HELP
from granskning.i18n import N_, PageTranslator

if TYPE_CHECKING:
    from granskning.cli.session import Session


class DiffFormat(StrEnum):
    """The forms in which changes are told."""

    text = "text"
    json = "json"
    html = "html"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("diff", help=HELP["diff"])(run)


def run(
    context: typer.Context,
    before: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help=N_("A commit, branch or tag, STRATEGY/ROUND, STRATEGY/ROUND/ROLE or a file."),
            show_default=False,
            autocompletion=offer_names,
        ),
    ],
    after: Annotated[
        str | None,
        typer.Argument(
            metavar="[B]",
            help=N_("The same; without it, what came of A."),
            show_default=False,
            autocompletion=offer_names,
        ),
    ] = None,
    form: Annotated[DiffFormat, typer.Option("--format", help=N_("How changes are told."))] = DiffFormat.text,
) -> int:
    """Compare and tell."""
    from granskning.cli import show_diff
    from granskning.reporting.differences.diff_blocks import diff_blocks
    from granskning.tasks.folder.reader_words import for_readers_of
    from granskning.tasks.history.diff import read_diff

    session: Session = context.obj
    found = read_diff(session.folder, before, after, session.t.language)
    t = for_readers_of(session.t, session.folder)
    if form is DiffFormat.json:
        session.say(show_diff.as_json(found, t))
    elif form is DiffFormat.html:
        session.say(show_diff.html_of(found, for_readers_of(PageTranslator(t.asked), session.folder)))
    else:
        session.show(show_diff.as_text(diff_blocks(found, t)))
    return 0
