"""How far reviewers agree on each question over many rounds, so that the set's owner sees the weak ones.

The rounds are the items and each round's reviewers its raters, who may be others from round to round. So only what
does not ask who gave a rating is told: the share alike, the differences, and Krippendorff's alpha.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from granskning.model.rater_agreement import DeclaredAgreement
from granskning.scoring.reliability.agreement import collect_ratings
from granskning.scoring.reliability.coefficients import measure_table
from granskning.scoring.reliability.rating_table import make_rating_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import Scale
    from granskning.model.review import Review
    from granskning.scoring.reliability.coefficients import AgreementMeasure
    from granskning.scoring.results.explanation import Rank

_LISTED: DeclaredAgreement = DeclaredAgreement()


@dataclass(frozen=True, slots=True)
class QuestionAgreement:
    """One question over all rounds in which at least two reviewers gave it a level."""

    criterion: str
    rounds: int
    ratings: int
    """Levels given in those rounds."""
    alike: Fraction
    """The share of two reviewers of a round who gave the same level, each round counting alike."""
    apart: Fraction
    """How far two reviewers of a round are from each other on average, in levels or in the range's numbers."""
    largest: Fraction
    """The largest difference within a round."""
    alpha: AgreementMeasure
    """Krippendorff's alpha over the rounds, by the distances that the set declares."""


def question_agreement(
    criteria: CriteriaSet,
    rounds: Sequence[Sequence[Review]],
    rank: Callable[[str, str], Rank | None],
) -> tuple[QuestionAgreement, ...]:
    """The questions that two or more have judged in some round, the weakest first; `rounds` are reviewers' reviews."""
    order = [criterion.id for criterion in criteria.criteria]
    scales = {criterion.id: criteria.scale_of(criterion) for criterion in criteria.criteria}
    given: dict[str, list[list[Rank]]] = {name: [] for name in order}
    for reviews in rounds:
        by_question: dict[str, list[Rank]] = {}
        for rating in collect_ratings(reviews, order, rank):
            by_question.setdefault(rating.criterion, []).append(rating.rank)
        for name, ranks in by_question.items():
            if len(ranks) > 1:
                given[name].append(sorted(ranks))
    measured = [_measured(name, ranks, scales[name], criteria.agreement) for name, ranks in given.items() if ranks]
    return tuple(sorted(measured, key=lambda entry: (-entry.apart, entry.alike, order.index(entry.criterion))))


def _measured(
    name: str, rounds: Sequence[Sequence[Rank]], scale: Scale, declared: DeclaredAgreement | None
) -> QuestionAgreement:
    levels, numbers, keys = measured_levels(scale)
    most = max(map(len, rounds))
    rows: Mapping[str, Mapping[str, Rank]] = {
        f"{rater}": {f"{number:09}": ranks[rater] for number, ranks in enumerate(rounds) if rater < len(ranks)}
        for rater in range(most)
    }
    table = make_rating_table(rows, levels, numbers)
    asked = DeclaredAgreement(
        measurement=(declared or _LISTED).measurement,
        coefficients=("krippendorff_alpha",),
        distances=(declared or _LISTED).distances,
    )
    pairs = [[abs(Fraction(entry) - Fraction(other)) for entry, other in combinations(ranks, 2)] for ranks in rounds]
    return QuestionAgreement(
        criterion=name,
        rounds=len(rounds),
        ratings=sum(map(len, rounds)),
        alike=sum((Fraction(each.count(Fraction(0)), len(each)) for each in pairs), Fraction(0)) / len(rounds),
        apart=sum((sum(each, Fraction(0)) / len(each) for each in pairs), Fraction(0)) / len(rounds),
        largest=max(max(each) for each in pairs),
        alpha=measure_table(table, asked, keys).measures[0],
    )


def measured_levels(
    scale: Scale,
) -> tuple[tuple[int, ...], dict[Rank, Fraction] | None, tuple[str, ...]]:
    """The ranks of a scale's levels, their numbers and their keys; of a range nothing is listed, its numbers are."""
    if scale.is_range:
        return (), None, ()
    numbers: dict[Rank, Fraction] = {
        rank: level.points for rank, level in enumerate(scale.levels) if level.points is not None
    }
    return tuple(range(len(scale.levels))), numbers, tuple(level.key for level in scale.levels)
