"""Criteria sets as frozen values: target pictures, criteria, challenges, and how they belong together."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from granskning.figure_references import FigureReference, references_in
from granskning.model.method import SILENT_WHEN_UNSET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from granskning.model.evidence import Source
    from granskning.model.lineage import CriteriaChange, Goal, Retired
    from granskning.model.method import Condition, Level, Scale, Scoring, Step, Text
    from granskning.model.rater_agreement import DeclaredAgreement

EVERY = "*"
"""Among levels: every answer, whatever its level; on a scale that is a range of numbers there is no other way."""


USUAL_OLDEST = 10
"""Years: figures older than this are told of where a set does not say how old they may be."""


@dataclass(frozen=True, slots=True)
class FigureDemands:
    """What a set demands of its indicators: how many years old their latest figures may be, and why just so many."""

    oldest: int
    why: Text


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the statistics show to be unequal (utmaning); targets answer challenges."""

    id: str
    title: Text
    text: Text
    indicators: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One checkable question under a target (kriterium)."""

    id: str
    question: Text
    why: Text
    levels: Mapping[str, Text]
    weight: Fraction
    weight_why: Text
    justification: frozenset[str]
    """Keys of the levels that need a justification."""
    evidence: frozenset[str]
    """Keys of the levels that need evidence."""
    not_applicable: bool
    applies_to: tuple[str, ...] = ()
    """Areas where the question is put; none means everywhere."""
    core: bool = False
    rests_on: tuple[str, ...] = ()
    scale: str = ""
    """Id of its scale; empty for the set's usual one."""
    class_: str = ""
    """Id of its class, which may give it its weight."""
    critical: bool = False
    prerequisites: tuple[Prerequisite, ...] = ()
    counts_as_evidence: Text = field(default_factory=dict)
    mistakes: Text = field(default_factory=dict)
    challenges: tuple[str, ...] = ()
    """Those of its target's challenges that it answers; none means all."""
    goals: tuple[str, ...] = ()
    number: str = field(default="", metadata=SILENT_WHEN_UNSET)
    """The source's own number, printed instead of ours."""
    short_title: Text = field(default_factory=dict, metadata=SILENT_WHEN_UNSET)
    """A few words that stand for it in tables."""
    links: tuple[Link, ...] = field(default=(), metadata=SILENT_WHEN_UNSET)
    tags: tuple[str, ...] = field(default=(), metadata=SILENT_WHEN_UNSET)
    """Words that questions are chosen by."""
    look_for: tuple[str, ...] = field(default=(), metadata=SILENT_WHEN_UNSET)
    """What to search the document for when the question is to be answered (sökord)."""
    asked_if: Condition | None = field(default=None, metadata=SILENT_WHEN_UNSET)
    """What must hold of the answers to other questions for this one to be asked."""
    not_applicable_if: Condition | None = field(default=None, metadata=SILENT_WHEN_UNSET)
    """What must hold of the answers to other questions for this one to be answered as not applicable."""
    not_applicable_means: tuple[str, str] | None = field(default=None, metadata=SILENT_WHEN_UNSET)
    """What not applicable counts as, where that is not what the step says; for `level` and `share` also which."""
    without_evidence: Mapping[str, str] = field(default_factory=dict, metadata=SILENT_WHEN_UNSET)
    """By level (or `EVERY`) what an answer counts as at most while it has no evidence."""

    def needs_justification(self, level: str) -> bool:
        """Whether an answer with that level needs a justification."""
        return level in self.justification or EVERY in self.justification

    def needs_evidence(self, level: str) -> bool:
        """Whether an answer with that level needs evidence."""
        return level in self.evidence or EVERY in self.evidence


@dataclass(frozen=True, slots=True)
class Link:
    """An address where more can be read about a question."""

    address: str
    title: Text


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """While `criterion` is below `at_least`, the answer counts as at most `otherwise`."""

    criterion: str
    at_least: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class CriterionClass:
    """A class of criteria, and the weight of those that have none of their own."""

    id: str
    title: Text
    weight: Fraction
    weight_why: Text


@dataclass(frozen=True, slots=True)
class Target:
    """The target picture (målbild): the state we want."""

    id: str
    title: Text
    picture: Text
    challenges: tuple[str, ...]
    weight: Fraction
    weight_why: Text
    criteria: tuple[Criterion, ...]
    targets: tuple[Target, ...] = ()
    """Target pictures that this one is made up of."""
    scoring: Step | None = None
    """Its own step; else that of the set."""
    goals: tuple[str, ...] = ()
    number: str = field(default="", metadata=SILENT_WHEN_UNSET)
    """The source's own number, printed instead of ours."""
    short_title: Text = field(default_factory=dict, metadata=SILENT_WHEN_UNSET)
    counts_also: tuple[str, ...] = field(default=(), metadata=SILENT_WHEN_UNSET)
    """Questions and targets that belong elsewhere and count here too, with the weight that they have there."""

    @property
    def all_criteria(self) -> tuple[Criterion, ...]:
        """Its criteria and those of the targets below it."""
        if not self.targets:
            return self.criteria
        return (*self.criteria, *(one for target in self.targets for one in target.all_criteria))


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A versioned set of target pictures with scale and scoring rules (kriterieuppsättning)."""

    id: str
    version: str
    title: Text
    language: str
    status: str
    owner: str
    date: str | None
    about: Text
    sources: tuple[Source, ...]
    areas: Mapping[str, Text]
    scales: Mapping[str, Scale]
    """By id; the usual scale has the empty one."""
    classes: tuple[CriterionClass, ...]
    challenges: tuple[Challenge, ...]
    targets: tuple[Target, ...]
    scoring: Scoring
    file: str
    goals: tuple[Goal, ...] = ()
    changes: tuple[CriteriaChange, ...] = ()
    retired: tuple[Retired, ...] = ()
    variant_of: str = field(default="", metadata=SILENT_WHEN_UNSET)
    """The set that it is a variant of."""
    base_file: str = field(default="", compare=False)
    """The file of that set, where it is read from there."""
    statistics: FigureDemands | None = field(default=None, metadata=SILENT_WHEN_UNSET)
    """What it demands of its indicators; None where it does not say."""
    agreement: DeclaredAgreement | None = field(default=None, metadata=SILENT_WHEN_UNSET)
    """How it wants its reviewers' agreement measured; None where it does not say."""

    @property
    def reference(self) -> str:
        """`id@version`, the way a review names the set."""
        return f"{self.id}@{self.version}"

    @property
    def oldest_figures(self) -> int:
        """So many years may have gone since the period of a figure that the set rests on."""
        return self.statistics.oldest if self.statistics is not None else USUAL_OLDEST

    @property
    def scale(self) -> tuple[Level, ...]:
        """The levels of the usual scale; none where it is a range of numbers."""
        return self.scales[""].levels

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria in the order of the set."""
        return tuple(chain.from_iterable([target.all_criteria for target in self.targets]))

    @property
    def all_targets(self) -> tuple[Target, ...]:
        """All targets, each before those below it."""
        return tuple(_walk(self.targets))

    def scale_of(self, criterion: Criterion) -> Scale:
        """The scale that a criterion is answered on."""
        return self.scales[criterion.scale]

    def step_of(self, target: Target) -> Step:
        """How the target's result is made."""
        return target.scoring or (self.scoring.criteria if target.criteria else self.scoring.subtargets)


def _walk(targets: tuple[Target, ...]) -> Iterator[Target]:
    for target in targets:
        yield target
        yield from _walk(target.targets)


def targets_above(targets: Sequence[Target], criterion: str) -> tuple[Target, ...]:
    """The targets that a criterion stands under, the nearest first."""
    for target in targets:
        if any(one.id == criterion for one in target.criteria):
            return (target,)
        if above := targets_above(target.targets, criterion):
            return (*above, target)
    return ()


def number_parts(criteria: CriteriaSet) -> dict[str, str]:
    """Numbers for targets and criteria: the source's own or, in the order of the set, counted through each target."""
    numbers: dict[str, str] = {}

    def count(targets: tuple[Target, ...], before: str, first: int) -> None:
        for number, target in enumerate(targets, start=first):
            numbers[target.id] = own = target.number or f"{before}{number}"
            for part, criterion in enumerate(target.criteria, start=1):
                numbers[criterion.id] = criterion.number or f"{own}.{part}"
            count(target.targets, f"{own}.", len(target.criteria) + 1)

    count(criteria.targets, "", 1)
    return numbers


def targets_containing(targets: Sequence[Target], name: str) -> tuple[Target, ...]:
    """The targets that a target is part of, the nearest first; none where it is part of no other."""
    for target in targets:
        if any(target_below.id == name for target_below in target.targets):
            return (target,)
        if above := targets_containing(target.targets, name):
            return (*above, target)
    return ()


def challenges_of(criteria: CriteriaSet, criterion: Criterion) -> tuple[Challenge, ...]:
    """The challenges that a question answers: its own or, where it names none, those of the nearest target."""
    above = targets_above(criteria.targets, criterion.id)
    named = criterion.challenges or next((one.challenges for one in above if one.challenges), ())
    return tuple(one for one in criteria.challenges if one.id in named)


def goals_of(criteria: CriteriaSet, criterion: Criterion) -> tuple[Goal, ...]:
    """The goals that a question serves: its own or, where it names none, those of the nearest target."""
    above = targets_above(criteria.targets, criterion.id)
    named = criterion.goals or next((one.goals for one in above if one.goals), ())
    return tuple(one for one in criteria.goals if one.id in named)


FIGURE_KEYS = frozenset({"about", "text", "picture", "question", "why", "counts_as_evidence", "mistakes"})
"""The texts that may name figures. A title is a name, and a level whose text moved would change given judgements."""


def texts_with_figures(criteria: CriteriaSet) -> Iterator[Text]:
    """The texts of a set in which figures may stand."""
    yield criteria.about
    yield from (challenge.text for challenge in criteria.challenges)
    for target in criteria.all_targets:
        yield target.picture
        for item in target.criteria:
            yield from (item.question, item.why, item.counts_as_evidence, item.mistakes)


def indicators_named(criteria: CriteriaSet) -> set[str]:
    """The ids that the challenges of a set rest on, and those that its texts name."""
    named = {name for challenge in criteria.challenges for name in challenge.indicators}
    for text in texts_with_figures(criteria):
        for words in text.values():
            named |= {item.indicator for item in references_in(words) if isinstance(item, FigureReference)}
    return named
