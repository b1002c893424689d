"""Coefficients held against tables that others have published, and against a second way to each figure."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from granskning.scoring.reliability import chance, distances, variance
from granskning.scoring.reliability.estimate import f_quantile, t_quantile
from granskning.scoring.reliability.rating_table import make_rating_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.scoring.reliability.distances import Distances
    from granskning.scoring.reliability.estimate import Estimate
    from granskning.scoring.reliability.rating_table import RatingTable


def rows(levels: Sequence[int], *given: str) -> RatingTable:
    """From one line of numbers for each rater; `*` is no rating."""
    ratings = {
        f"r{row}": {f"i{column:03}": int(rank) for column, rank in enumerate(line.split()) if rank != "*"}
        for row, line in enumerate(given)
    }
    return make_rating_table(ratings, levels)


def spread(*counts: Sequence[int]) -> RatingTable:
    """From how many raters put each item at each level."""
    ratings: dict[str, dict[str, int]] = {f"r{rater}": {} for rater in range(sum(counts[0]))}
    for item, count in enumerate(counts):
        places = [place for place, number in enumerate(count) for _ in range(number)]
        for rater, place in enumerate(places):
            ratings[f"r{rater}"][f"i{item:03}"] = place
    return make_rating_table(ratings, range(len(counts[0])))


def crossed(*counts: Sequence[int]) -> RatingTable:
    """Two raters, from how many items the one has at a row's level and the other at a column's."""
    pairs = [
        (row, column) for row, line in enumerate(counts) for column, times in enumerate(line) for _ in range(times)
    ]
    ratings = {name: {f"i{n:03}": pair[who] for n, pair in enumerate(pairs)} for who, name in enumerate(("one", "two"))}
    return make_rating_table(ratings, range(len(counts)))


def plain(table: RatingTable) -> Distances:
    return distances.alike(distances.nominal(table))


def by_square(apart: Distances | None) -> Distances:
    assert apart is not None
    return distances.alike(distances.squared(apart))


def holds(estimate: Estimate | None, value: float, error: float | None = None, ends: tuple[float, float] | None = None,
          digits: float = 0.000006) -> None:  # fmt: skip
    assert estimate is not None
    assert float(estimate.value) == pytest.approx(value, abs=digits)
    if error is not None:
        assert estimate.error == pytest.approx(error, abs=0.000006)
    if ends is not None:
        assert (estimate.low, estimate.high) == pytest.approx(ends, abs=0.0006)


RAW = rows(
    range(1, 6),
    "1 2 3 3 2 1 4 1 2 * * *",
    "1 2 3 3 2 2 4 1 2 5 * *",
    "* 3 3 3 2 3 4 2 2 5 1 3",
    "1 2 3 3 2 4 4 1 2 5 1 *",
)
"""Four raters, twelve items, with missing ratings: Krippendorff (2011), and cac.raw4raters of Gwet's irrCAC."""

PATIENTS = spread(
    (0, 0, 0, 6, 0), (0, 3, 0, 0, 3), (0, 1, 4, 0, 1), (0, 0, 0, 0, 6), (0, 3, 0, 3, 0), (2, 0, 4, 0, 0),
    (0, 0, 4, 0, 2), (2, 0, 3, 1, 0), (2, 0, 0, 4, 0), (0, 0, 0, 0, 6), (1, 0, 0, 5, 0), (1, 1, 0, 4, 0),
    (0, 3, 3, 0, 0), (1, 0, 0, 5, 0), (0, 2, 0, 3, 1), (0, 0, 5, 0, 1), (3, 0, 0, 1, 2), (5, 1, 0, 0, 0),
    (0, 2, 0, 4, 0), (1, 0, 2, 0, 3), (0, 0, 0, 0, 6), (0, 1, 0, 5, 0), (0, 2, 0, 1, 3), (2, 0, 0, 4, 0),
    (1, 0, 0, 4, 1), (0, 5, 0, 1, 0), (4, 0, 0, 0, 2), (0, 2, 0, 4, 0), (1, 0, 5, 0, 0), (0, 0, 0, 0, 6),
)  # fmt: skip
"""Fleiss (1971), Psychological Bulletin 76, table 1: six psychiatrists, thirty patients, five diagnoses."""


def test_gwet_handbook_with_missing_ratings() -> None:
    """Gwet (2014), as irrCAC prints it for cac.raw4raters: value, standard error, 95 % interval."""
    holds(chance.percent_agreement(RAW), 0.81818, 0.12561, (0.542, 1))
    holds(chance.gwet_ac(RAW, plain(RAW)), 0.77544, 0.14295, (0.461, 1))
    holds(chance.fleiss_kappa(RAW, plain(RAW)), 0.76117, 0.15302, (0.424, 1))
    holds(chance.brennan_prediger(RAW, plain(RAW)), 0.77273, 0.14472, (0.454, 1))
    holds(chance.krippendorff_alpha(RAW, plain(RAW)), 0.74342, None, (0.419, 1))


def test_krippendorff_by_level_of_measurement() -> None:
    """Krippendorff (2011), sections C to E: nominal 0.743, ordinal 0.815, interval 0.849, ratio 0.797."""
    kinds = (distances.nominal, distances.ordinal, distances.interval, distances.ratio)
    found = [chance.krippendorff_alpha(RAW, by_square(kind(RAW))) for kind in kinds]
    for estimate, value in zip(found, (0.743, 0.815, 0.849, 0.797), strict=True):
        holds(estimate, value, digits=0.0005)


def test_fleiss_1971() -> None:
    """Fleiss' own table: 0.430, to seven digits 0.4302445 in R's irr. irrCAC has the first fifteen patients."""
    holds(chance.fleiss_kappa(PATIENTS, plain(PATIENTS)), 0.4302445, digits=5e-8)
    few = make_rating_table(
        {name: {f"{n:02}": place for n, item in enumerate(PATIENTS.items[:15])
             if (place := item[rater]) is not None}
         for rater, name in enumerate(PATIENTS.raters)}, range(5),
    )  # fmt: skip
    holds(chance.gwet_ac(few, plain(few)), 0.4448007, 0.08418757, (0.264, 0.625))
    holds(chance.fleiss_kappa(few, plain(few)), 0.4139265, 0.08119291, (0.24, 0.588))
    holds(chance.brennan_prediger(few, plain(few)), 0.4388889, 0.08312142, (0.261, 0.617))
    holds(chance.krippendorff_alpha(few, plain(few)), 0.4204384)


def test_two_abstractors() -> None:
    """irrCAC's cont3x3abstractors; Cohen's interval too. Its other errors divide by n instead of n − 1."""
    table = crossed((13, 0, 0), (0, 20, 7), (0, 4, 56))
    holds(chance.cohen_kappa(table.of_pair(0, 1), plain(table)), 0.7964094, 0.05891072, (0.68, 0.913))
    holds(chance.scott_pi(table, plain(table)), 0.7962397)
    holds(chance.gwet_ac(table, plain(table)), 0.8493305)
    holds(chance.brennan_prediger(table, plain(table)), 0.835)
    holds(chance.krippendorff_alpha(table, plain(table)), 0.7972585)
    holds(chance.percent_agreement(table), 0.89)


def test_landis_and_koch_1977() -> None:
    """Landis and Koch (1977), Biometrics 33, 159–174: two neurologists and 149 patients of Winnipeg, κ = .208."""
    table = crossed((38, 5, 0, 1), (33, 11, 3, 0), (10, 14, 5, 6), (3, 7, 3, 10))
    holds(chance.cohen_kappa(table.of_pair(0, 1), plain(table)), 0.208, digits=0.0005)


def test_errors_of_plain_and_weighted_kappa() -> None:
    """The printout of SAS PROC FREQ that statsmodels tests against: .4842 ± .1380 and .4701 ± .1457."""
    table = crossed((0, 4, 1), (0, 8, 0), (0, 1, 5))
    for weights, value, error in (
        (plain(table), 0.4842, 0.1380), (distances.alike(distances.steps(table)), 0.4701, 0.1457),
    ):  # fmt: skip
        estimate = chance.cohen_kappa(table.of_pair(0, 1), weights)
        assert estimate is not None
        assert (float(estimate.value), estimate.error) == pytest.approx((value, error), abs=0.00006)


JUDGES = rows(range(1, 11), "9 6 8 7 10 6", "2 1 4 1 5 2", "5 3 6 2 6 4", "8 2 8 6 9 7")
"""Shrout and Fleiss (1979), Psychological Bulletin 86, table 2: four judges, six targets."""


def test_shrout_and_fleiss_1979() -> None:
    """Their table 4: .17, .29 and .71; the intervals as R's psych::ICC prints them."""
    holds(variance.icc_one_way(JUDGES), 0.17, digits=0.005)
    holds(variance.icc_agreement(JUDGES), 0.29, digits=0.005)
    holds(variance.icc_consistency(JUDGES), 0.71, digits=0.005)
    found = [variance.icc_one_way(JUDGES), variance.icc_agreement(JUDGES), variance.icc_consistency(JUDGES)]
    shown = [(round(one.low or 0, 2), round(one.high or 0, 2)) for one in found if one is not None]
    assert shown == [(-0.13, 0.72), (0.02, 0.76), (0.34, 0.95)]


def test_kendall_is_the_mean_rank_correlation_of_pairs() -> None:
    """W = (r̄ (m − 1) + 1) / m with the mean of Spearman's r over the pairs (Kendall 1948), here without ties."""

    def spearman(one: Sequence[int], other: Sequence[int]) -> Fraction:
        places = [[sorted(column).index(value) for value in column] for column in (one, other)]
        size = len(one)
        return 1 - Fraction(6 * sum((a - b) ** 2 for a, b in zip(*places, strict=True)), size**3 - size)

    table = rows(range(1, 7), "1 2 3 4 5 6", "2 1 4 3 6 5", "1 3 2 6 4 5")
    columns = list(zip(*table.complete, strict=True))
    each = [spearman(one, other) for one, other in combinations(columns, 2)]
    estimate = variance.kendall_w(table)
    assert estimate is not None
    assert estimate.value == (sum(each) / len(each) * 2 + 1) / 3
    assert (estimate.low, estimate.high) == (None, None)


def test_quantiles_as_in_printed_tables() -> None:
    assert [round(t_quantile(0.975, freedom), 3) for freedom in (1, 5, 11, 30)] == [12.706, 2.571, 2.201, 2.042]
    assert [round(f_quantile(0.975, *pair), 2) for pair in ((5, 15), (3, 10), (1, 1))] == [3.58, 4.83, 647.79]


def test_weighted_by_the_sets_own_distances_is_what_the_same_numbers_give() -> None:
    from granskning.model.rater_agreement import DeclaredAgreement  # noqa: PLC0415

    own = DeclaredAgreement(distances=tuple((str(a), str(b), Fraction(b - a)) for a, b in combinations(range(1, 6), 2)))
    assert distances.declared(RAW, "12345", own) == distances.interval(RAW)
    assert distances.declared(RAW, "1234", own) is None


CONSTANT = rows(range(4), "1 1 1", "1 1 1")
ONE_RATER = rows(range(4), "1 2 3")


@pytest.mark.parametrize("table", [CONSTANT, ONE_RATER, rows(range(4)), rows(range(4), "1 * *", "* 2 3")])
def test_nothing_to_tell_from_chance_is_no_number(table: RatingTable) -> None:
    weights = plain(table)
    for corrected in (
        chance.fleiss_kappa, chance.gwet_ac, chance.brennan_prediger, chance.krippendorff_alpha, chance.scott_pi,
        chance.light_kappa,
    ):  # fmt: skip
        assert corrected(table, weights) is None
    for compared in (variance.kendall_w, variance.icc_one_way, variance.icc_agreement, variance.icc_consistency):
        assert compared(table) is None
    assert chance.percent_agreement(CONSTANT) is not None  # it corrects nothing
    assert chance.percent_agreement(ONE_RATER) is None


def test_full_agreement_has_no_interval() -> None:
    """No width comes out of the formula, and ten items alike are no certainty."""
    table = rows(range(3), "0 1 2 2", "0 1 2 2")
    for estimate in (chance.fleiss_kappa(table, plain(table)), chance.percent_agreement(table),
                     variance.icc_agreement(table)):  # fmt: skip
        assert estimate is not None
        assert estimate.value == 1
        assert (estimate.low, estimate.high) == (None, None)
