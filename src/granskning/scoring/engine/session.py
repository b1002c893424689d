"""What scoring remembers while a task scores many reviews with one plan; the plan and its parts stay plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granskning.scoring.engine.node import Question, Spans
    from granskning.scoring.engine.node_cache import NodeCache
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.card import CriterionResult


@dataclass(slots=True, eq=False)
class ScoringSession:
    """The caches of one plan. It belongs to the task that scores, and goes when the task is done.

    One for each plan: what a node comes to under one plan says nothing of another.
    """

    plan: Plan
    nodes: dict[str, NodeCache] = field(default_factory=dict, init=False)
    """By node what it has come to before."""
    spans: dict[frozenset[str], Spans] = field(default_factory=dict, init=False)
    """The least and the most that each node can come to, by the questions put."""
    asked: dict[str, list[Question]] = field(default_factory=dict, init=False)
    """The questions that each form of review puts, in the set's order."""
    entries: dict[tuple[str, str, str | None, str | None, str | None], CriterionResult] = field(
        default_factory=dict, init=False
    )
    """How answers entered the sum, by question, state, level, the level counted and
    what evidence it lacks: the same few come again."""


def open_session(plan: Plan, session: ScoringSession | None) -> ScoringSession:
    """The task's session of this plan, or a new one for who scores a single review."""
    if session is None:
        return ScoringSession(plan)
    if session.plan is not plan:
        message = f"the session is another plan's: {session.plan.reference}, not {plan.reference}"
        raise ValueError(message)
    return session
