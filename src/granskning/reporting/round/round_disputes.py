"""Where the reviewers disagree, the largest first: the agenda of the meeting that makes the joint review."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.reporting.round.round_values import Dispute, DisputeGroup, Disputes, EvidencePlace, Judgement
from granskning.reporting.shared_parts.quotation_words import outcome_words
from granskning.reporting.wording.report_context import at_question, name_edition
from granskning.reporting.wording.words import paragraphs, place_words

if TYPE_CHECKING:
    from granskning.model.evidence import Evidence
    from granskning.model.review import Answer
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.round.round_material import ReviewReading, RoundMaterial


def make_disputes(context: RoundMaterial) -> Disputes:
    """Every question on which somebody stands apart."""
    t, agreement = context.t, context.agreement
    grouped: dict[str, list[str]] = {}
    for disagreement in agreement.disagreements:
        apart = context.distance(disagreement.criterion, disagreement.distance) if disagreement.kind == "levels" else ""
        grouped.setdefault(apart, []).append(disagreement.criterion)
    groups = [_group(context, _heading(context, apart), criteria) for apart, criteria in grouped.items()]
    if alone := departing_alone(context):
        groups.append(_group(context, t("The reviewers agree, but the joint review differs"), alone))
    return Disputes(intro=_intro(context), groups=tuple(groups))


def departing_alone(context: RoundMaterial) -> list[str]:
    """The questions where the reviewers agree with each other, and the joint review with none of them."""
    return [
        criterion.id
        for criterion in context.criteria.criteria
        if context.departs(criterion.id) and context.disagreement(criterion.id) is None
    ]


def is_told(context: RoundMaterial, criterion: str) -> bool:
    """Whether a question has its own place among the disagreements."""
    return context.disagreement(criterion) is not None or context.departs(criterion)


def _intro(context: RoundMaterial) -> str:
    t = context.t
    if len(context.reviewers) < 2:  # noqa: PLR2004  # a disagreement takes two
        return t("The round has one reviewer, so there is nobody to disagree with.")
    if not context.agreement.disagreements:
        return t("The reviewers do not disagree on any question that more than one of them has judged.")
    if context.consensus is None:
        return t(
            "The questions where the reviewers disagree, the largest difference first. This is the agenda of the"
            " meeting that agrees on a joint review."
        )
    return t(
        "The questions where the reviewers disagree, the largest difference first, with the level that the joint"
        " review gives."
    )


def _heading(context: RoundMaterial, apart: str) -> str:
    t = context.t
    if not apart:
        return t("The reviewers differ on whether the question can be judged")
    return t("The reviewers differ by {distance}", distance=apart)


def _group(context: RoundMaterial, title: str, criteria: list[str]) -> DisputeGroup:
    return DisputeGroup(title, tuple(_dispute(context, criteria_set) for criteria_set in criteria))


def _dispute(context: RoundMaterial, criterion: str) -> Dispute:
    t = context.t
    target = next(
        known_target
        for known_target in context.criteria.all_targets
        if criterion in {own.id for own in known_target.criteria}
    )
    return Dispute(
        number=context.numbers[criterion],
        anchor=at_question(criterion),
        question=t.text(context.criterion(criterion).question),
        target=t.text(target.title),
        judgements=tuple(_judgement(context, reading, criterion) for reading in context.readings),
    )


def _judgement(context: RoundMaterial, reading: ReviewReading, criterion: str) -> Judgement:
    answer = reading.answer(criterion)
    return Judgement(
        who=context.name_of(reading),
        joint=reading.is_joint,
        mark=context.mark(reading, criterion),
        departs=context.t("Departs from all reviewers") if reading.is_joint and context.departs(criterion) else "",
        reason=(*_reason(context, reading, criterion), *paragraphs(answer.justification)),
        places=_places(context, answer),
        note=paragraphs(answer.note) if context.internal else (),
    )


def _reason(context: RoundMaterial, reading: ReviewReading, criterion: str) -> Paragraphs:
    """Why an answer has no level."""
    answer, asked, t = reading.answer(criterion), reading.asked(criterion), context.t
    if asked is None or asked.state != answer.state:
        return ()
    if answer.state != "inherited":
        return paragraphs(answer.reason)
    scale = context.criteria.scale_of(context.criterion(criterion))
    if answer.level is None or not scale.holds(answer.level):
        return (t("From the round {round}.", round=answer.reason),)
    mark = context.words.level(answer.level, scale.id)
    return (t("From the round {round}: {level}.", round=answer.reason, level=mark.level),)


def _places(context: RoundMaterial, answer: Answer) -> tuple[EvidencePlace, ...]:
    """Each place once, with what came of its quotations; one where all is as it says has one sign."""
    statuses: dict[EvidencePlace, dict[str, None]] = {}
    for item in answer.evidence:
        words = outcome_words(item, context.strategy.id, context.quotations, context.t)
        statuses.setdefault(_place(context, item), {}).update({words: None} if words else {})
    return tuple(replace(place, status_words=", ".join(words)) for place, words in statuses.items())


def _place(context: RoundMaterial, item: Evidence) -> EvidencePlace:
    """Where a piece of evidence stands; the reviewed text itself is not named."""
    t = context.t
    edition = context.strategy.edition(item.edition) if item.edition else None
    source = ""
    if edition is not None and edition.id != context.edition.id:
        source = edition.title or name_edition(edition, t)
    elif item.address:
        source = _title_of(context, item.address)
    parts = [
        source,
        *place_words(item, t),
    ]
    words = ", ".join(part for part in parts if part)
    return EvidencePlace(words or t("the text as a whole"), item.address or "")


def _title_of(context: RoundMaterial, address: str) -> str:
    """The title of the page at an address, if the strategy or the set knows it; else the address itself."""
    for source in (*context.strategy.sources, *context.criteria.sources):
        if source.address == address:
            return source.title
    known = (edition.title for edition in context.strategy.editions if edition.address == address and edition.title)
    return next(known, address)
