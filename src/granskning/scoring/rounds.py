"""Score a round: several reviewers' judgements of one edition, made into one result as the set declares.

Individual results are always kept; this adds the joint one. `consensus` is the joint review's own result. `pooled`
puts every question once to each reviewer and counts all their answers together. `mean` and `median` combine the
reviewers' results, or with `of: answers` their answers question by question; `by_difference` makes one answer of
those to a question by how far apart they are. Conditions that name one question look,
where reviewers are pooled, at the lowest of their answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.model.review import least_far, least_read
from granskning.scoring.engine.evaluate import band_of
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.engine.session import ScoringSession
from granskning.scoring.joining import OF_ONE_REVIEW, choose_joining
from granskning.scoring.joining_by_difference import join_by_difference, put_to_each
from granskning.scoring.results.card import TOTAL, Score, Scorecard, TargetResult
from granskning.scoring.results.numbers import ApproximateNumber, is_exact, to_fraction
from granskning.scoring.score import ScoringContext
from granskning.scoring.verdict import make_verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import LeftOut, Review, Status
    from granskning.scoring.engine.node import Node
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.card import Standing
    from granskning.scoring.results.numbers import Number

WITH_RESULT: tuple[Standing, ...] = ("value", "interval")
"""The results that are combined; others are left out."""
_WITHOUT_RESULT: tuple[Standing, ...] = ("profile", "cannot_be_assessed", "not_applicable")


@dataclass(frozen=True, slots=True)
class RoundCard:
    """The joint result of a round, and how it was made."""

    method: str
    """consensus, pooled, mean, median, single or none."""
    card: Scorecard | None
    """None where there is no joint result: nobody agreed yet, or the set wants none."""
    missing: bool = False
    """Whether a joint review is declared but not there."""
    left_out: tuple[LeftOut, ...] = ()
    """The files of the round that do not count. A joint method cannot do without them, a joint review can."""
    deciding: tuple[Review, ...] = ()
    """The reviews that the result is made of or, without one, all reviewers': their state and reading are the round's.
    """

    @property
    def cannot_be_assessed(self) -> bool:
        """Whether there should be a joint result, and there is none."""
        return self.card is None and self.method != "none"

    @property
    def is_of_one_review(self) -> bool:
        """Whether the result is that of one review as it stands: the joint one, or the only one."""
        return self.card is not None and self.method in OF_ONE_REVIEW

    @property
    def status(self) -> Status | None:
        """The status of the round: that of whoever decides and has come the least far; None where nobody decides."""
        return least_far(review.status for review in self.deciding)

    @property
    def is_draft(self) -> bool:
        """Whether the result, or that there is none, may still change: not all who decide have been approved."""
        return self.cannot_be_assessed or self.status != "approved"


def score_round(  # noqa: PLR0913  # what a round is scored from
    reviews: Sequence[Review],
    cards: Sequence[Scorecard],
    criteria: CriteriaSet,
    plan: Plan,
    left_out: tuple[LeftOut, ...] = (),
    only: frozenset[str] | None = None,
) -> RoundCard:
    """The joint result of reviews that share edition and criteria set; `cards` are their own results.

    `left_out` are the files of the round that do not count. With `only` it is the result on some of the questions
    alone, which `cards` then are too.
    """
    method, members, deciding, missing = choose_joining(
        [review.kind for review in reviews], criteria.scoring.reviewers, is_whole=not left_out
    )
    card: Scorecard | None = None
    own = [reviews[place] for place in members]
    if members and method in OF_ONE_REVIEW:
        card = cards[members[0]]
    elif members and method == "by_difference":
        context, _ = join_by_difference(own, criteria, only)
        card = context.card((own[0].strategy, own[0].round, ""), least_read(own))
    elif members and (method == "pooled" or criteria.scoring.reviewers_of == "answers"):
        context = lay_together(own, criteria, None if method == "pooled" else method, only)
        card = context.card((own[0].strategy, own[0].round, ""), least_read(own))
    elif members:
        card = _by_results([cards[place] for place in members], method, plan, own)
    return RoundCard(method, card, missing, left_out, tuple(reviews[place] for place in deciding))


def lay_together(
    reviews: Sequence[Review], criteria: CriteriaSet, merge: str | None, only: frozenset[str] | None = None
) -> ScoringContext:
    """All answers at once: pooled, or each question's answers first merged into one."""
    plan = compile_criteria(criteria, [review.reviewer for review in reviews], merge)
    asked, answers = put_to_each(plan, reviews, only)
    return ScoringContext(ScoringSession(plan), asked, answers)


def _by_results(cards: Sequence[Scorecard], method: str, plan: Plan, reviews: Sequence[Review]) -> Scorecard:
    """Each result the mean, or the middle one, of the reviewers' results."""
    total = _combined([card.total for card in cards], method, plan.nodes[TOTAL])
    first = cards[0]
    by_target: dict[str, list[TargetResult]] = {}
    for card in cards:
        for target in card.targets:
            by_target.setdefault(target.id, []).append(target)
    targets = [
        TargetResult(
            name,
            results[0].parent,
            results[0].weight,
            _combined([result.score for result in results], method, plan.nodes[name]),
        )
        for name, results in sorted(by_target.items(), key=lambda item: plan.targets.index(item[0]))
    ]
    return Scorecard(
        strategy=first.strategy,
        round=first.round,
        reviewer="",
        criteria=first.criteria,
        total=total,
        targets=tuple(targets),
        criteria_results=(),
        gates=(),
        verdict=make_verdict(least_read(reviews), total, plan.scoring),
    )


def _combined(scores: Sequence[Score], method: str, node: Node) -> Score:
    """One result of several; those that could not be assessed or do not apply are left out."""
    there = [score for score in scores if score.standing in WITH_RESULT]
    counts: dict[str, int] = {}
    for standing in scores:
        for key, number in (standing.counts or {}).items():
            counts[key] = counts.get(key, 0) + number
    sums = {name: sum(getattr(score, name) for score in scores) for name in ("assessed", "applicable", "asked")}
    standings = {score.standing for score in scores}
    blank = Score(
        step=scores[0].step,
        standing=next((standing for standing in _WITHOUT_RESULT if standing in standings), "value"),
        counts=counts,
        **sums,
        minimum=_middle([score.minimum for score in scores], method),
        maximum=_middle([score.maximum for score in scores], method),
    )
    if not there:
        return blank
    low, low_outcome = _end(there, "low", method, node)
    high, high_outcome = _end(there, "high", method, node)
    so_far, so_far_outcome = _end(there, "so_far", method, node)
    settled = (low, low_outcome) == (high, high_outcome)
    low_band = _band_at(low, node, [score.low_band for score in there])
    high_band = _band_at(high, node, [score.high_band for score in there])
    return blank._replace(
        standing="value" if settled else "interval",
        value=low if settled else None,
        low=low,
        high=high,
        so_far=so_far,
        so_far_outcome=so_far_outcome,
        outcome=low_outcome if settled else None,
        low_outcome=low_outcome,
        high_outcome=high_outcome,
        band=low_band if low_band == high_band else None,
        low_band=low_band,
        high_band=high_band,
        bounds="outer" if any(score.bounds == "outer" for score in there) else "exact",
    )


def _end(scores: Sequence[Score], end: str, method: str, node: Node) -> tuple[Number | None, str | None]:
    """One end of the combined result: its number and, where a median of levels is taken, its level."""
    keys = [getattr(score, f"{end}_outcome") for score in scores]
    if node.ladder is not None and takes_levels(keys, method):
        ordered = sorted(keys, key=lambda key: (node.ladder and node.ladder.rank_of(key)) or 0)
        key = ordered[(len(ordered) - 1) // 2]  # of two in the middle the lower
        return node.ladder.cell(key)[0], key
    return _middle([getattr(score, end) for score in scores], method), None


def takes_levels(keys: Sequence[str | None], method: str) -> bool:
    """Whether it is a level, and not a number, that results are combined into."""
    return method == "median" and all(key is not None for key in keys)


def _middle(values: Sequence[Number | None], method: str) -> Number | None:
    numbers = [value for value in values if value is not None]
    if not numbers:
        return None
    if method == "median":
        ordered = sorted(numbers)
        low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
        return low if low == high else _mean([low, high])
    return _mean(numbers)


def _mean(numbers: Sequence[Number]) -> Number:
    if all(number == numbers[0] for number in numbers):
        return numbers[0]
    mean = sum((to_fraction(number) for number in numbers), Fraction(0)) / len(numbers)
    return mean if all(is_exact(number) for number in numbers) else ApproximateNumber(mean)


def _band_at(value: Number | None, node: Node, names: Sequence[str | None]) -> str | None:
    """The band of a combined result, by its value, but never outside the bands that the reviewers' results are in.

    What bands require is a matter of answers, so a band that none of the reviewers reached is not reached together.
    """
    ids = [band.id for band in node.step.bands]
    band_id = None if value is None else band_of(value, node.step)
    reached = [ids.index(name) for name in names if name is not None]
    if band_id is None or not reached:
        return None
    return ids[min(max(ids.index(band_id), min(reached)), max(reached))]
