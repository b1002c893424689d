"""The rounds of a strategy (granskningsomgångar): their one order, what counts in them, and which speaks for it.

Every command, report and page asks here, so that no two of them have rounds of their own. Values in, values out;
what a round comes to is `scoring`'s business.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from granskning.model.review import LeftOut, Review
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Workspace

_NUMBER = re.compile(r"(\d+)")

NameOrder = tuple[tuple[int, int, str], ...]
RoundOrder = tuple[str, NameOrder]


# kept by the process and not by a task: a name's order follows from the name alone, and every sort asks for it anew
@lru_cache(maxsize=4096)
def name_order(name: str) -> NameOrder:
    """What names are ordered by: numbers in them as numbers, so that `omgang-10` comes after `omgang-2`."""
    parts = _NUMBER.split(name)
    return tuple((0, int(part), "") if place % 2 else (1, 0, part) for place, part in enumerate(parts) if part)


def round_order(name: str, date: str) -> RoundOrder:
    """What rounds are ordered by: the date, an empty one first; equal dates by name."""
    return date, name_order(name)


def order_rounds(dates: Mapping[str, str]) -> list[str]:
    """The names of rounds with their dates, the oldest first."""
    return sorted(dates, key=lambda name: round_order(name, dates[name]))


def date_of_round(review_dates: Iterable[str | None], edition_dates: Iterable[str | None]) -> str:
    """The one date of a round: the latest of its reviews', else of the edition's, else none (empty)."""
    dates = [date for date in review_dates if date]
    return max(dates or [date for date in edition_dates if date], default="")


class Termed(Protocol):
    """What a review says of the terms it was made on."""

    @property
    def edition(self) -> str:
        """The text that was reviewed."""

    @property
    def criteria(self) -> str:
        """The criteria set, `id@version`."""

    @property
    def kind(self) -> str:
        """Whether it is a reviewer's or the joint one."""


def shared_terms(reviews: Iterable[Termed]) -> tuple[str, str] | None:
    """The edition and criteria set that a round is about; None where its reviews do not tell.

    Those of the joint review, else those that most of the reviews name. Two that equally many name tell nothing.
    """
    terms = [((review.edition, review.criteria), review.kind) for review in reviews]
    joint = {pair for pair, kind in terms if kind == "consensus"}
    ranked = Counter(pair for pair, _ in terms if not joint or pair in joint).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a strategy: all its reviews, and what of them counts."""

    strategy: str
    name: str
    date: str
    """Its one date; empty where neither reviews nor edition have any."""
    reviews: tuple[Review, ...]
    """All that could be read, the joint review last."""
    left_out: tuple[LeftOut, ...] = ()
    """The files of it that do not count, in their order."""

    @property
    def terms(self) -> tuple[str, str] | None:
        """The edition and criteria set that its reviews share; see `shared_terms`."""
        return shared_terms(self.counted)

    @property
    def counted(self) -> tuple[Review, ...]:
        """The reviews that count as reviews, whether or not they can be laid together."""
        nowhere = {item.file for item in self.left_out if item.everywhere}
        return tuple(review for review in self.reviews if review.file not in nowhere) if nowhere else self.reviews

    @property
    def members(self) -> tuple[Review, ...]:
        """The reviews that are laid together: those that count and are not left out of the round."""
        outside = {item.file for item in self.left_out}
        return tuple(review for review in self.reviews if review.file not in outside) if outside else self.reviews

    @property
    def is_handed_in(self) -> bool:
        """Whether any review of it is submitted or approved, whether or not it counts."""
        return any(review.is_handed_in for review in self.reviews)

    @property
    def is_judged(self) -> bool:
        """Whether any answer of it is a level, whether or not it counts."""
        return any(answer.state == "assessed" for review in self.reviews for answer in review.answers.values())


def rounds_by_strategy(workspace: Workspace) -> dict[str, tuple[Round, ...]]:
    """The rounds of every strategy that has any, the oldest first; those with no readable file among them too."""
    reviews: dict[tuple[str, str], list[Review]] = {}
    aside: dict[tuple[str, str], list[LeftOut]] = {}
    for review in workspace.reviews:
        reviews.setdefault((review.strategy, review.round), []).append(review)
    for item in workspace.left_out:
        aside.setdefault((item.strategy, item.round), []).append(item)
    rounds: dict[str, list[Round]] = {}
    for strategy, name in {**reviews, **aside}:
        key = (strategy, name)
        members = reviews.get(key, [])
        date = _date(members, workspace.strategies.get(strategy))
        made = Round(strategy, name, date, tuple(members), tuple(aside.get(key, ())))
        rounds.setdefault(strategy, []).append(made)
    return {
        strategy: tuple(sorted(made, key=lambda item: round_order(item.name, item.date)))
        for strategy, made in rounds.items()
    }


def rounds_of(workspace: Workspace, strategy: str) -> tuple[Round, ...]:
    """The rounds of one strategy, the oldest first. Who asks for many strategies asks `rounds_by_strategy` once."""
    return rounds_by_strategy(workspace).get(strategy, ())


def sort_reviews(reviews: Iterable[Review], strategies: Mapping[str, Strategy]) -> tuple[Review, ...]:
    """Reviews by strategy, round (the oldest first), kind and reviewer: the order they have everywhere."""
    held: dict[tuple[str, str], list[Review]] = {}
    for review in reviews:
        held.setdefault((review.strategy, review.round), []).append(review)
    order = {
        (strategy, name): (strategy, *round_order(name, _date(members, strategies.get(strategy))))
        for (strategy, name), members in held.items()
    }
    return tuple(
        review
        for key in sorted(held, key=order.__getitem__)
        for review in sorted(held[key], key=lambda item: order_in_round(item.kind, item.reviewer, item.file))
    )


def order_in_round(kind: str, reviewer: str, file: str) -> tuple[bool, str, str]:
    """What the reviews of a round are ordered by: the joint one last, the others by role."""
    return kind == "consensus", reviewer, file


def _date(reviews: Sequence[Review], strategy: Strategy | None) -> str:
    editions = {review.edition for review in reviews}
    dates = [edition.date for edition in strategy.editions if edition.id in editions] if strategy else []
    return date_of_round((review.date for review in reviews), dates)


class Standing(Protocol):
    """How far a round has come."""

    @property
    def is_handed_in(self) -> bool:
        """Whether any review of it is submitted or approved."""

    @property
    def is_judged(self) -> bool:
        """Whether any answer of it is a level."""


def joint_review(reviews: Iterable[Review]) -> Review | None:
    """The joint review among those of a round; None where there is none."""
    return next((review for review in reviews if review.is_joint), None)


def others_of_round(reviews: Iterable[Review], review: Review) -> tuple[Review, ...]:
    """The other reviews of a review's round, in their order."""
    place = (review.strategy, review.round)
    return tuple(each for each in reviews if (each.strategy, each.round) == place and each.file != review.file)


S = TypeVar("S", bound=Standing)


def speaking_round(rounds: Sequence[S]) -> S | None:
    """Of rounds in their order, the one that speaks for the strategy; None where nothing is judged.

    The latest in which a review is submitted or approved; where none is, the latest with an answer that is a level.
    """
    handed_in = [item for item in rounds if item.is_handed_in]
    judged = handed_in or [item for item in rounds if item.is_judged]
    return judged[-1] if judged else None


def earlier_reviews(reviews: Iterable[Review], strategy: str, round_: str, reviewer: str) -> tuple[Review, ...]:
    """What a reviewer's answers can be carried over from in a round: their own review, else the joint, else all.

    Where it holds one, that is the earlier review; where it holds more, somebody must choose.
    """
    there = [review for review in reviews if (review.strategy, review.round) == (strategy, round_)]
    own = [review for review in there if review.reviewer == reviewer]
    joint = [review for review in there if review.is_joint]
    return next((tuple(choice) for choice in (own, joint) if len(choice) == 1), tuple(there))


def earlier_review(reviews: Iterable[Review], review: Review) -> Review | None:
    """The review that one says it continues; None where it continues none, or nothing tells which."""
    if review.continues is None:
        return None
    others = (other for other in reviews if other.file != review.file)
    choice = earlier_reviews(others, review.strategy, review.continues, review.reviewer)
    return choice[0] if len(choice) == 1 else None
