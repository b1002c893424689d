"""What each strategy of a collection comes to on each target, as rows and as counts of them."""

from __future__ import annotations

from typing import Literal, NamedTuple

Counting = Literal["counted", "draft", "no_result", "other_version", "other_set", "not_reviewed", "not_to_review"]
"""Whether a strategy's result is counted or, where it is not, why."""


class TargetStanding(NamedTuple):
    """One strategy on one target; where it is not counted, one row with an empty target. There are many."""

    strategy: str
    area: str
    example: bool
    counting: Counting
    round: str
    status: str
    """Whether the round is handed in: draft or handed_in; empty where there is none."""
    criteria: str
    """The set that it was reviewed with, `id@version`."""
    criteria_hash: str
    target: str
    """The target's id; `*` for the whole; empty where the strategy is not counted."""
    differs: str
    """Why the result cannot be compared, parted by commas; empty where it can."""
    state: str
    """carried, lacking, unknown, not_applicable or not_asked; empty for the whole and where it cannot be compared."""
    standing: str
    """What kind of result it is."""
    low: float | None
    high: float | None
    group: str
    """What the result comes to: band, level, interval, cannot_be_assessed or not_applicable; empty for a profile."""
    key: str
    """Of the band or the level."""


class StandingCount(NamedTuple):
    """What rows that are counted together have in common."""

    organisation: str
    area: str
    example: bool
    counting: Counting
    target: str
    differs: str
    state: str
    group: str
    key: str


WHOLE = "*"
"""Stands for the whole among the targets of rows; no id is written so."""


def count_key(organisation: str, row: TargetStanding) -> StandingCount:
    """What a row is counted under."""
    return StandingCount(
        organisation, row.area, row.example, row.counting, row.target, row.differs, row.state, row.group, row.key
    )
