"""What can be wrong in what a set says of its questions' origin and past: challenges, changes, retired ids.

Two versions of a criteria set → which questions differ, and what the later version says became of each.

Pure comparison of models. `check_versions` tells what is not declared, `migrate` acts on the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.model.criteria import question_differences
from granskning.model.lineage import ENDING, version_key
from granskning.workspace.checks.check_views import target_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.lineage import ChangeKind, CriteriaChange
    from granskning.model.method import Text


def check_lineage(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what is wrong in where the questions come from and in how they are said to have changed."""
    yield from _check_challenges(criteria)
    yield from _check_retired(values, criteria)
    known = _KnownIds(
        frozenset(one.id for one in criteria.criteria),
        frozenset(one.id for one in criteria.all_targets),
        frozenset(one.id for one in criteria.retired),
    )
    for number, change in enumerate(criteria.changes):
        yield from _check_change(change, ("changes", number), criteria, known)


def _check_challenges(criteria: CriteriaSet) -> Iterator[Finding]:
    """A question answers challenges of its target."""
    known = {challenge.id for challenge in criteria.challenges}
    answering: dict[Path, frozenset[str]] = {}  # by target, the challenges of it and of those above it
    for path, target in target_paths(criteria.targets):
        answered = answering[path] = answering.get(path[:-2], frozenset()).union(target.challenges)
        for number, criterion in enumerate(target.criteria):
            for place, name in enumerate(criterion.challenges):
                if name in known and name not in answered:
                    at = (*path, "criteria", number, "challenges", place)
                    held = KnownNames(answered, in_order=False)
                    yield _finding("GR458", criteria, at, id=name, target=target.id, known=held)


def _check_retired(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """A retired id is never used again, and was retired no later than in this version."""
    retired = {one.id: one.version for one in criteria.retired}
    places: list[tuple[Path, str]] = []
    for name in ("challenges", "goals"):
        places += [((name, number), one["id"]) for number, one in enumerate(values.get(name, ()))]
    for path, target in target_paths(criteria.targets):
        places.append((path, target.id))
        places += [((*path, "criteria", number), one.id) for number, one in enumerate(target.criteria)]
    for path, name in places:
        if name in retired:
            yield _finding("GR450", criteria, (*path, "id"), id=name, version=retired[name])
    for number, one in enumerate(criteria.retired):
        yield from _check_version(one.version, ("retired", number, "version"), criteria, own=True)


@dataclass(frozen=True, slots=True)
class _KnownIds:
    """The ids that a change can name."""

    criteria: frozenset[str]
    targets: frozenset[str]
    retired: frozenset[str]


def _check_change(change: CriteriaChange, path: Path, criteria: CriteriaSet, known: _KnownIds) -> Iterator[Finding]:
    yield from _check_version(change.from_, (*path, "from"), criteria, own=False)
    present, targets, retired = known.criteria, known.targets, known.retired
    if change.criterion and change.kind in ENDING and change.criterion not in retired:
        yield _finding("GR453", criteria, (*path, "criterion"), id=change.criterion)
    elif change.criterion and change.criterion not in present and change.criterion not in retired:
        yield _unknown(change.criterion, present, (*path, "criterion"), criteria)
    if change.target and change.target not in targets and change.target not in retired:
        yield _unknown(change.target, targets, (*path, "target"), criteria)
    for number, name in enumerate(change.into):
        if name not in present and name not in retired:
            yield _unknown(name, present, (*path, "into", number), criteria)
    if problem := _incomplete(change):
        yield _finding("GR454", criteria, (*path, "kind"), problem=problem)


def _incomplete(change: CriteriaChange) -> Words | None:
    """What a change of its kind lacks, or has too much of."""
    parts = change.kind in ("split", "merged")
    about = change.kind in ENDING or change.kind == "new"
    if about and not change.criterion:
        return Words(N_("it does not name a criterion"))
    if parts and not change.into:
        return Words(N_("it does not say under into what the question became"))
    if change.kind == "split" and len(change.into) == 1:
        return Words(N_("a split question becomes several"))
    if change.into and not parts:
        return Words(N_("only a split or merged question becomes another"))
    if change.criterion and change.target:
        return Words(N_("it names both a criterion and a target"))
    return None


def _check_version(version: str, path: Path, criteria: CriteriaSet, *, own: bool) -> Iterator[Finding]:
    """A version that is told of is earlier than the set's or, of what was retired, perhaps its own."""
    told, current = version_key(version), version_key(criteria.version)
    if told > current or (told == current and not own):
        yield _finding("GR455", criteria, path, found=version, version=criteria.version)


def _unknown(name: str, known: frozenset[str], path: Path, criteria: CriteriaSet) -> Finding:
    values = {"id": name, "known": KnownNames(known, in_order=False)}
    return Finding(RULES["GR451"], Pointer(criteria.file, path), values, near=(name, known))


def _finding(code: str, criteria: CriteriaSet, path: Path, **values: object) -> Finding:
    return Finding(RULES[code], Pointer(criteria.file, path), values)


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


def changes_between(earlier: CriteriaSet, later: CriteriaSet) -> tuple[CriteriaChange, ...]:
    """The changes that the later version tells of since the earlier one, oldest first."""
    start, stop = version_key(earlier.version), version_key(later.version)
    within = [one for one in later.changes if start <= version_key(one.from_) < stop]
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
    told = max(_told(criterion.id, changes, later, is_other=is_other), key=_gravity, default=None)
    into = (criterion.id,) if now is not None else tuple(_successors(criterion.id, criteria, changes, ()))
    return LineageStep(
        criterion=criterion.id,
        kind=told.kind if told else None,
        differs=is_other,
        into=into,
        text=told.text if told else {},
    )


def _told(
    name: str, changes: tuple[CriteriaChange, ...], later: CriteriaSet, *, is_other: bool
) -> list[CriteriaChange]:
    """The changes that say what became of a question: its own, else those of its target or of the whole set.

    The latter say nothing of a question that is as it was: its answers are not touched by how a target is scored.
    """
    own = [change for change in changes if change.criterion == name]
    if own or not is_other:
        return own
    holders = {target.id for target in later.all_targets for one in target.all_criteria if one.id == name}
    of_target = [change for change in changes if change.target in holders]
    return of_target or [change for change in changes if not change.criterion and not change.target]


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
        (held.not_applicable, held.not_applicable_if, held.not_applicable_means, held.justification, held.evidence,
         dict(held.without_evidence), set(held.applies_to), held.asked_if, held.weight, held.prerequisites)
        for held in (criterion, other)
    ]  # fmt: skip
    return asked[0] != asked[1] or any(question_differences(criterion, other, earlier, later))
