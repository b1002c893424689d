"""What can be wrong in the decided values of a review: that they name no result, or one that the result cannot have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import nearest
from granskning.model.method import DECIDING, number_of
from granskning.workspace.check_views import Views
from granskning.workspace.dates import impossible_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.decision import Override
    from granskning.model.method import Step
    from granskning.model.review import Review
    from granskning.workspace.check_views import PartView

TOTAL = "total"
"""What a decided value calls the whole."""


def check_overrides(review: Review, criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what is wrong, value by value."""
    if not review.overrides:
        return
    seen = Views(criteria)
    targets = seen.targets
    for number, one in enumerate(review.overrides):
        path: Path = ("overrides", number)
        yield from impossible_dates(review.file, (*path, "date"), one.date)
        if one.of != TOTAL and one.of not in targets:
            near = nearest(one.of, [*targets, TOTAL])
            values = {"id": one.of, "known": ", ".join(targets)}
            yield Finding(RULES["GR216"], Pointer(review.file, (*path, "of")), values, suggestion=near)
            continue
        target = targets.get(one.of)
        step = criteria.scoring.targets if target is None else criteria.step_of(target)
        view = seen.outcome(one.of, step, seen.below(target, step))
        yield from _check_result(one, step, view, Pointer(review.file, (*path, "result")))


def _check_result(one: Override, step: Step, view: PartView, at: Pointer) -> Iterator[Finding]:
    """A number is possible beside a number and beside a profile; words must be levels or bands."""
    words = [*view.keys, *view.bands]
    may_be_number = step.method == "none" or (view.numbers and step.method not in DECIDING)
    if one.result not in words and not (may_be_number and number_of(one.result) is not None):
        near = nearest(one.result, words)
        values = {"result": one.result, "id": one.of, "known": ", ".join(dict.fromkeys(words)) or "–"}
        yield Finding(RULES["GR217"], at, values, suggestion=near)
