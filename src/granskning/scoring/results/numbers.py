"""The numbers of results: fractions, roots of fractions compared exactly, and near values where neither is enough.

A geometric mean is the root of a fraction. It meets a threshold by whole powers (x = r^(1/n) is at least t exactly when
r is at least t^n), so no rounding decides a band.

How an exact value is shown: rounding as the criteria set declares it, the same digits everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import total_ordering
from math import ceil, floor, gcd, isqrt, lcm, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granskning.model.method import Rounding

_DIGITS = 10**30
_LARGEST = 4000
"""Roots of a higher degree would take too long; their weights are rounded to thousandths of the whole."""
_FEWER = 1000
_MOST_BITS = 13_000
"""Of a whole number that is written out: some 3,900 digits. Python refuses to write more than 4,300."""
MOST_IN_DIGITS = 10**21
"""Up to here a whole number is printed digit by digit, as JavaScript does; beyond, as a power of ten."""


class ApproximateNumber(Fraction):
    """A number that is not a fraction, to thirty digits: what comes of calculating further with a root."""


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class ExactRoot:
    """The root of a fraction that is 0 or more: `radicand` to the power of 1/`degree`, never itself a fraction."""

    radicand: Fraction
    degree: int

    def __eq__(self, other: object) -> bool:
        """Equal exactly when the same number."""
        return isinstance(other, ExactRoot) and self._power(other) == other._power(self)

    def __lt__(self, other: Number) -> bool:
        """Compared by whole powers."""
        if isinstance(other, ExactRoot):
            return self._power(other) < other._power(self)
        return other > 0 and self.radicand < other**self.degree

    def __gt__(self, other: Number) -> bool:
        """Compared by whole powers."""
        return not self < other and self != other

    def __hash__(self) -> int:
        """By the nearest double, which equal roots share."""
        return hash(float(self.approximate()))

    def __float__(self) -> float:
        """The nearest double."""
        return float(self.approximate())

    def floor(self, unit: int) -> int:
        """The whole part of the root times `unit`, exactly."""
        scaled = self.radicand * unit**self.degree
        return _whole_root(scaled.numerator // scaled.denominator, self.degree)

    def approximate(self) -> ApproximateNumber:
        """The root to thirty digits."""
        return ApproximateNumber(self.floor(_DIGITS), _DIGITS)

    def _power(self, other: ExactRoot) -> Fraction:
        """The power to which both roots are fractions."""
        # x^n rises with x where x is 0 or more, so two roots compare as any power of them does; the least power that
        # makes fractions of both is the least common multiple of their degrees. The square root of 2 against the cube
        # root of 3: to the power of 6 they are 2^3 = 8 and 3^2 = 9, so the first is the lesser, with no decimal taken.
        return self.radicand ** (lcm(self.degree, other.degree) // self.degree)


_NOT_FRACTIONS = frozenset({ApproximateNumber, ExactRoot})
Number = int | Fraction | ExactRoot


def root_of(radicand: Fraction, degree: int) -> Number:
    """The root, as a fraction where it is one. `radicand` is 0 or more."""
    if degree == 1 or radicand in (0, 1):
        return radicand
    upper, lower = _whole_root(radicand.numerator, degree), _whole_root(radicand.denominator, degree)
    if upper**degree == radicand.numerator and lower**degree == radicand.denominator:
        return Fraction(upper, lower)
    return ExactRoot(radicand, degree)


def geometric_mean(values: list[Number], weights: list[Fraction]) -> Number:
    """The product of the values, each to the power of its weight, to the power of 1 over the sum of the weights."""
    common = lcm(*(weight.denominator for weight in weights))
    powers = [int(weight * common) for weight in weights]
    shared = gcd(*powers) or 1
    powers = [power // shared for power in powers]
    inner = lcm(*(value.degree for value in values if isinstance(value, ExactRoot)), 1)
    degree = sum(powers) * inner
    if degree > _LARGEST:
        values, inner = [to_fraction(value) for value in values], 1
        powers = [round(Fraction(power * _FEWER, sum(powers))) for power in powers]
        degree = sum(powers)
    product = Fraction(1)
    for value, power in zip(values, powers, strict=True):
        base, held = (value.radicand, value.degree) if isinstance(value, ExactRoot) else (Fraction(value), 1)
        product *= base ** (power * inner // held)
    return root_of(product, degree)


def near_power(value: Fraction, exponent: Fraction) -> Fraction:
    """A fraction of 0 or more to a power, to some fifteen digits: by logarithms, which hold what no double does."""
    if value <= 0:
        return Fraction(0)
    logarithm = (log10(value.numerator) - log10(value.denominator)) * float(exponent)
    whole = floor(logarithm)
    return Fraction(10 ** (logarithm - whole)) * Fraction(10) ** whole


def to_fraction(value: Number) -> Fraction:
    """The number as a fraction; a root as the nearest one to thirty digits."""
    if type(value) is Fraction:  # most are, and making another of it takes longer than all else here
        return value
    return value.approximate() if isinstance(value, ExactRoot) else Fraction(value)


def as_double(value: Number | None) -> float | None:
    """The nearest double; None where there is none: beyond the largest, or nearer to 0 than the smallest."""
    if value is None:
        return None
    try:
        nearest = float(value)
    except OverflowError:
        return None
    return None if nearest == 0 and value != 0 else nearest


def exact_text(value: Number | None) -> str | None:
    """A fraction in full, `7/3`; None for what is none, or has more digits than anybody reads."""
    if value is None or not is_exact(value):
        return None
    fraction = Fraction(value)  # type: ignore[arg-type]  # what is exact is no root
    bits = max(fraction.numerator.bit_length(), fraction.denominator.bit_length())
    return str(fraction) if bits <= _MOST_BITS else None


def near_text(value: Number) -> str:
    """A number to fifteen digits, `1.4142135623731`, or `1.5E+2427` where it is larger than any double."""
    fraction = to_fraction(value)
    with localcontext(Context(prec=15)):
        return f"{(Decimal(fraction.numerator) / Decimal(fraction.denominator)).normalize():g}"


def is_exact(value: Number) -> bool:
    """Whether the number is exactly a fraction."""
    return type(value) not in _NOT_FRACTIONS


def _whole_root(number: int, degree: int) -> int:
    """The largest whole number whose power is at most `number` (Newton's method)."""
    # From above, each step of Newton's method lands nearer and never below the root's whole part, so the first step
    # that does not go down is the end (H. Cohen, A Course in Computational Algebraic Number Theory, algorithm 1.7.1,
    # for degree 2). The cube root of 30: 30 has 5 bits, so the guess is 2^2 = 4; then (2*4 + 30//16)//3 = 3; then
    # (2*3 + 30//9)//3 = 3, which is no less: 3, and indeed 27 <= 30 < 64.
    if number < 2:  # noqa: PLR2004  # 0 and 1 are their own roots
        return number
    if degree == 2:  # noqa: PLR2004  # the standard library has square roots
        return isqrt(number)
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better


def rounded(value: Number, rounding: Rounding, highest: Number | None = None) -> Fraction:
    """The value at the declared number of decimals: halves away from zero, upwards, or cut off towards zero.

    With `capped`, a value below `highest` is never shown as `highest`.
    """
    unit = 10**rounding.decimals * (100 if rounding.percent else 1)
    if rounding.mode == "up":
        return Fraction(value.floor(unit) + 1 if isinstance(value, ExactRoot) else ceil(value * unit), unit)
    if isinstance(value, ExactRoot):
        whole = value.floor(unit) if rounding.mode == "truncate" else (value.floor(2 * unit) + 1) // 2
    else:
        scaled = abs(value) * unit
        whole = int(scaled) if rounding.mode == "truncate" else int(scaled + Fraction(1, 2))
        whole = whole if value >= 0 else -whole
    if rounding.mode == "capped" and highest is not None and value < highest and Fraction(whole, unit) >= highest:
        whole -= 1
    return Fraction(whole, unit)


def as_power(whole: int, mark: str) -> str:
    """A large whole number as `1,2·10^40`, cut off and not rounded."""
    exponent = floor(log10(whole))
    exponent += (10 ** (exponent + 1) <= whole) - (10**exponent > whole)  # the logarithm is only near
    first = whole // 10 ** (exponent - 1)
    return f"{first // 10}{mark}{first % 10}\N{MIDDLE DOT}10^{exponent}"


def format_number(value: Number, rounding: Rounding, language: str = "sv", highest: Number | None = None) -> str:
    """The value as it is printed: `1,7` in Swedish, `1.7` in English, `67 %` as a share, with a true minus sign."""
    unit = 10**rounding.decimals
    number = rounded(value, rounding, highest) * (100 if rounding.percent else 1)
    whole, rest = divmod(abs(int(number * unit)), unit)
    mark = "," if language == "sv" else "."
    if whole >= MOST_IN_DIGITS:
        digits = as_power(whole, mark)
    else:
        digits = f"{whole}{mark}{rest:0{rounding.decimals}d}" if rounding.decimals else f"{whole}"
    digits = f"−{digits}" if number < 0 else digits
    return digits + ("\N{NO-BREAK SPACE}%" if rounding.percent else "")
