"""Figures against the day of the judgements that rest on them: too old for the set, or due to be fetched anew.

The day is told by the folder and never by a clock: the latest date of a review with the set, else the set's own. So a
folder that nobody has touched has the same findings for good.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.model.indicator import last_period
from granskning.model.period import later_by, period_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.indicator import Indicator

_YEAR = dt.timedelta(days=366)
PACES_BEHIND = 3
"""So many of its own steps a series may be behind the day on which it was fetched before it seems to have ended."""


def check_age(
    sets: Iterable[CriteriaSet], indicators: Mapping[str, Indicator], judged: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield the challenges that rest on figures too old for their set, and the indicators that have newer figures.

    `judged` has the latest date of a review by the set's reference.
    """
    due: dict[str, str] = {}
    for criteria in sets:
        day = max((date for date in (judged.get(criteria.reference), criteria.date) if date), default="")
        if (at := _day(day)) is None:
            continue
        for number, challenge in enumerate(criteria.challenges):
            named = [indicators[name] for name in challenge.indicators if name in indicators]
            old = [item for item in named if is_too_old(item, criteria.oldest_figures, at)]
            if old:
                yield _too_old(criteria, number, old, day)
            due.update({item.id: max(due.get(item.id, ""), day) for item in named})
    for name, day in due.items():
        yield from _check_due(indicators[name], day)


def is_too_old(indicator: Indicator, years: int, day: dt.date) -> bool:
    """Whether more years than that have gone since the end of the latest period that has a value."""
    period = last_period(indicator)
    end = period_end(period) if period else None
    return end is not None and later_by(end, years) < day


def is_due(indicator: Indicator, day: str) -> bool:
    """Whether the source said that it would have new figures by a day, and they have not been fetched since."""
    promised = (indicator.source.next_update or "")[:10]
    return _day(promised) is not None and indicator.retrieved < promised <= day


def seems_ended(indicator: Indicator) -> bool:
    """Whether the table's last period lay far behind, by the pace of the frozen ones, when it was fetched."""
    latest = period_end(indicator.source.last_period or "")
    fetched = _day(indicator.retrieved)
    if latest is None or fetched is None:
        return False
    ends = sorted({end for figure in indicator.values if (end := period_end(figure.period)) is not None})
    steps = [later - earlier for earlier, later in pairwise(ends)]
    return bool(steps) and latest + PACES_BEHIND * max(*steps, _YEAR) < fetched


def check_ended(indicator: Indicator) -> Iterator[Finding]:
    """Yield that a table is updated no more: as its source says, else as its last period tells."""
    source = indicator.source
    if source.discontinued:
        yield Finding(RULES["GR713"], Pointer(indicator.file, ("source", "discontinued"), key=True),
                      {"table": source.name or indicator.id})  # fmt: skip
    elif seems_ended(indicator):
        at = Pointer(indicator.file, ("source", "last_period"))
        yield Finding(RULES["GR714"], at, {"table": source.name or indicator.id, "period": source.last_period})


def _too_old(criteria: CriteriaSet, number: int, old: Sequence[Indicator], day: str) -> Finding:
    at = Pointer(criteria.file, ("challenges", number, "indicators"), key=True)
    told = KnownNames([f"{item.id} ({last_period(item)})" for item in old])
    values = {"challenge": criteria.challenges[number].id, "figures": told, "years": criteria.oldest_figures,
              "day": day}  # fmt: skip
    return Finding(RULES["GR712"], at, values)


def _check_due(indicator: Indicator, day: str) -> Iterator[Finding]:
    if is_due(indicator, day):
        promised = (indicator.source.next_update or "")[:10]
        values = {"date": promised, "retrieved": indicator.retrieved, "id": indicator.id}
        yield Finding(RULES["GR715"], Pointer(indicator.file, ("source", "next_update")), values)


def _day(date: str) -> dt.date | None:
    """The last day of a date that may be a month or a year; None for no date."""
    return period_end(date) if date else None
