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
from granskning.reporting.wording.material import at_question
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.criteria import Target
    from granskning.reporting.charts.axis import Axis
    from granskning.reporting.charts.chart_spread import Reviewers
    from granskning.reporting.round.round_material import Reading, RoundMaterial
    from granskning.scoring.results.card import Score, Scorecard, TargetResult

NONE = "–"
"""What stands where there is nothing to tell."""
MOST_BESIDE = 6
"""How many reviewers there is room for on a page on its side, with the joint result."""
MOST_UPRIGHT = 4
"""How many columns there is room for on an upright page."""


def make_sheets(case: RoundMaterial) -> tuple[Sheet, ...]:
    """The reviewers in as few even parts as there is room for."""
    count = max(1, ceil(len(case.reviewers) / MOST_BESIDE))
    size = ceil(len(case.reviewers) / count) or 1
    parts = [case.reviewers[start : start + size] for start in range(0, len(case.reviewers), size)] or [()]
    return tuple(
        _sheet(case, part, _title(case, at * size, part) if count > 1 else "") for at, part in enumerate(parts)
    )


def is_turned(sheets: Sequence[Sheet]) -> bool:
    """Whether the tables need a page on its side."""
    return any(len(sheet.columns) > MOST_UPRIGHT for sheet in sheets)


def joint_column(case: RoundMaterial) -> tuple[str, Scorecard] | None:
    """The joint result as a column of its own; None where there is none, or where it is the joint review's."""
    card = case.joint.card
    if card is None or case.joint.method in ("consensus", "single"):
        return None
    return case.t("Joint result"), card


def _title(case: RoundMaterial, start: int, part: Sequence[Reading]) -> str:
    t, count = case.t, case.t.whole(len(case.reviewers))
    first, last = t.whole(start + 1), t.whole(start + len(part))
    if first == last:
        return t("Reviewer {first} of {count}", first=first, count=count)
    return t("Reviewers {first}–{last} of {count}", first=first, last=last, count=count)


def _sheet(case: RoundMaterial, part: Sequence[Reading], title: str) -> Sheet:
    readings = (*part, *((case.consensus,) if case.consensus else ()))
    joint = joint_column(case)
    cards = [*(one.card for one in readings), *((joint[1],) if joint else ())]
    names = [*(case.name_of(one) for one in readings), *((joint[0],) if joint else ())]
    asked = {one.target for reading in case.readings for one in reading.card.criteria_results}
    return Sheet(
        title=title,
        columns=tuple(names),
        targets=tuple(_line(case, target, cards) for target in _shown(case)),
        total=_total(case, cards),
        questions=tuple(
            _questions(case, target, readings) for target in case.criteria.all_targets if target.id in asked
        ),
    )


def _shown(case: RoundMaterial) -> list[Target]:
    """The targets that anybody has a result for."""
    there = {one.id for reading in case.readings for one in reading.card.targets}
    return [target for target in case.criteria.all_targets if target.id in there]


def _line(case: RoundMaterial, target: Target, cards: Sequence[Scorecard]) -> TargetLine:
    scores = [next((one.score for one in card.targets if one.id == target.id), None) for card in cards]
    return TargetLine(
        number=case.numbers[target.id],
        title=case.t.text(target.title),
        depth=case.numbers[target.id].count("."),
        cells=tuple(_cell(case, score, target.id) for score in scores),
    )


def _total(case: RoundMaterial, cards: Sequence[Scorecard]) -> TargetLine | None:
    """The whole; None where the set makes no overall result."""
    if case.criteria.scoring.targets.method == "none":
        return None
    return TargetLine("", case.t("Overall"), 0, tuple(_cell(case, card.total, TOTAL) for card in cards))


def _cell(case: RoundMaterial, score: Score | None, place: str) -> ResultCell:
    t, words = case.t, case.words
    if score is None:
        return ResultCell(t("not asked"), "", "")
    judged = words.assessed(score) if score.applicable else ""
    band = words.band(score, place)
    return ResultCell(words.result(score, place), "" if band == NONE else band, judged)


def _questions(case: RoundMaterial, target: Target, readings: Sequence[Reading]) -> QuestionTable:
    caption = f"{case.numbers[target.id]} {case.t.text(target.title)}"
    own = [one.id for one in target.criteria if any(reading.asked(one.id) for reading in case.readings)]
    return QuestionTable(caption, tuple(_question(case, one, readings) for one in own))


def _question(case: RoundMaterial, criterion: str, readings: Sequence[Reading]) -> QuestionLine:
    return QuestionLine(
        number=case.numbers[criterion],
        question=case.t.text(case.criterion(criterion).question),
        anchor=at_question(criterion) if is_told(case, criterion) else "",
        cells=tuple(
            AnswerCell(
                case.mark(one, criterion),
                case.t("departs from all") if one.is_joint and case.departs(criterion) else "",
            )
            for one in readings
        ),
        difference=_difference(case, criterion),
    )


def _difference(case: RoundMaterial, criterion: str) -> str:
    """How far apart the reviewers' levels are; a dash where fewer than two have given one."""
    levels = [one for one in case.reviewers if (one.judged(criterion) or ("", None))[0] == "assessed"]
    if len(levels) < 2:  # noqa: PLR2004  # a difference takes two
        return NONE
    found = case.disagreement(criterion)
    return case.t.number(found.distance) if found else case.t.whole(0)


_MOST_ROWS = 20
_MOST_REVIEWERS = 26


def make_reviewers(case: RoundMaterial) -> tuple[Reviewers | None, tuple[str, ...]]:
    """The chart, and what its letters mean; None where there is nothing to spread, or no axis in common."""
    if not 2 <= len(case.reviewers) <= _MOST_REVIEWERS:  # noqa: PLR2004  # one alone does not spread
        return None, ()
    tops = _tops(case)
    axis = make_axis(case.words, tops) if 0 < len(tops) <= _MOST_ROWS else None
    if axis is None:
        return None, ()
    rows = [_row(case, one.id, axis) for one in tops]
    if not any(placed for _, placed, _ in rows):
        return None, ()
    letters = letters_for(len(case.reviewers))
    key = tuple(f"{letter} {one.review.reviewer}" for letter, one in zip(letters, case.reviewers, strict=True))
    question = case.t("How far apart are the reviewers?")
    return draw_reviewers(question, _finding(case, rows, axis), axis.points, make_ticks(axis.points), rows), key


def _tops(case: RoundMaterial) -> list[TargetResult]:
    """The results of the targets that are part of no other, each from the first reviewer who has one."""
    found: dict[str, TargetResult] = {}
    for reading in case.readings:
        for one in reading.card.targets:
            if one.parent is None and (one.id not in found or found[one.id].score.low is None):
                found[one.id] = one
    order = [target.id for target in case.criteria.targets]
    return sorted(found.values(), key=lambda one: order.index(one.id))


def _row(case: RoundMaterial, place: str, axis: Axis) -> tuple[str, list[Placed], str]:
    letters = letters_for(len(case.reviewers))
    placed = []
    for letter, one in zip(letters, case.reviewers, strict=True):
        placed += _placed(case, one, place, axis, letter)
    if case.consensus is not None:
        placed += _placed(case, case.consensus, place, axis, "")
    name = f"{case.numbers[place]} {case.words.title(place)}"
    return name, placed, "" if placed else case.t("no result")


def _placed(case: RoundMaterial, one: Reading, place: str, axis: Axis, sign: str) -> list[Placed]:
    """One reviewer's result: settled, or as far as it goes."""
    score = next((held.score for held in one.card.targets if held.id == place), None)
    if score is None or score.standing not in ("value", "interval"):
        return []
    settled = score.standing == "value"
    at = place_on(axis, case.words.outline.steps[place], score, "value" if settled else "so_far")
    return [] if at is None else [Placed(sign, at, is_joint=not sign, is_settled=settled)]


def _finding(case: RoundMaterial, rows: list[tuple[str, list[Placed], str]], axis: Axis) -> str:
    """Where the reviewers are furthest apart, and where they are at one."""
    t = case.t
    length = axis.points[-1][0] - axis.points[0][0]
    widths = {}
    for name, placed, _ in rows:
        own = [one.place for one in placed if not one.is_joint]
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
