"""Each kind of condition by one small example, with what is not applicable and with what is left open."""

from __future__ import annotations

from typing import Any

import pytest
from small_sets import GRADES, WORDS, make, question, result, target

CLASSES = [{"id": "k", "title": "K"}, {"id": "m", "title": "M"}]
ASKED = [
    question("a", critical=True, **{"class": "k"}),
    question("b", **{"class": "k"}),
    question("c", **{"class": "m"}),
]


def holds(condition: str, levels: Any = (0, 1, 2, 3), asked: Any = ASKED, **answers: Any) -> bool | None:
    """Whether a rule with that condition holds; None while that is not settled."""
    scoring = f"criteria: {{method: rules, scale: truth, rules: [{{when: {condition}, gives: yes}}], otherwise: no}}"
    truth = {"id": "truth", "levels": [{"value": "no", "label": "N"}, {"value": "yes", "label": "Y"}]}
    made = make(
        scoring.replace("yes", '"yes"').replace("no}", '"no"}'),
        [target("t", asked)],
        levels,
        scales=[truth],
        classes=CLASSES,
    )
    return {"yes": True, "no": False, None: None}[result(made, **answers).outcome]


@pytest.mark.parametrize(
    ("condition", "held"),
    [
        ("{part: a, is: 1}", [False, True, False]),
        ("{part: a, is: [0, 2]}", [True, False, True]),
        ("{part: a, at_least: 1}", [False, True, True]),
        ("{part: a, above: 1}", [False, False, True]),
        ("{part: a, at_most: 1}", [True, True, False]),
        ("{part: a, below: 1}", [True, False, False]),
        ("{criterion: a, below: 1}", [True, False, False]),
        ("{not: {part: a, is: 1}}", [True, False, True]),
        ("{all: [{part: a, at_least: 1}, {part: a, at_most: 1}]}", [False, True, False]),
        ("{any: [{part: a, below: 1}, {part: a, above: 1}]}", [True, False, True]),
        ("[{part: a, at_least: 1}, {part: a, at_most: 1}]", [False, True, False]),
    ],
)
def test_a_part(condition: str, held: list[bool]) -> None:
    assert [holds(condition, a=a, b=0, c=0) for a in (0, 1, 2)] == held


@pytest.mark.parametrize(
    ("condition", "held"),
    [
        ("{count: {at_least: 2}, at_least: 2}", [False, False, True, True]),
        ("{count: {at_least: 2}, more_than: 2}", [False, False, False, True]),
        ("{count: {at_least: 2}, at_most: 1}", [True, True, False, False]),
        ("{count: {at_least: 2}, fewer_than: 1}", [True, False, False, False]),
        ("{count: {at_least: 2}, exactly: 1}", [False, True, False, False]),
        ("{count: {at_least: 2}, at_least: 50 %}", [False, False, True, True]),
        ("{count: {at_least: 2}, at_least: 1/3}", [False, True, True, True]),
        ("{count: {at_least: 2}, at_least: 2/3}", [False, False, True, True]),
        ("{count: {at_least: 2}, more_than: 2/3}", [False, False, False, True]),
        ("{count: {at_least: 2}, at_least: all}", [False, False, False, True]),
        ("{count: {is: [2, 3]}, exactly: 2}", [False, False, True, False]),
    ],
)
def test_a_count(condition: str, held: list[bool]) -> None:
    cases = [(0, 0, 0), (2, 0, 0), (2, 3, 1), (2, 3, 2)]
    assert [holds(condition, a=a, b=b, c=c) for a, b, c in cases] == held


@pytest.mark.parametrize(
    ("narrowed", "number"),
    [("class: k", 2), ("class: [k, m]", 3), ("critical: true", 1), ("critical: false", 2), ("parts: [b, c]", 2)],
)
def test_a_count_of_some(narrowed: str, number: int) -> None:
    assert holds(f"{{count: {{at_least: 2, {narrowed}}}, exactly: {number}}}", a=2, b=2, c=2)


def test_a_step_can_have_critical_parts_of_its_own() -> None:
    rules = "[{when: {count: {below: 2, critical: true}, at_least: 1}, gives: 0}]"
    made = make(
        f"criteria: {{method: rules, critical: [b], rules: {rules}, otherwise: 3}}",
        [target("t", ASKED)],
        classes=CLASSES,
    )
    assert result(made, a=0, b=2, c=0).outcome == "3"
    assert result(made, a=2, b=0, c=2).outcome == "0"


# --- what is not applicable -----------------------------------------------------------------------------------------


def test_what_is_not_applicable_fulfils_no_rule() -> None:
    for condition in ("{part: a, at_least: 0}", "{part: a, at_most: 3}", "{not: {part: a, is: 1}}"):
        assert holds(condition, a="n/a", b=0, c=0) is False


def test_what_is_not_applicable_can_be_asked_for() -> None:
    assert holds("{part: a, is: not_applicable}", a="n/a", b=0, c=0) is True
    assert holds("{part: a, is: [3, not_applicable]}", a="n/a", b=0, c=0) is True
    assert holds("{part: a, is: not_applicable}", a=0, b=0, c=0) is False
    assert holds("{not: {part: a, is: not_applicable}}", a="n/a", b=0, c=0) is False


def test_what_is_not_applicable_hinders_no_ladder() -> None:
    made = make("criteria: {method: ladder, steps: [{gives: 1, requires: {part: a, at_least: 3}}], otherwise: 0}")
    assert [result(made, a=a, b=0, c=0).outcome for a in (3, "n/a", 2)] == ["1", "1", "0"]


def test_a_percentage_is_of_those_that_apply() -> None:
    condition = "{count: {at_least: 2}, at_least: 50 %}"
    assert holds(condition, a=2, b=0, c=0) is False
    assert holds(condition, a=2, b="n/a", c=0) is True
    assert holds("{count: {at_least: 0, class: m}, at_least: all}", a=2, b=2, c="n/a") is False  # none to be counted


def test_what_counts_as_satisfied_is_there() -> None:
    made = make(
        "criteria: {method: rules, rules: [{when: {part: a, at_least: 3}, gives: 3}], otherwise: 0}\n"
        "not_applicable: satisfied"
    )
    assert result(made, a="n/a", b=0, c=0).outcome == "3"


# --- scales and targets ---------------------------------------------------------------------------------------------


def test_a_level_that_a_counted_part_does_not_have_is_never_reached() -> None:
    """Words are not compared across scales; before, they were taken for the lowest level."""
    scoring = (
        "criteria: {method: rules, rules: [{when: {count: {at_least: D}, at_least: 2}, gives: yes}], otherwise: no}"
    )
    grade = {"id": "grade", "levels": [{"value": key, "label": key} for key in GRADES]}
    asked = [question("a", scale="grade"), question("b")]
    made = make(scoring.replace("yes", '"yes"').replace("no}", '"no"}'), [target("t", asked)], WORDS, scales=[grade])
    assert result(made, a="A", b="yes").outcome == "no"


def test_a_number_is_compared_with_the_points_of_a_scale_that_lacks_it() -> None:
    grade = {
        "id": "grade",
        "levels": [{"value": "D", "label": "D", "points": 1}, {"value": "C", "label": "C", "points": 3}],
    }
    scoring = "criteria: {method: rules, rules: [{when: {count: {at_least: 2}, at_least: 2}, gives: 3}], otherwise: 0}"
    made = make(scoring, [target("t", [question("a", scale="grade"), question("b")])], scales=[grade])
    assert result(made, a="C", b=2).outcome == "3"
    assert result(made, a="D", b=2).outcome == "0"


def test_a_number_on_a_range() -> None:
    number = {"id": "number", "range": {"from": 0, "to": 100}}
    asked = [question("a", scale="number"), question("b")]
    rules = "[{when: {part: a, above: 66.6}, gives: 3}]"
    made = make(f"criteria: {{method: rules, rules: {rules}, otherwise: 0}}", [target("t", asked)], scales=[number])
    assert [result(made, a=a, b=0).outcome for a in (66.6, 66.7)] == ["0", "3"]


@pytest.mark.parametrize(
    ("condition", "held"), [("at_least: 50 %", True), ("above: 0.5", False), ("below: 0.51", True)]
)
def test_a_target_with_a_number(condition: str, held: bool) -> None:  # noqa: FBT001
    made = make(
        "criteria: {method: share_satisfied}\n"
        f"targets: {{method: rules, rules: [{{when: {{part: t, {condition}}}, gives: 3}}], otherwise: 0}}",
        [target("t", "a b")],
    )
    assert (result(made, "total", a=3, b=0).outcome == "3") == held


def test_a_target_by_its_level_or_its_band() -> None:
    made = make(
        "criteria: {method: weakest}\nbands: [{from: 0, id: low, label: L}, {from: 2, id: high, label: H}]\n"
        "targets: {method: ladder, steps: [{gives: 1, requires: {part: t, at_least: 1}}, "
        "{gives: 2, requires: {part: t, is: high}}], otherwise: 0}",
        [target("t", "a")],
    )
    assert [result(made, "total", a=a).outcome for a in (0, 1, 2)] == ["0", "1", "2"]


def test_a_band_that_must_not_be_reached_is_not_taken_to_rise() -> None:
    """By the ends alone, low to high, the level between them would be lost."""
    made = make(
        "criteria: {method: weakest}\nbands: [{from: 0, id: low, label: L}, {from: 2, id: high, label: H}]\n"
        "targets: {method: rules, rules: [{when: {part: t, is: low}, gives: 3}], otherwise: 0}",
        [target("t", "a b")],
    )
    found = result(made, "total", a="?", b=3)
    assert (found.low_outcome, found.high_outcome, found.bounds) == ("0", "3", "exact")


# --- what is left open ----------------------------------------------------------------------------------------------


def test_what_is_open_is_settled_only_when_it_cannot_matter() -> None:
    assert holds("{part: a, at_least: 2}", a="?", b=0, c=0) is None
    assert holds("{part: a, at_least: 0}", a="?", b=0, c=0) is True
    assert holds("{part: a, is: [0, 1, 2, 3]}", a="?", b=0, c=0) is True
    assert holds("{count: {at_least: 2}, at_least: 2}", a="?", b=2, c=2) is True
    assert holds("{count: {at_least: 2}, at_least: 2}", a="?", b=2, c=0) is None
    assert holds("{count: {at_least: 2}, at_least: 2}", a="?", b=0, c=0) is False
    assert holds("{count: {at_least: 2}, exactly: 3}", a="?", b=0, c=2) is False


def test_an_answer_that_is_open_is_one_answer() -> None:
    """Two conditions on the same question cannot come out each its own way."""
    assert holds("{any: [{part: a, at_least: 2}, {part: a, below: 2}]}", a="?", b=0, c=0) is True
    assert holds("{all: [{part: a, at_least: 2}, {part: a, below: 2}]}", a="?", b=0, c=0) is False
