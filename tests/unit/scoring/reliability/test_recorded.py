"""Coefficients held against what other programs make of the same tables; record_figures.py tells which, and how."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from granskning.scoring.reliability import chance, distances, variance
from granskning.scoring.reliability.estimate import f_quantile, incomplete_beta, t_quantile
from granskning.scoring.reliability.rating_table import make_rating_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.scoring.reliability.distances import Distances
    from granskning.scoring.reliability.estimate import Estimate
    from granskning.scoring.reliability.rating_table import RatingTable

RECORD = json.loads(Path(__file__).with_name("recorded_figures.json").read_text("utf-8"))
TABLES: list[dict[str, Any]] = RECORD["tables"]
COMPLETE = [entry for entry in TABLES if "complete" in entry]
FAMILY: dict[str, Callable[[RatingTable, Distances], Estimate | None]] = {
    "gwet_ac": chance.gwet_ac,
    "fleiss_kappa": chance.fleiss_kappa,
    "brennan_prediger": chance.brennan_prediger,
    "krippendorff_alpha": chance.krippendorff_alpha,
}
CORRELATIONS: dict[str, Callable[[RatingTable], Estimate | None]] = {
    "ICC(1,1)": variance.icc_one_way,
    "ICC(A,1)": variance.icc_agreement,
    "ICC(C,1)": variance.icc_consistency,
}


def of(entry: dict[str, Any]) -> RatingTable:
    ratings = {
        f"{rater}": {f"{item:03}": place for item, place in enumerate(row) if place is not None}
        for rater, row in enumerate(entry["rows"])
    }
    return make_rating_table(ratings, range(entry["levels"]))


def weights(table: RatingTable, name: str) -> Distances:
    apart = distances.nominal(table) if name == "plain" else distances.steps(table)
    return distances.alike(distances.squared(apart) if name == "quadratic" else apart)


@pytest.mark.parametrize("entry", TABLES)
def test_gwets_family_with_errors_and_intervals(entry: dict[str, Any]) -> None:
    """irrCAC linearises alpha around an agreement that is already corrected for few ratings: where ratings are missing
    its error is another by less than a hundredth.
    """
    table, is_whole = of(entry), all(None not in row for row in entry["rows"])
    for name, (value, error, low, high) in entry["gwet"].items():
        coefficient, way = name.split()
        estimate = FAMILY[coefficient](table, weights(table, way))
        assert estimate is not None
        assert estimate.low is not None
        assert float(estimate.value) == pytest.approx(value, abs=1e-9), name
        near = 1e-9 if is_whole or coefficient != "krippendorff_alpha" else 0.003
        assert (estimate.error, estimate.low, estimate.high) == pytest.approx((error, low, high), abs=near), name


@pytest.mark.parametrize("entry", TABLES)
def test_kappa_of_each_two_with_its_error(entry: dict[str, Any]) -> None:
    table = of(entry)
    for name, (value, error) in entry["kappa"].items():
        first, second, way = name.split()
        estimate = chance.cohen_kappa(table.of_pair(int(first), int(second)), weights(table, way))
        assert estimate is not None
        assert (float(estimate.value), estimate.error) == pytest.approx((value, error), abs=1e-9), name


@pytest.mark.parametrize("entry", TABLES)
def test_the_kappa_of_several_is_the_mean_of_each_two(entry: dict[str, Any]) -> None:
    table = of(entry)
    pairs = list(combinations(range(len(entry["rows"])), 2))
    for way in ("plain", "linear", "quadratic"):
        estimate = chance.light_kappa(table, weights(table, way))
        assert estimate is not None
        mean = sum(entry["kappa"][f"{one} {two} {way}"][0] for one, two in pairs) / len(pairs)
        assert float(estimate.value) == pytest.approx(mean, abs=1e-9)


@pytest.mark.parametrize("entry", TABLES)
def test_alpha_by_level_of_measurement(entry: dict[str, Any]) -> None:
    table = of(entry)
    ways = {"nominal": distances.nominal, "ordinal": distances.ordinal,
            "interval": distances.interval, "ratio": distances.ratio}  # fmt: skip
    for name, value in entry["alpha"].items():
        apart = ways[name](table)
        assert apart is not None
        estimate = chance.krippendorff_alpha(table, distances.alike(distances.squared(apart)))
        assert estimate is not None
        assert float(estimate.value) == pytest.approx(value, abs=1e-9), name


@pytest.mark.parametrize("entry", COMPLETE)
def test_correlations_with_their_intervals(entry: dict[str, Any]) -> None:
    table = of(entry)
    for name, coefficient in CORRELATIONS.items():
        estimate = coefficient(table)
        assert estimate is not None
        ours = (float(estimate.value), estimate.low, estimate.high)
        assert ours == pytest.approx(entry["complete"][name], abs=1e-8), name


@pytest.mark.parametrize("entry", COMPLETE)
def test_kendalls_w_by_the_mean_of_rank_correlations_where_nothing_ties(entry: dict[str, Any]) -> None:
    rows = [[9 * place + item for item, place in enumerate(row)] for row in entry["rows"]]
    ranked = {f"{n}": {f"{m:03}": place for m, place in enumerate(row)} for n, row in enumerate(rows)}
    table = make_rating_table(ranked, sorted({place for row in rows for place in row}))
    estimate = variance.kendall_w(table)
    assert estimate is not None
    assert float(estimate.value) == pytest.approx(entry["complete"]["kendall_w"], abs=1e-9)


def test_quantiles() -> None:
    for freedom, value in RECORD["quantiles"]["t"]:
        assert t_quantile(0.975, freedom) == pytest.approx(value, rel=1e-8)
    for above, below, value in RECORD["quantiles"]["f"]:
        assert f_quantile(0.975, above, below) == pytest.approx(value, rel=1e-8)
    for x, a, b, value in RECORD["quantiles"]["beta"]:
        assert incomplete_beta(x, a, b) == pytest.approx(value, rel=1e-8)
