"""Tables with counted columns: combinations without an outcome or with two, and rows that no answers bring about.

Counts hang together: of four parts no three are at one level while two are at another. So the combinations that can
come about are walked through as for rules, and each is held against all rows.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.workspace.effects.combinations import MOST, Combinations, ConditionTest
from granskning.workspace.effects.possible import PossibleParts, counted_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import Condition
    from granskning.workspace.checks.check_views import StepPlace, Views

_MANY = 3
"""So many answers each question has at most where those of reviewers are pooled, as far as a table can tell."""


def check_count_tables(criteria: CriteriaSet, places: Sequence[StepPlace], seen: Views) -> Iterator[Finding]:
    """Yield what is wrong in the tables of a sound set that have counted columns; a shared one is told of once."""
    tables: dict[Path, list[StepPlace]] = {}
    for place in places:
        if place.step.method == "table" and place.step.counts:
            tables.setdefault(place.path, []).append(place)
    for shared in tables.values():
        yield from _CountTable(criteria, shared, seen).check()


class _CountTable:
    """One table, and all the places where it is used."""

    def __init__(self, criteria: CriteriaSet, places: Sequence[StepPlace], seen: Views) -> None:
        self.criteria = criteria
        self.places = places
        self.step = places[0].step
        self.path = places[0].path
        self.possible = PossibleParts(criteria, seen)
        self.classes = {criterion.id: criterion.class_ for criterion in criteria.criteria}
        self.critical = frozenset(criterion.id for criterion in criteria.criteria if criterion.critical)

    def check(self) -> Iterator[Finding]:
        """The first contradiction or hole; else the rows that are never the outcome."""
        rows = tuple(
            ConditionTest((*self.path, "rows", number), None, _tests(rule.when))
            for number, rule in enumerate(self.step.rules)
        )
        fitted: set[tuple[int, ...]] = set()
        for place in self.places:
            columns = dict(self._columns(place))
            repeated = _MANY if self.criteria.scoring.reviewers == "pooled" else 1
            walk = Combinations(place, self.possible, self.classes, self.critical, repeated)
            truths = walk.truths([*rows, *columns.values()], absent=False)
            if truths is None:
                yield self._finding("GR465", (*self.path, "rows"), key=True, most=MOST)
                return
            for truth in sorted(truths, reverse=True):
                fitting = tuple(number for number in range(len(rows)) if truth[number])
                combination = ", ".join(name for name, holds in zip(columns, truth[len(rows) :], strict=True) if holds)
                fault = self._fault(fitting, combination)
                if fault is not None:
                    yield fault
                    return
                fitted.add(fitting)
        yield from self._told_in_vain(fitted)

    def _fault(self, fitting: Sequence[int], combination: str) -> Finding | None:
        """That a combination has no outcome, or two."""
        if not fitting and self.step.otherwise is None:
            return self._finding("GR421", (*self.path, "rows"), key=True, case=combination)
        given = {self.step.rules[number].gives: number for number in reversed(fitting)}
        if len(given) < 2:  # noqa: PLR2004  # a contradiction is between two
            return None
        (first, _), (other, number) = sorted(given.items(), key=lambda item: item[1])[:2]
        return self._finding("GR422", (*self.path, "rows", number), case=combination, one=first, other=other)

    def _told_in_vain(self, fitted: set[tuple[int, ...]]) -> Iterator[Finding]:
        """The rows that no combination fits, and an `otherwise` that every one has a row before."""
        for number in range(len(self.step.rules)):
            if not any(number in rows for rows in fitted):
                yield self._finding("GR461", (*self.path, "rows", number, "when"), key=True)
        if self.step.otherwise is not None and () not in fitted:
            problem = Words(N_("the rows tell of every combination"))
            yield self._finding("GR438", (*self.path, "otherwise"), key=True, name="otherwise", problem=problem)

    def _columns(self, place: StepPlace) -> Iterator[tuple[str, ConditionTest]]:
        """What a combination is called by: how many each counted column comes to, and the level of each named part."""
        for name, count in self.step.counts:
            for number in range(len(counted_parts(count, place, self.classes, self.critical)) + 1):
                exactly = replace(count, amount="exactly", number=Fraction(number))
                yield f"{name}: {number}", ConditionTest((name, number), exactly)
        parts = [condition for rule in self.step.rules for condition in rule.when if condition.kind == "part"]
        named: Mapping[tuple[str, str], Condition] = {
            (part.part, level): replace(part, levels=(level,)) for part in parts for level in part.levels
        }
        for (name, level), condition in named.items():
            yield f"{name}: {level}", ConditionTest((name, level), condition)

    def _finding(self, code: str, path: Path, *, key: bool = False, **values: object) -> Finding:
        return Finding(RULES[code], Pointer(self.criteria.file, path, key=key), values)


def _tests(conditions: Sequence[Condition]) -> tuple[ConditionTest, ...]:
    """Conditions and those within them; only what they come to together is asked for, so none needs its place."""
    return tuple(ConditionTest((), condition, _tests(condition.conditions)) for condition in conditions)
