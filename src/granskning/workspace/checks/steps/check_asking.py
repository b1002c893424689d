"""What can be wrong in what a question is asked by: other questions, their levels, circles.

A criteria set in, findings out. Steps and results are not looked at: what is asked is settled before any of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer, Words
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.model.asking import named_in
from granskning.workspace.checks.check_conditions import Parts, check_conditions
from granskning.workspace.checks.check_views import Views
from granskning.workspace.checks.cycles import find_circle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet


def check_asking(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what is wrong in a set whose names and scales are sound."""
    asking = [criterion for criterion in criteria.criteria if criterion.asked_if is not None]
    if not asking:
        return
    seen, file = Views(criteria), criteria.file
    views = {name: seen.parts[name] for name in seen.held}
    for criterion in asking:
        path = (*seen.paths[criterion.id], "asked_if")
        raw = _at(values, path)
        counted = list(_counts(raw, path))
        for inside in counted:
            problem = Words(N_("what is asked depends on single answers, and not on how many there are"))
            yield Finding(RULES["GR425"], Pointer(file, inside, key=True), {"problem": problem})
        if not counted:
            yield from check_conditions(raw, file, path, Parts(views=views, own=()))
    known = {one.id: one for one in criteria.criteria}
    circle = find_circle({
        one.id: [name for name in named_in(one.asked_if) if name in known]
        for one in asking if one.asked_if is not None
    })  # fmt: skip
    if circle:
        at = Pointer(file, (*seen.paths[circle[0]], "asked_if"), key=True)
        yield Finding(RULES["GR424"], at, {"circle": " → ".join([*circle, circle[0]])})


def _counts(raw: Any, path: Path) -> Iterator[Path]:
    """Where a condition counts."""
    if isinstance(raw, list):
        for number, one in enumerate(raw):
            yield from _counts(one, (*path, number))
    elif isinstance(raw, dict):
        if "count" in raw:
            yield (*path, "count")
        for key, one in raw.items():
            if key != "count":
                yield from _counts(one, (*path, key))


def _at(values: Any, path: Path) -> Any:
    for step in path:
        values = values[step]
    return values
