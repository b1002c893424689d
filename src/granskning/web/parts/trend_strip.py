"""Women and men over time as one small drawing: points on two lines, broken where a value is missing or the series is.

Figures of one area in, places out; the numbers stand in the table beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from granskning.model.indicator import Figure, Indicator

WIDTH, HEIGHT = 150, 34
_EDGE = 6
_FEWEST = 2
"""Periods that make a line."""
_BySex = Literal["women", "men"]
_SEXES: tuple[_BySex, ...] = ("women", "men")


@dataclass(frozen=True, slots=True)
class TrendStrip:
    """The drawing of one area."""

    width: int
    height: int
    lines: tuple[tuple[_BySex, str], ...]
    """Unbroken parts, each as the points of a line."""
    points: tuple[tuple[_BySex, float, float], ...]
    """By sex, each value's place."""


def draw_trend(indicator: Indicator, figures: Sequence[Figure]) -> TrendStrip | None:
    """The figures of an area by period, earliest first; None where there are fewer than two with women and men."""
    both = [figure for figure in figures if figure.women is not None and figure.men is not None]
    if len(both) < _FEWEST or len({figure.period for figure in figures}) != len(figures):
        return None
    values = [value for figure in figures for value in (figure.women, figure.men) if value is not None]
    low, high = min(values), max(values)
    length = (high - low) or (abs(high) or 1)
    step = (WIDTH - 2 * _EDGE) / (len(figures) - 1)

    def place(number: int, value: Fraction) -> tuple[float, float]:
        y = HEIGHT - _EDGE - float((value - low) / length) * (HEIGHT - 2 * _EDGE)
        return round(_EDGE + number * step, 1), round(y, 1)

    lines: list[tuple[_BySex, str]] = []
    points: list[tuple[_BySex, float, float]] = []
    for sex in _SEXES:
        for part in _unbroken(indicator, figures, sex):
            places = [place(number, value) for number, value in part]
            points += [(sex, x, y) for x, y in places]
            lines.append((sex, " ".join(f"{x},{y}" for x, y in places)))
    return TrendStrip(WIDTH, HEIGHT, tuple(lines), tuple(points))


def _unbroken(indicator: Indicator, figures: Sequence[Figure], sex: _BySex) -> Iterator[list[tuple[int, Fraction]]]:
    """The parts of a series within which values can be compared."""
    starts = {item.start for item in indicator.breaks}
    part: list[tuple[int, Fraction]] = []
    earlier = ""
    for number, figure in enumerate(figures):
        value = getattr(figure, sex)
        if part and (value is None or any(earlier < start <= figure.period for start in starts)):
            yield part
            part = []
        if value is not None:
            part.append((number, value))
        earlier = figure.period
    if part:
        yield part
