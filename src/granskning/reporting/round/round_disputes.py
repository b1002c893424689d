"""Where the reviewers disagree, the largest first: the agenda of the meeting that makes the joint review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.round.round_values import Dispute, DisputeGroup, Disputes, EvidencePlace, Judgement
from granskning.reporting.wording.material import at_question, name_edition
from granskning.reporting.wording.words import paragraphs, place_words

if TYPE_CHECKING:
    from granskning.model.evidence import Evidence
    from granskning.reporting.blocks.marks import Paragraphs
    from granskning.reporting.round.round_material import Reading, RoundMaterial


def make_disputes(case: RoundMaterial) -> Disputes:
    """Every question on which somebody stands apart."""
    t, agreement = case.t, case.agreement
    grouped: dict[str, list[str]] = {}
    for one in agreement.disagreements:
        apart = case.distance(one.criterion, one.distance) if one.kind == "levels" else ""
        grouped.setdefault(apart, []).append(one.criterion)
    groups = [_group(case, _heading(case, apart), criteria) for apart, criteria in grouped.items()]
    if alone := departing_alone(case):
        groups.append(_group(case, t("The reviewers agree, but the joint review differs"), alone))
    return Disputes(intro=_intro(case), groups=tuple(groups))


def departing_alone(case: RoundMaterial) -> list[str]:
    """The questions where the reviewers agree with each other, and the joint review with none of them."""
    return [one.id for one in case.criteria.criteria if case.departs(one.id) and case.disagreement(one.id) is None]


def is_told(case: RoundMaterial, criterion: str) -> bool:
    """Whether a question has its own place among the disagreements."""
    return case.disagreement(criterion) is not None or case.departs(criterion)


def _intro(case: RoundMaterial) -> str:
    t = case.t
    if len(case.reviewers) < 2:  # noqa: PLR2004  # a disagreement takes two
        return t("The round has one reviewer, so there is nobody to disagree with.")
    if not case.agreement.disagreements:
        return t("The reviewers do not disagree on any question that more than one of them has judged.")
    if case.consensus is None:
        return t(
            "The questions where the reviewers disagree, the largest difference first. This is the agenda of the"
            " meeting that agrees on a joint review."
        )
    return t(
        "The questions where the reviewers disagree, the largest difference first, with the level that the joint"
        " review gives."
    )


def _heading(case: RoundMaterial, apart: str) -> str:
    t = case.t
    if not apart:
        return t("The reviewers differ on whether the question can be judged")
    return t("The reviewers differ by {distance}", distance=apart)


def _group(case: RoundMaterial, title: str, criteria: list[str]) -> DisputeGroup:
    return DisputeGroup(title, tuple(_dispute(case, one) for one in criteria))


def _dispute(case: RoundMaterial, criterion: str) -> Dispute:
    t = case.t
    target = next(one for one in case.criteria.all_targets if criterion in {own.id for own in one.criteria})
    return Dispute(
        number=case.numbers[criterion],
        anchor=at_question(criterion),
        question=t.text(case.criterion(criterion).question),
        target=t.text(target.title),
        judgements=tuple(_judgement(case, one, criterion) for one in case.readings),
    )


def _judgement(case: RoundMaterial, one: Reading, criterion: str) -> Judgement:
    answer = one.answer(criterion)
    return Judgement(
        who=case.name_of(one),
        joint=one.is_joint,
        mark=case.mark(one, criterion),
        departs=case.t("Departs from all reviewers") if one.is_joint and case.departs(criterion) else "",
        reason=(*_reason(case, one, criterion), *paragraphs(answer.justification)),
        places=tuple(dict.fromkeys(_place(case, item) for item in answer.evidence)),
        note=paragraphs(answer.note) if case.internal else (),
    )


def _reason(case: RoundMaterial, one: Reading, criterion: str) -> Paragraphs:
    """Why an answer has no level."""
    answer, asked, t = one.answer(criterion), one.asked(criterion), case.t
    if asked is None or asked.state != answer.state:
        return ()
    if answer.state != "inherited":
        return paragraphs(answer.reason)
    scale = case.criteria.scale_of(case.criterion(criterion))
    if answer.level is None or not scale.holds(answer.level):
        return (t("From the round {round}.", round=answer.reason),)
    mark = case.words.level(answer.level, scale.id)
    return (t("From the round {round}: {level}.", round=answer.reason, level=mark.level),)


def _place(case: RoundMaterial, item: Evidence) -> EvidencePlace:
    """Where a piece of evidence stands; the reviewed text itself is not named."""
    t = case.t
    edition = case.strategy.edition(item.edition) if item.edition else None
    source = ""
    if edition is not None and edition.id != case.edition.id:
        source = edition.title or name_edition(edition, t)
    elif item.address:
        source = _title_of(case, item.address)
    parts = [
        source,
        *place_words(item, t),
    ]
    words = ", ".join(part for part in parts if part)
    return EvidencePlace(words or t("the text as a whole"), item.address or "")


def _title_of(case: RoundMaterial, address: str) -> str:
    """The title of the page at an address, if the strategy or the set knows it; else the address itself."""
    for source in (*case.strategy.sources, *case.criteria.sources):
        if source.address == address:
            return source.title
    known = (one.title for one in case.strategy.editions if one.address == address and one.title)
    return next(known, address)
