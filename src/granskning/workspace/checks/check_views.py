"""What conditions and methods see of a part: the levels it can be at, its bands, its numbers, whether it may be out.

A part is a criterion, as its scale lets it be seen, or a target, as the step that gives its result does.
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.model.method import CHOOSING, DECIDING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.method import Scale, Step

_SHARES = ("share_of_possible", "share_satisfied")
_AVERAGING = CHOOSING | {"mean", "geometric_mean", "harmonic_mean", "power_mean", "trimmed_mean"}
_OUTSIDE = ("exclude", "shrink_bounds")
"""The meanings of not applicable that leave a part out."""


@dataclass(frozen=True, slots=True)
class StepPlace:
    """A step where it is used: for one target, or for the whole (None)."""

    target: Target | None
    step: Step
    path: Path
    values: Mapping[str, Any]
    parts: Sequence[str]
    is_shared: bool
    """Whether other targets have the step too."""


@dataclass(frozen=True, slots=True)
class PartView:
    """One part, as what stands above it sees it."""

    id: str
    scale: str = ""
    """The scale that it is on, where that has a name."""
    keys: tuple[str, ...] = ()
    """The levels that it can be at; empty for a number."""
    bands: tuple[str, ...] = ()
    numbers: bool = False
    least: Fraction | None = None
    most: Fraction | None = None
    """The ends of its numbers, where they are plain."""
    may_be_negative: bool = False
    may_be_out: bool = False
    """Whether it can be left out as not applicable."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is no result to work on."""
        return not self.keys and not self.numbers


class Views:
    """What is seen of every criterion and target of a set, and of the whole."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self.criteria = criteria
        self.all_criteria = criteria.criteria
        self.targets = {target.id: target for target in criteria.all_targets}
        self.held = {one.id: one for one in self.all_criteria}
        self.paths = {
            criterion.id: (*path, "criteria", number)
            for path, target in target_paths(criteria.targets)
            for number, criterion in enumerate(target.criteria)
        }
        """Where each criterion stands in the file."""
        self.parts: dict[str, PartView] = {}
        for target in self.targets.values():
            step = criteria.step_of(target)
            for criterion in target.criteria:
                view = view_of_scale(criterion.id, criteria.scale_of(criterion), criteria.scoring.normalise)
                is_left_out = (criterion.not_applicable_means or step.not_applicable)[0] in _OUTSIDE
                may_be_out = (is_left_out and self.may_not_apply(criterion)) or step.insufficient_evidence == "exclude"
                may_be_out = may_be_out or criterion.asked_if is not None
                self.parts[criterion.id] = replace(view, may_be_out=may_be_out)
        self.waiting = dict(self.targets)
        """The targets whose results are not looked at yet."""
        for target in reversed(self.targets.values()):
            self._look_at(target)

    def _look_at(self, target: Target) -> None:
        """See the result of a target, after those that it is made of, wherever they belong."""
        if self.waiting.pop(target.id, None) is None:
            return
        shared = [self.targets[name] for name in target.counts_also if name in self.targets]
        for other in (*target.targets, *shared):
            self._look_at(other)
        step = self.criteria.step_of(target)
        parts = [name for name in self.below(target, step) if name in self.parts]  # those in a circle have no result
        view = self.result(target.id, step, parts)
        may_be_out = all(self.may_not_apply(criterion) for criterion in target.all_criteria)
        may_be_out = may_be_out or all(self.parts[asked.id].may_be_out for asked in target.all_criteria)
        also = [name for name in target.counts_also if name in self.parts]
        self.parts[target.id] = replace(
            view, may_be_out=may_be_out and all(self.parts[name].may_be_out for name in also)
        )

    def weight(self, name: str) -> Fraction:
        """The weight of a criterion or a target."""
        criterion = self.held.get(name)
        return self.targets[name].weight if criterion is None else criterion.weight

    def may_not_apply(self, criterion: Criterion) -> bool:
        """Whether the question can be answered as not applicable."""
        scale = self.criteria.scale_of(criterion)
        return criterion.not_applicable or bool(criterion.applies_to) or bool(scale.outside)

    def below(self, target: Target | None, step: Step) -> list[str]:
        """The ids of what a step works on."""
        shared = () if target is None else target.counts_also
        also = [name for name in shared if name in self.held and self.weight(name)]
        if step.over == "criteria":
            criteria = self.all_criteria if target is None else target.all_criteria
            return list(dict.fromkeys([*(one.id for one in criteria if one.weight), *also]))
        own = [] if target is None else [one.id for one in target.criteria if one.weight]
        below = self.criteria.targets if target is None else target.targets
        also += [name for name in shared if name in self.targets and self.weight(name)]
        return list(dict.fromkeys([*own, *(one.id for one in below if one.weight), *also]))

    def from_step(self, place: StepPlace) -> Mapping[str, PartView]:
        """All parts as one step sees them: what not applicable counts as there is never left out."""
        if place.step.not_applicable[0] in _OUTSIDE:
            return self.parts
        own = [name for name in place.parts if name in self.targets]
        return ChainMap({name: replace(self.parts[name], may_be_out=False) for name in own}, self.parts)

    def scale(self, step: Step) -> Scale | None:
        """The scale that a step's result is on, if it is on one."""
        return self.criteria.scales.get(step.scale or "")

    def result(self, name: str, step: Step, below: Sequence[str]) -> PartView:
        """The result of a step, to the step above it and to conditions."""
        view = self.outcome(name, step, below)
        if step.passes_on == "points" and step.points and view.numbers and not view.keys:
            return _with_points(PartView(name, bands=view.bands, numbers=True), [turn.gives for turn in step.points])
        if step.passes_on != "band" or not step.bands:
            return view
        bands = view.bands
        if not view.numbers:  # what has no number is in no band, so nothing is passed on
            return PartView(name, bands=bands)
        scale = self.scale(step)
        if scale is not None and all(band.gives is not None for band in step.bands):
            return replace(view_of_scale(name, scale), bands=bands)
        points = [band.points for band in step.bands if band.points is not None]
        if len(points) == len(bands) and points != sorted(points):  # what is compared is their points
            return _with_points(PartView(name, bands=bands, numbers=True), points)
        return _with_points(PartView(name, keys=bands, bands=bands, numbers=len(points) == len(bands)), points)

    def outcome(self, name: str, step: Step, below: Sequence[str]) -> PartView:
        """The result of a step itself, whatever of it is passed on."""
        view = self.before_points(name, step, below)
        if not step.points or step.passes_on == "points" or view.keys or not view.numbers:
            return view
        return _with_points(PartView(name, bands=view.bands, numbers=True), [turn.gives for turn in step.points])

    def before_points(self, name: str, step: Step, below: Sequence[str]) -> PartView:
        """What the method gives, before it is turned into points."""
        bands = tuple(band.id for band in step.bands)
        views = [self.parts[one] for one in below]
        if step.method == "none" or not views:  # a target without parts is told of as such
            return PartView(name, bands=bands, numbers=step.method != "none")
        scale = self.scale(step)
        if step.method in DECIDING:
            return PartView(name, bands=bands) if scale is None else replace(view_of_scale(name, scale), bands=bands)
        if step.method in CHOOSING and step.even != "mean" and len({view.keys for view in views}) == 1:
            if step.scale and scale is not None:
                return replace(view_of_scale(name, scale), bands=bands)
            return replace(_around(name, views), keys=views[0].keys, bands=bands, numbers=views[0].numbers)
        view = _around(name, views)
        if step.method in _SHARES:
            return _with_points(PartView(name, bands=bands, numbers=True), [Fraction(0), Fraction(1)])
        if step.method not in _AVERAGING:
            view = replace(view, least=None, most=self._sum_end(below, is_most=True) if step.method == "sum" else None)
            view = replace(view, may_be_negative=view.may_be_negative or step.method == "difference")
        if step.floor is not None and view.least is not None and view.most is not None:
            view = replace(view, least=max(view.least, step.floor), most=max(view.most, step.floor))
        return replace(view, bands=bands, numbers=True)

    def ends(self, step: Step, below: Sequence[str]) -> tuple[Fraction | None, Fraction | None]:
        """The least and the most that a step's number can be, as far as that is plain; None for no bound."""
        if step.method == "none":
            return (None, None)
        if step.method == "sum" and (not step.points or step.passes_on == "points"):
            return (self._sum_end(below, is_most=False), self._sum_end(below, is_most=True))
        view = self.outcome("", step, below)
        return (view.least, view.most)

    def _sum_end(self, below: Sequence[str], *, is_most: bool) -> Fraction | None:
        """The most, or the least, that a sum can come to, where that is plain."""
        total = Fraction(0)
        for name in below:
            view, held = self.parts[name], self.held.get(name)
            end = view.most if is_most else view.least
            if end is None:
                return None
            part = (self.targets[name] if held is None else held).weight * end
            out = max(part, Fraction(0)) if is_most else min(part, Fraction(0))
            total += out if view.may_be_out else part
        return total


def view_of_scale(name: str, scale: Scale, normalise: tuple[Fraction, Fraction] | None = None) -> PartView:
    """A part whose result is on the scale."""
    if scale.minimum is not None and scale.maximum is not None:
        points = [turn.gives for turn in scale.curve] or [scale.minimum, scale.maximum]
        view = PartView(name, scale.id, numbers=True)
    else:
        points = [level.points for level in scale.steps if level.points is not None]
        keys = tuple(level.key for level in scale.steps)
        view = PartView(name, scale.id, keys, numbers=len(points) == len(keys))
    if view.numbers and points and normalise is not None:
        points = [normalise[0]] if min(points) == max(points) else list(normalise)
    return _with_points(view, points)


def target_paths(targets: Sequence[Target], path: Path = ("targets",)) -> Iterator[tuple[Path, Target]]:
    """Every target with its path in the file, each before those below it."""
    for number, target in enumerate(targets):
        yield (*path, number), target
        yield from target_paths(target.targets, (*path, number, "targets"))


def step_places(values: Mapping[str, Any], criteria: CriteriaSet, seen: Views) -> Iterator[StepPlace]:
    """Every step where it is used, that of each target and last that of the whole. `values` are those of the set."""
    scoring = values["scoring"]
    for path, target in target_paths(criteria.targets):
        step = criteria.step_of(target)
        parts = seen.below(target, step)
        if target.scoring is not None:
            own = _at(values, path)["scoring"]
            yield StepPlace(target, step, (*path, "scoring"), own, parts, is_shared=False)
        else:
            default = "criteria" if target.criteria or "subtargets" not in scoring else "subtargets"
            yield StepPlace(target, step, ("scoring", default), scoring[default], parts, is_shared=True)
    step = criteria.scoring.targets
    parts = seen.below(None, step)
    yield StepPlace(None, step, ("scoring", "targets"), scoring["targets"], parts, is_shared=False)


def _at(values: Any, path: Path) -> Any:
    for step in path:
        values = values[step]
    return values


def unknown_level(level: str, view: PartView, at: Pointer) -> Finding:
    """That a part cannot be at that level."""
    return not_a_level(level, view.keys or view.bands, at, view.id, view.scale)


def not_a_level(level: str, known: Collection[str], at: Pointer, *of: str) -> Finding:
    """That a level is not among those known; where none are, that a number is wanted. `of`: the part and its scale."""
    values = {"level": level, "levels": KnownNames(known) if known else Words(N_("a number")), "of": of_words(*of)}
    return Finding(RULES["GR409"], at, values, near=(level, known))


def of_words(*of: str) -> str:
    """The question or target, and the scale, that a message is about, in brackets."""
    named = ", ".join(filter(None, of))
    return f" ({named})" if named else ""


def unknown_part(name: str, known: Collection[str], file: str, path: Path, *, key: bool = False) -> Finding:
    """That there is no such part."""
    values = {"id": name, "known": KnownNames(known)}
    return Finding(RULES["GR406"], Pointer(file, path, key=key), values, near=(name, known))


def _with_points(view: PartView, points: Sequence[Fraction]) -> PartView:
    if not view.numbers or not points:
        return view
    return replace(view, least=min(points), most=max(points), may_be_negative=min(points) < 0)


def _around(name: str, views: Sequence[PartView]) -> PartView:
    """What lies between the least and the most of the parts."""
    ends = [(view.least, view.most) for view in views]
    lows, highs = [low for low, _ in ends if low is not None], [high for _, high in ends if high is not None]
    return PartView(
        name,
        least=min(lows) if len(lows) == len(views) else None,
        most=max(highs) if len(highs) == len(views) else None,
        may_be_negative=any(view.may_be_negative for view in views),
    )
