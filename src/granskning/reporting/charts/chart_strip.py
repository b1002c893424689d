"""Women and men on one line: two labelled marks, from zero to the whole where the quantity is a share of one.

Where one of the two has no value, one mark stands alone. Numbers in, places out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from granskning.reporting.charts.chart import WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

_EDGE = 10
"""Room for half a mark at either end of the line."""
_LETTER = 7.3
"""How wide a letter of a label is, about."""
_GAP = 6.0
"""The least room between two labels."""
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class StripMark:
    """One sex: its place on the line, and its label."""

    sex: Literal["women", "men"]
    x: float
    label: str
    label_x: float
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Strip:
    """One indicator in one area and period."""

    title: str
    place: str
    """Area and period."""
    finding: str
    """The same in words, for those who don't see it."""
    source: str
    width: int
    marks: tuple[StripMark, ...]
    address: str = ""
    """Where the source can be read."""
    file: str = ""
    """The file in the PDF that has the figures."""


@dataclass(frozen=True, slots=True)
class SexValue:
    """What one sex comes to, and how it is said."""

    sex: Literal["women", "men"]
    value: Fraction
    label: str


def draw_strip(title: str, place: str, source: str, values: Sequence[SexValue], *, share: bool) -> Strip:
    """Place one or two values. A share of a whole goes to a hundred, anything else to its largest value."""
    least = min(Fraction(0), *(item.value for item in values))
    most = max(item.value for item in values)
    end = Fraction(_HUNDRED) if share and least >= 0 and most <= _HUNDRED else most
    length = (end - least) or Fraction(1)
    places = [float(_EDGE + (WIDTH - 2 * _EDGE) * (item.value - least) / length) for item in values]
    marks = _parted([_mark(item, x, places) for item, x in zip(values, places, strict=True)])
    finding = f"{title}, {place}: {', '.join(item.label for item in values)}"
    return Strip(title, place, finding, source, WIDTH, marks)


def _mark(item: SexValue, x: float, places: Sequence[float]) -> StripMark:
    """A label stands over its mark; at an end of the line, or near the other mark, it leans away."""
    half = len(item.label) * _LETTER / 2
    other = next((place for place in places if place != x), None)
    anchor: Literal["start", "middle", "end"] = "middle"
    if other is not None and abs(other - x) < 4 * half:
        anchor = "end" if x < other else "start"
    elif other is None and len(places) > 1:  # the two are equal
        anchor = "end" if item.sex == "women" else "start"
    room = 2 * half if anchor != "middle" else half
    if anchor != "start" and x - room < 0:
        return StripMark(item.sex, round(x, 1), item.label, 0.0, "start")
    if anchor != "end" and x + room > WIDTH:
        return StripMark(item.sex, round(x, 1), item.label, float(WIDTH), "end")
    over = min(3.0, ((abs(other - x) if other is not None else 0.0) - _GAP) / 2)
    lean = {"start": -over, "middle": 0.0, "end": over}[anchor]
    return StripMark(item.sex, round(x, 1), item.label, round(x + lean, 1), anchor)


def _parted(marks: list[StripMark]) -> tuple[StripMark, ...]:
    """A label that the end of the line holds back pushes the other one along."""
    if len(marks) > 1:
        near, far = sorted(marks, key=_start)
        wide, broad = (len(mark.label) * _LETTER for mark in (near, far))
        if near.label_x == 0 and _start(far) < wide + _GAP:
            moved = {far.sex: replace(far, label_x=round(wide + _GAP, 1), anchor="start")}
        elif far.label_x == WIDTH and _start(near) + wide > WIDTH - broad - _GAP:
            moved = {near.sex: replace(near, label_x=round(WIDTH - broad - _GAP, 1), anchor="end")}
        else:
            moved = {}
        return tuple(moved.get(mark.sex, mark) for mark in marks)
    return tuple(marks)


def _start(mark: StripMark) -> float:
    """Where a label begins."""
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
    return mark.label_x - share * len(mark.label) * _LETTER
