"""What can be wrong in a table as a whole: combinations without an outcome, and combinations with two.

Combinations are not tried one by one. By part and level it is known which rows fit, as the bits of a number; so two
rows that meet, and the rows that are left as part after part is settled, are found without listing what they fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.model.method import NOT_APPLICABLE, OR_MORE, number_of
from granskning.workspace.checks.check_conditions import check_conditions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.findings.finding import Path
    from granskning.model.method import Step
    from granskning.workspace.checks.check_conditions import Parts
    from granskning.workspace.checks.check_views import PartView, StepPlace

_MOST = 50_000
"""When this many ways through a table are not enough to find no hole in it, it must have `otherwise`."""
_FEW = 2_000
"""So many are tried to see that a row, or `otherwise`, says nothing that other rows don't."""


class _Case(NamedTuple):
    """A part at one of its choices, and the case that it is added to."""

    before: _Case | None
    part: str
    choice: str


def check_table(
    step: Step, file: str, path: Path, views: Mapping[str, PartView], own: Sequence[str]
) -> Iterator[Finding]:
    """Yield the first contradiction and the first hole of a table whose rows are sound. `own` are the step's parts."""
    table = _Table(step, views)
    clash = table.clash()
    if clash is not None:
        one, other, case = clash
        values = {"case": ", ".join(case), "one": step.rules[one].gives, "other": step.rules[other].gives}
        yield Finding(RULES["GR422"], Pointer(file, (*path, "rows", other)), values)
    else:
        yield from _check_covered(table, file, (*path, "rows"))
    table.spent = 0
    if step.otherwise is not None:
        if table.hole(may_be_all_out=not set(own) <= set(table.names), most=_FEW) == []:
            values = {"name": "otherwise", "problem": Words(N_("the rows tell of every combination"))}
            yield Finding(RULES["GR438"], Pointer(file, (*path, "otherwise"), key=True), values)
        return
    hole = table.hole(may_be_all_out=not set(own) <= set(table.names))
    if hole is None:
        yield Finding(RULES["GR423"], Pointer(file, (*path, "method")), {"method": step.method})
    elif hole:
        yield Finding(RULES["GR421"], Pointer(file, (*path, "rows"), key=True), {"case": ", ".join(hole)})


def check_columns(place: StepPlace, file: str, scope: Parts) -> Iterator[Finding]:
    """Yield what is wrong in the counted columns of a table, and in how many its rows want."""
    path, rows = place.path, place.values.get("rows", ())
    taken = set(scope.views)
    for number, column in enumerate(place.values.get("counts", ())):
        name, at = column["id"], (*path, "counts", number)
        if name in taken:
            problem = Words(N_("the name of a counted column is its own, and no part's"))
            yield Finding(RULES["GR425"], Pointer(file, (*at, "id")), {"problem": problem})
        taken.add(name)
        yield from check_conditions({"count": column["count"], "at_least": 0}, file, at, scope)
        if not any(name in row["when"] for row in rows):
            idle = {"name": name, "problem": Words(N_("no row of the table says how many"))}
            yield Finding(RULES["GR438"], Pointer(file, (*at, "id")), idle)
    names = {name for name, _ in place.step.counts}
    for number, row in enumerate(rows):
        for name in names & row["when"].keys():
            given = row["when"][name]
            for written in given if isinstance(given, list) else [given]:
                amount = number_of(str(written).removesuffix(OR_MORE))
                if amount is None or amount < 0 or amount.denominator > 1:
                    problem = Words(N_("a row says how many in whole numbers, such as 2, [0, 1] or 2+"))
                    at = (*path, "rows", number, "when", name)
                    yield Finding(RULES["GR425"], Pointer(file, at), {"problem": problem})


def _check_covered(table: _Table, file: str, path: Path) -> Iterator[Finding]:
    """The rows that tell of nothing that those before them don't, as far as few cases are enough to know."""
    for number in range(1, len(table.rows)):
        if others := table.covering(number):
            values = {"number": number + 1, "rules": ", ".join(str(other + 1) for other in others)}
            yield Finding(RULES["GR460"], Pointer(file, (*path, number)), values)
    if table.spent > _FEW:
        yield Finding(RULES["GR465"], Pointer(file, path, key=True), {"most": _FEW})


class _Table:
    """The rows of a table, and by part and level which of them fit."""

    def __init__(self, step: Step, views: Mapping[str, PartView]) -> None:
        self.gives = [rule.gives for rule in step.rules]
        self.rows = [{one.part: frozenset(one.levels) for one in rule.when} for rule in step.rules]
        self.names = list(dict.fromkeys(part for row in self.rows for part in row))
        self.spent = 0
        """How many cases have been looked at to see what rows cover."""
        self.fitting = {name: self._fitting(name, views[name]) for name in self.names}

    def _fitting(self, name: str, view: PartView) -> dict[str, int]:
        """By level of the part the rows that fit, each row a bit."""
        fitting = dict.fromkeys(_choices(view, [row[name] for row in self.rows if name in row]), 0)
        anything = sum(1 << number for number, row in enumerate(self.rows) if name not in row)
        for number, row in enumerate(self.rows):
            for level in row.get(name, ()):
                if level in fitting:
                    fitting[level] |= 1 << number
        return {level: rows | anything for level, rows in fitting.items()}

    def clash(self) -> tuple[int, int, list[str]] | None:
        """Two rows with different outcomes, and a combination that fits both."""
        giving: dict[str, int] = {}
        for number, (row, gives) in enumerate(zip(self.rows, self.gives, strict=True)):
            left = sum(rows for outcome, rows in giving.items() if outcome != gives)
            for name, levels in row.items():
                fitting = self.fitting[name]
                meeting = 0
                for level in levels:
                    meeting |= fitting.get(level, 0)
                left &= meeting
            if left:
                other = (left & -left).bit_length() - 1
                return other, number, self._both(self.rows[other], row)
            giving[gives] = giving.get(gives, 0) | 1 << number
        return None

    def _both(self, names: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> list[str]:
        """A combination that fits both rows."""
        case = []
        for name in self.names:
            wanted = [row[name] for row in (names, other) if name in row]
            if wanted:
                level = next(key for key in self.fitting[name] if all(key in levels for levels in wanted))
                case.append(f"{name}: {level}")
        return case

    def covering(self, number: int) -> list[int]:
        """The rows before one that together tell of all that it tells of; none where they don't."""
        row, meeting = self.rows[number], (1 << number) - 1
        for name, levels in row.items():
            fitting = self.fitting[name]
            met = 0
            for level in levels:
                met |= fitting.get(level, 0)
            meeting &= met
        if not meeting or self.spent > _FEW or self.hole(may_be_all_out=True, rows=meeting, within=row) != []:
            return []
        return [other for other in range(number) if meeting >> other & 1]

    def hole(
        self,
        *,
        may_be_all_out: bool,
        rows: int | None = None,
        within: Mapping[str, frozenset[str]] | None = None,
        most: int = _MOST,
    ) -> list[str] | None:
        """A combination that no row tells of; empty when there is none, None when it would take too long to know.

        That every part is left out is no combination: then there is no result, unless the step has other parts. With
        `rows`, as bits, only these are looked at; with `within`, only what another row tells of.
        """
        last = [max((self.names.index(part) for part in row), default=-1) for row in self.rows]
        done = [sum(1 << row for row, end in enumerate(last) if end < depth) for depth in range(len(self.names) + 1)]
        seen: set[tuple[int, int, bool]] = set()
        waiting: list[tuple[int, int, _Case | None, bool]] = [
            (0, (1 << len(self.rows)) - 1 if rows is None else rows, None, True)
        ]
        while waiting:
            depth, left, case, all_out = waiting.pop()
            if not left:
                if may_be_all_out or not all_out or depth < len(self.names):
                    return _words(case)
                continue
            if left & done[depth] or (depth, left, all_out) in seen:
                continue
            seen.add((depth, left, all_out))
            self.spent += within is not None
            if len(seen) > most or self.spent > _FEW:
                return None
            name = self.names[depth]
            wanted = None if within is None else within.get(name)
            for level, fitting in reversed(self.fitting[name].items()):
                if wanted is None or level in wanted:
                    is_out = all_out and level == NOT_APPLICABLE
                    waiting.append((depth + 1, left & fitting, _Case(case, name, level), is_out))
        return []


def _choices(view: PartView, named: Sequence[frozenset[str]]) -> list[str]:
    """What a part can be; for a number the numbers that the rows name, and another."""
    told = list(dict.fromkeys(level for levels in named for level in sorted(levels) if level != NOT_APPLICABLE))
    if view.bands and set(told) <= set(view.bands):
        known = list(view.bands)
    else:
        known = list(view.keys) or [*told, "≠ " + ", ".join(told)]
    return [*known, NOT_APPLICABLE] if view.may_be_out else known


def _words(context: _Case | None) -> list[str]:
    found: list[str] = []
    while context is not None:
        found.append(f"{context.part}: {context.choice}")
        context = context.before
    return found[::-1]
