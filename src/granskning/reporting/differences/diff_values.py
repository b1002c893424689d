"""The blocks that a comparison is told in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from granskning.reporting.blocks.tables import Table
from granskning.reporting.differences.word_diff import DiffRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.reporting.differences.set_changes import SetChange
    from granskning.scoring.compare import Comparison, Judged
    from granskning.scoring.rounds import RoundCard


class Named(Protocol):
    """One of the two sides; its name is empty for the folder as it is."""

    @property
    def name(self) -> str:
        """As the user named it."""


class SetsBeside(Protocol):
    """Two versions of a criteria set; None where one of the sides has none."""

    @property
    def before(self) -> CriteriaSet | None:
        """The earlier one."""

    @property
    def after(self) -> CriteriaSet | None:
        """The later one."""

    @property
    def changes(self) -> tuple[SetChange, ...]:
        """What differs."""


class Joint(Protocol):
    """A round with its joint result."""

    @property
    def joint(self) -> RoundCard:
        """The result."""

    @property
    def scored(self) -> Sequence[Judged]:
        """Its reviews."""


class RoundsBeside(Protocol):
    """A round before and after."""

    @property
    def strategy(self) -> str:
        """The strategy's id."""

    @property
    def round(self) -> str:
        """The round's name."""

    @property
    def before(self) -> Joint | None:
        """As it was."""

    @property
    def after(self) -> Joint | None:
        """As it is."""


class Differences(Protocol):
    """All that differs between two sides."""

    @property
    def before(self) -> Named:
        """The one side."""

    @property
    def after(self) -> Named:
        """The other."""

    @property
    def sets(self) -> Sequence[SetsBeside]:
        """The criteria sets that are others."""

    @property
    def comparisons(self) -> Sequence[Comparison]:
        """The reviews that differ."""

    @property
    def added(self) -> Sequence[Judged]:
        """New reviews."""

    @property
    def removed(self) -> Sequence[Judged]:
        """Reviews that are gone."""

    @property
    def rounds(self) -> Sequence[RoundsBeside]:
        """The rounds whose joint result differs."""

    @property
    def broken(self) -> Sequence[tuple[str, str, str]]:
        """Files that are not compared: the side, the file, the code of why."""

    @property
    def is_backwards(self) -> bool:
        """Whether the first is a later round than the second."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 2 is the title of the whole."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """Some words: a paragraph at depth 0, an item of a list below."""

    depth: int
    runs: Sequence[DiffRun]
    code: str = ""
    """An id that the line begins with."""


Block = Heading | DifferenceLine | Table


def plain(text: str) -> tuple[DiffRun, ...]:
    """Words that are neither new nor gone."""
    return (DiffRun("same", text),)
