"""Charts as numbers: where each dot, line and box goes. Templates draw them; the words beside say the same.

All lengths are in pixels of a drawing 616 wide, which is the text column of an A4 page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.language_tags import SIGN, retagged, untagged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

WIDTH = 616
LABELS = 214
"""The column of names."""
RIGHT = 524
"""Where the scale ends; numbers stand after it."""
ROW = 22
TALL_ROW = 30
"""Where a name takes two lines."""
TOP = 30
_LETTERS = 29
"""How many letters of a name fit on one line."""
_LINES = 2


@dataclass(frozen=True, slots=True)
class Tick:
    """One level on the axis."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One target: a dot for a value; a ring and a thin line for an interval; words where there is neither."""

    lines: tuple[str, ...]
    y: float
    value: float | None
    so_far: float | None
    low: float | None
    high: float | None
    shown: str
    words: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The results of the targets on the set's own scale."""

    question: str
    finding: str
    """The alternative text: what the chart says."""
    width: int
    height: int
    left: int
    right: int
    ticks: tuple[Tick, ...]
    rows: tuple[ProfileRow, ...]
    above: bool = False
    """Whether names stand above their rows."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A target's result as the chart needs it: exact numbers, and the words for them."""

    name: str
    value: Fraction | None
    so_far: Fraction | None
    low: Fraction | None
    high: Fraction | None
    shown: str
    words: str
    """Why there is nothing to draw, where there is nothing."""


def draw_profile(
    question: str,
    finding: str,
    axis: Sequence[tuple[Fraction, str]],
    measured: Sequence[Measured],
) -> Profile:
    """Place the results on an axis of at least two points, each with its label."""
    start, end = axis[0][0], axis[-1][0]
    length = RIGHT - LABELS

    def place(value: Fraction | None) -> float | None:
        return None if value is None else _round(LABELS + length * (value - start) / (end - start))

    names = [wrap(measure.name) for measure in measured]
    height = TALL_ROW if any(len(lines) > 1 for lines in names) else ROW
    rows = tuple(
        ProfileRow(
            lines=names[number],
            y=TOP + height * number + height / 2,
            value=place(measure.value),
            so_far=place(measure.so_far) if measure.value is None else None,
            low=place(measure.low) if measure.value is None else None,
            high=place(measure.high) if measure.value is None else None,
            shown=measure.shown,
            words=measure.words,
        )
        for number, measure in enumerate(measured)
    )
    return Profile(question, finding, WIDTH, TOP + height * len(rows) + 6, LABELS, RIGHT, make_ticks(axis), rows)


def make_ticks(axis: Sequence[tuple[Fraction, str]]) -> tuple[Tick, ...]:
    """The labels of an axis of at least two points, between the names and the numbers."""
    start, end = axis[0][0], axis[-1][0]
    anchors = ["start", *["middle"] * (len(axis) - 2), "end"]
    return tuple(
        Tick(_round(LABELS + (RIGHT - LABELS) * (value - start) / (end - start)), label, anchor)
        for (value, label), anchor in zip(axis, anchors, strict=True)
    )


def wrap(name: str, letters: int = _LETTERS) -> tuple[str, ...]:
    """A name on at most two lines, broken between words; what does not fit ends with an ellipsis."""
    if SIGN in name:
        return retagged(wrap(untagged(name), letters), name)
    lines: list[str] = [""]
    words = name.split()[::-1]
    while words and len(lines) <= _LINES:
        word = words.pop()
        room = letters - len(lines[-1]) - bool(lines[-1])
        if len(word) > letters and room > letters // 2:  # a word that has room on no line is broken where it must be
            words.append(word[room - 1 :])
            word = f"{word[: room - 1]}-"
        if len(word) <= room:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
        else:
            words.append(word)
            lines.append("")
    if words or len(lines) > _LINES:
        lines = lines[:_LINES]
        last = lines[-1].rstrip("-")
        while len(last) + 2 > letters and " " in last:
            last = last.rpartition(" ")[0]
        lines[-1] = f"{last[: letters - 2]} …"
    return tuple(line for line in lines if line)


def _round(value: Fraction) -> float:
    return round(float(value), 1)
