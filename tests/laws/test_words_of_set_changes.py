"""What is told of two versions of a criteria set is told in words: no key, value or notation of the files or Python."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import pytest
from engine_sets import ANY, model_of, sets
from hypothesis import HealthCheck, given, settings

from granskning.cli.show_diff import as_html, as_text
from granskning.i18n import Translator
from granskning.model.criteria import CriteriaSet, Criterion, FigureDemands, Link, Prerequisite, Target
from granskning.model.lineage import CriteriaChange, Goal, Retired
from granskning.model.method import (
    Band,
    Condition,
    CurvePoint,
    DifferenceRule,
    Gate,
    Level,
    Move,
    Rounding,
    Scale,
    Scoring,
    Step,
)
from granskning.model.rater_agreement import DeclaredAgreement
from granskning.model.versions.question_steps import differs
from granskning.reporting.differences.diff_blocks import set_blocks
from granskning.reporting.differences.set_changes import Part, SetChange, compare_sets
from granskning.scoring.comparable import differing_criteria, differing_results, ground_of_results
from granskning.scoring.results.card import TOTAL
from granskning.workspace.yaml.canonical_form import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = Path(__file__).parents[2] / "src/granskning/workspace/schemas/criteria.schema.json"
LANGUAGES = ("sv", "en")


def _notation() -> re.Pattern[str]:
    """Python's own values, and every key and value of the schema that is no word of the field."""
    names: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            names.update(node.get("properties", {}))
            names.update(str(value) for value in node.get("enum", ()))
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(json.loads(SCHEMA.read_text(encoding="utf-8")))
    keys = sorted(name for name in names if "_" in name)
    assert {"half_up", "geometric_mean", "full_text", "by_difference", "at_least"} <= set(keys)
    return re.compile(rf"\b(True|False|None|Fraction|{'|'.join(keys)})\b|[\[{{('][\"']|[\"'][\]}})']")


NOTATION = _notation()


class Pair(NamedTuple):
    before: CriteriaSet
    after: CriteriaSet
    changes: tuple[SetChange, ...]


def told(before: CriteriaSet, after: CriteriaSet, language: str) -> str:
    pair = Pair(before, after, compare_sets(before, after, language))
    assert not {"None", "()", "{}"} & {text for change in pair.changes for text in (change.before, change.after)}
    blocks = list(set_blocks(pair, Translator(language)))
    text, page = as_text(blocks), as_html(blocks, Translator(language))
    for line in text.splitlines():
        assert not NOTATION.search(line), line
    assert not NOTATION.search(re.sub("<[^>]*>", " ", page.partition("<main>")[2]))
    return text


def base() -> CriteriaSet:
    """Two targets with questions on a scale of levels or a range, and every property of a set at its usual value."""
    levels = [{"value": value, "label": {"sv": f"Nivå {value}", "en": f"Level {value}"}} for value in range(4)]
    asked = [{"id": name, "question": f"Fråga {name}?", "not_applicable": "allowed"} for name in "abcd"]
    asked[3] |= {"scale": "percent"}
    step = {"method": "mean", "bands": [{"from": 0, "id": "low", "label": "Låg"}, {"from": 2, "id": "b", "label": "B"}]}
    return model_of({
        "id": "s", "version": "1.0.0", "title": "S", "language": "sv", "scale": levels,
        "sources": [{"id": "law", "title": "Lagen", "address": "https://law.example", "retrieved": "2026-11-02"}],
        "goals": [{"id": "fair", "title": "Rättvist", "within": "Agendan", "text": "Alla med."}],
        "challenges": [{"id": "gap", "title": "Gapet", "text": "Det är stort."}],
        "scales": [{"id": "percent", "range": {"from": 0, "to": 100}}],
        "areas": [{"id": "transport", "title": "Resor"}],
        "classes": [{"id": "group", "title": "Grupp", "weight": {"value": 1, "why": "w"}}],
        "targets": [{"id": "t", "title": "Ett", "criteria": asked[:2]},
                    {"id": "u", "title": "Två", "criteria": asked[2:]}],
        "scoring": {"criteria": {"method": "mean"}, "targets": step,
                    "gates": [{"id": "g", "when": {"criterion": "a", "below": 1}, "cap": {"total": True, "at": 1}}]},
    })  # fmt: skip


CONDITION = Condition("part", part="b", comparison="at_least", levels=("2",))

CHANGED: dict[type, dict[str, Any]] = {
    Criterion: {
        "question": {"sv": "Ny?"}, "why": {"sv": "Därför"}, "levels": {"1": {"sv": "Något"}}, "weight": Fraction(5, 2),
        "justification": frozenset({"*"}), "evidence": frozenset({"1", "3"}), "not_applicable": False,
        "applies_to": ("transport",), "core": True, "class_": "group", "critical": True, "scale": "percent",
        "prerequisites": (Prerequisite("b", "2", "1"),), "number": "7", "short_title": {"sv": "Kort"},
        "links": (Link("https://a.example", {"sv": "Länk"}),), "tags": ("x",), "look_for": ("kvinnor",),
        "not_applicable_if": CONDITION, "not_applicable_means": ("share", "1/2"), "weight_why": {"sv": "Därför"},
        "rests_on": ("law",), "counts_as_evidence": {"sv": "Siffror"}, "mistakes": {"sv": "Ord"},
        "challenges": ("gap",), "goals": ("fair",), "asked_if": CONDITION, "without_evidence": {"2": "1", "*": "0"},
    },
    Target: {
        "title": {"sv": "Ny"}, "picture": {"sv": "Bild"}, "weight": Fraction(1, 2), "scoring": Step("sum"),
        "challenges": ("gap",), "goals": ("fair",), "weight_why": {"sv": "Därför"}, "number": "7",
        "short_title": {"sv": "Kort"}, "counts_also": ("c", "u"), "criteria": (),
    },
    Level: {
        "label": {"sv": "Ny"}, "description": {"sv": "Mer"}, "means_missing": True, "means_not_applicable": True,
        "without_evidence": "0", "points": Fraction(9), "strength": True,
    },
    Scale: {
        "minimum": Fraction(1), "maximum": Fraction(50), "interval": Fraction(5), "unit": "%",
        "curve": (CurvePoint(Fraction(0), Fraction(1)), CurvePoint(Fraction(9), Fraction(3), above=True)),
    },
    Step: {
        "method": "geometric_mean", "not_applicable": ("level", "1"), "insufficient_evidence": "lowest",
        "bands": (), "bands_on": "rounded", "rounding": Rounding(2), "over": "criteria", "passes_on": "rounded",
        "points": (CurvePoint(Fraction(0), Fraction(1)), CurvePoint(Fraction(9), Fraction(3), above=True)),
    },
    Rounding: {"decimals": 0, "mode": "truncate", "percent": True},
    Band: {
        "start": Fraction(1, 2), "label": {"sv": "Ny"}, "above": True, "requires": (CONDITION,),
    },
    Gate: {"when": CONDITION, "target": "u", "cap": "2", "why": {"sv": "Ty"}},
    Scoring: {
        "reviewers": "by_difference", "normalise": (Fraction(0), Fraction(100)), "coverage": Fraction(4, 5),
        "reading_depth": "contents", "gates": (), "criteria": Step("sum"), "targets": Step("none"),
    },
    CriteriaSet: {
        "id": "z", "version": "2.0.0", "title": {"sv": "Ny"}, "language": "en", "status": "adopted",
        "owner": "En annan", "date": "2026-11-30", "about": {"sv": "Om"}, "areas": {"transport": {"sv": "Vägar"}},
        "sources": (), "classes": (), "challenges": (),
        "goals": (Goal("fair", {"sv": "Rätt"}, {"sv": "Agendan"}, {"sv": "Alla."}),),
        "changes": (CriteriaChange("0.9.0", "clarified", {"sv": "Klarare"}, "a"),),
        "retired": (Retired("x", "1.0.0", {"sv": "Aldrig mer"}),), "variant_of": "other",
        "statistics": FigureDemands(5, {"sv": "Det går fort"}),
        "agreement": DeclaredAgreement("ordinal", ("cohen_kappa",), "linear", (("0", "1", Fraction(2)),)),
    },
}  # fmt: skip
"""What each property becomes."""

WITH: dict[tuple[type, str], dict[str, Any]] = {
    (Scale, "between"): {"curve": CHANGED[Scale]["curve"], "between": "step"},
    (Step, "between"): {"points": CHANGED[Step]["points"], "between": "log"},
    (Step, "scale"): {"method": "weakest", "scale": ""},
    (Step, "floor"): {"method": "geometric_mean", "floor": Fraction(1, 2)},
    (Step, "exponent"): {"method": "power_mean", "exponent": 2},
    (Step, "trim"): {"method": "trimmed_mean", "trim": (Fraction(1, 10), True)},
    (Step, "of"): {"method": "quotient", "of": ("t", "u")},
    (Step, "satisfied_at"): {"method": "share_satisfied", "satisfied_at": "2"},
    (Step, "step_up"): {"method": "weakest", "step_up": Move(Fraction(1, 2), is_share=True)},
    (Step, "step_down"): {"method": "weakest", "step_down": Move(Fraction(1), is_share=False, below="1")},
    (Step, "even"): {"method": "median", "even": "mean"},
    (Band, "points"): {"points": Fraction(7)},
    (Scoring, "difference_rules"): {"reviewers": "by_difference",
                                    "difference_rules": (DifferenceRule(Fraction(1), "lowest"),)},
    (Scoring, "reviewers_of"): {"reviewers": "mean", "reviewers_of": "answers"},
}  # fmt: skip
"""Of a property that means something only beside another: both."""

DRAWN = {
    (Step, "rules"), (Step, "otherwise"), (Step, "counts"), (Step, "critical"), (Band, "gives"),
    (Scoring, "subtargets"), (Scoring, "difference_otherwise"),
}  # fmt: skip
"""Those that take a whole set around them: the sets that are drawn below have them."""

UNTOLD = {
    Criterion: {"id"}, Target: {"id", "targets"},
    Level: {"value"}, Scale: {"id", "levels"}, Step: set(), Rounding: set(),
    Band: {"id", "end", "includes_end"},
    Gate: {"id"}, Scoring: set(),
    CriteriaSet: {"scales", "targets", "scoring", "file", "base_file"},
}  # fmt: skip
"""What no line of a difference is for: ids, and what the parts hold that stand above."""

EVERY = [(kind, name) for kind in CHANGED for name in (*CHANGED[kind],)] + list(WITH)


def changed(kind: type, new: dict[str, Any]) -> CriteriaSet:
    """The set where a value of that kind has other properties."""
    before = base()
    scoring, first, usual, percent = before.scoring, before.targets[0], before.scales[""], before.scales["percent"]

    def with_first(**other: Any) -> CriteriaSet:
        return replace(before, targets=(replace(first, **other), *before.targets[1:]))

    def with_total(**other: Any) -> CriteriaSet:
        return replace(before, scoring=replace(scoring, targets=replace(scoring.targets, **other)))

    def with_band(**other: Any) -> CriteriaSet:
        bands = (scoring.bands[0], replace(scoring.bands[1], **other))
        return with_total(bands=bands, passes_on="band" if "points" in other else "value")

    levels = usual.levels
    makers: dict[type, Callable[[], CriteriaSet]] = {
        CriteriaSet: lambda: replace(before, **new),
        Scoring: lambda: replace(before, scoring=replace(scoring, **new)),
        Gate: lambda: replace(before, scoring=replace(scoring, gates=(replace(scoring.gates[0], **new),))),
        Target: lambda: with_first(**new),
        Criterion: lambda: with_first(criteria=(replace(first.criteria[0], **new), *first.criteria[1:])),
        Level: lambda: replace(before, scales={
            **before.scales, "": replace(usual, levels=(levels[0], replace(levels[1], **new), *levels[2:])),
        }),
        Scale: lambda: replace(before, scales={**before.scales, "percent": replace(percent, **new)}),
        Step: lambda: with_total(**new),
        Rounding: lambda: with_total(rounding=replace(scoring.rounding, **new)),
        Band: lambda: with_band(**new),
    }  # fmt: skip
    return makers[kind]()


@pytest.mark.parametrize(("kind", "name"), EVERY, ids=lambda value: getattr(value, "__name__", value))
def test_every_property_of_a_set_is_told_in_words_when_it_changes(kind: type, name: str) -> None:
    before, after = base(), changed(kind, WITH.get((kind, name)) or {name: CHANGED[kind][name]})
    for language in LANGUAGES:
        text = told(before, after, language)
        assert "\n- " in text, f"{language}: {text}"
        assert Translator(language)("set in another way, with the same meaning") not in text, language


@pytest.mark.parametrize(
    ("kind", "name"),
    [pair for pair in EVERY if pair != (CriteriaSet, "language")],  # a ground is told in the set's own language
    ids=lambda value: getattr(value, "__name__", value),
)
def test_the_ground_of_results_is_the_same_just_when_nothing_keeps_them_from_being_compared(
    kind: type, name: str
) -> None:
    before, after = base(), changed(kind, WITH.get((kind, name)) or {name: CHANGED[kind][name]})
    assert_one_verdict(before, after)


@pytest.mark.parametrize("name", sorted(CHANGED[Criterion]))
def test_what_keeps_answers_or_results_from_being_compared_must_be_declared(name: str) -> None:
    """A version that does not say how such a question has changed is told of it, and migrate asks anew."""
    before, after = base(), changed(Criterion, {name: CHANGED[Criterion][name]})
    one, other = (next(held for held in version.criteria if held.id == "a") for version in (before, after))
    counts_otherwise = name not in ("critical", "class_") and "t" in differing_results(before, after)
    if differing_criteria(before, after) or counts_otherwise:
        assert differs(one, other, before, after)


def assert_one_verdict(before: CriteriaSet, after: CriteriaSet) -> None:
    grounds = [content_hash(ground_of_results(criteria)) for criteria in (before, after)]
    assert (grounds[0] == grounds[1]) is (TOTAL not in differing_results(before, after, joint=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_note_calls_a_change_and_words_in_another_language_are_told(language: str) -> None:
    noted = replace(base(), changes=(CriteriaChange("0.9.0", "clarified", {"sv": "Så"}, "a"),))
    other = replace(base(), changes=(CriteriaChange("0.9.0", "substantive", {"sv": "Så"}, "a"),))
    words = {"sv": ("förtydligad", "annan"), "en": ("clarified", "another")}[language]
    assert all(word in told(noted, other, language) for word in words)
    area = replace(base(), areas={"transport": {"sv": "Resor", "fi": "Matkat"}})
    translated = {"sv": "andra ord på ett annat språk", "en": "other words in another language"}[language]
    assert translated in told(base(), area, language)


def test_the_schema_of_a_difference_names_every_part() -> None:
    schema = json.loads(SCHEMA.with_name("diff.schema.json").read_text(encoding="utf-8"))
    change = schema["properties"]["criteria"]["items"]["properties"]["changes"]["items"]
    assert change["properties"]["part"]["enum"] == list(get_args(Part))


def test_every_property_has_a_change_or_is_told_by_no_line() -> None:
    for kind in CHANGED:
        tried = {name for held, name in (*EVERY, *DRAWN) if held is kind}
        assert not tried & UNTOLD[kind], kind
        assert tried | UNTOLD[kind] == {field.name for field in fields(kind)}, kind


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(sets(ANY), sets(ANY))
def test_any_two_sets_are_told_apart_in_words_and_compared_by_one_verdict(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    for language in LANGUAGES:
        told(model_of(one), model_of(other), language)
    assert_one_verdict(model_of(one), model_of(other))
    assert_one_verdict(model_of(one), replace(model_of(one), version="9.9.9"))
