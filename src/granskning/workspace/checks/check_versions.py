"""What can be wrong between the versions of one criteria set: an id that comes back, a question gone without a word."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.model.lineage import version_key
from granskning.model.versions.question_steps import undeclared
from granskning.workspace.checks.approval import judged_by
from granskning.workspace.checks.check_views import target_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet

_ENOUGH = 5


def check_versions(sets: Iterable[CriteriaSet]) -> Iterator[Finding]:
    """Yield what does not hold together between versions of the same sets."""
    families: dict[str, list[CriteriaSet]] = {}
    for criteria in sets:
        families.setdefault(criteria.id, []).append(criteria)
    for versions in families.values():
        versions.sort(key=lambda item: version_key(item.version))
        yield from _check_returned(versions)
        for earlier, later in pairwise(versions):
            yield from _check_gone(earlier, later)
            yield from _check_declared(earlier, later)


def check_file_name(criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield that a set's file is not called what the set is called."""
    is_frozen = criteria.file.startswith("criteria/earlier/")
    expected = f"{criteria.id}-{criteria.version}" if is_frozen else criteria.id
    name = criteria.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if name != expected:
        yield Finding(RULES["GR316"], Pointer(criteria.file, ("id",)), {"id": expected, "name": name})


def check_frozen(file: str, values: dict[str, Any], mapping: dict[str, Any] | None, where: str) -> Iterator[Finding]:
    """Yield that a version judges otherwise than it did where and when it was put to use."""
    if mapping is not None and mapping["version"] == values["version"] and judged_by(mapping) != judged_by(values):
        told = {"version": values["version"], "where": where, "set": values["id"]}
        yield Finding(RULES["GR471"], Pointer(file, ("version",)), told)


def _check_returned(versions: list[CriteriaSet]) -> Iterator[Finding]:
    """An id that a version lacked, or retired, may not come back in a later one."""
    gone: dict[str, str] = {}
    before: set[str] = set()
    for criteria in versions:
        places, retired = _ids(criteria), {one.id for one in criteria.retired}
        for name, path in places.items():
            if name in gone and name not in retired:
                told = {"id": name, "version": gone[name]}
                yield Finding(RULES["GR450"], Pointer(criteria.file, (*path, "id")), told)
        for name in before - places.keys():
            gone.setdefault(name, criteria.version)
        for one in criteria.retired:
            gone.setdefault(one.id, one.version)
        before = set(places)  # what was there earlier still is among those gone


def _check_gone(earlier: CriteriaSet, later: CriteriaSet) -> Iterator[Finding]:
    """A question that is gone is said to be retired, so that its answers are not lost on the way."""
    retired = {one.id for one in later.retired}
    there = {one.id for one in later.criteria}
    lost = [one.id for one in earlier.criteria if one.id not in there | retired]
    if lost:
        told = {"criteria": ", ".join(lost), "version": earlier.version}
        yield Finding(RULES["GR452"], Pointer(later.file, ("version",)), told)


def _check_declared(earlier: CriteriaSet, later: CriteriaSet) -> Iterator[Finding]:
    """A question that is new or differs is among the changes, so that it is clear which answers still stand."""
    if names := undeclared(earlier, later):
        shown = ", ".join(names[:_ENOUGH]) + (" …" if len(names) > _ENOUGH else "")
        told = {"criteria": shown, "version": earlier.version}
        yield Finding(RULES["GR470"], Pointer(later.file, ("version",)), told)


def _ids(criteria: CriteriaSet) -> dict[str, Path]:
    places: dict[str, Path] = {}
    for path, target in target_paths(criteria.targets):
        places[target.id] = path
        places |= {one.id: (*path, "criteria", number) for number, one in enumerate(target.criteria)}
    return places
