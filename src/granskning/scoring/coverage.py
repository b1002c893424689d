"""What a reviewed text takes up: target picture by target picture, and question by question. No sums, no words.

A question is taken up when it has been judged above the lowest level of its scale, the only one that can mean missing.
What has not been judged is unknown, never lacking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.scoring.results.card import CriterionResult, Scorecard
    from granskning.scoring.results.explanation import SetOutline

Carried = Literal["carried", "lacking", "unknown", "not_applicable", "not_asked"]
"""Whether a text takes a thing up, is judged not to, has not been judged, or is not asked."""


def carried_questions(card: Scorecard, criteria: CriteriaSet, outline: SetOutline) -> dict[str, Carried]:
    """Every question of the set, by id."""
    results = {result.id: result for result in card.criteria_results}
    return {criterion.id: _question(criterion, results.get(criterion.id), outline) for criterion in criteria.criteria}


def agreed_questions(cards: Sequence[Scorecard], criteria: CriteriaSet, outline: SetOutline) -> dict[str, Carried]:
    """Every question of the set, as several reviewers see it: unknown where they do not see it alike."""
    each = [carried_questions(card, criteria, outline) for card in cards]
    return {
        criterion.id: states.pop() if len(states := {held[criterion.id] for held in each}) == 1 else "unknown"
        for criterion in criteria.criteria
    }


def carried_target(target: Target, questions: dict[str, Carried]) -> Carried:
    """A target picture: taken up when any of its questions is, unknown while any could be."""
    return together(questions[criterion.id] for criterion in target.all_criteria)


def together(states: Iterable[Carried]) -> Carried:
    """Several as one: the first of taken up, unknown, lacking, not applicable and not asked that occurs."""
    distinct = set(states)
    order: tuple[Carried, ...] = ("carried", "unknown", "lacking", "not_applicable")
    return next((state for state in order if state in distinct), "not_asked")


def _question(criterion: Criterion, result: CriterionResult | None, outline: SetOutline) -> Carried:
    if result is None:
        return "not_asked"
    if result.state == "not_applicable":
        return "not_applicable"
    if result.state != "assessed" or result.level is None:
        return "unknown"
    steps = outline.scales[criterion.id]
    lowest, rank = (steps.rank_of(key) for key in (steps.keys[0], result.level))
    return "carried" if rank is not None and lowest is not None and rank > lowest else "lacking"
