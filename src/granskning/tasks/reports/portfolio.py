"""The portfolio: from each strategy's result to the page of all strategies side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.model.rounds import rounds_by_strategy
from granskning.model.strategy import real_among
from granskning.reporting.portfolio.opening import in_reading_order
from granskning.reporting.portfolio.portfolio import make_portfolio_report
from granskning.reporting.portfolio.portfolio_values import Reviewed
from granskning.scoring.comparable import comparable_questions
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.rounds import score_round
from granskning.scoring.score import ScoringSession, score_review
from granskning.tasks.folder.figures import own_criteria, portfolio_figures
from granskning.tasks.folder.score import strategy_results
from granskning.tasks.reports.attachments import ReportSources
from granskning.tasks.reports.challenge_figures import challenge_figures
from granskning.tasks.reports.dependencies import latest_date
from granskning.tasks.reports.page_names import PORTFOLIO_NAME
from granskning.workspace.schema.kinds import MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.criteria import CriteriaSet
    from granskning.reporting.portfolio.portfolio_values import PortfolioReport
    from granskning.scoring.results.card import Scorecard
    from granskning.tasks.folder.score import ScoredReview, ScoredRound, StrategyResult
    from granskning.tasks.reports.report import Reporter


def portfolio_criteria(reporter: Reporter) -> CriteriaSet | None:
    """The set that the workspace names: that version, or else the current one. None where it is not there."""
    return own_criteria(reporter.workspace)


def portfolio_results(reporter: Reporter) -> dict[str, StrategyResult]:
    """The result of each strategy in the portfolio, by id."""
    criteria = portfolio_criteria(reporter)
    return strategy_results(reporter.workspace, reporter.reported.every_round, criteria) if criteria is not None else {}


def make_portfolio(reporter: Reporter) -> PortfolioReport | None:
    """The portfolio over the workspace's own criteria set; None where there is no such set."""
    criteria = portfolio_criteria(reporter)
    if criteria is None:
        return None
    workspace, strategies = reporter.workspace, reporter.workspace.strategies
    results = portfolio_results(reporter)
    others = strategy_results(workspace, [one for one in reporter.reported.every_round if one.strategy not in results])
    begun = {name: of.name for name, rounds in rounds_by_strategy(workspace).items()
             if name not in {*results, *others} for of in rounds if of.counted}  # fmt: skip
    basis = _basis(reporter, criteria, results, others)
    reporter.dependencies.rests_on(basis)
    left = [strategy for name, strategy in sorted(strategies.items()) if name not in results]
    return make_portfolio_report(
        in_reading_order(_compared(reporter, results, criteria)),
        criteria,
        unreviewed=[strategy for strategy in left if strategy.id not in others],
        other_sets=[(one, others[one.id].round.criteria.reference) for one in left if one.id in others],
        actions=workspace.actions,
        settings=workspace.settings,
        t=reporter.t,
        provenance=basis.provenance,
        links=reporter.links,
        begun=begun,
        left_out=[item for item in basis.left_out if item.strategy not in results],
        faults=reporter.dependencies.faults(basis.sources),
        figures=portfolio_figures(workspace, reporter.reported.every_round, criteria, results),
        indicators=challenge_figures(criteria, workspace.indicators, basis.provenance.as_of or ""),
    )


def _basis(
    reporter: Reporter, criteria: CriteriaSet, results: Mapping[str, StrategyResult],
    others: Mapping[str, StrategyResult],
) -> ReportSources:  # fmt: skip
    """What the portfolio rests on: the rounds that speak, and beside them all that says that no other does."""
    workspace, strategies = reporter.workspace, reporter.workspace.strategies
    followed = {f"strategies/{name}/actions.yaml" for name in strategies.keys() & workspace.actions.keys()}
    told = {file for one in results.values() for file in _files_of(reporter, one.round)}
    sources = sorted({criteria.file, *(one.file for one in strategies.values()), *followed, *told})
    dates = (
        reporter.dependencies.dated(criteria),
        latest_date(strategies),
        latest_date(workspace.actions),
        *(latest_date(review) for one in results.values() for review in one.round.of.reviews),
    )
    since = {(name, round_) for name, one in results.items() for round_ in one.under_way}
    waiting = [one for one in reporter.reported.every_round if (one.strategy, one.round) in since]
    beside = {
        MARK,
        *(workspace.indicators[name].file for name in reporter.dependencies.indicators_of(criteria)),
        *(file for one in (*waiting, *(held.round for held in others.values())) for file in _files_of(reporter, one)),
        *(review.file for review in workspace.reviews if review.strategy not in results),
        *(review.file for review in workspace.reviews if (review.strategy, review.round) in since),
    }
    left_out = [item for one in results.values() for item in one.left_out]
    left_out += [item for item in workspace.left_out if item.strategy not in results]
    provenance = reporter.dependencies.provenance(sources, criteria, dates, PORTFOLIO_NAME)
    return ReportSources("portfolio", (), tuple(sources), tuple(sorted(beside.difference(sources))), provenance,
                 left_out=tuple(sorted(left_out, key=lambda item: item.file)))  # fmt: skip


def _files_of(reporter: Reporter, scored_round: ScoredRound) -> set[str]:
    """The files that what is told of a round rests on."""
    scored = {
        file for held in (*scored_round.scored, *scored_round.aside) for file in reporter.dependencies.sources_of(held)
    }
    return scored | {review.file for review in scored_round.of.reviews}


def _compared(reporter: Reporter, results: Mapping[str, StrategyResult], criteria: CriteriaSet) -> list[Reviewed]:
    """The results, those with anything judged also scored on what they have in common.

    What they have in common is scored with one plan, that of the set, and holds only questions that mean the same
    in all their versions. An invented example is laid beside real strategies only where there are no real ones.
    """
    strategies = reporter.workspace.strategies
    real = real_among(results, strategies)
    judged = {name: _judged(one.round) & comparable_questions(one.round.criteria, criteria)
              for name, one in results.items()
              if name in real and one.card is not None and _judged(one.round)}  # fmt: skip
    common = frozenset.intersection(*judged.values()) if len(judged) > 1 else frozenset()
    session = ScoringSession(compile_criteria(criteria))
    return [
        Reviewed(
            strategy=strategies[name],
            round=one.round.round,
            version=one.round.criteria.version,
            joint=one.round.joint,
            cards=tuple(held.card for held in one.round.deciding),
            common=_on_common(one.round, criteria, session, common) if common and name in judged else None,
            compared=name in real,
            under_way=one.under_way,
            left_out=one.left_out,
            faults=sum(reporter.dependencies.faults(_files_of(reporter, one.round) - {criteria.file}).values()),
        )
        for name, one in results.items()
    ]


def _on_common(
    scored_round: ScoredRound, criteria: CriteriaSet, session: ScoringSession, common: frozenset[str]
) -> Scorecard | None:
    """The result of a round on some questions alone, joined as its own set declares."""
    plan = session.plan
    if scored_round.speaking is not None:
        return score_review(scored_round.speaking.review, plan, common, session)
    own = scored_round.criteria.scoring
    joined = replace(
        criteria.scoring,
        reviewers=own.reviewers,
        reviewers_of=own.reviewers_of,
        difference_rules=own.difference_rules,
        difference_otherwise=own.difference_otherwise,
    )
    reviews = [held.review for held in scored_round.deciding]
    cards = [score_review(review, plan, common, session) for review in reviews]
    return score_round(reviews, cards, replace(criteria, scoring=joined), plan, only=common).card


def _judged(scored_round: ScoredRound) -> frozenset[str]:
    """The questions that all whose answers decide have judged."""
    each = [_judged_by(held) for held in scored_round.deciding]
    return frozenset.intersection(*each) if each else frozenset()


def _judged_by(scored_review: ScoredReview) -> frozenset[str]:
    return frozenset(result.id for result in scored_review.card.criteria_results if result.state == "assessed")
