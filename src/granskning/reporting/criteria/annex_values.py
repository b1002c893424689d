"""The values that the annex of a criteria set consists of: words in the report's language, and plain numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.reporting.blocks.frame import Framed

if TYPE_CHECKING:
    from granskning.reporting.blocks.badges import Cover, Fact, Mark, Paragraphs
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.charts.chart_gap import Gap
    from granskning.reporting.shared_parts.values import SourceText
    from granskning.reporting.wording.bands import BandList


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
    files: tuple[str, ...] = ()
    """The files in the PDF that have the figures."""
    gaps: tuple[Gap, ...] = ()
    """Women and men over time, where one area has several periods."""
    panels: tuple[Gap, ...] = ()
    """The same as small multiples, where several areas have."""
    panels_title: str = ""
    panels_more: str = ""
    """How many areas have no drawing."""


@dataclass(frozen=True, slots=True)
class ChallengeText:
    """What the statistics show to be unequal; its figures stand where it is first told."""

    title: str
    anchor: str
    text: Paragraphs
    tables: tuple[FigureTable, ...]
    elsewhere: str
    """The target where it is told, when that is another one than this."""


@dataclass(frozen=True, slots=True)
class Rationale:
    """Why a question is asked: the reason, the challenges it answers, and the goals it serves."""

    why: Paragraphs
    challenges: tuple[tuple[str, str], ...]
    """Title, and where it is told."""
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnexQuestion:
    """One question: what each level takes, what counts as evidence, and why it is asked."""

    number: str
    anchor: str
    question: str
    levels: tuple[tuple[Mark, str], ...]
    """The levels that the set says something of for this question."""
    notes: Paragraphs
    """Where it is put, whether it is critical, what counts as evidence, common mistakes."""
    rationale: Rationale
    links: tuple[tuple[str, str], ...]
    """Title and address of what can be read about it."""
    tags: str


@dataclass(frozen=True, slots=True)
class AnnexTarget:
    """One target picture with its challenges, figures and questions."""

    number: str
    anchor: str
    title: str
    depth: int
    """How many targets it is part of."""
    picture: str
    challenges: tuple[ChallengeText, ...]
    questions: tuple[AnnexQuestion, ...]


@dataclass(frozen=True, slots=True)
class SetMethod:
    """How a result comes about in every review of the set."""

    scales: tuple[Grid, ...]
    steps: Paragraphs
    rules: tuple[Grid, ...]
    bands: tuple[BandList, ...]
    gates: Paragraphs
    prerequisites: Paragraphs
    weights: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CriteriaReport(Framed):
    """All that the annex of a criteria set may print."""

    kind: Literal["criteria"]
    cover: Cover
    about: Paragraphs
    targets: tuple[AnnexTarget, ...]
    method: SetMethod
    sources: tuple[SourceText, ...]

    @property
    def tops(self) -> list[tuple[str, str]]:
        """Where each target that is part of no other stands, and its title: for the list of contents."""
        return [(target.anchor, f"{target.number} {target.title}") for target in self.targets if target.depth == 0]
