"""Every figure can be redone from its explanation alone, by an evaluator that shares no code with the engine."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engine_sets import Situation, situations
from hypothesis import HealthCheck, given, settings

from granskning.api import open_workspace
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.explain import explain_review

if TYPE_CHECKING:
    from collections.abc import Iterable

    from granskning.model.method import Scoring
    from granskning.scoring.results.explanation import PartExplanation, StepExplanation

FRAMEWORKS = sorted(path.parent for path in (Path(__file__).parent.parent / "frameworks").glob("*/granskning.yaml"))
NEAR = 1e-9
"""Relative: roots are redone in doubles."""
RISING = frozenset({"mean", "sum", "geometric_mean", "share_of_possible", "share_satisfied", "best", "median"})
"""Methods whose ends are those of the parts' ends; the others are redone where all parts are settled."""


def plain(number: Any) -> Any:
    """A number to calculate with: roots as doubles."""
    return number if number is None or isinstance(number, int | Fraction) else float(number)


def weighted(there: list[PartExplanation], numbers: list[Any], made: StepExplanation) -> Any:
    """The number that a step which weighs its parts gives."""
    pairs = [(one.weight, number) for one, number in zip(there, numbers, strict=True)]
    whole = sum(weight for weight, _ in pairs)
    match made.step.method:
        case "sum":
            return sum(weight * number for weight, number in pairs) if whole else None
        case "mean":
            return sum(weight * number for weight, number in pairs) / whole if whole else None
        case "product":
            return prod(float(number) ** float(weight) for weight, number in pairs)
        case "geometric_mean":
            floor = made.step.floor
            floored = [(weight, number if floor is None else max(number, float(floor))) for weight, number in pairs]
            return prod(float(number) ** float(weight / whole) for weight, number in floored)
        case "share_of_possible":
            least: list[Any] = [plain(one.least) for one in there]
            most: list[Any] = [plain(one.most) for one in there]
            span = sum(one.weight * (top - low) for one, low, top in zip(there, least, most, strict=True))
            gained = sum(one.weight * (n - low) for one, n, low in zip(there, numbers, least, strict=True))
            return gained / span if span else None
    return None


def chosen(there: list[PartExplanation], side: int, made: StepExplanation) -> Any:
    """The rank, or the number where the parts share no scale, that a step which picks a part gives."""
    by_value = made.common is None or made.step.even == "mean"
    held: list[Any] = sorted(
        ((one.low, one.high) if by_value else (one.low_rank, one.high_rank))[side] for one in there
    )
    pair = (held[(len(held) - 1) // 2], held[len(held) // 2])
    if made.step.method == "median":
        if made.step.even in ("lower", "upper"):
            return pair[made.step.even == "upper"]
        return pair[0] if pair[0] == pair[1] else (plain(pair[0]) + plain(pair[1])) / 2
    return held[0] if made.step.method == "weakest" else held[-1]


def redone(made: StepExplanation, side: int) -> Any:
    """What the parts come to at one end; the text `skip` where a number alone does not tell."""
    there = [one for one in made.parts if one.is_there]
    method = made.step.method
    if not there or method == "none" or method not in RISING | {"product", "weakest"}:
        return "skip"
    if any(not one.is_settled and (one.by_band or method not in RISING) for one in there):
        return "skip"
    if method == "share_satisfied":
        reached: list[Any] = [
            (one.high, one.low)[not side]
            if one.by_value or one.low_rank is None
            else (one.high_rank, one.low_rank)[not side]
            for one in there
        ]
        met = sum(one.weight for one, at in zip(there, reached, strict=True) if at >= one.threshold)
        whole = sum(one.weight for one in there)
        return met / whole if whole else None
    if method in ("weakest", "best", "median"):
        moved = made.step.step_up is not None or made.step.step_down is not None
        other_scale = made.common is not None and (made.scale is None or made.scale.keys != made.common.keys)
        return "skip" if moved or other_scale else chosen(there, side, made)
    numbers: list[Any] = [one.high if side else one.low for one in there]
    if any(number is None for number in numbers):
        return "skip"
    exact = [plain(number) for number in numbers]
    return weighted(there, exact, made)


def check(explained: Iterable[StepExplanation]) -> int:
    """Hold every step against its explanation; how many ends were redone."""
    count = 0
    for made in explained:
        for side, outcome in enumerate(made.ungated):
            value = redone(made, side)
            if value == "skip":
                continue
            ranked = made.step.method in ("weakest", "best", "median") and made.common is not None
            given_ = outcome.rank if ranked and made.step.even != "mean" else outcome.value
            if value is None or given_ is None:
                assert value == given_, made
            elif ranked and made.step.even != "mean":
                assert max(value, 0) == given_, made
            else:
                assert float(value) == pytest.approx(float(given_), rel=NEAR, abs=NEAR), made
            count += 1
        check_rules(made)
    return count


def check_rules(made: StepExplanation) -> None:
    """Where one rule decides, it is the first that holds, or the last before one that does not in a ladder."""
    low, high = made.ungated
    if not made.rules or low != high or not any(one.is_there for one in made.parts):
        return
    if all(must == can for must, can in made.rules):
        holds = [must for must, _ in made.rules]
        if made.step.method == "ladder":
            climbed = holds.index(False) if False in holds else len(holds)
            assert low.rule == (climbed - 1 if climbed else None), made
        else:
            assert low.rule == (holds.index(True) if True in holds else None), made


@given(situations())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_figure_follows_from_its_explanation(situation: Situation) -> None:
    check(explain_review(situation.review, compile_criteria(situation.criteria)).values())


@pytest.mark.parametrize("folder", FRAMEWORKS, ids=lambda folder: folder.name)
def test_the_figures_of_a_framework_follow_from_their_explanations(folder: Path) -> None:
    _, loaded = open_workspace(folder)
    assert loaded.workspace.reviews
    for review in loaded.workspace.reviews:
        criteria = loaded.workspace.criteria[review.criteria]
        assert check(explain_review(review, compile_criteria(criteria)).values()) > 0 or decides_alone(criteria.scoring)


def decides_alone(scoring: Scoring) -> bool:
    """Whether no step of the set yields a figure that is redone here."""
    steps = (scoring.criteria, scoring.targets)
    return all(step.method not in RISING or step.step_up or step.method in ("best", "median") for step in steps)
