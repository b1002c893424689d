"""One answer of a joint review, as it stands before the meeting.

Where all reviewers answered alike the answer is filled in, with what they wrote. Where they did not, it is left empty
with every reviewer's view in comments above it.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from granskning.model.review import Answer
from granskning.wordings import STATES
from granskning.workspace.yaml.yaml_text import comment, evidence, level_key, prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.evidence import Evidence
    from granskning.model.review import Review

_WIDTH = 100
_REASONED = ("not_applicable", "insufficient_evidence", "open")


def joint_answer(
    criterion: Criterion, criteria: CriteriaSet, reviews: Sequence[Review], t: Translator
) -> Iterator[str]:
    """The lines of the answer, after the comment that tells the question and its levels."""
    given = [review.answers.get(criterion.id) or Answer(criterion.id, "empty") for review in reviews]
    first = given[0]
    alike = all((one.state, one.level) == (first.state, first.level) for one in given)
    if alike and first.state in ("assessed", *_REASONED):
        yield "  # " + t("All reviewers answered alike.")
        yield f"  {criterion.id}:"
        yield from _filled(given)
        return
    if any(one.state != "empty" for one in given):
        yield "  # " + t("The reviewers' answers:")
        for review, one in zip(reviews, given, strict=True):
            yield from _view(review.reviewer, one, criterion, criteria, t)
    yield f"  {criterion.id}:"
    yield "    level:"


def _filled(given: Sequence[Answer]) -> Iterator[str]:
    first = given[0]
    if first.state == "assessed":
        yield f"    level: {level_key(first.level or '')}"
    else:
        yield from prose(first.state, _together(one.reason for one in given), 4)
    if justification := _together(one.justification for one in given):
        yield from prose("justification", justification, 4)
    items: dict[Evidence, None] = {item: None for one in given for item in one.evidence}
    yield from evidence(tuple(items))
    if recommendation := _together(one.recommendation for one in given):
        yield from prose("recommendation", recommendation, 4)


def _together(texts: Iterable[str | None]) -> str:
    """The different texts, each as a paragraph of its own."""
    different = {" ".join(text.split()): text.strip() for text in texts if text and text.strip()}
    return "\n\n".join(different.values())


def _view(reviewer: str, answer: Answer, criterion: Criterion, criteria: CriteriaSet, t: Translator) -> Iterator[str]:
    """What one reviewer answered and why, as a comment."""
    labels = {level.key: t.text(level.label) for level in criteria.scale_of(criterion).levels}
    level = f"{answer.level} {labels.get(answer.level or '', '')}".strip()
    words = level if answer.state == "assessed" else t(STATES[answer.state])
    why = comment((answer.reason if answer.state in _REASONED else answer.justification) or "")
    text = f"{reviewer}: {words}{'. ' if why else ''}{why}"
    yield from textwrap.wrap(text, _WIDTH, initial_indent="  #   ", subsequent_indent="  #     ")
    for item in answer.evidence:
        place = ", ".join(str(part) for part in (item.edition or item.address, item.page, item.section) if part)
        quote = item.quote or item.paraphrase or ""
        yield from textwrap.wrap(
            comment(f"{place}: {quote}"), _WIDTH, initial_indent="  #     ", subsequent_indent="  #       "
        )
