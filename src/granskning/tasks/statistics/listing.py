"""`stats list` and `stats show`: what there is of statistics, how old it is, and what leans on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from granskning.model.criteria import USUAL_OLDEST
from granskning.model.figure_cautions import cautions, source_cautions
from granskning.statistics.calculation import (
    SexGap,
    SexTrend,
    latest,
    lead_area,
    sex_gap,
    sex_trend,
)
from granskning.tasks.statistics.indicator_files import open_indicators, open_sets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from granskning.model.criteria import CriteriaSet, Target
    from granskning.model.figure_cautions import Caution
    from granskning.model.indicator import Figure, Indicator


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


def list_indicators(start: Path, names: Sequence[str], as_of: str, area: str = "") -> IndicatorListing:
    """The indicators of the folder, or those named, with their age on a day. Raises UsageError for an unknown name.

    `area` is the code of the area that leads, instead of the folder's own.
    """
    folder = open_indicators(start, names)
    sets = open_sets(folder.root)
    known = [file.indicator for file in folder.files if file.indicator is not None]
    chosen = [replace(indicator, own_area=area) for indicator in known] if area else known
    summaries = tuple(summarise(indicator, as_of, sets) for indicator in chosen)
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
        (*cautions(indicator, as_of, _oldest(indicator, sets)), *source_cautions(indicator)),
        tuple(leaning for criteria in sets for leaning in _leaning(criteria, indicator.id)),
    )


def _days(earlier: str, later: str) -> int | None:
    try:
        return (dt.date.fromisoformat(later) - dt.date.fromisoformat(earlier)).days
    except ValueError:
        return None


def _oldest(indicator: Indicator, sets: Sequence[CriteriaSet]) -> int:
    """So many years old the figures may be, in the strictest of the sets that rest on them."""
    return min((item.oldest_figures for item in sets if any(_leaning(item, indicator.id))), default=USUAL_OLDEST)


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
