"""Concordance and correlation of raters over items that all of them have rated: Kendall's W and the ICC, exactly.

Kendall and Babington Smith (1939), Annals of Mathematical Statistics 10, 275–287, with the correction for ties.
Shrout and Fleiss (1979), Psychological Bulletin 86, 420–428, and McGraw and Wong (1996), Psychological Methods 1,
30–46, whose names ICC(1), ICC(A,1) and ICC(C,1) are used: single ratings, with intervals from F.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from granskning.scoring.reliability.estimate import UPPER, Estimate, f_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.scoring.reliability.rating_table import RatingTable

_FEWEST = 2


class _Squares(NamedTuple):
    """Mean squares of a table of items and raters."""

    items: int
    raters: int
    between_items: Fraction
    between_raters: Fraction
    rest: Fraction
    within: Fraction


def kendall_w(table: RatingTable) -> Estimate | None:
    """How far the raters put the items in the same order; no interval is known for it."""
    items = table.complete
    raters, number = len(table.raters), len(items)
    if raters < _FEWEST or number < _FEWEST:
        return None
    ranked = [_ranks(column) for column in zip(*items, strict=True)]
    sums = [sum(column) for column in zip(*ranked, strict=True)]
    mean = Fraction(sum(sums)) / number
    ties = sum(column.count(place) ** 3 - column.count(place) for column in zip(*items, strict=True)
               for place in set(column))  # fmt: skip
    most = raters**2 * (number**3 - number) - raters * ties
    return Estimate(12 * sum((own - mean) ** 2 for own in sums) / most) if most else None


def _ranks(places: Sequence[int]) -> list[Fraction]:
    """From 1, equal ones sharing the mean of their ranks."""
    ordered = sorted(places)
    return [ordered.index(place) + Fraction(ordered.count(place) + 1, 2) for place in places]


def icc_one_way(table: RatingTable) -> Estimate | None:
    """ICC(1): what is common to an item, where it does not matter which rater is which."""
    squares = _squares(table)
    if squares is None:
        return None
    items, raters, between, _, _, within = squares
    whole = between + (raters - 1) * within
    if not whole:
        return None
    return _with_interval((between - within) / whole, squares, within, items * (raters - 1))


def icc_consistency(table: RatingTable) -> Estimate | None:
    """ICC(C,1): the same, where a rater who is always stricter does no harm."""
    squares = _squares(table)
    if squares is None:
        return None
    items, raters, between, _, rest, _ = squares
    whole = between + (raters - 1) * rest
    if not whole:
        return None
    return _with_interval((between - rest) / whole, squares, rest, (items - 1) * (raters - 1))


def icc_agreement(table: RatingTable) -> Estimate | None:
    """ICC(A,1): the same, where a rater who is always stricter is a difference like any other."""
    squares = _squares(table)
    if squares is None:
        return None
    items, raters, between, judges, rest, _ = squares
    whole = between + (raters - 1) * rest + Fraction(raters, items) * (judges - rest)
    if not whole:
        return None
    value = (between - rest) / whole
    if not rest:
        return Estimate(value)
    low, high = _two_way_interval(float(value), squares)
    return Estimate(value, None, low, high)


def _two_way_interval(value: float, squares: _Squares) -> tuple[float, float]:
    """McGraw and Wong's, with Satterthwaite's degrees of freedom."""
    items, raters = squares.items, squares.raters
    between, judges, rest = (float(mean) for mean in squares[2:5])
    ratio = judges / rest
    share = items * (1 + (raters - 1) * value) - raters * value
    upper = (raters - 1) * (items - 1) * (raters * value * ratio + share) ** 2
    freedom = upper / ((items - 1) * raters**2 * value**2 * ratio**2 + share**2)
    own = raters * judges + (raters * items - raters - items) * rest
    least, most = f_quantile(UPPER, items - 1, freedom), f_quantile(UPPER, freedom, items - 1)
    low = items * (between - least * rest) / (least * own + items * between)
    return low, items * (most * between - rest) / (own + items * most * between)


def _with_interval(value: Fraction, squares: _Squares, error: Fraction, freedom: int) -> Estimate:
    """An ICC whose items are held against one mean square; without any error there is no interval."""
    if not error:
        return Estimate(value)
    raters, above = squares.raters, squares.items - 1
    ratio = float(squares.between_items / error)
    low, high = ratio / f_quantile(UPPER, above, freedom), ratio * f_quantile(UPPER, freedom, above)
    return Estimate(value, None, (low - 1) / (low + raters - 1), (high - 1) / (high + raters - 1))


def _squares(table: RatingTable) -> _Squares | None:
    """Of the items that all have rated, by their numbers; None where there are too few, or nothing varies."""
    numbers, places = table.numbers, table.complete
    raters, items = len(table.raters), len(places)
    if numbers is None or raters < _FEWEST or items < _FEWEST or len({p for item in places for p in item}) < _FEWEST:
        return None
    values = [[numbers[place] for place in item] for item in places]
    mean = sum((value for item in values for value in item), Fraction(0)) / (items * raters)
    by_item = [sum(item, Fraction(0)) / raters for item in values]
    by_rater = [sum(column, Fraction(0)) / items for column in zip(*values, strict=True)]
    whole = sum(((value - mean) ** 2 for item in values for value in item), Fraction(0))
    between = raters * sum(((own - mean) ** 2 for own in by_item), Fraction(0))
    judges = items * sum(((own - mean) ** 2 for own in by_rater), Fraction(0))
    rest = whole - between - judges
    return _Squares(
        items,
        raters,
        between / (items - 1),
        judges / (raters - 1),
        rest / ((items - 1) * (raters - 1)),
        (whole - between) / (items * (raters - 1)),
    )
