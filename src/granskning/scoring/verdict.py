"""Whether a verdict may be given: the demands that a set makes on coverage and on reading."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from granskning.model.review import READING_DEPTHS
from granskning.scoring.results.card import Verdict

if TYPE_CHECKING:
    from granskning.model.method import Scoring
    from granskning.scoring.results.card import Score


def make_verdict(depth: str, total: Score, scoring: Scoring) -> Verdict:
    """Whether the set's demands for a verdict are met by what was assessed and read."""
    coverage = Fraction(total.assessed, total.applicable) if total.applicable else Fraction(1)
    missing: list[Literal["coverage", "reading_depth", "nothing_assessed"]] = []
    if total.assessed == 0:
        missing.append("nothing_assessed")
    if coverage < scoring.coverage:
        missing.append("coverage")
    if READING_DEPTHS.index(depth) < READING_DEPTHS.index(scoring.reading_depth):
        missing.append("reading_depth")
    return Verdict(
        given=not missing,
        missing=tuple(missing),
        coverage=coverage,
        coverage_required=scoring.coverage,
        reading_depth=depth,
        reading_depth_required=scoring.reading_depth,
    )
