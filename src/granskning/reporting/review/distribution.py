"""How the answers spread over levels and states: counted by each question's own scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.blocks.badges import Mark
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.charts.chart import draw_distribution
from granskning.reporting.review.report_values import Count
from granskning.reporting.wording.scale_tables import ranges_of, scales_of
from granskning.wordings import WITHOUT_LEVEL, small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.method import Scale
    from granskning.reporting.charts.chart import Distribution
    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import CriterionResult

_MOST_LEVELS = 7
"""So many levels have room side by side."""
_MOST_ROWS = 20
_COLUMNS = 10


def make_counts(context: Material) -> tuple[Count, ...]:
    """How many questions got each level or, where scales differ, were judged at all; and each state that occurs."""
    scale = _common(context)
    states = [
        _count(context, context.words.state(state), [question for question in context.asked if question.state == state])
        for state in WITHOUT_LEVEL
    ]
    occurring = [state for state in states if state.count]
    if scale is None:
        judged = Mark("none", 0, "", context.t("Judged"))
        return (
            _count(context, judged, [question for question in context.asked if question.state == "assessed"]),
            *occurring,
        )
    return (*(_count(context, mark, held) for mark, held in _by_level(context, scale, context.asked)), *occurring)


def make_distribution(context: Material) -> Distribution | None:
    """The bars, where all questions have the same levels; one for each target that is part of no other."""
    t = context.t
    if _common(context) is None or not 0 < len(context.tops) <= _MOST_ROWS:
        return None
    rows = []
    for target in context.tops:
        counts = _marked(context, context.beneath(target.id))
        parts = [(mark, len(held), t.whole(len(held))) for mark, held in counts]
        rows.append((f"{context.numbers[target.id]} {context.words.title(target.id)}", parts))
    told = t.series([f"{count.shown} {small(count.mark.words)}" for count in make_counts(context) if count.count])
    asked = t.plural("Of {count} question", "Of {count} questions", context.card.total.asked)
    finding = t("{asked}: {told}. The numbers stand in the table below.", asked=asked, told=told)
    return draw_distribution(t("What has been judged, and how?"), finding, rows)


def make_spread(context: Material) -> tuple[Grid, ...]:
    """The same as tables: a column for each target by its number, a table for each scale, broken where it is wide."""
    t = context.t
    grids: list[Grid] = []
    names = {question.id for question in context.asked}
    scales = scales_of(context, tuple(criterion for criterion in context.criteria.criteria if criterion.id in names))
    for scale, held in scales:
        asked = [question for question in context.asked if question.id in held]
        targets = list(dict.fromkeys(question.target for question in asked))
        caption = t("Number of questions with each answer, for each target picture by its number")
        if len(scales) > 1:
            caption = t("Number of answers to questions {numbers}, for each target picture by its number",
                        numbers=ranges_of(context, held))  # fmt: skip
        chunks = [targets[start : start + _COLUMNS] for start in range(0, len(targets), _COLUMNS)]
        grids += [_table(context, scale, asked, chunk, caption) for chunk in chunks]
    return tuple(grids)


def _table(
    context: Material, scale: Scale, asked: Sequence[CriterionResult], targets: Sequence[str], caption: str
) -> Grid:
    t = context.t
    heads = [Head(t("Answer"), 36), *(Head(context.numbers[target], number=True) for target in targets)]
    rows = []
    for mark, held in _marked(context, asked, scale):
        counts = [sum(one.target == target for one in held) for target in targets]
        rows.append((GridCell(mark=mark), *(GridCell(t.whole(count)) for count in counts)))
    return Grid(caption, tuple(heads), tuple(rows))


def _common(context: Material) -> Scale | None:
    """The scale of levels that all questions share, if they do and there are not too many levels."""
    names = {question.id for question in context.asked}
    scales = scales_of(context, tuple(criterion for criterion in context.criteria.criteria if criterion.id in names))
    if len(scales) != 1 or not 0 < len(scales[0][0].levels) <= _MOST_LEVELS:
        return None
    return scales[0][0]


def _marked(
    context: Material, asked: Sequence[CriterionResult], scale: Scale | None = None
) -> list[tuple[Mark, list[CriterionResult]]]:
    """The answers by level, and by each state that occurs in the review."""
    scale = scale or _common(context)
    levels = _by_level(context, scale, asked) if scale is not None else []
    occurring = {question.state for question in context.asked}
    states = [(context.words.state(state), [question for question in asked if question.state == state])
              for state in WITHOUT_LEVEL if state in occurring]  # fmt: skip
    return [*levels, *states]


def _by_level(
    context: Material, scale: Scale, asked: Sequence[CriterionResult]
) -> list[tuple[Mark, list[CriterionResult]]]:
    judged = [question for question in asked if question.state == "assessed"]
    if scale.is_range:
        low, high = (context.words.number(str(end), scale.unit) for end in (scale.minimum, scale.maximum))
        return [(Mark("none", 0, "", context.t("A number from {low} to {high}", low=low, high=high)), judged)]
    return [
        (mark, [question for question in judged if question.level == level.key])
        for level, mark in zip(scale.levels, context.words.levels(scale.id), strict=True)
    ]


def _count(context: Material, mark: Mark, answer_results: Sequence[CriterionResult]) -> Count:
    return Count(mark, len(answer_results), context.t.whole(len(answer_results)))
