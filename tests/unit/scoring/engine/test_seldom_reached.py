"""What few sets bring about: what counts as absent, many open answers, sessions that forget, flat scales."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from small_sets import card, make, question, result, review, target

from granskning.scoring.engine.cached_evaluation import evaluate_cached
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.engine.session import ScoringSession
from granskning.scoring.explain import explain_review
from granskning.scoring.figures import make_figures
from granskning.scoring.joining_by_difference import join_by_difference
from granskning.scoring.outline import make_outline
from granskning.scoring.results.card import TOTAL
from granskning.scoring.rounds import score_round
from granskning.scoring.score import ScoringContext, asked_of, score_review, sound

if TYPE_CHECKING:
    from granskning.scoring.results.card import Score

TWO = [target("t", "a b"), target("u", "c")]
VALUES = "bands: [{from: 0, id: low, label: L, value: 1}, {from: 2, id: high, label: H, value: 5}]"
GIVES = "bands: [{from: 0, id: low, label: L, gives: 1}, {from: 2, id: high, label: H, gives: 3}]"


def absent(below: str, above: str, c: str = "n/a") -> tuple[Any, str | None]:
    """The total of a and b at 2 and a target `u` without a result, and what that counts as."""
    scored = card(make(f"criteria: {{{below}}}\ntargets: {{{above}}}", TWO), a=2, b=2, c=c)
    return scored.total.value, scored.targets[1].counted


@pytest.mark.parametrize(
    ("below", "above", "value", "counted"),
    [
        ("method: mean", "method: mean, not_applicable: {share: 50 %}", Fraction(7, 4), "3/2"),
        ("method: weakest", "method: mean, not_applicable: {share: 50 %}", Fraction(7, 4), "3/2"),
        # a band is no share of a way, so it stays out
        (f"method: mean, passes_on: band, {VALUES}", "method: mean, not_applicable: {share: 50 %}", 5, None),
        (f"method: mean, passes_on: band, {GIVES}", "method: mean, not_applicable: absent", 2, "1"),
        (f"method: mean, passes_on: band, {GIVES}", "method: mean, not_applicable: satisfied", 3, "3"),
        (f"method: mean, passes_on: band, {GIVES}", "method: mean, not_applicable: {level: 3}", 3, "3"),
        (
            f"method: mean, passes_on: band, {GIVES}",
            "method: mean, not_applicable: {level: 2}",
            3,
            None,
        ),  # no band gives it
    ],
)
def test_a_target_in_which_nothing_applies(below: str, above: str, value: Any, counted: str | None) -> None:
    assert absent(below, above) == (value, counted)


@pytest.mark.parametrize(
    ("below", "above", "value", "counted"),
    [
        (f"method: mean, passes_on: band, {GIVES}", "method: weakest", 0, "unsatisfied"),
        (f"method: mean, passes_on: band, {VALUES}", "method: weakest", 1, "unsatisfied"),
        (f"method: mean, passes_on: band, {VALUES}", "method: mean", 3, "unsatisfied"),  # the fewest points of a band
        (
            "method: mean, passes_on: points, points: [{at: 0, gives: 3}, {at: 3, gives: 0}]",
            "method: mean",
            Fraction(1, 2),
            "3",
        ),
        ("method: weakest", "method: weakest", 0, "unsatisfied"),
    ],
)
def test_a_target_without_evidence_that_counts_as_below_every_level(
    below: str, above: str, value: Any, counted: str
) -> None:
    assert absent(below, f"{above}, insufficient_evidence: unsatisfied", "lacking") == (value, counted)


def test_a_level_that_is_said_of_all_answers_and_is_none_of_a_targets_leaves_it_out() -> None:
    """A target whose result is a word is at no number, and one whose result is a number at no word."""
    words = [{"id": "w", "levels": [{"value": word, "label": word} for word in ("no", "part", "yes")]}]
    rules = (
        '{method: rules, scale: w, rules: [{when: {count: {at_least: 2}, at_least: 1}, gives: part}], otherwise: "no"}'
    )
    made = make(f"criteria: {rules}\ntargets: {{method: weakest}}\nnot_applicable: {{level: 1}}", TWO, scales=words)
    scored = card(made, a=2, b=2, c="n/a")
    assert (scored.total.outcome, scored.targets[1].counted) == ("part", None)
    asked = [target("t", [question("a", scale="w")]), target("u", [question("c", scale="w")])]
    shares = "criteria: {method: share_satisfied}\ntargets: {method: mean}\nnot_applicable: {level: part}"
    scored = card(make(shares, asked, scales=words), a="yes", c="n/a")
    assert (scored.total.value, scored.targets[1].counted) == (1, None)


def test_what_an_interval_means_leaves_a_part_as_it_is() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean, not_applicable: absent}", TWO)
    found = card(made, a=2, b=2, c="lacking")
    assert (found.total.low, found.total.high, found.targets[1].counted) == (1, Fraction(5, 2), None)


def test_a_question_asked_of_what_lacks_evidence() -> None:
    """b is asked where a is at most 0: below every level is; the lowest is; an interval may be."""
    asked = [question("a"), question("b", asked_if={"part": "a", "at_most": 0}), question("c")]
    for meaning, low, high in (
        ("unsatisfied", Fraction(5, 3), Fraction(5, 3)),
        ("lowest", Fraction(5, 3), Fraction(5, 3)),
        ("interval", 1, 3),
    ):
        made = make(f"criteria: {{method: mean, insufficient_evidence: {meaning}}}", [target("t", asked)])
        found = result(made, a="lacking", b=2, c=3)
        if meaning == "interval":
            assert (found.standing, found.low) == ("interval", Fraction(5, 3))
        else:
            assert (found.low, found.high) == (low, high)


def ends(score: Score) -> tuple[Any, Any, str]:
    return score.low, score.high, score.bounds


def test_ends_of_parts_that_share_no_answer_are_exact_although_all_ways_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each target has 10 ways, both together 100: they follow from the parts', which no answer moves together."""
    rules = "rules: [{when: {count: {is: 1}, exactly: 1}, gives: 3}], otherwise: 1"
    made = make(
        f"criteria: {{method: rules, {rules}}}\ntargets: {{method: mean}}", [target("t", "a b"), target("u", "c d")]
    )
    monkeypatch.setattr("granskning.scoring.engine.bounds.MOST", 10)
    assert ends(card(made).total)[2] == "exact"
    open_answers: dict[str, Any] = dict.fromkeys("abcd", "?")
    found = card(made, **{**open_answers, "a": 0})
    assert ends(found.total) == (1, 3, "exact")
    shared = make(
        f"criteria: {{method: rules, {rules}}}\ntargets: {{method: mean}}",
        [target("t", "a b"), target("u", "c d", counts_also=["a"])],
    )
    assert card(shared, **{**open_answers, "b": 0}).total.bounds == "outer"
    alone = make(f"criteria: {{method: rules, {rules}}}", [target("t", "a b c")])
    for most, bounds in ((10, "exact"), (9, "outer")):  # two alike on four levels: 10 ways
        monkeypatch.setattr("granskning.scoring.engine.bounds.MOST", most)
        assert result(alone, a="?", b="?", c=0).bounds == bounds


def test_on_a_range_with_steps_nothing_beyond_its_ends_is_tried() -> None:
    scales = [{"id": "n", "range": {"from": 0, "to": 4, "step": 2}}]
    asked = [question("a", scale="n"), question("b", scale="n")]
    made = make("criteria: {method: difference, of: [a, b]}", [target("t", asked)], scales=scales)
    assert ends(result(made, a="?", b=2)) == (-2, 2, "exact")


def test_a_session_that_remembers_too_much_forgets_and_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("granskning.scoring.engine.cached_evaluation._MOST", 1)
    made = make("criteria: {method: mean}\ntargets: {method: mean}")
    plan = compile_criteria(made)
    session = ScoringSession(plan)
    for level in (0, 3, 1, 3, 0):
        own = review(a=level, b=1, c=2)
        asked = asked_of(own, plan)
        answers = {each.id: sound(own.answers.get(each.criterion), each) for each in asked}
        assert ScoringContext(session, asked, answers).score(plan.nodes[TOTAL]).value == Fraction(level + 3, 3)
    assert evaluate_cached is not None
    assert all(len(cache.results) <= 1 for cache in session.nodes.values())


def test_two_open_answers_on_a_long_range_are_too_many_ways() -> None:
    scales = [{"id": "long", "range": {"from": 0, "to": 100, "step": 1}}]
    rules = "{method: by_difference, rules: [{at_most: 100, gives: lowest}]}"
    made = make(
        f"criteria: {{method: mean}}\nreviewers: {rules}", [target("t", [question("a", scale="long")])], scales=scales
    )
    both = join_by_difference([review("x"), review("y"), review("z", a=1)], made)[1][0]
    one = join_by_difference([review("x"), review("z", a=1)], made)[1][0]
    assert (both.apart, one.apart) == (None, (0, 99))


def test_a_merged_answer_is_satisfied_at_the_points_of_a_level() -> None:
    def share(at: str, *levels: int) -> Any:
        made = make(
            f"criteria: {{method: share_satisfied{at}}}\nreviewers: {{method: mean, of: answers}}", [target("t", "a")]
        )
        plan = compile_criteria(made)
        reviews = [review(name, a=level) for name, level in zip("xy", levels, strict=True)]
        joint = score_round(reviews, [score_review(each, plan) for each in reviews], made, plan).card
        assert joint is not None
        return joint.targets[0].score.value

    assert [share(", satisfied_at: 2", *levels) for levels in ((1, 3), (1, 2))] == [1, 0]  # means of 2 and of 3/2
    assert [share("", *levels) for levels in ((3, 3), (2, 3))] == [1, 0]


def test_a_target_on_levels_is_satisfied_at_the_highest_unless_told_otherwise() -> None:
    shares = "criteria: {method: weakest}\ntargets: {method: share_satisfied%s}"
    for at, value in (("", Fraction(1, 2)), (", satisfied_at: 2", 1)):
        assert result(make(shares % at, TWO), "total", a=3, b=3, c=2).value == value


def test_the_outline_gives_no_ends_of_a_target() -> None:
    [part] = make_outline(make("criteria: {method: weakest}\ntargets: {method: weakest}")).steps[TOTAL].parts
    assert (part.lowest, part.highest) == (None, None)


def test_bands_on_the_rounded_value() -> None:
    """7/5 is 1.4, below 1.5; rounded to whole numbers 3/2 is 2."""
    bands = "bands: [{from: 0, id: low, label: L}, {from: 1.5, id: high, label: H}]"
    asked = [target("t", [question("a", weight=3), question("b", weight=2)])]
    made = make(f"criteria: {{method: mean, {bands}, bands_on: rounded}}", asked)
    assert result(made, a=1, b=2).band == "low"
    whole = make(f"criteria: {{method: mean, {VALUES}, bands_on: rounded, rounding: {{decimals: 0}}}}", TWO)
    assert [result(whole, a=a, b=2, c=0).band for a in (0, 1)] == ["low", "high"]


def test_what_an_answer_counts_as_while_it_is_held_back() -> None:
    asked = [question("a", prerequisites=[{"criterion": "b", "at_least": 2, "otherwise": 1}]), question("b")]
    made = make("criteria: {method: mean}", [target("t", asked)])
    counted = [card(made, a=a, b=b).criteria_results[0].counted for a, b in ((3, 0), (3, 2), (0, 0), (2, "?"))]
    assert counted == ["1", "3", "0", "2"]


def test_strategies_that_cannot_be_counted_on_a_result_are_grouped_by_why() -> None:
    made = make(f"criteria: {{method: mean}}\ntargets: {{method: mean, {VALUES}}}")
    cards = {"none": card(made, a="n/a", b="n/a", c="n/a"), "open": card(made), "all": card(made, a=3, b=3, c=3)}
    [figure] = make_figures(cards, {}, compile_criteria(made), {}).figures
    assert [(group.kind, group.id, group.strategies) for group in figure.groups] == [
        ("band", "low", ()), ("band", "high", ("all",)), ("cannot_be_assessed", "", ("open",)),
        ("not_applicable", "", ("none",)),
    ]  # fmt: skip


def test_no_overall_figure() -> None:
    found = result(make("criteria: {method: mean}\ntargets: {method: none}"), "total", a=1, b=1, c=1)
    assert (found.value, found.outcome) == (None, None)


def test_a_gate_at_the_very_level_leaves_the_rule_that_decided() -> None:
    rules = "{method: rules, rules: [{when: {part: a, at_least: 1}, gives: 1}], otherwise: 0}"
    gate = "gates: [{id: g, when: {part: b, below: 1}, cap: {target: t, at: 1}, why: w}]"
    made = make(f"criteria: {rules}\n{gate}")
    score = result(made, a=1, b=0, c=0)
    assert (score.outcome, score.rule) == ("1", 0)


def test_a_share_that_is_held_back_has_the_fewer_points_and_no_place() -> None:
    asked = [question("a", prerequisites=[{"criterion": "b", "at_least": 2, "otherwise": 1}]), question("b")]
    made = make("criteria: {method: mean, not_applicable: {share: 50 %}}", [target("t", asked)])
    assert result(made, a="n/a", b=0).value == Fraction(1, 2)  # 1 of the half of 3, and 0
    assert result(made, a="n/a", b=3).value == Fraction(9, 4)


def test_the_band_alone_is_told_where_bounds_do_not_shrink() -> None:
    def alone(meaning: str, **answers: Any) -> str | None:
        made = make(f"criteria: {{method: sum, not_applicable: {meaning}, {VALUES}}}")
        return explain_review(review(**answers), compile_criteria(made))["t"].band_alone

    assert alone("exclude", a=3, b=0, c="n/a") == "high"
    assert alone("shrink_bounds", a=3, b=0, c="n/a") is None
    assert alone("exclude", a="n/a", b="n/a", c="n/a") is None


def test_a_result_in_no_band_passes_nothing_on() -> None:
    """A difference of -1 is below the first band; of 2 in the second."""
    below = f"criteria: {{method: difference, of: [a, b], passes_on: band, {VALUES}}}\ntargets: {{method: mean}}"
    made = make(below, [target("t", "a b")])
    assert card(made, a=0, b=1).total.value is None
    assert card(made, a=3, b=1).total.value == 5
    found = card(made, a="?", b=1).total
    assert found.high == 5
