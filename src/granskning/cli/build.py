"""`granskning build`."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from granskning.cli.app import SECONDS
from granskning.cli.approve import day
from granskning.cli.build_progress import watched
from granskning.cli.groups import HELP
from granskning.cli.private import tell_private
from granskning.cli.replaced import tell_replaced
from granskning.cli.scheduler import SCHEDULER, TLS_CA, TLS_CERT, TLS_KEY, chosen_scheduler
from granskning.cli.session import Session
from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.findings.finding import Finding
    from granskning.tasks.reports.build import Built
    from granskning.tasks.reports.kept_build import KeptBuild


class BuildFormat(StrEnum):
    """The forms of a report."""

    pdf = "pdf"
    html = "html"
    docx = "docx"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("build", help=HELP["build"])(run)


def run(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="DIR", help=N_("The output folder; otherwise build/."))
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, metavar="N", help=N_("How many reports are printed at once."))
    ] = None,
    form: Annotated[
        list[BuildFormat] | None,
        typer.Option("--format", help=N_("The forms to make; otherwise pdf and html. May be repeated.")),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="PATTERN", help=N_("Only reports whose name matches, such as 'rus-*'.")),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=N_("The date the reports speak of."))
    ] = None,
    seconds: Annotated[int | None, SECONDS] = None,
    scheduler: Annotated[str | None, SCHEDULER] = None,
    tls_ca: Annotated[Path | None, TLS_CA] = None,
    tls_cert: Annotated[Path | None, TLS_CERT] = None,
    tls_key: Annotated[Path | None, TLS_KEY] = None,
) -> int:
    """Build and tell."""
    from granskning.cli.kept_build import FORMATS, kept_build, shown_folder, tell_again
    from granskning.tasks.folder.output import require_output_folder

    session: Session = context.obj
    choice = chosen_scheduler(session, scheduler, tls_ca, tls_cert, tls_key)
    if jobs is not None and choice is not None:
        message = N_("--jobs is for the processes of this computer, and with --scheduler others print")
        raise UsageError(message, N_("leave one of them out"))
    as_of = None if as_of is None else day(as_of)
    formats = tuple(one.value for one in form) if form else FORMATS
    kept = kept_build(session, output, formats, only, as_of)
    if output is not None:
        require_output_folder(session.folder, output)
    if choice is None and (earlier := kept.read()):
        return tell_again(session, earlier)
    options = {"workers": jobs, "formats": formats, "only": only, "as_of": as_of, "seconds": seconds}
    return _build(session, kept, shown_folder(output), {**options, "scheduler": choice})


def _build(session: Session, kept: KeptBuild, shown: Path, options: Mapping[str, Any]) -> int:
    """Build for real, and keep what there is to tell while nothing changes."""
    from granskning.i18n import Translator
    from granskning.tasks.evidence.evidence_findings import wrong_in_approved
    from granskning.tasks.folder.open import MISSING_SET, load_chosen, require_settings
    from granskning.tasks.reports.build import build
    from granskning.tasks.reports.render import only_private

    root = kept.chosen.root
    kept.begin()
    loaded = load_chosen(kept.chosen, kept.files, keep=True)
    require_settings(loaded)
    t = Translator(loaded.workspace.settings.language)
    with watched(session) as hear:
        built = build(root, loaded, t, folder=kept.folder, tell=hear.of, tell_left=hear.left, **options)
    wrong, private = wrong_in_approved(root, loaded), only_private(loaded.findings)

    def tell_all(listener: Session, built: Built) -> int:
        outcome = _tell(listener, built, shown)
        tell_private(listener, root, private)
        return max(outcome, _tell_quotations(listener, root, wrong))

    code = tell_all(session, built)
    asked_git = any(finding.rule.code == MISSING_SET for finding in loaded.findings)
    if built.is_settled and not asked_git and not kept.names_documents_outside:
        lines: list[tuple[str, str]] = []
        values = {"code": tell_all(_recording(session, lines), _as_unchanged(built)), "lines": lines}
        kept.keep(built.made, values, history=built.has_history)
    return code


def _as_unchanged(built: Built) -> Built:
    """What the same build would come to, done again."""
    unchanged = tuple(sorted({*built.written, *built.unchanged}))
    return replace(built, written=(), unchanged=unchanged, removed=(), noticed=(), again=(), replaced=())


def _recording(session: Session, lines: list[tuple[str, str]]) -> Session:
    """A session that takes down what is told instead of telling it."""

    class Recording(Session):
        def say(self, text: str = "", *, colored: bool = False) -> None:
            del colored
            lines.append(("say", text))

        def tell(self, line: str) -> None:
            lines.append(("tell", line))

    return Recording(*session)


def _tell_quotations(session: Session, root: Path, findings: Sequence[Finding]) -> int:
    """Which approved reviews quote what their documents do not say; 1 where any does."""
    from granskning.cli import show_findings, tell_findings

    if findings:
        shown = tell_findings.tell(findings, session.t, show_findings.seen_from(root), 1)
        session.tell(show_findings.as_text(shown, color=False))
        line = session.t.plural(
            "{count} quotation of an approved review is not in its document; see: granskning evidence",
            "{count} quotations of approved reviews are not in their documents; see: granskning evidence",
            len(findings),
        )
        session.tell(line)
    return int(bool(findings))


def _tell(session: Session, built: Built, folder: Path) -> int:
    """Every PDF that is there, what went wrong, and what to open."""
    from granskning.reporting.wording.uncounted import left_out_reason

    t = session.t
    reports = sorted({*built.written, *built.unchanged})
    pdfs = [name for name in reports if name.endswith(".pdf")]
    for name in pdfs or [name for name in reports if name.endswith(".html")]:
        session.say((folder / name).as_posix())
    if session.verbose:
        for name, line in built.noticed:
            session.tell(f"{name}: {line}")
    tell_replaced(session, built.replaced)
    for skipped in built.skipped:
        if skipped.left_out is not None:
            why = left_out_reason(skipped.left_out, t)
            session.tell(t("{file} is not counted and got no report, since {why}", file=skipped.file, why=why))
        else:
            session.tell(t("{file} got no report, since none of its reviews can be laid together", file=skipped.file))
    _tell_marked(session, built)
    _tell_failed(session, built)
    if built.missing:
        session.tell(t("No PDFs: {libraries} is missing. See: granskning doctor", libraries=", ".join(built.missing)))
    counts = t.plural("{count} new page", "{count} new pages", len(built.written))
    same = t.plural("{count} unchanged", "{count} unchanged", len(built.unchanged))
    session.tell(t("{counts}, {same} in {folder}/.", counts=counts, same=same, folder=folder.as_posix()))
    if "index.html" in reports:
        session.tell(t("Open {page}", page=(folder / "index.html").as_posix()))
    return _exit_code(built)


def _exit_code(built: Built) -> int:
    """A report that fails is a finding while others are made; what this computer or its disk lacks stops the build."""
    from granskning.errors import WriteRefusedError

    nothing_made = not built.written and not built.unchanged
    refused = any(isinstance(failure.error, WriteRefusedError) for failure in built.failed)
    if built.missing or refused or (built.failed and nothing_made):
        return 2
    return int(bool(built.failed or built.skipped or built.marked))


def _tell_marked(session: Session, built: Built) -> None:
    """Which files have errors that the reports are marked with."""
    for file, count in built.marked.items():
        told = session.t.plural(
            "{file}: {count} fault is marked in its reports; see: granskning check",
            "{file}: {count} faults are marked in its reports; see: granskning check",
            count,
            file=file,
        )
        session.tell(told)


def _tell_failed(session: Session, built: Built) -> None:
    """What took two tries, what could not be made, and what helps."""
    from granskning.cli.app import advice, sentence  # the boundary imports this file

    for failure in built.again:
        why = sentence(failure.error, session.t)
        session.tell(session.t("{file} was tried once more, alone: {why}", file=failure.output, why=why))
    for failure in built.failed:
        session.tell(f"{failure.output}: {sentence(failure.error, session.t)}")
        if hint := advice(failure.error, session.t):
            session.tell(f"  {session.t('hint')}: {hint}")
