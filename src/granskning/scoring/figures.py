"""Counts and shares over strategies: results in, how many come to each band out, weighted by strategies' own numbers.

Nothing is averaged here. What is not settled, cannot be assessed or does not apply is a group of its own; strategies
that are left out, and those without a number, are named.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.method import Text
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.card import Score, Scorecard

LeftOutReason = Literal["draft", "no_result", "other_version", "other_set", "not_reviewed", "example"]
"""Why a strategy is in no figure."""

GroupKind = Literal["band", "level", "interval", "cannot_be_assessed", "not_applicable"]
"""What the strategies of a group have in common: a band, a level, a result that is not settled, or none."""


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """How much of a number the strategies of a group have."""

    number: str
    sum: Fraction
    share: Fraction | None
    """Of what all strategies counted have; None where that is nothing."""


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The strategies that come to the same."""

    kind: GroupKind
    id: str
    """Of the band or the level; empty for the others."""
    label: Text
    strategies: tuple[str, ...]
    share: Fraction
    weighted: tuple[WeightedShare, ...]


@dataclass(frozen=True, slots=True)
class ResultDistribution:
    """How the results of one target, or of the whole, are distributed."""

    of: str
    """The target's id; empty for the whole."""
    groups: tuple[FigureGroup, ...]


@dataclass(frozen=True, slots=True)
class PortfolioFigures:
    """All figures over the strategies that are counted."""

    counted: tuple[str, ...]
    left_out: tuple[tuple[str, LeftOutReason], ...]
    without: tuple[tuple[str, tuple[str, ...]], ...]
    """By number the strategies counted that do not have it."""
    figures: tuple[ResultDistribution, ...]


def make_figures(
    cards: Mapping[str, Scorecard],
    left_out: Mapping[str, LeftOutReason],
    plan: Plan,
    numbers: Mapping[str, Mapping[str, Fraction]],
) -> PortfolioFigures:
    """The figures of the set that `plan` scores. `numbers` are the strategies' own, by number and strategy."""
    places = [name for name in plan.targets if plan.nodes[name].parent == TOTAL]
    figures = []
    for place in (*places, TOTAL):
        scores = {name: score for name, card in cards.items() if (score := _score_of(card, place)) is not None}
        ends = result_ends(plan, place)
        if scores and ends:
            figures.append(ResultDistribution(place, tuple(_groups(scores, ends, numbers))))
    return PortfolioFigures(
        counted=tuple(cards),
        left_out=tuple(sorted(left_out.items())),
        without=tuple((number, tuple(name for name in cards if name not in own)) for number, own in numbers.items()),
        figures=tuple(figures),
    )


def _score_of(card: Scorecard, place: str) -> Score | None:
    if place == TOTAL:
        return card.total
    return next((target.score for target in card.targets if target.id == place), None)


def result_ends(plan: Plan, place: str) -> list[tuple[GroupKind, str, Text]]:
    """What results there can come to, from the lowest: bands or, without them, levels; nothing for bare numbers."""
    node = plan.nodes[place]
    if node.step.method == "none":
        return []
    if node.step.bands:
        return [("band", band.id, band.label) for band in node.step.bands]
    if node.ladder is None or node.ladder.scale.is_range:
        return []
    return [("level", level.key, level.label) for level in node.ladder.scale.levels]


def _groups(
    scores: Mapping[str, Score],
    ends: Sequence[tuple[GroupKind, str, Text]],
    numbers: Mapping[str, Mapping[str, Fraction]],
) -> Iterator[FigureGroup]:
    """Every band or level, also those that nobody comes to, and the others where there are any."""
    by_group: dict[tuple[GroupKind, str], list[str]] = {}
    for name, score in scores.items():
        by_group.setdefault(group_of_score(score, ends[0][0]), []).append(name)
    others: tuple[tuple[GroupKind, str, Text], ...] = (
        ("interval", "", {}),
        ("cannot_be_assessed", "", {}),
        ("not_applicable", "", {}),
    )
    wholes = {
        number: sum((own.get(name, Fraction(0)) for name in scores), Fraction(0)) for number, own in numbers.items()
    }
    for kind, key, label in (*ends, *others):
        members = by_group.get((kind, key), [])
        if members or key:
            weighted = []
            for number, own in numbers.items():
                amount = sum((own.get(name, Fraction(0)) for name in members), Fraction(0))
                whole = wholes[number]
                weighted.append(WeightedShare(number, amount, amount / whole if whole else None))
            share = Fraction(len(members), len(scores))
            yield FigureGroup(kind, key, label, tuple(members), share, tuple(weighted))


def group_of_score(score: Score, kind: GroupKind) -> tuple[GroupKind, str]:
    """The group that a result belongs to, where `kind` is what results there come to, and the key within it."""
    if score.standing == "not_applicable":
        return "not_applicable", ""
    if score.standing not in ("value", "interval"):
        return "cannot_be_assessed", ""
    key = score.band if kind == "band" else score.outcome
    return ("interval", "") if key is None else (kind, key)
