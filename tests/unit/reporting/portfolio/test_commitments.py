from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import Translator
from granskning.model.decision import Action, FollowUp
from granskning.model.evidence import Evidence
from granskning.reporting.portfolio.commitments import make_commitments

if TYPE_CHECKING:
    from conftest import Load


def action(name: str, status: str, due: str | None = None, *, shown: bool = False, role: str | None = "chef") -> Action:
    steps = (FollowUp("2026-11-01", "done", None, None, (Evidence(edition="remiss", page="1"),)),) if shown else ()
    return Action(name, name.title(), None, (), None, role, due, None, status, None, None, steps)


def test_promises_are_counted_by_strategy_and_the_late_ones_listed(load: Load) -> None:
    strategies = load().workspace.strategies
    held = {
        "provplan": (
            action("a", "ongoing", "2026-10"),
            action("b", "done", "2026-10", shown=True),
            action("c", "done", "2026-10"),
            action("d", "declined", "2026-01"),
            action("e", "accepted", "2026-09-30", role=None),
        ),
        "borta": (action("f", "proposed"),),
    }
    rows, late = make_commitments(held, strategies, "2026-11-01", Translator("en"))
    (row,) = rows
    assert (row.open, row.overdue, row.done, row.declined, row.unanswered, row.nobody) == (3, 2, 1, 1, 3, 1)
    assert [(one.action, one.due, one.responsible) for one in late] == [
        ("E", "30\u00a0September 2026", "not named"),
        ("A", "October 2026", "chef"),
    ]
