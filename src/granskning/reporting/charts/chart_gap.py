"""Women and men over time: two lines, labelled at their ends. Numbers in, places out.

The axis begins at zero where the quantity is a share, and otherwise unless that would hide the difference. A period
without a value breaks the line, and so does a new series.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from granskning.reporting.charts.chart import WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_APART = 17
"""How far apart two labels must be."""
_ROOM = 64
_NEAR = Fraction(1, 2)
"""How much of the axis may lie empty below the lowest value before the axis begins elsewhere than at zero."""
_YEAR = re.compile(r"(1[89]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Plot:
    """How large a drawing is, and where the lines go within it."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    def heights(self, ticks: Sequence[Fraction]) -> Callable[[Fraction], float]:
        """What places a value between the first tick and the last."""

        def height(value: Fraction) -> float:
            way = (value - ticks[0]) / (ticks[-1] - ticks[0])
            return round(float(self.bottom - (self.bottom - self.top) * way), 1)

        return height


_PLOT = Plot(width=WIDTH, height=238, left=56, right=470, top=18, bottom=208)
SMALL_PLOT = Plot(width=WIDTH // 2 - 8, height=106, left=44, right=172, top=10, bottom=84)
"""Two stand side by side; with room for the numbers of the axis, and for words and value at the ends of the lines."""


@dataclass(frozen=True, slots=True)
class GapLine:
    """One sex: its line, its dots, and what stands at its end."""

    sex: Literal["women", "men"]
    paths: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    label: str
    label_y: float
    end: float


@dataclass(frozen=True, slots=True)
class Gap:
    """The two lines with their axes."""

    title: str
    """The question that it answers; of one area among several, the name of the area."""
    finding: str
    """The same in words, for those who don't see it."""
    width: int
    height: int
    left: int
    right: int
    ticks: tuple[tuple[float, str], ...]
    """Heights and their numbers."""
    periods: tuple[tuple[float, str], ...]
    lines: tuple[GapLine, ...]
    """Women first."""
    narrow: Gap | None = None
    """The same for a narrow screen, where this is too wide for one."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What both sexes were at one period; None where there is no value."""

    period: str
    women: Fraction | None
    men: Fraction | None
    is_new: bool = False
    """Whether a series begins here that what was before cannot be compared with."""


@dataclass(frozen=True, slots=True)
class Axes:
    """What drawings of the same figures have in common: scale, periods, and how numbers and the sexes are written."""

    plot: Plot
    ticks: Sequence[Fraction]
    """From below the lowest value to above the highest."""
    periods: Sequence[str]
    """In order."""
    tell: Callable[[Fraction], str]
    names: tuple[str, str]

    def draw(self, title: str, finding: str, measured: Sequence[Measurement]) -> Gap:
        """The lines of women and of men, their labels apart from each other."""
        plot, height = self.plot, self.plot.heights(self.ticks)
        xs = along(self.periods, plot)
        at = dict(zip(self.periods, xs, strict=True))
        places = [at[measure.period] for measure in measured]
        women = [(measure.women, measure.is_new) for measure in measured]
        men = [(measure.men, measure.is_new) for measure in measured]
        lines = _apart(
            _line("women", self.names[0], women, places, height, self.tell),
            _line("men", self.names[1], men, places, height, self.tell),
            plot,
        )
        ticks = tuple((height(tick), self.tell(tick)) for tick in self._told_ticks())
        return Gap(title, finding, plot.width, plot.height, plot.left, plot.right, ticks, self._told(xs), lines)

    def _told_ticks(self) -> Sequence[Fraction]:
        """All, or where there is little room the least, the middle and the most."""
        if self.plot is not SMALL_PLOT:
            return self.ticks
        middle = len(self.ticks) // 2
        return (self.ticks[0], *(self.ticks[middle : middle + 1] if len(self.ticks) % 2 else ()), self.ticks[-1])

    def _told(self, xs: Sequence[float]) -> tuple[tuple[float, str], ...]:
        """The periods that there is room for, always the first and the last."""
        kept: list[int] = []
        last = len(xs) - 1
        for at, x in enumerate(xs):
            if at in (0, last) or (x - xs[kept[-1]] >= _ROOM and xs[last] - x >= _ROOM):
                kept.append(at)
        return tuple((xs[at], self.periods[at]) for at in kept)


def draw_gap(  # noqa: PLR0913  # what a chart of figures says, by name
    question: str,
    finding: str,
    measured: Sequence[Measurement],
    *,
    share: bool,
    tell: Callable[[Fraction], str],
    names: tuple[str, str],
) -> Gap:
    """Place the figures, in order of their periods. `tell` writes a number; `names` are the words for the sexes."""
    ticks = ticks_of(measured, share=share)
    wide, narrow = (Axes(plot, ticks, [item.period for item in measured], tell, names) for plot in (_PLOT, SMALL_PLOT))
    return replace(
        wide.draw(question, finding, measured),
        narrow=narrow.draw(question, finding, measured),
    )


def ticks_of(measured: Sequence[Measurement], *, share: bool) -> list[Fraction]:
    """The numbers of the axis that has room for all that was measured."""
    values = [value for item in measured for value in (item.women, item.men) if value is not None]
    return round_ticks(min(values), max(values), share=share)


def _line(  # noqa: PLR0913  # one line of the chart
    sex: Literal["women", "men"],
    name: str,
    values: Sequence[tuple[Fraction | None, bool]],
    xs: Sequence[float],
    height: Callable[[Fraction], float],
    tell: Callable[[Fraction], str],
) -> GapLine:
    paths, dots = [], []
    path = ""
    for x, (value, is_new) in zip(xs, values, strict=True):
        if value is None or is_new:
            paths.append(path)
            path = ""
        if value is None:
            continue
        y = height(value)
        dots.append((x, y))
        path += f"{'L' if path else 'M'}{x} {y}"
    paths.append(path)
    last = next(value for value, _ in reversed(values) if value is not None)
    label = f"{name} {tell(last)}"
    return GapLine(sex, tuple(one for one in paths if "L" in one), tuple(dots), label, dots[-1][1], dots[-1][0])


def _apart(women: GapLine, men: GapLine, plot: Plot) -> tuple[GapLine, ...]:
    """The two labels moved from each other where they would meet."""
    between = men.label_y - women.label_y
    if abs(between) >= _APART:
        return women, men
    side = 1 if between >= 0 else -1
    middle = min(max((men.label_y + women.label_y) / 2, plot.top + _APART / 2), plot.bottom - _APART / 2)
    return (
        _moved(women, middle - side * _APART / 2),
        _moved(men, middle + side * _APART / 2),
    )


def _moved(line: GapLine, y: float) -> GapLine:
    return GapLine(line.sex, line.paths, line.dots, line.label, round(y, 1), line.end)


def along(periods: Sequence[str], plot: Plot) -> list[float]:
    """By their years where each has its own, else evenly."""
    years = [int(found[0]) if (found := _YEAR.search(period)) else 0 for period in periods]
    rising = all(one < other for one, other in itertools.pairwise(years))
    places = years if rising and years[0] else list(range(len(periods)))
    length = (places[-1] - places[0]) or 1
    start = plot.left + 8
    return [round(start + (plot.right - start) * (place - places[0]) / length, 1) for place in places]


def round_ticks(low: Fraction, high: Fraction, *, share: bool) -> list[Fraction]:
    """Round numbers from below the lowest to above the highest."""
    start = Fraction(0) if share or low < 0 or low <= high * _NEAR else low
    start = min(start, low)
    step = _round_step((high - start) / 4 if high > start else Fraction(1))
    first = start // step * step
    count = -((first - high) // step) or 1
    return [first + step * at for at in range(int(count) + 1)]


def _round_step(rough: Fraction) -> Fraction:
    """The round number that is at least so much: 1, 2 or 5 times a power of ten."""
    power = Fraction(1)
    while power * 10 <= rough:
        power *= 10
    while power > rough:
        power /= 10
    return next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
