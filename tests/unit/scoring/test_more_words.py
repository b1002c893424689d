"""The words of the language that say more than a mean: each with an example worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from small_sets import card, make, question, read, result, review, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.explain import explain
from granskning.scoring.results.numbers import ExactRoot
from granskning.scoring.rounds import score_round
from granskning.scoring.score import score_review
from granskning.workspace.checks.check_criteria import check_criteria
from granskning.workspace.effects.check_meaning import check_meaning
from granskning.workspace.schema.modelling import criteria_set
from granskning.workspace.schema.put import as_put, asked_not, kept_against

if TYPE_CHECKING:
    from granskning.model.review import Review

EVIDENCE = {"edition": "e", "page": 1, "quote": "q"}


def asked(given: str) -> Any:
    """A set with the questions a, b and c, of which b says more."""
    return make("criteria: {method: mean}", [target("t", [question("a"), question("b", **read(given)), question("c")])])


def reviewed(made: Any, **answers: Any) -> Review:
    return as_put(review(**answers), made, None)


def codes(scoring: str, *asked_: dict[str, Any], **head: Any) -> list[str]:
    values = {
        "id": "s", "version": "1.0.0", "title": "S", "language": "en",
        "scale": [{"value": level, "label": str(level)} for level in range(4)],
        "targets": [target("t", asked_ or [question("a"), question("b"), question("c")])],
        "scoring": {"criteria": {"method": "mean"}, "targets": {"method": "none"}, **read(scoring)}, **head,
    }  # fmt: skip
    found = check_criteria(values, criteria_set(values, "criteria/s.yaml"), ())
    return [one.rule.code for one in found if one.rule.code not in ("GR457", "GR459")]


# --- evidence -------------------------------------------------------------------------------------------------------


def test_an_answer_without_evidence_counts_as_the_level_that_is_said() -> None:
    made = asked("without_evidence: 1")
    bare, supported = review(a=0, b=3, c=2), review(a=0, b=3, c=2)
    answers = {**supported.answers, "b": replace(supported.answers["b"], evidence=(EVIDENCE,))}  # type: ignore[arg-type]
    plan = compile_criteria(made)
    assert score_review(bare, plan).targets[0].score.value == 1
    assert score_review(replace(supported, answers=answers), plan).targets[0].score.value == Fraction(5, 3)
    unfound = {**answers, "b": replace(answers["b"], evidence_not_found=True)}
    told = score_review(replace(supported, answers=unfound), plan)
    assert told.targets[0].score.value == 1
    assert [one.lacks_evidence for one in told.criteria_results] == [None, "not_found", None]


def test_evidence_never_makes_more_of_an_answer_and_leaves_what_is_open_open() -> None:
    made = asked("without_evidence: {3: 1}")
    assert result(made, a=0, b=0, c=0).value == 0
    open_ = result(made, a=0, b="?", c=0)
    assert (open_.low, open_.high) == (0, 1)


@pytest.mark.parametrize("given", ["{without_evidence: 3}", "{without_evidence: 9}", "{without_evidence: {0: 2}}"])
def test_a_level_that_lowers_nothing_is_told(given: str) -> None:
    assert codes("{}", question("a", **read(given))) in (["GR438"], ["GR409"])


# --- results --------------------------------------------------------------------------------------------------------


def test_points_are_taken_of_the_mean_and_not_of_each_answer() -> None:
    made = make("criteria: {method: mean, points: [{at: 0, gives: 0}, {at: 2, gives: 10}, {at: 3, gives: 0}]}")
    assert result(made, a=1, b=1, c=2).value == Fraction(20, 3)
    turned = result(made, a=2, b=2, c="?")  # 4/3 to 7/3, and the most lies between
    assert (turned.low, turned.high) == (Fraction(20, 3), 10)


def test_what_is_passed_on_is_what_is_shown() -> None:
    two = [target("t", "a b c"), target("u", "d")]
    made = make("{criteria: {method: mean, passes_on: rounded, rounding: {decimals: 0}}, targets: {method: mean}}", two)
    assert result(made, "total", a=1, b=1, c=0, d=0).value == Fraction(1, 2)


@pytest.mark.parametrize(
    ("step", "value"),
    [
        ("{method: harmonic_mean}", Fraction(18, 11)),
        ("{method: power_mean, exponent: 2}", ExactRoot(Fraction(14, 3), 2)),
        ("{method: trimmed_mean, trim: 1}", 2),
        ("{method: trimmed_mean, trim: 50 %}", 2),
        ("{method: difference, of: [a, c]}", -2),
        ("{method: quotient, of: [a, c]}", Fraction(1, 3)),
    ],
)
def test_other_methods(step: str, value: Any) -> None:
    assert result(make(f"criteria: {step}"), a=1, b=2, c=3).value == value


def test_a_quotient_by_nothing_is_no_number() -> None:
    made = make("criteria: {method: quotient, of: [a, c]}")
    assert result(made, a=1, b=2, c=0).standing == "cannot_be_assessed"
    assert result(made, a="?", b=2, c=2).high == Fraction(3, 2)


@pytest.mark.parametrize(("method", "value"), [("difference", Fraction(-1, 2)), ("quotient", Fraction(4, 5))])
def test_a_pair_of_pooled_questions_is_that_of_their_means(method: str, value: Fraction) -> None:
    made = make(f"{{criteria: {{method: {method}, of: [a, c]}}, reviewers: {{method: pooled}}}}")
    both = (review("x", a=1, b=0, c=3), review("y", a=3, b=0, c=2))
    plan = compile_criteria(made)
    card = score_round(both, [score_review(one, plan) for one in both], made, plan).card
    assert card is not None
    assert card.targets[0].score.value == value


def test_bands_give_levels_that_the_next_step_counts() -> None:
    low, high = "{from: 0, id: lo, label: Lo, gives: 0}", "{from: 2, id: hi, label: Hi, gives: 3}"
    step = f"{{method: mean, passes_on: band, bands: [{low}, {high}]}}"
    rules = "{method: rules, rules: [{when: {count: {is: 3}, at_least: 1}, gives: 2}], otherwise: 0}"
    made = make(f"{{criteria: {step}, targets: {rules}}}")
    assert (result(made, "total", a=3, b=3, c=0).outcome, result(made, "total", a=1, b=3, c=0).outcome) == ("2", "0")


def test_rounding_up_and_fractions() -> None:
    made = make(
        "{criteria: {method: mean, rounding: {decimals: 0, mode: up}, passes_on: rounded}, targets: {method: mean}}",
        [target("t", [question("a"), question("b", weight="1/3")])],
        ("1/3", 2),
    )
    assert result(made, "total", a="1/3", b="1/3").value == 1
    assert result(made, a=2, b="1/3").value == Fraction(19, 12)


# --- what does not apply --------------------------------------------------------------------------------------------


def test_not_applicable_as_a_share_of_the_scale_or_as_the_question_says() -> None:
    share = make("criteria: {method: mean, not_applicable: {share: 1/2}}")
    assert result(share, a=0, b="n/a", c=0).value == Fraction(1, 2)
    own = make("criteria: {method: mean}", [target("t", [question("a"), question("b", not_applicable="satisfied")])])
    assert result(own, a=0, b="n/a").value == Fraction(3, 2)
    assert codes("criteria: {method: best, not_applicable: {share: 1/2}}") == ["GR426"]


def test_evidence_that_lacks_can_be_left_out() -> None:
    made = make("criteria: {method: mean, insufficient_evidence: exclude}")
    left = result(made, a=1, b="lacking", c=2)
    assert (left.value, left.assessed, left.applicable) == (Fraction(3, 2), 2, 3)
    assert result(made, a="lacking", b="lacking", c="lacking").standing == "cannot_be_assessed"


def test_a_level_that_means_not_applicable_is_that_state_and_no_completion() -> None:
    scale = [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"},
             {"value": "na", "label": "N/A", "means_not_applicable": True}]  # fmt: skip
    made = make("criteria: {method: mean}", [target("t", "a b")], scale=scale)
    told = score_review(reviewed(made, a=1, b="na"), compile_criteria(made))
    assert (told.targets[0].score.value, told.criteria_results[1].state) == (1, "not_applicable")
    assert (result(made, a=1, b="?").low, result(made, a=1, b="?").high) == (Fraction(1, 2), 1)


# --- what is asked --------------------------------------------------------------------------------------------------


def test_a_question_is_asked_only_if_another_has_a_certain_answer() -> None:
    made = asked("asked_if: {criterion: a, at_least: 2}")
    assert [one.state for one in card(made, a=1, b=0, c=3).criteria_results] == ["assessed", "not_asked", "assessed"]
    assert result(made, a=1, b=0, c=3).value == 2
    assert result(made, a=3, b=0, c=3).value == 2
    assert reviewed(made, a=1, c=3).answers["b"].state == "not_asked"
    assert result(made, a=1, c=3).asked == 2


def test_both_ways_count_while_it_is_open_what_is_asked() -> None:
    made = asked("asked_if: {criterion: a, at_least: 2}")
    open_ = result(made, b=2, c=3)  # a at 0 without b, and a at 3 with it
    assert (open_.low, open_.high, open_.bounds) == (Fraction(3, 2), Fraction(8, 3), "exact")
    assert result(made, a="n/a", b=0, c=3).value == 3


def test_where_too_many_answers_decide_what_is_asked_no_bound_is_told() -> None:
    deciding = [question(f"q{number}") for number in range(8)]
    depending = [question(f"d{number}", asked_if={"criterion": f"q{number}", "is": 3}) for number in range(8)]
    made = make("criteria: {method: mean}", [target("t", [*deciding, *depending])])
    assert result(made, d0=1).standing == "cannot_be_assessed"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("{asked_if: {criterion: b, is: 1}}", "GR424"),
        ("{asked_if: {criterion: z, is: 1}}", "GR406"),
        ("{asked_if: {criterion: a, is: 9}}", "GR409"),
        ("{asked_if: {count: {is: 1}, at_least: 1}}", "GR425"),
    ],
)
def test_what_a_question_cannot_be_asked_by(given: str, code: str) -> None:
    assert codes("{}", question("a"), question("b", **read(given))) == [code]


@pytest.mark.parametrize(
    ("scoring", "code"),
    [
        ("criteria: {method: best, points: [{at: 0, gives: 1}]}", "GR427"),
        ("criteria: {method: mean, points: [{at: 1, gives: 1}, {at: 0, gives: 2}]}", "GR428"),
        ("criteria: {method: mean, between: step}", "GR426"),
        ("criteria: {method: quotient, of: [a, z]}", "GR406"),
        ("criteria: {method: quotient}", "GR426"),
        ("criteria: {method: power_mean}", "GR426"),
        ("criteria: {method: best, passes_on: rounded}", "GR427"),
        ("criteria: {method: mean, passes_on: band, bands: [{from: 0, id: a, label: A, gives: 9}]}", "GR409"),
        ("criteria: {method: mean, bands: [{from: 0, id: a, label: A, gives: 1}]}", "GR438"),
    ],
)
def test_what_a_step_cannot_say(scoring: str, code: str) -> None:
    assert code in codes(scoring)


# --- what may be set aside ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("not_applicable: allowed, not_applicable_if: {criterion: b, is: 1}", "GR406"),
        ("not_applicable: allowed, not_applicable_if: {criterion: a, is: 9}", "GR409"),
        ("not_applicable: allowed, not_applicable_if: {count: {is: 1}, at_least: 1}", "GR425"),
        ("not_applicable: not_allowed, not_applicable_if: {criterion: a, is: 1}", "GR438"),
    ],
)
def test_what_not_applicable_cannot_hang_on(given: str, found: str) -> None:
    assert codes("{}", question("a"), question("b") | read(f"{{{given}}}")) == [found]


def test_an_answer_counts_as_given_so_far_while_it_is_not_settled_whether_it_is_asked() -> None:
    """What it is held back to shows once it is asked."""
    needs = [{"criterion": "c", "at_least": 2, "otherwise": 1}]
    asking = [question("a"), question("b", asked_if={"part": "a", "at_least": 2}, prerequisites=needs), question("c")]
    made = make("criteria: {method: mean}", [target("t", asking)])
    for a, counted in (("?", "3"), (2, "1"), (0, None)):
        assert card(made, a=a, b=3, c=0).criteria_results[1].counted == counted
    assert [one.id for one in card(made, a=0, b=3, c=0).criteria_results] == ["a", "b", "c"]


def test_what_may_not_be_asked_is_not_among_the_possible_where_it_is_not() -> None:
    asking = [question("a"), question("b", asked_if={"part": "a", "at_least": 2}), question("c")]
    made = make("criteria: {method: share_of_possible}", [target("t", asking)])
    found = result(made, a="?", b=0, c=3)  # a at 0: 3 of 6; at 1: 4 of 6; at 2: 5 of 9; at 3: 6 of 9
    assert (found.low, found.high, found.bounds) == (Fraction(1, 2), Fraction(2, 3), "exact")


def test_what_is_settled_and_what_is_open_beside_a_question_that_is_not_asked() -> None:
    needs = [{"criterion": "c", "at_least": 2, "otherwise": 1}]
    asking = [question("a", prerequisites=needs), question("b", asked_if={"part": "a", "at_least": 2}), question("c")]
    made = make("criteria: {method: mean}", [target("t", asking)])
    found = result(made, a=1, b=3, c="?")
    assert (found.low, found.high) == (Fraction(1, 2), 2)
    assert result(made, a=1, b=3, c=2).value == Fraction(3, 2)


def test_not_applicable_hangs_on_answers_as_long_as_they_are_settled_and_asked() -> None:
    asking = [
        question("a"),
        question("b", asked_if={"criterion": "a", "at_least": 1}),
        question("c", not_applicable_if={"any": [{"criterion": "a", "is": 0}, {"criterion": "b", "at_least": 2}]}),
    ]
    made = make("criteria: {method: mean}", [target("t", asking)])

    def kept(**answers: Any) -> set[str]:
        given = review(**answers).answers
        return set(kept_against(made, given, asked_not(made, given)[0]))

    assert kept(a=0, b=0) == kept(a=1, b=2) == kept(a="?") == kept(a=1) == set()
    assert kept(a=1, b=1) == kept(a=1, b="n/a") == {"c"}


# --- counted otherwise than shown -----------------------------------------------------------------------------------

OTHERWISE = "criteria: {method: mean, passes_on: points, points: [%s]}\ntargets: {method: %s}"
UP, DOWN = "{at: 0, gives: 0}, {at: 2, gives: 10}", "{at: 0, gives: 4}, {at: 3, gives: 1}"
TWO = [target("t", "a b"), target("u", "c")]


def test_a_part_is_shown_as_its_number_and_counts_as_points_of_it() -> None:
    made = make(OTHERWISE % (UP, "mean"), TWO)
    assert [result(made, of, a=1, b=2, c=1).value for of in ("t", "u", "total")] == [Fraction(3, 2), 1, Fraction(25, 4)]
    open_ = result(made, "total", a=1, b="?", c=1)
    assert (open_.low, open_.high, open_.bounds) == (Fraction(15, 4), Fraction(15, 2), "exact")


def test_points_that_fall_count_the_highest_lowest() -> None:
    made = make(OTHERWISE % (DOWN, "share_of_possible"), TWO)
    assert result(made, "total", a=0, b=0, c=3).value == Fraction(1, 2)
    open_ = result(made, "total", a=3, b="?", c=3)
    assert (open_.low, open_.high, open_.bounds) == (0, Fraction(1, 4), "exact")
    absent = make(f"{OTHERWISE % (DOWN, 'mean')}\nnot_applicable: absent", TWO)
    assert result(absent, "total", a=0, b=0, c="n/a").value == Fraction(5, 2)


@pytest.mark.parametrize(
    ("scoring", "code"),
    [
        ("criteria: {method: mean, passes_on: points}", "GR426"),
        ("criteria: {method: best, passes_on: points, points: [{at: 0, gives: 1}]}", "GR427"),
        (f"criteria: {{method: mean, passes_on: points, points: [{UP}, {{at: 4, gives: 0}}]}}", "GR428"),
    ],
)
def test_what_cannot_count_otherwise(scoring: str, code: str) -> None:
    assert code in codes(scoring)


# --- a table over counts --------------------------------------------------------------------------------------------

COUNTS = "counts: [{id: low, count: {below: 1}}, {id: top, count: {is: 3}}]"
COUNTED = f"""criteria:
  method: table
  {COUNTS}
  rows: [{{when: {{low: 0, top: 2+}}, gives: 3}}, {{when: {{low: 0, top: [0, 1]}}, gives: 2}},
         {{when: {{low: [1, 3]}}, gives: 1}}]
  otherwise: 0"""


def test_a_table_over_counts_decides_by_how_many() -> None:
    made = make(COUNTED)
    outcomes = [
        result(made, a=a, b=b, c=c).outcome for a, b, c in [(3, 3, 1), (3, 1, 2), (0, 3, 3), (0, 0, 3), (0, 0, 0)]
    ]
    assert outcomes == ["3", "2", "1", "0", "1"]
    open_ = result(made, a=3, b="?", c=2)
    assert (open_.low_outcome, open_.high_outcome, open_.bounds) == ("1", "3", "exact")
    assert result(made, a=3, b="n/a", c=3).outcome == "3"


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("rows: [{when: {low: 0}, gives: 3}, {when: {low: 1+}, gives: 0}]", ["GR438"]),  # no row looks at top
        ("rows: [{when: {low: 0, top: 0+}, gives: 3}, {when: {low: 1}, gives: 0}]", ["GR421"]),
        ("rows: [{when: {low: 0+}, gives: 3}, {when: {top: 2}, gives: 0}]", ["GR422"]),
        ("rows: [{when: {low: 0+}, gives: 3}, {when: {low: 2, top: 2}, gives: 3}]", ["GR461"]),
        ("rows: [{when: {low: 0+, top: 0+}, gives: 3}], otherwise: 0", ["GR438"]),
        ("rows: [{when: {low: 1.5}, gives: 3}, {when: {top: x}, gives: 3}], otherwise: 0", ["GR425", "GR425"]),
    ],
)
def test_what_a_table_over_counts_cannot_say(table: str, found: list[str]) -> None:
    values = {
        "id": "s", "version": "1.0.0", "title": "S", "scale": [{"value": n, "label": str(n)} for n in range(4)],
        "targets": [target("t", [question(name, levels=dict.fromkeys("0123", name)) for name in "abc"])],
        "scoring": {**read(f"criteria: {{method: table, {COUNTS}, {table}}}"), "targets": {"method": "none"}},
    }  # fmt: skip
    made = criteria_set(values, "f")
    faults = [*check_criteria(values, made, ())] or [*check_meaning(values, made, is_sound=True)]
    assert [one.rule.code for one in faults if one.rule.code != "GR469"] == found


def test_counted_columns_are_named_apart_and_belong_to_tables() -> None:
    named = "counts: [{id: a, count: {is: 3}}], rows: [{when: {a: 0+}, gives: 0}]"
    assert codes(f"criteria: {{method: table, {named}}}") == ["GR425"]
    assert codes(f"criteria: {{method: mean, {COUNTS}}}") == ["GR427"]


# --- what counts in several targets ---------------------------------------------------------------------------------

MEANS = "criteria: {method: mean}\ntargets: {method: mean}"


def test_a_question_and_a_result_count_in_another_target_too() -> None:
    made = make(MEANS, [target("t", "a b", counts_also=["c", "v"]), target("u", "c"), target("v", "d e")])
    found = {of: result(made, of, a=0, b=1, c=3, d=2, e="?") for of in ("t", "u", "v", "total")}
    assert (found["t"].low, found["t"].high, found["t"].asked) == (Fraction(5, 4), Fraction(13, 8), 5)
    assert (found["u"].value, found["total"].asked, found["total"].bounds) == (3, 5, "exact")
    assert found["total"].low == (Fraction(5, 4) + 3 + 1) / 3
    moved = review(a=0, b=1, c=3, d=2, e=1)
    assert [one.id for one in explain(moved, made).steps["t"].parts] == ["a", "b", "c", "v"]


def test_what_does_not_apply_is_counted_where_a_shared_question_does() -> None:
    made = make(f"{MEANS}\nnot_applicable: satisfied", [target("t", "a", counts_also=["c"]), target("u", "c")])
    assert result(made, a="n/a", c=1).value == 2
    assert result(made, a="n/a", c="n/a").standing == "not_applicable"


@pytest.mark.parametrize("method", ["pooled", "mean", "median"])
def test_shared_questions_of_several_reviewers(method: str) -> None:
    joined = f"{MEANS}\nreviewers: {{method: {method}, of: answers}}"
    made = make(joined.replace(", of: answers", "") if method == "pooled" else joined,
                [target("t", "a", counts_also=["c"]), target("u", "c")])  # fmt: skip
    plan, both = compile_criteria(made), (review("x", a=1, c=3), review("y", a=3, c=1))
    card_ = score_round(both, [score_review(one, plan) for one in both], made, plan).card
    assert card_ is not None
    assert [one.score.value for one in card_.targets] == ([1, 1] if method == "median" else [2, 2])


@pytest.mark.parametrize(
    ("also", "code"),
    [
        ({"t": ["a"]}, "GR475"),
        ({"t": ["t"]}, "GR475"),
        ({"t": ["z"]}, "GR406"),
        ({"t": ["u"], "u": ["t"]}, "GR424"),
    ],
)
def test_what_cannot_count_in_a_target_too(also: dict[str, list[str]], code: str) -> None:
    targets = [
        target(name, asked_) | ({"counts_also": also[name]} if name in also else {})
        for name, asked_ in (("t", "a b"), ("u", "c"))
    ]
    assert code in codes("{}", targets=targets)


def test_the_rule_that_decided_is_the_same_whatever_else_is_open() -> None:
    """A gate holds the result down; that another target is open changes nothing in what is told of this one."""
    rules = "{method: rules, rules: [{when: {part: a, at_least: 2}, gives: 3}], otherwise: 0}"
    gate = "gates: [{id: g, when: {part: b, below: 1}, cap: {target: t, at: 1}}]"
    made = make(f"criteria: {rules}\n{gate}", [target("t", "a b"), target("u", "c", scoring={"method": "mean"})])
    for other in (1, "?"):
        found = result(made, a=3, b=0, c=other)
        assert (found.outcome, found.rules) == ("1", (0,))
