"""What the pages of a build are called, without ending.

A review is `STRATEGY/ROUND/REVIEWER`, a round `STRATEGY/ROUND`, a change `STRATEGY/ROUND--ROUND` (ids never have two
hyphens in a row), a strategy over time `STRATEGY/index`, a set's annex `kriterier--SET/VERSION`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.tasks.folder.score import ScoredReview

INDEX_NAME = "index"
PORTFOLIO_NAME = "portfolio"


def strategy_name(strategy: str, scored: Iterable[ScoredReview]) -> str:
    """The name of the page of a strategy over time; another one where a round is called index."""
    taken = any(scored_review.review.identity[:2] == (strategy, INDEX_NAME) for scored_review in scored)
    return f"{strategy}/{INDEX_NAME}--{strategy}" if taken else f"{strategy}/{INDEX_NAME}"


def criteria_name(criteria: CriteriaSet) -> str:
    """The name of the page of a set's annex; no strategy's id has two hyphens in a row."""
    return f"kriterier--{criteria.id}/{criteria.version}"


def change_name(before: Review, after: Review) -> str:
    """The name of the page of a change."""
    return f"{after.strategy}/{before.round}--{after.round}"
