"""Bands in words: where each begins and ends, and what it takes beside the number."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from granskning.reporting.blocks.badges import Fact
from granskning.reporting.wording.conditions import describe_all
from granskning.reporting.wording.procedure import name_places, parts_of

if TYPE_CHECKING:
    from granskning.model.method import Band, Step
    from granskning.reporting.wording.report_context import SetContext


@dataclass(frozen=True, slots=True)
class BandList:
    """The bands of one or more results."""

    title: str
    """Whose they are; empty where all results have the same."""
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    brief: str = ""
    """Where each begins, in a line; empty where more than that decides."""


def make_bands(context: SetContext) -> tuple[BandList, ...]:
    """Every set of bands once, with the results that it puts words to."""
    found: list[tuple[Step, list[str]]] = []
    for place in ("", *context.outline.targets):
        step = context.outline.steps[place].step
        if not step.bands or step.method == "none":
            continue
        held = next((places for known, places in found if _same(known, step)), None)
        if held is None:
            held = []
            found.append((step, held))
        held.append(place)
    single = len(found) == 1
    return tuple(_list(context, step, places, "" if single else name_places(context, places)) for step, places in found)


def _same(step: Step, other: Step) -> bool:
    return (step.bands, step.bands_on, step.rounding, step.passes_on) == (
        other.bands, other.bands_on, other.rounding, other.passes_on,
    )  # fmt: skip


def _list(context: SetContext, step: Step, places: list[str], title: str) -> BandList:
    t = context.t
    facts = [
        Fact(t.text(band.label), _extent(context, step, band, after, places[0]))
        for band, after in zip_longest(step.bands, step.bands[1:])
    ]
    notes = [t("It is the rounded value that is compared with the bands.")] if step.bands_on == "rounded" else []
    if any(band.requires for band in step.bands):
        notes.append(t("When a band's demand is not met, the next lower band whose demand is met is given."))
    if step.not_applicable[0] == "shrink_bounds":
        notes.append(t("Where questions are not applicable, the bands begin lower; that is told with each sum."))
    return BandList(title, tuple(facts), tuple(notes), "" if notes else _brief(context, step))


def tell_bands(context: SetContext, step: Step, place: str) -> str:
    """All bands of a step in a line, each with all that it takes."""
    pairs = zip_longest(step.bands, step.bands[1:])
    return "; ".join(
        f"{context.t.text(band.label)} {_extent(context, step, band, after, place)}" for band, after in pairs
    )


def _brief(context: SetContext, step: Step) -> str:
    """`Missing from 0; Mentioned from 0.5`: where each band begins."""
    t, words = context.t, context.words
    starts = []
    for band in step.bands:
        start = words.bound(band.start, step)
        begins = t("above {start}", start=start) if band.above else t("from {start}", start=start)
        starts.append(f"{t.text(band.label)} {begins}")
    return "; ".join(starts)


def _extent(context: SetContext, step: Step, band: Band, after: Band | None, place: str) -> str:
    """From where to where, what the band takes, and what it counts for."""
    t, words = context.t, context.words
    start = words.bound(band.start, step)
    end = words.bound(after.start, step) if after else ""
    if after is None:
        said = t("above {start}", start=start) if band.above else t("from {start}", start=start)
    elif after.above and band.above:
        said = t("above {start}, up to and including {end}", start=start, end=end)
    elif after.above:
        said = t("from {start} up to and including {end}", start=start, end=end)
    elif band.above:
        said = t("above {start}, to below {end}", start=start, end=end)
    else:
        said = t("from {start} to below {end}", start=start, end=end)
    if band.requires:
        demand = describe_all(band.requires, t, words.names(place), parts_of(context, place))
        said = t("{extent}; takes that {condition}", extent=said, condition=demand)
    if band.points is not None and step.passes_on == "band":
        said = t("{extent}; counts as {points}", extent=said, points=t.number(band.points))
    return said
