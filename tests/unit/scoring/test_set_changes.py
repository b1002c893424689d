"""What changed between two versions of a criteria set, and what of it keeps results from being compared."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from small_sets import make, question, target

from granskning.model.criteria import Link, Prerequisite
from granskning.model.lineage import CriteriaChange
from granskning.model.method import (
    Band,
    Condition,
    DifferenceRule,
    Gate,
    Level,
    Rounding,
    Scale,
    Step,
)
from granskning.reporting.differences.set_changes import SetChange, compare_sets
from granskning.scoring.comparable import (
    comparable_questions,
    differing_criteria,
    differing_results,
    ground_of_results,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.model.criteria import CriteriaSet, Criterion, Target

Rows = list[tuple[str, str, str, str | None, str | None]]


def base() -> CriteriaSet:
    """Two targets, `t` with a, b and c and `u` with d; levels from 0 to 3."""
    return make("targets: {method: mean}\ncriteria: {method: mean}", [target("t", "a b c"), target("u", "d")])


def with_target(criteria: CriteriaSet, name: str, **fields: Any) -> CriteriaSet:
    targets = tuple(replace(held, **fields) if held.id == name else held for held in criteria.targets)
    return replace(criteria, targets=targets)


def with_criterion(criteria: CriteriaSet, name: str, **fields: Any) -> CriteriaSet:
    def asked(held: Target) -> tuple[Criterion, ...]:
        return tuple(replace(each, **fields) if each.id == name else each for each in held.criteria)

    return replace(criteria, targets=tuple(replace(held, criteria=asked(held)) for held in criteria.targets))


def with_scoring(criteria: CriteriaSet, /, **fields: Any) -> CriteriaSet:
    return replace(criteria, scoring=replace(criteria.scoring, **fields))


def told(before: CriteriaSet, after: CriteriaSet, language: str = "en") -> Rows:
    return [(row.id, row.part, row.key, row.before, row.after) for row in compare_sets(before, after, language)]


def test_a_set_has_not_changed_from_itself() -> None:
    assert told(base(), base()) == []
    assert differing_criteria(base(), base()) == {}
    assert differing_results(base(), base()) == {}


def test_a_set_is_told_by_its_name_or_else_by_its_version() -> None:
    assert told(base(), replace(base(), id="z", version="2.0.0")) == [("", "set", "", "s@1.0.0", "z@2.0.0")]
    assert told(base(), replace(base(), version="2.0.0")) == [("", "version", "", "1.0.0", "2.0.0")]


@pytest.mark.parametrize(
    ("before", "after", "language", "shown"),
    [
        ({"en": "S"}, {"en": "New\n title"}, "en", [("S", "New title")]),
        ({"en": "S"}, {"en": " S\n"}, "en", []),
        # told in the language that is asked for, although another differs too
        ({"sv": "Ett", "en": "One"}, {"sv": "Två", "en": "Two"}, "sv", [("Ett", "Två")]),
        # the same in the language that is asked for, and another in the other: a translation that came, too
        ({"sv": "Ett", "en": "One"}, {"sv": "Ett", "en": "Two"}, "sv", [("One", "Two")]),
        ({"sv": "Ett"}, {"sv": "Ett", "en": "One"}, "sv", [(None, "One")]),
        ({"sv": "Ett", "en": "One"}, {"sv": "Ett"}, "sv", [("One", None)]),
        # no language in common: each in what it has
        ({"sv": "Ett"}, {"en": "One"}, "en", [("Ett", "One")]),
        ({}, {"en": "One"}, "en", [(None, "One")]),
    ],
)
def test_a_text_is_told_once_in_the_language_where_it_differs(
    before: dict[str, str], after: dict[str, str], language: str, shown: list[tuple[str | None, str | None]]
) -> None:
    rows = told(replace(base(), title=before), replace(base(), title=after), language)
    assert rows == [("", "title", "", *pair) for pair in shown]


def test_scales_are_told_as_their_levels_or_their_ends() -> None:
    levels = (Level(0, {"en": "No"}), Level(1, {"en": "Yes"}))
    percent = Scale("p", minimum=Fraction(0), maximum=Fraction(100), unit="%")
    first = replace(base(), scales={"": Scale("", levels), "p": percent})
    later = replace(base(), scales={"": Scale("", (levels[0], Level(1, {}))), "q": replace(percent, id="q", unit="")})
    assert told(first, later) == [
        ("", "scale", "", "0 No, 1 Yes", "0 No, 1"),
        ("q", "scale", "", None, "0–100"),
        ("p", "scale", "", "0–100 %", None),
    ]


def test_targets_come_and_go_and_have_other_words_and_weights() -> None:
    first, gone = base(), replace(base(), targets=base().targets[:1])
    assert told(first, gone) == [("u", "target", "", "T", None), ("d", "criterion", "", "Q", None)]
    assert told(gone, first) == [("u", "target", "", None, "T"), ("d", "criterion", "", None, "Q")]
    changed = with_target(first, "u", title={"en": "U"}, picture={"en": "P"}, weight=Fraction(5, 2))
    assert told(first, changed) == [
        ("u", "title", "", "T", "U"),
        ("u", "picture", "", None, "P"),
        ("u", "weight", "", "1", "5/2"),
    ]
    assert differing_results(first, gone) == {"u": ("target",), "": ("questions", "weights")}
    assert differing_results(first, changed) == {"": ("weights",)}


def test_a_target_that_is_scored_in_its_own_way_says_which() -> None:
    own = Step("sum", bands=(Band(Fraction(1), "b", {"en": "B"}, above=True),), rounding=Rounding(2))
    assert told(base(), with_target(base(), "t", scoring=own)) == [
        ("t", "method", "", None, "sum"),
        ("t", "bands", "", None, ">1 B"),
        ("t", "rounding", "", None, "2 half_up"),
    ]
    assert [row[3:] for row in told(with_target(base(), "t", scoring=own), base())] == [
        ("sum", None),
        (">1 B", None),
        ("2 half_up", None),
    ]
    assert differing_results(base(), with_target(base(), "t", scoring=own)) == {"t": ("method",), "": ("method",)}


def test_everything_of_a_question_is_told() -> None:
    fields: list[tuple[str, Any, Any, str, str | None, str | None]] = [
        ("question", {"en": "Q"}, {"en": "R"}, "question", "Q", "R"),
        ("why", {}, {"en": "W"}, "why", None, "W"),
        ("weight", Fraction(1), Fraction(1, 2), "weight", "1", "1/2"),
        ("scale", "", "p", "scale", "–", "p"),
        ("justification", frozenset(), frozenset({"1", "0"}), "requires",
         "justification –; evidence –", "justification 0, 1; evidence –"),
        ("evidence", frozenset({"3"}), frozenset(), "requires",
         "justification –; evidence 3", "justification –; evidence –"),
        ("not_applicable", True, False, "not_applicable", "allowed", "not allowed"),
        ("not_applicable_if", None, Condition("part", part="b", comparison="at_least", levels=("1",)), "not_applicable",
         "allowed", "allowed if part b at_least 1 at_least"),
        ("applies_to", (), ("x", "y"), "applies_to", "–", "x, y"),
        ("critical", False, True, "critical", "no", "yes"),
        ("core", True, False, "core", "yes", "no"),
        ("class_", "", "k", "class", "–", "k"),
        ("number", "1", "", "number", "1", "–"),
        ("short_title", {"en": "A"}, {"en": "B"}, "short_title", "A", "B"),
        ("tags", ("x",), (), "tags", "x", "–"),
        ("look_for", (), ("p", "q"), "look_for", "–", "p, q"),
        ("links", (), (Link("https://a.example", {"en": "A", "sv": "Å"}),), "links", "–", "https://a.example A"),
        ("prerequisites", (Prerequisite("b", "2", "1"),), (), "prerequisites", "b 2 1", "–"),
    ]  # fmt: skip
    bare: dict[str, Any] = {"justification": frozenset(), "evidence": frozenset()}
    for field, before, after, part, shown, other in fields:
        first, later = (with_criterion(base(), "a", **{**bare, field: value}) for value in (before, after))
        assert told(first, later) == [("a", part, "", shown, other)], field


def test_each_level_of_a_question_is_told_by_its_key() -> None:
    first = with_criterion(base(), "a", levels={"0": {"en": "No"}, "1": {"en": "Some"}, "2": {"en": "Most"}})
    later = with_criterion(base(), "a", levels={"1": {"en": "Some"}, "2": {"en": "All"}, "3": {"en": "More"}})
    assert told(first, later) == [
        ("a", "level", "2", "Most", "All"),
        ("a", "level", "3", None, "More"),
        ("a", "level", "0", "No", None),
    ]
    assert differing_criteria(first, later) == {"a": ("levels",)}
    assert differing_results(first, later) == {"t": ("questions",), "": ("questions",)}


def test_methods_are_told_with_what_is_not_as_usual_and_bands_and_rounding_apart() -> None:
    bands = (Band(Fraction(0), "l", {"en": "Low"}), Band(Fraction(3, 2), "h", {"en": "High"}, above=True))
    step = Step("geometric_mean", floor=Fraction(1, 2), bands=bands)
    usual = base().scoring
    changed = with_scoring(base(), criteria=step, targets=replace(usual.targets, rounding=Rounding(2)))
    assert told(base(), changed) == [
        ("criteria", "method", "", "mean", "geometric_mean, floor 0.5"),
        ("criteria", "bands", "", "", "0 Low, >1.5 High"),
        ("targets", "rounding", "", "1 half_up", "2 half_up"),
    ]


def test_the_step_between_targets_is_told_where_there_is_one() -> None:
    flat = with_scoring(base(), subtargets=Step("sum"))
    assert told(base(), flat) == []
    below = [target("u", targets=[target("v", "d")])]
    deep = make("targets: {method: mean}\ncriteria: {method: mean}\nsubtargets: {method: mean}", below)
    assert told(deep, with_scoring(deep, subtargets=Step("sum"))) == [("subtargets", "method", "", "mean", "sum")]


def test_gates_come_go_and_change() -> None:
    when = Condition("part", part="a", comparison="below", levels=("1",))
    gates = [Gate("g", when, None, cap, {}) for cap in ("1", "2")]
    first, later = (with_scoring(base(), gates=(gate,)) for gate in gates)
    assert told(base(), first) == [("g", "gate", "", None, "part a below 1 at_least: 1")]
    assert told(first, base()) == [("g", "gate", "", "part a below 1 at_least: 1", None)]
    assert [row[3:] for row in told(first, later)] == [("part a below 1 at_least: 1", "part a below 1 at_least: 2")]
    assert differing_results(first, later) == {"": ("method",)}
    of_target = with_scoring(base(), gates=(replace(gates[0], target="u"),))
    assert differing_results(base(), of_target) == {"u": ("method",), "": ("method",)}


def test_what_a_verdict_asks_for_and_how_reviewers_are_joined_is_told() -> None:
    assert told(base(), with_scoring(base(), coverage=Fraction(4, 5), reading_depth="full_text")) == [
        ("", "verdict", "", told_verdict(base()), "80%, full_text")
    ]
    rules = (DifferenceRule(Fraction(1), "lowest"),)
    changed = with_scoring(
        base(), reviewers="by_difference", reviewers_of="answers", normalise=(Fraction(0), Fraction(100)),
        difference_rules=rules,
    )  # fmt: skip
    assert told(base(), changed) == [
        ("reviewers", "scoring", "", f"–, {base().scoring.reviewers_of}, None",
         "by_difference, answers, 0, 100, ≤ 1 lowest, open"),
    ]  # fmt: skip


def told_verdict(criteria: CriteriaSet) -> str:
    return f"{float(criteria.scoring.coverage):.0%}, {criteria.scoring.reading_depth}"


def changed_scale(alter: Callable[[tuple[Level, ...]], tuple[Level, ...]]) -> CriteriaSet:
    scale = base().scales[""]
    return replace(base(), scales={"": replace(scale, levels=alter(scale.levels))})


@pytest.mark.parametrize(
    "alter",
    [
        lambda levels: levels[1:],
        lambda levels: (replace(levels[0], points=Fraction(7)), *levels[1:]),
        lambda levels: (replace(levels[0], means_missing=True), *levels[1:]),
        lambda levels: (replace(levels[0], label={"en": "None at all"}), *levels[1:]),
    ],
)
def test_levels_that_mean_something_else_make_each_question_another(
    alter: Callable[[tuple[Level, ...]], tuple[Level, ...]],
) -> None:
    assert differing_criteria(base(), changed_scale(alter)) == dict.fromkeys("abcd", ("scale",))


def test_a_label_in_one_more_language_or_wrapped_otherwise_makes_no_question_another() -> None:
    def alter(levels: tuple[Level, ...]) -> tuple[Level, ...]:
        return (replace(levels[0], label={"en": " 0\n", "sv": "Noll"}), *levels[1:])

    assert differing_criteria(base(), changed_scale(alter)) == {}


def test_words_without_a_language_in_common_cannot_be_told_to_be_the_same() -> None:
    assert differing_criteria(base(), with_criterion(base(), "a", question={"fi": "Q"})) == {"a": ("question",)}
    assert differing_criteria(base(), with_criterion(base(), "a", question={})) == {"a": ("question",)}
    both = [with_criterion(base(), "a", levels={"0": {}}) for _ in range(2)]
    assert differing_criteria(both[0], replace(both[1], version="2.0.0")) == {}


def test_what_holds_a_question_back_is_part_of_how_a_result_is_made() -> None:
    needs = (Prerequisite("b", "2", "1"),)
    for fields in (
        {"prerequisites": needs},
        {"not_applicable_means": ("level", "0")},
        {"without_evidence": {"3": "2"}},
        {"critical": True},
    ):
        changed = with_criterion(base(), "a", **fields)
        assert differing_results(base(), changed) == {"t": ("method",), "": ("method",)}, fields
        assert differing_criteria(base(), changed) == {}


def test_targets_below_a_target_weigh_and_are_made_in_their_own_way() -> None:
    def deep(weight: int = 1, method: str = "mean") -> CriteriaSet:
        below = [target("v", "d", weight={"value": weight, "why": "w"}, scoring={"method": method}), target("w", "e")]
        scoring = "targets: {method: mean}\ncriteria: {method: mean}\nsubtargets: {method: mean}"
        return make(scoring, [target("u", targets=below), target("t", [question("a", weight=2)])])

    assert differing_results(deep(), deep(2)) == {"u": ("weights",), "": ("weights",)}
    assert differing_results(deep(), deep(method="sum")) == dict.fromkeys(("u", "v", ""), ("method",))
    assert differing_results(deep(), with_scoring(deep(), normalise=(Fraction(0), Fraction(100))))[""] == ("method",)


def test_a_change_is_told_with_what_it_is_of() -> None:
    assert compare_sets(base(), replace(base(), version="2.0.0"), "en") == (
        SetChange("", "version", "", "1.0.0", "2.0.0"),
    )


def test_results_that_rest_on_questions_put_at_other_times_cannot_be_compared() -> None:
    others = ("questions",)
    for fields in ({"asked_if": Condition("part", part="b", levels=("2",))}, {"applies_to": ("x",)}):
        assert differing_results(base(), with_criterion(base(), "a", **fields)) == {"t": others, "": others}, fields
    first, later = (with_criterion(base(), "a", applies_to=areas) for areas in (("x", "y"), ("y", "x")))
    assert differing_results(first, later) == {}


@pytest.mark.parametrize(("shared", "others"), [("d", ("questions", "weights")),
                                                ("u", ("questions", "weights", "method"))])  # fmt: skip
def test_what_counts_in_a_target_too_is_among_what_its_result_rests_on(shared: str, others: tuple[str, ...]) -> None:
    first = with_target(base(), "t", counts_also=(shared,))
    assert differing_results(base(), first)["t"] == others
    heavy = with_criterion(first, "d", weight=Fraction(3))
    assert differing_results(first, heavy)["t"] == ("weights",)
    critical = with_criterion(first, "d", critical=True)
    assert differing_results(first, critical)["t"] == ("method",)
    assert differing_results(base(), with_criterion(base(), "d", critical=True)).keys() == {"u", ""}


def test_a_level_that_counts_as_another_without_evidence_makes_the_result_in_another_way() -> None:
    levels = tuple(Level(value, {"en": str(value)}) for value in range(4))
    first = replace(base(), scales={"": Scale("", levels)})
    proved = (*levels[:2], replace(levels[2], without_evidence="1"), levels[3])
    later = replace(base(), scales={"": Scale("", proved)})
    assert differing_results(first, later) == {"t": ("method",), "u": ("method",), "": ("method",)}


def test_a_question_that_belongs_to_another_target_is_told() -> None:
    first = base()
    one, other = first.targets
    moved = (replace(one, criteria=one.criteria[:2]), replace(other, criteria=(*other.criteria, one.criteria[2])))
    assert told(first, replace(first, targets=moved)) == [("c", "within", "", "t", "u")]


CHANGES: dict[str, Callable[[CriteriaSet], CriteriaSet]] = {
    "nothing": lambda criteria: criteria,
    "space between words": lambda criteria: with_criterion(criteria, "a", question={"en": "Q  "}),
    "another set": lambda criteria: replace(criteria, id="o"),
    "the words of a question": lambda criteria: with_criterion(criteria, "a", question={"en": "Another"}),
    "what a level takes": lambda criteria: with_criterion(criteria, "a", levels={"1": {"en": "This"}}),
    "a weight": lambda criteria: with_criterion(criteria, "a", weight=Fraction(2)),
    "the weight of a target": lambda criteria: with_target(criteria, "t", weight=Fraction(2)),
    "a critical question": lambda criteria: with_criterion(criteria, "a", critical=True),
    "a target that is gone": lambda criteria: replace(criteria, targets=criteria.targets[:1]),
    "what is looked for": lambda criteria: with_criterion(criteria, "a", look_for=("x",)),
    "the title of a target": lambda criteria: with_target(criteria, "t", title={"en": "Other"}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_results_rest_on_is_the_same_just_where_nothing_keeps_them_from_being_compared(change: str) -> None:
    before, after = base(), CHANGES[change](base())
    is_same = ground_of_results(before) == ground_of_results(after)
    assert is_same is (differing_results(before, after) == {})


def test_questions_are_comparable_that_are_the_same_belong_to_the_same_target_and_count_alike() -> None:
    before = base()
    assert comparable_questions(before, base()) == {"a", "b", "c", "d"}
    after = with_criterion(before, "a", question={"en": "Another"})
    assert comparable_questions(before, after) == {"b", "c", "d"}
    assert comparable_questions(before, with_criterion(before, "a", weight=Fraction(2))) == {"b", "c", "d"}
    assert comparable_questions(before, with_criterion(before, "a", critical=True)) == {"b", "c", "d"}
    assert comparable_questions(before, with_criterion(before, "a", core=True)) == {"a", "b", "c", "d"}
    moved = make("targets: {method: mean}\ncriteria: {method: mean}", [target("t", "a b"), target("u", "c d")])
    assert comparable_questions(before, moved) == {"a", "b", "d"}
    fewer = make("targets: {method: mean}\ncriteria: {method: mean}", [target("t", "a e"), target("u", "d")])
    assert comparable_questions(before, fewer) == {"a", "d"}


@pytest.mark.parametrize(
    ("kind", "other_words", "same_words"),
    [
        (None, ("question",), ()),
        ("editorial", (), ()),
        ("clarified", (), ()),
        ("substantive", ("question",), ("question",)),
    ],
)
def test_what_the_later_version_says_of_a_question_decides_whether_it_is_compared(
    kind: Any, other_words: tuple[str, ...], same_words: tuple[str, ...]
) -> None:
    """Whichever of the two is asked about first; a scale that is another one is another one, whatever is said."""
    before = base()
    said = (CriteriaChange("1.0.0", kind, {"en": "So."}, criterion="a"),) if kind else ()
    for words, reasons in (({"en": "Another"}, other_words), ({"en": "Q"}, same_words)):
        after = with_criterion(replace(before, version="1.1.0", changes=said), "a", question=words)
        expected = {"a": reasons} if reasons else {}
        assert differing_criteria(before, after) == differing_criteria(after, before) == expected
