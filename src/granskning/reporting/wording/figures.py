"""Figures of statistics in words, and what has come of them since a review was judged by them.

They have as many decimals as their neighbours, so that the commas line up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.indicator import NIL, SEXES

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.i18n import Translator
    from granskning.model.figure_change import ChangeKind, FigureChange, JudgedFigure
    from granskning.model.indicator import Figure, GapWay, Indicator, Sex

_MOST_DECIMALS = 4
_KINDS: dict[ChangeKind, str] = {
    "newer": N_("There is a newer figure."),
    "same": N_("There is no newer figure."),
    "revised": N_("The figure of the same period is another now; it is not a change over time."),
    "broken": N_("They are not compared: the series is broken {period}."),
    "other_meaning": N_("They are not compared: the indicator means something else now."),
    "missing": N_("The folder has no such figure now."),
}
DIFFERENCES: dict[GapWay, str] = {
    "narrower": N_("The difference has become smaller (own calculation)."),
    "wider": N_("The difference has become larger (own calculation)."),
    "same": N_("The difference is as large as it was (own calculation)."),
    "turned": N_("Who has the higher value has changed (own calculation)."),
}
VERDICTS = {
    "better": N_("By what the indicator says, that is better."),
    "worse": N_("By what the indicator says, that is worse."),
    "unclear": N_("By what the indicator says, that is neither better nor worse for both."),
}
_VALUES: dict[Sex, str] = {
    "women": N_("women {value}"),
    "men": N_("men {value}"),
    "mixed": N_("mixed {value}"),
    "total": N_("total {value}"),
}


def decimals_of(indicator: Indicator) -> int:
    """How many decimals the values of an indicator are told with: as it says, else as many as the longest has."""
    if indicator.decimals is not None:
        return indicator.decimals
    return max((_decimals(getattr(figure, sex)) for figure in indicator.values for sex in SEXES), default=0)


def figure_words(value: Fraction | None, decimals: int, t: Translator) -> str:
    """A value with as many decimals as its neighbours; empty where there is none."""
    return "" if value is None else t.number(value, decimals)


def value_words(figure: Figure, sex: Sex, decimals: int, t: Translator) -> str:
    """The value of one sex, or the source's sign in its place; empty where there is neither."""
    mark = figure.marks.get(sex)
    if mark is not None and mark.symbol is not None:
        return "\N{EN DASH}" if mark.symbol == NIL else mark.symbol
    return figure_words(getattr(figure, sex), decimals, t)


def _decimals(value: Fraction | None) -> int:
    if value is None:
        return 0
    return next((places for places in range(_MOST_DECIMALS) if (value * 10**places).denominator == 1), _MOST_DECIMALS)


@dataclass(frozen=True, slots=True)
class FigureChangeText:
    """One line of the comparison."""

    indicator: str
    then: str
    current: str
    outcome: str


def tell_change(change: FigureChange, t: Translator) -> FigureChangeText:
    """What an indicator is called, its figure then and now, and what has happened between."""
    then, indicator = change.then, change.indicator
    decimals = decimals_of(indicator) if indicator is not None else None
    return FigureChangeText(
        indicator=_title(then, indicator, t),
        then=_figure(then, decimals, t),
        current="–" if change.current is None else _figure(change.current, decimals, t),
        outcome=" ".join(_told(change, t)),
    )


def _title(then: JudgedFigure, indicator: Indicator | None, t: Translator) -> str:
    if indicator is None:
        return f"{then.indicator}, {then.area}"
    words = t("{indicator}, {unit}", indicator=t.text(indicator.title), unit=t.text(indicator.unit))
    table = t("table {table}", table=indicator.table) if indicator.table else ""
    source = ", ".join(part for part in (t("Source: {producer}", producer=indicator.producer), table) if part)
    return f"{words}, {then.area} ({source})"


def _figure(figure: Figure | JudgedFigure, decimals: int | None, t: Translator) -> str:
    values = [
        t(_VALUES[sex], value=_number(value, decimals, t))
        for sex in SEXES
        if (value := getattr(figure, sex)) is not None
    ]
    return t("{period}: {values}", period=figure.period, values=", ".join(values) or "–")


def _number(value: Fraction, decimals: int | None, t: Translator) -> str:
    return t.number(value) if decimals is None else figure_words(value, decimals, t)


def _told(change: FigureChange, t: Translator) -> list[str]:
    if change.way is None:
        return [t(_KINDS[change.kind], period=change.broken_at or "")]
    return [t(DIFFERENCES[change.way]), *([t(VERDICTS[change.verdict])] if change.verdict is not None else [])]
