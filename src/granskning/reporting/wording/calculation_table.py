"""Sums that a reader can redo: for each target with anything judged, and for the whole, by the method that made it.

What stands between a sum and the result: basic demands, bands with demands of their own, bounds.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.conditions import describe_all
from granskning.reporting.wording.entries import answer_cell, name_cell, number_words
from granskning.reporting.wording.ordinal_explanation import decided_grid, ordered_grid
from granskning.reporting.wording.procedure import parts_of
from granskning.reporting.wording.weighted_explanation import CalculationColumn, weigh
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import Score
    from granskning.scoring.results.explanation import PartExplanation, StepExplanation

_ORDERED = frozenset({"weakest", "best", "median"})


def make_sums(context: Material) -> tuple[Grid, ...]:
    """A table for each target that has a result, in the order of the set, and last for the whole."""
    places = [(one.id, one.score) for one in context.card.targets] + [(TOTAL, context.card.total)]
    return tuple(
        _grid(context, context.explained[place], score)
        for place, score in places
        if score.assessed > 0 and score.standing in ("value", "interval")
    )


def _grid(context: Material, node: StepExplanation, score: Score) -> Grid:
    title = context.t("The overall figure")
    if node.id != TOTAL:
        title = f"{context.numbers[node.id]} {context.words.title(node.id)}"
    found = node.parts
    if node.step.rules:
        grid = decided_grid(context, node, found, title)
    elif node.step.method in _ORDERED:
        grid = ordered_grid(context, node, found, title)
    else:
        grid = _weighed_grid(context, node, found, title)
    return replace(grid, after=make_notes(context, node, score))


def _weighed_grid(context: Material, node: StepExplanation, parts: tuple[PartExplanation, ...], title: str) -> Grid:
    """Part by part: its points, its weight and what they come to."""
    t = context.t
    settled = all(one.is_settled for one in parts)
    work = weigh(node, parts, t)
    heads = [_first(context, parts), Head(t("Result") if _of_targets(parts) else t("Answer"))]
    heads += [Head(one.head, 12, number=True) for one in work.columns]
    if settled:
        heads.append(Head(work.product, 13, number=True))
    else:
        heads += [Head(work.lowest, 13, number=True), Head(work.highest, 13, number=True)]
    rows = [_row(context, one, work.columns, work.values.get(one.id), settled=settled) for one in parts]
    rows += _uncounted(context, node, parts, len(heads))
    foot = [work.name, work.line(context.words, node.step, settled=settled), *[one.total for one in work.columns]]
    foot += [number_words(work.low, t)] if settled else [number_words(work.low, t), number_words(work.high, t)]
    return Grid(title, tuple(heads), tuple(rows), tuple(foot), before=work.before)


def _row(
    context: Material,
    part: PartExplanation,
    columns: tuple[CalculationColumn, ...],
    ends: tuple[str, str] | None,
    *,
    settled: bool,
) -> tuple[GridCell, ...]:
    numbers = [column.of(part) if part.is_there else "–" for column in columns]
    last = ("–", "–") if ends is None else ends
    return (
        name_cell(context, part),
        answer_cell(context, part),
        *(GridCell(number) for number in numbers),
        *(GridCell(number) for number in last[: 1 if settled else 2]),
    )


def _uncounted(
    context: Material, node: StepExplanation, parts: tuple[PartExplanation, ...], columns: int
) -> list[tuple[GridCell, ...]]:
    """The questions and targets with weight 0, which are shown but not counted."""
    if node.step.over == "criteria" or node.id == TOTAL:
        return []
    names = {one.id for one in parts}
    target = context.target(node.id)
    left = [one for one in context.asked if one.id in {own.id for own in target.criteria} and one.id not in names]
    blank = [GridCell("–")] * (columns - 2)
    return [
        (GridCell(context.numbers[one.id]), GridCell(context.t("weight 0, not counted"), context.mark(one)), *blank)
        for one in left
    ]


def _first(context: Material, parts: tuple[PartExplanation, ...]) -> Head:
    return Head(context.t("Target picture"), 30) if _of_targets(parts) else Head(context.t("Question"), 11)


def _of_targets(parts: tuple[PartExplanation, ...]) -> bool:
    return any(one.is_node for one in parts)


def make_notes(context: Material, node: StepExplanation, score: Score) -> tuple[str, ...]:
    """The sentences under a table that can be redone."""
    notes = [
        _held_down(context, node, score),
        outer_words(context, score),
        *_shrunk(context, node),
        *_band(context, node, score),
    ]
    return tuple(note for note in notes if note)


def outer_words(context: Material, score: Score) -> str:
    """That an interval is an outer one, in words."""
    if score.bounds == "exact":
        return ""
    return context.t(
        "The bounds are outer: the result is at least so low and at most so high that it cannot go beyond them, but it"
        " may not go quite as far."
    )


def _held_down(context: Material, node: StepExplanation, score: Score) -> str:
    """That the result is another than the parts alone would give."""
    t = context.t
    bare, held = node.ungated, node.result
    if all((one.value, one.rank) == (other.value, other.rank) for one, other in zip(bare, held, strict=True)):
        return ""
    result = context.words.result(score, node.id)
    if node.has_gates:
        return t("With the basic demand the result is {result}.", result=result)
    return t(
        "The parts cannot all be at their lowest, or all at their highest, at once. Tried together they give {result}.",
        result=result,
    )


def _shrunk(context: Material, node: StepExplanation) -> list[str]:
    """Where the bands begin, since questions are not applicable."""
    left, least = node.shrunk, node.least
    if left is None or left[1] == 1 or not node.step.bands:
        return []
    bottom = Fraction(least) if isinstance(least, int | Fraction) else Fraction(0)
    starts = [bottom + (band.start - left[0]) * left[1] for band in node.step.bands]
    told = [f"{context.t.text(band.label)} {context.words.bound(start, node.step)}"
            for band, start in zip(node.step.bands, starts, strict=True)]  # fmt: skip
    return [
        context.t("Since questions are not applicable, the bands begin at: {bands}.", bands=context.t.series(told)),
    ]


def _band(context: Material, node: StepExplanation, score: Score) -> list[str]:
    """The band, and what kept it from being the one that the number alone would give."""
    t, step = context.t, node.step
    if not step.bands or score.low_band is None:
        return []
    said = [t("Band: {band}.", band=context.words.band(score, node.id))]
    alone = node.band_alone if score.value is not None else None
    demands = {band.id: band for band in step.bands}
    if alone is not None and alone != score.band and demands[alone].requires:
        held = demands[alone]
        clause = describe_all(held.requires, t, context.words.names(node.id), parts_of(context, node.id))
        said.append(
            t(
                "The number alone would give {band}, but that takes that {condition}.",
                band=t.text(held.label),
                condition=clause,
            )
        )
    return [" ".join(said)]
