"""The figures that a review was judged by (underlag då) against those of the folder now (läget nu).

Nothing is compared that does not mean the same: not over a break, nor where the indicator has been described anew.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.model.indicator import SEXES, break_before, gap_way, has_value, leading_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from granskning.model.criteria import Challenge, CriteriaSet
    from granskning.model.indicator import Figure, GapWay, Indicator, Sex

Verdict = Literal["better", "worse", "unclear"]
ChangeKind = Literal["newer", "same", "revised", "broken", "other_meaning", "missing"]
"""What has become of a figure: a later period that can be compared; the same figure; another value of the same period;
a later period beyond a break; an indicator that means something else; nothing left in the folder."""

_PERIODS = re.compile(r"\b(1[89]|20)[0-9]{2}([A-Za-z][0-9]{1,2})?\b")
"""Years and months in a title, which move with every publication and mean nothing new."""
_MEANING_LENGTH = 16


@dataclass(frozen=True, slots=True)
class JudgedFigure:
    """One figure as it was when a review was handed in."""

    indicator: str
    area: str
    area_code: str | None
    period: str
    meaning: str
    """What the indicator meant, as a short hash of its unit, its table and the labels of its codes."""
    women: Fraction | None = None
    men: Fraction | None = None
    mixed: Fraction | None = None
    total: Fraction | None = None

    @property
    def place(self) -> str:
        """What tells the area from others: its code, else its name."""
        return self.area_code or self.area


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure then, and what the folder has of the same area now."""

    then: JudgedFigure
    kind: ChangeKind
    indicator: Indicator | None = None
    current: Figure | None = None
    way: GapWay | None = None
    """How the difference between women and men went, where both can be compared: a calculation of our own."""
    verdict: Verdict | None = None
    """Only where the indicator says what is better."""
    broken_at: str | None = None


def period_free(title: str) -> str:
    """A title without its years and months."""
    return " ".join(_PERIODS.sub("", title).split())


def meaning_of(indicator: Indicator) -> str:
    """A short hash of what says what an indicator's numbers mean."""
    source = indicator.source
    parts = [
        *sorted(f"{language}:{period_free(text)}" for language, text in indicator.title.items()),
        *sorted(f"{language}:{text}" for language, text in indicator.unit.items()),
        str(indicator.share), source.service or "", source.name, period_free(source.title), source.unit,
    ]  # fmt: skip
    for variable in source.query:
        if variable.role not in ("area", "period"):
            parts.append(f"{variable.variable.lower()}={variable.label}")
            parts += [f"{code}={label}" for code, label in sorted(variable.codes.items())]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_MEANING_LENGTH]


def leading_indicators(criteria: CriteriaSet, indicators: Mapping[str, Indicator]) -> tuple[Indicator, ...]:
    """Of each challenge that a target answers, the leading indicator, each once."""
    answered = {name for target in criteria.all_targets for name in target.challenges}
    chosen: dict[str, Indicator] = {}
    for challenge in criteria.challenges:
        first = leading_of(challenge, indicators) if challenge.id in answered else None
        if first is not None:
            chosen.setdefault(first.id, first)
    return tuple(chosen.values())


def leading_of(challenge: Challenge, indicators: Mapping[str, Indicator]) -> Indicator | None:
    """Of a challenge's indicators the first of women and men, else of one of them, else the first with a number."""
    named = [indicators[name] for name in challenge.indicators if name in indicators]
    filled = [item for item in named if any(map(has_value, item.values))]
    some = [item for item in filled if any(f.women is not None or f.men is not None for f in item.values)]
    both = [item for item in some if any(f.women is not None and f.men is not None for f in item.values)]
    return next(iter(both or some or filled), None)


def judged_figures(criteria: CriteriaSet, indicators: Mapping[str, Indicator]) -> tuple[JudgedFigure, ...]:
    """The leading figures of a set as they are now: what a review that is handed in now has been judged by."""
    return tuple(
        JudgedFigure(indicator.id, figure.area, figure.area_code, figure.period, meaning_of(indicator),
                     **{sex: getattr(figure, sex) for sex in SEXES})
        for indicator in leading_indicators(criteria, indicators)
        if (figure := leading_figure(indicator)) is not None
    )  # fmt: skip


def compare_figures(judged: Sequence[JudgedFigure], indicators: Mapping[str, Indicator]) -> Iterator[FigureChange]:
    """What has become of each figure, in their order."""
    for then in judged:
        yield _compare(then, indicators.get(then.indicator))


def _compare(then: JudgedFigure, indicator: Indicator | None) -> FigureChange:
    if indicator is None:
        return FigureChange(then, "missing")
    own = [figure for figure in indicator.values
           if figure.place == then.place and has_value(figure) and figure.period >= then.period]  # fmt: skip
    now = max(own, key=lambda figure: figure.period, default=None)
    if now is None:
        return FigureChange(then, "missing", indicator)
    if meaning_of(indicator) != then.meaning:
        return FigureChange(then, "other_meaning", indicator, now)
    if now.period == then.period:
        is_same = all(getattr(now, sex) == getattr(then, sex) for sex in SEXES)
        return FigureChange(then, "same" if is_same else "revised", indicator, now)
    begun = break_before(indicator, now.period)
    if begun is not None and begun > then.period:
        return FigureChange(then, "broken", indicator, now, broken_at=begun)
    way = None
    if then.women is not None and then.men is not None and now.women is not None and now.men is not None:
        way = gap_way(then.women - then.men, now.women - now.men)
    return FigureChange(then, "newer", indicator, now, way, verdict_of(indicator, then, now, way))


def verdict_of(indicator: Indicator, first: Figure | JudgedFigure, last: Figure, way: GapWay | None) -> Verdict | None:
    """What a change means, as far as the indicator says what is better; unclear where women and men went apart."""
    if indicator.better is None or way is None:
        return None
    if indicator.better == "equal":
        verdicts: dict[GapWay, Verdict] = {"narrower": "better", "wider": "worse"}
        return verdicts.get(way, "unclear")
    sign = 1 if indicator.better == "higher" else -1
    moves = {sign * move for sex in _BY_SEX if (move := _move(first, last, sex)) is not None}
    if not moves:
        return None
    if min(moves) >= 0 and max(moves) > 0:
        return "better"
    return "worse" if max(moves) <= 0 and min(moves) < 0 else "unclear"


_BY_SEX: tuple[Sex, ...] = ("women", "men")


def _move(first: Figure | JudgedFigure, last: Figure, sex: Sex) -> Fraction | None:
    before, after = getattr(first, sex), getattr(last, sex)
    return None if before is None or after is None else after - before
