"""The summary: the sentence to repeat, what is missing for a verdict, strengths, gaps, recommendations, counts.

Every number here is read from the scorecard, so that the sentences agree with the tables.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from granskning.reporting.review.distribution import make_counts
from granskning.reporting.review.findings import carried_out, make_gaps, make_recommendations, make_strengths
from granskning.reporting.review.report_values import Summary
from granskning.reporting.review.results import make_decided
from granskning.reporting.review.verdict_sentence import verdict_sentence
from granskning.reporting.wording.words import paragraphs, share
from granskning.wordings import READ, READ_REQUIRED

if TYPE_CHECKING:
    from granskning.reporting.wording.report_context import Material


def make_summary(context: Material) -> Summary:
    """The summary."""
    card = context.card
    return Summary(
        verdict=verdict_sentence(context),
        decided=make_decided(context),
        lacking=_lacking(context),
        sentences=_sentences(context),
        own_words=paragraphs(context.review.summary),
        read=_read(context),
        strengths=make_strengths(context),
        gaps=make_gaps(context),
        recommendations=make_recommendations(context),
        carried_out=carried_out(context),
        counts=make_counts(context),
        counted=context.t.whole(card.total.asked),
    )


def _lacking(context: Material) -> tuple[str, ...]:
    t, verdict, total = context.t, context.card.verdict, context.card.total
    lacking = []
    if "coverage" in verdict.missing:
        lacking.append(
            t(
                "{assessed} of {applicable} applicable questions have been judged ({share}). Needed: at least {needed}"
                " ({required}).",
                assessed=t.whole(total.assessed),
                applicable=t.whole(total.applicable),
                share=share(t, total.assessed, total.applicable),
                required=t.percent(verdict.coverage_required),
                needed=t.whole(ceil(verdict.coverage_required * total.applicable)),
            )
        )
    if "reading_depth" in verdict.missing:
        lacking.append(f"{t(READ[verdict.reading_depth])} {t(READ_REQUIRED[verdict.reading_depth_required])}")
    return tuple(lacking)


def _sentences(context: Material) -> tuple[str, ...]:
    """The basic demands that hold the result down."""
    t = context.t
    sentences = []
    for gate in context.card.gates:
        if gate.changed:
            why = next(
                t.text(known_gate.why) for known_gate in context.criteria.scoring.gates if known_gate.id == gate.id
            )
            sentences.append(t("A basic demand is not met and holds the result down: {why}", why=why))
    return tuple(sentences)


def _read(context: Material) -> tuple[str, ...]:
    """What was not read; how much was read stands among the facts."""
    return tuple(paragraphs(context.review.not_read)[:1])
