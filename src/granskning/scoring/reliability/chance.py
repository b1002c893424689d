"""Coefficients that take away what chance alone would give: exact values, and intervals over the items.

All are (observed − expected) / (1 − expected) with weights for how alike two ratings are; they differ in what chance
is taken to do. The family with missing ratings, and its variances by linearisation over the items, follow Gwet (2014),
Handbook of Inter-Rater Reliability, 4th edition; alpha is Krippendorff's own.
Where one and the same level is used throughout, nothing is told from chance, and there is no coefficient.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from granskning.scoring.reliability.estimate import Estimate, of_items, with_variance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.scoring.reliability.distances import Distances
    from granskning.scoring.reliability.rating_table import RatingTable

_PAIR = 2


def percent_agreement(table: RatingTable) -> Estimate | None:
    """The share of pairs of ratings of the same item that are the same level, item by item. It corrects nothing."""
    if not table.compared:
        return None
    identity = [[Fraction(entry == other) for other in range(len(table.levels))] for entry in range(len(table.levels))]
    shares = _observed(table.counts, identity)
    return _spread_over(table.counts, shares, _mean_of(shares))


def fleiss_kappa(table: RatingTable, weights: Distances) -> Estimate | None:
    """Chance uses each level as often as all raters together. Fleiss (1971), Psychological Bulletin 76, 378–382."""
    if not table.varies:
        return None
    used = _use(table.counts)
    by_level = _by_level(used, weights)
    expected = sum((share * level for share, level in zip(used, by_level, strict=True)), Fraction(0))
    return _corrected(table, weights, expected, by_level)


def gwet_ac(table: RatingTable, weights: Distances) -> Estimate | None:
    """Chance is what raters do where they cannot tell. Gwet (2008), Br J Math Stat Psychol 61, 29–48.

    AC1 where all differences weigh the same, AC2 with weights. It takes all levels of the scale, used or not.
    """
    size = len(table.levels)
    if not table.is_listed or not table.varies:
        return None
    factor = sum(sum(row) for row in weights) / Fraction(size * (size - 1))
    used = _use(table.counts)
    expected = factor * sum(share * (1 - share) for share in used)
    return _corrected(table, weights, expected, [factor * (1 - share) for share in used])


def brennan_prediger(table: RatingTable, weights: Distances) -> Estimate | None:
    """Chance uses all levels alike. Brennan and Prediger (1981), Educ Psychol Meas 41, 687–699."""
    if not table.is_listed:
        return None
    expected = sum(sum(row) for row in weights) / Fraction(len(table.levels) ** 2 or 1)
    return _corrected(table, weights, expected, [expected] * len(table.levels))


def krippendorff_alpha(table: RatingTable, weights: Distances) -> Estimate | None:
    """Chance deals out the ratings that were given anew. Only items with at least two ratings count."""
    counts = table.compared
    if not table.varies:
        return None
    number = len(counts)
    raters = [sum(count) for count in counts]
    mean = Fraction(sum(raters), number)
    used = [sum(column) / (number * mean) for column in zip(*counts, strict=True)]
    alike = _alike(counts, weights)
    observed = [(same - rater) / (mean * (rater - 1)) for same, rater in zip(alike, raters, strict=True)]
    whole = _mean_of(observed)
    by_level = _by_level(used, weights)
    expected = sum(share * level for share, level in zip(used, by_level, strict=True))
    if expected == 1:
        return None
    short = Fraction(1, sum(raters))
    value = ((1 - short) * whole + short - expected) / (1 - expected)
    plain = (whole - expected) / (1 - expected)
    parts = []
    for count, rater, own in zip(counts, raters, observed, strict=True):
        extra = (rater - mean) / mean
        by_chance = _by_chance(count, by_level) / mean - expected * extra
        parts.append((own - whole * extra - 2 * (1 - plain) * by_chance) / (1 - expected))
    return of_items(value, parts)


def cohen_kappa(pairs: Sequence[tuple[int, int]], weights: Distances) -> Estimate | None:
    """Chance lets each of two raters use the levels as often as they did. Cohen (1960 and 1968).

    The variance is that of Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72, 323–327.
    """
    number = len(pairs)
    if len({place for pair in pairs for place in pair}) < _PAIR:
        return None
    sides = list(zip(*pairs, strict=True))
    first, second = ([Fraction(side.count(place), number) for place in range(len(weights))] for side in sides)
    by_first, by_second = _by_level(second, weights), _by_level(first, weights)
    observed = sum((weights[entry][other] for entry, other in pairs), Fraction(0)) / number
    expected = sum((share * level for share, level in zip(first, by_first, strict=True)), Fraction(0))
    if expected == 1:
        return None
    value = (observed - expected) / (1 - expected)
    terms = [weights[entry][other] - (1 - value) * (by_first[entry] + by_second[other]) for entry, other in pairs]
    middle = observed - 2 * (1 - value) * expected
    variance = (sum((term * term for term in terms), Fraction(0)) / number - middle * middle) / (
        number * (1 - expected) ** 2
    )
    return with_variance(value, variance, number - 1)


def light_kappa(table: RatingTable, weights: Distances) -> Estimate | None:
    """Cohen's kappa of two raters; of more the mean over the pairs. Light (1971), Psychological Bulletin 76, 365–377.

    Over several pairs there is no interval, and where a pair has no kappa there is no mean of them.
    """
    if len(table.raters) == _PAIR:
        return cohen_kappa(table.of_pair(0, 1), weights)
    each = [cohen_kappa(table.of_pair(*pair), weights) for pair in combinations(range(len(table.raters)), 2)]
    values = [estimate.value for estimate in each if estimate is not None]
    return Estimate(_mean_of(values)) if values and len(values) == len(each) else None


def scott_pi(table: RatingTable, weights: Distances) -> Estimate | None:
    """Fleiss' kappa for exactly two raters. Scott (1955), Public Opinion Quarterly 19, 321–325."""
    return fleiss_kappa(table, weights) if len(table.raters) == _PAIR else None


def _use(counts: Sequence[Sequence[int]]) -> list[Fraction]:
    """How often each level is used, each item counting alike."""
    shares = ([Fraction(number, sum(count)) for number in count] for count in counts)
    return [sum(column, Fraction(0)) / len(counts) for column in zip(*shares, strict=True)]


def _alike(counts: Sequence[Sequence[int]], weights: Sequence[Sequence[Fraction]]) -> list[Fraction]:
    """For each item how alike each rating is to each, itself included, all added up."""
    given = ([(place, number) for place, number in enumerate(count) if number] for count in counts)
    return [
        sum((number * other * weights[k][m] for k, number in item for m, other in item), Fraction(0)) for item in given
    ]


def _by_level(used: Sequence[Fraction], weights: Distances) -> list[Fraction]:
    """For each level how alike the ratings of chance are to it, where chance uses each level so often."""
    given = [(place, share) for place, share in enumerate(used) if share]
    return [sum((share * row[place] for place, share in given), Fraction(0)) for row in weights]


def _by_chance(count: Sequence[int], by_level: Sequence[Fraction]) -> Fraction:
    """The same for the ratings of one item, added up."""
    return sum((number * level for number, level in zip(count, by_level, strict=True) if number), Fraction(0))


def _observed(counts: Sequence[Sequence[int]], weights: Sequence[Sequence[Fraction]]) -> list[Fraction | None]:
    """For each item how alike its ratings are; None with a single one."""
    return [
        (same - rater) / (rater * (rater - 1)) if (rater := sum(count)) > 1 else None
        for same, count in zip(_alike(counts, weights), counts, strict=True)
    ]


def _mean_of(values: Sequence[Fraction | None]) -> Fraction:
    present = [value for value in values if value is not None]
    return sum(present, Fraction(0)) / len(present)


def _spread_over(
    counts: Sequence[Sequence[int]], parts: Sequence[Fraction | None], value: Fraction, shifts: Sequence[Fraction] = ()
) -> Estimate:
    """The estimate from what each item gives; items with one rating give nothing but their shift."""
    factor = Fraction(len(counts), sum(part is not None for part in parts))
    given = [Fraction(0) if part is None else factor * part for part in parts]
    moved = shifts or [Fraction(0)] * len(given)
    return of_items(value, [own - shift for own, shift in zip(given, moved, strict=True)])


def _corrected(
    table: RatingTable, weights: Distances, expected: Fraction, by_level: Sequence[Fraction]
) -> Estimate | None:
    """The coefficient with what chance is expected to give, in all and for a rating at each level."""
    if not table.varies or expected == 1:
        return None
    observed = _observed(table.counts, weights)
    value = (_mean_of(observed) - expected) / (1 - expected)
    parts = [None if own is None else (own - expected) / (1 - expected) for own in observed]
    shifts = [
        2 * (1 - value) * _by_chance(count, by_level) / (Fraction(sum(count)) * (1 - expected))
        for count in table.counts
    ]
    return _spread_over(table.counts, parts, value, shifts)
