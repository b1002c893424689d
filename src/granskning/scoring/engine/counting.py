"""What each answer counts as, before any step: its level, what a declared meaning makes of it, or nothing.

Answers in, keys of scales out. Knows the questions and the meanings that the set declares; works out no result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.criteria import EVERY
from granskning.scoring.engine.compiled_scale import SHARE, UNSATISFIED
from granskning.scoring.engine.imputed import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from granskning.model.review import Answer
    from granskning.scoring.engine.compiled_scale import CompiledScale
    from granskning.scoring.engine.node import Question
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.explanation import Rank


def count_answers(
    plan: Plan, asked: Sequence[Question], answers: Mapping[str, Answer]
) -> tuple[dict[str, str | None], Mapping[str, object]]:
    """The key that each settled answer counts as, None for those left out; unresolved ones are not there.

    What not applicable is made to count as does not hold for a target beneath which nothing applies: it stays so.
    The marks are all that results rest on of each answer: its level, else its state and what it counts as.
    """
    marks: dict[str, object] = dict.fromkeys(plan.questions)
    counted: dict[str, str | None] = {}
    applies: frozenset[str] | None = None
    for question in asked:
        name = question.id
        answer = answers[name]
        state = answer.state
        if state == "assessed":
            if question.without_evidence and is_reduced(question, answer):
                counted[name] = key = counted_without_evidence(question, answer.level or "")
                marks[name] = (answer.level, key)
            else:
                marks[name] = counted[name] = answer.level
            continue
        if state == "not_applicable":
            if applies is None:
                applies = applying_targets(plan, answers)
            counted[name] = _set_aside(question, answer) if question.target in applies else None
        elif state == "insufficient_evidence" and question.step.insufficient_evidence != "interval":
            meaning = question.step.insufficient_evidence
            counted[name] = {"lowest": question.ladder.worst_key, "exclude": None}.get(meaning, UNSATISFIED)
        justified = state == "not_applicable" and bool(answer.justification)  # what the step above may ask for
        marks[name] = (state, counted.get(name, ""), answer.is_put, justified)
    return counted, marks


def applying_targets(plan: Plan, answers: Mapping[str, Answer], without: Container[str] = ()) -> frozenset[str]:
    """The targets beneath which something applies, questions `without` aside."""
    applies = {name for name, answer in answers.items() if answer.state != "not_applicable" and name not in without}
    return plan.applying.union(name for name, below in plan.covers.items() if not applies.isdisjoint(below))


def _set_aside(question: Question, answer: Answer) -> str | None:
    """What not applicable counts as, in the meaning that the step declares."""
    meaning, level = question.not_applicable
    if meaning in OUTSIDE or not answer.is_put:
        return None
    if meaning == "level":
        return level
    if meaning == "share":
        return SHARE + level
    justified = meaning == "satisfied_if_justified" and (answer.justification or "").strip()
    return question.ladder.best_key if meaning == "satisfied" or justified else question.ladder.worst_key


def is_reduced(question: Question, answer: Answer) -> bool:
    """Whether an answer counts as less than its level, since it rests on no evidence."""
    is_lacking = answer.state == "assessed" and answer.lacks_evidence is not None
    return is_lacking and counted_without_evidence(question, answer.level or "") != answer.level


def counted_without_evidence(question: Question, level: str) -> str:
    """What the level counts as while evidence is missing: as declared, but never as more than the level itself."""
    other = question.without_evidence.get(level, question.without_evidence.get(EVERY))
    if other is None or _worth(question.ladder, other) >= _worth(question.ladder, level):
        return level
    return other


def _worth(ladder: CompiledScale, key: str) -> Rank:
    """What answers are ordered by: their points or, where there are none, their places on the scale."""
    points, rank = ladder.cell(key)
    return points if points is not None and ladder.has_points else rank or 0
