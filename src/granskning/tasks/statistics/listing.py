"""`stats list` and `stats show`: what there is of statistics, how old it is, and what leans on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.model.criteria import USUAL_OLDEST
from granskning.model.period import period_end
from granskning.statistics.calculation import (
    SexGap,
    SexTrend,
    is_small,
    latest,
    lead_area,
    sex_gap,
    sex_trend,
)
from granskning.tasks.statistics.indicator_files import open_indicators
from granskning.workspace.indicators.check_age import is_due, is_too_old, seems_ended

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from granskning.model.criteria import CriteriaSet, Target
    from granskning.model.indicator import Figure, Indicator

Caution = Literal[
    "no_values", "not_by_sex", "one_sex", "single_period", "national_only", "small_numbers", "unweighted",
    "preliminary", "noise", "break", "gone", "retold", "too_old", "discontinued", "may_have_ended", "due",
]  # fmt: skip
_NATION = frozenset({"00", "0000"})
_PRELIMINARY = ("prelim", "p")


@dataclass(frozen=True, slots=True)
class LeaningOn:
    """A challenge that rests on an indicator, and the questions that answer it."""

    criteria: str
    challenge: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorSummary:
    """One indicator: its age, its leading figure, and what a reader should know of it."""

    indicator: Indicator
    age_days: int | None
    figure: Figure | None
    """The latest of the first area that has values by sex."""
    gap: SexGap | None
    trend: SexTrend | None
    cautions: tuple[Caution, ...]
    leaning: tuple[LeaningOn, ...]

    @property
    def periods(self) -> tuple[str, str] | None:
        """The first and the last period."""
        periods = [figure.period for figure in self.indicator.values]
        return (min(periods), max(periods)) if periods else None


@dataclass(frozen=True, slots=True)
class IndicatorListing:
    """Indicators in order of their ids, and the files that could not be read."""

    summaries: tuple[IndicatorSummary, ...]
    with_errors: tuple[str, ...]
    as_of: str


def list_indicators(start: Path, names: Sequence[str], as_of: str) -> IndicatorListing:
    """The indicators of the folder, or those named, with their age on a day. Raises UsageError for an unknown name."""
    folder = open_indicators(start, names)
    sets = [item for item in folder.loaded.workspace.criteria.values() if "/earlier/" not in item.file]
    summaries = tuple(summarise(file.indicator, as_of, sets) for file in folder.files if file.indicator is not None)
    unread = tuple(f"criteria/statistics/{file.id}.yaml" for file in folder.files if file.indicator is None)
    return IndicatorListing(summaries, unread, as_of)


def summarise(indicator: Indicator, as_of: str, sets: Sequence[CriteriaSet]) -> IndicatorSummary:
    """One indicator as it is told in a list."""
    figures = lead_area(indicator)
    figure = latest(figures)
    return IndicatorSummary(
        indicator,
        _days(indicator.retrieved, as_of),
        figure,
        sex_gap(figure) if figure else None,
        sex_trend(indicator, figures),
        (*_cautions(indicator), *_by_date(indicator, as_of, sets)),
        tuple(leaning for criteria in sets for leaning in _leaning(criteria, indicator.id)),
    )


def _days(earlier: str, later: str) -> int | None:
    try:
        return (dt.date.fromisoformat(later) - dt.date.fromisoformat(earlier)).days
    except ValueError:
        return None


def _cautions(indicator: Indicator) -> Iterator[Caution]:
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
        ("small_numbers", any(is_small(indicator, figure) for figure in values)),
        ("unweighted", any(mark.members for mark in marks)),
        ("preliminary", any((mark.status or "").lower().startswith(_PRELIMINARY) for mark in marks)),
        ("noise", bool(indicator.source.notes)),
        ("break", bool(indicator.breaks)),
        ("gone", any(figure.gone for figure in values)),
        ("retold", indicator.quality == "B"),
    )
    return (caution for caution, holds in tests if holds)


def _by_date(indicator: Indicator, as_of: str, sets: Sequence[CriteriaSet]) -> Iterator[Caution]:
    """What the day says of the figures: too old for a set that rests on them, ended, or due to be fetched anew."""
    years = min((item.oldest_figures for item in sets if any(_leaning(item, indicator.id))), default=USUAL_OLDEST)
    day = period_end(as_of)
    if day is not None and is_too_old(indicator, years, day):
        yield "too_old"
    if indicator.source.discontinued:
        yield "discontinued"
    elif seems_ended(indicator):
        yield "may_have_ended"
    if is_due(indicator, as_of):
        yield "due"


def _leaning(criteria: CriteriaSet, name: str) -> Iterator[LeaningOn]:
    for challenge in criteria.challenges:
        if name in challenge.indicators:
            questions = tuple(dict.fromkeys(_questions(criteria.all_targets, challenge.id)))
            yield LeaningOn(criteria.reference, challenge.id, questions)


def _questions(targets: Sequence[Target], challenge: str) -> Iterator[str]:
    """The questions that answer a challenge: those that say so, else all of a target that does."""
    for target in targets:
        if challenge in target.challenges:
            yield from (item.id for item in target.criteria if not item.challenges or challenge in item.challenges)
