"""What two versions of a criteria set have in common: which questions and results can be compared, and why not others.

A question is the same when it has the same id, the same words and the same levels. A result is the same kind of result
when it is made of the same questions, with the same weights, in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.method import Level, Scale, Text

Difference = Literal["set", "question", "levels", "scale", "questions", "weights", "method", "target", "form"]
"""What keeps two things from being compared.

`set`: another criteria set. `question`, `levels`, `scale`: a question's words, what its levels take, the levels
themselves. `questions`: a result that rests on other questions. `weights`, `method`: made in another way.
`target`: only one of the versions has it. `form`: only one of the reviews puts all questions.
"""


def differing_criteria(before: CriteriaSet, after: CriteriaSet) -> dict[str, tuple[Difference, ...]]:
    """The criteria that both versions have but that can't be compared, with why."""
    if before is after or before == after:
        return {}
    earlier = {one.id: one for one in before.criteria}
    found: dict[str, tuple[Difference, ...]] = {}
    for one in after.criteria:
        if one.id in earlier:
            reasons = tuple(_between(earlier[one.id], one, before, after))
            if reasons:
                found[one.id] = reasons
    return found


def differing_results(before: CriteriaSet, after: CriteriaSet) -> dict[str, tuple[Difference, ...]]:
    """The targets (and the total, `""`) whose results can't be compared, with why."""
    if before is after or before == after:
        return {}
    criteria = differing_criteria(before, after)
    earlier = {one.id: one for one in before.all_targets}
    later = {one.id: one for one in after.all_targets}
    found: dict[str, tuple[Difference, ...]] = {}
    for name in dict.fromkeys((*earlier, *later)):
        if name not in earlier or name not in later:
            found[name] = ("target",)
        elif reasons := tuple(_between_targets(earlier[name], later[name], before, after, criteria)):
            found[name] = reasons
    if reasons := tuple(_between_totals(before, after, found)):
        found[TOTAL] = reasons
    return found


def _between(earlier: Criterion, later: Criterion, before: CriteriaSet, after: CriteriaSet) -> Iterator[Difference]:
    if before.id != after.id:
        yield "set"
    if not _same_words(earlier.question, later.question):
        yield "question"
    one, other = before.scale_of(earlier), after.scale_of(later)
    if _outline(one) != _outline(other) or not _same_labels(one, other):
        yield "scale"
    keys = earlier.levels.keys() | later.levels.keys()
    if not all(_same_words(earlier.levels.get(key, {}), later.levels.get(key, {})) for key in keys):
        yield "levels"


def _between_targets(
    earlier: Target,
    later: Target,
    before: CriteriaSet,
    after: CriteriaSet,
    criteria: Mapping[str, tuple[Difference, ...]],
) -> Iterator[Difference]:
    if before.id != after.id:
        yield "set"
    names = [one.id for one in earlier.all_criteria]
    if set(names) != {one.id for one in later.all_criteria} or any(name in criteria for name in names):
        yield "questions"
    if _weights(earlier) != _weights(later):
        yield "weights"
    if _methods(earlier, before) != _methods(later, after):
        yield "method"


def _between_totals(
    before: CriteriaSet, after: CriteriaSet, targets: Mapping[str, tuple[Difference, ...]]
) -> Iterator[Difference]:
    reasons = {reason for held in targets.values() for reason in held}
    if before.id != after.id:
        yield "set"
    if reasons & {"questions", "target"}:
        yield "questions"
    tops = [{one.id: one.weight for one in held.targets} for held in (before, after)]
    if "weights" in reasons or tops[0] != tops[1]:
        yield "weights"
    one, other = before.scoring, after.scoring
    same = (one.targets, one.gates, one.normalise) == (other.targets, other.gates, other.normalise)
    if "method" in reasons or not same:
        yield "method"


def _weights(target: Target) -> dict[str, object]:
    below = {one.id: (one.weight, _weights(one)) for one in target.targets}
    return {**{one.id: one.weight for one in target.criteria}, **below}


def _methods(target: Target, criteria: CriteriaSet) -> tuple[object, ...]:
    """How a target's result is made, and those of the targets it is made up of."""
    scoring = criteria.scoring
    gates = tuple(gate for gate in scoring.gates if gate.target == target.id)
    held_back = tuple((one.id, one.prerequisites) for one in target.criteria if one.prerequisites)
    named = frozenset(one.id for one in target.criteria if one.critical)
    below = tuple(_methods(one, criteria) for one in target.targets)
    return (criteria.step_of(target), gates, held_back, named, scoring.normalise, below)


def _outline(scale: Scale) -> tuple[object, ...]:
    """All of a scale but its words."""
    levels = tuple((level.key, level.points, level.means_missing) for level in scale.levels)
    return (levels, scale.minimum, scale.maximum, scale.interval, scale.unit, scale.curve, scale.between)


def _same_labels(one: Scale, other: Scale) -> bool:
    def same(level: Level, matching: Level) -> bool:
        return _same_words(level.label, matching.label)

    return all(same(*pair) for pair in zip(one.levels, other.levels, strict=True))


def _same_words(one: Text, other: Text) -> bool:
    """Whether two texts say the same in the languages that both have; a translation that was added changes nothing."""
    if not one or not other:
        return not one and not other
    shared = one.keys() & other.keys()
    return bool(shared) and all(one[language].split() == other[language].split() for language in shared)
