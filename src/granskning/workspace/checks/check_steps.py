"""What steps need beyond names and levels: numbers to turn into points, two named parts, levels that bands give.

What a question is asked by: other questions, their levels, circles. What is asked is settled before any step.

A criteria set in, findings out; nothing is scored.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.model.asking import named_in
from granskning.model.cycles import find_circle
from granskning.model.method import CALCULATING, OF_TWO, number_of
from granskning.workspace.checks.check_conditions import Parts, check_conditions
from granskning.workspace.checks.check_scales import check_curve
from granskning.workspace.checks.check_views import Views, not_a_level, target_paths, unknown_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.workspace.checks.check_views import PartView, StepPlace


def check_conversion(place: StepPlace, seen: Views) -> Iterator[Finding]:
    """That a step which turns its number into points has a number, and points in order."""
    step, path, raw = place.step, place.path, place.values
    view = seen.before_points("", step, place.parts)
    for key in ("points", "between"):
        if key in raw and (view.keys or not view.numbers):
            yield _finding(seen, "GR427", (*path, key), key=True, name=key, method=step.method)
    if "between" in raw and not step.points:
        yield _finding(seen, "GR426", (*path, "between"), method="between", name="points")
    elif step.points:
        yield from check_curve(raw["points"], step.points, step.between, path, seen.criteria.file)
    if step.passes_on in ("rounded", "points") and "passes_on" in raw and (view.keys or not view.numbers):
        yield _finding(seen, "GR427", (*path, "passes_on"), key=True, name="passes_on", method=step.method)
    elif step.passes_on == "points" and not step.points:
        yield _finding(seen, "GR426", (*path, "passes_on"), method="passes_on: points", name="points")
    gives = [turn.gives for turn in step.points]
    if step.passes_on == "points" and gives not in (sorted(gives), sorted(gives, reverse=True)):
        problem = Words(N_("points that go on to the next step only rise or only fall"))
        yield _finding(seen, "GR428", (*path, "points"), key=True, problem=problem)


def check_amounts(place: StepPlace, seen: Views) -> Iterator[Finding]:
    """What some methods need besides parts with numbers: two parts, a power, equal weights."""
    step, path = place.step, place.path
    for number, name in enumerate(step.of if step.method in OF_TWO else ()):
        if name not in place.parts:
            yield unknown_part(name, dict.fromkeys(place.parts), seen.criteria.file, (*path, "of", number))
    if step.method == "power_mean" and step.exponent == 0:
        yield _finding(seen, "GR426", (*path, "exponent"), method="power_mean", name="exponent ≠ 0")
    weights = {seen.weight(name) for name in place.parts}
    if step.method == "trimmed_mean" and len(weights) > 1:
        problem = Words(N_("trimmed_mean takes parts of the same weight"))
        yield Finding(RULES["GR408"], Pointer(seen.criteria.file, (*path, "method")), {"problem": problem})
    if step.method == "trimmed_mean" and step.trim[1] and step.trim[0] >= Fraction(1, 2):
        problem = Words(N_("nothing is left when half is left out at each end"))
        yield Finding(
            RULES["GR438"], Pointer(seen.criteria.file, (*path, "trim")), {"name": "trim", "problem": problem}
        )


def check_own_absences(place: StepPlace, seen: Views) -> Iterator[Finding]:
    """That a share of a scale is counted by a step that calculates, and that a question's own level is step_level."""
    step, declared = place.step, "not_applicable" in place.values
    if step.not_applicable[0] == "share" and step.method not in CALCULATING | {"none"}:
        path = (*(place.path if declared else ("scoring",)), "not_applicable", "share")
        yield _finding(seen, "GR426", path, key=True, method="share", name=Words(N_("a method that calculates")))
    for criterion in place.target.criteria if place.target else ():
        meaning, level = criterion.not_applicable_means or ("", "")
        scale = seen.criteria.scale_of(criterion)
        at = (*seen.paths[criterion.id], "not_applicable", meaning)
        if meaning == "share" and step.method not in CALCULATING | {"none"}:
            yield _finding(seen, "GR426", at, key=True, method="share", name=Words(N_("a method that calculates")))
        elif meaning == "level" and (not scale.holds(level) or level in scale.outside):
            yield not_a_level(level, [step_level.key for step_level in scale.steps], Pointer(seen.criteria.file, at))


def check_given(place: StepPlace, seen: Views, raw: Sequence[dict[str, Any]], at: Path) -> Iterator[Finding]:
    """That the levels which bands give are on the step's scale, one for each band, and rise with them."""
    step, scale = place.step, seen.scale(place.step)
    giving = [number for number, band in enumerate(raw) if "gives" in band]
    if not giving or scale is None:
        return
    first = (*at, giving[0], "gives")
    if step.passes_on != "band":
        idle = Words(N_("it is what goes on with passes_on: band"))
        yield Finding(RULES["GR438"], Pointer(seen.criteria.file, first, key=True), {"name": "gives", "problem": idle})
        return
    keys = [level.key for level in scale.steps]
    for number in giving:
        if step.bands[number].gives not in keys:
            yield not_a_level(step.bands[number].gives or "", keys, Pointer(seen.criteria.file, (*at, number, "gives")))
            return
    ranks = [keys.index(step.bands[number].gives or "") for number in giving]
    problem = ""
    if len(giving) < len(raw):
        problem = N_("every band gives a level, or none does")
    elif ranks != sorted(ranks):
        problem = N_("the level that a band gives is below that of the one before")
    if problem:
        yield Finding(RULES["GR405"], Pointer(seen.criteria.file, first), {"problem": Words(problem)})


def check_absent_level(place: StepPlace, seen: Views, views: Sequence[PartView]) -> Iterator[Finding]:
    """That the level that not applicable counts as is one of each part that it can be said of."""
    level, declared = place.step.not_applicable[1], "not_applicable" in place.values
    at = Pointer(seen.criteria.file, (*(place.path if declared else ("scoring",)), "not_applicable", "level"))
    for criterion in place.target.criteria if place.target else ():
        scale = seen.criteria.scale_of(criterion)
        if criterion.not_applicable_means is None and seen.may_not_apply(criterion) and not scale.holds(level):
            yield not_a_level(level, [one.key for one in scale.levels], at, criterion.id, scale.id)
    for view in views if declared and place.step.method != "none" else ():  # else it is said of answers
        if view.id in seen.targets and view.may_be_out and not _can_be(view, level):
            yield not_a_level(level, view.keys, at, view.id, view.scale)


def _can_be(view: PartView, level: str) -> bool:
    """Whether a target can be at a level or, where it has none, come to a number."""
    if view.keys or view.is_nothing:
        return level in view.keys or view.is_nothing
    number = number_of(level)
    within = view.least is None or view.most is None or number is None or view.least <= number <= view.most
    return number is not None and within


def _finding(seen: Views, code: str, path: Path, *, key: bool = False, **values: object) -> Finding:
    return Finding(RULES[code], Pointer(seen.criteria.file, path, key=key), values)


def check_asking(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what is wrong in what questions ask of other answers, in a set whose names and scales are sound."""
    asking = [
        (criterion, key, given)
        for criterion in criteria.criteria
        for key, given in (("asked_if", criterion.asked_if), ("not_applicable_if", criterion.not_applicable_if))
        if given is not None
    ]
    if not asking:
        return
    seen, file = Views(criteria), criteria.file
    for criterion, key, _ in asking:
        # what is not applicable may look at any answer but its own
        views = {name: seen.parts[name] for name in seen.held if key == "asked_if" or name != criterion.id}
        path = (*seen.paths[criterion.id], key)
        raw = _at(values, path)
        counted = list(_counts(raw, path))
        for inside in counted:
            problem = Words(N_("what is asked depends on single answers, and not on how many there are"))
            yield Finding(RULES["GR425"], Pointer(file, inside, key=True), {"problem": problem})
        if not counted:
            yield from check_conditions(raw, file, path, Parts(views=views, own=()))
        if key == "not_applicable_if" and not (criterion.not_applicable or criteria.scale_of(criterion).outside):
            idle = {"name": key, "problem": Words(N_("the question may not be answered as not applicable at all"))}
            yield Finding(RULES["GR438"], Pointer(file, path, key=True), idle)
    circle = find_circle({
        question.id: [name for name in named_in(given) if name in seen.held]
        for question, key, given in asking if key == "asked_if"
    })  # fmt: skip
    if circle:
        at = Pointer(file, (*seen.paths[circle[0]], "asked_if"), key=True)
        yield Finding(RULES["GR424"], at, {"circle": " → ".join([*circle, circle[0]])})


def check_shared_parts(criteria: CriteriaSet, seen: Views) -> Iterator[Finding]:
    """That what counts in a target too is there, is none of its own parts, and is looked at by its step."""
    for path, target in target_paths(criteria.targets):
        own = {target.id, *(criterion.id for criterion in target.criteria), *(child.id for child in target.targets)}
        step = criteria.step_of(target)
        for number, name in enumerate(target.counts_also):
            at = (*path, "counts_also", number)
            if name not in seen.held and name not in seen.targets:
                yield unknown_part(name, {**seen.held, **seen.targets}, criteria.file, at)
            elif name in own:
                yield _finding(seen, "GR475", at, id=name)
            elif step.method == "none" or (step.over == "criteria" and name in seen.targets):
                none = N_("the step makes no result")
                idle = Words(none if step.method == "none" else N_("the step looks past the targets"))
                yield _finding(seen, "GR438", at, name=name, problem=idle)


def _counts(raw: Any, path: Path) -> Iterator[Path]:
    """Where a condition counts."""
    if isinstance(raw, list):
        for number, inner in enumerate(raw):
            yield from _counts(inner, (*path, number))
    elif isinstance(raw, dict):
        if "count" in raw:
            yield (*path, "count")
        for key, inner in raw.items():
            if key != "count":
                yield from _counts(inner, (*path, key))


def _at(values: Any, path: Path) -> Any:
    for step in path:
        values = values[step]
    return values
