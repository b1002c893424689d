"""The arithmetic behind a table that can be redone: what each part adds, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.reporting.wording.entries import number_words, span_words
from granskning.scoring.results.numbers import format_number, is_exact, near_power, to_fraction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.results.explanation import PartExplanation, StepExplanation
    from granskning.scoring.results.numbers import Number

Ends = tuple[Fraction, Fraction]

_MOST_POWER = 100
"""The largest sum of weights under which each value is shown to the power of its weight."""
_FOUR_DIGITS, _MOST_DECIMALS, _DECIMALS_IN_FULL = 1000, 12, 6
"""The least number with four digits; the most decimals, and the most that are shown without rounding."""


@dataclass(frozen=True, slots=True)
class CalculationColumn:
    """A column of numbers before the products."""

    head: str
    of: Callable[[PartExplanation], str]
    total: str


@dataclass(frozen=True, slots=True)
class Work:
    """A sum, product or share, part by part."""

    columns: tuple[CalculationColumn, ...]
    product: str
    lowest: str
    highest: str
    """The heads of what each part adds."""
    name: str
    """What the last line is called."""
    values: Mapping[str, tuple[str, str]]
    low: Fraction | None
    high: Fraction | None
    """What they add up to; None at an end where no part counts, and so nothing comes of them."""
    formula: Callable[[Fraction], tuple[str, Number]]
    """How the last line is written, and what it comes to."""
    before: tuple[str, ...] = ()
    formula_at_highest: Callable[[Fraction], tuple[str, Number]] | None = None
    """How it is written at the highest, where other parts count there."""

    def line(self, words: Lexicon, node: StepExplanation, *, settled: bool) -> str:
        """The last line worked out: `12 / 7 = 1,7`."""
        ends = []
        formulas = (self.formula, self.formula_at_highest or self.formula)
        for total, formula in zip((self.low,) if settled else (self.low, self.high), formulas, strict=False):
            if total is None:
                ends.append(words.t("no result"))
                continue
            written, value = formula(total)
            most = None if node.step.points and node.step.passes_on != "points" else node.most
            result = format_number(value, node.step.rounding, words.t.language, most)
            ends.append(f"{written} = {result}" if written else result)
        return ends[0] if settled else words.t("from {low} to {high}", low=ends[0], high=ends[1])


def weigh(node: StepExplanation, parts: Sequence[PartExplanation], t: Translator) -> Work:
    """The work of a step that weighs its parts: at each end of those that count there."""
    counted = [part for part in parts if part.is_there]
    if all(part.counts(0) == part.counts(1) and part.spans[0] == part.spans[1] for part in counted):
        return _weigh(node, counted, t)
    ends = [[part.at(side) for part in counted if part.counts(side)] for side in (0, 1)]
    works = [_weigh(node, parts, t) for parts in ends]
    if all(ends):
        return _beside(works[0], works[1], t)
    side = 0 if ends[0] else 1
    return _alone(works[side], side)


def _alone(work: Work, side: int) -> Work:
    """What the parts come to that count at one end, where none counts at the other."""
    values = {name: ("–", high) if side else (low, "–") for name, (low, high) in work.values.items()}
    return replace(work, values=values, low=None if side else work.low, high=work.high if side else None)


def _beside(lowest: Work, highest: Work, t: Translator) -> Work:
    """What the parts that count at the lowest come to, beside what those that count at the highest do."""
    left = ("–", "–")
    names = dict.fromkeys((*lowest.values, *highest.values))
    columns = [
        low if low.total == high.total else replace(low, total=t("{first} or {last}", first=low.total, last=high.total))
        for low, high in zip(lowest.columns, highest.columns, strict=True)
    ]
    return replace(
        lowest,
        columns=tuple(columns),
        values={name: (lowest.values.get(name, left)[0], highest.values.get(name, left)[1]) for name in names},
        high=highest.high,
        formula_at_highest=highest.formula,
        before=tuple(dict.fromkeys((*lowest.before, *highest.before))),
    )


def _weigh(node: StepExplanation, counted: Sequence[PartExplanation], t: Translator) -> Work:
    method = node.step.method
    of_step = _OF_STEP.get(method)
    if of_step is not None:
        return of_step(node, counted, t)
    if method == "share_of_possible":
        return _possible(counted, t)
    if method == "share_satisfied":
        return _satisfied(counted, t)
    return _sum(counted, t, is_mean=method == "mean")


def _sum(parts: Sequence[PartExplanation], t: Translator, *, is_mean: bool) -> Work:
    values = {part.id: (part.weight * _number(part.low), part.weight * _number(part.high)) for part in parts}
    weights = sum((part.weight for part in parts), Fraction(0))
    return Work(
        columns=(_points(t), _weights(t, weights)),
        product=t("Product"),
        lowest=t("Lowest product"),
        highest=t("Highest product"),
        name=t("Sum"),
        values=_written(values, t),
        low=_total(values, 0),
        high=_total(values, 1),
        formula=lambda total: (
            (f"{number_words(total, t)} / {t.number(weights)}", total / (weights or 1)) if is_mean else ("", total)
        ),
    )


def _powers(node: StepExplanation, parts: Sequence[PartExplanation], t: Translator) -> Work:
    """Each value to the power of its weight; the geometric mean takes the root of their product."""
    floor, is_mean = node.step.floor, node.step.method == "geometric_mean"
    weights = sum((part.weight for part in parts), Fraction(0))
    if is_mean and weights > _MOST_POWER:  # powers that nobody could write out: of each weight its share instead
        parts, weights = [replace(part, weight=part.weight / weights) for part in parts], Fraction(1)
    values = {part.id: _power_ends(part, floor) for part in parts}
    low, high = Fraction(1), Fraction(1)
    for least, most in values.values():
        low, high = low * least, high * most
    floored = t("Values below {floor} count as {floor}.", floor=t.number(floor)) if floor is not None else ""

    def formula(total: Fraction) -> tuple[str, Number]:
        if not is_mean:
            return "", total
        root = near_power(total, 1 / weights) if weights else Fraction(0)
        return t("{product} to the power of 1/{weights}", product=_short(total, t), weights=t.number(weights)), root

    return Work(
        columns=(_points(t), _weights(t, weights)),
        product=t("Power"),
        lowest=t("Lowest power"),
        highest=t("Highest power"),
        name=t("Product"),
        values={name: (_short(ends[0], t), _short(ends[1], t)) for name, ends in values.items()},
        low=low,
        high=high,
        formula=formula,
        before=(floored,) if floored and any(_number(part.low) < (floor or 0) for part in parts) else (),
    )


def _power_sum(node: StepExplanation, parts: Sequence[PartExplanation], t: Translator) -> Work:
    """Each weight times a power of its value; the same root of what that comes to over the weights."""
    exponent = -1 if node.step.method == "harmonic_mean" else node.step.exponent
    floor = node.step.floor if node.step.method == "harmonic_mean" else None
    weights = sum((part.weight for part in parts), Fraction(0))
    values = {
        part.id: (
            _weighed_power(part.low, part.weight, exponent, floor),
            _weighed_power(part.high, part.weight, exponent, floor),
        )
        for part in parts
    }

    def formula(total: Fraction) -> tuple[str, Number]:
        if not total or not weights:
            return "", Fraction(0)
        if exponent == -1:
            return f"{t.number(weights)} / {number_words(total, t)}", weights / total
        written = t("({total} / {weights}) to the power of 1/{exponent}", total=number_words(total, t),
                    weights=t.number(weights), exponent=t.number(Fraction(exponent)))  # fmt: skip
        mean = total / weights
        return written, near_power(1 / mean if exponent < 0 else mean, Fraction(1, abs(exponent)))

    ends = [
        Fraction(0) if None in column else sum(column, Fraction(0)) for column in zip(*values.values(), strict=True)
    ]
    plain = {name: (low or Fraction(0), high or Fraction(0)) for name, (low, high) in values.items()}
    return Work(
        columns=(_points(t), _weights(t, weights)),
        product=t("Weight times power"),
        lowest=t("At the lowest"),
        highest=t("At the highest"),
        name=t("Sum"),
        values=_written(plain, t),
        low=ends[0] if ends else Fraction(0),
        high=ends[1] if ends else Fraction(0),
        formula=formula,
        before=(t("A value of 0 makes the result 0."),) if any(None in pair for pair in values.values()) else (),
    )


def _weighed_power(value: Number | None, weight: Fraction, exponent: int, floor: Fraction | None) -> Fraction | None:
    """Weight times the power of a value; None for 0 to a power below 0, which decides all."""
    number = _number(value) if floor is None else max(_number(value), floor)
    return None if number == 0 and exponent < 0 else weight * Fraction(number**exponent)


def _trimmed(node: StepExplanation, parts: Sequence[PartExplanation], t: Translator) -> Work:
    """The values that are left when the lowest and the highest are not counted."""
    number, is_share = node.step.trim
    cut = min(int(number * len(parts) if is_share else number), (len(parts) - 1) // 2) if parts else 0
    kept: list[set[str]] = []
    for side in (0, 1):
        ordered = sorted(parts, key=lambda part: _number(part.high if side else part.low))  # used at once
        kept.append({part.id for part in ordered[cut : len(parts) - cut]})
    values = {part.id: (_number(part.low) * (part.id in kept[0]), _number(part.high) * (part.id in kept[1]))
              for part in parts}  # fmt: skip
    left = t("left out")
    written = {
        name: (
            number_words(low, t) if name in kept[0] else left,
            number_words(high, t) if name in kept[1] else left,
        )
        for name, (low, high) in values.items()
    }
    count = max(1, len(parts) - 2 * cut)
    return Work(
        columns=(_points(t),),
        product=t("Counted"),
        lowest=t("Counted, lowest"),
        highest=t("Counted, highest"),
        name=t("Sum"),
        values=written,
        low=_total(values, 0),
        high=_total(values, 1),
        formula=lambda total: (f"{number_words(total, t)} / {t.whole(count)}", total / count),
    )


def _of_two(node: StepExplanation, parts: Sequence[PartExplanation], t: Translator) -> Work:
    """One part by another, or minus it."""
    by_name = {part.criterion: part for part in parts}
    first, second = (by_name.get(name) for name in node.step.of)
    sign = "/" if node.step.method == "quotient" else "\N{MINUS SIGN}"
    written: dict[Fraction, str] = {}
    ends = []
    for side in (0, 1):
        pair = [Fraction(0) if part is None else _number(part.high if side else part.low) for part in (first, second)]
        quotient = pair[0] / pair[1] if pair[1] else Fraction(0)
        value = quotient if sign == "/" else pair[0] - pair[1]
        written[value] = f"{number_words(pair[0], t)} {sign} {number_words(pair[1], t)}"
        ends.append(value)
    values = {part.id: (_number(part.low), _number(part.high)) for part in parts}
    return Work(
        columns=(),
        product=t("Number"),
        lowest=t("At the lowest"),
        highest=t("At the highest"),
        name=t("Result"),
        values=_written(values, t),
        low=ends[0],
        high=ends[1],
        formula=lambda total: (written[total], total),
    )


def _possible(parts: Sequence[PartExplanation], t: Translator) -> Work:
    """What was obtained above the least, and what could have been."""
    values = {
        part.id: (
            part.weight * (_number(part.low) - _number(part.spans[0][0])),
            part.weight * (_number(part.high) - _number(part.spans[1][0])),
        )
        for part in parts
    }
    most = sum((_distance(part) for part in parts), Fraction(0))
    return Work(
        columns=(
            _points(t),
            CalculationColumn(t("Least"), lambda item: _both(item, lambda part: number_words(part.spans[0][0], t)), ""),
            CalculationColumn(t("Weight"), lambda item: t.number(item.weight), ""),
            CalculationColumn(
                t("Possible"),
                lambda item: _both(item, lambda part: number_words(_distance(part), t)),
                number_words(most, t),
            ),
        ),
        product=t("Obtained"),
        lowest=t("Lowest obtained"),
        highest=t("Highest obtained"),
        name=t("Sum"),
        values=_written(values, t),
        low=_total(values, 0),
        high=_total(values, 1),
        formula=lambda total: (f"{number_words(total, t)} / {number_words(most, t)}", total / (most or 1)),
        before=(t("Obtained is weight times the points above the least. Possible is weight times the distance from the"
                  " least to the most."),),
    )  # fmt: skip


def _satisfied(parts: Sequence[PartExplanation], t: Translator) -> Work:
    """The weights of what is satisfied."""
    values = {part.id: _satisfied_ends(part) for part in parts}
    weights = sum((part.weight for part in parts), Fraction(0))
    return Work(
        columns=(_weights(t, weights),),
        product=t("Satisfied"),
        lowest=t("Satisfied, least"),
        highest=t("Satisfied, most"),
        name=t("Sum"),
        values=_written(values, t),
        low=_total(values, 0),
        high=_total(values, 1),
        formula=lambda total: (f"{number_words(total, t)} / {t.number(weights)}", total / (weights or 1)),
    )


def _satisfied_ends(part: PartExplanation) -> Ends:
    bar = part.threshold
    low, high = (part.weight if value is not None and bar is not None and value >= bar else Fraction(0)
                 for value in part.compared)  # fmt: skip
    return low, high


def _power_ends(part: PartExplanation, floor: Fraction | None) -> Ends:
    ends = [_number(end) if floor is None else max(_number(end), floor) for end in (part.low, part.high)]
    low, high = (_power(end, part.weight) for end in ends)
    return low, high


def _power(value: Fraction, weight: Fraction) -> Fraction:
    if weight.denominator == 1:
        return Fraction(value ** int(weight))
    return near_power(value, weight)


def _points(t: Translator) -> CalculationColumn:
    return CalculationColumn(t("Points"), lambda item: _both(item, lambda part: number_words(part.low, t)), "")


def _weights(t: Translator, weights: Fraction) -> CalculationColumn:
    return CalculationColumn(t("Weight"), lambda item: t.number(item.weight), t.number(weights))


def _distance(part: PartExplanation) -> Fraction:
    least, most = part.spans[0]
    return part.weight * (_number(most) - _number(least))


def _both(part: PartExplanation, words: Callable[[PartExplanation], str]) -> str:
    """Words of a part at each end where it counts, once where they are the same."""
    ends = [words(part.at(side)) for side in (0, 1) if part.counts(side)]
    return span_words(ends[0], ends[-1])


def _number(value: Number | None) -> Fraction:
    return Fraction(0) if value is None else to_fraction(value)


def _total(values: dict[str, Ends], end: int) -> Fraction:
    return sum((ends[end] for ends in values.values()), Fraction(0))


def _written(values: dict[str, Ends], t: Translator) -> dict[str, tuple[str, str]]:
    return {name: (number_words(low, t), number_words(high, t)) for name, (low, high) in values.items()}


def _short(value: Fraction, t: Translator) -> str:
    """A power or a product, which may be very small, with four digits that say something."""
    if not is_exact(value) or value == 0 or abs(value) >= 1:
        return number_words(value, t)
    places = 4
    while abs(value) * 10**places < _FOUR_DIGITS and places < _MOST_DECIMALS:
        places += 1
    is_short = (value * 10**places).denominator == 1 and places <= _DECIMALS_IN_FULL
    return t.number(value) if is_short else t.number(value, places)


_OF_STEP: Mapping[str, Callable[[StepExplanation, Sequence[PartExplanation], Translator], Work]] = {
    "product": _powers,
    "geometric_mean": _powers,
    "harmonic_mean": _power_sum,
    "power_mean": _power_sum,
    "trimmed_mean": _trimmed,
    "quotient": _of_two,
    "difference": _of_two,
}
"""The methods whose work takes more of the step than its parts."""
