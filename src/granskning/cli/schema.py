"""`granskning schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import offer_schemas
from granskning.cli.groups import HELP
from granskning.errors import UsageError
from granskning.findings.suggestions import advice_on
from granskning.i18n import N_
from granskning.json_text import json_text

if TYPE_CHECKING:
    from granskning.cli.session import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("schema", help=HELP["schema"])(run)


def run(
    context: typer.Context,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help=N_("The kind; without it, all kinds are listed."),
            show_default=False,
            autocompletion=offer_schemas,
        ),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help=N_("Write the editor's schemas to .granskning/."))] = False,
) -> int:
    """Show or write schemas."""
    from granskning.workspace.schema.editor import localized
    from granskning.workspace.schema.schema import FORMS, OF_A_COMPUTER, OF_SEVERAL, OUTPUTS, load_schema

    session: Session = context.obj
    if write:
        from granskning.tasks.folder.save import refresh_schemas

        written = refresh_schemas(session.folder)
        for path in written:
            session.say(path.as_posix())
        session.tell(session.t.plural("{count} schema written.", "{count} schemas written.", len(written)))
    elif kind is None:
        for name in (*FORMS, *OF_SEVERAL, *OF_A_COMPUTER, *OUTPUTS):
            title = localized(load_schema(name), session.t.language)["title"]
            session.say(f"{name:<12}{title}")
    elif kind in (*FORMS, *OF_SEVERAL, *OF_A_COMPUTER, *OUTPUTS):
        session.say(json_text(localized(load_schema(kind), session.t.language)))
    else:
        names = (*FORMS, *OF_SEVERAL, *OF_A_COMPUTER, *OUTPUTS)
        titles = {localized(load_schema(name), session.t.language)["title"].casefold(): name for name in names}
        advice = advice_on(titles.get(kind.casefold(), kind), names, N_("kinds: {known}"))
        raise UsageError(N_("there is no kind {kind}"), **advice, kind=kind)
    return 0
