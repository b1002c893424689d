"""Scorecards as plain values for JSON, as the contract promises them: every key there, null where it has no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.scoring.card import SCORING_VERSION
from granskning.scoring.rounding import shown

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.model import CriteriaSet, Review, Rounding
    from granskning.scoring.card import Score, Scorecard

Plain = dict[str, Any]


def plain_review(card: Scorecard, review: Review, criteria: CriteriaSet, digest: str, language: str) -> Plain:
    """One review of `granskning/score/1`. `digest` is the hash of the criteria set's content."""
    rounding = criteria.scoring.rounding
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
        "total": plain_score(card.total, rounding, language),
        "targets": [
            {"id": target.id, "weight": str(target.weight), **plain_score(target.score, rounding, language)}
            for target in card.targets
        ],
        "criteria_results": [
            {
                "id": result.id,
                "target": result.target,
                "state": result.state,
                "level": result.level,
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
                "cap": str(gate.cap),
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


def plain_score(score: Score, rounding: Rounding, language: str) -> Plain:
    """One score. `value`, `low`, `high` and `so_far` are the nearest doubles; `exact` is the fraction."""
    return {
        "method": score.method,
        "standing": score.standing,
        "value": _double(score.value),
        "exact": None if score.value is None else str(score.value),
        "shown": shown_score(score, rounding, language),
        "low": _double(score.low),
        "high": _double(score.high),
        "low_exact": None if score.low is None else str(score.low),
        "high_exact": None if score.high is None else str(score.high),
        "so_far": _double(score.so_far),
        "bounds": score.bounds,
        "outcome": score.outcome,
        "low_outcome": score.low_outcome,
        "high_outcome": score.high_outcome,
        "band": score.band,
        "counts": dict(score.counts or {}),
        "assessed": score.assessed,
        "applicable": score.applicable,
        "asked": score.asked,
    }


def shown_score(score: Score, rounding: Rounding, language: str) -> str | None:
    """The result as it is printed everywhere; None when there is none.

    A figure is `1,7`, an interval `1,2–2,4`; a level without a number stands by its key, `B` or `C–A`.
    """
    if score.value is not None:
        return shown(score.value, rounding, language)
    if score.low is not None and score.high is not None:
        return f"{shown(score.low, rounding, language)}–{shown(score.high, rounding, language)}"
    if score.outcome is not None or score.low_outcome is None:
        return score.outcome
    return f"{score.low_outcome}–{score.high_outcome}"


def _double(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
