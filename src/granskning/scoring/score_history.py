"""What git remembers of a strategy's results, as values that may stand in a report: nobody's name, nobody's words.

Who saved a version and what they wrote about it is told by `history`, not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.scoring.timeline import Brief, Moment, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.scoring.timeline import Timeline

MOST_MOMENTS = 40
"""So many moments are told in a report, the latest ones."""
_SCHEMA = "granskning/moments/"
_FEWEST = 2
"""One moment alone has no history."""


@dataclass(frozen=True, slots=True)
class ScoreHistory:
    """The latest moments at which the result of a strategy became another; none where there is nothing to tell."""

    moments: tuple[Moment, ...] = ()
    earlier: int = 0
    """How many moments there were before these."""
    form: int = 2
    """By which rule moments were chosen. 1: also those at which only words of the criteria became others; these had
    the latest round by its name speak."""


NO_MEMORY = ScoreHistory()


def make_score_history(timelines: Sequence[Timeline], strategy: str, most: int = MOST_MOMENTS) -> ScoreHistory:
    """What lines of time tell of a strategy. Its latest round speaks for it at each moment."""
    own = (
        timeline
        for timeline in timelines
        if timeline.strategy == strategy and timeline.round is None and timeline.reviewer is None
    )
    moments = next((timeline.moments for timeline in own), ())
    if len(moments) < _FEWEST:
        return ScoreHistory()
    kept = tuple(_bare(moment) for moment in moments[-most:])
    return ScoreHistory(kept, len(moments) - len(kept))


def _bare(moment: Moment) -> Moment:
    """A moment without names, words and paths. Where a shallow clone begins, it is not known which commit it was."""
    begins = "begins_here" in moment.events
    return Moment(
        commit=None if begins else moment.commit,
        date=None if begins else moment.date,
        author=None,
        subject=None,
        events=moment.events,
        round=moment.round,
        status=moment.status,
        outcome=None if moment.outcome is None else moment.outcome._replace(full=""),
        reviews=moment.reviews,
        left_out=tuple(("", code) for _, code in moment.left_out),
        unassessed=moment.unassessed,
    )


def plain_memory(memory: ScoreHistory) -> dict[str, Any]:
    """As it goes along in a report's PDF."""
    return {
        "schema": f"{_SCHEMA}{memory.form}",
        "earlier": memory.earlier,
        "moments": [plain_moment(moment, memory.form) for moment in memory.moments],
    }


def plain_moment(moment: Moment, form: int = 2) -> dict[str, Any]:
    """One moment as plain values."""
    outcome = moment.outcome
    added = {} if form == 1 else {"unassessed": moment.unassessed, "left_out": [code for _, code in moment.left_out]}
    return {
        "commit": moment.commit,
        "date": moment.date,
        "events": list(moment.events),
        "round": moment.round,
        "reviews": moment.reviews,
        "status": moment.status,
        **added,
        "criteria": None if outcome is None else dict(zip(_SET, outcome.criteria, strict=True)),
        "total": None if outcome is None else outcome.total._asdict(),
        "targets": [] if outcome is None else [{"id": name, **brief._asdict()} for name, brief in outcome.targets],
    }


_SET = ("id", "version", "hash", "comparable")
"""`comparable`: the hash of what results rest on. Results with the same can be compared."""


def memory_of(values: Mapping[str, Any]) -> ScoreHistory:
    """From what `plain_memory` made; the values have been held against the schema."""
    moments = tuple(_moment_of(moment) for moment in values["moments"])
    return ScoreHistory(moments, values["earlier"], int(values["schema"].removeprefix(_SCHEMA)))


def _moment_of(values: Mapping[str, Any]) -> Moment:
    outcome = None
    if values["criteria"] is not None and values["total"] is not None:
        named = values["criteria"]
        targets = tuple((one["id"], Brief(**{key: one[key] for key in Brief._fields})) for one in values["targets"])
        criteria = (named["id"], named["version"], named["hash"], named["comparable"])
        outcome = Outcome(Brief(**values["total"]), targets, criteria, "")
    return Moment(
        commit=values["commit"],
        date=values["date"],
        author=None,
        subject=None,
        events=tuple(values["events"]),
        round=values["round"],
        status=values["status"],
        outcome=outcome,
        reviews=values["reviews"],
        left_out=tuple(("", code) for code in values.get("left_out", ())),
        unassessed=values.get("unassessed", False),
    )
