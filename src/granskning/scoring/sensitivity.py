"""What would change the verdict: the smallest sets of answers, or a weight, that would move the band of a result.

And how the result stands other weights, or that one question is left out. Everything is found by scoring again with
the same code; nothing is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

from granskning.model.method import number_of
from granskning.model.review import Answer
from granskning.scoring.engine.bounds import interchangeable
from granskning.scoring.engine.counting import applying_targets
from granskning.scoring.engine.plan import dependencies_of
from granskning.scoring.engine.session import ScoringSession
from granskning.scoring.results.card import TOTAL
from granskning.scoring.score import ScoringContext, asked_of, sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from granskning.model.review import Review
    from granskning.scoring.engine.node import Node, Question
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.card import Score

WEIGHING = frozenset({
    "mean", "sum", "geometric_mean", "harmonic_mean", "power_mean", "share_of_possible", "share_satisfied",
})  # fmt: skip
"""The methods in which weights have a say, and can be turned: in a product they are powers."""

_LARGEST_SET = 3
_TRIES = 800
"""So many sets of answers are tried for one result; if there are more, it is said that not all were."""
_TOLD = 6
_QUARTER = Fraction(1, 4)
_DECIMALS = 40
"""A number with more decimals than this is written as a fraction."""
_FARTHEST = 400
"""How heavy a weight is tried, in hundredths of what it is."""


@dataclass(frozen=True, slots=True)
class AnswerSwap:
    """Answers that together would move a verdict: by criterion, the level that it would take."""

    answers: tuple[tuple[str, str], ...]
    verdict: str
    """The id of the band, or the key of the level, that it would become."""
    is_up: bool
    """Whether the verdict would be a higher one."""
    choices: tuple[tuple[str, ...], ...] = ()
    """For each of the answers the questions that could be moved in its place, itself among them: they are alike."""


@dataclass(frozen=True, slots=True)
class WeightChange:
    """A weight that would move a verdict if it were at or beyond `weight`."""

    id: str
    weight: Fraction
    factor: Fraction
    verdict: str


@dataclass(frozen=True, slots=True)
class Variation:
    """A result under another weight of one part, and without it. None where the weight has no say."""

    id: str
    lighter: Score | None
    heavier: Score | None
    left_out: Score | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What one result hangs on."""

    place: str
    """The target, or the whole (empty)."""
    verdict: str | None
    """Its band, or its level, where it is settled."""
    has_verdicts: bool
    """Whether the result can have a band or a level at all."""
    changes: tuple[AnswerSwap, ...]
    """The smallest sets of answers, all of the same size in each direction; of those that are alike one."""
    is_complete: bool
    """Whether all sets up to that size were tried."""
    left_out: tuple[int, int]
    """How many sets were found and are not told, for a higher verdict and for a lower one."""
    weights: tuple[WeightChange, ...]
    """The nearest first."""
    variations: tuple[Variation, ...]


def make_sensitivity(review: Review, plan: Plan) -> tuple[Sensitivity, ...]:
    """What the overall result hangs on or, where the set has none, what each target's result does."""
    asked = asked_of(review, plan)
    answers = {question.id: sound(review.answers.get(question.criterion), question) for question in asked}
    total = plan.nodes[TOTAL]
    places = [total] if total.step.method != "none" else [plan.nodes[name] for name in plan.targets]
    whole = ScoringContext(ScoringSession(plan), asked, answers)
    probes = [_Probe(whole, node, asked, answers) for node in places]
    return tuple(probe.sensitivity() for probe in probes if probe.score.standing in ("value", "interval"))


class _Probe:
    """One result, tried under other answers and weights."""

    def __init__(
        self, whole: ScoringContext, node: Node, asked: Sequence[Question], answers: Mapping[str, Answer]
    ) -> None:
        """Only what the result of the node rests on is tried; what else applies is as it is in the whole review."""
        plan, self.node = whole.plan, node
        self.asked = [question for question in asked if question.id in node.support]
        self.answers = {question.id: answers[question.id] for question in self.asked}
        self.plan = replace(
            plan,
            nodes={needed.id: needed for needed in dependencies_of(plan, node)},
            applying=applying_targets(plan, whole.answers, without=node.support),
        )
        self.rests_on = {name: {needed.id for needed in dependencies_of(self.plan, part)}
                         for name, part in self.plan.nodes.items()}  # fmt: skip
        self.session = ScoringSession(self.plan)
        self.score = self._try(self.answers)
        self.tries = 0
        self.is_complete = True
        self.given: dict[str, list[str]] = {}
        """The answers that can be given to each question, in order; filled as they are asked for."""

    def sensitivity(self) -> Sensitivity:
        """All that is told of it."""
        verdict = _verdict(self.score)
        higher = [] if verdict is None else self._smallest(verdict, is_up=True)
        lower = [] if verdict is None else self._smallest(verdict, is_up=False)
        parts = list(self._weighed())
        weights = [] if verdict is None else [turn for part in parts for turn in self._turns(part, verdict)]
        return Sensitivity(
            place=self.node.id,
            verdict=verdict,
            has_verdicts=bool(self.node.step.bands) or self.node.ladder is not None,
            changes=(*higher[:_TOLD], *lower[:_TOLD]),
            is_complete=self.is_complete,
            left_out=(max(len(higher) - _TOLD, 0), max(len(lower) - _TOLD, 0)),
            weights=tuple(sorted(weights, key=_distance)[:_TOLD]),
            variations=tuple(self._variations(parts)),
        )

    def _try(
        self, answers: Mapping[str, Answer], *, without: str = "", weight: tuple[str, Fraction] | None = None
    ) -> Score:
        asked = [question for question in self.asked if question.id != without]
        session = self.session if weight is None else self._reweighed(*weight)
        context = ScoringContext(session, asked, {question.id: answers[question.id] for question in asked})
        return context.score(session.plan.nodes[self.node.id])

    def _reweighed(self, name: str, weight: Fraction) -> ScoringSession:
        """The plan with another weight for one part. Nodes that do not rest on it are not worked out again."""
        plan = _reweighed(self.plan, name, weight)
        other = {node.id for node in plan.nodes.values() if node is not self.plan.nodes[node.id]}
        session = ScoringSession(plan)
        session.nodes.update(
            (node, cache) for node, cache in self.session.nodes.items() if other.isdisjoint(self.rests_on[node])
        )
        return session

    # --- answers --------------------------------------------------------------------------------------------------

    def _smallest(self, verdict: str, *, is_up: bool) -> list[AnswerSwap]:
        """The smallest sets of judged answers that would lift the verdict, or lower it.

        Where a higher answer never lowers the result, answers are moved to their ends, and when all of them together
        don't change the verdict, none does. Else every level of each is tried, since any may be the one.
        """
        self.tries = 0
        rises = self.node.is_clean
        ends = {question.id: key for question in self.asked if (key := self._end(question, is_up=is_up)) is not None}
        assessed = [question.id for question in self.asked if self.answers[question.id].state == "assessed"]
        if rises and self._moved(ends, verdict, is_up=is_up) is None:
            return []
        groups = self._groups([*ends] if rises else assessed)
        for size in range(1, _LARGEST_SET + 1):
            swaps = []
            for chosen in _choices(groups, size):
                if self.tries >= _TRIES:
                    self.is_complete = False
                    break
                names = [name for group, count in chosen for name in group[:count]]
                levels = (
                    self._to_ends(names, ends, verdict, is_up=is_up)
                    if rises
                    else self._nearest(names, verdict, is_up=is_up)
                )
                if levels is not None:
                    moved = self._moved(levels, verdict, is_up=is_up) or verdict
                    choices = tuple(tuple(group) for group, count in chosen for _ in range(count))
                    swaps.append(AnswerSwap(tuple(levels.items()), moved, is_up, choices))
            if swaps:
                return swaps
        return []

    def _groups(self, names: Sequence[str]) -> list[list[str]]:
        """The answers in groups within which it does not matter which is moved: alike, and at the same level."""
        groups: dict[tuple[int, str | None], list[str]] = {}
        for number, alike in enumerate(interchangeable(self.plan, [self.plan.questions[name] for name in names])):
            for question in alike:
                groups.setdefault((number, self.answers[question.id].level), []).append(question.id)
        return list(groups.values())

    def _to_ends(
        self, names: Sequence[str], ends: Mapping[str, str], verdict: str, *, is_up: bool
    ) -> dict[str, str] | None:
        """The answers moved as far as it takes towards their ends, where that changes the verdict."""
        if self._moved({name: ends[name] for name in names}, verdict, is_up=is_up) is None:
            return None
        return self._least(names, ends, verdict, is_up=is_up)

    def _nearest(self, names: Sequence[str], verdict: str, *, is_up: bool) -> dict[str, str] | None:
        """The answers at the nearest levels that change the verdict together, of all that they can be."""
        ways = []
        for name in names:
            keys, own = self._possible(self.plan.questions[name]), self.answers[name].level or ""
            start = _position(own, keys)
            ways.append(sorted((abs(n - start), key) for n, key in enumerate(keys) if n != start))
        for way in sorted(product(*ways), key=lambda way: sum(distance for distance, _ in way)):
            levels = {name: key for name, (_, key) in zip(names, way, strict=True)}
            if self.tries >= _TRIES:
                self.is_complete = False
                return None
            if self._moved(levels, verdict, is_up=is_up) is not None:
                return levels
        return None

    def _end(self, question: Question, *, is_up: bool) -> str | None:
        """The best or the worst level for an answer that can be moved that way."""
        answer, ladder = self.answers[question.id], question.ladder
        key = ladder.best_key if is_up else ladder.worst_key
        if ladder.scale.is_range:  # of the numbers that can be given, which the ladder's own need not be
            cells = {key: ladder.cell(key) for key in self._possible(question)}
            key = (max if is_up else min)(cells, key=cells.__getitem__)
        return key if answer.state == "assessed" and not _is_same(answer.level or "", key) else None

    def _moved(self, levels: Mapping[str, str], verdict: str, *, is_up: bool) -> str | None:
        """The verdict with these levels, if it is settled and higher, or lower, than it was."""
        self.tries += 1
        changed = {name: Answer(name, "assessed", level=key) for name, key in levels.items()}
        moved = _verdict(self._try({**self.answers, **changed}))
        if moved is None or moved == verdict:
            return None
        return moved if (self._height(moved) > self._height(verdict)) == is_up else None

    def _height(self, verdict: str) -> int:
        """Where a verdict stands among those that the result can have."""
        bands = [band.id for band in self.node.step.bands]
        keys = bands or (list(self.node.ladder.keys) if self.node.ladder else [])
        return keys.index(verdict) if verdict in keys else -1

    def _least(self, names: Sequence[str], ends: Mapping[str, str], verdict: str, *, is_up: bool) -> dict[str, str]:
        """The same answers moved no farther than it takes, one after the other."""
        levels = {name: ends[name] for name in names}
        for name in names:
            question = self.plan.questions[name]
            keys = self._possible(question)
            start, end = (_position(key, keys) for key in (self.answers[name].level or "", ends[name]))
            step = 1 if end > start else -1
            for number in range(start + step, end, step):
                nearer = {**levels, name: keys[number]}
                if self._moved(nearer, verdict, is_up=is_up) is not None:
                    levels = nearer
                    break
        return levels

    def _possible(self, question: Question) -> list[str]:
        if question.id not in self.given:
            self.given[question.id] = self._between(question)
        return self.given[question.id]

    def _between(self, question: Question) -> list[str]:
        """The answers that can be given, in order.

        On a range a hundred of them, those where its points turn, and the one that was given.
        """
        scale = question.ladder.scale
        if scale.minimum is None or scale.maximum is None:
            return list(question.ladder.keys)
        step = scale.interval or (scale.maximum - scale.minimum) / 100
        step *= max(1, (scale.maximum - scale.minimum) // (step * 100))
        count = int((scale.maximum - scale.minimum) / step)
        own = number_of(self.answers[question.id].level or "")
        numbers = {scale.minimum + step * n for n in range(count + 1)} | {scale.maximum, *(at.at for at in scale.curve)}
        written = {number: _written(number) for number in numbers | ({own} if own is not None else set())}
        return [written[number] for number in sorted(written) if scale.holds(written[number])]

    # --- weights --------------------------------------------------------------------------------------------------

    def _weighed(self) -> Iterator[tuple[str, Fraction]]:
        """The parts whose weight has a say, with their weight."""
        asked = {question.id for question in self.asked}
        for node in self.plan.nodes.values():
            if node.step.method in WEIGHING and len(node.parts) > 1:
                yield from ((part.id, Fraction(part.weight)) for part in node.parts if part.is_node or part.id in asked)

    def _turns(self, part: tuple[str, Fraction], verdict: str) -> Iterator[WeightChange]:
        """Where a weight, made lighter or heavier by hundredths, begins to give another verdict."""
        name, weight = part

        def value_text(hundredths: int) -> str | None:
            return _verdict(self._try(self.answers, weight=(name, weight * Fraction(hundredths, 100))))

        for farthest in (0, _FARTHEST):
            same, other = 100, farthest
            if value_text(other) in (None, verdict):
                continue
            while abs(other - same) > 1:
                middle = (same + other) // 2
                same, other = (middle, other) if value_text(middle) == verdict else (same, middle)
            factor = Fraction(other, 100)
            yield WeightChange(name, weight * factor, factor, value_text(other) or "")

    def _variations(self, parts: Iterable[tuple[str, Fraction]]) -> Iterator[Variation]:
        weights = dict(parts)
        asked = [question.id for question in self.asked if self.answers[question.id].state != "not_applicable"]
        for name in [*(name for name in weights if name in self.plan.nodes), *asked]:
            weight = weights.get(name)
            yield Variation(
                id=name,
                lighter=None if weight is None else self._try(self.answers, weight=(name, weight * (1 - _QUARTER))),
                heavier=None if weight is None else self._try(self.answers, weight=(name, weight * (1 + _QUARTER))),
                left_out=None if name in self.plan.nodes else self._try(self.answers, without=name),
            )


def _choices(groups: Sequence[Sequence[str]], size: int) -> Iterator[list[tuple[Sequence[str], int]]]:
    """All ways to take so many answers out of groups, where it does not matter which of a group."""
    for numbers in combinations_with_replacement(range(len(groups)), size):
        counts = {number: numbers.count(number) for number in numbers}
        if all(count <= len(groups[number]) for number, count in counts.items()):
            yield [(groups[number], count) for number, count in counts.items()]


def _reweighed(plan: Plan, name: str, weight: Fraction) -> Plan:
    """The plan with another weight for one part; a part with weight 0 is left out."""
    nodes = dict(plan.nodes)
    for node in plan.nodes.values():
        if any(part.id == name for part in node.parts):
            changed = (replace(part, weight=weight) if part.id == name else part for part in node.parts)
            parts = tuple(part for part in changed if part.weight)
            terms = None if node.terms is None else tuple((part.id, part.weight) for part in parts)
            nodes[node.id] = replace(node, parts=parts, terms=terms)
    return replace(plan, nodes=nodes)


def _position(key: str, keys: Sequence[str]) -> int:
    """Where a level, or a number however written, stands among the keys."""
    return next(n for n, other in enumerate(keys) if _is_same(other, key))


def _is_same(text: str, other: str) -> bool:
    """Whether two answers are the same, numbers however they are written."""
    number = number_of(text)
    return text == other or (number is not None and number == number_of(other))


def _written(number: Fraction) -> str:
    """A number the way an answer gives it, to its last decimal; as a fraction where it has no last one."""
    places = next((count for count in range(_DECIMALS) if (number * 10**count).denominator == 1), None)
    if not places:
        return str(number)
    digits = str(abs(int(number * 10**places))).rjust(places + 1, "0")
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _distance(change: WeightChange) -> Fraction:
    """How far a weight would have to go: as many times heavier as, made lighter, it would be a part of itself."""
    return max(change.factor, 1 / change.factor) if change.factor else Fraction(_FARTHEST)


def _verdict(score: Score) -> str | None:
    """What a result amounts to in a word: its band, else its level; None while that is not settled."""
    if score.step.bands:
        return score.band
    return score.outcome
