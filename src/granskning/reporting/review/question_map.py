"""The map of all questions: a row for each target, a cell for each question, the result at the end of the row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.reporting.review.report_values import MapCell, MapRow, QuestionMap
from granskning.reporting.wording.report_context import at_question, at_target, depth_of

if TYPE_CHECKING:
    from granskning.reporting.blocks.badges import Mark
    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import CriterionResult, Score, TargetResult


def make_question_map(context: Material) -> QuestionMap:
    """All targets and questions in the order of the set; where nothing is judged, the parts of a target on its row."""
    cells = {answer.id: _cell(context, answer) for answer in context.asked}
    results = {target.id: target for target in context.card.targets}
    rows = tuple(
        _row(context, results[target.id], tuple(cells[own.id] for own in target.criteria if own.id in cells))
        for target in context.criteria.all_targets
        if target.id in results
    )
    has_results = context.card.total.assessed > 0
    return QuestionMap(
        caption=context.t("All questions, target by target"),
        rows=rows if has_results else _gathered(rows),
        key=_key(list(cells.values())),
        has_bands=any(row.band for row in rows),
        has_results=has_results,
    )


def _gathered(rows: tuple[MapRow, ...]) -> tuple[MapRow, ...]:
    """The rows of the top targets, each with the questions of its parts too."""
    tops: list[MapRow] = []
    for row in rows:
        if row.depth == 0 or not tops:
            tops.append(row)
        else:
            tops[-1] = replace(tops[-1], cells=(*tops[-1].cells, *row.cells))
    return tuple(tops)


def _row(context: Material, target_result: TargetResult, cells: tuple[MapCell, ...]) -> MapRow:
    words, score, name = context.words, target_result.score, target_result.id
    band = words.band(score, name)
    return MapRow(
        number=context.numbers[name],
        title=words.short_title(name),
        anchor=at_target(name),
        depth=depth_of(context, name),
        cells=cells,
        result=words.result(score, name),
        band="" if band == "–" else band,
        so_far=so_far(context, score, name),
        assessed=words.assessed(score),
    )


def so_far(context: Material, score: Score, place: str) -> str:
    """The result of the judged answers alone, where others remain; not of a partial reading, where it says too much."""
    if score.standing != "interval" or context.only_overstates:
        return ""
    if score.so_far_outcome is not None and context.words.is_word(score):
        return context.words.outcome(score.so_far_outcome, score, place)
    return context.words.value(score, score.so_far) if score.so_far is not None else ""


def _cell(context: Material, answer_result: CriterionResult) -> MapCell:
    return MapCell(
        number=context.numbers[answer_result.id], anchor=at_question(answer_result.id), mark=context.mark(answer_result)
    )


def _key(cells: list[MapCell]) -> tuple[Mark, ...]:
    """What the signs mean: the levels as they rise, then the states, each that occurs once."""
    marks = {cell.mark.words: cell.mark for cell in cells if cell.mark.kind != "none"}
    levels = [mark for mark in marks.values() if mark.kind in ("missing", "level")]
    states = [mark for mark in marks.values() if mark.kind not in ("missing", "level")]
    return (*sorted(levels, key=lambda mark: (mark.step, mark.sign)), *states)
