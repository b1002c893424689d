"""The values that a review report consists of: words, already in the report's language, and plain numbers.

Nothing here calculates, opens or translates. A template may print everything it finds; what must not be printed is
not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from granskning.reporting.chart import Distribution, Profile

Paragraphs = tuple[str, ...]
"""Running text, parted where the writer left an empty line."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a report rests on, and what made it (härkomst)."""

    commit: str | None
    """The last commit that touched the sources; None when it can't be known."""
    changed: bool
    """Whether the sources differ from that commit."""
    fingerprint: str
    """SHA-256 over the bytes of the sources."""
    criteria_hash: str
    """SHA-256 of the criteria set's file."""
    tool: str
    scoring: int
    as_of: str | None
    """The date that the report speaks of; never today's."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a judgement or result is shown: a symbol, and the word that says the same."""

    kind: Literal["level", "missing", "not_applicable", "insufficient_evidence", "open", "empty", "inherited", "none"]
    step: int
    """The shade, from 0 (the lowest level) to 4 (the highest)."""
    sign: str
    """What stands inside the symbol: a number or a dash, or nothing."""
    words: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a list of facts."""

    label: str
    value: str
    address: str = ""
    """Where the value leads, when it is a link."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: what, of what, by whom, when, on what text, how much of it was read, status."""

    above: str
    title: str
    below: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    """A question that the summary points out."""

    mark: Mark
    number: str
    question: str
    anchor: str
    text: str
    """The first sentence of the recommendation, where that is what is pointed out."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """Up to three questions of one sort, and how many there are in all."""

    title: str
    kind: Literal["levels", "recommendations"]
    items: tuple[Highlight, ...]
    note: str
    """That these are some of more."""
    none: str
    """What is said where there are none."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many questions got one level or are in one state."""

    mark: Mark
    count: int
    shown: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The page that can be torn off."""

    verdict: str
    """The verdict, or that none is given."""
    lacking: tuple[str, ...]
    """What is missing for a verdict."""
    sentences: tuple[str, ...]
    own_words: Paragraphs
    read: tuple[str, ...]
    highlights: tuple[Highlights, ...]
    counts: tuple[Count, ...]
    counted: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """The result of one target in the table under the chart."""

    number: str
    title: str
    anchor: str
    result: str
    so_far: str
    """The result of the judged answers alone, where others remain."""
    band: str
    assessed: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The profile over the target pictures: charts, and tables with the same numbers."""

    assessed: bool
    """Whether anything at all is assessed; without it there is nothing to draw."""
    note: str
    profile: Profile | None
    distribution: Distribution | None
    rows: tuple[ResultRow, ...]
    columns: tuple[Mark, ...]
    """What the counts of the rows count."""
    total: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of statistics. A value that the source lacks is empty."""

    area: str
    period: str
    women: str
    men: str
    mixed: str
    total: str
    note: str


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One indicator with its source. The columns are those of women, men, mixed and total that it has."""

    title: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    source: str
    address: str
    retrieved: str
    quality: str
    notes: Paragraphs


@dataclass(frozen=True, slots=True)
class ChallengeText:
    """What the statistics show to be unequal; its figures stand where it is first told."""

    title: str
    anchor: str
    text: Paragraphs
    tables: tuple[FigureTable, ...]
    told: str
    """The target where it is told, when that is another one than this."""
    told_at: str


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """What a judgement rests on, as it is printed."""

    quote: str
    paraphrase: Paragraphs
    source: str
    place: str
    address: str
    retrieved: str


@dataclass(frozen=True, slots=True)
class QuestionText:
    """One question with its judgement."""

    number: str
    anchor: str
    question: str
    mark: Mark
    takes: str
    """What the level takes; without a level, why there is none."""
    gate: str
    reason: Paragraphs
    evidence: tuple[EvidenceText, ...]
    recommendation: Paragraphs
    note: Paragraphs
    """The internal note; empty in what is published."""


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions in the same state for the same reason, in one list."""

    mark: Mark
    heading: str
    reason: Paragraphs
    questions: tuple[tuple[str, str, str], ...]
    """Number, anchor and question."""


@dataclass(frozen=True, slots=True)
class TargetText:
    """One target picture with all that belongs to it."""

    number: str
    anchor: str
    title: str
    picture: str
    result: str
    challenges: tuple[ChallengeText, ...]
    questions: tuple[QuestionText, ...]
    groups: tuple[QuestionGroup, ...]


@dataclass(frozen=True, slots=True)
class ActionText:
    """One action, what the owner answered, and how it goes."""

    title: str
    text: Paragraphs
    questions: tuple[tuple[str, str], ...]
    """Number and anchor of the questions that it answers."""
    facts: tuple[Fact, ...]
    late: str
    steps: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One level of the scale, or one state, with what it means."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class SumRow:
    """One question in the sum that a reader can redo."""

    number: str
    anchor: str
    mark: Mark
    weight: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class SumTable:
    """The sum of one target."""

    title: str
    number: str
    settled: bool
    """Whether every question has its level, so that there is one product a row and not two."""
    rows: tuple[SumRow, ...]
    weights: str
    low: str
    high: str
    result: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """One source in a list of sources."""

    title: str
    address: str
    retrieved: str
    note: str


@dataclass(frozen=True, slots=True)
class Method:
    """How the result came about."""

    about: Paragraphs
    scale: tuple[ScaleRow, ...]
    states: tuple[ScaleRow, ...]
    steps: Paragraphs
    bands: tuple[Fact, ...]
    gates: tuple[Fact, ...]
    weights: tuple[Fact, ...]
    sums: tuple[SumTable, ...]
    sources: tuple[SourceText, ...]


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """All that the report of one review may print."""

    kind: Literal["review"]
    language: str
    prose: str
    """The language of the reviewer's own words."""
    title: str
    organisation: str
    notices: tuple[str, ...]
    """Draft, example, internal: a line each."""
    head: str
    foot: str
    cover: Cover
    summary: Summary
    results: Results
    targets: tuple[TargetText, ...]
    actions: tuple[ActionText, ...]
    not_read: Paragraphs
    text_facts: tuple[Fact, ...]
    text_notes: Paragraphs
    text_sources: tuple[SourceText, ...]
    method: Method
    provenance: tuple[Fact, ...]
    contact: str
