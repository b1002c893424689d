"""What a step met: each of its parts at its lowest and its highest, as scoring had it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.model import UNRESOLVED
from granskning.reporting.grids import Cell
from granskning.reporting.material import at_question, at_target
from granskning.scoring.evaluate import seen_from
from granskning.scoring.numbers import Root, is_exact, to_fraction

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.reporting.material import Material
    from granskning.scoring.ladder import Ladder, Rank
    from granskning.scoring.node import Node, PartPlan
    from granskning.scoring.numbers import Number

_DECIMALS = 4
"""So many are shown of a number that no reader could write out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a result. Without numbers or ranks where it was left out."""

    part: PartPlan
    low: Number | None
    high: Number | None
    low_rank: Rank | None
    high_rank: Rank | None
    least: Number | None
    most: Number | None
    """What its number could have been."""

    @property
    def is_there(self) -> bool:
        """Whether it is among the parts at all."""
        return self.low is not None or self.low_rank is not None

    @property
    def is_settled(self) -> bool:
        """Whether it has one value."""
        return (self.low, self.low_rank) == (self.high, self.high_rank)

    @property
    def weight(self) -> Fraction:
        """How much it counts."""
        return Fraction(self.part.weight)


def entries_of(case: Material, node: Node) -> list[Entry]:
    """The parts of a node that the review puts."""
    found = []
    for part in node.parts:
        if part.is_node:
            if any(one.id == part.id for one in case.card.targets):
                found.append(_of_node(case, node, part))
        elif part.id in case.sheet.answers:
            low, high = (ends.get(part.id, (None, None)) for ends in (case.sheet.ends.low, case.sheet.ends.high))
            found.append(Entry(part, low[0], high[0], low[1], high[1], part.lowest, part.highest))
    return found


def _of_node(case: Material, node: Node, part: PartPlan) -> Entry:
    low, high = seen_from(node, case.sheet.ends).results[part.id]
    least, most = case.sheet.limits.spans.get(part.id, (None, None))
    if not part.by_band or part.ladder is None:
        return Entry(part, low.value, high.value, low.rank, high.rank, least, most)
    ladder = part.ladder
    values = [
        None if one.band is None else ladder.lowest[0] if one.band < 0 else ladder.points.get(ladder.keys[one.band])
        for one in (low, high)
    ]
    return Entry(part, values[0], values[1], low.band, high.band, least, most)


def name_cell(case: Material, entry: Entry) -> Cell:
    """The number of a question, or the number and title of a target, leading to its place."""
    name = entry.part.id
    if entry.part.is_node:
        return Cell(f"{case.numbers[name]} {case.words.title(name)}", anchor=at_target(name))
    return Cell(case.numbers[name], anchor=at_question(name))


def answer_cell(case: Material, entry: Entry) -> Cell:
    """The answer or the result, and what it counted as where that is not what was given."""
    name, t = entry.part.id, case.t
    if entry.part.is_node:
        target = next(one for one in case.card.targets if one.id == name)
        score, words = target.score, case.words.result(target.score, name)
        if target.counted is not None:
            return Cell(f"{words}, {case.words.counted(target)}")
        if entry.part.by_band and entry.part.ladder is not None:
            words = t("{result}, {band}", result=words, band=case.words.band(score, name))
        return Cell(words)
    one = next(one for one in case.asked if one.id == name)
    return Cell(_counted(case, entry), case.mark(one))


def _counted(case: Material, entry: Entry) -> str:
    """“counts as Partly”, or that it is left out."""
    t, answer = case.t, case.sheet.answers[entry.part.id]
    if not entry.is_there:
        return t("left out")
    if answer.state in UNRESOLVED and not entry.is_settled:
        return ""
    ladder = entry.part.ladder
    own = ladder.rank_of(answer.level) if ladder is not None and answer.level is not None else None
    if ladder is None or (answer.state == "assessed" and own == entry.low_rank):
        return ""
    if entry.low_rank is not None and entry.low_rank < min(ladder.rank.values()):
        return t("counts as not satisfied")
    return t("counts as {level}", level=rank_words(case, ladder, entry.low_rank))


def rank_words(case: Material, ladder: Ladder, rank: Rank | None) -> str:
    """A place on a scale in words."""
    if rank is None:
        return "–"
    if ladder.scale.is_range:
        return case.words.number(str(rank), ladder.scale.unit)
    level = ladder.scale.levels[min(max(int(rank), 0), len(ladder.keys) - 1)]
    return case.t.text(level.label)


def span_words(low: str, high: str) -> str:
    """One value, or from the one to the other."""
    return low if low == high else f"{low}\N{EN DASH}{high}"


def number_words(value: Number | None, t: Translator) -> str:
    """A number in full or, where it has no end, with four decimals."""
    if value is None:
        return "–"
    if isinstance(value, Root) or not is_exact(value):
        return t.number(to_fraction(value), _DECIMALS)
    number = Fraction(value)
    whole = (number * 10**_DECIMALS).denominator == 1
    return t.number(number) if whole else t.number(number, _DECIMALS)
