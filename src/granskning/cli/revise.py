"""`granskning revise`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import names_of
from granskning.cli.groups import HELP
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("revise", help=HELP["revise"])(run)


def run(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="SET", help=N_("The criteria set's id."), show_default=False, autocompletion=names_of("set")
        ),
    ],
    version: Annotated[
        str, typer.Argument(metavar="VERSION", help=N_("The new version, such as 0.10.0."), show_default=False)
    ],
) -> int:
    """Make the new version and say what to do next."""
    from granskning.cli.approve import day
    from granskning.tasks.editing.migrate import revise_set

    session: Session = context.obj
    t = session.t
    done = revise_set(session.folder, name, version, day(None))
    session.say(done.file)
    session.say(done.frozen)
    session.tell(t("{file} is now {later}. {earlier} is frozen in {frozen}.", file=done.file, later=done.later,
                   earlier=done.earlier, frozen=done.frozen))  # fmt: skip
    if done.reviews:
        kept = t.plural("{count} review names it and is scored with it still.",
                        "{count} reviews name it and are scored with it still.", done.reviews)  # fmt: skip
        session.tell(kept)
    session.tell(t("Change the questions in {file}, and say under changes: what each change is. Then: granskning check",
                   file=done.file))  # fmt: skip
    return 0
