"""`granskning check`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import NAMES
from granskning.cli.groups import HELP
from granskning.cli.scheduler import SCHEDULER, TLS_CA, TLS_CERT, TLS_KEY, chosen_scheduler
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.cli.session import Session
    from granskning.cli.show_findings import Telling
    from granskning.tasks.folder.cluster import SchedulerChoice


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
    app.command("check", help=HELP["check"])(run)


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
    scheduler: Annotated[str | None, SCHEDULER] = None,
    tls_ca: Annotated[Path | None, TLS_CA] = None,
    tls_cert: Annotated[Path | None, TLS_CERT] = None,
    tls_key: Annotated[Path | None, TLS_KEY] = None,
) -> int:
    """Check and tell."""
    from granskning.cli.kept_check import tell_findings  # --help stays quick

    session: Session = context.obj
    choice = chosen_scheduler(session, scheduler, tls_ca, tls_cert, tls_key)
    return tell_findings(session, form.value, _telling(session, paths or (), choice, evidence=evidence), fail_on.value)


def _telling(session: Session, paths: Sequence[Path], scheduler: SchedulerChoice | None, *, evidence: bool) -> Telling:
    """What is told of the folder: what was told before where nothing has changed since, else what is found now.

    A quotation is looked up each time that is asked for, and a scheduler is asked where one is named.
    """
    from granskning.cli.kept_check import kept_check, named_paths  # --help stays quick
    from granskning.cli.show_findings import seen_from, telling_of
    from granskning.tasks.folder.chosen import choose, collection_root

    if not paths and (gathered := collection_root(session.folder)):
        from granskning.cli.of_collection import tell_of_collection  # which few have

        return tell_of_collection(session, gathered, evidence=evidence)
    named = named_paths(session, paths)
    chosen = choose(session.folder, named)
    kept = kept_check(session, chosen)
    if not evidence and scheduler is None and (earlier := telling_of(kept.read())):
        return earlier
    from granskning.cli.tell_findings import tell  # what is kept needs none of it
    from granskning.tasks.checking.checked import check_chosen

    if scheduler is None and chosen.only is not None:
        checked = check_chosen(chosen)
    elif scheduler is None:
        from granskning.tasks.checking.check_on_cores import check_on_cores

        checked = check_on_cores(chosen)
    else:
        from granskning.tasks.checking.cluster_check import check_by_cluster

        checked = check_by_cluster(chosen, scheduler)
    findings = checked.findings
    if evidence:
        from granskning.tasks.evidence.evidence_findings import with_evidence

        findings = with_evidence(session.folder, named, findings)
    telling = tell(findings, session.t, seen_from(chosen.root), checked.files)
    if not evidence and checked.ground is not None:
        kept.keep(checked.ground, telling.plain)
    return telling
