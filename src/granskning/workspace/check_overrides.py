"""What can be wrong in the decided values of a review: that they name no result, or one that the result cannot have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.findings import Finding, Pointer
from granskning.method import CHOOSING, DECIDING, number_of
from granskning.workspace.dates import impossible_dates
from granskning.workspace.near import nearest
from granskning.workspace.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings import Path
    from granskning.method import Step
    from granskning.model import CriteriaSet, Override, Review

TOTAL = "total"
"""What a decided value calls the whole."""


def check_overrides(review: Review, criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what is wrong, value by value."""
    targets = {target.id: target for target in criteria.all_targets} if review.overrides else {}
    for number, one in enumerate(review.overrides):
        path: Path = ("overrides", number)
        yield from impossible_dates(review.file, (*path, "date"), one.date)
        if one.of != TOTAL and one.of not in targets:
            near = nearest(one.of, [*targets, TOTAL])
            values = {"id": one.of, "known": ", ".join(targets)}
            yield Finding(RULES["GR216"], Pointer(review.file, (*path, "of")), values, suggestion=near)
            continue
        step = criteria.scoring.targets if one.of == TOTAL else criteria.step_of(targets[one.of])
        yield from _check_result(one, step, criteria, Pointer(review.file, (*path, "result")))


def _check_result(one: Override, step: Step, criteria: CriteriaSet, at: Pointer) -> Iterator[Finding]:
    """A number is possible wherever there are numbers; words must be levels or bands."""
    words = [band.id for band in step.bands]
    if step.method in DECIDING:
        words += [level.key for level in criteria.scales[step.scale or ""].levels]
    elif step.method in CHOOSING:
        words += [level.key for scale in criteria.scales.values() for level in scale.levels]
    is_number = number_of(one.result) is not None and step.method not in DECIDING
    if one.result not in words and not is_number:
        near = nearest(one.result, words)
        values = {"result": one.result, "id": one.of, "known": ", ".join(dict.fromkeys(words)) or "–"}
        yield Finding(RULES["GR217"], at, values, suggestion=near)
