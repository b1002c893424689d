"""Small multiples: women and men over time in several areas, a small drawing an area, all on the same two axes.

Each area is a drawing of its own, so that they stand side by side on paper and under each other on a telephone, and so
that each can be read aloud. Numbers in, places out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.reporting.charts.chart_gap import SMALL_PLOT, Axes, ticks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from granskning.reporting.charts.chart_gap import Gap, Measurement


@dataclass(frozen=True, slots=True)
class AreaSeries:
    """One area: its name, what its lines say in words, and its measurements in order of their periods."""

    area: str
    finding: str
    measured: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class Multiples:
    """One indicator over time in several areas."""

    title: str
    place: str
    """From when until when, and how many areas have no room."""
    source: str
    panels: tuple[Gap, ...]
    """One an area, its title the name of the area; ticks and periods are the same in all."""
    address: str = ""
    """Where the source can be read."""
    file: str = ""
    """The file in the PDF that has the figures."""


def draw_panels(
    areas: Sequence[AreaSeries], *, share: bool, tell: Callable[[Fraction], str], names: tuple[str, str]
) -> tuple[Gap, ...]:
    """Place the figures of each area on axes in common. `tell` writes a number; `names` are the words for the sexes."""
    measured = [item for series in areas for item in series.measured]
    axes = Axes(SMALL_PLOT, ticks_of(measured, share=share), sorted({item.period for item in measured}), tell, names)
    return tuple(axes.draw(series.area, series.finding, series.measured) for series in areas)
