"""The scoring language a second time, in the plainest way: what the engine is held against.

Written from the description of the language, for reviews in which nothing is left open. It walks the values of the
YAML file and shares no code with `granskning`. Fractions are exact; roots and logarithms are decimals with many digits.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from itertools import product
from math import ceil, floor, prod
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

Values = dict[str, Any]
Number = Fraction | Decimal

DIGITS = 70
SAME = Decimal(10) ** -20
"""Decimals nearer than this are the same number."""
BELOW_ALL = "below every level"
SHARE = "share "
"""How what counts as a share of its scale begins."""
MOST = 4000
TOTAL = ""


class TooManyError(Exception):
    """There are more cases than can be tried."""


class Told(NamedTuple):
    """A result: its number, its level by key, its band by id."""

    value: Number | None = None
    level: str | None = None
    band: str | None = None


class Scale(NamedTuple):
    """Levels from the lowest, or a range of numbers."""

    keys: tuple[str, ...]
    points: tuple[Fraction | None, ...]
    range: tuple[Fraction, Fraction] | None = None
    curve: tuple[tuple[Fraction, bool, Fraction], ...] = ()
    between: str = "line"


class Part(NamedTuple):
    """What a step combines."""

    id: str
    weight: Fraction
    value: Number | None
    rank: Fraction | None
    scale: Scale | None


class Case(NamedTuple):
    """A step to be worked out: where it stands, what it says, its parts that are there, the answers as they count."""

    name: str
    step: Values
    parts: list[Part]
    counted: Mapping[str, str | None]

    @property
    def weight(self) -> Fraction:
        return sum((part.weight for part in self.parts), Fraction(0))

    @property
    def values(self) -> list[Number]:
        return [part.value for part in self.parts if part.value is not None]

    @property
    def ranks(self) -> list[Fraction]:
        return [part.rank for part in self.parts if part.rank is not None]


Outcome = tuple[Number | None, str | None]
"""A number and a level."""
Seen = tuple[tuple[str, ...], Fraction | None, Number | None]
"""What conditions see of a part: the keys it can be at, its place among them, its number."""


def key_of(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def fraction(value: Any) -> Fraction:
    return _read_fraction(str(value))


@cache  # the same few numbers are read hundreds of thousands of times
def _read_fraction(written: str) -> Fraction:
    text = written.strip()
    return Fraction(text[:-1].strip()) / 100 if text.endswith("%") else Fraction(text)


def is_number(value: Any) -> bool:
    try:
        fraction(value)
    except ValueError:
        return False
    return True


def decimal(number: Number) -> Decimal:
    return number if isinstance(number, Decimal) else Decimal(number.numerator) / Decimal(number.denominator)


def compare(one: Number, other: Number) -> int:
    """-1, 0 or 1."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return (one > other) - (one < other)
    gap = decimal(one) - decimal(other)
    return 0 if abs(gap) < SAME else 1 if gap > 0 else -1


def plus(one: Number, other: Number) -> Number:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one + other
    return decimal(one) + decimal(other)


def times(one: Number, other: Number) -> Number:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one * other
    return decimal(one) * decimal(other)


def power(base: Number, exponent: Fraction) -> Number | None:
    if isinstance(base, Fraction) and exponent.denominator == 1:
        return Fraction(base**exponent.numerator)
    if compare(base, Fraction(0)) < 0:
        return None if exponent.denominator > 1 else decimal(base) ** exponent.numerator
    return Fraction(0) if compare(base, Fraction(0)) == 0 else (decimal(base).ln() * decimal(exponent)).exp()


def lowest(numbers: Sequence[Number]) -> Number:
    found = numbers[0]
    for one in numbers[1:]:
        found = one if compare(one, found) < 0 else found
    return found


def highest(numbers: Sequence[Number]) -> Number:
    found = numbers[0]
    for one in numbers[1:]:
        found = one if compare(one, found) > 0 else found
    return found


def score(values: Values, answers: Mapping[str, Values], form: str = "full") -> dict[str, Told]:
    """All results by target, the total under the empty name. Answers are as in the file of a review."""
    with localcontext(prec=DIGITS):
        reference = Reference(values)
        counted = reference.count(answers, form)
        return {name: reference.result(name, counted) for name in [TOTAL, *reference.targets]}


class Reference:
    """One criteria set."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.scoring: Values = values["scoring"]
        self.targets: dict[str, Values] = {}
        self.criteria: dict[str, Values] = {}
        self.home: dict[str, str] = {}
        self._collect(values["targets"])
        self.spans: dict[tuple[str, frozenset[str], bool], tuple[Number | None, Number | None]] = {}
        self.counted: Mapping[str, str | None] = {}
        self.answers: Mapping[str, Values] = {}
        self.done: dict[tuple[str, tuple[tuple[str, str | None], ...]], Told] = {}
        # what the set alone decides is read once: no answer changes it
        self.scales: dict[str | None, Scale] = {}
        self.all_points: dict[tuple[str, str], Number | None] = {}
        self.extremes: dict[str, list[tuple[Number, Fraction, str]]] = {}

    def _collect(self, targets: Sequence[Values]) -> None:
        for target in targets:
            self.targets[target["id"]] = target
            for criterion in target.get("criteria", []):
                self.criteria[criterion["id"]] = criterion
                self.home[criterion["id"]] = target["id"]
            self._collect(target.get("targets", []))

    # --- scales -------------------------------------------------------------------------------------------------------

    def scale_called(self, name: str | None) -> Scale:
        if name not in self.scales:
            self.scales[name] = self._read_scale(name)
        return self.scales[name]

    def _read_scale(self, name: str | None) -> Scale:
        if name is None and "scale" in self.values:
            return self._levels(self.values["scale"])
        raw = next(one for one in self.values["scales"] if name in (None, one["id"]))
        if "levels" in raw:
            return self._levels(raw["levels"])
        curve = tuple(
            (fraction(one.get("at", one.get("above"))), "above" in one, fraction(one["gives"]))
            for one in raw.get("points", [])
        )
        ends = (fraction(raw["range"]["from"]), fraction(raw["range"]["to"]))
        return Scale((), (), ends, curve, raw.get("between", "line"))

    @staticmethod
    def _levels(levels: Sequence[Values]) -> Scale:
        points = [one.get("points", one["value"]) for one in levels]
        return Scale(
            tuple(key_of(one["value"]) for one in levels),
            tuple(None if isinstance(one, str) else fraction(one) for one in points),
        )

    def scale_of(self, criterion: str) -> Scale:
        return self.scale_called(self.criteria[criterion].get("scale"))

    def points(self, criterion: str, key: str) -> Number | None:
        """The points of an answer, moved as `normalise` says."""
        if (criterion, key) not in self.all_points:
            self.all_points[criterion, key] = self._normalised(criterion, key)
        return self.all_points[criterion, key]

    def _normalised(self, criterion: str, key: str) -> Number | None:
        scale = self.scale_of(criterion)
        bare = self._bare_points(scale, key)
        normalise = self.scoring.get("normalise")
        if normalise is None or bare is None or None in scale.points:
            return bare
        if scale.range is None:
            held = [one for one in scale.points if one is not None]
        else:
            held = [gives for *_, gives in scale.curve] or list(scale.range)
        start, end = fraction(normalise["from"]), fraction(normalise["to"])
        if max(held) == min(held):
            return start
        return plus(start, times(plus(bare, -min(held)), (end - start) / (max(held) - min(held))))

    @staticmethod
    def _bare_points(scale: Scale, key: str) -> Number | None:
        if scale.range is None:
            return scale.points[scale.keys.index(key)]
        number = fraction(key)
        if not scale.curve:
            return number
        passed = [n for n, (at, above, _) in enumerate(scale.curve) if (number > at if above else number >= at)]
        if not passed:
            return scale.curve[0][2]
        last = passed[-1]
        at, _, gives = scale.curve[last]
        if scale.between == "step" or last + 1 == len(scale.curve):
            return gives
        next_at, _, next_gives = scale.curve[last + 1]
        if scale.between == "line":
            return gives + (next_gives - gives) * (number - at) / (next_at - at)
        way = decimal(number / at).ln() / decimal(next_at / at).ln()
        return plus(gives, times(next_gives - gives, way))

    # --- answers ------------------------------------------------------------------------------------------------------

    def count(self, answers: Mapping[str, Values], form: str) -> dict[str, str | None]:
        """What each question that is put counts as; None where it is left out."""
        asked = [name for name, one in self.criteria.items() if form == "full" or one.get("core")]
        asked = [name for name in asked if self.is_asked(name, answers, asked)]
        counted: dict[str, str | None] = {}
        for name in asked:
            answer = answers[name]
            step = self.step_of(self.home[name])
            own_meaning = self.criteria[name].get("not_applicable", "allowed")
            nothing_applies = self.state_of(self.home[name], answers, asked) == "not_applicable"
            if "level" in answer:
                counted[name] = self.supported(name, key_of(answer["level"]), answer)
            elif "not_applicable" in answer:
                meaning = self.own(step, "not_applicable", "exclude") if own_meaning == "allowed" else own_meaning
                counted[name] = None if nothing_applies else self._set_aside(name, meaning, answer)
            else:
                meaning = self.own(step, "insufficient_evidence", "interval")
                meant = {"interval": None, "exclude": None, "unsatisfied": BELOW_ALL, "lowest": self._worst(name)}
                counted[name] = meant[meaning]
        self.counted, self.answers = counted, {name: answers[name] for name in asked}
        return counted

    def is_asked(self, name: str, answers: Mapping[str, Values], put: Collection[str]) -> bool:
        """Whether what a question is asked by holds."""
        condition = self.criteria[name].get("asked_if")
        return condition is None or self._asks(condition, answers, put, absent=False)

    def _asks(self, condition: Values, answers: Mapping[str, Values], put: Collection[str], *, absent: bool) -> bool:
        if "all" in condition:
            return all(self._asks(one, answers, put, absent=absent) for one in condition["all"])
        if "any" in condition:
            return any(self._asks(one, answers, put, absent=absent) for one in condition["any"])
        if "not" in condition:
            return not self._asks(condition["not"], answers, put, absent=not absent)
        other = condition.get("part") or condition["criterion"]
        answer, scale = answers[other], self.scale_of(other)
        if other not in put or not self.is_asked(other, answers, put) or "not_applicable" in answer:
            return absent
        if "level" in answer:
            place = self.rank(other, key_of(answer["level"]))
        else:
            meaning = self.own(self.step_of(self.home[other]), "insufficient_evidence", "interval")
            if meaning == "exclude":
                return absent
            place = self.rank(other, BELOW_ALL if meaning == "unsatisfied" else self._worst(other))
        word = next(word for word in ("is", "at_least", "above", "at_most", "below") if word in condition)
        wanted = condition[word] if isinstance(condition[word], list) else [condition[word]]
        keys = [key_of(one) for one in wanted]
        bars = [
            fraction(one) if scale.range else Fraction(scale.keys.index(one)) for one in keys if one != "not_applicable"
        ]
        return bool(bars) and _meets(place, word, bars)

    def supported(self, name: str, key: str, answer: Values) -> str:
        """What a level counts as: without evidence as the question or its scale says, if that is less."""
        if answer.get("evidence"):
            return key
        own = self.criteria[name].get("without_evidence")
        if isinstance(own, dict):
            own = {str(level): other for level, other in own.items()}.get(key)
        elif own is None:
            raw = self.criteria[name].get("scale")
            levels = self.values["scale"] if raw is None and "scale" in self.values else next(
                one.get("levels", []) for one in self.values["scales"] if raw in (None, one["id"])
            )  # fmt: skip
            own = next((one.get("without_evidence") for one in levels if key_of(one["value"]) == key), None)
        if own is None:
            return key
        other, keys = key_of(own), self.scale_of(name).keys
        given, less = self.points(name, key), self.points(name, other)
        if None in self.scale_of(name).points or given is None or less is None:
            return other if keys.index(other) < keys.index(key) else key
        return other if compare(less, given) < 0 else key

    # --- parts without a result of their own --------------------------------------------------------------------------

    def state_of(self, name: str, answers: Mapping[str, Values], asked: Collection[str]) -> str:
        """Whether all that is asked beneath a target is not applicable, or lacks evidence; else nothing."""
        states = {next(iter(answers[one]), "") for one in self.resting_on(name) if one in asked}
        if states == {"not_applicable"}:
            return "not_applicable"
        return "insufficient_evidence" if states and states <= {"not_applicable", "insufficient_evidence"} else ""

    def absence(self, name: str) -> str:
        """Why a target has no result of its own, if all that it would rest on is not applicable or lacks evidence."""
        state = self.state_of(name, self.answers, self.answers)
        if state != "insufficient_evidence":
            return state
        lacking = [one for one in self.resting_on(name) if "insufficient_evidence" in self.answers.get(one, {})]
        return "" if any(self.counted[one] is not None for one in lacking) or self.rests(name) else state

    def rests(self, name: str) -> bool:
        """Whether a part of a target, or of what is beneath it, lacks evidence and counts as something all the same."""
        below = [one for one in self.part_names(name) if one in self.targets]
        if self.step_of(name)["method"] == "none":
            return False
        return any(
            self.rests(one)
            or (self.absence(one) == "insufficient_evidence" and self.meaning(name, one, self.counted) is not None)
            for one in below
        )

    def meaning(self, place: str, part: str, counted: Mapping[str, str | None]) -> Any:
        """What a step makes of a part without a result: lowest, highest, below, a level; None where it is left."""
        if counted is not self.counted or part not in self.part_names(place) or part not in self.targets:
            return None
        why, step = self.absence(part), self.step_of(place)
        if self.step_of(part)["method"] == "none" or "none" in (step["method"], why or "none"):
            return None
        if self.state_of(place, self.answers, self.answers) == "not_applicable":
            return None
        if why == "insufficient_evidence":
            meant = self.own(step, why, "interval")
            return {"interval": None, "exclude": None, "unsatisfied": "below"}.get(meant, meant)
        meant = self.own(step, why, "exclude")
        if isinstance(meant, dict):
            return (key_of(meant["level"]),) if "level" in meant else fraction(meant["share"])
        if meant == "satisfied_if_justified":
            asked = [self.answers[one] for one in self.resting_on(part) if one in self.answers]
            meant = "satisfied" if all(one.get("justification") for one in asked) else "absent"
        return {"satisfied": "highest", "absent": "lowest"}.get(meant)

    def stand_in(self, place: str, part: str, counted: Mapping[str, str | None]) -> Part | None:  # noqa: PLR0911  # a meaning each
        """A part without a result as the step that it is part of counts it; None where that leaves it as it is."""
        meaning = self.meaning(place, part, counted)
        if meaning is None:
            return None
        weight, scale = self.weight(self.targets[part]), self.passed_scale(part)
        if isinstance(meaning, Fraction):
            along = self._along(part, meaning, scale, counted)
            return None if along is None else Part(part, weight, self._passed(part, along, counted), None, scale)
        if scale is None:
            value = self._as_number(part, meaning, counted)
            return None if value is None else Part(part, weight, value, None, None)
        given = [key_of(band.get("gives", "")) for band in self.own(self.step_of(part), "bands", [])]
        if self.step_of(part).get("passes_on") == "band" and set(given) <= set(scale.keys):
            if meaning == "below":
                held = [one for one in scale.points if one is not None]
                least_ = min(held) if len(held) == len(scale.points) else None
                return Part(part, weight, least_, Fraction(-1), scale)
            wanted = given[0] if meaning == "lowest" else given[-1] if meaning == "highest" else meaning[0]
            place_ = scale.keys.index(wanted)
            return Part(part, weight, scale.points[place_], Fraction(place_), scale) if wanted in given else None
        points = [self._passed_points(part, scale, key) for key in scale.keys]
        order = [(one or Fraction(0), rank) for rank, one in enumerate(points)]
        if meaning == "below":
            known = [one for one in points if one is not None]
            return Part(part, weight, lowest(known) if len(known) == len(points) else None, Fraction(-1), scale)
        if isinstance(meaning, tuple):
            rank = scale.keys.index(meaning[0])
        else:
            rank = (max if meaning == "highest" else min)(order, key=lambda one: (decimal(one[0]), one[1]))[1]
        return Part(part, weight, points[rank], Fraction(rank), scale)

    def _along(
        self, part: str, share: Fraction, scale: Scale | None, counted: Mapping[str, str | None]
    ) -> Number | None:
        """The number at a share of the way from the worst that a part can be to the best."""
        step = self.step_of(part)
        turned = step.get("passes_on") == "points"
        ends = self.span(part, counted, own=turned) if scale is None else self._passed_ends(part, scale)
        gives = [fraction(one["gives"]) for one in step.get("points", [])]
        start, end = ends[::-1] if turned and gives != sorted(gives) else ends
        if start is None or end is None or step.get("passes_on") == "band":
            return None
        return plus(start, times(share, plus(end, times(start, Fraction(-1)))))

    def _as_number(self, part: str, meaning: Any, counted: Mapping[str, str | None]) -> Number | None:
        """What a part with only numbers counts as; a level that is no number says nothing of it."""
        if isinstance(meaning, tuple):
            return self._passed(part, fraction(meaning[0]), counted) if is_number(meaning[0]) else None
        return self.span(part, counted)[1 if meaning == "highest" else 0]

    def _shown(self, part: str, meaning: Any, other: Part, counted: Mapping[str, str | None]) -> Number | None:
        """The number that a part which stands in has where it is seen as it is shown, and not as points of that."""
        step = self.step_of(part)
        if step.get("passes_on") != "points" or self.result_scale(part) is not None:
            return other.value
        if isinstance(meaning, tuple):
            return fraction(meaning[0])
        best = Fraction(meaning == "highest")
        return self._along(part, meaning if isinstance(meaning, Fraction) else best, None, counted)

    def _passed_ends(self, part: str, scale: Scale) -> tuple[Number | None, Number | None]:
        points = [self._passed_points(part, scale, key) for key in scale.keys]
        known = [one for one in points if one is not None]
        return (lowest(known), highest(known)) if len(known) == len(points) else (None, None)

    def _passed(self, name: str, value: Number | None, counted: Mapping[str, str | None]) -> Number | None:
        """The number of a target as the next step gets it: rounded, where the step says so."""
        step = self.step_of(name)
        if value is None or self.result_scale(name) is not None:
            return value
        if step.get("passes_on") == "points":
            return self._converted(value, step)
        if step.get("passes_on") != "rounded":
            return value
        return self._rounded(value, self.own(step, "rounding", {}), name, counted)

    def passed_scale(self, name: str) -> Scale | None:
        """The levels or bands that the next step sees a target at."""
        return self.passed_on(name, {})[2]

    def _passed_points(self, name: str, scale: Scale, key: str) -> Number | None:
        if self.step_of(name).get("passes_on") == "band":
            return scale.points[scale.keys.index(key)]
        return self._level_points(name, scale, key)

    def _set_aside(self, name: str, meaning: Any, answer: Values) -> str | None:
        if meaning in ("exclude", "shrink_bounds"):
            return None
        if isinstance(meaning, dict):
            return key_of(meaning["level"]) if "level" in meaning else SHARE + meaning["share"]
        satisfied = meaning == "satisfied" or (meaning == "satisfied_if_justified" and answer.get("justification"))
        return self._best(name) if satisfied else self._worst(name)

    def _extremes(self, name: str) -> list[tuple[Number, Fraction, str]]:
        """Every key that could be the best or the worst: its points, its rank and itself."""
        if name not in self.extremes:
            scale = self.scale_of(name)
            keys = scale.keys or [str(one) for one in {*(scale.range or ()), *self._turns(scale)}]
            held = [(self.points(name, key) or Fraction(0), self.rank(name, key), key) for key in keys]
            self.extremes[name] = held
        return self.extremes[name]

    @staticmethod
    def _turns(scale: Scale) -> Iterator[Fraction]:
        for at, above, _ in scale.curve:
            if not above or (scale.range and at < scale.range[1]):
                yield at + (Fraction(1, 10**9) if above else 0)

    def _worst(self, name: str) -> str:
        found = self._extremes(name)
        least = lowest([points for points, _, _ in found])
        return min((rank, key) for points, rank, key in found if compare(points, least) == 0)[1]

    def _best(self, name: str) -> str:
        found = self._extremes(name)
        most = highest([points for points, _, _ in found])
        return max((rank, key) for points, rank, key in found if compare(points, most) == 0)[1]

    def rank(self, name: str, key: str) -> Fraction:
        scale = self.scale_of(name)
        if key == BELOW_ALL:
            return (scale.range[0] if scale.range else 0) - Fraction(1)
        return fraction(key) if scale.range else Fraction(scale.keys.index(key))

    def entered(self, name: str, counted: Mapping[str, str | None]) -> tuple[Number | None, Fraction | None] | None:
        """Points and rank of a question as it counts; None where it is not put or left out."""
        key = counted.get(name)
        if key is None:
            return None
        if key.startswith(SHARE):
            held = [points for points, _, _ in self._extremes(name)]
            return plus(lowest(held), times(fraction(key[len(SHARE) :]), plus(highest(held), -lowest(held)))), None
        rank = self.rank(name, key)
        value = self._least(name) if key == BELOW_ALL else self.points(name, key)
        for need in self.criteria[name].get("prerequisites", []):
            other = self.entered(need["criterion"], counted)
            if (
                other is not None
                and other[1] is not None
                and other[1] < self.rank(need["criterion"], key_of(need["at_least"]))
            ):
                most = key_of(need["otherwise"])
                rank = min(rank, self.rank(name, most))
                allowed = self.points(name, most)
                value = None if value is None or allowed is None else lowest([value, allowed])
        return value, rank

    def _least(self, name: str) -> Number | None:
        scale = self.scale_of(name)
        return None if None in scale.points else lowest([points for points, _, _ in self._extremes(name)])

    # --- steps --------------------------------------------------------------------------------------------------------

    def step_of(self, name: str) -> Values:
        default: Values = self.scoring["targets" if name == TOTAL else "criteria"]
        if name == TOTAL:
            return default
        target = self.targets[name]
        if not target.get("criteria"):
            default = self.scoring.get("subtargets", default)
        own: Values | None = target.get("scoring")
        return own or default

    def own(self, step: Values, key: str, default: Any) -> Any:
        return step.get(key, self.scoring.get(key, default))

    def weight(self, holder: Values) -> Fraction:
        weight = holder.get("weight")
        if weight is None and "class" in holder:
            weight = next(one for one in self.values["classes"] if one["id"] == holder["class"]).get("weight")
        return fraction(weight["value"] if isinstance(weight, dict) else 1 if weight is None else weight)

    def beneath(self, name: str) -> list[str]:
        """All criteria beneath a target."""
        if name == TOTAL:
            return list(self.criteria)
        target = self.targets[name]
        own = [one["id"] for one in target.get("criteria", [])]
        return own + [one for below in target.get("targets", []) for one in self.beneath(below["id"])]

    def resting_on(self, name: str) -> list[str]:
        """All criteria that a target rests on: those beneath it, and those that count in it or beneath it too."""
        if name == TOTAL or name in self.criteria:
            return [name] if name else list(self.criteria)
        target = self.targets[name]
        own = [one["id"] for one in target.get("criteria", [])]
        others = [*(one["id"] for one in target.get("targets", [])), *target.get("counts_also", [])]
        return list(dict.fromkeys([*own, *(one for other in others for one in self.resting_on(other))]))

    def part_names(self, name: str) -> list[str]:
        """The parts of a step that weigh something, there or not."""
        held = self.values if name == TOTAL else self.targets[name]
        also = held.get("counts_also", [])
        names = [one["id"] for key in ("criteria", "targets") for one in held.get(key, [])] + also
        if self.step_of(name).get("over") == "criteria":
            names = [*self.beneath(name), *(one for one in also if one in self.criteria)]
        return [one for one in dict.fromkeys(names) if self.weight(self.criteria.get(one) or self.targets[one])]

    def parts(self, name: str, counted: Mapping[str, str | None]) -> list[Part]:
        found = []
        for one in self.part_names(name):
            if one in self.criteria:
                entered = self.entered(one, counted)
                if entered is not None:
                    found.append(Part(one, self.weight(self.criteria[one]), *entered, self.scale_of(one)))
            else:
                other = self.stand_in(name, one, counted)
                if other is not None:
                    found.append(other)
                    continue
                value, rank, scale = self.passed_on(one, counted)
                if value is not None or rank is not None:
                    found.append(Part(one, self.weight(self.targets[one]), value, rank, scale))
        return found

    def passed_on(
        self, name: str, counted: Mapping[str, str | None]
    ) -> tuple[Number | None, Fraction | None, Scale | None]:
        """What the next step sees of a target."""
        told, step = self.result(name, counted), self.step_of(name)
        if step.get("passes_on") == "band":
            bands = self.own(step, "bands", [])
            if all("gives" in band for band in bands):
                scale = self.scale_called(step.get("scale"))
                gives = {band["id"]: scale.keys.index(key_of(band["gives"])) for band in bands}
                place = None if told.band is None else gives[told.band]
                return (None, None, scale) if place is None else (scale.points[place], Fraction(place), scale)
            scale = Scale(
                tuple(band["id"] for band in bands),
                tuple(fraction(band["value"]) if "value" in band else None for band in bands),
            )
            place = None if told.band is None else scale.keys.index(told.band)
            return (None, None, scale) if place is None else (scale.points[place], Fraction(place), scale)
        scale_ = self.result_scale(name)
        rank = None if told.level is None or scale_ is None else Fraction(scale_.keys.index(told.level))
        return self._passed(name, told.value, counted), rank, scale_

    def result_scale(self, name: str) -> Scale | None:
        """The scale that a result is on, where it is a level."""
        step = self.step_of(name)
        if step["method"] in ("table", "rules", "ladder"):
            return self.scale_called(step.get("scale"))
        if step["method"] not in ("weakest", "best", "median") or step.get("even") == "mean":
            return None
        common = self.common_scale(name)
        return self.scale_called(step["scale"]) if common and "scale" in step else common

    def common_scale(self, name: str) -> Scale | None:
        """The scale that all parts of a step share."""
        scales = []
        for one in self.part_names(name):
            if one in self.criteria:
                scales.append(self.scale_of(one))
            elif self.step_of(one).get("passes_on") == "band":
                scales.append(self.passed_on(one, {})[2])  # type: ignore[arg-type]
            else:
                scales.append(self.result_scale(one))  # type: ignore[arg-type]
        first = scales[0]
        same = first and first.keys and all(one and one.keys == first.keys for one in scales)
        return first if same else None  # numbers on a range are compared by their points

    # --- results ------------------------------------------------------------------------------------------------------

    def result(self, name: str, counted: Mapping[str, str | None]) -> Told:
        """The result of a target, or of the whole."""
        key = (name, tuple(counted.items()))
        if key not in self.done:
            self.done[key] = self._result(name, counted)
        return self.done[key]

    def _result(self, name: str, counted: Mapping[str, str | None]) -> Told:
        value, level = self._valued(name, counted)
        return Told(value, level, self._band(name, self.step_of(name), value, counted))

    def _valued(self, name: str, counted: Mapping[str, str | None]) -> Outcome:
        """The result before bands: what the method gives, as far as gates let it."""
        step = self.step_of(name)
        parts = self.parts(name, counted)
        if not parts or step["method"] == "none":
            return None, None
        if counted is self.counted and self.state_of(name, self.answers, self.answers) == "not_applicable":
            return None, None  # all that is not applicable stays so, also where a question's own target counts it
        value, level = getattr(self, "by_" + step["method"])(Case(name, step, parts, counted))
        is_turned = "points" in step and step.get("passes_on") != "points" and self.result_scale(name) is None
        if value is not None and is_turned:
            value = self._converted(value, step)
        for gate in self.scoring.get("gates", []):
            if gate["cap"].get("target", TOTAL) == name and self.holds(gate["when"], name, counted, absent=False):
                value, level = self._capped(name, key_of(gate["cap"]["at"]), value, level)
        return value, level

    @staticmethod
    def _converted(value: Number, step: Values) -> Number:
        """The points that a step turns its number into."""
        passed = [
            one
            for one in step["points"]
            if compare(value, fraction(one.get("at", one.get("above")))) >= ("above" in one)
        ]
        if not passed:
            return fraction(step["points"][0]["gives"])
        last, rest = passed[-1], step["points"][len(passed) :]
        if step.get("between", "line") == "step" or not rest:
            return fraction(last["gives"])
        at, gives = fraction(last["at"]), fraction(last["gives"])
        next_at, next_gives = fraction(rest[0]["at"]), fraction(rest[0]["gives"])
        if step.get("between", "line") == "line":
            return plus(gives, times(plus(value, -at), (next_gives - gives) / (next_at - at)))
        way = decimal(times(value, 1 / at)).ln() / decimal(next_at / at).ln()
        return plus(gives, times(next_gives - gives, way))

    def _capped(self, name: str, cap: str, value: Number | None, level: str | None) -> Outcome:
        scale = self.result_scale(name)
        if scale is None or level is None:
            return (fraction(cap) if value is not None and compare(value, fraction(cap)) > 0 else value), None
        if cap not in scale.keys and None in scale.points:
            return value, level
        if cap in scale.keys:
            highest_ = scale.keys.index(cap)
        else:
            points = [self._level_points(name, scale, key) or Fraction(0) for key in scale.keys]
            within = [place for place, one in enumerate(points) if compare(one, fraction(cap)) <= 0]
            highest_ = max(within, default=0)
        if scale.keys.index(level) <= highest_:
            return value, level
        return self._at(name, scale, Fraction(highest_))

    def _at(self, name: str, scale: Scale, rank: Fraction) -> Outcome:
        """The level at a rank, held to the scale, with its points."""
        place = min(max(int(rank), 0), len(scale.keys) - 1)
        return self._level_points(name, scale, scale.keys[place]), scale.keys[place]

    def _level_points(self, name: str, scale: Scale, key: str) -> Number | None:
        """The points of a level: those of answers where a step chooses among answers, else those of the scale."""
        step = self.step_of(name)
        if step["method"] in ("weakest", "best", "median") and "scale" not in step:
            first = self.part_names(name)[0]
            if first in self.criteria:
                return self.points(first, key)
            if self.step_of(first).get("passes_on") != "band":
                return self._level_points(first, scale, key)
        return self._bare_points(scale, key)

    def _band(self, name: str, step: Values, value: Number | None, counted: Mapping[str, str | None]) -> str | None:
        bands = self.own(step, "bands", [])
        if value is None or not bands:
            return None
        if self.own(step, "bands_on", "exact") == "rounded":
            value = self._rounded(value, self.own(step, "rounding", {}), name, counted)
        found = None
        for band in bands:
            start = self._start(fraction(band.get("from", band.get("above"))), name, step, counted)
            order = compare(value, start)
            if not (order > 0 or (order == 0 and "from" in band)):
                break
            demands = band.get("requires", [])
            demands = demands if isinstance(demands, list) else [demands]
            if all(self.holds(one, name, counted, absent=True) for one in demands):
                found = band["id"]
        return found

    def _rounded(self, value: Number, rounding: Values, name: str, counted: Mapping[str, str | None]) -> Fraction:
        unit = 10 ** rounding.get("decimals", 1) * (100 if rounding.get("percent") else 1)
        mode = rounding.get("mode", "half_up")
        if mode == "up":
            raised = times(value, Fraction(unit))
            near = floor(plus(raised, Fraction(1, 2)))
            return Fraction(near if compare(raised, Fraction(near)) == 0 else ceil(raised), unit)
        exact = times(value, Fraction(unit))
        scaled: Number = abs(exact) if isinstance(exact, Fraction) else abs(exact) + SAME
        whole = floor(scaled if mode == "truncate" else plus(scaled, Fraction(1, 2)))
        whole = -whole if value < 0 else whole
        if mode == "capped":
            most = self.span(name, counted, own=True)[1]
            if most is not None and compare(value, most) < 0 and compare(Fraction(whole, unit), most) >= 0:
                whole -= 1
        return Fraction(whole, unit)

    def _start(self, start: Fraction, name: str, step: Values, counted: Mapping[str, str | None]) -> Fraction:
        """Where a band starts: `shrink_bounds` moves it as far along what is left as it was along the whole."""
        applying = [one for one in counted if not self.is_excluded(one)]
        is_whole = all(counted[one] is not None for one in applying)
        if self.own(step, "not_applicable", "exclude") != "shrink_bounds" or is_whole:
            return start
        least, most = self.span(name, dict.fromkeys(applying, ""), own=True)
        low, high = self.span(name, counted, own=True)
        ends = [one for one in (least, most, low, high) if isinstance(one, Fraction)]
        if len(ends) < 4 or ends[0] == ends[1]:
            return start
        return ends[2] + (start - ends[0]) * (ends[3] - ends[2]) / (ends[1] - ends[0])

    def span(
        self, name: str, counted: Mapping[str, str | None], *, own: bool = False
    ) -> tuple[Number | None, Number | None]:
        """The least and the most that a part can come to with the questions that count; its `own`, or as passed on."""
        there = [one for one, key in counted.items() if key is not None or one in self.in_stand_ins(counted)]
        if name in self.criteria:
            if None in self.scale_of(name).points:
                return None, None
            held = [points for points, _, _ in self._extremes(name)]
            return lowest(held), highest(held)
        step = self.step_of(name)
        if step.get("passes_on") == "band" and not own:
            _, _, scale = self.passed_on(name, {})
            points = dict(zip(scale.keys, scale.points, strict=True)) if scale is not None else {}
            bands = self.own(step, "bands", [])
            given = [points.get(key_of(band["gives"]) if "gives" in band else band["id"]) for band in bands]
            gives = [number for number in given if number is not None]
            return (min(gives), max(gives)) if gives and len(gives) == len(given) else (None, None)
        if step.get("passes_on") in ("rounded", "points") and not own and self.result_scale(name) is None:
            passed = [self._passed(name, end, counted) for end in self.span(name, counted, own=True)]
            numbers = [end for end in passed if end is not None]  # points that go on only rise or only fall
            return (lowest(numbers), highest(numbers)) if len(numbers) == len(passed) else (None, None)
        identity = (name, frozenset(there), own)
        if identity not in self.spans:
            choices = [self.worth_trying(one) for one in there]
            if prod(map(len, choices)) > MOST:
                raise TooManyError
            cases = (dict(zip(there, case, strict=True)) for case in product(*choices))
            found = [self._valued(name, case)[0] for case in cases]
            numbers = [one for one in found if one is not None]
            self.spans[identity] = (lowest(numbers), highest(numbers)) if numbers else (None, None)
        return self.spans[identity]

    def in_stand_ins(self, counted: Mapping[str, str | None]) -> set[str]:
        """The questions beneath parts that count as something although nothing of them does."""
        places = [TOTAL, *self.targets]
        return {
            one
            for place in places
            for part in self.part_names(place)
            if self.meaning(place, part, counted) is not None
            for one in self.resting_on(part)
        } | {
            one
            for one, answer in self.answers.items()
            if "insufficient_evidence" in answer and not self.is_excluded(one)
        }

    def is_excluded(self, name: str) -> bool:
        """Whether an answer is left out since it lacks evidence."""
        meaning = self.own(self.step_of(self.home[name]), "insufficient_evidence", "interval")
        return "insufficient_evidence" in self.answers.get(name, {}) and meaning == "exclude"

    def worth_trying(self, name: str) -> list[str]:
        """All levels; of a range its ends, where it turns, and about every number that something compares with."""
        scale = self.scale_of(name)
        if not scale.range:
            return list(scale.keys)
        raw = next(one for one in self.values["scales"] if self.criteria[name].get("scale") in (None, one["id"]))[
            "range"
        ]
        unit = fraction(raw["step"]) if "step" in raw else None
        small = unit or Fraction(1, 10**6)
        wanted = {*scale.range}
        for about in [*(at for at, *_ in scale.curve), *_thresholds(self.values)]:
            near = about if unit is None else scale.range[0] + floor((about - scale.range[0]) / unit) * unit
            up = about if unit is None else scale.range[0] + ceil((about - scale.range[0]) / unit) * unit
            wanted |= {near - small, near, up, up + small}
        return [str(one) for one in sorted(wanted) if scale.range[0] <= one <= scale.range[1]]

    # --- methods ------------------------------------------------------------------------------------------------------

    def by_mean(self, case: Case) -> Outcome:
        whole = self.by_sum(case)[0]
        return None if whole is None else times(whole, 1 / case.weight), None

    def by_sum(self, case: Case) -> Outcome:
        whole: Number = Fraction(0)
        for part in case.parts:
            if part.value is None:
                return None, None
            whole = plus(whole, times(part.weight, part.value))
        return whole, None

    def by_product(self, case: Case) -> Outcome:
        whole: Number = Fraction(1)
        for part in case.parts:
            raised = None if part.value is None else power(part.value, part.weight)
            if raised is None:
                return None, None
            whole = times(whole, raised)
        return whole, None

    def by_geometric_mean(self, case: Case) -> Outcome:
        values = case.values
        if "floor" in case.step:
            values = [highest([value, fraction(case.step["floor"])]) for value in values]
        if len(values) < len(case.parts) or any(compare(value, Fraction(0)) < 0 for value in values):
            return None, None
        held = zip(case.parts, values, strict=True)
        parts = [part._replace(weight=part.weight / case.weight, value=value) for part, value in held]
        return self.by_product(case._replace(parts=parts))

    def by_harmonic_mean(self, case: Case) -> Outcome:
        values = case.values
        if "floor" in case.step:
            values = [highest([value, fraction(case.step["floor"])]) for value in values]
        if len(values) < len(case.parts) or any(compare(value, Fraction(0)) < 0 for value in values):
            return None, None
        if any(compare(value, Fraction(0)) == 0 for value in values):
            return Fraction(0), None
        whole: Number = Fraction(0)
        for part, value in zip(case.parts, values, strict=True):
            whole = plus(whole, part.weight / value if isinstance(value, Fraction) else decimal(part.weight) / value)
        return (case.weight / whole if isinstance(whole, Fraction) else decimal(case.weight) / whole), None

    def by_power_mean(self, case: Case) -> Outcome:
        exponent = case.step["exponent"]
        if len(case.values) < len(case.parts) or any(compare(value, Fraction(0)) < 0 for value in case.values):
            return None, None
        if exponent < 0 and any(compare(value, Fraction(0)) == 0 for value in case.values):
            return Fraction(0), None
        whole: Number = Fraction(0)
        for part, value in zip(case.parts, case.values, strict=True):
            raised = value**exponent
            whole = plus(whole, times(part.weight / case.weight, raised))
        return power(whole, Fraction(1, exponent)), None

    def by_trimmed_mean(self, case: Case) -> Outcome:
        values = sorted(case.values, key=decimal)
        if len(values) < len(case.parts):
            return None, None
        written = str(case.step["trim"])
        share = written.endswith("%") or "/" in written
        cut = floor(fraction(written) * (len(values) if share else 1))
        while len(values) - 2 * cut < 1:
            cut -= 1
        left = values[cut : len(values) - cut]
        whole: Number = Fraction(0)
        for value in left:
            whole = plus(whole, value)
        return times(whole, Fraction(1, len(left))), None

    def _two(self, case: Case) -> tuple[Number | None, Number | None]:
        by_name = {part.id: part.value for part in case.parts}
        first, second = case.step["of"]
        return by_name.get(first), by_name.get(second)

    def by_difference(self, case: Case) -> Outcome:
        first, second = self._two(case)
        return (None if first is None or second is None else plus(first, times(second, Fraction(-1)))), None

    def by_quotient(self, case: Case) -> Outcome:
        first, second = self._two(case)
        if first is None or second is None or compare(second, Fraction(0)) == 0:
            return None, None
        if isinstance(first, Fraction) and isinstance(second, Fraction):
            return first / second, None
        return decimal(first) / decimal(second), None

    def by_share_of_possible(self, case: Case) -> Outcome:
        upper: Number = Fraction(0)
        lower: Number = Fraction(0)
        for part in case.parts:
            least, most = self.span(part.id, case.counted)
            if part.value is None or least is None or most is None:
                return None, None
            upper = plus(upper, times(part.weight, plus(part.value, times(least, Fraction(-1)))))
            lower = plus(lower, times(part.weight, plus(most, times(least, Fraction(-1)))))
        if compare(lower, Fraction(0)) == 0:
            return None, None
        if isinstance(lower, Fraction) and isinstance(upper, Fraction):
            return upper / lower, None
        return decimal(upper) / decimal(lower), None

    def by_share_satisfied(self, case: Case) -> Outcome:
        satisfied = [part.weight for part in case.parts if self._is_satisfied(part, case)]
        return sum(satisfied, Fraction(0)) / case.weight, None

    def _is_satisfied(self, part: Part, case: Case) -> bool:
        at = key_of(case.step["satisfied_at"]) if "satisfied_at" in case.step else None
        if part.rank is not None and part.scale is not None and part.scale.keys:
            return part.rank >= (len(part.scale.keys) - 1 if at is None else part.scale.keys.index(at))
        if at is None:
            bar = self.span(part.id, case.counted)[1]
        else:  # a number on a range stands for its points
            bar = self.points(part.id, at) if part.id in self.criteria else fraction(at)
        return part.value is not None and bar is not None and compare(part.value, bar) >= 0

    def by_weakest(self, case: Case) -> Outcome:
        common, ranks = self.common_scale(case.name), case.ranks
        if common is None:
            return lowest(case.values), None
        rank = self._carried_over(case.name, common, min(ranks))
        up, down = case.step.get("step_up"), case.step.get("step_down")
        if up and sum(one > min(ranks) for one in ranks) >= self._amount(up, len(ranks)):
            rank += up.get("by", 1)
        if down:
            bar = common.keys.index(key_of(down["below"]))
            rank -= down.get("by", 1) * (sum(one < bar for one in ranks) >= self._amount(down, len(ranks)))
        return self._at(case.name, self.result_scale(case.name) or common, rank)

    def _carried_over(self, name: str, common: Scale, rank: Fraction) -> Fraction:
        """A rank on the parts' scale as a rank on the result's."""
        scale = self.result_scale(name)
        if scale is None or rank < 0:
            return rank
        return Fraction(scale.keys.index(common.keys[int(rank)]))

    @staticmethod
    def _amount(holder: Values, parts: int) -> Fraction:
        written = "100 %" if holder["at_least"] == "all" else holder["at_least"]
        return fraction(written) * (parts if str(written).endswith("%") else 1)

    def _chosen(self, case: Case, place: int) -> Outcome:
        """The part at a place from below."""
        common = self.common_scale(case.name)
        if common is None:
            return sorted(case.values, key=decimal)[place], None
        rank = self._carried_over(case.name, common, sorted(case.ranks)[place])
        return self._at(case.name, self.result_scale(case.name) or common, rank)

    def by_best(self, case: Case) -> Outcome:
        return self._chosen(case, -1)

    def by_median(self, case: Case) -> Outcome:
        even = case.step.get("even", "lower")
        low, high = (len(case.parts) - 1) // 2, len(case.parts) // 2
        if even == "mean":
            values = sorted(case.values, key=decimal)
            return times(plus(values[low], values[high]), Fraction(1, 2)), None
        return self._chosen(case, high if even == "upper" else low)

    def by_table(self, case: Case) -> Outcome:
        for row in case.step["rows"]:
            counts = {column["id"]: column["count"] for column in case.step.get("counts", [])}
            cells = [
                _counted(counts[name], given) if name in counts else {"part": name, "is": given}
                for name, given in row["when"].items()
            ]
            if all(self.holds(cell, case.name, case.counted, absent=False) for cell in cells):
                return self._given(case.step, row["gives"])
        return self._given(case.step, case.step["otherwise"])

    def by_rules(self, case: Case) -> Outcome:
        for rule in case.step["rules"]:
            if all(self.holds(one, case.name, case.counted, absent=False) for one in _listed(rule["when"])):
                return self._given(case.step, rule["gives"])
        return self._given(case.step, case.step["otherwise"])

    def by_ladder(self, case: Case) -> Outcome:
        reached = case.step["otherwise"]
        for rung in case.step["steps"]:
            requires = _listed(rung["requires"])
            if not all(self.holds(one, case.name, case.counted, absent=True) for one in requires):
                break
            reached = rung["gives"]
        return self._given(case.step, reached)

    def _given(self, step: Values, outcome: Any) -> Outcome:
        scale = self.scale_called(step.get("scale"))
        return self._bare_points(scale, key_of(outcome)), key_of(outcome)

    # --- conditions ---------------------------------------------------------------------------------------------------

    def holds(self, condition: Values, place: str, counted: Mapping[str, str | None], *, absent: bool) -> bool:
        """Whether a condition holds; with parts that are not there it comes out as `absent`."""
        if "all" in condition:
            return all(self.holds(one, place, counted, absent=absent) for one in condition["all"])
        if "any" in condition:
            return any(self.holds(one, place, counted, absent=absent) for one in condition["any"])
        if "not" in condition:
            return not self.holds(condition["not"], place, counted, absent=not absent)
        if "count" in condition:
            return self._count_holds(condition, place, counted, absent=absent)
        part = condition.get("part") or condition["criterion"]
        found = self._is_at(part, condition, counted, place)
        if found is None:
            return absent or "not_applicable" in _listed(condition.get("is", []))
        return found

    def _count_holds(self, condition: Values, place: str, counted: Mapping[str, str | None], *, absent: bool) -> bool:
        count = condition["count"]
        critical = self.step_of(place).get("critical") or [
            name for name, one in self.criteria.items() if one.get("critical")
        ]
        names = [
            name
            for name in self.part_names(place)
            if (not count.get("parts") or name in count["parts"])
            and (not count.get("class") or self.criteria.get(name, {}).get("class") in _listed(count["class"]))
            and ("critical" not in count or (name in critical) == count["critical"])
        ]
        there = [part.id for part in self.parts(place, counted) if part.id in names]
        met = sum(self._is_at(name, count, counted, place) is True for name in there)
        [(amount, written)] = [(key, value) for key, value in condition.items() if key != "count"]
        written = "100 %" if written == "all" else written
        needed = fraction(written)
        if str(written).endswith("%"):
            if not there:
                return absent
            needed *= len(there)
        return {
            "at_least": met >= needed,
            "more_than": met > needed,
            "at_most": met <= needed,
            "fewer_than": met < needed,
            "exactly": met == needed,
        }[amount]

    def _is_at(self, name: str, condition: Values, counted: Mapping[str, str | None], place: str) -> bool | None:
        """Whether a part is at such a level; None where it is not there."""
        [(comparison, wanted)] = [
            (key, value) for key, value in condition.items() if key in ("is", "at_least", "above", "at_most", "below")
        ]
        levels = [key_of(one) for one in _listed(wanted)]
        if name in self.criteria:
            seen = self._criterion_seen(name, counted)
        else:
            seen = self._target_seen(name, levels, counted, place)
        if seen is None:
            return None
        keys, own, value = seen
        places = [Fraction(keys.index(one)) for one in levels if one in keys]
        if places and own is not None:
            return _meets(own, comparison, places)
        if value is None or (keys and comparison == "is"):
            return False
        return _meets(value, comparison, [fraction(one) for one in levels if is_number(one)])

    def _criterion_seen(self, name: str, counted: Mapping[str, str | None]) -> Seen | None:
        """The levels that an answer can be at, its place among them, and the number that it is compared by."""
        entered = self.entered(name, counted)
        if entered is None:
            return None
        points, rank = entered
        scale = self.scale_of(name)
        return scale.keys, rank, rank if scale.range else points

    def _target_seen(self, name: str, levels: list[str], counted: Mapping[str, str | None], place: str) -> Seen | None:
        """The same of a target: its levels or, where those are named, its bands."""
        told, scale = self.result(name, counted), self.result_scale(name)
        keys = scale.keys if scale else ()
        bands = tuple(band["id"] for band in self.own(self.step_of(name), "bands", []))
        other = self.stand_in(place, name, counted)
        if other is not None:
            other = other._replace(value=self._shown(name, self.meaning(place, name, counted), other, counted))
            on_bands = not set(levels) & set(keys) and bool(set(levels) & set(bands))
            is_below = self.meaning(place, name, counted) == "below"
            return self._stand_in_seen(name, other, keys, bands if on_bands else (), is_below=is_below)
        given = [key_of(band.get("gives", "")) for band in self.own(self.step_of(name), "bands", [])]
        if self.step_of(name).get("passes_on") == "band" and given:
            scale = self.scale_called(self.step_of(name).get("scale"))
            if set(given) <= set(scale.keys) and set(levels) - {"not_applicable"} <= set(scale.keys):
                place_ = None if told.band is None else scale.keys.index(given[bands.index(told.band)])
                return None if place_ is None else (scale.keys, Fraction(place_), None)
        if not set(levels) & set(keys) and set(levels) & set(bands):
            return None if told.band is None else (bands, Fraction(bands.index(told.band)), None)
        if told.level is None and told.value is None:
            return None
        is_turned = self.step_of(name).get("passes_on") == "points"  # what is shown is what conditions see
        value = told.value if is_turned else self._passed(name, told.value, counted)
        return keys, None if told.level is None else Fraction(keys.index(told.level)), value

    def _stand_in_seen(
        self, name: str, other: Part, keys: tuple[str, ...], bands: tuple[str, ...], *, is_below: bool
    ) -> Seen | None:
        """What conditions see of a part that stands in: where its band goes on, that alone."""
        if self.step_of(name).get("passes_on") == "band":
            return (bands, other.rank, None) if bands else None
        if not bands:
            return keys, other.rank, other.value
        if other.value is None:
            return None
        starts = [
            band
            for band in self.own(self.step_of(name), "bands", [])
            if compare(other.value, fraction(band.get("from", band.get("above")))) >= ("above" in band)
        ]
        return bands, Fraction(-1 if is_below else len(starts) - 1), None


def _meets(own: Number, comparison: str, bars: Sequence[Fraction]) -> bool:
    if comparison == "is":
        return any(compare(own, bar) == 0 for bar in bars)
    if not bars:
        return False
    order = compare(own, bars[0])
    return {"at_least": order >= 0, "above": order > 0, "at_most": order <= 0, "below": order < 0}[comparison]


def _counted(count: Values, given: Any) -> Values:
    """How many a row wants, number by number."""
    ways: list[Values] = [
        {"count": count, "at_least": int(one[:-1])} if str(one).endswith("+") else {"count": count, "exactly": one}
        for one in _listed(given)
    ]
    return {"any": ways}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _thresholds(values: Any) -> Iterator[Fraction]:
    """Every number that something is compared with."""
    if isinstance(values, list):
        for one in values:
            yield from _thresholds(one)
    elif isinstance(values, dict):
        for key, value in values.items():
            if key in ("is", "at", "at_least", "above", "at_most", "below", "satisfied_at"):
                yield from (fraction(one) for one in _listed(value) if not isinstance(one, dict) and is_number(one))
            yield from _thresholds(value)
