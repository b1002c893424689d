"""Why a question is asked: its reason, the challenges it answers, and the goals that it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.criteria import challenges_of, goals_of
from granskning.reporting.criteria.annex_values import Rationale
from granskning.reporting.wording.report_context import at_challenge
from granskning.reporting.wording.words import paragraphs

if TYPE_CHECKING:
    from granskning.model.criteria import Criterion
    from granskning.reporting.wording.report_context import SetContext


def explain_rationale(context: SetContext, criterion: Criterion) -> Rationale:
    """Why one question is asked."""
    t = context.t
    return Rationale(
        why=paragraphs(t.text(criterion.why)),
        challenges=tuple(
            (t.text(challenge.title), at_challenge(challenge.id))
            for challenge in challenges_of(context.criteria, criterion)
        ),
        goals=tuple(t.text(goal.title) for goal in goals_of(context.criteria, criterion)),
    )
