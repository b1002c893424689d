"""Reports that look at several rounds: a strategy over time, and the change between two reviews."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from granskning.reporting.change import ChangeMaterial, make_change_report
from granskning.reporting.compared import Pair
from granskning.reporting.lexicon import Lexicon
from granskning.reporting.occasions import Occasion, in_time, is_compared
from granskning.reporting.over_time import TimeMaterial
from granskning.reporting.strategy import make_strategy_report
from granskning.scoring.compare import compare_scorecards
from granskning.scoring.memory import NO_MEMORY, Memory
from granskning.tasks.origin import Basis
from granskning.tasks.report import Skipped, latest_date
from granskning.workspace.load import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from granskning.model import Strategy
    from granskning.reporting.change_values import ChangeReport
    from granskning.reporting.over_time import StrategyReport
    from granskning.tasks.report import Reporter
    from granskning.tasks.score import Scored


class TimeReporter:
    """Makes the reports that look at several rounds, of what a Reporter has read."""

    def __init__(self, reporter: Reporter, memory: Callable[[str], Memory] = lambda _strategy: NO_MEMORY) -> None:
        """`memory` tells what git remembers of a strategy; it is asked only for reports that are made."""
        self._reporter = reporter
        self._memory = memory
        self._lexicons: dict[str, Lexicon] = {}
        held: dict[tuple[str, str], list[Scored]] = {}
        for one in reporter.scored:
            held.setdefault((one.review.strategy, one.review.round), []).append(one)
        self._joint = {(one.strategy, one.round): one for one in reporter.all_rounds}
        self._occasions: dict[str, list[Occasion]] = {}
        for (strategy, _), scored in held.items():
            self._occasions.setdefault(strategy, []).append(self._occasion(scored))
        self._broken = {one.file.split("/")[1]: one.because for one in reversed(reporter.skipped)}
        self.skipped = tuple(
            Skipped(f"strategies/{name}/", because)
            for name, because in sorted(self._broken.items())
            if name in self._occasions
        )
        """Strategies of which some review can't be read, so that nothing is told of them over time."""

    @property
    def strategies(self) -> tuple[str, ...]:
        """The strategies with something to tell over time: several rounds with a result, or actions followed up."""
        actions = self._reporter.workspace.actions
        return tuple(
            name
            for name in self._occasions
            if not self._is_broken(name) and (self._has_line(name) or actions.get(name))
        )

    @property
    def changes(self) -> tuple[tuple[Scored, Scored], ...]:
        """Each round and the one after it, where both have a result and a review for them, on the same criteria set."""
        pairs = []
        for name in self._occasions:
            rounds = [] if self._is_broken(name) else in_time(self._occasions[name])
            for one, other in itertools.pairwise(rounds):
                before, after = self._speaking(one), self._speaking(other)
                if before and after and is_compared(one, other):
                    pairs.append((before, after))
        return tuple(pairs)

    def occasions(self, name: str) -> list[Occasion]:
        """All rounds of a strategy and of those it succeeds, the oldest first."""
        every = [*self.predecessors(name), self._reporter.workspace.strategies[name]]
        return [one for strategy in every for one in in_time(self._occasions.get(strategy.id, []))]

    def predecessors(self, name: str) -> list[Strategy]:
        """The strategies that one succeeds, and those that they do, the oldest first."""
        strategies = self._reporter.workspace.strategies
        found: list[Strategy] = []

        def walk(one: str, seen: frozenset[str]) -> None:
            for before in strategies[one].succeeds:
                if before in strategies and before not in seen and strategies[before] not in found:
                    walk(before, seen | {before})
                    found.append(strategies[before])

        walk(name, frozenset({name}))
        return found

    def strategy(self, name: str) -> StrategyReport:
        """The report of a strategy over time."""
        reporter, workspace = self._reporter, self._reporter.workspace
        strategy, occasions = workspace.strategies[name], self.occasions(name)
        before = self.predecessors(name)
        ids = {one.strategy.id for one in occasions} | {name}
        sources = {file for one in reporter.scored if one.review.strategy in ids
                   for file in reporter.sources_of(one)}  # fmt: skip
        last = occasions[-1].criteria
        actions = workspace.actions.get(name, ())
        dates = (
            *(latest_date(one.reviews) for one in occasions),
            *(reporter.dated(one.criteria) for one in occasions),
            latest_date(strategy),
            latest_date(actions),
        )
        files = tuple(sorted({*sources, strategy.file}))
        provenance = reporter.provenance(files, last, dates)
        memory = self._memory(name)
        reporter.rests_on(Basis("strategy", (name,), files, (MARK,), provenance, memory=memory))
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
                memory=memory,
            )
        )

    def change(self, before: Scored, after: Scored) -> ChangeReport:
        """The report of what changed between two reviews."""
        reporter = self._reporter
        sources = sorted({*reporter.sources_of(before), *reporter.sources_of(after)})
        strategies = reporter.workspace.strategies
        dates = [latest_date(one.review) for one in (before, after)]
        dates += [latest_date(strategies[one.review.strategy]) for one in (before, after)]
        dates += [reporter.dated(one.criteria) for one in (before, after)]
        provenance = reporter.provenance(sources, after.criteria, dates)
        identity, against = after.review.identity, before.review.identity
        reporter.rests_on(Basis("change", identity, tuple(sources), (MARK,), provenance, against=against))
        pair = Pair(compare_scorecards(before, after), self._lexicon(before), self._lexicon(after))
        return make_change_report(
            ChangeMaterial(
                strategy=strategies[after.review.strategy],
                earlier=strategies[before.review.strategy],
                pair=pair,
                settings=reporter.workspace.settings,
                provenance=provenance,
            )
        )

    def speaking_for(self, strategy: str, round_: str) -> Scored | None:
        """The review that speaks for a round; None where none does, or there is no such round."""
        held = self._occasions.get(strategy, [])
        return next((found for one in held if one.round == round_ and (found := self._speaking(one))), None)

    def _speaking(self, one: Occasion) -> Scored | None:
        if one.judged is None:
            return None
        identity = one.judged.review.identity
        return next(held for held in self._reporter.scored if held.review.identity == identity)

    def _has_line(self, name: str) -> bool:
        occasions = self.occasions(name)
        return len(occasions) > 1 and any(one.has_result for one in occasions)

    def _is_broken(self, name: str) -> bool:
        ids = [name, *(one.id for one in self.predecessors(name))]
        return any(one in self._broken for one in ids)

    def _occasion(self, held: Sequence[Scored]) -> Occasion:
        first = held[0]
        key = (first.review.strategy, first.review.round)
        joint = self._joint.get(key)
        consensus = next((one for one in held if one.review.kind == "consensus"), None)
        alone = held[0] if len(held) == 1 and (joint is None or joint.joint.card is not None) else None
        return Occasion(
            strategy=self._reporter.workspace.strategies[first.review.strategy],
            round=first.review.round,
            criteria=first.criteria,
            plan=first.plan,
            reviews=tuple(one.review for one in held),
            card=joint.joint.card if joint is not None else first.card,
            judged=consensus or alone,
        )

    def _lexicon(self, one: Occasion | Scored) -> Lexicon:
        reference = one.criteria.reference
        if reference not in self._lexicons:
            self._lexicons[reference] = Lexicon(self._reporter.t, one.criteria, one.plan)
        return self._lexicons[reference]
