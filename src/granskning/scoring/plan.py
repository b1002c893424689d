"""A criteria set made ready for scoring: who is weighed with what, once for all the reviews of the set."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model import CriteriaSet, Gate, Scoring


@dataclass(frozen=True, slots=True)
class Ladder:
    """A scale as scoring sees it: level keys from lowest to highest and, where they are numbers, their points."""

    keys: tuple[str, ...]
    rank: Mapping[str, int]
    points: Mapping[str, Fraction]
    """Empty where the levels are words or letters."""

    @property
    def lowest(self) -> str:
        """Key of the lowest level."""
        return self.keys[0]

    @property
    def highest(self) -> str:
        """Key of the highest level."""
        return self.keys[-1]


@dataclass(frozen=True, slots=True)
class Question:
    """A criterion as scoring sees it."""

    id: str
    target: str
    weight: Fraction
    core: bool
    ladder: Ladder


@dataclass(frozen=True, slots=True)
class Group:
    """A target as scoring sees it."""

    id: str
    weight: Fraction
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a criteria set scores."""

    reference: str
    ladder: Ladder
    groups: tuple[Group, ...]
    scoring: Scoring
    gates: Mapping[str | None, tuple[Gate, ...]]
    """Gates by the target whose result they cap; None for the total."""
    questions: Mapping[str, Question]


def make_plan(criteria: CriteriaSet) -> Plan:
    """Prepare a criteria set that `workspace.check` has found sound."""
    keys = tuple(level.key for level in criteria.scale)
    numbers = all(isinstance(level.value, int) for level in criteria.scale)
    ladder = Ladder(
        keys=keys,
        rank={key: rank for rank, key in enumerate(keys)},
        points={key: Fraction(key) for key in keys} if numbers else {},
    )
    groups = tuple(
        Group(
            id=target.id,
            weight=target.weight,
            questions=tuple(
                Question(criterion.id, target.id, criterion.weight, criterion.core, ladder)
                for criterion in target.criteria
            ),
        )
        for target in criteria.targets
    )
    gates: dict[str | None, tuple[Gate, ...]] = {}
    for gate in criteria.scoring.gates:
        gates[gate.target] = (*gates.get(gate.target, ()), gate)
    return Plan(
        reference=criteria.reference,
        ladder=ladder,
        groups=groups,
        scoring=criteria.scoring,
        gates=gates,
        questions={question.id: question for group in groups for question in group.questions},
    )
