"""Two versions of a criteria set → which questions differ, and what the later version says became of each.

Pure comparison of models. `check_versions` tells what is not declared, `migrate` acts on the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.model.lineage import version_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.lineage import Change, ChangeKind
    from granskning.model.method import Scale, Text

_GRAVITY: tuple[ChangeKind, ...] = ("editorial", "clarified", "new", "substantive", "merged", "split", "retired")
"""From what leaves an answer standing to what leaves it without a question."""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one question on the way to a later version."""

    criterion: str
    kind: ChangeKind | None
    """The gravest declared kind; None where nothing is declared."""
    differs: bool
    """Whether the question, its levels or what is asked of an answer is not the same."""
    into: tuple[str, ...]
    """Where its answer goes: the question itself, what it was split or merged into, or nowhere."""
    text: Text
    """What the set says of the change."""


def steps_between(earlier: CriteriaSet, later: CriteriaSet) -> tuple[Step, ...]:
    """What became of every question of the earlier version, in its order."""
    there = {one.id: one for one in later.criteria}
    changes = changes_between(earlier, later)
    return tuple(_step(one, there, changes, earlier, later) for one in earlier.criteria)


def new_questions(earlier: CriteriaSet, later: CriteriaSet) -> tuple[Criterion, ...]:
    """The questions of the later version that the earlier one does not have."""
    before = {one.id for one in earlier.criteria}
    return tuple(one for one in later.criteria if one.id not in before)


def undeclared(earlier: CriteriaSet, later: CriteriaSet) -> tuple[str, ...]:
    """The questions that are new or differ without the later version saying how."""
    changes = changes_between(earlier, later)
    differing = [step.criterion for step in steps_between(earlier, later) if step.differs and step.kind is None]
    named = {name for change in changes for name in (change.criterion, *change.into)}
    of_all = any(not change.criterion and not change.target for change in changes)
    targets = {change.target for change in changes if change.target}
    covered = {one.id for target in later.all_targets if target.id in targets for one in target.all_criteria}
    added = [one.id for one in new_questions(earlier, later) if one.id not in named | covered and not of_all]
    return (*differing, *added)


def changes_between(earlier: CriteriaSet, later: CriteriaSet) -> tuple[Change, ...]:
    """The changes that the later version tells of since the earlier one, oldest first."""
    start, stop = version_key(earlier.version), version_key(later.version)
    within = [one for one in later.changes if start <= version_key(one.from_) < stop]
    return tuple(sorted(within, key=lambda one: version_key(one.from_)))


def _step(
    criterion: Criterion,
    there: dict[str, Criterion],
    changes: tuple[Change, ...],
    earlier: CriteriaSet,
    later: CriteriaSet,
) -> Step:
    now = there.get(criterion.id)
    is_other = now is not None and differs(criterion, now, earlier, later)
    told = max(_told(criterion.id, changes, later, is_other=is_other), key=_gravity, default=None)
    into = (criterion.id,) if now is not None else tuple(_successors(criterion.id, there, changes, ()))
    return Step(
        criterion=criterion.id,
        kind=told.kind if told else None,
        differs=is_other,
        into=into,
        text=told.text if told else {},
    )


def _told(name: str, changes: tuple[Change, ...], later: CriteriaSet, *, is_other: bool) -> list[Change]:
    """The changes that say what became of a question: its own, else those of its target or of the whole set.

    The latter say nothing of a question that is as it was: its answers are not touched by how a target is scored.
    """
    own = [change for change in changes if change.criterion == name]
    if own or not is_other:
        return own
    holders = {target.id for target in later.all_targets for one in target.all_criteria if one.id == name}
    of_target = [change for change in changes if change.target in holders]
    return of_target or [change for change in changes if not change.criterion and not change.target]


def _gravity(change: Change) -> int:
    return _GRAVITY.index(change.kind)


def _successors(
    name: str, there: dict[str, Criterion], changes: tuple[Change, ...], seen: tuple[str, ...]
) -> Iterator[str]:
    """What a question became, by way of questions that have themselves gone since."""
    for change in changes:
        if change.criterion == name and name not in seen:
            for successor in change.into:
                if successor in there:
                    yield successor
                else:
                    yield from _successors(successor, there, changes, (*seen, name))


def differs(one: Criterion, other: Criterion, earlier: CriteriaSet, later: CriteriaSet) -> bool:
    """Whether two versions of a question are not the same to answer; a translation that was added changes nothing."""
    keys = one.levels.keys() | other.levels.keys()
    words = [(one.question, other.question), *((one.levels.get(key, {}), other.levels.get(key, {})) for key in keys)]
    asked = [
        (held.not_applicable, held.justification, held.evidence, set(held.applies_to), held.weight, held.prerequisites)
        for held in (one, other)
    ]
    scales = [_outline(earlier.scale_of(one)), _outline(later.scale_of(other))]
    return not all(same_words(*pair) for pair in words) or asked[0] != asked[1] or scales[0] != scales[1]


def same_words(one: Text, other: Text) -> bool:
    """Whether two texts say the same in the languages that both have."""
    if not one or not other:
        return not one and not other
    shared = one.keys() & other.keys()
    return bool(shared) and all(one[language].split() == other[language].split() for language in shared)


def _outline(scale: Scale) -> tuple[object, ...]:
    levels = tuple((level.key, level.points, level.means_missing) for level in scale.levels)
    return (levels, scale.minimum, scale.maximum, scale.interval, scale.unit)
