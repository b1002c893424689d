from __future__ import annotations

from typing import Any

import pytest

from granskning.i18n import Translator
from granskning.reporting.wording.conditions import Names, describe_condition
from granskning.reporting.wording.steps import describe_not_applicable, describe_rounding, describe_step
from granskning.workspace.schema.modelling_scoring import condition, step

T = Translator("en")
NAMES = Names(
    part=lambda part: f"question {part}",
    level=lambda _, key: f"“{key}”",
    group=lambda name: f"“{name.title()}”",
    outcome=lambda key: f"“{key}”",
)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"part": "a", "is": "no"}, "question a is “no”"),
        ({"part": "a", "is": ["no", "some", "yes"]}, "question a is “no”, “some” or “yes”"),
        ({"part": "a", "at_least": 2}, "question a is at least “2”"),
        ({"part": "a", "above": 2}, "question a is above “2”"),
        ({"part": "a", "at_most": 2}, "question a is at most “2”"),
        ({"criterion": "a", "below": 2}, "question a is below “2”"),
        ({"count": {"is": "no"}, "at_least": 2}, "at least 2 questions are “no”"),
        ({"count": {"is": "no"}, "exactly": 1}, "exactly 1 question is “no”"),
        ({"count": {"is": "no", "critical": True}, "more_than": 1}, "more than 1 critical question is “no”"),
        (
            {"count": {"below": "yes", "critical": False}, "fewer_than": 3},
            "fewer than 3 questions that are not critical are below “yes”",
        ),
        (
            {"count": {"at_least": "yes", "class": ["basic", "extra"]}, "at_least": "50 %"},
            "at least 50% of the questions in the class “Basic” or “Extra” are at least “yes”",
        ),
        (
            {"count": {"is": "yes", "parts": ["a", "b"]}, "at_most": 1},
            "at most 1 question among question a and question b is “yes”",
        ),
        ({"count": {"is": "yes"}, "at_least": "all"}, "at least 100% of the questions are “yes”"),
        ({"all": [{"part": "a", "is": 1}, {"part": "b", "is": 1}]}, "question a is “1” and question b is “1”"),
        (
            {"all": [{"part": "a", "is": 1}, {"any": [{"part": "b", "is": 1}, {"part": "c", "is": 1}]}]},
            "question a is “1” and (question b is “1” or question c is “1”)",
        ),
        ({"not": {"part": "a", "is": 1}}, "question a is not “1”"),
        ({"not": {"part": "a", "at_least": 1}}, "question a is below “1”"),
        ({"not": {"not": {"part": "a", "above": 1}}}, "question a is above “1”"),
        (
            {"not": {"count": {"is": "no"}, "at_least": 2}},
            "it does not hold that at least 2 questions are “no”",
        ),
    ],
)
def test_a_condition_is_a_clause(values: dict[str, Any], words: str) -> None:
    assert describe_condition(condition(values), T, NAMES) == words


def test_what_is_counted_is_called_what_it_is() -> None:
    two = condition({"count": {"is": "low"}, "at_least": 2})
    assert describe_condition(two, T, NAMES, "targets") == "at least 2 target pictures are “low”"
    assert describe_condition(two, T, NAMES, "parts") == "at least 2 parts are “low”"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"method": "mean"}, "It is the weighted mean of its questions' points."),
        ({"method": "sum"}, "It is the sum of its questions' points, each times its weight."),
        ({"method": "product"}, "It is the product of its questions' points, each to the power of its weight."),
        (
            {"method": "geometric_mean", "floor": 0.01},
            "It is the weighted geometric mean of its questions' points. Values below 0.01 count as 0.01.",
        ),
        (
            {"method": "share_satisfied", "satisfied_at": 2},
            (
                "It is the weight of the satisfied questions as a share of the weight of all. Satisfied is what is"
                " at “2” or higher."
            ),
        ),
        (
            {"method": "weakest", "step_up": {"at_least": 1, "by": 1}, "step_down": {"below": "C", "at_least": "50 %"}},
            (
                "It is decided by the weakest question; the others have no say. When at least one is above the weakest,"
                " the result is 1 step higher. When at least 50% are below “C”, the result is 1 step lower."
            ),
        ),
        ({"method": "best"}, "It is decided by the best question; the others have no say."),
        (
            {"method": "median", "even": "upper"},
            (
                "It is decided by the question in the middle; as many are above it as below. Of two in the middle the"
                " upper decides."
            ),
        ),
        ({"method": "none"}, "It is a profile: its questions' levels are told one by one and not combined."),
        (
            {"method": "mean", "over": "criteria", "passes_on": "band"},
            (
                "It is the weighted mean of all questions' points. It is the band that goes on to the next step, not"
                " the number."
            ),
        ),
    ],
)
def test_a_step_says_how(values: dict[str, Any], words: str) -> None:
    assert describe_step(step(values, {}, "en"), T, NAMES, "It", "questions").how == words


def test_rules_come_in_order_with_what_else() -> None:
    rules = [{"when": {"count": {"is": "no"}, "at_least": 1}, "gives": "low", "why": "One is enough"}]
    told = describe_step(
        step({"method": "rules", "rules": rules, "otherwise": "high"}, {}, "en"), T, NAMES, "It", "questions"
    )
    assert [(one.number, one.when, one.gives, one.why) for one in told.rules] == [
        ("1", "at least 1 question is “no”", "“low”", "One is enough"),
        ("", "otherwise", "“high”", ""),
    ]


def test_a_ladder_step_and_a_row_ask_for_all_they_name() -> None:
    ladder = {"method": "ladder", "steps": [{"gives": 1, "requires": [{"part": "a", "is": 1}, {"part": "b", "is": 1}]}]}
    table = {"method": "table", "rows": [{"when": {"a": [0, 1], "b": 2}, "gives": 1}]}
    assert _when(ladder) == "question a is “1” and question b is “1”"
    assert _when(table) == "question a is “0” or “1” and question b is “2”"


def _when(values: dict[str, Any]) -> str:
    return describe_step(step(values, {}, "en"), T, NAMES, "It", "questions").rules[0].when


@pytest.mark.parametrize("meaning", ["exclude", "satisfied", "satisfied_if_justified", "shrink_bounds", "absent"])
def test_not_applicable_has_a_sentence_for_each_meaning(meaning: str) -> None:
    bands = [{"from": 0, "id": "low", "label": "Low"}]
    held = step({"method": "mean", "not_applicable": meaning, "bands": bands}, {}, "en")
    assert describe_not_applicable(held, T, NAMES).startswith("A question that is not applicable ")


def test_not_applicable_may_be_held_to_a_level() -> None:
    held = step({"method": "mean", "not_applicable": {"level": 2}}, {}, "en")
    assert describe_not_applicable(held, T, NAMES) == "A question that is not applicable counts as “2”."


@pytest.mark.parametrize(
    ("rounding", "words"),
    [
        ({}, "shown with 1 decimal; halves are rounded up."),
        ({"decimals": 0, "mode": "truncate"}, "shown with whole numbers; the rest is cut off."),
        ({"decimals": 0, "percent": True}, "shown with whole per cent; halves are rounded up."),
        (
            {"decimals": 2, "percent": True, "mode": "capped"},
            (
                "shown with per cent with 2 decimals; halves are rounded up. The highest possible result is never shown"
                " before it is reached."
            ),
        ),
    ],
)
def test_rounding_is_told(rounding: dict[str, Any], words: str) -> None:
    held = step({"method": "mean", "rounding": rounding}, {}, "en").rounding
    assert describe_rounding(held, T) == f"Results are calculated exactly and {words}"
