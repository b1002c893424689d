"""Places as sorted marks: a line for each sex with a mark for each place, the lowest and the highest named.

Numbers in, places on the drawing out. The table of all values stands in the annex of the criteria set.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from granskning.reporting.charts.chart import WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

_EDGE = 10
_HEIGHT = 38
"""Of one line with its labels."""
_LETTER = 6.9
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class SexValues:
    """The values of one sex, lowest first, and what is said of the lowest and the highest."""

    sex: Literal["women", "men"]
    values: tuple[Fraction, ...]
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One sex: where its marks stand, and the labels of the lowest and the highest."""

    sex: Literal["women", "men"]
    y: int
    marks: tuple[float, ...]
    low: str
    low_x: float
    high: str
    high_x: float


@dataclass(frozen=True, slots=True)
class Places:
    """One indicator in many places of one period."""

    title: str
    place: str
    """How many places, and when."""
    finding: str
    """The same in words, for those who don't see it."""
    source: str
    width: int
    height: int
    lines: tuple[PlaceLine, ...]
    address: str = ""
    """Where the source can be read."""
    file: str = ""
    """The file in the PDF that has the figures."""


def draw_places(title: str, place: str, source: str, rows: Sequence[SexValues], *, share: bool) -> Places:
    """Place the values of each sex on a line in common: a share goes to a hundred, anything else to the largest."""
    every = [value for row in rows for value in row.values]
    least, most = min(Fraction(0), *every), max(every)
    end = Fraction(_HUNDRED) if share and least >= 0 and most <= _HUNDRED else most
    length = (end - least) or Fraction(1)
    lines = []
    for number, row in enumerate(rows):
        marks = tuple(round(float(_EDGE + (WIDTH - 2 * _EDGE) * (value - least) / length), 1) for value in row.values)
        low_x, high_x = _apart(marks[0], marks[-1], len(row.low) * _LETTER, len(row.high) * _LETTER)
        lines.append(PlaceLine(row.sex, _HEIGHT * number + 26, marks, row.low, low_x, row.high, high_x))
    finding = f"{title}, {place}: {'; '.join(f'{row.low}, {row.high}' for row in rows)}"
    return Places(title, place, finding, source, WIDTH, _HEIGHT * len(rows) + 2, tuple(lines))


def _apart(low: float, high: float, low_width: float, high_width: float) -> tuple[float, float]:
    """Where the two labels end and begin: beside their marks, inside the drawing, and not over each other."""
    low_end = min(max(low + low_width / 2, low_width), WIDTH - high_width - 12)
    high_start = max(min(high - high_width / 2, WIDTH - high_width), low_end + 12)
    return round(low_end, 1), round(high_start, 1)
