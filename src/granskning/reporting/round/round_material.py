"""What the report of a round is made of, at hand for those who write its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.i18n import NO_BREAK
from granskning.model.review import Answer
from granskning.model.strategy import Edition
from granskning.reporting.blocks.badges import Mark
from granskning.scoring.reliability.agreement import SET_ASIDE
from granskning.wordings import name_reviewer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.evidence import CitationKey, QuotationStatus
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Settings
    from granskning.reporting.blocks.frame import Provenance
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.reliability.agreement import Agreement, Disagreement
    from granskning.scoring.reliability.coefficients import Coefficients
    from granskning.scoring.results.card import CriterionResult, Scorecard
    from granskning.scoring.rounds import RoundCard


@dataclass(frozen=True, slots=True)
class ReviewReading:
    """One review of the round, with its results."""

    review: Review
    card: Scorecard

    @property
    def is_joint(self) -> bool:
        """Whether it is the joint review."""
        return self.review.is_joint

    def asked(self, criterion: str) -> CriterionResult | None:
        """A question as it was put in this review; None where its form does not put it."""
        return next((result for result in self.card.criteria_results if result.id == criterion), None)

    def judged(self, criterion: str) -> tuple[str, str | None] | None:
        """State and level of a question that was judged or set aside; None where it remains."""
        one = self.asked(criterion)
        if one is None or (one.state != "assessed" and one.state not in SET_ASIDE):
            return None
        return one.state, one.level

    def answer(self, criterion: str) -> Answer:
        """The answer to a question; an empty one where there is none."""
        return self.review.answers.get(criterion) or Answer(criterion, "empty")


@dataclass(frozen=True, slots=True)
class RoundMaterial:
    """Everything that the report of a round may draw on, and the words to say it with."""

    name: str
    strategy: Strategy
    criteria: CriteriaSet
    reviewers: tuple[ReviewReading, ...]
    consensus: ReviewReading | None
    """The joint review, if there is one."""
    joint: RoundCard
    agreement: Agreement
    coefficients: Coefficients | None
    settings: Settings
    provenance: Provenance
    words: Lexicon
    internal: bool
    faults: Mapping[str, int] = field(default_factory=dict)
    """The errors in what the report rests on, by file."""
    quotations: Mapping[CitationKey, QuotationStatus] = field(default_factory=dict)
    """What came of looking the reviews' quotations up."""

    @property
    def t(self) -> Translator:
        """The report's language."""
        return self.words.t

    @property
    def numbers(self) -> Mapping[str, str]:
        """Targets and criteria by id: `3`, `3.2`."""
        return self.words.numbers

    @property
    def readings(self) -> tuple[ReviewReading, ...]:
        """All reviews, the joint one last."""
        return (*self.reviewers, *((self.consensus,) if self.consensus else ()))

    @property
    def edition(self) -> Edition:
        """The text that was reviewed."""
        name = self.readings[0].review.edition
        return self.strategy.edition(name) or Edition(name, None, "draft")

    def criterion(self, name: str) -> Criterion:
        """A question of the set."""
        return next(criterion for criterion in self.criteria.criteria if criterion.id == name)

    def name_of(self, reading: ReviewReading) -> str:
        """What a review is called beside the others."""
        return name_reviewer(reading.review.kind, reading.review.reviewer, self.t)

    def mark(self, reading: ReviewReading, criterion: str) -> Mark:
        """How an answer is shown."""
        asked = reading.asked(criterion)
        if asked is None:
            return Mark("none", 0, "", self.t("not asked"))
        return self.words.mark(self.criterion(criterion), asked.state, asked.level)

    def distance(self, criterion: str, distance: Fraction | int) -> str:
        """How far apart answers are: `2 levels`, `12.5 percentage points`, `70 years`."""
        scale = self.criteria.scale_of(self.criterion(criterion))
        if scale.unit == "%":
            points = self.t("{number} percentage points", number=self.t.number(Fraction(distance)))
            return points.replace(" ", NO_BREAK, 1)
        if scale.is_range:
            return self.words.number(str(distance), scale.unit)
        return self.t.plural("{count} level", "{count} levels", int(distance)).replace(" ", NO_BREAK)

    def disagreement(self, criterion: str) -> Disagreement | None:
        """The reviewers' disagreement on a question, if there is one."""
        return next(
            (disagreement for disagreement in self.agreement.disagreements if disagreement.criterion == criterion), None
        )

    def departs(self, criterion: str) -> bool:
        """Whether the joint review has judged a question otherwise than every reviewer who has."""
        joint = self.consensus.judged(criterion) if self.consensus else None
        others = [found for reviewer in self.reviewers if (found := reviewer.judged(criterion)) is not None]
        return joint is not None and bool(others) and joint not in others
