"""From a working folder's results to rows: what each strategy comes to on each target of the compared set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.collection.standing import WHOLE, TargetStanding
from granskning.scoring.coverage import agreed_questions, carried_target
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.figures import group_of_score, result_ends
from granskning.scoring.results.card import TOTAL
from granskning.scoring.results.numbers import as_double
from granskning.tasks.collection.organisation_head import differing_targets
from granskning.tasks.folder.figures import why_not_counted
from granskning.tasks.folder.score import score_rounds, strategy_results

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.collection.standing import Counting
    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import Text
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Workspace
    from granskning.scoring.coverage import Carried
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.figures import GroupKind, LeftOutReason
    from granskning.scoring.results.card import Score
    from granskning.tasks.collection.organisation_head import Yardstick
    from granskning.tasks.folder.score import ScoredReview, StrategyResult


class StandingMaker:
    """Makes the rows of one working folder after the other, all under one yardstick."""

    def __init__(self, yardstick: Yardstick) -> None:
        self.yardstick = yardstick
        self._plan = compile_criteria(yardstick.criteria)
        self._differing: dict[str, dict[str, tuple[str, ...]]] = {}
        """By content of a set, which organisations share more often than not."""

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets that rows are made for, beside the whole."""
        return tuple(target.id for target in self.yardstick.criteria.targets)

    def ends(self) -> dict[str, Sequence[tuple[GroupKind, str, Text]]]:
        """By target what results there can come to, as the yardstick has it."""
        return {name: result_ends(self._plan, name) for name in self.targets}

    def rows(self, workspace: Workspace, scored: Sequence[ScoredReview]) -> Iterator[TargetStanding]:
        """The rows of a folder; `scored` are all its reviews, with their results."""
        rounds = score_rounds(workspace, scored)
        criteria = self.yardstick.criteria
        results = strategy_results(workspace, rounds, criteria)
        left_out = why_not_counted(workspace, rounds, criteria, results)
        for name, strategy in sorted(workspace.strategies.items()):
            if name in left_out:
                yield self._uncounted(strategy, results.get(name), _counting(strategy, left_out[name]))
            else:
                yield from self._counted(strategy, results[name])

    def _uncounted(self, strategy: Strategy, result: StrategyResult | None, counting: Counting) -> TargetStanding:
        head = _head(strategy, result, counting)
        return TargetStanding(*head, *_terms(result), "", "", "", "", None, None, "", "")

    def _counted(self, strategy: Strategy, result: StrategyResult) -> Iterator[TargetStanding]:
        card = result.card
        if card is None:  # which is not counted
            return
        scores = {target.id: target.score for target in card.targets} | {WHOLE: card.total}
        own = result.round.criteria
        questions = agreed_questions([scored.card for scored in result.round.deciding], own, result.round.outline)
        states: dict[str, Carried] = {target.id: carried_target(target, questions) for target in own.targets}
        differing = self._differing_from(own, result.round.deciding[0].criteria_hash)
        start = (*_head(strategy, result, "counted"), *_terms(result))
        for name in (*self.targets, WHOLE):
            reasons = differing.get(TOTAL if name == WHOLE else name, () if name in scores else ("target",))
            if reasons:
                yield TargetStanding(*start, name, ",".join(reasons), "", "", None, None, "", "")
            else:
                yield TargetStanding(*start, name, "", states.get(name, ""), *self._result(scores[name], name))

    def _differing_from(self, criteria: CriteriaSet, digest: str) -> Mapping[str, tuple[str, ...]]:
        if digest not in self._differing:
            self._differing[digest] = differing_targets(criteria, digest, self.yardstick)
        return self._differing[digest]

    def _result(self, score: Score, name: str) -> tuple[str, float | None, float | None, str, str]:
        """What kind of result it is, its ends, and which band or level it comes to."""
        group, key = _group(score, self._plan, TOTAL if name == WHOLE else name)
        return score.standing, as_double(score.low), as_double(score.high), group, key


def _head(
    strategy: Strategy, result: StrategyResult | None, counting: Counting
) -> tuple[str, str, bool, Counting, str, str]:
    if result is None:
        return strategy.id, strategy.area or "", strategy.example, counting, "", ""
    status = "draft" if result.is_draft else "handed_in"
    return strategy.id, strategy.area or "", strategy.example, counting, result.round.round, status


def _terms(result: StrategyResult | None) -> tuple[str, str]:
    """The set that a result was made with, and its hash."""
    if result is None:
        return "", ""
    own = (*result.round.scored, *result.round.aside)[0]
    return own.criteria.reference, own.criteria_hash


def _group(score: Score, plan: Plan, place: str) -> tuple[str, str]:
    ends = result_ends(plan, place)
    return group_of_score(score, ends[0][0]) if ends else ("", "")


def _counting(strategy: Strategy, reason: LeftOutReason) -> Counting:
    if reason == "not_reviewed" and strategy.not_reviewed is not None:
        return "not_to_review"
    if reason == "example":  # which is told of the row, and decided over all of them
        return "counted"
    return reason
