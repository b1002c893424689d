"""How far a build has come, with the time that is left: on a terminal all the time, in a log now and then."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.cli.session import Session
    from granskning.i18n import Translator

_PAUSE = 10.0
"""Seconds between two lines of progress in a log."""
_MINUTE = 60


class Progress:
    """Hears of each output, and says nothing of it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._count = 0
        self._left = ""

    def of(self, output: str) -> None:
        """An output is written."""
        self._count += 1
        self._show(output)

    def left(self, pages: int, seconds: float) -> None:
        """So many pages are still to be printed."""
        self._left = words_left(pages, seconds, self._session.t) if pages else ""

    def _show(self, output: str) -> None:
        """Tell how far it is."""


class LinesOfProgress(Progress):
    """A line now and then."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._latest = monotonic()

    def _show(self, output: str) -> None:
        if monotonic() - self._latest >= _PAUSE:
            self._latest = monotonic()
            count, t = self._count, self._session.t
            line = t.plural("… {count} page made, the latest {name}", "… {count} pages made, the latest {name}",
                            count, name=output)  # fmt: skip
            self._session.tell(f"{line}; {self._left}" if self._left else line)


class BarOfProgress(Progress):
    """A line that changes, for who watches."""

    def __init__(self, session: Session, bar: Any) -> None:
        super().__init__(session)
        self._bar = bar
        self._task = bar.add_task(session.t("Making reports"), total=None)

    def _show(self, output: str) -> None:
        self._bar.update(self._task, description=f"{output}  {self._left}")


@contextmanager
def watched(session: Session) -> Iterator[Progress]:
    """Progress on standard error: when somebody watches, or in a log that is to tell more."""
    if session.quiet or not sys.stderr.isatty():
        yield LinesOfProgress(session) if session.verbose and not session.quiet else Progress(session)
        return
    from rich.console import Console  # only when watched
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield BarOfProgress(session, bar)


def words_left(pages: int, seconds: float, t: Translator) -> str:
    """How much is left, in whole minutes from one minute on: it is an estimate."""
    count = t.plural("{count} page left", "{count} pages left", pages)
    if seconds < _MINUTE:
        return t("{count}, less than a minute", count=count)
    minutes = round(seconds / _MINUTE)
    return t.plural("{pages}, about {count} minute", "{pages}, about {count} minutes", minutes, pages=count)
