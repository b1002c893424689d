"""What stands between a sum and the result: basic demands, bands with demands of their own, bounds."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.reporting.conditions import describe_all
from granskning.reporting.procedure import parts_of

if TYPE_CHECKING:
    from granskning.reporting.material import Material
    from granskning.scoring.results.card import Score
    from granskning.scoring.results.explanation import StepExplanation


def make_notes(case: Material, node: StepExplanation, score: Score) -> tuple[str, ...]:
    """The sentences under a table that can be redone."""
    notes = [_held_down(case, node, score), outer_words(case, score), *_shrunk(case, node), *_band(case, node, score)]
    return tuple(note for note in notes if note)


def outer_words(case: Material, score: Score) -> str:
    """That an interval is an outer one, in words."""
    if score.bounds == "exact":
        return ""
    return case.t(
        "The bounds are outer: the result is at least so low and at most so high that it cannot go beyond them, but it"
        " may not go quite as far."
    )


def _held_down(case: Material, node: StepExplanation, score: Score) -> str:
    """That the result is another than the parts alone would give."""
    t = case.t
    bare, held = node.ungated, node.result
    if all((one.value, one.rank) == (other.value, other.rank) for one, other in zip(bare, held, strict=True)):
        return ""
    result = case.words.result(score, node.id)
    if node.has_gates:
        return t("With the basic demand the result is {result}.", result=result)
    return t(
        "The parts cannot all be at their lowest, or all at their highest, at once. Tried together they give {result}.",
        result=result,
    )


def _shrunk(case: Material, node: StepExplanation) -> list[str]:
    """Where the bands begin, since questions are not applicable."""
    left, least = node.shrunk, node.least
    if left is None or left[1] == 1 or not node.step.bands:
        return []
    bottom = Fraction(least) if isinstance(least, int | Fraction) else Fraction(0)
    starts = [bottom + (band.start - left[0]) * left[1] for band in node.step.bands]
    told = [f"{case.t.text(band.label)} {case.words.bound(start, node.step)}"
            for band, start in zip(node.step.bands, starts, strict=True)]  # fmt: skip
    return [
        case.t("Since questions are not applicable, the bands begin at: {bands}.", bands=case.t.series(told)),
    ]


def _band(case: Material, node: StepExplanation, score: Score) -> list[str]:
    """The band, and what kept it from being the one that the number alone would give."""
    t, step = case.t, node.step
    if not step.bands or score.low_band is None:
        return []
    said = [t("Band: {band}.", band=case.words.band(score, node.id))]
    alone = node.band_alone if score.value is not None else None
    demands = {band.id: band for band in step.bands}
    if alone is not None and alone != score.band and demands[alone].requires:
        held = demands[alone]
        clause = describe_all(held.requires, t, case.words.names(node.id), parts_of(case, node.id))
        said.append(
            t(
                "The number alone would give {band}, but that takes that {condition}.",
                band=t.text(held.label),
                condition=clause,
            )
        )
    return [" ".join(said)]
