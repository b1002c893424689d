"""The figures at the head of a target: for each of its challenges the leading one, women and men on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.charts.chart_strip import SexValue, draw_strip
from granskning.reporting.wording.figures import decimals_of, figure_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.criteria import Target
    from granskning.model.indicator import Figure, Indicator
    from granskning.reporting.charts.chart_strip import Strip
    from granskning.reporting.wording.report_context import Material

_MOST = 2
"""So many lines have room at the head of a target; the annex has every figure."""


def make_strips(context: Material, target: Target) -> tuple[Strip, ...]:
    """The leading indicators of a target's challenges, each once; none in a review where nothing is judged."""
    if not context.card.total.assessed:
        return ()
    strips: dict[str, Strip] = {}
    for indicator, figure in _leading(context, target):
        if len(strips) < _MOST and indicator.id not in strips:
            strips[indicator.id] = _strip(context, indicator, figure)
    return tuple(strips.values())


def _leading(context: Material, target: Target) -> Iterator[tuple[Indicator, Figure]]:
    """Of each challenge the first indicator that tells of women and men, else the first that tells of one of them."""
    challenges = {challenge.id: challenge for challenge in context.criteria.challenges}
    for name in target.challenges:
        named = challenges[name].indicators if name in challenges else ()
        indicators = [context.indicators[key] for key in named if key in context.indicators]
        found = [(indicator, figure) for indicator in indicators if (figure := _figure(indicator)) is not None]
        both = [pair for pair in found if pair[1].women is not None and pair[1].men is not None]
        yield from (both or found)[:1]


def _figure(indicator: Indicator) -> Figure | None:
    """The latest figure of the first area that the source gives by sex."""
    by_sex = [figure for figure in indicator.values if figure.women is not None or figure.men is not None]
    if not by_sex:
        return None
    return max((figure for figure in by_sex if figure.area == by_sex[0].area), key=lambda figure: figure.period)


def _strip(context: Material, indicator: Indicator, figure: Figure) -> Strip:
    t, decimals = context.t, decimals_of(indicator)
    values = []
    if figure.women is not None:
        words = t("women {value}", value=figure_words(figure.women, decimals, t))
        values.append(SexValue("women", figure.women, words))
    if figure.men is not None:
        words = t("men {value}", value=figure_words(figure.men, decimals, t))
        values.append(SexValue("men", figure.men, words))
    table = t("table {table}", table=indicator.table) if indicator.table else ""
    source = ", ".join(part for part in (t("Source: {producer}", producer=indicator.producer), table) if part)
    title = t("{indicator}, {unit}", indicator=t.text(indicator.title), unit=t.text(indicator.unit))
    place = t("{area} {period}", area=figure.area, period=figure.period)
    return draw_strip(title, place, source, values, share=indicator.share)
