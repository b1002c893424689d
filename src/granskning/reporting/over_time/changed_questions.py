"""The questions of a change: those that were answered otherwise, in groups, and those that were not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.differences.change_words import MOVED, why_words
from granskning.reporting.over_time.change_values import Aspect, ChangeGroup, QuestionChange
from granskning.reporting.wording.report_context import at_question, name_edition
from granskning.reporting.wording.words import paragraphs, place_words
from granskning.wordings import capital

if TYPE_CHECKING:
    from granskning.model.evidence import Evidence
    from granskning.model.review import Answer
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.over_time.change_values import ChangeMaterial
    from granskning.scoring.compare import AnswerChange

_GROUPS = {
    "rose": N_("Higher than before"),
    "fell": N_("Lower than before"),
    "state": N_("Judged in only one of them"),
    "unlike": N_("Not comparable"),
    "alone": N_("Put in only one of them"),
    "texts": N_("Same level, other words"),
}


def make_groups(context: ChangeMaterial) -> tuple[ChangeGroup, ...]:
    """All that changed: what rose first, then what fell, what came and went, and what only has other words."""
    held: dict[str, list[AnswerChange]] = {name: [] for name in _GROUPS}
    for one in context.pair.comparison.answers:
        if one.changes:
            held[_kind(one)].append(one)
    return tuple(
        ChangeGroup(context.t(_GROUPS[name]), f"group-{name}", tuple(_question(context, one) for one in changed))
        for name, changed in held.items()
        if changed
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


def _kind(answer_change: AnswerChange) -> str:
    if answer_change.before is None or answer_change.after is None:
        return "alone"
    if answer_change.differences:
        return "unlike"
    if answer_change.movement in ("rose", "fell"):
        return answer_change.movement
    return "texts" if answer_change.before.state == answer_change.after.state else "state"


def _question(context: ChangeMaterial, answer_change: AnswerChange) -> QuestionChange:
    t, pair = context.t, context.pair
    moved = (
        t(MOVED[answer_change.movement])
        if answer_change.movement in ("rose", "fell") and not answer_change.differences
        else ""
    )
    why = capital(why_words(answer_change.differences, t)) if answer_change.differences else ""
    kinds = {change.kind for change in answer_change.changes}
    aspects = []
    if "justification" in kinds:
        aspects.append(Aspect(t("Justification"), _reason(answer_change.before), _reason(answer_change.after)))
    if "evidence" in kinds:
        sides = [
            _cited(context, answer, later=later)
            for answer, later in ((answer_change.before, False), (answer_change.after, True))
        ]
        aspects.append(Aspect(t("Evidence"), *sides))
    if "recommendation" in kinds:
        given = [
            paragraphs(answer.recommendation) if answer else ()
            for answer in (answer_change.before, answer_change.after)
        ]
        aspects.append(Aspect(t("Recommendation"), *given))
    return QuestionChange(
        number=pair.number(answer_change.criterion),
        anchor=at_question(answer_change.criterion),
        question=pair.question(answer_change.criterion),
        before=pair.mark(answer_change.before, later=False),
        after=pair.mark(answer_change.after, later=True),
        moved=moved,
        why=t("{why}.", why=why) if why else "",
        aspects=tuple(aspects),
    )


def _reason(answer: Answer | None) -> Paragraphs:
    if answer is None:
        return ()
    return paragraphs(answer.justification) or (paragraphs(answer.reason) if answer.state != "inherited" else ())


def _cited(context: ChangeMaterial, answer: Answer | None, *, later: bool) -> Paragraphs:
    """Each piece of evidence as a line: where it stands, and the quotation or paraphrase."""
    return tuple(_cite(context, one, later=later) for one in answer.evidence) if answer else ()


def _cite(context: ChangeMaterial, evidence_item: Evidence, *, later: bool) -> str:
    t = context.t
    strategy = context.strategy if later else context.earlier
    edition = strategy.edition(evidence_item.edition) if evidence_item.edition else None
    own = context.reviews[later].edition
    source = evidence_item.address or evidence_item.edition or ""
    if edition is not None:
        source = "" if edition.id == own else edition.title or name_edition(edition, t)
    place = [
        source,
        *place_words(evidence_item, t),
    ]
    where = ", ".join(part for part in place if part) or t("the text as a whole")
    said = (
        t("“{words}”", words=" ".join(evidence_item.quote.split()))
        if evidence_item.quote
        else " ".join((evidence_item.paraphrase or "").split())
    )
    return t("{where}: {words}", where=capital(where), words=said) if said else capital(where)
