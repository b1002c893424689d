"""Reviewers' answers joined by difference on ranges, words and uneven levels, and where there are too many ways."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from small_sets import make, question, review, target

from granskning.scoring.joining_by_difference import join_by_difference, readable

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.results.explanation import JoinedAnswer

SCALES = [
    {"id": "steps", "range": {"from": 0, "to": 10, "step": 5}},
    {"id": "fine", "range": {"from": 0, "to": 10}},
    {"id": "many", "range": {"from": 0, "to": 4096, "step": 1}},
    {"id": "curve", "range": {"from": 0, "to": 10, "step": 5},
     "points": [{"at": 0, "gives": 10}, {"at": 10, "gives": 0}]},
    {"id": "uneven", "levels": [{"value": n, "label": str(n), "points": n * n} for n in (0, 1, 2, 3)]},
]  # fmt: skip


def joining(outcome: str, at_most: int = 20, scale: str | None = None, **more: Any) -> CriteriaSet:
    """A set of one question `a` whose answers give that outcome however far they are apart up to `at_most`."""
    rules = f"{{method: by_difference, rules: [{{at_most: {at_most}, gives: {outcome}}}]}}"
    asked = question("a", **({"scale": scale} if scale else {}))
    scoring = f"{{criteria: {{method: mean, {more.pop('step', 'rounding: {decimals: 1}')}}}, reviewers: {rules}}}"
    return make(scoring, [target("t", [asked])], scales=SCALES, **more)


def joined(made: CriteriaSet, *answers: Any) -> tuple[JoinedAnswer, Any]:
    """How a came out, and the result of its target at the lowest and the highest."""
    reviews = [
        review(name, **({} if answer is None else {"a": answer})) for name, answer in zip("xyz", answers, strict=False)
    ]
    context, [told] = join_by_difference(reviews, made)
    low, high = context.ends.results["t"]
    return readable(told), (low.value, high.value, "outer" if context.is_outer("t") else "exact")


@pytest.mark.parametrize(
    ("outcome", "result"), [("lowest", "0"), ("highest", "3"), ("median", "2"), ("mean", "5/3"), ("open", None)]
)
def test_what_a_rule_makes_of_three_answers(outcome: str, result: str | None) -> None:
    told, (low, high, bounds) = joined(joining(outcome), 3, 0, 2)
    assert (told.apart, told.gives, bounds) == ((3, 3), (outcome,), "exact")
    assert told.results == (("0", "1", "2", "3") if result is None else (result,))
    assert (low, high) == ((0, 3) if result is None else (Fraction(result), Fraction(result)))


def test_of_four_the_lower_of_the_two_in_the_middle_and_of_equal_ones_their_own() -> None:
    assert joined(joining("median"), 3, 0)[0].results == ("0",)
    assert joined(joining("mean"), 2, 2)[0].results == ("2",)
    assert joined(joining("mean"), 1, 3)[0].results == ("2",)  # the level that has just these points


def test_the_mean_of_points_is_the_level_that_has_them_or_a_number_of_its_own() -> None:
    told, ends = joined(joining("mean", scale="uneven"), 1, 3)  # 1 and 9 points
    assert (told.results, ends) == (("5",), (5, 5, "exact"))
    assert joined(joining("mean", scale="uneven"), 0, 1, 2)[0].results == ("5/3",)


def test_how_far_up_a_mean_lies_decides_conditions() -> None:
    """1 and 9 points are 5: past level 2, which has 4, and short of level 3."""
    for bar, value in ((2, 5), (3, 1)):
        gate = f"gates: [{{id: g, when: {{criterion: a, below: {bar}}}, cap: {{target: t, at: 1}}}}]"
        rules = "{method: by_difference, rules: [{at_most: 9, gives: mean}]}"
        asked = [target("t", [question("a", scale="uneven")])]
        made = make(f"criteria: {{method: mean}}\nreviewers: {rules}\n{gate}", asked, scales=SCALES)
        assert joined(made, 1, 3)[1][:2] == (value, value)


def test_on_a_range_every_step_of_an_open_answer_is_tried() -> None:
    told, ends = joined(joining("lowest", scale="steps"), 5, None)
    assert (told.apart, told.results, ends) == ((0, 5), ("0", "5"), (0, 5, "exact"))
    assert told.given == (("x", "assessed", "5"), ("y", "empty", None))
    told, ends = joined(joining("mean", scale="curve"), 5, None)  # 5 points with 10, 5 or 0
    assert (set(told.results), ends) == ({"15/2", "5", "5/2"}, (Fraction(5, 2), Fraction(15, 2), "exact"))


@pytest.mark.parametrize("scale", ["fine", "many"])
def test_where_there_are_too_many_ways_it_may_be_anything(scale: str) -> None:
    told, (low, _, bounds) = joined(joining("lowest", scale=scale), 5, None)
    assert (told.apart, told.gives) == (None, ())
    assert (low, bounds) == (0, "outer")


def test_below_every_level_is_the_lowest_of_all_and_has_a_readable_key() -> None:
    step = "insufficient_evidence: unsatisfied"
    told, ends = joined(joining("lowest", step=step), 2, "lacking")
    assert (told.given, told.results) == (
        (("x", "assessed", "2"), ("y", "insufficient_evidence", "unsatisfied")), ("unsatisfied",),
    )  # fmt: skip
    assert (told.apart, ends) == ((3, 3), (0, 0, "exact"))


def test_where_all_have_set_it_aside_it_is_set_aside_and_else_it_is_open() -> None:
    made = joining("lowest", 0)

    def state(*answers: Any) -> tuple[str, str | None]:
        reviews = [
            review(name, **({} if answer is None else {"a": answer}))
            for name, answer in zip("xy", answers, strict=True)
        ]
        answer = join_by_difference(reviews, made)[0].answers["a"]
        return answer.state, answer.level

    assert state("n/a", "n/a") == ("not_applicable", None)
    assert state("n/a", "?") == ("open", None)
    assert state("n/a", None) == ("empty", None)
    assert state("lacking", "lacking") == ("insufficient_evidence", None)
    assert state(2, "n/a") == ("assessed", "2")
    assert state(2, 3) == ("open", None)
    assert state(2, None) == ("open", None)


def test_what_is_settled_is_told_as_one_result_whatever_the_scale() -> None:
    one = joining("lowest", scale="steps")
    context, _ = join_by_difference([review("x", a=5), review("y", a=10)], one)
    assert context.session.plan.questions["a"].reach == ()
    open_one, _ = join_by_difference([review("x", a=5), review("y")], one)
    assert open_one.session.plan.questions["a"].reach == ("0", "5")


def test_only_the_questions_that_are_asked_for_are_joined() -> None:
    made = make("criteria: {method: mean}\nreviewers: {method: by_difference, rules: [{at_most: 9, gives: lowest}]}")
    reviews = [review("x", a=1, b=2, c=3), review("y", a=2, b=2, c=2)]
    assert [each.criterion for each in join_by_difference(reviews, made)[1]] == ["a", "b", "c"]
    assert [each.criterion for each in join_by_difference(reviews, made, frozenset({"b"}))[1]] == ["b"]
    core = make("criteria: {method: mean}\nreviewers: {method: by_difference, rules: [{at_most: 9, gives: lowest}]}",
                [target("t", [question("a", core=True), question("b")])])  # fmt: skip
    short = [review("x", form="short", a=1, b=2), review("y", a=2, b=3)]
    assert [(each.criterion, len(each.given)) for each in join_by_difference(short, core)[1]] == [("a", 2), ("b", 1)]
