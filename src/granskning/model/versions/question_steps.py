"""Two versions of a criteria set: which questions differ, what the later version says became of each, and what is kept.

Pure comparison of models. `check_versions` tells what is not declared, `migrate` acts on the rest, and results are
compared by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.model.lineage import version_key
from granskning.model.method import same_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.lineage import ChangeKind, CriteriaChange
    from granskning.model.method import Text

_GRAVITY: tuple[ChangeKind, ...] = ("editorial", "clarified", "new", "substantive", "merged", "split", "retired")
"""From what leaves an answer standing to what leaves it without a question."""


@dataclass(frozen=True, slots=True)
class LineageStep:
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


def steps_between(earlier: CriteriaSet, later: CriteriaSet) -> tuple[LineageStep, ...]:
    """What became of every question of the earlier version, in its order."""
    criteria = {criterion.id: criterion for criterion in later.criteria}
    changes = changes_between(earlier, later)
    return tuple(_step(criterion, criteria, changes, earlier, later) for criterion in earlier.criteria)


def new_questions(earlier: CriteriaSet, later: CriteriaSet) -> tuple[Criterion, ...]:
    """The questions of the later version that the earlier one does not have."""
    before = {criterion.id for criterion in earlier.criteria}
    return tuple(criterion for criterion in later.criteria if criterion.id not in before)


def undeclared(earlier: CriteriaSet, later: CriteriaSet) -> tuple[str, ...]:
    """The questions that are new or differ without the later version saying how."""
    changes = changes_between(earlier, later)
    differing = [step.criterion for step in steps_between(earlier, later) if step.differs and step.kind is None]
    named = {name for change in changes for name in (change.criterion, *change.into)}
    of_all = any(not change.criterion and not change.target for change in changes)
    targets = {change.target for change in changes if change.target}
    covered = {name for target in later.all_targets if target.id in targets for name in _ids(target)}
    added = [new.id for new in new_questions(earlier, later) if new.id not in named | covered and not of_all]
    return (*differing, *added)


def changes_between(earlier: CriteriaSet, later: CriteriaSet) -> tuple[CriteriaChange, ...]:
    """The changes that the later version tells of since the earlier one, oldest first."""
    start, stop = version_key(earlier.version), version_key(later.version)
    within = [change for change in later.changes if start <= version_key(change.from_) < stop]
    return tuple(sorted(within, key=lambda item: version_key(item.from_)))


def _step(
    criterion: Criterion,
    criteria: dict[str, Criterion],
    changes: tuple[CriteriaChange, ...],
    earlier: CriteriaSet,
    later: CriteriaSet,
) -> LineageStep:
    now = criteria.get(criterion.id)
    is_other = now is not None and differs(criterion, now, earlier, later)
    gravest = max(_declared(criterion.id, changes, later, is_other=is_other), key=_gravity, default=None)
    into = (criterion.id,) if now is not None else tuple(_successors(criterion.id, criteria, changes, ()))
    return LineageStep(
        criterion=criterion.id,
        kind=gravest.kind if gravest else None,
        differs=is_other,
        into=into,
        text=gravest.text if gravest else {},
    )


def _declared(
    name: str, changes: tuple[CriteriaChange, ...], later: CriteriaSet, *, is_other: bool
) -> list[CriteriaChange]:
    """The changes that say what became of a question: its own, else those of its target or of the whole set.

    The latter say nothing of a question that is as it was: its answers are not touched by how a target is scored.
    """
    own = [change for change in changes if change.criterion == name]
    if own or not is_other:
        return own
    holders = {target.id for target in later.all_targets if name in _ids(target)}
    of_target = [change for change in changes if change.target in holders]
    return of_target or [change for change in changes if not change.criterion and not change.target]


def _ids(target: Target) -> set[str]:
    return {criterion.id for criterion in target.all_criteria}


def _gravity(change: CriteriaChange) -> int:
    return _GRAVITY.index(change.kind)


def _successors(
    name: str, criteria: dict[str, Criterion], changes: tuple[CriteriaChange, ...], seen: tuple[str, ...]
) -> Iterator[str]:
    """What a question became, by way of questions that have themselves gone since."""
    for change in changes:
        if change.criterion == name and name not in seen:
            for successor in change.into:
                if successor in criteria:
                    yield successor
                else:
                    yield from _successors(successor, criteria, changes, (*seen, name))


def differs(criterion: Criterion, other: Criterion, earlier: CriteriaSet, later: CriteriaSet) -> bool:
    """Whether two versions of a question are not the same to answer, or an answer does not count the same."""
    asked = [
        (put.not_applicable, put.not_applicable_if, put.not_applicable_means, put.justification, put.evidence,
         dict(put.without_evidence), set(put.applies_to), put.asked_if, put.weight, put.prerequisites)
        for put in (criterion, other)
    ]  # fmt: skip
    return asked[0] != asked[1] or any(question_differences(criterion, other, earlier, later))


def question_differences(
    earlier: Criterion, later: Criterion, before: CriteriaSet, after: CriteriaSet
) -> Iterator[Literal["question", "scale", "levels"]]:
    """Why answers to two versions of a question do not say the same: its words, its scale, what its levels take."""
    if not same_words(earlier.question, later.question):
        yield "question"
    scale, other = before.scale_of(earlier), after.scale_of(later)
    labels = zip(scale.levels, other.levels, strict=False)
    if scale.outline != other.outline or not all(same_words(level.label, match.label) for level, match in labels):
        yield "scale"
    keys = earlier.levels.keys() | later.levels.keys()
    if not all(same_words(earlier.levels.get(key, {}), later.levels.get(key, {})) for key in keys):
        yield "levels"
