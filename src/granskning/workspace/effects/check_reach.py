"""Rules, steps, gates and bands that no answers can bring about, and conditions that always come to the same.

Every step with conditions is walked through all combinations of its parts that can come about. A step that several
targets share is judged by all of them together: what one of them can reach is reached.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.workspace.effects.combinations import MOST, Combinations, ConditionTest, all_within
from granskning.workspace.effects.possible import PossibleParts, counted_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import Condition
    from granskning.workspace.checks.check_views import StepPlace, Views

_DECIDED_BY = {"rules": ("rules", "when"), "ladder": ("steps", "requires")}
"""Where the conditions of a method stand, and under which key."""
_MANY = 3


@dataclass(slots=True)
class _Tried:
    """Conditions that stand in one place of the file, and what they have come to wherever that is used."""

    place: StepPlace
    tests: list[ConditionTest]
    absent: bool
    """What they are taken for where their parts are not there."""
    came_to: dict[Path, set[bool]] = field(default_factory=dict)
    """By condition what it has come to."""
    is_whole: bool = True
    """Whether all combinations were tried."""
    decided: set[int] = field(default_factory=set)
    """The rules that have decided, or steps that were the last; the number after the last rule is `otherwise`, as -1
    is for a ladder."""
    before: dict[int, set[int]] = field(default_factory=dict)
    """By rule those that have decided while it held too."""
    passed: set[int] = field(default_factory=set)
    """The rules that have been passed: neither they nor one before them held."""


class ReachCheck:
    """The steps, gates and bands of one set, and what can come about of them."""

    def __init__(self, values: dict[str, Any], criteria: CriteriaSet, places: Sequence[StepPlace], seen: Views) -> None:
        self.scoring = values["scoring"]
        self.criteria = criteria
        self.places = places
        self.possible = PossibleParts(criteria, seen)
        self.classes = {criterion.id: criterion.class_ for criterion in criteria.criteria}
        self.critical = frozenset(criterion.id for criterion in criteria.criteria if criterion.critical)
        self.tried: dict[Path, _Tried] = {}

    def check(self) -> Iterator[Finding]:
        """Everything that cannot come about, or always does."""
        scoring = self.criteria.scoring
        if (scoring.reviewers, scoring.reviewers_of) == ("mean", "answers"):
            return  # then conditions compare numbers that no single answer is
        for place in (*reversed(self.places[:-1]), *self.places[-1:]):  # each target after those below it
            self._try_rules(place)
            self._try_bands(place)
            self._try_gates(place)
        for path, tried in sorted(self.tried.items(), key=lambda item: str(item[0])):
            if tried.is_whole:
                yield from self._told(path, tried)
            else:
                yield self._finding("GR465", path, key=True, most=MOST)

    # --- what can come about --------------------------------------------------------------------------------------

    def _try_rules(self, place: StepPlace) -> None:
        within, key = _DECIDED_BY.get(place.step.method, ("", ""))
        if not within:
            return
        at = (*place.path, within)
        if at not in self.tried:
            tests = [
                _tested((*at, number, key), rule.when, place.values[within][number][key])
                for number, rule in enumerate(place.step.rules)
            ]
            self.tried[at] = _Tried(place, tests, absent=place.step.method == "ladder")
        tried = self.tried[at]
        truths = self._try_all(place, tried)
        decide = _climb if place.step.method == "ladder" else _decide
        outcomes = {decide(tried, truth) for truth in truths or ()}
        if truths is not None and place.target is not None:
            caps = {gate.cap for gate in self.criteria.scoring.gates if gate.target == place.target.id}
            self.possible.outcomes[place.target.id] = caps | {
                place.step.rules[rule].gives if 0 <= rule < len(place.step.rules) else place.step.otherwise or ""
                for rule in outcomes
            }

    def _try_bands(self, place: StepPlace) -> None:
        at = (*place.path, "bands") if "bands" in place.values else ("scoring", "bands")
        raw = place.values.get("bands", self.scoring.get("bands", ()))
        demands = [(number, band.requires) for number, band in enumerate(place.step.bands) if band.requires]
        if demands and place.step.method != "none":
            tests = [
                _tested((*at, number, "requires"), required, raw[number]["requires"]) for number, required in demands
            ]
            self._try_all(place, self.tried.setdefault(at, _Tried(place, tests, absent=True)))

    def _try_gates(self, place: StepPlace) -> None:
        name = place.target.id if place.target else None
        for number, gate in enumerate(self.criteria.scoring.gates):
            if gate.target == name:
                at = ("scoring", "gates", number, "when")
                tests = [_tested(at, (gate.when,), self.scoring["gates"][number]["when"])]
                self._try_all(place, self.tried.setdefault(at, _Tried(place, tests, absent=False)))

    def _try_all(self, place: StepPlace, tried: _Tried) -> set[tuple[bool, ...]] | None:
        """How the tests come out together in one place, and by itself each condition that they are made of."""
        pooled = self.criteria.scoring.reviewers == "pooled"
        parts = [part for test in tried.tests for part in all_within(test, absent=tried.absent)]
        amounts = [
            floor(part.condition.number) + 1
            for part, _ in parts
            if part.condition is not None and part.condition.kind == "count" and not part.condition.is_share
        ]
        repeated = max(sum(amounts), _MANY) if pooled else 1
        walk = Combinations(place, self.possible, self.classes, self.critical, repeated)
        together = walk.truths(tried.tests, absent=tried.absent)
        for test, absent in parts:
            alone = walk.truths([test], absent=absent)
            tried.came_to.setdefault(test.path, set()).update(outcome for truth in alone or () for outcome in truth)
            tried.is_whole = tried.is_whole and alone is not None
        tried.is_whole = tried.is_whole and together is not None
        return together

    # --- what is told ---------------------------------------------------------------------------------------------

    def _told(self, path: Path, tried: _Tried) -> Iterator[Finding]:
        """What a reader would take for something that happens."""
        settled = [constant for test in tried.tests for constant in _settled(test, tried.came_to)]
        method = tried.place.step.method if path[-1] in ("rules", "steps") else ""
        closing = (
            next((n for n in range(len(tried.tests)) if n not in tried.passed), None) if method == "rules" else None
        )
        is_closing = closing is not None and closing < len(tried.tests) - 1
        for test in settled:
            if self._is_too_many(test, tried):
                continue  # told with how many there are
            if not (is_closing and closing is not None and test is tried.tests[closing]):
                holds = True in tried.came_to[test.path]
                yield self._finding("GR462" if holds else "GR461", test.path, key=isinstance(test.path[-1], str))
        if method == "rules":
            yield from self._told_of_rules(tried, closing)
        elif method == "ladder" and not settled:
            yield from self._told_of_ladder(tried)

    def _is_too_many(self, test: ConditionTest, tried: _Tried) -> bool:
        """Whether a count asks for more parts than there are, in every place that shares the step."""
        count = test.condition
        if count is None or count.kind != "count" or count.is_share or count.amount not in ("at_least", "more_than"):
            return False
        shared = [place for place in self.places if place.path == tried.place.path]
        present = max(len(counted_parts(count, place, self.classes, self.critical)) for place in shared)
        return 0 < present < count.number + (count.amount == "more_than")

    def _told_of_rules(self, tried: _Tried, closing: int | None) -> Iterator[Finding]:
        """The rules that hold but never decide, up to one that always does; and that one with what comes after."""
        last = len(tried.tests) - 1
        for number, test in enumerate(tried.tests[: last + 1 if closing is None else closing + 1]):
            if number not in tried.decided and True in tried.came_to[test.path]:
                rules = ", ".join(str(earlier + 1) for earlier in sorted(tried.before.get(number, ())))
                yield self._finding("GR460", test.path[:-1], number=number + 1, rules=rules)
        step = tried.place.step
        if closing is not None and closing < last:
            yield self._finding("GR463", tried.tests[closing].path, key=True, count=last - closing)
        elif closing is not None and step.otherwise != step.rules[closing].gives:
            problem = Words(
                N_("one of the rules always holds; let otherwise give what the last one gives, and remove that")
            )
            yield self._finding("GR438", (*tried.place.path, "otherwise"), key=True, name="otherwise", problem=problem)

    def _told_of_ladder(self, tried: _Tried) -> Iterator[Finding]:
        """The steps at which nothing stops, and the first that is never reached."""
        rules = tried.place.step.rules
        highest = max(tried.decided, default=-1)
        for number, test in enumerate(tried.tests):
            if number > highest:
                problem = Words(N_("what it requires can never hold together with what the steps before it require"))
                yield self._finding("GR464", test.path, key=True, level=rules[number].gives, problem=problem)
                return
            if number and number - 1 not in tried.decided:
                problem = Words(N_("whenever it is reached, this step is reached too"))
                yield self._finding("GR464", test.path, key=True, level=rules[number - 1].gives, problem=problem)

    def _finding(self, code: str, path: Path, *, key: bool = False, **values: object) -> Finding:
        return Finding(RULES[code], Pointer(self.criteria.file, path, key=key), values)


def _decide(tried: _Tried, truth: Sequence[bool]) -> int:
    """The first rule that holds; what is learnt of the others is kept."""
    first = next((number for number, holds in enumerate(truth) if holds), len(truth))
    tried.decided.add(first)
    tried.passed.update(range(first))
    for number, holds in enumerate(truth):
        if holds and number > first:
            tried.before.setdefault(number, set()).add(first)
    return first


def _climb(tried: _Tried, truth: Sequence[bool]) -> int:
    """The last step that is reached with all those before it; -1 for none."""
    last = next((number for number, holds in enumerate(truth) if not holds), len(truth)) - 1
    tried.decided.add(last)
    return last


def _settled(test: ConditionTest, came_to: Mapping[Path, set[bool]]) -> Iterator[ConditionTest]:
    """The innermost conditions that always come to the same."""
    below = [inner for within in test.within for inner in _settled(within, came_to)]
    yield from below
    if not below and len(came_to[test.path]) == 1:
        yield test


def _tested(path: Path, conditions: Sequence[Condition], raw: Any) -> ConditionTest:
    """Conditions with where each stands, in a list or alone."""
    if isinstance(raw, list):
        return ConditionTest(
            path, None, tuple(_test((*path, n), condition, raw[n]) for n, condition in enumerate(conditions))
        )
    return _test(path, conditions[0], raw)


def _test(path: Path, condition: Condition, raw: Any) -> ConditionTest:
    if condition.kind in ("part", "count"):
        return ConditionTest(path, condition)
    return ConditionTest(path, condition, _within((*path, condition.kind), condition.conditions, raw[condition.kind]))


def _within(path: Path, conditions: Sequence[Condition], raw: Any) -> tuple[ConditionTest, ...]:
    if isinstance(raw, list):
        return tuple(_test((*path, n), condition, raw[n]) for n, condition in enumerate(conditions))
    return (_test(path, conditions[0], raw),)
