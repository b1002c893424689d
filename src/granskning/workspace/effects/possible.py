"""What each part of a set can be, as far as conditions tell it apart: the levels, bands and numbers that matter.

A part is taken to be anything it can be, whatever the others are. So nothing that can happen is missed; what no such
case gives, no review gives.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from granskning.model.method import NOT_APPLICABLE, number_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import Condition, Scale, Step
    from granskning.workspace.checks.check_views import PartView, StepPlace, Views

_UNSATISFIED = "unsatisfied"


class PartState(NamedTuple):
    """One thing that a part can be. Its rank, its band and its number, as far as it has them."""

    rank: Fraction | int | None = None
    band: int | None = None
    number: Fraction | None = None


class PossibleParts:
    """What the criteria and targets of one set can be."""

    def __init__(self, criteria: CriteriaSet, seen: Views) -> None:
        self.criteria = criteria
        self.seen = seen
        self.steps = {
            criterion.id: criteria.step_of(target) for target in seen.targets.values() for criterion in target.criteria
        }
        self.outcomes: dict[str, Collection[str]] = {}
        """By target the levels that its rules can give, once that is known."""

    def truths(self, name: str, atoms: Sequence[Condition], place: StepPlace) -> frozenset[tuple[bool | None, ...]]:
        """All ways in which the part can meet the conditions, None where it is left out."""
        view = self.seen.from_step(place)[name]
        question = self.seen.held.get(name)
        if question is None:
            states, scale = self._target_states(view, atoms, place.step), None
        else:
            scale = self.criteria.scale_of(question)
            states = _scale_states(scale, atoms, self.steps[name])
        ways: set[tuple[bool | None, ...]] = {way for state in states for way in _ways(view, scale, state, atoms)}
        if view.may_be_out or view.is_nothing:
            ways.add((None,) * len(atoms))
        return frozenset(ways)

    def _target_states(self, view: PartView, atoms: Sequence[Condition], above: Step) -> Iterator[PartState]:
        """The results that a target can have: any of its levels, or the numbers where something turns."""
        step = self.criteria.step_of(self.seen.targets[view.id])
        known = self.outcomes.get(view.id, view.keys)
        bands: list[int | None] = list(range(len(view.bands))) or [None]
        if _UNSATISFIED in (above.insufficient_evidence, above.not_applicable[0]):
            yield PartState(-1, -1 if view.bands else None, view.least)
        if view.keys:
            for rank, key in enumerate(view.keys):
                if view.keys == view.bands:
                    yield PartState(rank, rank)
                elif key in known:
                    yield from (PartState(rank, band) for band in bands)
        elif view.numbers:
            starts = [band.start for band in step.bands]
            for number in _numbers([*_bars(atoms), *starts], view.least, view.most, None):
                reached = [band for band, start in enumerate(starts) if start <= number]
                is_plain = step.bands_on == "exact" and not any(band.requires or band.above for band in step.bands)
                is_plain = is_plain and step.not_applicable[0] != "shrink_bounds"
                likely = [max(reached, default=None)] if is_plain else bands
                yield from (PartState(None, band, number) for band in likely)


def _scale_states(scale: Scale, atoms: Sequence[Condition], step: Step) -> Iterator[PartState]:
    """What an answer can be, and what counts as below every answer."""
    lowest: Fraction | int = 0
    if scale.minimum is None or scale.maximum is None:
        for rank in range(len(scale.steps)):
            yield PartState(rank)
    else:
        lowest = scale.minimum
        for number in _numbers(_bars(atoms), scale.minimum, scale.maximum, scale.interval):
            yield PartState(number, None, number)
    if step.insufficient_evidence == _UNSATISFIED:
        yield PartState(lowest - 1, None, None if scale.minimum is None else scale.minimum - 1)


def _bars(atoms: Sequence[Condition]) -> list[Fraction]:
    return [number for atom in atoms for key in atom.levels if (number := number_of(key)) is not None]


def _numbers(
    bars: Sequence[Fraction], least: Fraction | None, most: Fraction | None, interval: Fraction | None
) -> Iterator[Fraction]:
    """A number on each bar, between bars, and beyond them, within the ends; on a grid the nearest that can be given."""
    cuts = sorted({*bars, *(end for end in (least, most) if end is not None)})
    if least is None or not cuts:
        cuts = [min(cuts, default=Fraction(0)) - 1, *cuts]
    if most is None:
        cuts = [*cuts, cuts[-1] + 1]
    numbers = {*cuts, *((lower + other) / 2 for lower, other in pairwise(cuts))}
    if interval is not None and least is not None:
        steps = [(number - least) / interval for number in numbers]
        near = {way(step) + more for step in steps for way in (floor, ceil) for more in (-1, 0, 1)}
        numbers = {least + interval * step for step in near}
    yield from (n for n in sorted(numbers) if (least is None or n >= least) and (most is None or n <= most))


def _ways(view: PartView, scale: Scale | None, state: PartState, atoms: Sequence[Condition]) -> list[tuple[bool, ...]]:
    """How a part that is this meets the conditions; several ways where that is not known."""
    ways: list[tuple[bool, ...]] = [()]
    for atom in atoms:
        truth = _meets(atom, view, scale, state)
        ways = [(*way, met) for way in ways for met in ((truth,) if truth is not None else (True, False))]
    return ways


def _meets(atom: Condition, view: PartView, scale: Scale | None, state: PartState) -> bool | None:
    """Whether a part meets a comparison: by its level, by its band or by its number; None where that is not known."""
    if scale is not None and scale.is_range:
        return _compares(atom, state.number, _bars([atom]))
    for keys, own in ((view.keys, state.rank), (view.bands, state.band)):
        ranks: list[Fraction | int] = [keys.index(key) for key in atom.levels if key in keys]
        if keys and (len(ranks) == len(atom.levels) or (ranks and atom.comparison == "is")):
            return _compares(atom, own, ranks)
    if view.keys and atom.comparison == "is":
        return False
    if view.keys:  # a level against a number, where parts on several scales are counted
        return None if _bars([atom]) else False
    return _compares(atom, state.number, _bars([atom]))


def _compares(atom: Condition, own: Fraction | int | None, bars: Sequence[Fraction | int]) -> bool | None:
    if own is None:
        return None
    if atom.comparison == "is":
        return own in bars
    if not bars:
        return False
    return {
        "at_least": own >= bars[0],
        "above": own > bars[0],
        "at_most": own <= bars[0],
        "below": own < bars[0],
    }[atom.comparison]


def names_absence(atom: Condition) -> bool:
    """Whether a part that is left out meets the comparison by that."""
    return NOT_APPLICABLE in atom.levels


def counted_parts(
    condition: Condition, place: StepPlace, classes: Mapping[str, str], critical: Collection[str]
) -> list[str]:
    """The parts of a step that a count looks at."""
    deciding = frozenset(place.step.critical) or critical
    return [
        name
        for name in place.parts
        if (not condition.parts or name in condition.parts)
        and (not condition.classes or classes.get(name) in condition.classes)
        and (condition.critical is None or (name in deciding) == condition.critical)
    ]
