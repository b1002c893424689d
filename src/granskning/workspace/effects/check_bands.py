"""Bands that no result ever comes to: they begin above the most, end at the least, or lie between two results.

A gate caps at what the result can have (GR416), so it brings none below the least or between two levels. A band is also
where a result falls when the bands above it ask for more than the number, so those never hide it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.model.method import CHOOSING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import Band
    from granskning.workspace.checks.check_views import StepPlace, Views

_AS_LEVELS = (None, "none", "consensus")
"""How reviewers' answers come to one that never gives a number between two levels."""


def check_bands(criteria: CriteriaSet, places: Sequence[StepPlace], seen: Views) -> Iterator[Finding]:
    """Yield every band that none of the steps which have it can come to."""
    lists: dict[Path, list[StepPlace]] = {}
    for place in places:
        if place.step.bands and place.step.method != "none":
            path = (*place.path, "bands") if "bands" in place.values else ("scoring", "bands")
            lists.setdefault(path, []).append(place)
    for path, sharing in lists.items():
        if not any(place.step.bands_on == "rounded" for place in sharing):
            yield from _check(criteria, path, sharing, seen)


def _check(criteria: CriteriaSet, path: Path, sharing: Sequence[StepPlace], seen: Views) -> Iterator[Finding]:
    bands = sharing[0].step.bands
    ends = [seen.ends(place.step, place.parts) for place in sharing]
    most = [end for _, end in ends]
    highest = None if None in most else max(end for end in most if end is not None)
    for number, band in enumerate(bands):
        at = Pointer(criteria.file, (*path, number, "above" if band.above else "from"))
        if highest is not None and not _is_passed(band, highest):
            yield Finding(RULES["GR436"], at, {"id": band.id, "most": _shown(highest)})
        elif not any(
            _may_come_to(number, place, least, criteria, seen) for place, (least, _) in zip(sharing, ends, strict=True)
        ):
            yield Finding(RULES["GR476"], at, {"id": band.id})


def _is_passed(band: Band, value: Fraction) -> bool:
    """Whether a value is at or beyond where a band begins."""
    return value > band.start or (value == band.start and not band.above)


def _may_come_to(number: int, place: StepPlace, least: Fraction | None, criteria: CriteriaSet, seen: Views) -> bool:
    """Whether a result of the step can be in the band of that number, as far as that is known."""
    band, above = place.step.bands[number], place.step.bands[number + 1 :]
    if place.step.not_applicable[0] == "shrink_bounds":  # where the band begins moves with what does not apply
        return True
    levels = _levels(place, criteria, seen)
    if levels is not None:
        return any(_is_passed(band, level) and not _is_beyond(above, level) for level in levels)
    if least is None:
        return True
    return not _is_beyond(above, max(least, band.start)) or (band.above and band.start >= least)


def _is_beyond(bands: Sequence[Band], value: Fraction) -> bool:
    """Whether a value is in one of these bands for certain, since that asks for no more than the number."""
    return any(_is_passed(band, value) and not band.requires for band in bands)


def _levels(place: StepPlace, criteria: CriteriaSet, seen: Views) -> frozenset[Fraction] | None:
    """The numbers that a step gives which takes one of its levels as it is; None for any other step."""
    step, parts = place.step, [seen.held.get(name) for name in place.parts]
    takes_one = step.method in CHOOSING and step.even != "mean"
    if not takes_one or step.scale or step.points or step.step_up or step.step_down or criteria.scoring.normalise:
        return None
    if criteria.scoring.reviewers not in _AS_LEVELS or any(part is None for part in parts):
        return None
    numbers: set[Fraction] = set()
    for part in parts:
        if part is None or (part.not_applicable_means or step.not_applicable)[0] != "exclude":
            return None
        scale = criteria.scale_of(part)
        points = [level.points for level in scale.levels]
        if scale.is_range or None in points:
            return None
        numbers |= {Fraction(point) for point in points if point is not None}
    return frozenset(numbers)


def _shown(number: Fraction) -> float | int:
    return float(number) if number.denominator > 1 else int(number)
