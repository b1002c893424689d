"""Answers tried on a criteria set: the result that the real scoring gives, of a review that is never written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.model.method import number_of
from granskning.model.review import Answer, Review
from granskning.tasks.folder.score import score_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.review import State
    from granskning.model.workspace import Workspace
    from granskning.tasks.folder.score import ScoredReview

_STATES: tuple[State, ...] = ("not_applicable", "insufficient_evidence", "open")


def try_answers(workspace: Workspace, criteria: CriteriaSet, given: Mapping[str, str]) -> ScoredReview:
    """The result of these answers, by question: the key of a level, a number, or a state; empty is unanswered.

    Raises UsageError for a level that the scale of a question does not have.
    """
    answers = {
        criterion.id: _answer(criterion, given.get(criterion.id, "").strip(), criteria)
        for criterion in criteria.criteria
    }
    review = Review(
        strategy="", edition="", criteria=criteria.reference, round="", reviewer="", kind="reviewer", status="draft",
        reading_depth="full_text", date=None, case_number=None, body=None, form="full", not_read=None, summary=None,
        answers=answers, file="",
    )  # fmt: skip
    return score_all(replace(workspace, reviews=(review,)))[0]


def _answer(criterion: Criterion, text: str, criteria: CriteriaSet) -> Answer:
    if not text:
        return Answer(criterion.id, "empty")
    state = next((known for known in _STATES if known == text), None)
    if state is not None:
        return Answer(criterion.id, state, reason="–")
    scale = criteria.scale_of(criterion)
    number = number_of(text.replace(",", ".")) if scale.is_range else None
    key = str(number) if number is not None and number.denominator == 1 else text.replace(",", ".")
    inside = number is not None and (scale.minimum is None or scale.minimum <= number) \
        and (scale.maximum is None or number <= scale.maximum)  # fmt: skip
    if inside or (not scale.is_range and any(level.key == text for level in scale.levels)):
        return Answer(criterion.id, "assessed", level=key if scale.is_range else text)
    message = N_("there is no level {level} on the scale of this question")
    raise UsageError(message, N_("nothing was saved"), level=text)
