"""Everybody beside each other: the results of all targets, and the answers to all questions.

Where there are more reviewers than there is room for, they are parted over several sheets; the joint result stands in
each of them.

The chart of a round: where each reviewer's result of each target lies, and where the joint one does.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from granskning.reporting.charts.axis import make_axis, place_on
from granskning.reporting.charts.chart import make_ticks
from granskning.reporting.charts.chart_spread import Placed, draw_reviewers, letters_for
from granskning.reporting.round.round_disputes import is_told
from granskning.reporting.round.round_values import (
    AnswerCell,
    QuestionLine,
    QuestionTable,
    ResultCell,
    Sheet,
    TargetLine,
)
from granskning.reporting.wording.report_context import at_question
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.criteria import Target
    from granskning.reporting.charts.axis import Axis
    from granskning.reporting.charts.chart_spread import Reviewers
    from granskning.reporting.round.round_material import ReviewReading, RoundMaterial
    from granskning.scoring.results.card import Score, Scorecard, TargetResult

NONE = "–"
"""What stands where there is nothing to tell."""
MOST_BESIDE = 6
"""How many reviewers there is room for on a page on its side, with the joint result."""
MOST_UPRIGHT = 4
"""How many columns there is room for on an upright page."""


def make_sheets(context: RoundMaterial) -> tuple[Sheet, ...]:
    """The reviewers in as few even parts as there is room for."""
    count = max(1, ceil(len(context.reviewers) / MOST_BESIDE))
    size = ceil(len(context.reviewers) / count) or 1
    parts = [context.reviewers[start : start + size] for start in range(0, len(context.reviewers), size)] or [()]
    return tuple(
        _sheet(context, part, _title(context, at * size, part) if count > 1 else "") for at, part in enumerate(parts)
    )


def is_turned(sheets: Sequence[Sheet]) -> bool:
    """Whether the tables need a page on its side."""
    return any(len(sheet.columns) > MOST_UPRIGHT for sheet in sheets)


def joint_column(context: RoundMaterial) -> tuple[str, Scorecard] | None:
    """The joint result as a column of its own; None where there is none, or where it is the joint review's."""
    card = context.joint.card
    if card is None or context.joint.method in ("consensus", "single"):
        return None
    return context.t("Joint result"), card


def _title(context: RoundMaterial, start: int, part: Sequence[ReviewReading]) -> str:
    t, count = context.t, context.t.whole(len(context.reviewers))
    first, last = t.whole(start + 1), t.whole(start + len(part))
    if first == last:
        return t("Reviewer {first} of {count}", first=first, count=count)
    return t("Reviewers {first}–{last} of {count}", first=first, last=last, count=count)


def _sheet(context: RoundMaterial, part: Sequence[ReviewReading], title: str) -> Sheet:
    readings = (*part, *((context.consensus,) if context.consensus else ()))
    joint = joint_column(context)
    cards = [*(reading.card for reading in readings), *((joint[1],) if joint else ())]
    names = [*(context.name_of(reading) for reading in readings), *((joint[0],) if joint else ())]
    asked = {result.target for reading in context.readings for result in reading.card.criteria_results}
    return Sheet(
        title=title,
        columns=tuple(names),
        targets=tuple(_line(context, target, cards) for target in _shown(context)),
        total=_total(context, cards),
        questions=tuple(
            _questions(context, target, readings) for target in context.criteria.all_targets if target.id in asked
        ),
    )


def _shown(context: RoundMaterial) -> list[Target]:
    """The targets that anybody has a result for."""
    there = {target.id for reading in context.readings for target in reading.card.targets}
    return [target for target in context.criteria.all_targets if target.id in there]


def _line(context: RoundMaterial, target: Target, cards: Sequence[Scorecard]) -> TargetLine:
    scores = [
        next((target_result.score for target_result in card.targets if target_result.id == target.id), None)
        for card in cards
    ]
    return TargetLine(
        number=context.numbers[target.id],
        title=context.t.text(target.title),
        depth=context.numbers[target.id].count("."),
        cells=tuple(_cell(context, score, target.id) for score in scores),
    )


def _total(context: RoundMaterial, cards: Sequence[Scorecard]) -> TargetLine | None:
    """The whole; None where the set makes no overall result."""
    if context.criteria.scoring.targets.method == "none":
        return None
    return TargetLine("", context.t("Overall"), 0, tuple(_cell(context, card.total, TOTAL) for card in cards))


def _cell(context: RoundMaterial, score: Score | None, place: str) -> ResultCell:
    t, words = context.t, context.words
    if score is None:
        return ResultCell(t("not asked"), "", "")
    judged = words.assessed(score) if score.applicable else ""
    band = words.band(score, place)
    return ResultCell(words.result(score, place), "" if band == NONE else band, judged)


def _questions(context: RoundMaterial, target: Target, readings: Sequence[ReviewReading]) -> QuestionTable:
    caption = f"{context.numbers[target.id]} {context.t.text(target.title)}"
    own = [
        criterion.id
        for criterion in target.criteria
        if any(reading.asked(criterion.id) for reading in context.readings)
    ]
    return QuestionTable(caption, tuple(_question(context, criterion, readings) for criterion in own))


def _question(context: RoundMaterial, criterion: str, readings: Sequence[ReviewReading]) -> QuestionLine:
    return QuestionLine(
        number=context.numbers[criterion],
        question=context.t.text(context.criterion(criterion).question),
        anchor=at_question(criterion) if is_told(context, criterion) else "",
        cells=tuple(
            AnswerCell(
                context.mark(reading, criterion),
                context.t("departs from all") if reading.is_joint and context.departs(criterion) else "",
            )
            for reading in readings
        ),
        difference=_difference(context, criterion),
    )


def _difference(context: RoundMaterial, criterion: str) -> str:
    """How far apart the reviewers' levels are; a dash where fewer than two have given one."""
    levels = [reviewer for reviewer in context.reviewers if (reviewer.judged(criterion) or ("", None))[0] == "assessed"]
    if len(levels) < 2:  # noqa: PLR2004  # a difference takes two
        return NONE
    found = context.disagreement(criterion)
    return context.t.number(found.distance) if found else context.t.whole(0)


_MOST_ROWS = 20
_MOST_REVIEWERS = 26


def make_reviewers(context: RoundMaterial) -> tuple[Reviewers | None, tuple[str, ...]]:
    """The chart, and what its letters mean; None where there is nothing to spread, or no axis in common."""
    if not 2 <= len(context.reviewers) <= _MOST_REVIEWERS:  # noqa: PLR2004  # one alone does not spread
        return None, ()
    tops = _tops(context)
    axis = make_axis(context.words, tops) if 0 < len(tops) <= _MOST_ROWS else None
    if axis is None:
        return None, ()
    rows = [_row(context, target.id, axis) for target in tops]
    if not any(placed for _, placed, _ in rows):
        return None, ()
    letters = letters_for(len(context.reviewers))
    key = tuple(f"{letter} {context.name_of(one)}" for letter, one in zip(letters, context.reviewers, strict=True))
    question = context.t("How far apart are the reviewers?")
    return draw_reviewers(question, _finding(context, rows, axis), axis.points, make_ticks(axis.points), rows), key


def _tops(context: RoundMaterial) -> list[TargetResult]:
    """The results of the targets that are part of no other, each from the first reviewer who has one."""
    found: dict[str, TargetResult] = {}
    for reading in context.readings:
        for target_result in reading.card.targets:
            if target_result.parent is None and (
                target_result.id not in found or found[target_result.id].score.low is None
            ):
                found[target_result.id] = target_result
    order = [target.id for target in context.criteria.targets]
    return sorted(found.values(), key=lambda item: order.index(item.id))


def _row(context: RoundMaterial, place: str, axis: Axis) -> tuple[str, list[Placed], str]:
    letters = letters_for(len(context.reviewers))
    placed = []
    for letter, one in zip(letters, context.reviewers, strict=True):
        placed += _placed(context, one, place, axis, letter)
    if context.consensus is not None:
        placed += _placed(context, context.consensus, place, axis, "")
    name = f"{context.numbers[place]} {context.words.title(place)}"
    return name, placed, "" if placed else context.t("no result")


def _placed(context: RoundMaterial, reading: ReviewReading, place: str, axis: Axis, sign: str) -> list[Placed]:
    """One reviewer's result: settled, or as far as it goes."""
    score = next((target.score for target in reading.card.targets if target.id == place), None)
    if score is None or score.standing not in ("value", "interval"):
        return []
    settled = score.standing == "value"
    at = place_on(axis, context.words.outline.steps[place], score, "value" if settled else "so_far")
    return [] if at is None else [Placed(sign, at, is_joint=not sign, is_settled=settled)]


def _finding(context: RoundMaterial, rows: list[tuple[str, list[Placed], str]], axis: Axis) -> str:
    """Where the reviewers are furthest apart, and where they are at one."""
    t = context.t
    length = axis.points[-1][0] - axis.points[0][0]
    widths = {}
    for name, placed, _ in rows:
        own = [placed_review.place for placed_review in placed if not placed_review.is_joint]
        if len(own) > 1:
            widths[name] = (max(own) - min(own)) / length
    if not widths:
        return t("No target picture has results of more than one reviewer. The numbers stand in the table below.")
    widest = max(widths, key=lambda name: widths[name])
    alike = sum(not width for width in widths.values())
    sentences = []
    if widths[widest]:
        sentences.append(t("The reviewers are furthest apart on {target}.", target=widest))
    if alike:
        sentences.append(
            t.plural(
                "On {count} target picture they have the same result.",
                "On {count} target pictures they have the same result.",
                alike,
            )
        )
    return f"{' '.join(sentences)} {t('The numbers stand in the table below.')}"
