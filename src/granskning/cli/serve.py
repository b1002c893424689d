"""`granskning serve`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.groups import HELP
from granskning.errors import NotAWorkspaceError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", help=HELP["serve"])(run)


def run(
    context: typer.Context,
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=0, max=65535, help=N_("The port; 0 takes a free one."))
    ] = 0,
    read_only: Annotated[bool, typer.Option("--read-only", help=N_("Show, but change nothing."))] = False,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help=N_("The address on this computer to listen at; others are refused.")
        ),
    ] = "127.0.0.1",
    socket: Annotated[
        Path | None,
        typer.Option("--socket", metavar="PATH", help=N_("Listen at a socket file, for a login in front of the page.")),
    ] = None,
    public_host: Annotated[
        list[str] | None,
        typer.Option("--public-host", metavar="NAME", help=N_("A name that the page is reached by through a proxy.")),
    ] = None,
    user_header: Annotated[
        str,
        typer.Option(
            "--user-header", metavar="NAME", help=N_("The header in which a login in front of the page names the user.")
        ),
    ] = "",
    is_opened: Annotated[bool, typer.Option("--open", help=N_("Open the page in the browser."))] = False,
    log: Annotated[
        Path | None,
        typer.Option(
            "--log", metavar="FILE", help=N_("Write who asked for what and what was changed, a line of JSON each.")
        ),
    ] = None,
) -> int:
    """Serve until interrupted."""
    from granskning.tasks.data.browser import open_address  # --help stays quick
    from granskning.web.server import ListenAddress, serve

    session: Session = context.obj
    t = session.t

    def tell(address: str) -> None:
        session.say(t("Listens at {address}", address=address) if socket else t("Open {address}", address=address))
        sys.stdout.flush()  # somebody may read it through a pipe
        session.tell(t("Stop with Ctrl+C."))
        if is_opened and not socket:
            open_address(address)

    token = os.environ.get("GRANSKNING_TOKEN", "")
    place = ListenAddress(host, port, socket, tuple(public_host or ()), user_header, token)
    serve(_folder(session.folder), place, language=t.language, read_only=read_only, log=log, tell=tell)
    return 0


def _folder(start: Path) -> Path:
    """The working folder; or the folder itself where none has been begun and little or nothing lies in it."""
    from granskning.tasks.folder.open import find_folder, is_bare_folder

    try:
        return find_folder(start)
    except NotAWorkspaceError:
        if is_bare_folder(start):
            return start.absolute()
        raise
