"""How an exact value is shown: rounding as the criteria set declares it, the same digits everywhere."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.scoring.numbers import Root

if TYPE_CHECKING:
    from granskning.model.method import Rounding
    from granskning.scoring.numbers import Number


def rounded(value: Number, rounding: Rounding, highest: Number | None = None) -> Fraction:
    """The value at the declared number of decimals: halves away from zero, or cut off towards zero.

    With `capped`, a value below `highest` is never shown as `highest`.
    """
    unit = 10**rounding.decimals * (100 if rounding.percent else 1)
    if isinstance(value, Root):
        whole = value.floor(unit) if rounding.mode == "truncate" else (value.floor(2 * unit) + 1) // 2
    else:
        scaled = abs(value) * unit
        whole = int(scaled) if rounding.mode == "truncate" else int(scaled + Fraction(1, 2))
        whole = whole if value >= 0 else -whole
    if rounding.mode == "capped" and highest is not None and value < highest and Fraction(whole, unit) >= highest:
        whole -= 1
    return Fraction(whole, unit)


def shown(value: Number, rounding: Rounding, language: str = "sv", highest: Number | None = None) -> str:
    """The value as it is printed: `1,7` in Swedish, `1.7` in English, `67 %` as a share, with a true minus sign."""
    unit = 10**rounding.decimals
    number = rounded(value, rounding, highest) * (100 if rounding.percent else 1)
    whole, rest = divmod(abs(int(number * unit)), unit)
    mark = "," if language == "sv" else "."
    digits = f"{whole}{mark}{rest:0{rounding.decimals}d}" if rounding.decimals else f"{whole}"
    digits = f"−{digits}" if number < 0 else digits
    return digits + ("\N{NO-BREAK SPACE}%" if rounding.percent else "")
