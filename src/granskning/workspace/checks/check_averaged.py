"""What the mean of several reviewers' answers to a question cannot do: be a level.

It is a number, the mean of the points. So nothing can ask whether it is a certain level, as tables do, or choose one.
It can be compared with a level, as at least or below, where points rise with the levels. A criteria set in, findings
out; nothing is scored.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.model.method import CHOOSING, DECIDING, NOT_APPLICABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import Condition, Scale, Step
    from granskning.workspace.checks.check_views import StepPlace, Views


def check_averaged(criteria: CriteriaSet, places: Sequence[StepPlace], seen: Views) -> Iterator[Finding]:
    """Yield the steps, gates and bands that would need a level of an averaged answer."""
    scoring = criteria.scoring
    if (scoring.reviewers, scoring.reviewers_of) != ("mean", "answers"):
        return

    def finding(path: Path, needs: str) -> Finding:
        return Finding(RULES["GR439"], Pointer(criteria.file, path), {"name": needs})

    for place in places:
        step = place.step
        asked = [name for name in place.parts if name in seen.held]
        decides = step.method in DECIDING and any(
            _needs_levels(rule.when, place.parts, criteria, seen) for rule in step.rules
        )
        chooses = step.method in CHOOSING and step.even != "mean" and asked and _share_levels(place.parts, seen)
        falls = any(not _rises(criteria.scale_of(seen.held[one])) for one in asked)
        if decides or chooses or (step.method == "share_satisfied" and falls):
            yield finding((*place.path, "method"), step.method)
        yield from _check_bands(place, step, criteria, seen)
    for number, gate in enumerate(scoring.gates):
        parts = next((one.parts for one in places if (one.target.id if one.target else None) == gate.target), ())
        if _needs_levels((gate.when,), parts, criteria, seen):
            yield finding(("scoring", "gates", number, "when"), gate.id)


def _check_bands(place: StepPlace, step: Step, criteria: CriteriaSet, seen: Views) -> Iterator[Finding]:
    path = (*place.path, "bands") if "bands" in place.values else ("scoring", "bands")
    for number, band in enumerate(step.bands):
        if _needs_levels(band.requires, place.parts, criteria, seen):
            at = Pointer(criteria.file, (*path, number, "requires"))
            yield Finding(RULES["GR439"], at, {"name": band.id})


def _leaves(conditions: Sequence[Condition]) -> Iterator[Condition]:
    """The conditions on parts and counts, in all that conditions are made of."""
    for one in conditions:
        if one.kind in ("part", "count"):
            yield one
        yield from _leaves(one.conditions)


def _names(condition: Condition, parts: Sequence[str]) -> Sequence[str]:
    if condition.kind == "part":
        return (condition.part,)
    return [name for name in parts if not condition.parts or name in condition.parts]


def _needs_levels(conditions: Sequence[Condition], parts: Sequence[str], criteria: CriteriaSet, seen: Views) -> bool:
    """Whether a condition asks for the very level of a question, or compares levels that points don't follow."""
    for one in _leaves(conditions):
        asked = [name for name in _names(one, parts) if name in seen.held and one.levels != (NOT_APPLICABLE,)]
        if asked and (one.comparison == "is" or any(not _rises(criteria.scale_of(seen.held[name])) for name in asked)):
            return True
    return False


def _share_levels(parts: Sequence[str], seen: Views) -> bool:
    """Whether a step would choose among levels if the answers were not averaged."""
    keys = {seen.parts[name].keys for name in parts}
    return len(keys) == 1 and keys != {()}


def _rises(scale: Scale) -> bool:
    """Whether points rise with every step of the scale."""
    points = [turn.gives for turn in scale.curve] if scale.is_range else [level.points for level in scale.levels]
    return all(one is not None and other is not None and one < other for one, other in pairwise(points))
