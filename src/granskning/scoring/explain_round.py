"""A round's reviews → how its joint result came about: of one review, of all answers together, or of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.explain import explain_context, explain_review
from granskning.scoring.joining import OF_ONE_REVIEW, choose_joining
from granskning.scoring.joining_by_difference import join_by_difference, readable
from granskning.scoring.outline import outline_of, scale_steps
from granskning.scoring.results.card import TOTAL
from granskning.scoring.results.explanation import Explanation, JointExplanation, MemberResult, RoundExplanation
from granskning.scoring.rounds import WITH_RESULT, lay_together, takes_levels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.scoring.engine.node import Node
    from granskning.scoring.results.card import Score, Scorecard
    from granskning.scoring.results.explanation import JoinedAnswer
    from granskning.scoring.rounds import RoundCard


def explain_round(
    joint: RoundCard, reviews: Sequence[Review], cards: Sequence[Scorecard], criteria: CriteriaSet
) -> RoundExplanation:
    """How the joint result of reviews came about; `cards` are their own results, `joint` what was made of them."""
    kinds = [review.kind for review in reviews]
    method, members, *_ = choose_joining(kinds, criteria.scoring.reviewers, is_whole=not joint.left_out)
    own = [reviews[place] for place in members] if joint.card is not None else []
    of = criteria.scoring.reviewers_of if method in ("mean", "median") else "results"
    results: dict[str, JointExplanation] = {}
    together: Explanation | None = None
    joined: tuple[JoinedAnswer, ...] = ()
    if own and method in OF_ONE_REVIEW:
        plan = compile_criteria(criteria)
        together = Explanation(outline_of(plan), explain_review(own[0], plan))
    elif own and method == "by_difference":
        context, told = join_by_difference(own, criteria)
        joined = tuple(map(readable, told))
        together = Explanation(outline_of(context.plan), explain_context(context))
    elif own and (method == "pooled" or of == "answers"):
        context = lay_together(own, criteria, None if method == "pooled" else method)
        together = Explanation(outline_of(context.plan), explain_context(context))
    elif own and joint.card is not None:
        results = _of_results(joint.card, [cards[place] for place in members], own, method, criteria)
    return RoundExplanation(
        method=method,
        of=of,
        members=tuple(review.reviewer for review in own),
        left_out=joint.left_out,
        results=results,
        laid_together=together,
        joined=joined,
    )


def _of_results(
    joint: Scorecard, cards: Sequence[Scorecard], reviews: Sequence[Review], method: str, criteria: CriteriaSet
) -> dict[str, JointExplanation]:
    """Each target's result, and the whole, by the reviewers' own."""
    plan = compile_criteria(criteria)
    names = [review.reviewer for review in reviews]
    every = [{TOTAL: card.total, **{one.id: one.score for one in card.targets}} for card in cards]
    made = {TOTAL: joint.total, **{one.id: one.score for one in joint.targets}}
    return {
        place: _joint(
            score,
            [(name, scores[place]) for name, scores in zip(names, every, strict=True) if place in scores],
            method,
            plan.nodes[place],
        )
        for place, score in made.items()
    }


def _joint(score: Score, own: Sequence[tuple[str, Score]], method: str, node: Node) -> JointExplanation:
    there = [one for _, one in own if one.standing in WITH_RESULT]
    by_level = [
        node.ladder is not None and bool(there) and takes_levels([getattr(one, end) for one in there], method)
        for end in ("low_outcome", "high_outcome")
    ]
    return JointExplanation(
        id=node.id,
        step=node.step,
        members=tuple(
            MemberResult(
                name,
                one.standing in WITH_RESULT,
                one.standing,
                (one.low, one.high),
                (one.low_outcome, one.high_outcome),
            )
            for name, one in own
        ),
        by_level=(by_level[0], by_level[1]),
        values=(score.low, score.high),
        levels=(score.low_outcome, score.high_outcome),
        scale=None if node.ladder is None else scale_steps(node.ladder),
    )
