"""The actions: what is to be done, by which role, until when, what the owner answered and how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.marks import Fact
from granskning.reporting.material import at_question
from granskning.reporting.sections import ActionText
from granskning.reporting.words import ACTION_STATUSES, DECISIONS, paragraphs

if TYPE_CHECKING:
    from granskning.model import Action
    from granskning.reporting.material import Material

_SETTLED = frozenset({"done", "declined"})


def make_actions(case: Material) -> tuple[ActionText, ...]:
    """The actions of the strategy, those still to be done first."""
    ordered = sorted(case.actions, key=lambda one: one.status in _SETTLED)
    return tuple(_action(case, one) for one in ordered)


def _action(case: Material, action: Action) -> ActionText:
    t = case.t
    answer = " ".join(
        part for part in (t(DECISIONS.get(action.decision or "", "")), action.decision_reason or "") if part
    )
    facts = [
        Fact(t("Responsible"), action.responsible or t("not named")),
        Fact(t("Due"), t.date(action.due) or t("no date")),
        Fact(t("Cost"), action.cost or ""),
        Fact(t("Status"), t(ACTION_STATUSES[action.status])),
        Fact(t("The owner's answer"), answer),
        Fact(t("From the round"), action.round or ""),
    ]
    return ActionText(
        title=action.title,
        text=paragraphs(action.text),
        questions=tuple((case.numbers[name], at_question(name)) for name in action.criteria if name in case.numbers),
        facts=tuple(fact for fact in facts if fact.value),
        late=_late(case, action),
        steps=tuple(
            Fact(
                label=t.date(step.date),
                value=". ".join(
                    part for part in (t(ACTION_STATUSES.get(step.status or "", "")), step.text or "") if part
                ),
            )
            for step in action.follow_up
        ),
    )


def _late(case: Material, action: Action) -> str:
    """That an action should have been done by the date that the report speaks of."""
    as_of = case.provenance.as_of
    if not as_of or not action.is_overdue(as_of):
        return ""
    return case.t("Late: it should have been done by {date}.", date=case.t.date(action.due))
