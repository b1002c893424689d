"""Shares that are intervals, in words: `40–60 %`, or `50 %` where nothing is unsettled."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.scoring.national.national_figures import TakenUp

NOTHING = "–"


def share_words(taken_up: TakenUp, t: Translator) -> str:
    """The share that takes something up; a dash where it applies to nobody."""
    return NOTHING if taken_up.share is None else interval_words(*taken_up.share, t)


def interval_words(low: Fraction, high: Fraction, t: Translator) -> str:
    """An interval of shares in whole per cent, never narrower than it is; one share is cut off, so 100 is all."""
    least, most = Fraction(floor(100 * low), 100), Fraction(ceil(100 * high), 100)
    if low == high:
        return t.percent(least)
    return f"{t.percent(least).removesuffix('%').rstrip()}–{t.percent(most)}"


def place_words(places: tuple[int, int], count: int, t: Translator) -> str:
    """A rank as an interval of places."""
    first, last = places
    if first == last:
        return t("{place} of {count}", place=t.whole(first), count=t.whole(count))
    return t("{first}–{last} of {count}", first=t.whole(first), last=t.whole(last), count=t.whole(count))
