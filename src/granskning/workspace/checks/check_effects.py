"""What a set declares in vain: keys that nothing looks at, bands and counts that never come about, ladders that fall.

None of it hinders a result, so all of it is warnings; most often a number was meant otherwise, such as 50 for 50 %.

What can be wrong in bands: that they do not rise, leave gaps, overlap, or that values have no band.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.model.method import key_of, number_of, tells_share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import Band, Rounding
    from granskning.workspace.checks.check_views import StepPlace, Views

_OF = frozenset({("mean", "answers"), ("mean", "results"), ("median", "answers"), ("median", "results")})
_OF |= {("pooled", "answers")}
"""What reviewers' results are made of, where that has a say or is at least true."""


def check_effects(
    values: Mapping[str, Any], criteria: CriteriaSet, places: Sequence[StepPlace], seen: Views
) -> Iterator[Finding]:
    """Yield what has no effect. `values` is what stands under `scoring`."""
    file = criteria.file
    yield from _check_keys(values, criteria, places)
    for place in places:
        if place.step.method == "ladder":
            yield from _check_ladder(place, seen, file)
    if criteria.scoring.reviewers != "pooled":  # then every question has as many answers as there are reviewers
        yield from _check_counts(places, criteria, file)


def _check_keys(values: Mapping[str, Any], criteria: CriteriaSet, places: Sequence[StepPlace]) -> Iterator[Finding]:
    def idle(path: Path, problem: str) -> Finding:
        shown = {"name": path[-1], "problem": Words(problem)}
        return Finding(RULES["GR438"], Pointer(criteria.file, path, key=True), shown)

    reviewers = values.get("reviewers") or {}
    if "of" in reviewers and (reviewers["method"], reviewers["of"]) not in _OF:
        yield idle(("scoring", "reviewers", "of"), N_("it belongs to the methods mean and median"))
    if "subtargets" in values and not any(target.targets for target in criteria.all_targets):
        yield idle(("scoring", "subtargets"), N_("no target has targets of its own"))
    for place in places:
        if "bands_on" in place.values and not place.step.bands:
            yield idle((*place.path, "bands_on"), N_("the step has no bands"))
        if place.target is None and "passes_on" in place.values and place.step.method != "none":
            yield idle((*place.path, "passes_on"), N_("nothing comes after the whole"))
    yield from _check_absences(criteria, places)


def _check_absences(criteria: CriteriaSet, places: Sequence[StepPlace]) -> Iterator[Finding]:
    """That a step that says what absence means has parts of its own to say it of, in some place where it is used."""
    effective = {place.path for place in places if _looks_at_absence(place)}
    for place in places:
        for key in ("not_applicable", "insufficient_evidence"):
            if key in place.values and place.path not in effective:
                over = place.step.over == "criteria"
                problem = (
                    N_("the step looks past the targets, at questions that count as their own targets say")
                    if over
                    else N_("the step makes no result, and has no questions of its own")
                )
                shown = {"name": key, "problem": Words(problem)}
                yield Finding(RULES["GR438"], Pointer(criteria.file, (*place.path, key), key=True), shown)


def _looks_at_absence(place: StepPlace) -> bool:
    """Whether what the step says of absence is looked at: of its own questions, or of targets that it makes one of."""
    if place.target is not None and place.target.criteria:
        return True
    return place.step.over == "parts" and place.step.method != "none"


def _check_ladder(place: StepPlace, seen: Views, file: str) -> Iterator[Finding]:
    """That each step of a ladder gives more than the one below it."""
    scale = seen.scale(place.step)
    order = [level.key for level in scale.levels] if scale else []
    given = [key_of(one["gives"]) for one in place.values.get("steps", ())]
    first = [] if place.step.otherwise is None else [place.step.otherwise]
    if all(key in order for key in (*first, *given)):
        for number, (one, other) in enumerate(pairwise([*first, *given]), start=1 - len(first)):
            if order.index(other) <= order.index(one):
                at = Pointer(file, (*place.path, "steps", number, "gives"))
                yield Finding(RULES["GR435"], at, {"level": other, "below": one})


def _check_counts(places: Sequence[StepPlace], criteria: CriteriaSet, file: str) -> Iterator[Finding]:
    """That no count asks for more parts than there are in any of the places that share its step."""
    critical = frozenset(one.id for one in criteria.criteria if one.critical)
    classes = {one.id: one.class_ for one in criteria.criteria}
    shared: dict[Path, list[StepPlace]] = {}
    for place in places:
        shared.setdefault(place.path, []).append(place)
    for held in shared.values():
        for path, raw in _counts(held[0].values, held[0].path):
            there = max(_counted(raw["count"] or {}, place, critical, classes) for place in held)
            for key, spare in (("at_least", 0), ("exactly", 0), ("more_than", 1)):
                amount = str(raw.get(key, ""))
                number = None if tells_share(amount) else number_of(amount)
                if number is not None and there and number + spare > there:
                    told = {"count": there, "amount": amount}
                    yield Finding(RULES["GR437"], Pointer(file, (*path, key)), told)


def _counted(what: dict[str, Any], place: StepPlace, critical: frozenset[str], classes: Mapping[str, str]) -> int:
    """How many of a step's parts a count looks at."""
    critical = frozenset(place.step.critical) or critical
    wanted = what.get("class", [])
    wanted = {wanted} if isinstance(wanted, str) else frozenset(wanted)
    parts = frozenset(what.get("parts") or ())
    return sum(
        (not parts or name in parts)
        and (not wanted or classes.get(name) in wanted)
        and ("critical" not in what or (name in critical) == what["critical"])
        for name in place.parts
    )


def _counts(raw: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every condition that counts, in what stands at a path, with its own path."""
    if isinstance(raw, list):
        for number, one in enumerate(raw):
            yield from _counts(one, (*path, number))
    elif isinstance(raw, dict):
        if "count" in raw:
            yield path, raw
        for key, one in raw.items():
            if key != "count":
                yield from _counts(one, (*path, key))


def check_bands(  # noqa: PLR0913  # what bands are held against, by name
    bands: Sequence[Band],
    raw: Sequence[dict[str, Any]],
    path: Path,
    file: str,
    least: Fraction | None,
    *,
    shown: Rounding,
    is_whole: bool,
) -> Iterator[Finding]:
    """Yield what is wrong in the bands of one step. `least` is the least value that can occur, where that is known.

    A band's own end is held against the start of the next. Ends such as 49 before 50 leave no gap where results are
    whole numbers (`is_whole`), or are shown as such.
    """
    faults = [*_keys(raw, path, file)]
    yield from faults
    if faults or not bands:
        return
    unit = Fraction(1) if is_whole else 1 / _unit(shown)
    starts: list[Path] = [(*path, number, "from" if "from" in band else "above") for number, band in enumerate(raw)]
    yield from _check_order(bands, starts, file, unit)
    if bands[-1].end is not None and bands[-1].end < bands[-1].start:
        at = (*path, len(bands) - 1, "to" if "to" in raw[-1] else "below")
        yield _finding(file, at, N_("it ends before it begins"))
    first = bands[0]
    if least is not None and (first.start > least or (first.above and first.start == least)):
        yield _finding(file, starts[0], N_("values below the first bound have no band"))
    if first.requires:
        problem = N_("the first band has requirements, so some values would have no band")
        yield _finding(file, (*path, 0, "requires"), problem)


def _check_order(bands: Sequence[Band], starts: Sequence[Path], file: str, unit: Fraction) -> Iterator[Finding]:
    """Each band against the next. `unit` is the least that two results can differ by, as far as is looked at."""
    for number, (one, other) in enumerate(pairwise(bands), start=1):
        if other.start < one.start or (other.start == one.start and not (other.above and not one.above)):
            yield _finding(file, starts[number], N_("the bound is not above the one before"))
        elif one.end is not None:
            if one.end > other.start or (one.end == other.start and one.includes_end and not other.above):
                yield _finding(file, starts[number], N_("it overlaps with the one before"))
            elif other.start - one.end > (unit if one.includes_end else 0) or (
                one.end == other.start and not one.includes_end and other.above
            ):
                yield _finding(file, starts[number], N_("there is a gap after the one before"))


def _keys(raw: Sequence[dict[str, Any]], path: Path, file: str) -> Iterator[Finding]:
    for number, band in enumerate(raw):
        if ("from" in band) == ("above" in band):
            yield _finding(file, (*path, number), N_("a band begins with from or above, one of them"))
        elif "to" in band and "below" in band:
            yield _finding(file, (*path, number), N_("a band ends with to or below, one of them"))


def _unit(rounding: Rounding) -> Fraction:
    return Fraction(10**rounding.decimals * (100 if rounding.percent else 1))


def _finding(file: str, path: Path, problem: str) -> Finding:
    return Finding(RULES["GR405"], Pointer(file, path), {"problem": Words(problem)})
