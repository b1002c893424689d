"""The reviewed strategy and its editions, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.model.method import SILENT_WHEN_UNSET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from granskning.model.evidence import Source
    from granskning.model.method import Text


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided on an edition, and when."""

    body: str | None = None
    date: str | None = None
    case_number: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a strategy (dokumentversion)."""

    id: str
    title: str | None
    stage: str
    date: str | None = None
    document: str | None = None
    sha256: str | None = None
    address: str | None = None
    retrieved: str | None = None
    pages: int | None = None
    decision: Decision = Decision()
    note: str | None = None
    language: str = field(default="", metadata=SILENT_WHEN_UNSET)
    """The language of the text and its title; empty where it is that of the strategy's file."""


@dataclass(frozen=True, slots=True)
class PackageDocument:
    """A document that belongs to a strategy (handling), and how much of it has been read."""

    kind: str
    read: str
    """A reading depth, or `not_found`."""
    title: str | None = None
    edition: str | None = None
    address: str | None = None
    retrieved: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """How a round is laid out (planerad omgång): when it is due, and who answers what."""

    round: str
    due: str | None = None
    blind: bool = False
    """Whether the page keeps the answers of others from who has not handed in."""
    assigned: Mapping[str, str] = field(default_factory=dict)
    """By target, the role that answers its questions."""


@dataclass(frozen=True, slots=True)
class NotReviewed:
    """The decision not to review a strategy (granskas inte)."""

    why: str
    role: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Strategy:
    """The reviewed strategy, plan, programme or project (strategi)."""

    id: str
    title: Text
    kind: str
    area: str
    owner: tuple[str, ...]
    partners: tuple[str, ...]
    period: tuple[str | None, str | None]
    case_number: str | None
    based_on: tuple[str, ...]
    succeeds: tuple[str, ...]
    about: Text
    example: bool
    sources: tuple[Source, ...]
    editions: tuple[Edition, ...]
    file: str
    numbers: Mapping[str, Fraction] = field(default_factory=dict, metadata=SILENT_WHEN_UNSET)
    """Its own numbers, such as a budget, by the ids of the settings."""
    rounds: tuple[PlannedRound, ...] = field(default=(), metadata=SILENT_WHEN_UNSET)
    """The rounds that are planned, in the order of the file."""
    package: tuple[PackageDocument, ...] = field(default=(), metadata=SILENT_WHEN_UNSET)
    """The documents that belong to it, in the order of the file."""
    not_reviewed: NotReviewed | None = field(default=None, metadata=SILENT_WHEN_UNSET)
    """The decision not to review it, where there is one."""
    language: str = field(default="", metadata=SILENT_WHEN_UNSET)
    """The language of texts that are written in one language only; empty where it is the folder's."""
    by_id: Mapping[str, Edition] = field(init=False, repr=False, compare=False)
    """Its editions by id; the first where two have the same."""

    def __post_init__(self) -> None:
        """Make what editions are looked up in."""
        by_id: dict[str, Edition] = {}
        for edition in self.editions:
            by_id.setdefault(edition.id, edition)
        object.__setattr__(self, "by_id", by_id)

    def edition(self, name: str) -> Edition | None:
        """The edition with that id."""
        return self.by_id.get(name)

    def planned(self, round_: str) -> PlannedRound:
        """How a round is laid out; with nothing said of it, one without a date."""
        return next((planned for planned in self.rounds if planned.round == round_), PlannedRound(round_))


def real_among(names: Iterable[str], strategies: Mapping[str, Strategy]) -> set[str]:
    """Those that are compared and counted: an invented example only where there are no real strategies."""
    every = set(names)
    return {name for name in every if not strategies[name].example} or every


def predecessors_of(name: str, strategies: Mapping[str, Strategy]) -> list[Strategy]:
    """The strategies that one succeeds, and those that they do, the oldest first."""
    earlier: list[Strategy] = []

    def walk(text: str, seen: frozenset[str]) -> None:
        for before in strategies[text].succeeds:
            if before in strategies and before not in seen and strategies[before] not in earlier:
                walk(before, seen | {before})
                earlier.append(strategies[before])

    walk(name, frozenset({name}))
    return earlier
