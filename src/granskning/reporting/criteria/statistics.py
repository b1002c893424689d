"""Challenges with their figures: women first, men second, and never a figure without its source.

Beneath a table, women and men over time, for the areas that have several periods.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from granskning.model.indicator import SEXES
from granskning.reporting.criteria.annex_values import ChallengeText, FigureRow, FigureTable
from granskning.reporting.shared_parts.figures_over_time import MOST_AREAS, figures_over_time, make_gap, make_panels
from granskning.reporting.shared_parts.provenance import attached_name
from granskning.reporting.wording.figures import decimals_of, value_words
from granskning.reporting.wording.report_context import at_challenge
from granskning.reporting.wording.words import paragraphs
from granskning.wordings import capital

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.i18n import Translator
    from granskning.model.criteria import Challenge, Target
    from granskning.model.indicator import Indicator
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
    absent = [t("{what}: {ids}", what=name, ids=t("no figure available")) for name in challenge.indicators
              if name not in indicators]  # fmt: skip
    return ChallengeText(
        title=t.text(challenge.title),
        anchor=at_challenge(challenge.id),
        text=(*paragraphs(t.text(challenge.text)), *(part for words in absent for part in paragraphs(words))),
        tables=_merged([make_table(indicator, t) for indicator in named], t),
        elsewhere="",
    )


def _merged(tables: list[FigureTable], t: Translator) -> tuple[FigureTable, ...]:
    """Measures that share unit, columns, source and notes stand in one table, so that they can be compared."""
    together: dict[FigureTable, list[FigureTable]] = {}
    for table in tables:
        together.setdefault(replace(table, title="", rows=(), files=()), []).append(table)
    merged = []
    for alike in together.values():
        if len(alike) == 1:
            merged += alike
            continue
        rows = [replace(row, measure=table.title) for table in alike for row in table.rows]
        title = t("{count} measures from one source", count=t.whole(len(alike)))
        told = dict.fromkeys(f"{row.area}: {row.note}" for row in rows if row.note)
        plain = tuple(replace(row, note="") for row in rows)
        files = tuple(file for table in alike for file in table.files)
        merged.append(replace(alike[0], title=title, measures=len(alike), rows=plain, notes=(*alike[0].notes, *told),
                              files=files))  # fmt: skip
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
        files=(attached_name(indicator.file),),
        **_over_time(indicator, decimals, t),
    )


def _notes(indicator: Indicator, t: Translator) -> str:
    """What must go with the figures: what is measured and what not, breaks, our notes and the source's own."""
    texts = (indicator.not_by_sex, indicator.measures, indicator.excludes, indicator.note,
             *(item.note for item in indicator.breaks))  # fmt: skip
    words = [capital(t.text(text)) for text in texts if text]
    return " ".join(word for word in (*words, *indicator.source.notes) if word)


def _over_time(indicator: Indicator, decimals: int, t: Translator) -> dict[str, Any]:
    """The drawings over time of a table: one area has one of its own, several stand as small multiples."""
    areas = figures_over_time(indicator)
    if len(areas) < 2:  # noqa: PLR2004
        return {"gaps": tuple(make_gap(indicator, area, figures, decimals, t) for area, figures in areas.items())}
    drawn = dict(itertools.islice(areas.items(), MOST_AREAS))
    rest = len(areas) - len(drawn)
    title = t("{indicator}: women and men over time", indicator=t.text(indicator.title))
    more = t.plural("and {count} more area in the table", "and {count} more areas in the table", rest) if rest else ""
    return {"panels": make_panels(indicator, drawn, decimals, t), "panels_title": title, "panels_more": more}
