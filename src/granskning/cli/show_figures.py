"""The figures that a strategy was judged by beside those of now, as lines and as plain values."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from granskning.model.indicator import SEXES
from granskning.reporting.wording.figures import tell_change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from granskning.i18n import Translator
    from granskning.model.figure_change import FigureChange, JudgedFigure
    from granskning.model.indicator import Figure
    from granskning.tasks.editing.actions import FollowedFigures

_WIDTH = 100


def as_lines(followed: Sequence[FollowedFigures], t: Translator) -> Iterator[str]:
    """Figure by figure: when judged, now, and what has happened."""
    for item in followed:
        yield t("The figures when judged ({round}), and now:", round=item.review.round)
        for change in item.changes:
            line = tell_change(change, t)
            text = t("{indicator}. When judged {then}. Now {now}. {told}", indicator=line.indicator, then=line.then,
                     now=line.current, told=line.outcome)  # fmt: skip
            yield from textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ",
                                     break_on_hyphens=False)  # fmt: skip
        yield ""


def as_plain(followed: FollowedFigures) -> dict[str, Any]:
    """The figures of one strategy, as JSON has them."""
    review = followed.review
    return {
        "strategy": followed.strategy, "round": review.round, "reviewer": review.reviewer, "date": review.date,
        "changes": [_plain(change) for change in followed.changes],
    }  # fmt: skip


def _plain(change: FigureChange) -> dict[str, Any]:
    then, now = change.then, change.current
    return {
        "indicator": then.indicator,
        "area": then.area,
        "area_code": then.area_code,
        "kind": change.kind,
        "then": _values(then),
        "now": None if now is None else _values(now),
        "own_calculation": None if change.way is None or now is None else {
            "difference_then": _difference(then),
            "difference_now": _difference(now),
            "trend": change.way,
            "verdict": change.verdict,
        },
        "broken_at": change.broken_at,
    }  # fmt: skip


def _values(figure: Figure | JudgedFigure) -> dict[str, Any]:
    return {"period": figure.period} | {sex: _double(getattr(figure, sex)) for sex in SEXES}


def _difference(figure: Figure | JudgedFigure) -> float | int | None:
    return None if figure.women is None or figure.men is None else _double(figure.women - figure.men)


def _double(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)
