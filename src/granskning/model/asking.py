"""Which questions are asked, where that depends on how others are answered (frågor som ställs bara om).

Answers as places on their scales in, an interval for each that is not settled yet; out comes which questions are not
asked and for which it is not settled, and which may not be set aside. The one place that decides: check, form, page
and scoring all ask it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from granskning.model.method import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.method import Condition, Scale


class Asking(NamedTuple):
    """A question that is asked only if others have certain answers."""

    criterion: str
    condition: Condition
    scales: Mapping[str, Scale]
    """By question that the condition looks at its scale."""
    bars: Mapping[tuple[str, tuple[str, ...]], tuple[int | Fraction, ...]]
    """By question and levels that the condition compares with, their places on its scale."""


def asking_of(criteria: CriteriaSet) -> tuple[Asking, ...]:
    """The questions of a set that depend on others, each after those that it depends on."""
    return tuple(
        _asking(criterion, criterion.asked_if, criteria)
        for criterion in _in_order(criteria.criteria)
        if criterion.asked_if is not None
    )


def set_aside_against(
    criteria: CriteriaSet, places_of: Callable[[str], tuple[int | Fraction, int | Fraction] | None]
) -> frozenset[str]:
    """The questions that may not be answered as not applicable, since what that takes of other answers does not hold.

    While it is not settled, they may. `places_of` gives places as for `not_asked`.
    """
    conditions = [
        _asking(criterion, criterion.not_applicable_if, criteria)
        for criterion in criteria.criteria
        if criterion.not_applicable_if is not None
    ]
    return frozenset(
        condition.criterion
        for condition in conditions
        if not_asked([condition], places_of)[0]  # each by itself
    )


def _asking(criterion: Criterion, condition: Condition, criteria: CriteriaSet) -> Asking:
    names = named_in(condition)
    scales = {item.id: criteria.scale_of(item) for item in criteria.criteria if item.id in names}
    bars = {
        (compared.part, compared.levels): tuple(
            place for key in compared.levels if (place := place_of(scales[compared.part], key)) is not None
        )
        for compared in _comparisons_in(condition)
        if compared.part in scales
    }
    return Asking(criterion.id, condition, scales, bars)


def _comparisons_in(condition: Condition) -> Iterator[Condition]:
    if condition.kind == "part":
        yield condition
    for inner in condition.conditions:
        yield from _comparisons_in(inner)


def named_in(condition: Condition) -> tuple[str, ...]:
    """The questions that a condition looks at."""
    return tuple(compared.part for compared in _comparisons_in(condition))


def not_asked(
    asking: Sequence[Asking], places_of: Callable[[str], tuple[int | Fraction, int | Fraction] | None]
) -> tuple[frozenset[str], frozenset[str]]:
    """The questions that are not asked, and those for which it is not settled.

    `places_of` gives the lowest and the highest place that an answer can have; None where it is none, being not
    applicable or not there, and then it is no certain answer.
    """
    left_out: set[str] = set()
    unsettled: set[str] = set()

    def seen(name: str) -> tuple[int | Fraction, int | Fraction] | None:
        return None if name in left_out else places_of(name)

    for asked in asking:
        must, can = _holds(asked.condition, asked, seen, frozenset(unsettled))
        if not can:
            left_out.add(asked.criterion)
        elif not must:
            unsettled.add(asked.criterion)
    return frozenset(left_out), frozenset(unsettled)


def _holds(
    condition: Condition,
    asked: Asking,
    places_of: Callable[[str], tuple[int | Fraction, int | Fraction] | None],
    unsettled: frozenset[str],
    *,
    is_negated: bool = False,
) -> tuple[bool, bool]:
    """Whether the condition must hold, and whether it can. What is not answered does not meet it, denied or not."""
    if condition.kind == "not":
        must, can = _holds(condition.conditions[0], asked, places_of, unsettled, is_negated=not is_negated)
        return not can, not must
    if condition.kind in ("all", "any"):
        truths = [_holds(inner, asked, places_of, unsettled, is_negated=is_negated) for inner in condition.conditions]
        over = all if condition.kind == "all" else any
        return over(must for must, _ in truths), over(can for _, can in truths)
    ends = places_of(condition.part)
    if ends is None:
        return is_negated, is_negated
    must, can = _compared(condition, asked, *ends)
    if condition.part in unsettled:  # perhaps it is not asked, and then it is no answer
        return (must and is_negated, can or is_negated)
    return must, can


def _compared(condition: Condition, asked: Asking, low: int | Fraction, high: int | Fraction) -> tuple[bool, bool]:
    bars = asked.bars[condition.part, condition.levels]
    if condition.comparison == "is":
        within = [bar for bar in bars if low <= bar <= high]
        is_range = asked.scales[condition.part].is_range
        is_sure = low == high or (not is_range and len(set(within)) == high - low + 1)
        return (bool(within) and is_sure, bool(within))
    if not bars:
        return False, False
    bar = bars[0]
    return {
        "at_least": (low >= bar, high >= bar),
        "above": (low > bar, high > bar),
        "at_most": (high <= bar, low <= bar),
        "below": (high < bar, low < bar),
    }[condition.comparison]


def place_of(scale: Scale, key: str) -> int | Fraction | None:
    """The place of a level from below, or the number on a range; None for what the scale has not."""
    if scale.is_range:
        return number_of(key)
    return next((place for place, level in enumerate(scale.steps) if level.key == key), None)


def scale_ends(scale: Scale) -> tuple[int | Fraction, int | Fraction]:
    """The lowest and the highest place on a scale."""
    if scale.minimum is not None and scale.maximum is not None:
        return scale.minimum, scale.maximum
    return 0, len(scale.steps) - 1


def _in_order(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    """The criteria, each after those that it depends on; `check` has seen that there is no circle."""
    by_id = {criterion.id: criterion for criterion in criteria}
    done: set[str] = set()
    for first in criteria:
        waiting = [first]
        while waiting:
            current = waiting[-1]
            names = () if current.asked_if is None else named_in(current.asked_if)
            needs = [by_id[name] for name in names if name in by_id and name not in done and name != current.id]
            if needs and current.id not in done and len(waiting) <= len(criteria):
                waiting += needs
                continue
            waiting.pop()
            if current.id not in done:
                done.add(current.id)
                yield current
