"""What is left of a criteria set when its faults of form are taken out, so that all its faults are told in one run.

Otherwise a misspelt key would hide every fault in names until it is mended, and these every fault in rules. What is
told of the rest is held back where it may come of what was taken out. An example: where a question is left out for a
misspelt key, nobody is told that there is no such question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer
from granskning.findings.severity import Severity
from granskning.workspace.checks.check_criteria import check_criteria
from granskning.workspace.schema import modelling
from granskning.workspace.schema.schema import check_values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from granskning.findings.finding import Path

_ROUNDS = 6
"""So many times is taken out what the last time laid bare."""
_FILLED = {
    "version": "0.0.0", "title": "–", "question": "–", "label": "–", "why": "–", "text": "–", "picture": "–",
}  # fmt: skip
"""What stands for a missing key meanwhile."""
HIDING = frozenset({"GR401", "GR414", "GR415", "GR419", "GR420", "GR428", "GR434"})
"""The faults in ids and scales; while there are any, the scoring is not looked at."""
_STEPS = ("criteria", "targets")
_MISSING = "GR120"
_RULING = frozenset({"scale", "method"})
"""The keys that decide what all that stands beside them means."""
_ABSENT = frozenset({"GR404", "GR430", "GR472"})
"""What says that something is missing, which may have been taken out."""


def check_sound_part(
    values: dict[str, Any], file: str, language: str, indicators: Collection[str], known: Sequence[Finding] = ()
) -> list[Finding]:
    """The errors of the rest of a criteria set, with their places in the whole.

    It breaks its schema, or has the faults in `known`, of which those that hide others are taken out.
    """
    part = _Part(values)
    if not part.take_out(finding for finding in known if finding.rule.code in HIDING):
        return []
    listed = {(finding.rule.code, finding.at) for finding in known}
    errors: list[Finding] = []
    for _ in range(_ROUNDS):
        rest = part.rest()
        faults = check_values("criteria", rest, file)
        if not faults:
            findings = list(check_criteria(rest, modelling.criteria_set(rest, file, language), indicators))
            fresh = [error for error in part.placed(findings) if (error.rule.code, error.at) not in listed]
            errors += fresh
            listed |= {(error.rule.code, error.at) for error in fresh}
            faults = [finding for finding in findings if finding.rule.code in HIDING]
        if not faults or not part.take_out(faults):
            break
    return errors


class _Part:
    """The values of a file, and which of them are taken out."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.out: set[Path] = set()
        self.filled: dict[Path, Any] = {}
        self.numbers: dict[Path, list[int]] = {}
        """By list in the rest the numbers that its items have in the whole."""

    def rest(self) -> dict[str, Any]:
        """The values without what is taken out, and with what stands for what is missing."""
        self.numbers = {}
        rest: dict[str, Any] = self._without(self.values, (), ())
        return rest

    def _without(self, value: Any, path: Path, new: Path) -> Any:
        if isinstance(value, dict):
            kept = {
                key: self._without(inner, (*path, key), (*new, key))
                for key, inner in value.items()
                if (*path, key) not in self.out
            }
            return kept | {key[-1]: filling for key, filling in self.filled.items() if key[:-1] == path}
        if isinstance(value, list):
            numbers = [number for number in range(len(value)) if (*path, number) not in self.out]
            self.numbers[new] = numbers
            return [self._without(value[old], (*path, old), (*new, place)) for place, old in enumerate(numbers)]
        return value

    def old_path(self, path: Path) -> Path:
        """The path in the whole of what is at a path in the rest."""
        old: Path = ()
        for length, step in enumerate(path):
            numbers = self.numbers.get(path[:length])
            is_item = numbers is not None and isinstance(step, int) and step < len(numbers)
            old = (*old, numbers[step] if is_item and numbers is not None and isinstance(step, int) else step)
        return old

    def take_out(self, faults: Iterable[Finding]) -> bool:
        """Take out what is faulty; whether there is a rest to look at."""
        for fault in faults:
            path = self.old_path(fault.at.path)
            key = str(fault.values.get("key", ""))
            if fault.rule.code == _MISSING and path == ("scoring",) and key in _STEPS:
                self.filled[*path, key] = {"method": "none"}
            elif fault.rule.code == _MISSING and key in _FILLED:
                self.filled[*path, key] = _FILLED[key]
            elif not path:
                return False
            else:
                self.out.add(path)
        return True

    def placed(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The errors that do not come of what was taken out, at their places in the whole."""
        gone = {str(scalar) for path in self.out for scalar in _scalars(_at(self.values, path))}
        gone |= {str(path[-1]) for path in self.out}
        around = _Surroundings([*self.out, *self.filled])
        for finding in findings:
            path = self.old_path(finding.at.path)
            names = {str(value) for value in finding.values.values()} | {finding.near[0] if finding.near else ""}
            hidden = finding.rule.code in _ABSENT or bool(names & gone) or around.holds(path)
            if finding.rule.severity is Severity.ERROR and not hidden:
                yield Finding(
                    finding.rule, Pointer(finding.at.file, path, key=finding.at.key), finding.values, near=finding.near
                )


class _Surroundings:
    """Where something was taken out or filled in, so that each path is held against it once."""

    def __init__(self, places: Sequence[Path]) -> None:
        self._places = set(places)
        self._ruled = {place[:-1] for place in places if place[-1] in _RULING and len(place) > 1}
        self._parents = {place[:-1] for place in places}
        self._above = {place[:length] for place in places for length in range(len(place) + 1)}

    def holds(self, path: Path) -> bool:
        """Whether something at the path, above it or beside it was taken out or filled in."""
        above = [path[:length] for length in range(len(path) + 1)]
        if not self._ruled.isdisjoint(above) or not self._places.isdisjoint(above):
            return True
        return path in self._above or (len(path) > 1 and path[:-1] in self._parents)


def _at(values: Any, path: Path) -> Any:
    for step in path:
        values = values[step]
    return values


def _scalars(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _scalars(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _scalars(inner)
    else:
        yield value
