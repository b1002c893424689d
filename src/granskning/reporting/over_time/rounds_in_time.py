"""The rounds of a strategy, and of those it succeeds, as occasions on a line: what each was about and what it gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.model.review import least_read
from granskning.model.strategy import Edition
from granskning.reporting.wording.report_context import name_edition
from granskning.scoring.comparable import differing_results
from granskning.scoring.compare import has_result
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.scoring.comparable import Difference
    from granskning.scoring.compare import Judged
    from granskning.scoring.results.card import Score, Scorecard
    from granskning.scoring.results.explanation import SetOutline
    from granskning.scoring.rounds import RoundCard


@dataclass(frozen=True, slots=True)
class Occasion:
    """One round of reviewing one text (granskningsomgång)."""

    strategy: Strategy
    round: str
    text: str
    """The id of the edition that was reviewed."""
    criteria: CriteriaSet
    outline: SetOutline
    reviews: tuple[Review, ...]
    """Those that are laid together; none where all are left out."""
    joint: RoundCard
    """The result of the round, and how it was made."""
    judged: Judged | None
    """The review whose answers and result are those of the round: the joint one, or the only one."""

    @property
    def card(self) -> Scorecard | None:
        """The result of the round; None where it cannot be assessed, or the set wants no joint one."""
        return self.joint.card

    @property
    def edition(self) -> Edition:
        """The text that was reviewed."""
        return self.strategy.edition(self.text) or Edition(self.text, None, "draft")

    @property
    def depth(self) -> str | None:
        """How much all who decide have read; None where nobody does."""
        return least_read(self.joint.deciding) if self.joint.deciding else None

    def score(self, place: str) -> Score | None:
        """The result of a target, or of the whole."""
        if self.card is None:
            return None
        if place == TOTAL:
            return self.card.total
        return next((target.score for target in self.card.targets if target.id == place), None)

    @property
    def has_result(self) -> bool:
        """Whether anything is judged in it; where its reviewers have no joint result, by any of them."""
        if self.card is not None:
            return has_result(self.card.total)
        asked = {criterion.id for criterion in self.criteria.criteria}
        return any(answer.state == "assessed" and answer.criterion in asked
                   for review in self.reviews for answer in review.answers.values())  # fmt: skip


def is_compared(occasion: Occasion, other: Occasion) -> bool:
    """Whether two rounds are compared question by question: both have a review for them, and results of one set."""
    has_reviews = occasion.judged is not None and other.judged is not None
    return has_reviews and occasion.criteria.id == other.criteria.id and occasion.has_result and other.has_result


def name_text(occasion: Occasion, t: Translator) -> str:
    """The text that was reviewed, in a few words."""
    return name_edition(occasion.edition, t)


def differences_between(occasion: Occasion, other: Occasion, place: str) -> tuple[Difference, ...]:
    """Why the results of two occasions can't be compared; nothing where they can."""
    both = (occasion, other)
    joint = any(len(side.joint.deciding) > 1 for side in both)
    differences = differing_results(occasion.criteria, other.criteria, joint=joint).get(place, ())
    forms = {review.form for side in both for review in side.joint.deciding}
    return (*differences, "form") if len(forms) > 1 and "set" not in differences else differences
