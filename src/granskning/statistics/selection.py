"""What is asked of a table: codes by variable; how many cells that is, and how it is split into calls."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    Selection = Mapping[str, tuple[str, ...]]

_RANGE = re.compile(r"(?P<first>[^.\s]+)\.\.(?P<last>[^.\s]*)")
_END = "9999"
_AREA = re.compile(r"[A-Za-z0-9_+-]{1,20}")
_PERIOD = re.compile(r"[0-9]{4}([A-Za-z0-9-]{0,10})?")


def cells_of(selection: Selection) -> int:
    """How many cells a selection has: the empty ones count too."""
    return math.prod(len(codes) for codes in selection.values())


def split_cells(selection: Selection, most: int) -> Iterator[Selection]:
    """Parts of a selection with at most so many cells each, the longest variable halved first.

    A single cell is never split, however little is allowed.
    """
    if cells_of(selection) <= max(most, 1):
        yield selection
        return
    longest = max(selection, key=lambda code: len(selection[code]))
    codes = selection[longest]
    middle = (len(codes) + 1) // 2
    for part in (codes[:middle], codes[middle:]):
        yield from split_cells({**selection, longest: part}, most)


def chunks(codes: Sequence[str], most: int) -> Iterator[tuple[str, ...]]:
    """The codes in parts of at most so many."""
    for start in range(0, len(codes), most):
        yield tuple(codes[start : start + most])


@dataclass(frozen=True, slots=True)
class PeriodWish:
    """Which periods are asked for beside those that are frozen."""

    named: tuple[str, ...] = ()
    ranges: tuple[tuple[str, str], ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether any were named; otherwise those after the last frozen are asked for."""
        return bool(self.named or self.ranges)

    def wants(self, period: str) -> bool:
        """Whether a period is among those named."""
        return period in self.named or any(first <= period <= last for first, last in self.ranges)


def read_wish(words: Sequence[str]) -> PeriodWish:
    """Periods as they are written on the command line: `2024`, `2015..2024`, `2015..`. Raises UsageError."""
    named, ranges = [], []
    for word in words:
        if match := _RANGE.fullmatch(word):
            ranges.append((match["first"], match["last"] or _END))
        elif _PERIOD.fullmatch(word):
            named.append(word)
        else:
            message = N_("{period} is no period")
            raise UsageError(
                message, N_("write 2024, 2015..2024 or 2015.. as the table writes its periods"), period=word
            )
    return PeriodWish(tuple(dict.fromkeys(named)), tuple(ranges))


def chosen_periods(available: Sequence[str], frozen: Collection[str], wish: PeriodWish) -> tuple[str, ...]:
    """The periods to ask for, in the table's order: the frozen ones that are there, and those named.

    Where none are named, those that the table has after the last frozen one.
    """
    last = max(frozen, default="")
    newer = () if wish.is_given else tuple(period for period in available if last and period > last)
    wanted = {*frozen, *newer}
    return tuple(period for period in available if period in wanted or wish.wants(period))


def read_areas(words: Sequence[str]) -> tuple[str, ...]:
    """Areas as they are written on the command line, with commas or one by one. Raises UsageError."""
    codes = [code.strip() for word in words for code in word.split(",")]
    for code in codes:
        if not _AREA.fullmatch(code):
            message = N_("{area} is no code of an area")
            raise UsageError(
                message, N_("write 00 for the nation, 19 for a county, 1980 for a municipality"), area=code
            )
    return tuple(dict.fromkeys(codes))
