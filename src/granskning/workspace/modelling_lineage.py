"""The goals, changes and retired ids of a criteria set: plain values that have passed their schema in, frozen out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.model.lineage import Change, Goal, Retired
from granskning.workspace.modelling_scoring import text

if TYPE_CHECKING:
    Values = dict[str, Any]


def goals(values: Values, language: str) -> tuple[Goal, ...]:
    """The goals of policy that the set's targets and criteria can serve."""
    return tuple(
        Goal(
            id=one["id"],
            title=text(one["title"], language),
            within=text(one.get("within"), language),
            text=text(one.get("text"), language),
            rests_on=tuple(one.get("rests_on", ())),
        )
        for one in values.get("goals", ())
    )


def changes(values: Values, language: str) -> tuple[Change, ...]:
    """What has changed since earlier versions."""
    return tuple(
        Change(
            from_=one["from"],
            kind=one["kind"],
            text=text(one["text"], language),
            criterion=one.get("criterion", ""),
            target=one.get("target", ""),
            into=tuple(one.get("into", ())),
        )
        for one in values.get("changes", ())
    )


def retired(values: Values, language: str) -> tuple[Retired, ...]:
    """The ids that are not used again."""
    return tuple(
        Retired(id=one["id"], version=one["version"], text=text(one.get("text"), language))
        for one in values.get("retired", ())
    )
