"""What must hold for every round of reviews, whatever was answered."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from granskning.model.review import Answer, Review
from granskning.scoring.reliability.agreement import Agreement, collect_ratings, compare_reviews, rank_table
from granskning.scoring.reliability.coefficients import Coefficients, coefficients

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.review import State
    from granskning.scoring.reliability.agreement import Rank

ORDER = ("a", "b", "c", "d", "e", "f")
LEVELS = ("0", "1", "2", "3")
STATES: tuple[State, ...] = ("not_applicable", "insufficient_evidence", "open", "empty", "inherited")

Table = dict[str, dict[str, "Rank"]]

answers = st.one_of(st.sampled_from(LEVELS), st.sampled_from(LEVELS), st.sampled_from(STATES), st.none())
places = st.integers(0, 3)
numbers = st.one_of(st.integers(-100, 100), st.fractions(-100, 100), st.fractions())
names = st.sampled_from(("anna", "bo", "cilla", "dag"))


def rank(_criterion: str, level: str) -> int:
    return int(level)


def answer(key: str, one: str) -> Answer:
    state = next((state for state in STATES if state == one), None)
    return Answer(key, state) if state else Answer(key, "assessed", one)


def review(reviewer: str, answered: Mapping[str, str | None]) -> Review:
    return Review(
        strategy="s",
        edition="e",
        criteria="c@1.0.0",
        round="r",
        reviewer=reviewer,
        kind="reviewer",
        status="draft",
        reading_depth="full_text",
        date=None,
        case_number=None,
        body=None,
        form="full",
        not_read=None,
        summary=None,
        answers={key: answer(key, one) for key, one in answered.items() if one},
        file=f"{reviewer}.yaml",
    )


rounds = st.dictionaries(names, st.fixed_dictionaries(dict.fromkeys(ORDER, answers)), max_size=4).map(
    lambda given: [review(reviewer, answered) for reviewer, answered in given.items()]
)


def tables(ranks: st.SearchStrategy[Rank]) -> st.SearchStrategy[Table]:
    return st.dictionaries(names, st.dictionaries(st.sampled_from(ORDER), ranks), max_size=4)


any_table = st.one_of(tables(places), tables(numbers))
any_levels = st.sampled_from([(), (0, 1, 2, 3), (0, 1), tuple(range(11))])


def values(found: Coefficients) -> list[float]:
    kappas = [value for kappa in found.kappas for value in (kappa.plain, kappa.linear, kappa.quadratic)]
    return [value for value in (*kappas, found.nominal, found.ordinal, found.interval) if value is not None]


def without_order(agreement: Agreement) -> object:
    return (
        sorted(agreement.reviewers),
        agreement.compared,
        agreement.exact,
        agreement.within_one,
        agreement.largest,
        sorted((one.criterion, one.distance, sorted(one.levels), one.kind) for one in agreement.disagreements),
    )


# --- counts -----------------------------------------------------------------------------------------------------------


@given(rounds, st.data())
def test_no_order_matters(reviews: list[Review], data: st.DataObject) -> None:
    one = compare_reviews(reviews, ORDER, rank)
    other = compare_reviews(data.draw(st.permutations(reviews)), [*data.draw(st.permutations(ORDER))], rank)
    assert without_order(one) == without_order(other)


@given(rounds)
def test_counts_fit_together(reviews: list[Review]) -> None:
    agreement = compare_reviews(reviews, ORDER, rank)
    assert 0 <= agreement.exact <= agreement.within_one <= agreement.compared <= len(ORDER)
    levels = [one for one in agreement.disagreements if one.kind == "levels"]
    assert len(levels) == agreement.compared - agreement.exact
    assert (agreement.largest is None) == (agreement.compared == 0)
    assert max((one.distance for one in levels), default=0) == (agreement.largest or 0)
    assert len({one.criterion for one in agreement.disagreements}) == len(agreement.disagreements)
    places_ = [(-one.distance, ORDER.index(one.criterion)) for one in agreement.disagreements]
    assert places_ == sorted(places_)
    for one in agreement.disagreements:
        assert (one.kind == "levels") == (one.distance > 0)
        assert len(one.levels) > 1


@given(rounds)
def test_who_answers_as_another_changes_nothing(reviews: list[Review]) -> None:
    assume(len(reviews) > 1)
    one = compare_reviews(reviews, ORDER, rank)
    other = compare_reviews([*reviews, reviews[0]], ORDER, rank)
    assert {found.criterion for found in one.disagreements} == {found.criterion for found in other.disagreements}
    assert (one.largest or 0) == (other.largest or 0)
    assert one.compared <= other.compared


@given(rounds)
def test_what_is_compared_is_what_has_two_ratings(reviews: list[Review]) -> None:
    table = rank_table(collect_ratings(reviews, ORDER, rank))
    assert compare_reviews(reviews, ORDER, rank).compared == coefficients(table, range(4)).items


# --- coefficients -----------------------------------------------------------------------------------------------------


@given(any_table, any_levels)
def test_never_above_one_and_always_a_number(table: Table, levels: tuple[int, ...]) -> None:
    found = coefficients(table, levels)
    assert all(value <= 1 for value in values(found))  # which no NaN is
    for kappa in found.kappas:
        kinds = (kappa.plain, kappa.linear, kappa.quadratic)
        assert kinds.count(None) in (0, 3)
        assert all(value is None or value >= -1 - 1e-9 for value in kinds)
    assert (found.nominal, found.ordinal, found.interval).count(None) in (0, 3)
    assert len(found.kappas) == len(table) * (len(table) - 1) // 2


@given(any_table, any_levels, st.data())
def test_the_same_digits_in_any_order(table: Table, levels: tuple[int, ...], data: st.DataObject) -> None:
    mixed = {
        reviewer: dict(data.draw(st.permutations(list(table[reviewer].items()))))
        for reviewer in data.draw(st.permutations(list(table)))
    }
    one, other = coefficients(table, levels), coefficients(mixed, data.draw(st.permutations(levels)))
    assert (one.nominal, one.ordinal, one.interval, one.items, one.few) == (
        other.nominal,
        other.ordinal,
        other.interval,
        other.items,
        other.few,
    )
    by_pair = [
        {frozenset(kappa.reviewers): (kappa.items, kappa.plain, kappa.linear, kappa.quadratic) for kappa in kappas}
        for kappas in (one.kappas, other.kappas)
    ]
    assert by_pair[0] == by_pair[1]


@given(st.dictionaries(st.sampled_from(ORDER), numbers, min_size=2), st.integers(2, 4))
def test_perfect_agreement_is_one(ranks: dict[str, Rank], reviewers: int) -> None:
    assume(len(set(ranks.values())) > 1)
    found = coefficients({str(name): ranks for name in range(reviewers)}, ())
    assert set(values(found)) == {1}
    assert len(values(found)) == 3 + 3 * len(found.kappas)


@given(any_table)
def test_one_is_perfect_agreement(table: Table) -> None:
    found = coefficients(table, ())
    if found.nominal is not None:
        items = [{ranks[item] for ranks in table.values() if item in ranks} for item in ORDER]
        assert (found.nominal == 1) == all(len(ranks) < 2 for ranks in items)


@given(tables(places), st.fractions(min_value=Fraction(1, 10), max_value=10), st.fractions(-10, 10))
def test_unit_and_zero_do_not_matter(table: Table, factor: Fraction, added: Fraction) -> None:
    moved = {name: {key: rank_ * factor + added for key, rank_ in ranks.items()} for name, ranks in table.items()}
    one, other = coefficients(table, range(4)), coefficients(moved, [level * factor + added for level in range(4)])
    assert values(one) == pytest.approx(values(other))


@given(tables(places), any_levels)
def test_levels_that_nobody_uses_do_not_matter_between_numbers(table: Table, levels: tuple[int, ...]) -> None:
    assert values(coefficients(table, levels)) == values(coefficients(table, range(4)))
