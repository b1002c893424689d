"""What a reader should know of an indicator before its figures are leaned on: caution by caution, each a key."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from granskning.model.indicator import has_value, is_area, last_period
from granskning.model.period import later_by, period_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.indicator import Figure, Indicator

Caution = Literal[
    "no_values", "not_by_sex", "one_sex", "single_period", "national_only", "small_numbers", "unweighted",
    "preliminary", "noise", "no_own_area", "break", "gone", "retold", "too_old", "discontinued", "may_have_ended",
    "due", "no_service",
]  # fmt: skip
_NATION = frozenset({"00", "0000"})
_PRELIMINARY = ("prelim", "p")

SMALL = 10
"""Counts of people below this are told with caution: one person more or less changes them much."""
_YEAR = dt.timedelta(days=366)
PACES_BEHIND = 3
"""So many of its own steps a series may be behind the day on which it was fetched before it seems to have ended."""


def cautions(indicator: Indicator, day: str, oldest: int) -> Iterator[Caution]:
    """What is to be known of the figures, on a day; they may be so many years old."""
    yield from _of_figures(indicator)
    at = period_end(day)
    if at is not None and is_too_old(indicator, oldest, at):
        yield "too_old"
    if indicator.source.discontinued:
        yield "discontinued"
    elif seems_ended(indicator):
        yield "may_have_ended"
    if is_due(indicator, day):
        yield "due"


def source_cautions(indicator: Indicator) -> Iterator[Caution]:
    """What whoever keeps the figures should know besides: that they cannot be fetched anew by themselves."""
    if indicator.source.service is None:
        yield "no_service"


def _of_figures(indicator: Indicator) -> Iterator[Caution]:
    values = indicator.values
    marks = [mark for figure in values for mark in figure.marks.values()]
    women = any(figure.women is not None or "women" in figure.marks for figure in values)
    men = any(figure.men is not None or "men" in figure.marks for figure in values)
    tests: tuple[tuple[Caution, bool], ...] = (
        ("no_values", not values),
        ("not_by_sex", bool(values) and not (women or men or any(figure.mixed is not None for figure in values))),
        ("one_sex", women != men),
        ("single_period", len({figure.period for figure in values}) == 1),
        ("national_only", bool(values) and all(figure.area_code in _NATION for figure in values)),
        ("no_own_area", lacks_own_area(indicator)),
        ("small_numbers", any(is_small(indicator, figure) for figure in values)),
        ("unweighted", any(mark.members for mark in marks)),
        ("preliminary", any((mark.status or "").lower().startswith(_PRELIMINARY) for mark in marks)),
        ("noise", bool(indicator.source.notes)),
        ("break", bool(indicator.breaks)),
        ("gone", any(figure.gone for figure in values)),
        ("retold", indicator.quality == "B"),
    )
    return (caution for caution, holds in tests if holds)


def lacks_own_area(indicator: Indicator) -> bool:
    """Whether the folder says what its own area is, and there is no number of it; the nation alone is told as that."""
    values = [figure for figure in indicator.values if has_value(figure)]
    wider = all(figure.area_code in _NATION for figure in values)
    return bool(indicator.own_area and not wider and not any(is_area(f, indicator.own_area) for f in values))


def is_small(indicator: Indicator, figure: Figure) -> bool:
    """Whether a count of people is so small that one more or less changes it much."""
    if indicator.share:
        return False
    counts = [value for value in (figure.women, figure.men, figure.total) if value is not None]
    return any(0 < value < SMALL for value in counts) and all(value.denominator == 1 for value in counts)


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
    return bool(steps) and PACES_BEHIND * max(*steps, _YEAR) < fetched - latest  # a sum might have no date
