"""What became of the answers that a review took over from an earlier round: confirmed, changed, or left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.report_context import at_question

if TYPE_CHECKING:
    from granskning.model.criteria import Criterion
    from granskning.model.review import Answer, Review
    from granskning.reporting.wording.report_context import Material

_RESOLVED = ("assessed", "not_applicable")
_WORDS = {
    "changed": N_("Changed"),
    "left": N_("Not confirmed yet"),
    "new": N_("Answered now"),
}
_COUNTED: dict[str, tuple[str, str]] = {
    "confirmed": ("{count} answer is confirmed", "{count} answers are confirmed"),
    "changed": ("{count} is changed", "{count} are changed"),
    "left": ("{count} is not confirmed yet", "{count} are not confirmed yet"),
    "new": (
        "{count} question is answered now that was open then",
        "{count} questions are answered now that were open then",
    ),
}


def make_carried(context: Material, earlier: Review | None) -> Grid | None:
    """A table of what has changed and what is left since the round that the review continues; None if it is none."""
    if earlier is None:
        return None
    found: dict[str, list[Criterion]] = {"confirmed": [], "changed": [], "left": [], "new": []}
    for question in context.asked:
        if (kind := _kind(earlier.answers.get(question.id), context.answer(question.id))) is not None:
            found[kind].append(context.criterion(question.id))
    t = context.t
    told = [t.plural(*_COUNTED[kind], len(held)) for kind, held in found.items() if held]
    said = t("The review continues the round {round}: {counts}.", round=earlier.round, counts=t.series(told))
    before = [said if told else t("The review continues the round {round}.", round=earlier.round)]
    if earlier.criteria != context.review.criteria:
        before.append(t("The earlier round was made with version {version} of the criteria.",
                        version=earlier.criteria.partition("@")[2]))  # fmt: skip
    return Grid(
        caption="",
        heads=(
            Head(t("Q. no")),
            Head(t("Question")),
            Head(t("Then")),
            Head(t("Now")),
            Head(t("Outcome")),
        ),
        rows=tuple(_row(context, earlier, one, t(_WORDS[kind])) for kind in _WORDS for one in found[kind]),
        before=tuple(before),
    )


def _kind(before: Answer | None, now: Answer) -> str | None:
    """What became of an answer; None where there was none and is none."""
    was_resolved = before is not None and before.state in _RESOLVED
    if now.state == "inherited":
        return "left"
    if now.state not in _RESOLVED:
        return None
    if before is None or not was_resolved:
        return "new"
    return "confirmed" if (before.state, before.level) == (now.state, now.level) else "changed"


def _row(context: Material, earlier: Review, criterion: Criterion, words: str) -> tuple[GridCell, ...]:
    return (
        GridCell(text=context.numbers[criterion.id], anchor=at_question(criterion.id)),
        GridCell(text=context.words.short_title(criterion.id)),
        _answer(context, criterion, earlier.answers.get(criterion.id)),
        _answer(context, criterion, context.answer(criterion.id)),
        GridCell(text=words),
    )


def _answer(context: Material, criterion: Criterion, answer: Answer | None) -> GridCell:
    """An answer as a mark; a level that the scale no longer has in words."""
    if answer is None:
        return GridCell(mark=context.words.mark(criterion, "empty", None))
    if answer.state == "assessed" and not context.criteria.scale_of(criterion).holds(answer.level or ""):
        return GridCell(text=answer.level or "")
    return GridCell(mark=context.words.mark(criterion, answer.state, answer.level))
