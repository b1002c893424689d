"""Counts and shares over strategies as tables, with what was left out said in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.portfolio.matrix import title_of
from granskning.reporting.portfolio.portfolio_values import Figures
from granskning.reporting.wording.words import first_of
from granskning.scoring.results.card import TOTAL
from granskning.wordings import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.i18n import Translator
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Settings, StrategyNumber
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.figures import FigureGroup, LeftOutReason, PortfolioFigures

_LEFT_OUT: dict[LeftOutReason, str] = {
    "draft": N_("Left out, since nothing is handed in: {strategies}."),
    "no_result": N_("Left out, since there is no result: {strategies}."),
    "other_version": N_("Left out, since they are reviewed with another version of the set: {strategies}."),
    "other_set": N_("Left out, since they are reviewed with another set: {strategies}."),
    "not_reviewed": N_("Left out, since they are not reviewed: {strategies}."),
    "example": N_("Left out, since they are invented examples: {strategies}."),
}


def make_figure_grids(
    figures: PortfolioFigures, settings: Settings, strategies: Mapping[str, Strategy], words: Lexicon
) -> Figures:
    """A table for each target with bands or levels, and for the whole; `strategies` are all there are."""
    t = words.t
    numbers = {number.id: number for number in settings.numbers}
    grids = tuple(
        Grid(
            caption=t("The whole") if figure.of == TOTAL else f"{words.numbers[figure.of]} {words.title(figure.of)}",
            heads=tuple(_heads(numbers, t)),
            rows=tuple(_row(group, numbers, t) for group in figure.groups),
        )
        for figure in figures.figures
    )
    return Figures(grids, tuple(_notes(figures, numbers, strategies, t, has_grids=bool(grids))))


def _heads(numbers: Mapping[str, StrategyNumber], t: Translator) -> Iterator[Head]:
    yield Head(t("Result"))
    yield Head(t("Strategies"), number=True)
    yield Head(t("Share"), number=True)
    for number in numbers.values():
        title, unit = t.text(number.title), t.text(number.unit) if number.unit else ""
        yield Head(t("{title}, {unit}", title=title, unit=unit) if unit else title, number=True)
        yield Head(t("Share"), number=True)


def _row(group: FigureGroup, numbers: Mapping[str, StrategyNumber], t: Translator) -> tuple[GridCell, ...]:
    cells = [_name(group, t), t.whole(len(group.strategies)), t.percent(group.share)]
    for weighted in group.weighted:
        if weighted.number in numbers:
            cells += [t.number(weighted.sum), "–" if weighted.share is None else t.percent(weighted.share)]
    return tuple(GridCell(cell) for cell in cells)


def _name(group: FigureGroup, t: Translator) -> str:
    if group.kind == "interval":
        return t("not settled: the result can fall in more than one")
    if group.kind in ("cannot_be_assessed", "not_applicable"):
        return t(STANDINGS[group.kind])
    label = t.text(group.label)
    return f"{group.id} {label}" if group.kind == "level" and label != group.id else label


def _notes(
    figures: PortfolioFigures,
    numbers: Mapping[str, StrategyNumber],
    strategies: Mapping[str, Strategy],
    t: Translator,
    *,
    has_grids: bool,
) -> Iterator[str]:
    """How many are counted, what is left out and why, and which of them lack a number."""

    def named(ids: tuple[str, ...]) -> str:
        return first_of([title_of(strategies[name], t) if name in strategies else name for name in ids], t)

    yield t.plural("{count} strategy is counted.", "{count} strategies are counted.", len(figures.counted))
    if figures.counted and not has_grids:
        yield t("The set has no bands and no levels to count by.")
    for reason, message in _LEFT_OUT.items():
        ids = tuple(name for name, why in figures.left_out if why == reason)
        if ids:
            yield t(message, strategies=named(ids))
    for number, ids in figures.without:
        if ids and number in numbers:
            yield t("{number} is not given for: {strategies}.", number=t.text(numbers[number].title),
                    strategies=named(ids))  # fmt: skip
