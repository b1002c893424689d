"""Agreement beyond chance: ranks by reviewer in, Cohen's kappa and Krippendorff's alpha out. No verdict on them.

The formulas are NLTK's (`nltk.metrics.agreement`); the distances between ranks, which tell the kinds of a coefficient
apart, are made here. NLTK takes a good while to import, so only who calculates imports it. All is put in order first:
the sums are of floats, and the same ratings must give the same digits whatever order they come in.

Cohen (1960), Educational and Psychological Measurement 20, 37–46, and (1968), Psychological Bulletin 70, 213–220.
Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, https://repository.upenn.edu/asc_papers/43.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import lcm
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.scoring.agreement import Rank

Distances: TypeAlias = "list[list[float]]"
"""From each used rank to each, both in order from the lowest; between 0 and 1, as NLTK wants them."""

FEWEST_LEVELS, MOST_LEVELS = 3, 10
"""The numbers of levels that the rule for few items was tested on."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa for two reviewers.

    None is undefined: no item in common, or one and the same level throughout, when nothing can be told from chance.
    """

    reviewers: tuple[str, str]
    items: int
    """Criteria that both have rated."""
    plain: float | None
    linear: float | None
    """Weighted by the number of steps between the levels."""
    quadratic: float | None
    """Weighted by its square."""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Cohen's kappa for every two reviewers, and Krippendorff's alpha over all of them."""

    kappas: tuple[Kappa, ...]
    """In the order of the table's reviewers."""
    nominal: float | None
    """Alpha where levels are only equal or not; None, as the two below, when undefined."""
    ordinal: float | None
    """Alpha where only the order of the ranks counts."""
    interval: float | None
    """Alpha where the ranks are numbers, with equal distances between them."""
    items: int
    """Criteria with at least two ratings."""
    few: bool
    """Whether the items are too few to lean on: fewer than twice the square of the number of levels.

    Below that, weighted kappa does not follow the distribution that its standard error supposes, so that chance may
    move it far: 18 items for three levels, 32 for four. Cicchetti (1981), Testing the normal approximation and minimal
    sample size requirements of weighted kappa when the number of categories is large, Applied Psychological
    Measurement 5, 101–104; for three to ten levels, and the nearest of these is used for fewer and more.
    """


def coefficients(table: Mapping[str, Mapping[str, Rank]], levels: Sequence[Rank]) -> Coefficients:
    """Calculate all coefficients of a table: reviewer, criterion, rank. A criterion not rated is left out of its row.

    `levels` is every rank of the scale, used or not: weighted kappa counts steps on the full scale. For a number range
    that cannot be listed it may be empty; then (and when a rank is not among the levels) distances are between numbers.
    """
    used = {rank for ranks in table.values() for rank in ranks.values()}
    steps: dict[Rank, Rank] = {level: step for step, level in enumerate(sorted(set(levels)))}
    if not used <= steps.keys():
        steps = {rank: rank for rank in used}
    criteria = sorted({criterion for ranks in table.values() for criterion in ranks})
    rated = [sorted(ranks[criterion] for ranks in table.values() if criterion in ranks) for criterion in criteria]
    items = [ratings for ratings in rated if len(ratings) > 1]
    nominal, ordinal, interval = _alphas(items)
    number = min(max(len({*levels, *used}), FEWEST_LEVELS), MOST_LEVELS)
    return Coefficients(
        kappas=tuple(_kappa(pair, table, steps) for pair in combinations(table, 2)),
        nominal=nominal,
        ordinal=ordinal,
        interval=interval,
        items=len(items),
        few=len(items) < 2 * number**2,
    )


def _kappa(pair: tuple[str, str], table: Mapping[str, Mapping[str, Rank]], steps: Mapping[Rank, Rank]) -> Kappa:
    one, other = (table[reviewer] for reviewer in sorted(pair))
    items = [(steps[one[criterion]], steps[other[criterion]]) for criterion in sorted(one.keys() & other.keys())]
    used = sorted({step for item in items for step in item})
    if len(used) < 2:  # noqa: PLR2004  # nothing to tell apart
        return Kappa(pair, len(items), None, None, None)
    # with all distances equal, weighted kappa is plain kappa
    kinds = (_unequal(used), _apart(used, 1), _apart(used, 2))
    plain, linear, quadratic = (float(_task(items, used, kind).weighted_kappa_pairwise(0, 1)) for kind in kinds)
    return Kappa(pair, len(items), plain, linear, quadratic)


def _alphas(items: Sequence[Sequence[Rank]]) -> tuple[float | None, float | None, float | None]:
    """Nominal, ordinal, interval. Alpha does not ask who gave a rating, so items are the bare ratings in order."""
    ratings = sorted(rank for item in items for rank in item)
    used = sorted(set(ratings))
    if len(used) < 2:  # noqa: PLR2004  # nothing to tell apart
        return None, None, None
    kinds = (_unequal(used), _between(ratings, used), _apart(used, 2))
    nominal, ordinal, interval = (float(_task(items, used, kind).alpha()) for kind in kinds)
    return nominal, ordinal, interval


def _unequal(used: Sequence[Rank]) -> Distances:
    return [[float(one != other) for other in used] for one in used]


def _apart(used: Sequence[Rank], power: int) -> Distances:
    """How far apart they are, as a share of the longest distance, to the power."""
    unit = lcm(*(rank.denominator for rank in used))
    whole = [int(rank * unit) for rank in used]  # whole numbers divide to the nearest float, whatever their size
    longest = whole[-1] - whole[0]
    return [[(abs(one - other) / longest) ** power for other in whole] for one in whole]


def _between(ratings: Sequence[Rank], used: Sequence[Rank]) -> Distances:
    """The square of the number of ratings from the one rank to the other, with half of those at the two ends.

    That is Krippendorff's ordinal difference. The middles of the ranks, counted in ratings, are that far apart.
    """
    counts = [ratings.count(rank) for rank in used]
    return _apart([2 * sum(counts[:place]) + count for place, count in enumerate(counts)], 2)


def _task(items: Sequence[Sequence[Rank]], used: Sequence[Rank], distances: Distances) -> Any:
    """NLTK's view of the ratings: triples of coder, item and label. Small integers keep its sets in order."""
    from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]  # noqa: PLC0415

    labels = {rank: label for label, rank in enumerate(used)}
    triples = [(coder, item, labels[rank]) for item, ranks in enumerate(items) for coder, rank in enumerate(ranks)]
    return AnnotationTask(triples, distance=lambda item, other: distances[item][other])
