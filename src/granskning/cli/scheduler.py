"""The options of commands whose jobs a cluster of machines can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from granskning.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.cli.session import Session
    from granskning.tasks.folder.cluster import SchedulerChoice

SCHEDULER = typer.Option(
    "--scheduler",
    metavar="ADDRESS",
    help=N_("A Dask scheduler whose machines do the work: tcp:// on this computer, tls:// elsewhere."),
)
TLS_CA = typer.Option(
    "--tls-ca", metavar="FILE", help=N_("The authority that the scheduler is known by; otherwise GRANSKNING_TLS_CA.")
)
TLS_CERT = typer.Option(
    "--tls-cert", metavar="FILE", help=N_("The certificate to show the scheduler; otherwise GRANSKNING_TLS_CERT.")
)
TLS_KEY = typer.Option(
    "--tls-key", metavar="FILE", help=N_("The key of the certificate; otherwise GRANSKNING_TLS_KEY.")
)


def chosen_scheduler(
    session: Session, address: str | None, ca: Path | None, certificate: Path | None, key: Path | None
) -> SchedulerChoice | None:
    """The scheduler that is asked for, files seen from the session's folder; None where there is none."""
    if address is None:
        return None
    from granskning.tasks.folder.cluster import SchedulerChoice

    seen = [path and session.folder / path for path in (ca, certificate, key)]
    return SchedulerChoice(address, *seen)
