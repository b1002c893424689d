"""What two versions of a criteria set have in common, so that reviews made with either can be laid side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.lineage import version_key

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet, Criterion


def are_alike(criteria: CriteriaSet, other: CriteriaSet) -> bool:
    """Whether results by target mean the same in both: the same set, scale and targets, and the same way there."""
    if criteria.id != other.id or criteria.scales != other.scales:
        return False
    targets = {target.id: target for target in other.targets}
    shared = [target for target in criteria.targets if target.id in targets]
    steps = all(criteria.step_of(target) == other.step_of(targets[target.id]) for target in shared)
    return len(shared) == len(criteria.targets) == len(other.targets) and steps and _total(criteria) == _total(other)


def kept_criteria(earlier: CriteriaSet, later: CriteriaSet) -> frozenset[str]:
    """The questions that are asked in both versions and mean the same, by what the later one says of its changes."""
    if earlier.reference == later.reference:
        return frozenset(criterion.id for criterion in later.criteria)
    since = version_key(earlier.version)
    changed = {
        change.criterion
        for change in later.changes
        if change.kind == "substantive" and version_key(change.from_) >= since
    }
    there = {criterion.id: criterion for criterion in later.criteria}
    homes = {criterion.id: target.id for target in later.targets for criterion in target.all_criteria}
    return frozenset(
        criterion.id
        for target in earlier.targets
        for criterion in target.all_criteria
        if criterion.id in there
        and criterion.id not in changed
        and homes[criterion.id] == target.id
        and _counts_alike(criterion, there[criterion.id])
    )


def _counts_alike(criterion: Criterion, other: Criterion) -> bool:
    """Whether the same answer counts the same. Which questions the short form puts changes no answer that is there."""
    held = [
        (c.weight, c.scale, c.critical, c.levels.keys(), c.prerequisites, c.not_applicable_means,
         dict(c.without_evidence))
        for c in (criterion, other)
    ]  # fmt: skip
    return held[0] == held[1]


def _total(criteria: CriteriaSet) -> object:
    return criteria.scoring.targets
