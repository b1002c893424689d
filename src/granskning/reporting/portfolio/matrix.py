"""The matrix of the portfolio: a row a strategy, a column a target picture; in figures, and drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.reporting.blocks.badges import Mark
from granskning.reporting.charts.axis import height_of
from granskning.reporting.charts.chart_spread import draw_matrix
from granskning.reporting.portfolio.portfolio_values import MatrixCell, MatrixRow
from granskning.scoring.results.card import TOTAL
from granskning.wordings import STANDINGS, STATUSES, small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.model.strategy import Strategy
    from granskning.reporting.charts.chart_spread import Matrix
    from granskning.reporting.portfolio.portfolio_values import Reviewed
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.results.card import Score, Scorecard

_MOST_COLUMNS = 9
_MOST_LINES = 9
"""So many columns and lines has a drawing of the matrix room for on a page on its side."""


def draw_matrices(
    columns: Sequence[tuple[str, str]], rows: Sequence[MatrixRow], finding: Sequence[str], t: Translator
) -> tuple[Matrix, ...]:
    """The matrix as drawings, so many strategies in each as a page has room for; none where it is too wide."""
    if not 0 < len(columns) <= _MOST_COLUMNS:
        return ()
    heads = [number or title for number, title in columns]
    told = " ".join((*finding, t("The numbers stand in the table below.")))
    return tuple(
        draw_matrix(
            t("Who takes up what?"),
            told,
            heads,
            [(row.title, [(cell.mark, _short(cell, t)) for cell in row.cells]) for row in part],
        )
        for start in range(0, len(rows), _MOST_LINES)
        if (part := rows[start : start + _MOST_LINES])
    )


def _short(cell: MatrixCell, t: Translator) -> str:
    """What there is room for beside a symbol; a dash says for itself that nothing is applicable."""
    if cell.result or cell.mark.kind == "not_applicable":
        return cell.result
    return t("unjudged") if cell.mark.kind == "open" else small(cell.mark.words)


def title_of(strategy: Strategy, t: Translator) -> str:
    """The title, after a sign where the strategy is invented."""
    title = t.name(strategy.title)
    return t("EXAMPLE: {title}", title=title) if strategy.example else title


def without_result(reviewed_strategy: Reviewed, t: Translator) -> str:
    """Why a strategy has no result, in a few words."""
    return t(STANDINGS["cannot_be_assessed"]) if reviewed_strategy.joint.cannot_be_assessed else t("no joint result")


def _note(reviewed_strategy: Reviewed, t: Translator) -> str:
    """What must be known of the figures in a row, in a few words."""
    parts = [
        small(t(STATUSES["draft"])) if reviewed_strategy.joint.status == "draft" else "",
        *(t("round {round} under way", round=name) for name in reviewed_strategy.under_way),
        t.plural("{count} finding", "{count} findings", reviewed_strategy.faults) if reviewed_strategy.faults else "",
        t.plural("{count} file not counted", "{count} files not counted", len(reviewed_strategy.left_out))
        if reviewed_strategy.left_out
        else "",
    ]
    return " · ".join(part for part in parts if part)


def make_result_row(reviewed_strategy: Reviewed, places: Sequence[str], words: Lexicon) -> MatrixRow:
    """The results of one strategy; in every cell that there are none, where that is so."""
    note = _note(reviewed_strategy, words.t)
    if reviewed_strategy.card is not None:
        return replace(make_row(reviewed_strategy.strategy, reviewed_strategy.card, places, words), note=note)
    told = without_result(reviewed_strategy, words.t)
    mark = (
        replace(words.state("open"), words=told)
        if reviewed_strategy.joint.cannot_be_assessed
        else Mark("none", 0, "", told)
    )
    return MatrixRow(
        reviewed_strategy.strategy.id,
        title_of(reviewed_strategy.strategy, words.t),
        tuple(MatrixCell(mark, "", "") for _ in places),
        note,
    )


def make_row(strategy: Strategy, card: Scorecard, places: Sequence[str], words: Lexicon) -> MatrixRow:
    """The results of one strategy on one scorecard."""
    scores = {TOTAL: card.total, **{target.id: target.score for target in card.targets}}
    cells = tuple(_cell(scores.get(place), place, words) for place in places)
    return MatrixRow(strategy.id, title_of(strategy, words.t), cells)


def _cell(score: Score | None, place: str, words: Lexicon) -> MatrixCell:
    t = words.t
    if score is None:
        return MatrixCell(Mark("none", 0, "", t("not asked")), "", t("not asked"))
    judged = words.assessed(score) if score.applicable else ""
    if score.standing == "not_applicable":
        return MatrixCell(words.state("not_applicable"), "", "")
    result = words.result(score, place)
    if score.standing == "cannot_be_assessed":
        return MatrixCell(replace(words.state("open"), words=result), "", judged)
    if score.standing == "profile":
        return MatrixCell(Mark("none", 0, "", t(STANDINGS["profile"])), "", judged)
    part = height_of(score, place, words.outline)
    if part is None:
        return MatrixCell(Mark("insufficient_evidence", 0, "", ""), result, judged)
    return MatrixCell(Mark("level", round(part * 4), "", words.band(score, place)), result, judged)


def make_key(rows: Sequence[MatrixRow], words: Lexicon) -> tuple[Mark, ...]:
    """What the symbols in these rows mean."""
    t, drawn = words.t, {cell.mark.kind for row in rows for cell in row.cells}
    marks = (
        Mark("level", 0, "", ""),
        Mark("level", 2, "", ""),
        Mark("level", 4, "", t("a settled result, the darker the higher")),
        Mark("insufficient_evidence", 0, "", t("an interval, since questions remain")),
        Mark("open", 0, "", t(STANDINGS["cannot_be_assessed"])),
        Mark("not_applicable", 0, "–", t(STANDINGS["not_applicable"])),
    )
    return tuple(mark for mark in marks if mark.kind in drawn)
