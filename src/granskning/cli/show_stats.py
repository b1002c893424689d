"""Indicators as a list, a page, JSON and CSV."""

from __future__ import annotations

import textwrap
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from granskning.i18n import N_
from granskning.json_text import output_text
from granskning.model.indicator import SEXES
from granskning.reporting.blocks.tables import Column, Table, table_of
from granskning.reporting.tables.csv_text import csv_in_terminal
from granskning.reporting.tables.text_table import TextLayout, text_table
from granskning.reporting.wording.figures import decimals_of, value_words
from granskning.reporting.wording.indicator_words import tell_calculations, tell_provenance
from granskning.wordings import FIGURE_CAUTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model.indicator import Figure, Indicator, Sex
    from granskning.reporting.blocks.tables import Row
    from granskning.tasks.statistics.listing import IndicatorListing, IndicatorSummary

_WIDTH = 100
_MOST_NAMED = 8
_STRIP = 21
"""Places of a strip of marks; odd, so that it has a middle."""
_LISTED = table_of(
    "id", "title", "unit", "service", "table", "first_period", "last_period", "retrieved", "age_days", "next_update",
    "area", "area_code", "period", "women", "men", "difference", "ratio", "trend", "verdict", "cautions", "challenges",
    "questions", integers=("age_days",),
)  # fmt: skip
_VALUES = table_of("id", "area", "area_code", "period", "sex", "value", "symbol", "status", "members", "gone")


def as_table(listing: IndicatorListing, t: Translator) -> Iterator[str]:
    """A line an indicator, with women and men as marks on a line."""
    columns = (
        Column("id", t("indicator")), Column("strip", _ends(t)), Column("women", t("women"), "number"),
        Column("men", t("men"), "number"), Column("place", t("area and period")),
        Column("age", t("days old"), "integer"),
    )  # fmt: skip
    rows = [_line(summary, t) for summary in listing.summaries]
    yield from text_table(Table("indicators", "", columns, rows=tuple(rows)), TextLayout(_WIDTH, "place", least=12))
    for caution, words in FIGURE_CAUTIONS.items():
        named = [summary.indicator.id for summary in listing.summaries if caution in summary.cautions]
        if named:
            shown = ", ".join(named[:_MOST_NAMED])
            if len(named) > _MOST_NAMED:
                shown = t("{ids} and {count} more", ids=shown, count=len(named) - _MOST_NAMED)
            line = t("{what}: {ids}", what=t(words).capitalize(), ids=shown)
            yield from textwrap.wrap(line, _WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    yield t.plural("{count} indicator. More of one: granskning stats show ID",
                   "{count} indicators. More of one: granskning stats show ID", len(listing.summaries))  # fmt: skip


def _line(summary: IndicatorSummary, t: Translator) -> Row:
    indicator, figure = summary.indicator, summary.figure
    if figure is None:
        return (indicator.id, "", "", "", t(FIGURE_CAUTIONS["no_values"]), summary.age_days)
    decimals = decimals_of(indicator)
    women, men = (value_words(figure, sex, decimals, t) for sex in ("women", "men"))
    place = f"{figure.area} {figure.period}"
    return (indicator.id, strip(indicator, figure, t), women, men, place, summary.age_days)


def _ends(t: Translator) -> str:
    return t("W women, M men")


def strip(indicator: Indicator, figure: Figure, t: Translator, beside: Sequence[Figure] = ()) -> str:
    """Women and men as letters on a line from 0: to 100 for shares, else a little beyond the largest beside."""
    values = {sex: value for sex in ("women", "men") if (value := getattr(figure, sex)) is not None}
    if not values or min(values.values()) < 0:
        return ""
    largest = max(value for item in (figure, *beside) for value in (item.women, item.men) if value is not None)
    end = max(Fraction(100), largest) if indicator.share else max(largest * Fraction(11, 10), Fraction(1))
    line = ["·"] * _STRIP
    letters = {"women": t("W"), "men": t("M")}
    for sex, value in values.items():
        place = round(value * (_STRIP - 1) / end)
        line[place] = "=" if line[place] != "·" else letters[sex]
    return "".join(line)


def as_page(listing: IndicatorListing, t: Translator) -> Iterator[str]:
    """All of one indicator: what it measures, its figures, our calculations, and what leans on it."""
    for summary in listing.summaries:
        yield from _page(summary, t)


def _page(summary: IndicatorSummary, t: Translator) -> Iterator[str]:
    indicator = summary.indicator
    yield f"{indicator.id}: {t.text(indicator.title)}, {t.text(indicator.unit)}"
    for words, text in ((N_("Measures"), indicator.measures), (N_("Does not measure"), indicator.excludes)):
        if t.text(text):
            yield from _wrapped(f"{t(words)}: {t.text(text)}")
    yield from _wrapped(tell_provenance(summary.indicator, summary.age_days, t))
    yield ""
    yield from text_table(_figures(indicator, t), TextLayout(_WIDTH, "area", least=20))
    yield ""
    yield from _calculations(summary, t)
    for caution in summary.cautions:
        yield f"! {t(FIGURE_CAUTIONS[caution])}"
    for note in (*(t.text(item.note) for item in indicator.breaks), *indicator.source.notes, t.text(indicator.note)):
        yield from _wrapped(note)
    for leaning in summary.leaning:
        line = t("{set}: challenge {challenge}, questions {questions}", set=leaning.criteria,
                 challenge=leaning.challenge, questions=", ".join(leaning.questions) or "–")  # fmt: skip
        yield from _wrapped(line)
    if not summary.leaning:
        yield t("No challenge rests on it.")


def _figures(indicator: Indicator, t: Translator) -> Table:
    decimals = decimals_of(indicator)
    used = [sex for sex in SEXES if any(value_words(figure, sex, 0, t) for figure in indicator.values)]
    names: dict[Sex, str] = {"women": t("women"), "men": t("men"), "mixed": t("mixed"), "total": t("total")}
    columns = (
        Column("area", t("area")), Column("period", t("period")), *(Column(sex, names[sex], "number") for sex in used),
        Column("strip", _ends(t)),
    )  # fmt: skip
    rows = tuple(
        (figure.area, figure.period, *(value_words(figure, sex, decimals, t) for sex in used),
         strip(indicator, figure, t, indicator.values))
        for figure in indicator.values
    )  # fmt: skip
    return Table("figures", "", columns, rows=rows)


def _calculations(summary: IndicatorSummary, t: Translator) -> Iterator[str]:
    """Difference, ratio and trend, always said to be ours."""
    for line in tell_calculations(summary, t):
        yield from _wrapped(line)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), _WIDTH, subsequent_indent="  ", break_on_hyphens=False)


# --- JSON and CSV ---------------------------------------------------------------------------------------------------


def as_json(listing: IndicatorListing, *, with_values: bool = False) -> str:
    """The promised form, `granskning/statistics/1`."""
    indicators = [_plain(summary, with_values=with_values) for summary in listing.summaries]
    values = {"as_of": listing.as_of, "indicators": indicators, "with_errors": list(listing.with_errors)}
    return output_text("statistics", values)


def _plain(summary: IndicatorSummary, *, with_values: bool) -> dict[str, Any]:
    indicator, source, figure = summary.indicator, summary.indicator.source, summary.figure
    periods = summary.periods or (None, None)
    return {
        "id": indicator.id,
        "title": dict(indicator.title),
        "unit": dict(indicator.unit),
        "producer": indicator.producer,
        "service": source.service,
        "table": source.name or None,
        "retrieved": indicator.retrieved,
        "age_days": summary.age_days,
        "updated": source.updated,
        "next_update": source.next_update,
        "licence": source.licence,
        "first_period": periods[0],
        "last_period": periods[1],
        "latest": None if figure is None else _plain_figure(figure),
        "own_calculation": _own_calculation(summary),
        "cautions": list(summary.cautions),
        "leaning": [
            {"criteria": item.criteria, "challenge": item.challenge, "questions": list(item.questions)}
            for item in summary.leaning
        ],
        "values": [_plain_figure(item) for item in indicator.values] if with_values else None,
        "file": indicator.file,
    }


def _own_calculation(summary: IndicatorSummary) -> dict[str, Any] | None:
    """What is ours and not the source's; the name of the key says so."""
    gap, trend = summary.gap, summary.trend
    if gap is None and trend is None:
        return None
    return {
        "basis": summary.indicator.source.name or summary.indicator.id,
        "difference": None if gap is None else _double(gap.difference),
        "ratio": None if gap is None else _double(gap.ratio),
        "trend": None if trend is None else trend.way,
        "trend_from": None if trend is None else trend.first.period,
        "trend_to": None if trend is None else trend.last.period,
        "verdict": None if trend is None else trend.verdict,
    }


def _plain_figure(figure: Figure) -> dict[str, Any]:
    sexes: dict[str, dict[str, Any] | None] = {}
    for sex in SEXES:
        mark = figure.marks.get(sex)
        value = getattr(figure, sex)
        line = mark is not None or value is not None
        sexes[sex] = None if not line else {
            "value": _double(value), "symbol": mark.symbol if mark else None, "status": mark.status if mark else None,
            "members": mark.members if mark else None,
        }  # fmt: skip
    place = {"area": figure.area, "area_code": figure.area_code, "period": figure.period}
    return {**place, **sexes, "gone": figure.gone}


def _double(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def as_csv(listing: IndicatorListing, t: Translator) -> str:
    """One row an indicator."""
    return csv_in_terminal(_LISTED.filled(_listed(summary, t) for summary in listing.summaries), t)


def _listed(summary: IndicatorSummary, t: Translator) -> Row:
    indicator, source, figure, gap = summary.indicator, summary.indicator.source, summary.figure, summary.gap
    periods = summary.periods or (None, None)
    place = (figure.area, figure.area_code, figure.period) if figure else (None, None, None)
    values = (_double(figure.women), _double(figure.men)) if figure else (None, None)
    worked_out = (_double(gap.difference), _double(gap.ratio)) if gap else (None, None)
    trend = (summary.trend.way, summary.trend.verdict) if summary.trend else (None, None)
    return (
        indicator.id, t.text(indicator.title), t.text(indicator.unit), source.service, source.name or None, *periods,
        indicator.retrieved, summary.age_days, source.next_update, *place, *values, *worked_out, *trend,
        " ".join(summary.cautions), " ".join(f"{item.criteria}:{item.challenge}" for item in summary.leaning),
        " ".join(dict.fromkeys(name for item in summary.leaning for name in item.questions)),
    )  # fmt: skip


def values_as_csv(listing: IndicatorListing, t: Translator) -> str:
    """One row a value: area, period and sex."""
    return csv_in_terminal(_VALUES.filled(row for item in listing.summaries for row in _values(item.indicator)), t)


def _values(indicator: Indicator) -> Iterator[Row]:
    for figure in indicator.values:
        for sex in SEXES:
            value, mark = getattr(figure, sex), figure.marks.get(sex)
            if value is not None or mark is not None:
                mark_words = (mark.symbol, mark.status, mark.members) if mark else (None, None, None)
                place = (indicator.id, figure.area, figure.area_code, figure.period)
                yield (*place, sex, _double(value), *mark_words, figure.gone)
