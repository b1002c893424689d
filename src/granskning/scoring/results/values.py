"""What one step comes to, as frozen values: ranks, parts, results and pairs of them. Works nothing out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from granskning.scoring.results.explanation import Rank
    from granskning.scoring.results.numbers import Number


class Part(NamedTuple):
    """One thing to be combined: an answer, or the result of a target."""

    id: str
    weight: int | Fraction
    value: Number | None
    """Its number, where it has one."""
    rank: Rank | None
    """Its place on its scale, where it is a level."""
    lowest: Number | None
    highest: Number | None
    """What its number could have been."""
    threshold: Number | Rank | None
    """What makes it satisfied: a rank, or a number for a part without one."""


class Result(NamedTuple):
    """What a method yields: a number, a place on the node's scale, or both."""

    value: Number | None
    rank: Rank | None = None
    band: int | None = None
    """The number of its band, from the lowest."""
    rule: int | None = None
    """The number of the row, rule or step that decided; None for `otherwise`."""


NOTHING = Result(None)

new_part: Callable[[tuple[object, ...]], Part] = partial(tuple.__new__, Part)
"""Makes a part of its fields in order, without the call that a named tuple's own constructor is."""

Pair = tuple[Result, Result]


def given_rank(gives: tuple[int, ...], pair: Pair, side: int) -> int | None:
    """The rank of the level that a result's band gives; below all for what counts as below every band."""
    band = pair[side].band
    return band if band is None or band < 0 else gives[band]
