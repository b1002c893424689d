"""Our own calculations on frozen figures: difference, ratio and trend. None of them is the source's.

Both producers' terms say that whoever has processed their figures must not name them as the source of the outcome. So
what is worked out here is always shown as an own calculation, with the table as what it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.model.figure_change import verdict_of
from granskning.model.indicator import NIL, break_before, gap_way

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from granskning.model.figure_change import Verdict
    from granskning.model.indicator import Figure, GapWay, Indicator


@dataclass(frozen=True, slots=True)
class SexGap:
    """Women against men in one area and period."""

    difference: Fraction
    """Women less men, in the indicator's unit; of shares, in percentage points."""
    ratio: Fraction | None
    """Women as a share of men; None where men's value is nil, or one is negative."""


@dataclass(frozen=True, slots=True)
class SexTrend:
    """How the difference moved from the first to the last period that can be compared."""

    first: Figure
    last: Figure
    way: GapWay
    verdict: Verdict | None
    """Only where the indicator says what is better."""
    broken_at: str | None
    """The break that the trend begins after; what is before cannot be compared."""


def lead_area(indicator: Indicator) -> tuple[Figure, ...]:
    """The figures by period of the folder's own area, else the first, that has values by sex; else of the first."""
    values = indicator.leading_order
    by_sex = [figure for figure in values if _has_both(figure)]
    by_sex = by_sex or [figure for figure in values if figure.women is not None or figure.men is not None]
    first = (by_sex or list(values))[:1]
    return of_area(indicator, first[0].place) if first else ()


def of_area(indicator: Indicator, place: str) -> tuple[Figure, ...]:
    """The figures of one area, earliest first."""
    return tuple(sorted((item for item in indicator.values if item.place == place), key=lambda item: item.period))


def latest(figures: Sequence[Figure]) -> Figure | None:
    """The latest figure with a value, by sex where there is one."""
    by_sex = [figure for figure in figures if figure.women is not None or figure.men is not None]
    return (by_sex or list(figures))[-1] if figures else None


def sex_gap(figure: Figure) -> SexGap | None:
    """Difference and ratio, where both are numbers."""
    women, men = figure.women, figure.men
    if women is None or men is None:
        return None
    ratio = women / men if men > 0 and women >= 0 and not _is_nil(figure, "men") else None
    return SexGap(women - men, ratio)


def sex_trend(indicator: Indicator, figures: Sequence[Figure]) -> SexTrend | None:
    """The way of the difference since the latest break. None where fewer than two periods can be compared."""
    begun = break_before(indicator, max((figure.period for figure in figures), default=""))
    comparable = [item for item in figures if _has_both(item) and (begun is None or item.period >= begun)]
    if len(comparable) < 2:  # noqa: PLR2004  # two make a line
        return None
    first, last = comparable[0], comparable[-1]
    before, after = sex_gap(first), sex_gap(last)
    if before is None or after is None:
        return None
    way = gap_way(before.difference, after.difference)
    is_broken = begun is not None and figures[0].period < begun
    return SexTrend(first, last, way, verdict_of(indicator, first, last, way), begun if is_broken else None)


def _has_both(figure: Figure) -> bool:
    return figure.women is not None and figure.men is not None


def _is_nil(figure: Figure, sex: str) -> bool:
    mark = figure.marks.get(sex)
    return mark is not None and mark.symbol == NIL
