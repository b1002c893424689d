"""The figures that texts name, in words: women and men with place and period, one value alone, or the place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from granskning.figure_references import WrongReference
from granskning.i18n import N_, NO_BREAK, Translator, known_language
from granskning.model.indicator import Figure, figure_named, withheld
from granskning.reporting.wording.figures import decimals_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from granskning.figure_references import FigureReference
    from granskning.model.indicator import Indicator, Sex

_LACKING = N_("no figure available")
_BY_SEX: tuple[tuple[Sex, str], ...] = (("women", N_("women {value}")), ("men", N_("men {value}")))


class FigureTexts:
    """Tells what stands in place of a figure that a text names, from the indicators of a folder."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self._indicators = indicators

    def __call__(self, reference: FigureReference | WrongReference, language: str) -> str:
        """The figure in the language of the text; that there is none, where it is not to be had."""
        t = _translator(known_language(language))
        indicator = None if isinstance(reference, WrongReference) else self._indicators.get(reference.indicator)
        if indicator is None or isinstance(reference, WrongReference):
            return t(_LACKING)
        figure = figure_named(indicator, reference)
        if not isinstance(figure, Figure):
            return t(_LACKING)
        place = t("{area} {period}", area=figure.area, period=figure.period)
        if reference.show == "place":
            return place
        if reference.sex:
            return _value(indicator, getattr(figure, reference.sex), t)
        values = [t(words, value=_value(indicator, value, t)) for sex, words in _BY_SEX
                if (value := getattr(figure, sex)) is not None or withheld(figure, sex)]  # fmt: skip
        if not values:
            values = [_value(indicator, figure.total if figure.total is not None else figure.mixed, t)]
        unit = "" if indicator.share else f"{t.text(indicator.unit)}, "
        return f"{', '.join(values)} ({unit}{place})"


def _value(indicator: Indicator, value: Fraction | None, t: Translator) -> str:
    """A number with the decimals of its indicator; a share with its sign."""
    if value is None:
        return t(_LACKING)
    number = t.number(value, decimals_of(indicator))
    if not indicator.share:
        return number
    return f"{number}{NO_BREAK}%" if t.language == "sv" else f"{number}%"


@cache
def _translator(language: str) -> Translator:
    return Translator(language)
