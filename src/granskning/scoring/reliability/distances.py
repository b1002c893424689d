"""How far apart two ratings are, by level of measurement: a table of distances out, the longest of them 1.

Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section E, has the differences of alpha: nominal,
ordinal by the ratings between, interval by the numbers, ratio by the numbers relative to their sum, all squared.
Weighted kappa and its kin count steps on the scale where only order counts: Cohen (1968), Psychological Bulletin 70.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from granskning.model.rater_agreement import DeclaredAgreement
    from granskning.scoring.reliability.rating_table import RatingTable

Distances: TypeAlias = "tuple[tuple[Fraction, ...], ...]"
"""From each level to each, both in the scale's order."""


def nominal(table: RatingTable) -> Distances:
    """All levels equally far apart."""
    return _table(len(table.levels), lambda entry, other: Fraction(entry != other))


def steps(table: RatingTable) -> Distances:
    """The number of steps between levels; on a scale that is not listed, the distance between its numbers."""
    return _scaled(
        _apart([Fraction(place) for place in (range(len(table.levels)) if table.is_listed else table.levels)])
    )


def ordinal(table: RatingTable) -> Distances:
    """Krippendorff's ordinal difference: the ratings between two levels, with half of those at the two ends.

    Only ratings that can be compared are counted, as in his table of coincidences.
    """
    used = [sum(column) for column in zip(*table.compared, strict=True)]
    return _scaled(_apart([Fraction(2 * sum(used[:place]) + count, 2) for place, count in enumerate(used)]))


def interval(table: RatingTable) -> Distances | None:
    """The distance between the levels' numbers; None where levels have none."""
    return None if table.numbers is None else _scaled(_apart(table.numbers))


def ratio(table: RatingTable) -> Distances | None:
    """That distance as a share of the two numbers' sum; None where levels have no numbers, or any below 0."""
    numbers = table.numbers
    if numbers is None or any(number < 0 for number in numbers):
        return None

    def share(entry: int, other: int) -> Fraction:
        whole = numbers[entry] + numbers[other]
        return abs(numbers[entry] - numbers[other]) / whole if whole else Fraction(0)

    return _scaled(_table(len(numbers), share))


def declared(table: RatingTable, keys: Sequence[str], agreement: DeclaredAgreement) -> Distances | None:
    """The set's own table; `keys` are those of the levels. None where it does not say how far apart two levels are."""
    given = {frozenset(pair): distance for *pair, distance in agreement.distances}
    if len(keys) != len(table.levels) or any(
        frozenset((entry, other)) not in given for entry in keys for other in keys if entry != other
    ):
        return None
    return _scaled(
        _table(
            len(keys),
            lambda entry, other: Fraction(0) if entry == other else given[frozenset((keys[entry], keys[other]))],
        )
    )


def squared(distances: Distances) -> Distances:
    """Each distance times itself."""
    return tuple(tuple(distance * distance for distance in row) for row in distances)


def alike(distances: Distances) -> Distances:
    """How alike two ratings are: 1 less the distance."""
    return tuple(tuple(1 - distance for distance in row) for row in distances)


def _table(size: int, distance: Callable[[int, int], Fraction]) -> Distances:
    return tuple(tuple(distance(entry, other) for other in range(size)) for entry in range(size))


def _apart(places: Sequence[Fraction]) -> Distances:
    return _table(len(places), lambda entry, other: abs(places[entry] - places[other]))


def _scaled(distances: Distances) -> Distances:
    """The distances as shares of the longest."""
    longest = max((distance for row in distances for distance in row), default=Fraction(0))
    return tuple(tuple(distance / longest for distance in row) for row in distances) if longest else distances
