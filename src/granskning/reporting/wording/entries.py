"""What a step met, in words: each of its parts at its lowest and its highest, as scoring explains it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.model.review import UNRESOLVED
from granskning.reporting.blocks.grids import GridCell
from granskning.reporting.wording.report_context import at_question, at_target
from granskning.scoring.results.numbers import MOST_IN_DIGITS, ExactRoot, as_power, is_exact, to_fraction

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.reporting.wording.report_context import ScoreContext
    from granskning.scoring.results.card import CriterionResult
    from granskning.scoring.results.explanation import PartExplanation, Rank, ScaleSteps
    from granskning.scoring.results.numbers import Number

_DECIMALS = 4
"""So many are shown of a number that no reader could write out."""


def name_cell(context: ScoreContext, entry: PartExplanation) -> GridCell:
    """The number of a question, or the number and title of a target, leading to its place; and who answered."""
    name = entry.criterion
    if name in context.outline.steps:
        return GridCell(f"{context.numbers[name]} {context.words.title(name)}", anchor=at_target(name))
    number = context.numbers[name]
    words = f"{number}, {context.t.role(entry.reviewer)}" if entry.reviewer else number
    return GridCell(words, anchor=at_question(name))


def answer_cell(context: ScoreContext, entry: PartExplanation) -> GridCell:
    """The answer or the result, and what it counted as where that is not what was given."""
    name, t = entry.id, context.t
    if entry.is_node:
        target = next((one for one in context.card.targets if one.id == name), None)
        if target is None:  # a question whose answers are merged, or a target that is not put
            return GridCell(_merged(context, entry))
        score, words = target.score, context.words.result(target.score, name)
        if target.counted is not None:
            return GridCell(f"{words}, {context.words.counted(target)}")
        if entry.by_band and entry.scale is not None:
            words = t("{result}, {band}", result=words, band=context.words.band(score, name))
        return GridCell(words)
    one = next(one for one in context.asked if one.id == name)
    mark = context.words.mark(context.criterion(entry.criterion), one.state, one.level)
    return GridCell(_counted(context, entry, one), mark)


def _merged(context: ScoreContext, entry: PartExplanation) -> str:
    """What the reviewers' answers to a question come to together."""
    if not entry.is_there:
        return context.t("left out")
    if entry.scale is not None:
        return span_words(*(rank_words(context, entry.scale, rank) for rank in (entry.low_rank, entry.high_rank)))
    return span_words(number_words(entry.low, context.t), number_words(entry.high, context.t))


def _counted(context: ScoreContext, entry: PartExplanation, answer: CriterionResult) -> str:
    """“counts as Partly”, or that it is left out."""
    t = context.t
    if not (entry.counts(0) and entry.counts(1)):  # open answers to others may decide whether it is asked
        return t("counts if it is asked") if entry.is_there else t("left out")
    if answer.state in UNRESOLVED and not entry.is_settled:
        return ""
    scale = entry.scale
    own = scale.rank_of(answer.level) if scale is not None and answer.level is not None else None
    if scale is None or (answer.state == "assessed" and own in (None, entry.low_rank)):  # a mean is no level
        return ""
    if entry.low_rank is not None and entry.low_rank < min(scale.ranks.values()):
        return t("counts as not satisfied")
    if entry.low_rank is None:
        return t("counts as {points} points", points=number_words(entry.low, t))
    return t("counts as {level}", level=rank_words(context, scale, entry.low_rank))


def rank_words(context: ScoreContext, scale: ScaleSteps, rank: Rank | None) -> str:
    """A place on a scale in words."""
    if rank is None:
        return "–"
    if scale.scale.is_range:
        return context.words.number(str(rank), scale.scale.unit)
    level = scale.scale.levels[min(max(int(rank), 0), len(scale.keys) - 1)]
    return context.t.text(level.label)


def span_words(low: str, high: str) -> str:
    """One value, or from the one to the other."""
    return low if low == high else f"{low}\N{EN DASH}{high}"


def number_words(value: Number | None, t: Translator) -> str:
    """A number in full or, where it has no end, with four decimals."""
    if value is None:
        return "–"
    if isinstance(value, ExactRoot) or not is_exact(value):
        return t.number(to_fraction(value), _DECIMALS)
    number = Fraction(value)
    if abs(number) >= MOST_IN_DIGITS:
        power = as_power(int(abs(number)), "," if t.language == "sv" else ".")
        return f"−{power}" if number < 0 else power
    whole = (number * 10**_DECIMALS).denominator == 1
    return t.number(number) if whole else t.number(number, _DECIMALS)
