"""How results came about, as plain values: what each step met, what it gave, and what held the result back.

Made by `explain`; nothing here can evaluate, and nothing is remembered in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from granskning.model.method import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.method import Scale, Step
    from granskning.scoring.results.numbers import Number

Rank = int | Fraction
"""A place on a scale: the number of a level from below, or the number given on a range."""

RuleStanding = tuple[bool, bool]
"""Whether a rule must hold, and whether it can, over all completions of the open answers."""


class StepOutcome(NamedTuple):
    """What a step gives at one end: a number, a place on its scale, or both, and the rule that gave it."""

    value: Number | None
    rank: Rank | None
    rule: int | None


@dataclass(frozen=True, slots=True)
class ScaleSteps:
    """A scale with the rank and the points of each level; for a range, of the numbers where something turns."""

    scale: Scale
    keys: tuple[str, ...]
    ranks: Mapping[str, Rank]
    points: Mapping[str, int | Fraction]

    def rank_of(self, key: str) -> Rank | None:
        """The rank of a level, or of a number on a range; None if it has none."""
        return self.ranks.get(key, number_of(key) if self.scale.is_range else None)

    @property
    def has_points(self) -> bool:
        """Whether every answer is a number."""
        return self.scale.is_range or len(self.points) == len(self.keys)

    @property
    def is_monotone(self) -> bool:
        """Whether a higher rank never means fewer points."""
        values = [self.points[key] for key in self.keys if key in self.points]
        return all(one <= other for one, other in pairwise(values))


@dataclass(frozen=True, slots=True)
class PartOutline:
    """What is given of a part of a step beforehand, whatever the answers."""

    id: str
    is_node: bool
    """Whether it is a target, and not a question."""
    scale: ScaleSteps | None
    """The scale that its ranks are on."""
    lowest: Number | None
    highest: Number | None
    """What its number can be; None for a target, where it depends on what is applicable."""


@dataclass(frozen=True, slots=True)
class StepOutline:
    """What is given beforehand of the result of one target, or of the whole."""

    id: str
    step: Step
    weight: Fraction
    parts: tuple[PartOutline, ...]
    common: ScaleSteps | None
    """The scale of its parts, where they share one."""
    scale: ScaleSteps | None
    """The scale of its result, where that is a level."""
    bands: ScaleSteps | None
    """Its bands as levels, where it has any."""


@dataclass(frozen=True, slots=True)
class SetOutline:
    """What results of a criteria set are read against: words, axes and charts rest on it."""

    targets: tuple[str, ...]
    """The targets in the set's order, each before those below it."""
    steps: Mapping[str, StepOutline]
    """By target, and for the whole, in an order in which each comes after all that its result rests on."""
    scales: Mapping[str, ScaleSteps]
    """By question the scale of its answers, with the points that they count as."""
    weights: Mapping[str, Fraction]
    """Of questions and targets."""

    def scale_of(self, place: str) -> ScaleSteps | None:
        """The scale of a result, where that is a level and the set has the place."""
        step = self.steps.get(place)
        return None if step is None else step.scale


@dataclass(frozen=True, slots=True)
class PartExplanation:
    """One part of a result at its lowest and its highest. Without numbers or ranks where it was left out."""

    id: str
    is_node: bool
    """Whether it is a target, and not a question."""
    weight: Fraction
    scale: ScaleSteps | None
    """The scale that its ranks are on."""
    threshold: Number | Rank | None
    """What makes it satisfied."""
    by_band: bool
    """Whether its band goes on, rather than its result."""
    low: Number | None
    high: Number | None
    low_rank: Rank | None
    high_rank: Rank | None
    least: Number | None
    most: Number | None
    """What its number could have been."""
    by_value: bool = False
    """Whether it is compared by its points, as answers on ranges of numbers are, and not by its rank."""

    @property
    def compared(self) -> tuple[Number | Rank | None, Number | Rank | None]:
        """What it is compared with the threshold by, at its lowest and its highest."""
        ends = ((self.low_rank, self.low), (self.high_rank, self.high))
        low, high = (value if self.by_value or rank is None else rank for rank, value in ends)
        return low, high

    @property
    def is_there(self) -> bool:
        """Whether it is among the parts at all."""
        return self.low is not None or self.low_rank is not None

    @property
    def is_settled(self) -> bool:
        """Whether it has one value."""
        return (self.low, self.low_rank) == (self.high, self.high_rank)


@dataclass(frozen=True, slots=True)
class StepExplanation:
    """How the result of one target, or of the whole, came about."""

    id: str
    step: Step
    parts: tuple[PartExplanation, ...]
    """Those that the review puts."""
    common: ScaleSteps | None
    """The scale of its parts, where they share one."""
    scale: ScaleSteps | None
    """The scale of its result, where that is a level."""
    rules: tuple[RuleStanding, ...]
    """For each row, rule or step whether it holds."""
    has_gates: bool
    ungated: tuple[StepOutcome, StepOutcome]
    """The worst and the best of the parts at their ends, before any gate."""
    result: tuple[StepOutcome, StepOutcome]
    """The worst and the best result."""
    least: Number | None
    """The least that it could have come to."""
    shrunk: tuple[Fraction, Fraction] | None
    """Where bounds shrink: the least before, and how much of the way from there to the most is left."""
    band_alone: str | None
    """The band that the lowest number alone would give, demands aside; None where bounds shrink."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How all results of one review came about."""

    outline: SetOutline
    steps: Mapping[str, StepExplanation]
    """By target, and for the whole."""
