"""What can be wrong in bands: that they do not rise, leave gaps, overlap, or that values have no band."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from granskning.findings import Finding, Pointer, Words
from granskning.i18n import N_
from granskning.workspace.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.findings import Path
    from granskning.method import Band, Rounding


def check_bands(  # noqa: PLR0913  # what bands are held against, by name
    bands: Sequence[Band], path: Path, file: str, least: Any, *, shown: Rounding, is_whole: bool
) -> Iterator[Finding]:
    """Yield what is wrong in the bands of one step. `least` is the least value that can occur, where that is known.

    A band's own end is held against the start of the next. Ends such as 49 before 50 leave no gap where results are
    whole numbers (`is_whole`), or are shown as such.
    """
    for number, (one, other) in enumerate(pairwise(bands), start=1):
        if other.start < one.start or (other.start == one.start and not (other.above and not one.above)):
            yield _finding(file, (*path, number), N_("the bound is not above the one before"))
        elif one.end is not None:
            unit = Fraction(1) if is_whole else 1 / _unit(shown)
            if one.end > other.start or (one.end == other.start and one.includes_end and not other.above):
                yield _finding(file, (*path, number), N_("it overlaps with the one before"))
            elif other.start - one.end > (unit if one.includes_end else 0) or (
                one.end == other.start and not one.includes_end and other.above
            ):
                yield _finding(file, (*path, number), N_("there is a gap after the one before"))
    if bands and least is not None:
        first = bands[0]
        if first.start > least or (first.above and first.start == least):
            yield _finding(file, (*path, 0), N_("values below the first bound have no band"))
    if bands and bands[0].requires:
        yield _finding(file, (*path, 0), N_("the first band has requirements, so some values would have no band"))


def _unit(rounding: Rounding) -> Fraction:
    return Fraction(10**rounding.decimals * (100 if rounding.percent else 1))


def _finding(file: str, path: Path, problem: str) -> Finding:
    return Finding(RULES["GR405"], Pointer(file, path), {"problem": Words(problem)})
