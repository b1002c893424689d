"""`granskning approve`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import REVIEW, names_of
from granskning.cli.groups import HELP
from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("approve", help=HELP["approve"])(run)


def run(
    context: typer.Context,
    review: Annotated[Path, REVIEW],
    role: Annotated[
        str,
        typer.Option(
            "--role", metavar="ROLE", help=N_("Who approves: a role, not a name."), autocompletion=names_of("role")
        ),
    ],
    case_number: Annotated[
        str | None, typer.Option("--case-number", metavar="N", help=N_("The case number of the decision."))
    ] = None,
    body: Annotated[str | None, typer.Option("--body", metavar="B", help=N_("The deciding body."))] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help=N_("The day of the approval; otherwise today."))
    ] = None,
) -> int:
    """Approve, or tell what hinders it."""
    from granskning.cli import show_findings, tell_findings  # --help stays quick
    from granskning.tasks.editing.approve import Wish, approve_review
    from granskning.tasks.folder.name import path_of

    session: Session = context.obj
    t = session.t
    for name, value in (("--role", role), ("--case-number", case_number), ("--body", body)):
        if value is not None and not value.strip():
            raise UsageError(N_("{option} is empty"), "", option=name)
    wish = Wish(path_of(session.folder, review), role.strip(), day(date), case_number, body)
    done = approve_review(session.folder, wish)
    if done.findings:
        told = tell_findings.tell(done.findings, t, show_findings.seen_from(done.root), done.read)
        session.say(show_findings.as_text(told, color=session.color))
        message = N_("{file} is not approved: it has to be whole and sound first. Nothing was changed")
        raise UsageError(message, N_("mend what is told of above"), file=done.file)
    session.say(done.file)
    if done.is_unchanged:
        session.tell(t("It was approved before, and nothing that matters has changed since."))
    elif done.is_again:
        session.tell(t("Approved anew. What was approved before is in the history of the file."))
    session.tell(t("Approved by {role} on {date}. Fingerprint {hash}.", role=wish.role, date=wish.date,
                   hash=done.fingerprint[:15]))  # fmt: skip
    if done.joint:
        session.tell(t("The round has a joint review, which is the one usually approved: {file}", file=done.joint))
    session.tell(t("Save it with: granskning save, or with git."))
    return 0


def day(given: str | None) -> str:
    """The day that was given, or today."""
    if given is None:
        return dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
    try:
        return dt.date.fromisoformat(given).isoformat()
    except ValueError:
        message = N_("{value} is no date")
        raise UsageError(message, N_("write it as 2026-11-23"), value=given) from None
