"""What the other reviewers of a round say of each question, beside the joint judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.reporting.wording.lexicon import Lexicon

if TYPE_CHECKING:
    from granskning.tasks.editing.desk import OpenReview
    from granskning.web.context import Visit


@dataclass(frozen=True, slots=True)
class View:
    """One reviewer's judgement of one question."""

    reviewer: str
    words: str
    reason: str


def views_of(visit: Visit, held: OpenReview) -> dict[str, tuple[View, ...]]:
    """The reviewers' judgements by question, when the review is the joint one; else nothing."""
    if held.review.kind != "consensus":
        return {}
    lexicon = Lexicon(visit.t, held.criteria, held.scored.outline)
    others = [
        one
        for one in visit.desk.loaded().workspace.reviews
        if one.kind == "reviewer" and (one.strategy, one.round) == (held.review.strategy, held.review.round)
    ]
    views: dict[str, tuple[View, ...]] = {}
    for criterion in held.criteria.criteria:
        said = []
        for one in others:
            answer = one.answers.get(criterion.id)
            if answer is not None:
                words = lexicon.mark(criterion, answer.state, answer.level).words
                said.append(View(one.reviewer, words, answer.justification or answer.reason or ""))
        views[criterion.id] = tuple(said)
    return views
