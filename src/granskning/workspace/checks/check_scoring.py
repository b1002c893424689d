"""What can be wrong in how a criteria set scores: its steps, tables, rules, ladders, bands and gates.

Every step is looked at with the parts that it will meet, so that what could not be worked out, or would have no
answer, is told when the set is written and never when a review is scored.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.model.cycles import find_circle
from granskning.model.method import CALCULATING, CHOOSING, DECIDING, OF_TWO, number_of
from granskning.workspace.checks.check_conditions import Parts, check_amount, check_conditions, check_row, named_parts
from granskning.workspace.checks.check_effects import check_bands, check_effects
from granskning.workspace.checks.check_reviewers import check_reviewers
from granskning.workspace.checks.check_steps import (
    check_absent_level,
    check_amounts,
    check_conversion,
    check_given,
    check_own_absences,
    check_shared_parts,
)
from granskning.workspace.checks.check_tables import check_columns, check_table
from granskning.workspace.checks.check_views import (
    StepPlace,
    Views,
    not_a_level,
    step_places,
    target_paths,
    unknown_part,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet, Target
    from granskning.model.method import Gate, Scale, Step
    from granskning.workspace.checks.check_views import PartView

METHOD_KEYS = {
    "rows": {"table"},
    "counts": {"table"},
    "rules": {"rules"},
    "steps": {"ladder"},
    "otherwise": DECIDING,
    "critical": {"rules", "ladder", "table"},
    "scale": DECIDING | CHOOSING,
    "floor": {"geometric_mean", "harmonic_mean"},
    "exponent": {"power_mean"},
    "trim": {"trimmed_mean"},
    "of": OF_TWO,
    "satisfied_at": {"share_satisfied"},
    "step_up": {"weakest"},
    "step_down": {"weakest"},
    "even": {"median"},
}
"""The keys that belong to some methods only."""
_NEEDED = {
    "table": "rows", "rules": "rules", "ladder": "steps", "power_mean": "exponent", "trimmed_mean": "trim",
    "quotient": "of", "difference": "of",
}  # fmt: skip
_HIGHEST_POWER = 4000
"""Weights are powers in a product; higher ones than these, or roots of a higher degree, would take too long."""
_WHOLE = CHOOSING | {"sum", "product"}
"""The methods whose results are whole numbers when their parts are."""


def check_scoring(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what is wrong in the scoring of a set whose names and scales are sound. Each thing is told once."""
    checker = _Checker(values, criteria)
    told: set[tuple[object, ...]] = set()
    for finding in checker.check():
        shown = {name: value for name, value in finding.values.items() if name != "of"}  # once, of the first part
        identity = (finding.rule.code, finding.at, str(sorted(shown.items(), key=str)))
        if identity not in told:
            told.add(identity)
            yield finding


class _Checker:
    """One set, and what its steps have to work with."""

    def __init__(self, values: dict[str, Any], criteria: CriteriaSet) -> None:
        self.whole = values
        self.values = values["scoring"]
        self.criteria = criteria
        self.file = criteria.file
        self.seen = Views(criteria)
        self.views = self.seen.parts
        self.paths = {target.id: path for path, target in target_paths(criteria.targets)}
        self.at = {path: name for name, path in self.paths.items()}
        self.of_class = {one.id: one.class_ for one in self.seen.all_criteria}
        self.critical = [one.id for one in self.seen.all_criteria if one.critical]
        self.places = list(step_places(values, criteria, self.seen))

    def check(self) -> Iterator[Finding]:
        """Everything."""
        yield from check_shared_parts(self.criteria, self.seen)
        for place in self.places:
            yield from self._check_step(place)
        yield from self._check_gates()
        yield from self._check_circles()
        yield from self._check_reviewers()
        yield from check_reviewers(self.whole, self.criteria, self.places, self.seen)
        yield from check_effects(self.values, self.criteria, self.places, self.seen)

    # --- one step -------------------------------------------------------------------------------------------------

    def _check_step(self, place: StepPlace) -> Iterator[Finding]:
        step, path, raw = place.step, place.path, place.values
        for key, methods in METHOD_KEYS.items():
            if key == "scale" and any(band.gives is not None for band in step.bands):
                continue
            if key in raw and step.method not in methods:
                yield self._finding("GR427", (*path, key), key=True, name=key, method=step.method)
        needed = _NEEDED.get(step.method)
        if needed is not None and needed not in raw:
            yield self._finding("GR426", (*path, "method"), method=f"method: {step.method}", name=needed)
        parts = [self.views[name] for name in place.parts]
        yield from self._check_parts(place, parts)
        yield from self._check_levels(place, parts)
        for number, name in enumerate(step.critical):
            if name not in self.views:
                yield unknown_part(name, self.views, self.file, (*path, "critical", number))
        yield from check_conversion(place, self.seen)
        if step.method in DECIDING:
            yield from self._check_decision(place)
        yield from self._check_bands(place)

    def _check_parts(self, place: StepPlace, views: Sequence[PartView]) -> Iterator[Finding]:
        """That the method can do something with what it gets."""
        step, at = place.step, (*place.path, "method")
        needs_numbers = step.method in CALCULATING or (step.method == "median" and step.even == "mean")
        is_empty = any(view.is_nothing for view in views)
        if needs_numbers and any(not view.numbers for view in views):
            is_profile = all(view.is_nothing for view in views) and not set(place.parts) & self.seen.held.keys()
            yield self._finding("GR417" if is_profile else "GR411", at, method=step.method)
        elif is_empty and (step.method in CHOOSING or step.method == "share_satisfied"):
            yield self._finding("GR417", at, method=step.method)
        elif step.method in CHOOSING and not _are_comparable(views):
            yield self._finding("GR431", at, method=step.method)
        elif self._has_no_root(place, views):
            yield self._finding("GR432", at, method=step.method)

        yield from check_amounts(place, self.seen)
        if step.method == "product" and self._is_too_high(place.parts):
            problem = Words(N_("they are too large, or have too many decimals, for the method product"))
            yield Finding(RULES["GR408"], Pointer(self.file, at), {"problem": problem})

    def _is_too_high(self, parts: Sequence[str]) -> bool:
        """Whether weights make powers or roots that would take too long."""
        weights = [self.seen.weight(name) for name in parts]
        degree = lcm(*(weight.denominator for weight in weights))
        return degree * max(1, sum(weights)) > _HIGHEST_POWER

    def _has_no_root(self, place: StepPlace, views: Sequence[PartView]) -> bool:
        """Whether the method takes a root of what can be below 0."""
        if not any(view.may_be_negative for view in views):
            return False
        if place.step.method == "product":
            return any(self.seen.weight(name).denominator > 1 for name in place.parts)
        if place.step.method == "power_mean":
            return True
        return place.step.method in ("geometric_mean", "harmonic_mean") and place.step.floor is None

    def _check_levels(self, place: StepPlace, views: Sequence[PartView]) -> Iterator[Finding]:
        """Scales, levels and amounts that the step itself names."""
        step, path = place.step, place.path
        if step.method == "share_satisfied":
            yield from self._check_satisfied(place, views)
        if step.method in DECIDING | CHOOSING:
            yield from self._check_scale(place, views)
        for key, move in (("step_up", step.step_up), ("step_down", step.step_down)):
            if move is None or step.method != "weakest":
                continue
            yield from check_amount(place.values[key]["at_least"], self.file, (*path, key, "at_least"))
            keys = _common(views)
            if not keys:
                yield self._finding("GR427", (*path, key), key=True, name=key, method=step.method)
            elif key == "step_down" and move.below not in keys:
                yield not_a_level(move.below, keys, Pointer(self.file, (*path, key, "below")))
        if step.not_applicable[0] == "level":
            yield from check_absent_level(place, self.seen, views)
        yield from check_own_absences(place, self.seen)

    def _check_satisfied(self, place: StepPlace, views: Sequence[PartView]) -> Iterator[Finding]:
        """That every part can be told satisfied or not."""
        at, level = (*place.path, "satisfied_at"), place.step.satisfied_at
        for view in views:
            if level is None and not view.keys and view.id not in self.seen.held:
                method = f"method: {place.step.method}"
                yield self._finding("GR426", (*place.path, "method"), method=method, name="satisfied_at")
            elif level is not None and (level not in view.keys if view.keys else number_of(level) is None):
                yield not_a_level(level, view.keys, Pointer(self.file, at), view.id, view.scale)

    def _check_scale(self, place: StepPlace, views: Sequence[PartView]) -> Iterator[Finding]:
        """That the result's scale has levels, and those of the parts that are chosen among."""
        step, scale = place.step, self.seen.scale(place.step)
        if scale is None or (step.method in CHOOSING and step.scale is None):
            return
        at = Pointer(self.file, (*place.path, "scale" if step.scale else "method"))
        keys = [level.key for level in scale.levels]
        if scale.is_range:
            problem = Words(N_("a result of this method is a level, and the scale is a range of numbers"))
            yield Finding(RULES["GR428"], at, {"problem": problem})
        elif step.method in CHOOSING and (step.even == "mean" or not _common(views)):
            yield self._finding("GR427", (*place.path, "scale"), key=True, name="scale", method=step.method)
        elif step.method in CHOOSING:
            missing = next((key for view in views for key in view.keys if key not in keys), None)
            if missing is not None:
                yield not_a_level(missing, keys, at, scale.id)

    def _check_decision(self, place: StepPlace) -> Iterator[Finding]:
        step, path, scale = place.step, place.path, self.seen.scale(place.step)
        name = _NEEDED[step.method]
        rules: list[dict[str, Any]] = place.values.get(name, [])
        keys = [level.key for level in scale.levels] if scale else []
        for number, one in enumerate(step.rules if keys and len(step.rules) == len(rules) else ()):
            if one.gives not in keys:
                yield not_a_level(one.gives, keys, Pointer(self.file, (*path, name, number, "gives")), step.scale or "")
        if step.otherwise is not None and keys and step.otherwise not in keys:
            yield not_a_level(step.otherwise, keys, Pointer(self.file, (*path, "otherwise")), step.scale or "")
        if step.otherwise is None and step.method != "table" and rules:
            yield self._finding("GR423", (*path, "method"), method=step.method)
        scope, sound = self._scope(place), True
        for number, rule in enumerate(rules):
            check = check_conditions
            within = "requires" if step.method == "ladder" else "when"
            given = rule[within]
            if step.method == "table":
                check, given = check_row, {part: cell for part, cell in given.items() if part not in dict(step.counts)}
            for finding in check(given, self.file, (*path, name, number, within), scope):
                sound = False
                yield finding
        if step.method == "table" and step.counts:
            yield from check_columns(place, self.file, scope)
        elif step.method == "table" and sound and len(step.rules) == len(rules):
            yield from check_table(step, self.file, path, self.seen.from_step(place), place.parts)

    def _check_bands(self, place: StepPlace) -> Iterator[Finding]:
        step, path = place.step, place.path
        view = self.seen.outcome("", step, place.parts)
        if step.passes_on == "band" and not step.bands:
            yield self._finding("GR426", (*path, "passes_on"), method="passes_on: band", name="bands")
        for key in ("bands", "passes_on"):
            if not view.numbers and key in place.values and (key == "bands" or step.passes_on == "band"):
                yield self._finding("GR427", (*path, key), key=True, name=key, method=step.method)
        at = (*path, "bands") if "bands" in place.values else ("scoring", "bands")
        raw = place.values.get("bands", self.values.get("bands", []))
        whole = bool(step.bands) and self._is_whole(place.target, step, place.parts)
        least = view.least if view.numbers else None
        yield from check_bands(step.bands, raw, at, self.file, least, shown=step.rounding, is_whole=whole)
        yield from check_given(place, self.seen, raw, at)
        scope = self._scope(place)
        for number, band in enumerate(raw):
            if "requires" in band:
                yield from check_conditions(band["requires"], self.file, (*at, number, "requires"), scope)

    def _scope(self, place: StepPlace) -> Parts:
        """What the conditions of a step may name: not itself nor what it is part of."""
        path = self.paths[place.target.id] if place.target else ()
        above = [self.at[path[:end]] for end in range(2, len(path) + 1, 2)]
        return Parts(
            views=self.views,
            own=place.parts,
            above=above,
            classes=[one.id for one in self.criteria.classes],
            of_class=self.of_class,
            critical=None if place.is_shared else frozenset(place.step.critical or self.critical),
        )

    def _is_whole(self, target: Target | None, step: Step, parts: Sequence[str]) -> bool:
        """Whether the step's results are whole numbers, since its parts are."""
        if step.method not in _WHOLE or step.even == "mean" or self.criteria.scoring.normalise is not None:
            return False
        for name in parts:
            held = self.seen.held.get(name)
            if self.seen.weight(name).denominator > 1:
                return False
            if held is not None and not _has_whole_points(self.criteria.scale_of(held)):
                return False
            if held is None:
                target = self.seen.targets[name]
                own = self.criteria.step_of(target)
                if not self._is_whole(target, own, self.seen.below(target, own)):
                    return False
        return True

    # --- circles, gates and reviewers -----------------------------------------------------------------------------

    def _check_circles(self) -> Iterator[Finding]:
        """That no target, by way of the conditions of others, rests on itself.

        What names itself, or what it is part of, has been told at the condition.
        """
        rests: dict[str, set[str]] = {}
        for place in self.places:
            if place.target is None:
                continue
            name, step = place.target.id, place.step
            held = [rule.when for rule in step.rules] + [band.requires for band in step.bands]
            held += [(gate.when,) for gate in self.criteria.scoring.gates if gate.target == name]
            named = {part for conditions in held for part in named_parts(conditions)} - {*self._scope(place).above}
            below = {one.id for one in place.target.targets} | {*place.target.counts_also} & self.seen.targets.keys()
            rests[name] = (named & self.seen.targets.keys()) | below
        circle = find_circle(rests)
        if circle:
            yield self._finding("GR424", (*self.paths[circle[0]], "id"), circle=" → ".join([*circle, circle[0]]))

    def _check_gates(self) -> Iterator[Finding]:
        places = {place.target.id if place.target else None: place for place in self.places}
        for number, gate in enumerate(self.criteria.scoring.gates):
            path: Path = ("scoring", "gates", number)
            if ("target" in self.values["gates"][number]["cap"]) == ("total" in self.values["gates"][number]["cap"]):
                problem = Words(N_("cap has target or total, one of them"))
                yield Finding(RULES["GR425"], Pointer(self.file, (*path, "cap"), key=True), {"problem": problem})
                continue
            place = places.get(gate.target)
            if place is None:
                yield unknown_part(gate.target or "", self.seen.targets, self.file, (*path, "cap", "target"))
                continue
            raw = self.values["gates"][number]["when"]
            yield from check_conditions(raw, self.file, (*path, "when"), self._scope(place))
            yield from self._check_cap(gate, (*path, "cap"), place)

    def _check_cap(self, gate: Gate, path: Path, place: StepPlace) -> Iterator[Finding]:
        """That the result can be above the cap, and can be the cap."""
        view, number = self.seen.outcome(gate.id, place.step, place.parts), number_of(gate.cap)
        if view.is_nothing or (number is not None and gate.cap not in view.keys and not view.numbers):
            yield self._finding("GR418", path, key=True, id=gate.id)
        elif gate.cap not in view.keys:
            if number is None:
                yield not_a_level(gate.cap, view.keys, Pointer(self.file, (*path, "at")), gate.target or "", view.scale)
            elif view.least is not None and view.most is not None and not view.least <= number <= view.most:
                yield self._finding("GR416", (*path, "at"), value=number, low=view.least, high=view.most)

    def _check_reviewers(self) -> Iterator[Finding]:
        """That what is averaged over reviewers has numbers."""
        scoring = self.criteria.scoring
        if scoring.reviewers == "mean":
            total = self.seen.outcome("", scoring.targets, self.seen.below(None, scoring.targets))
            results = [self.seen.outcome(p.target.id, p.step, p.parts) for p in self.places if p.target]
            answers = [self.views[name] for name in self.seen.held]
            views = answers if scoring.reviewers_of == "answers" else [*results, total]
            if any(view.keys and not view.numbers for view in views):
                yield self._finding("GR411", ("scoring", "reviewers", "method"), method="mean")

    def _finding(self, code: str, path: Path, *, key: bool = False, **values: object) -> Finding:
        plain = {name: _plain(value) for name, value in values.items()}
        return Finding(RULES[code], Pointer(self.file, path, key=key), plain)


def _are_comparable(views: Sequence[PartView]) -> bool:
    """Whether parts can be put in order: they are on one scale, or all have numbers."""
    return len({view.keys for view in views}) == 1 or all(view.numbers for view in views)


def _common(views: Sequence[PartView]) -> tuple[str, ...]:
    """The levels that the parts share; none where they are numbers or on different scales."""
    return views[0].keys if views and len({view.keys for view in views}) == 1 else ()


def _has_whole_points(scale: Scale) -> bool:
    if scale.is_range and not scale.curve:
        return all(one is not None and one.denominator == 1 for one in (scale.interval, scale.minimum))
    if scale.is_range and scale.between != "step":
        return False
    points = [level.points for level in scale.levels] + [turn.gives for turn in scale.curve]
    return all(one is not None and one.denominator == 1 for one in points)


def _plain(value: object) -> object:
    """A number as it is read: whole numbers without decimals."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value
