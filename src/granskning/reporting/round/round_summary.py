"""The page of a round that can be torn off: the joint result, how far the reviewers agree, what to talk about first.

The joint result of a round as a sentence, and what is missing for one.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.review import READING_DEPTHS
from granskning.reporting.round.round_values import Camp, RoundSummary, Talk
from granskning.reporting.wording.procedure import NO_JOINT, made_words
from granskning.reporting.wording.report_context import THE_KIND, at_question
from granskning.reporting.wording.uncounted import left_out_line, unassessed_line
from granskning.reporting.wording.words import share
from granskning.scoring.results.card import TOTAL
from granskning.wordings import READ, READ_REQUIRED, READERS

if TYPE_CHECKING:
    from granskning.reporting.blocks.badges import Mark
    from granskning.reporting.round.round_material import RoundMaterial
    from granskning.scoring.reliability.agreement import Disagreement
    from granskning.scoring.results.card import Score, Scorecard

_MOST = 3


def make_round_summary(context: RoundMaterial) -> RoundSummary:
    """The one-page summary."""
    t = context.t
    shown = [
        disagreement for disagreement in context.agreement.disagreements if disagreement.kind == "levels"
    ] or context.agreement.disagreements
    departing = [criterion.id for criterion in context.criteria.criteria if context.departs(criterion.id)]
    return RoundSummary(
        lead=make_lead(context),
        made=_made(context),
        lacking=make_lacking(context),
        agreement=_agreement(context),
        read=_read(context),
        heading=t("What to talk about first") if context.consensus is None else t("Where they differed the most"),
        talks=tuple(_talk(context, disagreement) for disagreement in shown[:_MOST]),
        more=_more(context, len(shown)),
        departs=_departs(context, len(departing)),
        departing=tuple((context.numbers[criterion_id], at_question(criterion_id)) for criterion_id in departing),
    )


def _made(context: RoundMaterial) -> str:
    if context.joint.card is None:
        return ""
    return context.t(made_words(context.joint.method, context.criteria))


def _agreement(context: RoundMaterial) -> tuple[str, ...]:
    """How far the reviewers agree, in words."""
    t, found = context.t, context.agreement
    if len(found.reviewers) < 2:  # noqa: PLR2004  # nobody to agree with
        return (t("The round has one reviewer, so there is nothing to compare."),)
    if not found.compared:
        return (t("No question has been given a level by more than one reviewer, so there is nothing to compare."),)
    sentences = [_alike(context)]
    if found.largest:
        first = found.disagreements[0]
        sentences.append(
            t("The largest difference is {distance}.", distance=context.distance(first.criterion, found.largest))
        )
    apart = sum(disagreement.kind == "state" for disagreement in found.disagreements)
    if apart:
        sentences.append(
            t.plural(
                "On {count} question they differ on whether it can be judged.",
                "On {count} questions they differ on whether it can be judged.",
                apart,
            )
        )
    return tuple(sentences)


def _alike(context: RoundMaterial) -> str:
    """How many of the compared questions are alike, and how many nearly so."""
    t, found = context.t, context.agreement
    compared = t.plural(
        "Of {count} question that at least two reviewers have given a level",
        "Of {count} questions that at least two reviewers have given a level",
        found.compared,
    )
    exact, within = t.whole(found.exact), t.whole(found.within_one)
    if found.exact == found.compared:
        return t("{compared}, all have exactly the same level.", compared=compared)
    if any(scale.is_range for scale in context.criteria.scales.values()):
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


def _read(context: RoundMaterial) -> str:
    """How much the reviewers have read, where they have read differently or not all of the text."""
    t = context.t
    depths = [reviewer.review.reading_depth for reviewer in context.reviewers]
    if set(depths) == {"full_text"} or not depths:
        return ""
    if len(depths) == 1:
        return t(READ[depths[0]])
    told = [t.plural(*READERS[depth], depths.count(depth)) for depth in reversed(READING_DEPTHS) if depth in depths]
    if len(told) == 1:
        return f"{told[0]}."
    return t("The reviewers have not read equally much: {readers}.", readers=t.series(told))


def _talk(context: RoundMaterial, disagreement: Disagreement) -> Talk:
    camps: dict[Mark, list[str]] = {}
    for reading in context.reviewers:
        if reading.judged(disagreement.criterion) is not None:
            role = context.t.role(reading.review.reviewer)
            camps.setdefault(context.mark(reading, disagreement.criterion), []).append(role)
    return Talk(
        number=context.numbers[disagreement.criterion],
        anchor=at_question(disagreement.criterion),
        question=context.t.text(context.criterion(disagreement.criterion).question),
        camps=tuple(Camp(mark, context.t.series(who)) for mark, who in camps.items()),
    )


def _more(context: RoundMaterial, count: int) -> str:
    t = context.t
    return t("{shown} of {count}", shown=t.whole(_MOST), count=t.whole(count)) if count > _MOST else ""


def _departs(context: RoundMaterial, count: int) -> str:
    t = context.t
    if context.consensus is None or not context.reviewers:
        return ""
    if not count:
        return t("The joint review gives no level that no reviewer has given.")
    return t.plural(
        "On {count} question the joint review departs from all reviewers:",
        "On {count} questions the joint review departs from all reviewers:",
        count,
    )


_COVERAGE = {
    True: N_(
        "{assessed} of {applicable} applicable questions have been judged ({share}). Needed: at least {needed}"
        " ({required})."
    ),
    False: N_(
        "{assessed} of the reviewers' {applicable} applicable judgements have been made ({share}). Needed: at"
        " least {needed} ({required})."
    ),
}
"""How much is judged and how much it takes: in one joint review, in the reviewers' together."""


def make_lead(context: RoundMaterial) -> str:
    """The joint result, or that there is none."""
    t, card = context.t, context.joint.card
    if context.joint.missing:
        return t("The joint review is missing, so the round cannot be assessed.")
    if card is None:
        return unassessed_line(context.joint, t) or t(NO_JOINT)
    if not card.verdict.given:
        if card.total.assessed == 0:
            return t("Nothing has been judged yet, so there is no result.")
        return t("No verdict is given.")
    if card.total.method == "none":
        return t("No overall figure is given. {profile}", profile=_profile(context, card)).strip()
    return _whole(context, card.total)


def make_lacking(context: RoundMaterial) -> tuple[str, ...]:
    """What is missing for a joint result or, where there is one, for a verdict on it."""
    lines = tuple(left_out_line(item, context.t) for item in context.joint.left_out)
    if context.joint.missing:
        return (*_before_joint(context), *lines)
    return (*(_before_verdict(context, context.joint.card) if context.joint.card else ()), *lines)


def _whole(context: RoundMaterial, total: Score) -> str:
    """The overall result."""
    t = context.t
    subject = t(THE_KIND[context.strategy.kind])
    result, band = context.words.result(total, TOTAL), context.words.band(total, TOTAL)
    told = total.low_band is not None
    if total.standing == "value":
        if told:
            return t("{subject} gets the verdict {band}: {result}.", subject=subject, band=band, result=result)
        return t("{subject} gets {result}.", subject=subject, result=result)
    if not told:
        return t("The result lies within {result}, depending on what remains to be judged.", result=result)
    return t(
        "{subject} gets {band}; the result lies within {result}, depending on what remains to be judged.",
        subject=subject,
        band=band,
        result=result,
    )


def _profile(context: RoundMaterial, card: Scorecard) -> str:
    """How the targets that are part of no other spread over the bands, the highest first."""
    t = context.t
    places: dict[tuple[int, int, str], int] = {}
    for target in card.targets:
        if target.parent is None and target.score.low_band is not None and target.score.high_band is not None:
            ids = [band.id for band in target.score.step.bands]
            ends = (-ids.index(target.score.high_band), -ids.index(target.score.low_band))
            key = (*ends, context.words.band(target.score, target.id))
            places[key] = places.get(key, 0) + 1
    if not places:
        return ""
    parts = [t("{band} in {count}", count=t.whole(places[key]), band=key[-1]) for key in sorted(places)]
    targets = t.plural("{count} target picture is judged", "{count} target pictures are judged", sum(places.values()))
    return t("{targets}: {parts}.", targets=targets, parts=t.series(parts))


def _before_joint(context: RoundMaterial) -> tuple[str, ...]:
    """What remains before the reviewers can agree on a joint review."""
    t = context.t
    lacking = [t("A joint review, which the reviewers agree on question by question.")]
    for reviewer in context.reviewers:
        left, role = reviewer.card.progress.left, context.name_of(reviewer)
        if left:
            told = t.plural("{role} has {count} question left.", "{role} has {count} questions left.", left, role=role)
            lacking.append(told)
        elif not reviewer.review.is_handed_in:
            lacking.append(t("{role} has judged everything but not submitted the review.", role=role))
    return tuple(lacking)


def _before_verdict(context: RoundMaterial, card: Scorecard) -> tuple[str, ...]:
    """What the set asks for before there is a verdict, and is not there."""
    t, verdict, total = context.t, card.verdict, card.total
    lacking = []
    if "coverage" in verdict.missing:
        numbers = {
            "assessed": t.whole(total.assessed),
            "applicable": t.whole(total.applicable),
            "share": share(t, total.assessed, total.applicable),
            "required": t.percent(verdict.coverage_required),
            "needed": t.whole(ceil(verdict.coverage_required * total.applicable)),
        }
        lacking.append(t(_COVERAGE[context.joint.method == "consensus"], **numbers))
    if "reading_depth" in verdict.missing:
        one = (
            t(READ[verdict.reading_depth]) if context.joint.method == "consensus" else t("Not all have read that much.")
        )
        lacking.append(f"{t(READ_REQUIRED[verdict.reading_depth_required])} {one}")
    return tuple(lacking)
