"""How results came about, as plain values: what each step met, what it gave, and what held the result back.

Made by `explain`; nothing here can evaluate, and nothing is remembered in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from granskning.model.method import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.method import DifferenceOutcome, Gate, Scale, Step
    from granskning.model.review import LeftOut, State
    from granskning.scoring.results.numbers import Number

Rank = int | Fraction
"""A place on a scale: the number of a level from below, or the number given on a range."""

LeftOutReason = Literal[
    "not_applicable", "insufficient_evidence", "not_asked", "nothing_assessed", "no_figure", "no_band", "weight_0"
]
"""Why a part does not count: it does not apply; there is no evidence for it; the review does not put it; nothing of it
is assessed; its own step gives no figure; its result is in no band, and it is the band that goes on; it has no weight.
"""

Basis = Literal["settled", "ends", "cases", "outer"]
"""What the lowest and the highest result are those of: the one that there is; all parts at their lowest and at their
highest; the two completions that give the least and the most; or bounds that nothing goes beyond."""


class RuleStanding(NamedTuple):
    """Whether a row, a rule or a step must hold and whether it can, over all completions of the open answers."""

    must: bool
    can: bool
    low: bool | None = None
    high: bool | None = None
    """Whether it holds where the result is the lowest, and the highest; None where the bounds are outer."""


class StepOutcome(NamedTuple):
    """What a step gives at one end: a number, a place on its scale, or both, and the rule that gave it."""

    value: Number | None
    rank: Rank | None
    rule: int | None
    band: int | None = None
    """The number of its band from the lowest; below 0 what counts as below every band."""


class GateEffect(NamedTuple):
    """What a gate does to one end of a result."""

    holds: bool
    before: StepOutcome
    after: StepOutcome

    @property
    def bites(self) -> bool:
        """Whether the result is another because of it."""
        return (self.before.value, self.before.rank) != (self.after.value, self.after.rank)


@dataclass(frozen=True, slots=True)
class GateExplanation:
    """A gate of a step: the most that it lets the result be, and what it does at the lowest and at the highest."""

    gate: Gate
    cap: StepOutcome
    low: GateEffect
    high: GateEffect

    @property
    def bites(self) -> bool:
        """Whether it holds the result down at either end."""
        return self.low.bites or self.high.bites


class BandStanding(NamedTuple):
    """A band: where it begins here, and whether what it requires is met at the lowest and at the highest."""

    start: Fraction
    met: tuple[bool, bool]


class Hindrance(NamedTuple):
    """A prerequisite that is not met, and what that does to the answer that depends on it."""

    criterion: str
    at_least: str
    otherwise: str
    """The most that the answer counts as until then."""
    from_: Rank | None
    to: Rank | None
    at: tuple[bool, bool]
    """Whether it holds the answer back at the lowest and at the highest."""


class LeftOutPart(NamedTuple):
    """A part of a step that does not count in it, and why."""

    id: str
    is_node: bool
    weight: Fraction
    reason: LeftOutReason


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
    """One part of a result where that is the lowest and the highest. Without numbers or ranks where it was left out."""

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
    spans: tuple[tuple[Number | None, Number | None], tuple[Number | None, Number | None]]
    """The least and the most that its number could have been, at the lowest and at the highest: another where other
    questions are asked."""
    by_value: bool = False
    """Whether it is compared by its points, as answers on ranges of numbers are, and not by its rank."""
    state: State | None = None
    """How the question is answered; None for a target."""
    level: str | None = None
    """The level that was given."""
    reviewer: str = ""
    """Whose answer it is, where those of several count together."""
    hindrances: tuple[Hindrance, ...] = ()
    """The prerequisites that hold the answer back."""
    declared: str | None = None
    """What a target without a result of its own counts as, as the step declares."""
    lacks_evidence: Literal["missing", "not_found"] | None = None
    """Why the answer counts as less than its level, where that is since it rests on no evidence."""
    shown: tuple[Number | None, Number | None] | None = None
    """What a target is shown as where the result is the lowest and the highest, if it counts as points of that."""

    @property
    def criterion(self) -> str:
        """The question or target by the set's own name, whoever answered."""
        return self.id.removesuffix(f"@{self.reviewer}") if self.reviewer else self.id

    @property
    def compared(self) -> tuple[Number | Rank | None, Number | Rank | None]:
        """What it is compared with the threshold by, at its lowest and its highest."""
        ends = ((self.low_rank, self.low), (self.high_rank, self.high))
        low, high = (value if self.by_value or rank is None else rank for rank, value in ends)
        return low, high

    def counts(self, side: int) -> bool:
        """Whether it is among the parts where the result is the lowest (0) or the highest (1)."""
        value, rank = (self.high, self.high_rank) if side else (self.low, self.low_rank)
        return value is not None or rank is not None

    def at(self, side: int) -> PartExplanation:
        """The part as it is where the result is the lowest (0) or the highest (1), with no other end."""
        value, rank = (self.high, self.high_rank) if side else (self.low, self.low_rank)
        span = self.spans[side]
        return replace(self, low=value, high=value, low_rank=rank, high_rank=rank, spans=(span, span))

    @property
    def is_there(self) -> bool:
        """Whether it is among the parts at all."""
        return self.counts(0) or self.counts(1)

    @property
    def is_settled(self) -> bool:
        """Whether it has one value."""
        return (self.low, self.low_rank) == (self.high, self.high_rank)


@dataclass(frozen=True, slots=True)
class StepExplanation:
    """How the result of one target, or of the whole, came about: with this alone it can be redone."""

    id: str
    step: Step
    parts: tuple[PartExplanation, ...]
    """Those that the review puts."""
    left_out: tuple[LeftOutPart, ...]
    """All that the set makes part of the step, and that does not count in it."""
    common: ScaleSteps | None
    """The scale of its parts, where they share one."""
    scale: ScaleSteps | None
    """The scale of its result, where that is a level."""
    rules: tuple[RuleStanding, ...]
    """For each row, rule or step whether it holds."""
    gates: tuple[GateExplanation, ...]
    """In the order in which they are applied."""
    bands: tuple[BandStanding, ...]
    ungated: tuple[StepOutcome, StepOutcome]
    """The worst and the best that the method gives, before any gate."""
    result: tuple[StepOutcome, StepOutcome]
    """The worst and the best result."""
    basis: Basis
    least: Number | None
    most: Number | None
    """The least and the most that it could have come to."""
    shrunk: tuple[Fraction, Fraction] | None
    """Where bounds shrink: the least before, and how much of the way from there to the most is left."""
    band_alone: str | None
    """The band that the lowest number alone would give, demands aside; None where bounds shrink."""
    before_points: tuple[Number | None, Number | None] | None = None
    """What the method gives at the lowest and the highest before it is turned into points, where the step has some."""

    def share(self, part: PartExplanation, side: int) -> Fraction | None:
        """The part of all the weight that counts which is the part's own; None for a part that does not count."""
        whole = sum((one.weight for one in self.parts if one.counts(side)), Fraction(0))
        return part.weight / whole if whole and part.counts(side) else None

    def given_share(self, part: PartExplanation) -> Fraction | None:
        """The same as the set gives it, before anything was left out."""
        out = sum((one.weight for one in self.left_out), Fraction(0))
        whole = sum((one.weight for one in self.parts if one.is_there), Fraction(0)) + out
        return part.weight / whole if whole else None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How all results of one review, or of answers that were laid together, came about."""

    outline: SetOutline
    steps: Mapping[str, StepExplanation]
    """By target, and for the whole; where answers are merged, by question too."""


class MemberResult(NamedTuple):
    """What one reviewer's result is in that of the round: a number or, where a median of levels is taken, a level."""

    reviewer: str
    counts: bool
    """Whether it counts; not where it cannot be assessed or does not apply."""
    standing: str
    values: tuple[Number | None, Number | None]
    """At the lowest and at the highest."""
    levels: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class JointExplanation:
    """How one result of a round is made of the reviewers' results."""

    id: str
    step: Step
    members: tuple[MemberResult, ...]
    by_level: tuple[bool, bool]
    """Whether a median of levels is taken, at the lowest and at the highest."""
    values: tuple[Number | None, Number | None]
    levels: tuple[str | None, str | None]
    scale: ScaleSteps | None


UNSATISFIED = "unsatisfied"
"""The key of an answer that counts as below every level, as it is told."""


class JoinedAnswer(NamedTuple):
    """How reviewers' answers to a question came to one by how far apart they are."""

    criterion: str
    given: tuple[tuple[str, State, str | None], ...]
    """Each reviewer, the state of the answer, and the key that it counts as; None where it does not count."""
    apart: tuple[Rank, Rank] | None
    """The least and the most that they can be apart; None where nothing counts, or there are too many ways to try."""
    gives: tuple[DifferenceOutcome, ...]
    """What the rules make of that, in each case that can come about."""
    results: tuple[str, ...]
    """The keys that it can come to; one where it is settled, none where nothing counts."""


@dataclass(frozen=True, slots=True)
class RoundExplanation:
    """How the joint result of a round came about."""

    method: str
    """consensus, pooled, mean, median, single or none."""
    of: Literal["results", "answers"]
    members: tuple[str, ...]
    """Whose reviews it is made of."""
    left_out: tuple[LeftOut, ...]
    results: Mapping[str, JointExplanation]
    """By target and for the whole, where results are combined."""
    laid_together: Explanation | None
    """Where it is made of one review, or of all answers counted together."""
    joined: tuple[JoinedAnswer, ...] = ()
    """Where each question's answers are joined by how far apart they are."""
