"""What scoring returns: results as exact values, with how they came about. No rounding, no words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from granskning.model.decision import Override
    from granskning.model.method import Step
    from granskning.model.review import State
    from granskning.scoring.results.numbers import Number

SCORING_VERSION = 3
"""Raised when the same answers could give another result than before; stands in every output."""

TOTAL = ""
"""The name of the whole among the targets; ids are never empty."""

UNDONE = frozenset({"empty", "open", "inherited"})
"""The states of answers that remain to be given."""

Standing = Literal["value", "interval", "profile", "cannot_be_assessed", "not_applicable"]
"""What kind of result it is: one value; an interval, since answers are unresolved; a profile without an overall
figure; nothing assessed; nothing applicable."""


class Score(NamedTuple):
    """The result of one step (poäng): of a target, or of the whole. A named tuple, since there are many."""

    step: Step
    """How it was made, and how it is shown."""
    standing: Standing
    value: Number | None = None
    """The result, when every applicable answer is assessed (or none of the unresolved can move it)."""
    low: Number | None = None
    high: Number | None = None
    """The worst and the best result over all completions of the unresolved answers."""
    so_far: Number | None = None
    """The result of the assessed answers alone."""
    outcome: str | None = None
    low_outcome: str | None = None
    high_outcome: str | None = None
    so_far_outcome: str | None = None
    """The key of a level, where the method yields a level."""
    band: str | None = None
    """The id of the band, when it is the same over the whole interval."""
    low_band: str | None = None
    high_band: str | None = None
    bounds: Literal["exact", "outer"] = "exact"
    """Outer: no completion goes beyond low and high, but perhaps none goes quite as far."""
    minimum: Number | None = None
    maximum: Number | None = None
    """The least and the greatest result that the method can give for these questions."""
    rule: int | None = None
    """Which row, rule or step decided, counted from 0; None for `otherwise`, for methods that have none, and where
    several may."""
    rules: tuple[int | None, ...] = ()
    """Those that may decide over all completions, None for `otherwise`: they can differ where the result does not."""
    counts: Mapping[str, int] | None = None
    """How many answers are at each level (by key) and in each other state (by name)."""
    assessed: int = 0
    applicable: int = 0
    asked: int = 0

    @property
    def method(self) -> str:
        """The method by name."""
        return self.step.method


class CriterionResult(NamedTuple):
    """One answer as it entered the sum; a named tuple, since there are many."""

    id: str
    target: str
    state: State
    level: str | None
    counted: str | None
    """The level that it was counted as; None where it was left out or is unresolved."""
    points: int | Fraction | None
    """The points of what it was counted as."""
    weight: Fraction
    lacks_evidence: Literal["missing", "not_found"] | None = None
    """Why it counts as less than its level, where that is since it rests on no evidence."""


@dataclass(frozen=True, slots=True)
class TargetResult:
    """The result of one target. `parent` is the target it is part of, if any."""

    id: str
    parent: str | None
    weight: Fraction
    score: Score
    counted: str | None = None
    """What it counts as in the step above where it has no result of its own: a level, a band or a number."""


@dataclass(frozen=True, slots=True)
class GateResult:
    """Whether a gate was passed. `changed` tells that the result would have been another without it."""

    id: str
    criterion: str | None
    """The criterion that it looks at, where it looks at one."""
    target: str | None
    cap: str
    standing: Literal["met", "not_met", "undecided"]
    changed: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a verdict in words may be given, and what is missing for one."""

    given: bool
    missing: tuple[Literal["coverage", "reading_depth", "nothing_assessed"], ...]
    coverage: Fraction
    """Assessed answers as a share of the applicable ones."""
    coverage_required: Fraction
    reading_depth: str
    reading_depth_required: str


class AnswerProgress(NamedTuple):
    """How far a review has come: of the questions that apply, as every face tells it."""

    applicable: int = 0
    left: int = 0
    not_applicable: int = 0

    @property
    def answered(self) -> int:
        """How many are answered: judged, or said to be impossible to judge."""
        return self.applicable - self.left


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All results of one review (resultat), or of a whole round."""

    strategy: str
    round: str
    reviewer: str
    """Empty for a round."""
    criteria: str
    """The criteria set by reference, `id@version`."""
    total: Score
    targets: tuple[TargetResult, ...]
    """Each before those below it."""
    criteria_results: tuple[CriterionResult, ...]
    gates: tuple[GateResult, ...]
    verdict: Verdict
    overrides: tuple[Override, ...] = ()
    """What was decided or published beside the computed."""

    @property
    def undone(self) -> frozenset[str]:
        """The questions that remain."""
        return frozenset(result.id for result in self.criteria_results if result.state in UNDONE)

    @property
    def progress(self) -> AnswerProgress:
        """How far it has come."""
        total = self.total
        return AnswerProgress(total.applicable, len(self.undone), total.asked - total.applicable)
