"""The one order of rounds, which of them speaks for a strategy, and which review a review continues."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from granskning.model.review import LeftOut
from granskning.model.rounds import (
    date_of_round,
    earlier_review,
    earlier_reviews,
    name_order,
    order_rounds,
    rounds_of,
    shared_terms,
    speaking_round,
)

if TYPE_CHECKING:
    from conftest import Load
    from granskning.model.review import Review


@pytest.mark.parametrize(
    "names",
    [["omgang-2", "omgang-10"], ["2026-9", "2026-10"], ["2026-04", "2026-11"], ["host-2026", "var-2026"], ["a", "a-1"]],
)
def test_names_are_ordered_with_numbers_as_numbers(names: list[str]) -> None:
    assert sorted({*names}, key=name_order) == names


def test_dates_decide_before_names() -> None:
    assert order_rounds({"antagen": "2026-11-01", "remiss": "2026-04-01"}) == ["remiss", "antagen"]


def test_rounds_without_a_date_come_first() -> None:
    assert order_rounds({"b": "2026-04-01", "z": "", "omgang-10": "", "omgang-2": ""}) == [
        "omgang-2",
        "omgang-10",
        "z",
        "b",
    ]


def test_a_round_has_the_latest_date_of_its_reviews_else_of_its_edition() -> None:
    assert date_of_round(["2026-01-02", None, "2026-01-03"], ["2026-05-05"]) == "2026-01-03"
    assert date_of_round([None, None], [None, "2026-05"]) == "2026-05"
    assert date_of_round([], []) == ""


@dataclass(frozen=True)
class Terms:
    """What a review says of its terms."""

    edition: str
    criteria: str = "prov@1.0.0"
    kind: str = "reviewer"


def test_most_reviews_say_what_a_round_is_about() -> None:
    assert shared_terms([Terms("fel"), Terms("remiss"), Terms("remiss")]) == ("remiss", "prov@1.0.0")


def test_the_joint_review_says_it_before_the_many() -> None:
    reviews = [Terms("remiss"), Terms("remiss"), Terms("antagen", kind="consensus")]
    assert shared_terms(reviews) == ("antagen", "prov@1.0.0")


def test_two_that_disagree_tell_nothing() -> None:
    assert shared_terms([Terms("remiss"), Terms("antagen")]) is None
    assert shared_terms([]) is None


@dataclass(frozen=True)
class Standing:
    """How far a round has come."""

    name: str
    is_handed_in: bool
    is_judged: bool


def test_the_latest_round_that_is_handed_in_speaks() -> None:
    rounds = [Standing("a", True, True), Standing("b", True, False), Standing("c", False, True)]  # noqa: FBT003
    assert speaking_round(rounds) == rounds[1]


def test_where_none_is_handed_in_the_latest_with_a_judgement_speaks() -> None:
    rounds = [Standing("a", False, True), Standing("b", False, False)]  # noqa: FBT003
    assert speaking_round(rounds) == rounds[0]
    assert speaking_round(rounds[1:]) is None


def made(review: Review, round_: str, reviewer: str, kind: str = "reviewer", continues: str | None = None) -> Review:
    file = f"strategies/provplan/reviews/{round_}/{reviewer}.yaml"
    return replace(review, round=round_, reviewer=reviewer, kind=kind, file=file, continues=continues)  # type: ignore[arg-type]


@pytest.fixture
def review(load: Load) -> Review:
    return load().workspace.reviews[0]


def test_the_earlier_review_is_the_own_else_the_joint_else_the_only_one(review: Review) -> None:
    own, other = made(review, "r1", "a"), made(review, "r1", "b")
    joint = made(review, "r1", "samlad", "consensus")
    later = made(review, "r2", "a", continues="r1")
    assert earlier_review([own, other, joint, later], later) == own
    assert earlier_review([other, joint, later], later) == joint
    assert earlier_review([other, later], later) == other
    assert earlier_review([other, made(review, "r1", "c"), later], later) is None
    assert earlier_review([own], replace(later, continues=None)) is None


def test_a_choice_between_several_is_left_to_who_asks(review: Review) -> None:
    reviews = [made(review, "r1", "b"), made(review, "r1", "c")]
    assert earlier_reviews(reviews, "provplan", "r1", "a") == tuple(reviews)


def test_the_rounds_of_a_strategy_hold_what_does_not_count_too(load: Load) -> None:
    workspace = load().workspace
    unread = LeftOut("strategies/provplan/reviews/2027-01/b.yaml", "provplan", "2027-01", "GR101")
    doubled = LeftOut(workspace.reviews[0].file, "provplan", "2026-11", "GR304")
    first, second = rounds_of(replace(workspace, left_out=(doubled, unread)), "provplan")
    assert (first.name, first.reviews, first.left_out) == ("2027-01", (), (unread,)), "no date is known of it"
    assert (second.name, second.date) == ("2026-11", "2026-11-23")
    assert (second.counted, second.members, second.reviews) == ((), (), workspace.reviews)


def test_a_round_without_dates_has_that_of_the_edition_it_is_about(load: Load, review: Review) -> None:
    workspace = load().workspace
    undated = replace(made(review, "2026-11", "a"), date=None)
    (held,) = rounds_of(replace(workspace, reviews=(undated,)), "provplan")
    assert held.date == "2026-05"
    (held,) = rounds_of(replace(workspace, reviews=(replace(undated, edition="annan"),)), "provplan")
    assert held.date == ""
    (held,) = rounds_of(replace(workspace, reviews=(undated,), strategies={}), "provplan")
    assert held.date == ""


def test_other_rounds_and_strategies_are_no_earlier_review(review: Review) -> None:
    earlier, later = made(review, "r1", "b"), made(review, "r2", "b")
    elsewhere = replace(earlier, strategy="annan", file="strategies/annan/reviews/r1/b.yaml")
    assert earlier_reviews([elsewhere, earlier, later], "provplan", "r1", "a") == (earlier,)
    assert earlier_reviews([elsewhere, later], "provplan", "r1", "a") == ()


def test_joint_reviews_that_disagree_tell_nothing_whatever_the_many_say() -> None:
    joint = [Terms("remiss", kind="consensus"), Terms("antagen", kind="consensus")]
    assert shared_terms([*joint, Terms("utkast"), Terms("utkast"), Terms("utkast")]) is None
    assert shared_terms([*joint, Terms("remiss")]) == ("remiss", "prov@1.0.0")


def test_what_is_only_not_laid_together_counts_all_the_same(load: Load, review: Review) -> None:
    """As a review of another edition: it is a review like any other, and no part of the joint result."""
    one, other, third = (made(review, "2026-11", name) for name in "abc")
    apart = LeftOut(one.file, "provplan", "2026-11", "GR305", everywhere=False)
    nowhere = LeftOut(other.file, "provplan", "2026-11", "GR303")
    workspace = replace(load().workspace, reviews=(one, other, third), left_out=(apart, nowhere))
    (held,) = rounds_of(workspace, "provplan")
    assert (held.counted, held.members, held.reviews) == ((one, third), (third,), (one, other, third))


def test_a_round_is_judged_by_one_level_and_handed_in_by_one_review_whether_or_not_they_count(
    load: Load, review: Review
) -> None:
    def held(*reviews: Review) -> tuple[bool, bool]:
        left_out = tuple(LeftOut(item.file, "provplan", "2026-11", "GR303") for item in reviews)
        (only,) = rounds_of(replace(load().workspace, reviews=reviews, left_out=left_out), "provplan")
        return only.is_judged, only.is_handed_in

    empty = replace(made(review, "2026-11", "b"), answers={})
    without = replace(empty, answers={name: answer for name, answer in review.answers.items() if answer.level is None})
    assert held(without, empty) == (False, False)
    assert held(without, review) == (True, False)
    assert held(without, replace(empty, status="submitted")) == (False, True)
    assert held(review, replace(empty, status="approved")) == (True, True)
