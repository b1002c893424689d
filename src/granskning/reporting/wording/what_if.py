"""What would change the verdict: the smallest sets of answers, the weights, and what the result stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.reporting.blocks.grids import Cell, Grid, Head
from granskning.reporting.wording.material import at_question, at_target
from granskning.scoring.results.card import TOTAL
from granskning.wordings import capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.reporting.wording.material import Material
    from granskning.scoring.results.card import Score
    from granskning.scoring.sensitivity import Change, Sensitivity, Variation, WeightChange

_MANY_ROWS = 20


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What one result hangs on."""

    title: str
    """Empty where there is only one."""
    now: str
    sets: tuple[tuple[str, tuple[str, ...]], ...]
    """Sets of answers, with the sentence that goes before them."""
    notes: tuple[str, ...]
    weights: Grid | None
    variations: Grid | None


def make_what_ifs(case: Material) -> tuple[WhatIf, ...]:
    """One for the whole or, in a profile, one for each target."""
    return tuple(_what_if(case, one) for one in case.sensitivity)


def _what_if(case: Material, one: Sensitivity) -> WhatIf:
    title = f"{case.numbers[one.place]} {case.words.title(one.place)}" if one.place != TOTAL else ""
    score = _score(case, one.place)
    sets, notes = _sets(case, one, score)
    return WhatIf(
        title=title,
        now=_now(case, one, score),
        sets=sets,
        notes=notes,
        weights=_weights(case, one, score),
        variations=_variations(case, one, score),
    )


def _score(case: Material, place: str) -> Score:
    if place == TOTAL:
        return case.card.total
    return next(one.score for one in case.card.targets if one.id == place)


def _now(case: Material, one: Sensitivity, score: Score) -> str:
    t, words = case.t, case.words
    result = words.result(score, one.place)
    if one.verdict is not None:
        verdict = words.verdict(one.verdict, score, one.place)
        if verdict == result:
            return t("The result is {result}.", result=result)
        return t("The result is {result}, {verdict}.", result=result, verdict=verdict)
    if score.standing == "interval":
        return t("The result is {result}. It is not settled which verdict that is, so no sets of answers are told.",
                 result=result)  # fmt: skip
    return t("The result is {result}.", result=result)


def _sets(
    case: Material, one: Sensitivity, score: Score
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
    """The smallest sets of answers up and down, and that there are none where there are none."""
    t = case.t
    if one.verdict is None:
        return (), ()
    sets, notes = [], []
    for is_up in (True, False):
        found = [change for change in one.changes if change.is_up == is_up]
        if found:
            sets.append((_before(case, found, is_up=is_up), tuple(_change(case, one, x, score) for x in found)))
        else:
            notes.append(_none(case, one, score, is_up=is_up))
    if one.changes and not one.is_complete:
        notes.append(t("There may be more such sets than were tried."))
    return tuple(sets), tuple(notes)


def _before(case: Material, found: Sequence[Change], *, is_up: bool) -> str:
    t, size = case.t, len(found[0].answers)
    if is_up:
        if size == 1:
            return t("A single answer is enough for a higher verdict:")
        return t("For a higher verdict {size} answers must change together:", size=t.whole(size))
    if size == 1:
        return t("A single answer is enough for a lower verdict:")
    return t("For a lower verdict {size} answers must change together:", size=t.whole(size))


def _none(case: Material, one: Sensitivity, score: Score, *, is_up: bool) -> str:
    t, scale = case.t, case.explained[one.place].scale
    verdicts = [band.id for band in score.step.bands] or (list(scale.keys) if scale else [])
    if verdicts and one.verdict == verdicts[-1 if is_up else 0]:
        return t("There is no higher verdict.") if is_up else t("There is no lower verdict.")
    if one.is_complete:
        if is_up:
            return t("No one, two or three answers that were judged higher would give a higher verdict.")
        return t("No one, two or three answers that were judged lower would give a lower verdict.")
    if is_up:
        return t("No higher verdict was found among the sets of answers that were tried.")
    return t("No lower verdict was found among the sets of answers that were tried.")


def _change(case: Material, one: Sensitivity, change: Change, score: Score) -> str:
    """Which answers would move, from what to what, and the verdict then."""
    t = case.t
    moves = []
    for name, key in change.answers:
        criterion = case.criterion(name)
        old = case.answer(name).level
        before = _level(case, criterion.scale, old) if old is not None else "–"
        moves.append(t("question {number} from {before} to {after}", number=case.numbers[name], before=before,
                       after=_level(case, criterion.scale, key)))  # fmt: skip
    verdict = case.words.verdict(change.verdict, score, one.place)
    return capital(t("{moves}: the verdict becomes {verdict}", moves=t.series(moves), verdict=verdict))


def _level(case: Material, scale: str, key: str) -> str:
    return case.words.level(key, scale).level


def _weights(case: Material, one: Sensitivity, score: Score) -> Grid | None:
    """The weights at which the verdict turns, the nearest first."""
    t = case.t
    if not one.weights:
        return None
    heads = (
        Head(t("Part")), Head(t("Weight now"), 15, number=True), Head(t("Turns at"), 15, number=True),
        Head(t("Verdict then"), 26),
    )  # fmt: skip
    rows = tuple(
        (
            _name(case, change.id),
            Cell(t.number(case.plan_weight(change.id))),
            Cell(_turn(case, change)),
            Cell(case.words.verdict(change.verdict, score, one.place)),
        )
        for change in one.weights
    )
    return Grid(t("Weights that would change the verdict"), heads, rows)


def _turn(case: Material, change: WeightChange) -> str:
    return case.t.number(change.weight) if change.weight.denominator == 1 else case.t.number(change.weight, 2)


def _variations(case: Material, one: Sensitivity, score: Score) -> Grid | None:
    """The result under other weights and without each question."""
    t = case.t
    shown = list(one.variations)
    after: tuple[str, ...] = ()
    if len(shown) > _MANY_ROWS:
        shown = [each for each in shown if _differs(case, one.place, each, score)]
        left = len(one.variations) - len(shown)
        after = (t.plural("{count} row in which nothing changes is left out.",
                          "{count} rows in which nothing changes are left out.", left),) if left else ()  # fmt: skip
    if not one.variations:
        return None
    weighed = any(each.lighter is not None for each in shown)
    heads = [Head(t("Part"))]
    if weighed:
        heads += [Head(t("Weight −25 %"), 21, number=True), Head(t("Weight +25 %"), 21, number=True)]
    heads.append(Head(t("Without the question"), 23, number=True))
    rows = []
    for each in shown:
        told = (each.lighter, each.heavier, each.left_out) if weighed else (each.left_out,)
        rows.append((_name(case, each.id), *(Cell(_told(case, one.place, score) if score else "–") for score in told)))
    return Grid(t("The result under other weights, and without each question"), tuple(heads), tuple(rows), after=after)


def _told(case: Material, place: str, score: Score) -> str:
    result, band = case.words.result(score, place), case.words.band(score, place)
    return result if band == "–" else f"{result}, {band}"


def _differs(case: Material, place: str, each: Variation, score: Score) -> bool:
    now = _told(case, place, score)
    others = (each.lighter, each.heavier, each.left_out)
    return any(one is not None and _told(case, place, one) != now for one in others)


def _name(case: Material, name: str) -> Cell:
    number = case.numbers[name]
    if name in case.explained:
        return Cell(f"{number} {case.words.title(name)}", anchor=at_target(name))
    return Cell(case.t("Question {number}", number=number), anchor=at_question(name))
