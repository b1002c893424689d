"""How an exact value is shown: rounding as the criteria set declares it, the same digits everywhere."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granskning.model import Rounding


def rounded(value: Fraction, rounding: Rounding) -> Fraction:
    """The value at the declared number of decimals: halves away from zero, or cut off towards zero."""
    unit = 10**rounding.decimals
    scaled = abs(value) * unit
    whole = int(scaled) if rounding.mode == "truncate" else int(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, unit)


def shown(value: Fraction, rounding: Rounding, language: str = "sv") -> str:
    """The value as it is printed: `1,7` in Swedish, `1.7` in English, with a true minus sign."""
    unit = 10**rounding.decimals
    whole, rest = divmod(abs(int(rounded(value, rounding) * unit)), unit)
    mark = "," if language == "sv" else "."
    digits = f"{whole}{mark}{rest:0{rounding.decimals}d}" if rounding.decimals else f"{whole}"
    return f"−{digits}" if value < 0 and (whole or rest) else digits
