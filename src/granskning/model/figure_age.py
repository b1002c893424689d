"""How old an indicator's figures are on a day, whether newer ones were to come, and whether the series has ended."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from granskning.model.indicator import last_period
from granskning.model.period import later_by, period_end

if TYPE_CHECKING:
    from granskning.model.indicator import Indicator

_YEAR = dt.timedelta(days=366)
PACES_BEHIND = 3
"""So many of its own steps a series may be behind the day on which it was fetched before it seems to have ended."""


def is_too_old(indicator: Indicator, years: int, day: dt.date) -> bool:
    """Whether more years than that have gone since the end of the latest period that has a value."""
    period = last_period(indicator)
    end = period_end(period) if period else None
    return end is not None and later_by(end, years) < day


def is_due(indicator: Indicator, day: str) -> bool:
    """Whether the source said that it would have new figures by a day, and they have not been fetched since."""
    promised = (indicator.source.next_update or "")[:10]
    return period_end(promised) is not None and indicator.retrieved < promised <= day


def seems_ended(indicator: Indicator) -> bool:
    """Whether the table's last period lay far behind, by the pace of the frozen ones, when it was fetched."""
    latest = period_end(indicator.source.last_period or "")
    fetched = period_end(indicator.retrieved)
    if latest is None or fetched is None:
        return False
    ends = sorted({end for figure in indicator.values if (end := period_end(figure.period)) is not None})
    steps = [later - earlier for earlier, later in pairwise(ends)]
    return bool(steps) and latest + PACES_BEHIND * max(*steps, _YEAR) < fetched
