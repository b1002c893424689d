"""Scorecards as table, JSON and CSV: the same results, to the same digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.cli.explain_scores import (
    explanation,
    explanation_values,
    round_explanation_values,
    verdict_line,
)
from granskning.cli.grid_lines import wrapped
from granskning.cli.show_agreement import agreement_values
from granskning.cli.show_rounds import round_lines
from granskning.json_text import output_text
from granskning.reporting.blocks.tables import Column, Table, table_of
from granskning.reporting.tables.csv_text import csv_in_terminal
from granskning.reporting.tables.text_table import TextLayout, text_table
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.scoring.plain import (
    plain_review,
    plain_round,
    plain_sensitivity,
    plain_strategy,
    shown_value,
)
from granskning.scoring.plain_figures import plain_figures
from granskning.scoring.results.card import SCORING_VERSION, TOTAL
from granskning.scoring.sensitivity import make_sensitivity
from granskning.wordings import STANDINGS, name_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.cli.show_agreement import Measured
    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.workspace import Settings
    from granskning.reporting.blocks.tables import Row
    from granskning.scoring.figures import PortfolioFigures
    from granskning.scoring.plain import Plain
    from granskning.scoring.results.card import Score, Scorecard
    from granskning.tasks.folder.score import ScoredReview, ScoredRound, StrategyResult

_WORDS = 30
"""A result or a band in words gets so much of the width; whole it stands in the explanation, JSON and reports."""
_LAYOUT = TextLayout(100, "target", least=1, widest={"result": _WORDS, "band": _WORDS}, ruled=(0, -2))
_SCORES = table_of(
    "strategy", "round", "reviewer", "criteria", "target", "method", "value", "low", "high", "outcome", "band",
    "assessed", "applicable", "asked",
    integers=("assessed", "applicable", "asked"), numbers=("value", "low", "high"),
)  # fmt: skip


def as_json(  # all that the contract's JSON tells of
    scored: Sequence[ScoredReview],
    rounds: Sequence[ScoredRound],
    results: Mapping[str, StrategyResult],
    t: Translator,
    *,
    explain: bool,
    measured: Measured | None = None,
    portfolio: tuple[PortfolioFigures, CriteriaSet, Settings] | None = None,
) -> str:
    """The contract's `granskning/score/1`."""
    reviews = [_review(one, t, explain=explain) for one in scored]
    result = {
        "scoring": SCORING_VERSION,
        "reviews": reviews,
        "rounds": [_round(one, t, explain=explain) for one in rounds],
        "strategies": [_strategy(name, result, t) for name, result in results.items()],
        "portfolio": None if portfolio is None else plain_figures(*portfolio),
        "agreement": None if measured is None else agreement_values(measured),
    }
    return output_text("score", result)


def _review(scored_review: ScoredReview, t: Translator, *, explain: bool) -> Plain:
    told = Lexicon(t, scored_review.criteria, scored_review.outline)
    plain = plain_review(
        scored_review.card, scored_review.review, scored_review.criteria, scored_review.criteria_hash, t.language, told
    )
    found = (
        plain_sensitivity(make_sensitivity(scored_review.review, scored_review.plan), t.language, told)
        if explain
        else None
    )
    return plain | {"sensitivity": found, "explanation": explanation_values(scored_review, t) if explain else None}


def _round(scored_round: ScoredRound, t: Translator, *, explain: bool) -> Plain:
    plain = plain_round(
        scored_round.strategy,
        scored_round.round,
        scored_round.joint,
        scored_round.agreement,
        scored_round.coefficients() if explain else None,
        t.language,
        [scored.review for scored in scored_round.scored],
        Lexicon(t, scored_round.criteria, scored_round.outline),
    )
    return plain | {"explanation": round_explanation_values(scored_round, t) if explain else None}


def _strategy(name: str, result: StrategyResult, t: Translator) -> Plain:
    speaking = result.round
    return plain_strategy(
        name,
        speaking.round,
        speaking.criteria.reference,
        speaking.joint,
        t.language,
        draft=result.is_draft,
        under_way=result.under_way,
        left_out=result.left_out,
        words=Lexicon(t, speaking.criteria, speaking.outline),
    )


def as_csv(scored: Sequence[ScoredReview], t: Translator) -> str:
    """One row for each review and target, and one for the whole."""
    return csv_in_terminal(_SCORES.filled(row for judged in scored for row in _rows(judged, t)), t)


def _rows(scored_review: ScoredReview, t: Translator) -> Iterator[Row]:
    review, card = scored_review.review, scored_review.card
    for name, score in [*((target.id, target.score) for target in card.targets), ("", card.total)]:
        figures = [
            None if figure is None else shown_value(score, figure, t.language)
            for figure in (score.value, score.low, score.high)
        ]
        ends = (score.outcome, score.band, score.assessed, score.applicable, score.asked)
        yield (*review.identity, review.criteria, name, score.method, *figures, *ends)


def as_table(
    scored: Sequence[ScoredReview],
    rounds: Sequence[ScoredRound],
    results: Mapping[str, StrategyResult],
    t: Translator,
    *,
    explain: bool,
) -> str:
    """Aligned columns: a block for each review, for each round, and for the strategies with more than one review."""
    blocks = ["\n".join(_block(one, t, explain=explain)) for one in scored]
    for one in rounds:
        table = list(_table(one.joint.card, one.scored[0], t)) if one.joint.card else []
        blocks.append("\n".join(round_lines(one, table, t, explain=explain)))
    several = {name: result for name, result in results.items() if result.round.is_joint or _has_more(result, scored)}
    if several:
        blocks.append("\n".join(line for name, result in several.items() for line in _result_lines(name, result, t)))
    return "\n\n".join(blocks)


def _has_more(result: StrategyResult, scored: Sequence[ScoredReview]) -> bool:
    """Whether a strategy has anything beside the review that speaks for it."""
    own = [one for one in scored if one.review.strategy == result.round.strategy]
    return len(own) > 1 or bool(result.under_way or result.left_out)


def _result_lines(name: str, result: StrategyResult, t: Translator) -> Iterator[str]:
    """What a strategy comes to, in which round, and what is beside it."""
    speaking, card = result.round, result.card
    lexicon = Lexicon(t, speaking.criteria, speaking.outline)
    if card is None:
        figure = t(STANDINGS["cannot_be_assessed"]) if speaking.joint.cannot_be_assessed else t("no joint result")
    else:
        figure, band, _ = _cells(card.total, TOTAL, lexicon)
        figure = f"{figure} ({band})" if band else figure
    words = t("{strategy}: {result}, from the round {round}", strategy=name, result=figure, round=speaking.round)
    yield from wrapped(f"{words}{t(', a draft') if result.is_draft else ''}.", 2)
    if result.under_way:
        yield from wrapped("  " + t("Under way beside it: {rounds}.", rounds=", ".join(result.under_way)), 4)


def _block(scored_review: ScoredReview, t: Translator, *, explain: bool) -> Iterator[str]:
    review = scored_review.review
    yield f"{review.strategy}  {review.round}  {name_role(review.reviewer, t)}  ({scored_review.criteria.reference})"
    yield from _table(scored_review.card, scored_review, t)
    if line := verdict_line(scored_review.card, t):
        yield from wrapped(f"  {line}", 4)
    if explain:
        yield from explanation(scored_review, t)


def _table(card: Scorecard, scored_review: ScoredReview, t: Translator) -> Iterator[str]:
    """A row for each target, those below another indented, and one for the whole."""
    criteria = scored_review.criteria
    names = {target.id: t.text(target.title) for target in criteria.all_targets}
    lexicon = Lexicon(t, criteria, scored_review.outline)
    depth: dict[str | None, int] = {None: -1}
    rows: list[Row] = []
    for target in card.targets:
        depth[target.id] = depth.get(target.parent, -1) + 1
        rows.append(("  " * depth[target.id] + names[target.id], *_cells(target.score, target.id, lexicon)))
    rows.append((t("Total"), *_cells(card.total, TOTAL, lexicon)))
    columns = (
        Column("target", t("Target")),
        Column("result", t("Result"), "number"),
        Column("band", t("Band")),
        Column("judged", t("Judged"), "number"),
    )
    yield from text_table(Table("", "", columns, rows=tuple(rows)), _LAYOUT)
    yield from _decided(card, t)


def _decided(card: Scorecard, t: Translator) -> Iterator[str]:
    for one in card.overrides:
        line = t(
            "Decided otherwise for {of}: {result}, by {role}. {reason}",
            of=t("the whole") if one.of == "total" else one.of,
            result=one.result,
            role=t.role(one.role),
            reason=" ".join(one.reason.split()),
        )
        yield from wrapped(f"  {line}", 4)


def _cells(score: Score, place: str, lexicon: Lexicon) -> tuple[str, str, str]:
    t = lexicon.t
    figure = t(STANDINGS["profile"]) if score.standing == "profile" else lexicon.result(score, place)
    label = next((t.text(band.label) for band in score.step.bands if band.id == score.band), "")
    told = t("{assessed} of {applicable}", assessed=score.assessed, applicable=score.applicable)
    return (figure, label, told)
