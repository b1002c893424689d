"""Reports that look at several rounds: a strategy over time, and the change between two reviews."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.model.strategy import predecessors_of
from granskning.reporting.differences.comparison_words import ComparisonWords
from granskning.reporting.over_time.change import make_change_report
from granskning.reporting.over_time.change_values import ChangeMaterial
from granskning.reporting.over_time.over_time import TimeMaterial
from granskning.reporting.over_time.rounds_in_time import Occasion, is_compared
from granskning.reporting.over_time.strategy import make_strategy_report
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.scoring.compare import compare_scorecards
from granskning.scoring.score_history import NO_MEMORY, ScoreHistory
from granskning.tasks.reports.attachments import ReportSources
from granskning.tasks.reports.dependencies import latest_date
from granskning.tasks.reports.page_names import change_name, strategy_name
from granskning.workspace.schema.kinds import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from granskning.model.strategy import Strategy
    from granskning.reporting.over_time.change_values import ChangeReport
    from granskning.reporting.over_time.over_time import StrategyReport
    from granskning.tasks.folder.score import ScoredReview, ScoredRound
    from granskning.tasks.reports.report import Reporter


class TimeReporter:
    """Makes the reports that look at several rounds, of what a Reporter has read."""

    def __init__(self, reporter: Reporter, memory: Callable[[str], ScoreHistory] = lambda _strategy: NO_MEMORY) -> None:
        """`memory` tells what git remembers of a strategy; it is asked only for reports that are made."""
        self._reporter = reporter
        self._memory = memory
        self._lexicons: dict[str, Lexicon] = {}
        self._rounds: dict[str, list[ScoredRound]] = {}
        for one in reporter.reported.every_round:
            self._rounds.setdefault(one.strategy, []).append(one)

    @property
    def strategies(self) -> tuple[str, ...]:
        """The strategies with something to tell over time: judged rounds, actions, or files that do not count."""
        workspace = self._reporter.workspace
        waiting = {item.strategy for item in workspace.left_out}
        return tuple(
            name for name in self._rounds if self._has_line(name) or workspace.actions.get(name) or name in waiting
        )

    @property
    def changes(self) -> tuple[tuple[ScoredReview, ScoredReview], ...]:
        """Each round and the one after it, where both have a result and a review for them, on the same criteria set."""
        return tuple(pair for name in self._rounds for pair in self._changes_of(name))

    def _changes_of(self, name: str) -> Iterator[tuple[ScoredReview, ScoredReview]]:
        for one, other in itertools.pairwise(self._rounds.get(name, ())):
            before, after = one.answering, other.answering
            if before and after and is_compared(self._occasion(one), self._occasion(other)):
                yield before, after

    def occasions(self, name: str) -> list[Occasion]:
        """All rounds of a strategy and of those it succeeds, the oldest first."""
        return [self._occasion(one) for one in self._of(name)]

    def _of(self, name: str) -> list[ScoredRound]:
        every = [*self.predecessors(name), self._reporter.workspace.strategies[name]]
        return [one for strategy in every for one in self._rounds.get(strategy.id, ())]

    def predecessors(self, name: str) -> list[Strategy]:
        """The strategies that one succeeds, and those that they do, the oldest first."""
        return predecessors_of(name, self._reporter.workspace.strategies)

    def strategy(self, name: str) -> StrategyReport:
        """The report of a strategy over time."""
        reporter, workspace = self._reporter, self._reporter.workspace
        strategy, occasions = workspace.strategies[name], self.occasions(name)
        before = self.predecessors(name)
        rounds, ids = self._of(name), {name, *(one.id for one in before)}
        sources = {
            file
            for held in rounds
            for one in (*held.scored, *held.aside)
            for file in reporter.dependencies.sources_of(one)
        }
        sources |= {review.file for review in workspace.reviews if review.strategy in ids}
        left_out = tuple(item for item in workspace.left_out if item.strategy in ids)
        last = occasions[-1].criteria
        actions = workspace.actions.get(name, ())
        dates = (
            *(latest_date(one.reviews) for one in occasions),
            *(reporter.dependencies.dated(one.criteria) for one in occasions),
            latest_date(strategy),
            latest_date(actions),
        )
        files = tuple(sorted({*sources, strategy.file}))
        page = strategy_name(name, reporter.reported.scored) if name in self.strategies else ""
        provenance = reporter.dependencies.provenance(files, last, dates, page)
        memory = self._memory(name)
        basis = ReportSources("strategy", (name,), files, (MARK,), provenance, memory=memory, left_out=left_out)
        reporter.dependencies.rests_on(basis)
        return make_strategy_report(
            TimeMaterial(
                strategy=strategy,
                predecessors=tuple(before),
                occasions=tuple(occasions),
                actions=actions,
                settings=workspace.settings,
                provenance=provenance,
                t=reporter.t,
                lexicons={one.criteria.reference: self._lexicon(one) for one in occasions},
                indicators=workspace.indicators,
                memory=memory,
                left_out=left_out,
                faults=reporter.dependencies.faults(files),
            )
        )

    def change(self, before: ScoredReview, after: ScoredReview) -> ChangeReport:
        """The report of what changed between two reviews."""
        reporter = self._reporter
        sources = sorted({*reporter.dependencies.sources_of(before), *reporter.dependencies.sources_of(after)})
        strategies = reporter.workspace.strategies
        dates = [latest_date(one.review) for one in (before, after)]
        dates += [latest_date(strategies[one.review.strategy]) for one in (before, after)]
        dates += [reporter.dependencies.dated(one.criteria) for one in (before, after)]
        is_next = (before, after) in self._changes_of(after.review.strategy)
        page = change_name(before.review, after.review) if is_next else ""
        provenance = reporter.dependencies.provenance(sources, after.criteria, dates, page)
        identity, against = after.review.identity, before.review.identity
        quotations = reporter.dependencies.quotations_between(before.review, after.review)
        basis = ReportSources("change", identity, tuple(sources), (MARK,), provenance, against=against)
        reporter.dependencies.rests_on(replace(basis, quotations=quotations))
        pair = ComparisonWords(compare_scorecards(before, after), self._lexicon(before), self._lexicon(after))
        return make_change_report(
            ChangeMaterial(
                strategy=strategies[after.review.strategy],
                earlier=strategies[before.review.strategy],
                pair=pair,
                settings=reporter.workspace.settings,
                provenance=provenance,
                faults=reporter.dependencies.faults(sources),
                quotations={status.key: status for status in quotations},
            )
        )

    def answering_for(self, strategy: str, round_: str) -> ScoredReview | None:
        """The review whose answers are a round's; None where no single one's are, or there is no such round."""
        return next((one.answering for one in self._rounds.get(strategy, ()) if one.round == round_), None)

    def _has_line(self, name: str) -> bool:
        occasions = self.occasions(name)
        return len(occasions) > 1 and any(one.has_result for one in occasions)

    def _occasion(self, scored_round: ScoredRound) -> Occasion:
        terms = scored_round.of.terms
        return Occasion(
            strategy=self._reporter.workspace.strategies[scored_round.strategy],
            round=scored_round.round,
            text=terms[0] if terms else scored_round.of.reviews[0].edition,
            criteria=scored_round.criteria,
            outline=scored_round.outline,
            reviews=tuple(held.review for held in scored_round.scored),
            joint=scored_round.joint,
            judged=scored_round.answering,
        )

    def _lexicon(self, occasion: Occasion | ScoredReview) -> Lexicon:
        reference = occasion.criteria.reference
        if reference not in self._lexicons:
            self._lexicons[reference] = Lexicon(self._reporter.t, occasion.criteria, occasion.outline)
        return self._lexicons[reference]
