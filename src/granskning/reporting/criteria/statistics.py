"""Challenges with their figures: women first, men second, and never a figure without its source.

The gap between women and men over time: which areas have one to draw, and what the drawing says.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.indicator import SEXES
from granskning.reporting.charts.chart_gap import Measurement, draw_gap
from granskning.reporting.criteria.annex_values import ChallengeText, FigureRow, FigureTable
from granskning.reporting.wording.figures import decimals_of, value_words
from granskning.reporting.wording.report_context import at_challenge
from granskning.reporting.wording.words import paragraphs
from granskning.wordings import capital

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from granskning.i18n import Translator
    from granskning.model.criteria import Challenge, Target
    from granskning.model.indicator import Figure, Indicator
    from granskning.reporting.charts.chart_gap import Gap
    from granskning.reporting.wording.report_context import SetContext


def make_challenges(
    context: SetContext, indicators: Mapping[str, Indicator], target: Target, first_told: dict[str, Target]
) -> tuple[ChallengeText, ...]:
    """The challenges that a target answers. `first_told` holds the target under which each is told first."""
    challenges = {challenge.id: challenge for challenge in context.criteria.challenges}
    texts = []
    for name in target.challenges:
        if (challenge := challenges.get(name)) is not None:
            first = first_told.setdefault(name, target)
            texts.append(_elsewhere(context, challenge, first) if first is not target else
                         _challenge(context, indicators, challenge))  # fmt: skip
    return tuple(texts)


def _elsewhere(context: SetContext, challenge: Challenge, first: Target) -> ChallengeText:
    t = context.t
    place = f"{context.numbers[first.id]} {t.text(first.title)}"
    return ChallengeText(t.text(challenge.title), at_challenge(challenge.id), text=(), tables=(), elsewhere=place)


def _challenge(context: SetContext, indicators: Mapping[str, Indicator], challenge: Challenge) -> ChallengeText:
    t = context.t
    named = [indicators[name] for name in challenge.indicators if name in indicators]
    return ChallengeText(
        title=t.text(challenge.title),
        anchor=at_challenge(challenge.id),
        text=paragraphs(t.text(challenge.text)),
        tables=_merged([make_table(indicator, t) for indicator in named], t),
        elsewhere="",
    )


def _merged(tables: list[FigureTable], t: Translator) -> tuple[FigureTable, ...]:
    """Measures that share unit, columns, source and notes stand in one table, so that they can be compared."""
    together: dict[FigureTable, list[FigureTable]] = {}
    for table in tables:
        together.setdefault(replace(table, title="", rows=()), []).append(table)
    merged = []
    for alike in together.values():
        if len(alike) == 1:
            merged += alike
            continue
        rows = [replace(row, measure=table.title) for table in alike for row in table.rows]
        title = t("{count} measures from one source", count=t.whole(len(alike)))
        told = dict.fromkeys(f"{row.area}: {row.note}" for row in rows if row.note)
        plain = tuple(replace(row, note="") for row in rows)
        merged.append(replace(alike[0], title=title, measures=len(alike), rows=plain, notes=(*alike[0].notes, *told)))
    return tuple(merged)


def make_table(indicator: Indicator, t: Translator) -> FigureTable:
    """The table of one indicator."""
    columns = tuple(
        sex for sex in SEXES
        if any(getattr(figure, sex) is not None or sex in figure.marks for figure in indicator.values)
    )  # fmt: skip
    source = [t("Source: {producer}", producer=indicator.producer)]
    if indicator.table:
        is_kpi = indicator.source.service == "kolada"
        source.append(t("KPI {table}", table=indicator.table) if is_kpi else t("table {table}", table=indicator.table))
    decimals = decimals_of(indicator)
    quality = t("Retold, not read at the producer") if indicator.quality == "B" else ""
    return FigureTable(
        title=t.text(indicator.title),
        unit=t.text(indicator.unit),
        measures=1,
        columns=columns,
        rows=tuple(
            FigureRow(
                area=figure.area,
                measure="",
                period=figure.period,
                women=value_words(figure, "women", decimals, t),
                men=value_words(figure, "men", decimals, t),
                mixed=value_words(figure, "mixed", decimals, t),
                total=value_words(figure, "total", decimals, t),
                note=t.text(figure.note),
            )
            for figure in indicator.values
        ),
        source=", ".join(source),
        address=indicator.address or "",
        retrieved=indicator.retrieved,
        quality=quality,
        notes=paragraphs(_notes(indicator, t)),
        gaps=make_gaps(indicator, decimals, t),
    )


def _notes(indicator: Indicator, t: Translator) -> str:
    """What must go with the figures: what is measured and what not, breaks, our notes and the source's own."""
    texts = (indicator.not_by_sex, indicator.measures, indicator.excludes, indicator.note,
             *(item.note for item in indicator.breaks))  # fmt: skip
    words = [capital(t.text(text)) for text in texts if text]
    return " ".join(word for word in (*words, *indicator.source.notes) if word)


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
        in_order = sorted(figures, key=lambda item: item.period)[-_MOST_PERIODS:]
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
                tell=lambda value: _gap_figure(value, decimals, t),
                names=(t("Women"), t("Men")),
            )
        )
    return tuple(gaps[:_MOST])


def _gap_figure(value: Fraction, decimals: int, t: Translator) -> str:
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
