"""The values of a report's chapters: target pictures with figures and questions, actions, and method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granskning.reporting.blocks.badges import DecidedRow, Fact, Mark, Paragraphs
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.charts.chart_gap import Gap
    from granskning.reporting.shared_parts.values import SourceText
    from granskning.reporting.wording.bands import BandList
    from granskning.reporting.wording.sensitivity import WhatIf


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of statistics. A value that the source lacks is empty."""

    area: str
    measure: str
    """What is measured, where the table holds several measures."""
    period: str
    women: str
    men: str
    mixed: str
    total: str
    note: str


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One indicator with its source, or several of one source. The columns are the sexes that it tells of."""

    title: str
    unit: str
    measures: int
    """How many indicators it holds."""
    columns: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    source: str
    address: str
    retrieved: str
    quality: str
    notes: Paragraphs
    gaps: tuple[Gap, ...]
    """Women and men over time, for the areas that have several periods."""


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
class Origin:
    """Why a question is asked: the reason, the challenges it answers, and the goals it serves."""

    why: Paragraphs
    challenges: tuple[tuple[str, str], ...]
    """Title, and where it is told."""
    goals: tuple[str, ...]

    @property
    def is_told(self) -> bool:
        """Whether the set says anything of it."""
        return bool(self.why or self.challenges or self.goals)


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
    origin: Origin
    links: tuple[tuple[str, str], ...] = ()
    """Title and address of what can be read about it."""
    tags: str = ""


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
    decided: tuple[DecidedRow, ...]
    parts: tuple[tuple[str, str, str], ...]
    """The targets that it is made up of: number and title, where they stand, their results."""
    challenges: tuple[ChallengeText, ...]
    questions: tuple[QuestionText, ...]
    groups: tuple[QuestionGroup, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """How the result came about."""

    about: Paragraphs
    scales: tuple[Grid, ...]
    steps: Paragraphs
    rules: tuple[Grid, ...]
    bands: tuple[BandList, ...]
    gates: tuple[Fact, ...]
    prerequisites: Paragraphs
    weights: tuple[Fact, ...]
    sums: tuple[Grid, ...]
    what_ifs: tuple[WhatIf, ...]
    traces: tuple[Grid, ...]
    """From question to challenge and goal, and from challenge to statistics."""
    sources: tuple[SourceText, ...]
