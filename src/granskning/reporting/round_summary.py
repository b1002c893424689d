"""The page of a round that can be torn off: the joint result, how far the reviewers agree, what to talk about first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.review import READING_DEPTHS
from granskning.reporting.round_values import Camp, RoundSummary, Talk
from granskning.reporting.round_verdict import make_lacking, make_lead
from granskning.reporting.wording.material import at_question
from granskning.reporting.wording.procedure import made_words
from granskning.wordings import READ, READERS

if TYPE_CHECKING:
    from granskning.reporting.blocks.marks import Mark
    from granskning.reporting.round_material import RoundMaterial
    from granskning.scoring.agreement import Disagreement

_MOST = 3


def make_round_summary(case: RoundMaterial) -> RoundSummary:
    """The one-page summary."""
    t = case.t
    shown = [one for one in case.agreement.disagreements if one.kind == "levels"] or case.agreement.disagreements
    departing = [one.id for one in case.criteria.criteria if case.departs(one.id)]
    return RoundSummary(
        lead=make_lead(case),
        made=_made(case),
        lacking=make_lacking(case),
        agreement=_agreement(case),
        read=_read(case),
        heading=t("What to talk about first") if case.consensus is None else t("Where they differed the most"),
        talks=tuple(_talk(case, one) for one in shown[:_MOST]),
        more=_more(case, len(shown)),
        departs=_departs(case, len(departing)),
        departing=tuple((case.numbers[one], at_question(one)) for one in departing),
    )


def _made(case: RoundMaterial) -> str:
    if case.joint.card is None:
        return ""
    return case.t(made_words(case.joint.method, case.criteria))


def _agreement(case: RoundMaterial) -> tuple[str, ...]:
    """How far the reviewers agree, in words."""
    t, found = case.t, case.agreement
    if len(found.reviewers) < 2:  # noqa: PLR2004  # nobody to agree with
        return (t("The round has one reviewer, so there is nothing to compare."),)
    if not found.compared:
        return (t("No question has been given a level by more than one reviewer, so there is nothing to compare."),)
    sentences = [_alike(case)]
    if found.largest:
        first = found.disagreements[0]
        sentences.append(
            t("The largest difference is {distance}.", distance=case.distance(first.criterion, found.largest))
        )
    apart = sum(one.kind == "state" for one in found.disagreements)
    if apart:
        sentences.append(
            t.plural(
                "On {count} question they differ on whether it can be judged.",
                "On {count} questions they differ on whether it can be judged.",
                apart,
            )
        )
    return tuple(sentences)


def _alike(case: RoundMaterial) -> str:
    """How many of the compared questions are alike, and how many nearly so."""
    t, found = case.t, case.agreement
    compared = t.plural(
        "Of {count} question that at least two reviewers have given a level",
        "Of {count} questions that at least two reviewers have given a level",
        found.compared,
    )
    exact, within = t.whole(found.exact), t.whole(found.within_one)
    if found.exact == found.compared:
        return t("{compared}, all have exactly the same level.", compared=compared)
    if any(scale.is_range for scale in case.criteria.scales.values()):
        return t(
            "{compared}, {exact} are exactly alike and {within} differ by at most one level or one unit.",
            compared=compared,
            exact=exact,
            within=within,
        )
    return t(
        "{compared}, {exact} have exactly the same level and {within} differ by at most one.",
        compared=compared,
        exact=exact,
        within=within,
    )


def _read(case: RoundMaterial) -> str:
    """How much the reviewers have read, where they have read differently or not all of the text."""
    t = case.t
    depths = [one.review.reading_depth for one in case.reviewers]
    if set(depths) == {"full_text"} or not depths:
        return ""
    if len(depths) == 1:
        return t(READ[depths[0]])
    told = [t.plural(*READERS[depth], depths.count(depth)) for depth in reversed(READING_DEPTHS) if depth in depths]
    if len(told) == 1:
        return f"{told[0]}."
    return t("The reviewers have not read equally much: {readers}.", readers=t.series(told))


def _talk(case: RoundMaterial, one: Disagreement) -> Talk:
    camps: dict[Mark, list[str]] = {}
    for reading in case.reviewers:
        if reading.judged(one.criterion) is not None:
            camps.setdefault(case.mark(reading, one.criterion), []).append(reading.review.reviewer)
    return Talk(
        number=case.numbers[one.criterion],
        anchor=at_question(one.criterion),
        question=case.t.text(case.criterion(one.criterion).question),
        camps=tuple(Camp(mark, case.t.series(who)) for mark, who in camps.items()),
    )


def _more(case: RoundMaterial, count: int) -> str:
    t = case.t
    return t("{shown} of {count}", shown=t.whole(_MOST), count=t.whole(count)) if count > _MOST else ""


def _departs(case: RoundMaterial, count: int) -> str:
    t = case.t
    if case.consensus is None or not case.reviewers:
        return ""
    if not count:
        return t("The joint review gives no level that no reviewer has given.")
    return t.plural(
        "On {count} question the joint review departs from all reviewers:",
        "On {count} questions the joint review departs from all reviewers:",
        count,
    )
