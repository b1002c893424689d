"""Rounds and sensitivity as plain values for JSON: every key there, null where it has no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.scoring.plain import plain_card, plain_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.review import LeftOut, Review
    from granskning.scoring.agreement import Agreement
    from granskning.scoring.kappa import Coefficients
    from granskning.scoring.plain import Plain, Told
    from granskning.scoring.results.card import Score
    from granskning.scoring.rounds import RoundCard
    from granskning.scoring.sensitivity import Sensitivity

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
    told: Told | None = None,
) -> Plain:
    """One strategy's result of `granskning/score/1`: that of the round that speaks for it."""
    card = None if joint.card is None else plain_card(joint.card, language, told)
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
    told: Told | None = None,
) -> Plain:
    """One round of `granskning/score/1`. Without a joint result, `total` is null and `targets` is empty.

    From the `reviews` come the reasons for what they disagree on, and what the joint review says of it.
    """
    card = None if joint.card is None else plain_card(joint.card, language, told)
    standing = None if card is None else card["total"]["standing"]
    by_reviewer = {one.reviewer: one for one in reviews if one.kind == "reviewer"}
    agreed = next((one for one in reviews if one.kind == "consensus"), None)
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
            "coefficients": None if coefficients is None else _coefficients(coefficients),
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
    told = answer.level if answer.state == "assessed" and answer.level else answer.state
    return {"answer": told, "justification": _reason(review, criterion)}


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


def plain_sensitivity(found: Sequence[Sensitivity], language: str, told: Told | None = None) -> list[Plain]:
    """What would change each result. `of` is a target's id, or `total`."""

    def brief(score: Score | None, place: str) -> Plain | None:
        """A result in a few keys."""
        return None if score is None else {key: plain_score(score, language, told, place)[key] for key in _BRIEF}

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
                    "lighter": brief(variation.lighter, one.place),
                    "heavier": brief(variation.heavier, one.place),
                    "left_out": brief(variation.left_out, one.place),
                }
                for variation in one.variations
            ],
        }
        for one in found
    ]
