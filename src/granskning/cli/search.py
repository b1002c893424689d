"""`granskning search`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.app import SECONDS_TO_READ
from granskning.cli.approve import day
from granskning.cli.completion import names_of, offer_names
from granskning.cli.groups import HELP
from granskning.errors import UsageError
from granskning.findings.finding import FilledWords
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.cli.session import Session
    from granskning.tasks.evidence.search import SearchResult, UnreadEdition


class SearchFormat(StrEnum):
    """The forms in which passages are told."""

    text = "text"
    json = "json"


_LOG = typer.Option(
    "--log",
    metavar="REVIEW",
    help=N_("Write the search in the search log of this review, as STRATEGY/ROUND/ROLE or by its file."),
    autocompletion=offer_names,
)
_QUESTION = typer.Option("--question", metavar="ID", help=N_("With --log: the question that it is made for."))


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
    log: Annotated[Path | None, _LOG] = None,
    question: Annotated[str | None, _QUESTION] = None,
    form: Annotated[SearchFormat, typer.Option("--format", help=N_("How passages are told."))] = SearchFormat.text,
    seconds: Annotated[float | None, SECONDS_TO_READ] = None,
) -> int:
    """Search and tell."""
    from granskning.cli import show_search
    from granskning.tasks.evidence.search import search_documents

    session: Session = context.obj
    _require_log(log, question, profile=profile)
    review = _log_in(session, log, question)
    if profile:
        unread = _tell_profile(session, strategy, seconds, form)
    else:
        result = search_documents(session.folder, strategy, words or (), near, seconds)
        unread = result.unread
        if form is SearchFormat.json:
            session.say(show_search.as_json(result, words or (), near))
        else:
            for line in show_search.as_text(result, session.t, limit):
                session.say(line)
            session.tell(show_search.summary(result, session.t, limit))
    for line in show_search.unread_lines(unread, session.t):
        session.tell(line)
    if review is not None and not profile:
        _write_log(session, review, question, result, (words or (), near))
    return 0


def _tell_profile(
    session: Session, strategy: str, seconds: float | None, form: SearchFormat
) -> tuple[UnreadEdition, ...]:
    """Tell who is named in the documents; returns those that cannot be read."""
    from granskning.cli import show_search
    from granskning.tasks.evidence.search import profile_documents

    profiles, unread = profile_documents(session.folder, strategy, seconds)
    if form is SearchFormat.json:
        session.say(show_search.profile_json(profiles, unread))
    else:
        session.say(show_search.profile_text(profiles, session.t))
    return unread


def _require_log(log: Path | None, question: str | None, *, profile: bool) -> None:
    """Raise UsageError where a log cannot be what is asked for."""
    if log is not None and profile:
        raise UsageError(N_("--log goes with words to search for, not with --profile"), "")
    if question is not None and log is None:
        raise UsageError(N_("--question goes with --log"), N_("name the review: --log STRATEGY/ROUND/ROLE"))


def _log_in(session: Session, log: Path | None, question: str | None) -> Path | None:
    """The review that the log is in. Raises UsageError, before a search is made, where none can be written there."""
    from granskning.tasks.folder.name import path_of
    from granskning.tasks.records.search_log import require_log

    if log is None:
        return None
    review = path_of(session.folder, log)
    require_log(session.folder, review, question)
    return review


def _write_log(
    session: Session, review: Path, question: str | None, result: SearchResult, sought: tuple[Sequence[str], int]
) -> None:
    """Write the search in the log, and tell so. Raises UsageError where it cannot be written."""
    from granskning.tasks.records.search_log import MadeSearch, log_search

    search = MadeSearch(*sought, day(None), question)
    edit = log_search(session.folder, review, result, search)
    if edit.refused:
        reason = FilledWords(edit.refused[0].rule.message, edit.refused[0].values)
        message = N_("the search is not written in {file}: {reason}")
        raise UsageError(message, N_("see: granskning check {file}"), file=edit.file, reason=reason)
    written, known = N_("Written in the search log of {file}."), N_("It was in the search log of {file} before.")
    session.tell(session.t(written if edit.is_changed else known, file=edit.file))
