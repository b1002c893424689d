"""What can be wrong in one criteria set: in its ids, its references, its scale and its scoring."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from granskning.findings import Finding, Pointer, Words
from granskning.i18n import LANGUAGES, N_
from granskning.model import CALCULATING
from granskning.workspace.near import nearest
from granskning.workspace.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from granskning.findings import Path
    from granskning.model import CriteriaSet

_ENOUGH = 3
_LANGUAGE_NAMES = {"sv": N_("Swedish"), "en": N_("English")}


def check_criteria(values: dict[str, Any], criteria: CriteriaSet, indicators: Collection[str]) -> Iterator[Finding]:
    """Yield what is wrong in the set. `indicators` are the ids in criteria/statistics."""
    file = criteria.file
    yield from _check_ids(values, file)
    yield from _check_references(values, file, indicators)
    yield from _check_scale(criteria, file)
    yield from _check_levels(values, criteria, file)
    yield from _check_weights(criteria, file)
    yield from _check_scoring(values["scoring"], criteria, file)
    yield from _check_languages(values, file)


def _check_ids(values: dict[str, Any], file: str) -> Iterator[Finding]:
    lists: list[list[tuple[Path, str]]] = [
        [((name, number), item["id"]) for number, item in enumerate(values.get(name, ()))]
        for name in ("sources", "areas", "challenges", "targets")
    ]
    lists.append([
        (("targets", t, "criteria", c), criterion["id"])
        for t, target in enumerate(values["targets"])
        for c, criterion in enumerate(target["criteria"])
    ])  # fmt: skip
    lists += [
        [(("scoring", name, number), item["id"]) for number, item in enumerate(values["scoring"].get(name, ()))]
        for name in ("bands", "gates")
    ]
    for entries in lists:
        seen: set[str] = set()
        for path, name in entries:
            if name in seen:
                yield _finding("GR401", file, (*path, "id"), id=name)
            seen.add(name)


def _check_references(values: dict[str, Any], file: str, indicators: Collection[str]) -> Iterator[Finding]:
    challenges = [item["id"] for item in values.get("challenges", ())]
    sources = [item["id"] for item in values.get("sources", ())]
    areas = [item["id"] for item in values.get("areas", ())]
    for number, challenge in enumerate(values.get("challenges", ())):
        path: Path = ("challenges", number)
        yield from _unknown("GR403", file, (*path, "indicators"), challenge, sorted(indicators))
        yield from _unknown("GR413", file, (*path, "rests_on"), challenge, sources)
    for t, target in enumerate(values["targets"]):
        yield from _unknown("GR402", file, ("targets", t, "challenges"), target, challenges)
        for c, criterion in enumerate(target["criteria"]):
            path = ("targets", t, "criteria", c)
            yield from _unknown("GR410", file, (*path, "applies_to"), criterion, areas)
            yield from _unknown("GR413", file, (*path, "rests_on"), criterion, sources)


def _unknown(code: str, file: str, path: Path, holder: dict[str, Any], known: list[str]) -> Iterator[Finding]:
    for number, name in enumerate(holder.get(str(path[-1]), ())):
        if name not in known:
            near = nearest(name, known)
            values = {"id": name, "known": ", ".join(known) or "–"}
            yield Finding(RULES[code], Pointer(file, (*path, number)), values, suggestion=near)


def _check_scale(criteria: CriteriaSet, file: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, level in enumerate(criteria.scale):
        if level.key in seen:
            yield _finding("GR414", file, ("scale", number, "value"), level=level.key)
        seen.add(level.key)
        if level.means_missing and number > 0:
            yield _finding("GR415", file, ("scale", number, "means_missing"))


def _check_levels(values: dict[str, Any], criteria: CriteriaSet, file: str) -> Iterator[Finding]:
    keys = [level.key for level in criteria.scale]
    for t, target in enumerate(values["targets"]):
        for c, criterion in enumerate(target["criteria"]):
            path: Path = ("targets", t, "criteria", c)
            texts = criterion["levels"]
            for key in keys:
                if key not in texts:
                    yield _finding("GR404", file, (*path, "levels"), key=True, level=key)
            for key in texts:
                if key not in keys:
                    yield _finding("GR409", file, (*path, "levels", key), key=True, level=key, levels=", ".join(keys))
            yield from _check_required(criterion.get("requires", {}), (*path, "requires"), keys, file)
    yield from _check_required(values.get("requires", {}), ("requires",), keys, file)


def _check_required(requires: dict[str, Any], path: Path, keys: list[str], file: str) -> Iterator[Finding]:
    for name, levels in requires.items():
        if isinstance(levels, list):
            for number, level in enumerate(levels):
                if str(level) not in keys:
                    yield _finding("GR409", file, (*path, name, number), level=str(level), levels=", ".join(keys))


def _check_weights(criteria: CriteriaSet, file: str) -> Iterator[Finding]:
    for t, target in enumerate(criteria.targets):
        holders = [(("targets", t), target.weight, target.weight_why)]
        holders += [
            (("targets", t, "criteria", c), criterion.weight, criterion.weight_why)  # type: ignore[misc]
            for c, criterion in enumerate(target.criteria)
        ]
        for path, weight, why in holders:
            if weight < 0:
                yield _finding("GR408", file, (*path, "weight"), problem=Words(N_("a weight is below 0")))
            elif weight != 1 and not why:
                yield _finding("GR407", file, (*path, "weight"), weight=float(weight))
        if all(criterion.weight == 0 for criterion in target.criteria):
            problem = Words(N_("all weights under the target are 0"))
            yield _finding("GR408", file, ("targets", t, "criteria"), key=True, problem=problem)
    if all(target.weight == 0 for target in criteria.targets):
        yield _finding("GR408", file, ("targets",), key=True, problem=Words(N_("all targets have weight 0")))


def _check_scoring(values: dict[str, Any], criteria: CriteriaSet, file: str) -> Iterator[Finding]:
    scoring = criteria.scoring
    numbers = [level.value for level in criteria.scale if isinstance(level.value, int)]
    if len(numbers) < len(criteria.scale):
        for step in ("criteria", "targets"):
            if values[step]["method"] in CALCULATING:
                yield _finding("GR411", file, ("scoring", step, "method"), method=values[step]["method"])
    elif numbers != sorted(numbers):
        yield _finding("GR405", file, ("scale",), key=True, problem=Words(N_("the scale's levels do not rise")))
    if scoring.criteria == "none" != scoring.targets:
        yield _finding("GR417", file, ("scoring", "targets", "method"), method=scoring.targets)
    starts = [band.start for band in scoring.bands]
    for number, (one, other) in enumerate(pairwise(starts)):
        if other <= one:
            problem = Words(N_("the bound is not above the one before"))
            yield _finding("GR405", file, ("scoring", "bands", number + 1, "from"), problem=problem)
    if starts and numbers and starts[0] > min(numbers) and scoring.criteria != "sum":
        problem = Words(N_("values below the first bound have no band"))
        yield _finding("GR405", file, ("scoring", "bands", 0, "from"), problem=problem)
    yield from _check_gates(criteria, numbers, file)


def _check_gates(criteria: CriteriaSet, numbers: list[int], file: str) -> Iterator[Finding]:
    asked = {criterion.id for criterion in criteria.criteria}
    targets = {target.id for target in criteria.targets}
    keys = [level.key for level in criteria.scale]
    for number, gate in enumerate(criteria.scoring.gates):
        path: Path = ("scoring", "gates", number)
        if gate.criterion not in asked:
            yield _name_of_gate(file, (*path, "when", "criterion"), gate.criterion, sorted(asked))
        if gate.target is not None and gate.target not in targets:
            yield _name_of_gate(file, (*path, "cap", "target"), gate.target, sorted(targets))
        method = criteria.scoring.targets if gate.target is None else criteria.scoring.criteria
        if method == "none" or not numbers:
            yield _finding("GR418", file, (*path, "cap"), id=gate.id)
        if gate.below not in keys:
            yield _finding("GR409", file, (*path, "when", "below"), level=gate.below, levels=", ".join(keys))
        if numbers and not min(numbers) <= gate.cap <= max(numbers) and "sum" not in (
            criteria.scoring.criteria, criteria.scoring.targets,
        ):  # fmt: skip
            low, high = min(numbers), max(numbers)
            yield _finding("GR416", file, (*path, "cap", "at"), value=float(gate.cap), low=low, high=high)


def _name_of_gate(file: str, path: Path, name: str, known: list[str]) -> Finding:
    near = nearest(name, known)
    values = {"id": name, "known": ", ".join(known)}
    return Finding(RULES["GR406"], Pointer(file, path), values, suggestion=near)


def _check_languages(values: dict[str, Any], file: str) -> Iterator[Finding]:
    """One notice a language, and only where the set is begun in that language."""
    texts = list(_texts(values, ()))
    for language in LANGUAGES:
        lacking = [path for path, text in texts if language not in text]
        if lacking and len(lacking) < len(texts):
            paths = ", ".join(".".join(map(str, path)) for path in lacking[:_ENOUGH])
            paths += " …" if len(lacking) > _ENOUGH else ""
            name = Words(_LANGUAGE_NAMES[language])
            values = {"count": len(lacking), "language": name, "code": language, "paths": paths}
            yield Finding(RULES["GR412"], Pointer(file, lacking[0], key=True), values)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    if isinstance(value, dict):
        if value and value.keys() <= set(LANGUAGES):
            yield path, value
        else:
            for key, child in value.items():
                yield from _texts(child, (*path, key))
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from _texts(child, (*path, number))


def _finding(code: str, file: str, path: Path, *, key: bool = False, **values: object) -> Finding:
    plain = {name: int(v) if isinstance(v, float | Fraction) and v == int(v) else v for name, v in values.items()}
    return Finding(RULES[code], Pointer(file, path, key=key), plain)
