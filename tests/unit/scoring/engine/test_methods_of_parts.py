"""Each method by itself: parts in, a result out; with parts that have no number, and with numbers that are near."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from granskning.model.method import Level, Move, Scale, Step
from granskning.scoring.engine.compiled_scale import make_ladder
from granskning.scoring.engine.methods import METHODS, linear, spread
from granskning.scoring.engine.node import Node
from granskning.scoring.results.numbers import ApproximateNumber, ExactRoot, is_exact
from granskning.scoring.results.values import NOTHING, Part, Result

NEAR = ApproximateNumber(2)
LADDER = make_ladder(Scale("", tuple(Level(key, {}, points=Fraction(10 * key)) for key in range(4))))
EVERY = [method for method in METHODS if method != "none"]


def node(method: str, *, levels: bool = False, **step: Any) -> Node:
    """A step; with `levels` its parts and its result are on the scale from 0 to 3, whose points are 0, 10, 20, 30."""
    ladder = LADDER if levels else None
    return Node("n", None, Fraction(1), Step(method, **{"of": ("a", "b"), **step}), common=ladder, ladder=ladder)


def parts(*values: Any, weights: tuple[Any, ...] = (), ends: tuple[Any, Any] = (0, 4), bar: Any = 2) -> list[Part]:
    """Parts a, b and c with these numbers."""
    given = zip("abc", weights or (1, 1, 1), values, strict=False)
    return [Part(name, weight, value, None, *ends, bar) for name, weight, value in given]


def ranked(*ranks: int) -> list[Part]:
    """Parts at these levels."""
    return [Part(name, 1, Fraction(10 * rank), rank, 0, 30, 3) for name, rank in zip("abcdef", ranks, strict=False)]


def work_out(method: str, made: list[Part], **step: Any) -> Result:
    return METHODS[method](made, node(method, **step))


@pytest.mark.parametrize("method", EVERY)
def test_nothing_comes_of_nothing(method: str) -> None:
    assert work_out(method, []) == NOTHING


@pytest.mark.parametrize("method", EVERY)
@pytest.mark.parametrize("given", [(None, 2), (2, None), (None, None)])
def test_nothing_comes_of_parts_of_which_some_have_no_number(method: str, given: tuple[int | None, ...]) -> None:
    assert work_out(method, parts(*given)) == NOTHING


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("mean", 3), ("sum", 6), ("product", 8), ("geometric_mean", ExactRoot(Fraction(8), 2)),
        ("harmonic_mean", Fraction(8, 3)), ("power_mean", 3), ("trimmed_mean", 3), ("quotient", Fraction(1, 2)),
        ("difference", -2), ("share_of_possible", Fraction(3, 4)), ("median", 2),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 1])
def test_what_is_made_of_a_near_number_is_near(method: str, value: Any, place: int) -> None:
    exact = work_out(method, parts(2, 4)).value
    assert exact == value
    assert is_exact(exact) == (method != "geometric_mean")
    given: list[Any] = [2, 4]
    given[place] = ApproximateNumber(given[place])
    near = work_out(method, parts(*given), even="mean" if method == "median" else "lower").value
    assert isinstance(near, ApproximateNumber)


def test_of_two_in_the_middle_the_declared_one() -> None:
    made = parts(4, 1, 2, 3)
    assert [work_out("median", made[:2], even=even).value for even in ("lower", "upper", "mean")] == [1, 4, 2.5]
    assert work_out("median", parts(4, 1, 2), even="mean").value == 2
    assert work_out("median", parts(None, 1, 2)) == NOTHING


def test_weights_are_added_over_a_common_denominator() -> None:
    pairs: list[tuple[int | Fraction, int | Fraction]] = [
        (Fraction(1, 2), Fraction(1, 3)),
        (Fraction(1, 3), 3),
        (2, Fraction(1, 4)),
    ]
    assert linear(pairs, "sum") == Result(Fraction(5, 3))
    assert linear(pairs, "mean") == Result(Fraction(10, 17))
    assert linear([(0, 3)], "mean") == NOTHING


def test_a_product_takes_whole_powers_of_what_is_below_0_and_roots_of_nothing_below_it() -> None:
    assert work_out("product", parts(-2, 3, weights=(3, 1))).value == -24
    assert work_out("product", parts(-2, 3, weights=(Fraction(1, 2), 1))) == NOTHING
    assert work_out("product", parts(0, 3, weights=(Fraction(1, 2), 1))).value == 0
    assert work_out("product", parts(4, 3, weights=(Fraction(1, 2), 1))).value == 6


def test_no_root_is_taken_of_a_number_below_0() -> None:
    for method in ("geometric_mean", "harmonic_mean", "power_mean"):
        assert work_out(method, parts(-1, 2), exponent=2) == NOTHING
        assert work_out(method, parts(0, 2), exponent=2) != NOTHING


def test_a_floor_lifts_what_is_below_it() -> None:
    assert work_out("geometric_mean", parts(0, 2), floor=Fraction(1, 2)).value == 1
    assert work_out("harmonic_mean", parts(0, 2), floor=Fraction(1, 2)).value == Fraction(4, 5)
    assert work_out("harmonic_mean", parts(0, 2)).value == 0
    assert work_out("geometric_mean", parts(None, 2), floor=Fraction(1, 2)) == NOTHING


@pytest.mark.parametrize(
    ("exponent", "value"),
    [(1, 2), (2, ExactRoot(Fraction(5), 2)), (-1, Fraction(3, 2)), (3, ExactRoot(Fraction(14), 3))],
)
def test_a_power_mean_is_the_root_of_the_mean_of_powers(exponent: int, value: Any) -> None:
    assert work_out("power_mean", parts(1, 3), exponent=exponent).value == value
    assert work_out("power_mean", parts(0, 0), exponent=2).value == 0


@pytest.mark.parametrize(
    ("trim", "value"),
    [((Fraction(0), False), 4), ((Fraction(1), False), 2), ((Fraction(9), False), 2), ((Fraction(1, 3), True), 2)],
)
def test_the_lowest_and_the_highest_are_left_out_but_never_all(trim: tuple[Fraction, bool], value: Any) -> None:
    assert work_out("trimmed_mean", parts(9, 1, 2), trim=trim).value == value
    near = work_out("trimmed_mean", parts(ApproximateNumber(9), 1, 2), trim=trim).value
    assert near is not None
    assert is_exact(near) == (value == 2)  # what is left out has no say in that either


def test_the_named_parts_are_divided_and_subtracted_in_their_order() -> None:
    made = [*parts(6, 3), Part("a@x", 1, 4, None, 0, 4, 2)]
    assert work_out("difference", made).value == 2  # a is the mean of 6 and 4
    assert work_out("quotient", made, of=("b", "a")).value == Fraction(3, 5)
    assert work_out("quotient", parts(6, 0)) == NOTHING
    assert work_out("difference", parts(6, 0)).value == 6
    assert work_out("difference", [*parts(6, 3), Part("a@x", 1, None, None, 0, 4, 2)]) == NOTHING
    near = [Part(name, 1, value, None, 0, 4, 2) for name, value in (("a@x", NEAR), ("a@y", 4), ("b", 1))]
    assert isinstance(work_out("difference", near).value, ApproximateNumber)
    assert work_out("difference", near).value == 2


def test_a_share_of_the_possible_asks_for_both_ends() -> None:
    assert work_out("share_of_possible", parts(2, 4, ends=(1, 5), weights=(1, 3))).value == Fraction(5, 8)
    for ends in ((None, 4), (0, None)):
        assert work_out("share_of_possible", parts(2, 4, ends=ends)) == NOTHING
    assert work_out("share_of_possible", parts(2, 2, ends=(2, 2))) == NOTHING


def test_a_share_satisfied_looks_at_levels_before_points() -> None:
    assert work_out("share_satisfied", parts(2, 1, weights=(1, 3))).value == Fraction(1, 4)
    assert work_out("share_satisfied", ranked(3, 2)).value == Fraction(1, 2)
    assert work_out("share_satisfied", parts(2, 1, bar=None)) == NOTHING
    assert work_out("share_satisfied", parts(2, 1, weights=(0, 0))) == NOTHING


def test_the_lowest_and_the_highest_number_decide() -> None:
    assert (work_out("weakest", parts(2, 1, 3)).value, work_out("best", parts(2, 1, 3)).value) == (1, 3)


@pytest.mark.parametrize(
    ("ranks", "step", "level"),
    [
        ((1, 2, 3), {}, 1),
        # one step up when so many are above the lowest
        ((1, 2, 3), {"step_up": Move(Fraction(2), is_share=False)}, 2),
        ((1, 1, 3), {"step_up": Move(Fraction(2), is_share=False)}, 1),
        ((1, 2, 3), {"step_up": Move(Fraction(2, 3), is_share=True)}, 2),
        ((1, 1, 3), {"step_up": Move(Fraction(2, 3), is_share=True)}, 1),
        ((1, 2, 3), {"step_up": Move(Fraction(1), is_share=False, by=2)}, 3),
        # one step down when so many are below a level
        ((2, 2, 3), {"step_down": Move(Fraction(2), is_share=False, below="3")}, 1),
        ((2, 3, 3), {"step_down": Move(Fraction(2), is_share=False, below="3")}, 2),
        ((0, 0, 3), {"step_down": Move(Fraction(2), is_share=False, below="3")}, 0),
        ((1, 1, 3), {"step_down": Move(Fraction(2), is_share=False, below="1")}, 1),
    ],
)  # fmt: skip
def test_the_lowest_level_decides_and_is_moved_as_declared(
    ranks: tuple[int, ...], step: dict[str, Any], level: int
) -> None:
    assert work_out("weakest", ranked(*ranks), levels=True, **step) == Result(10 * level, level)


def test_the_highest_and_the_middle_level_decide() -> None:
    assert work_out("best", ranked(1, 3, 2), levels=True) == Result(30, 3)
    assert [work_out("median", ranked(3, 0, 1, 2), levels=True, even=even) for even in ("lower", "upper", "mean")] == [
        Result(10, 1), Result(20, 2), Result(Fraction(15)),
    ]  # fmt: skip


def ends(method: str, low: list[Part], high: list[Part], **step: Any) -> tuple[Any, Any]:
    made = node(method, **step)
    plain = (METHODS[method](low, made), METHODS[method](high, made))
    least, most = spread(low, high, made, plain)
    return least.value if least.rank is None else least.rank, most.value if most.rank is None else most.rank


@pytest.mark.parametrize(
    ("low", "high", "weights", "least", "most"),
    [
        ((-2, 3), (1, 4), (1, 1), -8, 4),
        ((-2, 3), (1, 4), (2, 1), 0, 16),  # the square of 0 is less than that of either end
        ((2, 3), (1, 4), (2, 1), 3, 16),
        ((-2, -3), (-1, 4), (1, 1), -8, 6),
        ((0, 3), (2, 4), (2, 1), 0, 16),
    ],
)
def test_the_ends_of_a_product_may_be_within(
    low: tuple[int, ...], high: tuple[int, ...], weights: tuple[int, ...], least: int, most: int
) -> None:
    assert ends("product", parts(*low, weights=weights), parts(*high, weights=weights)) == (least, most)


def test_a_product_that_takes_roots_or_lacks_a_number_has_its_own_ends() -> None:
    assert ends("product", parts(1, weights=(Fraction(1, 2),)), parts(4, weights=(Fraction(1, 2),))) == (1, 2)
    assert ends("product", parts(None, 2), parts(1, 2)) == (None, 2)
    assert ends("product", parts(2), parts(1, 2)) == (2, 2)
    near = spread(parts(NEAR), parts(3), node("product"), (Result(NEAR), Result(3)))
    assert [type(end.value) for end in near] == [ApproximateNumber, ApproximateNumber]
    assert [end.value for end in near] == [2, 3]
    exact = spread(parts(1), parts(3), node("product"), (Result(1), Result(3)))
    assert [type(end.value) for end in exact] == [Fraction, Fraction]


@pytest.mark.parametrize(
    ("method", "low", "high", "least", "most"),
    [
        ("difference", (1, 2), (4, 3), -2, 2),
        ("quotient", (1, 2), (4, 3), Fraction(1, 3), 2),
        ("quotient", (-1, 2), (4, 4), Fraction(-1, 2), 2),
        ("quotient", (1, -1), (4, 3), None, None),  # the divisor may be 0
        ("quotient", (1, 0), (4, 3), None, None),
        ("quotient", (1, -3), (4, 0), None, None),
        ("quotient", (1, -3), (4, -2), -2, Fraction(-1, 3)),
        ("difference", (1, None), (4, 3), None, 1),
        ("difference", (1, 2), (4, None), -1, None),
    ],
)
def test_the_ends_of_two_parts_are_those_of_any_of_both(
    method: str, low: tuple[Any, ...], high: tuple[Any, ...], least: Any, most: Any
) -> None:
    assert ends(method, parts(*low), parts(*high)) == (least, most)


def test_a_step_up_may_come_at_the_highest_and_may_not_at_the_lowest() -> None:
    """Low 1 and 2, high 2 and 2: a rise of the lower one takes the step up away."""
    up = {"step_up": Move(Fraction(1), is_share=False)}
    assert ends("weakest", ranked(1, 2), ranked(2, 2), levels=True, **up) == (1, 3)
    assert ends("weakest", ranked(1, 2), ranked(2, 2), levels=True) == (1, 2)
    assert ends("mean", parts(1), parts(2)) == (1, 2)


def test_without_a_scale_for_its_result_a_step_has_no_level() -> None:
    assert METHODS["best"](ranked(1, 2), replace(node("best", levels=True), ladder=None)) == NOTHING
