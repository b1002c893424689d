"""What each challenge of a set rests on, worked out for the portfolio's page of indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.figure_cautions import cautions
from granskning.model.figure_change import leading_of
from granskning.model.indicator import leading_figure
from granskning.reporting.portfolio.portfolio_values import ChallengeFigures
from granskning.statistics.calculation import of_area, sex_gap, sex_trend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.criteria import Challenge, CriteriaSet
    from granskning.model.indicator import Indicator


def challenge_figures(
    criteria: CriteriaSet, indicators: Mapping[str, Indicator], day: str
) -> tuple[ChallengeFigures, ...]:
    """The challenges that a target answers, in the order of the set, each with its leading figure."""
    answered = {name for target in criteria.all_targets for name in target.challenges}
    return tuple(
        _figures(challenge, criteria, indicators, day) for challenge in criteria.challenges if challenge.id in answered
    )


def _figures(
    challenge: Challenge, criteria: CriteriaSet, indicators: Mapping[str, Indicator], day: str
) -> ChallengeFigures:
    named = tuple(name for name in challenge.indicators if name in indicators)
    indicator = leading_of(challenge, indicators)
    figure = leading_figure(indicator) if indicator is not None else None
    if indicator is None or figure is None:
        return ChallengeFigures(challenge, named)
    gap, trend = sex_gap(figure), sex_trend(indicator, of_area(indicator, figure.place))
    return ChallengeFigures(
        challenge,
        named,
        indicator,
        figure,
        difference=None if gap is None else gap.difference,
        way=None if trend is None else trend.way,
        span=("", "") if trend is None else (trend.first.period, trend.last.period),
        verdict=None if trend is None else trend.verdict,
        cautions=tuple(cautions(indicator, day, criteria.oldest_figures)),
    )
