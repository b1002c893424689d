"""`granskning verify`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.app import SECONDS_TO_READ
from granskning.cli.groups import HELP
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


class VerifyFormat(StrEnum):
    """The forms in which the answers are told."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify", help=HELP["verify"])(run)


def run(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE.pdf", help=N_("The report; - means standard input."), show_default=False)
    ],
    form: Annotated[VerifyFormat, typer.Option("--format", help=N_("How the answers are told."))] = VerifyFormat.text,
    seconds: Annotated[int | None, SECONDS_TO_READ] = None,
) -> int:
    """Verify and tell."""
    from granskning.cli import show_verify
    from granskning.files import REPORT
    from granskning.tasks.folder.open import read_input
    from granskning.tasks.proof.verify import verify_pdf

    session: Session = context.obj
    piped = str(file) == "-"
    path = session.folder / file
    data = read_input(session.folder, file, sys.stdin.buffer, REPORT)
    name = session.t("standard input") if piped else str(file)
    verified = verify_pdf(data, session.folder, None if piped else path.absolute().parent, name=name, seconds=seconds)
    tell = show_verify.as_json if form is VerifyFormat.json else show_verify.as_text
    session.say(tell(verified, file.as_posix(), session.t))
    outcomes = {answer.outcome for answer in verified.answers}
    if "disagrees" in outcomes:
        return 1
    return 0 if "agrees" in outcomes else 2
