"""`granskning new`."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import FROM_ROUND, REVIEWER, ROUND, TAGS, names_of
from granskning.cli.groups import HELP
from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session

_ROUND = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_ROLE = re.compile(r"(?=.*[^\W\d_])\w[\w ,&()'’-]*\Z")
"""An id, or a title as people write it, which an id is made of."""


class Kind(StrEnum):
    """One reviewer's judgement, or the joint one."""

    reviewer = "reviewer"
    consensus = "consensus"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("new", help=HELP["new"])(run)


def run(
    context: typer.Context,
    strategy: Annotated[
        str,
        typer.Argument(
            metavar="STRATEGY",
            help=N_("The strategy; STRATEGY/ROUND/ROLE says the round and the role too."),
            show_default=False,
            autocompletion=names_of("strategy"),
        ),
    ],
    round_: Annotated[str | None, ROUND] = None,
    reviewer: Annotated[str | None, REVIEWER] = None,
    kind: Annotated[
        Kind, typer.Option("--kind", help=N_("One reviewer's judgement, or the joint one."))
    ] = Kind.reviewer,
    earlier: Annotated[str | None, FROM_ROUND] = None,
    criteria: Annotated[
        str | None,
        typer.Option(
            "--criteria",
            metavar="SET",
            help=N_("The criteria set, as id or id@version; otherwise that of the workspace."),
            autocompletion=names_of("set"),
        ),
    ] = None,
    short: Annotated[bool, typer.Option("--short", help=N_("The core questions only."))] = False,
    tags: Annotated[list[str] | None, TAGS] = None,
) -> int:
    """Make the file and say where it is."""
    from granskning.tasks.editing.new import NewReview, new_review
    from granskning.tasks.folder.name import name_of

    session: Session = context.obj
    today = dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
    strategy, round_, reviewer = _parts(name_of(session.folder, strategy), round_, reviewer)
    role = reviewer or ("samlad" if kind is Kind.consensus else "granskare")
    for name, value, form in (("--round", round_, _ROUND), ("--reviewer", role, _ROLE), ("--from", earlier, _ROUND)):
        if value is not None and not form.match(value):
            message = N_("{value} cannot be used for {option}")
            hint = N_("write lower-case letters a–z, digits and hyphens, such as 2026-11 or strateg-jamstalldhet")
            raise UsageError(message, hint, value=value, option=name)
    wish = NewReview(
        strategy, round_ or today[:7], role, kind.value, today,
        short=short, tags=tuple(tags or ()), earlier=earlier, criteria=criteria,
    )  # fmt: skip
    made = new_review(session.folder, wish)
    path = made.file.relative_to(made.root).as_posix()
    session.say(path)
    if made.look_again:
        line = session.t.plural(
            "{count} answer that was carried over rests on a quotation that has changed or is gone: look again.",
            "{count} answers that were carried over rest on quotations that have changed or are gone: look again.",
            made.look_again,
        )
        session.tell(line)
    session.tell(session.t("Fill it in, then run: granskning check {path}", path=path))
    return 0


def _parts(name: str, round_: str | None, reviewer: str | None) -> tuple[str, str | None, str | None]:
    """Strategy, round and role: of a name in three parts, and of the options. What is said twice must be the same."""
    strategy, *rest = name.split("/")
    by_name = [*rest, None, None][:2]
    pairs = zip(by_name, (round_, reviewer), strict=True)
    if rest[2:] or any(part and option and part != option for part, option in pairs):
        message = N_("{name} says something else than --round and --reviewer")
        raise UsageError(message, N_("name it as STRATEGY/ROUND/ROLE, or use the options"), name=name)
    return strategy, round_ or by_name[0], reviewer or by_name[1]
