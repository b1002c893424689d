"""Points on lines of time before and after they are scored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.scoring.timeline import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.edges.git_log import Commit
    from granskning.scoring.timeline import Event, Outcome
    from granskning.tasks.history_scores import Ref
    from granskning.tasks.history_walk import Facts


@dataclass(slots=True)
class Point:
    """A moment before it is scored."""

    commit: Commit | None
    events: tuple[Event, ...]
    file: str | None = None
    round: str | None = None
    source: str | None = None
    facts: Facts | None = None
    blob: str | None = None
    ref: Ref | None = None
    broken: tuple[str, int, str] | None = None
    status: str | None = None
    reviews: int | None = None


@dataclass(slots=True)
class Line:
    """All points of one thing."""

    identity: tuple[str, str | None, str | None]
    names: set[str] = field(default_factory=set)
    """The ids of strategies that it has gone by."""
    points: list[Point] = field(default_factory=list)
    seen: dict[str, str | None] = field(default_factory=dict)
    """The commit that first had each content."""


def moments_of(line: Line, outcomes: Mapping[Ref, Outcome]) -> Iterator[Moment]:
    """The moments of a line; of a round or a strategy only those at which its result is another."""
    last: Moment | None = None
    for point in line.points:
        commit, facts = point.commit, point.facts
        moment = Moment(
            commit=commit.id if commit else None,
            date=commit.date if commit else None,
            author=commit.author if commit else None,
            subject=commit.subject if commit else None,
            events=point.events,
            file=point.file,
            round=point.round if line.identity[1] is None else None,
            source=point.source,
            status=point.status,
            criteria=facts.criteria if facts and not facts.broken else None,
            outcome=outcomes.get(point.ref) if point.ref else None,
            broken=point.broken,
            reviews=point.reviews,
        )
        if line.identity[2] is None and last is not None and _result(last) == _result(moment):
            continue
        last = moment
        yield moment


def _result(moment: Moment) -> tuple[object, ...]:
    told = None if moment.outcome is None else moment.outcome[:3]
    return (told, moment.status, moment.round, moment.reviews, moment.events[-1] == "deleted", moment.commit is None)
