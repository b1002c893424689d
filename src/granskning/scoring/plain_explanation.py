"""How results came about as plain values for JSON: every key there, null where it has no meaning.

Numbers are text: a fraction, `5/3`, where they are one, else a decimal number to fifteen digits. A pair is what
holds at the lowest result and at the highest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.scoring.results.numbers import exact_text, near_text

if TYPE_CHECKING:
    from granskning.scoring.results.explanation import (
        GateEffect,
        JointExplanation,
        PartExplanation,
        Rank,
        RoundExplanation,
        ScaleSteps,
        StepExplanation,
        StepOutcome,
    )
    from granskning.scoring.results.numbers import Number

Plain = dict[str, Any]


def plain_step(made: StepExplanation) -> Plain:
    """One result. `of` is a target's id or `total`; where answers are merged also a question's."""
    rounding = made.step.rounding
    return {
        "of": made.id or "total",
        "method": made.step.method,
        "basis": made.basis,
        "parts": [_part(made, part) for part in made.parts if part.is_there],
        "left_out": [{"id": one.id, "weight": str(one.weight), "reason": one.reason} for one in made.left_out],
        "rules": [
            {
                "gives": rule.gives,
                "must": standing.must,
                "can": standing.can,
                "at": None if standing.low is None else [standing.low, standing.high],
            }
            for rule, standing in zip(made.step.rules, made.rules, strict=True)
        ],
        "otherwise": made.step.otherwise,
        "decided": [None if one.rule is None else one.rule + 1 for one in made.ungated] if made.rules else None,
        "exponent": made.step.exponent if made.step.method == "power_mean" else None,
        "trim": str(made.step.trim[0]) if made.step.method == "trimmed_mean" else None,
        "of_parts": list(made.step.of),
        "before_points": None if made.before_points is None else [number_text(end) for end in made.before_points],
        "before_gates": [_outcome(one, made.scale) for one in made.ungated],
        "gates": [
            {
                "id": one.gate.id,
                "cap": one.gate.cap,
                "holds": [one.low.holds, one.high.holds],
                "bites": [one.low.bites, one.high.bites],
                "before": [_effect(effect, made.scale, before=True) for effect in (one.low, one.high)],
                "after": [_effect(effect, made.scale, before=False) for effect in (one.low, one.high)],
            }
            for one in made.gates
        ],
        "floor": number_text(made.step.floor),
        "result": [_outcome(one, made.scale) for one in made.result],
        "bands": [
            {"id": band.id, "from": str(standing.start), "above": band.above, "met": list(standing.met)}
            for band, standing in zip(made.step.bands, made.bands, strict=True)
        ],
        "rounding": {"decimals": rounding.decimals, "mode": rounding.mode, "percent": rounding.percent},
        "least": number_text(made.least),
        "most": number_text(made.most),
    }


def _part(made: StepExplanation, part: PartExplanation) -> Plain:
    """One part as it counts, with its weight as given and its share of all the weight before and after leaving out."""
    return {
        "id": part.criterion,
        "reviewer": part.reviewer or None,
        "state": part.state,
        "level": part.level,
        "weight": str(part.weight),
        "share_given": number_text(made.given_share(part)),
        "share": [number_text(made.share(part, side)) for side in (0, 1)],
        "values": [number_text(part.low), number_text(part.high)],
        "levels": [_key(part.low_rank, part.scale), _key(part.high_rank, part.scale)],
        "least": number_text(part.spans[0][0]),
        "most": number_text(part.spans[0][1]),
        "least_at_highest": number_text(part.spans[1][0]),
        "most_at_highest": number_text(part.spans[1][1]),
        "satisfied_at": None if part.threshold is None else str(part.threshold),
        "declared": part.declared,
        "lacks_evidence": part.lacks_evidence,
        "held_back": [
            {
                "criterion": one.criterion,
                "at_least": one.at_least,
                "otherwise": one.otherwise,
                "from": _key(one.from_, part.scale),
                "to": _key(one.to, part.scale),
                "at": list(one.at),
            }
            for one in part.hindrances
        ],
    }


def _effect(effect: GateEffect, scale: ScaleSteps | None, *, before: bool) -> str | None:
    return _outcome(effect.before if before else effect.after, scale)


def _outcome(outcome: StepOutcome, scale: ScaleSteps | None) -> str | None:
    """The level by its key, where the result is one; else the number."""
    key = _key(outcome.rank, scale)
    return number_text(outcome.value) if key is None else key


def _key(rank: Rank | None, scale: ScaleSteps | None) -> str | None:
    """A place on a scale by the key of its level; a number on a range; null for what is below every level."""
    if rank is None or scale is None:
        return None
    if scale.scale.is_range:
        return str(rank)
    return scale.keys[int(rank)] if 0 <= rank < len(scale.keys) else None


def number_text(value: Number | None) -> str | None:
    """A number as a fraction or, where it is none, to fifteen digits."""
    if value is None:
        return None
    return exact_text(value) or near_text(value)


def plain_made(made: RoundExplanation) -> Plain:
    """How the joint result of a round was made."""
    return {
        "method": made.method,
        "over": made.of,
        "members": list(made.members),
        "results": [_joint(one) for one in made.results.values()],
        "joined": [
            {
                "criterion": one.criterion,
                "answers": [{"reviewer": name, "state": state, "counts_as": key} for name, state, key in one.given],
                "apart": None if one.apart is None else [str(end) for end in one.apart],
                "gives": list(one.gives),
                "results": list(one.results),
            }
            for one in made.joined
        ],
        "steps": [] if made.laid_together is None else [plain_step(one) for one in made.laid_together.steps.values()],
    }


def _joint(made: JointExplanation) -> Plain:
    """One result by the reviewers' own: numbers or, where a median of levels is taken, levels."""

    def text(side: int, value: Number | None, level: str | None) -> str | None:
        return level if made.by_level[side] else number_text(value)

    return {
        "of": made.id or "total",
        "members": [
            {
                "reviewer": one.reviewer,
                "standing": one.standing,
                "counts": one.counts,
                "values": [text(side, one.values[side], one.levels[side]) for side in (0, 1)],
            }
            for one in made.members
        ],
        "result": [text(side, made.values[side], made.levels[side]) for side in (0, 1)],
    }
