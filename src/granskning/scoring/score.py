"""Score one review: Review × Plan → Scorecard. Exact fractions, no rounding, the whole set's rules.

The heart is `_evaluate`: levels in, results out, gates applied. Unresolved answers give an interval by evaluating the
worst and the best completion, which is exact for monotone methods; `so_far` evaluates the assessed answers alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from granskning.model import READING_DEPTHS, UNRESOLVED, Answer
from granskning.scoring.card import CriterionResult, GateResult, Score, Scorecard, TargetResult, Verdict
from granskning.scoring.methods import METHODS, NOTHING, Part, Result
from granskning.scoring.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model import Gate, Review, Scoring
    from granskning.scoring.card import Standing
    from granskning.scoring.plan import Group, Ladder, Plan, Question

_Levels = dict[str, str]
"""The level key of each answer that takes part in an evaluation."""


@dataclass(frozen=True, slots=True)
class _Evaluation:
    """The results at one set of levels: of each target, and of the whole (None)."""

    results: Mapping[str | None, Result]
    uncapped: Mapping[str | None, Result]


def score_review(review: Review, plan: Plan) -> Scorecard:
    """Score a review with the plan of the criteria set it names.

    An answer whose level the scale lacks is taken as empty; `check` tells the reviewer about it.
    """
    asked = _asked(review, plan)
    answers = {question.id: _sound(review.answers.get(question.id), question) for question in asked}
    fixed: _Levels = {key: answer.level for key, answer in answers.items() if answer.state == "assessed"}  # type: ignore[misc]  # assessed answers have a level
    unresolved = [question for question in asked if answers[question.id].state in UNRESOLVED]
    so_far = _evaluate(plan, fixed)
    low = high = so_far
    if unresolved:
        low = _evaluate(plan, fixed | {question.id: question.ladder.lowest for question in unresolved})
        high = _evaluate(plan, fixed | {question.id: question.ladder.highest for question in unresolved})
    bottom = _evaluate(plan, {q.id: q.ladder.lowest for q in asked if answers[q.id].state != "not_applicable"})
    top = _evaluate(plan, {q.id: q.ladder.highest for q in asked if answers[q.id].state != "not_applicable"})

    def make_score(place: str | None, method: str, questions: tuple[Question, ...]) -> Score:
        extremes = (so_far, low, high, bottom, top)
        return _score(place, method, questions, answers, extremes, plan)

    by_group = [(group, tuple(q for q in group.questions if q.id in answers)) for group in plan.groups]
    targets = tuple(
        TargetResult(group.id, group.weight, make_score(group.id, plan.scoring.criteria, questions))
        for group, questions in by_group
        if questions
    )
    total = make_score(None, plan.scoring.targets, asked)
    return Scorecard(
        strategy=review.strategy,
        round=review.round,
        reviewer=review.reviewer,
        criteria=plan.reference,
        total=total,
        targets=targets,
        criteria_results=tuple(_criterion_result(question, answers[question.id]) for question in asked),
        gates=tuple(_gate_result(gate, plan, answers, so_far) for gate in plan.scoring.gates),
        verdict=_verdict(review, total, plan.scoring),
    )


def _asked(review: Review, plan: Plan) -> tuple[Question, ...]:
    """The questions of the review's form, in the set's order."""
    questions = plan.questions.values()
    return tuple(question for question in questions if question.core or review.form != "short")


def _sound(answer: Answer | None, question: Question) -> Answer:
    if answer is None or (answer.state == "assessed" and answer.level not in question.ladder.rank):
        return Answer(question.id, "empty")
    return answer


def _evaluate(plan: Plan, levels: _Levels) -> _Evaluation:
    """All results when exactly these answers count, each at its level."""
    scoring = plan.scoring
    combine = METHODS[scoring.criteria]
    results: dict[str | None, Result] = {}
    uncapped: dict[str | None, Result] = {}
    parts = []
    ladder = plan.ladder
    for group in plan.groups:
        members = _parts(group, levels)
        uncapped[group.id] = combine(members, ladder)
        results[group.id] = _capped(uncapped[group.id], plan.gates.get(group.id, ()), plan, levels)
        result = results[group.id]
        if result != NOTHING:
            parts.append(Part(group.weight, result.value, result.rank))
    uncapped[None] = METHODS[scoring.targets](parts, ladder)
    results[None] = _capped(uncapped[None], plan.gates.get(None, ()), plan, levels)
    return _Evaluation(results, uncapped)


def _parts(group: Group, levels: _Levels) -> list[Part]:
    return [
        Part(question.weight, question.ladder.points.get(key), question.ladder.rank[key])
        for question in group.questions
        if (key := levels.get(question.id)) is not None
    ]


def _capped(result: Result, gates: tuple[Gate, ...], plan: Plan, levels: _Levels) -> Result:
    for gate in gates:
        if not _bites(gate, plan, levels.get(gate.criterion)) or result.value is None or result.value <= gate.cap:
            continue
        ranks = plan.ladder.rank
        level = next((ranks[key] for key, points in plan.ladder.points.items() if points == gate.cap), None)
        result = Result(gate.cap, level if result.rank is not None else None)
    return result


def _bites(gate: Gate, plan: Plan, level: str | None) -> bool:
    if level is None:
        return False
    rank = plan.questions[gate.criterion].ladder.rank
    return rank[level] < rank[gate.below]


def _score(  # noqa: PLR0913  # everything that one result rests on
    place: str | None,
    method: str,
    questions: tuple[Question, ...],
    answers: Mapping[str, Answer],
    extremes: tuple[_Evaluation, ...],
    plan: Plan,
) -> Score:
    so_far, low, high, bottom, top = (evaluation.results[place] for evaluation in extremes)
    ladder, scoring = plan.ladder, plan.scoring
    counts = _counts(questions, answers, ladder)
    applicable = len(questions) - counts["not_applicable"]
    assessed = sum(counts[key] for key in ladder.keys)
    standing = _standing(method, assessed, applicable, low, high)
    hidden = standing in ("cannot_be_assessed", "not_applicable")
    settled = standing == "value"
    low_band, high_band = _band(low, scoring), _band(high, scoring)
    return Score(
        method=method,
        standing=standing,
        value=low.value if settled else None,
        low=None if hidden else low.value,
        high=None if hidden else high.value,
        so_far=None if hidden else so_far.value,
        outcome=_key(low, ladder) if settled else None,
        low_outcome=None if hidden else _key(low, ladder),
        high_outcome=None if hidden else _key(high, ladder),
        band=low_band if low_band == high_band and not hidden else None,
        low_band=None if hidden else low_band,
        high_band=None if hidden else high_band,
        minimum=bottom.value,
        maximum=top.value,
        counts=counts,
        assessed=assessed,
        applicable=applicable,
        asked=len(questions),
    )


def _counts(questions: tuple[Question, ...], answers: Mapping[str, Answer], ladder: Ladder) -> dict[str, int]:
    counts = dict.fromkeys((*ladder.keys, "not_applicable", *sorted(UNRESOLVED)), 0)
    for question in questions:
        answer = answers[question.id]
        counts[answer.level if answer.state == "assessed" and answer.level is not None else answer.state] += 1
    return counts


def _standing(method: str, assessed: int, applicable: int, low: Result, high: Result) -> Standing:
    if applicable == 0:
        return "not_applicable"
    if assessed == 0:
        return "cannot_be_assessed"
    if method == "none":
        return "profile"
    if low == high == NOTHING:  # all that is assessed has weight 0
        return "cannot_be_assessed"
    return "value" if low == high else "interval"


def _key(result: Result, ladder: Ladder) -> str | None:
    return None if result.rank is None else ladder.keys[result.rank]


def _band(result: Result, scoring: Scoring) -> str | None:
    """The band that a result falls in: the last one that starts at or below it."""
    if result.value is None:
        return None
    value = rounded(result.value, scoring.rounding) if scoring.bands_on == "rounded" else result.value
    band = None
    for candidate in scoring.bands:
        if candidate.start <= value:
            band = candidate.id
    return band


def _criterion_result(question: Question, answer: Answer) -> CriterionResult:
    return CriterionResult(
        id=question.id,
        target=question.target,
        state=answer.state,
        level=answer.level,
        points=question.ladder.points.get(answer.level) if answer.state == "assessed" and answer.level else None,
        weight=question.weight,
    )


def _gate_result(gate: Gate, plan: Plan, answers: Mapping[str, Answer], so_far: _Evaluation) -> GateResult:
    answer = answers.get(gate.criterion)
    standing: Literal["met", "not_met", "undecided"]
    if answer is None or answer.state == "not_applicable":
        standing = "met"
    elif answer.state in UNRESOLVED:
        standing = "undecided"
    else:
        standing = "not_met" if _bites(gate, plan, answer.level) else "met"
    return GateResult(
        id=gate.id,
        criterion=gate.criterion,
        target=gate.target,
        cap=gate.cap,
        standing=standing,
        changed=standing == "not_met" and so_far.results[gate.target] != so_far.uncapped[gate.target],
    )


def _verdict(review: Review, total: Score, scoring: Scoring) -> Verdict:
    coverage = Fraction(total.assessed, total.applicable) if total.applicable else Fraction(1)
    missing: list[Literal["coverage", "reading_depth", "nothing_assessed"]] = []
    if total.assessed == 0:
        missing.append("nothing_assessed")
    if coverage < scoring.coverage:
        missing.append("coverage")
    if READING_DEPTHS.index(review.reading_depth) < READING_DEPTHS.index(scoring.reading_depth):
        missing.append("reading_depth")
    return Verdict(
        given=not missing,
        missing=tuple(missing),
        coverage=coverage,
        coverage_required=scoring.coverage,
        reading_depth=review.reading_depth,
        reading_depth_required=scoring.reading_depth,
    )
