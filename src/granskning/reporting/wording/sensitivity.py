"""What would change the verdict, in sentences: the smallest sets of answers, and the nearest weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import Score
    from granskning.scoring.sensitivity import AnswerSwap, Sensitivity

_COUNTS = (N_("one"), N_("two"), N_("three"))
_MOST = (2, 1, 1)
"""So many sets of one, two or three answers are told in each direction; `score --explain` tells them all."""


def sensitivity_lines(context: Material) -> tuple[str, ...]:
    """What each result hangs on: how many answers, and which, would change its verdict, and the nearest weight."""
    return tuple(line for sensitivity in context.sensitivity if (line := _line(context, sensitivity)))


def _line(context: Material, sensitivity: Sensitivity) -> str:
    t, score = context.t, _score(context, sensitivity.place)
    if sensitivity.verdict is None:
        return ""
    name = t("Overall")
    if sensitivity.place != TOTAL:
        name = f"{context.numbers[sensitivity.place]} {context.words.title(sensitivity.place)}"
    told = [_direction(context, sensitivity, score, is_up=is_up) for is_up in (True, False)]
    if sensitivity.changes and not sensitivity.is_complete:
        told.append(t("There may be more such sets than were tried."))
    return t("{name}: {sentences}", name=name, sentences=" ".join((*told, *_nearest_weight(context, sensitivity))))


def _direction(context: Material, sensitivity: Sensitivity, score: Score, *, is_up: bool) -> str:
    """The first of the smallest sets of answers in one direction, and how many more there are."""
    t = context.t
    changes = [change for change in sensitivity.changes if change.is_up == is_up]
    if not changes:
        return _none(context, sensitivity, score, is_up=is_up)
    first = changes[: _MOST[len(changes[0].answers) - 1]]
    verdicts = {change.verdict for change in first}
    told = [_change(context, sensitivity, change, score) if len(verdicts) > 1 else _moves(context, change)
            for change in first]  # fmt: skip
    left = len(changes) - len(told) + sensitivity.left_out[0 if is_up else 1]
    told += [t.plural("and {count} more such set", "and {count} more such sets", left)] if left else []
    verdict = context.words.verdict(first[0].verdict, score, sensitivity.place) if len(verdicts) == 1 else ""
    return f"{_before(context, changes, verdict, is_up=is_up)} {'; '.join(told)}."


def _nearest_weight(context: Material, sensitivity: Sensitivity) -> tuple[str, ...]:
    if not sensitivity.weights:
        return ()
    t, nearest = context.t, sensitivity.weights[0]
    decimals = None if nearest.weight.denominator == 1 else 2
    weight = t.number(nearest.weight) if decimals is None else t.number(nearest.weight, decimals)
    words = {"part": context.numbers[nearest.id], "now": t.number(context.plan_weight(nearest.id)), "weight": weight}
    return (t("The verdict turns where the weight of {part} goes from {now} to {weight}.", **words),)


def _score(context: Material, place: str) -> Score:
    if place == TOTAL:
        return context.card.total
    return next(target.score for target in context.card.targets if target.id == place)


def _before(context: Material, changes: Sequence[AnswerSwap], verdict: str, *, is_up: bool) -> str:
    """How many answers it takes, and for which verdict where all that is told gives the same."""
    t, size = context.t, len(changes[0].answers)
    if verdict and size == 1:
        return t("A single answer is enough for {verdict}:", verdict=verdict)
    if verdict:
        return t("For {verdict} {size} answers must change together:", verdict=verdict, size=t.whole(size))
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
    verdict = context.words.verdict(change.verdict, score, sensitivity.place)
    return context.t("{moves}: the verdict becomes {verdict}", moves=_moves(context, change), verdict=verdict)


def _moves(context: Material, change: AnswerSwap) -> str:
    return context.t.series([_move(context, names, members) for names, members in chosen_among(change)])


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
