"""Scorecards as plain values for JSON, as the contract promises them: every key there, null where it has no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.scoring.results.card import SCORING_VERSION, TOTAL
from granskning.scoring.results.numbers import is_exact, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.scoring.results.card import Score, Scorecard
    from granskning.scoring.results.numbers import Number

    Told = Callable[[Score, str], str]
    """What calls a level by its name: a result, and the target it is of; `TOTAL` for the whole."""

Plain = dict[str, Any]


def plain_review(  # noqa: PLR0913  # what makes a review's results, by name
    card: Scorecard, review: Review, criteria: CriteriaSet, digest: str, language: str, told: Told | None = None
) -> Plain:
    """One review of `granskning/score/1`. `digest` is the hash of the criteria set's content."""
    return {
        "file": review.file,
        "strategy": review.strategy,
        "round": review.round,
        "reviewer": review.reviewer,
        "kind": review.kind,
        "status": review.status,
        "reading_depth": review.reading_depth,
        "criteria": {"id": criteria.id, "version": criteria.version, "hash": digest},
        "scoring": SCORING_VERSION,
        **plain_card(card, language, told),
        "overrides": [
            {"of": one.of, "result": one.result, "reason": one.reason, "role": one.role, "date": one.date}
            for one in card.overrides
        ],
    }


def plain_card(card: Scorecard, language: str, told: Told | None = None) -> Plain:
    """The results of a review or a round. Without `told` a level is shown by its key."""
    return {
        "total": plain_score(card.total, language, told),
        "targets": [
            {
                "id": one.id,
                "parent": one.parent,
                "weight": str(one.weight),
                "counted": one.counted,
                **plain_score(one.score, language, told, one.id),
            }
            for one in card.targets
        ],
        "criteria_results": [
            {
                "id": result.id,
                "target": result.target,
                "state": result.state,
                "level": result.level,
                "counted": result.counted,
                "points": None if result.points is None else str(result.points),
                "weight": str(result.weight),
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


def plain_score(score: Score, language: str, told: Told | None = None, place: str = TOTAL) -> Plain:
    """One score. `value`, `low`, `high` and `so_far` are the nearest doubles; `exact` is the fraction."""
    return {
        "method": score.method,
        "standing": score.standing,
        "value": _double(score.value),
        "exact": _exact(score.value),
        "shown": shown_score(score, language) if told is None or score.low_outcome is None else told(score, place),
        "low": _double(score.low),
        "high": _double(score.high),
        "low_exact": _exact(score.low),
        "high_exact": _exact(score.high),
        "so_far": _double(score.so_far),
        "bounds": score.bounds,
        "outcome": score.outcome,
        "low_outcome": score.low_outcome,
        "high_outcome": score.high_outcome,
        "so_far_outcome": score.so_far_outcome,
        "band": score.band,
        "low_band": score.low_band,
        "high_band": score.high_band,
        "rule": None if score.rule is None else score.rule + 1,
        "counts": dict(score.counts or {}),
        "assessed": score.assessed,
        "applicable": score.applicable,
        "asked": score.asked,
    }


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
    return shown(value, score.step.rounding, language, score.maximum)


def _double(value: Number | None) -> float | None:
    return None if value is None else float(value)


def _exact(value: Number | None) -> str | None:
    return None if value is None or not is_exact(value) else str(value)
