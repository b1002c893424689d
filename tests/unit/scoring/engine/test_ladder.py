"""Points and ranks of answers: levels, and numbers on a range with every kind of curve."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from granskning.scoring.engine.compiled_scale import UNSATISFIED, CompiledScale, make_ladder
from granskning.scoring.results.numbers import ApproximateNumber
from granskning.workspace.schema.modelling_scoring import scales


def ladder(normalise: tuple[int, int] | None = None, **scale: Any) -> CompiledScale:
    made = scales({"scales": [{"id": "s", **scale}]}, "en")["s"]
    return make_ladder(made, None if normalise is None else (Fraction(normalise[0]), Fraction(normalise[1])))


def curve(*points: tuple[int, float], **more: Any) -> CompiledScale:
    held = [{"at": at, "gives": gives} for at, gives in points]
    return ladder(range={"from": 0, "to": 100}, points=held, **more)


def points(held: CompiledScale, number: float) -> Fraction | int | None:
    return held.cell(str(number))[0]


GRADES = [{"value": key, "label": key, "points": number} for key, number in (("D", 1), ("C", 2), ("A", 4))]


def test_levels_have_ranks_from_below_and_points_of_their_own() -> None:
    held = ladder(levels=GRADES)
    assert [held.cell(key) for key in "DCA"] == [(1, 0), (2, 1), (4, 2)]
    assert (held.lowest, held.highest) == ((1, 0), (4, 2))


def test_a_number_is_its_own_points() -> None:
    held = ladder(levels=[{"value": 0.5, "label": "H"}, {"value": 1.0, "label": "W"}])
    assert held.cell("0.5") == (Fraction(1, 2), 0)
    assert held.cell("1") == (1, 1)


def test_words_have_ranks_alone() -> None:
    held = ladder(levels=[{"value": "no", "label": "N"}, {"value": "yes", "label": "Y"}])
    assert held.cell("yes") == (None, 1)
    assert not held.has_points
    assert (held.worst_key, held.best_key) == ("no", "yes")


def test_below_every_level() -> None:
    assert ladder(levels=GRADES).cell(UNSATISFIED) == (1, -1)


def test_points_moved_between_new_ends() -> None:
    held = ladder((0, 1), levels=GRADES)
    assert [points(held, key) for key in "DCA"] == [0, Fraction(1, 3), 1]  # type: ignore[arg-type]


def test_the_fewest_points_are_at_the_first_end_and_a_scale_of_which_a_level_has_none_is_left_as_it_is() -> None:
    held = ladder((50, 100), levels=[{"value": number, "label": "L"} for number in range(3)])
    assert [points(held, number) for number in range(3)] == [50, 75, 100]
    mixed = ladder((0, 1), levels=[*GRADES, {"value": "X", "label": "X"}])
    assert [mixed.cell(key)[0] for key in "DCAX"] == [1, 2, 4, None]


def test_a_range_without_points_is_its_own_number() -> None:
    assert points(ladder(range={"from": 0, "to": 100}), 72.5) == Fraction(145, 2)


def test_a_range_moved_between_new_ends() -> None:
    assert points(ladder((1, 3), range={"from": 0, "to": 100}), 50) == 2


@pytest.mark.parametrize(("number", "given"), [(0, 0), (25, 1.5), (50, 3), (75, 3.5), (100, 4)])
def test_straight_lines_between_points(number: int, given: float) -> None:
    assert points(curve((0, 0), (50, 3), (100, 4)), number) == Fraction(given)


@pytest.mark.parametrize(("number", "given"), [(0, 0), (49.5, 0), (50, 3), (99, 3), (100, 4)])
def test_points_hold_until_the_next(number: float, given: int) -> None:
    assert points(curve((0, 0), (50, 3), (100, 4), between="step"), number) == given


@pytest.mark.parametrize(("number", "given"), [(334, 0), (335, 0), (335.5, 1), (336, 1)])
def test_points_only_above_a_number(number: float, given: int) -> None:
    held = ladder(
        range={"from": 0, "to": 500}, between="step", points=[{"at": 0, "gives": 0}, {"above": 335, "gives": 1}]
    )
    assert points(held, number) == given


@pytest.mark.parametrize(("number", "given"), [(1, 0), (10, 1), (100, 2)])
def test_a_simple_power_on_a_logarithm_is_exact(number: int, given: int) -> None:
    held = ladder(range={"from": 1, "to": 100}, between="log", points=[{"at": 1, "gives": 0}, {"at": 100, "gives": 2}])
    assert points(held, number) == given
    assert not isinstance(points(held, number), ApproximateNumber)


def test_other_numbers_on_a_logarithm_are_near() -> None:
    held = ladder(range={"from": 1, "to": 100}, between="log", points=[{"at": 1, "gives": 0}, {"at": 100, "gives": 2}])
    found = points(held, 50)
    assert isinstance(found, ApproximateNumber)
    assert abs(float(found) - 1.6989700043360187) < 1e-12


def test_beyond_the_ends_of_a_curve_is_as_at_its_ends() -> None:
    held = curve((20, 1), (80, 3))
    assert (points(held, 0), points(held, 100)) == (1, 3)


def test_the_best_number_may_be_the_lowest() -> None:
    held = curve((0, 4), (100, 0))
    assert (held.worst_key, held.best_key) == ("100", "0")
    assert not held.is_rising
    assert (held.lowest[0], held.highest[0]) == (0, 4)


@pytest.mark.parametrize(
    ("key", "is_held"), [("0", True), ("72.5", True), ("72.3", False), ("101", False), ("x", False)]
)
def test_which_numbers_can_be_given(key: str, is_held: bool) -> None:  # noqa: FBT001
    assert ladder(range={"from": 0, "to": 100, "step": 0.5}).holds(key) == is_held


def test_the_upper_end_is_the_most_points_and_the_highest_rank() -> None:
    uneven = (("D", 1), ("C", 4), ("A", 2))
    held = ladder(levels=[{"value": key, "label": key, "points": number} for key, number in uneven])
    assert (held.lowest, held.highest) == ((1, 0), (4, 2))
    assert (held.worst_key, held.best_key) == ("D", "C")
    assert curve((0, 1), (50, 9), (100, 4), between="line").highest == (9, 100)


@pytest.mark.parametrize("at", [100, 120])
def test_no_answer_lies_above_the_upper_end_of_a_range(at: int) -> None:
    held = ladder(
        range={"from": 0, "to": 100}, between="step", points=[{"at": 0, "gives": 1}, {"above": at, "gives": 5}]
    )
    assert [Fraction(key) for key in held.keys] == [0, 100]
    assert held.highest == (1, 100)
