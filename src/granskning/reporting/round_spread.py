"""The chart of a round: where each reviewer's result of each target lies, and where the joint one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.axis import make_axis, place_on
from granskning.reporting.chart import make_ticks
from granskning.reporting.chart_spread import Placed, draw_reviewers, letters_for

if TYPE_CHECKING:
    from granskning.reporting.axis import Axis
    from granskning.reporting.chart_spread import Reviewers
    from granskning.reporting.round_material import Reading, RoundMaterial
    from granskning.scoring.card import TargetResult

_MOST_ROWS = 20
_MOST_REVIEWERS = 26


def make_reviewers(case: RoundMaterial) -> tuple[Reviewers | None, tuple[str, ...]]:
    """The chart, and what its letters mean; None where there is nothing to spread, or no axis in common."""
    if not 2 <= len(case.reviewers) <= _MOST_REVIEWERS:  # noqa: PLR2004  # one alone does not spread
        return None, ()
    tops = _tops(case)
    axis = make_axis(case.words, tops) if 0 < len(tops) <= _MOST_ROWS else None
    if axis is None:
        return None, ()
    rows = [_row(case, one.id, axis) for one in tops]
    if not any(placed for _, placed, _ in rows):
        return None, ()
    letters = letters_for(len(case.reviewers))
    key = tuple(f"{letter} {one.review.reviewer}" for letter, one in zip(letters, case.reviewers, strict=True))
    question = case.t("How far apart are the reviewers?")
    return draw_reviewers(question, _finding(case, rows, axis), axis.points, make_ticks(axis.points), rows), key


def _tops(case: RoundMaterial) -> list[TargetResult]:
    """The results of the targets that are part of no other, each from the first reviewer who has one."""
    found: dict[str, TargetResult] = {}
    for reading in case.readings:
        for one in reading.card.targets:
            if one.parent is None and (one.id not in found or found[one.id].score.low is None):
                found[one.id] = one
    order = [target.id for target in case.criteria.targets]
    return sorted(found.values(), key=lambda one: order.index(one.id))


def _row(case: RoundMaterial, place: str, axis: Axis) -> tuple[str, list[Placed], str]:
    letters = letters_for(len(case.reviewers))
    placed = []
    for letter, one in zip(letters, case.reviewers, strict=True):
        placed += _placed(case, one, place, axis, letter)
    if case.consensus is not None:
        placed += _placed(case, case.consensus, place, axis, "")
    name = f"{case.numbers[place]} {case.words.title(place)}"
    return name, placed, "" if placed else case.t("no result")


def _placed(case: RoundMaterial, one: Reading, place: str, axis: Axis, sign: str) -> list[Placed]:
    """One reviewer's result: settled, or as far as it goes."""
    score = next((held.score for held in one.card.targets if held.id == place), None)
    if score is None or score.standing not in ("value", "interval"):
        return []
    settled = score.standing == "value"
    at = place_on(axis, case.words.outline.steps[place], score, "value" if settled else "so_far")
    return [] if at is None else [Placed(sign, at, is_joint=not sign, is_settled=settled)]


def _finding(case: RoundMaterial, rows: list[tuple[str, list[Placed], str]], axis: Axis) -> str:
    """Where the reviewers are furthest apart, and where they are at one."""
    t = case.t
    length = axis.points[-1][0] - axis.points[0][0]
    widths = {}
    for name, placed, _ in rows:
        own = [one.place for one in placed if not one.is_joint]
        if len(own) > 1:
            widths[name] = (max(own) - min(own)) / length
    if not widths:
        return t("No target picture has results of more than one reviewer. The numbers stand in the table below.")
    widest = max(widths, key=lambda name: widths[name])
    alike = sum(not width for width in widths.values())
    sentences = []
    if widths[widest]:
        sentences.append(t("The reviewers are furthest apart on {target}.", target=widest))
    if alike:
        sentences.append(
            t.plural(
                "On {count} target picture they have the same result.",
                "On {count} target pictures they have the same result.",
                alike,
            )
        )
    return f"{' '.join(sentences)} {t('The numbers stand in the table below.')}"
