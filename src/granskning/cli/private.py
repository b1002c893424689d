"""What looks private in the sources of a report, told before it leaves the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.cli.session import Session
    from granskning.findings.finding import Finding


def tell_private(session: Session, root: Path, findings: tuple[Finding, ...]) -> None:
    """Tell on standard error what looks private in what a public report is made of, with its place."""
    if findings:
        from granskning.cli import show_findings, tell_findings  # only when there is something to tell

        told = tell_findings.tell(findings, session.t, show_findings.seen_from(root), 1)
        session.tell(show_findings.FORMATS["text"](told, color=False))
        session.tell(session.t("Look at this before the report leaves the house. Names cannot be found reliably."))
