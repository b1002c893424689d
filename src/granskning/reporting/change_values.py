"""What the report of a change consists of: words, already in the report's language, and plain numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.blocks.marks import Cover, Fact, Mark, Paragraphs
    from granskning.reporting.charts.chart_trend import Shift


@dataclass(frozen=True, slots=True)
class Aspect:
    """One part of an answer before and after: justification, evidence, recommendation."""

    label: str
    before: Paragraphs
    after: Paragraphs


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
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Questions that changed in the same way."""

    title: str
    anchor: str
    questions: tuple[QuestionChange, ...]


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """All that the report of a change may print."""

    kind: Literal["change"]
    language: str
    prose: str
    title: str
    organisation: str
    notices: tuple[str, ...]
    head: str
    foot: str
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
    groups: tuple[ChangeGroup, ...]
    unchanged: Grid | None
    method: Paragraphs
    provenance: tuple[Fact, ...]
    contact: str
