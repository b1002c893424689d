"""What was found: strengths and gaps in the reviewer's own words, the recommendations, and what came of the last ones.

A strength is an answer at its scale's declared threshold or above it, else at its highest level. One of each target is
told before a second of the same.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.model.method import number_of
from granskning.reporting.review.report_values import Highlight, Highlights
from granskning.reporting.wording.report_context import at_question
from granskning.reporting.wording.words import first_sentence
from granskning.wordings import DECIDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from granskning.model.decision import Action
    from granskning.model.method import Scale
    from granskning.reporting.blocks.badges import Mark
    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import CriterionResult

MOST = 3
"""So many of each sort have room."""
_UPPER_QUARTER = Fraction(3, 4)
_HALF = Fraction(1, 2)
_LAST = Fraction(2)
"""After every answer with a level."""
_LONGEST = 260
"""Letters of what was found."""


def make_strengths(context: Material) -> Highlights | None:
    """The clearest strengths; None where nothing is judged."""
    t = context.t
    if not context.card.total.assessed:
        return None
    strong = [answer for answer in _judged(context) if _is_strength(context, answer)]
    strong.sort(key=lambda answer: (-height(context, answer), -answer.weight))
    return Highlights(
        title=t("Strengths"),
        items=_findings(context, strong),
        note=_note(context, len(strong), t("{shown} of {count} strengths")),
        none=t("No judged question reaches the level that counts as a strength."),
    )


def make_gaps(context: Material) -> Highlights | None:
    """The clearest gaps; None where nothing is judged."""
    t = context.t
    if not context.card.total.assessed:
        return None
    weak = [answer for answer in _judged(context)
            if height(context, answer) <= _HALF and not _is_strength(context, answer)]  # fmt: skip
    weak.sort(key=lambda answer: (height(context, answer), -answer.weight))
    return Highlights(
        title=t("Gaps"),
        items=_findings(context, weak),
        note=_note(context, len(weak), t("{shown} of {count} questions in the lower half of the scale")),
        none=t("No judged question is in the lower half of the scale."),
    )


def make_recommendations(context: Material) -> Highlights | None:
    """Recommendations for the lowest levels first, then for questions without a level; the same words only once."""
    t = context.t
    given = [answer for answer in context.asked if context.answer(answer.id).recommendation]
    given.sort(key=lambda answer: (height(context, answer) if answer.state == "assessed" else _LAST, -answer.weight))
    different: dict[str, CriterionResult] = {}
    for answer in given:
        different.setdefault(" ".join((context.answer(answer.id).recommendation or "").split()), answer)
    if not given:
        return None
    return Highlights(
        title=t("Recommendations"),
        items=_findings(context, list(different.values()), spread=False),
        note=_note(context, len(different), t("{shown} of {count}; the others stand with their questions")),
        none="",
    )


def carried_out(context: Material) -> str:
    """How many of the actions that earlier rounds led to are done; empty where there are none."""
    t = context.t
    earlier = [action for action in context.actions if action.round and action.round != context.review.round]
    if not earlier:
        return ""
    return t(
        "Of {count} actions from earlier rounds {done} are carried out.",
        count=t.whole(len(earlier)),
        done=t.whole(sum(action.is_done for action in earlier)),
    )


def height(context: Material, answer_result: CriterionResult) -> Fraction:
    """How far up on its scale an answer is, from 0 to 1."""
    scale = context.criteria.scale_of(context.criterion(answer_result.id))
    return _height_on(scale, answer_result.level or "")


def _height_on(scale: Scale, key: str) -> Fraction:
    if scale.minimum is not None and scale.maximum is not None:
        length = scale.maximum - scale.minimum
        return ((number_of(key) or scale.minimum) - scale.minimum) / length if length else Fraction(0)
    keys = [level.key for level in scale.levels]
    return Fraction(keys.index(key) if key in keys else 0, max(1, len(keys) - 1))


def _judged(context: Material) -> list[CriterionResult]:
    return [answer for answer in context.asked if answer.state == "assessed" and answer.level is not None]


def _is_strength(context: Material, answer_result: CriterionResult) -> bool:
    scale = context.criteria.scale_of(context.criterion(answer_result.id))
    declared = [_height_on(scale, level.key) for level in scale.levels if level.strength]
    least = min(declared, default=Fraction(1) if scale.levels else _UPPER_QUARTER)
    return height(context, answer_result) >= least


def _findings(context: Material, ranked: list[CriterionResult], *, spread: bool = True) -> tuple[Highlight, ...]:
    chosen = _spread(context, ranked) if spread else ranked
    return tuple(_finding(context, answer) for answer in chosen[:MOST])


def _spread(context: Material, ranked: list[CriterionResult]) -> list[CriterionResult]:
    """The same order, but one of each target before a second of the same."""
    taken: dict[str, int] = {}
    turns = []
    for answer in ranked:
        top = context.numbers[answer.id].split(".")[0]
        taken[top] = taken.get(top, 0) + 1
        turns.append(taken[top])
    order = sorted(range(len(ranked)), key=lambda place: turns[place])
    return [ranked[place] for place in order]


def _finding(context: Material, answer_result: CriterionResult) -> Highlight:
    answer, t = context.answer(answer_result.id), context.t
    before = _mark_before(context, answer_result)
    return Highlight(
        mark=context.mark(answer_result),
        before=before,
        change=_change(context, answer_result, before),
        number=context.numbers[answer_result.id],
        question=t.text(context.criterion(answer_result.id).question),
        anchor=at_question(answer_result.id),
        text=first_sentence(answer.justification, _LONGEST),
        recommendation=first_sentence(answer.recommendation, _LONGEST),
        owner=_owner(context, answer_result.id),
    )


def _mark_before(context: Material, answer_result: CriterionResult) -> Mark | None:
    """The level in the round that the review continues; None where that has none on the same scale."""
    answer = context.earlier.answers.get(answer_result.id) if context.earlier is not None else None
    scale = context.criteria.scale_of(context.criterion(answer_result.id))
    if answer is None or answer.state != "assessed" or not answer.level or not scale.holds(answer.level):
        return None
    return context.words.level(answer.level, scale.id)


def _change(context: Material, answer_result: CriterionResult, before: Mark | None) -> str:
    """An arrow with its words."""
    t = context.t
    if before is None or context.earlier is None or answer_result.level is None:
        return ""
    scale = context.criteria.scale_of(context.criterion(answer_result.id))
    earlier = context.earlier.answers[answer_result.id].level or ""
    then, now = _height_on(scale, earlier), _height_on(scale, answer_result.level)
    if then == now:
        return t("= as in {round}", round=context.earlier.round)
    if now > then:
        return t("↑ from {level} in {round}", level=before.level, round=context.earlier.round)
    return t("↓ from {level} in {round}", level=before.level, round=context.earlier.round)


def _owner(context: Material, criterion: str) -> str:
    """What the owner answered to the first action on a question."""
    action = next(_answered(context.actions, criterion), None)
    return context.t(DECIDED[action.decision or ""]) if action is not None else ""


def _answered(actions: Iterable[Action], criterion: str) -> Iterator[Action]:
    return (action for action in actions if criterion in action.criteria and action.decision in DECIDED)


def _note(context: Material, count: int, many: str) -> str:
    t = context.t
    return many.format(shown=t.whole(MOST), count=t.whole(count)) if count > MOST else ""
