"""The sums that a reader can redo: question by question, weight times level, and what they come to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.model import UNRESOLVED
from granskning.reporting.material import at_question
from granskning.reporting.sections import SumRow, SumTable

if TYPE_CHECKING:
    from granskning.reporting.material import Material
    from granskning.scoring.card import CriterionResult, TargetResult

_SUMMED = frozenset({"mean", "sum"})


def make_sums(case: Material) -> tuple[SumTable, ...]:
    """A table for each target with anything judged, where the method is a mean or a sum."""
    return tuple(
        _table(case, one) for one in case.card.targets if one.score.method in _SUMMED and one.score.assessed > 0
    )


def _table(case: Material, target: TargetResult) -> SumTable:
    t = case.t
    asked = [one for one in case.asked if one.target == target.id]
    counted = [one for one in asked if one.state != "not_applicable"]
    weights = sum((one.weight for one in counted), Fraction(0))
    low = sum((_bounds(case, one)[0] for one in counted), Fraction(0))
    high = sum((_bounds(case, one)[1] for one in counted), Fraction(0))
    title = next(t.text(one.title) for one in case.criteria.targets if one.id == target.id)
    return SumTable(
        title=title,
        number=case.numbers[target.id],
        settled=low == high,
        rows=tuple(_row(case, one) for one in asked),
        weights=t.number(weights),
        low=t.number(low),
        high=t.number(high),
        result=_result(case, target, weights, low, high),
    )


def _row(case: Material, one: CriterionResult) -> SumRow:
    t = case.t
    out = one.state == "not_applicable"
    low, high = (Fraction(0), Fraction(0)) if out else _bounds(case, one)
    return SumRow(
        number=case.numbers[one.id],
        anchor=at_question(one.id),
        mark=case.words.mark(one.state, one.level),
        weight="–" if out else t.number(one.weight),
        low="–" if out else t.number(low),
        high="–" if out else t.number(high),
    )


def _bounds(case: Material, one: CriterionResult) -> tuple[Fraction, Fraction]:
    """The least and the greatest that an answer adds."""
    if one.state in UNRESOLVED or one.points is None:
        points = [Fraction(level.value) for level in case.criteria.scale]
        return min(points) * one.weight, max(points) * one.weight
    return one.points * one.weight, one.points * one.weight


def _result(case: Material, target: TargetResult, weights: Fraction, low: Fraction, high: Fraction) -> str:
    """The last line of the sum: the division, what it comes to, and whether a basic demand caps it."""
    t, words, score = case.t, case.words, target.score
    if score.method == "sum":
        sums = [(t.number(part), part) for part in (low, high)]
    else:
        over = t.number(weights)
        sums = [(f"{t.number(part)} / {over}", part / weights) for part in (low, high)]
    ends = [f"{sums[0][0]} = {words.value(sums[0][1])}"]
    if low != high:
        ends.append(f"{sums[1][0]} = {words.value(sums[1][1])}")
    line = t("from {low} to {high}", low=ends[0], high=ends[1]) if low != high else ends[0]
    if (score.low, score.high) != (sums[0][1], sums[1][1]):
        return t("{sum}; with the basic demand {result}", sum=line, result=words.result(score))
    return line
