"""The profile over the target pictures: a chart, and the map of the questions with the same numbers.

What was decided or published beside the computed: both values, side by side, with reason, role and date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.method import number_of
from granskning.reporting.blocks.badges import DecidedRow
from granskning.reporting.charts.axis import make_axis, place_on
from granskning.reporting.charts.chart import Measured, draw_profile
from granskning.reporting.review.question_map import make_question_map
from granskning.reporting.review.report_values import Results
from granskning.reporting.wording.bands import make_bands
from granskning.reporting.wording.calculation_notes import outer_words
from granskning.reporting.wording.procedure import NO_TOTAL
from granskning.reporting.wording.report_context import at_target
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.model.decision import Override
    from granskning.reporting.charts.axis import Axis
    from granskning.reporting.charts.chart import Profile
    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import Score, TargetResult

WHERE = {
    "strategy": N_("Where is the strategy strong, and where is something missing?"),
    "plan": N_("Where is the plan strong, and where is something missing?"),
    "programme": N_("Where is the programme strong, and where is something missing?"),
    "project": N_("Where is the project strong, and where is something missing?"),
}
_MOST_ROWS = 20
"""So many targets have room in one chart on a page."""
_MOST_OF_BANDS = 320
"""So many letters of explanation have room below the map; the annex of the set has all."""
_MOST_LETTERS = 13
"""How much has room after the end of the axis."""


def make_results(context: Material) -> Results:
    """The results of all targets, in the order of the set."""
    card = context.card
    assessed = card.total.assessed > 0
    return Results(
        assessed=assessed,
        note=context.t(NO_TOTAL) if card.total.method == "none" else "",
        profile=_profile(context) if assessed else None,
        has_intervals=any(target.score.standing == "interval" for target in card.targets),
        map=make_question_map(context),
        bands=_band_key(context) if assessed else "",
        total=_total(context),
        outer=_outer(context),
    )


def _band_key(context: Material) -> str:
    """What the bands mean, where there is room to say it: from which value to which each reaches."""
    if all(target.score.low_band is None for target in context.card.targets):
        return ""
    lists = [
        f"{f'{bands.title}: ' if bands.title else ''}"
        f"{bands.brief or '; '.join(f'{fact.label} {fact.value}' for fact in bands.facts)}."
        for bands in make_bands(context)
    ]
    words = context.t("Verdicts: {bands}", bands=" ".join(lists))
    return words if len(words) <= _MOST_OF_BANDS else ""


def _total(context: Material) -> str:
    t, total = context.t, context.card.total
    if total.method == "none" or total.standing not in ("value", "interval"):
        return ""
    result, band = context.words.result(total, TOTAL), context.words.band(total, TOTAL)
    if band == "–":
        return t("Overall: {result}.", result=result)
    return t("Overall: {result}, {band}.", result=result, band=band)


def _outer(context: Material) -> str:
    """Whose bounds are outer, in words."""
    t = context.t
    outer = [target for target in context.card.targets if target.score.bounds == "outer"]
    if not outer:
        return outer_words(context, context.card.total)
    numbers = t.series([context.numbers[one.id] for one in outer])
    return f"{t('Target pictures {numbers}:', numbers=numbers)} {outer_words(context, outer[0].score)}"


def _profile(context: Material) -> Profile | None:
    """The chart of all targets or, where those are too many or too different, of those that are part of no other."""
    for results in (context.card.targets, context.tops):
        if 0 < len(results) <= _MOST_ROWS:
            axis = make_axis(context, results)
            if axis is not None:
                return _draw(context, results, axis)
    return None


def _draw(context: Material, results: tuple[TargetResult, ...], axis: Axis) -> Profile:
    measured = [_measure(context, result, axis) for result in results]
    finding = _finding(context, results, axis)
    return draw_profile(context.t(WHERE[context.strategy.kind]), finding, axis.points, measured)


def _measure(context: Material, target_result: TargetResult, axis: Axis) -> Measured:
    score = target_result.score
    hidden = score.standing in ("cannot_be_assessed", "not_applicable")
    value, middle, low, high = (
        _place(context, target_result, axis, part) for part in ("value", "so_far", "low", "high")
    )
    shown = context.words.result(score, target_result.id)
    return Measured(
        name=f"{context.numbers[target_result.id]} {context.words.title(target_result.id)}",
        value=value,
        so_far=None if context.only_overstates else middle,
        low=low,
        high=high,
        shown="" if hidden or len(shown) > _MOST_LETTERS else shown,
        words=shown if hidden else "",
    )


def _place(context: Material, target_result: TargetResult, axis: Axis, part: str) -> Fraction | None:
    return place_on(axis, context.outline.steps[target_result.id], target_result.score, part)


def _finding(context: Material, results: tuple[TargetResult, ...], axis: Axis) -> str:
    """What the profile says, for those who don't see it: the highest, the lowest, what is not settled."""
    t = context.t
    settled = [(place, result) for result in results if (place := _place(context, result, axis, "value")) is not None]
    sentences = []
    if settled:
        best, worst = max(settled, key=lambda item: item[0]), min(settled, key=lambda item: item[0])
        sentences.append(_end(context, best[1], t("Highest: {target}, {result}.")))
        if worst[0] != best[0]:
            sentences.append(_end(context, worst[1], t("Lowest: {target}, {result}.")))
    intervals = sum(result.score.standing == "interval" for result in results)
    nothing = sum(result.score.standing == "cannot_be_assessed" for result in results)
    if intervals:
        sentences.append(
            t.plural(
                "{count} target picture has an interval, since questions remain.",
                "{count} target pictures have an interval, since questions remain.",
                intervals,
            )
        )
    if nothing:
        sentences.append(
            t.plural(
                "{count} target picture cannot be assessed.", "{count} target pictures cannot be assessed.", nothing
            )
        )
    sentences.append(t("The numbers stand in the map below."))
    return " ".join(sentences)


def _end(context: Material, target_result: TargetResult, sentence: str) -> str:
    return sentence.format(
        target=context.words.title(target_result.id), result=context.words.result(target_result.score, target_result.id)
    )


WHOLE = "total"
"""How an override names the whole."""


def make_decided(context: Material, place: str | None = None) -> tuple[DecidedRow, ...]:
    """Every decided value, or those of one target."""
    return tuple(
        _decided_row(context, override) for override in context.card.overrides if place is None or override.of == place
    )


def _decided_row(context: Material, override: Override) -> DecidedRow:
    t, words = context.t, context.words
    place = TOTAL if override.of == WHOLE else override.of
    score = (
        context.card.total if place == TOTAL else next((x.score for x in context.card.targets if x.id == place), None)
    )
    computed = t("not computed")
    if score is not None:
        computed, band = words.result(score, place), words.band(score, place)
        computed = computed if band == "–" else t("{result}, {band}", result=computed, band=band)
    date = t.date(override.date)
    is_target = any(target.id == place for target in context.criteria.all_targets)  # else the check has told of it
    return DecidedRow(
        of=t("Overall") if place == TOTAL else f"{context.numbers[place]} {words.title(place)}" if is_target else place,
        anchor=at_target(place) if is_target else "",
        computed=computed,
        decided=_decided(context, override.result, score, place),
        reason=override.reason,
        who=t("{role}, {date}", role=t.role(override.role), date=date) if date else t.role(override.role),
    )


def _decided(context: Material, result: str, score: Score | None, place: str) -> str:
    """The decided result: a band or a level by its words, or a number in the reader's digits."""
    words = context.words
    if score is None:
        return words.number(result)
    label = next((context.t.text(band.label) for band in score.step.bands if band.id == result), "")
    if label:
        return label
    if number_of(result) is not None and not words.is_word(score):
        return words.number(result)
    return words.outcome(result, score, place)
