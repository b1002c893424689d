"""What commands do in a collection of working folders, where they otherwise work in one folder."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from granskning.cli.session import Session
    from granskning.cli.show_findings import Telling
    from granskning.tasks.collection.export_tables import TableChoice
    from granskning.tasks.collection.national_report import NationalPage
    from granskning.tasks.reports.render import PrintOptions

_MANY = 10
"""From so many organisations on, reading them takes long enough for a line of progress."""


def tell_of_collection(session: Session, root: Path, *, evidence: bool) -> Telling:
    """What `check` tells of a collection: of its file, and the errors in its organisations' folders."""
    from granskning.cli.show_findings import seen_from
    from granskning.cli.tell_findings import tell
    from granskning.tasks.collection.check_collection import check_collection

    if evidence:
        message = N_("quotations are looked up in one working folder at a time")
        raise UsageError(message, N_("leave out --evidence, or run it in an organisation's own folder"))
    with reading(session) as progress:
        checked = check_collection(root, progress)
    return tell(checked.findings, session.t, seen_from(root), checked.files)


@contextmanager
def reading(session: Session) -> Iterator[Callable[[int, int], None]]:
    """A line of progress on standard error, when somebody watches and there are many organisations."""
    if session.quiet or not sys.stderr.isatty():
        yield lambda _done, _every: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(session.t("Reading organisations"), total=None, visible=False)
        yield lambda done, every: progress.update(bar, completed=done, total=every, visible=every >= _MANY)


def export_tables(session: Session, output: Path | None, choice: TableChoice) -> int:
    """Write the tables of the collection that the session is in, and say where they are; 1 where one is not read."""
    import os
    from pathlib import Path

    from granskning.tasks.collection.export_tables import default_folder, export_collection
    from granskning.tasks.collection.gather import require_collection

    gathered = require_collection(session.folder)
    folder = session.folder / output if output is not None else default_folder(gathered.root)
    with reading(session) as progress:
        made = export_collection(gathered, folder, choice=choice, progress=progress)
    t = session.t
    session.say(Path(os.path.relpath(made.folder, session.folder)).as_posix())
    count = made.made + made.kept
    made_words = t.plural("The tables of {count} organisation.", "The tables of {count} organisations.", count)
    kept = t.plural("{count} is as before.", "{count} are as before.", made.kept) if made.kept else ""
    session.tell(" ".join(part for part in (made_words, kept) if part))
    tell_what_is_missing(session, made.faults, made.with_errors)
    return int(bool(made.faults))


def tell_what_is_missing(session: Session, faults: Mapping[str, str], with_errors: int) -> None:
    """Tell on standard error which organisations are not read, and how many have files with errors."""
    t = session.t
    for name, code in faults.items():
        session.tell(t("Not read: {organisation} ({code}). See: granskning check", organisation=name, code=code))
    if with_errors:
        session.tell(
            t.plural(
                "{count} organisation has files with errors, so what they say may be missing; see: granskning check",
                "{count} organisations have files with errors, so what they say may be missing; see: granskning check",
                with_errors,
            )
        )


def national_report(session: Session, options: PrintOptions, form: str) -> NationalPage:
    """The report of the collection that the session stands in."""
    from granskning.tasks.collection.gather import require_collection
    from granskning.tasks.collection.national_report import render_national

    gathered = require_collection(session.folder)
    with reading(session) as progress:
        return render_national(gathered, form=form, options=options, progress=progress)


def tell_report(session: Session, made: NationalPage) -> int:
    """Tell how it went with reading; the exit code, 1 where an organisation is not read."""
    t, states = session.t, made.counted.organisations
    if count := made.counted.from_tables:
        session.tell(
            t.plural("{count} organisation was counted in its exported tables.",
                     "{count} organisations were counted in their exported tables.", count)
        )  # fmt: skip
    faults = {state.organisation.id: state.why_not for state in states if state.why_not}
    tell_what_is_missing(session, faults, sum(state.files_with_errors > 0 for state in states))
    return int(bool(faults))
