"""Actions as table, JSON and CSV."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from granskning.cli.show_figures import as_plain
from granskning.json_text import output_text
from granskning.reporting.blocks.tables import table_of
from granskning.reporting.tables.calendar_text import calendar_text
from granskning.reporting.tables.csv_text import csv_in_terminal
from granskning.tasks.editing.due_dates import due_dates
from granskning.wordings import ACTION_STATUSES, label, tell_action_status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.reporting.blocks.tables import Row
    from granskning.tasks.editing.actions import Promise, Promised

_WIDTH = 100
_ACTIONS = table_of(
    "strategy", "id", "title", "criteria", "round", "responsible", "due", "cost", "status", "decision", "decision_date",
    "decision_role", "decision_reason", "overdue", "settled", "evidence", "last_follow_up", "last_text",
    integers=("overdue", "settled", "evidence"),
)  # fmt: skip


def as_json(promised: Promised, as_of: str, t: Translator) -> str:
    """The promised form, `granskning/followup/1`."""
    actions = [_plain(promise, t) for promise in promised.promises]
    values = {"as_of": as_of, "actions": actions, "counts": counts(promised.promises)}
    return output_text("followup", values | {"figures": [as_plain(item) for item in promised.figures]})


def counts(promises: Sequence[Promise]) -> dict[str, int]:
    """How many are open, late, done and declined."""
    return {
        "open": sum(not one.action.is_settled for one in promises),
        "overdue": sum(one.is_overdue for one in promises),
        "done": sum(one.action.is_done for one in promises),
        "declined": sum(one.action.status == "declined" for one in promises),
    }


def _plain(promise: Promise, t: Translator) -> dict[str, Any]:
    action = promise.action
    answer = {
        "decision": action.decision,
        "date": action.decision_date,
        "role": action.decision_role,
        "reason": action.decision_reason,
    }
    return {
        "strategy": promise.strategy.id,
        "id": action.id,
        "title": action.title,
        "text": action.text,
        "criteria": list(action.criteria),
        "round": action.round,
        "responsible": action.responsible,
        "responsible_title": None if action.responsible is None else t.role(action.responsible),
        "due": action.due,
        "cost": action.cost,
        "status": action.status,
        "answer": answer if action.decision else None,
        "overdue": promise.is_overdue,
        "settled": action.is_settled,
        "evidence": len(action.evidence),
        "follow_up": [
            {"date": step.date, "status": step.status, "round": step.round, "text": step.text}
            for step in action.follow_up
        ],
        "history": None
        if promise.history is None
        else [{"commit": turn.commit, "date": turn.date, "status": turn.status} for turn in promise.history],
        "file": promise.file,
    }


def as_csv(promises: Sequence[Promise], t: Translator) -> str:
    """One row an action."""
    return csv_in_terminal(_ACTIONS.filled(_row(promise) for promise in promises), t)


def as_calendar(promises: Sequence[Promise], t: Translator) -> str:
    """An all-day event for each action that is not settled and has a day."""
    return calendar_text(due_dates(promises, t)).removesuffix("\r\n")


def _row(promise: Promise) -> Row:
    action = promise.action
    last = action.follow_up[-1] if action.follow_up else None
    return (
        promise.strategy.id, action.id, action.title, " ".join(action.criteria), action.round, action.responsible,
        action.due, action.cost, action.status, action.decision, action.decision_date, action.decision_role,
        action.decision_reason, int(promise.is_overdue), int(action.is_settled), len(action.evidence),
        last.date if last else None, last.text if last else None,
    )  # fmt: skip


def as_table(promises: Sequence[Promise], t: Translator) -> Iterator[str]:
    """By strategy: the day, the status, the role and what is to be done, with what is late marked in words."""
    if not promises:
        return
    rows = [
        (
            one,
            one.action.due or t("no date"),
            tell_action_status(one.action, t, late=one.is_overdue),
            t.role(one.action.responsible or "") or t("not named"),
        )
        for one in promises
    ]
    days = max(len(row[1]) for row in rows)
    states = max(len(row[2]) for row in rows)
    indent = " " * (days + states + 6)
    for strategy in dict.fromkeys(one.strategy.id for one in promises):
        yield strategy
        for one, due, status, role in rows:
            if one.strategy.id != strategy:
                continue
            told = textwrap.wrap(f"{one.action.title} ({role})", _WIDTH - len(indent)) or [""]
            yield f"  {due:<{days}}  {status:<{states}}  {told[0]}"
            yield from (f"{indent}{line}" for line in told[1:])
            for turn in one.history or ():
                state = label(ACTION_STATUSES, turn.status, t) if turn.status else t("taken out")
                yield f"{indent}{turn.date[:10]} {turn.commit[:10]} {state}"
        yield ""


def summary(promises: Sequence[Promise], as_of: str, t: Translator) -> str:
    """How many there are, and how many are late."""
    if not promises:
        return t("No actions to show as of {date}.", date=t.date(as_of))
    found = counts(promises)
    return t.plural(
        "{count} action as of {date}: {open} open, {overdue} late, {done} done, {declined} declined.",
        "{count} actions as of {date}: {open} open, {overdue} late, {done} done, {declined} declined.",
        len(promises),
        date=t.date(as_of),
        **found,
    )
