"""What the YAML says, as frozen values. YAML key = schema property = field name.

No line numbers, no rules, no sums: a `Pointer` tells where a thing stands, `workspace` what is wrong with it and
`scoring` what it is worth. Everything pickles, so it can travel to a worker process as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from granskning.decisions import Action as Action  # noqa: PLC0414, TC001  # given on
from granskning.decisions import Approval as Approval  # noqa: PLC0414, TC001  # given on
from granskning.decisions import FollowUp as FollowUp  # noqa: PLC0414  # given on
from granskning.decisions import Override as Override  # noqa: PLC0414, TC001  # given on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from granskning.lineage import Change, Goal, Retired
    from granskning.method import Level, Scale, Scoring, Step, Text

State = Literal["assessed", "not_applicable", "insufficient_evidence", "open", "empty", "inherited"]
"""The one state an answer is in; none of them is zero."""

UNRESOLVED: frozenset[State] = frozenset({"insufficient_evidence", "open", "empty", "inherited"})
"""The states that leave a result open (not applicable is resolved: the question is not put)."""

EVERY = "*"
"""Among the levels that need something: every answer, on a scale that is a range of numbers."""

READING_DEPTHS = ("not_read", "press_release", "web_summary", "contents", "full_text")
"""How much of the text was read (läsdjup), from nothing to all."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something that content rests on (källa)."""

    id: str
    title: str
    address: str | None = None
    retrieved: str | None = None
    note: str | None = None


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

    @property
    def all_criteria(self) -> tuple[Criterion, ...]:
        """Its criteria and those of the targets below it."""
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
    changes: tuple[Change, ...] = ()
    retired: tuple[Retired, ...] = ()

    @property
    def reference(self) -> str:
        """`id@version`, the way a review names the set."""
        return f"{self.id}@{self.version}"

    @property
    def scale(self) -> tuple[Level, ...]:
        """The levels of the usual scale; none where it is a range of numbers."""
        return self.scales[""].levels

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria in the order of the set."""
        return tuple(criterion for target in self.targets for criterion in target.all_criteria)

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


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided on an edition, and when."""

    body: str | None = None
    date: str | None = None
    case_number: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a strategy (dokumentversion)."""

    id: str
    title: str | None
    stage: str
    date: str | None = None
    document: str | None = None
    sha256: str | None = None
    address: str | None = None
    retrieved: str | None = None
    pages: int | None = None
    decision: Decision = Decision()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Strategy:
    """The reviewed strategy, plan, programme or project (strategi)."""

    id: str
    title: Text
    kind: str
    area: str
    owner: tuple[str, ...]
    partners: tuple[str, ...]
    period: tuple[str | None, str | None]
    case_number: str | None
    based_on: tuple[str, ...]
    succeeds: tuple[str, ...]
    about: Text
    example: bool
    sources: tuple[Source, ...]
    editions: tuple[Edition, ...]
    file: str

    def edition(self, name: str) -> Edition | None:
        """The edition with that id."""
        return next((edition for edition in self.editions if edition.id == name), None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a judgement rests on (belägg): where it stands, and a quotation or paraphrase."""

    edition: str | None = None
    address: str | None = None
    retrieved: str | None = None
    page: str | None = None
    pdf_page: int | None = None
    section: str | None = None
    quote: str | None = None
    paraphrase: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One judgement of one criterion (bedömning)."""

    criterion: str
    state: State
    level: str | None = None
    """Key of the level when assessed; of the level carried over when inherited."""
    reason: str | None = None
    """Why, when not applicable, lacking evidence or open; the earlier round when inherited."""
    justification: str | None = None
    evidence: tuple[Evidence, ...] = ()
    recommendation: str | None = None
    note: str | None = None
    """Internal note: never published."""
    is_put: bool = True
    """Whether the question is put in the strategy's area; one that is not counts as nothing. Never in a file."""


@dataclass(frozen=True, slots=True)
class Archived:
    """An answer to a question that the review's criteria no longer put (arkiverat svar). Counted nowhere."""

    criterion: str
    criteria: str
    """The version that put the question, `id@version`."""
    answer: Answer
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's (or the joint) judgements of one edition (granskning)."""

    strategy: str
    edition: str
    criteria: str
    round: str
    reviewer: str
    kind: Literal["reviewer", "consensus"]
    status: Literal["draft", "submitted", "approved"]
    reading_depth: str
    date: str | None
    case_number: str | None
    body: str | None
    form: Literal["full", "short"]
    """Whether all questions are put, or only the core ones."""
    not_read: str | None
    summary: str | None
    answers: Mapping[str, Answer]
    file: str
    overrides: tuple[Override, ...] = ()
    approval: Approval | None = None
    continues: str | None = None
    """The round that its answers were carried over from."""
    archived: tuple[Archived, ...] = ()

    @property
    def identity(self) -> tuple[str, str, str]:
        """What the review is, whatever its file is called."""
        return (self.strategy, self.round, self.reviewer)


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of an indicator: an area, a period, and numbers by sex."""

    area: str
    area_code: str | None
    period: str
    women: Fraction | None = None
    men: Fraction | None = None
    mixed: Fraction | None = None
    total: Fraction | None = None
    note: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A statistic by sex where it exists, with provenance, frozen in git (indikator)."""

    id: str
    title: Text
    unit: Text
    share: bool
    producer: str
    table: str | None
    address: str | None
    retrieved: str
    quality: str | None
    note: Text
    values: tuple[Figure, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What granskning.yaml says about the working folder."""

    organisation: str
    language: str
    criteria: str
    contact: str | None = None
    accessibility_statement: str | None = None
    logo_text: str | None = None
    """What the logo says, for those who do not see it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A review's file that does not count in figures (räknas inte), and the finding that says why."""

    file: str
    strategy: str
    round: str
    """By what the file says or, where it cannot be read, by its place."""
    code: str
    everywhere: bool = True
    """Whether it counts nowhere, or is only left out of what its round comes to together."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A whole working folder (arbetsyta), as far as it could be read."""

    settings: Settings
    criteria: Mapping[str, CriteriaSet]
    """By reference, `id@version`."""
    strategies: Mapping[str, Strategy]
    reviews: tuple[Review, ...]
    """All that could be read, in order of strategy, round, kind and reviewer."""
    actions: Mapping[str, tuple[Action, ...]]
    """By strategy."""
    indicators: Mapping[str, Indicator]
    left_out: tuple[LeftOut, ...] = ()
    """The reviews' files that do not count, by file."""
