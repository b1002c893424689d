"""The joint result of a round as a sentence, and what is missing for one."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.wording.material import THE_KIND
from granskning.reporting.wording.procedure import NO_JOINT
from granskning.reporting.wording.uncounted import left_out_line, unassessed_line
from granskning.reporting.wording.words import share
from granskning.scoring.results.card import TOTAL
from granskning.wordings import READ, READ_REQUIRED

if TYPE_CHECKING:
    from granskning.reporting.round_material import RoundMaterial
    from granskning.scoring.results.card import Score, Scorecard

_COVERAGE = {
    True: N_(
        "{assessed} of {applicable} applicable questions have been judged ({share}). A verdict takes at least"
        " {required}, that is {needed} questions."
    ),
    False: N_(
        "{assessed} of the reviewers' {applicable} applicable judgements have been made ({share}). A verdict takes at"
        " least {required}, that is {needed} judgements."
    ),
}
"""How much is judged and how much it takes: in one joint review, in the reviewers' together."""


def make_lead(case: RoundMaterial) -> str:
    """The joint result, or that there is none."""
    t, card = case.t, case.joint.card
    if case.joint.missing:
        return t("The joint review is missing, so the round cannot be assessed.")
    if card is None:
        return unassessed_line(case.joint, t) or t(NO_JOINT)
    if not card.verdict.given:
        if card.total.assessed == 0:
            return t("Nothing has been judged yet, so there is no result.")
        return t("No verdict is given.")
    if card.total.method == "none":
        return t("No overall figure is given. {profile}", profile=_profile(case, card)).strip()
    return _whole(case, card.total)


def make_lacking(case: RoundMaterial) -> tuple[str, ...]:
    """What is missing for a joint result or, where there is one, for a verdict on it."""
    lines = tuple(left_out_line(item, case.t) for item in case.joint.left_out)
    if case.joint.missing:
        return (*_before_joint(case), *lines)
    return (*(_before_verdict(case, case.joint.card) if case.joint.card else ()), *lines)


def _whole(case: RoundMaterial, total: Score) -> str:
    """The overall result."""
    t = case.t
    subject = t(THE_KIND[case.strategy.kind])
    result, band = case.words.result(total, TOTAL), case.words.band(total, TOTAL)
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


def _profile(case: RoundMaterial, card: Scorecard) -> str:
    """How the targets that are part of no other spread over the bands, the highest first."""
    t = case.t
    places: dict[tuple[int, int, str], int] = {}
    for one in card.targets:
        if one.parent is None and one.score.low_band is not None and one.score.high_band is not None:
            ids = [band.id for band in one.score.step.bands]
            ends = (-ids.index(one.score.high_band), -ids.index(one.score.low_band))
            key = (*ends, case.words.band(one.score, one.id))
            places[key] = places.get(key, 0) + 1
    if not places:
        return ""
    parts = [t("{count} {band}", count=t.whole(places[key]), band=key[-1]) for key in sorted(places)]
    targets = t.plural("{count} target picture is judged", "{count} target pictures are judged", sum(places.values()))
    return t("{targets}: {parts}.", targets=targets, parts=t.series(parts))


def _before_joint(case: RoundMaterial) -> tuple[str, ...]:
    """What remains before the reviewers can agree on a joint review."""
    t = case.t
    lacking = [t("A joint review, which the reviewers agree on question by question.")]
    for one in case.reviewers:
        counts, role = one.card.total.counts or {}, case.name_of(one)
        left = sum(counts.get(state, 0) for state in ("empty", "open", "inherited"))
        if left:
            told = t.plural("{role} has {count} question left.", "{role} has {count} questions left.", left, role=role)
            lacking.append(told)
        elif one.review.status == "draft":
            lacking.append(t("{role} has judged everything but not submitted the review.", role=role))
    return tuple(lacking)


def _before_verdict(case: RoundMaterial, card: Scorecard) -> tuple[str, ...]:
    """What the set asks for before there is a verdict, and is not there."""
    t, verdict, total = case.t, card.verdict, card.total
    lacking = []
    if "coverage" in verdict.missing:
        numbers = {
            "assessed": t.whole(total.assessed),
            "applicable": t.whole(total.applicable),
            "share": share(t, total.assessed, total.applicable),
            "required": t.percent(verdict.coverage_required),
            "needed": t.whole(ceil(verdict.coverage_required * total.applicable)),
        }
        lacking.append(t(_COVERAGE[case.joint.method == "consensus"], **numbers))
    if "reading_depth" in verdict.missing:
        one = t(READ[verdict.reading_depth]) if case.joint.method == "consensus" else t("Not all have read that much.")
        lacking.append(f"{t(READ_REQUIRED[verdict.reading_depth_required])} {one}")
    return tuple(lacking)
