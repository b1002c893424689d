"""Figures against the day of the judgements that rest on them: too old for the set, or due to be fetched anew.

The day is told by the folder and never by a clock: the latest date of a review with the set, else the set's own. So a
folder that nobody has touched has the same findings for good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.model.figure_cautions import is_due, is_too_old, seems_ended
from granskning.model.indicator import last_period
from granskning.model.period import period_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.indicator import Indicator


def check_age(
    sets: Iterable[CriteriaSet], indicators: Mapping[str, Indicator], judged: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield the challenges that rest on figures too old for their set, and the indicators that have newer figures.

    `judged` has the latest date of a review by the set's reference.
    """
    due: dict[str, str] = {}
    for criteria in sets:
        day = max((date for date in (judged.get(criteria.reference), criteria.date) if date), default="")
        if (at := period_end(day)) is None:
            continue
        for number, challenge in enumerate(criteria.challenges):
            named = [indicators[name] for name in challenge.indicators if name in indicators]
            old = [item for item in named if is_too_old(item, criteria.oldest_figures, at)]
            if old:
                yield _too_old(criteria, number, old, day)
            due.update({item.id: max(due.get(item.id, ""), day) for item in named})
    for name, day in due.items():
        yield from _check_due(indicators[name], day)


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
