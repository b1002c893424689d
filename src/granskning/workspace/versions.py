"""What two versions of a criteria set have in common, so that reviews made with either can be laid side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet


def are_alike(criteria: CriteriaSet, other: CriteriaSet) -> bool:
    """Whether results by target mean the same in both: the same set, scale and targets, and the same way there."""
    if criteria.id != other.id or criteria.scales != other.scales:
        return False
    targets = {target.id: target for target in other.targets}
    shared = [target for target in criteria.targets if target.id in targets]
    steps = all(criteria.step_of(target) == other.step_of(targets[target.id]) for target in shared)
    return len(shared) == len(criteria.targets) == len(other.targets) and steps and _total(criteria) == _total(other)


def _total(criteria: CriteriaSet) -> object:
    return criteria.scoring.targets
