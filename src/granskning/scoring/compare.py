"""What changed between two reviews: question by question, target by target, and in the whole. Values in, values out.

What can't be compared is said, not guessed: a question whose words or levels are others in the later version of the
criteria set has no rise or fall, and a result made in another way has none either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from granskning.scoring.comparable import differing_criteria, differing_results
from granskning.scoring.results.card import TOTAL
from granskning.scoring.results.numbers import to_fraction
from granskning.scoring.score import asked_of, sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.model.criteria import CriteriaSet
    from granskning.model.evidence import Evidence
    from granskning.model.review import Answer, Review
    from granskning.scoring.comparable import Difference
    from granskning.scoring.engine.compiled_scale import CompiledScale
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.card import Score, Scorecard
    from granskning.scoring.results.explanation import Rank, ScaleSteps

ChangeKind = Literal["level", "state", "justification", "evidence", "recommendation", "added", "removed", "criteria"]
"""What changed. `added` and `removed`: a question that only the later or the earlier review puts, or, with no
criterion, a whole review. `criteria`: the question itself is another than before."""

Movement = Literal["rose", "fell", "same", "unclear"]
"""Unclear: the intervals overlap, or one of the two has no result."""

Inherited = Literal["confirmed", "changed", "left"]
"""What became of a level that the earlier review gave: given again, given otherwise, or carried over and not yet looked
at. Whether it was carried over in between nobody remembers, since a confirmed answer is an answer like others."""


class Judged(Protocol):
    """A review with the set that it was scored with. What `tasks` calls a scored review is one."""

    @property
    def review(self) -> Review:
        """The review."""

    @property
    def criteria(self) -> CriteriaSet:
        """The set that it names."""

    @property
    def plan(self) -> Plan:
        """The set, made ready for scoring."""

    @property
    def card(self) -> Scorecard:
        """Its results."""


@dataclass(frozen=True, slots=True)
class JudgementChange:
    """One thing that changed (ändring), as `granskning/diff/1` tells it."""

    strategy: str
    round: str
    reviewer: str
    criterion: str | None
    """None where it is the whole review that came or went."""
    kind: ChangeKind
    before: str | None
    after: str | None
    """A level's key, the name of a state, a text, or the set by reference; None where there was or is nothing."""
    movement: Movement | None = None
    """For levels: which way; `unclear` where the two can't be compared."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One question in both reviews: what was answered, and what has changed."""

    criterion: str
    before: Answer | None
    after: Answer | None
    """None where the review does not put the question."""
    changes: tuple[JudgementChange, ...]
    movement: Movement | None
    """Which way the level went; None where not both have a level, `unclear` where they can't be compared."""
    differences: tuple[Difference, ...]
    """Why the question can't be compared; none where it can."""
    inherited: Inherited | None = None


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """The result of a target (or, with the empty id, of the whole) before and after."""

    place: str
    before: Score | None
    after: Score | None
    movement: Movement
    differences: tuple[Difference, ...]
    """Why the two can't be compared; none where they can."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reviews beside each other (jämförelse)."""

    before: Judged
    after: Judged
    answers: tuple[AnswerChange, ...]
    """Every question of either, in the later set's order; those that only the earlier has come last."""
    targets: tuple[ScoreChange, ...]
    total: ScoreChange

    @property
    def changes(self) -> tuple[JudgementChange, ...]:
        """All changes in a row."""
        return tuple(change for answer in self.answers for change in answer.changes)

    def moved(self, movement: Movement) -> tuple[AnswerChange, ...]:
        """The questions whose level went that way."""
        return tuple(answer for answer in self.answers if answer.movement == movement)


def compare_scorecards(before: Judged, after: Judged) -> Comparison:
    """Compare two reviews, of the same or different rounds, editions, strategies or versions of a criteria set."""
    criteria = differing_criteria(before.criteria, after.criteria)
    results = differing_results(before.criteria, after.criteria)
    return Comparison(
        before,
        after,
        tuple(_answers(before, after, criteria)),
        tuple(_targets(before, after, results)),
        _scores(before, after, TOTAL, _with_form(results.get(TOTAL, ()), before, after)),
    )


def changes_of_review(judged: Judged, kind: Literal["added", "removed"]) -> JudgementChange:
    """The change that a review as a whole is new or gone."""
    file = judged.review.file
    strategy, round_, reviewer = judged.review.identity
    before, after = (None, file) if kind == "added" else (file, None)
    return JudgementChange(strategy, round_, reviewer, None, kind, before, after)


def has_result(score: Score | None) -> bool:
    """Whether there is a result at all: something applicable, and something of it assessed."""
    return score is not None and score.standing not in ("cannot_be_assessed", "not_applicable")


def move_of(before: Score | None, after: Score | None, scale: CompiledScale | ScaleSteps | None) -> Movement:
    """Which way a result went: only where the one lies wholly above the other. Levels are both on the scale given."""
    if before is not None and after is not None and before.standing == after.standing == "not_applicable":
        return "same"
    ends = [(_rank(score, scale, "low"), _rank(score, scale, "high")) for score in (before, after)]
    (low, high), (later_low, later_high) = ends
    if low is None or high is None or later_low is None or later_high is None:
        return "unclear"
    if (low, high) == (later_low, later_high):
        return "same"
    if later_low > high:
        return "rose"
    return "fell" if later_high < low else "unclear"


def _rank(score: Score | None, scale: CompiledScale | ScaleSteps | None, end: Literal["low", "high"]) -> Rank | None:
    if score is None:
        return None
    outcome = score.low_outcome if end == "low" else score.high_outcome
    if outcome is not None and scale is not None:
        return scale.rank_of(outcome)
    value = score.low if end == "low" else score.high
    return None if value is None else to_fraction(value)


def _with_form(differences: tuple[Difference, ...], before: Judged, after: Judged) -> tuple[Difference, ...]:
    short = before.review.form != after.review.form
    return (*differences, "form") if short and "set" not in differences else differences


def _targets(before: Judged, after: Judged, results: Mapping[str, tuple[Difference, ...]]) -> Iterator[ScoreChange]:
    for name in dict.fromkeys((*after.plan.targets, *before.plan.targets)):
        yield _scores(before, after, name, _with_form(results.get(name, ()), before, after))


def _scores(before: Judged, after: Judged, place: str, differences: tuple[Difference, ...]) -> ScoreChange:
    earlier, later = _score(before.card, place), _score(after.card, place)
    node = after.plan.nodes.get(place)
    scale = None if node is None else node.ladder
    movement: Movement = "unclear" if differences else move_of(earlier, later, scale)
    return ScoreChange(place, earlier, later, movement, differences)


def _score(card: Scorecard, place: str) -> Score | None:
    if place == TOTAL:
        return card.total
    return next((target.score for target in card.targets if target.id == place), None)


def _answers(before: Judged, after: Judged, differing: Mapping[str, tuple[Difference, ...]]) -> Iterator[AnswerChange]:
    earlier, later = _given(before), _given(after)
    for name in dict.fromkeys((*later, *earlier)):
        yield _answer(before, after, name, (earlier.get(name), later.get(name)), differing.get(name, ()))


def _given(judged: Judged) -> dict[str, Answer]:
    """The answer to each question that the review puts; an empty one where there is none."""
    asked = asked_of(judged.review, judged.plan)
    return {question.criterion: sound(judged.review.answers.get(question.criterion), question) for question in asked}


def _answer(
    before: Judged,
    after: Judged,
    name: str,
    pair: tuple[Answer | None, Answer | None],
    differences: tuple[Difference, ...],
) -> AnswerChange:
    earlier, later = pair
    movement = None
    if earlier is not None and later is not None and earlier.state == later.state == "assessed":
        movement = "unclear" if differences else _move(earlier.level or "", later.level or "", name, after.plan)
    strategy, round_, reviewer = after.review.identity

    def change(kind: ChangeKind, text: str | None, other: str | None) -> JudgementChange:
        return JudgementChange(
            strategy, round_, reviewer, name, kind, text, other, movement if kind == "level" else None
        )

    if earlier is None or later is None:
        changes = [change("added" if earlier is None else "removed", _told(earlier), _told(later))]
    else:
        texts = _texts(earlier, later)
        changes = [change(kind, one, other) for kind, one, other in texts if one != other]
        if differences:
            changes.insert(0, change("criteria", before.criteria.reference, after.criteria.reference))
    return AnswerChange(name, earlier, later, tuple(changes), movement, differences, _fate(earlier, later))


def _move(before: str, after: str, name: str, plan: Plan) -> Movement:
    ladder = plan.by_criterion[name][0].ladder
    one, other = (ladder.cell(level)[1] or 0 for level in (before, after))
    return "same" if one == other else "rose" if other > one else "fell"


def _texts(earlier: Answer, later: Answer) -> list[tuple[ChangeKind, str | None, str | None]]:
    """What can change in an answer, as text, before and after."""
    levels = [answer.level if answer.state == "assessed" else None for answer in (earlier, later)]
    return [
        ("state", earlier.state, later.state),
        ("level", levels[0], levels[1]),
        ("justification", _reason(earlier), _reason(later)),
        ("evidence", _cited(earlier), _cited(later)),
        ("recommendation", _squeezed(earlier.recommendation), _squeezed(later.recommendation)),
    ]


def _told(answer: Answer | None) -> str | None:
    """An answer as one word: its level, or the name of its state."""
    if answer is None:
        return None
    return answer.level if answer.state == "assessed" else answer.state


def _reason(answer: Answer) -> str | None:
    """The justification or, in the states that have a reason instead, that; an earlier round is no reason."""
    reason = answer.reason if answer.state != "inherited" else None
    return _squeezed(answer.justification) or _squeezed(reason)


def _squeezed(text: str | None) -> str | None:
    """The words alone: how lines are broken changes nothing."""
    return " ".join((text or "").split()) or None


def _cited(answer: Answer) -> str | None:
    """The evidence in a line, source by source."""
    return "; ".join(_cite(evidence) for evidence in answer.evidence) or None


def _cite(evidence_item: Evidence) -> str:
    page = (
        f"page {evidence_item.page}"
        if evidence_item.page is not None
        else f"PDF page {evidence_item.pdf_page}"
        if evidence_item.pdf_page is not None
        else ""
    )
    said = [
        evidence_item.edition or evidence_item.address,
        page,
        evidence_item.section,
        _squeezed(evidence_item.quote),
        _squeezed(evidence_item.paraphrase),
    ]
    return ", ".join(part for part in said if part)


def _fate(earlier: Answer | None, later: Answer | None) -> Inherited | None:
    if later is None or later.state == "inherited":
        return None if later is None else "left"
    if earlier is None or earlier.state not in ("assessed", "inherited") or later.state == "empty":
        return None
    return "confirmed" if later.state == "assessed" and later.level == earlier.level else "changed"
