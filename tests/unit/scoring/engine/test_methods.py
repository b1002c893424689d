"""Each method by one small example, and what not applicable and missing evidence mean in each of their meanings."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from small_sets import GRADES, WORDS, card, make, question, result, target

from granskning.scoring.plain import plain_score
from granskning.scoring.results.numbers import root_of

ON_GRADES = {
    "scales": [{"id": "fine", "levels": [{"value": key, "label": key} for key in ("D", "D+", "C", "C+", "B")]}]
}


def of(method: str, *weights: Any, **answers: Any) -> Any:
    """The value of one target by a method, with these weights, or 1, for a, b and c."""
    asked = [question(name, weight=weight) for name, weight in zip("abc", weights or (1, 1, 1), strict=True)]
    return result(make(f"criteria: {{{method}}}", [target("t", asked)]), **answers)


@pytest.mark.parametrize(
    ("method", "weights", "value"),
    [
        ("method: mean", (1, 1, 2), Fraction(9, 4)),
        ("method: sum", (1, 1, 2), 9),
        ("method: product", (1, 1, 2), 18),
        ("method: geometric_mean", (1, 1, 2), root_of(Fraction(18), 4)),
        ("method: share_of_possible", (1, 1, 2), Fraction(9, 12)),
        ("method: share_satisfied", (1, 1, 2), Fraction(1, 2)),
        ("method: share_satisfied, satisfied_at: 2", (1, 1, 2), Fraction(3, 4)),
        ("method: weakest", (1, 1, 2), 1),
        ("method: best", (1, 1, 2), 3),
        ("method: median", (1, 1, 2), 2),
    ],
)
def test_methods(method: str, weights: tuple[int, ...], value: Any) -> None:
    assert of(method, *weights, a=1, b=2, c=3).value == value


def test_weight_0_is_not_counted_anywhere() -> None:
    for method, value in (("mean", 2), ("sum", 4), ("product", 4), ("weakest", 2), ("best", 2), ("median", 2)):
        assert of(f"method: {method}", 1, 1, 0, a=2, b=2, c=0).value == value


def test_a_fractional_weight_is_a_root() -> None:
    assert of("method: product", 0.5, 1, 1, a=2, b=1, c=1).value == root_of(Fraction(2), 2)


def test_a_root_is_no_fraction_in_the_output() -> None:
    plain = plain_score(of("method: geometric_mean", a=1, b=1, c=2), "en")
    assert (plain["exact"], plain["shown"]) == (None, "1.3")
    assert plain["value"] == pytest.approx(2 ** (1 / 3))


def test_the_floor_keeps_a_zero_from_deciding() -> None:
    assert of("method: geometric_mean", a=0, b=1, c=1).value == 0
    assert of("method: geometric_mean, floor: 0.125", a=0, b=1, c=1).value == Fraction(1, 2)


def test_a_geometric_mean_meets_a_band_exactly() -> None:
    made = make(
        "criteria: {method: geometric_mean, bands: [{from: 0, id: low, label: L}, {from: 2, id: high, label: H}]}",
        levels=(0, 1, 2, 4),
    )
    assert (result(made, a=1, b=2, c=4).value, result(made, a=1, b=2, c=4).band) == (2, "high")
    assert result(made, a=1, b=2, c=2).band == "low"


def test_the_least_possible_of_a_share_is_that_of_the_scale() -> None:
    made = make("criteria: {method: share_of_possible}", levels=(1, 2, 3))
    assert result(made, a=1, b=1, c=1).value == 0
    assert result(made, a=2, b=2, c=2).value == Fraction(1, 2)


def test_the_least_possible_of_a_share_of_bands_is_that_of_the_bands() -> None:
    bands = "[{from: 0, id: low, label: L, value: 10}, {from: 2, id: high, label: H, value: 20}]"
    made = make(
        f"criteria: {{method: mean, passes_on: band, bands: {bands}}}\ntargets: {{method: share_of_possible}}",
        [target("t", "a"), target("u", "b")],
    )
    assert result(made, "total", a=3, b=0).value == Fraction(1, 2)


@pytest.mark.parametrize(("even", "value", "outcome"), [("lower", 1, "1"), ("upper", 3, "3"), ("mean", 2, None)])
def test_the_median_of_an_even_number(even: str, value: int, outcome: str | None) -> None:
    found = of(f"method: median, even: {even}", 1, 1, 1, a=1, b=3, c="n/a")
    assert (found.value, found.outcome) == (value, outcome)


def test_over_different_scales_points_are_compared() -> None:
    grade = {
        "id": "grade",
        "levels": [{"value": "D", "label": "D", "points": 1}, {"value": "C", "label": "C", "points": 2}],
    }
    asked = [question("a"), question("b", scale="grade")]
    made = make("criteria: {method: weakest}", [target("t", asked)], scales=[grade])
    assert (result(made, a=3, b="C").value, result(made, a=3, b="C").outcome) == (2, None)


def test_words_give_a_level_without_a_number() -> None:
    found = result(make("criteria: {method: weakest}", levels=WORDS), a="yes", b="part", c="yes")
    assert (found.value, found.outcome) == (None, "part")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [("DDC", "D+"), ("DDD", "D"), ("CCC", "C"), ("DCB", "D+"), ("CBB", "C+")],
)
def test_a_step_up_when_enough_parts_are_above_the_lowest(answers: str, outcome: str) -> None:
    made = make("criteria: {method: weakest, scale: fine, step_up: {at_least: 1}}", levels="DCB", **ON_GRADES)
    assert result(made, **dict(zip("abc", answers, strict=True))).outcome == outcome


def test_a_step_down_when_enough_parts_are_low() -> None:
    made = make("criteria: {method: weakest, step_down: {below: 2, at_least: 2, by: 1}}")
    assert result(made, a=1, b=2, c=3).outcome == "1"
    assert result(made, a=1, b=1, c=3).outcome == "0"
    assert result(made, a=0, b=1, c=3).outcome == "0"  # never below the scale


def test_levels_chosen_from_targets_on_one_scale() -> None:
    rules = "{method: rules, rules: [{when: {part: a, at_least: C}, gives: A}], otherwise: D}"
    made = make(f"criteria: {rules}\ntargets: {{method: weakest}}", [
        target("t", "a"), target("u", "b", scoring={"method": "best"})
    ], levels=GRADES)  # fmt: skip
    assert result(made, "total", a="C", b="B").outcome == "B"
    assert result(made, "total", a="D", b="B").outcome == "D"


def test_bands_are_levels_of_the_next_step() -> None:
    made = make(
        "bands: [{from: 0, id: low, label: L}, {from: 2, id: high, label: H}]\n"
        "criteria: {method: mean, passes_on: band}\ntargets: {method: weakest}",
        [target("t", "a"), target("u", "b")],
    )
    assert result(made, "total", a=3, b=2).outcome == "high"
    assert result(made, "total", a=3, b=1).outcome == "low"


def test_a_table_gives_the_row_that_fits() -> None:
    rows = "[{when: {a: 3, b: [2, 3]}, gives: 3}, {when: {a: 0}, gives: 0}]"
    made = make(f"criteria: {{method: table, rows: {rows}, otherwise: 1}}")
    assert (result(made, a=3, b=2, c=0).outcome, result(made, a=3, b=2, c=0).rule) == ("3", 0)
    assert (result(made, a=0, b=2, c=0).outcome, result(made, a=0, b=2, c=0).rule) == ("0", 1)
    assert (result(made, a=3, b=1, c=0).outcome, result(made, a=3, b=1, c=0).rule) == ("1", None)


def test_a_table_can_tell_of_what_is_not_applicable() -> None:
    rows = "[{when: {a: not_applicable}, gives: 3}]"
    made = make(f"criteria: {{method: table, rows: {rows}, otherwise: 1}}")
    assert result(made, a="n/a", b=0, c=0).outcome == "3"
    assert result(made, a=3, b=0, c=0).outcome == "1"


def test_the_first_rule_that_holds_decides() -> None:
    rules = "[{when: {part: a, at_least: 2}, gives: 3}, {when: {part: b, at_least: 2}, gives: 2}]"
    made = make(f"criteria: {{method: rules, rules: {rules}, otherwise: 0}}")
    assert [result(made, a=a, b=b, c=0).outcome for a, b in ((2, 2), (0, 2), (0, 0))] == ["3", "2", "0"]
    assert result(made, a=0, b=2, c=0).rule == 1


def test_a_ladder_stops_at_the_first_step_that_is_not_reached() -> None:
    steps = "[{gives: 1, requires: {part: a, at_least: 1}}, {gives: 2, requires: {part: b, at_least: 1}}]"
    made = make(f"criteria: {{method: ladder, steps: {steps}, otherwise: 0}}")
    assert [result(made, a=a, b=b, c=0).outcome for a, b in ((1, 1), (1, 0), (0, 1))] == ["2", "1", "0"]


def test_over_criteria_looks_past_the_targets() -> None:
    targets = [target("t", "a"), target("u", "b c")]
    made = make("criteria: {method: mean}\ntargets: {method: mean, over: criteria}", targets)
    assert result(made, "total", a=3, b=0, c=0).value == 1
    assert (
        result(make("criteria: {method: mean}\ntargets: {method: mean}", targets), "total", a=3, b=0, c=0).value == 1.5
    )


def test_targets_within_targets() -> None:
    inner = [target("u", "a b"), target("v", "c", weight={"value": 3, "why": "w"})]
    made = make(
        "criteria: {method: mean}\nsubtargets: {method: mean}\ntargets: {method: sum}", [target("t", targets=inner)]
    )
    assert [result(made, name, a=0, b=2, c=3).value for name in ("u", "v", "t", "total")] == [1, 3, 2.5, 2.5]
    assert [(one.id, one.parent) for one in card(made).targets] == [("t", None), ("u", "t"), ("v", "t")]


# --- not applicable, and lacking evidence ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meaning", "value"),
    [
        ("exclude", 1),
        ("satisfied", Fraction(5, 3)),
        ("satisfied_if_justified", Fraction(2, 3)),
        ("{level: 2}", Fraction(4, 3)),
        ("shrink_bounds", 1),
        ("absent", Fraction(2, 3)),
    ],
)
def test_what_not_applicable_counts_as(meaning: str, value: Fraction) -> None:
    made = make(f"criteria: {{method: mean}}\nnot_applicable: {meaning}")
    assert result(made, a=1, b=1, c="n/a").value == value


def test_not_applicable_is_satisfied_when_justified() -> None:
    made = make("criteria: {method: mean}\nnot_applicable: satisfied_if_justified")
    assert result(made, a=1, b=1, c="n/a!").value == Fraction(5, 3)


def test_where_nothing_applies_nothing_is_satisfied() -> None:
    made = make("criteria: {method: mean}\nnot_applicable: satisfied")
    assert result(made, a="n/a", b="n/a", c="n/a").standing == "not_applicable"


def test_bounds_shrink_with_what_is_left() -> None:
    bands = "[{from: 0, id: low, label: L}, {from: 6, id: high, label: H}]"
    made = make(f"criteria: {{method: sum, bands: {bands}}}\nnot_applicable: shrink_bounds", levels=(1, 2, 3))
    assert result(made, a=2, b=2, c=1).band == "low"  # 5 of 3 to 9
    assert result(made, a=2, b=2, c="n/a").band == "high"  # 4 of 2 to 6 is as far along as 6 of 3 to 9
    assert result(made, a=2, b=1, c="n/a").band == "low"


@pytest.mark.parametrize(("meaning", "low", "high"), [("interval", 1, 2), ("lowest", 1, 1), ("unsatisfied", 1, 1)])
def test_what_lacking_evidence_counts_as(meaning: str, low: int, high: int) -> None:
    found = result(make(f"criteria: {{method: mean}}\ninsufficient_evidence: {meaning}"), a=1, b=2, c="lacking")
    assert (found.low, found.high) == (low, high)


def test_unsatisfied_is_below_every_level() -> None:
    share = "criteria: {method: share_satisfied, satisfied_at: 0}\ninsufficient_evidence: "
    assert result(make(share + "lowest"), a=0, b=0, c="lacking").value == 1
    assert result(make(share + "unsatisfied"), a=0, b=0, c="lacking").value == Fraction(2, 3)
    found = result(make("criteria: {method: weakest}\ninsufficient_evidence: unsatisfied"), a=1, b=1, c="lacking")
    assert (found.outcome, found.value) == ("0", 0)


# --- classes, prerequisites, the short form -------------------------------------------------------------------------


def test_a_class_gives_its_weight_to_those_without_their_own() -> None:
    classes = [{"id": "k", "title": "K", "weight": {"value": 3, "why": "w"}}]
    asked = [question("a", **{"class": "k"}), question("b", weight=1, **{"class": "k"}), question("c")]
    made = make("criteria: {method: sum}", [target("t", asked)], classes=classes)
    assert result(made, a=1, b=1, c=1).value == 5


@pytest.mark.parametrize(("b", "value"), [(1, 1), (2, 3), ("n/a", 3)])
def test_an_answer_is_held_back_while_its_prerequisite_is_not_met(b: Any, value: int) -> None:
    asked = [question("a", prerequisites=[{"criterion": "b", "at_least": 2, "otherwise": 1}]), question("b", weight=0)]
    assert result(make("criteria: {method: sum}", [target("t", asked)]), a=3, b=b).value == value


def test_a_chain_of_prerequisites() -> None:
    def after(name: str) -> list[dict[str, Any]]:
        return [{"criterion": name, "at_least": 2, "otherwise": 0}]

    asked = [question("a"), question("b", prerequisites=after("a")), question("c", prerequisites=after("b"))]
    made = make("criteria: {method: sum}", [target("t", asked)])
    assert result(made, a=1, b=3, c=3).value == 1  # b counts as 0, so that c does too
    assert (result(made, a="?", b=3, c=3).low, result(made, a="?", b=3, c=3).high) == (0, 9)


def test_normalised_points() -> None:
    scales = [{"id": "ten", "range": {"from": 0, "to": 10}}]
    asked = [question("a"), question("b", scale="ten")]
    made = make("criteria: {method: mean}\nnormalise: {from: 0, to: 100}", [target("t", asked)], scales=scales)
    assert result(made, a=3, b=5).value == 75


# --- gates and bands ------------------------------------------------------------------------------------------------


def test_a_gate_can_look_at_a_target_and_cap_at_a_level() -> None:
    gate = "gates: [{id: g, when: {part: t, below: 2}, cap: {total: true, at: 1}, why: w}]"
    targets = [target("t", "a"), target("u", "b", scoring={"method": "best"})]
    made = make(f"criteria: {{method: best}}\ntargets: {{method: best}}\n{gate}", targets)
    assert (result(made, "total", a=1, b=3).outcome, result(made, "total", a=2, b=3).outcome) == ("1", "3")


def test_a_number_caps_at_the_highest_level_that_is_not_above_it() -> None:
    gate = "gates: [{id: g, when: {part: a, below: 2}, cap: {target: t, at: 1.5}}]"
    made = make(f"criteria: {{method: best}}\n{gate}")
    assert (result(made, a=0, b=3, c=3).outcome, result(made, a=0, b=3, c=3).value) == ("1", 1)


def test_a_number_caps_no_words() -> None:
    gate = "gates: [{id: g, when: {part: a, below: part}, cap: {target: t, at: 0}}]"
    assert result(make(f"criteria: {{method: best}}\n{gate}", levels=WORDS), a="no", b="yes", c="no").outcome == "yes"


def test_a_band_can_begin_above_a_value() -> None:
    made = make("criteria: {method: mean, bands: [{from: 0, id: low, label: L}, {above: 2, id: high, label: H}]}")
    assert (result(made, a=2, b=2, c=2).band, result(made, a=2, b=2, c=3).band) == ("low", "high")


def test_without_what_it_requires_the_band_below_holds() -> None:
    bands = (
        "[{from: 0, id: low, label: L}, {from: 1, id: mid, label: M}, "
        "{from: 2, id: high, label: H, requires: [{part: a, at_least: 3}]}]"
    )
    made = make(f"criteria: {{method: mean, bands: {bands}}}")
    assert result(made, a=3, b=2, c=2).band == "high"
    assert result(made, a=2, b=3, c=3).band == "mid"
    assert result(made, a="n/a", b=3, c=3).band == "high"  # not applicable hinders no band
    assert (result(made, a="?", b=3, c=3).low_band, result(made, a="?", b=3, c=3).high_band) == ("mid", "high")


def test_a_level_passed_by_hundreds_is_still_shown_as_not_reached() -> None:
    asked = [question(f"q{number}") for number in range(200)]
    made = make(
        "criteria: {method: share_satisfied}\nrounding: {decimals: 0, mode: capped, percent: true}",
        [target("t", asked)],
        levels=(0, 1),
    )
    every: dict[str, Any] = {f"q{number}": 1 for number in range(200)}
    assert plain_score(result(made, **every), "en")["shown"] == "100\N{NO-BREAK SPACE}%"
    assert plain_score(result(made, **{**every, "q0": 0}), "en")["shown"] == "99\N{NO-BREAK SPACE}%"


# --- intervals of what is not monotone ------------------------------------------------------------------------------


def test_a_product_of_numbers_below_0_has_true_ends() -> None:
    asked = [question("a"), question("b")]
    found = result(make("criteria: {method: product}", [target("t", asked)], levels=(-2, 1, 3)), a="?", b=-2)
    assert (found.low, found.high, found.bounds) == (-6, 4, "exact")


def test_a_long_step_up_has_true_ends() -> None:
    made = make("criteria: {method: weakest, step_up: {at_least: 2, by: 2}}")
    found = result(made, a="?", b=1, c=1)
    assert (found.low_outcome, found.high_outcome, found.bounds) == ("1", "2", "exact")  # 0 with two above it gives 2


def test_bands_with_falling_values_have_true_ends() -> None:
    bands = "[{from: 0, id: low, label: L, value: 5}, {from: 2, id: high, label: H, value: 1}]"
    scoring = f"criteria: {{method: mean, passes_on: band, bands: {bands}}}\ntargets: {{method: sum}}"
    found = result(make(scoring, [target("t", "a b")]), "total", a="?", b=3)
    assert (found.low, found.high, found.bounds) == (1, 5, "exact")


def test_a_ladder_whose_steps_do_not_rise_has_true_ends() -> None:
    steps = "[{gives: 3, requires: {part: a, at_least: 1}}, {gives: 1, requires: {part: a, at_least: 2}}]"
    found = result(make(f"criteria: {{method: ladder, steps: {steps}, otherwise: 2}}"), a="?", b=0, c=0)
    assert (found.low_outcome, found.high_outcome, found.bounds) == ("1", "3", "exact")


def test_what_bands_require_leaves_nothing_open() -> None:
    bands = "bands: [{from: 0, id: low, label: L}, {from: 1, id: high, label: H, requires: {part: a, at_least: 1}}]"
    made = make(
        f"criteria: {{method: best, {bands}}}\ntargets: {{method: weakest, step_up: {{at_least: 2, by: 2}}}}",
        [target(name, one) for name, one in (("t", "a"), ("u", "b"), ("v", "c"))],
    )
    found = result(made, "total", a=1, b=0, c=2)
    assert (found.standing, found.outcome) == ("value", "2")
