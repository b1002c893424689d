"""Figures of statistics as they are printed: as many decimals as their neighbours, so that the commas line up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.indicator import NIL, SEXES

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.i18n import Translator
    from granskning.model.indicator import Figure, Indicator, Sex

_MOST_DECIMALS = 4


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
