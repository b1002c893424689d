"""`granskning serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.app import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    help_text = N_("Fill in reviews on a page in the browser, on this computer only.")
    app.command("serve", help=help_text)(run)


def run(  # noqa: PLR0913  # the options of the command
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=N_("The port; 0 takes a free one."))] = 0,
    read_only: Annotated[bool, typer.Option("--read-only", help=N_("Show, but change nothing."))] = False,
    host: Annotated[
        str,
        typer.Option("--host", help=N_("The address to listen at; anything but this computer needs a login in front.")),
    ] = "127.0.0.1",
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
) -> int:
    """Serve until interrupted."""
    from granskning.tasks.open import find_folder  # noqa: PLC0415  # --help stays quick
    from granskning.web.server import serve  # noqa: PLC0415

    session: Session = context.obj
    t = session.t

    def tell(address: str) -> None:
        session.say(t("Open {address}", address=address))
        session.tell(t("Stop with Ctrl+C."))

    serve(
        find_folder(session.folder),
        language=t.language,
        host=host,
        port=port,
        read_only=read_only,
        public_hosts=public_host or (),
        user_header=user_header,
        tell=tell,
    )
    return 0
