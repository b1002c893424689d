"""The gap between women and men over time: which areas have one to draw, and what the drawing says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.charts.chart_gap import Measurement, draw_gap

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.i18n import Translator
    from granskning.model.indicator import Figure, Indicator
    from granskning.reporting.charts.chart_gap import Gap

_MOST = 3
"""So many areas of one indicator are drawn; the table has them all."""
_MOST_PERIODS = 40

_DIFFERENCE = {
    "narrower": N_("The difference has become smaller."),
    "wider": N_("The difference has become larger."),
    "same": N_("The difference is as large as it was."),
    "turned": N_("Who has the higher value has changed."),
}


def make_gaps(indicator: Indicator, decimals: int, t: Translator) -> tuple[Gap, ...]:
    """A drawing for each of the first areas with at least two periods that have values of both sexes."""
    areas: dict[str, list[Figure]] = {}
    for figure in indicator.values:
        areas.setdefault(figure.area, []).append(figure)
    gaps = []
    for area, figures in areas.items():
        in_order = sorted(figures, key=lambda one: one.period)[-_MOST_PERIODS:]
        both = [one for one in in_order if one.women is not None and one.men is not None]
        if len({one.period for one in both}) < 2 or len({one.period for one in in_order}) < len(in_order):  # noqa: PLR2004
            continue
        measured = [Measurement(one.period, one.women, one.men) for one in in_order]
        gaps.append(
            draw_gap(
                t("{indicator}, {area}: women and men over time", indicator=t.text(indicator.title), area=area),
                tell_gap(both[0], both[-1], decimals, t),
                measured,
                share=indicator.share,
                tell=lambda value: _figure(value, decimals, t),
                names=(t("Women"), t("Men")),
            )
        )
    return tuple(gaps[:_MOST])


def _figure(value: Fraction, decimals: int, t: Translator) -> str:
    """A value as its neighbours in the table are written; a step of the axis perhaps finer."""
    whole = (value * 10**decimals).denominator == 1
    return t.number(value, decimals) if whole else t.number(value)


def tell_gap(first: Figure, last: Figure, decimals: int, t: Translator) -> str:
    """Both values at the first and the last period, and whether the difference grew."""
    if first.women is None or first.men is None or last.women is None or last.men is None:
        raise ValueError(first.period)
    before, after = first.women - first.men, last.women - last.men
    if before * after < 0:
        way = "turned"
    elif abs(before) == abs(after):
        way = "same"
    else:
        way = "narrower" if abs(after) < abs(before) else "wider"
    told = [
        t(
            "{period}: women {women}, men {men}.",
            period=one.period,
            women=t.number(one.women or 0, decimals),
            men=t.number(one.men or 0, decimals),
        )
        for one in (first, last)
    ]
    return f"{' '.join(told)} {t(_DIFFERENCE[way])} {t('The numbers stand in the table above.')}"
