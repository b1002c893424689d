"""Where the questions come from: question ← challenge ← figure ← table, and the goals that each question serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.criteria import challenges_of, goals_of
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.review.target_values import Origin
from granskning.reporting.wording.report_context import at_challenge
from granskning.reporting.wording.words import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.i18n import Translator
    from granskning.model.criteria import Challenge, Criterion
    from granskning.model.indicator import Indicator
    from granskning.reporting.wording.report_context import Material


def explain_rationale(context: Material, criterion: Criterion) -> Origin:
    """Why one question is asked."""
    t = context.t
    return Origin(
        why=paragraphs(t.text(criterion.why)),
        challenges=tuple(
            (t.text(challenge.title), at_challenge(challenge.id))
            for challenge in challenges_of(context.criteria, criterion)
        ),
        goals=tuple(t.text(goal.title) for goal in goals_of(context.criteria, criterion)),
    )


def make_traces(context: Material) -> tuple[Grid, ...]:
    """Two tables: each question with its challenges and goals, and each challenge with its statistics."""
    criteria, t = context.criteria, context.t
    asked = {question.id for question in context.asked}
    held = [criterion for criterion in criteria.criteria if criterion.id in asked]
    grids = []
    if criteria.challenges or criteria.goals:
        grids.append(_questions(context, held))
    used = {challenge.id for criterion in held for challenge in challenges_of(criteria, criterion)}
    rows = [
        row
        for challenge in criteria.challenges
        if challenge.id in used
        for row in _statistics(challenge, context.indicators, t)
    ]
    if rows:
        heads = (
            Head(t("Challenge"), 24),
            Head(t("Measure"), 36),
            Head(t("Source and table"), 22),
            Head(t("Retrieved")),
        )
        grids.append(Grid(t("From challenge to statistics"), heads, tuple(rows)))
    return tuple(grids)


def _questions(context: Material, criteria_by_id: list[Criterion]) -> Grid:
    """A row for each run of questions that answer the same challenges and serve the same goals."""
    criteria, t = context.criteria, context.t
    runs: list[tuple[str, str, list[str]]] = []
    for asked_criterion in criteria_by_id:
        challenges = _joined(t.text(named.title) for named in challenges_of(criteria, asked_criterion))
        goals = _joined(t.text(named.title) for named in goals_of(criteria, asked_criterion))
        if not runs or runs[-1][:2] != (challenges, goals):
            runs.append((challenges, goals, []))
        runs[-1][2].append(context.numbers[asked_criterion.id])
    heads = [Head(t("Question"), 16), Head(t("Challenge"), 42), Head(t("Serves the goals"))]
    rows = [
        (GridCell(", ".join(numbers)), GridCell(challenges), GridCell(goals)) for challenges, goals, numbers in runs
    ]
    title = t("From question to challenge and goal")
    if not criteria.goals:
        return Grid(t("From question to challenge"), tuple(heads[:2]), tuple(row[:2] for row in rows))
    if not criteria.challenges:
        return Grid(t("From question to goal"), (heads[0], heads[2]), tuple((row[0], row[2]) for row in rows))
    return Grid(title, tuple(heads), tuple(rows))


def _statistics(
    challenge: Challenge, indicators: Mapping[str, Indicator], t: Translator
) -> Iterator[tuple[GridCell, ...]]:
    """A row for each source and table; one that says so where there is none."""
    name = GridCell(t.text(challenge.title), anchor=at_challenge(challenge.id))
    measures: dict[tuple[str, str], list[str]] = {}
    for key in challenge.indicators:
        if (one := indicators.get(key)) is not None:
            table = t("table {table}", table=one.table) if one.table else ""
            source = ", ".join(part for part in (one.producer, table) if part)
            measures.setdefault((source, one.retrieved), []).append(t.text(one.title))
    if not measures:
        yield (
            name,
            GridCell(t("No figure; the text under the challenge tells what it rests on.")),
            GridCell("–"),
            GridCell("–"),
        )
    for (source, retrieved), titles in measures.items():
        yield name, GridCell(_joined(iter(titles))), GridCell(source), GridCell(retrieved)


def _joined(words: Iterator[str]) -> str:
    return "; ".join(words) or "–"
