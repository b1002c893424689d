from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from granskning.model.review import Answer, Review
from granskning.scoring.reliability.agreement import Disagreement, collect_ratings, compare_reviews, rank_table

if TYPE_CHECKING:
    from granskning.model.review import State

ORDER = ("a1", "a2", "a3", "b1")
LEVELS = ("saknas", "nämns", "styr", "följs upp")


def rank(_criterion: str, level: str) -> int | None:
    return LEVELS.index(level) if level in LEVELS else None


def number(_criterion: str, level: str) -> Fraction:
    return Fraction(level)


def answer(key: str, given: str | None) -> Answer:
    states: dict[str, State] = {
        "not_applicable": "not_applicable",
        "insufficient_evidence": "insufficient_evidence",
        "open": "open",
        "empty": "empty",
        "inherited": "inherited",
    }
    return Answer(key, states[given]) if given in states else Answer(key, "assessed", given)


def review(reviewer: str, *given: str | None) -> Review:
    """A review whose answers to a1, a2 … are these levels or states; None leaves the answer out."""
    return Review(
        strategy="s",
        edition="e",
        criteria="c@1.0.0",
        round="r",
        reviewer=reviewer,
        kind="reviewer",
        status="submitted",
        reading_depth="full_text",
        date=None,
        case_number=None,
        body=None,
        form="full",
        not_read=None,
        summary=None,
        answers={key: answer(key, one) for key, one in zip(ORDER, given, strict=False) if one},
        file=f"{reviewer}.yaml",
    )


def test_three_reviewers() -> None:
    agreement = compare_reviews(
        [
            review("anna", "saknas", "nämns", "styr", "styr"),
            review("bo", "följs upp", "styr", "styr", "not_applicable"),
            review("cilla", "nämns", "nämns", "styr", "styr"),
        ],
        ORDER,
        rank,
    )
    assert agreement.reviewers == ("anna", "bo", "cilla")
    assert (agreement.compared, agreement.exact, agreement.within_one, agreement.largest) == (4, 2, 3, 3)
    assert agreement.disagreements == (
        Disagreement("a1", 3, (("anna", "saknas"), ("bo", "följs upp"), ("cilla", "nämns")), "levels"),
        Disagreement("a2", 1, (("anna", "nämns"), ("bo", "styr"), ("cilla", "nämns")), "levels"),
        Disagreement("b1", 0, (("anna", "styr"), ("bo", "not_applicable"), ("cilla", "styr")), "state"),
    )


def test_the_largest_first_then_the_order_of_the_set_and_states_last() -> None:
    agreement = compare_reviews(
        [
            review("anna", "insufficient_evidence", "saknas", "saknas", "saknas"),
            review("bo", "styr", "nämns", "följs upp", "nämns"),
        ],
        ORDER,
        rank,
    )
    found = [(one.criterion, one.kind, one.distance) for one in agreement.disagreements]
    assert found == [("a3", "levels", 3), ("a2", "levels", 1), ("b1", "levels", 1), ("a1", "state", 0)]


@pytest.mark.parametrize("given", ["empty", "open", "inherited", None, "no such level"])
@pytest.mark.parametrize("other", ["styr", "not_applicable", "insufficient_evidence", "open"])
def test_not_yet_judged_is_no_disagreement(given: str | None, other: str) -> None:
    agreement = compare_reviews([review("anna", given), review("bo", other)], ORDER, rank)
    assert (agreement.compared, agreement.exact, agreement.within_one, agreement.largest) == (0, 0, 0, None)
    assert agreement.disagreements == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("not_applicable", "styr"),
        ("insufficient_evidence", "styr"),
        ("not_applicable", "insufficient_evidence"),
    ],
)
def test_states_that_differ(one: str, other: str) -> None:
    agreement = compare_reviews([review("anna", one), review("bo", other)], ORDER, rank)
    assert agreement.disagreements == (Disagreement("a1", 0, (("anna", one), ("bo", other)), "state"),)
    assert agreement.compared == 0


@pytest.mark.parametrize("state", ["not_applicable", "insufficient_evidence"])
def test_the_same_state_is_agreement_but_nothing_to_compare(state: str) -> None:
    agreement = compare_reviews([review("anna", state), review("bo", state)], ORDER, rank)
    assert (agreement.compared, agreement.disagreements) == (0, ())


def test_levels_that_differ_outweigh_a_state_that_does() -> None:
    reviews = [review("anna", "saknas"), review("bo", "not_applicable"), review("cilla", "styr"), review("dag", "open")]
    agreement = compare_reviews(reviews, ORDER, rank)
    shown = (("anna", "saknas"), ("bo", "not_applicable"), ("cilla", "styr"))
    assert agreement.disagreements == (Disagreement("a1", 2, shown, "levels"),)
    assert (agreement.compared, agreement.exact) == (1, 0)


def test_numbers_of_a_range_are_exact() -> None:
    agreement = compare_reviews(
        [review("anna", "0.1", "7", "2.0"), review("bo", "1.2", "7.5", "2")],
        ORDER,
        number,
    )
    assert agreement.largest == Fraction(11, 10)
    assert (agreement.compared, agreement.exact, agreement.within_one) == (3, 1, 2)
    assert [one.distance for one in agreement.disagreements] == [Fraction(11, 10), Fraction(1, 2)]


@pytest.mark.parametrize("reviews", [[], [review("anna", "styr", "not_applicable")]])
def test_alone_there_is_nothing_to_compare(reviews: list[Review]) -> None:
    agreement = compare_reviews(reviews, ORDER, rank)
    assert (agreement.compared, agreement.largest, agreement.disagreements) == (0, None, ())


def test_answers_to_questions_that_the_set_has_not_are_passed_over() -> None:
    agreement = compare_reviews([review("anna", "styr", "styr"), review("bo", "styr", "saknas")], ("a1",), rank)
    assert (agreement.compared, agreement.exact) == (1, 1)


def test_a_table_of_ranks() -> None:
    reviews = [review("bo", "styr", "open", "no such level", "saknas"), review("anna", "not_applicable", "nämns")]
    ratings = collect_ratings(reviews, ORDER, rank)
    assert [(one.reviewer, one.criterion, one.level, one.rank) for one in ratings] == [
        ("bo", "a1", "styr", 2),
        ("bo", "b1", "saknas", 0),
        ("anna", "a2", "nämns", 1),
    ]
    assert rank_table(ratings) == {"bo": {"a1": 2, "b1": 0}, "anna": {"a2": 1}}


def test_on_a_range_a_tenth_of_it_counts_as_a_level() -> None:
    """As far apart as a level is agreed within one, and what is further apart comes before it."""
    agreement = compare_reviews(
        [review("anna", "20", "0", "10", "0"), review("bo", "35", "1", "20", "0")],
        ORDER,
        lambda _criterion, level: int(level),
        lambda criterion: 100 if criterion in ("a1", "a3") else None,
    )
    assert (agreement.compared, agreement.exact, agreement.within_one, agreement.largest) == (4, 1, 3, 15)
    assert [(one.criterion, one.distance) for one in agreement.disagreements] == [("a1", 15), ("a2", 1), ("a3", 10)]
