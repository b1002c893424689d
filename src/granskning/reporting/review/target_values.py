"""The values of a report's chapters: target pictures with figures and questions, actions, and method."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.model.method import SILENT_WHEN_UNSET

if TYPE_CHECKING:
    from granskning.model.evidence import QuotationOutcome
    from granskning.reporting.blocks.badges import DecidedRow, Fact, Mark, Paragraphs
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.charts.chart_multiples import Multiples
    from granskning.reporting.charts.chart_places import Places
    from granskning.reporting.charts.chart_strip import Strip


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """What a judgement rests on, as it is printed."""

    quote: str
    paraphrase: Paragraphs
    source: str
    place: str
    reference: str
    """Source and place; the place alone where the report says once which text it is in."""
    address: str
    retrieved: str
    status: QuotationOutcome | None
    """What came of looking the quotation up; None where it is none."""
    status_words: str
    """A sign where it stands in the document, else why not; empty where there is no quotation."""
    picture: str = field(default="", metadata=SILENT_WHEN_UNSET)
    """A picture that is evidence, as an address that holds it; empty where none is shown."""


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
    gaps: tuple[str, ...] = ()
    """What the set demands of the answer and is not there yet, a sentence each."""


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
    depth: int
    """How many targets it is part of."""
    picture: str
    result: str
    judged: str
    """How many of the applicable questions have been judged."""
    decided: tuple[DecidedRow, ...]
    parts: tuple[tuple[str, str, str], ...]
    """The targets that it is made up of: number and title, where they stand, their results."""
    strips: tuple[Strip | Places | Multiples, ...]
    """The figures that motivate it: women and men."""
    missing_split: Paragraphs
    """What its figures cannot tell, since they are not split by sex."""
    questions: tuple[QuestionText, ...]
    groups: tuple[QuestionGroup, ...]
    nothing_applicable: bool
    """Whether a line with the reasons is all there is to say, since no question is applicable."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What each result was made of, to be redone."""

    whole: tuple[Grid, ...]
    """A table for each result."""
    means: Grid | None
    """The plain means, on a line each; None where they are few."""
    others: tuple[Grid, ...]
    """The tables of the results that are no plain mean."""


@dataclass(frozen=True, slots=True)
class Method:
    """How the result came about."""

    annex: str
    """Where what all reviews of the set share is told."""
    gates: tuple[Fact, ...]
    sums: tuple[Grid, ...]
    """A table for each result, with which it can be redone."""
    means: Grid | None
    """Those of them that are plain means, on a line each; None where they are few."""
    other_sums: tuple[Grid, ...]
    """Those that are no plain mean."""
    sensitivity: Paragraphs
    """What each result hangs on."""
