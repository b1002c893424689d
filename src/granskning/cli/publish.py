"""`granskning publish`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import REVIEW, offer_codes
from granskning.cli.groups import HELP
from granskning.cli.replaced import tell_replaced
from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session
    from granskning.tasks.proof.publish import Published


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("publish", help=HELP["publish"])(run)


def run(
    context: typer.Context,
    review: Annotated[Path, REVIEW],
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept",
            metavar="CODE",
            help=N_("A finding that may stay, such as GR521. May be repeated."),
            autocompletion=offer_codes,
        ),
    ] = None,
) -> int:
    """Publish and tell."""
    from granskning.tasks.evidence.evidence_findings import WRONG_QUOTATIONS
    from granskning.tasks.folder.name import path_of
    from granskning.tasks.proof.publish import publish_review
    from granskning.workspace.checks.check_private import PRIVATE

    session: Session = context.obj
    acceptable = (*PRIVATE, *WRONG_QUOTATIONS)
    for code in accept or ():
        if code not in acceptable:
            message = N_("{code} cannot be accepted here")
            raise UsageError(message, N_("can be accepted: {known}"), code=code, known=", ".join(acceptable))
    published = publish_review(session.folder, path_of(session.folder, review), accept=accept or ())
    if published.findings or published.faults:
        return _refuse(session, published)
    for name in published.files:
        session.say(f"{published.folder}/{name}")
    tell_replaced(session, published.replaced)
    t = session.t
    if published.commit is None:
        session.tell(t("The commit of the sources is unknown, so the report cannot name it."))
    session.tell(t("Names of persons cannot be found reliably. Read the report before it leaves the house."))
    session.tell(t("Published in {folder}. Save it with git.", folder=published.folder))
    return 0


_FAULTS = {
    "open_anchor": N_("a link on the page leads nowhere: {what}"),
    "no_words": N_("a picture on the page has no alternative text: {what}"),
}


def _refuse(session: Session, published: Published) -> int:
    """Say what has to be mended, and how."""
    from granskning.cli import show_findings, tell_findings

    t = session.t
    if published.findings:
        told = tell_findings.tell(published.findings, t, show_findings.seen_from(published.root), 1)
        session.say(show_findings.FORMATS["text"](told, color=session.color))
        codes = " ".join(sorted({f"--accept {finding.rule.code}" for finding in published.findings}))
        session.tell(t("Nothing was published. Mend the text, or accept what may stay with {options}.", options=codes))
    for fault in published.faults:
        session.say(t(_FAULTS[fault.kind], what=fault.what))
    if published.faults:
        session.tell(t("Nothing was published. Mend the working folder's own templates."))
    return 1
