"""Score the reviews of a loaded workspace, and its rounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from granskning.model.rounds import rounds_by_strategy, speaking_round
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.explain import explain_review
from granskning.scoring.explain_round import explain_round
from granskning.scoring.joining import stands_beside_reviews
from granskning.scoring.outline import outline_of
from granskning.scoring.reliability.agreement import collect_ratings, compare_reviews, rank_table
from granskning.scoring.reliability.coefficients import coefficients
from granskning.scoring.reliability.question_agreement import measured_levels, question_agreement
from granskning.scoring.rounds import score_round
from granskning.scoring.score import ScoringSession, score_review
from granskning.uncollected import uncollected
from granskning.workspace.versions import are_alike
from granskning.workspace.yaml.canonical_form import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import LeftOut, Review
    from granskning.model.rounds import Round
    from granskning.model.workspace import Workspace
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.reliability.agreement import Agreement
    from granskning.scoring.reliability.coefficients import Coefficients
    from granskning.scoring.reliability.question_agreement import QuestionAgreement
    from granskning.scoring.results.card import Scorecard
    from granskning.scoring.results.explanation import RoundExplanation, SetOutline, StepExplanation
    from granskning.scoring.rounds import RoundCard


@dataclass(frozen=True, slots=True)
class ScoredReview:
    """A review with its scorecard and the set it was scored with."""

    review: Review
    criteria: CriteriaSet
    criteria_hash: str
    card: Scorecard
    plan: Plan
    outline: SetOutline
    """What the set's results are read against."""


@dataclass(frozen=True, slots=True)
class ScoredRound:
    """A round with the reviews that are laid together, its joint result, and how far its reviewers agree."""

    of: Round
    scored: tuple[ScoredReview, ...]
    """The reviews that are laid together; none where all are left out."""
    joint: RoundCard
    agreement: Agreement
    aside: tuple[ScoredReview, ...] = ()
    """Reviews of the round that can be scored by themselves but do not count in it."""

    @property
    def strategy(self) -> str:
        """The id of the strategy."""
        return self.of.strategy

    @property
    def round(self) -> str:
        """The name of the round."""
        return self.of.name

    @property
    def is_handed_in(self) -> bool:
        """Whether any review of it is submitted or approved."""
        return self.of.is_handed_in

    @property
    def is_judged(self) -> bool:
        """Whether any answer of it is a level."""
        return self.of.is_judged

    @property
    def criteria(self) -> CriteriaSet:
        """The set that all its reviews share."""
        return (*self.scored, *self.aside)[0].criteria

    @property
    def plan(self) -> Plan:
        """How that set is scored."""
        return (*self.scored, *self.aside)[0].plan

    @property
    def outline(self) -> SetOutline:
        """What its results are read against."""
        return (*self.scored, *self.aside)[0].outline

    @property
    def speaking(self) -> ScoredReview | None:
        """The review whose result is the round's; None where that is made of several, or there is none."""
        return self.deciding[0] if self.joint.is_of_one_review else None

    @property
    def answering(self) -> ScoredReview | None:
        """The review whose answers are the round's, question by question: the one that speaks, or the only one."""
        alone = self.scored[0] if len(self.scored) == 1 and self.joint.card is not None else None
        return self.speaking or alone

    @property
    def deciding(self) -> tuple[ScoredReview, ...]:
        """The reviews that its result is made of or, where it has none, all that would have been."""
        files = {review.file for review in self.joint.deciding}
        return tuple(scored_review for scored_review in self.scored if scored_review.review.file in files)

    @property
    def is_joint(self) -> bool:
        """Whether it has a result of its own kind, beside that of a single review."""
        kinds = [scored_review.review.kind for scored_review in self.scored]
        declared = self.criteria.scoring.reviewers
        counted, is_whole = len(self.of.counted), not self.of.left_out
        return stands_beside_reviews(kinds, declared, counted=counted, is_whole=is_whole)

    def coefficients(self) -> Coefficients | None:
        """Agreement beyond chance, on the scale that most questions have; None with fewer than two reviewers.

        Ranks on different scales are not the same thing, so questions on other scales are left out.
        """
        reviews = [scored_review.review for scored_review in self.scored if not scored_review.review.is_joint]
        if len(reviews) < 2:  # noqa: PLR2004  # nobody to agree with
            return None
        plan = self.plan
        scales = [criterion.scale for criterion in self.criteria.criteria]
        usual = max(dict.fromkeys(scales), key=scales.count)
        order = [criterion.id for criterion in self.criteria.criteria if criterion.scale == usual]
        ratings = collect_ratings(reviews, order, _ranker(plan))
        table = rank_table(ratings)
        levels, numbers, keys = measured_levels(self.criteria.scales[usual])
        rows = {review.reviewer: table.get(review.reviewer, {}) for review in reviews}
        return coefficients(rows, levels, numbers, self.criteria.agreement, keys)


@uncollected()
def score_all(workspace: Workspace) -> tuple[ScoredReview, ...]:
    """Score every review whose criteria set could be read, whether or not it counts, in the workspace's order."""
    sessions: dict[str, tuple[ScoringSession, SetOutline, str]] = {}
    """By criteria set what is remembered while they are scored, and no longer."""
    scored = []
    for review in workspace.reviews:
        criteria = workspace.criteria.get(review.criteria)
        if criteria is None:
            continue
        if review.criteria not in sessions:
            plan = compile_criteria(criteria)
            sessions[review.criteria] = (ScoringSession(plan), outline_of(plan), content_hash(criteria))
        session, outline, digest = sessions[review.criteria]
        card = score_review(review, session.plan, session=session)
        scored.append(ScoredReview(review, criteria, digest, card, session.plan, outline))
    return tuple(scored)


def score_workspace(workspace: Workspace) -> tuple[ScoredReview, ...]:
    """Score every review that counts, in the workspace's order."""
    nowhere = {item.file for item in workspace.left_out if item.everywhere}
    counted = tuple(review for review in workspace.reviews if review.file not in nowhere)
    return score_all(replace(workspace, reviews=counted))


def score_rounds(workspace: Workspace, everything: Sequence[ScoredReview] | None = None) -> tuple[ScoredRound, ...]:
    """Every round that any review can be scored of, by strategy, the oldest first.

    `everything` is what `score_all` gave of the same workspace, for who has it already.
    """
    by_file = {
        scored_review.review.file: scored_review
        for scored_review in (score_all(workspace) if everything is None else everything)
    }
    return tuple(
        made
        for rounds in dict(sorted(rounds_by_strategy(workspace).items())).values()
        for of in rounds
        if (made := _score_round(of, by_file)) is not None
    )


def _score_round(of: Round, by_file: Mapping[str, ScoredReview]) -> ScoredRound | None:
    scored = [by_file[review.file] for review in of.members if review.file in by_file]
    inside = {scored_review.review.file for scored_review in scored}
    aside = tuple(by_file[review.file] for review in of.reviews if review.file in by_file.keys() - inside)
    if not scored and not aside:
        return None
    plan, criteria = (*scored, *aside)[0].plan, (*scored, *aside)[0].criteria
    own = [scored_review.review for scored_review in scored if not scored_review.review.is_joint]
    return ScoredRound(
        of=of,
        scored=tuple(scored),
        joint=score_round(
            [scored_review.review for scored_review in scored],
            [scored_review.card for scored_review in scored],
            criteria,
            plan,
            left_out=of.left_out,
        ),
        agreement=compare_reviews(own, [criterion.id for criterion in criteria.criteria], _ranker(plan), _width(plan)),
        aside=aside,
    )


@dataclass(frozen=True, slots=True)
class StrategyResult:
    """What a strategy comes to under a criteria set: the joint result of the round that speaks for it."""

    round: ScoredRound
    under_way: tuple[str, ...]
    """Later rounds, which it waits for and which do not replace it."""
    left_out: tuple[LeftOut, ...]
    """The strategy's files that do not count, of that round or a later one, or of rounds that cannot be placed."""

    @property
    def card(self) -> Scorecard | None:
        """The result; None where it cannot be assessed, or the set wants no joint result."""
        return self.round.joint.card

    @property
    def is_draft(self) -> bool:
        """Whether no round has been handed in, so that the latest with any judgement speaks."""
        return not self.round.is_handed_in


def strategy_results(
    workspace: Workspace, rounds: Sequence[ScoredRound], criteria: CriteriaSet | None = None
) -> dict[str, StrategyResult]:
    """The result of each strategy that has any, by id: under `criteria` or, without it, under the set of its latest.

    Versions of a set that are alike count as the same. The one place that says what a strategy's result is.
    """
    by_strategy: dict[str, list[ScoredRound]] = {}
    for scored_round in rounds:
        by_strategy.setdefault(scored_round.strategy, []).append(scored_round)
    results = {}
    for strategy, every in rounds_by_strategy(workspace).items():
        own = by_strategy.get(strategy, ())
        speaking = speaking_round([one for one in own if criteria is None or are_alike(one.criteria, criteria)])
        if speaking is not None:
            names = [of.name for of in every]
            later = every[names.index(speaking.round) + 1 :]
            since = {speaking.round, *(of.name for of in later), *(of.name for of in every if not of.reviews)}
            under_way = tuple(of.name for of in later if of.reviews)
            left_out = tuple(item for of in every if of.name in since for item in of.left_out)
            results[strategy] = StrategyResult(speaking, under_way, left_out)
    return dict(sorted(results.items()))


def agreement_by_question(rounds: Sequence[ScoredRound]) -> dict[str, tuple[QuestionAgreement, ...]]:
    """How far reviewers agree on each question over all rounds, by criteria set; the weakest first."""
    by_set: dict[str, list[ScoredRound]] = {}
    for scored_round in rounds:
        by_set.setdefault(scored_round.criteria.reference, []).append(scored_round)
    measured = {}
    for reference, own in sorted(by_set.items()):
        reviews = [[one.review for one in each.scored if not one.review.is_joint] for each in own]
        questions = question_agreement(own[0].criteria, reviews, _ranker(own[0].plan))
        if questions:
            measured[reference] = questions
    return measured


def explain_scored_review(scored_review: ScoredReview) -> Mapping[str, StepExplanation]:
    """How the results of a review came about, by target and for the whole."""
    return explain_review(scored_review.review, scored_review.plan)


def explain_scored_round(scored_round: ScoredRound) -> RoundExplanation:
    """How the joint result of a round came about."""
    return explain_round(
        scored_round.joint,
        [one.review for one in scored_round.scored],
        [one.card for one in scored_round.scored],
        scored_round.criteria,
    )


def _width(plan: Plan) -> Callable[[str], Fraction | int | None]:
    """What gives the width of the range that a criterion is answered on; None for levels."""

    def width(criterion: str) -> Fraction | int | None:
        scale = plan.questions[criterion].ladder.scale
        return None if scale.minimum is None or scale.maximum is None else scale.maximum - scale.minimum

    return width


def _ranker(plan: Plan) -> Callable[[str, str], Fraction | int | None]:
    """What gives the rank of a criterion's level, or None for one that its scale lacks."""

    def rank(criterion: str, level: str) -> Fraction | int | None:
        ladder = plan.questions[criterion].ladder
        return ladder.rank_of(level) if ladder.holds(level) else None

    return rank
