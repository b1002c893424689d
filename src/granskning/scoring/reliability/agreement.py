"""How far several reviewers of one round agree: reviews in, counts and disagreements out. No chance correction here.

What is not yet judged (empty, open or inherited) is no disagreement. Shares are left to the reader, since a share of
nothing is nothing: `exact / compared` where `compared` is not zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from granskning.model.review import Answer, Review

Rank: TypeAlias = "int | Fraction"
"""A level's place on its criterion's scale, counted from the lowest; or the number itself, for a number range."""

_TENTHS = Fraction(10)

SET_ASIDE = ("not_applicable", "insufficient_evidence")
"""The states that are a judgement without a level."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One reviewer's judgement of one criterion, where it is a level."""

    criterion: str
    reviewer: str
    level: str
    rank: Rank


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One criterion that the reviewers judged differently (oenighet)."""

    criterion: str
    distance: Rank
    """The highest rank minus the lowest among the assessed; 0 where they differ only in state."""
    levels: tuple[tuple[str, str], ...]
    """Each reviewer who has judged it, and the key of the level or the name of the state; in the reviewers' order."""
    kind: Literal["levels", "state"]
    """Whether assessed levels differ, or only whether and why it was set aside."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the reviewers of one round agree (samstämmighet)."""

    reviewers: tuple[str, ...]
    compared: int
    """Criteria assessed by at least two."""
    exact: int
    """Of these, those where all assessed levels are equal."""
    within_one: int
    """Of these, those where the highest and the lowest rank differ by at most one."""
    largest: Rank | None
    """The largest distance; None where nothing is compared."""
    disagreements: tuple[Disagreement, ...]
    """The largest distance first, then in the criteria's order; those in state alone come last."""


def compare_reviews(
    reviews: Sequence[Review],
    order: Sequence[str],
    rank: Callable[[str, str], Rank | None],
    width: Callable[[str], Rank | None] = lambda _criterion: None,
) -> Agreement:
    """Compare the reviews criterion by criterion.

    `width` gives, for a criterion answered on a range of numbers, how wide the range is: there a tenth of it counts
    as one level, and disagreements on ranges and on levels are put in order by that measure.

    `order` is the ids of the criteria, in the set's order. `rank` gives the rank of a criterion's level, or None when
    the criterion has no such level; the answer then counts as empty.
    """
    disagreements: list[Disagreement] = []
    distances: list[Rank] = []
    steps: dict[str, Rank] = {}
    for criterion in order:
        judged = [
            (review.reviewer, *judgement)
            for review in reviews
            if (judgement := _judgement(review.answers.get(criterion), criterion, rank))
        ]
        ranks = [place for _, _, place in judged if place is not None]
        distance = max(ranks) - min(ranks) if ranks else 0
        steps[criterion] = distance * _TENTHS / wide if (wide := width(criterion)) else distance
        if len(ranks) > 1:
            distances.append(steps[criterion])
        if distance or len({"" if place is not None else state for _, state, place in judged}) > 1:
            shown = tuple((reviewer, given) for reviewer, given, _ in judged)
            disagreements.append(Disagreement(criterion, distance, shown, "levels" if distance else "state"))
    return Agreement(
        reviewers=tuple(review.reviewer for review in reviews),
        compared=len(distances),
        exact=sum(1 for distance in distances if not distance),
        within_one=sum(1 for distance in distances if distance <= 1),
        largest=max((disagreement.distance for disagreement in disagreements), default=0) if distances else None,
        disagreements=tuple(sorted(disagreements, key=lambda item: -steps[item.criterion])),
    )


def collect_ratings(
    reviews: Iterable[Review], order: Sequence[str], rank: Callable[[str, str], Rank | None]
) -> tuple[Rating, ...]:
    """Every level that was given, review by review in the criteria's order; arguments as for `compare_reviews`."""
    return tuple(
        Rating(criterion, review.reviewer, judgement[0], judgement[1])
        for review in reviews
        for criterion in order
        if (judgement := _judgement(review.answers.get(criterion), criterion, rank)) and judgement[1] is not None
    )


def rank_table(ratings: Iterable[Rating]) -> dict[str, dict[str, Rank]]:
    """The ranks by reviewer and criterion, the way `kappa.coefficients` takes them. One table is for one scale."""
    table: dict[str, dict[str, Rank]] = {}
    for rating in ratings:
        table.setdefault(rating.reviewer, {})[rating.criterion] = rating.rank
    return table


def _judgement(
    answer: Answer | None, criterion: str, rank: Callable[[str, str], Rank | None]
) -> tuple[str, Rank | None] | None:
    """The level and its rank, or the state that sets the criterion aside; None where it is not yet judged."""
    if answer is None:
        return None
    if answer.state in SET_ASIDE:
        return answer.state, None
    if answer.state != "assessed" or answer.level is None:
        return None
    place = rank(criterion, answer.level)
    return None if place is None else (answer.level, place)
