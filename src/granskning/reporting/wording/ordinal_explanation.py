"""What decided where nothing is added up: the weakest, best or middle part; the row, rule or step that held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.conditions import describe_all
from granskning.reporting.wording.entries import answer_cell, name_cell, number_words, rank_words, span_words
from granskning.reporting.wording.procedure import parts_of

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.reporting.wording.report_context import ScoreContext
    from granskning.scoring.results.explanation import PartExplanation, RuleStanding, StepExplanation, StepOutcome

_LONG = 12
"""So many rules are told one by one; of a longer list only those that can still hold."""


def ordered_grid(context: ScoreContext, node: StepExplanation, parts: tuple[PartExplanation, ...], title: str) -> Grid:
    """The parts from the lowest to the highest, and which of them decides."""
    t = context.t
    there = sorted(
        (part for part in parts if part.is_there), key=lambda item: (_key(node, item), _key(node, item, top=True))
    )
    settled = all(one.is_settled for one in there)
    heads = [_first(context, parts), Head(t("Result") if _of_targets(parts) else t("Answer"))]
    heads += [Head(t("Level"))] if settled else [Head(t("Lowest")), Head(t("Highest"))]
    heads.append(Head(t("Decides")))
    deciding = [_deciding(node, there, side) for side in (0, 1)]
    rows = []
    for one in there:
        levels = [_level(context, node, one), _level(context, node, one, top=True)]
        said = _decides(context, [one in side for side in deciding], settled=settled)
        cells = [GridCell(level) for level in levels[: 1 if settled else 2]]
        rows.append((name_cell(context, one), answer_cell(context, one), *cells, GridCell(said)))
    rows += [(name_cell(context, part), answer_cell(context, part), *[GridCell("–")] * (len(heads) - 2))
             for part in parts if not part.is_there]  # fmt: skip
    return Grid(title, tuple(heads), tuple(rows), before=_moves(context, node, there))


def decided_grid(
    context: ScoreContext, node: StepExplanation, entries: tuple[PartExplanation, ...], title: str
) -> Grid:
    """The rules in order, each with whether it holds here, and what the parts were."""
    t, names, parts = context.t, context.words.names(node.id), parts_of(context, node.id)
    told = node.rules
    heads = (Head(t("Number")), Head(t("When")), Head(t("Gives")), Head(t("Here")))
    rows = []
    over = False
    for number, (rule, truth) in enumerate(zip(node.step.rules, told, strict=True), start=1):
        if len(told) <= _LONG or truth.can:
            said = t("not tried") if over else _standing(context, truth)
            when = describe_all(rule.when, t, names, parts)
            rows.append(
                (GridCell(t.whole(number)), GridCell(when), GridCell(names.outcome(rule.gives)), GridCell(said))
            )
        over = over or (not truth.can if node.step.method == "ladder" else truth.must)
    if node.step.otherwise is not None:
        rows.append(
            (GridCell("–"), GridCell(t("otherwise")), GridCell(names.outcome(node.step.otherwise)), GridCell(""))
        )
    untold = len(told) - sum(len(told) <= _LONG or one.can for one in told)
    rest = (t("{count} more do not hold and are not shown.", count=t.whole(untold)),) if untold else ()
    return Grid(
        title,
        heads,
        tuple(rows),
        before=tuple(one for one in (*_answers(context, entries), *_decision(context, node), *rest) if one),
    )


def _answers(context: ScoreContext, parts: tuple[PartExplanation, ...]) -> tuple[str, ...]:
    """The parts in one sentence: what the rules looked at."""
    told = []
    for one in parts:
        cell = answer_cell(context, one)
        words = cell.mark.words if cell.mark else ""
        said = ", ".join(part for part in (words, cell.text) if part)
        told.append(f"{name_cell(context, one).text}: {said}")
    return ("; ".join(told) + ".",) if told else ()


def _decision(context: ScoreContext, node: StepExplanation) -> tuple[str, ...]:
    """Which rule decided, or between what the result is not settled."""
    t, names = context.t, context.words.names(node.id)
    low = node.ungated[0]
    open_words = _open_decision(context, node)
    if open_words:
        return open_words
    if low.rule is None:
        if node.step.otherwise is None:
            return ()
        return (t("None of them holds, so the result is {outcome}.", outcome=names.outcome(node.step.otherwise)),)
    number, outcome = t.whole(low.rule + 1), names.outcome(node.step.rules[low.rule].gives)
    if node.step.method == "ladder":
        return (t("Step {number} is the highest that is reached, so the result is {outcome}.",
                  number=number, outcome=outcome),)  # fmt: skip
    if node.step.method == "table":
        return (t("Row {number} fits, so the result is {outcome}.", number=number, outcome=outcome),)
    return (t("Rule {number} is the first that holds, so the result is {outcome}.", number=number, outcome=outcome),)


def _open_decision(context: ScoreContext, node: StepExplanation) -> tuple[str, ...]:
    """What may decide, where questions remain and more than one thing may; empty where it is settled."""
    t, (low, high) = context.t, node.ungated
    may = _may_decide(node)
    rules = t.series([_number(rule, t) for rule in may])
    lowest, highest = (_outcome(context, node, end) for end in (low, high))
    if low.rank != high.rank:
        return (t("It is not settled which decides: questions remain. The result is from {low} to {high}.", low=lowest,
                  high=highest),
                t("The lowest is given by {low}, the highest by {high}.", low=_number(low.rule, t),
                  high=_number(high.rule, t)),
                t("May decide: {rules}.", rules=rules))  # fmt: skip
    if low.rank is None or len(may) == 1:
        return ()
    return (t("It is not settled which decides, but each that may gives {outcome}: {rules}.", outcome=lowest,
              rules=rules),)  # fmt: skip


def _number(rule: int | None, t: Translator) -> str:
    return t("otherwise") if rule is None else t("number {number}", number=t.whole(rule + 1))


def _may_decide(node: StepExplanation) -> list[int | None]:
    """The rules that may be the first that holds, or the steps that may be the last reached; None for `otherwise`."""
    may: list[int | None] = []
    if node.step.method != "ladder":
        for number, rule in enumerate(node.rules):
            may += [number] if rule.can else []
            if rule.must:
                return may
        return [*may, None]
    may, is_sure = [None], True
    for number, rule in enumerate(node.rules):
        if not rule.can:
            break
        is_sure = is_sure and rule.must
        may = [number] if is_sure else [*may, number]
    return may


def _outcome(context: ScoreContext, node: StepExplanation, result: StepOutcome) -> str:
    if node.scale is None or result.rank is None:
        return "–"
    return context.words.given(node.scale.keys[int(result.rank)], node.id)


def _standing(context: ScoreContext, truth: RuleStanding) -> str:
    t = context.t
    if truth.must:
        return t("holds")
    if not truth.can:
        return t("does not hold")
    if truth.low is not None and truth.low != truth.high:
        return t("holds at the lowest only") if truth.low else t("holds at the highest only")
    return t("not settled")


def _key(node: StepExplanation, part: PartExplanation, *, top: bool = False) -> float:
    by_value = node.common is None or node.step.even == "mean"
    value = (part.high if top else part.low) if by_value else (part.high_rank if top else part.low_rank)
    return float(value) if value is not None else float("-inf")


def _level(context: ScoreContext, node: StepExplanation, part: PartExplanation, *, top: bool = False) -> str:
    if node.common is None or node.step.even == "mean":
        return number_words(part.high if top else part.low, context.t)
    return rank_words(context, node.common, part.high_rank if top else part.low_rank)


def _deciding(node: StepExplanation, parts: list[PartExplanation], side: int) -> list[PartExplanation]:
    """The parts that the result is taken from, at the lowest or at the highest completion."""
    if not parts:
        return []
    ordered = sorted(parts, key=lambda item: _key(node, item, top=bool(side)))
    if node.step.method == "weakest":
        chosen = [ordered[0]]
    elif node.step.method == "best":
        chosen = [ordered[-1]]
    else:
        pair = [ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]]
        chosen = {"lower": pair[:1], "upper": pair[1:]}.get(node.step.even, pair)
    held = {_key(node, one, top=bool(side)) for one in chosen}
    if node.step.method == "median":
        return chosen
    return [part for part in parts if _key(node, part, top=bool(side)) in held]


def _decides(context: ScoreContext, sides: list[bool], *, settled: bool) -> str:
    t = context.t
    if settled or all(sides):
        return t("decides") if sides[0] else ""
    return t("at the lowest") if sides[0] else t("at the highest") if sides[1] else ""


def _moves(context: ScoreContext, node: StepExplanation, parts: list[PartExplanation]) -> tuple[str, ...]:
    """How many are above the weakest or below the limit, where that moves the result."""
    t, step = context.t, node.step
    if node.common is None or not parts or (step.step_up is None and step.step_down is None):
        return ()
    said = []
    lows, highs = [part.low_rank or 0 for part in parts], [part.high_rank or 0 for part in parts]
    if step.step_up is not None:
        above = [sum(rank > min(ranks) for rank in ranks) for ranks in (lows, highs)]
        said.append(
            t("{number} of {all} are above the weakest.", number=_span(context, above), all=t.whole(len(parts)))
        )
    if step.step_down is not None:
        bar = node.common.rank_of(step.step_down.below) or 0
        below = [sum(rank < bar for rank in ranks) for ranks in (highs, lows)]
        level = context.words.names(node.id).level("", step.step_down.below)
        said.append(t("{number} of {all} are below {level}.", number=_span(context, below), all=t.whole(len(parts)),
                      level=level))  # fmt: skip
    low, high = node.ungated
    outcomes = [rank_words(context, node.scale, one.rank) if node.scale else "–" for one in (low, high)]
    said.append(t("The result is {outcome}.", outcome=span_words(outcomes[0], outcomes[1])))
    return (" ".join(said),)


def _span(context: ScoreContext, numbers: list[int]) -> str:
    return span_words(*(context.t.whole(number) for number in sorted(numbers)))


def _first(context: ScoreContext, parts: tuple[PartExplanation, ...]) -> Head:
    return Head(context.t("Target picture")) if _of_targets(parts) else Head(context.t("Question"))


def _of_targets(parts: tuple[PartExplanation, ...]) -> bool:
    return any(part.is_node for part in parts)
