"""The page that can be torn off: the verdict or what is missing for one, strengths, gaps, recommendations, counts.

Every number here is read from the scorecard, so that the sentences agree with the tables.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from granskning.model.method import number_of
from granskning.reporting.charts.axis import make_axis, place_on
from granskning.reporting.review.distribution import make_counts
from granskning.reporting.review.report_values import Highlight, Highlights, Summary
from granskning.reporting.review.results import make_decided
from granskning.reporting.wording.report_context import THE_KIND, at_question
from granskning.reporting.wording.words import first_sentence, paragraphs, share
from granskning.scoring.results.card import TOTAL
from granskning.wordings import READ, READ_REQUIRED

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import CriterionResult, TargetResult

_MOST = 3
_HALF = Fraction(1, 2)
_LAST = Fraction(2)
"""After every answer with a level."""


def make_summary(context: Material) -> Summary:
    """The one-page summary."""
    card = context.card
    return Summary(
        verdict=_verdict(context),
        decided=make_decided(context),
        lacking=_lacking(context),
        sentences=_sentences(context),
        own_words=paragraphs(context.review.summary),
        read=_read(context),
        highlights=tuple(part for part in (_strengths(context), _gaps(context), _recommendations(context)) if part),
        counts=make_counts(context),
        counted=context.t.whole(card.total.asked),
    )


def _verdict(context: Material) -> str:
    t, total = context.t, context.card.total
    if not context.card.verdict.given:
        if total.applicable == 0:
            return t("No question is applicable here.")
        if total.assessed == 0:
            return t("Nothing has been judged yet, so there is no result.")
        return t("No verdict is given.")
    if total.method == "none":
        return t("No overall figure is given. {profile}", profile=_by_band(context))
    subject = t(THE_KIND[context.strategy.kind])
    band, result = context.words.band(total, TOTAL), context.words.result(total, TOTAL)
    if band == "–":
        verdict = _plain_result(context)
    elif total.standing == "value":
        verdict = t("{subject} gets the verdict {band}: {result}.", subject=subject, band=band, result=result)
    else:
        verdict = t(
            "{subject} gets {band}; the result lies within {result}, depending on what remains to be judged.",
            subject=subject,
            band=band,
            result=result,
        )
    return " ".join(part for part in (verdict, _weakest(context)) if part)


def _plain_result(context: Material) -> str:
    """The result where the set has no bands to put words to it."""
    t, total = context.t, context.card.total
    subject, result = t(THE_KIND[context.strategy.kind]), context.words.result(total, TOTAL)
    if total.standing == "not_applicable":
        return t("No question is applicable here.")
    if total.standing == "cannot_be_assessed":
        return t("Nothing that counts has been judged yet, so there is no result.")
    if total.standing == "value":
        return t("{subject} gets {result}.", subject=subject, result=result)
    return t("The result lies within {result}, depending on what remains to be judged.", result=result)


def _by_band(context: Material) -> str:
    """How the targets spread over the bands or levels, highest first, and which is the weakest."""
    t = context.t
    tally: dict[str, int] = {}
    for one in sorted((target for target in context.tops if _has_words(target)), key=_order(context), reverse=True):
        words = _words(context, one)
        tally[words] = tally.get(words, 0) + 1
    if not tally:
        return ""
    parts = t.series([t("{count} {band}", count=t.whole(count), band=band) for band, count in tally.items()])
    targets = t.plural("{count} target picture is judged", "{count} target pictures are judged", sum(tally.values()))
    sentence = t("{targets}: {parts}.", targets=targets, parts=parts)
    return " ".join(part for part in (sentence, _weakest(context)) if part)


def _words(context: Material, target_result: TargetResult) -> str:
    """A target's band or, where it has none, its level."""
    band = context.words.band(target_result.score, target_result.id)
    return context.words.result(target_result.score, target_result.id) if band == "–" else band


def _has_words(target_result: TargetResult) -> bool:
    score = target_result.score
    return score.low_band is not None or (not score.step.bands and score.low_outcome is not None)


def _order(context: Material) -> Callable[[TargetResult], tuple[int, int]]:
    """The rank of a target's band or level at its highest and at its lowest."""

    def rank(target_result: TargetResult) -> tuple[int, int]:
        score, scale = target_result.score, context.explained[target_result.id].scale
        if score.step.bands:
            ids = [band.id for band in score.step.bands]
            return ids.index(score.high_band or ids[0]), ids.index(score.low_band or ids[0])
        high, low = (scale.rank_of(key or "") if scale else 0 for key in (score.high_outcome, score.low_outcome))
        return int(high or 0), int(low or 0)

    return rank


def _weakest(context: Material) -> str:
    """The target that no other can be below, with how many of its questions are missing."""
    t, axis = context.t, make_axis(context, context.tops)
    if axis is None:
        return ""
    ends = {target.id: [place_on(axis, context.outline.steps[target.id], target.score, end) for end in ("low", "high")]
            for target in context.tops}  # fmt: skip
    results = {one: (low, high) for one, (low, high) in ends.items() if low is not None and high is not None}
    if len(results) < 2:  # noqa: PLR2004  # one alone is neither weak nor strong
        return ""
    weakest = min(results, key=lambda item: (results[item][1], results[item][0]))
    if any(low <= results[weakest][1] for one, (low, _) in results.items() if one != weakest):
        return ""
    score = next(target.score for target in context.tops if target.id == weakest)
    title, result = context.words.title(weakest), context.words.result(score, weakest)
    count = sum(_is_missing(context, question) for question in context.beneath(weakest))
    if not count:
        return t("The weakest is {target} ({result}).", target=title, result=result)
    return t(
        "The weakest is {target} ({result}): what is asked for is missing in {count} of {asked} questions.",
        target=title,
        result=result,
        count=t.whole(count),
        asked=t.whole(score.applicable),
    )


def _is_missing(context: Material, answer_result: CriterionResult) -> bool:
    """Whether the answer says that what is asked for is missing."""
    missing = context.criteria.scale_of(context.criterion(answer_result.id)).missing
    return missing is not None and answer_result.state == "assessed" and answer_result.level == missing.key


def _lacking(context: Material) -> tuple[str, ...]:
    t, verdict, total = context.t, context.card.verdict, context.card.total
    lacking = []
    if "coverage" in verdict.missing:
        lacking.append(
            t(
                "{assessed} of {applicable} applicable questions have been judged ({share}). A verdict takes at least"
                " {required}, that is {needed} questions.",
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
    """What was judged and what was not, unless `_lacking` has told it."""
    t, total, counts = context.t, context.card.total, context.card.total.counts or {}
    sentences = []
    if "coverage" not in context.card.verdict.missing and total.applicable:
        sentences.append(
            t(
                "{assessed} of {applicable} applicable questions have been judged ({share}).",
                assessed=t.whole(total.assessed),
                applicable=t.whole(total.applicable),
                share=share(t, total.assessed, total.applicable),
            )
        )
    if counts["not_applicable"]:
        sentences.append(
            t.plural(
                "{count} question is not applicable.", "{count} questions are not applicable.", counts["not_applicable"]
            )
        )
    for gate in context.card.gates:
        if gate.changed:
            why = next(
                t.text(known_gate.why) for known_gate in context.criteria.scoring.gates if known_gate.id == gate.id
            )
            sentences.append(t("A basic demand is not met and holds the result down: {why}", why=why))
    return tuple(sentences)


def _read(context: Material) -> tuple[str, ...]:
    """How much of the text was read, and what was not."""
    not_read = tuple(paragraphs(context.review.not_read)[:1])
    if "reading_depth" in context.card.verdict.missing:
        return not_read
    return (context.t(READ[context.review.reading_depth]), *not_read)


def _height(context: Material, answer_result: CriterionResult) -> Fraction:
    """How far up on its scale an answer is, from 0 to 1."""
    scale = context.criteria.scale_of(context.criterion(answer_result.id))
    if scale.minimum is not None and scale.maximum is not None:
        length = scale.maximum - scale.minimum
        return (
            ((number_of(answer_result.level or "") or scale.minimum) - scale.minimum) / length
            if length
            else Fraction(0)
        )
    keys = [level.key for level in scale.levels]
    return Fraction(keys.index(answer_result.level or ""), max(1, len(keys) - 1))


def _ranked(context: Material, *, upper: bool) -> list[CriterionResult]:
    """The judged questions in the upper or lower half of their scale, the clearest first."""
    judged = [question for question in context.asked if question.state == "assessed" and question.level is not None]
    height = {question.id: _height(context, question) for question in judged}
    chosen = [question for question in judged if (height[question.id] > _HALF) == upper]
    return sorted(chosen, key=lambda item: (-height[item.id] if upper else height[item.id], -item.weight))


def _strengths(context: Material) -> Highlights | None:
    t, ranked = context.t, _ranked(context, upper=True)
    if not context.card.total.assessed:
        return None
    return Highlights(
        title=t("Strengths"),
        kind="levels",
        items=_shown(context, ranked),
        note=_note(context, len(ranked), t("{shown} of {count} questions in the upper half of the scale")),
        none=t("No judged question is in the upper half of the scale."),
    )


def _gaps(context: Material) -> Highlights | None:
    t, ranked = context.t, _ranked(context, upper=False)
    if not context.card.total.assessed:
        return None
    return Highlights(
        title=t("Gaps"),
        kind="levels",
        items=_shown(context, ranked),
        note=_note(context, len(ranked), t("{shown} of {count} questions in the lower half of the scale")),
        none=t("No judged question is in the lower half of the scale."),
    )


def _recommendations(context: Material) -> Highlights | None:
    """Recommendations for the lowest levels first, then for questions without a level; the same words only once."""
    t = context.t
    given = [question for question in context.asked if context.answer(question.id).recommendation]
    given.sort(key=lambda item: (_height(context, item) if item.state == "assessed" else _LAST, -item.weight))
    different = list(
        {
            " ".join((context.answer(question.id).recommendation or "").split()): question
            for question in reversed(given)
        }.values()
    )
    different.reverse()
    if not given:
        return None
    return Highlights(
        title=t("Recommendations"),
        kind="recommendations",
        items=tuple(
            _highlight(context, question, context.answer(question.id).recommendation) for question in different[:_MOST]
        ),
        note=_note(context, len(different), t("{shown} of {count}; the others stand with their questions")),
        none="",
    )


def _shown(context: Material, ranked: list[CriterionResult]) -> tuple[Highlight, ...]:
    return tuple(_highlight(context, result, None) for result in ranked[:_MOST])


def _highlight(context: Material, answer_result: CriterionResult, text: str | None) -> Highlight:
    return Highlight(
        mark=context.mark(answer_result),
        number=context.numbers[answer_result.id],
        question=context.t.text(context.criterion(answer_result.id).question),
        anchor=at_question(answer_result.id),
        text=first_sentence(text),
    )


def _note(context: Material, count: int, many: str) -> str:
    t = context.t
    return many.format(shown=t.whole(_MOST), count=t.whole(count)) if count > _MOST else ""
