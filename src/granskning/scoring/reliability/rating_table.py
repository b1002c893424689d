"""Ratings as the coefficients take them: items, raters, and the place of each rating among the levels of the scale.

What is no level (not applicable, missing evidence, open, empty) is no rating: it is simply not there. Items with one
rating tell how often levels are used, but not whether anybody agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from granskning.scoring.results.explanation import Rank


@dataclass(frozen=True, slots=True)
class RatingTable:
    """Who rated which item how. Places are counted from the lowest level."""

    raters: tuple[str, ...]
    items: tuple[tuple[int | None, ...], ...]
    """For each item the place of each rater's rating; None where there is none."""
    levels: tuple[Rank, ...]
    """Every level of the scale in order, used or not; of a scale that is not listed, those that were used."""
    numbers: tuple[Fraction, ...] | None
    """The number of each level; None where levels are words without numbers."""
    is_listed: bool = True
    """Whether `levels` are all that the scale has."""

    @property
    def counts(self) -> tuple[tuple[int, ...], ...]:
        """For each item that anybody has rated how many ratings are at each level."""
        rated = ([place for place in item if place is not None] for item in self.items)
        return tuple(tuple(map(places.count, range(len(self.levels)))) for places in rated if places)

    @property
    def compared(self) -> tuple[tuple[int, ...], ...]:
        """The counts of the items that at least two have rated."""
        return tuple(count for count in self.counts if sum(count) > 1)

    @property
    def varies(self) -> bool:
        """Whether more than one level is used where ratings can be compared: else nothing can be told from chance."""
        return sum(map(bool, map(sum, zip(*self.compared, strict=True)))) > 1

    @property
    def complete(self) -> tuple[tuple[int, ...], ...]:
        """The items that all raters have rated."""
        return tuple(
            tuple(place for place in item if place is not None) for item in self.items if item and None not in item
        )

    def of_pair(self, first: int, second: int) -> tuple[tuple[int, int], ...]:
        """The two raters' ratings of the items that both have rated."""
        pairs = ((item[first], item[second]) for item in self.items)
        return tuple((entry, other) for entry, other in pairs if entry is not None and other is not None)


def make_rating_table(
    ratings: Mapping[str, Mapping[str, Rank]],
    levels: Sequence[Rank],
    numbers: Mapping[Rank, Fraction] | None = None,
    items: Iterable[str] | None = None,
) -> RatingTable:
    """A table of ratings by rater and item; an item not rated is left out of the rater's row.

    `levels` are the ranks of the scale, used or not. For a range of numbers they may be empty; then, and when a rank
    is not among them, the levels are those that were used. `numbers` gives the number of each level; without it ranks
    are numbers themselves, and where it lacks a level, levels have none.
    """
    used = {rank for row in ratings.values() for rank in row.values()}
    is_listed = bool(levels) and used <= set(levels)
    order = tuple(sorted(set(levels) if is_listed else used))
    places = {rank: place for place, rank in enumerate(order)}
    names = sorted({name for row in ratings.values() for name in row}) if items is None else list(items)
    if numbers is None:
        details: tuple[Fraction, ...] | None = tuple(map(Fraction, order))
    else:
        details = tuple(numbers[rank] for rank in order) if all(rank in numbers for rank in order) else None
    return RatingTable(
        raters=tuple(ratings),
        items=tuple(tuple(places[row[name]] if name in row else None for row in ratings.values()) for name in names),
        levels=order,
        numbers=details,
        is_listed=is_listed,
    )
