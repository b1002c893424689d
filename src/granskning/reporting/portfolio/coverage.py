"""Who takes what up: target pictures that no strategy carries, and what is lost on the way down the steering chain.

Taken up means that a question has been judged above the level for missing; what has not been judged is never counted
as lacking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.words import shorten
from granskning.scoring.coverage import agreed_questions, carried_target, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from granskning.model.criteria import Target
    from granskning.model.strategy import Strategy
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.coverage import Carried
    from granskning.scoring.results.card import Scorecard

_NOBODY = "–"
_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Carrying:
    """Which strategies take up which target pictures."""

    sentences: Paragraphs
    nobody: tuple[str, ...]
    """Target pictures that all who were asked have been judged not to take up."""
    unsure: tuple[str, ...]
    """Target pictures that nobody takes up as far as is known, but where something remains to be judged."""
    grid: Grid
    questions: Grid | None
    """Questions that have been judged somewhere and that no strategy takes up."""


@dataclass(frozen=True, slots=True)
class Handover:
    """What one strategy says, and whether those that are based on it pick it up."""

    title: str
    anchor: str
    sentences: Paragraphs
    grid: Grid | None
    questions: Grid | None
    """What it takes up and no plan does."""


class Coverage:
    """What each reviewed strategy takes up, question by question and target by target."""

    def __init__(self, cards: Sequence[tuple[Strategy, Sequence[Scorecard]]], words: Lexicon) -> None:
        """`cards` are those of the reviews that decide what each strategy comes to."""
        self.words = words
        self.t = words.t
        self.targets = words.criteria.targets
        self.strategies = {strategy.id: strategy for strategy, _ in cards}
        self.questions = {one.id: agreed_questions(held, words.criteria, words.outline) for one, held in cards}

    def target(self, strategy: str, target: Target) -> Carried:
        """What a strategy does with a target picture; unknown where it has not been reviewed."""
        held = self.questions.get(strategy)
        return "unknown" if held is None else carried_target(target, held)

    def question(self, strategy: str, criterion: str) -> Carried:
        """The same for a question."""
        held = self.questions.get(strategy)
        return "unknown" if held is None else held[criterion]

    def name(self, target: Target) -> str:
        """Number and title."""
        return f"{self.words.numbers[target.id]} {self.words.short_title(target.id)}"

    def titles(self, target: Target, state: Carried) -> str:
        """The strategies in that state, in a row."""
        held = [strategy for name, strategy in self.strategies.items() if self.target(name, target) == state]
        return self.t.series([self.short(one) for one in held]) or _NOBODY

    def short(self, strategy: Strategy) -> str:
        """The title of a strategy for a narrow place."""
        return shorten(self.t.name(strategy.title), _LETTERS)

    def count(self, names: Iterable[str], target: Target) -> str:
        """In how many of these strategies it is not settled: `2 of 5`."""
        states = [self.target(name, target) for name in names]
        t = self.t
        return t("{count} of {all}", count=t.whole(states.count("unknown")), all=t.whole(len(states)))


def make_carrying(carriers: Coverage) -> Carrying | None:
    """Who takes up what; None where nothing has been reviewed."""
    t = carriers.t
    if not carriers.strategies:
        return None
    together_ = {target.id: together(carriers.target(name, target) for name in carriers.strategies)
                 for target in carriers.targets}  # fmt: skip
    nobody = tuple(carriers.name(target) for target in carriers.targets if together_[target.id] == "lacking")
    unsure = tuple(carriers.name(target) for target in carriers.targets if together_[target.id] == "unknown")
    carried = sum(state == "carried" for state in together_.values())
    sentences = [
        t(
            "Target pictures that at least one reviewed strategy takes up: {carried} of {count}.",
            carried=t.whole(carried),
            count=t.whole(len(carriers.targets)),
        )
    ]
    if nobody:
        sentences.append(t("No strategy takes up {targets}.", targets=t.series(nobody)))
    if unsure:
        sentences.append(
            t("Nobody is known to take up {targets}, but not everything has been judged.", targets=t.series(unsure))
        )
    rows = tuple(
        (
            GridCell(carriers.name(target)),
            GridCell(carriers.titles(target, "carried")),
            GridCell(carriers.titles(target, "lacking")),
            GridCell(carriers.count(carriers.strategies, target)),
        )
        for target in carriers.targets
    )
    heads = (Head(t("Target picture")), Head(t("Taken up by")), Head(t("Judged and not taken up by")),
             Head(t("Not settled in")))  # fmt: skip
    caption = t("Which strategies take up which target pictures")
    return Carrying(tuple(sentences), nobody, unsure, Grid(caption, heads, rows), _uncarried(carriers))


def _uncarried(carriers: Coverage) -> Grid | None:
    t, words = carriers.t, carriers.words
    rows = []
    for criterion in words.criteria.criteria:
        states = [carriers.question(name, criterion.id) for name in carriers.strategies]
        if "lacking" in states and "carried" not in states:
            left = states.count("unknown")
            told = (t.plural("{count} strategy not judged", "{count} strategies not judged", left) if left
                    else t("all judged"))  # fmt: skip
            rows.append((GridCell(f"{words.numbers[criterion.id]} {words.short_title(criterion.id)}"), GridCell(told)))
    if not rows:
        return None
    heads = (Head(t("Question")), Head(t("What remains")))
    return Grid(t("Questions that no judged strategy takes up"), heads, tuple(rows))


def make_handovers(carriers: Coverage, strategies: Mapping[str, Strategy]) -> tuple[Handover, ...]:
    """One for each strategy that others are based on, in the order of their ids."""
    below: dict[str, list[str]] = {}
    for name in strategies:
        for above in sorted(_above(name, strategies)):
            below.setdefault(above, []).append(name)
    return tuple(_handover(carriers, strategies, name, below[name]) for name in sorted(below))


def _above(name: str, strategies: Mapping[str, Strategy]) -> set[str]:
    """All strategies that one is based on, at any remove."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for strategy in strategies[waiting.pop()].based_on:
            if strategy in strategies and strategy not in found and strategy != name:
                found.add(strategy)
                waiting.append(strategy)
    return found


def _handover(carriers: Coverage, strategies: Mapping[str, Strategy], above: str, below: list[str]) -> Handover:
    t = carriers.t
    title, anchor = t.name(strategies[above].title), f"handover-{above}"
    plans = t.series([t.text(strategies[plan].title) for plan in below])
    based = t("Based on it: {plans}.", plans=plans)
    if above not in carriers.questions:
        missing = t("It has not been reviewed with this criteria set, so nothing can be said of what is picked up.")
        return Handover(title, anchor, (based, missing), None, None)
    stated = [target for target in carriers.targets if carriers.target(above, target) == "carried"]
    states = {target.id: together(carriers.target(name, target) for name in below) for target in stated}
    sentences = [based, *_tell_handover(carriers, stated, states)]
    rows = tuple(
        (
            GridCell(carriers.name(target)),
            GridCell(_in_state(carriers, strategies, below, target, "carried")),
            GridCell(_in_state(carriers, strategies, below, target, "lacking")),
            GridCell(carriers.count(below, target)),
        )
        for target in stated
    )
    heads = (Head(t("Target picture")), Head(t("Picked up by")), Head(t("Judged and not picked up by")),
             Head(t("Not settled in")))  # fmt: skip
    grid = Grid(t("What it takes up, and what becomes of it"), heads, rows) if rows else None
    return Handover(title, anchor, tuple(sentences), grid, _lost(carriers, above, below))


def _in_state(
    carriers: Coverage, strategies: Mapping[str, Strategy], names: list[str], target: Target, state: Carried
) -> str:
    """The strategies that do so with a target picture, reviewed or not, in a row."""
    held = [carriers.short(strategies[name]) for name in names if carriers.target(name, target) == state]
    return carriers.t.series(held) or _NOBODY


def _tell_handover(carriers: Coverage, stated: list[Target], states: dict[str, Carried]) -> list[str]:
    t = carriers.t
    if not stated:
        return [t("It has not been judged to take up any target picture.")]
    lost = [
        carriers.name(target) for target in stated if states[target.id] in ("lacking", "not_applicable", "not_asked")
    ]
    unsure = [carriers.name(target) for target in stated if states[target.id] == "unknown"]
    picked = len(stated) - len(lost) - len(unsure)
    sentences = [
        t(
            "Target pictures that it takes up and that at least one plan picks up: {picked} of {count}.",
            picked=t.whole(picked),
            count=t.whole(len(stated)),
        )
    ]
    if lost:
        sentences.append(t("No plan picks up {targets}.", targets=t.series(lost)))
    if unsure:
        sentences.append(
            t("No plan is known to pick up {targets}, but not everything has been judged.", targets=t.series(unsure))
        )
    return sentences


def _lost(carriers: Coverage, above: str, below: list[str]) -> Grid | None:
    """Questions that it takes up and that every plan has been judged not to."""
    t, words = carriers.t, carriers.words
    rows = []
    for criterion in words.criteria.criteria:
        states = [carriers.question(name, criterion.id) for name in below]
        if carriers.question(above, criterion.id) == "carried" and "lacking" in states:
            if "carried" in states or "unknown" in states:
                continue
            rows.append((GridCell(f"{words.numbers[criterion.id]} {words.short_title(criterion.id)}"),))
    if not rows:
        return None
    return Grid(t("Questions that it takes up and no plan does"), (Head(t("Question")),), tuple(rows))
