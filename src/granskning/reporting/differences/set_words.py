"""What a property of a criteria set says, before or after a change, in the words that reports of the set use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.criteria import EVERY
from granskning.model.method import Step
from granskning.reporting.differences.set_listing import NOTHING, tell_listed, titles_of
from granskning.reporting.wording.bands import tell_bands
from granskning.reporting.wording.conditions import describe_condition
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.procedure import (
    describe_counted_also,
    describe_prerequisites,
    describe_reviewers,
    describe_verdict,
    describe_without_evidence,
    gate_rule,
    parts_of,
)
from granskning.reporting.wording.report_context import SetContext
from granskning.reporting.wording.scale_tables import describe_scale, has_points
from granskning.reporting.wording.steps import (
    LACKING,
    describe_meaning,
    describe_not_applicable,
    describe_rounding,
    describe_step,
)
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.method import Gate
    from granskning.reporting.differences.set_changes import Part, SetChange

STEPS = {
    "criteria": N_("From questions to target picture"),
    "subtargets": N_("From sub-targets to target picture"),
    "targets": N_("From target pictures to the whole"),
}
"""The steps of a set by their names in the file."""

_ARROW = "→"
_USUAL = Step("none")


class SetWords:
    """One side of a difference between two versions of a set."""

    def __init__(self, criteria: CriteriaSet, t: Translator) -> None:
        self.t = t
        self.criteria = criteria
        self.context = SetContext(criteria=criteria, words=Lexicon(t, criteria))
        self._criteria = {criterion.id: criterion for criterion in criteria.criteria}
        self._targets = {target.id: target for target in criteria.all_targets}

    def tell(self, change: SetChange, text: str | None) -> str | None:
        """What stood or stands there; `text` is that where it is somebody's own words, None where nothing is."""
        if text is None:
            return None
        listed = tell_listed(change.part, change.id, self.criteria, self.t)
        if listed is not None:
            return listed
        ways: Mapping[Part, Callable[[str], str]] = {
            "weight": lambda name: self.t.number(self._part(name).weight),
            "scale": self._scale,
            "within": lambda name: self._listed(outer for outer, inner in self._inner() if name in inner),
            "counts_also": lambda name: describe_counted_also(self.context, self._targets[name]) or NOTHING,
            "challenges": lambda name: titles_of(self._part(name).challenges, self.criteria.challenges, self.t),
            "goals": lambda name: titles_of(self._part(name).goals, self.criteria.goals, self.t),
            "gate": lambda name: self._gate(next(gate for gate in self.criteria.scoring.gates if gate.id == name)),
            "method": self._method,
            "bands": lambda name: tell_bands(self.context, self._step(name), self._place(name)) or NOTHING,
            "rounding": lambda name: describe_rounding(self._step(name).rounding, self.t),
            "verdict": lambda _: describe_verdict(self.context) or NOTHING,
            "scoring": lambda _: describe_reviewers(self.context) or NOTHING,
        }
        if change.part in ways:
            return ways[change.part](change.id)
        asked = self._criteria.get(change.id)
        return text if asked is None else self._of_question(change.part, asked, text)

    def _part(self, name: str) -> Criterion | Target:
        return self._criteria.get(name) or self._targets[name]

    def _inner(self) -> Iterator[tuple[str, set[str]]]:
        """Each target's name, with the questions and targets that belong to it."""
        for target in self._targets.values():
            yield (
                self.t.text(target.title),
                {part.id for part in target.targets} | {part.id for part in target.criteria},
            )

    # --- questions ------------------------------------------------------------------------------------------------

    def _of_question(self, part: Part, asked: Criterion, text: str) -> str:
        t = self.t
        ways: Mapping[Part, Callable[[Criterion], str]] = {
            "requires": lambda asked: " ".join(self._demands(asked)),
            "without_evidence": lambda asked: self._listed(iter(describe_without_evidence(self.context, asked))),
            "asked_if": self._asked_if,
            "rests_on": lambda asked: titles_of(asked.rests_on, self.criteria.sources, t),
            "not_applicable": self._not_applicable,
            "applies_to": lambda asked: self._listed(t.text(self.criteria.areas.get(name, {})) or name
                                                     for name in asked.applies_to),
            "critical": lambda asked: t("yes") if asked.critical else t("no"),
            "core": lambda asked: t("yes") if asked.core else t("no"),
            "class": lambda asked: self.context.words.names().group(asked.class_) if asked.class_ else NOTHING,
            "links": lambda asked: self._listed(f"{t.text(link.title)} {link.address}".strip() for link in asked.links),
            "prerequisites": lambda asked: " ".join(describe_prerequisites(self.context, asked)) or NOTHING,
        }  # fmt: skip
        return ways[part](asked) if part in ways else text

    def _listed(self, items: Iterator[str]) -> str:
        return self.t.series(list(items)) or NOTHING

    def _demands(self, asked: Criterion) -> Iterator[str]:
        t, scale = self.t, self.criteria.scale_of(asked)
        for keys, words, every, none in (
            (asked.justification, N_("A justification is asked for at {levels}."),
             N_("A justification is asked for at every level."), N_("No justification is asked for.")),
            (asked.evidence, N_("Evidence is asked for at {levels}."), N_("Evidence is asked for at every level."),
             N_("No evidence is asked for.")),
        ):  # fmt: skip
            levels = [level.key for level in scale.levels if level.key in keys]
            if EVERY in keys:
                yield t(every)
            elif levels:
                yield t(words, levels=t.series([self.context.words.names().level(asked.id, key) for key in levels]))
            else:
                yield t(none)

    def _asked_if(self, asked: Criterion) -> str:
        """When the question is asked."""
        if asked.asked_if is None:
            return self.t("always")
        return self.t("only if {condition}",
                      condition=describe_condition(asked.asked_if, self.t, self.context.words.names()))  # fmt: skip

    def _not_applicable(self, asked: Criterion) -> str:
        """Whether it may be set aside, if what, and what that counts as."""
        t, names = self.t, self.context.words.names()
        leave = t("allowed") if asked.not_applicable else t("not allowed")
        if asked.not_applicable_if is not None:
            condition = describe_condition(asked.not_applicable_if, t, names)
            leave = t("allowed only if {condition}", condition=condition)
        if asked.not_applicable_means is None:
            return leave
        return f"{leave}. {describe_meaning(*asked.not_applicable_means, t, names, asked.id)}"

    def _scale(self, name: str) -> str:
        """A scale of the set or, under the id of a question, the one that it is answered on."""
        asked = self._criteria.get(name)
        return describe_scale(self.context, self.criteria.scale_of(asked) if asked else self.criteria.scales[name])

    # --- steps ----------------------------------------------------------------------------------------------------

    def _gate(self, gate: Gate) -> str:
        return " ".join(part for part in (gate_rule(self.context, gate), self.t.text(gate.why)) if part)

    def _step(self, name: str) -> Step:
        if name in STEPS:
            scoring = self.criteria.scoring
            return {"criteria": scoring.criteria, "subtargets": scoring.subtargets, "targets": scoring.targets}[name]
        return self.criteria.step_of(self._targets[name])

    def _place(self, name: str) -> str:
        """A result that the step makes, whose parts and scale tell what its levels are called."""
        if name not in STEPS:
            return name
        step = self._step(name)
        made = (target.id for target in self.criteria.all_targets if self.criteria.step_of(target) is step)
        return TOTAL if name == "targets" else next(made, TOTAL)

    def _method(self, name: str) -> str:
        """The method with everything that belongs to it, where it is not as usual, but bands and rounding."""
        t, step, place = self.t, self._step(name), self._place(name)
        names = self.context.words.names(place)
        subject = t("The overall figure") if name == "targets" else t("The result of a target picture")
        by_points = has_points(self.context)
        words = describe_step(step, t, names, subject, parts_of(self.context, place), by_points=by_points)
        sentences = [words.how]
        sentences += [
            f"{rule.when} {_ARROW} {rule.gives}{f': {rule.why}' if rule.why else '.'}" for rule in words.rules
        ]
        if step.not_applicable != _USUAL.not_applicable:
            sentences.append(describe_not_applicable(step, t, names))
        if step.insufficient_evidence != _USUAL.insufficient_evidence:
            sentences.append(t(LACKING[step.insufficient_evidence]))
        if step.bands_on == "rounded":
            sentences.append(t("It is the rounded value that is compared with the bands."))
        return " ".join(sentences)
