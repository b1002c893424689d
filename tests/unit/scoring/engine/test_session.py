"""A session remembers for the task that has it; a plan is the same before and after it was scored with."""

from __future__ import annotations

from fractions import Fraction

import pytest
import small_sets

from granskning.model.method import Scale
from granskning.scoring.engine.compiled_scale import make_ladder
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.score import ScoringSession, score_results, score_review


def test_the_same_answers_are_worked_out_once() -> None:
    plan = compile_criteria(small_sets.make("method: mean"))
    session = ScoringSession(plan)
    first = score_review(small_sets.review(a=1, b=2, c=3), plan, session=session)
    nodes = {name: dict(cache.results) for name, cache in session.nodes.items()}
    again = score_review(small_sets.review("y", a=1, b=2, c=3), plan, session=session)
    assert again.targets[0].score is first.targets[0].score
    assert {name: dict(cache.results) for name, cache in session.nodes.items()} == nodes


def test_a_review_by_itself_needs_no_session() -> None:
    plan = compile_criteria(small_sets.make("method: mean"))
    review = small_sets.review(a=1, b=2, c=3)
    assert score_review(review, plan) == score_review(review, plan, session=ScoringSession(plan))


def test_results_alone_are_those_of_the_card_the_first_time_and_the_next() -> None:
    plan = compile_criteria(small_sets.make("criteria: {method: mean}\ntargets: {method: mean}"))
    session = ScoringSession(plan)
    for answers in ({"a": 1, "b": 2, "c": 3}, {"a": 3, "b": "?", "c": "n/a"}):
        review = small_sets.review(**answers)
        scored = score_review(review, plan)
        assert score_results(review, plan, session) == score_results(review, plan) == (scored.total, scored.targets)


def test_a_session_of_another_plan_is_refused() -> None:
    plan, other = (compile_criteria(small_sets.make("method: mean")) for _ in range(2))
    with pytest.raises(ValueError, match="another plan's"):
        score_review(small_sets.review(a=1), plan, session=ScoringSession(other))


def test_a_scale_is_the_same_after_it_was_asked() -> None:
    scale = make_ladder(Scale("", minimum=Fraction(0), maximum=Fraction(10)))
    before = dict(scale.cells)
    assert scale.cell("3.5") == (Fraction(7, 2), Fraction(7, 2))
    assert scale.cells == before
