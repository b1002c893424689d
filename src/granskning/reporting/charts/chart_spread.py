"""Many at once: reviewers along an axis, and strategies against target pictures. Values in, places out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import TYPE_CHECKING

from granskning.reporting.charts.chart import LABELS, RIGHT, TOP, WIDTH, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from granskning.reporting.blocks.badges import Mark
    from granskning.reporting.charts.chart import Tick

_DOT = 17
"""How wide a reviewer's dot is."""
_LOWEST = 28
"""How high a row is at least: its name may take two lines."""
_LETTER = 9
"""What each further letter in a ring widens it by."""
_SHARING = 4
"""How many reviewers with the same result one ring has room for."""
_WIDE = 941
"""The width of a page on its side."""
_NAMES = 290
_CELL = 38
_HEAD = 34
_CELL_LETTERS = 9


@dataclass(frozen=True, slots=True)
class Placed:
    """One reviewer's result of one target."""

    sign: str
    place: Fraction
    is_joint: bool
    is_settled: bool


@dataclass(frozen=True, slots=True)
class ReviewerDot:
    """One reviewer in the drawing, or several with the same result."""

    x: float
    y: float
    sign: str
    """Their letters."""
    is_joint: bool
    is_settled: bool

    @property
    def half(self) -> float:
        """Half the width of its ring."""
        return (_DOT - 1 + _LETTER * (max(len(self.sign), 1) - 1)) / 2


@dataclass(frozen=True, slots=True)
class ReviewerRow:
    """One target with all its reviewers."""

    lines: tuple[str, ...]
    y: float
    dots: tuple[ReviewerDot, ...]
    span: tuple[float, float] | None
    """From the lowest to the highest reviewer."""
    words: str


@dataclass(frozen=True, slots=True)
class Reviewers:
    """How the reviewers' results spread, target by target."""

    question: str
    finding: str
    width: int
    height: int
    left: int
    right: int
    ticks: tuple[Tick, ...]
    rows: tuple[ReviewerRow, ...]
    above: bool = False
    """Whether names stand above their rows."""


@dataclass(frozen=True, slots=True)
class ChartCell:
    """What a strategy got for a target: a symbol and a number or word."""

    x: float
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One strategy."""

    lines: tuple[str, ...]
    y: float
    cells: tuple[ChartCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Strategies against target pictures."""

    question: str
    finding: str
    width: int
    height: int
    columns: tuple[tuple[float, str], ...]
    rows: tuple[MatrixLine, ...]


def draw_reviewers(
    question: str,
    finding: str,
    axis: Sequence[tuple[Fraction, str]],
    ticks: tuple[Tick, ...],
    rows: Sequence[tuple[str, Sequence[Placed], str]],
) -> Reviewers:
    """Place the reviewers; those who would hide each other stand above each other."""
    start, end = axis[0][0], axis[-1][0]
    drawn, y = [], float(TOP)
    for name, placed, words in rows:
        flat = [
            ReviewerDot(
                round(float(LABELS + (RIGHT - LABELS) * (group[0].place - start) / (end - start)), 1), 0,
                "".join(one.sign for one in group), group[0].is_joint, group[0].is_settled,
            )
            for group in _sharing(placed)
        ]  # fmt: skip
        deep = _levels(flat)
        high = max(_LOWEST, 6 + _DOT * (max(deep, default=0) + 1))
        middle = y + high / 2
        top = middle - _DOT * max(deep, default=0) / 2
        dots = tuple(replace(dot, y=round(top + _DOT * level, 1)) for dot, level in zip(flat, deep, strict=True))
        own = [dot.x for dot in dots if not dot.is_joint]
        span = (min(own), max(own)) if len(set(own)) > 1 else None
        drawn.append(ReviewerRow(wrap(name), middle, dots, span, words))
        y += high
    return Reviewers(question, finding, WIDTH, int(y) + 8, LABELS, RIGHT, ticks, tuple(drawn))


def _sharing(placed: Sequence[Placed]) -> list[list[Placed]]:
    """The reviewers, those with one letter and the same result together, as many as a ring has room for."""
    groups: list[list[Placed]] = []
    for result in placed:
        last = next((group for group in reversed(groups) if _key(group[0]) == _key(result)), None)
        if last is None or result.is_joint or len(result.sign) > 1 or len(last) == _SHARING:
            groups.append([result])
        else:
            last.append(result)
    return groups


def _key(result: Placed) -> tuple[Fraction, bool, bool]:
    return (result.place, result.is_joint, result.is_settled)


def _levels(dots: Sequence[ReviewerDot]) -> list[int]:
    """How far down each dot stands: the first place where no other is near."""
    taken: list[tuple[ReviewerDot, int]] = []
    for dot in dots:
        level = 0
        while any(held == level and abs(other.x - dot.x) < other.half + dot.half + 1 for other, held in taken):
            level += 1
        taken.append((dot, level))
    return [level for _, level in taken]


def draw_matrix(
    question: str, finding: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[Mark, str]]]]
) -> Matrix:
    """Place a symbol and its words in each cell. Words that have no room are cut; the table has them in full."""
    width = (_WIDE - _NAMES) / max(len(columns), 1)
    heads = tuple((round(_NAMES + width * at + 13, 1), name) for at, name in enumerate(columns))
    lines = []
    for at, (name, cells) in enumerate(rows):
        y = _HEAD + _CELL * at + _CELL / 2
        placed = tuple(
            ChartCell(round(_NAMES + width * column + 13, 1), mark, _cut(text))
            for column, (mark, text) in enumerate(cells)
        )
        lines.append(MatrixLine(wrap(name, 38), y, placed))
    return Matrix(question, finding, _WIDE, _HEAD + _CELL * len(rows) + 4, heads, tuple(lines))


def _cut(text: str) -> str:
    return text if len(text) <= _CELL_LETTERS else f"{text[: _CELL_LETTERS - 1].rstrip()}…"


def letters_for(count: int) -> list[str]:
    """Signs for that many reviewers: A, B … Z, then numbers."""
    return [*ascii_uppercase[:count], *(f"{at + 1}" for at in range(len(ascii_uppercase), count))]
