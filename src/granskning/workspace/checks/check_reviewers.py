"""What joining several reviewers cannot do, and measures of their agreement that the set's scale does not bear.

The mean of several reviewers' answers to a question is no level.

It is a number, the mean of the points. So nothing can ask whether it is a certain level, as tables do, or choose one.
It can be compared with a level, as at least or below, where points rise with the levels. A criteria set in, findings
out; nothing is scored.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.model.method import CHOOSING, DECIDING, NOT_APPLICABLE
from granskning.model.rater_agreement import OF_NUMBERS, OF_ORDER, OF_WEIGHTS
from granskning.workspace.checks.check_views import not_a_level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import Condition, Scale, Scoring, Step
    from granskning.model.rater_agreement import DeclaredAgreement
    from granskning.workspace.checks.check_views import StepPlace, Views

_OF_LISTED = frozenset({"gwet_ac", "brennan_prediger"})
"""The coefficients that count the levels of the scale."""


def check_reviewers(
    values: Mapping[str, Any], criteria: CriteriaSet, places: Sequence[StepPlace], seen: Views
) -> Iterator[Finding]:
    """Yield what is wrong in how reviewers are joined and their agreement measured. `values` is the set as written.

    Of a set without questions, which is told elsewhere, there is nothing to join.
    """
    if not criteria.criteria:
        return
    yield from _check_averaged(criteria, places, seen)
    yield from _check_differences(values["scoring"].get("reviewers") or {}, criteria, seen)
    if criteria.agreement is not None:
        yield from _check_agreement(values["agreement"], criteria, criteria.agreement)


def _check_averaged(criteria: CriteriaSet, places: Sequence[StepPlace], seen: Views) -> Iterator[Finding]:
    """Yield the steps, gates and bands that would need a level of an averaged answer."""
    scoring = criteria.scoring
    if not _takes_means(scoring):
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
        falls = any(not _rises(criteria.scale_of(seen.held[entry])) for entry in asked)
        if decides or chooses or (step.method == "share_satisfied" and falls):
            yield finding((*place.path, "method"), step.method)
        yield from _check_bands(place, step, criteria, seen)
    for number, gate in enumerate(scoring.gates):
        parts = next(
            (entry.parts for entry in places if (entry.target.id if entry.target else None) == gate.target), ()
        )
        if _needs_levels((gate.when,), parts, criteria, seen):
            yield finding(("scoring", "gates", number, "when"), gate.id)


def _takes_means(scoring: Scoring) -> bool:
    """Whether answers to a question can come to the mean of their points."""
    if scoring.reviewers != "by_difference":
        return (scoring.reviewers, scoring.reviewers_of) == ("mean", "answers")
    return "mean" in {scoring.difference_otherwise, *(rule.gives for rule in scoring.difference_rules)}


def _check_differences(reviewers: Mapping[str, Any], criteria: CriteriaSet, seen: Views) -> Iterator[Finding]:
    """That the rules by difference are there where they are needed, in order, and have what they work with."""
    path: Path = ("scoring", "reviewers")
    if not reviewers:
        return
    if reviewers["method"] != "by_difference":
        for key in ("rules", "otherwise"):
            if key in reviewers:
                details = {"name": key, "method": reviewers["method"]}
                yield Finding(RULES["GR427"], Pointer(criteria.file, (*path, key), key=True), details)
        return
    if "rules" not in reviewers:
        details = {"method": "method: by_difference", "name": "rules"}
        yield Finding(RULES["GR426"], Pointer(criteria.file, (*path, "method")), details)
    if _takes_means(criteria.scoring) and any(not seen.parts[name].numbers for name in seen.held):
        yield Finding(RULES["GR411"], Pointer(criteria.file, (*path, "method")), {"method": "mean"})
    yield from _check_reach(reviewers, criteria)


def _check_reach(reviewers: Mapping[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """That each rule by difference reaches further than those before it, and none further than the scales."""

    def idle(path: Path, problem: str) -> Finding:
        details = {"name": path[-1], "problem": Words(problem)}
        return Finding(RULES["GR438"], Pointer(criteria.file, ("scoring", "reviewers", *path), key=True), details)

    widest = max(_width(criteria.scale_of(criterion)) for criterion in criteria.criteria)
    reached = Fraction(-1)
    for number, rule in enumerate(criteria.scoring.difference_rules):
        if rule.at_most <= reached:
            yield idle(("rules", number, "at_most"), N_("a rule before it reaches as far"))
        elif reached >= widest:
            yield idle(("rules", number, "at_most"), N_("answers are never so far apart"))
        reached = max(reached, rule.at_most)
    if "otherwise" in reviewers and reached >= widest:
        yield idle(("otherwise",), N_("answers are never so far apart"))


def _width(scale: Scale) -> Fraction:
    """The furthest that two answers can be apart: in levels, or in the numbers of a range."""
    if scale.minimum is None or scale.maximum is None:
        return Fraction(len(scale.steps) - 1)
    return scale.maximum - scale.minimum


def _check_agreement(raw: Mapping[str, Any], criteria: CriteriaSet, declared: DeclaredAgreement) -> Iterator[Finding]:
    """That the scale most questions have bears what is measured, and that each key has an effect."""
    scales = [criteria.scale_of(criterion) for criterion in criteria.criteria]
    usual = max(scales, key=scales.count)
    for path, name, needs in _demands(declared, usual):
        yield Finding(RULES["GR480"], Pointer(criteria.file, path), {"name": name, "needs": Words(needs)})

    def idle(key: str, problem: str) -> Finding:
        details = {"name": key, "problem": Words(problem)}
        return Finding(RULES["GR438"], Pointer(criteria.file, ("agreement", key), key=True), details)

    weighs = not declared.coefficients or bool(OF_WEIGHTS & set(declared.coefficients))
    if "weights" in raw and (declared.measurement == "nominal" or not weighs):
        yield idle("weights", N_("no coefficient that is shown weighs differences"))
    if declared.distances:
        if declared.measurement is not None:
            yield idle("measurement", N_("the set's own distances take its place"))
        yield from _check_distances(criteria.file, declared, usual)


def _demands(declared: DeclaredAgreement, usual: Scale) -> Iterator[tuple[Path, str, str]]:
    """What the scale, or the level of measurement, lacks for what is to be measured."""
    at: Path = ("agreement", "measurement")
    name = f"measurement: {declared.measurement}"
    if declared.measurement in ("interval", "ratio") and any(level.points is None for level in usual.levels):
        yield at, name, N_("levels that are numbers")
    elif declared.measurement == "ratio" and _least(usual) < 0:
        yield at, name, N_("numbers that are not below 0")
    for number, coefficient in enumerate(declared.coefficients):
        at = ("agreement", "coefficients", number)
        if coefficient in OF_NUMBERS and declared.measurement not in ("interval", "ratio"):
            yield at, coefficient, N_("measurement: interval or ratio")
        elif coefficient in OF_ORDER and declared.measurement == "nominal":
            yield at, coefficient, N_("levels with an order")
        elif coefficient in _OF_LISTED and usual.is_range:
            yield at, coefficient, N_("a scale of levels")


def _least(scale: Scale) -> Fraction:
    if scale.minimum is not None:
        return scale.minimum
    return min((level.points for level in scale.steps if level.points is not None), default=Fraction(0))


def _check_distances(file: str, declared: DeclaredAgreement, scale: Scale) -> Iterator[Finding]:
    """That the set's own distances are a metric: one for each two levels, and no way round that is shorter."""
    keys = [level.key for level in scale.steps]
    path: Path = ("agreement", "distances")
    known: dict[frozenset[str], Fraction] = {}
    sound = bool(keys)
    if not sound:
        problem = Words(N_("the scale that most questions have is a range of numbers"))
        yield Finding(RULES["GR482"], Pointer(file, path, key=True), {"problem": problem})
        return
    for number, (entry, other, distance) in enumerate(declared.distances):
        strange = next((key for key in (entry, other) if key not in keys), None)
        pair = frozenset((entry, other))
        if strange is not None:
            yield not_a_level(strange, keys, Pointer(file, (*path, number, "between")))
        elif entry == other or pair in known:
            words = N_("a level stands on both sides") if entry == other else N_("the two levels are there already")
            yield Finding(RULES["GR482"], Pointer(file, (*path, number, "between")), {"problem": Words(words)})
        else:
            known[pair] = distance
            continue
        sound = False
    lacking = [pair for pair in combinations(keys, 2) if frozenset(pair) not in known]
    if lacking:
        details = {"count": len(lacking), "one": lacking[0][0], "other": lacking[0][1]}
        yield Finding(RULES["GR483"], Pointer(file, path, key=True), details)
    elif sound:
        yield from _check_ways(file, declared, keys, known)


def _check_ways(
    file: str, declared: DeclaredAgreement, keys: Sequence[str], known: Mapping[frozenset[str], Fraction]
) -> Iterator[Finding]:
    """That no way round by a third level is shorter than the straight one."""
    for number, (entry, other, distance) in enumerate(declared.distances):
        ways = {
            between: known[frozenset((entry, between))] + known[frozenset((between, other))]
            for between in keys
            if between not in (entry, other)
        }
        between = min(ways, key=lambda key: ways[key], default=None)
        if between is not None and ways[between] < distance:
            details = {"one": entry, "other": other, "between": between, "distance": _shown(distance),
                    "way": _shown(ways[between])}  # fmt: skip
            yield Finding(RULES["GR481"], Pointer(file, ("agreement", "distances", number, "is")), details)


def _shown(number: Fraction) -> str:
    return str(int(number)) if number.denominator == 1 else f"{float(number):g}"


def _check_bands(place: StepPlace, step: Step, criteria: CriteriaSet, seen: Views) -> Iterator[Finding]:
    path = (*place.path, "bands") if "bands" in place.values else ("scoring", "bands")
    for number, band in enumerate(step.bands):
        if _needs_levels(band.requires, place.parts, criteria, seen):
            at = Pointer(criteria.file, (*path, number, "requires"))
            yield Finding(RULES["GR439"], at, {"name": band.id})


def _leaves(conditions: Sequence[Condition]) -> Iterator[Condition]:
    """The conditions on parts and counts, in all that conditions are made of."""
    for entry in conditions:
        if entry.kind in ("part", "count"):
            yield entry
        yield from _leaves(entry.conditions)


def _names(condition: Condition, parts: Sequence[str]) -> Sequence[str]:
    if condition.kind == "part":
        return (condition.part,)
    return [name for name in parts if not condition.parts or name in condition.parts]


def _needs_levels(conditions: Sequence[Condition], parts: Sequence[str], criteria: CriteriaSet, seen: Views) -> bool:
    """Whether a condition asks for the very level of a question, or compares levels that points don't follow."""
    for entry in _leaves(conditions):
        asked = [name for name in _names(entry, parts) if name in seen.held and entry.levels != (NOT_APPLICABLE,)]
        if asked and (
            entry.comparison == "is" or any(not _rises(criteria.scale_of(seen.held[name])) for name in asked)
        ):
            return True
    return False


def _share_levels(parts: Sequence[str], seen: Views) -> bool:
    """Whether a step would choose among levels if the answers were not averaged."""
    keys = {seen.parts[name].keys for name in parts}
    return len(keys) == 1 and keys != {()}


def _rises(scale: Scale) -> bool:
    """Whether points rise with every step of the scale."""
    points = [turn.gives for turn in scale.curve] if scale.is_range else [level.points for level in scale.steps]
    return all(entry is not None and other is not None and entry < other for entry, other in pairwise(points))
