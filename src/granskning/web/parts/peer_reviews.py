"""What the other reviewers of a round say of each question, beside the joint judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.model.rounds import others_of_round
from granskning.reporting.shared_parts.prose_languages import marked_prose
from granskning.reporting.wording.criteria_vocabulary import Lexicon

if TYPE_CHECKING:
    from granskning.tasks.editing.edit_session import OpenReview
    from granskning.web.parts.context import RequestContext


@dataclass(frozen=True, slots=True)
class View:
    """One reviewer's judgement of one question."""

    reviewer: str
    words: str
    reason: str


def views_of(visit: RequestContext, opened_review: OpenReview) -> dict[str, tuple[View, ...]]:
    """The reviewers' judgements by question, when the review is the joint one; else nothing."""
    if not opened_review.review.is_joint:
        return {}
    lexicon = Lexicon(visit.page_t, opened_review.criteria, opened_review.scored.outline)
    others = [
        review
        for review in others_of_round(visit.desk.loaded().workspace.reviews, opened_review.review)
        if not review.is_joint
    ]
    prose = marked_prose(visit.desk.loaded().workspace, visit.page_t)
    views: dict[str, tuple[View, ...]] = {}
    for criterion in opened_review.criteria.criteria:
        said = []
        for other_review in others:
            answer = other_review.answers.get(criterion.id)
            if answer is not None:
                words = lexicon.mark(criterion, answer.state, answer.level).level
                role = visit.page_t.role(other_review.reviewer)
                said.append(View(role, words, prose(answer.justification or answer.reason or "", other_review)))
        views[criterion.id] = tuple(said)
    return views
