"""What can be wrong in one criteria set: in its ids, its references, its scale and its scoring."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.severity import Severity
from granskning.findings.suggestions import KnownNames
from granskning.i18n import LANGUAGES, N_, TAG
from granskning.model.criteria import number_parts
from granskning.model.cycles import find_circle
from granskning.model.method import key_of
from granskning.wordings import LANGUAGE_NAMES
from granskning.workspace.checks.check_lineage import check_lineage
from granskning.workspace.checks.check_scales import check_scales, check_without_evidence, levels_of
from granskning.workspace.checks.check_scoring import check_scoring
from granskning.workspace.checks.check_steps import check_asking
from granskning.workspace.checks.check_views import of_words, target_paths

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import Text

_ENOUGH = 3
_TRANSLATABLE = frozenset({
    "about", "counts_as_evidence", "description", "label", "mistakes", "picture", "question", "short_title", "text",
    "title", "why", "within",
})  # fmt: skip
"""Keys whose texts can be written in several languages."""


def check_criteria(values: dict[str, Any], criteria: CriteriaSet, indicators: Collection[str]) -> Iterator[Finding]:
    """Yield what is wrong in the set. `indicators` are the ids in criteria/statistics."""
    file = criteria.file
    ids = [*_check_ids(values, file)]
    yield from ids
    yield from _check_references(values, file, indicators)
    frame = [*check_scales(values, criteria)]
    yield from frame
    yield from _check_levels(values, criteria, file)
    yield from _check_texts(values, criteria)
    yield from _check_numbers(values, criteria)
    yield from check_lineage(values, criteria)
    yield from _check_weights(values, criteria, file)
    if not any(finding.rule.severity is Severity.ERROR for finding in (*ids, *frame)):
        yield from check_without_evidence(values, criteria)
        yield from _check_prerequisites(values, criteria, file)
        asking = [*check_asking(values, criteria)]
        yield from asking
        if not asking:
            yield from check_scoring(values, criteria)
    yield from _check_languages(values, criteria)


def _check_numbers(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """That a number from the source is printed for one part only."""
    parts = {part["id"]: (path, part) for path, part in (*all_targets(values), *all_criteria(values))}
    owners: dict[str, str] = {}
    for name, number in number_parts(criteria).items():
        owner = owners.setdefault(number, name)
        numbered = [part for part in (name, owner) if "number" in parts[part][1]]
        if owner != name and numbered:
            at = (*parts[numbered[0]][0], "number")
            yield _finding("GR499", criteria.file, at, number=number, part=owner, other=name)


def _check_ids(values: dict[str, Any], file: str) -> Iterator[Finding]:
    lists: list[list[tuple[Path, str]]] = [
        [((name, number), item["id"]) for number, item in enumerate(values.get(name, ()))]
        for name in ("sources", "areas", "goals", "challenges", "scales", "classes", "retired")
    ]
    lists.append([
        *((path, target["id"]) for path, target in all_targets(values)),
        *((path, criterion["id"]) for path, criterion in all_criteria(values)),
    ])  # fmt: skip
    scoring = values["scoring"]
    lists.append([(("scoring", "gates", number), gate["id"]) for number, gate in enumerate(scoring.get("gates", ()))])
    steps: list[tuple[Path, dict[str, Any]]] = [(("scoring",), scoring)]
    steps += [(("scoring", name), scoring[name]) for name in ("criteria", "subtargets", "targets") if name in scoring]
    steps += [((*path, "scoring"), target["scoring"]) for path, target in all_targets(values) if "scoring" in target]
    lists += [
        [((*path, "bands", number), band["id"]) for number, band in enumerate(step.get("bands", ()))]
        for path, step in steps
    ]
    for entries in lists:
        seen: set[str] = set()
        for path, name in entries:
            if name in seen:
                yield _finding("GR401", file, (*path, "id"), id=name)
            seen.add(name)


def _check_references(values: dict[str, Any], file: str, indicators: Collection[str]) -> Iterator[Finding]:
    names = ("challenges", "sources", "areas", "goals")
    challenges, sources, areas, goals = (dict.fromkeys(item["id"] for item in values.get(name, ())) for name in names)
    statistics = dict.fromkeys(sorted(indicators))
    for number, goal in enumerate(values.get("goals", ())):
        yield from _unknown("GR413", file, ("goals", number, "rests_on"), goal, sources)
    for number, challenge in enumerate(values.get("challenges", ())):
        path: Path = ("challenges", number)
        yield from _unknown("GR403", file, (*path, "indicators"), challenge, statistics)
        yield from _unknown("GR413", file, (*path, "rests_on"), challenge, sources)
    for path, target in all_targets(values):
        yield from _unknown("GR402", file, (*path, "challenges"), target, challenges)
        yield from _unknown("GR456", file, (*path, "goals"), target, goals)
    for path, criterion in all_criteria(values):
        yield from _unknown("GR402", file, (*path, "challenges"), criterion, challenges)
        yield from _unknown("GR456", file, (*path, "goals"), criterion, goals)
        yield from _unknown("GR410", file, (*path, "applies_to"), criterion, areas)
        yield from _unknown("GR413", file, (*path, "rests_on"), criterion, sources)


def _unknown(code: str, file: str, path: Path, holder: dict[str, Any], known: Collection[str]) -> Iterator[Finding]:
    for number, name in enumerate(holder.get(str(path[-1]), ())):
        if name not in known:
            values = {"id": name, "known": KnownNames(known)}
            yield Finding(RULES[code], Pointer(file, (*path, number)), values, near=(name, known))


def _check_levels(values: dict[str, Any], criteria: CriteriaSet, file: str) -> Iterator[Finding]:
    held = {criterion.id: criterion for criterion in criteria.criteria}
    shared = _shared_faults(values, criteria)
    yield from _told_at_scales(values, criteria, shared)
    for path, criterion in all_criteria(values):
        name = held[criterion["id"]].scale
        scale = criteria.scales.get(name)
        if scale is None or not (scale.levels or scale.is_range):
            continue
        keys = dict.fromkeys(level.key for level in scale.levels)
        texts = criterion.get("levels", {})
        for key in keys if texts else ():
            if key not in texts and key not in scale.outside and key not in shared.get(name, ()):
                yield _finding("GR404", file, (*path, "levels"), key=True, level=key)
        for key in texts:
            if key not in keys and key not in shared.get(name, ()):
                at = Pointer(file, (*path, "levels", key), key=True)
                yield _not_a_level(key, levels_of(scale), keys, at, criterion["id"], scale.id)
        required = criterion.get("requires", {})
        yield from _check_required(required, (*path, "requires"), keys, file, criterion["id"], scale.id)
    every = dict.fromkeys(level.key for scale in criteria.scales.values() for level in scale.levels)
    if every or any(scale.is_range for scale in criteria.scales.values()):
        yield from _check_required(values.get("requires", {}), ("requires",), every, file)


_ALL_ALIKE = 3
"""When so many questions, and all that are on a scale, have the same fault, it is the scale's."""


def _shared_faults(values: dict[str, Any], criteria: CriteriaSet) -> dict[str, set[str]]:
    """By scale the levels that all its questions have a text for though it lacks them, or lack one for."""
    questions = {criterion.id: criterion for criterion in criteria.criteria}
    texts: dict[str, list[set[str]]] = {}
    for _, criterion in all_criteria(values):
        if criterion.get("levels"):
            texts.setdefault(questions[criterion["id"]].scale, []).append(set(criterion["levels"]))
    shared: dict[str, set[str]] = {}
    for name, lists in texts.items():
        scale = criteria.scales.get(name)
        if scale is not None and scale.levels and len(lists) >= _ALL_ALIKE:
            keys = {level.key for level in scale.levels}
            shared[name] = (set.intersection(*lists) - keys) | keys.difference(*lists)
    return shared


def _told_at_scales(values: dict[str, Any], criteria: CriteriaSet, shared: dict[str, set[str]]) -> Iterator[Finding]:
    numbers = {scale["id"]: number for number, scale in reversed([*enumerate(values.get("scales", ()))])}
    for name, faults in shared.items():
        own: Path = ("scale",) if "scale" in values and not name else ("scales", numbers.get(name, 0), "levels")
        keys = [level.key for level in criteria.scales[name].levels]
        for key in sorted(faults):
            if key in keys:
                yield _finding("GR472", criteria.file, (*own, keys.index(key), "value"), level=key)
            else:
                yield _finding("GR473", criteria.file, own, key=True, level=key, levels=", ".join(keys))


def _check_texts(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """Questions without level texts, one by one where others have them, and in one notice where none does."""
    held = {one.id: criteria.scales.get(one.scale) for one in criteria.criteria}
    leveled = [(path, one) for path, one in all_criteria(values) if (scale := held[one["id"]]) and scale.levels]
    lacking = [path for path, criterion in leveled if not criterion.get("levels")]
    if lacking and len(lacking) == len(leveled):
        yield _finding("GR459", criteria.file, ("targets",), key=True, count=len(lacking))
    else:
        for path in lacking:
            yield _finding("GR457", criteria.file, (*path, "question"), key=True)


def _check_required(
    requires: dict[str, Any], path: Path, keys: Collection[str], file: str, *of: str
) -> Iterator[Finding]:
    for name, levels in requires.items():
        if isinstance(levels, list):
            for number, level in enumerate(levels):
                if key_of(level) not in keys:
                    at = Pointer(file, (*path, name, number))
                    yield _not_a_level(key_of(level), KnownNames(keys), keys, at, *of)


def _not_a_level(level: str, levels: str | KnownNames, keys: Collection[str], at: Pointer, *of: str) -> Finding:
    return Finding(RULES["GR409"], at, {"level": level, "levels": levels, "of": of_words(*of)}, near=(level, keys))


def _check_weights(values: dict[str, Any], criteria: CriteriaSet, file: str) -> Iterator[Finding]:
    raw = dict(all_targets(values))
    yield from _check_powers(criteria, file)
    for path, target in target_paths(criteria.targets):
        yield from _check_weight(file, (*path, "weight"), target.weight, target.weight_why)
        for number, criterion in enumerate(target.criteria):
            if not criterion.class_ or "weight" in raw[path]["criteria"][number]:
                at = (*path, "criteria", number, "weight")
                yield from _check_weight(file, at, criterion.weight, criterion.weight_why)
        weights = [*(one.weight for one in target.criteria), *(one.weight for one in target.targets)]
        if not weights:
            yield _finding("GR430", file, (*path, "id"), id=target.id)
        elif not any(weights):
            problem = Words(N_("all weights under the target are 0"))
            within = "criteria" if target.criteria else "targets"
            yield _finding("GR408", file, (*path, within), key=True, problem=problem)
    for number, one in enumerate(criteria.classes):
        yield from _check_weight(file, ("classes", number, "weight"), one.weight, one.weight_why)
    if all(target.weight == 0 for target in criteria.targets):
        yield _finding("GR408", file, ("targets",), key=True, problem=Words(N_("all targets have weight 0")))


_MOST_POWER = 100
"""A weight of 100 on values of a thousand million gives 900 digits: as many as anybody can want of a figure."""


def _check_powers(criteria: CriteriaSet, file: str) -> Iterator[Finding]:
    """Under a product a weight is a power, and a large one makes a figure that nothing can hold."""
    scoring = criteria.scoring
    own = [target.scoring for _, target in target_paths(criteria.targets)]
    steps = [scoring.criteria, scoring.subtargets, scoring.targets, *(step for step in own if step is not None)]
    if not any(step.method == "product" for step in steps):
        return
    problem = Words(N_("under product a weight is a power, and may be at most 100"))
    for path, target in target_paths(criteria.targets):
        if target.weight > _MOST_POWER:
            yield _finding("GR408", file, (*path, "weight"), problem=problem)
        for number, criterion in enumerate(target.criteria):
            if criterion.weight > _MOST_POWER:
                yield _finding("GR408", file, (*path, "criteria", number), problem=problem)


def _check_weight(file: str, path: Path, weight: Fraction, why: Text) -> Iterator[Finding]:
    if weight < 0:
        yield _finding("GR408", file, path, problem=Words(N_("a weight is below 0")))
    elif weight != 1 and not why:
        yield _finding("GR407", file, path, weight=float(weight))


def _check_prerequisites(values: dict[str, Any], criteria: CriteriaSet, file: str) -> Iterator[Finding]:
    known = {one.id: one for one in criteria.criteria}
    for path, asked in all_criteria(values):
        own = criteria.scale_of(known[asked["id"]])
        needs: list[dict[str, Any]] = asked.get("prerequisites", [])
        for number, one in enumerate(needs):
            at = (*path, "prerequisites", number)
            other = known.get(one["criterion"])
            if other is None:
                told = {"id": one["criterion"], "known": KnownNames(known)}
                yield Finding(RULES["GR406"], Pointer(file, (*at, "criterion")), told, near=(one["criterion"], known))
                continue
            for key, scale, of in (("at_least", criteria.scale_of(other), other.id), ("otherwise", own, asked["id"])):
                if not scale.holds(key_of(one[key])):
                    keys = [level.key for level in scale.levels]
                    yield _not_a_level(
                        key_of(one[key]), levels_of(scale), keys, Pointer(file, (*at, key)), of, scale.id
                    )
    circle = find_circle({
        criterion.id: [one.criterion for one in criterion.prerequisites if one.criterion in known]
        for criterion in criteria.criteria
    })  # fmt: skip
    if circle:
        place = next(path for path, asked in all_criteria(values) if asked["id"] == circle[0])
        yield _finding("GR424", file, (*place, "prerequisites"), key=True, circle=" → ".join([*circle, circle[0]]))


def all_targets(values: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every target's values with their path, each before those below it."""
    yield from _targets_below(values, ())


def _targets_below(values: dict[str, Any], path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for number, target in enumerate(values.get("targets", ())):
        yield (*path, "targets", number), target
        yield from _targets_below(target, (*path, "targets", number))


def all_criteria(values: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every criterion's values with their path."""
    for path, target in all_targets(values):
        for number, criterion in enumerate(target.get("criteria", ())):
            yield (*path, "criteria", number), criterion


def _check_languages(values: dict[str, Any], criteria: CriteriaSet) -> Iterator[Finding]:
    """One notice a language, and only where the set is begun in that language."""
    file = criteria.file
    texts = [(path, {code or criteria.language for code in held}) for path, held in _texts(values, ())]
    written = Counter(code for _, codes in texts for code in codes)
    for language in dict.fromkeys((*LANGUAGES, *written)):
        count = len(texts) - written[language]
        if 0 < count < len(texts):
            # the first few are soon met: where many texts are in many languages, the file is as long as that
            lacking = list(islice((path for path, codes in texts if language not in codes), _ENOUGH))
            paths = ", ".join(".".join(map(str, path)) for path in lacking)
            paths += " …" if count > _ENOUGH else ""
            name = Words(LANGUAGE_NAMES.get(language, language))
            values = {"count": count, "language": name, "code": language, "paths": paths}
            yield Finding(RULES["GR412"], Pointer(file, lacking[0], key=True), values)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, Collection[str]]]:
    """Every text with the languages it is written in; one that says none is in the set's own, the empty one here.

    A text without small letters, such as the grade D or 75 %, means the same in all languages.
    """
    if isinstance(value, dict):
        if value and _is_text(value, path):
            yield path, value
        else:
            for key, child in value.items():
                if isinstance(child, str) and key in _TRANSLATABLE and "sources" not in path and child != child.upper():
                    yield (*path, key), ("",)
                else:
                    yield from _texts(child, (*path, key))
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from _texts(child, (*path, number))


def _is_text(value: dict[str, Any], path: Path) -> bool:
    """Whether a group of keys is a text in one or more languages."""
    if value.keys() <= set(LANGUAGES):
        return True
    is_named = bool(path) and (path[-1] in _TRANSLATABLE or (path[-2:-1] == ("levels",) and isinstance(path[-1], str)))
    tagged = is_named and all(re.fullmatch(TAG, language) for language in value)
    return tagged and all(isinstance(words, str) for words in value.values())


def _finding(code: str, file: str, path: Path, *, key: bool = False, **values: object) -> Finding:
    plain = {name: int(v) if isinstance(v, float | Fraction) and v == int(v) else v for name, v in values.items()}
    return Finding(RULES[code], Pointer(file, path, key=key), plain)
