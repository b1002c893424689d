"""What a text takes up, question by question and target by target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_sets import card, make, question, target

from granskning.scoring.coverage import agreed_questions, carried_questions, carried_target, together
from granskning.scoring.outline import make_outline

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.coverage import Carried

MEAN = "criteria: {method: mean}"


def carried(made: CriteriaSet, **answers: Any) -> dict[str, Carried]:
    return carried_questions(card(made, **answers), made, make_outline(made))


def test_a_question_is_taken_up_above_the_lowest_level() -> None:
    made = make(MEAN, [target("t", "a b c d e")])
    assert carried(made, a=1, b=0, c="?", d="n/a", e="lacking") == {
        "a": "carried", "b": "lacking", "c": "unknown", "d": "not_applicable", "e": "unknown",
    }  # fmt: skip


def test_a_number_on_a_range_is_taken_up_above_its_least() -> None:
    scales = [{"id": "p", "range": {"from": 10, "to": 20}}]
    made = make(MEAN, [target("t", [question(name, scale="p") for name in "ab"])], scales=scales)
    assert carried(made, a=10, b=10.5) == {"a": "lacking", "b": "carried"}


def test_reviewers_who_do_not_see_it_alike_leave_it_unknown() -> None:
    made = make(MEAN)
    cards = [card(made, a=1, b=2, c=0), card(made, a=3, b=0, c=0)]
    agreed = agreed_questions(cards, made, make_outline(made))
    assert agreed == {"a": "carried", "b": "unknown", "c": "lacking"}
    assert carried_target(made.targets[0], agreed) == "carried"
    assert carried_target(made.targets[0], {**agreed, "a": "lacking"}) == "unknown"


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        (("lacking", "carried", "unknown"), "carried"),
        (("lacking", "unknown", "not_applicable"), "unknown"),
        (("not_applicable", "lacking"), "lacking"),
        (("not_asked", "not_applicable"), "not_applicable"),
        (("not_asked",), "not_asked"),
        ((), "not_asked"),
    ],
)
def test_the_first_that_occurs_speaks_for_all(states: tuple[Carried, ...], whole: Carried) -> None:
    assert together(states) == whole


def test_a_question_that_is_not_put_is_not_asked() -> None:
    made = make(MEAN, [target("t", [question("a", core=True), question("b")])])
    assert carried(made, form="short", a=2) == {"a": "carried", "b": "not_asked"}
