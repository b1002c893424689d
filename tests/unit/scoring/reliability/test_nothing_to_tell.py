"""Coefficients where levels are told apart by nothing, where raters agree wholly, and functions at their ends."""

from __future__ import annotations

from fractions import Fraction

import pytest

from granskning.model.method import Level, Scale
from granskning.scoring.national.national_figures import TakenUp
from granskning.scoring.reliability.chance import cohen_kappa, krippendorff_alpha
from granskning.scoring.reliability.coefficients import coefficients
from granskning.scoring.reliability.estimate import Estimate, incomplete_beta
from granskning.scoring.reliability.question_agreement import measured_levels
from granskning.scoring.reliability.rating_table import make_rating_table
from granskning.scoring.reliability.variance import icc_agreement, icc_consistency, icc_one_way, kendall_w

ALIKE = ((Fraction(1), Fraction(1)), (Fraction(1), Fraction(1)))
RATINGS = {"x": {"i": 0, "j": 1}, "y": {"i": 1, "j": 1}}


def test_levels_that_no_weight_tells_apart_have_no_coefficient() -> None:
    assert krippendorff_alpha(make_rating_table(RATINGS, (0, 1)), ALIKE) is None
    assert cohen_kappa([(0, 1), (1, 1)], ALIKE) is None


def test_two_items_are_enough_to_be_put_in_the_same_order() -> None:
    same = make_rating_table({"x": {"i": 0, "j": 1}, "y": {"i": 0, "j": 2}}, (0, 1, 2))
    turned = make_rating_table({"x": {"i": 0, "j": 1}, "y": {"i": 2, "j": 0}}, (0, 1, 2))
    one = make_rating_table({"x": {"i": 0}, "y": {"i": 2}}, (0, 1, 2))
    found = [kendall_w(table) for table in (same, turned, one)]
    assert [None if each is None else each.value for each in found] == [1, 0, None]


def test_numbers_that_are_all_the_same_have_no_correlation() -> None:
    table = make_rating_table(RATINGS, (0, 1), {0: Fraction(2), 1: Fraction(2)})
    assert [icc(table) for icc in (icc_one_way, icc_consistency, icc_agreement)] == [None, None, None]


def test_raters_who_agree_wholly_have_a_correlation_of_1_without_an_interval() -> None:
    table = make_rating_table({"x": {"i": 0, "j": 2}, "y": {"i": 0, "j": 2}}, (0, 1, 2))
    for icc in (icc_one_way, icc_consistency, icc_agreement):
        found = icc(table)
        assert found is not None
        assert found == Estimate(Fraction(1))


@pytest.mark.parametrize(
    ("x", "a", "b", "value"),
    [(0, 2, 3, 0), (1, 2, 3, 1), (-0.5, 2, 3, 0), (1.5, 2, 3, 1), (0.3, 2, 3, 0.3483), (0.7, 3, 2, 0.6517),
     (0.25, 1, 1, 0.25), (0.5, 1e7, 1e7, 0.5)],
)  # fmt: skip
def test_the_incomplete_beta_function(x: float, a: float, b: float, value: float) -> None:
    """I(x; 2, 3) is 6 x^2 - 8 x^3 + 3 x^4; of equal sides the half, however large: so many terms as it takes."""
    assert incomplete_beta(x, a, b) == pytest.approx(value, rel=1e-7)


def test_a_range_lists_no_levels() -> None:
    assert measured_levels(Scale("r", minimum=Fraction(0), maximum=Fraction(9))) == ((), None, ())
    levels = (Level("no", {}), Level("yes", {}, points=Fraction(5)))
    assert measured_levels(Scale("", levels)) == ((0, 1), {1: Fraction(5)}, ("no", "yes"))


def test_how_many_a_thing_applies_to_and_how_many_there_are() -> None:
    taken = TakenUp(carried=2, lacking=1, unknown=3, outside=4)
    assert (taken.applicable, taken.compared, taken.share) == (6, 10, (Fraction(1, 3), Fraction(5, 6)))
    assert TakenUp(outside=4).share is None


def test_how_many_levels_nobody_used() -> None:
    assert coefficients(RATINGS, range(5)).unused == 3
    assert coefficients(RATINGS, ()).unused == 0  # a range lists no levels


def test_what_nobody_has_rated_is_counted_nowhere() -> None:
    table = make_rating_table({"x": {"i": 0, "j": 1}, "y": {"i": 1}}, (0, 1), items=["i", "j", "k"])
    assert table.items == ((0, 1), (1, None), (None, None))
    assert (table.counts, table.compared, table.complete) == (((1, 1), (0, 1)), ((1, 1),), ((0, 1),))
