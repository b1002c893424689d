"""What strategies have promised, side by side: how much is open, late, done and declined, and what is late.

For reports over several strategies; the actions of one strategy are `followup`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.wordings import ACTION_STATUSES, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.decision import Action
    from granskning.model.strategy import Strategy


@dataclass(frozen=True, slots=True)
class Commitments:
    """The promises of one strategy, counted."""

    strategy: str
    title: str
    open: int
    """Neither declined nor done with something that shows it."""
    overdue: int
    done: int
    declined: int
    unanswered: int
    """Those that the owner has not answered."""
    nobody: int
    """Those open that have no responsible role."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """One promise that should have been kept."""

    strategy: str
    title: str
    action: str
    responsible: str
    due: str
    status: str


def make_commitments(
    actions: Mapping[str, Sequence[Action]], strategies: Mapping[str, Strategy], as_of: str, t: Translator
) -> tuple[tuple[Commitments, ...], tuple[Overdue, ...]]:
    """One row a strategy that has actions, and every promise that is late by that day, the oldest first."""
    rows = tuple(
        _row(strategies[name], held, as_of, t) for name, held in actions.items() if name in strategies and held
    )
    late = [
        (action.due or "", strategies[name], action)
        for name, held in actions.items()
        if name in strategies
        for action in held
        if action.is_overdue(as_of)
    ]
    late.sort(key=lambda item: (item[0], item[1].id, item[2].id))
    return rows, tuple(
        Overdue(
            strategy=strategy.id,
            title=t.text(strategy.title),
            action=action.title,
            responsible=action.responsible or t("not named"),
            due=t.date(action.due),
            status=label(ACTION_STATUSES, action.status, t),
        )
        for _, strategy, action in late
    )


def _row(strategy: Strategy, actions: Sequence[Action], as_of: str, t: Translator) -> Commitments:
    still = [one for one in actions if not one.is_settled]
    return Commitments(
        strategy=strategy.id,
        title=t.text(strategy.title),
        open=len(still),
        overdue=sum(one.is_overdue(as_of) for one in actions),
        done=sum(one.is_settled and one.status == "done" for one in actions),
        declined=sum(one.status == "declined" for one in actions),
        unanswered=sum(one.decision is None for one in still),
        nobody=sum(one.responsible is None for one in still),
    )
