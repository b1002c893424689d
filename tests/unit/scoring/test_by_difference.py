"""Reviewers' answers joined by how far apart they are: exact, also while answers are open."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_sets import make, question, review, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.explain_round import explain_round
from granskning.scoring.rounds import RoundCard, score_round
from granskning.scoring.score import score_review

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.scoring.results.card import Score

RULES = "{method: by_difference, rules: [{at_most: 1, gives: lowest}, {at_most: 2, gives: mean}]}"
MEAN = f"criteria: {{method: mean}}\ntargets: {{method: mean}}\nreviewers: {RULES}"


def joint(made: CriteriaSet, *reviews: Review) -> RoundCard:
    plan = compile_criteria(made)
    return score_round(reviews, [score_review(one, plan) for one in reviews], made, plan)


def total(made: CriteriaSet, *reviews: Review) -> Score:
    card = joint(made, *reviews).card
    assert card is not None
    return card.total


def span(score: Score) -> tuple[object, object, str]:
    return score.low, score.high, score.bounds


def test_one_apart_the_lower_two_apart_the_mean_more_is_open() -> None:
    made = make(MEAN)
    assert total(made, review("anna", a=1, b=3, c=0), review("bo", a=2, b=1, c=0)).value == 1  # 1, 2, 0
    found = total(made, review("anna", a=0, b=3, c=0), review("bo", a=3, b=1, c=0))
    assert span(found) == (Fraction(2, 3), Fraction(5, 3), "exact")  # a is open, from 0 to 3
    assert found.so_far == 1
    assert (found.assessed, found.counts and found.counts["open"]) == (2, 1)


def test_an_open_answer_gives_just_what_its_completions_give() -> None:
    """Anna at 2 and Bo anything: 0 gives the mean 1, 1 the lower 1, 2 and 3 give 2."""
    found = total(make(MEAN), review("anna", a=2, b=0, c=0), review("bo", b=0, c=0))
    assert span(found) == (Fraction(1, 3), Fraction(2, 3), "exact")


def test_not_applicable_for_one_leaves_the_others_answer() -> None:
    made = make(MEAN, targets=[target("t", "a b")])
    found = total(made, review("anna", a=2, b="n/a"), review("bo", a=2, b=3))
    assert found.value == Fraction(5, 2)
    apart = total(made, review("anna", a=2, b="n/a"), review("bo", a=2, b="n/a"))
    assert (apart.value, apart.applicable) == (2, 1)


def test_it_says_how_each_question_came_out() -> None:
    made = make(MEAN)
    reviews = [review("anna", a=0, b=3, c=1), review("bo", a=3, b=1)]
    joint_card = joint(made, *reviews)
    plan = compile_criteria(made)
    explained = explain_round(joint_card, reviews, [score_review(one, plan) for one in reviews], made)
    told = {one.criterion: one for one in explained.joined}
    assert (told["a"].apart, told["a"].gives) == ((3, 3), ("open",))
    assert (told["b"].apart, told["b"].gives, told["b"].results) == ((2, 2), ("mean",), ("2",))
    assert told["c"].given == (("anna", "assessed", "1"), ("bo", "empty", None))
    assert (told["c"].apart, told["c"].results) == ((0, 2), ("0", "1", "2"))


LEVELS = (0, 1, 2, 3)
given_answers = st.lists(
    st.tuples(*(st.one_of(st.sampled_from(LEVELS), st.none()) for _ in range(2))), min_size=2, max_size=2
)


@pytest.mark.parametrize("scoring", ["mean", "weakest"])
@settings(max_examples=40, deadline=None)
@given(given_answers)
def test_the_interval_is_that_of_all_completions(scoring: str, answers: list[tuple[int | None, ...]]) -> None:
    """Each completion worked out by hand, by rules written anew: apart 1 the lower, apart 2 the highest, else open."""
    rules = "{method: by_difference, rules: [{at_most: 1, gives: lowest}, {at_most: 2, gives: highest}]}"
    made = make(
        f"criteria: {{method: {scoring}}}\ntargets: {{method: {scoring}}}\nreviewers: {rules}",
        targets=[target("t", "a b")],
    )

    def outcomes(pair: tuple[int, ...]) -> tuple[int, ...]:
        low, high = min(pair), max(pair)
        return (low,) if high - low <= 1 else (high,) if high - low <= 2 else LEVELS

    def possible(given_pair: tuple[int | None, ...]) -> set[int]:
        ways = product(*(LEVELS if one is None else (one,) for one in given_pair))
        return {result for way in ways for result in outcomes(way)}

    (a, b), (x, y) = answers
    sets = [possible((a, x)), possible((b, y))]
    results = [Fraction(sum(way), 2) if scoring == "mean" else Fraction(min(way)) for way in product(*sets)]
    reviews = []
    for name, row in zip(("anna", "bo"), answers, strict=True):
        levels: dict[str, Any] = {key: level for key, level in zip("ab", row, strict=True) if level is not None}
        reviews.append(review(name, **levels))
    card = joint(made, *reviews).card
    assert card is not None
    if card.total.standing in ("value", "interval"):
        assert span(card.total) == (min(results), max(results), "exact")
    else:
        assert all(len(one) == 4 for one in sets)


def test_a_question_that_a_reviewer_was_not_asked_is_the_others_answer() -> None:
    """Anna's answer to a leaves out b, Bo's does not; where only the joint answer asks for it, it has none yet."""
    asking = [question("a"), question("b", asked_if={"criterion": "a", "at_least": 2}), question("c")]
    made = make(MEAN.replace("gives: lowest", "gives: highest"), [target("t", asking)])
    anna, bo = review("anna", a=1, c=3), review("bo", a=2, b=1, c=3)
    assert total(made, anna, bo).value == 2
    assert span(total(made, review("anna", a=1, c=3), review("bo", a=1, c=3))) == (2, 2, "exact")
    mean = make(MEAN.replace("at_most: 1", "at_most: 0"), [target("t", asking[:2])])
    assert span(total(mean, review("anna", a=1), review("bo", a=3, b=2))) == (2, 2, "exact")
    only = make(MEAN, [target("t", [question("a"), question("b", asked_if={"criterion": "a", "is": 2})])])
    assert span(total(only, review("anna", a=1), review("bo", a=3))) == (1, Fraction(5, 2), "exact")


def test_one_question_with_too_many_completions_makes_the_bounds_outer_whatever_the_others_have() -> None:
    """Sixty answer nothing to a, which is not tried out, and one nothing to b, which is."""
    judged = [review(f"r{number}", b=3, c=0) for number in range(59)]
    found = total(make(MEAN), *judged, review("last", c=0))
    assert span(found) == (0, 2, "outer")
    assert total(make(MEAN), *judged[:1], review("last", c=0)).bounds == "exact"
