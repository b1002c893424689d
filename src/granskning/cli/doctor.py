"""`granskning doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from granskning.cli.groups import HELP
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.app import Session

_STANDINGS = {"here": N_("here"), "missing": N_("MISSING"), "advice": N_("not here"), "spare": N_("left over")}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", help=HELP["doctor"])(run)


def run(context: typer.Context) -> int:
    """Look and tell."""
    from granskning.tasks.data.doctor import examine  # noqa: PLC0415  # --help stays quick

    session: Session = context.obj
    t = session.t
    system, parts = examine(session.folder)
    for part in parts:
        line = f"{part.name:<16} {t(_STANDINGS[part.standing]):<10} {part.detail}".rstrip()
        session.say(line if part.standing == "here" else f"{line}  ({t('needed for')}: {t(part.needed_for)})")
        if part.cure:
            session.say(f"    {part.cure}")
    missing = [part for part in parts if part.standing == "missing"]
    if missing and system == "other":
        session.tell(t("This system is not one we know; see the handbook's page on installing."))
    told = (
        t.plural("{count} part is missing.", "{count} parts are missing.", len(missing))
        if missing
        else t("Everything needed is here.")
    )
    session.tell(told)
    return int(bool(missing))
