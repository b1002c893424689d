"""What commands do in a collection of working folders, where they otherwise work in one folder."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from granskning.cli.app import Session
    from granskning.cli.show_findings import Telling

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
