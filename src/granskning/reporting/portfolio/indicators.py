"""The portfolio's page of indicators: what each challenge rests on, women and men, and what to know of the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.portfolio.portfolio_values import ChallengeFigures, Figures
from granskning.reporting.wording.figures import DIFFERENCES, VERDICTS, decimals_of, value_words
from granskning.wordings import FIGURE_CAUTIONS, capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet


def make_indicator_page(lines: Sequence[ChallengeFigures], criteria: CriteriaSet, t: Translator) -> Figures | None:
    """A row a challenge that a target answers; None for a set without indicators."""
    if not any(line.indicators for line in lines):
        return None
    heads: tuple[Head, ...] = (
        Head(t("Challenge")), Head(t("Leading figure")), Head(t("Women"), number=True), Head(t("Men"), number=True),
        Head(t("Women less men"), number=True), Head(t("Change")), Head(t("To know")),
    )  # fmt: skip
    rows = tuple(tuple(_cells(line, t)) for line in lines)
    if all(line.way is None for line in lines):  # no series over time: nothing stands in that column
        heads, rows = _without(heads, _CHANGE), tuple(_without(row, _CHANGE) for row in rows)
    notes = (
        t.plural("The challenges rest on {count} indicator in all. The annex of the set has every figure.",
                 "The challenges rest on {count} indicators in all. The annex of the set has every figure.",
                 len({name for line in lines for name in line.indicators})),
        t.plural("A figure may be at most {count} year old.", "A figure may be at most {count} years old.",
                 criteria.oldest_figures),
    )  # fmt: skip
    after = t("Women less men and the change are calculations of our own on the table that is named. Nothing is said "
              "of whether a difference is statistically certain.")  # fmt: skip
    return Figures((Grid(t("What the challenges rest on"), heads, rows, after=(after,)),), notes)


_CHANGE = 5
"""The place of the column that has the change."""
_Item = TypeVar("_Item")


def _without(items: tuple[_Item, ...], place: int) -> tuple[_Item, ...]:
    return (*items[:place], *items[place + 1 :])


def _cells(line: ChallengeFigures, t: Translator) -> list[GridCell]:
    indicator, figure = line.indicator, line.figure
    title = GridCell(t.text(line.challenge.title))
    if indicator is None or figure is None:
        words = t("No figure") if line.indicators else t("No indicator")
        return [title, GridCell(words), *(GridCell("–"),) * 4, GridCell("")]
    decimals = decimals_of(indicator)
    return [
        title,
        GridCell(_leading(line, t)),
        GridCell(value_words(figure, "women", decimals, t)),
        GridCell(value_words(figure, "men", decimals, t)),
        GridCell("" if line.difference is None else t.number(line.difference, decimals)),
        GridCell(_change(line, t)),
        GridCell(capital(t.series([t(FIGURE_CAUTIONS[caution]) for caution in line.cautions]))),
    ]


def _leading(line: ChallengeFigures, t: Translator) -> str:
    indicator, figure = line.indicator, line.figure
    if indicator is None or figure is None:
        return ""
    words = t("{indicator}, {unit}", indicator=t.text(indicator.title), unit=t.text(indicator.unit))
    place = t("{area} {period}", area=figure.area, period=figure.period)
    table = t("table {table}", table=indicator.table) if indicator.table else ""
    source = ", ".join(part for part in (t("Source: {producer}", producer=indicator.producer), table) if part)
    return f"{words}, {place}. {source}"


def _change(line: ChallengeFigures, t: Translator) -> str:
    if line.way is None:
        return ""
    span = t("{first}–{last}", first=line.span[0], last=line.span[1])
    sentences = [f"{span}: {t(DIFFERENCES[line.way])}"]
    if line.verdict is not None:
        sentences.append(t(VERDICTS[line.verdict]))
    return " ".join(sentences)
