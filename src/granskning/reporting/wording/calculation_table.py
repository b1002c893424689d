"""Sums that a reader can redo: for each target with anything judged, and for the whole, by the method that made it.

The one place: the terminal, the page and the reports print these tables.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.calculation_notes import SHARING, make_notes
from granskning.reporting.wording.entries import answer_cell, name_cell, number_words
from granskning.reporting.wording.ordinal_explanation import decided_grid, ordered_grid
from granskning.reporting.wording.steps import METHODS
from granskning.reporting.wording.weighted_explanation import CalculationColumn, weigh
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.i18n import Translator
    from granskning.reporting.wording.report_context import ScoreContext
    from granskning.scoring.results.card import Score
    from granskning.scoring.results.explanation import PartExplanation, StepExplanation

EN_DASH = "\N{EN DASH}"
_ORDERED = frozenset({"weakest", "best", "median"})


def make_sums(context: ScoreContext) -> tuple[Grid, ...]:
    """A table for each target that has a result, in the order of the set, and last for the whole."""
    return tuple(_grid(context, context.explained[place], score) for place, score in sum_places(context))


def sum_places(context: ScoreContext) -> tuple[tuple[str, Score], ...]:
    """The targets that have a result, and last the whole."""
    places = [(one.id, one.score) for one in context.card.targets] + [(TOTAL, context.card.total)]
    return tuple(
        (place, score) for place, score in places if score.assessed > 0 and score.standing in ("value", "interval")
    )


def _grid(context: ScoreContext, node: StepExplanation, score: Score) -> Grid:
    title = context.t("The overall figure")
    if node.id != TOTAL:
        title = f"{context.numbers[node.id]} {context.words.title(node.id)}"
    title = f"{title}: {context.t(METHODS[node.step.method])}"
    found = node.parts
    if node.step.rules:
        grid = decided_grid(context, node, found, title)
    elif node.step.method in _ORDERED:
        grid = ordered_grid(context, node, found, title)
    else:
        grid = _weighed_grid(context, node, found, title)
    return replace(grid, after=make_notes(context, node, score))


def _weighed_grid(context: ScoreContext, node: StepExplanation, parts: tuple[PartExplanation, ...], title: str) -> Grid:
    """Part by part: its points, its weight and what they come to."""
    t = context.t
    settled = all(one.is_settled for one in parts)
    work = weigh(node, parts, t)
    columns = (*work.columns, *_shares(node, context))
    heads = [_first(context, parts), Head(t("Result") if _of_targets(parts) else t("Answer"))]
    heads += [Head(one.head, number=True) for one in columns]
    if settled:
        heads.append(Head(work.product, number=True))
    else:
        heads += [Head(work.lowest, number=True), Head(work.highest, number=True)]
    named = {one.id for one in node.left_out}  # what does not count at all is told once, in the note beneath
    counted = [one for one in parts if one.is_there or one.id not in named]
    rows = [_row(context, one, columns, work.values.get(one.id), settled=settled) for one in counted]
    rows += _uncounted(context, node, parts, len(heads))
    foot = [work.name, work.line(context.words, node, settled=settled), *[one.total for one in columns]]
    foot += [number_words(work.low, t)] if settled else [number_words(work.low, t), number_words(work.high, t)]
    return Grid(title, tuple(heads), tuple(rows), tuple(foot), before=work.before)


def _shares(node: StepExplanation, context: ScoreContext) -> tuple[CalculationColumn, ...]:
    """Each part's share of the weight as the set gives it, and what it became when others were left out."""
    t = context.t
    if node.step.method not in SHARING or not any(one.weight for one in node.left_out):
        return ()

    def words(part: PartExplanation) -> str:
        given, own = node.given_share(part), {node.share(part, side) for side in (0, 1)} - {None}
        became = EN_DASH.join(_percent(share, t) for share in sorted(one for one in own if one is not None))
        return f"{_percent(given, t)} → {became}"

    return (CalculationColumn(t("Share of the weight"), words, ""),)


def _percent(share: Fraction | None, t: Translator) -> str:
    return "–" if share is None else t.percent(share, 0 if (share * 100).denominator == 1 else 1)


def _row(
    context: ScoreContext,
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
    context: ScoreContext, node: StepExplanation, parts: tuple[PartExplanation, ...], columns: int
) -> list[tuple[GridCell, ...]]:
    """The questions and targets with weight 0, which are shown but not counted."""
    if node.step.over == "criteria" or node.id == TOTAL:
        return []
    names = {one.id for one in parts}
    target = context.target(node.id)
    own = {criterion.id for criterion in target.criteria}
    left = [entry for entry in context.asked if entry.id in own - names and entry.state != "not_asked"]
    blank = [GridCell("–")] * (columns - 2)
    return [
        (
            GridCell(context.numbers[one.id]),
            GridCell(
                context.t("weight 0, not counted"), context.words.mark(context.criterion(one.id), one.state, one.level)
            ),
            *blank,
        )
        for one in left
    ]


def _first(context: ScoreContext, parts: tuple[PartExplanation, ...]) -> Head:
    return Head(context.t("Target picture")) if _of_targets(parts) else Head(context.t("Question"))


def _of_targets(parts: tuple[PartExplanation, ...]) -> bool:
    return any(one.is_node for one in parts)
