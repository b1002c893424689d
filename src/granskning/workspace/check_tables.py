"""What can be wrong in a table as a whole: combinations without an outcome, and combinations with two.

Nothing is tried combination by combination. Two rows give two outcomes when no part tells them apart; a hole is found
part by part, with the rows that are left, so that a table of thirty parts is as quick as one of three.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from granskning.findings import Finding, Pointer
from granskning.method import NOT_APPLICABLE
from granskning.workspace.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.findings import Path
    from granskning.method import Step
    from granskning.workspace.check_views import PartView

_MOST = 50_000
"""More than this is not looked into for a hole; then the table needs `otherwise`."""

_Row = Mapping[str, frozenset[str]]
"""By part the levels that the row fits."""
_Choices = Mapping[str, list[str]]
"""By part all that it can be at."""


class _Case(NamedTuple):
    """A part at one of its choices, and the case that it is added to."""

    before: _Case | None
    part: str
    choice: str


def check_table(
    step: Step, file: str, path: Path, views: Mapping[str, PartView], own: Sequence[str]
) -> Iterator[Finding]:
    """Yield the first contradiction and the first hole of a table whose rows are sound. `own` are the step's parts."""
    rows: list[_Row] = [{one.part: frozenset(one.levels) for one in rule.when} for rule in step.rules]
    named = list(dict.fromkeys(part for row in rows for part in row))
    choices = {name: _choices(views[name], [row[name] for row in rows if name in row]) for name in named}
    for number, (row, rule) in enumerate(zip(rows, step.rules, strict=True)):
        others = (n for n in range(number) if step.rules[n].gives != rule.gives)
        other = next((n for n in others if _meet(rows[n], row, choices)), None)
        if other is not None:
            values = {"case": _both(rows[other], row, choices), "one": step.rules[other].gives, "other": rule.gives}
            yield Finding(RULES["GR422"], Pointer(file, (*path, "rows", number)), values)
            break
    if step.otherwise is not None:
        return
    try:
        hole = _hole(rows, choices, may_be_all_out=not set(own) <= set(named))
    except _TooManyError:
        yield Finding(RULES["GR423"], Pointer(file, (*path, "method")), {"method": step.method})
        return
    if hole:
        yield Finding(RULES["GR421"], Pointer(file, (*path, "rows"), key=True), {"case": ", ".join(hole)})


class _TooManyError(Exception):
    """There are too many ways through the table."""


def _choices(view: PartView, named: Sequence[frozenset[str]]) -> list[str]:
    """What a part can be; for a number the numbers that the rows name, and another."""
    told = list(dict.fromkeys(level for levels in named for level in sorted(levels) if level != NOT_APPLICABLE))
    known = [*told, "≠ " + ", ".join(told)] if not view.keys else _told_of(view, told)
    return [*known, NOT_APPLICABLE] if view.may_be_out else known


def _told_of(view: PartView, told: Sequence[str]) -> list[str]:
    """Levels, or bands where the rows name those."""
    return list(view.bands) if told and set(told) <= set(view.bands) - set(view.keys) else list(view.keys)


def _meet(one: _Row, other: _Row, choices: _Choices) -> bool:
    """Whether a combination fits both rows."""
    return all(any(choice in one[part] & other[part] for choice in choices[part]) for part in one if part in other)


def _both(one: _Row, other: _Row, choices: _Choices) -> str:
    """A combination that fits both rows."""
    found = {}
    for part, held in choices.items():
        wanted = [row[part] for row in (one, other) if part in row]
        if wanted:
            found[part] = next(choice for choice in held if all(choice in levels for levels in wanted))
    return ", ".join(f"{part}: {choice}" for part, choice in found.items())


def _hole(rows: Sequence[_Row], choices: _Choices, *, may_be_all_out: bool) -> list[str]:
    """A combination that no row tells of; empty when there is none.

    That every part is left out is no combination: then there is no result, unless the step has other parts.
    """
    names = list(choices)
    last = {number: max((names.index(part) for part in row), default=-1) for number, row in enumerate(rows)}
    seen: set[tuple[int, tuple[int, ...], bool]] = set()
    waiting: list[tuple[int, tuple[int, ...], _Case | None, bool]] = [(0, tuple(range(len(rows))), None, True)]
    while waiting:
        depth, left, case, all_out = waiting.pop()
        if not left:
            if may_be_all_out or not all_out or depth < len(names):
                return _words(case)
            continue
        if any(last[number] < depth for number in left) or (depth, left, all_out) in seen:
            continue
        seen.add((depth, left, all_out))
        if len(seen) > _MOST:
            raise _TooManyError
        part = names[depth]
        for choice in reversed(choices[part]):
            fitting = tuple(n for n in left if part not in rows[n] or choice in rows[n][part])
            waiting.append((depth + 1, fitting, _Case(case, part, choice), all_out and choice == NOT_APPLICABLE))
    return []


def _words(case: _Case | None) -> list[str]:
    found: list[str] = []
    while case is not None:
        found.append(f"{case.part}: {case.choice}")
        case = case.before
    return found[::-1]
