"""A round in the terminal: the joint result, how far the reviewers agree, and the disagreements by size."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from granskning.cli.explain_scores import round_explanation
from granskning.cli.grid_lines import wrapped
from granskning.i18n import N_
from granskning.model.rounds import joint_review
from granskning.reporting.wording.agreement_words import (
    DISTANCES,
    NO_RATING,
    coefficient_words,
    measure_meaning,
    measure_name,
    measure_value,
    unused_words,
)
from granskning.reporting.wording.uncounted import left_out_line, unassessed_line
from granskning.wordings import JOINT_REVIEW, STATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.scoring.reliability.agreement import Disagreement
    from granskning.scoring.reliability.coefficients import Coefficients
    from granskning.tasks.folder.score import ScoredRound

_WIDTH = 100
_HANGING = 37
"""Where answers begin, after the name of the question."""
_MADE = {
    "consensus": JOINT_REVIEW,
    "pooled": N_("all judgements counted together"),
    "mean": N_("mean of the reviewers"),
    "median": N_("median of the reviewers"),
    "by_difference": N_("judgements joined by how far apart they are"),
    "single": N_("the only review"),
    "none": N_("no joint result"),
}


def round_lines(scored_round: ScoredRound, table: Sequence[str], t: Translator, *, explain: bool) -> Iterator[str]:
    """The block of one round. `table` is that of the joint result."""
    yield f"{scored_round.strategy}  {scored_round.round}  {t('round')}  ({t(_MADE[scored_round.joint.method])})"
    if scored_round.joint.cannot_be_assessed:
        yield "  " + unassessed_line(scored_round.joint, t)
    if scored_round.joint.missing and not scored_round.joint.left_out:
        yield "  " + t("Make it with:")
        yield f"  granskning new {scored_round.strategy} --round {scored_round.round} --kind consensus"
    for lost in scored_round.joint.left_out:
        yield from wrapped("  " + left_out_line(lost, t), 4)
    yield from table
    if explain and scored_round.joint.method not in ("single", "none"):
        yield from round_explanation(scored_round, t)
    agreement = scored_round.agreement
    if len(agreement.reviewers) > 1:
        yield "  " + t(
            "{reviewers} reviewers; of {compared} questions judged by several, {exact} exactly alike, {within} within "
            "one level.",
            reviewers=len(agreement.reviewers), compared=agreement.compared,
            exact=agreement.exact, within=agreement.within_one,
        )  # fmt: skip
        if agreement.disagreements:
            yield "  " + t("Disagreements, the largest first:")
        for item in agreement.disagreements:
            yield from _disagreement(item, scored_round, t, explain=explain)
    if explain:
        yield from _coefficients(scored_round.coefficients(), t)


def _disagreement(item: Disagreement, scored_round: ScoredRound, t: Translator, *, explain: bool) -> Iterator[str]:
    answers = ", ".join(f"{t.role(who)}: {_told(answer, t)}" for who, answer in item.levels)
    line = f"    {item.criterion:<32} {answers}"
    if item.kind == "levels":
        line += f"; {t('difference {number}', number=t.number(item.distance))}"
    yield from wrapped(line + _agreed(item, scored_round, t), _HANGING)
    if not explain:
        return
    for scored in scored_round.scored:
        answer = scored.review.answers.get(item.criterion)
        words = answer and (answer.justification or answer.reason)
        if words:
            text = f"{t.role(scored.review.reviewer)}: {' '.join(words.split())}"
            yield from textwrap.wrap(text, _WIDTH, initial_indent="      ", subsequent_indent="        ")


def _agreed(item: Disagreement, scored_round: ScoredRound, t: Translator) -> str:
    """What the joint review says of it, where there is one that has come so far."""
    joint = joint_review(scored.review for scored in scored_round.scored)
    answer = joint.answers.get(item.criterion) if joint else None
    if answer is None or answer.state == "empty":
        return ""
    told = answer.level if answer.state == "assessed" and answer.level else answer.state
    return f" → {t(JOINT_REVIEW)}: {_told(told, t)}"


def _told(answer: str, t: Translator) -> str:
    return next((t(words) for state, words in STATES.items() if state == answer), answer)


def _coefficients(coefficients: Coefficients | None, t: Translator) -> Iterator[str]:
    """Agreement beyond chance, with what each figure took for distances and what must be said about small numbers."""
    if coefficients is None:
        return
    yield "  " + t("Agreement beyond chance (1 is full agreement, 0 what chance alone would give):")
    for kappa in coefficients.kappas:
        plain, linear, quadratic = (
            coefficient_words(t, value, interval)
            for value, interval in zip((kappa.plain, kappa.linear, kappa.quadratic), kappa.intervals, strict=True)
        )
        line = "    " + t(
            "Cohen's kappa, {one} and {other}: {plain}; weighted linearly {linear}, quadratically {quadratic} "
            "({items} questions)",
            one=kappa.reviewers[0], other=kappa.reviewers[1], plain=plain, linear=linear, quadratic=quadratic,
            items=kappa.items,
        )  # fmt: skip
        yield from wrapped(line, 6)
    if coefficients.kappas:
        yield from wrapped(
            "    " + t("Weighted kappa: {distances}", distances=t(DISTANCES[coefficients.pair_distances])), 6
        )
    for measure in coefficients.measures:
        line = t("{name}: {value}", name=measure_name(measure, t), value=measure_value(measure, t))
        yield from wrapped(f"    {line}. {measure_meaning(measure, t)}", 6)
    counted = t.plural("{count} question is compared.", "{count} questions are compared.", coefficients.items)
    sentences = (counted, t(NO_RATING), unused_words(coefficients, t))
    yield from wrapped("    " + " ".join(filter(None, sentences)), 4)
    if coefficients.few:
        yield "    " + t("With so few questions these figures swing widely. Look at the disagreements themselves.")
