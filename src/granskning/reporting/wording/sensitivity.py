"""What would change the verdict: the smallest sets of answers, the weights, and what the result stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.report_context import at_question, at_target
from granskning.scoring.results.card import TOTAL
from granskning.wordings import capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import Score
    from granskning.scoring.sensitivity import AnswerSwap, Sensitivity, Variation, WeightChange

_MANY_ROWS = 20
_COUNTS = (N_("one"), N_("two"), N_("three"))


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
            lines = [_change(context, sensitivity, change, score) for change in found]
            left = sensitivity.left_out[0 if is_up else 1]
            lines += [t.plural("and {count} more such set", "and {count} more such sets", left)] if left else []
            sets.append((_before(context, found, is_up=is_up), tuple(lines)))
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
            return t("No one, two or three answers that were judged otherwise would give a higher verdict.")
        return t("No one, two or three answers that were judged otherwise would give a lower verdict.")
    if is_up:
        return t("No higher verdict was found among the sets of answers that were tried.")
    return t("No lower verdict was found among the sets of answers that were tried.")


def _change(context: Material, sensitivity: Sensitivity, change: AnswerSwap, score: Score) -> str:
    """Which answers would move, from what to what, and the verdict then."""
    t = context.t
    moves = [_move(context, names, members) for names, members in chosen_among(change)]
    verdict = context.words.verdict(change.verdict, score, sensitivity.place)
    return capital(t("{moves}: the verdict becomes {verdict}", moves=t.series(moves), verdict=verdict))


def chosen_among(change: AnswerSwap) -> list[tuple[tuple[str, ...], list[tuple[str, str]]]]:
    """The answers that would move, by the questions that they are chosen among; alone where no other would do."""
    groups: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for answer, names in zip(change.answers, change.choices, strict=True):
        groups.setdefault(names, []).append(answer)
    return [
        part
        for names, members in groups.items()
        for part in (
            [((name,), [(name, key)]) for name, key in members] if len(members) == len(names) else [(names, members)]
        )
    ]


def _move(context: Material, names: tuple[str, ...], members: list[tuple[str, str]]) -> str:
    """One question and its levels, or how many of several that are alike."""
    t, criterion = context.t, context.criterion(names[0])
    old = context.answer(names[0]).level
    before = _level(context, criterion.scale, old) if old is not None else "–"
    after = t.series(list(dict.fromkeys(_level(context, criterion.scale, key) for _, key in members)))
    if len(names) == 1:
        return t("question {number} from {before} to {after}", number=context.numbers[names[0]], before=before,
                 after=after)  # fmt: skip
    return t("{count} of the questions {numbers} from {before} to {after}", count=count_words(len(members), t),
             numbers=t.series(number_spans([context.numbers[name] for name in names])), before=before,
             after=after)  # fmt: skip


def count_words(count: int, t: Translator) -> str:
    """One, two or three, in words: no more answers are moved together."""
    return t(_COUNTS[count - 1])


def number_spans(numbers: Sequence[str]) -> list[str]:
    """The numbers of questions, those that follow each other as a span: `1.1–1.4`, `1.6`."""
    spans: list[list[str]] = []
    for number in numbers:
        if spans and _next(spans[-1][-1]) == number:
            spans[-1].append(number)
        else:
            spans.append([number])
    return [
        text
        for span in spans
        for text in ([f"{span[0]}–{span[-1]}"] if len(span) > 2 else span)  # noqa: PLR2004
    ]


def _next(number: str) -> str:
    head, _, last = number.rpartition(".")
    return f"{head}.{int(last) + 1}" if head and last.isdecimal() else ""


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
