"""The questions of a change: those that were answered otherwise, in groups, and those that were not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.blocks.grids import Cell, Grid, Head
from granskning.reporting.differences.change_words import MOVED, why_words
from granskning.reporting.over_time.change_values import Aspect, ChangeGroup, QuestionChange
from granskning.reporting.wording.material import at_question, name_edition
from granskning.reporting.wording.words import paragraphs, place_words
from granskning.wordings import capital

if TYPE_CHECKING:
    from granskning.model.evidence import Evidence
    from granskning.model.review import Answer
    from granskning.reporting.blocks.marks import Paragraphs
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


def make_groups(case: ChangeMaterial) -> tuple[ChangeGroup, ...]:
    """All that changed: what rose first, then what fell, what came and went, and what only has other words."""
    held: dict[str, list[AnswerChange]] = {name: [] for name in _GROUPS}
    for one in case.pair.comparison.answers:
        if one.changes:
            held[_kind(one)].append(one)
    return tuple(
        ChangeGroup(case.t(_GROUPS[name]), f"group-{name}", tuple(_question(case, one) for one in changed))
        for name, changed in held.items()
        if changed
    )


def make_unchanged(case: ChangeMaterial) -> Grid | None:
    """The questions with the same answer in both."""
    t, pair = case.t, case.pair
    rows = tuple(
        (
            Cell(f"{pair.number(one.criterion)} {pair.question(one.criterion)}"),
            Cell(mark=pair.mark(one.after, later=True)),
        )
        for one in pair.comparison.answers
        if not one.changes
    )
    if not rows:
        return None
    return Grid(t("Questions with the same answer in both"), (Head(t("Question"), 72), Head(t("Answer"))), rows)


def _kind(one: AnswerChange) -> str:
    if one.before is None or one.after is None:
        return "alone"
    if one.differences:
        return "unlike"
    if one.movement in ("rose", "fell"):
        return one.movement
    return "texts" if one.before.state == one.after.state else "state"


def _question(case: ChangeMaterial, one: AnswerChange) -> QuestionChange:
    t, pair = case.t, case.pair
    moved = t(MOVED[one.movement]) if one.movement in ("rose", "fell") and not one.differences else ""
    why = capital(why_words(one.differences, t)) if one.differences else ""
    kinds = {change.kind for change in one.changes}
    aspects = []
    if "justification" in kinds:
        aspects.append(Aspect(t("Justification"), _reason(one.before), _reason(one.after)))
    if "evidence" in kinds:
        sides = [_cited(case, answer, later=later) for answer, later in ((one.before, False), (one.after, True))]
        aspects.append(Aspect(t("Evidence"), *sides))
    if "recommendation" in kinds:
        given = [paragraphs(answer.recommendation) if answer else () for answer in (one.before, one.after)]
        aspects.append(Aspect(t("Recommendation"), *given))
    return QuestionChange(
        number=pair.number(one.criterion),
        anchor=at_question(one.criterion),
        question=pair.question(one.criterion),
        before=pair.mark(one.before, later=False),
        after=pair.mark(one.after, later=True),
        moved=moved,
        why=t("{why}.", why=why) if why else "",
        aspects=tuple(aspects),
    )


def _reason(answer: Answer | None) -> Paragraphs:
    if answer is None:
        return ()
    return paragraphs(answer.justification) or (paragraphs(answer.reason) if answer.state != "inherited" else ())


def _cited(case: ChangeMaterial, answer: Answer | None, *, later: bool) -> Paragraphs:
    """Each piece of evidence as a line: where it stands, and the quotation or paraphrase."""
    return tuple(_cite(case, one, later=later) for one in answer.evidence) if answer else ()


def _cite(case: ChangeMaterial, one: Evidence, *, later: bool) -> str:
    t = case.t
    strategy = case.strategy if later else case.earlier
    edition = strategy.edition(one.edition) if one.edition else None
    own = case.reviews[later].edition
    source = one.address or one.edition or ""
    if edition is not None:
        source = "" if edition.id == own else edition.title or name_edition(edition, t)
    place = [
        source,
        *place_words(one, t),
    ]
    where = ", ".join(part for part in place if part) or t("the text as a whole")
    said = t("“{words}”", words=" ".join(one.quote.split())) if one.quote else " ".join((one.paraphrase or "").split())
    return t("{where}: {words}", where=capital(where), words=said) if said else capital(where)
