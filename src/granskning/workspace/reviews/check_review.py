"""What can be wrong in one review, given the criteria set and the strategy it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.model.review import tags_of
from granskning.wordings import STATUSES
from granskning.workspace.checks.dates import impossible_dates, is_before, wrong_order
from granskning.workspace.reviews.check_answers import AnswerChecks, check_states, is_judged
from granskning.workspace.reviews.check_evidence import check_evidence, unknown_edition
from granskning.workspace.reviews.check_overrides import check_overrides
from granskning.workspace.reviews.review_finding import review_finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.workspace.reviews.check_answers import SetQuestions

_REASONS = ("justification", "insufficient_evidence", "open")
_NOT_FOUND = re.compile(r"\b(hittades|hittats|hittade)\s+inte\b|\binte\s+(hittats|hittades)\b|\bnot\s+found\b")
"""That something has been sought in vain, in the words of reviewers."""


def check_review(
    values: dict[str, Any], review: Review, questions: SetQuestions | None, strategy: Strategy | None
) -> Iterator[Finding]:
    """Yield what is wrong in the review itself. Without questions or strategy, what can be told without them."""
    answers = values.get("answers") or {}
    for key, answer in answers.items():
        if answer:
            if not is_judged(answer):
                yield from check_states(review.file, key, answer)
            for number, item in enumerate(answer.get("evidence") or ()):
                at = ("answers", key, "evidence", number)
                yield from check_evidence(review.file, at, item, strategy, review.date)
    if questions is not None:
        checks = AnswerChecks(review, questions, strategy, answers)
        yield from checks.check_all(answers)
        yield from checks.check_complete(answers)
        yield from _check_tags(review, questions)
        yield from check_overrides(review, questions.criteria)
    if strategy is not None:
        yield from check_edition(review, strategy)
    yield from impossible_dates(review.file, ("date",), review.date)
    yield from _check_depth(review, answers)
    yield from _check_searches(review, answers)


def _check_depth(review: Review, answers: dict[str, Any]) -> Iterator[Finding]:
    """That what is said not to have been read is not quoted by its pages."""
    if review.reading_depth != "not_read":
        return
    own = [answer or {} for answer in answers.values() if "inherited" not in (answer or {})]
    items = [item for answer in own for item in answer.get("evidence") or ()]
    count = sum("edition" in item and ("page" in item or "pdf_page" in item) for item in items)
    if count:
        code = "GR801" if review.status == "draft" else "GR802"
        yield review_finding(code, review.file, ("reading_depth",), count=count, status=Words(STATUSES[review.status]))


def _check_searches(review: Review, answers: dict[str, Any]) -> Iterator[Finding]:
    """That what is said not to have been found has been sought, as the log tells."""
    for number, search in enumerate(review.searches):
        yield from impossible_dates(review.file, ("searches", number, "date"), search.date)
    reasons = [(key, state) for key, answer in answers.items() for state, words in (answer or {}).items()
               if state in _REASONS and isinstance(words, str) and _tells_of_a_search(words)]  # fmt: skip
    if reasons and not review.searches:
        yield review_finding("GR807", review.file, ("answers", *reasons[0]), key=True, count=len(reasons))


def _tells_of_a_search(words: str) -> bool:
    return ("hitta" in words or "found" in words) and _NOT_FOUND.search(words) is not None


def _check_tags(review: Review, questions: SetQuestions) -> Iterator[Finding]:
    """That each tag that questions are chosen by is one that some question carries."""
    known = questions.tags
    for number, tag in enumerate(tags_of(review.form)):
        if tag not in known:
            values = {"set": questions.criteria.reference, "tag": tag, "known": KnownNames(known)}
            yield Finding(RULES["GR270"], Pointer(review.file, ("tags", number)), values, near=(tag, known))


def check_edition(review: Review, strategy: Strategy) -> Iterator[Finding]:
    """Yield that the edition is not there, or is later than the review."""
    edition = strategy.edition(review.edition)
    at_date = Pointer(review.file, ("date",))
    if edition is None:
        yield unknown_edition(review.file, ("edition",), review.edition, strategy)
    elif is_before(review.date, edition.date):
        yield wrong_order(at_date, (N_("the review's date"), review.date), (N_("the edition's date"), edition.date))
