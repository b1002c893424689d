"""What can be wrong in bands: that they do not rise, leave gaps, overlap, or that values have no band."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer, Words
from granskning.findings.rules import RULES
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.findings.finding import Path
    from granskning.model.method import Band, Rounding


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
