"""Near misses and lists of names: what a misspelt name was probably meant to be, and what could stand there.

However many names there are, a finding costs the same: few are compared, and few are listed. Capital letters, and
letters that are written in one piece or in two, part no names.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, TypedDict

from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Collection

MEANT = N_("did you mean {suggestion}?")
MOST_COMPARED = 300
"""So many names are compared with a misspelt one: it takes some milliseconds."""
SHORTEST_BEGINNING = 3
"""So many letters of a name say which is meant, where only one begins so."""
CLOSE, ALIKE_WORDS, NEAR = 0.6, 0.7, 0.85
"""So alike is a name that may have been meant, a short word of the program's, and one that is another misspelt."""
MOST_LISTED = 30
"""So many names are read by somebody who looks for one."""


def nearest(name: str, known: Collection[str], *, alike: float = CLOSE) -> str | None:
    """The closest of the known names, else the only one that begins so; None when none is close.

    Of very many, those that begin alike are compared where they are in order (a list), else the first.
    """
    if len(known) > MOST_COMPARED and isinstance(known, list):
        start = max(0, min(bisect_left(known, name) - MOST_COMPARED // 2, len(known) - MOST_COMPARED))
        compared = known[start : start + MOST_COMPARED]
    else:
        compared = list(islice(known, MOST_COMPARED))
    return _closest(name, compared, alike) or _only_beginning(name, compared)


class NameAdvice(TypedDict):
    """The hint for a name that stands for nothing, and the values in it: what an error takes beside its sentence."""

    hint: str
    suggestion: str
    known: KnownNames


def advice_on(name: str, known: Collection[str], listing: str, *, whole: str = "{}") -> NameAdvice:
    """The known name that was meant by one that is not known, else `listing`, which is a hint that has {known}.

    `whole` is how a name is written with what stands around it.
    """
    likely = nearest(name, known)
    hint = listing if likely is None else MEANT
    return {"hint": hint, "suggestion": whole.replace("{}", likely or ""), "known": KnownNames(known)}


def as_typed(path: str) -> str:
    """A path as a shell takes it: in quotation marks where it has spaces or signs in it."""
    if re.fullmatch(r"[\w@%+=:,./~-]+", path):
        return path
    escaped = re.sub(r'(["$`])', r"\\\1", path)
    return f'"{escaped}"'


def is_near(name: str, other: str) -> bool:
    """Whether a name is the other but for a letter or two: for folders, whose names may be anything."""
    return _closest(name, (other,), NEAR) is not None


@lru_cache(maxsize=8 * MOST_COMPARED)  # each misspelt name is held against the same known ones
def folded(name: str) -> str:
    """A name without what parts no names: capitals, and whether a letter is written in one piece."""
    return unicodedata.normalize("NFC", name).casefold()


def _closest(name: str, known: Collection[str], alike: float) -> str | None:
    from difflib import get_close_matches  # noqa: PLC0415  # only when something is misspelt

    names = list(reversed(list(known)))  # the first of those that are folded alike counts
    by_fold = dict(zip(map(folded, names), names, strict=True))
    close = get_close_matches(folded(name), by_fold, 1, alike)
    return by_fold[close[0]] if close else None


def _only_beginning(name: str, known: Collection[str]) -> str | None:
    """The one name that begins with what was written: `exempellan` for `exempellan-transportplan`."""
    if len(name) < SHORTEST_BEGINNING:
        return None
    beginning = folded(name)
    begun = [other for other, fold in zip(known, map(folded, known), strict=True) if fold.startswith(beginning)]
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
