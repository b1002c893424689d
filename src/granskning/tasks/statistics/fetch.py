"""`stats fetch`: each indicator asked for anew, told apart from what is frozen, and written whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.writing import write_atomic
from granskning.errors import GranskningError, UsageError
from granskning.i18n import N_
from granskning.statistics.differences import IndicatorDifference, compare_reading
from granskning.statistics.unexpected import UnexpectedFormError
from granskning.tasks.statistics.fetch_file import fetch_file
from granskning.tasks.statistics.fetch_kolada import fetch_kolada
from granskning.tasks.statistics.fetch_scb import fetch_scb
from granskning.tasks.statistics.freeze_figures import freeze_figures
from granskning.tasks.statistics.indicator_files import open_indicators

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from granskning.model.indicator import Indicator
    from granskning.statistics.reading import StatisticsReading
    from granskning.statistics.selection import PeriodWish
    from granskning.tasks.statistics.indicator_files import IndicatorFile
    from granskning.tasks.statistics.services import Services

State = Literal["differs", "unchanged", "written", "refused", "failed"]
_MOST_KEPT = 5_000_000
"""Bytes of an answer that are kept for inspection."""


@dataclass(frozen=True, slots=True)
class FetchWish:
    """What a run of `stats fetch` is asked for."""

    names: tuple[str, ...]
    areas: tuple[str, ...]
    periods: PeriodWish
    today: str
    write: bool = False
    accept: bool = False


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What became of one indicator."""

    file: IndicatorFile
    state: State
    difference: IndicatorDifference = field(default_factory=IndicatorDifference)
    reading: StatisticsReading | None = None
    error: GranskningError | None = None
    kept: Path | None = None
    """Where an answer of unexpected form was put for inspection."""
    address: str | None = None
    """What was asked last where it failed."""

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.file.id

    @property
    def indicator(self) -> Indicator | None:
        """The indicator as it was frozen."""
        return self.file.indicator


def fetch_indicators(start: Path, wish: FetchWish, services: Services) -> Iterator[FetchOutcome]:
    """The outcome of each indicator that has a service, or that was named. Each is its own: one that fails stops none.

    Raises UsageError for a name that is no indicator, and where there is nothing to fetch.
    """
    folder = open_indicators(start, wish.names)
    if wish.write:
        clear_all_leftovers(folder.root)
    files = [file for file in folder.files if wish.names or file.errors or _is_fetchable(file)]
    if not any(_is_fetchable(file) or file.errors for file in files):
        raise nothing_to_fetch(wish.names)
    try:
        for file in files:
            yield _fetch(folder.root, file, wish, services)
    finally:
        services.close()


def nothing_to_fetch(names: Sequence[str]) -> UsageError:
    """What is said where no indicator names a service."""
    if names:
        message = N_("the indicator {id} names no service, so there is nothing to fetch")
    else:
        message = N_("no indicator in criteria/statistics/ names a service, so there is nothing to fetch")
    hint = N_("write service:, table: and query: under source:, as the handbook's page on statistics shows")
    return UsageError(message, hint, id=", ".join(names))


def _is_fetchable(file: IndicatorFile) -> bool:
    return file.indicator is not None and file.indicator.source.service is not None


def _fetch(root: Path, file: IndicatorFile, wish: FetchWish, services: Services) -> FetchOutcome:
    try:
        indicator = _require_sound(file)
        reading = _read(root, indicator, wish, services)
    except GranskningError as error:
        kept = _keep(root, file.id, services) if isinstance(error, UnexpectedFormError) else None
        address = services.last.address if services.last else None
        return FetchOutcome(file, "failed", error=error, kept=kept, address=address)
    difference = compare_reading(indicator, reading)
    if difference.meaning and not wish.accept:
        return FetchOutcome(file, "refused", difference, reading)
    if difference.is_empty or not wish.write:
        return FetchOutcome(file, "unchanged" if difference.is_empty else "differs", difference, reading)
    try:
        freeze_figures(file, indicator, reading, difference, wish.today)
    except GranskningError as error:
        return FetchOutcome(file, "failed", difference, reading, error)
    return FetchOutcome(file, "written", difference, reading)


def _require_sound(file: IndicatorFile) -> Indicator:
    if file.indicator is None or file.errors:
        message = N_("the file has errors, so it is not fetched: {file}")
        raise UsageError(message, N_("see: granskning check {file}"), file=f"criteria/statistics/{file.id}.yaml")
    if file.indicator.source.service is None:
        raise nothing_to_fetch((file.id,))
    return file.indicator


def _read(root: Path, indicator: Indicator, wish: FetchWish, services: Services) -> StatisticsReading:
    services.last = None
    if indicator.source.service == "file":
        return fetch_file(indicator, root, wish.areas, wish.periods)
    if indicator.source.service == "kolada":
        year = int(wish.today[:4])
        return fetch_kolada(indicator, wish.areas, wish.periods, services, year)
    return fetch_scb(indicator, wish.areas, wish.periods, services)


def _keep(root: Path, name: str, services: Services) -> Path | None:
    """The last answer as a file for inspection, among the outputs. None where there was none."""
    if services.last is None:
        return None
    path = root / "build" / "statistics" / f"{name}.answer.txt"
    try:
        write_atomic(path, services.last.body[:_MOST_KEPT])
    except GranskningError:
        return None  # the fault itself is what is told
    return path


def failed(outcomes: Sequence[FetchOutcome]) -> bool:
    """Whether any indicator was not fetched, or means something else than before."""
    return any(outcome.state in ("failed", "refused") for outcome in outcomes)
