"""Results along a line of time (tidslinje), as values: what was known at each moment, and what happened there.

A result is kept as plain values, the way it is told, so that one that was worked out before and one worked out now
are the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Event = Literal[
    "begins_here", "added", "changed", "criteria", "moved", "renamed", "deleted", "reborn", "reverted", "merged",
    "broken", "mended", "uncommitted",
]  # fmt: skip
"""What happened at a moment.

`begins_here`: the shallow clone begins, the file may be older. `criteria`: the set that it is scored with changed.
`moved`: another path, `renamed`: another strategy, round or reviewer. `reborn`: there again after having been deleted.
`reverted`: as it was at an earlier moment. `merged`: two lines of development came together. `broken`: can't be read;
`mended`: can be again. `uncommitted`: as it is in the folder, not yet saved with git.
"""


class Brief(NamedTuple):
    """A result in the few figures that a line of time needs; in words, as everywhere else."""

    shown: str
    """In the reader's language; words where there is no figure."""
    band: str
    """The words of its band; empty without one."""
    standing: str
    low: float | None
    """A place on the scale, for a trend line: the value, the lowest of the interval, or a level's rank."""
    high: float | None
    so_far: float | None
    """The result of what has been judged, where that is another thing."""
    least: float
    most: float
    """The ends of that scale."""
    assessed: int
    applicable: int

    @property
    def middle(self) -> float | None:
        """The middle of the interval; the value itself where there is one."""
        return None if self.low is None or self.high is None else (self.low + self.high) / 2


class Outcome(NamedTuple):
    """The results of a review or a round at one moment."""

    total: Brief
    targets: tuple[tuple[str, Brief], ...]
    criteria: tuple[str, str, str, str]
    """Of the set it was scored with: id, version, the hash of its content, and that of what results rest on."""
    full: str
    """`total` and `targets` as the JSON of a score; empty where nobody asked for it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One point on a line of time."""

    commit: str | None
    """None for what is not committed yet."""
    date: str | None
    author: str | None
    subject: str | None
    events: tuple[Event, ...]
    file: str | None = None
    round: str | None = None
    """Of a strategy: the round that speaks for it."""
    source: str | None = None
    """What it was called before: a path when moved, `strategy/round/reviewer` when renamed, a commit when reverted."""
    status: str | None = None
    criteria: str | None = None
    """The set that it names, `id@version`."""
    outcome: Outcome | None = None
    """None where there is no result: deleted, broken, or its criteria set is not there."""
    broken: tuple[str, int, str] | None = None
    """The code of what is wrong, its line and its file."""
    reviews: int | None = None
    """Of a round: how many reviews it rests on."""
    left_out: tuple[tuple[str, str], ...] = ()
    """Of a round: the files that do not count, each with the code of why."""
    unassessed: bool = False
    """Of a round: whether there should be a result, and there is none; it cannot be assessed."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """All moments of a review, of a round (without reviewer) or of a strategy (without round), the oldest first."""

    strategy: str
    round: str | None
    reviewer: str | None
    moments: tuple[Moment, ...]
    names: tuple[str, ...] = ()
    """The ids of strategies that it has gone by."""


_BARS = "▁▂▃▄▅▆▇█"
_GAP = "·"


def sparkline(values: Sequence[float | None], low: float, high: float) -> str:
    """A small trend line; a dot where there is no figure."""
    width = (high - low) or 1.0
    steps = len(_BARS) - 1
    return "".join(
        _GAP if value is None else _BARS[min(max(round((value - low) / width * steps), 0), steps)] for value in values
    )


def outcome_of(values: Sequence[Any]) -> Outcome:
    """An outcome from its lists, as `history_scores` writes them; without its full score."""
    total, targets, criteria = values
    return Outcome(
        Brief(*total),
        tuple((name, Brief(*brief)) for name, brief in targets),
        (criteria[0], criteria[1], criteria[2], criteria[3]),
        "",
    )


def plain_timelines(timelines: Sequence[Timeline]) -> list[Any]:
    """Lines of time as lists, in which what many moments share stands once."""
    shared = _Shared()
    lines = [
        [
            timeline.strategy,
            timeline.round,
            timeline.reviewer,
            [shared.moment(moment) for moment in timeline.moments],
            timeline.names,
        ]
        for timeline in timelines
    ]
    return [list(shared.values), shared.briefs, shared.outcomes, lines]


def timelines_of(items: Sequence[Any]) -> tuple[Timeline, ...]:
    """Lines of time from what `plain_timelines` made of them."""
    values, briefs, outcomes, lines = items
    values = [tuple(value) for value in values]
    briefs = [Brief(*brief) for brief in briefs]
    outcomes = [
        Outcome(
            briefs[total],
            tuple(zip(values[names], [briefs[target] for target in targets], strict=True)),
            values[criteria],
            full,
        )
        for total, names, targets, criteria, full in outcomes
    ]
    return tuple(
        Timeline(
            strategy,
            round_,
            reviewer,
            tuple(_moment_of(moment, values, outcomes) for moment in moments),
            tuple(names),
        )
        for strategy, round_, reviewer, moments, names in lines
    )


def _moment_of(items: Sequence[Any], values: Sequence[Any], outcomes: Sequence[Outcome]) -> Moment:
    number, events, (file, round_, source, status, criteria), outcome, broken, reviews, left_out, unassessed = items
    commit, date, author, subject = values[number]
    result = None if outcome is None else outcomes[outcome]
    code = None if broken is None else values[broken]
    files = () if left_out is None else tuple((file, code) for file, code in left_out)
    return Moment(commit, date, author, subject, values[events], file, round_, source, status, criteria, result, code,
                  reviews, files, unassessed)  # fmt: skip


class _Shared:
    """What moments share, by number."""

    def __init__(self) -> None:
        self.values: dict[tuple[Any, ...], int] = {}
        self.briefs: list[Brief] = []
        self.outcomes: list[list[Any]] = []
        self._numbers: dict[int, int] = {}
        """By the thing itself, which the lines keep in its place."""

    def moment(self, point: Moment) -> list[Any]:
        """A moment as a list."""
        rest = [point.file, point.round, point.source, point.status, point.criteria]
        commit = self._value((point.commit, point.date, point.author, point.subject))
        outcome = None if point.outcome is None else self._outcome(point.outcome)
        broken = None if point.broken is None else self._value(point.broken)
        aside = point.left_out or None
        return [
            commit,
            self._value(point.events),
            rest,
            outcome,
            broken,
            point.reviews,
            aside,
            point.unassessed,
        ]

    def _value(self, value: tuple[Any, ...]) -> int:
        return self.values.setdefault(value, len(self.values))

    def _outcome(self, outcome: Outcome) -> int:
        number = self._numbers.get(id(outcome))
        if number is None:
            total = self._brief(outcome.total)
            names = self._value(tuple(name for name, _ in outcome.targets))
            targets = [self._brief(brief) for _, brief in outcome.targets]
            number = self._numbers[id(outcome)] = len(self.outcomes)
            self.outcomes.append([total, names, targets, self._value(outcome.criteria), outcome.full])
        return number

    def _brief(self, brief: Brief) -> int:
        number = self._numbers.get(id(brief))
        if number is None:
            number = self._numbers[id(brief)] = len(self.briefs)
            self.briefs.append(brief)
        return number
