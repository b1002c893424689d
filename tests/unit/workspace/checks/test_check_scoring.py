"""What the cases are too coarse for: tables row by row, circles, and what is sound and must not be remarked on."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granskning.files import HeldFiles
from granskning.findings.severity import Severity
from granskning.model.cycles import find_circle
from granskning.model.method import Condition, DecisionRule, Step, number_of
from granskning.workspace.checks.check_tables import check_table
from granskning.workspace.checks.check_views import PartView
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEAD = """\
schema: granskning/criteria/1
id: egen
version: 1.0.0
title: Egen
language: sv
scale: [{value: 0, label: Nej}, {value: 1, label: Delvis}, {value: 2, label: Ja}]
scales:
  - {id: betyg, levels: [{value: D, label: D}, {value: C, label: C}, {value: A, label: A}]}
  - {id: andel, range: {from: 0, to: 100, step: 0.5}}
  - id: halv
    levels: [{value: 0, label: N}, {value: 0.5, label: H}, {value: 1, label: D}, {value: 2, label: J}]
  - {id: minus, levels: [{value: -1, label: Sämre}, {value: 0, label: Lika}, {value: 1, label: Bättre}]}
classes: [{id: tung, title: Tung, weight: {value: 2, why: Så.}}, {id: lätt, title: Lätt}]
targets:
  - id: a
    title: A
    criteria:
      - {id: a1, question: F a1, class: tung, critical: true}
      - {id: a2, question: F a2, not_applicable: allowed}
  - id: b
    title: B
    targets:
      - id: c
        title: C
        criteria: [{id: c1, question: F c1}, {id: c2, question: F c2}]
      - id: d
        title: D
        criteria: [{id: d1, question: F d1, not_applicable: allowed}]
scoring:
""".replace("lätt", "latt")


def told(scoring: str, *changes: tuple[str, str]) -> list[str]:
    """The codes that a set with that scoring is remarked on with, notices left out."""
    text = HEAD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    found = load_files(HeldFiles({"criteria/egen.yaml": f"{text}{scoring}".encode()})).findings
    return [
        one.rule.code for one in found if one.at.file == "criteria/egen.yaml" and one.rule.severity > Severity.NOTICE
    ]


# --- what is sound --------------------------------------------------------------------------------------------------


def bands(*starts: str) -> str:
    return "[" + ", ".join(f"{{{start}, id: o{n}, label: O{n}}}" for n, start in enumerate(starts)) + "]"


def total(method: str, criteria: str = "method: mean") -> str:
    return f"  criteria: {{{criteria}}}\n  targets: {{{method}}}\n"


SCORINGS = {
    "whole numbers leave no gap": total("method: sum, bands: " + bands("from: 0, to: 4", "from: 5"), "method: sum"),
    "what is shown as whole leaves no gap": total(
        "method: mean, rounding: {decimals: 0}, bands_on: rounded, bands: " + bands("from: 0, to: 1", "from: 2")
    ),
    "percentages shown as whole leave no gap": total(
        "method: share_of_possible, rounding: {decimals: 0, percent: true}, bands: "
        + bands("from: 0 %, to: 49 %", "from: 50 %")
    ),
    "one value between from and above": total("method: mean, bands: " + bands("from: 0, to: 1", "above: 1")),
    "a band of one value": total("method: mean, bands: " + bands("from: 0", "from: 1", "above: 1")),
    "below and from": total("method: mean, bands: " + bands("from: 0, below: 1.5", "from: 1.5")),
    "a band at the most": total("method: mean, bands: " + bands("from: 0", "from: 2")),
    "a band above what one is, and several may be": total("method: mean, bands: " + bands("from: 0", "from: 100"))
    + "  reviewers: {method: pooled, of: answers}\n",
    "a count of more than there are, when several answer": total(
        "method: rules, over: criteria, rules: [{when: {count: {is: 0}, at_least: 9}, gives: 0}], otherwise: 1"
    )
    + "  reviewers: {method: pooled}\n",
    "levels of a level": total("method: weakest, scale: halv, step_up: {at_least: 50 %}", "method: best"),
    "a step down": total("method: weakest, step_down: {below: 1, at_least: all}", "method: best"),
    "a scale on which the step up has room": total(
        "method: none", "method: weakest, scale: halv, step_up: {at_least: 1}"
    ),
    "a cap between levels": total("method: none", "method: weakest")
    + "  gates: [{id: g, when: {part: a1, below: 1}, cap: {target: a, at: 1.5}}]\n",
    "a cap on what is normalised": total("method: mean")
    + "  normalise: {from: 0, to: 100}\n  gates: [{id: g, when: {part: a1, below: 1}, cap: {total: true, at: 50}}]\n",
    "a cap on a share": total("method: share_of_possible")
    + "  gates: [{id: g, when: {part: a1, below: 1}, cap: {total: true, at: 50 %}}]\n",
    "bands below 0 where points are moved": total("method: mean, bands: " + bands("from: -1", "from: 0"))
    + "  normalise: {from: -1, to: 1}\n",
    "a condition on a band": total(
        "method: rules, rules: [{when: {part: a, at_least: o1}, gives: 2}], otherwise: 0",
        "method: mean, bands: " + bands("from: 0", "from: 1"),
    ),
    "a condition on a number and on a share": total(
        "method: rules, rules: [{when: [{part: a, at_least: 1.25}, {part: b, below: 50 %}], gives: 2}], otherwise: 0"
    ),
    "not applicable in a rule": total(
        "method: rules, rules: [{when: {part: a2, is: [not_applicable, 0]}, gives: 2}], otherwise: 0"
    ),
    "bands passed on as words": total(
        "method: weakest", "method: mean, passes_on: band, bands: " + bands("from: 0", "from: 1")
    )
    + "  subtargets: {method: best}\n",
    "bands passed on as numbers": total(
        "method: mean",
        "method: mean, passes_on: band, bands: " + bands("from: 0, value: 1", "from: 1, value: 3"),
    ),
    "counts of all criteria": total(
        "method: rules, over: criteria, rules: [{when: {count: {below: 1, class: tung, critical: true}, at_least: 1}, "
        "gives: 0}], otherwise: 2"
    ),
    "counts of classes in a step that targets share": total(
        "method: none",
        "method: rules, rules: [{when: {count: {below: 1, class: [tung], critical: true}, at_least: 1}, gives: 0}], "
        "otherwise: 2",
    ),
    "a ladder": total(
        "method: none",
        "method: ladder, steps: [{gives: 1, requires: {count: {at_least: 1}, at_least: all}}, "
        "{gives: 2, requires: [{not: {count: {below: 2}, more_than: 0}}]}], otherwise: 0",
    ),
    "how many, in each way": total(
        "method: rules, over: criteria, rules: ["
        + ", ".join(
            f"{{when: {{count: {{is: 0}}, {amount}}}, gives: 0}}"
            for amount in ("exactly: all", "more_than: 60 %", "at_least: 3", "fewer_than: 1", "at_most: 20 %")
        )
        + "], otherwise: 2"
    ),
    "shares of the satisfied": total(
        "method: share_satisfied, satisfied_at: 50 %", "method: share_satisfied, satisfied_at: 1"
    ),
    "a geometric mean with a floor": total("method: geometric_mean, floor: 0.01", "method: mean"),
    "the median of words": total("method: none", "method: median, even: upper"),
    "reviewers averaged": total("method: mean") + "  reviewers: {method: mean, of: answers}\n",
    "a profile with bands for all": total("method: none") + f"  bands: {bands('from: 0', 'from: 1')}\n",
}


@pytest.mark.parametrize("name", SCORINGS)
def test_what_is_sound_is_not_remarked_on(name: str) -> None:
    assert told(SCORINGS[name]) == []


NEGATIVE = ("scale: [{value: 0, label: Nej}, ", "scale: [{value: -1, label: Illa}, {value: 0, label: Nej}, ")


@pytest.mark.parametrize(
    ("scoring", "code"),
    [
        (total("method: mean", "method: geometric_mean"), "GR432"),
        (total("method: geometric_mean"), "GR432"),
        (total("method: geometric_mean", "method: share_of_possible"), None),
        (total("method: geometric_mean") + "  normalise: {from: 0, to: 1}\n", None),
        (total("method: geometric_mean") + "  normalise: {from: -1, to: 1}\n", "GR432"),
        (total("method: mean", "method: product"), None),
        (total("method: mean, bands: " + bands("from: 0", "from: 1")), "GR405"),
        (total("method: mean, bands: " + bands("from: -1", "from: 1")), None),
        (total("method: sum, bands: " + bands("from: 0", "from: 1")), None),
    ],
)
def test_numbers_below_0(scoring: str, code: str | None) -> None:
    assert told(scoring, NEGATIVE) == ([code] if code else [])


def test_a_criterion_may_be_called_total() -> None:
    assert told(total("method: mean"), ("id: a2", "id: total")) == []


@pytest.mark.parametrize(
    ("scoring", "codes"),
    [
        # a step that does nothing with what it is given
        (total("method: none, passes_on: band, bands: " + bands("from: 0")), ["GR427", "GR427"]),
        (total("method: mean, passes_on: value"), ["GR438"]),
        (total("method: mean, bands: " + bands("from: 0", "from: 100")), ["GR436"]),
        (total("method: mean, bands: " + bands("from: 0", "above: 2")), ["GR436"]),
        (total("method: rules, rules: [{when: {count: {is: 0}, more_than: 9}, gives: 0}], otherwise: 1"), ["GR437"]),
        (total("method: weakest, scale: andel", "method: best"), ["GR428"]),
        (total("method: weakest, scale: betyg", "method: best"), ["GR409"]),
        (total("method: weakest, scale: betyg"), ["GR427"]),
        (total("method: median, even: mean, scale: minus", "method: best"), ["GR427"]),
        # the bands of what has no number are passed on to nobody
        (
            total(
                "method: weakest",
                "method: rules, scale: betyg, rules: [{when: {count: {is: 0}, at_least: 1}, gives: D}], otherwise: A, "
                "passes_on: band, bands: " + bands("from: 0"),
            )
            + "  subtargets: {method: none}\n",
            ["GR427", "GR427", "GR417"],
        ),
        # several faults in one condition are told of one by one
        (
            total(
                "method: rules, rules: [{when: {all: [{part: x, is: 0}, {not: {part: a1, is: [7, 8]}}]}, gives: 9}], "
                "otherwise: 8"
            ),
            ["GR406", "GR409", "GR409", "GR409", "GR409"],
        ),
        (
            total("method: rules, rules: [{when: {count: {is: not_applicable}, at_least: 1}, gives: 0}], otherwise: 1"),
            ["GR409"],
        ),
    ],
)
def test_what_has_no_effect_or_several_faults(scoring: str, codes: list[str]) -> None:
    assert sorted(told(scoring)) == sorted(codes)


# --- tables ---------------------------------------------------------------------------------------------------------

LEVELS = ("0", "1", "2")


def table(rows: Sequence[tuple[Mapping[str, Sequence[str]], str]], otherwise: str | None = None) -> Step:
    rules = [
        DecisionRule(gives, tuple(Condition("part", part=part, levels=tuple(levels)) for part, levels in when.items()))
        for when, gives in rows
    ]
    return Step("table", rules=tuple(rules), otherwise=otherwise)


def faults(step: Step, views: dict[str, PartView], own: Sequence[str] | None = None) -> list[tuple[str, str]]:
    found = check_table(step, "f", (), views, list(views) if own is None else own)
    return [(one.rule.code, str(one.values.get("case", ""))) for one in found]


def part(name: str, *, may_be_out: bool = False) -> PartView:
    return PartView(name, keys=LEVELS, may_be_out=may_be_out)


@given(st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_a_table_is_judged_as_if_every_combination_were_tried(random: Random) -> None:
    parts = [part(name, may_be_out=random.random() < 0.3) for name in "xyz"[: random.randint(1, 3)]]
    choices = {one.id: [*LEVELS, *(["not_applicable"] if one.may_be_out else [])] for one in parts}
    rows = []
    for _ in range(random.randint(1, 6)):
        named = random.sample(parts, random.randint(1, len(parts)))
        when = {one.id: random.sample(choices[one.id], random.randint(1, len(choices[one.id]))) for one in named}
        rows.append((when, random.choice("AB")))
    named_parts = list(dict.fromkeys(name for when, _ in rows for name in when))
    hole = clash = False
    covered = set(range(len(rows)))
    for case in product(*(choices[name] for name in named_parts)):
        at = dict(zip(named_parts, case, strict=True))
        fits = [n for n, (when, _) in enumerate(rows) if all(at[name] in levels for name, levels in when.items())]
        outcomes = {rows[n][1] for n in fits}
        covered -= set(fits[:1])
        clash = clash or len(outcomes) > 1
        all_out = set(case) == {"not_applicable"} and len(named_parts) == len(parts)
        hole = hole or (not outcomes and not all_out)
    found = faults(table(rows), {one.id: one for one in parts})
    idle = len(covered) * (not clash)
    assert [code for code, _ in found] == ["GR422"] * clash + ["GR460"] * idle + ["GR421"] * hole
    for code, words in found:
        if code == "GR460":
            continue
        at = dict(pair.split(": ") for pair in words.split(", "))
        fitting = {gives for when, gives in rows if all(at.get(n) in levels for n, levels in when.items())}
        assert len(fitting) == 2 if code == "GR422" else not fitting


def test_a_part_that_no_row_names_makes_no_hole() -> None:
    assert faults(table([({"x": ["0"]}, "A"), ({"x": ["1", "2"]}, "B")]), {"x": part("x"), "y": part("y")}) == []


def test_a_table_in_which_everything_is_left_out_has_no_result_anyway() -> None:
    rows = [({"x": LEVELS}, "A")]
    held = {"x": part("x", may_be_out=True), "y": part("y")}
    assert faults(table(rows), {"x": held["x"]}) == []
    assert faults(table(rows), held) == [("GR421", "x: not_applicable")]


def test_rows_with_the_same_outcome_may_overlap() -> None:
    assert faults(table([({"x": ["0", "1"]}, "A"), ({"x": ["1", "2"]}, "A")]), {"x": part("x")}) == []


def test_a_row_that_others_cover_is_told_with_them() -> None:
    assert faults(table([({"x": LEVELS}, "A"), ({"x": ["0"]}, "A")]), {"x": part("x")}) == [("GR460", "")]
    assert faults(table([({"x": LEVELS}, "A")], "B"), {"x": part("x")}) == [("GR438", "")]


def test_otherwise_fills_every_hole() -> None:
    assert faults(table([({"x": ["0"]}, "A")], "B"), {"x": part("x")}) == []


def test_a_number_has_other_numbers() -> None:
    views = {"x": PartView("x", numbers=True)}
    assert faults(table([({"x": ["1", "2.5"]}, "A")]), views) == [("GR421", "x: ≠ 1, 2.5")]
    assert faults(table([({"x": ["1"]}, "A")], "B"), views) == []


def test_bands_are_the_choices_where_rows_name_bands() -> None:
    views = {"x": PartView("x", bands=("low", "high"), numbers=True)}
    assert faults(table([({"x": ["low"]}, "A"), ({"x": ["high"]}, "B")]), views) == []
    assert faults(table([({"x": ["low"]}, "A")]), views) == [("GR421", "x: high")]


def test_a_table_too_wide_to_know_of_needs_otherwise() -> None:
    random = Random(1)  # noqa: S311  # the same table each time
    names = [f"p{number}" for number in range(60)]
    rows = [({name: random.choice(LEVELS) for name in random.sample(names, 3)}, "A") for _ in range(400)]
    step = table(rows)
    views = {name: part(name) for name in names}
    assert [code for code, _ in faults(step, views)] in (["GR465", "GR423"], ["GR465", "GR421"])
    assert faults(table(rows, "B"), views) in ([("GR465", "")], [("GR422", "")])


# --- circles --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rests_on", "circle"),
    [
        ({}, []),
        ({"a": ["b"], "b": ["c"]}, []),
        ({"a": ["a"]}, ["a"]),
        ({"a": ["b"], "b": ["a"]}, ["a", "b"]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["b", "c"]),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
        ({"a": ["c", "b"], "b": [], "c": ["a"]}, ["a", "c"]),
        ({"a": ["x"]}, []),
    ],
)
def test_a_circle_is_found(rests_on: dict[str, list[str]], circle: list[str]) -> None:
    assert find_circle(rests_on) == circle


def test_a_long_chain_and_a_long_circle() -> None:
    chain = {str(number): [str(number + 1)] for number in range(50_000)}
    assert find_circle(chain) == []
    assert len(find_circle({**chain, "50000": ["0"]})) == 50_001


# --- a set that is being written ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        "  reviewers: {method: by_difference, rules: [{at_most: 1, gives: highest}], otherwise: open}\n",
        "  reviewers: {method: mean, of: answers}\n",
        "agreement: {measurement: ordinal, weights: linear}\n",
        "agreement: {measurement: ordinal, distances: [{between: [0, 1], is: 1}]}\n",
    ],
    ids=["by difference", "means", "agreement", "distances"],
)
def test_a_set_without_questions_yet_is_told_that(more: str) -> None:
    """How reviewers are joined was checked against scales that no question has: ValueError."""
    head = HEAD.partition("targets:\n")[0]
    text = f"{head}targets: [{{id: a, title: A}}]\nscoring:\n{total('method: mean')}{more}"
    assert told("", (HEAD, text))[0] == "GR430"


# --- faults outside the checks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["part", "criterion", "count", "all", "any", "not"])
def test_a_row_may_name_a_criterion_called_as_a_condition(name: str) -> None:
    rows = f"method: table, rows: [{{when: {{{name}: 0}}, gives: 0}}], otherwise: 2"
    assert told(total("method: none", rows), ("id: a2", f"id: {name}")) == []


def test_a_level_cannot_hang_the_reading() -> None:
    assert number_of("1e20000") is None  # 1e999999999 would take hours
