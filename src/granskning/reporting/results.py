"""The profile over the target pictures: two charts, and tables with the same numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.chart import Measured, draw_distribution, draw_profile
from granskning.reporting.document import ResultRow, Results
from granskning.reporting.material import at_target
from granskning.reporting.summary import make_counts
from granskning.reporting.words import TOTALS, small

if TYPE_CHECKING:
    from granskning.reporting.chart import Distribution, Profile
    from granskning.reporting.material import Material
    from granskning.scoring.card import Score, TargetResult

WHERE = {
    "strategy": N_("Where is the strategy strong, and where is something missing?"),
    "plan": N_("Where is the plan strong, and where is something missing?"),
    "programme": N_("Where is the programme strong, and where is something missing?"),
    "project": N_("Where is the project strong, and where is something missing?"),
}


def make_results(case: Material) -> Results:
    """The results of all targets, in the order of the set."""
    card = case.card
    assessed = card.total.assessed > 0
    numeric = assessed and card.targets[0].score.method != "none"
    return Results(
        assessed=assessed,
        note=case.t(TOTALS[card.total.method]) if card.total.method == "none" else "",
        profile=_profile(case) if numeric else None,
        distribution=_distribution(case) if assessed else None,
        rows=tuple(_row(case, one) for one in card.targets),
        columns=tuple(count.mark for count in make_counts(case)),
        total=_total(case),
    )


def name_of(case: Material, target: str) -> str:
    """The title of a target."""
    return next(case.t.text(one.title) for one in case.criteria.targets if one.id == target)


def so_far(case: Material, score: Score) -> str:
    """The result of the judged answers alone, where others remain."""
    return case.words.value(score.so_far) if score.value is None and score.so_far is not None else ""


def _row(case: Material, one: TargetResult) -> ResultRow:
    counts = one.score.counts or {}
    keys = [
        count.mark.sign if count.mark.kind in ("level", "missing") else count.mark.kind for count in make_counts(case)
    ]
    return ResultRow(
        number=case.numbers[one.id],
        title=name_of(case, one.id),
        anchor=at_target(one.id),
        result=case.words.result(one.score),
        so_far=so_far(case, one.score),
        band=case.words.band(one.score),
        assessed=case.words.assessed(one.score),
        counts=tuple(case.t.whole(counts[key]) for key in keys),
    )


def _total(case: Material) -> str:
    t, total = case.t, case.card.total
    if total.method == "none" or total.standing not in ("value", "interval"):
        return ""
    if total.low_band is None:
        return t("Overall: {result}.", result=case.words.result(total))
    return t("Overall: {result}, {band}.", result=case.words.result(total), band=case.words.band(total))


def _profile(case: Material) -> Profile | None:
    points = _axis(case)
    measured = [_measure(case, one) for one in case.card.targets]
    return draw_profile(case.t(WHERE[case.strategy.kind]), _profile_finding(case), points, measured)


def _axis(case: Material) -> list[tuple[Fraction, str]]:
    """The ends of the axis and what stands between: the levels, or the bounds of a sum."""
    words, scores = case.words, [one.score for one in case.card.targets]
    if scores[0].method != "sum":
        numbers = all(mark.sign.lstrip("-").isdigit() for mark in words.levels)
        return [
            (Fraction(mark.sign) if numbers else Fraction(rank), f"{mark.sign} {mark.words}" if numbers else mark.words)
            for rank, mark in enumerate(words.levels)
        ]
    low = min(score.minimum for score in scores if score.minimum is not None)
    high = max(score.maximum for score in scores if score.maximum is not None)
    return [(value, words.value(value)) for value in (low, (low + high) / 2, high)]


def _measure(case: Material, one: TargetResult) -> Measured:
    score = one.score
    hidden = score.standing in ("cannot_be_assessed", "not_applicable")
    value, so_far, low, high = (_place(case, score, part) for part in ("value", "so_far", "low", "high"))
    return Measured(
        name=f"{case.numbers[one.id]} {name_of(case, one.id)}",
        value=value,
        so_far=so_far,
        low=low,
        high=high,
        shown="" if hidden else case.words.result(score),
        words=case.words.result(score) if hidden else "",
    )


def _place(case: Material, score: Score, part: str) -> Fraction | None:
    """A number of a score; the place of its level on the scale, where levels are words."""
    number: Fraction | None = getattr(score, part)
    if number is not None:
        return number
    names = {"value": score.outcome, "low": score.low_outcome, "high": score.high_outcome}
    keys = [level.key for level in case.criteria.scale]
    key = names.get(part)
    return Fraction(keys.index(key)) if key is not None else None


def _profile_finding(case: Material) -> str:
    """What the profile says, for those who don't see it: the highest, the lowest, what is not settled."""
    t = case.t
    scores = [one.score for one in case.card.targets]
    settled = [one for one in case.card.targets if one.score.value is not None]
    sentences = []
    if settled:
        best = max(settled, key=lambda one: one.score.value or 0)
        worst = min(settled, key=lambda one: one.score.value or 0)
        sentences.append(
            t("Highest: {target}, {result}.", target=name_of(case, best.id), result=case.words.result(best.score))
        )
        if worst.score.value != best.score.value:
            sentences.append(
                t("Lowest: {target}, {result}.", target=name_of(case, worst.id), result=case.words.result(worst.score))
            )
    intervals = sum(score.standing == "interval" for score in scores)
    nothing = sum(score.standing == "cannot_be_assessed" for score in scores)
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
    sentences.append(t("The numbers stand in the table below."))
    return " ".join(sentences)


def _distribution(case: Material) -> Distribution:
    t = case.t
    rows = []
    for one in case.card.targets:
        counts = one.score.counts or {}
        parts = []
        for total in make_counts(case):
            key = total.mark.sign if total.mark.kind in ("level", "missing") else total.mark.kind
            parts.append((total.mark, counts[key], t.whole(counts[key])))
        rows.append((f"{case.numbers[one.id]} {name_of(case, one.id)}", parts))
    told = t.series([f"{count.shown} {small(count.mark.words)}" for count in make_counts(case) if count.count])
    asked = t.plural("Of {count} question", "Of {count} questions", case.card.total.asked)
    finding = t("{asked}: {told}. The numbers stand in the table below.", asked=asked, told=told)
    return draw_distribution(t("What has been judged, and how?"), finding, rows)
