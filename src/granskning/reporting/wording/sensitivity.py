"""What would change the verdict, in its few true sentences: the answers, and the nearest weights."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.reporting.wording.report_context import Material
    from granskning.scoring.results.card import Score
    from granskning.scoring.sensitivity import AnswerSwap, Sensitivity, WeightChange

_COUNTS = (N_("one"), N_("two"), N_("three"))
_MOST_WEIGHTS = 3
"""So many weights are told; `score --explain` tells them all, and every set of answers."""


def sensitivity_lines(context: Material) -> tuple[str, ...]:
    """What the results hang on: where one answer would change a verdict, and, together, where it takes more."""
    settled = [sensitivity for sensitivity in context.sensitivity if sensitivity.verdict is not None]
    lines = [line for sensitivity in settled if (line := _single(context, sensitivity))]
    for is_up in (True, False):
        lines += _several(context, settled, is_up=is_up)
    return (*lines, *_weights(context, settled), *_untried(context, settled))


def _single(context: Material, sensitivity: Sensitivity) -> str:
    """The verdicts that a single answer is enough for, and which answer; empty where none is."""
    t, ways = context.t, []
    for is_up in (True, False):
        changes = [change for change in sensitivity.changes if change.is_up == is_up]
        if not changes or len(changes[0].answers) > 1:
            continue
        score = _score(context, sensitivity.place)
        verdict = context.words.verdict(changes[0].verdict, score, sensitivity.place)
        left = len(changes) - 1 + sensitivity.left_out[0 if is_up else 1]
        more = f"; {t.plural('and {count} more', 'and {count} more', left)}" if left else ""
        ways.append(f"{verdict} ({_moves(context, changes[0])}{more})")
    if not ways:
        return ""
    name = _name(context, sensitivity.place)
    verdicts = ways[0] if len(ways) == 1 else t("{first} or {last}", first=ways[0], last=ways[1])
    return t("{name}: a single answer is enough for {verdicts}.", name=name, verdicts=verdicts)


def _several(context: Material, settled: Sequence[Sensitivity], *, is_up: bool) -> Iterator[str]:
    """Where two or three answers must change together for another verdict, and where not even three are enough."""
    t, together, never = context.t, list[str](), list[str]()
    for sensitivity in settled:
        changes = [change for change in sensitivity.changes if change.is_up == is_up]
        if changes and len(changes[0].answers) > 1:
            together.append(_short_name(context, sensitivity.place))
        elif not changes and sensitivity.is_complete and not _is_at_end(context, sensitivity, is_up=is_up):
            never.append(_short_name(context, sensitivity.place))
    if together:
        yield (
            t("Two or three answers must change together for a higher verdict: {places}.", places=t.series(together))
            if is_up
            else t("Two or three answers must change together for a lower verdict: {places}.",
                   places=t.series(together))
        )  # fmt: skip
    if never:
        yield (
            t("Not even three answers together would give a higher verdict: {places}.", places=t.series(never))
            if is_up
            else t("Not even three answers together would give a lower verdict: {places}.", places=t.series(never))
        )


def _weights(context: Material, settled: Sequence[Sensitivity]) -> Iterator[str]:
    """The weights that are nearest to turning a verdict."""
    t = context.t
    turning = sorted((sensitivity.weights[0] for sensitivity in settled if sensitivity.weights), key=_distance)
    told = []
    for nearest in turning[:_MOST_WEIGHTS]:
        weight = t.number(nearest.weight) if nearest.weight.denominator == 1 else t.number(nearest.weight, 2)
        now = t.number(context.plan_weight(nearest.id))
        words = {"part": context.numbers[nearest.id], "now": now, "weight": weight}
        told.append(t("{part} from {now} to {weight}", **words))
    left = len(turning) - len(told)
    more = t.plural("and {count} more", "and {count} more", left)
    if told:
        yield t("Weights that would turn a verdict, the nearest first: {weights}.",
                weights=f"{', '.join(told)} {more}" if left else t.series(told))  # fmt: skip


def _distance(change: WeightChange) -> Fraction:
    """How many times heavier or lighter a weight would have to be."""
    return change.factor if change.factor >= 1 else 1 / change.factor if change.factor else Fraction(10**9)


def _untried(context: Material, settled: Sequence[Sensitivity]) -> Iterator[str]:
    places = [_short_name(context, sensitivity.place) for sensitivity in settled if not sensitivity.is_complete]
    if places:
        yield context.t("Not all sets of answers were tried, so there may be more: {places}.",
                        places=context.t.series(places))  # fmt: skip


def _name(context: Material, place: str) -> str:
    return context.t("Overall") if place == TOTAL else f"{context.numbers[place]} {context.words.title(place)}"


def _short_name(context: Material, place: str) -> str:
    return context.t("Overall") if place == TOTAL else context.numbers[place]


def _is_at_end(context: Material, sensitivity: Sensitivity, *, is_up: bool) -> bool:
    """Whether there is no verdict beyond the one that was given."""
    score, scale = _score(context, sensitivity.place), context.explained[sensitivity.place].scale
    verdicts = [band.id for band in score.step.bands] or (list(scale.keys) if scale else [])
    return bool(verdicts) and sensitivity.verdict == verdicts[-1 if is_up else 0]


def _score(context: Material, place: str) -> Score:
    if place == TOTAL:
        return context.card.total
    return next(target.score for target in context.card.targets if target.id == place)


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
