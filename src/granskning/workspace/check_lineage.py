"""What can be wrong in what a set says of its questions' origin and past: challenges, changes, retired ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer, Words
from granskning.findings.rules import RULES
from granskning.findings.suggestions import nearest
from granskning.i18n import N_
from granskning.model.criteria import targets_above
from granskning.model.lineage import ENDING, version_key
from granskning.workspace.check_views import target_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.lineage import Change


def check_lineage(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what is wrong in where the questions come from and in how they are said to have changed."""
    yield from _check_challenges(criteria)
    yield from _check_retired(values, criteria)
    for number, change in enumerate(criteria.changes):
        yield from _check_change(change, ("changes", number), criteria)


def _check_challenges(criteria: CriteriaSet) -> Iterator[Finding]:
    """A question answers challenges of its target."""
    known = {challenge.id for challenge in criteria.challenges}
    for path, target in target_paths(criteria.targets):
        for number, criterion in enumerate(target.criteria):
            answered = {name for one in targets_above(criteria.targets, criterion.id) for name in one.challenges}
            for place, name in enumerate(criterion.challenges):
                if name in known and name not in answered:
                    at = (*path, "criteria", number, "challenges", place)
                    held = ", ".join(sorted(answered)) or "–"
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


def _check_change(change: Change, path: Path, criteria: CriteriaSet) -> Iterator[Finding]:
    yield from _check_version(change.from_, (*path, "from"), criteria, own=False)
    present = {one.id for one in criteria.criteria}
    retired = {one.id for one in criteria.retired}
    if change.criterion and change.kind in ENDING and change.criterion not in retired:
        yield _finding("GR453", criteria, (*path, "criterion"), id=change.criterion)
    elif change.criterion and change.criterion not in present | retired:
        yield _unknown(change.criterion, present, (*path, "criterion"), criteria)
    targets = {one.id for one in criteria.all_targets}
    if change.target and change.target not in targets | retired:
        yield _unknown(change.target, targets, (*path, "target"), criteria)
    for number, name in enumerate(change.into):
        if name not in present | retired:
            yield _unknown(name, present, (*path, "into", number), criteria)
    if problem := _incomplete(change):
        yield _finding("GR454", criteria, (*path, "kind"), problem=problem)


def _incomplete(change: Change) -> Words | None:
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


def _unknown(name: str, known: set[str], path: Path, criteria: CriteriaSet) -> Finding:
    values = {"id": name, "known": ", ".join(sorted(known)) or "–"}
    return Finding(RULES["GR451"], Pointer(criteria.file, path), values, suggestion=nearest(name, known))


def _finding(code: str, criteria: CriteriaSet, path: Path, **values: object) -> Finding:
    return Finding(RULES[code], Pointer(criteria.file, path), values)
