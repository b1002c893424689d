"""The steps of a criteria set as scoring walks them: questions, and nodes that make one result of their parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from granskning.model.method import Rounding, Step
    from granskning.scoring.engine.compiled_scale import Cell, CompiledScale
    from granskning.scoring.results.explanation import Rank
    from granskning.scoring.results.numbers import Number
    from granskning.scoring.results.values import Result

Truth = tuple[bool, bool]
"""Whether a condition must hold, and whether it can, over all completions in view."""


Spans = Mapping[str, "tuple[Number | None, Number | None]"]


class Limits(NamedTuple):
    """What the results can be at all, whatever the answers."""

    spans: Spans
    """The least and the most that each node can come to, which a share of the possible looks at."""
    shrunk: Mapping[str, tuple[Fraction, Fraction]]
    """For each node whose bounds shrink the least it could come to before, and how much of the way from there to the
    most is left."""
    imputed: Mapping[str, Mapping[str, tuple[Result, Result]]] = {}  # never changed
    """By node what parts without a result of their own count as in it."""
    given: Mapping[str, Rank | None] = {}  # never changed
    """Where what is asked depends on answers: the places of the settled ones, as they were given."""
    without: Callable[[frozenset[str]], Limits] | None = None
    """The same when some of the questions are not asked; None where that is settled."""


class EvaluationState(NamedTuple):
    """The answers in view, at their lowest and at their highest, and the results made of them so far."""

    low: Mapping[str, Cell]
    high: Mapping[str, Cell]
    """The same object as `low` where nothing is left open."""
    results: dict[str, tuple[Result, Result]]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Question:
    """A criterion as scoring sees it."""

    id: str
    criterion: str
    """Its criterion; the same as `id` unless several reviewers' answers are pooled."""
    target: str
    weight: Fraction
    core: bool
    tags: tuple[str, ...]
    ladder: CompiledScale
    step: Step
    """That of its target, which says what not applicable and missing evidence mean."""
    reach: tuple[str, ...] = ()
    """The keys that an unresolved answer can come to, where reviewers' answers leave it less than the whole scale."""
    is_loose: bool = False
    """Whether that is more than it can truly come to, there being too many ways to try."""
    not_applicable: tuple[str, str] = ("exclude", "")
    """What not applicable counts as: its own meaning or that of the step."""
    without_evidence: Mapping[str, str] = field(default_factory=dict)
    """By level what an answer counts as at most while it has no evidence; empty where that makes no difference."""

    @property
    def keys(self) -> tuple[str, ...]:
        """All that an unresolved answer can come to."""
        return self.reach or self.ladder.keys

    @property
    def lowest(self) -> Cell:
        """The fewest points and the lowest rank of these."""
        return self.ladder.extremes_of(self.reach)[0] if self.reach else self.ladder.lowest

    @property
    def highest(self) -> Cell:
        """The most points and the highest rank of these."""
        return self.ladder.extremes_of(self.reach)[1] if self.reach else self.ladder.highest


class JoinedAnswers(NamedTuple):
    """What several reviewers' answers, joined question by question, bring into a plan."""

    cells: Mapping[str, Mapping[str, Cell]]
    """By scale what answers enter as that are no level of it: means of points."""
    reach: Mapping[str, tuple[str, ...]]
    """By question the keys that it can come to, where that is not settled."""
    loose: frozenset[str]
    """The questions that cannot come to all of that."""


NOT_JOINED = JoinedAnswers({}, {}, frozenset())


@dataclass(frozen=True, slots=True)
class PartPlan:
    """What a node knows beforehand of one of its parts."""

    id: str
    is_node: bool
    weight: int | Fraction
    ladder: CompiledScale | None
    """The scale that its ranks are on."""
    lowest: Number | None
    highest: Number | None
    """What its number can be; for a node it depends on what is applicable."""
    threshold: Number | Rank | None
    by_value: bool = False
    """Whether it has no rank but only its points, being a number on a range or a band whose points fall."""
    by_band: bool = False
    """Whether its band goes on, rather than its result."""
    gives: tuple[int, ...] = ()
    """By band the rank of the level that it gives on the scale above; none where the bands go on as they are."""
    rounding: Rounding | None = None
    """How its number is rounded before it goes on; None where it goes on as it is."""
    points: Step | None = None
    """The step whose points its number is turned into before it goes on; None where it goes on as it is."""


@dataclass(slots=True)
class Node:
    """A target, or the whole: its parts, its method, and what holds its result back."""

    id: str
    parent: str | None
    weight: Fraction
    step: Step
    questions: tuple[str, ...] = ()
    """All questions beneath it."""
    parts: tuple[PartPlan, ...] = ()
    weightless: tuple[PartPlan, ...] = ()
    """The parts that the set gives weight 0: told, never counted."""
    common: CompiledScale | None = None
    """The scale of its parts, where they share one."""
    ladder: CompiledScale | None = None
    """The scale of its result, where that is a level."""
    bands: CompiledScale | None = None
    """Its bands as levels, where it has any."""
    given: CompiledScale | None = None
    """The scale of the levels that its bands give, where they give any."""
    gives: tuple[int, ...] = ()
    """By band the rank of the level that it gives; they rise with the bands."""
    rules: tuple[tuple[Callable[[EvaluationState], Truth], Result], ...] = ()
    otherwise: Result | None = None
    gates: tuple[tuple[Callable[[EvaluationState], Truth], Result], ...] = ()
    """Each gate's condition, and the most that the result is while it holds."""
    demands: tuple[Callable[[EvaluationState], Truth] | None, ...] = ()
    """For each band what it requires, if anything."""
    has_demands: bool = False
    support: frozenset[str] = field(default_factory=frozenset)
    """All questions that can move its result."""
    rises: bool = True
    """Whether a higher part never lowers what the method itself gives."""
    is_monotone: bool = True
    """Whether a higher answer can never lower its result, given its parts."""
    is_clean: bool = True
    """Whether that holds for all that its result rests on, so that the worst and best completions are its ends."""
    named: frozenset[str] = field(default_factory=frozenset)
    """The questions and nodes that its own conditions name."""
    terms: tuple[tuple[str, int | Fraction], ...] | None = None
    """Questions and weights, where the result is a mean or a sum of plain numbers and nothing else."""
    named_within: frozenset[str] = field(default_factory=frozenset)
    """Those, and what is named by all that it rests on."""
    imputes: bool = False
    """Whether a part of it without a result of its own can count as something."""
    count_keys: tuple[str, ...] = ()
    """What the answers beneath it are counted under."""
