"""What would change the verdict: the smallest sets of answers, the weights, and what the result stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.report_context import at_question, at_target
from granskning.scoring.results.card import TOTAL
from granskning.wordings import capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import Score
    from granskning.scoring.sensitivity import AnswerSwap, Sensitivity, Variation, WeightChange

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


def make_what_ifs(context: Material) -> tuple[WhatIf, ...]:
    """One for the whole or, in a profile, one for each target."""
    return tuple(_what_if(context, sensitivity_row) for sensitivity_row in context.sensitivity)


def sensitivity_lines(context: Material) -> tuple[str, ...]:
    """What each result hangs on, in a sentence or two: how many answers, and which, would change its verdict."""
    return tuple(line for sensitivity in context.sensitivity if (line := _line(context, sensitivity)))


def _line(context: Material, sensitivity: Sensitivity) -> str:
    t, score = context.t, _score(context, sensitivity.place)
    if sensitivity.verdict is None:
        return ""
    name = t("Overall") if sensitivity.place == TOTAL else (
        f"{context.numbers[sensitivity.place]} {context.words.title(sensitivity.place)}")  # fmt: skip
    told = []
    for is_up in (True, False):
        changes = [change for change in sensitivity.changes if change.is_up == is_up]
        none = "" if changes else _none(context, sensitivity, score, is_up=is_up)
        told.append(none or _needed(context, changes, is_up=is_up))
    return t("{name}: {sentences}", name=name, sentences=" ".join(told))


def _needed(context: Material, changes: Sequence[AnswerSwap], *, is_up: bool) -> str:
    """How many answers it takes, and among which questions."""
    t, size = context.t, len(changes[0].answers)
    names = dict.fromkeys(name for change in changes for name, _ in change.answers)
    numbers = t.series([context.numbers[name] for name in names])
    if len(names) == 1:
        return (t("A higher verdict takes another answer to {number}.", number=numbers) if is_up
                else t("A lower verdict takes another answer to {number}.", number=numbers))  # fmt: skip
    if size == 1:
        return (t("A higher verdict takes another answer to one of {numbers}.", numbers=numbers) if is_up
                else t("A lower verdict takes another answer to one of {numbers}.", numbers=numbers))  # fmt: skip
    words = {"size": t.whole(size), "numbers": numbers}
    return (t("A higher verdict takes {size} other answers together, among {numbers}.", **words) if is_up
            else t("A lower verdict takes {size} other answers together, among {numbers}.", **words))  # fmt: skip


def _what_if(context: Material, sensitivity: Sensitivity) -> WhatIf:
    title = (
        f"{context.numbers[sensitivity.place]} {context.words.title(sensitivity.place)}"
        if sensitivity.place != TOTAL
        else ""
    )
    score = _score(context, sensitivity.place)
    sets, notes = _sets(context, sensitivity, score)
    return WhatIf(
        title=title,
        now=_now(context, sensitivity, score),
        sets=sets,
        notes=notes,
        weights=_weights(context, sensitivity, score),
        variations=_variations(context, sensitivity, score),
    )


def _score(context: Material, place: str) -> Score:
    if place == TOTAL:
        return context.card.total
    return next(target.score for target in context.card.targets if target.id == place)


def _now(context: Material, sensitivity: Sensitivity, score: Score) -> str:
    t, words = context.t, context.words
    result = words.result(score, sensitivity.place)
    if sensitivity.verdict is not None:
        verdict = words.verdict(sensitivity.verdict, score, sensitivity.place)
        if verdict == result:
            return t("The result is {result}.", result=result)
        return t("The result is {result}, {verdict}.", result=result, verdict=verdict)
    if score.standing == "interval":
        return t("The result is {result}. It is not settled which verdict that is, so no sets of answers are told.",
                 result=result)  # fmt: skip
    return t("The result is {result}.", result=result)


def _sets(
    context: Material, sensitivity: Sensitivity, score: Score
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
    """The smallest sets of answers up and down, and that there are none where there are none."""
    t = context.t
    if sensitivity.verdict is None:
        return (), ()
    sets, notes = [], []
    for is_up in (True, False):
        found = [change for change in sensitivity.changes if change.is_up == is_up]
        if found:
            sets.append(
                (_before(context, found, is_up=is_up), tuple(_change(context, sensitivity, x, score) for x in found))
            )
        else:
            notes.append(_none(context, sensitivity, score, is_up=is_up))
    if sensitivity.changes and not sensitivity.is_complete:
        notes.append(t("There may be more such sets than were tried."))
    return tuple(sets), tuple(notes)


def _before(context: Material, changes: Sequence[AnswerSwap], *, is_up: bool) -> str:
    t, size = context.t, len(changes[0].answers)
    if is_up:
        if size == 1:
            return t("A single answer is enough for a higher verdict:")
        return t("For a higher verdict {size} answers must change together:", size=t.whole(size))
    if size == 1:
        return t("A single answer is enough for a lower verdict:")
    return t("For a lower verdict {size} answers must change together:", size=t.whole(size))


def _none(context: Material, sensitivity: Sensitivity, score: Score, *, is_up: bool) -> str:
    t, scale = context.t, context.explained[sensitivity.place].scale
    verdicts = [band.id for band in score.step.bands] or (list(scale.keys) if scale else [])
    if verdicts and sensitivity.verdict == verdicts[-1 if is_up else 0]:
        return t("There is no higher verdict.") if is_up else t("There is no lower verdict.")
    if sensitivity.is_complete:
        if is_up:
            return t("No one, two or three answers that were judged higher would give a higher verdict.")
        return t("No one, two or three answers that were judged lower would give a lower verdict.")
    if is_up:
        return t("No higher verdict was found among the sets of answers that were tried.")
    return t("No lower verdict was found among the sets of answers that were tried.")


def _change(context: Material, sensitivity: Sensitivity, change: AnswerSwap, score: Score) -> str:
    """Which answers would move, from what to what, and the verdict then."""
    t = context.t
    moves = []
    for name, key in change.answers:
        criterion = context.criterion(name)
        old = context.answer(name).level
        before = _level(context, criterion.scale, old) if old is not None else "–"
        moves.append(t("question {number} from {before} to {after}", number=context.numbers[name], before=before,
                       after=_level(context, criterion.scale, key)))  # fmt: skip
    verdict = context.words.verdict(change.verdict, score, sensitivity.place)
    return capital(t("{moves}: the verdict becomes {verdict}", moves=t.series(moves), verdict=verdict))


def _level(context: Material, scale: str, key: str) -> str:
    return context.words.level(key, scale).level


def _weights(context: Material, sensitivity: Sensitivity, score: Score) -> Grid | None:
    """The weights at which the verdict turns, the nearest first."""
    t = context.t
    if not sensitivity.weights:
        return None
    heads = (
        Head(t("Part")), Head(t("Weight now"), 15, number=True), Head(t("Turns at"), 15, number=True),
        Head(t("Verdict then"), 26),
    )  # fmt: skip
    rows = tuple(
        (
            _name(context, change.id),
            GridCell(t.number(context.plan_weight(change.id))),
            GridCell(_turn(context, change)),
            GridCell(context.words.verdict(change.verdict, score, sensitivity.place)),
        )
        for change in sensitivity.weights
    )
    return Grid(t("Weights that would change the verdict"), heads, rows)


def _turn(context: Material, change: WeightChange) -> str:
    return context.t.number(change.weight) if change.weight.denominator == 1 else context.t.number(change.weight, 2)


def _variations(context: Material, sensitivity: Sensitivity, score: Score) -> Grid | None:
    """The result under other weights and without each question."""
    t = context.t
    shown = list(sensitivity.variations)
    after: tuple[str, ...] = ()
    if len(shown) > _MANY_ROWS:
        shown = [each for each in shown if _differs(context, sensitivity.place, each, score)]
        left = len(sensitivity.variations) - len(shown)
        after = (t.plural("{count} row in which nothing changes is left out.",
                          "{count} rows in which nothing changes are left out.", left),) if left else ()  # fmt: skip
    if not sensitivity.variations:
        return None
    weighed = any(each.lighter is not None for each in shown)
    heads = [Head(t("Part"))]
    if weighed:
        heads += [Head(t("Weight −25 %"), 21, number=True), Head(t("Weight +25 %"), 21, number=True)]
    heads.append(Head(t("Without the question"), 23, number=True))
    rows = []
    for each in shown:
        told = (each.lighter, each.heavier, each.left_out) if weighed else (each.left_out,)
        rows.append(
            (
                _name(context, each.id),
                *(GridCell(_told(context, sensitivity.place, score) if score else "–") for score in told),
            )
        )
    return Grid(t("The result under other weights, and without each question"), tuple(heads), tuple(rows), after=after)


def _told(context: Material, place: str, score: Score) -> str:
    result, band = context.words.result(score, place), context.words.band(score, place)
    return result if band == "–" else f"{result}, {band}"


def _differs(context: Material, place: str, each: Variation, score: Score) -> bool:
    now = _told(context, place, score)
    others = (each.lighter, each.heavier, each.left_out)
    return any(other_review is not None and _told(context, place, other_review) != now for other_review in others)


def _name(context: Material, name: str) -> GridCell:
    number = context.numbers[name]
    if name in context.explained:
        return GridCell(f"{number} {context.words.title(name)}", anchor=at_target(name))
    return GridCell(context.t("Question {number}", number=number), anchor=at_question(name))
