"""What changed between two versions of a criteria set: every property of it that a reader of the set would miss.

Each change is told with what stood there before and what stands there after, in a notation of one line; none is judged
here, and `set_words` has the words.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from granskning.model.method import number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.lineage import CriteriaChange
    from granskning.model.method import Band, Gate, Level, Scale, Scoring, Step, Text

Part = Literal[
    "set", "version", "title", "about", "status", "owner", "date", "language", "variant_of", "statistics", "agreement",
    "area", "source", "goal", "challenge", "group", "note", "retired",
    "scale", "target", "picture", "within", "counts_also", "challenges", "goals", "rests_on",
    "criterion", "question", "why", "level", "weight", "weight_why",
    "requires", "without_evidence", "counts_as_evidence", "mistakes", "asked_if", "not_applicable", "applies_to",
    "critical", "core", "class", "prerequisites", "number", "short_title", "tags", "look_for", "links",
    "gate", "method", "bands", "rounding", "verdict", "scoring",
]  # fmt: skip
"""What of the set it is that changed. `target`, `criterion` and `gate` as wholes: new or retired. `area`, `source`,
`goal`, `challenge`, `group` (a class of questions), `note` (of changes since an earlier version) and `retired` (an id):
what the set lists, each as one text."""


LISTED: frozenset[Part] = frozenset({"area", "source", "goal", "challenge", "group", "note", "retired"})


@dataclass(frozen=True, slots=True)
class SetChange:
    """One difference between two versions of a criteria set."""

    id: str
    """Of the criterion, target, gate or what else the set lists; empty for the set as a whole."""
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
        yield from self.head(before, after)
        for name in dict.fromkeys((*after.scales, *before.scales)):
            scales = (before.scales.get(name), after.scales.get(name))
            yield from self.plain(name, "scale", *(None if scale is None else self.scale(scale) for scale in scales))
        targets = [{target.id: target for target in version.all_targets} for version in (before, after)]
        for name in dict.fromkeys((*targets[1], *targets[0])):
            yield from self.target(name, targets[0].get(name), targets[1].get(name))
        criteria = [{criterion.id: criterion for criterion in version.criteria} for version in (before, after)]
        for name in dict.fromkeys((*criteria[1], *criteria[0])):
            yield from self.criterion(name, criteria[0].get(name), criteria[1].get(name))
        yield from self.within(before, after)
        yield from self.scoring(before, after)

    def head(self, before: CriteriaSet, after: CriteriaSet) -> Iterator[SetChange]:
        """What the set says of itself, and what it lists beside its targets."""
        both = (before, after)
        yield from self.text("", "title", before.title, after.title)
        yield from self.text("", "about", before.about, after.about)
        yield from self.plain("", "status", before.status, after.status)
        yield from self.plain("", "owner", before.owner, after.owner)
        yield from self.plain("", "date", *(version.date or "–" for version in both))
        yield from self.plain("", "language", before.language, after.language)
        yield from self.plain("", "variant_of", *(version.variant_of or "–" for version in both))
        yield from self.plain("", "statistics", *(_flat(version.statistics or "–", self.words) for version in both))
        yield from self.plain("", "agreement", *(_flat(version.agreement or "–") for version in both))
        yield from self.listed("area", *(version.areas for version in both))
        yield from self.listed("source", *(_by_id(version.sources) for version in both))
        yield from self.listed("goal", *(_by_id(version.goals) for version in both))
        yield from self.listed("challenge", *(_by_id(version.challenges) for version in both))
        yield from self.listed("group", *(_by_id(version.classes) for version in both))
        yield from self.listed("note", *(notes_of(version) for version in both))
        yield from self.listed("retired", *(_by_id(version.retired) for version in both))

    def listed(self, part: Part, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[SetChange]:
        """What is listed by id: each one that is new, gone or other than it was."""
        for name in dict.fromkeys((*after, *before)):
            if before.get(name) != after.get(name):
                texts = [_flat(side[name], self.words) if name in side else None for side in (before, after)]
                yield SetChange(name, part, "", *texts)

    def within(self, before: CriteriaSet, after: CriteriaSet) -> Iterator[SetChange]:
        """The questions and targets of both versions that belong to another target than before."""
        places = [_places(version) for version in (before, after)]
        for name in places[1]:
            if name in places[0]:
                yield from self.plain(name, "within", *(place[name] or "–" for place in places))

    def target(self, name: str, before: Target | None, after: Target | None) -> Iterator[SetChange]:
        if before is None or after is None:
            titles = [None if target is None else self.words(target.title) for target in (before, after)]
            yield SetChange(name, "target", "", *titles)
            return
        yield from self.text(name, "title", before.title, after.title)
        yield from self.text(name, "picture", before.picture, after.picture)
        yield from self.weight(name, before, after)
        yield from self.plain(name, "counts_also", *(_series(target.counts_also) for target in (before, after)))
        yield from self.served(name, before, after)
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
        yield from self.weight(name, before, after)
        yield from self.plain(name, "scale", before.scale or "–", after.scale or "–")
        yield from self.demands(name, before, after)
        yield from self.plain(name, "not_applicable", *(self.set_aside(criterion) for criterion in (before, after)))
        both = (before, after)
        yield from self.plain(name, "asked_if", *(_flat(criterion.asked_if or "–", self.words) for criterion in both))
        yield from self.plain(name, "applies_to", *(_series(criterion.applies_to) for criterion in both))
        yield from self.plain(name, "critical", *("yes" if criterion.critical else "no" for criterion in both))
        yield from self.plain(name, "core", *("yes" if criterion.core else "no" for criterion in both))
        yield from self.plain(name, "class", *(criterion.class_ or "–" for criterion in both))
        yield from self.served(name, before, after)
        yield from self.plain(name, "rests_on", *(_series(criterion.rests_on) for criterion in both))
        yield from self.plain(name, "tags", *(_series(criterion.tags) for criterion in both))
        yield from self.plain(name, "look_for", *(_series(criterion.look_for) for criterion in both))
        yield from self.plain(name, "links", *(_flat(criterion.links, self.words) or "–" for criterion in both))
        yield from self.plain(name, "prerequisites", *(_flat(criterion.prerequisites) or "–" for criterion in both))

    def demands(self, name: str, before: Criterion, after: Criterion) -> Iterator[SetChange]:
        """What an answer must bring along, and what helps whoever gives it."""
        both = (before, after)
        yield from self.plain(name, "requires", _demands(before), _demands(after))
        yield from self.plain(name, "without_evidence", *(_capped(criterion) for criterion in both))
        yield from self.text(name, "counts_as_evidence", before.counts_as_evidence, after.counts_as_evidence)
        yield from self.text(name, "mistakes", before.mistakes, after.mistakes)

    def weight(self, name: str, before: Target | Criterion, after: Target | Criterion) -> Iterator[SetChange]:
        """The weight, and why it is what it is."""
        yield from self.plain(name, "weight", str(before.weight), str(after.weight))
        yield from self.text(name, "weight_why", before.weight_why, after.weight_why)

    def served(self, name: str, before: Target | Criterion, after: Target | Criterion) -> Iterator[SetChange]:
        """What it is called in tables, and the challenges and goals that it serves."""
        both = (before, after)
        yield from self.plain(name, "number", *(part.number or "–" for part in both))
        yield from self.text(name, "short_title", before.short_title, after.short_title)
        yield from self.plain(name, "challenges", *(_series(part.challenges) for part in both))
        yield from self.plain(name, "goals", *(_series(part.goals) for part in both))

    def scoring(self, before: CriteriaSet, after: CriteriaSet) -> Iterator[SetChange]:
        both = earlier, later = before.scoring, after.scoring
        yield from self.steps("criteria", earlier.criteria, later.criteria)
        if any(target.targets for version in (before, after) for target in version.all_targets):
            yield from self.steps("subtargets", earlier.subtargets, later.subtargets)
        yield from self.steps("targets", earlier.targets, later.targets)
        gates = [{gate.id: gate for gate in scoring.gates} for scoring in both]
        for name in dict.fromkeys((*gates[1], *gates[0])):
            texts = [None if name not in gate else self.gate(gate[name]) for gate in gates]
            yield from self.plain(name, "gate", *texts)
        yield from self.plain(
            "", "verdict", *(f"{float(scoring.coverage):.0%}, {scoring.reading_depth}" for scoring in both)
        )
        rest = [
            f"{scoring.reviewers or '–'}, {scoring.reviewers_of}, {_flat(scoring.normalise)}{_by_difference(scoring)}"
            for scoring in both
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


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    return {item.id: item for item in items}


def notes_of(criteria: CriteriaSet) -> dict[str, tuple[CriteriaChange, ...]]:
    """What the set tells of its own changes, by the version that was changed and the question or target."""
    notes: dict[str, tuple[CriteriaChange, ...]] = {}
    for note in criteria.changes:
        key = f"{note.from_} {note.criterion or note.target}".strip()
        notes[key] = (*notes.get(key, ()), note)
    return notes


def _series(names: Iterable[str]) -> str:
    return ", ".join(names) or "–"


def _capped(criterion: Criterion) -> str:
    return ", ".join(f"{level} {most}" for level, most in criterion.without_evidence.items()) or "–"


def _places(criteria: CriteriaSet) -> dict[str, str]:
    """The target that each question and target belongs to; nothing for those at the top."""
    places = {target.id: "" for target in criteria.targets}
    for target in criteria.all_targets:
        places |= dict.fromkeys((part.id for part in target.targets), target.id)
        places |= dict.fromkeys((part.id for part in target.criteria), target.id)
    return places


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
