"""`granskning check`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import NAMES
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.app import Session


class CheckFormat(StrEnum):
    """The forms in which findings are told."""

    text = "text"
    json = "json"
    sarif = "sarif"
    junit = "junit"
    github = "github"


class FailLevel(StrEnum):
    """From which severity findings make the command fail."""

    error = "error"
    warning = "warning"


def register(app: typer.Typer) -> None:
    """Add the command."""
    help_text = N_("Find everything that is wrong. Writes nothing.")
    app.command("check", help=help_text)(run)


def run(
    context: typer.Context,
    paths: Annotated[list[Path] | None, NAMES] = None,
    form: Annotated[CheckFormat, typer.Option("--format", help=N_("How findings are told."))] = CheckFormat.text,
    fail_on: Annotated[
        FailLevel, typer.Option("--fail-on", help=N_("The least severity that gives exit code 1."))
    ] = FailLevel.error,
    evidence: Annotated[
        bool, typer.Option("--evidence", help=N_("Also look every quotation up in its document."))
    ] = False,
) -> int:
    """Check and tell."""
    from granskning.cli import show_findings
    from granskning.findings.finding import Severity
    from granskning.tasks.evidence.document_checks import with_documents
    from granskning.tasks.folder.name import path_of
    from granskning.tasks.folder.open import open_workspace
    from granskning.tasks.history.approval_changes import find_approval_changes

    session: Session = context.obj
    paths = [path_of(session.folder, path) for path in paths or ()]
    root, loaded = open_workspace(session.folder, paths, keep=False)
    findings = with_documents(root, loaded, find_approval_changes(root, loaded))
    if evidence:
        from granskning.tasks.evidence.evidence_findings import with_evidence  # check stays quick

        findings = with_evidence(session.folder, paths, findings, cached=session.cached)
    told = show_findings.tell(findings, session.t, show_findings.seen_from(root), len(loaded.read))
    output = show_findings.FORMATS[form.value](told, color=session.color)
    if output:
        session.say(output, colored=form is CheckFormat.text and session.color)
    if form is CheckFormat.text:
        session.tell(show_findings.summary(told, session.t))
    worst = max((finding.rule.severity for finding in findings), default=Severity.NOTICE)
    return int(worst >= Severity[fail_on.value.upper()])
