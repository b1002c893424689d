"""Several reviewers' answers to a question made into one by how far apart they are: reviews in, one context out.

"One apart: the lower; two apart: the mean; more: open." The first rule that reaches as far as the answers are apart
decides. An answer that is not settled is tried at every level, so that the question can come to just those results
that some completion gives; the reviewers of a question are alike, so what counts is which levels were given, not by
whom. Of Anna at 2 and Bo unanswered on a scale from 0 to 3, with those rules: 0 gives 1, 1 gives 1, 2 and 3 give 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise
from math import comb
from typing import TYPE_CHECKING

from granskning.model.review import Answer, is_in_form
from granskning.scoring.engine.asked import given_places, settle_asking
from granskning.scoring.engine.compiled_scale import UNSATISFIED
from granskning.scoring.engine.counting import count_answers
from granskning.scoring.engine.node import JoinedAnswers
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.engine.session import ScoringSession
from granskning.scoring.results.explanation import UNSATISFIED as BELOW_ALL
from granskning.scoring.results.explanation import JoinedAnswer
from granskning.scoring.results.numbers import to_fraction
from granskning.scoring.score import ScoringContext, sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import DifferenceOutcome, Scoring
    from granskning.model.review import Review
    from granskning.scoring.engine.compiled_scale import Cell, CompiledScale
    from granskning.scoring.engine.node import Question
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.explanation import Rank

MOST = 4096
"""More ways to complete a question's answers than this are not tried; then it may be anything, and that is said."""


@dataclass(frozen=True, slots=True)
class _Joined:
    """One question's answers made into one."""

    details: JoinedAnswer
    cells: Mapping[str, Cell]
    """What its results enter as that are no level."""
    is_loose: bool
    is_narrowed: bool = False
    """Whether it is not settled, but can come to less than the whole scale."""


def put_to_each(
    plan: Plan, reviews: Sequence[Review], only: frozenset[str] | None
) -> tuple[list[Question], dict[str, Answer]]:
    """The questions as they are put to each reviewer whose form has them, and the answers."""
    by_reviewer = {review.reviewer: review for review in reviews}
    asked, answers = [], {}
    for question in plan.questions.values():
        review = by_reviewer[question.id.rpartition("@")[2]]
        if is_in_form(review.form, question) and (only is None or question.criterion in only):
            asked.append(question)
            answers[question.id] = sound(review.answers.get(question.criterion), question)
    return asked, answers


def join_by_difference(
    reviews: Sequence[Review], criteria: CriteriaSet, only: frozenset[str] | None = None
) -> tuple[ScoringContext, tuple[JoinedAnswer, ...]]:
    """The context in which each question has one answer, and how each came about."""
    each = compile_criteria(criteria, [review.reviewer for review in reviews])
    asked, answers = put_to_each(each, reviews, only)
    skipped, _ = settle_asking(each, asked, given_places(asked, answers) if each.asking else {})
    put_to = [question for question in asked if question.id not in skipped]
    counted, _ = count_answers(each, put_to, answers)
    by_question: dict[str, list[Question]] = {}
    for question in put_to:
        by_question.setdefault(question.criterion, []).append(question)
    joined = {
        name: _join(name, questions, answers, counted, criteria.scoring) for name, questions in by_question.items()
    }
    scales = {criterion.id: criterion.scale for criterion in criteria.criteria}
    cells: dict[str, dict[str, Cell]] = {}
    for name, entry in joined.items():
        cells.setdefault(scales[name], {}).update(entry.cells)
    plan = compile_criteria(
        criteria,
        joined=JoinedAnswers(
            cells=cells,
            reach={name: entry.details.results for name, entry in joined.items() if entry.is_narrowed},
            loose=frozenset(name for name, entry in joined.items() if entry.is_loose),
        ),
    )
    given = {name: _answer(entry.details, [answers[q.id] for q in by_question[name]]) for name, entry in joined.items()}
    for question in asked:  # what nobody was asked has no answer yet, should the joined answers ask for it
        given.setdefault(question.criterion, Answer(question.criterion, "empty"))
    put = [question for question in plan.questions.values() if question.id in given]
    return ScoringContext(ScoringSession(plan), put, given), tuple(entry.details for entry in joined.values())


def readable(details: JoinedAnswer) -> JoinedAnswer:
    """The same with a readable key for what counts as below every level."""

    def plain(key: str | None) -> str | None:
        return BELOW_ALL if key == UNSATISFIED else key

    return details._replace(
        given=tuple((name, state, plain(key)) for name, state, key in details.given),
        results=tuple(plain(key) or "" for key in details.results),
    )


def _answer(details: JoinedAnswer, answers: Sequence[Answer]) -> Answer:
    """The one answer: a level or a mean; open where that is not settled; set aside where all have set it aside."""
    name = details.criterion
    if not details.results:
        lacking = (answer for answer in answers if answer.state != "not_applicable")
        return next(lacking, answers[0])
    if len(details.results) == 1:
        key = details.results[0]
        return Answer(name, "insufficient_evidence") if key == UNSATISFIED else Answer(name, "assessed", key)
    unsettled = [answer for answer in answers if answer.state != "not_applicable"]
    nobody = all(answer.state != "assessed" for answer in unsettled)
    return unsettled[0] if nobody and unsettled else Answer(name, "open")


def _join(
    name: str,
    questions: Sequence[Question],
    answers: Mapping[str, Answer],
    counted: Mapping[str, str | None],
    scoring: Scoring,
) -> _Joined:
    ladder = questions[0].ladder
    settled = [key for question in questions if (key := counted.get(question.id)) is not None]
    waiting = sum(question.id not in counted for question in questions)
    given = tuple(
        (question.id.rpartition("@")[2], answers[question.id].state, counted.get(question.id)) for question in questions
    )
    cases = _cases(ladder, settled, waiting)
    if cases is None:
        details = JoinedAnswer(name, given, None, (), ladder.keys)
        return _Joined(details, {}, is_loose=True)
    cells: dict[str, Cell] = {}
    apart: list[Rank] = []
    gives: dict[DifferenceOutcome, None] = {}
    results: dict[str, None] = {}
    for keys in cases:
        distance, outcome = _decide(ladder, keys, scoring)
        apart.append(distance)
        gives[outcome] = None
        for key, cell in _outcomes(ladder, keys, outcome):
            results[key] = None
            if key not in ladder.rank and not (ladder.scale.is_range and not ladder.scale.curve):
                cells[key] = cell
    return _Joined(
        JoinedAnswer(name, given, (min(apart), max(apart)) if apart else None, tuple(gives), tuple(results)),
        cells,
        is_loose=False,
        is_narrowed=len(results) > 1 and set(results) != set(ladder.keys),
    )


def _cases(ladder: CompiledScale, settled: Sequence[str], waiting: int) -> Sequence[tuple[str, ...]] | None:
    """The keys in every completion of the answers that are not settled; None where there are too many to try."""
    if not settled and not waiting:
        return ()
    if not waiting:
        return (tuple(settled),)
    scale = ladder.scale
    keys = ladder.keys
    if scale.minimum is not None and scale.maximum is not None:
        if scale.interval is None or (scale.maximum - scale.minimum) / scale.interval >= MOST:
            return None
        keys = tuple(str(scale.minimum + step * scale.interval) for step in range(MOST)
                     if scale.minimum + step * scale.interval <= scale.maximum)  # fmt: skip
    if comb(len(keys) + waiting - 1, waiting) > MOST:
        return None
    return [(*settled, *completion) for completion in combinations_with_replacement(keys, waiting)]


def _decide(ladder: CompiledScale, keys: Sequence[str], scoring: Scoring) -> tuple[Rank, DifferenceOutcome]:
    """How far apart the answers are, and what the first rule that reaches so far gives."""
    ranks = [rank for key in keys if (rank := ladder.cell(key)[1]) is not None]
    distance = max(ranks) - min(ranks)
    outcome = next((rule.gives for rule in scoring.difference_rules if distance <= rule.at_most), None)
    return distance, outcome or scoring.difference_otherwise


def _outcomes(ladder: CompiledScale, keys: Sequence[str], outcome: DifferenceOutcome) -> Iterator[tuple[str, Cell]]:
    """The keys that the answers come to, and what they enter as: one, or the whole scale where it is left open."""
    if outcome == "open":
        yield from ((key, ladder.cell(key)) for key in ladder.keys)
        return
    ordered = sorted(keys, key=lambda key: ladder.cell(key)[1] or 0)
    if outcome == "mean":
        yield _mean(ladder, ordered)
        return
    key = {"lowest": ordered[0], "highest": ordered[-1], "median": ordered[(len(ordered) - 1) // 2]}[outcome]
    yield key, ladder.cell(key)


def _mean(ladder: CompiledScale, keys: Sequence[str]) -> tuple[str, Cell]:
    """The mean of the points, as the level that has just these points or, where none has, as a number of its own."""
    if len(set(keys)) == 1:
        return keys[0], ladder.cell(keys[0])
    cells = [ladder.cell(key) for key in keys]
    mean = sum((to_fraction(cell[0] or 0) for cell in cells), Fraction(0)) / len(cells)
    level = next((key for key in ladder.keys if not ladder.scale.is_range and ladder.points.get(key) == mean), None)
    if level is not None:
        return level, ladder.cell(level)
    return str(mean), (mean.numerator if mean.denominator == 1 else mean, _rank_at(ladder, mean, cells))


def _rank_at(ladder: CompiledScale, mean: Fraction, cells: Sequence[Cell]) -> Rank:
    """How far up the scale so many points are, between the two levels that they lie between, where points rise."""
    points = [(ladder.points[key], Fraction(ladder.rank[key])) for key in ladder.keys if key in ladder.points]
    places = (rank + (above - rank) * (mean - low) / (high - low)
              for (low, rank), (high, above) in pairwise(points) if low < high and low <= mean <= high)  # fmt: skip
    middle = sum((Fraction(cell[1] or 0) for cell in cells), Fraction(0)) / len(cells)
    return next(places, middle) if ladder.is_rising else middle
