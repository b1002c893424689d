"""What the report of a strategy over time consists of, and what it is made of: words, numbers and rounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from granskning.reporting.blocks.frame import Framed
from granskning.scoring.score_history import NO_MEMORY, ScoreHistory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.i18n import Translator
    from granskning.model.decision import Action
    from granskning.model.indicator import Indicator
    from granskning.model.review import LeftOut
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Settings
    from granskning.reporting.blocks.badges import Cover, Paragraphs
    from granskning.reporting.blocks.frame import Provenance
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.charts.chart_trend import Trend
    from granskning.reporting.over_time.rounds_in_time import Occasion
    from granskning.reporting.shared_parts.values import ActionText
    from granskning.reporting.wording.criteria_vocabulary import Lexicon


@dataclass(frozen=True, slots=True)
class StepText:
    """From one round to the next."""

    title: str
    anchor: str
    notes: Paragraphs
    """What the reader must know to compare: other text, other reading, other criteria."""
    sentences: Paragraphs
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class MemoryText:
    """What git remembers of the results."""

    notes: Paragraphs
    trend: Trend | None
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class StrategyReport(Framed):
    """All that the report of a strategy over time may print."""

    kind: Literal["strategy"]
    cover: Cover
    lead: str
    sentences: Paragraphs
    rounds: Grid
    trend: Trend | None
    results: tuple[Grid, ...]
    steps: tuple[StepText, ...]
    memory: MemoryText | None
    """What git remembers; None where that is nothing, or only one moment."""
    figures: Grid | None
    """The figures that the latest judgement rested on, beside those of now; None where no review has kept any."""
    action_sentences: Paragraphs
    actions: tuple[ActionText, ...]
    method: Paragraphs


@dataclass(frozen=True, slots=True)
class TimeMaterial:
    """Everything that the report of a strategy over time may draw on."""

    strategy: Strategy
    predecessors: tuple[Strategy, ...]
    """Those that it succeeds, and those that they do, the oldest first."""
    occasions: tuple[Occasion, ...]
    """All rounds, of the predecessors too, the oldest first; never none."""
    actions: tuple[Action, ...]
    settings: Settings
    provenance: Provenance
    t: Translator
    lexicons: Mapping[str, Lexicon]
    """By criteria set."""
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    """What the folder has of statistics now, by id."""
    memory: ScoreHistory = NO_MEMORY
    """The strategy as git remembers it."""
    left_out: tuple[LeftOut, ...] = ()
    """The files of these strategies that do not count."""
    faults: Mapping[str, int] = field(default_factory=dict)
    """The errors in what the report rests on, by file."""

    @property
    def last(self) -> Occasion:
        """The latest round."""
        return self.occasions[-1]

    @property
    def words(self) -> Lexicon:
        """What the latest round's set calls things."""
        return self.lexicons[self.last.criteria.reference]

    @property
    def numbers(self) -> Mapping[str, str]:
        """The numbers of the latest set's targets and questions."""
        return self.words.numbers

    @property
    def own(self) -> tuple[Occasion, ...]:
        """The rounds of the strategy itself."""
        return tuple(occasion for occasion in self.occasions if occasion.strategy.id == self.strategy.id)
