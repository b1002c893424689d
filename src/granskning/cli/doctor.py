"""`granskning doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from granskning.cli.groups import HELP
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.cli.session import Session
    from granskning.i18n import Translator
    from granskning.tasks.data.installed_part import InstalledPart

_STANDINGS = {"here": N_("here"), "missing": N_("MISSING"), "advice": N_("not here"), "spare": N_("left over")}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", help=HELP["doctor"])(run)


def run(context: typer.Context) -> int:
    """Look and tell."""
    from granskning.tasks.data.doctor import examine

    session: Session = context.obj
    t = session.t
    system, parts = examine(session.folder)
    width = max(len(t(part.name)) for part in parts)
    for part in parts:
        line = f"{t(part.name):<{width}} {t(_STANDINGS[part.standing]):<10} {part.detail}".rstrip()
        session.say(line if part.standing == "here" else f"{line}  ({t('needed for')}: {t(part.needed_for)})")
        if part.cure:
            session.say(f"    {part.cure}")
    missing = [t(part.name) for part in parts if part.standing == "missing"]
    if missing and system == "other":
        session.tell(t("This system is not one we know; see the handbook's page on installing."))
    session.tell(_sum(parts, missing, t))
    return int(bool(missing))


def _sum(parts: Sequence[InstalledPart], missing: list[str], t: Translator) -> str:
    """The last line: what is missing, what would help and what should be looked at, by name."""
    sentences = [
        t.plural("{count} part is missing: {names}.", "{count} parts are missing: {names}.", len(missing),
                 names=", ".join(missing))
        if missing
        else t("Everything needed is here.")
    ]  # fmt: skip
    if advice := [t(part.name) for part in parts if part.standing == "advice"]:
        sentences.append(t("What would help: {names}.", names=", ".join(advice)))
    if spare := [t(part.name) for part in parts if part.standing == "spare"]:
        sentences.append(t("Look at: {names}.", names=", ".join(spare)))
    return " ".join(sentences)
