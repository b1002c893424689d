"""What the report of one review is made of, at hand for those who write its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.criteria import targets_containing
from granskning.model.review import Answer
from granskning.model.strategy import Edition
from granskning.wordings import STAGES, label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.decision import Action
    from granskning.model.evidence import CitationKey, QuotationStatus
    from granskning.model.indicator import Indicator
    from granskning.model.review import LeftOut, Review
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Settings
    from granskning.reporting.blocks.badges import Mark
    from granskning.reporting.blocks.frame import Provenance
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.results.card import CriterionResult, Scorecard, TargetResult
    from granskning.scoring.results.explanation import SetOutline, StepExplanation, StepOutline
    from granskning.scoring.sensitivity import Sensitivity

THE_KIND = {
    "strategy": N_("The strategy"),
    "plan": N_("The plan"),
    "programme": N_("The programme"),
    "project": N_("The project"),
}
"""The reviewed thing as the subject of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetContext:
    """A criteria set, and the words to speak of it with."""

    criteria: CriteriaSet
    words: Lexicon

    @property
    def t(self) -> Translator:
        """The reader's language."""
        return self.words.t

    @property
    def numbers(self) -> Mapping[str, str]:
        """Targets and criteria by id: `3`, `3.2`."""
        return self.words.numbers

    @property
    def outline(self) -> SetOutline:
        """The steps and scales of the set."""
        return self.words.outline

    def node(self, place: str) -> StepOutline | StepExplanation:
        """The step that makes a result, and its scale."""
        return self.outline.steps[place]

    def criterion(self, name: str) -> Criterion:
        """A question of the set."""
        return next(criterion for criterion in self.criteria.criteria if criterion.id == name)

    def target(self, name: str) -> Target:
        """A target of the set, at any depth."""
        return next(target for target in self.criteria.all_targets if target.id == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreContext(SetContext):
    """The results of a review or of a round and how they came about, and the words to say it with."""

    card: Scorecard
    explained: Mapping[str, StepExplanation]
    """How the result of each target and of the whole came about, so that its sum can be shown."""

    @property
    def only_overstates(self) -> bool:
        """Whether the judged answers alone can only come to too much: nothing may be said to be missing yet."""
        return False

    @property
    def asked(self) -> tuple[CriterionResult, ...]:
        """The questions that were put, in the set's order."""
        return self.card.criteria_results

    def node(self, place: str) -> StepOutline | StepExplanation:
        """The step that made a result, and its scale: also of a question whose answers were merged."""
        return self.explained[place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(ScoreContext):
    """Everything that a report may draw on, and the words to say it with."""

    review: Review
    strategy: Strategy
    indicators: Mapping[str, Indicator]
    actions: tuple[Action, ...]
    settings: Settings
    provenance: Provenance
    internal: bool
    sensitivity: tuple[Sensitivity, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    """The review itself, where it does not count."""
    faults: Mapping[str, int] = field(default_factory=dict)
    """The errors in what the report rests on, by file."""

    earlier: Review | None = None
    """The review of the round that this one continues."""
    quotations: Mapping[CitationKey, QuotationStatus] = field(default_factory=dict)
    """What came of looking its quotations up."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """The pictures among its evidence that are shown, by path, each as an address that holds it."""

    @property
    def only_overstates(self) -> bool:
        """Whether only a part is read, and the set has a level for what is missing, which only whole readings give."""
        lowest = any(scale.missing is not None for scale in self.criteria.scales.values())
        return lowest and self.review.reading_depth != "full_text"

    @property
    def annex_fingerprint(self) -> str:
        """What the annex of the criteria set is known by."""
        return self.provenance.annex_fingerprint

    @property
    def edition(self) -> Edition:
        """The text that was reviewed."""
        return self.strategy.edition(self.review.edition) or Edition(self.review.edition, None, "draft")

    def answer(self, criterion: str) -> Answer:
        """The answer to a question; an empty one where there is none."""
        return self.review.answers.get(criterion) or Answer(criterion, "empty")

    def mark(self, answer_result: CriterionResult) -> Mark:
        """The mark of an answer."""
        return self.words.mark(self.criterion(answer_result.id), answer_result.state, answer_result.level)

    def beneath(self, target: str) -> tuple[CriterionResult, ...]:
        """The questions that were put beneath a target."""
        names = {one.id for one in self.target(target).all_criteria}
        return tuple(one for one in self.asked if one.id in names)

    @property
    def tops(self) -> tuple[TargetResult, ...]:
        """The results of the targets that are part of no other."""
        return tuple(one for one in self.card.targets if one.parent is None)

    def plan_weight(self, name: str) -> Fraction:
        """The weight of a question or a target."""
        return self.outline.weights[name]

    def result(self, target: str) -> TargetResult | None:
        """The result of a target; None where the review's form puts none of its questions."""
        return next((one for one in self.card.targets if one.id == target), None)


def depth_of(context: SetContext, target: str) -> int:
    """How many targets a target is part of."""
    return len(targets_containing(context.criteria.targets, target))


def at_target(name: str) -> str:
    """Where a target stands on the page. Prefixed, so that no id of a set meets one of the page's own."""
    return f"target-{name}"


def at_question(name: str) -> str:
    """Where a question stands on the page."""
    return f"question-{name}"


def at_challenge(name: str) -> str:
    """Where a challenge stands on the page."""
    return f"challenge-{name}"


def name_edition(edition: Edition, t: Translator) -> str:
    """An edition in a few words: its stage and date."""
    stage = label(STAGES, edition.stage, t)
    return t("{stage}, {date}", stage=stage, date=t.date(edition.date)) if edition.date else stage
