"""Figures over a collection: shares that are intervals, ranks that are intervals, and groups too small to name."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granskning.model.collection.standing import WHOLE, StandingCount
from granskning.scoring.national.national_figures import TakenUp, make_national_figures, merged
from granskning.scoring.national.rank_intervals import rank_intervals
from granskning.scoring.national.small_groups import named_groups

SHARES = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(
    lambda ends: (Fraction(min(ends), 6), Fraction(max(ends), 6))
)


@pytest.mark.parametrize(
    ("sizes", "named"),
    [
        ({"a": 5, "b": 9}, ("a", "b")),
        ({"a": 4, "b": 9}, ()),  # b would give a away, and is all there is
        ({"a": 4, "b": 9, "c": 7}, ("b",)),  # c, the smallest, joins a
        ({"a": 2, "b": 2, "c": 7, "d": 8}, ("d",)),  # four are too few together
        ({"a": 3, "b": 3, "c": 7}, ("c",)),
        ({"a": 0, "b": 9}, ("b",)),  # nothing is told of an empty one, so nothing gives it away
        ({"a": 0}, ()),
        ({}, ()),
    ],
)
def test_small_groups_are_not_named_nor_given_away(sizes: dict[str, int], named: tuple[str, ...]) -> None:
    assert named_groups({name: (size,) for name, size in sizes.items()}, [sizes], 5) == named


def test_a_sum_that_is_told_elsewhere_gives_nobody_away() -> None:
    sizes = {"a": (5,), "b": (9,), "c": (2,), "d": (8,), "e": (4,)}
    assert named_groups(sizes, [sizes], 5) == ("a", "b", "d"), "c and e are six together"
    assert named_groups(sizes, [sizes, "abc", "de"], 5) == ("b",), "but not where c is taken from the sum of a, b and c"


def test_a_result_that_rests_on_few_hides_its_group() -> None:
    assert named_groups({"a": (9, 2), "b": (9, 9), "c": (9, 9)}, ["abc"], 5) == ("c",)
    assert named_groups({"a": (9, 0), "b": (9, 9)}, ["ab"], 5) == ("a", "b"), "what is not told gives nothing away"


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.integers(0, 12), st.integers(0, 12))),
    st.lists(st.sets(st.sampled_from("abcdefgh")), max_size=3),
    st.integers(3, 9),
)
def test_what_is_left_of_every_sum_is_large(
    sizes: dict[str, tuple[int, int]], sums: list[set[str]], least: int
) -> None:
    parts = [sizes.keys(), *(part & sizes.keys() for part in sums)]
    named = set(named_groups(sizes, parts, least))
    for part in parts:
        for column in (0, 1):
            left = sum(sizes[name][column] for name in part - named)
            assert not part & named or left == 0 or left >= least
    assert all(size == 0 or size >= least for name in named for size in sizes[name])


@given(st.dictionaries(st.sampled_from("abcd"), SHARES, min_size=1))
def test_a_rank_holds_every_place_that_can_be_had_and_no_other(shares: dict[str, tuple[Fraction, Fraction]]) -> None:
    places: dict[str, set[int]] = {name: set() for name in shares}
    for ends in product(*shares.values()):  # a rank is monotone in each share, so the ends are enough
        for name, own in zip(shares, ends, strict=True):
            above, level = sum(share > own for share in ends), ends.count(own)
            places[name] |= {1 + above, above + level}
    assert rank_intervals(shares) == {name: (min(held), max(held)) for name, held in places.items()}


def count(organisation: str, target: str = WHOLE, **more: object) -> StandingCount:
    usual = {"area": "x", "example": False, "counting": "counted", "differs": "", "state": "", "group": "", "key": ""}
    return StandingCount(organisation, target=target, **{**usual, **more})  # type: ignore[arg-type]


COUNTS = {
    count("a"): 3,
    count("a", "resor", state="carried", group="band", key="hog"): 2,
    count("a", "resor", state="unknown", group="interval"): 1,
    count("a", "", counting="not_reviewed"): 2,
    count("a", "", counting="not_to_review"): 1,
    count("b", area="y"): 1,
    count("b", "resor", area="y", differs="questions,weights"): 1,
    count("b", "", area="y", counting="draft"): 1,
    count("b", "", example=True, counting="not_reviewed"): 1,
    count("b", example=True): 4,
}


def test_what_is_not_judged_is_an_interval_and_never_a_zero() -> None:
    figures = make_national_figures(COUNTS, ["resor"], {"a": "g", "b": ""})
    assert figures.by_target["resor"].taken_up == TakenUp(carried=2, unknown=1)
    assert figures.by_target["resor"].taken_up.share == (Fraction(2, 3), Fraction(1))
    assert figures.by_organisation["a"].taken_up == TakenUp(carried=2, unknown=3), "two are not reviewed"
    assert (figures.by_organisation["a"].counted, figures.by_organisation["a"].every) == (3, 5)
    assert TakenUp().share is None


def test_what_cannot_be_compared_is_counted_apart_with_why() -> None:
    figures = make_national_figures(COUNTS, ["resor"], {"a": "g", "b": ""})
    assert figures.by_target["resor"].incomparable == {"questions,weights": 1}
    assert figures.by_organisation["b"].incomparable == 1
    assert figures.by_target["resor"].results == {("band", "hog"): 2, ("interval", ""): 1}


def test_groups_and_areas_hold_what_is_counted() -> None:
    figures = make_national_figures(COUNTS, ["resor"], {"a": "g", "b": ""})
    assert (figures.group_sizes, figures.area_sizes) == ({"g": 3, "": 1}, {"x": 3, "y": 1})
    assert merged(figures.by_group, ["g", ""])["resor"] == TakenUp(carried=2, unknown=1)
    assert figures.standings["draft"] == 1


def test_examples_count_only_where_there_is_nothing_else() -> None:
    figures = make_national_figures(COUNTS, ["resor"], {"a": "g", "b": ""})
    assert (figures.examples, figures.only_examples) == (5, False)
    alone = {key: number for key, number in COUNTS.items() if key.example}
    figures = make_national_figures(alone, ["resor"], {"b": ""})
    assert (figures.examples, figures.only_examples, figures.standings["counted"]) == (0, True, 4)
