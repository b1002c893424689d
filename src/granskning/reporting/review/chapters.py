"""The chapters, one for each target picture: its figures, its questions, and what each judgement rests on.

Questions without a level that share state and reason stand together in one list, so that a hundred open questions
do not become a hundred boxes with the same sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.review.origins import make_origin
from granskning.reporting.review.results import make_decided
from granskning.reporting.review.sections import EvidenceText, Origin, QuestionGroup, QuestionText, TargetText
from granskning.reporting.review.statistics import make_challenges
from granskning.reporting.wording.material import at_question, at_target, depth_of, name_edition
from granskning.reporting.wording.sums import outer_words
from granskning.reporting.wording.words import paragraphs, place_words
from granskning.wordings import QUESTIONS_IN_STATE

if TYPE_CHECKING:
    from granskning.model.criteria import Criterion, Target
    from granskning.model.evidence import Evidence
    from granskning.model.review import Answer, State
    from granskning.reporting.blocks.marks import Paragraphs
    from granskning.reporting.wording.material import Material
    from granskning.scoring.results.card import CriterionResult


def make_chapters(case: Material) -> tuple[TargetText, ...]:
    """A chapter for each target that the review asks about."""
    told: dict[str, Target] = {}
    return tuple(_chapter(case, target, told) for target in case.criteria.all_targets if case.beneath(target.id))


def _chapter(case: Material, target: Target, told: dict[str, Target]) -> TargetText:
    asked = [one for one in case.asked if one.target == target.id]
    together = _together(case, asked)
    grouped = {one.id for members in together for one in members}
    return TargetText(
        number=case.numbers[target.id],
        anchor=at_target(target.id),
        title=case.t.text(target.title),
        depth=depth_of(case, target.id),
        picture=case.t.text(target.picture),
        result=_result(case, target),
        decided=make_decided(case, target.id),
        parts=tuple(_part(case, one) for one in target.targets if case.beneath(one.id)),
        challenges=make_challenges(case, target, told),
        questions=tuple(_question(case, one) for one in asked if one.id not in grouped),
        groups=tuple(_group(case, members) for members in together),
    )


def _part(case: Material, target: Target) -> tuple[str, str, str]:
    """A target that this one is made up of: number and title, where it stands, and its result."""
    score = next(one.score for one in case.card.targets if one.id == target.id)
    title = f"{case.numbers[target.id]} {case.t.text(target.title)}"
    return title, at_target(target.id), case.words.result(score, target.id)


def _result(case: Material, target: Target) -> str:
    """One line: result, band, answered of asked."""
    t, words = case.t, case.words
    result = case.result(target.id)
    if result is None:
        return ""
    score = result.score
    if score.standing == "not_applicable":
        return t("No question is applicable here.")
    if score.standing == "cannot_be_assessed":
        return t.plural(
            "Cannot be assessed: the only question has not been judged.",
            "Cannot be assessed: none of {count} questions has been judged.",
            score.applicable,
        )
    judged = t(
        "{assessed} of {applicable} questions have been judged.",
        assessed=t.whole(score.assessed),
        applicable=t.whole(score.applicable),
    )
    if score.standing == "profile":
        return judged
    shown, band = words.result(score, target.id), words.band(score, target.id)
    if band == "–":
        told = t("Result {result}. {judged}", result=shown, judged=judged)
    else:
        told = t("Result {result}, {band}. {judged}", result=shown, band=band, judged=judged)
    return " ".join(part for part in (told, outer_words(case, score)) if part)


def _together(case: Material, asked: list[CriterionResult]) -> list[list[CriterionResult]]:
    """The answers that say nothing but a state and a reason which another one gives too."""
    shared: dict[tuple[State, Paragraphs], list[CriterionResult]] = {}
    for one in asked:
        answer = case.answer(one.id)
        more = answer.justification or answer.evidence or answer.recommendation or (case.internal and answer.note)
        if one.state != "assessed" and not more:
            shared.setdefault((one.state, _reason(case, answer, one.state)), []).append(one)
    return [members for members in shared.values() if len(members) > 1]


def _group(case: Material, members: list[CriterionResult]) -> QuestionGroup:
    state = members[0].state
    return QuestionGroup(
        mark=case.words.state(state),
        heading=_heading(case, state, len(members)),
        reason=_reason(case, case.answer(members[0].id), state),
        questions=tuple((case.numbers[one.id], at_question(one.id), _words(case, one.id)) for one in members),
    )


def _heading(case: Material, state: State, count: int) -> str:
    return case.t.plural(*QUESTIONS_IN_STATE[state], count)


def _reason(case: Material, answer: Answer, state: State) -> Paragraphs:
    """Why an answer has no level."""
    if state != "inherited":
        return paragraphs(answer.reason) if state == answer.state else ()
    t, scale = case.t, case.criteria.scale_of(case.criterion(answer.criterion))
    level = case.words.level(answer.level, scale.id) if answer.level and scale.holds(answer.level) else None
    if level is None:
        return (t("From the round {round}.", round=answer.reason),)
    return (t("From the round {round}: {level}.", round=answer.reason, level=level.level),)


def _words(case: Material, criterion: str) -> str:
    return case.t.text(case.criterion(criterion).question)


def _question(case: Material, one: CriterionResult) -> QuestionText:
    t, answer, criterion = case.t, case.answer(one.id), case.criterion(one.id)
    assessed = one.state == "assessed" and one.level is not None
    reason = () if assessed else _reason(case, answer, one.state)
    takes = _takes(case, criterion, one.level or "") if assessed else " ".join(reason[:1])
    return QuestionText(
        number=case.numbers[one.id],
        anchor=at_question(one.id),
        question=t.text(criterion.question),
        mark=case.mark(one),
        takes=takes,
        gate=_gate(case, criterion),
        reason=(*reason[1:], *paragraphs(answer.justification)),
        evidence=tuple(_evidence(case, item) for item in answer.evidence),
        recommendation=paragraphs(answer.recommendation),
        note=paragraphs(answer.note) if case.internal else (),
        origin=make_origin(case, criterion) if one.state != "not_applicable" else Origin((), (), ()),
    )


def _takes(case: Material, criterion: Criterion, key: str) -> str:
    """What the level takes for this question or, where the set does not say, what it means at all."""
    own = criterion.levels.get(key)
    if own:
        return case.t.text(own)
    scale = case.criteria.scale_of(criterion)
    return next((case.t.text(level.description) for level in scale.levels if level.key == key), "")


def _gate(case: Material, criterion: Criterion) -> str:
    """What the reader must know where a basic demand is not met."""
    t = case.t
    for result in case.card.gates:
        if result.criterion == criterion.id and result.standing == "not_met":
            why = next(t.text(gate.why) for gate in case.criteria.scoring.gates if gate.id == result.id)
            if result.changed:
                return t("Basic demand, not met: it holds the result down. {why}", why=why)
            return t("Basic demand, not met. {why}", why=why)
    return ""


def _evidence(case: Material, item: Evidence) -> EvidenceText:
    t = case.t
    edition = case.strategy.edition(item.edition) if item.edition else None
    source = (edition.title or name_edition(edition, t)) if edition else _source(case, item.address)
    return EvidenceText(
        quote=t("“{words}”", words=" ".join(item.quote.split())) if item.quote else "",
        paraphrase=paragraphs(item.paraphrase),
        source=source or (item.edition or ""),
        place=", ".join(place_words(item, t)),
        address=item.address or "",
        retrieved=item.retrieved or "",
    )


def _source(case: Material, address: str | None) -> str:
    """The title of the page at an address, if the strategy or the set knows it; else the address itself."""
    if not address:
        return ""
    for source in (*case.strategy.sources, *case.criteria.sources):
        if source.address == address:
            return source.title
    for edition in case.strategy.editions:
        if edition.address == address and edition.title:
            return edition.title
    return address
