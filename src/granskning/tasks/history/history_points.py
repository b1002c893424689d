"""Points on lines of time before and after they are scored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.scoring.timeline import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.edges.git_log import Commit
    from granskning.scoring.timeline import Event, Outcome
    from granskning.tasks.history.history_facts import Facts, RoundState
    from granskning.tasks.history.history_scores import Ref


@dataclass(slots=True)
class HistoryPoint:
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
    code: str = ""
    """Of a review: why it counts nowhere, other than for want of its set."""
    answers: tuple[tuple[str, str], ...] = ()
    """Of a round: the reviewers that its result is made of, and the mark of what each has judged."""
    left_out: tuple[tuple[str, str], ...] = ()
    """Of a round: the files that do not count, and why."""
    unassessed: bool = False
    """Of a round: whether there should be a result, and there is none."""

    @property
    def state(self) -> tuple[object, ...]:
        """What a round's or a strategy's line is followed by."""
        return (self.ref, self.status, self.round, self.reviews, self.answers, self.left_out, self.unassessed)


@dataclass(slots=True)
class HistoryLine:
    """All points of one thing."""

    identity: tuple[str, str | None, str | None]
    names: set[str] = field(default_factory=set)
    """The ids of strategies that it has gone by."""
    points: list[HistoryPoint] = field(default_factory=list)
    seen: dict[str, str | None] = field(default_factory=dict)
    """The commit that first had each content."""
    made: RoundState | None = None
    """Of a strategy: the round that spoke at the last step."""


_ALWAYS: frozenset[Event] = frozenset(("begins_here", "added", "deleted", "reborn", "moved", "renamed"))
"""What happens to a review's file and is told as such, whatever it says."""


def moments_of(line: HistoryLine, outcomes: Mapping[Ref, Outcome]) -> Iterator[Moment]:
    """The moments of a line: those at which something that is judged became another; see `_judged`.

    Of a review also those at which its file came, went or got another name.
    """
    last: tuple[object, ...] | None = None
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
            left_out=point.left_out,
            unassessed=point.unassessed,
        )
        is_review = line.identity[2] is not None
        judged = _judged(moment, (facts.answers, facts.words) if is_review and facts else point.answers)
        is_event = is_review and not _ALWAYS.isdisjoint(point.events)
        if judged != last or is_event:
            yield moment
        last = judged


def _judged(moment: Moment, answers: object) -> tuple[object, ...]:
    """What a moment is about: the result and what it rests on, the answers, the status, the round, what counts.

    The words of a criteria set, who owns it, and what stands in comments are not among it.
    """
    outcome = moment.outcome
    ground = None if outcome is None else (outcome.criteria[:2], outcome.criteria[3])
    return (
        outcome and outcome[:2], ground, answers, moment.status, moment.round, moment.reviews, moment.unassessed,
        moment.left_out if moment.unassessed else (), moment.broken and moment.broken[0],
        moment.events[-1] == "deleted",
    )  # fmt: skip
