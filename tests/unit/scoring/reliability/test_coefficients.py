"""Worked examples that others have published, and input that leaves nothing to calculate."""

from __future__ import annotations

import logging
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granskning.model.rater_agreement import DeclaredAgreement
from granskning.scoring.reliability.chance import cohen_kappa
from granskning.scoring.reliability.coefficients import Coefficients, Kappa, coefficients

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.scoring.reliability.agreement import Rank


def rows(*given: str) -> dict[str, dict[str, int]]:
    """A table from one line of digits per reviewer; `*` is no rating."""
    return {
        f"r{row}": {f"i{column:03}": int(rank) for column, rank in enumerate(line.split()) if rank != "*"}
        for row, line in enumerate(given)
    }


def crossed(*counts: Sequence[int]) -> dict[str, dict[str, int]]:
    """Two reviewers' ratings, from how many items the one has at a row's level and the other at a column's."""
    pairs = [
        (row, column) for row, line in enumerate(counts) for column, count in enumerate(line) for _ in range(count)
    ]
    return {name: {f"i{n:03}": pair[who] for n, pair in enumerate(pairs)} for who, name in enumerate(("one", "two"))}


def two(*counts: Sequence[int]) -> Kappa:
    (kappa,) = coefficients(crossed(*counts), range(len(counts))).kappas
    return kappa


# --- Cohen's kappa ----------------------------------------------------------------------------------------------------


def test_fifty_proposals() -> None:
    """The usual first example: two readers say yes or no to fifty proposals.

    https://en.wikipedia.org/wiki/Cohen%27s_kappa#Examples: κ = (0.7 − 0.5) / (1 − 0.5) = 0.4.
    """
    kappa = two([20, 5], [10, 15])
    assert kappa.items == 50
    # with two levels there is but one distance, so that weights change nothing
    assert [kappa.plain, kappa.linear, kappa.quadratic] == pytest.approx([0.4, 0.4, 0.4])


ALIKE = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))


@pytest.mark.parametrize(("each", "quantile"), [(1, 2.570582), (2, 2.200985), (5, 2.0452296)])
def test_the_interval_of_kappa_has_one_degree_of_freedom_less_than_there_are_items(each: int, quantile: float) -> None:
    """Student's t below .975 on 5, 11 and 29 degrees of freedom, from any table; and never above 1."""
    kappa = cohen_kappa([(0, 0), (0, 0), (0, 1), (1, 0), (1, 1), (1, 1)] * each, ALIKE)
    assert kappa is not None
    assert kappa.value == Fraction(1, 3)
    assert kappa.error is not None
    assert kappa.high == pytest.approx(min(1, 1 / 3 + quantile * kappa.error))
    assert kappa.low == pytest.approx(max(-1, 1 / 3 - quantile * kappa.error))


def test_cohen_1968() -> None:
    """Cohen (1968), Weighted kappa, Psychological Bulletin 70, table 1: κ = .492 for 200 cases.

    The table, with what he reports, is in R's psych::cohen.kappa. His weights are neither linear nor quadratic.
    """
    kappa = two([88, 14, 18], [10, 40, 10], [2, 6, 12])
    assert kappa.items == 200
    assert kappa.plain == pytest.approx(0.492, abs=0.0005)


def test_mammograms() -> None:
    """Kundel and Polansky (2003), Measurement of observer agreement, Radiology 228, table A1.

    R's vcdExtra prints κ 0.3713, and 0.5964 with equal spacing:
    https://friendly.github.io/vcdExtra/reference/Mammograms.html.
    """
    kappa = two([34, 10, 2, 0], [6, 8, 8, 2], [2, 5, 4, 12], [0, 1, 2, 14])
    assert kappa.items == 110
    assert kappa.plain == pytest.approx(0.3713, abs=0.00005)
    assert kappa.linear == pytest.approx(0.5964, abs=0.00005)


def test_sas_example() -> None:
    """A printout of SAS PROC FREQ that statsmodels tests against (stats/tests/test_inter_rater.py): .4842 and .4701.

    The one never uses the lowest level.
    """
    kappa = two([0, 4, 1], [0, 8, 0], [0, 1, 5])
    assert kappa.plain == pytest.approx(0.4842, abs=0.00005)
    assert kappa.linear == pytest.approx(0.4701, abs=0.00005)


ANXIETY = rows(
    "3 3 3 4 5 5 2 3 5 2 2 6 1 5 2 2 1 2 4 3",
    "3 6 4 6 2 4 2 4 3 3 2 3 3 3 2 2 1 3 3 4",
    "2 1 4 4 3 2 1 6 1 1 1 2 3 3 1 1 3 3 2 2",
)


def test_anxiety() -> None:
    """The anxiety ratings of R's irr, raters 2 and 3: kappa2 unweighted, "equal" and "squared".

    The values stand in statsmodels (stats/tests/test_inter_rater.py). irr leaves out level 5, which neither used.
    """
    table = {name: ANXIETY[name] for name in ("r1", "r2")}
    (kappa,) = coefficients(table, (1, 2, 3, 4, 6)).kappas
    assert kappa.items == 20
    assert kappa.plain == pytest.approx(-0.006289308)
    assert kappa.linear == pytest.approx(0.1459075)
    assert kappa.quadratic == pytest.approx(0.2520325)


def test_weights_count_steps_on_the_full_scale() -> None:
    """The same ratings on the scale they were given on, from 1 to 6: from 4 to 6 is two steps."""
    full = coefficients(ANXIETY, range(1, 7))
    kappa = full.kappas[2]
    assert kappa.reviewers == ("r1", "r2")
    assert kappa.plain == pytest.approx(-1 / 159)
    assert kappa.linear == pytest.approx(13 / 103)
    assert kappa.quadratic == pytest.approx(91 / 396)
    # numbers of a range that is not listed are as far apart as they are
    assert coefficients(ANXIETY, ()).kappas == full.kappas


def test_pairs_stand_in_the_order_of_the_table() -> None:
    table = {name: ANXIETY[name] for name in ("r2", "r0", "r1")}
    found = [kappa.reviewers for kappa in coefficients(table, range(1, 7)).kappas]
    assert found == [("r2", "r0"), ("r2", "r1"), ("r0", "r1")]


# --- Krippendorff's alpha ---------------------------------------------------------------------------------------------
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, https://repository.upenn.edu/asc_papers/43


def test_two_observers_two_values() -> None:
    """Section A: two observers, ten units, 0 or 1: α = 0.095."""
    assert coefficients(rows("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), (0, 1)).nominal == pytest.approx(
        0.095, abs=0.0005
    )


def test_two_observers_nominal() -> None:
    """Section B: two observers, twelve units, the values a to e (here 1 to 5): α = 0.692."""
    table = rows("1 1 2 2 4 3 3 3 5 4 4 1", "2 1 2 2 2 3 3 3 5 4 4 4")
    assert coefficients(table, range(1, 6)).nominal == pytest.approx(0.692, abs=0.0005)


def test_four_observers_with_missing_data() -> None:
    """Sections C and D: four observers, twelve units: nominal 0.743, ordinal 0.815, interval 0.849.

    Unit 12 has one rating and does not count.
    """
    found = coefficients(
        rows(
            "1 2 3 3 2 1 4 1 2 * * *",
            "1 2 3 3 2 2 4 1 2 5 * 3",
            "* 3 3 3 2 3 4 2 2 5 1 *",
            "1 2 3 3 2 4 4 1 2 5 1 *",
        ),
        range(1, 6),
    )
    assert found.nominal == pytest.approx(0.743, abs=0.0005)
    assert found.ordinal == pytest.approx(0.815, abs=0.0005)
    assert found.interval == pytest.approx(0.849, abs=0.0005)
    assert found.items == 11
    assert [kappa.items for kappa in found.kappas] == [9, 8, 9, 9, 10, 10]


def test_three_coders_with_much_missing() -> None:
    """https://en.wikipedia.org/wiki/Krippendorff%27s_alpha#A_computational_example: nominal 0.691, interval 0.811."""
    found = coefficients(
        rows(
            "* * * * * 3 4 1 2 1 1 3 3 * 3",
            "1 * 2 1 3 3 4 3 * * * * * * *",
            "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
        ),
        range(1, 5),
    )
    assert found.nominal == pytest.approx(0.691, abs=0.0005)
    assert found.interval == pytest.approx(0.811, abs=0.0005)


def test_ordinal_takes_the_order_and_interval_the_numbers() -> None:
    table: dict[str, dict[str, Rank]] = {
        "anna": {"a": 0, "b": 1, "c": 10, "d": 1},
        "bo": {"a": 0, "b": 1, "c": 10, "d": 10},
    }
    halved = {
        name: {key: {0: 0, 1: 5, 10: 10}[int(rank)] for key, rank in ranks.items()} for name, ranks in table.items()
    }
    found, other = coefficients(table, (0, 1, 10)), coefficients(halved, (0, 5, 10))
    assert found.ordinal == other.ordinal
    assert found.kappas == other.kappas
    assert found.interval != other.interval


# --- nothing to calculate ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "items"),
    [
        ({}, []),
        ({"anna": {}}, []),
        ({"anna": {"a": 1, "b": 2}}, []),
        ({"anna": {}, "bo": {}}, [0]),
        ({"anna": {"a": 1}, "bo": {}}, [0]),
        ({"anna": {"a": 1}, "bo": {"b": 2}}, [0]),
        ({"anna": {"a": 1, "b": 1}, "bo": {"a": 1, "b": 1, "c": 2}}, [2]),
        ({"anna": {"a": 1}, "bo": {"a": 1}, "cilla": {"a": 1}}, [1, 1, 1]),
    ],
)
@pytest.mark.parametrize("levels", [(), (1,), (0, 1, 2, 3)])
def test_undefined(table: dict[str, dict[str, int]], items: list[int], levels: tuple[int, ...]) -> None:
    found = coefficients(table, levels)
    assert (found.nominal, found.ordinal, found.interval) == (None, None, None)
    assert [(one.items, one.plain, one.linear, one.quadratic) for one in found.kappas] == [
        (count, None, None, None) for count in items
    ]
    assert found.few


def test_a_pair_may_be_undefined_where_the_whole_is_not() -> None:
    found = coefficients(rows("1 1 * *", "1 1 2 2", "* * 2 2"), range(4))
    assert [(one.items, one.plain) for one in found.kappas] == [(2, None), (0, None), (2, None)]
    assert (found.nominal, found.items) == (1.0, 4)


def test_each_their_own_level_throughout_is_as_chance_would_have_it() -> None:
    (kappa,) = coefficients(rows("1 1 1", "2 2 2"), range(4)).kappas
    assert (kappa.plain, kappa.linear, kappa.quadratic) == (0, 0, 0)


def test_numbers_of_any_size() -> None:
    small, large = Fraction(1, 10**400), Fraction(10**400)
    table = {"anna": {"a": small, "b": large, "c": small * 2}, "bo": {"a": small, "b": large, "c": small}}
    found = coefficients(table, ())
    assert found.kappas[0].quadratic == pytest.approx(1)
    assert found.interval == pytest.approx(1)
    assert found.nominal is not None
    assert found.nominal < 1


@pytest.mark.parametrize(
    ("levels", "enough"),
    [(2, 18), (3, 18), (4, 32), (10, 200), (101, 200)],
)
def test_few(levels: int, enough: int) -> None:
    """Cicchetti (1981): at least 2k² items, for three to ten levels."""

    def found(items: int) -> Coefficients:
        line = " ".join(str(item % 2) for item in range(items))
        return coefficients(rows(line, line), range(levels))

    assert found(enough - 1).few
    assert not found(enough).few


# --- cost and noise ---------------------------------------------------------------------------------------------------

tables = st.lists(st.lists(st.sampled_from((0, 1, 2, 3, None)), min_size=2, max_size=3), min_size=2, max_size=8)


@settings(max_examples=30, deadline=None)
@given(tables)
def test_a_second_reader_finds_the_same(items: list[list[int | None]]) -> None:
    """NLTK's kappa and alpha, in floats and by other code, of random tables with missing ratings."""
    from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]  # noqa: PLC0415

    table: dict[str, dict[str, Rank]] = {"0": {}, "1": {}, "2": {}}
    for number, item in enumerate(items):
        for rater, rank in enumerate(item):
            if rank is not None:
                table[str(rater)][f"i{number}"] = rank
    found = coefficients(table, range(4))
    counts = [sum(rank is not None for rank in item) for item in items]
    compared = [(str(rater), number, rank) for number, item in enumerate(items) for rater, rank in enumerate(item)
                if rank is not None and counts[number] > 1]  # fmt: skip
    if found.nominal is not None:
        for value, distance in (
            (found.nominal, lambda a, b: float(a != b)),
            (found.interval, lambda a, b: (a - b) ** 2),
        ):
            assert value == pytest.approx(AnnotationTask(compared, distance=distance).alpha())
    for kappa in found.kappas:
        both = table[kappa.reviewers[0]].keys() & table[kappa.reviewers[1]].keys()
        triples = [(name, item, table[name][item]) for name in kappa.reviewers for item in sorted(both)]
        if kappa.linear is not None:
            task = AnnotationTask(triples, distance=lambda a, b: abs(a - b) / 3)
            assert kappa.linear == pytest.approx(task.weighted_kappa_pairwise(*kappa.reviewers))


NUMBERED: dict[Rank, Fraction] = {0: Fraction(0), 1: Fraction(1), 2: Fraction(10)}


def test_interval_takes_the_levels_numbers_and_not_their_steps() -> None:
    """Levels 0, 1 and 10: the same ratings agree otherwise than on 0, 1 and 2."""
    table = rows("0 1 2 1", "0 2 2 1")
    stepped, numbered = coefficients(table, range(3)), coefficients(table, range(3), NUMBERED)
    assert stepped.interval != numbered.interval
    assert (stepped.ordinal, stepped.nominal) == (numbered.ordinal, numbered.nominal)
    assert coefficients(table, range(3), {}).interval is None  # words have no numbers
    told = {measure.distances: measure.undefined for measure in coefficients(table, range(3), {}).measures}
    assert told == {"alike": "", "nominal": "", "ordinal": "", "interval": "no_numbers"}


def test_what_a_set_declares_is_what_is_measured() -> None:
    table = rows("0 1 2 1", "0 2 2 1")
    declared = DeclaredAgreement("ratio", ("gwet_ac", "krippendorff_alpha", "scott_pi"), weights="linear")
    found = coefficients(table, range(3), NUMBERED, declared)
    assert [(one.coefficient, one.distances, one.weights) for one in found.measures] == [
        ("gwet_ac", "ratio", "linear"), ("krippendorff_alpha", "ratio", "quadratic"), ("scott_pi", "ratio", "linear"),
    ]  # fmt: skip
    usual = coefficients(table, range(3), NUMBERED, DeclaredAgreement("interval")).measures
    assert usual[-1].coefficient == "icc_agreement"
    own = DeclaredAgreement(distances=(("a", "b", Fraction(1)), ("b", "c", Fraction(9)), ("a", "c", Fraction(10))))
    by_own = coefficients(table, range(3), None, own, ("a", "b", "c"))
    assert by_own.pair_distances == "own"
    assert by_own.kappas[0].quadratic == coefficients(table, range(3), NUMBERED, DeclaredAgreement("interval")).kappas[
        0
    ].quadratic  # fmt: skip
    constant = coefficients(rows("1 1", "1 1"), range(3), NUMBERED, declared)
    assert {(one.estimate, one.undefined) for one in constant.measures} == {(None, "constant")}
    assert {one.undefined for one in coefficients(rows("1 2"), range(3), NUMBERED, declared).measures} == {
        "nothing_compared"
    }


WHYS = [
    # coefficient, what the set says besides, the table, the levels of the scale, why there is no figure
    ("gwet_ac", {}, rows("1 2 3", "1 3 3"), (), "not_listed"),
    ("brennan_prediger", {}, rows("1 2 3", "1 3 3"), (), "not_listed"),
    ("fleiss_kappa", {}, rows("1 2 3", "1 3 3"), (), ""),
    ("scott_pi", {}, rows("1 2 3", "1 3 3", "1 2 2"), range(4), "not_two"),
    ("scott_pi", {}, rows("1 2 3", "1 3 3"), range(4), ""),
    ("kendall_w", {}, rows("1 2 * 2", "2 * 3 *"), range(4), "too_few"),
    ("kendall_w", {}, rows("1 1", "1 1"), range(4), "constant"),
    ("icc_agreement", {"measurement": "interval"}, rows("1 2 *", "2 * 3"), range(4), "too_few"),
    ("icc_one_way", {"measurement": "interval"}, rows("1 2 3", "2 2 3"), range(4), ""),
    ("krippendorff_alpha", {"measurement": "ratio"}, rows("0 0 0", "0 0 0"), range(4), "constant"),
    ("krippendorff_alpha", {}, rows("0 1 2"), range(4), "nothing_compared"),
    ("percent_agreement", {}, rows("0 *", "* 1"), range(4), "nothing_compared"),
]


@pytest.mark.parametrize(("name", "declared", "table", "levels", "why"), WHYS)
def test_why_there_is_no_figure(
    name: str, declared: dict[str, str], table: dict[str, dict[str, int]], levels: Sequence[int], why: str
) -> None:
    asked = DeclaredAgreement(coefficients=(name,), **declared)  # type: ignore[arg-type]  # names of the lists above
    (measure,) = coefficients(table, levels, declared=asked).measures
    assert (measure.undefined, measure.estimate is None) == (why, bool(why))


def test_levels_without_numbers_have_no_distances_between_numbers() -> None:
    for measurement in ("interval", "ratio"):
        asked = DeclaredAgreement(measurement, ("krippendorff_alpha",))
        whole: dict[Rank, Fraction] = {n: Fraction(n) for n in range(3)}
        part: dict[Rank, Fraction] = {n: Fraction(n) for n in range(2)}
        for numbers, why in ((whole, ""), (part, "no_numbers")):
            (measure,) = coefficients(rows("0 1 2", "1 1 0"), range(3), numbers, asked).measures
            assert (measure.undefined, measure.estimate is None) == (why, bool(why))


def test_a_ratio_has_no_numbers_below_zero() -> None:
    asked = DeclaredAgreement("ratio", ("krippendorff_alpha",))
    for numbers, why in (((0, 1, 2), ""), ((-1, 1, 2), "no_numbers")):
        made: dict[Rank, Fraction] = {rank: Fraction(number) for rank, number in enumerate(numbers)}
        (measure,) = coefficients(rows("0 1 2", "1 1 0"), range(3), made, asked).measures
        assert measure.undefined == why


def test_where_two_have_no_kappa_there_is_no_mean_of_several() -> None:
    asked = DeclaredAgreement(coefficients=("cohen_kappa",))
    (measure,) = coefficients(rows("1 1 2", "1 1 *", "1 1 2"), range(4), declared=asked).measures
    assert measure.estimate is None
    (measure,) = coefficients(rows("1 1 2", "1 2 1", "1 1 2"), range(4), declared=asked).measures
    assert measure.estimate is not None


def test_no_log_line_above_debug(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        coefficients(ANXIETY, range(1, 7))
    assert caplog.records == []
