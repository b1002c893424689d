"""What changed between two versions of a criteria set: its questions, levels, weights, gates and ways of scoring.

Every difference is told with what stood there before and what stands there after; none is judged here.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.method import Level, Scale, Step, Text

Part = Literal[
    "set", "version", "title", "scale", "target", "picture", "criterion", "question", "why", "level", "weight",
    "requires", "not_applicable", "applies_to", "gate", "method", "bands", "rounding", "verdict", "scoring",
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
            yield from self.plain(name, "scale", *(None if held is None else self.scale(held) for held in (one, other)))
        targets = [{one.id: one for one in held.all_targets} for held in (before, after)]
        for name in dict.fromkeys((*targets[1], *targets[0])):
            yield from self.target(name, targets[0].get(name), targets[1].get(name))
        criteria = [{one.id: one for one in held.criteria} for held in (before, after)]
        for name in dict.fromkeys((*criteria[1], *criteria[0])):
            yield from self.criterion(name, criteria[0].get(name), criteria[1].get(name))
        yield from self.scoring(before, after)

    def target(self, name: str, before: Target | None, after: Target | None) -> Iterator[SetChange]:
        if before is None or after is None:
            titles = [None if one is None else self.words(one.title) for one in (before, after)]
            yield SetChange(name, "target", "", *titles)
            return
        yield from self.text(name, "title", before.title, after.title)
        yield from self.text(name, "picture", before.picture, after.picture)
        yield from self.plain(name, "weight", str(before.weight), str(after.weight))
        yield from self.steps(name, before.scoring, after.scoring)

    def criterion(self, name: str, before: Criterion | None, after: Criterion | None) -> Iterator[SetChange]:
        if before is None or after is None:
            questions = [None if one is None else self.words(one.question) for one in (before, after)]
            yield SetChange(name, "criterion", "", *questions)
            return
        yield from self.text(name, "question", before.question, after.question)
        yield from self.text(name, "why", before.why, after.why)
        for key in dict.fromkeys((*after.levels, *before.levels)):
            yield from self.text(name, "level", before.levels.get(key, {}), after.levels.get(key, {}), key)
        yield from self.plain(name, "weight", str(before.weight), str(after.weight))
        yield from self.plain(name, "scale", before.scale or "–", after.scale or "–")
        yield from self.plain(name, "requires", _demands(before), _demands(after))
        allowed = ["allowed" if one.not_applicable else "not allowed" for one in (before, after)]
        yield from self.plain(name, "not_applicable", *allowed)
        yield from self.plain(name, "applies_to", *(", ".join(one.applies_to) or "–" for one in (before, after)))

    def scoring(self, before: CriteriaSet, after: CriteriaSet) -> Iterator[SetChange]:
        one, other = before.scoring, after.scoring
        yield from self.steps("criteria", one.criteria, other.criteria)
        if any(target.targets for held in (before, after) for target in held.all_targets):
            yield from self.steps("subtargets", one.subtargets, other.subtargets)
        yield from self.steps("targets", one.targets, other.targets)
        gates = [{gate.id: gate for gate in held.gates} for held in (one, other)]
        for name in dict.fromkeys((*gates[1], *gates[0])):
            told = [None if name not in held else self.gate(held[name]) for held in gates]
            yield from self.plain(name, "gate", *told)
        yield from self.plain(
            "", "verdict", *(f"{float(held.coverage):.0%}, {held.reading_depth}" for held in (one, other))
        )
        rest = [f"{held.reviewers or '–'}, {held.reviewers_of}, {_flat(held.normalise)}" for held in (one, other)]
        yield from self.plain("reviewers", "scoring", *rest)

    def steps(self, name: str, before: Step | None, after: Step | None) -> Iterator[SetChange]:
        if before == after:
            return
        both = (before, after)
        yield from self.plain(name, "method", *(None if one is None else self.method(one) for one in both))
        yield from self.plain(name, "bands", *(None if one is None else self.bands(one) for one in both))
        yield from self.plain(name, "rounding", *(None if one is None else _flat(one.rounding) for one in both))

    # --- as text ----------------------------------------------------------------------------------------------

    def words(self, text: Text) -> str:
        """A text in the language asked for, else in the one it has."""
        return _squeezed(text.get(self.language) or next(iter(text.values()), ""))

    def text(self, name: str, part: Part, before: Text, after: Text, key: str = "") -> Iterator[SetChange]:
        """A text that differs: in the language asked for or, where it is the same in that, in another."""
        for language in dict.fromkeys((self.language, *after, *before)):
            held = [_squeezed(one[language]) if language in one else None for one in (before, after)]
            if held[0] != held[1]:
                yield SetChange(name, part, key, *held)
                return

    def plain(self, name: str, part: Part, before: str | None, after: str | None) -> Iterator[SetChange]:
        if before != after:
            yield SetChange(name, part, "", before, after)

    def scale(self, scale: Scale) -> str:
        if scale.is_range:
            return f"{scale.minimum}–{scale.maximum} {scale.unit}".strip()
        return ", ".join(self.level(level) for level in scale.levels)

    def level(self, level: Level) -> str:
        return f"{level.key} {self.words(level.label)}".strip()

    def bands(self, step: Step) -> str:
        return ", ".join(f"{'>' if one.above else ''}{_flat(one.start)} {self.words(one.label)}" for one in step.bands)

    def method(self, step: Step) -> str:
        """The method with everything that belongs to it but bands and rounding."""
        usual = {field.name: field.default for field in dataclasses.fields(step)}
        told = {
            field.name: _flat(getattr(step, field.name), self.words)
            for field in dataclasses.fields(step)
            if field.name not in ("method", "bands", "rounding") and getattr(step, field.name) != usual[field.name]
        }
        return ", ".join([step.method, *(f"{name} {value}" for name, value in told.items())])

    def gate(self, gate: Any) -> str:
        return f"{_flat(gate.when, self.words)}: {gate.cap}"


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
