"""How the answers spread over levels and states: counted by each question's own scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.blocks.badges import Mark
from granskning.reporting.review.report_values import Count
from granskning.reporting.wording.scale_tables import scales_of
from granskning.wordings import WITHOUT_LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.method import Scale
    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import CriterionResult

_MOST_LEVELS = 7
"""So many levels have room side by side."""


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


def _common(context: Material) -> Scale | None:
    """The scale of levels that all questions share, if they do and there are not too many levels."""
    names = {question.id for question in context.asked}
    scales = scales_of(context, tuple(criterion for criterion in context.criteria.criteria if criterion.id in names))
    if len(scales) != 1 or not 0 < len(scales[0][0].levels) <= _MOST_LEVELS:
        return None
    return scales[0][0]


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
