"""The questions of a change: those that were answered otherwise, in groups, and those that were not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from granskning.reporting.differences.change_words import cite_place
from granskning.reporting.differences.comparison_words import SORTS
from granskning.reporting.over_time.change_values import ChangeGroup, QuestionChange
from granskning.reporting.wording.report_context import at_question, name_edition
from granskning.wordings import capital

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.model.evidence import Evidence
    from granskning.reporting.blocks.badges import Mark
    from granskning.reporting.differences.comparison_words import AnswerWords, PartChange
    from granskning.reporting.over_time.change_values import ChangeMaterial


def make_groups(context: ChangeMaterial) -> tuple[ChangeGroup, ...]:
    """All that changed: what rose first, then what fell, what came and went, and what only has other words."""
    changed = context.pair.answers()
    return tuple(
        ChangeGroup(context.t(SORTS[sort]), f"group-{sort}", tuple(_question(context, answer) for answer in answers))
        for sort, answers in groupby(changed, key=lambda answer: answer.sort)
    )


def make_unchanged(context: ChangeMaterial) -> tuple[tuple[Mark, str], ...]:
    """The answers that are the same in both, each with the numbers of its questions."""
    pair = context.pair
    numbers: dict[Mark, list[str]] = {}
    for one in pair.comparison.answers:
        if not one.changes:
            numbers.setdefault(pair.mark(one.after, later=True), []).append(pair.number(one.criterion))
    return tuple((mark, ", ".join(held)) for mark, held in numbers.items())


def _question(context: ChangeMaterial, answer: AnswerWords) -> QuestionChange:
    return QuestionChange(
        number=answer.number,
        anchor=at_question(answer.change.criterion),
        question=answer.question,
        before=answer.before,
        after=answer.after,
        moved=answer.moved,
        why=context.t("{why}.", why=capital(answer.why)) if answer.why else "",
        aspects=_aspects(context, answer),
    )


def _aspects(context: ChangeMaterial, answer: AnswerWords) -> tuple[PartChange, ...]:
    """What has other words. Evidence stands by its places: its words are in the two reviews."""
    parts = context.pair.parts(answer.change, partial(_source, context), cite_place)
    return tuple(_in_a_line(part, context.t) if part.kind == "evidence" else part for part in parts)


def _in_a_line(part: PartChange, t: Translator) -> PartChange:
    """Places of evidence after each other, each once; where they are the same, that the words are not."""
    before, after = (
        (f"{capital('; '.join(dict.fromkeys(side)))}.",) if side else () for side in (part.before, part.after)
    )
    same = (t("Other words than before."),) if before == after else ()
    return replace(part, before=before, after=(*after, *same))


def _source(context: ChangeMaterial, evidence: Evidence, later: bool) -> str:  # noqa: FBT001  # called by position
    """What a source is called: an edition by its title, the text that was reviewed by nothing at all."""
    strategy = context.strategy if later else context.earlier
    edition = strategy.edition(evidence.edition) if evidence.edition else None
    if edition is None:
        return evidence.address or evidence.edition or ""
    is_own = edition.id == context.reviews[later].edition
    return "" if is_own else edition.title or name_edition(edition, context.t)
