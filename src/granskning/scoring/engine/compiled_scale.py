"""Scales as scoring sees them: the rank and the points of each answer, and the worst and best that can be given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from granskning.model.method import CurvePoint, number_of
from granskning.scoring.engine.curve import points_on
from granskning.scoring.results.numbers import ApproximateNumber

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.method import Scale
    from granskning.scoring.results.explanation import Rank

Cell = tuple["int | Fraction | None", "Rank | None"]
"""What an answer enters a method as: its points, and its rank on its scale."""

_JUST_ABOVE = Fraction(1, 10**9)

UNSATISFIED = "\0unsatisfied"
"""The key of an answer that counts as below every level."""

SHARE = "\0share "
"""How the key of an answer begins that counts as a share of its scale, and is none of its levels."""


@dataclass(frozen=True, slots=True)
class CompiledScale:
    """A scale ready for scoring. Its keys are levels, or for a range the numbers where something turns."""

    scale: Scale
    keys: tuple[str, ...]
    rank: Mapping[str, Rank]
    points: Mapping[str, int | Fraction]
    """Whole numbers as such: fractions are slow."""
    cells: Mapping[str, Cell]
    """What each key, and an answer below every level, enters a method as."""
    lowest: Cell
    """The fewest points and the lowest rank."""
    highest: Cell
    """The most points and the highest rank."""

    def holds(self, key: str) -> bool:
        """Whether an answer can be that."""
        return key in self.rank or self.scale.holds(key)

    def cell(self, key: str) -> Cell:
        """Points and rank of an answer that the scale holds."""
        cell = self.cells.get(key)
        if cell is not None:
            return cell
        if key.startswith(SHARE):
            return (self._along(number_of(key.removeprefix(SHARE)) or Fraction(0)), None)
        number = number_of(key) or Fraction(0)
        return (_light(points_at(number, self.scale)), number)

    def _along(self, share: Fraction) -> int | Fraction | None:
        """The points at a share of the way from the fewest to the most."""
        low, high = self.lowest[0], self.highest[0]
        return None if low is None or high is None else _light(low + share * Fraction(high - low))

    def rank_of(self, key: str) -> Rank | None:
        """The rank of a key, or of a number on a range, whether or not it can be given; None if it has none."""
        return self.rank.get(key, number_of(key) if self.scale.is_range else None)

    def extremes_of(self, keys: Sequence[str]) -> tuple[Cell, Cell]:
        """The fewest and the most points, and the lowest and the highest rank, of some of its keys."""
        cells = [self.cell(key) for key in keys]
        points = [cell[0] for cell in cells if cell[0] is not None]
        ranks = [cell[1] for cell in cells if cell[1] is not None]
        whole = len(points) == len(cells)
        return (min(points) if whole else None, min(ranks)), (max(points) if whole else None, max(ranks))

    @property
    def has_points(self) -> bool:
        """Whether every answer is a number."""
        return self.scale.is_range or len(self.points) == len(self.keys)

    @property
    def is_rising(self) -> bool:
        """Whether a higher rank never means fewer points."""
        values = [self.points[key] for key in self.keys if key in self.points]
        return all(one <= other for one, other in pairwise(values))

    @property
    def worst_key(self) -> str:
        """The answer with the fewest points; the lowest where answers have none."""
        return min(self.keys, key=lambda key: (self.points.get(key, 0), self.rank[key]))

    @property
    def best_key(self) -> str:
        """The answer with the most points; the highest where answers have none."""
        return max(self.keys, key=lambda key: (self.points.get(key, 0), self.rank[key]))


def make_ladder(scale: Scale, normalise: tuple[Fraction, Fraction] | None = None) -> CompiledScale:
    """Prepare a scale; `normalise` moves its points so that they go from the one number to the other."""
    scale = replace(scale, levels=scale.steps)
    if normalise is not None and (scale.is_range or all(level.points is not None for level in scale.levels)):
        scale = _normalised(scale, normalise)
    if scale.minimum is None or scale.maximum is None:
        keys = tuple(level.key for level in scale.levels)
        points = {level.key: _light(level.points) for level in scale.levels if level.points is not None}
        return _compiled(scale, {key: rank for rank, key in enumerate(keys)}, points)
    turns = {scale.minimum, scale.maximum, *(at for at in _turning(scale) if scale.minimum < at < scale.maximum)}
    ranks: dict[str, Rank] = {str(turn): turn for turn in sorted(turns)}
    return _compiled(scale, ranks, {str(turn): _light(points_at(turn, scale)) for turn in sorted(turns)})


def _compiled(scale: Scale, ranks: dict[str, Rank], points: dict[str, int | Fraction]) -> CompiledScale:
    """The scale with all that can be known before any answer comes; its keys stand in the order of their ranks."""
    keys = tuple(ranks)
    has_points = scale.is_range or len(points) == len(keys)
    fewest, most = (min(points.values()), max(points.values())) if has_points else (None, None)
    cells: dict[str, Cell] = {key: (points.get(key), rank) for key, rank in ranks.items()}
    cells[UNSATISFIED] = (fewest, ranks[keys[0]] - 1)
    return CompiledScale(scale, keys, ranks, points, cells, (fewest, ranks[keys[0]]), (most, ranks[keys[-1]]))


def _turning(scale: Scale) -> Iterator[Fraction]:
    """The numbers where the points of a range turn; for steps that begin above a number, one just above it."""
    for turn in scale.curve:
        yield turn.at
        if turn.above:
            yield turn.at + (scale.interval or _JUST_ABOVE)


def _light(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 and not isinstance(number, ApproximateNumber) else number


def points_at(number: Fraction, scale: Scale) -> Fraction:
    """The points of a number on a range: beyond the ends of the curve as at the ends."""
    return points_on(number, scale.curve, scale.between) if scale.curve else number


def _normalised(scale: Scale, ends: tuple[Fraction, Fraction]) -> Scale:
    """The scale with its points moved linearly, the fewest to the first end and the most to the other."""
    if scale.minimum is None or scale.maximum is None:
        given = [level.points for level in scale.levels if level.points is not None]
    else:
        curve = scale.curve or (CurvePoint(scale.minimum, scale.minimum), CurvePoint(scale.maximum, scale.maximum))
        scale = replace(scale, curve=curve)
        given = [turn.gives for turn in curve]
    low, high = min(given), max(given)

    def moved(points: Fraction) -> Fraction:
        return ends[0] if high == low else ends[0] + (points - low) * (ends[1] - ends[0]) / (high - low)

    return replace(
        scale,
        curve=tuple(turn._replace(gives=moved(turn.gives)) for turn in scale.curve),
        levels=tuple(
            level if level.points is None else replace(level, points=moved(level.points)) for level in scale.levels
        ),
    )
