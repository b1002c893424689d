"""`granskning evidence`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.app import SECONDS_TO_READ
from granskning.cli.completion import NAMES
from granskning.cli.groups import HELP
from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


class EvidenceFormat(StrEnum):
    """The forms in which evidence is told."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evidence", help=HELP["evidence"])(run)


def run(
    context: typer.Context,
    paths: Annotated[list[Path] | None, NAMES] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help=N_("Write the right page numbers where quotations have moved; nothing else."))
    ] = False,
    other: Annotated[
        str | None,
        typer.Option("--in", metavar="EDITION", help=N_("Look up in this edition what is quoted from others.")),
    ] = None,
    form: Annotated[EvidenceFormat, typer.Option("--format", help=N_("How evidence is told."))] = EvidenceFormat.text,
    seconds: Annotated[float | None, SECONDS_TO_READ] = None,
) -> int:
    """Look up and tell."""
    from granskning.cli import show_evidence
    from granskning.tasks.evidence.evidence_findings import evidence_findings
    from granskning.tasks.evidence.page_fixes import page_fixes, write_page_fixes
    from granskning.tasks.evidence.quotations import look_up_evidence
    from granskning.tasks.folder.chosen import require_reviews
    from granskning.tasks.folder.name import path_of

    session: Session = context.obj
    if fix and other is not None:
        raise UsageError(N_("--fix and --in cannot be given together"), N_("page numbers are those of the own edition"))
    named = [path_of(session.folder, path) for path in paths or ()]
    require_reviews(session.folder, named)
    result = look_up_evidence(session.folder, named, seconds, other)
    fixes = [] if other is not None else page_fixes(result.rows)
    if fix:
        write_page_fixes(result.root, fixes)
    if form is EvidenceFormat.json:
        session.say(show_evidence.as_json(result, fixes, written=fix))
    else:
        findings = evidence_findings(result, fixed=fixes if fix else ())
        text = show_evidence.as_text(result, findings, session.t, color=session.color)
        if text:
            session.say(text, colored=session.color)
        for line in show_evidence.fix_lines(fixes, session.t, written=fix):
            session.say(line)
        session.tell(show_evidence.summary(result, session.t))
    for file in result.left_out:
        session.tell(session.t("{file} cannot be read, so its evidence is not looked up; see: granskning check {file}",
                               file=file))  # fmt: skip
    return int(result.is_wrong) if other is None else 0
