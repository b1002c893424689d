"""What can be wrong in what a set says of its questions' origin and past: challenges, changes, retired ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.model.lineage import ENDING, version_key
from granskning.workspace.checks.check_views import target_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.lineage import CriteriaChange


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
