"""The rounds of a strategy, and of those it succeeds, as occasions on a line: what each was about and what it gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.model import Edition
from granskning.reporting.material import name_edition
from granskning.scoring.comparable import differing_results
from granskning.scoring.compare import has_result
from granskning.scoring.node import TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.model import CriteriaSet, Review, Strategy
    from granskning.scoring.card import Score, Scorecard
    from granskning.scoring.comparable import Difference
    from granskning.scoring.compare import Judged
    from granskning.scoring.plan import Plan


@dataclass(frozen=True, slots=True)
class Occasion:
    """One round of reviewing one text (granskningsomgång)."""

    strategy: Strategy
    round: str
    criteria: CriteriaSet
    plan: Plan
    reviews: tuple[Review, ...]
    card: Scorecard | None
    """The result of the round; None where the reviewers have none in common."""
    judged: Judged | None
    """The review whose answers speak for the round: the joint one, or the only one."""

    @property
    def edition(self) -> Edition:
        """The text that was reviewed."""
        name = self.reviews[0].edition
        return self.strategy.edition(name) or Edition(name, None, "draft")

    @property
    def date(self) -> str:
        """The latest date of its reviews; empty where none has one."""
        return max((review.date or "" for review in self.reviews), default="")

    def score(self, place: str) -> Score | None:
        """The result of a target, or of the whole."""
        if self.card is None:
            return None
        if place == TOTAL:
            return self.card.total
        return next((one.score for one in self.card.targets if one.id == place), None)

    @property
    def has_result(self) -> bool:
        """Whether anything is judged in it; where its reviewers have no joint result, by any of them."""
        if self.card is not None:
            return has_result(self.card.total)
        asked = {one.id for one in self.criteria.criteria}
        return any(one.state == "assessed" and one.criterion in asked
                   for review in self.reviews for one in review.answers.values())  # fmt: skip

    @property
    def deciding(self) -> tuple[Review, ...]:
        """The reviews whose status and reading is that of the round."""
        return (self.judged.review,) if self.judged is not None else self.reviews


def in_time(occasions: Sequence[Occasion]) -> list[Occasion]:
    """The occasions of one strategy in order: by date where all have one, else by the names of their rounds."""
    dated = all(one.date for one in occasions)
    return sorted(occasions, key=lambda one: (one.date if dated else "", one.round))


def is_compared(one: Occasion, other: Occasion) -> bool:
    """Whether two rounds are compared question by question: both have a review for them, and results of one set."""
    has_reviews = one.judged is not None and other.judged is not None
    return has_reviews and one.criteria.id == other.criteria.id and one.has_result and other.has_result


def name_text(one: Occasion, t: Translator) -> str:
    """The text that was reviewed, in a few words."""
    return name_edition(one.edition, t)


def differences_between(one: Occasion, other: Occasion, place: str) -> tuple[Difference, ...]:
    """Why the results of two occasions can't be compared; nothing where they can."""
    found = differing_results(one.criteria, other.criteria).get(place, ())
    forms = {review.form for held in (one, other) for review in held.deciding}
    return (*found, "form") if len(forms) > 1 and "set" not in found else found
