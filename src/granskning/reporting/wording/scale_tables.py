"""The scales that answers and results are on, as tables: levels, what they mean and what they count for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.method import DECIDING, number_of
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.steps import BETWEEN
from granskning.wordings import STATE_MEANINGS

if TYPE_CHECKING:
    from granskning.model.criteria import Criterion
    from granskning.model.method import CurvePoint, Level, Scale
    from granskning.reporting.wording.report_context import SetContext

Row = tuple[GridCell, ...]

_BETWEEN = {
    "line": N_("Between the numbers in the table the points follow a straight line."),
    "step": N_("Between the numbers in the table the points are those of the number below."),
    "log": N_("Between the numbers in the table the points follow a straight line over the logarithm of the number."),
}


def make_scales(context: SetContext) -> tuple[Grid, ...]:
    """The scale as one table with the states; where there are several, one each and the states by themselves."""
    t = context.t
    answers = scales_of(context, context.criteria.criteria)
    results = _of_results(context, [scale for scale, _ in answers])
    first = answers[0][0] if answers else None
    if len(answers) == 1 and not results and first is not None and not first.is_range:
        table = _levels(context, first, "")
        return (replace(table, rows=(*table.rows, *_states(context, len(table.heads)))),)
    tables = [_table(context, scale, _title(context, names, len(answers))) for scale, names in answers]
    tables += [_table(context, scale, t("The scale of results")) for scale in results]
    heads = (Head(t("Answer")), Head(t("What it means")))
    return (*tables, Grid(t("Answers without a level"), heads, _states(context, len(heads))))


def scales_of(context: SetContext, criteria: tuple[Criterion, ...]) -> list[tuple[Scale, list[str]]]:
    """The scales that these questions are answered on, each with its questions. The usual one may have two ids."""
    found: list[tuple[Scale, list[str]]] = []
    for criteria_set in criteria:
        scale = context.criteria.scale_of(criteria_set)
        held = next((names for known, names in found if replace(known, id="") == replace(scale, id="")), None)
        if held is None:
            held = []
            found.append((scale, held))
        held.append(criteria_set.id)
    return found


def has_points(context: SetContext) -> bool:
    """Whether some level counts for another number than it is called by."""
    if context.criteria.scoring.normalise is not None:
        return True
    scales = [context.criteria.scale_of(criterion) for criterion in context.criteria.criteria]
    return any(_differs(level) for scale in scales for level in scale.levels) or any(scale.curve for scale in scales)


def ranges_of(context: SetContext, names: list[str]) -> str:
    """Questions by number, a row of neighbours as a span: `1.1–1.3 and 2.1`."""
    order = [criterion.id for criterion in context.criteria.criteria]
    spans: list[list[str]] = []
    for name in order:
        if name in names:
            follows = spans and order.index(spans[-1][-1]) == order.index(name) - 1
            spans[-1].append(name) if follows else spans.append([name])
    told = []
    for span in spans:
        first, last = context.numbers[span[0]], context.numbers[span[-1]]
        told += [first] if len(span) == 1 else [first, last] if len(span) == 2 else [f"{first}–{last}"]  # noqa: PLR2004  # two are named
    return context.t.series(told)


def _of_results(context: SetContext, known: list[Scale]) -> list[Scale]:
    """The scales that results are on and answers are not."""
    found: list[Scale] = []
    for node in context.outline.steps.values():
        named = node.step.scale is not None or node.step.method in DECIDING
        scale = node.scale.scale if named and node.scale is not None else None
        if scale is not None and not any(replace(scale, id="") == replace(one, id="") for one in (*known, *found)):
            found.append(scale)
    return found


def _title(context: SetContext, names: list[str], scales: int) -> str:
    t = context.t
    if scales == 1:
        return t("The scale of answers")
    if len(names) == 1:
        return t("The scale of question {number}", number=context.numbers[names[0]])
    return t("The scale of questions {numbers}", numbers=ranges_of(context, names))


def _table(context: SetContext, scale: Scale, title: str) -> Grid:
    return _range(context, scale, title) if scale.is_range else _levels(context, scale, title)


def _levels(context: SetContext, scale: Scale, title: str) -> Grid:
    """A scale of levels, with points where those are not the levels' own numbers."""
    t = context.t
    marks = context.words.levels(scale.id)
    points = any(_differs(level) for level in scale.levels) and all(
        known_level.points is not None for known_level in scale.steps
    )
    described = any(level.description for level in scale.levels) or not title
    if not described and not points:
        return Grid(title, (), (), key=marks)
    heads = [Head(t("Level"))]
    heads += [Head(t("Points"), number=True)] if points else []
    heads += [Head(t("What it means"))] if described else [Head("")]
    rows = []
    for level, mark in zip(scale.levels, marks, strict=True):
        row = [GridCell(mark=mark)]
        row += [GridCell("–" if level.means_not_applicable else t.number(level.points or 0))] if points else []
        rows.append((*row, GridCell(t.text(level.description))))
    return Grid(title, tuple(heads), tuple(rows))


def _range(context: SetContext, scale: Scale, title: str) -> Grid:
    """A range of numbers, with what they give where that is something else."""
    t = context.t
    said = [_limits(context, scale)]
    if not scale.curve:
        said.append(t("The number is its own points."))
        return Grid(title, (), (), before=(" ".join(said),))
    said.append(t(_BETWEEN[scale.between]))
    heads = (Head(t("Number")), Head(t("Points"), number=True), Head(""))
    rows = tuple(
        (GridCell(_turn(context, turn, scale)), GridCell(t.number(turn.gives)), GridCell()) for turn in scale.curve
    )
    return Grid(title, heads, rows, before=(" ".join(said),))


def _limits(context: SetContext, scale: Scale) -> str:
    """The numbers that can be given."""
    t, words = context.t, context.words
    low, high = (words.number(str(end), scale.unit) for end in (scale.minimum, scale.maximum))
    limits = t("Answers are numbers from {low} to {high}.", low=low, high=high)
    if scale.interval is None:
        return limits
    return f"{limits} {t('They go in steps of {interval}.', interval=t.number(scale.interval))}"


def describe_scale(context: SetContext, scale: Scale) -> str:
    """A scale in a line: its levels with all that is said of each, or its range with what its numbers give."""
    if not scale.is_range:
        return "; ".join(_level(context, level) for level in scale.levels)
    if not scale.curve:
        return " ".join(_range(context, scale, "").before)
    t = context.t
    turns = [
        t("{number} gives {points}", number=_turn(context, turn, scale), points=t.number(turn.gives))
        for turn in scale.curve
    ]
    return f"{_limits(context, scale)} {'; '.join(turns)}. {t(BETWEEN[scale.between])}"


def _level(context: SetContext, level: Level) -> str:
    t = context.t
    notes = [
        t("{points} points", points=t.number(level.points)) if level.points is not None and _differs(level) else "",
        t("means that it is missing") if level.means_missing else "",
        t("means not applicable") if level.means_not_applicable else "",
        t("counts as a strength") if level.strength else "",
        t("without evidence as {level}", level=level.without_evidence) if level.without_evidence is not None else "",
        t.text(level.description),
    ]
    about = "; ".join(note for note in notes if note)
    name = f"{level.key} {t.text(level.label)}".strip()
    return f"{name} ({about})" if about else name


def _turn(context: SetContext, turn: CurvePoint, scale: Scale) -> str:
    number = context.words.number(str(turn.at), scale.unit)
    return context.t("above {number}", number=number) if turn.above else number


def _states(context: SetContext, columns: int) -> tuple[Row, ...]:
    """What each state without a level means."""
    t, rows = context.t, []
    excluded = all(node.step.not_applicable[0] == "exclude" for node in context.outline.steps.values())
    for state, meaning in STATE_MEANINGS.items():
        said = t(meaning)
        if state == "not_applicable" and not excluded:
            said = t("The question is not put to this text. What it counts as is told below.")
        rows.append((GridCell(mark=context.words.state(state)), *[GridCell()] * (columns - 2), GridCell(said)))
    return tuple(rows)


def _differs(level: Level) -> bool:
    return level.points is not None and level.points != number_of(level.key)
