"""Scorecards as plain values for JSON, as the contract promises them: every key there, null where it has no meaning.

Rounds and sensitivity as plain values for JSON: every key there, null where it has no meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from granskning.scoring.reliability.plain_agreement import plain_coefficients
from granskning.scoring.results.card import SCORING_VERSION, TOTAL
from granskning.scoring.results.numbers import as_double, exact_text, format_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import LeftOut, Review
    from granskning.scoring.reliability.agreement import Agreement
    from granskning.scoring.reliability.coefficients import Coefficients
    from granskning.scoring.results.card import Score, Scorecard, TargetResult
    from granskning.scoring.results.numbers import Number
    from granskning.scoring.rounds import RoundCard
    from granskning.scoring.sensitivity import Sensitivity

    class Labels(Protocol):
        """What a set calls its ids and keys, in one language."""

        def result(self, score: Score, place: str) -> str:
            """A result as it is printed."""

        def outcome(self, key: str, score: Score, place: str) -> str:
            """What the level of a result is called."""

        def title(self, place: str) -> str:
            """The title of a target."""

        def role(self, name: str) -> str:
            """What a role is called."""

        def question(self, criterion: str) -> str:
            """The words of a question."""

        def answer(self, criterion: str, level: str) -> str:
            """What the level of an answer is called."""


Plain = dict[str, Any]


def plain_review(  # noqa: PLR0913  # what makes a review's results, by name
    card: Scorecard, review: Review, criteria: CriteriaSet, digest: str, language: str, words: Labels | None = None
) -> Plain:
    """One review of `granskning/score/1`. `digest` is the hash of the criteria set's content."""
    return {
        "file": review.file,
        "strategy": review.strategy,
        "round": review.round,
        "reviewer": review.reviewer,
        "reviewer_title": None if words is None else words.role(review.reviewer),
        "kind": review.kind,
        "status": review.status,
        "reading_depth": review.reading_depth,
        "criteria": {"id": criteria.id, "version": criteria.version, "hash": digest},
        "scoring": SCORING_VERSION,
        **plain_card(card, language, words),
        "overrides": [
            {"of": one.of, "result": one.result, "reason": one.reason, "role": one.role, "date": one.date}
            for one in card.overrides
        ],
    }


def plain_target(target: TargetResult, language: str, words: Labels | None = None) -> Plain:
    """The result of a target."""
    return {
        "id": target.id,
        "title": None if words is None else words.title(target.id),
        "parent": target.parent,
        "weight": str(target.weight),
        "counted": target.counted,
        **plain_score(target.score, language, words, target.id),
    }


def plain_card(card: Scorecard, language: str, words: Labels | None = None) -> Plain:
    """The results of a review or a round. Without `words` a level is shown by its key, and no id has a label."""
    return {
        "total": plain_score(card.total, language, words),
        "targets": [plain_target(target, language, words) for target in card.targets],
        "criteria_results": [
            {
                "id": result.id,
                "question": None if words is None else words.question(result.id),
                "target": result.target,
                "state": result.state,
                "level": result.level,
                "level_label": _answer(result.id, result.level, words),
                "counted": result.counted,
                "counted_label": _answer(result.id, result.counted, words),
                "points": None if result.points is None else str(result.points),
                "weight": str(result.weight),
                "lacks_evidence": result.lacks_evidence,
            }
            for result in card.criteria_results
        ],
        "gates": [
            {
                "id": gate.id,
                "criterion": gate.criterion,
                "target": gate.target,
                "cap": gate.cap,
                "standing": gate.standing,
                "changed": gate.changed,
            }
            for gate in card.gates
        ],
        "verdict": {
            "given": card.verdict.given,
            "missing": list(card.verdict.missing),
            "coverage": str(card.verdict.coverage),
            "coverage_required": str(card.verdict.coverage_required),
            "reading_depth": card.verdict.reading_depth,
            "reading_depth_required": card.verdict.reading_depth_required,
        },
    }


def plain_score(score: Score, language: str, words: Labels | None = None, place: str = TOTAL) -> Plain:
    """One score. `value`, `low`, `high` and `so_far` are the nearest doubles; `exact` is the fraction."""
    return {
        "method": score.method,
        "standing": score.standing,
        "value": as_double(score.value),
        "exact": exact_text(score.value),
        "shown": shown_score(score, language)
        if words is None or score.low_outcome is None
        else words.result(score, place),
        "low": as_double(score.low),
        "high": as_double(score.high),
        "low_exact": exact_text(score.low),
        "high_exact": exact_text(score.high),
        "so_far": as_double(score.so_far),
        "bounds": score.bounds,
        "outcome": score.outcome,
        "low_outcome": score.low_outcome,
        "high_outcome": score.high_outcome,
        "so_far_outcome": score.so_far_outcome,
        "outcome_label": _outcome(score.outcome, score, place, words),
        "low_outcome_label": _outcome(score.low_outcome, score, place, words),
        "high_outcome_label": _outcome(score.high_outcome, score, place, words),
        "band": score.band,
        "low_band": score.low_band,
        "high_band": score.high_band,
        "band_label": _band(score.band, score, language),
        "low_band_label": _band(score.low_band, score, language),
        "high_band_label": _band(score.high_band, score, language),
        "rule": None if score.rule is None else score.rule + 1,
        "rules": [None if rule is None else rule + 1 for rule in score.rules],
        "counts": dict(score.counts or {}),
        "assessed": score.assessed,
        "applicable": score.applicable,
        "asked": score.asked,
    }


def _answer(question: str, level: str | None, words: Labels | None) -> str | None:
    """What the level of an answer is called; a question answered by several is named by its own id."""
    return None if words is None or level is None else words.answer(question.partition("@")[0], level)


def _outcome(key: str | None, score: Score, place: str, words: Labels | None) -> str | None:
    return None if words is None or key is None else words.outcome(key, score, place)


def _band(name: str | None, score: Score, language: str) -> str | None:
    """What a band is called, in the language or the first that it has words in."""
    label = next((band.label for band in score.step.bands if band.id == name), {})
    return label.get(language) or next(iter(label.values()), None)


def shown_score(score: Score, language: str) -> str | None:
    """The result as it is printed; None when there is none. What a set calls its levels is for others to say.

    A figure is `1,7`, an interval `1,2–2,4`; a level stands by its key, `B`, `2` or `C–A`.
    """
    if score.low_outcome is not None and score.high_outcome is not None:
        return "–".join(dict.fromkeys((score.low_outcome, score.high_outcome)))
    if score.value is not None:
        return shown_value(score, score.value, language)
    if score.low is not None and score.high is not None:
        low, high = (shown_value(score, end, language) for end in (score.low, score.high))
        unit = "\N{NO-BREAK SPACE}%"
        return f"{low.removesuffix(unit)}–{high}"
    return None


def shown_value(score: Score, value: Number, language: str) -> str:
    """A number of a score, rounded as its step declares."""
    return format_number(value, score.step.rounding, language, score.maximum)


_BRIEF = ("standing", "value", "exact", "low", "high", "outcome", "band", "shown")
"""What is told of a result that is only tried."""


def plain_left_out(items: Sequence[LeftOut]) -> list[Plain]:
    """Files that do not count, with the code of the finding that says why."""
    return [{"file": item.file, "code": item.code, "everywhere": item.everywhere} for item in items]


def plain_strategy(  # noqa: PLR0913  # what makes a strategy's result, by name
    strategy: str,
    round_: str,
    criteria: str,
    joint: RoundCard,
    language: str,
    *,
    draft: bool,
    under_way: Sequence[str],
    left_out: Sequence[LeftOut],
    words: Labels | None = None,
) -> Plain:
    """One strategy's result of `granskning/score/1`: that of the round that speaks for it."""
    card = None if joint.card is None else plain_card(joint.card, language, words)
    standing = None if card is None else card["total"]["standing"]
    return {
        "strategy": strategy,
        "round": round_,
        "criteria": criteria,
        "draft": draft,
        "method": joint.method,
        "standing": "cannot_be_assessed" if joint.cannot_be_assessed else standing,
        "total": None if card is None else card["total"],
        "targets": [] if card is None else card["targets"],
        "under_way": list(under_way),
        "left_out": plain_left_out(left_out),
    }


def plain_round(  # noqa: PLR0913  # what makes a round, by name
    strategy: str,
    round_: str,
    joint: RoundCard,
    agreement: Agreement,
    coefficients: Coefficients | None,
    language: str,
    reviews: Sequence[Review] = (),
    words: Labels | None = None,
) -> Plain:
    """One round of `granskning/score/1`. Without a joint result, `total` is null and `targets` is empty.

    From the `reviews` come the reasons for what they disagree on, and what the joint review says of it.
    """
    card = None if joint.card is None else plain_card(joint.card, language, words)
    standing = None if card is None else card["total"]["standing"]
    by_reviewer = {review.reviewer: review for review in reviews if review.kind == "reviewer"}
    agreed = next((review for review in reviews if review.kind == "consensus"), None)
    return {
        "strategy": strategy,
        "round": round_,
        "method": joint.method,
        "standing": "cannot_be_assessed" if joint.cannot_be_assessed else standing,
        "total": None if card is None else card["total"],
        "targets": [] if card is None else card["targets"],
        "verdict": None if card is None else card["verdict"],
        "agreement": {
            "reviewers": list(agreement.reviewers),
            "compared": agreement.compared,
            "exact": agreement.exact,
            "within_one": agreement.within_one,
            "largest": None if agreement.largest is None else float(agreement.largest),
            "coefficients": None if coefficients is None else plain_coefficients(coefficients),
        },
        "left_out": plain_left_out(joint.left_out),
        "disagreements": [
            {
                "criterion": one.criterion,
                "kind": one.kind,
                "distance": float(one.distance),
                "answers": [
                    {"reviewer": name, "answer": answer, "justification": _reason(by_reviewer.get(name), one.criterion)}
                    for name, answer in one.levels
                ],
                "joint": _agreed(agreed, one.criterion),
            }
            for one in agreement.disagreements
        ],
    }


def _reason(review: Review | None, criterion: str) -> str | None:
    """Why a reviewer answered so, in one line."""
    answer = review.answers.get(criterion) if review else None
    words = " ".join(((answer.justification or answer.reason or "") if answer else "").split())
    return words or None


def _agreed(review: Review | None, criterion: str) -> Plain | None:
    """What the joint review says of a question, where it has come so far."""
    answer = review.answers.get(criterion) if review else None
    if answer is None or answer.state == "empty":
        return None
    word = answer.level if answer.state == "assessed" and answer.level else answer.state
    return {"answer": word, "justification": _reason(review, criterion)}


def plain_sensitivity(sensitivities: Sequence[Sensitivity], language: str, words: Labels | None = None) -> list[Plain]:
    """What would change each result. `of` is a target's id, or `total`."""

    def brief(score: Score | None, place: str) -> Plain | None:
        """A result in a few keys."""
        return None if score is None else {key: plain_score(score, language, words, place)[key] for key in _BRIEF}

    return [
        {
            "of": sensitivity.place or "total",
            "verdict": sensitivity.verdict,
            "complete": sensitivity.is_complete,
            "more": {"up": sensitivity.left_out[0], "down": sensitivity.left_out[1]},
            "answers": [
                {
                    "direction": "up" if change.is_up else "down",
                    "verdict": change.verdict,
                    "changes": [{"criterion": name, "level": level} for name, level in change.answers],
                    "choices": [list(names) for names in change.choices],
                }
                for change in sensitivity.changes
            ],
            "weights": [
                {"id": turn.id, "weight": float(turn.weight), "factor": float(turn.factor), "verdict": turn.verdict}
                for turn in sensitivity.weights
            ],
            "variations": [
                {
                    "id": variation.id,
                    "lighter": brief(variation.lighter, sensitivity.place),
                    "heavier": brief(variation.heavier, sensitivity.place),
                    "left_out": brief(variation.left_out, sensitivity.place),
                }
                for variation in sensitivity.variations
            ],
        }
        for sensitivity in sensitivities
    ]
