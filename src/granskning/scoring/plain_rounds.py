"""Rounds and sensitivity as plain values for JSON: every key there, null where it has no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.scoring.plain import plain_card, plain_score, shown_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.scoring.agreement import Agreement
    from granskning.scoring.card import Score
    from granskning.scoring.kappa import Coefficients
    from granskning.scoring.plain import Plain
    from granskning.scoring.rounds import RoundCard
    from granskning.scoring.sensitivity import Sensitivity


def plain_round(  # noqa: PLR0913  # what makes a round, by name
    strategy: str,
    round_: str,
    joint: RoundCard,
    agreement: Agreement,
    coefficients: Coefficients | None,
    language: str,
) -> Plain:
    """One round of `granskning/score/1`. Without a joint result, `total` is null and `targets` is empty."""
    card = None if joint.card is None else plain_card(joint.card, language)
    return {
        "strategy": strategy,
        "round": round_,
        "method": joint.method,
        "standing": "cannot_be_assessed" if joint.missing else None if card is None else card["total"]["standing"],
        "total": None if card is None else card["total"],
        "targets": [] if card is None else card["targets"],
        "verdict": None if card is None else card["verdict"],
        "agreement": {
            "reviewers": list(agreement.reviewers),
            "compared": agreement.compared,
            "exact": agreement.exact,
            "within_one": agreement.within_one,
            "largest": None if agreement.largest is None else float(agreement.largest),
            "coefficients": None if coefficients is None else _coefficients(coefficients),
        },
        "disagreements": [
            {
                "criterion": one.criterion,
                "kind": one.kind,
                "distance": float(one.distance),
                "answers": [{"reviewer": reviewer, "answer": answer} for reviewer, answer in one.levels],
            }
            for one in agreement.disagreements
        ],
    }


def _coefficients(found: Coefficients) -> Plain:
    return {
        "items": found.items,
        "few": found.few,
        "kappa": [
            {
                "reviewers": list(one.reviewers),
                "items": one.items,
                "plain": one.plain,
                "linear": one.linear,
                "quadratic": one.quadratic,
            }
            for one in found.kappas
        ],
        "alpha": {"nominal": found.nominal, "ordinal": found.ordinal, "interval": found.interval},
    }


def plain_sensitivity(found: Sequence[Sensitivity], language: str) -> list[Plain]:
    """What would change each result. `of` is a target's id, or `total`."""
    return [
        {
            "of": one.place or "total",
            "verdict": one.verdict,
            "complete": one.is_complete,
            "answers": [
                {
                    "direction": "up" if change.is_up else "down",
                    "verdict": change.verdict,
                    "changes": [{"criterion": name, "level": level} for name, level in change.answers],
                }
                for change in one.changes
            ],
            "weights": [
                {"id": turn.id, "weight": float(turn.weight), "factor": float(turn.factor), "verdict": turn.verdict}
                for turn in one.weights
            ],
            "variations": [
                {
                    "id": variation.id,
                    "lighter": _brief(variation.lighter, language),
                    "heavier": _brief(variation.heavier, language),
                    "left_out": _brief(variation.left_out, language),
                }
                for variation in one.variations
            ],
        }
        for one in found
    ]


def _brief(score: Score | None, language: str) -> Plain | None:
    """A result in a few keys."""
    if score is None:
        return None
    plain = plain_score(score, language)
    return {key: plain[key] for key in ("standing", "value", "exact", "low", "high", "outcome", "band")} | {
        "shown": shown_score(score, language)
    }
