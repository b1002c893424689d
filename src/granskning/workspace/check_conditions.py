"""What can be wrong in a condition: that it is not whole, or names parts, levels or classes that are not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.findings import Finding, Pointer, Words
from granskning.i18n import N_
from granskning.method import NOT_APPLICABLE, number_of
from granskning.workspace.near import nearest
from granskning.workspace.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from granskning.findings import Path
    from granskning.method import Condition, Scale


@dataclass(frozen=True, slots=True)
class PartView:
    """What conditions and methods can see of a part: the levels it can be at, its bands, whether it has a number."""

    id: str
    keys: tuple[str, ...]
    """Empty for a number."""
    bands: tuple[str, ...]
    numbers: bool
    least: Fraction | None = None
    most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What the conditions of one step may name."""

    views: Mapping[str, PartView]
    own: Sequence[str]
    """The step's own parts, which counts look at."""
    above: frozenset[str]
    """The targets that the step goes into."""
    classes: Sequence[str] = ()


def view_of_scale(name: str, scale: Scale) -> PartView:
    """A criterion, as its scale lets it be seen."""
    points = [level.points for level in scale.levels if level.points is not None]
    if scale.is_range:
        ends = [end for end in (scale.minimum, scale.maximum) if end is not None]
        gives = [turn.gives for turn in scale.curve] or ends
        return PartView(name, (), (), numbers=True, least=min(gives), most=max(gives))
    numbers = len(points) == len(scale.levels)
    keys = tuple(level.key for level in scale.levels)
    return PartView(name, keys, (), numbers, min(points) if numbers else None, max(points) if numbers else None)


def check_conditions(conditions: Sequence[Condition], file: str, path: Path, parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong in conditions that stand at a path: one of them, or several in a list."""
    for condition in conditions:
        yield from _check(condition, file, path, parts)


def _check(condition: Condition, file: str, path: Path, parts: Parts) -> Iterator[Finding]:
    if condition.kind in ("all", "any", "not"):
        for inner in condition.conditions:
            yield from _check(inner, file, path, parts)
    elif condition.kind == "count":
        yield from _check_count(condition, file, path, parts)
    else:
        yield from _check_part(condition, file, path, parts)


def _check_part(condition: Condition, file: str, path: Path, parts: Parts) -> Iterator[Finding]:
    view = parts.views.get(condition.part)
    if not condition.part:
        yield _not_whole(file, path, N_("it has none of part, count, all, any and not"))
    elif view is None:
        near = nearest(condition.part, parts.views)
        values = {"id": condition.part, "known": ", ".join(parts.views)}
        yield Finding(RULES["GR406"], Pointer(file, path), values, suggestion=near)
    elif condition.part in parts.above:
        circle = f"{condition.part} → {condition.part}"
        yield Finding(RULES["GR424"], Pointer(file, path), {"circle": circle})
    elif not condition.levels:
        yield _not_whole(file, path, N_("it has none of is, at_least, above, at_most and below"))
    else:
        for level in condition.levels:
            if not _is_reachable(level, view):
                known = view.keys or view.bands
                near = nearest(level, known)
                values = {"level": level, "levels": ", ".join(known) or "–"}
                yield Finding(RULES["GR409"], Pointer(file, path), values, suggestion=near)


def _is_reachable(level: str, view: PartView) -> bool:
    if level == NOT_APPLICABLE:
        return True
    if level in view.keys or level in view.bands:
        return True
    return not view.keys and view.numbers and number_of(level) is not None


def _check_count(condition: Condition, file: str, path: Path, parts: Parts) -> Iterator[Finding]:
    if not condition.levels:
        yield _not_whole(file, path, N_("count has none of is, at_least, above, at_most and below"))
    for name in condition.parts:
        if name not in parts.own:
            near = nearest(name, parts.own)
            values = {"id": name, "known": ", ".join(parts.own)}
            yield Finding(RULES["GR406"], Pointer(file, path), values, suggestion=near)
    for name in condition.classes:
        if name not in parts.classes:
            near = nearest(name, parts.classes)
            values = {"id": name, "known": ", ".join(parts.classes) or "–"}
            yield Finding(RULES["GR420"], Pointer(file, path), values, suggestion=near)
    counted = [parts.views[name] for name in condition.parts or parts.own if name in parts.views]
    for level in condition.levels:
        if not any(_is_reachable(level, view) for view in counted):
            known = tuple(dict.fromkeys(key for view in counted for key in view.keys or view.bands))
            near = nearest(level, known)
            values = {"level": level, "levels": ", ".join(known) or "–"}
            yield Finding(RULES["GR409"], Pointer(file, path), values, suggestion=near)


def _not_whole(file: str, path: Path, problem: str) -> Finding:
    return Finding(RULES["GR425"], Pointer(file, path), {"problem": Words(problem)})


def named_parts(conditions: Sequence[Condition]) -> Iterator[str]:
    """The parts that conditions name one by one."""
    for condition in conditions:
        if condition.kind == "part":
            yield condition.part
        yield from named_parts(condition.conditions)
