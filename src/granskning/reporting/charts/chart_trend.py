"""How results moved: steps from occasion to occasion, and one result before and after. Numbers in, places out.

A line is broken where results can't be compared; what keeps them apart is told beside the chart.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.reporting.charts.chart import LABELS, RIGHT, ROW, TOP, WIDTH, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from granskning.reporting.charts.chart import Tick

_HIGH = 17
"""How far up and down a row's own scale goes."""
_STEP_ROW = 48
_FIRST = LABELS + 26
_LAST = WIDTH - 40
_ROOM = 66
_LEAST_WAY = 22
"""A shorter arrow could not be seen: the dots themselves take as much."""
"""How much room a label takes along the axis."""


@dataclass(frozen=True, slots=True)
class Height:
    """One result on its own scale from 0 to 1, and how it is told. All None where there is none."""

    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    so_far: Fraction | None
    shown: str
    is_joined: bool = True
    """Whether it can be compared with the one before it."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A result in the drawing: a filled dot, or a thin line with a ring."""

    x: float
    y: float | None
    low: float | None
    high: float | None
    ring: float | None
    shown: str
    at: float
    """Where its number is written."""


@dataclass(frozen=True, slots=True)
class TrendRow:
    """What one target (or the whole) was at each occasion."""

    lines: tuple[str, ...]
    y: float
    bottom: float
    top: float
    dots: tuple[Dot, ...]
    paths: tuple[str, ...]
    """The steps between results that can be compared."""
    breaks: tuple[float, ...]
    """Where the line is broken."""


@dataclass(frozen=True, slots=True)
class Trend:
    """How results moved over occasions or commits, a row for each target."""

    question: str
    finding: str
    width: int
    height: int
    left: int
    columns: tuple[tuple[float, tuple[str, ...]], ...]
    rows: tuple[TrendRow, ...]
    has_breaks: bool
    has_intervals: bool
    """Whether any result is not settled."""
    above: bool = False
    """Whether names stand above their rows."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A result before and after, on the same axis, and how both are told."""

    name: str
    before: tuple[Fraction, Fraction] | None
    """Its lowest and highest; None where there is no place on the axis."""
    after: tuple[Fraction, Fraction] | None
    shown: str
    words: str
    """Why there is nothing to draw, where there is nothing."""


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One target: from where to where."""

    lines: tuple[str, ...]
    y: float
    before: tuple[float, float] | None
    after: tuple[float, float] | None
    arrow: tuple[float, float] | None
    """From the one to the other; None where they are as good as the same."""
    shown: str
    words: str


@dataclass(frozen=True, slots=True)
class Shift:
    """The results of the targets before and after."""

    question: str
    finding: str
    width: int
    height: int
    left: int
    right: int
    ticks: tuple[Tick, ...]
    rows: tuple[ShiftRow, ...]
    above: bool = False
    """Whether names stand above their rows."""


def draw_trend(
    question: str, finding: str, columns: Sequence[Sequence[str]], rows: Sequence[tuple[str, Sequence[Height]]]
) -> Trend:
    """Place each row's results, one for each column. Labels that have no room are left out, but never the ends'."""
    xs = _spread(len(columns))
    heads = tuple((xs[at], tuple(columns[at])) for at in _shown(xs))
    top = 10 + 16 * max((len(lines) for _, lines in heads), default=1)
    drawn = tuple(_trend_row(name, heights, xs, top + _STEP_ROW * at) for at, (name, heights) in enumerate(rows))
    broken = any(row.breaks for row in drawn)
    unsettled = any(dot.low is not None for row in drawn for dot in row.dots)
    height = top + _STEP_ROW * len(rows) + 4
    return Trend(question, finding, WIDTH, height, LABELS, heads, drawn, broken, unsettled)


def _spread(count: int) -> list[float]:
    if count == 1:
        return [float(_FIRST)]
    return [round(_FIRST + (_LAST - _FIRST) * at / (count - 1), 1) for at in range(count)]


def _shown(xs: Sequence[float]) -> list[int]:
    """Which columns have room for words: the first, the last, and those between that are far enough from the others."""
    last = len(xs) - 1
    kept: list[int] = []
    for at, x in enumerate(xs):
        if at in (0, last) or (x - xs[kept[-1]] >= _ROOM and xs[last] - x >= _ROOM):
            kept.append(at)
    return kept


def _trend_row(name: str, heights: Sequence[Height], xs: Sequence[float], y: float) -> TrendRow:
    bottom, labelled = y + _STEP_ROW - 10, set(_shown(xs))
    dots = tuple(_dot(height_range, xs[at], bottom, shown=at in labelled) for at, height_range in enumerate(heights))
    paths, breaks = draw_steps(dots, [height.is_joined for height in heights])
    middle = y + _STEP_ROW / 2
    return TrendRow(wrap(name), middle, bottom, bottom - _HIGH, dots, paths, breaks)


def draw_steps(dots: Sequence[Dot], joined: Sequence[bool]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The steps from each dot to the next, and where there is none since the two can't be compared.

    `joined` tells of each dot whether it can be compared with the one before it.
    """
    paths, breaks = [], []
    for (before, after), is_joined in zip(itertools.pairwise(dots), joined[1:], strict=True):
        start, end = (dot.y if dot.y is not None else dot.ring for dot in (before, after))
        if start is None or end is None:
            continue
        if is_joined:
            paths.append(f"M{before.x} {start}H{after.x}V{end}")
        else:
            breaks.append(round((before.x + after.x) / 2, 1))
    return tuple(paths), tuple(breaks)


def _dot(level_height: Height, x: float, bottom: float, *, shown: bool) -> Dot:
    def place(height: Fraction | None) -> float | None:
        return None if height is None else round(bottom - _HIGH * float(height), 1)

    value, low, high = place(level_height.value), place(level_height.low), place(level_height.high)
    tops = [at for at in (value, high) if at is not None]
    return Dot(
        x=x,
        y=value,
        low=None if value is not None else low,
        high=None if value is not None else high,
        ring=None if value is not None else place(level_height.so_far),
        shown=level_height.shown if shown else "",
        at=min(tops, default=bottom) - 9,
    )


def draw_shift(
    question: str, finding: str, axis: Sequence[tuple[Fraction, str]], moved: Sequence[Moved], ticks: tuple[Tick, ...]
) -> Shift:
    """Place results before and after on one axis, whose labels are `ticks`."""
    start, end = axis[0][0], axis[-1][0]

    def place(ends: tuple[Fraction, Fraction] | None) -> tuple[float, float] | None:
        if ends is None:
            return None
        low, high = (round(float(LABELS + (RIGHT - LABELS) * (one - start) / (end - start)), 1) for one in ends)
        return low, high

    rows = []
    for at, moved_target in enumerate(moved):
        before, after = place(moved_target.before), place(moved_target.after)
        y = TOP + ROW * at + ROW / 2
        rows.append(
            ShiftRow(
                wrap(moved_target.name), y, before, after, _arrow(before, after), moved_target.shown, moved_target.words
            )
        )
    return Shift(question, finding, WIDTH, TOP + ROW * len(rows) + 8, LABELS, RIGHT, ticks, tuple(rows))


def _arrow(before: tuple[float, float] | None, after: tuple[float, float] | None) -> tuple[float, float] | None:
    """An arrow between settled results that stand so far apart that it can be seen."""
    if before is None or after is None or before[0] != before[1] or after[0] != after[1]:
        return None
    way = after[0] - before[0]
    if abs(way) < _LEAST_WAY:
        return None
    side = 1 if way > 0 else -1
    return before[0] + 7 * side, after[0] - 9 * side
