"""`granskning search`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.app import SECONDS_TO_READ
from granskning.cli.completion import names_of
from granskning.cli.groups import HELP
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.app import Session


class SearchFormat(StrEnum):
    """The forms in which passages are told."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("search", help=HELP["search"])(run)


def run(
    context: typer.Context,
    strategy: Annotated[
        str,
        typer.Argument(
            metavar="STRATEGY",
            help=N_("STRATEGY or STRATEGY/EDITION; several with commas between, or . for all."),
            show_default=False,
            autocompletion=names_of("strategy"),
        ),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            help=N_("Words that must stand near each other; several within quotation marks are a phrase."),
            show_default=False,
        ),
    ] = None,
    near: Annotated[int, typer.Option("--near", min=1, metavar="N", help=N_("How many words apart at most."))] = 20,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help=N_("How many passages to show."))] = 50,
    profile: Annotated[
        bool, typer.Option("--profile", help=N_("Count by chapter who is named: women, men, girls, boys, people."))
    ] = False,
    form: Annotated[SearchFormat, typer.Option("--format", help=N_("How passages are told."))] = SearchFormat.text,
    seconds: Annotated[float | None, SECONDS_TO_READ] = None,
) -> int:
    """Search and tell."""
    from granskning.cli import show_search
    from granskning.tasks.evidence.documents import ReadingSettings
    from granskning.tasks.evidence.search import profile_documents, search_documents

    session: Session = context.obj
    settings = ReadingSettings(session.cached, seconds)
    if profile:
        profiles, unread = profile_documents(session.folder, strategy, settings)
        if form is SearchFormat.json:
            session.say(show_search.profile_json(profiles, unread))
        else:
            session.say(show_search.profile_text(profiles, session.t))
    else:
        result = search_documents(session.folder, strategy, words or (), near, settings)
        unread = result.unread
        if form is SearchFormat.json:
            session.say(show_search.as_json(result, words or (), near))
        else:
            for line in show_search.as_text(result, session.t, limit):
                session.say(line)
            session.tell(show_search.summary(result, session.t, limit))
    for line in show_search.unread_lines(unread, session.t):
        session.tell(line)
    return 0
