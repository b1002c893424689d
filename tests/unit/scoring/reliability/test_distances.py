"""Distances between levels, and which of them a coefficient is told to have taken."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.model.rater_agreement import DeclaredAgreement
from granskning.scoring.reliability.coefficients import coefficients
from granskning.scoring.reliability.distances import declared, interval
from granskning.scoring.reliability.rating_table import make_rating_table

if TYPE_CHECKING:
    from granskning.scoring.reliability.agreement import Rank

RATINGS: dict[str, dict[str, Rank]] = {"x": {"i1": 0, "i2": 1, "i3": 2}, "y": {"i1": 0, "i2": 2, "i3": 2}}
NUMBERS: dict[Rank, Fraction] = {0: Fraction(0), 1: Fraction(1), 2: Fraction(4)}


def test_distances_are_shares_of_the_longest() -> None:
    apart = interval(make_rating_table(RATINGS, range(3), NUMBERS))
    assert apart is not None
    assert [[float(share) for share in row] for row in apart] == [[0, 0.25, 1], [0.25, 0, 0.75], [1, 0.75, 0]]


def test_a_sets_own_distances_are_none_unless_it_tells_them_all() -> None:
    table = make_rating_table(RATINGS, range(3), NUMBERS)
    pairs = (("0", "1", Fraction(1)), ("2", "1", Fraction(2)), ("0", "2", Fraction(4)))
    told = declared(table, "012", DeclaredAgreement(distances=pairs))
    assert told is not None
    assert [[float(share) for share in row] for row in told] == [[0, 0.25, 1], [0.25, 0, 0.5], [1, 0.5, 0]]
    for left in range(3):
        assert declared(table, "012", DeclaredAgreement(distances=pairs[:left])) is None
    assert declared(table, "01", DeclaredAgreement(distances=pairs)) is None


def test_what_ranks_takes_the_order_and_what_reckons_takes_the_numbers() -> None:
    agreement = DeclaredAgreement("interval", ("kendall_w", "icc_agreement"))
    measures = coefficients(RATINGS, range(3), NUMBERS, agreement).measures
    assert [measure.distances for measure in measures] == ["order", "interval"]
