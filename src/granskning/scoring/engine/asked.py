"""Questions that are asked only if others have certain answers: which of the answers in view are there at all.

Answers in view in, the same without those that are not asked out. What decides is `model.asking`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.asking import not_asked
from granskning.model.review import Answer
from granskning.scoring.engine.compiled_scale import UNSATISFIED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.scoring.engine.compiled_scale import Cell
    from granskning.scoring.engine.node import Question
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.explanation import Rank


def find_not_asked(
    plan: Plan, given: Mapping[str, Rank | None], low: Mapping[str, Cell], high: Mapping[str, Cell]
) -> tuple[frozenset[str], frozenset[str]]:
    """The questions that are not asked, and those for which it is not settled, by the answers in view."""
    left_out: set[str] = set()
    unsettled: set[str] = set()
    for reviewer in plan.reviewers or ("",):
        mark = f"@{reviewer}" if reviewer else ""

        def places_of(name: str, mark: str = mark) -> tuple[Rank, Rank] | None:
            question = f"{name}{mark}"
            place = given.get(question)
            if question in given:
                return None if place is None else (place, place)
            lowest, highest = low.get(question, (None, None))[1], high.get(question, (None, None))[1]
            return None if lowest is None or highest is None else (lowest, highest)

        out, open_ = not_asked(plan.asking, places_of)
        left_out |= {f"{name}{mark}" for name in out}
        unsettled |= {f"{name}{mark}" for name in open_}
    return frozenset(left_out), frozenset(unsettled)


def settle_asking(
    plan: Plan, asked: Sequence[Question], given: Mapping[str, Rank | None]
) -> tuple[frozenset[str], frozenset[str]]:
    """The questions that are not asked, and those for which it is not settled."""
    if not plan.asking:
        return frozenset(), frozenset()
    open_ = [question for question in asked if question.id not in given]
    low = {question.id: question.ladder.lowest for question in open_}
    high = {question.id: question.ladder.highest for question in open_}
    out, unsettled = find_not_asked(plan, given, low, high)
    names = {question.id for question in asked}
    return out & names, unsettled & names


def without(cells: Mapping[str, Cell], names: frozenset[str]) -> Mapping[str, Cell]:
    """The answers in view but for some."""
    return {name: cell for name, cell in cells.items() if name not in names}


def given_places(asked: Sequence[Question], answers: Mapping[str, Answer]) -> dict[str, Rank | None]:
    """The place of every settled answer as it was given; None for one that is no level, being not applicable."""
    given: dict[str, Rank | None] = {}
    for question in asked:
        answer, meaning = answers[question.id], question.step.insufficient_evidence
        if answer.state == "assessed":
            given[question.id] = question.ladder.cell(answer.level or "")[1]
        elif answer.state == "not_applicable":
            given[question.id] = None
        elif answer.state == "insufficient_evidence" and meaning != "interval":
            key = {"lowest": question.ladder.worst_key, "unsatisfied": UNSATISFIED}.get(meaning)
            given[question.id] = None if key is None else question.ladder.cell(key)[1]
    return given


def answers_to_asked(answers: Mapping[str, Answer], out: frozenset[str]) -> dict[str, Answer]:
    """The answers to what is asked; one that was taken to be skipped, and is asked as these answers are, is empty."""
    return {
        name: Answer(answer.criterion, "empty") if answer.state == "not_asked" else answer
        for name, answer in answers.items()
        if name not in out
    }
