"""What can be wrong in how a criteria set scores: its steps, tables, rules, ladders, bands and gates.

Every step is looked at with the parts that it will meet, so that what could not be worked out, or would have no
answer, is told when the set is written and never when a review is scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, Any

from granskning.findings import Finding, Pointer
from granskning.method import CALCULATING, CHOOSING, DECIDING, NOT_APPLICABLE, number_of
from granskning.workspace.check_bands import check_bands
from granskning.workspace.check_conditions import Parts, PartView, check_conditions, named_parts, view_of_scale
from granskning.workspace.circles import find_circle
from granskning.workspace.near import nearest
from granskning.workspace.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.findings import Path
    from granskning.method import Rule, Scale, Step
    from granskning.model import CriteriaSet, Target

_MOST_CASES = 20_000
_OWN_KEYS = {
    "rows": {"table"},
    "rules": {"rules"},
    "steps": {"ladder"},
    "otherwise": DECIDING,
    "critical": {"rules", "ladder", "table"},
    "scale": DECIDING | {"weakest", "best", "median"},
    "floor": {"geometric_mean"},
    "satisfied_at": {"share_satisfied"},
    "step_up": {"weakest"},
    "step_down": {"weakest"},
    "even": {"median"},
}
"""The keys that belong to some methods only."""
_NEEDED = {"table": "rows", "rules": "rules", "ladder": "steps"}


@dataclass(frozen=True, slots=True)
class _Place:
    """A step where it is used: for one target, or for the whole (None)."""

    target: Target | None
    step: Step
    path: Path
    values: Mapping[str, Any]


def check_scoring(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what is wrong in the scoring of a set whose names and scales are sound. Each thing is told once."""
    checker = _Checker(values, criteria)
    told: set[tuple[object, ...]] = set()
    for finding in checker.check():
        identity = (finding.rule.code, finding.at, str(sorted(finding.values.items(), key=str)))
        if identity not in told:
            told.add(identity)
            yield finding


class _Checker:
    """One set, and what its steps have to work with."""

    def __init__(self, values: dict[str, Any], criteria: CriteriaSet) -> None:
        self.values = values["scoring"]
        self.criteria = criteria
        self.file = criteria.file
        self.paths = {target.id: path for path, target in _target_paths(criteria.targets, ("targets",))}
        self.raw = {target.id: _at(values, self.paths[target.id]) for target in criteria.all_targets}
        self.views: dict[str, PartView] = {
            one.id: view_of_scale(one.id, criteria.scale_of(one)) for one in criteria.criteria
        }
        for target in reversed(criteria.all_targets):
            self.views[target.id] = self._result(target)

    def check(self) -> Iterator[Finding]:
        """Everything."""
        for place in self._places():
            yield from self._check_step(place)
        yield from self._check_gates()
        yield from self._check_circles()
        yield from self._check_reviewers()

    def _places(self) -> Iterator[_Place]:
        scoring = self.criteria.scoring
        for target in self.criteria.all_targets:
            raw = self.raw[target.id]
            if target.scoring is not None:
                yield _Place(target, target.scoring, (*self.paths[target.id], "scoring"), raw["scoring"])
            else:
                default = "criteria" if target.criteria or "subtargets" not in self.values else "subtargets"
                step = self.criteria.step_of(target)
                yield _Place(target, step, ("scoring", default), self.values[default])
        yield _Place(None, scoring.targets, ("scoring", "targets"), self.values["targets"])

    def _parts(self, target: Target | None, step: Step) -> list[str]:
        """The ids of what a step works on."""
        held = self.criteria if target is None else target
        if step.over == "criteria":
            criteria = self.criteria.criteria if target is None else target.all_criteria
            return [one.id for one in criteria if one.weight]
        own = [] if target is None else [one.id for one in target.criteria if one.weight]
        return own + [one.id for one in held.targets if one.weight]

    def _result(self, target: Target) -> PartView:
        """What the result of a target is, to the step above it and to conditions."""
        step = self.criteria.step_of(target)
        bands = tuple(band.id for band in step.bands)
        if step.passes_on == "band" and bands:
            return PartView(target.id, bands, bands, all(band.points is not None for band in step.bands))
        if step.method in DECIDING:
            scale = self._scale(step)
            view = view_of_scale(target.id, scale) if scale else PartView(target.id, (), bands, numbers=False)
            return PartView(target.id, view.keys, bands, view.numbers)
        views = [self.views[name] for name in self._parts(target, step)]
        if step.method in CHOOSING and step.even != "mean" and len({view.keys for view in views}) == 1:
            scale = self._scale(step) if step.scale else None
            keys = tuple(level.key for level in scale.levels) if scale else views[0].keys
            return PartView(target.id, keys, bands, views[0].numbers)
        return PartView(target.id, (), bands, numbers=step.method != "none")

    def _scale(self, step: Step) -> Scale | None:
        return self.criteria.scales.get(step.scale or "")

    # --- one step -------------------------------------------------------------------------------------------------

    def _check_step(self, place: _Place) -> Iterator[Finding]:
        step, path, raw = place.step, place.path, place.values
        for key, methods in _OWN_KEYS.items():
            if key in raw and step.method not in methods:
                yield self._finding("GR427", (*path, key), key=True, name=key, method=step.method)
        needed = _NEEDED.get(step.method)
        if needed is not None and needed not in raw:
            yield self._finding("GR426", (*path, "method"), method=step.method, name=needed)
        if step.scale is not None and step.scale not in self.criteria.scales:
            return
        parts = self._parts(place.target, step)
        yield from self._check_parts(place, parts)
        yield from self._check_levels(place)
        if step.method in DECIDING:
            yield from self._check_decision(place, parts)
        least = self._least(place, parts)
        whole = bool(step.bands) and self._is_whole(place, parts)
        yield from check_bands(
            step.bands, _bands_path(place), self.file, least, shown=step.rounding, is_whole=whole
        )
        views = self._scope(place, parts)
        for number, band in enumerate(step.bands):
            at = (*_bands_path(place), number, "requires")
            yield from check_conditions(band.requires, self.file, at, views)
        if step.passes_on == "band" and not step.bands:
            yield self._finding("GR426", (*path, "passes_on"), method="passes_on: band", name="bands")

    def _check_parts(self, place: _Place, parts: Sequence[str]) -> Iterator[Finding]:
        """That the method can do something with what it gets."""
        step, at = place.step, (*place.path, "method")
        views = [self.views[name] for name in parts]
        if step.method in CALCULATING and any(not view.numbers for view in views):
            if all(self.criteria.step_of(one).method == "none" for one in self._targets_of(parts)) and not (
                set(parts) & {one.id for one in self.criteria.criteria}
            ):
                yield self._finding("GR417", at, method=step.method)
            else:
                yield self._finding("GR411", at, method=step.method)
        elif step.method in CHOOSING or step.method == "share_satisfied":
            empty = [view.id for view in views if not view.keys and not view.numbers]
            if empty:
                yield self._finding("GR417", at, method=step.method)
            elif step.method in CHOOSING and not _are_comparable(views):
                yield self._finding("GR431", at, method=step.method)
        if step.method == "geometric_mean" and step.floor is None and any(map(self._can_be_negative, parts)):
            yield self._finding("GR432", at, method=step.method)

    def _targets_of(self, parts: Sequence[str]) -> list[Target]:
        return [target for target in self.criteria.all_targets if target.id in parts]

    def _can_be_negative(self, name: str) -> bool:
        criterion = next((one for one in self.criteria.criteria if one.id == name), None)
        if criterion is None or self.criteria.scoring.normalise is not None:
            return False
        scale = self.criteria.scale_of(criterion)
        points = [level.points for level in scale.levels if level.points is not None]
        points += [turn.gives for turn in scale.curve] or ([scale.minimum] if scale.minimum is not None else [])
        return any(one < 0 for one in points)

    def _check_levels(self, place: _Place) -> Iterator[Finding]:
        """Levels that the step itself names."""
        step, path = place.step, place.path
        parts = [self.views[name] for name in self._parts(place.target, step)]
        known = tuple(dict.fromkeys(key for view in parts for key in view.keys))
        if step.satisfied_at is not None and step.satisfied_at not in known and number_of(step.satisfied_at) is None:
            yield self._level((*path, "satisfied_at"), step.satisfied_at, known)
        if step.step_down is not None and step.step_down.below not in known:
            yield self._level((*path, "step_down", "below"), step.step_down.below, known)
        meaning, level = step.not_applicable
        own = () if place.target is None else place.target.criteria
        for criterion in own:
            scale = self.criteria.scale_of(criterion)
            if meaning == "level" and not scale.holds(level):
                at = (*(path if "not_applicable" in place.values else ("scoring",)), "not_applicable", "level")
                yield self._level(at, level, tuple(one.key for one in scale.levels))

    def _check_decision(self, place: _Place, parts: Sequence[str]) -> Iterator[Finding]:
        step, path = place.step, place.path
        scale = self._scale(step)
        name = _NEEDED[step.method]
        keys = tuple(level.key for level in scale.levels) if scale else ()
        for number, rule in enumerate(step.rules):
            if rule.gives not in keys:
                yield self._level((*path, name, number, "gives"), rule.gives, keys)
        if step.otherwise is not None and step.otherwise not in keys:
            yield self._level((*path, "otherwise"), step.otherwise, keys)
        if step.otherwise is None and step.method != "table" and step.rules:
            yield self._finding("GR423", (*path, "method"), method=step.method)
        views = self._scope(place, parts)
        sound = True
        for number, rule in enumerate(step.rules):
            within = "requires" if step.method == "ladder" else "when"
            for finding in check_conditions(rule.when, self.file, (*path, name, number, within), views):
                sound = False
                yield finding
        if step.method == "table" and sound:
            yield from self._check_table(place)

    def _check_table(self, place: _Place) -> Iterator[Finding]:
        """That every combination has one outcome, and not two."""
        step, path = place.step, (*place.path, "rows")
        named = list(dict.fromkeys(one.part for rule in step.rules for one in rule.when))
        choices = [self._choices(name, place) for name in named]
        if not named or any(not keys for keys in choices) or prod(map(len, choices)) > _MOST_CASES:
            return
        for case in islice(product(*choices), _MOST_CASES):
            at = dict(zip(named, case, strict=True))
            rows = [(number, rule) for number, rule in enumerate(step.rules) if _fits(rule, at)]
            words = ", ".join(f"{name}: {key}" for name, key in at.items())
            if not rows and step.otherwise is None:
                yield self._finding("GR421", path, key=True, case=words)
                return
            outcomes = {rule.gives for _, rule in rows}
            if len(outcomes) > 1:
                number, rule = next((n, one) for n, one in rows if one.gives != rows[0][1].gives)
                one = rows[0][1].gives
                yield self._finding("GR422", (*path, number), case=words, one=one, other=rule.gives)
                return

    def _scope(self, place: _Place, parts: Sequence[str]) -> Parts:
        return Parts(self.views, parts, self._reach(place), [one.id for one in self.criteria.classes])

    def _choices(self, name: str, place: _Place) -> tuple[str, ...]:
        """What a part of a table can be, not applicable included where that is left out of the sum."""
        keys = self.views[name].keys
        criterion = next((one for one in self.criteria.criteria if one.id == name), None)
        if keys and criterion is not None and place.step.not_applicable[0] in ("exclude", "shrink_bounds"):
            may_be_out = criterion.not_applicable or criterion.applies_to
            return (*keys, NOT_APPLICABLE) if may_be_out else keys
        return keys

    def _reach(self, place: _Place) -> frozenset[str]:
        """The targets that a condition of this step must not name: itself and those it is part of."""
        if place.target is None:
            return frozenset()
        path = self.paths[place.target.id]
        return frozenset(name for name, other in self.paths.items() if path[: len(other)] == other)

    def _is_whole(self, place: _Place, parts: Sequence[str]) -> bool:
        """Whether the step's results are whole numbers, since its parts are."""
        if place.step.method not in ("sum", "product", "weakest", "best", "median") or place.step.even == "mean":
            return False
        held = {one.id: one for one in self.criteria.criteria}
        if not all(name in held and held[name].weight.denominator == 1 for name in parts):
            return all(name in self.raw and self._is_whole_target(name) for name in parts)
        scales = [self.criteria.scale_of(held[name]) for name in parts]
        return self.criteria.scoring.normalise is None and all(map(_has_whole_points, scales))

    def _is_whole_target(self, name: str) -> bool:
        target = next(one for one in self.criteria.all_targets if one.id == name)
        step = self.criteria.step_of(target)
        place = _Place(target, step, (), {})
        return target.weight.denominator == 1 and self._is_whole(place, self._parts(target, step))

    def _least(self, place: _Place, parts: Sequence[str]) -> object:
        """The least that a mean or a share can come to, where that is plain; bands must begin there."""
        step = place.step
        if step.method in ("share_of_possible", "share_satisfied"):
            return 0
        views = [self.views[name] for name in parts]
        if step.method in ("mean", "weakest", "best", "median") and all(view.least is not None for view in views):
            return min((view.least for view in views if view.least is not None), default=None)
        return None

    def _check_circles(self) -> Iterator[Finding]:
        """That no target, by way of the conditions of others, rests on itself."""
        steps = {place.target.id: place.step for place in self._places() if place.target is not None}
        rests: dict[str, set[str]] = {}
        for name, step in steps.items():
            held = [rule.when for rule in step.rules] + [band.requires for band in step.bands]
            held += [(gate.when,) for gate in self.criteria.scoring.gates if gate.target == name]
            named = {part for conditions in held for part in named_parts(conditions)}
            below = {one.id for one in self.criteria.all_targets if self.paths[one.id][:-2] == self.paths[name]}
            rests[name] = (named | below) & steps.keys()
        circle = find_circle(rests)
        if circle:
            yield self._finding("GR424", (*self.paths[circle[0]], "id"), circle=" → ".join([*circle, circle[0]]))

    # --- gates and reviewers --------------------------------------------------------------------------------------

    def _check_gates(self) -> Iterator[Finding]:
        targets = {target.id: target for target in self.criteria.all_targets}
        for number, gate in enumerate(self.criteria.scoring.gates):
            path: Path = ("scoring", "gates", number)
            if gate.target is not None and gate.target not in targets:
                near = nearest(gate.target, targets)
                values = {"id": gate.target, "known": ", ".join(targets)}
                yield Finding(RULES["GR406"], Pointer(self.file, (*path, "cap", "target")), values, suggestion=near)
                continue
            target = targets.get(gate.target or "")
            step = self.criteria.step_of(target) if target else self.criteria.scoring.targets
            parts = self._parts(target, step)
            place = _Place(target, step, path, {})
            views = self._scope(place, parts)
            yield from check_conditions((gate.when,), self.file, (*path, "when"), views)
            yield from self._check_cap(gate.id, gate.cap, (*path, "cap"), step, target)

    def _check_cap(self, name: str, cap: str, path: Path, step: Step, target: Target | None) -> Iterator[Finding]:
        view = self._result(target) if target else None
        keys = view.keys if view else ()
        if target is None and step.method in DECIDING | CHOOSING:
            scale = self._scale(step)
            keys = tuple(level.key for level in scale.levels) if scale and step.method in DECIDING else ()
            known = [self.views[one].keys for one in self._parts(None, step)]
            keys = keys or (known[0] if len(set(known)) == 1 else ())
        number = number_of(cap)
        if step.method == "none" or (number is not None and keys and cap not in keys and view and not view.numbers):
            yield self._finding("GR418", path, key=True, id=name)
        elif number is None and cap not in keys:
            yield self._level((*path, "at"), cap, keys) if keys else self._finding("GR418", path, key=True, id=name)
        elif number is not None and step.method in ("mean", "weakest", "best", "median"):
            parts = [self.views[one] for one in self._parts(target, step)]
            lows = [part.least for part in parts if part.least is not None]
            highs = [part.most for part in parts if part.most is not None]
            if len(lows) == len(parts) and lows and not min(lows) <= number <= max(highs):
                low, high = min(lows), max(highs)
                yield self._finding("GR416", (*path, "at"), value=number, low=low, high=high)

    def _check_reviewers(self) -> Iterator[Finding]:
        scoring = self.criteria.scoring
        if scoring.reviewers == "mean":
            of_answers = scoring.reviewers_of == "answers"
            names = self.criteria.criteria if of_answers else self.criteria.all_targets
            views = [self.views[one.id] for one in names]
            if any(view.keys and not view.numbers for view in views):
                yield self._finding("GR411", ("scoring", "reviewers", "method"), method="mean")

    def _level(self, path: Path, level: str, known: Sequence[str]) -> Finding:
        near = nearest(level, known)
        values = {"level": level, "levels": ", ".join(known) or "–"}
        return Finding(RULES["GR409"], Pointer(self.file, path), values, suggestion=near)

    def _finding(self, code: str, path: Path, *, key: bool = False, **values: object) -> Finding:
        plain = {name: _plain(value) for name, value in values.items()}
        return Finding(RULES[code], Pointer(self.file, path, key=key), plain)


def _are_comparable(views: Sequence[PartView]) -> bool:
    """Whether parts can be put in order: they are on one scale, or all have numbers."""
    return len({view.keys for view in views}) == 1 or all(view.numbers for view in views)


def _has_whole_points(scale: Scale) -> bool:
    if scale.is_range and not scale.curve:
        return all(one is not None and one.denominator == 1 for one in (scale.interval, scale.minimum))
    if scale.is_range and scale.between != "step":
        return False
    points = [level.points for level in scale.levels] + [turn.gives for turn in scale.curve]
    return all(one is not None and one.denominator == 1 for one in points)


def _fits(rule: Rule, at: Mapping[str, str]) -> bool:
    return all(at[one.part] in one.levels for one in rule.when)


def _bands_path(place: _Place) -> Path:
    return (*place.path, "bands") if "bands" in place.values else ("scoring", "bands")


def _target_paths(targets: Sequence[Target], path: Path) -> Iterator[tuple[Path, Target]]:
    for number, target in enumerate(targets):
        yield (*path, number), target
        yield from _target_paths(target.targets, (*path, number, "targets"))


def _at(values: Any, path: Path) -> Any:
    for step in path:
        values = values[step]
    return values


def _plain(value: object) -> object:
    """A number as it is read: whole numbers without decimals."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value
