"""What can be wrong in the decided values of a review: that they name no result, or one that the result cannot have."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.model.method import DECIDING, label_key, number_of
from granskning.workspace.checks.check_views import Views
from granskning.workspace.checks.dates import impossible_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.decision import Override
    from granskning.model.method import Rounding, Step, Text
    from granskning.model.review import Review
    from granskning.workspace.checks.check_views import PartView

TOTAL = "total"
"""What a decided value calls the whole."""


def check_overrides(review: Review, criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what is wrong, value by value."""
    if not review.overrides:
        return
    seen = Views(criteria)
    targets = seen.targets
    within = [*targets, TOTAL]
    for number, one in enumerate(review.overrides):
        path: Path = ("overrides", number)
        yield from impossible_dates(review.file, (*path, "date"), one.date)
        if one.of != TOTAL and one.of not in targets:
            values = {"id": one.of, "known": KnownNames(targets, empty="")}
            yield Finding(RULES["GR216"], Pointer(review.file, (*path, "of")), values, near=(one.of, within))
            continue
        target = targets.get(one.of)
        step = criteria.scoring.targets if target is None else criteria.step_of(target)
        parts = seen.below(target, step)
        view = seen.outcome(one.of, step, parts)
        words = [*_level_words(criteria, step, view), *((band.id, band.label) for band in step.bands)]
        ends = seen.ends(step, parts) if view.numbers else None
        yield from _check_result(one, step, words, ends, Pointer(review.file, (*path, "result")))


def _level_words(criteria: CriteriaSet, step: Step, view: PartView) -> list[tuple[str, Text]]:
    """The levels that a result can be, with their labels: those of the step's scale or of one that its parts share."""
    own = criteria.scales.get(step.scale or "")
    scales = [*([own] if own else []), *criteria.scales.values()]
    scale = next((scale for scale in scales if tuple(level.key for level in scale.levels) == view.keys), None)
    return [(level.key, level.label) for level in scale.levels] if scale and view.keys else []


def _check_result(
    override: Override,
    step: Step,
    words: Sequence[tuple[str, Text]],
    ends: tuple[Fraction | None, Fraction | None] | None,
    at: Pointer,
) -> Iterator[Finding]:
    """A number is possible beside a profile, and beside a number that can be that; words must be levels or bands."""
    if label_key(override.result, words) is not None:
        return
    number, (least, most) = number_of(override.result), ends or (None, None)
    if number is not None and (step.method == "none" or (ends is not None and step.method not in DECIDING)):
        half = Fraction(1, 2 * 10**step.rounding.decimals * (100 if step.rounding.percent else 1))  # it may be rounded
        if (least is None or least <= number + half) and (most is None or number - half <= most):
            return
        known: object = f"{_shown(least, step.rounding)} – {_shown(most, step.rounding)}"
    else:
        known = KnownNames(dict.fromkeys(key for key, _ in words))
    named = dict.fromkeys(text for key, label in words for text in (key, *label.values()))
    yield Finding(
        RULES["GR217"],
        at,
        {"result": override.result, "id": override.of, "known": known},
        near=(override.result, list(named)),
    )


def _shown(end: Fraction | None, rounding: Rounding) -> str:
    if end is None:
        return "…"
    number = end * 100 if rounding.percent else end
    return f"{float(number):g}{' %' if rounding.percent else ''}"
