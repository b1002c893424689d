"""Scales that a calculation takes otherwise than people read them: of other lengths, with equal points, too coarse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.model.method import CALCULATING, CHOOSING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction
    from typing import Any

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.workspace.checks.check_views import PartView, StepPlace, Views

_LAYING_TOGETHER = CHOOSING | {"mean"}
"""The methods that take a number from one part for as much as the same number from another."""


def check_lengths(
    values: Mapping[str, Any], criteria: CriteriaSet, places: Sequence[StepPlace], seen: Views
) -> Iterator[Finding]:
    """Yield the steps that lay together what is not alike, and the levels that count as the same."""
    placed: set[Path] = set()
    for place in places:
        at = (*place.path, "method")
        views = [seen.parts[name] for name in place.parts]
        spans = _spans(views)
        goes_nowhere = place.target is not None and place.target.weight == 0  # asked and shown, and counted in nothing
        if (
            at not in placed
            and not goes_nowhere
            and place.step.method in _LAYING_TOGETHER
            and len({end - start for start, end in spans}) > 1
        ):
            placed.add(at)
            shown = "; ".join(f"{_plain(low)}–{_plain(high)}: {name}" for (low, high), name in spans.items())
            yield Finding(RULES["GR466"], Pointer(criteria.file, at), {"method": place.step.method, "scales": shown})
        is_lifted = place.step.method == "weakest" and place.step.step_up is not None and place.step.scale is None
        at = (*place.path, "step_up")
        if is_lifted and at not in placed and len({view.keys for view in views}) == 1 and views[0].keys:
            placed.add(at)
            yield Finding(RULES["GR467"], Pointer(criteria.file, at, key=True))
    yield from _equal_points(values, criteria, places, seen)


def _spans(views: Sequence[PartView]) -> dict[tuple[Fraction, Fraction], str]:
    """The ends of the parts' numbers, each with the first part that has them; none where some are not known.

    Parts that share their levels are compared level by level.
    """
    if len({view.keys for view in views}) == 1 and views[0].keys:
        return {}
    spans: dict[tuple[Fraction, Fraction], str] = {}
    for view in views:
        if not view.numbers or view.least is None or view.most is None:
            return {}
        spans.setdefault((view.least, view.most), view.id)
    return spans


def _equal_points(
    values: Mapping[str, Any], criteria: CriteriaSet, places: Sequence[StepPlace], seen: Views
) -> Iterator[Finding]:
    """Two levels of a scale with the same points, where a step calculates with them."""
    counted = {
        seen.held[name].scale
        for place in places
        if place.step.method in CALCULATING
        for name in place.parts
        if name in seen.held
    }
    for path, name in _scale_paths(values):
        first: dict[Fraction, str] = {}
        for number, level in enumerate(criteria.scales[name].steps if name in counted else ()):
            if level.points is None:
                continue
            other = first.setdefault(level.points, level.key)
            if other != level.key:
                shown = {"level": level.key, "other": other, "points": _plain(level.points)}
                yield Finding(RULES["GR468"], Pointer(criteria.file, (*path, number)), shown)


def _scale_paths(values: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """The lists of levels in the file, with the name of each scale as questions know it."""
    if "scale" in values:
        yield ("scale",), ""
    for number, scale in enumerate(values.get("scales", ())):
        if "levels" in scale:
            yield ("scales", number, "levels"), scale["id"]
            if number == 0 and "scale" not in values:
                yield ("scales", number, "levels"), ""


def _plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):g}"
