"""Score the reviews of a loaded workspace, and its rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.scoring.agreement import collect_ratings, compare_reviews, rank_table
from granskning.scoring.kappa import coefficients
from granskning.scoring.plan import make_plan
from granskning.scoring.rounds import score_round
from granskning.scoring.score import score_review
from granskning.workspace.canonical import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from granskning.model import CriteriaSet, Review, Workspace
    from granskning.scoring.agreement import Agreement
    from granskning.scoring.card import Scorecard
    from granskning.scoring.kappa import Coefficients
    from granskning.scoring.plan import Plan
    from granskning.scoring.rounds import RoundCard


@dataclass(frozen=True, slots=True)
class Scored:
    """A review with its scorecard and the set it was scored with."""

    review: Review
    criteria: CriteriaSet
    criteria_hash: str
    card: Scorecard
    plan: Plan


@dataclass(frozen=True, slots=True)
class ScoredRound:
    """A round with its reviews, its joint result, and how far its reviewers agree."""

    strategy: str
    round: str
    scored: tuple[Scored, ...]
    joint: RoundCard
    agreement: Agreement

    @property
    def criteria(self) -> CriteriaSet:
        """The set that all its reviews share."""
        return self.scored[0].criteria

    def coefficients(self) -> Coefficients | None:
        """Agreement beyond chance, on the scale that most questions have; None with fewer than two reviewers.

        Ranks on different scales are not the same thing, so questions on other scales are left out.
        """
        reviews = [one.review for one in self.scored if one.review.kind == "reviewer"]
        if len(reviews) < 2:  # noqa: PLR2004  # nobody to agree with
            return None
        plan = self.scored[0].plan
        scales = [criterion.scale for criterion in self.criteria.criteria]
        usual = max(dict.fromkeys(scales), key=scales.count)
        order = [criterion.id for criterion in self.criteria.criteria if criterion.scale == usual]
        ladder = plan.questions[order[0]].ladder
        ratings = collect_ratings(reviews, order, _ranker(plan))
        levels = [] if ladder.scale.is_range else [ladder.rank[key] for key in ladder.keys]
        return coefficients(rank_table(ratings), levels)


def score_workspace(workspace: Workspace) -> tuple[Scored, ...]:
    """Score every review whose criteria set could be read, in the workspace's order."""
    plans: dict[str, tuple[Plan, str]] = {}
    scored = []
    for review in workspace.reviews:
        criteria = workspace.criteria.get(review.criteria)
        if criteria is None:
            continue
        if review.criteria not in plans:
            plans[review.criteria] = (make_plan(criteria), content_hash(criteria))
        plan, digest = plans[review.criteria]
        scored.append(Scored(review, criteria, digest, score_review(review, plan), plan))
    return tuple(scored)


def score_rounds(scored: Sequence[Scored]) -> tuple[ScoredRound, ...]:
    """The rounds among scored reviews: those with several reviewers, or with a joint review.

    Reviews of another edition or criteria set than the first of their round, which is a finding, are left out of it.
    """
    rounds: dict[tuple[str, str], list[Scored]] = {}
    for one in scored:
        held = rounds.setdefault((one.review.strategy, one.review.round), [])
        if not held or (one.review.edition, one.review.criteria) == (held[0].review.edition, held[0].review.criteria):
            held.append(one)
    return tuple(
        _score_round(held)
        for held in rounds.values()
        if len(held) > 1 or held[0].review.kind == "consensus" or held[0].criteria.scoring.reviewers is not None
    )


def _score_round(held: Sequence[Scored]) -> ScoredRound:
    first = held[0]
    plan, criteria = first.plan, first.criteria

    own = [one.review for one in held if one.review.kind == "reviewer"]
    return ScoredRound(
        strategy=first.review.strategy,
        round=first.review.round,
        scored=tuple(held),
        joint=score_round([one.review for one in held], [one.card for one in held], criteria, plan),
        agreement=compare_reviews(own, [one.id for one in criteria.criteria], _ranker(plan), _width(plan)),
    )


def _width(plan: Plan) -> Callable[[str], Fraction | int | None]:
    """What gives the width of the range that a criterion is answered on; None for levels."""

    def width(criterion: str) -> Fraction | int | None:
        scale = plan.questions[criterion].ladder.scale
        return None if scale.minimum is None or scale.maximum is None else scale.maximum - scale.minimum

    return width


def _ranker(plan: Plan) -> Callable[[str, str], Fraction | int | None]:
    """What gives the rank of a criterion's level, or None for one that its scale lacks."""

    def rank(criterion: str, level: str) -> Fraction | int | None:
        ladder = plan.questions[criterion].ladder
        return ladder.rank_of(level) if ladder.holds(level) else None

    return rank
