"""A chart with a row for each target, for a narrow screen: the name above its row, the rest over the whole width.

The same numbers and words; what a telephone shows instead of a drawing that would have to be scrolled sideways.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.reporting.charts.chart import TOP, Profile, ProfileRow
from granskning.reporting.charts.chart_spread import ReviewerRow, Reviewers
from granskning.reporting.charts.chart_trend import Shift, ShiftRow, Trend, draw_steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.reporting.charts.chart_trend import Dot, TrendRow

    Place = Callable[[float], float]
    RowChart = Profile | Reviewers | Shift
    Row = ProfileRow | ReviewerRow | ShiftRow

NARROW = 340
"""A telephone of 390 pixels less its margins."""
_EDGE = 10
_LINE = 15
"""Of a name."""
_ABOVE = 22
"""From the last line of a name to its row."""
_BELOW = 14
_NUMBER = 24
"""From the name of a row of results over time to the top of its scale: the number of a result stands between."""
_FIRST_DOT = 28
_AFTER_LAST = 40
"""Room for half a number, and for half the words of an occasion."""


def narrow_chart(chart: RowChart | Trend) -> RowChart | Trend:
    """The chart for a narrow screen."""
    return _narrow_trend(chart) if isinstance(chart, Trend) else _narrow_rows(chart)


def _narrow_trend(chart: Trend) -> Trend:
    """Results over time; as many occasions have room for words as on a wide one."""
    xs = [dot.x for row in chart.rows for dot in row.dots]
    first, last = min(xs, default=0.0), max(xs, default=0.0)
    scale = (NARROW - _FIRST_DOT - _AFTER_LAST) / ((last - first) or 1)

    def place(x: float) -> float:
        return round(_FIRST_DOT + (x - first) * scale, 1)

    y = 10.0 + 16 * max((len(lines) for _, lines in chart.columns), default=1)
    rows = []
    for row in chart.rows:
        top = y + _LINE * len(row.lines) + _NUMBER
        rows.append(_trend_row(row, top, place))
        y = rows[-1].bottom + _BELOW
    columns = tuple((place(x), lines) for x, lines in chart.columns)
    return replace(chart, width=NARROW, height=int(y), left=0, columns=columns, rows=tuple(rows), above=True)


def _trend_row(row: TrendRow, top: float, place: Place) -> TrendRow:
    def lowered(y: float | None) -> float | None:
        return None if y is None else round(y + top - row.top, 1)

    def moved(dot: Dot) -> Dot:
        return replace(dot, x=place(dot.x), y=lowered(dot.y), low=lowered(dot.low), high=lowered(dot.high),
                       ring=lowered(dot.ring), at=dot.at + top - row.top)  # fmt: skip

    between = [round((before.x + after.x) / 2, 1) for before, after in itertools.pairwise(row.dots)]
    dots = tuple(moved(dot) for dot in row.dots)
    paths, breaks = draw_steps(dots, [True, *(x not in row.breaks for x in between)])
    return replace(row, y=top - _NUMBER + 13, bottom=row.bottom + top - row.top, top=top, dots=dots, paths=paths,
                   breaks=breaks)  # fmt: skip


def _narrow_rows(chart: RowChart) -> RowChart:
    """Rows on one axis."""
    scale = (NARROW - 2 * _EDGE) / (chart.right - chart.left)

    def place(x: float) -> float:
        return round(_EDGE + (x - chart.left) * scale, 1)

    y, rows = float(TOP), []
    for row in chart.rows:
        stack = _stack(row)
        middle = y + _LINE * (len(row.lines) - 1) + _ABOVE + stack
        rows.append(_moved(row, middle, place))
        y = middle + stack + _BELOW
    ticks = tuple(replace(tick, x=place(tick.x)) for tick in chart.ticks)
    # the rows of a chart are all of the kind that it has
    return replace(chart, width=NARROW, height=int(y) + 6, left=_EDGE, right=NARROW - _EDGE, ticks=ticks,
                   rows=tuple(rows), above=True)  # type: ignore[arg-type]  # fmt: skip


def _stack(row: Row) -> float:
    """How far above and below its middle a row reaches."""
    return max((abs(dot.y - row.y) for dot in row.dots), default=0.0) if isinstance(row, ReviewerRow) else 0.0


def _moved(row: Row, y: float, place: Place) -> Row:
    def ends(pair: tuple[float, float] | None) -> tuple[float, float] | None:
        return None if pair is None else (place(pair[0]), place(pair[1]))

    if isinstance(row, ReviewerRow):
        dots = tuple(replace(dot, x=place(dot.x), y=y + dot.y - row.y) for dot in row.dots)
        return replace(row, y=y, dots=dots, span=ends(row.span))
    if isinstance(row, ShiftRow):
        return replace(row, y=y, before=ends(row.before), after=ends(row.after), arrow=ends(row.arrow))
    value, so_far, low, high = (None if x is None else place(x) for x in (row.value, row.so_far, row.low, row.high))
    return replace(row, y=y, value=value, so_far=so_far, low=low, high=high)
