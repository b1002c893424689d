"""`granskning save`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.groups import HELP
from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("save", help=HELP["save"])(run)


def run(
    context: typer.Context,
    message: Annotated[
        str | None, typer.Option("-m", "--message", metavar="TEXT", help=N_("What you have done, in a line."))
    ] = None,
) -> int:
    """Save and say what was saved."""
    from granskning.tasks.editing.commit import save_version

    session: Session = context.obj
    t = session.t
    if message is not None and not message.strip():
        raise UsageError(N_("{option} is empty"), "", option="-m")
    done = save_version(session.folder, message, t)
    for file in done.left_out:
        session.tell(t("Not saved, since it is a lock file or a sync program's copy: {file}", file=file))
    if done.commit is None and done.left_out:
        session.tell(t("Nothing else has changed, so nothing was saved."))
        return 0
    if done.commit is None:
        session.tell(t("There is nothing to save: git has every file as it is."))
        return 0
    for file in done.files:
        session.say(file)
    session.tell(t.plural("{count} file saved as {commit}: {message}", "{count} files saved as {commit}: {message}",
                          len(done.files), commit=done.commit, message=done.message))  # fmt: skip
    return 0
