"""Score the reviews of a loaded workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.scoring.plan import make_plan
from granskning.scoring.score import score_review
from granskning.workspace.canonical import content_hash

if TYPE_CHECKING:
    from granskning.model import CriteriaSet, Review, Workspace
    from granskning.scoring.card import Scorecard
    from granskning.scoring.plan import Plan


@dataclass(frozen=True, slots=True)
class Scored:
    """A review with its scorecard and the set it was scored with."""

    review: Review
    criteria: CriteriaSet
    criteria_hash: str
    card: Scorecard


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
        scored.append(Scored(review, criteria, digest, score_review(review, plan)))
    return tuple(scored)
