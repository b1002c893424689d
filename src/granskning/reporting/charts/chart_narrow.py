"""A chart with a row for each target, for a narrow screen: the name above its row, the axis over the whole width.

The same numbers and words; what a telephone shows instead of a drawing that would have to be scrolled sideways.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.reporting.charts.chart import TOP, Profile, ProfileRow
from granskning.reporting.charts.chart_spread import ReviewerRow, Reviewers
from granskning.reporting.charts.chart_trend import Shift, ShiftRow

if TYPE_CHECKING:
    from collections.abc import Callable

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


def narrow_chart(chart: RowChart) -> RowChart:
    """The chart for a narrow screen."""
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
