"""Plain means on a line each, in one table, so that a reader can redo them; what is less plain has a table of its own.

A mean is plain where all is answered, each part weighs the same, and nothing but what is left out needs a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.i18n import NO_BREAK
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.review.target_values import Sums
from granskning.reporting.wording.calculation_notes import left_out_words
from granskning.reporting.wording.calculation_table import make_sums, sum_places
from granskning.reporting.wording.entries import answer_cell, number_words
from granskning.reporting.wording.report_context import at_target
from granskning.scoring.results.card import TOTAL
from granskning.scoring.results.numbers import is_exact, rounded, to_fraction

if TYPE_CHECKING:
    from granskning.reporting.wording.report_context import ScoreContext
    from granskning.scoring.results.card import Score
    from granskning.scoring.results.explanation import PartExplanation, StepExplanation

_LEAST = 2
"""One mean alone has its own table."""
_ROUNDED = "half_up"


@dataclass(frozen=True, slots=True)
class _Mean:
    """A plain mean: of which target, and what came of it."""

    node: StepExplanation
    score: Score


def divide_sums(context: ScoreContext) -> Sums:
    """All sums whole, the plain means on a line each, and what is left for tables of their own."""
    whole = make_sums(context)
    means = {place: _Mean(context.explained[place], score) for place, score in sum_places(context)
             if _is_plain(context, context.explained[place], score)}  # fmt: skip
    if len(means) < _LEAST:
        return Sums(whole=whole, means=None, others=whole)
    others = tuple(grid for (place, _), grid in zip(sum_places(context), whole, strict=True) if place not in means)
    return Sums(whole=whole, means=_table(context, tuple(means.values())), others=others)


def _is_plain(context: ScoreContext, node: StepExplanation, score: Score) -> bool:
    step = node.step
    there = [part for part in node.parts if part.is_there]
    return (
        step.method == "mean"
        and not (step.rules or step.points or node.shrunk)
        and score.standing == "value"
        and step.rounding.mode == _ROUNDED
        and not any(effect.holds for gate in node.gates for effect in (gate.low, gate.high))
        and node.band_alone in (None, score.band)
        and len({part.weight for part in there}) == 1
        and not any(part.weight == 0 for part in node.left_out)
        and all(_is_told_whole(context, part) for part in there)
    )


def _is_told_whole(context: ScoreContext, part: PartExplanation) -> bool:
    """Whether number and points say all that counts of a part."""
    return (
        part.is_settled
        and part.low is not None
        and not (part.reviewer or part.hindrances or part.lacks_evidence or part.by_band or part.shown)
        and (part.is_node or not answer_cell(context, part).text)
    )


def _table(context: ScoreContext, means: tuple[_Mean, ...]) -> Grid:
    t = context.t
    heads = (Head(t("Target picture")), Head(t("Points of each part")), Head(t("Calculation")), Head(t("Result")))
    is_rounded = any(_is_rounded(mean) for mean in means)
    after = (t("Each part weighs the same, and halves are rounded up.") if is_rounded
             else t("Each part weighs the same."),)  # fmt: skip
    return Grid("", heads, tuple(_row(context, mean) for mean in means), after=after)


def _is_rounded(mean: _Mean) -> bool:
    value = mean.score.low
    return value is not None and not (is_exact(value) and rounded(value, mean.node.step.rounding) == value)


def _row(context: ScoreContext, mean: _Mean) -> tuple[GridCell, ...]:
    t, node, score = context.t, mean.node, mean.score
    name = t("The overall figure")
    if node.id != TOTAL:
        name = f"{context.numbers[node.id]} {context.words.short_title(node.id)}"
    parts = [part for part in node.parts if part.is_there]
    total = sum((to_fraction(part.low) for part in parts if part.low is not None), Fraction(0))
    told = "; ".join(f"{context.numbers[part.criterion]}:{NO_BREAK}{number_words(part.low, t)}" for part in parts)
    if node.left_out:
        told = f"{told}. {left_out_words(context, node)}"
    sum_words = f"{number_words(total, t)} / {t.whole(len(parts))} = {number_words(score.low, t)}"
    result, band = context.words.result(score, node.id), context.words.band(score, node.id)
    shown = result if band == "–" else f"{result}, {band}"
    return (
        GridCell(name, anchor="" if node.id == TOTAL else at_target(node.id)),
        GridCell(told),
        GridCell(sum_words),
        GridCell(shown),
    )
