"""Figures when judged beside those of now: reviews and the indicators of the folder in, a table out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.figure_change import compare_figures
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.figures import tell_change

if TYPE_CHECKING:
    from granskning.reporting.over_time.over_time import TimeMaterial


def make_then_and_now(context: TimeMaterial) -> Grid | None:
    """A row a figure of the latest round that kept its figures; None where no round has."""
    t = context.t
    for occasion in reversed(context.occasions):
        review = next((item for item in occasion.joint.deciding if item.figures), None)
        if review is None:
            continue
        lines = [tell_change(change, t) for change in compare_figures(review.figures, context.indicators)]
        rows = tuple(tuple(map(GridCell, (line.indicator, line.then, line.current, line.outcome))) for line in lines)
        heads = (Head(t("Indicator")), Head(t("When judged")), Head(t("Now")), Head(t("What has happened")))
        before = t("The round {round} was judged by these figures. Now is what the folder has.", round=occasion.round)
        after = t("Differences and changes are calculations of our own on the tables that are named. What lies on "
                  "either side of a break, or no longer means the same, is not compared.")  # fmt: skip
        return Grid(t("The figures when judged, and now"), heads, rows, before=(before,), after=(after,))
    return None
