"""Women and men over time: which areas of an indicator have it to draw, and what a drawing of them says.

One area has a drawing of its own; several stand as small multiples on axes in common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.indicator import gap_way
from granskning.reporting.charts.chart_gap import Measurement, draw_gap
from granskning.reporting.charts.chart_multiples import AreaSeries, draw_panels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from granskning.i18n import Translator
    from granskning.model.indicator import Figure, Indicator
    from granskning.reporting.charts.chart_gap import Gap

MOST_AREAS = 12
"""So many areas of one indicator are drawn; the table has them all."""
_MOST_PERIODS = 40

_DIFFERENCE = {
    "narrower": N_("The difference has become smaller (own calculation)."),
    "wider": N_("The difference has become larger (own calculation)."),
    "same": N_("The difference is as large as it was (own calculation)."),
    "turned": N_("Who has the higher value has changed (own calculation)."),
}


def figures_over_time(indicator: Indicator) -> dict[str, list[Figure]]:
    """By area, in the source's order, the figures of those areas that have at least two periods with both sexes.

    A break in the series is never bridged: the line is broken there, and nothing is compared across it.
    An area that has two figures for one period is left out: which of them the line should go through, nothing says.
    """
    areas: dict[str, list[Figure]] = {}
    for figure in indicator.values:
        areas.setdefault(figure.area, []).append(figure)
    return {area: in_order for area, figures in areas.items() if len(_both(in_order := _in_order(figures))) > 1
            and len({figure.period for figure in in_order}) == len(in_order)}  # fmt: skip


def make_gap(indicator: Indicator, area: str, figures: Sequence[Figure], decimals: int, t: Translator) -> Gap:
    """The drawing of one area, above which the table of its figures stands."""
    return draw_gap(
        t("{indicator}, {area}: women and men over time", indicator=t.text(indicator.title), area=area),
        f"{tell_gap(indicator, figures, decimals, t)} {t('The numbers stand in the table above.')}",
        _measured(indicator, figures, [figure.period for figure in figures]),
        share=indicator.share,
        tell=lambda value: _axis_number(value, decimals, t),
        names=(t("Women"), t("Men")),
    )


def make_panels(indicator: Indicator, areas: dict[str, list[Figure]], decimals: int, t: Translator) -> tuple[Gap, ...]:
    """A small drawing for each area. A period that an area has no figure of breaks its lines."""
    periods = sorted({figure.period for figures in areas.values() for figure in figures})
    series = []
    for area, figures in areas.items():
        words = t("{area}. {finding}", area=area, finding=tell_gap(indicator, figures, decimals, t))
        series.append(AreaSeries(area, words, _measured(indicator, figures, periods)))
    return draw_panels(
        series,
        share=indicator.share,
        tell=lambda value: _axis_number(value, decimals, t),
        names=(t("Women"), t("Men")),
    )


def tell_gap(indicator: Indicator, figures: Sequence[Figure], decimals: int, t: Translator) -> str:
    """Both values at the first and at the last period that has both, and whether the difference grew.

    Of a broken series the last part is told of; where that is one period, nothing is compared.
    """
    both = _both(figures)
    since = max((item.start for item in indicator.breaks if item.start <= both[-1][0]), default="")
    unbroken = [values for values in both if values[0] >= since]
    both = unbroken if len(unbroken) > 1 else both
    (first, women_before, men_before), (last, women_after, men_after) = both[0], both[-1]
    before, after = women_before - men_before, women_after - men_after
    way = gap_way(before, after)
    told = [
        t(
            "{period}: women {women}, men {men}.",
            period=period,
            women=t.number(women, decimals),
            men=t.number(men, decimals),
        )
        for period, women, men in ((first, women_before, men_before), (last, women_after, men_after))
    ]
    is_compared = len(unbroken) > 1
    broken = t("The series is broken between them, so they are not compared.")
    return f"{' '.join(told)} {t(_DIFFERENCE[way]) if is_compared else broken}"


def _measured(indicator: Indicator, figures: Sequence[Figure], periods: Sequence[str]) -> tuple[Measurement, ...]:
    """The figures of an area at all periods, and where a new series begins."""
    at = {figure.period: figure for figure in figures}
    new = {next((period for period in periods if period >= item.start), "") for item in indicator.breaks}
    return tuple(
        Measurement(period, at[period].women, at[period].men, period in new) if period in at
        else Measurement(period, None, None) for period in periods
    )  # fmt: skip


def _in_order(figures: Sequence[Figure]) -> list[Figure]:
    return sorted(figures, key=lambda item: item.period)[-_MOST_PERIODS:]


def _both(figures: Sequence[Figure]) -> list[tuple[str, Fraction, Fraction]]:
    return [(figure.period, figure.women, figure.men) for figure in figures
            if figure.women is not None and figure.men is not None]  # fmt: skip


def _axis_number(value: Fraction, decimals: int, t: Translator) -> str:
    """A value as its neighbours in the table are written; a step of the axis perhaps finer."""
    whole = (value * 10**decimals).denominator == 1
    return t.number(value, decimals) if whole else t.number(value)
