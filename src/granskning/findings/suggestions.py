"""Near misses and lists of names: what a misspelt name was probably meant to be, and what could stand there.

However many names there are, a finding costs the same: few are compared, and few are listed.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_COMPARED = 300
"""So many names are compared with a misspelt one: it takes some milliseconds."""
SHORTEST_BEGINNING = 3
"""So many letters of a name say which is meant, where only one begins so."""
CLOSE, NEAR = 0.6, 0.85
"""So alike is a name that may have been meant, and so alike one that is another misspelt."""
MOST_LISTED = 30
"""So many names are read by somebody who looks for one."""


def nearest(name: str, known: Collection[str]) -> str | None:
    """The closest of the known names, else the only one that begins so; None when none is close.

    Of very many, those that begin alike are compared where they are in order (a list), else the first.
    """
    if len(known) > MOST_COMPARED and isinstance(known, list):
        start = max(0, min(bisect_left(known, name) - MOST_COMPARED // 2, len(known) - MOST_COMPARED))
        compared = known[start : start + MOST_COMPARED]
    else:
        compared = list(islice(known, MOST_COMPARED))
    return _closest(name, compared, CLOSE) or _only_beginning(name, compared)


def is_near(name: str, other: str) -> bool:
    """Whether a name is the other but for a letter or two: for folders, whose names may be anything."""
    return _closest(name, (other,), NEAR) is not None


def _closest(name: str, known: Collection[str], alike: float) -> str | None:
    from difflib import get_close_matches  # noqa: PLC0415  # only when something is misspelt

    close = get_close_matches(name, known, 1, alike)
    return close[0] if close else None


def _only_beginning(name: str, known: Collection[str]) -> str | None:
    """The one name that begins with what was written: `exempellan` for `exempellan-transportplan`."""
    if len(name) < SHORTEST_BEGINNING:
        return None
    ordered = sorted(known)
    first = bisect_left(ordered, name)
    begun = [other for other in ordered[first : first + 2] if other.startswith(name)]
    return begun[0] if len(begun) == 1 else None


class KnownNames:
    """Names that could stand somewhere, put into words only where they are told."""

    __slots__ = ("empty", "in_order", "known")

    def __init__(self, known: Collection[str], *, in_order: bool = True, empty: str = "–") -> None:
        self.known = known
        self.in_order = in_order
        """Whether they are told as they come; else by the alphabet."""
        self.empty = empty

    def __str__(self) -> str:
        """The first of them, and how many there are where that is not all."""
        names = ", ".join(islice(self.known if self.in_order else sorted(self.known), MOST_LISTED))
        return f"{names} … ({len(self.known)})" if len(self.known) > MOST_LISTED else names or self.empty

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        """The same where the same would be told."""
        return isinstance(other, KnownNames) and str(self) == str(other)

    def __hash__(self) -> int:
        """By what is told."""
        return hash(str(self))
