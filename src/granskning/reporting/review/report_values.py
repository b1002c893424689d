"""The values that a review report consists of: words, already in the report's language, and plain numbers.

Nothing here calculates, opens or translates. A template may print everything it finds; what must not be printed is
not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.reporting.blocks.frame import Framed

if TYPE_CHECKING:
    from granskning.reporting.blocks.badges import Cover, DecidedRow, Fact, Mark, Paragraphs
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.charts.chart import Profile
    from granskning.reporting.review.target_values import Method, TargetText
    from granskning.reporting.shared_parts.chain import Chain
    from granskning.reporting.shared_parts.values import ActionText, SourceText


@dataclass(frozen=True, slots=True)
class Highlight:
    """What was found on a question, and what came of it."""

    mark: Mark
    before: Mark | None
    """The level in the round that the review continues."""
    change: str
    """How the level has moved since then, with an arrow."""
    number: str
    question: str
    anchor: str
    text: str
    """The first sentence of the justification."""
    recommendation: str
    """The first sentence of the recommendation."""
    owner: str
    """What the owner answered."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """Up to three findings of one sort, and how many there are in all."""

    title: str
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
    decided: tuple[DecidedRow, ...]
    """What was decided or published beside the computed."""
    lacking: tuple[str, ...]
    """What is missing for a verdict."""
    sentences: tuple[str, ...]
    own_words: Paragraphs
    read: tuple[str, ...]
    strengths: Highlights | None
    gaps: Highlights | None
    recommendations: Highlights | None
    carried_out: str
    """How many of the actions that earlier rounds led to are done."""
    counts: tuple[Count, ...]
    counted: str


@dataclass(frozen=True, slots=True)
class MapCell:
    """One question in the map."""

    number: str
    anchor: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class MapRow:
    """One target in the map: its questions, and its result."""

    number: str
    title: str
    anchor: str
    depth: int
    """How many targets it is part of."""
    cells: tuple[MapCell, ...]
    result: str
    band: str
    """Empty where it has none."""
    so_far: str
    """The result of the judged answers alone, where others remain."""
    assessed: str


@dataclass(frozen=True, slots=True)
class QuestionMap:
    """All questions, a row for each target."""

    caption: str
    rows: tuple[MapRow, ...]
    key: tuple[Mark, ...]
    """What the signs mean."""
    has_bands: bool
    has_results: bool
    """Whether anything is judged; where nothing is, the parts of a target stand on its row."""


@dataclass(frozen=True, slots=True)
class Results:
    """The profile over the target pictures: a chart, and the map with the same results in words."""

    assessed: bool
    """Whether anything at all is assessed; without it there is nothing to draw."""
    note: str
    profile: Profile | None
    has_intervals: bool
    """Whether the chart draws an interval."""
    map: QuestionMap
    bands: str
    """What the bands of the map mean; empty where it has none."""
    total: str
    outer: str
    """Whose bounds are outer ones."""


@dataclass(frozen=True, slots=True)
class ReviewReport(Framed):
    """All that the report of one review may print."""

    kind: Literal["review"]
    cover: Cover
    summary: Summary
    results: Results
    evidence_note: Paragraphs
    """What is told once of all evidence: whose the pages and the words are."""
    targets: tuple[TargetText, ...]
    actions: tuple[ActionText, ...]
    not_read: Paragraphs
    text_facts: tuple[Fact, ...]
    text_notes: Paragraphs
    chain: Chain | None
    """Where the strategy stands in the chain of steering; None where it has no link."""
    text_sources: tuple[SourceText, ...]
    method: Method
    package: Paragraphs = ()
    """The documents that belong to the strategy, and what of each has been read."""
    searches: Paragraphs = ()
    """What was sought, where and when, and what came of it."""
    carried: Grid | None = None
    """What became of the answers of the round that the review continues."""
