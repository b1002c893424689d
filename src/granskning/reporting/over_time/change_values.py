"""What the report of a change consists of: words, already in the report's language, and plain numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from granskning.model.strategy import Edition
from granskning.reporting.blocks.frame import Framed
from granskning.reporting.wording.report_context import name_edition
from granskning.wordings import tell_reviewer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.i18n import Translator
    from granskning.model.evidence import CitationKey, QuotationStatus
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Settings
    from granskning.reporting.blocks.badges import Cover, Mark, Paragraphs
    from granskning.reporting.blocks.frame import Provenance
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.charts.chart_trend import Shift
    from granskning.reporting.differences.comparison_words import ComparisonWords, PartChange


@dataclass(frozen=True, slots=True)
class QuotationsNow:
    """What became of the quotations of an earlier review."""

    summary: tuple[str, ...]
    """Which edition they were looked up in, and how many came to what."""
    look_again: tuple[str, ...]
    """For each outcome that needs another look: the questions, and where their quotations stood."""


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One question that was answered otherwise."""

    number: str
    anchor: str
    question: str
    before: Mark
    after: Mark
    moved: str
    """Which way; empty where there is no way."""
    why: str
    """Why the two can't be compared."""
    aspects: tuple[PartChange, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Questions that changed in the same way."""

    title: str
    anchor: str
    questions: tuple[QuestionChange, ...]


@dataclass(frozen=True, slots=True)
class ChangeReport(Framed):
    """All that the report of a change may print."""

    kind: Literal["change"]
    cover: Cover
    lead: str
    sentences: Paragraphs
    notes: Paragraphs
    """What the reader must know to compare."""
    before: str
    after: str
    """What the two are called."""
    shift: Shift | None
    results: Grid
    quotations: QuotationsNow | None
    """What became of the earlier review's quotations in the later edition; None where the text is the same."""
    groups: tuple[ChangeGroup, ...]
    unchanged: tuple[tuple[Mark, str], ...]
    """Answers that are the same in both, and the numbers of their questions."""
    method: Paragraphs


@dataclass(frozen=True, slots=True)
class ChangeMaterial:
    """Everything that the report of a change may draw on."""

    strategy: Strategy
    """That of the later review."""
    earlier: Strategy
    """That of the earlier review; often the same."""
    pair: ComparisonWords
    settings: Settings
    provenance: Provenance
    faults: Mapping[str, int] = field(default_factory=dict)
    """The errors in what the report rests on, by file."""
    quotations: Mapping[CitationKey, QuotationStatus] = field(default_factory=dict)
    """What became of the earlier review's quotations in the edition of the later."""

    @property
    def t(self) -> Translator:
        """The report's language."""
        return self.pair.t

    @property
    def reviews(self) -> tuple[Review, Review]:
        """The earlier and the later."""
        return self.pair.comparison.before.review, self.pair.comparison.after.review

    def text(self, *, later: bool) -> str:
        """The text that was reviewed, in a few words."""
        strategy = self.strategy if later else self.earlier
        name = self.reviews[later].edition
        return name_edition(strategy.edition(name) or Edition(name, None, "draft"), self.t)

    def called(self, *, later: bool) -> str:
        """What one of the two is called beside the other: its round or, where that is the same, its reviewer."""
        one, other = self.reviews
        chosen = other if later else one
        is_same_round = (one.strategy, one.round) == (other.strategy, other.round)
        return tell_reviewer(chosen.kind, chosen.reviewer, self.t) if is_same_round else chosen.round
