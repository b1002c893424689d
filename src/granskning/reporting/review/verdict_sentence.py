"""The sentence to repeat: where the plan is strongest and weakest and why, or that it cannot be assessed yet.

Every number here is read from the scorecard, so that the sentence agrees with the map of the questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.charts.axis import make_axis, place_on
from granskning.reporting.wording.report_context import THE_KIND
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import CriterionResult, TargetResult

_MOST_NAMED = 3
"""So many targets can be named in one sentence."""


def verdict_sentence(context: Material) -> str:
    """The verdict, or why there is none."""
    t, total = context.t, context.card.total
    if total.applicable == 0:
        return t("No question is applicable here.")
    subject = t(THE_KIND[context.strategy.kind])
    if not context.card.verdict.given:
        if total.assessed == 0:
            return t("{subject} cannot be assessed yet: nothing has been judged.", subject=subject)
        return t.plural(
            "{subject} cannot be assessed yet: {assessed} of {count} question has been judged.",
            "{subject} cannot be assessed yet: {assessed} of {count} questions have been judged.",
            total.applicable,
            subject=subject,
            assessed=t.whole(total.assessed),
        )
    ends = _strongest_and_weakest(context)
    if total.method == "none":
        return ends or _by_result(context) or t("No overall figure is given.")
    return " ".join(part for part in (_overall(context, subject), ends) if part)


def _overall(context: Material, subject: str) -> str:
    """The result of the whole in words."""
    t, total = context.t, context.card.total
    result, band = context.words.result(total, TOTAL), context.words.band(total, TOTAL)
    if total.standing == "not_applicable":
        return t("No question is applicable here.")
    if total.standing == "cannot_be_assessed":
        return t("Nothing that counts has been judged yet, so there is no result.")
    if total.standing == "value":
        if band == "–":
            return t("{subject} gets {result}.", subject=subject, result=result)
        return t("{subject} gets the verdict {band}: {result}.", subject=subject, band=band, result=result)
    if band == "–":
        return t("The result lies within {result}, depending on what remains to be judged.", result=result)
    return t(
        "{subject} gets {band}; the result lies within {result}, depending on what remains to be judged.",
        subject=subject,
        band=band,
        result=result,
    )


def _strongest_and_weakest(context: Material) -> str:
    """The targets that no other can be above or below, whatever remains to be judged; empty where that is open."""
    t, axis = context.t, make_axis(context, context.tops)
    if axis is None:
        return ""
    ends = {
        target.id: (low, high)
        for target in context.tops
        if (low := place_on(axis, context.outline.steps[target.id], target.score, "low")) is not None
        and (high := place_on(axis, context.outline.steps[target.id], target.score, "high")) is not None
    }
    if len(ends) < 2:  # noqa: PLR2004  # one alone is neither strong nor weak
        return ""
    best, worst = _above(ends), _above({name: (-high, -low) for name, (low, high) in ends.items()})
    if len(best) == len(ends):
        same = context.words.result(_result(context, best[0]).score, best[0])
        return t("All target pictures that are judged come to the same: {result}.", result=same)
    strongest = _strongest(context, best) if 0 < len(best) <= _MOST_NAMED else ""
    weakest = _weakest(context, worst) if 0 < len(worst) <= _MOST_NAMED else ""
    return " ".join(part for part in (strongest, weakest) if part)


def _above(ends: dict[str, tuple[Fraction, Fraction]]) -> list[str]:
    """Those that none can be above: settled, equal at the top; or one whose lowest no other's highest passes."""
    first = max(ends, key=lambda name: ends[name])
    level = [name for name in ends if ends[name] == ends[first]]
    if len(level) > 1 and ends[first][0] != ends[first][1]:
        return []
    rest = [high for name, (_, high) in ends.items() if name not in level]
    return level if all(high < ends[first][0] for high in rest) else []


def _result(context: Material, name: str) -> TargetResult:
    return next(target for target in context.tops if target.id == name)


def _titles(context: Material, targets: list[str]) -> str:
    return context.t.series([context.words.title(name) for name in targets])


def _in_words(context: Material, name: str) -> str:
    """A target's band and result."""
    score = _result(context, name).score
    band, result = context.words.band(score, name), context.words.result(score, name)
    return result if band == "–" else context.t("{band}, {result}", band=band, result=result)


def _strongest(context: Material, targets: list[str]) -> str:
    t = context.t
    subject = t(THE_KIND[context.strategy.kind])
    titles, result = _titles(context, targets), _in_words(context, targets[0])
    highest, judged = _counted(context, targets, _is_highest)
    if not highest:
        return t("{subject} is strongest in {targets} ({result}).", subject=subject, targets=titles, result=result)
    return t(
        "{subject} is strongest in {targets} ({result}): {count} of {judged} judged questions reach the highest level.",
        subject=subject,
        targets=titles,
        result=result,
        count=t.whole(highest),
        judged=t.whole(judged),
    )


def _weakest(context: Material, targets: list[str]) -> str:
    t = context.t
    titles, result = _titles(context, targets), _in_words(context, targets[0])
    missing, judged = _counted(context, targets, _is_missing)
    if not missing:
        return t("The weakest is {target} ({result}).", target=titles, result=result)
    return t(
        "The weakest is {target} ({result}): what is asked for is missing in {count} of {judged} judged questions.",
        target=titles,
        result=result,
        count=t.whole(missing),
        judged=t.whole(judged),
    )


def _counted(
    context: Material, targets: list[str], holds: Callable[[Material, CriterionResult], bool]
) -> tuple[int, int]:
    """How many of the judged questions beneath some targets something holds for, and how many are judged."""
    judged = [answer for name in targets for answer in context.beneath(name) if answer.state == "assessed"]
    return sum(holds(context, answer) for answer in judged), len(judged)


def _is_missing(context: Material, answer_result: CriterionResult) -> bool:
    """Whether the answer says that what is asked for is missing."""
    missing = context.criteria.scale_of(context.criterion(answer_result.id)).missing
    return missing is not None and answer_result.level == missing.key


def _is_highest(context: Material, answer_result: CriterionResult) -> bool:
    levels = context.criteria.scale_of(context.criterion(answer_result.id)).levels
    return bool(levels) and answer_result.level == levels[-1].key


def _by_result(context: Material) -> str:
    """How the targets spread over bands or levels, the highest first, where no one is strongest or weakest."""
    t = context.t
    tally: dict[str, int] = {}
    judged = [target for target in context.tops if _has_words(target)]
    for target in sorted(judged, key=_rank(context), reverse=True):
        band = context.words.band(target.score, target.id)
        words = context.words.result(target.score, target.id) if band == "–" else band
        tally[words] = tally.get(words, 0) + 1
    if not tally:
        return ""
    parts = [t("{band} in {count}", band=band, count=t.whole(count)) for band, count in tally.items()]
    targets = t.plural("{count} target picture is judged", "{count} target pictures are judged", len(judged))
    return t("{targets}: {parts}.", targets=targets, parts=t.series(parts))


def _has_words(target_result: TargetResult) -> bool:
    score = target_result.score
    return score.low_band is not None or (not score.step.bands and score.low_outcome is not None)


def _rank(context: Material) -> Callable[[TargetResult], tuple[int, int]]:
    """The rank of a target's band or level at its highest and at its lowest."""

    def rank(target_result: TargetResult) -> tuple[int, int]:
        score, scale = target_result.score, context.explained[target_result.id].scale
        if score.step.bands:
            ids = [band.id for band in score.step.bands]
            return ids.index(score.high_band or ids[0]), ids.index(score.low_band or ids[0])
        high, low = (scale.rank_of(key or "") if scale else 0 for key in (score.high_outcome, score.low_outcome))
        return int(high or 0), int(low or 0)

    return rank
