"""How the joint result of a round is made, as tables that can be redone: of results, of answers, of one review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.calculation_table import make_sums
from granskning.reporting.wording.differences import joined_grid
from granskning.reporting.wording.entries import answer_cell, number_words, rank_words, span_words
from granskning.reporting.wording.procedure import made_words
from granskning.reporting.wording.report_context import ScoreContext, at_question, at_target
from granskning.scoring.results.card import TOTAL
from granskning.wordings import STANDINGS, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.results.card import Scorecard
    from granskning.scoring.results.explanation import JointExplanation, MemberResult, RoundExplanation, StepExplanation
    from granskning.scoring.results.numbers import Number


def made_line(explained: RoundExplanation, words: Lexicon) -> str:
    """How the result was made, and of whose reviews, in a sentence; empty where there is none."""
    if not explained.members:
        return ""
    t = words.t
    return t("{made} Made of: {reviewers}.", made=t(made_words(explained.method, words.criteria)),
             reviewers=t.series([t.role(name) for name in explained.members]))  # fmt: skip


def make_round_sums(explained: RoundExplanation, card: Scorecard | None, words: Lexicon) -> tuple[Grid, ...]:
    """The tables with which a reader can redo the joint result. A single or a joint review's are its own."""
    if card is None:
        return ()
    if explained.laid_together is None:
        return (_results_grid(explained, card, words),) if explained.results else ()
    steps = explained.laid_together.steps
    context = ScoreContext(criteria=words.criteria, card=card, words=words, explained=steps)
    if explained.joined:
        return (joined_grid(explained.joined, words), *make_sums(context))
    if explained.method in ("single", "consensus") or explained.of == "results":
        return make_sums(context)
    merged = [one for name, one in steps.items() if name not in words.outline.steps]
    return (_answers_grid(context, merged, explained.method), *make_sums(context))


def _results_grid(explained: RoundExplanation, card: Scorecard, words: Lexicon) -> Grid:
    """A row for each result: the reviewers' own, and the calculation."""
    t = words.t
    places = [*(one.id for one in card.targets), TOTAL]
    rows = [_result_row(explained.results[place], explained.method, words) for place in places]
    title = t("The mean of the reviewers' results") if explained.method == "mean" else (
        t("The median of the reviewers' results"))  # fmt: skip
    heads = (Head(t("Target picture")), Head(t("The reviewers' results")), Head(t("Calculation")))
    notes = (
        t("Numbers are calculated in full and rounded only where a result is shown."),
        t("Results that cannot be assessed or do not apply are left out of it."),
    )
    return Grid(title, heads, tuple(row for row in rows if row), after=notes)


def _result_row(made: JointExplanation, method: str, words: Lexicon) -> tuple[GridCell, ...]:
    t, place = words.t, made.id
    if made.step.method == "none":
        return ()
    name = GridCell(t("The overall figure")) if place == TOTAL else (
        GridCell(f"{words.numbers[place]} {words.title(place)}", anchor=at_target(place)))  # fmt: skip
    own = "; ".join(f"{t.role(one.reviewer)} {_own(made, one, words)}" for one in made.members)
    return (name, GridCell(own), GridCell(_calculation(made, method, words)))


def _own(made: JointExplanation, member: MemberResult, words: Lexicon) -> str:
    if not member.counts:
        return f"({label(STANDINGS, member.standing, words.t)})"
    return span_words(*(_end(made, member.values[side], member.levels[side], words, side) for side in (0, 1)))


def _end(made: JointExplanation, value: Number | None, level: str | None, words: Lexicon, side: int) -> str:
    """One end of a result: as a level where levels are what is combined, else as a number in full."""
    if made.by_level[side] and level is not None:
        return words.given(level, made.id)
    return number_words(value, words.t)


def _calculation(made: JointExplanation, method: str, words: Lexicon) -> str:
    """The formula with its numbers; for an interval that of both ends."""
    t = words.t
    there = [one for one in made.members if one.counts]
    if not there:
        return "–"
    ends = [
        _formula([_end(made, one.values[side], one.levels[side], words, side) for one in _ordered(made, there, side)],
                 _end(made, made.values[side], made.levels[side], words, side), method, t,
                 by_level=made.by_level[side])
        for side in (0, 1)
    ]  # fmt: skip
    return ends[0] if ends[0] == ends[1] else t("from {low} to {high}", low=ends[0], high=ends[1])


def _ordered(made: JointExplanation, members: Sequence[MemberResult], side: int) -> list[MemberResult]:
    """The results from the lowest to the highest, among which the middle one is seen."""
    if made.by_level[side] and made.scale is not None:
        keys = made.scale.keys
        return sorted(members, key=lambda member: keys.index(member.levels[side] or keys[0]))
    return sorted(members, key=lambda member: member.values[side] or 0)


def _formula(parts: Sequence[str], result: str, method: str, t: Translator, *, by_level: bool) -> str:
    """`(1,5 + 2 + 3) / 3 = 2,1667`, or the values in order with the one in the middle."""
    if method == "mean":
        return f"({' + '.join(parts)}) / {len(parts)} = {result}" if len(parts) > 1 else f"{parts[0]} = {result}"
    ordered = ", ".join(parts)
    if len(parts) % 2 or by_level or len(parts) < 2:  # noqa: PLR2004  # two or more
        return t("in order {ordered}; the middle is {result}", ordered=ordered, result=result)
    low, high = parts[len(parts) // 2 - 1], parts[len(parts) // 2]
    return t("in order {ordered}; the middle is ({low} + {high}) / 2 = {result}", ordered=ordered, low=low, high=high,
             result=result)  # fmt: skip


def _answers_grid(context: ScoreContext, merged: Sequence[StepExplanation], method: str) -> Grid:
    """A row for each question: the reviewers' answers, and what they come to together."""
    t = context.t
    rows = []
    for made in merged:
        answers = []
        for part in made.parts:
            cell = answer_cell(context, part)
            said = ", ".join(text for text in (cell.mark.words if cell.mark else "", cell.text) if text)
            answers.append(f"{t.role(part.reviewer)} {said}")
        rows.append(
            (
                GridCell(context.numbers[made.id], anchor=at_question(made.id)),
                GridCell("; ".join(answers)),
                GridCell(_merged_words(context, made, method)),
            )
        )
    title = t("The mean of the reviewers' answers") if method == "mean" else t("The median of the reviewers' answers")
    heads = (Head(t("Question")), Head(t("The reviewers' answers")), Head(t("Calculation")))
    return Grid(title, heads, tuple(rows))


def _merged_words(context: ScoreContext, made: StepExplanation, method: str) -> str:
    t = context.t
    there = [one for one in made.parts if one.is_there]
    if not there:
        return t("left out")
    by_level = made.scale is not None
    ends = []
    for side in (0, 1):
        outcome = made.result[side]
        if by_level and made.scale is not None:
            ranks = sorted(rank for one in there if (rank := (one.low_rank, one.high_rank)[side]) is not None)
            parts = [rank_words(context, made.scale, rank) for rank in ranks]
            result = rank_words(context, made.scale, outcome.rank)
        else:
            values = sorted((value for one in there if (value := (one.low, one.high)[side]) is not None), key=float)
            parts, result = [number_words(value, t) for value in values], number_words(outcome.value, t)
        ends.append(_formula(parts, result, method, t, by_level=by_level) if parts else "–")
    return ends[0] if ends[0] == ends[1] else t("from {low} to {high}", low=ends[0], high=ends[1])
