"""What can be wrong in the scales of a criteria set, and in what names a scale or a class."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.model.criteria import EVERY
from granskning.model.method import number_of
from granskning.model.review import UNRESOLVED
from granskning.workspace.checks.check_views import not_a_level, target_paths

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.method import CurvePoint, Scale

_RESERVED = UNRESOLVED | {"not_applicable", "assessed", "number"}
_BACKWARDS = N_("the range ends where it begins, or before")
_WHOLE = "total"
"""What reviews and reports call the whole, so that no target can be called it."""


def check_scales(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what is wrong. While something is, the scoring cannot be looked at."""
    file = criteria.file
    if "scale" not in values and not values.get("scales"):
        yield _finding("GR428", file, (), N_("the set has neither scale nor scales"), key=True)
    if "scale" in values:
        yield from _check_levels(criteria.scales[""], ("scale",), file)
    seen: set[str] = set()
    for number, scale in enumerate(values.get("scales", ())):
        if scale["id"] in seen:
            continue  # two of one name are told of with the ids
        seen.add(scale["id"])
        yield from _check_scale(scale, criteria.scales[scale["id"]], ("scales", number), file)
    normalise = criteria.scoring.normalise
    if normalise is not None and normalise[0] >= normalise[1]:
        yield _finding("GR428", file, ("scoring", "normalise"), _BACKWARDS, key=True)
    yield from _check_names(criteria)


def levels_of(scale: Scale) -> str:
    """What an answer on the scale can be, for a hint."""
    if scale.minimum is None or scale.maximum is None:
        return ", ".join(level.key for level in scale.levels) or "–"
    step = f" / {float(scale.interval):g}" if scale.interval else ""
    return f"{float(scale.minimum):g}–{float(scale.maximum):g}{step}"


def _check_scale(values: dict[str, Any], scale: Scale, path: Path, file: str) -> Iterator[Finding]:
    if ("levels" in values) == ("range" in values):
        yield _finding("GR428", file, path, N_("it has levels or range, one of them"))
    elif scale.minimum is None or scale.maximum is None:
        yield from _check_levels(scale, (*path, "levels"), file)
        if "points" in values:
            problem = N_("points beside levels are given at each level")
            yield _finding("GR428", file, (*path, "points"), problem, key=True)
        if "between" in values:
            yield _finding("GR428", file, (*path, "between"), N_("between belongs to a range with points"), key=True)
    elif scale.minimum >= scale.maximum:
        yield _finding("GR428", file, (*path, "range"), _BACKWARDS, key=True)
    elif scale.interval and (scale.maximum - scale.minimum) % scale.interval:
        yield _finding("GR428", file, (*path, "range", "step"), N_("the range is not a whole number of steps"))
    elif "points" not in values:
        if "between" in values:
            yield _finding("GR428", file, (*path, "between"), N_("between belongs to a range with points"), key=True)
    else:
        yield from check_curve(values["points"], scale.curve, scale.between, path, file)


def check_curve(
    points: Sequence[dict[str, Any]], curve: Sequence[CurvePoint], between: str, path: Path, file: str
) -> Iterator[Finding]:
    """Yield what is wrong in points at numbers, of a scale or a step."""
    unclear = next((number for number, one in enumerate(points) if ("at" in one) == ("above" in one)), None)
    if unclear is not None:
        yield _finding("GR428", file, (*path, "points", unclear), N_("points are given at or above, one of them"))
    elif any((one.at, one.above) >= (other.at, other.above) for one, other in pairwise(curve)):
        problem = N_("the numbers that points are given at do not rise")
        yield _finding("GR428", file, (*path, "points"), problem, key=True)
    elif between != "step" and any(turn.above for turn in curve):
        yield _finding("GR428", file, (*path, "points"), N_("above belongs to points in steps"), key=True)
    elif between == "log" and (len(curve) < 2 or curve[0].at <= 0):  # noqa: PLR2004  # two ends
        problem = N_("a logarithm takes points at two numbers or more, all above 0")
        yield _finding("GR428", file, (*path, "between"), problem)


def _check_levels(scale: Scale, path: Path, file: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, level in enumerate(scale.levels):
        if level.key in seen:
            yield Finding(RULES["GR414"], Pointer(file, (*path, number, "value")), {"level": level.key})
        seen.add(level.key)
        if level.key in _RESERVED:
            yield Finding(RULES["GR434"], Pointer(file, (*path, number, "value")), {"name": level.key})
        if level.means_missing and number > 0:
            yield Finding(RULES["GR415"], Pointer(file, (*path, number, "means_missing")), {})
    if not scale.steps:
        yield _finding("GR428", file, path, N_("every level says that the question does not apply"), key=True)
    points = [level.points for level in scale.steps if level.points is not None]
    if len(points) == len(scale.steps) and points != sorted(points):
        yield _finding("GR428", file, path, N_("the levels do not rise from the lowest to the highest"), key=True)


def check_without_evidence(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield the levels that answers without evidence cannot count as, and those that are no less than what was given.

    For a set whose scales are sound.
    """
    file = criteria.file
    lists: list[tuple[Path, str]] = [
        (("scales", number, "levels"), scale["id"]) for number, scale in enumerate(values.get("scales", ()))
    ]
    lists += [(("scale",), "")] if "scale" in values else []
    for path, name in lists:
        for number, level in enumerate(criteria.scales[name].levels):
            if level.without_evidence is not None and not level.means_not_applicable:
                at = Pointer(file, (*path, number, "without_evidence"))
                yield from _check_reduction([(level.key, level.without_evidence)], criteria.scales[name], at)
    for path, target in target_paths(criteria.targets):
        for number, criterion in enumerate(target.criteria):
            at = Pointer(file, (*path, "criteria", number, "without_evidence"))
            own = _value_at(values, at.path)
            if own is not None:
                yield from _check_own_reductions(criterion, criteria.scale_of(criterion), at)


def _check_own_reductions(criterion: Criterion, scale: Scale, at: Pointer) -> Iterator[Finding]:
    every = criterion.without_evidence.get(EVERY)
    if every is not None:
        keys = [level.key for level in scale.steps] or [str(scale.minimum), str(scale.maximum)]
        yield from _check_reduction([(key, every) for key in keys], scale, at)
        return
    for key, other in criterion.without_evidence.items():
        inside = Pointer(at.file, (*at.path, key))
        if scale.holds(key):
            yield from _check_reduction([(key, other)], scale, inside)
        else:
            yield not_a_level(key, [level.key for level in scale.levels], replace(inside, key=True))


def _check_reduction(pairs: Sequence[tuple[str, str]], scale: Scale, at: Pointer) -> Iterator[Finding]:
    """Levels, and what they count as without evidence."""
    other = pairs[0][1]
    if not scale.holds(other) or other in scale.outside:
        yield not_a_level(other, [level.key for level in scale.steps], at)
    elif not any(_is_less(other, key, scale) for key, _ in pairs):
        problem = Words(N_("no answer counts as less because of it"))
        yield Finding(RULES["GR438"], at, {"name": "without_evidence", "problem": problem})


def _is_less(key: str, other: str, scale: Scale) -> bool:
    """Whether one answer is worth less than another: has fewer points or, without points, a lower level."""
    if scale.is_range:
        one, more = (number_of(each) or Fraction(0) for each in (key, other))
        gives = [turn.gives for turn in scale.curve]
        return one < more if gives == sorted(gives) else one > more if gives == sorted(gives, reverse=True) else True
    levels = {level.key: (level.points, rank) for rank, level in enumerate(scale.steps)}
    has_points = all(points is not None for points, _ in levels.values())
    below, above = levels[key], levels[other]
    return (below[0] or 0) < (above[0] or 0) if has_points else below[1] < above[1]


def _value_at(values: Any, path: Path) -> Any:
    """What stands at a path; None where its last key is not there."""
    for step in path[:-1]:
        values = values[step]
    return values.get(path[-1])


def _check_names(criteria: CriteriaSet) -> Iterator[Finding]:
    scales = dict.fromkeys(name for name in criteria.scales if name)
    classes = dict.fromkeys(one.id for one in criteria.classes)
    for path, target in target_paths(criteria.targets):
        if target.id == _WHOLE:
            yield Finding(RULES["GR434"], Pointer(criteria.file, (*path, "id")), {"name": target.id})
        if target.scoring is not None and target.scoring.scale is not None:
            yield from _unknown("GR419", criteria.file, (*path, "scoring", "scale"), target.scoring.scale, scales)
        for number, criterion in enumerate(target.criteria):
            at = (*path, "criteria", number)
            if criterion.scale:
                yield from _unknown("GR419", criteria.file, (*at, "scale"), criterion.scale, scales)
            if criterion.class_:
                yield from _unknown("GR420", criteria.file, (*at, "class"), criterion.class_, classes)
    scoring = criteria.scoring
    steps = {"criteria": scoring.criteria, "subtargets": scoring.subtargets, "targets": scoring.targets}
    for name, step in steps.items():
        if step.scale is not None and not (name == "subtargets" and step is scoring.criteria):
            yield from _unknown("GR419", criteria.file, ("scoring", name, "scale"), step.scale, scales)


def _unknown(code: str, file: str, path: Path, name: str, known: Collection[str]) -> Iterator[Finding]:
    if name not in known:
        values = {"id": name, "known": KnownNames(known)}
        yield Finding(RULES[code], Pointer(file, path), values, near=(name, known))


def _finding(code: str, file: str, path: Path, problem: str, *, key: bool = False) -> Finding:
    return Finding(RULES[code], Pointer(file, path, key=key), {"problem": Words(problem)})
