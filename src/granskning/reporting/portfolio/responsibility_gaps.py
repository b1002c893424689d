"""Gaps in responsibility: what is judged missing and has no action, and actions without a role or a date, or late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.shared_parts.actions import is_late, tell_actions
from granskning.scoring.coverage import agreed_questions
from granskning.wordings import tell_action_status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.model.decision import Action
    from granskning.model.strategy import Strategy
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.results.card import Scorecard


@dataclass(frozen=True, slots=True)
class Duties:
    """What nobody has taken on, strategy by strategy, and the actions that remain."""

    sentences: Paragraphs
    gaps: Grid | None
    actions: Grid | None


def make_duties(
    cards: Sequence[tuple[Strategy, Sequence[Scorecard]]],
    strategies: Mapping[str, Strategy],
    actions: Mapping[str, tuple[Action, ...]],
    words: Lexicon,
    as_of: str | None,
) -> Duties:
    """The gaps of the reviewed strategies, and the actions of all."""
    t = words.t
    every = [action for name in sorted(actions) if name in strategies for action in actions[name]]
    missing = {strategy.id: _without_action(held, actions.get(strategy.id, ()), words) for strategy, held in cards}
    sentences = list(tell_actions(every, as_of, t)) or [t("No strategy has any action yet.")]
    lacking = sum(len(held) for held in missing.values())
    if lacking:
        sentences.append(
            t.plural(
                "{count} question is judged missing and has no action.",
                "{count} questions are judged missing and have no action.",
                lacking,
            )
        )
    return Duties(
        tuple(sentences),
        _gaps(strategies, missing, actions, words, as_of),
        _open(strategies, actions, words, as_of),
    )


def _without_action(cards: Sequence[Scorecard], actions: Sequence[Action], words: Lexicon) -> list[str]:
    """The questions judged missing that no action answers, unless that action was declined."""
    answered = {name for action in actions if action.status != "declined" for name in action.criteria}
    held = agreed_questions(cards, words.criteria, words.outline)
    return [words.numbers[name] for name, state in held.items() if state == "lacking" and name not in answered]


def _gaps(
    strategies: Mapping[str, Strategy],
    missing: Mapping[str, list[str]],
    actions: Mapping[str, tuple[Action, ...]],
    words: Lexicon,
    as_of: str | None,
) -> Grid | None:
    t = words.t
    rows = []
    for name in sorted({*missing, *actions} & strategies.keys()):
        left = [one for one in actions.get(name, ()) if not one.is_settled]
        counts = [
            len(missing.get(name, ())),
            sum(not item.responsible for item in left),
            sum(not item.due for item in left),
            sum(is_late(item, as_of) for item in left),
        ]
        if any(counts):
            numbers = ", ".join(missing.get(name, ()))
            rows.append((GridCell(t.name(strategies[name].title)), *(GridCell(t.whole(count)) for count in counts),
                         GridCell(numbers or "–")))  # fmt: skip
    if not rows:
        return None
    heads = (
        Head(t("Strategy")), Head(t("Missing without action"), number=True),
        Head(t("Actions without a role"), number=True), Head(t("Actions without a date"), number=True),
        Head(t("Late actions"), number=True), Head(t("Questions judged missing without action")),
    )  # fmt: skip
    return Grid(t("Where responsibility is lacking"), heads, tuple(rows))


def _open(
    strategies: Mapping[str, Strategy], actions: Mapping[str, tuple[Action, ...]], words: Lexicon, as_of: str | None
) -> Grid | None:
    """The actions that remain, the late ones first, then by date."""
    t = words.t
    held = [(strategies[name], action) for name in sorted(actions) if name in strategies for action in actions[name]
            if not action.is_settled]  # fmt: skip
    held.sort(key=lambda pair: (not is_late(pair[1], as_of), pair[1].due or "9999"))
    rows = tuple(
        (
            GridCell(one.title),
            GridCell(t.name(strategy.title)),
            GridCell(one.responsible or t("not named")),
            GridCell(one.due or t("no date")),
            GridCell(tell_action_status(one, t, late=is_late(one, as_of))),
        )
        for strategy, one in held
    )  # fmt: skip
    if not rows:
        return None
    heads = (Head(t("Action")), Head(t("Strategy")), Head(t("Responsible")), Head(t("Due")),
             Head(t("Status")))  # fmt: skip
    return Grid(t("Actions that remain"), heads, rows)
