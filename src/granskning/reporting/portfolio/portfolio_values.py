"""What the portfolio consists of: strategies with their results, and all that its pages may print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.reporting.blocks.frame import Framed

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.model.criteria import Challenge
    from granskning.model.figure_cautions import Caution
    from granskning.model.figure_change import Verdict
    from granskning.model.indicator import Figure, GapWay, Indicator
    from granskning.model.review import LeftOut
    from granskning.model.strategy import Strategy
    from granskning.reporting.blocks.badges import Mark, Paragraphs
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.charts.chart_spread import Matrix
    from granskning.reporting.portfolio.coverage import Carrying, Handover
    from granskning.reporting.portfolio.responsibility_gaps import Duties
    from granskning.reporting.shared_parts.chain import Chain
    from granskning.scoring.results.card import Scorecard
    from granskning.scoring.rounds import RoundCard


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One strategy with the result of the round that speaks for it."""

    strategy: Strategy
    round: str
    version: str
    """The version of the set that its reviews were made with."""
    joint: RoundCard
    cards: tuple[Scorecard, ...]
    """The own results of those who decide."""
    common: Scorecard | None
    """Scored on the questions that all compared reviews have judged; None where there is nothing to compare."""
    compared: bool = True
    """Whether it is among those compared: an invented example is not laid beside real strategies."""
    under_way: tuple[str, ...] = ()
    """Later rounds, which do not replace it."""
    left_out: tuple[LeftOut, ...] = ()
    """The strategy's files that do not count."""
    faults: int = 0
    """How many errors the files have that it rests on."""

    @property
    def card(self) -> Scorecard | None:
        """The result; None where it cannot be assessed, or the set wants no joint result."""
        return self.joint.card

    @property
    def assessed(self) -> int:
        """How many judgements it rests on."""
        return self.card.total.assessed if self.card is not None else 0


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one review says about one target."""

    mark: Mark
    result: str
    """In digits; empty where there is no result, and then the mark's words say why."""
    judged: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One strategy in a matrix."""

    id: str
    title: str
    cells: tuple[MatrixCell, ...]
    note: str = ""
    """What must be known of the figures: a draft, a round under way, findings, files that do not count."""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """How well founded one review is."""

    id: str
    title: str
    text: str
    read: str
    judged: str
    who: str
    status: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and shares over strategies as tables, and what they rest on."""

    grids: tuple[Grid, ...]
    notes: Paragraphs


@dataclass(frozen=True, slots=True)
class ChallengeFigures:
    """What one challenge rests on: its leading figure and what has been worked out of it."""

    challenge: Challenge
    indicators: tuple[str, ...]
    """All that it names and that are there."""
    indicator: Indicator | None = None
    figure: Figure | None = None
    difference: Fraction | None = None
    """Women less men: a calculation of our own."""
    way: GapWay | None = None
    span: tuple[str, str] = ("", "")
    """The first and last period that the way is between."""
    verdict: Verdict | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Strategies without a review that are in the same position."""

    position: str
    """Not begun, a round under way, or a decision not to review."""
    strategies: tuple[str, ...]
    """Their titles."""


@dataclass(frozen=True, slots=True)
class PortfolioReport(Framed):
    """All that the portfolio may print."""

    kind: Literal["portfolio"]
    below: str
    sentences: tuple[str, ...]
    """What is known."""
    needed: tuple[str, ...]
    """What it takes to know more; empty where nothing is lacking."""
    columns: tuple[tuple[str, str], ...]
    """Number and title of the targets."""
    rows: tuple[MatrixRow, ...]
    key: tuple[Mark, ...]
    common: str
    """Whether anything can be compared, and on how many questions."""
    common_columns: tuple[tuple[str, str], ...]
    common_rows: tuple[MatrixRow, ...]
    common_questions: tuple[tuple[str, str], ...]
    readings: tuple[ReadingRow, ...]
    matrices: tuple[Matrix, ...]
    """The same as the rows, drawn."""
    carrying: Carrying | None
    handovers: tuple[Handover, ...]
    """What is picked up and what is lost from one strategy to those that rest on it."""
    duties: Duties
    versions: tuple[str, ...]
    """Which reviews were made with another version of the set, and what that means."""
    notes: tuple[str, ...]
    """Why strategies cannot be assessed, and which files do not count."""
    unreviewed: tuple[Waiting, ...]
    other_sets: tuple[str, ...]
    figures: Figures | None
    """How many strategies come to each band, and how much of their own numbers they have."""
    indicators: Figures | None
    """What the challenges rest on; None for a set without indicators."""
    chain: Chain | None
    """The chain of steering over all strategies."""
