"""The values that the report of a round consists of: words, already in the report's language, and plain numbers.

A template may print everything it finds; what must not be printed is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.reporting.blocks.badges import Cover
from granskning.reporting.blocks.frame import Framed

if TYPE_CHECKING:
    from granskning.reporting.blocks.badges import Fact, Mark, Paragraphs
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.charts.chart_spread import Reviewers
    from granskning.reporting.shared_parts.values import SourceText


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """One review of the round: by whom, how much was read, how much was judged, and in what state it is."""

    role: str
    """What the role is called, or that it is the joint review."""
    read: str
    judged: str
    status: str


@dataclass(frozen=True, slots=True)
class RoundCover(Cover):
    """The first page: what was reviewed, in which round, and by whom."""

    readers: tuple[ReaderRow, ...]


@dataclass(frozen=True, slots=True)
class Camp:
    """Those who gave one answer to a question."""

    mark: Mark
    who: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A question to talk about first, and who stands where."""

    number: str
    anchor: str
    question: str
    camps: tuple[Camp, ...]


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """The page that can be torn off."""

    lead: str
    """The joint result, or that there is none."""
    made: str
    """How it was made, in a line."""
    lacking: tuple[str, ...]
    """What is missing for a joint result, or for a verdict on it."""
    agreement: tuple[str, ...]
    read: str
    """How differently the reviewers have read; empty where all have read alike."""
    heading: str
    talks: tuple[Talk, ...]
    more: str
    """That these are some of more."""
    departs: str
    departing: tuple[tuple[str, str], ...]
    """Number and anchor of the questions where the joint review departs from all reviewers."""


@dataclass(frozen=True, slots=True)
class EvidencePlace:
    """Where a piece of evidence stands."""

    words: str
    address: str
    status_words: str = ""
    """A sign where its quotations stand in the document, else why not; empty where there are none."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one reviewer, or the joint review, says about a question."""

    who: str
    joint: bool
    mark: Mark
    departs: str
    """That the joint review departs from all reviewers; else empty."""
    reason: Paragraphs
    places: tuple[EvidencePlace, ...]
    note: Paragraphs
    """The internal note; empty in what is published."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One question on the agenda."""

    number: str
    anchor: str
    question: str
    target: str
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class DisputeGroup:
    """Questions where the reviewers are equally far apart."""

    title: str
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class Disputes:
    """Where the reviewers disagree, the largest first."""

    intro: str
    groups: tuple[DisputeGroup, ...]


@dataclass(frozen=True, slots=True)
class ResultCell:
    """The result of one target according to one review."""

    result: str
    words: str
    """The band; empty where there is none."""
    judged: str


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target according to everybody. The line of the whole has no number."""

    number: str
    title: str
    depth: int
    cells: tuple[ResultCell, ...]


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """One answer in the table of all questions."""

    mark: Mark
    departs: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question according to everybody."""

    number: str
    question: str
    anchor: str
    """Where it is told more; empty where all agree."""
    cells: tuple[AnswerCell, ...]
    difference: str

    @property
    def aside(self) -> bool:
        """Whether everybody says that it is not applicable."""
        return all(cell.mark.kind == "not_applicable" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """The questions of one target."""

    caption: str
    lines: tuple[QuestionLine, ...]

    @property
    def aside(self) -> str:
        """The numbers of the questions that are not applicable to anybody."""
        return ", ".join(line.number for line in self.lines if line.aside)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about as many reviewers as there is room for beside each other."""

    title: str
    """Which of the reviewers; empty where there is only one sheet."""
    columns: tuple[str, ...]
    targets: tuple[TargetLine, ...]
    total: TargetLine | None
    questions: tuple[QuestionTable, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One coefficient, and what it tells."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """Cohen's kappa for two reviewers."""

    who: str
    items: str
    plain: str
    linear: str
    quadratic: str


@dataclass(frozen=True, slots=True)
class RoundMethod:
    """How the joint result and the measures of agreement came about."""

    joint: Paragraphs
    agreement: Paragraphs
    chance: Paragraphs
    """What the coefficients are, and how much can be leaned on them; empty where there are none."""
    measures: tuple[Measure, ...]
    pairs: tuple[PairRow, ...]
    pairs_note: str
    made: str = ""
    """Of whose reviews the joint result is made, in a sentence; empty where there is none."""
    sums: tuple[Grid, ...] = ()
    """The tables with which the joint result can be redone."""


@dataclass(frozen=True, slots=True)
class RoundReport(Framed):
    """All that the report of a round may print."""

    kind: Literal["round"]
    cover: RoundCover
    summary: RoundSummary
    disputes: Disputes
    turned: bool
    """Whether the tables need a page on its side."""
    sheets: tuple[Sheet, ...]
    reviewers: Reviewers | None
    """Where each reviewer's results lie."""
    letters: tuple[str, ...]
    """What stands for whom in that chart."""
    method: RoundMethod
    text_facts: tuple[Fact, ...]
    text_sources: tuple[SourceText, ...]
    measure_sources: tuple[SourceText, ...]
