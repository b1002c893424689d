"""Which truths the conditions of a step can have together, over all combinations of its parts that can come about.

Parts are taken one after the other, and of what they are only that is kept which a condition still waits for: how many
of those counted so far have met a comparison, up to the largest number asked for, and whether something that must hold
has failed. A condition that has seen all its parts is settled, and goes into the one that it stands in. So forty
questions on four levels are some hundred cases, not four to the power of forty. An example: `critical at_least: 1` over
ten critical questions is two cases after each question, none and some.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor
from operator import eq, ge, gt, le, lt
from typing import TYPE_CHECKING, NamedTuple

from granskning.workspace.effects.possible import counted_parts, names_absence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from granskning.findings.finding import Path
    from granskning.model.method import Condition
    from granskning.workspace.checks.check_views import StepPlace
    from granskning.workspace.effects.possible import PossibleParts

_AMOUNTS: Mapping[str, Callable[[int, int], bool]] = {
    "at_least": ge,
    "more_than": gt,
    "at_most": le,
    "fewer_than": lt,
    "exactly": eq,
}
MOST = 10_000
"""When so many cases are not enough to know all combinations, it is said: they take about a twentieth of a second."""


@dataclass(frozen=True, slots=True)
class ConditionTest:
    """A condition and where it stands; without one, a list of conditions that must all hold."""

    path: Path
    condition: Condition | None
    within: tuple[ConditionTest, ...] = ()


class _Link(NamedTuple):
    """A condition among all those that are tried together."""

    condition: Condition | None
    above: int
    """The number of the condition that it stands in; -1 for none."""
    absent: bool
    """What it is taken for where none of its parts is there."""
    parts: frozenset[str]
    """The parts that it looks at itself."""
    most: int | None
    """The largest count that matters to it; None where every one does."""

    @property
    def kind(self) -> str:
        return "all" if self.condition is None else self.condition.kind


class _Turn(NamedTuple):
    """One part's turn: the conditions that look at it, and those that have then seen all their parts."""

    name: str
    links: tuple[int, ...]
    settled: tuple[int, ...]
    is_own: bool


@dataclass(slots=True)
class Combinations:
    """The combinations of one step in one place."""

    place: StepPlace
    possible: PossibleParts
    classes: Mapping[str, str]
    critical: Collection[str]
    repeated: int = 1
    """How many answers each question has at most: several where those of reviewers are pooled."""
    links: list[_Link] = field(default_factory=list)

    def truths(self, tests: Sequence[ConditionTest], *, absent: bool) -> set[tuple[bool, ...]] | None:
        """All ways in which the tests can come out together; None where the cases are too many.

        `absent` is what a test is taken for where its parts are not there. That no part of the step is there is no
        combination: then there is no result.
        """
        self.links = []
        roots = [self._add(test, -1, absent=absent) for test in tests]
        turns = list(self._turns())
        counts = [0] * (2 * len(self.links) + 1)
        looked_at = {turn.name for turn in turns if turn.is_own}
        counts[-1] = int(any(name not in looked_at and not self._is_nothing(name) for name in self.place.parts))
        cases, tried = {tuple(self._settle(counts, self._settled_after(turns, -1)))}, 0
        known: dict[tuple[str, tuple[int, ...]], frozenset[tuple[bool | None, ...]]] = {}
        for turn in turns:
            ways = known.get((turn.name, turn.links)) or self._ways(turn)
            known[turn.name, turn.links] = ways
            tried += len(ways) * len(cases)
            if tried > MOST:
                return None
            cases = {self._after(before, way, turn) for before in cases for way in ways}
        return {tuple(bool(combination[2 * root]) for root in roots) for combination in cases if combination[-1]}

    def _add(self, test: ConditionTest, above: int, *, absent: bool) -> int:
        """Number a test and those within it; a condition comes before those that it is made of."""
        condition, number = test.condition, len(self.links)
        parts: Collection[str] = ()
        most = None
        if condition is not None and condition.kind == "part":
            parts = (condition.part,)
        elif condition is not None and condition.kind == "count":
            parts = counted_parts(condition, self.place, self.classes, self.critical)
            most = None if condition.is_share else floor(condition.number) + 1
        self.links.append(_Link(condition, above, absent, frozenset(parts), most))
        for inner in test.within:
            is_turned = condition is not None and condition.kind == "not"
            self._add(inner, number, absent=absent != is_turned)
        return number

    # --- the order of parts ---------------------------------------------------------------------------------------

    def _turns(self) -> Iterator[_Turn]:
        """The turns of the parts that conditions look at, in the order in which they name them.

        A part whose answers are pooled counts as its lowest where it is named alone, so that is taken by itself.
        """
        own = frozenset(self.place.parts)
        looked_at = dict.fromkeys(name for link in self.links for name in sorted(link.parts))
        plain: list[tuple[str, tuple[int, ...], bool]] = []
        for name in looked_at:
            named, counting = (
                tuple(n for n, link in enumerate(self.links) if name in link.parts and link.kind == kind)
                for kind in ("part", "count")
            )
            times = self.repeated if name in self.possible.seen.held else 1
            if name in own and (times == 1 or not counting):
                plain.append((name, (*named, *counting), True))
            else:
                plain += [(name, named, False)] if named else []
                plain += [(name, counting, True)] * (times if name in own else 0)
        turns = [_Turn(name, links, (), is_own) for name, links, is_own in plain]
        for number, turn in enumerate(turns):
            yield turn._replace(settled=self._settled_after(turns, number))

    def _settled_after(self, turns: Sequence[_Turn], turn: int) -> tuple[int, ...]:
        """The conditions that have seen all their parts after that turn, those within others first."""
        last = [-1] * len(self.links)
        for number, turned in enumerate(turns):
            for link in turned.links:
                last[link] = number
        for number in range(len(self.links) - 1, -1, -1):
            above = self.links[number].above
            if above >= 0:
                last[above] = max(last[above], last[number])
        return tuple(number for number in range(len(self.links) - 1, -1, -1) if last[number] == turn)

    # --- one part -------------------------------------------------------------------------------------------------

    def _is_nothing(self, name: str) -> bool:
        return self.possible.seen.parts[name].is_nothing

    def _ways(self, turn: _Turn) -> frozenset[tuple[bool | None, ...]]:
        """The ways in which the part can meet the conditions that look at it."""
        conditions = [condition for number in turn.links if (condition := self.links[number].condition) is not None]
        return self.possible.truths(turn.name, conditions, self.place)

    def _after(self, before: Sequence[int], way: tuple[bool | None, ...], turn: _Turn) -> tuple[int, ...]:
        """A case with one more part in it."""
        counts = list(before)
        for number, met in zip(turn.links, way, strict=True):
            link = self.links[number]
            if link.condition is not None and link.kind == "part":
                counts[2 * number] = int((link.absent or names_absence(link.condition)) if met is None else met)
            elif met is not None:
                counts[2 * number] += met
                counts[2 * number + 1] += link.most is None
                if link.most is not None and counts[2 * number] > link.most:
                    counts[2 * number] = link.most
        if turn.is_own and way[0] is not None:
            counts[-1] = 1
        return tuple(self._settle(counts, turn.settled)) if turn.settled else tuple(counts)

    def _settle(self, counts: list[int], settled: Sequence[int]) -> list[int]:
        """The case with these conditions settled, each told to the one that it stands in and then forgotten."""
        for number in settled:
            link, (met, present) = self.links[number], counts[2 * number : 2 * number + 2]
            truth = _holds(link, met, present)
            counts[2 * number : 2 * number + 2] = [0, 0] if link.above >= 0 else [int(truth), 0]
            if link.above >= 0 and truth == (self.links[link.above].kind == "any"):
                counts[2 * link.above] = 1  # some one holds of which one is enough, or fails of which all must hold
        return counts


def _holds(link: _Link, met: int, present: int) -> bool:
    """Whether a condition that has seen all its parts holds."""
    condition = link.condition
    if condition is None or condition.kind == "all":
        return not met
    if condition.kind != "count":  # what is turned holds where the one within it has failed
        return bool(met)
    if condition.is_share and not present:
        return link.absent
    number = condition.number
    needed = number.numerator * (present if condition.is_share else 1)
    return _AMOUNTS[condition.amount](met * number.denominator, needed)


def all_within(test: ConditionTest, *, absent: bool) -> Iterator[tuple[ConditionTest, bool]]:
    """A test and all those that it is made of, the innermost first, each with what it is taken for where no part is."""
    is_turned = test.condition is not None and test.condition.kind == "not"
    for inner in test.within:
        yield from all_within(inner, absent=absent != is_turned)
    yield test, absent
