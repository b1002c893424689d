"""The actions: what is to be done, by which role, until when, what the owner answered and how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from granskning.reporting.blocks.badges import Fact
from granskning.reporting.shared_parts.values import ActionText
from granskning.reporting.wording.report_context import at_question
from granskning.reporting.wording.words import paragraphs
from granskning.wordings import ACTION_STATUSES, ACTIONS_IN_STATUS, DECIDED, label, tell_action_status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.decision import Action
    from granskning.reporting.blocks.frame import Provenance

_STATUS_OF = {"accepts": "accepted", "partly": "partly", "declines": "declined"}
"""The status that tells the owner's answer, so that it is not told twice."""


class HasActions(Protocol):
    """What a report that tells of actions has at hand."""

    @property
    def t(self) -> Translator:
        """The report's language."""

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions."""

    @property
    def numbers(self) -> Mapping[str, str]:
        """The numbers of the questions."""

    @property
    def provenance(self) -> Provenance:
        """Among other things the date that the report speaks of."""


def make_actions(context: HasActions) -> tuple[ActionText, ...]:
    """The actions of the strategy, those still to be done first."""
    ordered = sorted(context.actions, key=lambda item: item.is_settled)
    return tuple(_action(context, action) for action in ordered)


def _action(context: HasActions, action: Action) -> ActionText:
    t = context.t
    is_told = _STATUS_OF.get(action.decision or "") == action.status
    answered = "" if is_told else t(DECIDED.get(action.decision or "", ""))
    answer = " ".join(part for part in (answered, action.decision_reason or "") if part)
    facts = [
        Fact(t("Responsible"), t.role(action.responsible or "") or t("not named")),
        Fact(t("Due"), t.date(action.due) or t("no date")),
        Fact(t("Cost"), action.cost or ""),
        Fact(t("Status"), tell_action_status(action, t)),
        Fact("", answer),
        Fact(t("From the round"), action.round or ""),
    ]
    return ActionText(
        title=action.title,
        text=paragraphs(action.text),
        questions=tuple(
            (context.numbers[name], at_question(name)) for name in action.criteria if name in context.numbers
        ),
        facts=tuple(fact for fact in facts if fact.value),
        late=_late(context, action),
        steps=tuple(
            Fact(
                label=t.date(step.date),
                value=". ".join(part for part in (_status(step.status, t), step.text or "") if part),
            )
            for step in action.follow_up
        ),
    )


def _status(status: str | None, t: Translator) -> str:
    return label(ACTION_STATUSES, status, t) if status else ""


def _late(context: HasActions, action: Action) -> str:
    if not is_late(action, context.provenance.as_of):
        return ""
    return context.t("Late: it should have been done by {date}.", date=context.t.date(action.due))


def is_late(action: Action, as_of: str | None) -> bool:
    """Whether an action should have been done by the date that the report speaks of, and is not."""
    return as_of is not None and action.is_overdue(as_of)


def tell_actions(actions: Sequence[Action], as_of: str | None, t: Translator) -> tuple[str, ...]:
    """How many actions there are, how they stand, and what is missing in them."""
    if not actions:
        return ()
    held = {status: sum(action.status == status for action in actions) for status in ACTION_STATUSES}
    parts = [t.plural(*ACTIONS_IN_STATUS[status], count) for status, count in held.items() if count]
    asked = t.plural("There is {count} action", "There are {count} actions", len(actions))
    sentences = [t("{asked}: {told}.", asked=asked, told=t.series(parts))]
    late = sum(is_late(action, as_of) for action in actions)
    nobody = sum(not action.responsible for action in actions if not action.is_settled)
    never = sum(not action.due for action in actions if not action.is_settled)
    unproved = sum(action.status == "done" and not action.is_done for action in actions)
    if unproved:
        sentences.append(
            t.plural("{count} is said to be done, but nothing shows it.",
                     "{count} are said to be done, but nothing shows it.", unproved)
        )  # fmt: skip
    if late:
        sentences.append(t.plural("{count} action is late.", "{count} actions are late.", late))
    if nobody:
        sentences.append(
            t.plural("{count} action has nobody responsible.", "{count} actions have nobody responsible.", nobody)
        )
    if never:
        sentences.append(t.plural("{count} action has no date.", "{count} actions have no date.", never))
    return tuple(sentences)
