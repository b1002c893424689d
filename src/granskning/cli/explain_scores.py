"""How a result came about, in the terminal: the tables of the reports, and what would change the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.cli.grid_lines import grid_lines, grid_words, wrapped
from granskning.model.review import READING_DEPTHS
from granskning.reporting.wording.calculation_table import make_sums
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.report_context import ScoreContext
from granskning.reporting.wording.round_calculation import made_line, make_round_sums
from granskning.reporting.wording.sensitivity import chosen_among, count_words
from granskning.scoring.plain_explanation import plain_made, plain_step
from granskning.scoring.results.card import TOTAL
from granskning.scoring.sensitivity import make_sensitivity
from granskning.tasks.folder.score import explain_scored_review, explain_scored_round

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.scoring.plain import Plain
    from granskning.scoring.results.card import Score, Scorecard
    from granskning.scoring.sensitivity import Sensitivity
    from granskning.tasks.folder.score import ScoredReview, ScoredRound

_NARROW, _COLUMN = 12, 20
"""How wide a column of results is at least, and at most: three of them and the names fill a line."""


def verdict_line(card: Scorecard, t: Translator) -> str:
    """Whether a verdict may be given, or what is missing for one."""
    verdict = card.verdict
    if verdict.given and not verdict.coverage_required and verdict.reading_depth_required == READING_DEPTHS[0]:
        return ""  # the set demands nothing
    if verdict.given:
        return t("The demands for a verdict are met.")
    lacking = []
    if "reading_depth" in verdict.missing:
        lacking.append(
            t("that the whole text was read") if verdict.reading_depth_required == "full_text" else t("more reading")
        )
    if "coverage" in verdict.missing:
        share, needed = t.percent(verdict.coverage), t.percent(verdict.coverage_required)
        lacking.append(
            t("that at least {needed} of the questions are assessed (now {share})", needed=needed, share=share)
        )
    if not lacking:
        lacking.append(t("that something is assessed"))
    return t("For a verdict is needed: {what}.", what=t.series(lacking))


def explanation(scored_review: ScoredReview, t: Translator) -> Iterator[str]:
    """Everything, target by target and then the whole; and what would change the verdict."""
    context = _score_context(scored_review, t)
    for grid in make_sums(context):
        yield from grid_lines(grid)
    scores = {TOTAL: scored_review.card.total, **{target.id: target.score for target in scored_review.card.targets}}
    for found in make_sensitivity(scored_review.review, scored_review.plan):
        yield from _what_would_change(found, scores[found.place], context.words)


def explanation_values(scored_review: ScoredReview, t: Translator) -> Plain:
    """The same for JSON: the values to redo each result with, and the tables in words."""
    context = _score_context(scored_review, t)
    return {
        "steps": [plain_step(one) for one in context.explained.values()],
        "words": [grid_words(grid) for grid in make_sums(context)],
    }


def _score_context(scored_review: ScoredReview, t: Translator) -> ScoreContext:
    return ScoreContext(
        criteria=scored_review.criteria,
        card=scored_review.card,
        words=Lexicon(t, scored_review.criteria, scored_review.outline),
        explained=explain_scored_review(scored_review),
    )


def round_explanation(scored_round: ScoredRound, t: Translator) -> Iterator[str]:
    """How the joint result was made: of which reviews, by what formula, with what numbers."""
    lexicon = Lexicon(t, scored_round.criteria, scored_round.outline)
    explained = explain_scored_round(scored_round)
    if line := made_line(explained, lexicon):
        yield ""
        yield from wrapped(f"  {line}", 4)
    for grid in make_round_sums(explained, scored_round.joint.card, lexicon):
        yield from grid_lines(grid)


def round_explanation_values(scored_round: ScoredRound, t: Translator) -> Plain:
    """The same for JSON."""
    lexicon = Lexicon(t, scored_round.criteria, scored_round.outline)
    explained = explain_scored_round(scored_round)
    grids = make_round_sums(explained, scored_round.joint.card, lexicon)
    words = {"made": made_line(explained, lexicon), "words": [grid_words(grid) for grid in grids]}
    return plain_made(explained) | words


def _what_would_change(sensitivity: Sensitivity, score: Score, lexicon: Lexicon) -> Iterator[str]:
    t = lexicon.t
    place = lexicon.title(sensitivity.place) if sensitivity.place else t("the whole")

    def words(verdict: str) -> str:
        return lexicon.verdict(verdict, score, sensitivity.place)

    yield ""
    if sensitivity.has_verdicts:
        yield "  " + t("What would change the verdict on {place}?", place=place)
    else:
        yield "  " + t("How does the result for {place} change?", place=place)
    if sensitivity.verdict is None and sensitivity.has_verdicts:
        yield "    " + t("There is no settled verdict to change.")
    for is_up, heading in ((True, t("up to {verdict}")), (False, t("down to {verdict}"))):
        for change in sensitivity.changes:
            if change.is_up == is_up:
                answers = ", ".join(_chosen(names, members, t) for names, members in chosen_among(change))
                yield f"    {heading.format(verdict=words(change.verdict))}: {answers}"
        yield from _left_out(sensitivity.left_out[0 if is_up else 1], t)
    for weight in sensitivity.weights:
        yield "    " + t(
            "{verdict}, if the weight of {id} were {weight}",
            verdict=words(weight.verdict), id=weight.id, weight=t.number(weight.weight),
        )  # fmt: skip
    is_tried = sensitivity.verdict is not None and sensitivity.is_complete
    if is_tried and not sensitivity.changes and not sensitivity.weights:
        yield "    " + t("No change of up to three answers, and no weight up to four times as heavy.")
    if not sensitivity.is_complete:
        yield "    " + t("Not all combinations of answers were tried; there may be more.")
    yield from _variations(sensitivity, lexicon)


def _left_out(count: int, t: Translator) -> Iterator[str]:
    if count:
        yield "    " + t.plural("and {count} more such set", "and {count} more such sets", count)


def _chosen(names: tuple[str, ...], members: Sequence[tuple[str, str]], t: Translator) -> str:
    """A question and its level, or how many of several that are alike."""
    levels = t.series(list(dict.fromkeys(level for _, level in members)))
    if len(names) == 1:
        return f"{names[0]} → {levels}"
    return t("{count} of {names} → {levels}", count=count_words(len(members), t), names=t.series(names), levels=levels)


def _variations(sensitivity: Sensitivity, lexicon: Lexicon) -> Iterator[str]:
    """The result under other weights, and without each question."""
    t = lexicon.t

    def total_words(score: Score | None) -> str:
        if score is None or score.standing not in ("value", "interval"):
            return "–"
        return fitted(lexicon.result(score, sensitivity.place), _COLUMN)

    rows = [
        (variation.id, total_words(variation.lighter), total_words(variation.heavier), total_words(variation.left_out))
        for variation in sensitivity.variations
    ]
    if rows:
        rows.insert(0, ("", t("Weight −25 %"), t("Weight +25 %"), t("Left out")))
        width = max(_NARROW, *(len(cell) for row in rows for cell in row[1:]))
        for name, *cells in rows:
            yield f"    {name:<32} {' '.join(f'{cell:>{width}}' for cell in cells)}".rstrip()


def fitted(text: str, width: int) -> str:
    """A text that may have to be cut to a column."""
    return text if len(text) <= width else f"{text[: width - 1]}…"
