"""The axis that results are drawn on: levels, a share, or numbers; and where a result is on it.

Results of different kinds have no axis in common, and then they are not compared.

How high a result is on its own scale, from 0 to 1, whatever kind of result it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, Protocol

from granskning.scoring.results.numbers import format_number, to_fraction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.scoring.results.card import Score, TargetResult
    from granskning.scoring.results.explanation import ScaleSteps, SetOutline, StepOutline
    from granskning.scoring.results.numbers import Number

_SHARES = frozenset({"share_of_possible", "share_satisfied"})
_BETWEEN = frozenset({
    "mean", "geometric_mean", "harmonic_mean", "power_mean", "trimmed_mean", "median", "weakest", "best",
})  # fmt: skip
"""The methods whose result lies between their parts, and so on the parts' own axis."""
_LETTERS = 50
"""How many letters have room along the axis."""

Point = tuple[Fraction, str]


class AxisGround(Protocol):
    """What it takes to name the places on an axis: all reports' material has it, and so has a lexicon."""

    @property
    def t(self) -> Translator:
        """The report's language."""

    @property
    def outline(self) -> SetOutline:
        """The steps and scales of the set."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The ends of the axis and what stands between."""

    by_level: bool
    """Whether results are placed by the rank of their level rather than by their number."""
    points: tuple[Point, ...]


def make_axis(ground: AxisGround, results: Sequence[TargetResult]) -> Axis | None:
    """The axis that these results share; None where they have none."""
    kinds = {_kind(ground, ground.outline.steps[result.id]) for result in results}
    if len(kinds) != 1:
        return None
    node = ground.outline.steps[results[0].id]
    kind = kinds.pop()[0]
    if kind == "none":
        return None
    if kind == "share":
        quarters = [Fraction(part, 4) for part in range(5)]
        return Axis(by_level=False, points=tuple((part, ground.t.percent(part)) for part in quarters))
    if kind == "levels" and node.scale is not None:
        return _sound(Axis(by_level=True, points=tuple(_ranks(ground, node.scale))))
    if kind == "points" and (ladder := _ladder(ground, node)) is not None:
        return _sound(Axis(by_level=False, points=tuple(_points(ground, ladder))))
    return _between_bounds(ground, [result.score for result in results])


def place_on(axis: Axis, node: StepOutline, score: Score, part: str) -> Fraction | None:
    """Where a result stands: `part` is value, low, high or so_far."""
    if axis.by_level and node.scale is not None:
        keys = {"value": score.outcome, "low": score.low_outcome, "high": score.high_outcome}
        key = keys.get(part, score.so_far_outcome)
        rank = node.scale.rank_of(key) if key is not None else None
        return None if rank is None else Fraction(rank)
    number: Number | None = getattr(score, part)
    return None if number is None else to_fraction(number)


def _kind(ground: AxisGround, node: StepOutline) -> tuple[object, ...]:
    """What sort of result a step makes; equal for results that can stand beside each other."""
    if node.step.method == "none":
        return ("none",)
    if node.scale is not None and not node.scale.scale.is_range:
        return ("levels", node.scale.keys, tuple(str(level.label) for level in node.scale.scale.levels))
    if node.step.method in _SHARES:
        return ("share",)
    ladder = _ladder(ground, node)
    if ladder is not None and not ladder.scale.is_range and ladder.has_points and ladder.is_monotone:
        return ("points", ladder.keys, tuple(str(level.label) for level in ladder.scale.levels))
    inner = {_kind(ground, ground.outline.steps[part.id]) if part.is_node else () for part in node.parts}
    if node.step.method in _BETWEEN and len(inner) == 1 and inner != {()}:
        return inner.pop()
    ends = {(part.lowest, part.highest) for part in node.parts} if node.step.method in _BETWEEN else {()}
    return ("numbers", node.step.method, node.step.rounding.percent, *sorted(str(end) for end in ends))


def _ladder(ground: AxisGround, node: StepOutline) -> ScaleSteps | None:
    """The scale that a number between the parts lies on."""
    if node.step.method not in _BETWEEN:
        return None
    if node.common is not None:
        return node.common
    below = [_ladder(ground, ground.outline.steps[part.id]) for part in node.parts if part.is_node]
    return (
        below[0]
        if below and all(step_below is below[0] for step_below in below) and len(below) == len(node.parts)
        else None
    )


def _ranks(ground: AxisGround, ladder: ScaleSteps) -> list[Point]:
    labels = _labels(ground, ladder)
    return [(Fraction(rank), label) for rank, label in enumerate(labels)]


def _points(ground: AxisGround, ladder: ScaleSteps) -> list[Point]:
    labels = _labels(ground, ladder)
    return [(Fraction(ladder.points[key]), label) for key, label in zip(ladder.keys, labels, strict=True)]


def _labels(ground: AxisGround, ladder: ScaleSteps) -> list[str]:
    """Value and words of each level; where those have no room, the words at the ends alone."""
    names = [ground.t.text(level.label) for level in ladder.scale.levels]
    shorts = [key if key.lstrip("-").replace(".", "", 1).isdigit() else "" for key in ladder.keys]
    full = [f"{short} {name}".strip() if short != name else name for short, name in zip(shorts, names, strict=True)]
    if sum(len(name) + 2 for name in full) <= _LETTERS:
        return full
    return [full[0], *shorts[1:-1], full[-1]] if len(full) > 1 else full


def _between_bounds(ground: AxisGround, scores: Sequence[Score]) -> Axis | None:
    """From the least to the most that the results could be."""
    ends = [end for score in scores for end in (score.minimum, score.maximum) if end is not None]
    if not ends:
        return None
    low, high = min(to_fraction(end) for end in ends), max(to_fraction(end) for end in ends)
    if low == high:
        return None
    step = scores[0].step
    middle = (low + high) / 2
    return Axis(
        by_level=False,
        points=tuple((value, format_number(value, step.rounding, ground.t.language)) for value in (low, middle, high)),
    )


def _sound(axis: Axis) -> Axis | None:
    """An axis takes two places that differ."""
    places = [place for place, _ in axis.points]
    return axis if len(set(places)) > 1 and places == sorted(places) else None


End = Literal["value", "low", "high", "so_far"]


def height_of(score: Score, place: str, outline: SetOutline, end: End = "value") -> Fraction | None:
    """From the least to the most that the result can be; None where it is not settled, or there is no way between."""
    scale = outline.steps[place].scale
    key: str | None = getattr(score, "outcome" if end == "value" else f"{end}_outcome")
    if key is not None and scale is not None and not scale.scale.is_range and len(scale.keys) > 1:
        return Fraction(scale.rank_of(key) or 0) / (len(scale.keys) - 1)
    number = getattr(score, end)
    if number is None or score.minimum is None or score.maximum is None or score.minimum == score.maximum:
        return None
    least, most = to_fraction(score.minimum), to_fraction(score.maximum)
    return min(max((to_fraction(number) - least) / (most - least), Fraction(0)), Fraction(1))
