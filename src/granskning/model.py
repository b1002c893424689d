"""What the YAML says, as frozen values. YAML key = schema property = field name.

No line numbers, no rules, no sums: a `Pointer` tells where a thing stands, `workspace` what is wrong with it and
`scoring` what it is worth. Everything pickles, so it can travel to a worker process as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

Text = dict[str, str]
"""Words by language: `{"sv": "Saknas", "en": "Missing"}`."""

State = Literal["assessed", "not_applicable", "insufficient_evidence", "open", "empty", "inherited"]
"""The one state an answer is in; none of them is zero."""

UNRESOLVED: frozenset[State] = frozenset({"insufficient_evidence", "open", "empty", "inherited"})
"""The states that leave a result open (not applicable is resolved: the question is not put)."""

READING_DEPTHS = ("not_read", "press_release", "web_summary", "contents", "full_text")
"""How much of the text was read (läsdjup), from nothing to all."""

CALCULATING = frozenset({"mean", "sum"})
"""Methods that calculate, and so need levels with numbers."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step on a scale (nivå). `key` is its value as text, the way answers and level texts name it."""

    value: int | str
    label: Text
    description: Text = field(default_factory=dict)
    means_missing: bool = False

    @property
    def key(self) -> str:
        """The value as text."""
        return str(self.value)


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


@dataclass(frozen=True, slots=True)
class Band:
    """The words that a value stands for (omdöme), from `start` up to the next band."""

    start: Fraction
    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition that caps a result whatever the mean says (grundkrav).

    It bites when `criterion` is below the level `below`; then the result of `target` (or the total, when None)
    is at most `cap`.
    """

    id: str
    criterion: str
    below: str
    target: str | None
    cap: Fraction
    why: Text


@dataclass(frozen=True, slots=True)
class Rounding:
    """How values are shown; never how they are compared."""

    decimals: int = 1
    mode: Literal["half_up", "truncate"] = "half_up"


@dataclass(frozen=True, slots=True)
class Scoring:
    """How answers become results, declared by name, step by step."""

    criteria: str
    """The method from criteria to target."""
    targets: str
    """The method from targets to total."""
    not_applicable: str
    insufficient_evidence: str
    bands: tuple[Band, ...]
    bands_on: Literal["exact", "rounded"]
    gates: tuple[Gate, ...]
    coverage: Fraction
    """The share of the applicable questions that must be assessed for a verdict."""
    reading_depth: str
    """The least reading depth for a verdict."""
    rounding: Rounding


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
    scale: tuple[Level, ...]
    challenges: tuple[Challenge, ...]
    targets: tuple[Target, ...]
    scoring: Scoring
    file: str

    @property
    def reference(self) -> str:
        """`id@version`, the way a review names the set."""
        return f"{self.id}@{self.version}"

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria in the order of the set."""
        return tuple(criterion for target in self.targets for criterion in target.criteria)

    @property
    def missing_level(self) -> Level | None:
        """The level that says that a thing is missing, if the scale has one."""
        return next((level for level in self.scale if level.means_missing), None)


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

    @property
    def identity(self) -> tuple[str, str, str]:
        """What the review is, whatever its file is called."""
        return (self.strategy, self.round, self.reviewer)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How an action went at one date."""

    date: str
    status: str | None
    round: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Action:
    """What should be done, by which role, until when, at what cost, and how it went (åtgärd)."""

    id: str
    title: str
    text: str | None
    criteria: tuple[str, ...]
    round: str | None
    responsible: str | None
    due: str | None
    cost: str | None
    status: str
    decision: str | None
    """The owner's answer: accepts, partly, declines."""
    decision_reason: str | None
    follow_up: tuple[FollowUp, ...]


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


@dataclass(frozen=True, slots=True)
class Workspace:
    """A whole working folder (arbetsyta), as far as it could be read."""

    settings: Settings
    criteria: Mapping[str, CriteriaSet]
    """By reference, `id@version`."""
    strategies: Mapping[str, Strategy]
    reviews: tuple[Review, ...]
    """In order of strategy, round, kind and reviewer."""
    actions: Mapping[str, tuple[Action, ...]]
    """By strategy."""
    indicators: Mapping[str, Indicator]
