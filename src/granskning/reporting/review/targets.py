"""The chapters, one for each target picture: its figures, its questions, and what each judgement rests on.

Questions without a level that share state and reason stand together in one list, so that a hundred open questions
do not become a hundred boxes with the same sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.review.citations import make_citations
from granskning.reporting.review.missing_split import make_missing_split
from granskning.reporting.review.results import make_decided
from granskning.reporting.review.strips import make_strips
from granskning.reporting.review.target_values import QuestionGroup, QuestionText, TargetText
from granskning.reporting.wording.calculation_notes import outer_words
from granskning.reporting.wording.report_context import at_question, at_target, depth_of
from granskning.reporting.wording.words import paragraphs
from granskning.wordings import QUESTIONS_IN_STATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.criteria import Criterion, Target
    from granskning.model.review import Answer, State
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.review.citations import Citations
    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import CriterionResult


def make_chapters(context: Material) -> tuple[TargetText, ...]:
    """A chapter for each target that the review asks about."""
    cited = make_citations(context)
    return tuple(
        _chapter(context, cited, target) for target in context.criteria.all_targets if context.beneath(target.id)
    )


def _chapter(context: Material, cited: Citations, target: Target) -> TargetText:
    asked = [question for question in context.asked if question.target == target.id]
    groups = _groups(context, asked)
    grouped = {member.id for members in groups for member in members}
    return TargetText(
        number=context.numbers[target.id],
        anchor=at_target(target.id),
        title=context.t.text(target.title),
        depth=depth_of(context, target.id),
        picture=context.t.text(target.picture),
        result=_result(context, target),
        judged=_judged(context, target),
        decided=make_decided(context, target.id),
        parts=tuple(_part(context, one) for one in target.targets if context.beneath(one.id)),
        strips=make_strips(context, target),
        missing_split=make_missing_split(context, target),
        questions=tuple(_question(context, cited, question) for question in asked if question.id not in grouped),
        groups=tuple(_group(context, members) for members in groups),
        nothing_applicable=_is_aside(asked, grouped),
    )


def _part(context: Material, target: Target) -> tuple[str, str, str]:
    """A target that this one is made up of: number and title, where it stands, and its result."""
    score = next(one.score for one in context.card.targets if one.id == target.id)
    title = f"{context.numbers[target.id]} {context.t.text(target.title)}"
    return title, at_target(target.id), context.words.result(score, target.id)


def _result(context: Material, target: Target) -> str:
    """Result and band, or why there is none."""
    t, words = context.t, context.words
    result = context.result(target.id)
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
    if score.standing == "profile":
        return ""
    shown, band = words.result(score, target.id), words.band(score, target.id)
    return t("Result {result}.", result=shown if band == "–" else f"{shown}, {band}")


def _judged(context: Material, target: Target) -> str:
    """How many of the applicable questions have been judged, and whether the bounds are outer ones."""
    t = context.t
    result = context.result(target.id)
    if result is None or result.score.standing in ("not_applicable", "cannot_be_assessed"):
        return ""
    score = result.score
    judged = t.plural(
        "{assessed} of {count} question has been judged.",
        "{assessed} of {count} questions have been judged.",
        score.applicable,
        assessed=t.whole(score.assessed),
    )
    if score.standing == "profile":
        return judged
    return " ".join(part for part in (judged, outer_words(context, score)) if part)


def _groups(context: Material, asked: list[CriterionResult]) -> list[list[CriterionResult]]:
    """The answers that say nothing but a state and a reason, those with the same together."""
    alike: dict[tuple[State, Paragraphs], list[CriterionResult]] = {}
    for question in asked:
        answer = context.answer(question.id)
        more = answer.justification or answer.evidence or answer.recommendation or (context.internal and answer.note)
        if question.state != "assessed" and not more:
            alike.setdefault((question.state, _reason(context, answer, question.state)), []).append(question)
    return list(alike.values())


def _is_aside(asked: list[CriterionResult], grouped: set[str]) -> bool:
    """Whether no question of a target is applicable, and none of the answers says more than that."""
    return bool(asked) and all(question.state == "not_applicable" and question.id in grouped for question in asked)


def _group(context: Material, members: list[CriterionResult]) -> QuestionGroup:
    state = members[0].state
    return QuestionGroup(
        mark=context.words.state(state),
        heading=_heading(context, state, len(members)),
        reason=_reason(context, context.answer(members[0].id), state),
        questions=tuple(
            (context.numbers[member.id], at_question(member.id), _words(context, member.id)) for member in members
        ),
    )


def _heading(context: Material, state: State, count: int) -> str:
    return context.t.plural(*QUESTIONS_IN_STATE[state], count)


def _reason(context: Material, answer: Answer, state: State) -> Paragraphs:
    """Why an answer has no level."""
    if state != "inherited":
        return paragraphs(answer.reason) if state == answer.state else ()
    t, scale = context.t, context.criteria.scale_of(context.criterion(answer.criterion))
    level = context.words.level(answer.level, scale.id) if answer.level and scale.holds(answer.level) else None
    if level is None:
        return (t("From the round {round}.", round=answer.reason),)
    return (t("From the round {round}: {level}.", round=answer.reason, level=level.level),)


def _words(context: Material, criterion: str) -> str:
    return context.t.text(context.criterion(criterion).question)


def _question(context: Material, cited: Citations, answer_result: CriterionResult) -> QuestionText:
    t, answer, criterion = context.t, context.answer(answer_result.id), context.criterion(answer_result.id)
    assessed = answer_result.state == "assessed" and answer_result.level is not None
    reason = () if assessed else _reason(context, answer, answer_result.state)
    takes = _takes(context, criterion, answer_result.level or "") if assessed else " ".join(reason[:1])
    return QuestionText(
        number=context.numbers[answer_result.id],
        anchor=at_question(answer_result.id),
        question=t.text(criterion.question),
        mark=context.mark(answer_result),
        takes=takes,
        gate=_gate(context, criterion),
        reason=(*reason[1:], *paragraphs(answer.justification)),
        evidence=tuple(cited.text(item) for item in answer.evidence),
        recommendation=paragraphs(answer.recommendation),
        note=paragraphs(answer.note) if context.internal else (),
        gaps=tuple(_gaps(context, answer, criterion, answer_result.level)) if assessed else (),
    )


def _gaps(context: Material, answer: Answer, criterion: Criterion, level: str | None) -> Iterator[str]:
    """What the level demands and the answer lacks; what is approved lacks nothing."""
    if criterion.needs_justification(level or "") and not (answer.justification or "").strip():
        yield context.t("The justification is missing.")
    if criterion.needs_evidence(level or "") and not answer.evidence:
        yield context.t("Evidence is missing.")


def _takes(context: Material, criterion: Criterion, key: str) -> str:
    """What the level takes for this question or, where the set does not say, what it means at all."""
    own = criterion.levels.get(key)
    if own:
        return context.t.text(own)
    scale = context.criteria.scale_of(criterion)
    return next((context.t.text(level.description) for level in scale.levels if level.key == key), "")


def _gate(context: Material, criterion: Criterion) -> str:
    """What the reader must know where a basic demand is not met."""
    t = context.t
    for result in context.card.gates:
        if result.criterion == criterion.id and result.standing == "not_met":
            why = next(t.text(gate.why) for gate in context.criteria.scoring.gates if gate.id == result.id)
            if result.changed:
                return t("Basic demand, not met: it holds the result down. {why}", why=why)
            return t("Basic demand, not met. {why}", why=why)
    return ""
