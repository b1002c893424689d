"""The page that can be torn off: the verdict or what is missing for one, strengths, gaps, recommendations, counts.

Every number here is read from the scorecard, so that the sentences agree with the tables.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from granskning.reporting.document import Count, Highlight, Highlights, Summary
from granskning.reporting.material import THE_KIND, at_question
from granskning.reporting.words import READ, READ_REQUIRED, STATES, first_sentence, paragraphs, share

if TYPE_CHECKING:
    from granskning.reporting.material import Material
    from granskning.scoring.card import CriterionResult, TargetResult

_MOST = 3


def make_summary(case: Material) -> Summary:
    """The one-page summary."""
    card = case.card
    return Summary(
        verdict=_verdict(case),
        lacking=_lacking(case),
        sentences=_sentences(case),
        own_words=paragraphs(case.review.summary),
        read=_read(case),
        highlights=tuple(part for part in (_strengths(case), _gaps(case), _recommendations(case)) if part),
        counts=make_counts(case),
        counted=case.t.whole(card.total.asked),
    )


def make_counts(case: Material) -> tuple[Count, ...]:
    """How many questions got each level, and how many are in each other state that occurs."""
    counts, words = case.card.total.counts or {}, case.words
    levels = [Count(mark, counts[mark.sign], case.t.whole(counts[mark.sign])) for mark in words.levels]
    states = [
        Count(words.state(state), counts[state], case.t.whole(counts[state])) for state in STATES if counts[state]
    ]
    return (*levels, *states)


def _verdict(case: Material) -> str:
    t, total = case.t, case.card.total
    if not case.card.verdict.given:
        if total.assessed == 0:
            return t("Nothing has been judged yet, so there is no result.")
        return t("No verdict is given.")
    if total.method == "none":
        return t("No overall figure is given. {profile}", profile=_by_band(case))
    subject = t(THE_KIND[case.strategy.kind])
    band, result = case.words.band(total), case.words.result(total)
    if total.low_band is None:
        verdict = _plain_result(case)
    elif total.standing == "value":
        verdict = t("{subject} gets the verdict {band}: {result}.", subject=subject, band=band, result=result)
    else:
        verdict = t(
            "{subject} gets {band}; the result lies within {result}, depending on what remains to be judged.",
            subject=subject,
            band=band,
            result=result,
        )
    return " ".join(part for part in (verdict, _weakest(case)) if part)


def _plain_result(case: Material) -> str:
    """The result where the set has no bands to put words to it."""
    t, total = case.t, case.card.total
    subject, result = t(THE_KIND[case.strategy.kind]), case.words.result(total)
    if total.standing == "value":
        return t("{subject} gets {result}.", subject=subject, result=result)
    return t("The result lies within {result}, depending on what remains to be judged.", result=result)


def _by_band(case: Material) -> str:
    """How the targets spread over the bands, highest first, and which is the weakest."""
    t = case.t
    tally: dict[str, int] = {}
    bands = {band.id: number for number, band in enumerate(case.criteria.scoring.bands)}
    ranked = [one for one in case.card.targets if one.score.low_band is not None]
    for one in sorted(ranked, key=lambda one: (-bands[one.score.high_band or ""], -bands[one.score.low_band or ""])):
        words = case.words.band(one.score)
        tally[words] = tally.get(words, 0) + 1
    if not tally:
        return ""
    parts = t.series([t("{count} {band}", count=t.whole(count), band=band) for band, count in tally.items()])
    targets = t.plural("{count} target picture is judged", "{count} target pictures are judged", sum(tally.values()))
    sentence = t("{targets}: {parts}.", targets=targets, parts=parts)
    return " ".join(part for part in (sentence, _weakest(case)) if part)


def _weakest(case: Material) -> str:
    """The target that no other can be below, with how many of its questions are missing."""
    t = case.t
    results = [one for one in case.card.targets if one.score.low is not None and one.score.high is not None]
    if len(results) < 2:  # noqa: PLR2004  # one alone is neither weak nor strong
        return ""
    weakest = min(results, key=lambda one: (one.score.high, one.score.low))
    if any(one.score.low <= weakest.score.high for one in results if one is not weakest):  # type: ignore[operator]  # those without are not among them
        return ""
    title, result = _title(case, weakest), case.words.result(weakest.score)
    missing = case.criteria.scales[""].missing
    count = (weakest.score.counts or {}).get(missing.key, 0) if missing else 0
    if not count:
        return t("The weakest is {target} ({result}).", target=title, result=result)
    return t(
        "The weakest is {target} ({result}): what is asked for is missing in {count} of {asked} questions.",
        target=title,
        result=result,
        count=t.whole(count),
        asked=t.whole(weakest.score.applicable),
    )


def _title(case: Material, result: TargetResult) -> str:
    return next(case.t.text(target.title) for target in case.criteria.targets if target.id == result.id)


def _lacking(case: Material) -> tuple[str, ...]:
    t, verdict, total = case.t, case.card.verdict, case.card.total
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


def _sentences(case: Material) -> tuple[str, ...]:
    """What was judged and what was not, unless `_lacking` has told it."""
    t, total, counts = case.t, case.card.total, case.card.total.counts or {}
    sentences = []
    if "coverage" not in case.card.verdict.missing and total.applicable:
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
    for gate in case.card.gates:
        if gate.changed:
            why = next(t.text(one.why) for one in case.criteria.scoring.gates if one.id == gate.id)
            sentences.append(t("A basic demand is not met and holds the result down: {why}", why=why))
    return tuple(sentences)


def _read(case: Material) -> tuple[str, ...]:
    """How much of the text was read, and what was not."""
    not_read = tuple(paragraphs(case.review.not_read)[:1])
    if "reading_depth" in case.card.verdict.missing:
        return not_read
    return (case.t(READ[case.review.reading_depth]), *not_read)


def _ranked(case: Material, *, upper: bool) -> list[CriterionResult]:
    """The judged questions in the upper or lower half of the scale, the clearest first."""
    rank = {level.key: number for number, level in enumerate(case.criteria.scale)}
    top = len(rank) - 1
    judged = [one for one in case.asked if one.state == "assessed" and one.level is not None]
    chosen = [one for one in judged if (2 * rank[one.level or ""] > top) == upper]
    return sorted(chosen, key=lambda one: (-rank[one.level or ""] if upper else rank[one.level or ""], -one.weight))


def _strengths(case: Material) -> Highlights | None:
    t, ranked = case.t, _ranked(case, upper=True)
    if not case.card.total.assessed:
        return None
    return Highlights(
        title=t("Strengths"),
        kind="levels",
        items=_shown(case, ranked),
        note=_note(case, len(ranked), t("{shown} of {count} questions in the upper half of the scale")),
        none=t("No judged question is in the upper half of the scale."),
    )


def _gaps(case: Material) -> Highlights | None:
    t, ranked = case.t, _ranked(case, upper=False)
    if not case.card.total.assessed:
        return None
    return Highlights(
        title=t("Gaps"),
        kind="levels",
        items=_shown(case, ranked),
        note=_note(case, len(ranked), t("{shown} of {count} questions in the lower half of the scale")),
        none=t("No judged question is in the lower half of the scale."),
    )


def _recommendations(case: Material) -> Highlights | None:
    """Recommendations for the lowest levels first, then for questions without a level; the same words only once."""
    t = case.t
    rank = {level.key: number for number, level in enumerate(case.criteria.scale)}
    given = [one for one in case.asked if case.answer(one.id).recommendation]
    given.sort(
        key=lambda one: (rank.get(one.level or "", len(rank)) if one.state == "assessed" else len(rank), -one.weight)
    )
    different = list(
        {" ".join((case.answer(one.id).recommendation or "").split()): one for one in reversed(given)}.values()
    )
    different.reverse()
    if not given:
        return None
    return Highlights(
        title=t("Recommendations"),
        kind="recommendations",
        items=tuple(_highlight(case, one, case.answer(one.id).recommendation) for one in different[:_MOST]),
        note=_note(case, len(different), t("{shown} of {count}; the others stand with their questions")),
        none="",
    )


def _shown(case: Material, ranked: list[CriterionResult]) -> tuple[Highlight, ...]:
    return tuple(_highlight(case, one, None) for one in ranked[:_MOST])


def _highlight(case: Material, one: CriterionResult, text: str | None) -> Highlight:
    return Highlight(
        mark=case.words.mark(one.state, one.level),
        number=case.numbers[one.id],
        question=case.t.text(case.criterion(one.id).question),
        anchor=at_question(one.id),
        text=first_sentence(text),
    )


def _note(case: Material, count: int, many: str) -> str:
    t = case.t
    return many.format(shown=t.whole(_MOST), count=t.whole(count)) if count > _MOST else ""
