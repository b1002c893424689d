"""Small multiples: women and men over time in several areas, a small drawing an area, all on the same two axes.

Each area is a drawing of its own, so that they stand side by side on paper and under each other on a telephone, and so
that each can be read aloud. Numbers in, places out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.reporting.charts.chart import WIDTH
from granskning.reporting.charts.chart_gap import Plot, along, draw_lines, round_ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from granskning.reporting.charts.chart_gap import GapLine, Measurement

PANEL_WIDTH = WIDTH // 2 - 8
"""Two stand side by side."""
PANEL_HEIGHT = 106
_PLOT = Plot(left=44, right=172, top=10, bottom=84)
"""What is left after the numbers of the axis, and words and value at the ends of the lines."""


@dataclass(frozen=True, slots=True)
class AreaSeries:
    """One area: its name, what its lines say in words, and its measurements in order of their periods."""

    area: str
    finding: str
    measured: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The drawing of one area."""

    area: str
    finding: str
    """The same in words, for those who don't see it."""
    width: int
    height: int
    left: int
    right: int
    ticks: tuple[tuple[float, str], ...]
    """Heights and their numbers: the least, the middle and the most, the same in all drawings."""
    periods: tuple[tuple[float, str], ...]
    """The first and the last period, the same in all drawings."""
    lines: tuple[GapLine, ...]
    """Women first."""


@dataclass(frozen=True, slots=True)
class Multiples:
    """One indicator over time in several areas."""

    title: str
    place: str
    """From when until when, and how many areas have no room."""
    source: str
    panels: tuple[Panel, ...]
    address: str = ""
    """Where the source can be read."""
    file: str = ""
    """The file in the PDF that has the figures."""


def draw_panels(
    areas: Sequence[AreaSeries], *, share: bool, tell: Callable[[Fraction], str], names: tuple[str, str]
) -> tuple[Panel, ...]:
    """Place the figures of each area on axes in common. `tell` writes a number; `names` are the words for the sexes."""
    measured = [item for series in areas for item in series.measured]
    values = [value for item in measured for value in (item.women, item.men) if value is not None]
    ticks = round_ticks(min(values), max(values), share=share)
    shown = (ticks[0], *(ticks[len(ticks) // 2 : len(ticks) // 2 + 1] if len(ticks) % 2 else ()), ticks[-1])
    periods = sorted({item.period for item in measured})
    at = dict(zip(periods, along(periods, _PLOT), strict=True))
    height = _PLOT.heights(ticks)
    return tuple(
        Panel(
            series.area,
            series.finding,
            PANEL_WIDTH,
            PANEL_HEIGHT,
            _PLOT.left,
            _PLOT.right,
            tuple((height(tick), tell(tick)) for tick in shown),
            ((at[periods[0]], periods[0]), (at[periods[-1]], periods[-1])),
            draw_lines(series.measured, [at[item.period] for item in series.measured], height, names, tell, _PLOT),
        )
        for series in areas
    )
