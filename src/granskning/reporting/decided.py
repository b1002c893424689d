"""What was decided or published beside the computed: both values, side by side, with reason, role and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.method import number_of
from granskning.reporting.blocks.marks import DecidedRow
from granskning.reporting.wording.material import at_target
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from granskning.model.decision import Override
    from granskning.reporting.wording.material import Material
    from granskning.scoring.results.card import Score

WHOLE = "total"
"""How an override names the whole."""


def make_decided(case: Material, place: str | None = None) -> tuple[DecidedRow, ...]:
    """Every decided value, or those of one target."""
    return tuple(_row(case, one) for one in case.card.overrides if place is None or one.of == place)


def _row(case: Material, one: Override) -> DecidedRow:
    t, words = case.t, case.words
    place = TOTAL if one.of == WHOLE else one.of
    score = case.card.total if place == TOTAL else next((x.score for x in case.card.targets if x.id == place), None)
    computed = t("not computed")
    if score is not None:
        computed, band = words.result(score, place), words.band(score, place)
        computed = computed if band == "–" else t("{result}, {band}", result=computed, band=band)
    date = t.date(one.date)
    return DecidedRow(
        of=t("Overall") if place == TOTAL else f"{case.numbers[place]} {words.title(place)}",
        anchor="" if place == TOTAL else at_target(place),
        computed=computed,
        decided=_decided(case, one.result, score, place),
        reason=one.reason,
        who=t("{role}, {date}", role=one.role, date=date) if date else one.role,
    )


def _decided(case: Material, result: str, score: Score | None, place: str) -> str:
    """The decided result: a band or a level by its words, or a number in the reader's digits."""
    words = case.words
    if score is None:
        return words.number(result)
    label = next((case.t.text(band.label) for band in score.step.bands if band.id == result), "")
    if label:
        return label
    if number_of(result) is not None and not words.is_word(score):
        return words.number(result)
    return words.outcome(result, score, place)
