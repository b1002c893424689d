"""What a fetch would ask for, without asking: calls, cells and seconds, from what the files say alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.statistics import kolada, pxweb
from granskning.statistics.selection import cells_of, split_cells
from granskning.tasks.statistics.fetch import nothing_to_fetch
from granskning.tasks.statistics.fetch_kolada import years_to_ask
from granskning.tasks.statistics.fetch_scb import with_frozen_periods
from granskning.tasks.statistics.indicator_files import open_indicators

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from granskning.model.indicator import Indicator
    from granskning.statistics.selection import PeriodWish

_ANSWER_SECONDS = 0.5
"""What a call is taken to last besides waiting for its turn. A guess: no service could be measured."""


@dataclass(frozen=True, slots=True)
class PlannedFetch:
    """What one indicator would cost."""

    id: str
    service: str
    table: str
    calls: int
    cells: int
    areas: int
    periods: int


@dataclass(frozen=True, slots=True)
class FetchPlan:
    """What a run would cost in all."""

    fetches: tuple[PlannedFetch, ...]
    left_out: tuple[str, ...]
    """Indicators that name no service, or whose file has errors."""

    @property
    def calls(self) -> int:
        """All calls: one more for what Statistics Sweden allows."""
        return sum(item.calls for item in self.fetches) + any(item.service == "scb" for item in self.fetches)

    @property
    def cells(self) -> int:
        """All cells."""
        return sum(item.cells for item in self.fetches)

    @property
    def seconds(self) -> float:
        """About how long it takes: one call at a time, and no more than each service allows."""
        pace = {"file": 0.0, "scb": pxweb.USUAL_WINDOW / pxweb.USUAL_CALLS, "kolada": kolada.WINDOW / kolada.CALLS}
        return sum(item.calls * max(pace[item.service], _ANSWER_SECONDS) for item in self.fetches)


def plan_fetch(start: Path, names: Sequence[str], areas: Sequence[str], wish: PeriodWish, year: int) -> FetchPlan:
    """What a fetch would ask for. Raises UsageError where there is nothing to fetch."""
    folder = open_indicators(start, names)
    planned, left_out = [], []
    for file in folder.files:
        if file.indicator is None or file.errors or file.indicator.source.service is None:
            left_out.append(file.id)
        else:
            planned.append(_planned(file.indicator, areas, wish, year))
    if not planned:
        raise nothing_to_fetch(names)
    return FetchPlan(tuple(planned), tuple(left_out))


def _planned(indicator: Indicator, areas: Sequence[str], wish: PeriodWish, year: int) -> PlannedFetch:
    source = indicator.source
    if source.service == "file":
        periods = {figure.period for figure in indicator.values}
        return PlannedFetch(
            indicator.id, "file", source.name, 0, 0, len({f.place for f in indicator.values}), len(periods)
        )
    if source.service == "kolada":
        variable = source.variable_of("area")
        codes = tuple(dict.fromkeys(map(kolada.service_area, (*(variable.codes if variable else ()), *areas))))
        years = years_to_ask(indicator, wish, year)
        calls = 1 + len(list(kolada.area_paths(codes))) + len(list(kolada.data_paths(source.name, codes, years)))
        cells = len(codes) * len(years) * len(kolada.GENDERS)
        return PlannedFetch(indicator.id, "kolada", source.name, calls, cells, len(codes), len(years))
    selection = {}
    for variable in with_frozen_periods(indicator):
        more = tuple(map(kolada.scb_area, areas)) if variable.role == "area" else ()
        named = wish.named if variable.role == "period" else ()
        selection[variable.role, variable.variable] = tuple(dict.fromkeys((*variable.codes, *more, *named)))
    by_variable = {name: codes for (_, name), codes in selection.items()}
    calls = (2 if source.table else 1) + len(list(split_cells(by_variable, pxweb.USUAL_CELLS)))
    count = {role: len(codes) for (role, _), codes in selection.items()}
    cells = cells_of(by_variable)
    return PlannedFetch(indicator.id, "scb", source.name, calls, cells, count.get("area", 1), count.get("period", 0))
