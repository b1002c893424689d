"""The figures over a folder's strategies: which results count, and why the others do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.strategy import real_among
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.figures import make_figures
from granskning.tasks.folder.score import strategy_results

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.workspace import Settings, Workspace
    from granskning.scoring.figures import LeftOutReason, PortfolioFigures
    from granskning.tasks.folder.score import ScoredRound, StrategyResult


def own_criteria(workspace: Workspace) -> CriteriaSet | None:
    """The set that the settings name: that version, or else the current one. None where it is not there."""
    name = workspace.settings.criteria
    sets = workspace.criteria
    current = (entry for entry in sets.values() if entry.id == name and "/earlier/" not in entry.file)
    return sets.get(name) or next(current, None)


def portfolio_figures(
    workspace: Workspace, rounds: Sequence[ScoredRound], criteria: CriteriaSet, results: Mapping[str, StrategyResult]
) -> PortfolioFigures:
    """Over the results under the folder's own set that are handed in; `results` are the strategies' under that set.

    An invented example counts only where there are no real strategies.
    """
    strategies = workspace.strategies
    real = real_among(results, strategies)
    left_out: dict[str, LeftOutReason] = dict(why_not_counted(workspace, rounds, criteria, results))
    left_out |= {name: "example" for name in results if name not in real}
    cards = {name: result.card for name, result in results.items() if name not in left_out and result.card is not None}
    numbers = {
        number.id: {name: own for name in cards if (own := strategies[name].numbers.get(number.id)) is not None}
        for number in workspace.settings.numbers
    }
    return make_figures(cards, left_out, compile_criteria(criteria), numbers)


def why_not_counted(
    workspace: Workspace, rounds: Sequence[ScoredRound], criteria: CriteriaSet, results: Mapping[str, StrategyResult]
) -> dict[str, LeftOutReason]:
    """The strategies that are in no figure under a set, each with why; `results` are the strategies' under that set."""
    others = strategy_results(workspace, [entry for entry in rounds if entry.strategy not in results])
    left_out: dict[str, LeftOutReason] = {}
    for name in sorted(workspace.strategies):
        result = results.get(name)
        if result is None:
            other = others.get(name)
            is_version = other is not None and other.round.criteria.id == criteria.id
            left_out[name] = "not_reviewed" if other is None else "other_version" if is_version else "other_set"
        elif result.is_draft:
            left_out[name] = "draft"
        elif result.card is None or result.card.total.standing == "cannot_be_assessed":
            left_out[name] = "no_result"
    return left_out


def figures_of(
    workspace: Workspace, rounds: Sequence[ScoredRound]
) -> tuple[PortfolioFigures, CriteriaSet, Settings] | None:
    """The figures under the folder's own set, with that and the settings; None where the set is not there.

    As in the report, a strategy whose own file cannot be read is in no figure: nothing says what it is.
    """
    criteria = own_criteria(workspace)
    if criteria is None:
        return None
    rounds = [entry for entry in rounds if entry.strategy in workspace.strategies]
    results = strategy_results(workspace, rounds, criteria)
    return portfolio_figures(workspace, rounds, criteria, results), criteria, workspace.settings
