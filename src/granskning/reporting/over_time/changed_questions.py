"""The questions of a change: those that were answered otherwise, in groups, and those that were not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.differences.comparison_words import SORTS
from granskning.reporting.over_time.change_values import ChangeGroup, QuestionChange
from granskning.reporting.wording.report_context import at_question, name_edition
from granskning.wordings import capital

if TYPE_CHECKING:
    from granskning.model.evidence import Evidence
    from granskning.reporting.differences.comparison_words import AnswerWords, PartChange
    from granskning.reporting.over_time.change_values import ChangeMaterial


def make_groups(context: ChangeMaterial) -> tuple[ChangeGroup, ...]:
    """All that changed: what rose first, then what fell, what came and went, and what only has other words."""
    changed = context.pair.answers()
    return tuple(
        ChangeGroup(context.t(SORTS[sort]), f"group-{sort}", tuple(_question(context, answer) for answer in answers))
        for sort, answers in groupby(changed, key=lambda answer: answer.sort)
    )


def make_unchanged(context: ChangeMaterial) -> Grid | None:
    """The questions with the same answer in both."""
    t, pair = context.t, context.pair
    rows = tuple(
        (
            GridCell(f"{pair.number(one.criterion)} {pair.question(one.criterion)}"),
            GridCell(mark=pair.mark(one.after, later=True)),
        )
        for one in pair.comparison.answers
        if not one.changes
    )
    if not rows:
        return None
    return Grid(t("Questions with the same answer in both"), (Head(t("Question"), 72), Head(t("Answer"))), rows)


def _question(context: ChangeMaterial, answer: AnswerWords) -> QuestionChange:
    return QuestionChange(
        number=answer.number,
        anchor=at_question(answer.change.criterion),
        question=answer.question,
        before=answer.before,
        after=answer.after,
        moved=answer.moved,
        why=context.t("{why}.", why=capital(answer.why)) if answer.why else "",
        aspects=tuple(_capitals(part) for part in context.pair.parts(answer.change, partial(_source, context))),
    )


def _capitals(part: PartChange) -> PartChange:
    """Pieces of evidence stand as paragraphs of their own."""
    if part.kind != "evidence":
        return part
    before, after = (tuple(capital(line) for line in side) for side in (part.before, part.after))
    return replace(part, before=before, after=after)


def _source(context: ChangeMaterial, evidence: Evidence, later: bool) -> str:  # noqa: FBT001  # called by position
    """What a source is called: an edition by its title, the text that was reviewed by nothing at all."""
    strategy = context.strategy if later else context.earlier
    edition = strategy.edition(evidence.edition) if evidence.edition else None
    if edition is None:
        return evidence.address or evidence.edition or ""
    is_own = edition.id == context.reviews[later].edition
    return "" if is_own else edition.title or name_edition(edition, context.t)
