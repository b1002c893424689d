"""What is due: actions that are not settled, and rounds that are planned, as dates for a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.tables.calendar_text import DueDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model.strategy import Strategy
    from granskning.tasks.editing.actions import Promise


def due_dates(promises: Sequence[Promise], t: Translator) -> Iterator[DueDate]:
    """A date for each action that has a day and is not settled."""
    for promise in promises:
        action = promise.action
        if action.due and not action.is_settled:
            who = t.role(action.responsible) if action.responsible else t("not named")
            text = t("{strategy}. Responsible: {who}.", strategy=t.text(promise.strategy.title), who=who)
            yield DueDate(f"{promise.strategy.id}/{action.id}", action.due, action.title, text)


def due_rounds(strategies: Iterable[Strategy], t: Translator) -> Iterator[DueDate]:
    """A date for each planned round that has one."""
    for strategy in strategies:
        for planned in strategy.rounds:
            if planned.due:
                title = t("{strategy}: round {round}", strategy=t.text(strategy.title), round=planned.round)
                yield DueDate(f"{strategy.id}/{planned.round}", planned.due, title)
