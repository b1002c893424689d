"""What can be wrong in a condition: that it is not whole, or names parts, levels or classes that are not there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.model.method import NOT_APPLICABLE, Amount, Comparison, key_of, number_of, tells_share
from granskning.workspace.checks.check_views import not_a_level, unknown_level, unknown_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.findings.finding import Path
    from granskning.model.method import Condition
    from granskning.workspace.checks.check_views import PartView

Values = dict[str, Any]

_COMPARISONS = get_args(Comparison)
_AMOUNTS = get_args(Amount)
_PARTS = ("part", "criterion")
_GROUPS = ("all", "any", "not")
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the conditions of one step may name."""

    views: Mapping[str, PartView]
    own: Sequence[str]
    """The step's own parts, which counts look at."""
    above: Sequence[str] = ()
    """The targets that the step goes into, from the outermost to its own."""
    classes: Sequence[str] = ()
    of_class: Mapping[str, str] = field(default_factory=dict)
    """The class of each criterion."""
    critical: frozenset[str] | None = None
    """The critical parts; None where a count of none may be meant."""


def check_conditions(raw: Any, file: str, path: Path, parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong in what stands at a path: one condition, or several in a list."""
    if isinstance(raw, list):
        for number, one in enumerate(raw):
            yield from _check(one, file, (*path, number), parts)
    else:
        yield from _check(raw, file, path, parts)


def check_row(raw: Values, file: str, path: Path, parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong in the `when` of a table's row, part by part."""
    for name, levels in raw.items():
        fault = _part_fault(name, file, (*path, name), parts, key=True)
        if fault is not None:
            yield fault
        else:
            yield from _check_levels("is", levels, file, (*path, name), [parts.views[name]])


def check_amount(amount: float | str, file: str, path: Path) -> Iterator[Finding]:
    """Yield that an amount is neither a number of parts nor a share of them."""
    number = number_of(str(amount))
    if amount == _ALL:
        return
    shared = isinstance(amount, str) and tells_share(amount)
    if number is None or number < 0 or (number > 1 if shared else number.denominator != 1):
        yield _not_whole(file, path, N_("how many must be a whole number, a percentage or fraction up to 1, or all"))


def _check(raw: Values, file: str, path: Path, parts: Parts) -> Iterator[Finding]:
    kinds = [kind for kind in (*_PARTS, "count", *_GROUPS) if kind in raw]
    if not kinds:
        yield _not_whole(file, path, N_("it has none of part, count, all, any and not"))
    elif len(kinds) > 1:
        yield _not_whole(file, (*path, kinds[1]), N_("it has several of part, count, all, any and not"), key=True)
    elif kinds[0] == "count":
        yield from _check_count(raw, file, path, parts)
    elif kinds[0] in _PARTS:
        yield from _check_part(raw, kinds[0], file, path, parts)
    else:
        beside = next((key for key in raw if key != kinds[0]), None)
        if beside is not None:
            yield _not_whole(file, (*path, beside), N_("nothing can stand beside all, any and not"), key=True)
        yield from check_conditions(raw[kinds[0]], file, (*path, kinds[0]), parts)


def _check_part(raw: Values, key: str, file: str, path: Path, parts: Parts) -> Iterator[Finding]:
    fault = _part_fault(raw[key], file, (*path, key), parts)
    if fault is not None:
        yield fault
        return
    stray = next((one for one in _AMOUNTS if one in raw and one not in _COMPARISONS), None)
    if stray is not None:
        yield _not_whole(file, (*path, stray), N_("how many belongs to count"), key=True)
        return
    yield from _check_comparison(raw, file, path, [parts.views[raw[key]]], may_be_out=True)


def _part_fault(name: str, file: str, path: Path, parts: Parts, *, key: bool = False) -> Finding | None:
    """What is wrong in naming the part, if anything."""
    if name not in parts.views:
        return unknown_part(name, parts.views, file, path, key=key)
    if name in parts.above:
        circle = [*parts.above[parts.above.index(name) :], name]
        return Finding(RULES["GR424"], Pointer(file, path, key=key), {"circle": " → ".join(circle)})
    return None


def _check_comparison(
    raw: Values, file: str, path: Path, views: Sequence[PartView], *, may_be_out: bool
) -> Iterator[Finding]:
    """That there is one comparison, with levels that one of the parts can be at."""
    given = [one for one in _COMPARISONS if one in raw]
    if not given:
        yield _not_whole(file, path, N_("it has none of is, at_least, above, at_most and below"))
    elif len(given) > 1:
        problem = N_("it has several of is, at_least, above, at_most and below")
        yield _not_whole(file, (*path, given[1]), problem, key=True)
    else:
        comparison = given[0] if may_be_out or given[0] != "is" else ""
        yield from _check_levels(comparison, raw[given[0]], file, (*path, given[0]), views)


def _check_levels(comparison: str, levels: Any, file: str, path: Path, views: Sequence[PartView]) -> Iterator[Finding]:
    for number, level in enumerate(levels if isinstance(levels, list) else [levels]):
        name = key_of(level)
        if views and not any(_is_reachable(name, comparison, view) for view in views):
            at = Pointer(file, (*path, number) if isinstance(levels, list) else path)
            if len(views) == 1:
                yield unknown_level(name, views[0], at)
            else:
                yield not_a_level(name, list(dict.fromkeys(k for view in views for k in view.keys or view.bands)), at)


def _is_reachable(level: str, comparison: str, view: PartView) -> bool:
    if level == NOT_APPLICABLE:
        return comparison == "is"
    if level in view.keys or level in view.bands:
        return True
    return not view.keys and view.numbers and number_of(level) is not None


def _check_count(raw: Values, file: str, path: Path, parts: Parts) -> Iterator[Finding]:
    what, at = raw["count"] or {}, (*path, "count")
    named: list[str] = what.get("parts", [])
    own = frozenset(parts.own)
    for number, name in enumerate(named):
        if name not in own:
            yield unknown_part(name, parts.own, file, (*at, "parts", number))
    classes = what.get("class", [])
    for number, name in enumerate([classes] if isinstance(classes, str) else classes):
        if name not in parts.classes:
            values = {"id": name, "known": KnownNames(parts.classes)}
            pointer = Pointer(file, (*at, "class") if isinstance(classes, str) else (*at, "class", number))
            yield Finding(RULES["GR420"], pointer, values, near=(name, parts.classes))
    counted = _counted(what, parts)
    if not counted and parts.critical is not None and own.issuperset(named):
        yield _not_whole(file, at, N_("the step has no such parts to count"), key=True)
    views = [parts.views[name] for name in counted or parts.own]
    yield from _check_comparison(what, file, at, views, may_be_out=False)
    yield from _check_amounts(raw, file, path)


def _counted(what: Values, parts: Parts) -> list[str]:
    """The parts that a count looks at."""
    named, classes, critical = what.get("parts"), what.get("class"), what.get("critical")
    wanted = {classes} if isinstance(classes, str) else frozenset(classes or ())
    named = frozenset(named or ())
    return [
        name
        for name in parts.own
        if (not named or name in named)
        and (not wanted or parts.of_class.get(name) in wanted)
        and (critical is None or parts.critical is None or (name in parts.critical) == critical)
    ]


def _check_amounts(raw: Values, file: str, path: Path) -> Iterator[Finding]:
    given = [one for one in _AMOUNTS if one in raw]
    stray = next((one for one in _COMPARISONS if one in raw and one not in _AMOUNTS), None)
    if stray is not None:
        yield _not_whole(file, (*path, stray), N_("the level stands within count"), key=True)
    elif not given:
        problem = N_("it has none of at_least, more_than, at_most, fewer_than and exactly")
        yield _not_whole(file, path, problem)
    elif len(given) > 1:
        problem = N_("it has several of at_least, more_than, at_most, fewer_than and exactly")
        yield _not_whole(file, (*path, given[1]), problem, key=True)
    else:
        yield from check_amount(raw[given[0]], file, (*path, given[0]))


def _not_whole(file: str, path: Path, problem: str, *, key: bool = False) -> Finding:
    return Finding(RULES["GR425"], Pointer(file, path, key=key), {"problem": Words(problem)})


def named_parts(conditions: Sequence[Condition]) -> Iterator[str]:
    """The parts that conditions name one by one."""
    for condition in conditions:
        if condition.kind == "part":
            yield condition.part
        yield from named_parts(condition.conditions)
