"""What two versions of a criteria set have in common: which questions and results can be compared, and why not others.

A question is the same when it has the same id, and the same words and levels or others that the later version says mean
the same. A result is the same kind of result when it is made of the same questions, with the same weights, in the same
way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from granskning.model.lineage import version_key
from granskning.model.versions.question_steps import question_differences, steps_between
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.lineage import ChangeKind
    from granskning.model.method import Text

Difference = Literal["set", "question", "levels", "scale", "questions", "weights", "method", "target", "form"]
"""What keeps two things from being compared.

`set`: another criteria set. `question`, `levels`, `scale`: a question's words, what its levels take, the levels
themselves. `questions`: a result that rests on other questions. `weights`, `method`: made in another way.
`target`: only one of the versions has it. `form`: only one of the reviews puts all questions.
"""

_SAME_MEANING = frozenset({"editorial", "clarified"})
"""What a set declares of a question that has other words, or whose levels have, and means the same."""


def differing_criteria(before: CriteriaSet, after: CriteriaSet) -> dict[str, tuple[Difference, ...]]:
    """The criteria that both versions have but that can't be compared, with why.

    The later version may say that a question with other words means the same, or that one means something else.
    """
    if before is after or before == after:
        return {}
    earlier = {criterion.id: criterion for criterion in before.criteria}
    declared = _declared(before, after)
    differences: dict[str, tuple[Difference, ...]] = {}
    for criterion in after.criteria:
        if criterion.id in earlier:
            reasons = tuple(_between(earlier[criterion.id], criterion, before, after, declared.get(criterion.id)))
            if reasons:
                differences[criterion.id] = reasons
    return differences


def comparable_questions(before: CriteriaSet, after: CriteriaSet) -> frozenset[str]:
    """The questions of both versions that can be compared, belong to the same target, and count alike there."""
    earlier, later = ({criterion.id: criterion for criterion in version.criteria} for version in (before, after))
    homes = [
        {criterion.id: target.id for target in version.targets for criterion in target.all_criteria}
        for version in (before, after)
    ]
    shared = earlier.keys() & later.keys() - differing_criteria(before, after).keys()
    return frozenset(
        name
        for name in shared
        if homes[0][name] == homes[1][name] and _counting(earlier[name], before) == _counting(later[name], after)
    )


def _counting(criterion: Criterion, criteria: CriteriaSet) -> tuple[object, ...]:
    """How an answer counts; which questions the short form puts changes no answer that is there."""
    return criterion.weight, criterion.critical, _held_back(criterion, criteria)


def _declared(before: CriteriaSet, after: CriteriaSet) -> dict[str, ChangeKind | None]:
    """What the later of two versions says became of each question of the earlier one."""
    if before.id != after.id:
        return {}
    earlier, later = sorted((before, after), key=lambda criteria: version_key(criteria.version))
    return {step.criterion: step.kind for step in steps_between(earlier, later)}


def differing_results(
    before: CriteriaSet, after: CriteriaSet, *, joint: bool = False
) -> dict[str, tuple[Difference, ...]]:
    """The targets (and the total, `""`) whose results can't be compared, with why.

    Results are `joint` where several reviewers' answers were brought together: then how that is done is part of it.
    """
    if before is after or before == after:
        return {}
    criteria = differing_criteria(before, after)
    is_joined_otherwise = joint and _joining(before) != _joining(after)
    earlier = {target.id: target for target in before.all_targets}
    later = {target.id: target for target in after.all_targets}
    differences: dict[str, tuple[Difference, ...]] = {}
    for name in dict.fromkeys((*earlier, *later)):
        if name not in earlier or name not in later:
            differences[name] = ("target",)
            continue
        reasons = dict.fromkeys(_between_targets(earlier[name], later[name], before, after, criteria))
        reasons |= {"method": None} if is_joined_otherwise else {}
        if reasons:
            differences[name] = tuple(reasons)
    if total := tuple(_between_totals(before, after, differences)):
        differences[TOTAL] = total
    return differences


def ground_of_results(criteria: CriteriaSet) -> dict[str, object]:
    """All that the joint results of a set rest on, as plain values that can be hashed.

    The same for two sets with words in one language exactly when `differing_results` finds nothing for the whole, but
    for questions of which the later set says that they mean the same, or something else: that takes both sets.
    """

    def words(text: Text) -> str:
        return " ".join((text.get(criteria.language) or next(iter(text.values()), "")).split())

    def asked(criterion: Criterion) -> tuple[object, ...]:
        scale = criteria.scale_of(criterion)
        levels = {key: words(text) for key, text in criterion.levels.items() if words(text)}
        return words(criterion.question), scale.outline, [words(level.label) for level in scale.levels], levels

    return {
        "set": criteria.id,
        "questions": {criterion.id: asked(criterion) for criterion in criteria.criteria},
        "targets": {
            target.id: (_put(target, criteria), _weights(target, criteria), _methods(target, criteria))
            for target in criteria.all_targets
        },
        "total": ({target.id: target.weight for target in criteria.targets}, _method(criteria), _joining(criteria)),
    }


def _between(
    earlier: Criterion, later: Criterion, before: CriteriaSet, after: CriteriaSet, declared: ChangeKind | None
) -> Iterator[Difference]:
    if before.id != after.id:
        yield "set"
    differences = tuple(question_differences(earlier, later, before, after))
    if declared in _SAME_MEANING:
        differences = tuple(reason for reason in differences if reason == "scale")
    elif declared is not None and not differences:
        differences = ("question",)
    yield from differences


def _between_targets(
    earlier: Target,
    later: Target,
    before: CriteriaSet,
    after: CriteriaSet,
    criteria: Mapping[str, tuple[Difference, ...]],
) -> Iterator[Difference]:
    if before.id != after.id:
        yield "set"
    put = _put(earlier, before)
    if put != _put(later, after) or any(name in criteria for name in put):
        yield "questions"
    if _weights(earlier, before) != _weights(later, after):
        yield "weights"
    if _methods(earlier, before) != _methods(later, after):
        yield "method"


def _between_totals(
    before: CriteriaSet, after: CriteriaSet, targets: Mapping[str, tuple[Difference, ...]]
) -> Iterator[Difference]:
    reasons = {reason for each in targets.values() for reason in each}
    if before.id != after.id:
        yield "set"
    if reasons & {"questions", "target"}:
        yield "questions"
    tops = [{target.id: target.weight for target in version.targets} for version in (before, after)]
    if "weights" in reasons or tops[0] != tops[1]:
        yield "weights"
    if "method" in reasons or _method(before) != _method(after):
        yield "method"


def _method(criteria: CriteriaSet) -> tuple[object, ...]:
    """How the result of the whole is made."""
    return criteria.scoring.targets, criteria.scoring.gates, criteria.scoring.normalise


def _joining(criteria: CriteriaSet) -> tuple[object, ...]:
    """How several reviewers' answers become those of a round."""
    scoring = criteria.scoring
    return scoring.reviewers, scoring.reviewers_of, scoring.difference_rules, scoring.difference_otherwise


def _put(target: Target, criteria: CriteriaSet) -> dict[str, object]:
    """The questions that a target rests on, by id, with when they are put."""
    _, shared = _shared(target, criteria)
    asked = (*target.all_criteria, *shared)
    return {criterion.id: (set(criterion.applies_to), criterion.asked_if) for criterion in asked}


def _shared(target: Target, criteria: CriteriaSet) -> tuple[list[Target], list[Criterion]]:
    """The targets, and all the questions, that belong elsewhere and count here too."""
    targets = [held for held in criteria.all_targets if held.id in target.counts_also]
    below = [criterion for held in targets for criterion in held.all_criteria]
    return targets, below + [criterion for criterion in criteria.criteria if criterion.id in target.counts_also]


def _weights(target: Target, criteria: CriteriaSet) -> dict[str, object]:
    targets, shared = _shared(target, criteria)
    below = {child.id: (child.weight, _weights(child, criteria)) for child in (*target.targets, *targets)}
    return {**{criterion.id: criterion.weight for criterion in (*target.criteria, *shared)}, **below}


def _methods(target: Target, criteria: CriteriaSet) -> tuple[object, ...]:
    """How a target's result is made, and those of the targets it is made up of."""
    scoring = criteria.scoring
    gates = tuple(gate for gate in scoring.gates if gate.target == target.id)
    targets, shared = _shared(target, criteria)
    asked = (*target.criteria, *shared)
    held_back = tuple(filter(None, (_held_back(criterion, criteria) for criterion in asked)))
    named = frozenset(criterion.id for criterion in asked if criterion.critical)
    below = tuple(_methods(child, criteria) for child in (*target.targets, *targets))
    return (criteria.step_of(target), gates, held_back, named, scoring.normalise, below)


def _held_back(criterion: Criterion, criteria: CriteriaSet) -> tuple[object, ...]:
    """What makes an answer count as another; nothing where it always counts as it is."""
    by_level = {level.key: level.without_evidence for level in criteria.scale_of(criterion).levels}
    unproved = {key: most for key, most in by_level.items() if most is not None} | dict(criterion.without_evidence)
    if criterion.prerequisites or criterion.not_applicable_means or unproved:
        return (criterion.id, criterion.prerequisites, criterion.not_applicable_means, unproved)
    return ()
