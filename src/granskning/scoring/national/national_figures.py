"""Counts of standings in, the figures of a collection out: by target, by group and by organisation.

What has not been judged is never a zero: it makes an interval. An invented example counts only where there are no real
strategies.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.model.collection.standing import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from granskning.model.collection.standing import Counting, StandingCount


@dataclass(slots=True)
class TakenUp:
    """How many strategies take something up, are judged not to, and are not settled."""

    carried: int = 0
    lacking: int = 0
    unknown: int = 0
    outside: int = 0
    """Where it does not apply or is not asked."""

    def add(self, state: str, count: int) -> None:
        """Count strategies in a state."""
        name = state if state in ("carried", "lacking", "unknown") else "outside"
        setattr(self, name, getattr(self, name) + count)

    def include(self, other: TakenUp) -> None:
        """Count those of another too."""
        self.carried += other.carried
        self.lacking += other.lacking
        self.unknown += other.unknown
        self.outside += other.outside

    @property
    def applicable(self) -> int:
        """How many it applies to, as far as is known."""
        return self.carried + self.lacking + self.unknown

    @property
    def compared(self) -> int:
        """How many there are, those outside among them."""
        return self.applicable + self.outside

    @property
    def share(self) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest share that take it up; None where it applies to nobody."""
        if not self.applicable:
            return None
        return Fraction(self.carried, self.applicable), Fraction(self.carried + self.unknown, self.applicable)


@dataclass(slots=True)
class TargetFigures:
    """The strategies on one target."""

    taken_up: TakenUp = field(default_factory=TakenUp)
    results: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By kind of result and key of band or level, those that can be compared."""
    incomparable: Counter[str] = field(default_factory=Counter)
    """By reason, the counted strategies whose results cannot be compared."""


@dataclass(slots=True)
class OrganisationFigures:
    """The strategies of one organisation."""

    group: str
    areas: set[str] = field(default_factory=set)
    """Those of the strategies that are counted."""
    compared: Counter[str] = field(default_factory=Counter)
    """By target how many of its strategies can be compared."""
    standings: Counter[Counting] = field(default_factory=Counter)
    """How many are counted, and why others are not."""
    taken_up: TakenUp = field(default_factory=TakenUp)
    """Pairs of strategy and target; those that are not counted are not settled on any."""
    incomparable: int = 0
    """Pairs that cannot be compared, so that the organisation has no rank."""

    @property
    def counted(self) -> int:
        """How many strategies are counted."""
        return self.standings["counted"]

    @property
    def every(self) -> int:
        """How many strategies it has, those left out that are not to be reviewed."""
        return self.standings.total() - self.standings["not_to_review"]


@dataclass(frozen=True, slots=True)
class NationalFigures:
    """All figures over a collection."""

    standings: Mapping[Counting, int]
    """How many strategies are counted, and why others are not; every reason."""
    examples: int
    """Invented strategies that are not counted, since there are real ones."""
    only_examples: bool
    by_target: Mapping[str, TargetFigures]
    by_organisation: Mapping[str, OrganisationFigures]
    by_group: Mapping[str, Mapping[str, TakenUp]]
    """By group of organisations and target; the organisations without a group are under the empty name."""
    by_area: Mapping[str, Mapping[str, TakenUp]]
    group_sizes: Mapping[str, int]
    area_sizes: Mapping[str, int]
    """How many strategies are counted."""


def make_national_figures(
    counts: Mapping[StandingCount, int], targets: Sequence[str], groups: Mapping[str, str]
) -> NationalFigures:
    """The figures. `targets` are those of the yardstick; `groups` are the organisations read, each with its group."""
    only_examples = all(key.example for key in counts)
    kept = {key: count for key, count in counts.items() if key.example == only_examples}
    examples = 0 if only_examples else _strategies(counts.items(), example=True)
    standings: Counter[Counting] = Counter()
    by_target = {name: TargetFigures() for name in (*targets, WHOLE)}
    by_organisation = {name: OrganisationFigures(group) for name, group in groups.items()}
    by_group: dict[str, dict[str, TakenUp]] = {}
    by_area: dict[str, dict[str, TakenUp]] = {}
    sizes: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for key, count in kept.items():
        own = by_organisation[key.organisation]
        if key.target in ("", WHOLE):
            standings[key.counting] += count
            own.standings[key.counting] += count
            if key.counting == "counted":
                own.areas.add(key.area)
                sizes[0][own.group] += count
                sizes[1][key.area] += count
            elif key.counting != "not_to_review":
                own.taken_up.unknown += count * len(targets)
        if key.target in by_target:
            _count_target(by_target[key.target], key, count)
        if key.target in targets:
            if key.differs:
                own.incomparable += count
                continue
            own.taken_up.add(key.state, count)
            own.compared[key.target] += count
            for cells, name in ((by_group, own.group), (by_area, key.area)):
                cells.setdefault(name, {}).setdefault(key.target, TakenUp()).add(key.state, count)
    return NationalFigures(standings, examples, only_examples, by_target, by_organisation, by_group, by_area, *sizes)


def _strategies(counts: Iterable[tuple[StandingCount, int]], *, example: bool) -> int:
    return sum(count for key, count in counts if key.example == example and key.target in ("", WHOLE))


def _count_target(figures: TargetFigures, key: StandingCount, count: int) -> None:
    if key.differs:
        figures.incomparable[key.differs] += count
        return
    if key.state:
        figures.taken_up.add(key.state, count)
    if key.group:
        figures.results[key.group, key.key] += count


def merged(parts: Mapping[str, Mapping[str, TakenUp]], names: Iterable[str]) -> dict[str, TakenUp]:
    """Several groups as one, by target."""
    whole: dict[str, TakenUp] = {}
    for name in names:
        for target, taken_up in parts.get(name, {}).items():
            whole.setdefault(target, TakenUp()).include(taken_up)
    return whole
