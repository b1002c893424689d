"""What two versions of a criteria set have in common: which questions and results can be compared, and why not others.

A question is the same when it has the same id, the same words and the same levels. A result is the same kind of result
when it is made of the same questions, with the same weights, in the same way.

What changed between two versions of a criteria set: its questions, levels, weights, gates and ways of scoring.

Every difference is told with what stood there before and what stands there after; none is judged here.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from granskning.model.method import number_of
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.method import Band, Gate, Level, Scale, Scoring, Step, Text

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
    earlier = {criterion.id: criterion for criterion in before.criteria}
    differences: dict[str, tuple[Difference, ...]] = {}
    for one in after.criteria:
        if one.id in earlier:
            reasons = tuple(_between(earlier[one.id], one, before, after))
            if reasons:
                differences[one.id] = reasons
    return differences


def differing_results(before: CriteriaSet, after: CriteriaSet) -> dict[str, tuple[Difference, ...]]:
    """The targets (and the total, `""`) whose results can't be compared, with why."""
    if before is after or before == after:
        return {}
    criteria = differing_criteria(before, after)
    earlier = {target.id: target for target in before.all_targets}
    later = {target.id: target for target in after.all_targets}
    differences: dict[str, tuple[Difference, ...]] = {}
    for name in dict.fromkeys((*earlier, *later)):
        if name not in earlier or name not in later:
            differences[name] = ("target",)
        elif reasons := tuple(_between_targets(earlier[name], later[name], before, after, criteria)):
            differences[name] = reasons
    if reasons := tuple(_between_totals(before, after, differences)):
        differences[TOTAL] = reasons
    return differences


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
    names = [criterion.id for criterion in earlier.all_criteria]
    if set(names) != {criterion.id for criterion in later.all_criteria} or any(name in criteria for name in names):
        yield "questions"
    if _weights(earlier) != _weights(later):
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
    one, other = before.scoring, after.scoring
    same = (one.targets, one.gates, one.normalise) == (other.targets, other.gates, other.normalise)
    if "method" in reasons or not same:
        yield "method"


def _weights(target: Target) -> dict[str, object]:
    below = {child.id: (child.weight, _weights(child)) for child in target.targets}
    return {**{criterion.id: criterion.weight for criterion in target.criteria}, **below}


def _methods(target: Target, criteria: CriteriaSet) -> tuple[object, ...]:
    """How a target's result is made, and those of the targets it is made up of."""
    scoring = criteria.scoring
    gates = tuple(gate for gate in scoring.gates if gate.target == target.id)
    held_back = tuple(
        (criterion.id, criterion.prerequisites, criterion.not_applicable_means, dict(criterion.without_evidence))
        for criterion in target.criteria
        if criterion.prerequisites or criterion.not_applicable_means or criterion.without_evidence
    )
    named = frozenset(criterion.id for criterion in target.criteria if criterion.critical)
    below = tuple(_methods(child, criteria) for child in target.targets)
    return (criteria.step_of(target), gates, held_back, named, scoring.normalise, below)


def _outline(scale: Scale) -> tuple[object, ...]:
    """All of a scale but its words."""
    levels = tuple((level.key, level.points, level.means_missing, level.means_not_applicable) for level in scale.levels)
    return (levels, scale.minimum, scale.maximum, scale.interval, scale.unit, scale.curve, scale.between)


def _same_labels(scale: Scale, other: Scale) -> bool:
    def same(level: Level, matching: Level) -> bool:
        return _same_words(level.label, matching.label)

    return all(same(*pair) for pair in zip(scale.levels, other.levels, strict=True))


def _same_words(text: Text, other: Text) -> bool:
    """Whether two texts say the same in the languages that both have; a translation that was added changes nothing."""
    shared = text.keys() & other.keys()
    is_same = all(text[language].split() == other[language].split() for language in shared)
    return text == other or (bool(shared) and is_same)


Part = Literal[
    "set", "version", "title", "scale", "target", "picture", "criterion", "question", "why", "level", "weight",
    "requires", "not_applicable", "applies_to", "critical", "core", "class", "prerequisites", "number",
    "short_title", "tags", "look_for", "links",
    "gate", "method", "bands", "rounding", "verdict", "scoring",
]  # fmt: skip
"""What of the set it is that changed. `target`, `criterion` and `gate` as wholes: new or retired."""


@dataclass(frozen=True, slots=True)
class SetChange:
    """One difference between two versions of a criteria set."""

    id: str
    """Of the criterion, target or gate; empty for the set as a whole."""
    part: Part
    key: str
    """Which level, where it is a level's text."""
    before: str | None
    after: str | None


def compare_sets(before: CriteriaSet, after: CriteriaSet, language: str) -> tuple[SetChange, ...]:
    """All differences, in the order of the later version; what is retired comes last in its kind."""
    return tuple(_Comparer(language).sets(before, after))


class _Comparer:
    """Speaks one language about texts that are given in several."""

    def __init__(self, language: str) -> None:
        self.language = language

    def sets(self, before: CriteriaSet, after: CriteriaSet) -> Iterator[SetChange]:
        if before.id != after.id:
            yield SetChange("", "set", "", before.reference, after.reference)
        elif before.version != after.version:
            yield SetChange("", "version", "", before.version, after.version)
        yield from self.text("", "title", before.title, after.title)
        for name in dict.fromkeys((*after.scales, *before.scales)):
            one, other = before.scales.get(name), after.scales.get(name)
            yield from self.plain(
                name, "scale", *(None if scale is None else self.scale(scale) for scale in (one, other))
            )
        targets = [{target.id: target for target in version.all_targets} for version in (before, after)]
        for name in dict.fromkeys((*targets[1], *targets[0])):
            yield from self.target(name, targets[0].get(name), targets[1].get(name))
        criteria = [{criterion.id: criterion for criterion in version.criteria} for version in (before, after)]
        for name in dict.fromkeys((*criteria[1], *criteria[0])):
            yield from self.criterion(name, criteria[0].get(name), criteria[1].get(name))
        yield from self.scoring(before, after)

    def target(self, name: str, before: Target | None, after: Target | None) -> Iterator[SetChange]:
        if before is None or after is None:
            titles = [None if target is None else self.words(target.title) for target in (before, after)]
            yield SetChange(name, "target", "", *titles)
            return
        yield from self.text(name, "title", before.title, after.title)
        yield from self.text(name, "picture", before.picture, after.picture)
        yield from self.plain(name, "weight", str(before.weight), str(after.weight))
        yield from self.steps(name, before.scoring, after.scoring)

    def criterion(self, name: str, before: Criterion | None, after: Criterion | None) -> Iterator[SetChange]:
        if before is None or after is None:
            questions = [None if criterion is None else self.words(criterion.question) for criterion in (before, after)]
            yield SetChange(name, "criterion", "", *questions)
            return
        yield from self.text(name, "question", before.question, after.question)
        yield from self.text(name, "why", before.why, after.why)
        for key in dict.fromkeys((*after.levels, *before.levels)):
            yield from self.text(name, "level", before.levels.get(key, {}), after.levels.get(key, {}), key)
        yield from self.plain(name, "weight", str(before.weight), str(after.weight))
        yield from self.plain(name, "scale", before.scale or "–", after.scale or "–")
        yield from self.plain(name, "requires", _demands(before), _demands(after))
        yield from self.plain(name, "not_applicable", *(self.set_aside(criterion) for criterion in (before, after)))
        yield from self.plain(
            name, "applies_to", *(", ".join(criterion.applies_to) or "–" for criterion in (before, after))
        )
        both = (before, after)
        yield from self.plain(name, "critical", *("yes" if criterion.critical else "no" for criterion in both))
        yield from self.plain(name, "core", *("yes" if criterion.core else "no" for criterion in both))
        yield from self.plain(name, "class", *(criterion.class_ or "–" for criterion in both))
        yield from self.plain(name, "number", *(criterion.number or "–" for criterion in both))
        yield from self.text(name, "short_title", before.short_title, after.short_title)
        yield from self.plain(name, "tags", *(", ".join(criterion.tags) or "–" for criterion in both))
        yield from self.plain(name, "look_for", *(", ".join(criterion.look_for) or "–" for criterion in both))
        yield from self.plain(name, "links", *(_flat(criterion.links, self.words) or "–" for criterion in both))
        yield from self.plain(name, "prerequisites", *(_flat(criterion.prerequisites) or "–" for criterion in both))

    def scoring(self, before: CriteriaSet, after: CriteriaSet) -> Iterator[SetChange]:
        one, other = before.scoring, after.scoring
        yield from self.steps("criteria", one.criteria, other.criteria)
        if any(target.targets for version in (before, after) for target in version.all_targets):
            yield from self.steps("subtargets", one.subtargets, other.subtargets)
        yield from self.steps("targets", one.targets, other.targets)
        gates = [{gate.id: gate for gate in scoring.gates} for scoring in (one, other)]
        for name in dict.fromkeys((*gates[1], *gates[0])):
            texts = [None if name not in gate else self.gate(gate[name]) for gate in gates]
            yield from self.plain(name, "gate", *texts)
        yield from self.plain(
            "", "verdict", *(f"{float(scoring.coverage):.0%}, {scoring.reading_depth}" for scoring in (one, other))
        )
        rest = [
            f"{scoring.reviewers or '–'}, {scoring.reviewers_of}, {_flat(scoring.normalise)}{_by_difference(scoring)}"
            for scoring in (one, other)
        ]
        yield from self.plain("reviewers", "scoring", *rest)

    def steps(self, name: str, before: Step | None, after: Step | None) -> Iterator[SetChange]:
        if before == after:
            return
        both = (before, after)
        yield from self.plain(name, "method", *(None if step is None else self.method(step) for step in both))
        yield from self.plain(name, "bands", *(None if step is None else self.bands(step) for step in both))
        yield from self.plain(name, "rounding", *(None if step is None else _flat(step.rounding) for step in both))

    # --- as text ----------------------------------------------------------------------------------------------

    def words(self, text: Text) -> str:
        """A text in the language asked for, else in the one it has."""
        return _squeezed(text.get(self.language) or next(iter(text.values()), ""))

    def text(self, name: str, part: Part, before: Text, after: Text, key: str = "") -> Iterator[SetChange]:
        """A text that differs: in the language asked for or, where it is the same in that, in another."""
        if before and after and not before.keys() & after.keys():  # the same in another language, as far as we know
            yield SetChange(name, part, key, self.words(before), self.words(after))
            return
        for language in dict.fromkeys((self.language, *after, *before)):
            texts = [_squeezed(text[language]) if language in text else None for text in (before, after)]
            if texts[0] != texts[1]:
                yield SetChange(name, part, key, *texts)
                return

    def plain(self, name: str, part: Part, before: str | None, after: str | None) -> Iterator[SetChange]:
        if before != after:
            yield SetChange(name, part, "", before, after)

    def scale(self, scale: Scale) -> str:
        if scale.is_range:
            ends = f"{scale.minimum}–{scale.maximum} {scale.unit}".strip()
            return ", ".join([ends, *self.settings(scale, "interval", "curve", "between")])
        return ", ".join(self.level(level) for level in scale.levels)

    def level(self, level: Level) -> str:
        notes = [*self.settings(level, "means_missing", "means_not_applicable", "strength", "without_evidence")]
        notes += [] if level.points in (None, number_of(level.key)) else [f"points {_flat(level.points)}"]
        notes += [self.words(level.description)] if level.description else []
        name = f"{level.key} {self.words(level.label)}".strip()
        return f"{name} ({'; '.join(notes)})" if notes else name

    def bands(self, step: Step) -> str:
        return ", ".join(self.band(band) for band in step.bands)

    def band(self, band: Band) -> str:
        notes = f"{'>' if band.above else ''}{_flat(band.start)} {self.words(band.label)}"
        settings = self.settings(band, "requires", "points", "gives")
        return f"{notes} ({'; '.join(settings)})" if settings else notes

    def method(self, step: Step) -> str:
        """The method with everything that belongs to it but bands and rounding."""
        own = ("method", "bands", "rounding")
        names = [field.name for field in dataclasses.fields(step) if field.name not in own]
        return ", ".join([step.method, *self.settings(step, *names)])

    def settings(self, value: Step | Level | Scale | Band, *names: str) -> list[str]:
        """Those of a value's fields that are not as usual, by their names."""
        usual = {field.name: field.default for field in dataclasses.fields(value)}
        return [
            f"{name} {_flat(getattr(value, name), self.words)}" for name in names if getattr(value, name) != usual[name]
        ]

    def gate(self, gate: Gate) -> str:
        of = f" ({gate.target})" if gate.target else ""
        why = f" {self.words(gate.why)}" if gate.why else ""
        return f"{_flat(gate.when, self.words)}: {gate.cap}{of}{why}"

    def set_aside(self, criterion: Criterion) -> str:
        notes = "allowed" if criterion.not_applicable else "not allowed"
        if criterion.not_applicable_if is not None:
            notes += f" if {_flat(criterion.not_applicable_if, self.words)}"
        return notes + "".join(f" {part}" for part in criterion.not_applicable_means or () if part)


def _by_difference(scoring: Scoring) -> str:
    """The rules by difference, where there are any."""
    rules = [f"≤ {_flat(rule.at_most)} {rule.gives}" for rule in scoring.difference_rules]
    return f", {', '.join(rules)}, {scoring.difference_otherwise}" if rules else ""


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _demands(criterion: Criterion) -> str:
    parts = (("justification", criterion.justification), ("evidence", criterion.evidence))
    return "; ".join(f"{name} {', '.join(sorted(levels)) or '–'}" for name, levels in parts)


def _flat(value: Any, words: Any = str) -> str:
    """A value of the model in a line."""
    if isinstance(value, Fraction):
        return f"{float(value):g}"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return " ".join(_flat(inner, words) for inner in fields.values() if inner not in (None, "", (), {}, False))
    if isinstance(value, dict):
        return str(words(value))
    if isinstance(value, tuple | list | frozenset):
        return ", ".join(_flat(inner, words) for inner in value if inner != "")
    return str(value)
