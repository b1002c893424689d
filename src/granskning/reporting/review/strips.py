"""The figures at the head of a target: for each of its challenges the leading one, women and men on one line.

Of municipalities one figure has them all as sorted marks; what has several periods stands as small multiples.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from granskning.reporting.charts.chart_multiples import Multiples
from granskning.reporting.charts.chart_places import SexValues, draw_places
from granskning.reporting.charts.chart_strip import SexValue, draw_strip
from granskning.reporting.shared_parts.figures_over_time import figures_over_time, make_panels
from granskning.reporting.shared_parts.provenance import attached_name
from granskning.reporting.wording.figures import decimals_of, figure_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.i18n import Translator
    from granskning.model.criteria import Target
    from granskning.model.indicator import Figure, Indicator
    from granskning.reporting.charts.chart_places import Places
    from granskning.reporting.charts.chart_strip import Strip
    from granskning.reporting.wording.report_context import Material

_MUNICIPALITY = 4
"""So many figures has the code of a municipality; a county's has two."""
_FEWEST_PLACES = 4
_PANELS = 2
"""So many areas stand over time at the head of a target."""
_SEXES: tuple[Literal["women", "men"], ...] = ("women", "men")
_MOST = 2
"""So many lines have room at the head of a target; the annex has every figure."""


def make_strips(context: Material, target: Target) -> tuple[Strip | Places | Multiples, ...]:
    """The leading indicators of a target's challenges, each once; none in a review where nothing is judged."""
    if not context.card.total.assessed:
        return ()
    drawn: dict[str, list[Strip | Places | Multiples]] = {}
    for indicator, figure in _leading(context, target):
        if len(drawn) < _MOST and indicator.id not in drawn:
            several = (_places(context, indicator), _over_time(context, indicator))
            drawn[indicator.id] = [made for made in several if made] or [_strip(context, indicator, figure)]
    return tuple(
        replace(made, address=context.indicators[name].address or "", file=attached_name(context.indicators[name].file))
        for name, several in drawn.items() for made in several
    )  # fmt: skip


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
    """The latest figure of the folder's own area, else of the first that the source gives by sex."""
    by_sex = [figure for figure in indicator.leading_order if _is_by_sex(figure)]
    if not by_sex:
        return None
    return max((figure for figure in by_sex if figure.area == by_sex[0].area), key=lambda figure: figure.period)


def _places(context: Material, indicator: Indicator) -> Places | None:
    """The municipalities of the latest period, where there are enough of them to be a picture."""
    local = [figure for figure in indicator.values if _is_municipality(figure.area_code or "")]
    latest = max((figure.period for figure in local), default="")
    local = [figure for figure in local if figure.period == latest and _is_by_sex(figure)]
    if len({figure.area for figure in local}) < _FEWEST_PLACES:
        return None
    t = context.t
    count = t.plural("{count} municipality", "{count} municipalities", len({figure.area for figure in local}))
    place = _marked(context, t("{area} {period}", area=count, period=latest))
    rows = [row for sex in _SEXES if (row := _row(indicator, local, sex, t)) is not None]
    return draw_places(_title(context, indicator), place, _source(context, indicator), rows, share=indicator.share)


def _over_time(context: Material, indicator: Indicator) -> Multiples | None:
    """The first areas that have several periods, municipalities last: nation, county and region first."""
    areas = figures_over_time(indicator)
    if not areas:
        return None
    wide_first = sorted(areas, key=lambda area: _is_municipality(areas[area][0].area_code or ""))
    drawn = {area: areas[area] for area in itertools.islice(wide_first, _PANELS)}
    periods = sorted({figure.period for figures in drawn.values() for figure in figures})
    t = context.t
    span = t("{first}–{last}", first=periods[0], last=periods[-1])
    rest = len(areas) - len(drawn)
    if rest:
        span += "; " + t.plural("{count} more area in the annex", "{count} more areas in the annex", rest)
    panels = make_panels(indicator, drawn, decimals_of(indicator), t)
    return Multiples(_title(context, indicator), _marked(context, span), _source(context, indicator), panels)


def _row(indicator: Indicator, figures: list[Figure], sex: Literal["women", "men"], t: Translator) -> SexValues | None:
    """The values of one sex, lowest first; None where no place has any."""
    values = sorted((value, figure.area) for figure in figures if (value := getattr(figure, sex)) is not None)
    if not values:
        return None
    decimals = decimals_of(indicator)
    low, high = (t("{area} {value}", area=area, value=figure_words(value, decimals, t)) for value, area in
                 (values[0], values[-1]))  # fmt: skip
    lowest = t("women: lowest {place}", place=low) if sex == "women" else t("men: lowest {place}", place=low)
    return SexValues(sex, tuple(value for value, _ in values), lowest, t("highest {place}", place=high))


def _is_municipality(code: str) -> bool:
    """A county of Kolada has four figures too, of which the first two are 00."""
    return len(code) == _MUNICIPALITY and not code.startswith("00")


def _is_by_sex(figure: Figure) -> bool:
    return figure.women is not None or figure.men is not None


def _marked(context: Material, place: str) -> str:
    """The place and the period, marked where an invented plan would seem to be of it."""
    return context.t("{place} (real figures; the plan is invented)", place=place) if context.strategy.example else place


def _title(context: Material, indicator: Indicator) -> str:
    t = context.t
    return t("{indicator}, {unit}", indicator=t.text(indicator.title), unit=t.text(indicator.unit))


def _source(context: Material, indicator: Indicator) -> str:
    t = context.t
    table = t("table {table}", table=indicator.table) if indicator.table else ""
    return ", ".join(part for part in (t("Source: {producer}", producer=indicator.producer), table) if part)


def _strip(context: Material, indicator: Indicator, figure: Figure) -> Strip:
    t, decimals = context.t, decimals_of(indicator)
    values = []
    if figure.women is not None:
        words = t("women {value}", value=figure_words(figure.women, decimals, t))
        values.append(SexValue("women", figure.women, words))
    if figure.men is not None:
        words = t("men {value}", value=figure_words(figure.men, decimals, t))
        values.append(SexValue("men", figure.men, words))
    place = _marked(context, t("{area} {period}", area=figure.area, period=figure.period))
    title, source = _title(context, indicator), _source(context, indicator)
    return draw_strip(title, place, source, values, share=indicator.share)
