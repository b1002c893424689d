"""The chart of results over rounds, the table with the same numbers, and why a line is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.charts.axis import height_of
from granskning.reporting.charts.chart_trend import Height, draw_trend
from granskning.reporting.differences.change_words import why_words
from granskning.scoring.comparable import differing_results
from granskning.scoring.compare import has_result, move_of
from granskning.scoring.results.card import TOTAL
from granskning.wordings import capital

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.reporting.charts.axis import End
    from granskning.reporting.charts.chart_trend import Trend
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.comparable import Difference
    from granskning.scoring.results.card import Score, Scorecard
    from granskning.scoring.results.explanation import SetOutline

_MOST_ROWS = 20
_MOST_BESIDE = 4
"""So many rounds have room side by side in the table."""
_LETTERS = 10
"""So long a result has room in the chart."""
_ENDS: tuple[End, ...] = ("value", "low", "high")


class ScoredMoment(Protocol):
    """A round, as far as results go."""

    @property
    def criteria(self) -> CriteriaSet:
        """The set it was scored with."""

    @property
    def outline(self) -> SetOutline:
        """The steps and scales of that set."""

    @property
    def card(self) -> Scorecard | None:
        """The results, if there are any."""


class TrendLine:
    """Results in a row in time, as the latest criteria set sees them."""

    def __init__(
        self,
        scored: Sequence[ScoredMoment],
        labels: Sequence[Sequence[str]],
        words: Lexicon,
        between: Callable[[int, str], tuple[Difference, ...]] | None = None,
    ) -> None:
        self.scored = scored
        self.labels = labels
        self.words = words
        self.t: Translator = words.t
        self._between = between or self._differences
        latest = scored[-1].criteria
        self.has_total = latest.scoring.targets.method != "none"
        every = [target.id for target in latest.all_targets]
        tops = [target.id for target in latest.targets]
        self.places = [*(every if len(every) <= _MOST_ROWS else tops), *([TOTAL] if self.has_total else [])]

    def score(self, at: int, place: str) -> Score | None:
        """A result; None where the set is another one, so that its targets only share their ids by chance."""
        one = self.scored[at]
        if one.card is None or one.criteria.id != self.scored[-1].criteria.id:
            return None
        if place == TOTAL:
            return one.card.total
        return next((target.score for target in one.card.targets if target.id == place), None)

    def differences(self, at: int, place: str) -> tuple[Difference, ...]:
        """Why a result can't be compared with the one before it."""
        return self._between(at, place)

    def title(self, place: str) -> str:
        """Number and title of a target, or the whole."""
        return self.t("Overall") if place == TOTAL else f"{self.words.numbers[place]} {self.words.title(place)}"

    def _differences(self, at: int, place: str) -> tuple[Difference, ...]:
        one, other = self.scored[at - 1], self.scored[at]
        return differing_results(one.criteria, other.criteria).get(place, ())

    def result_words(self, at: int, place: str) -> str:
        """A result as it is shown; a dash where there is none."""
        score = self.score(at, place)
        return "–" if score is None else self.words.result(score, place)


def make_trend(line: TrendLine, question: str) -> Trend | None:
    """The chart; None where no result has a height."""
    rows = []
    for place in line.places[:_MOST_ROWS]:
        heights = [_height(line, at, place) for at in range(len(line.scored))]
        if any(height.value is not None or height.low is not None for height in heights):
            rows.append((line.title(place), heights))
    if not rows or len(line.scored) < 2:  # noqa: PLR2004  # a line begins with two
        return None
    return draw_trend(question, tell_trend(line), line.labels, rows)


def _height(line: TrendLine, at: int, place: str) -> Height:
    score = line.score(at, place)
    outline = line.scored[at].outline
    joined = at == 0 or not line.differences(at, place)
    if score is None or place not in outline.steps or score.standing not in ("value", "interval"):
        return Height(None, None, None, None, "", joined)
    value, low, high = (height_of(score, place, outline, end) for end in _ENDS)
    so_far = height_of(score, place, outline, "so_far")
    shown = line.words.result(score, place)
    return Height(value, low, high, so_far, shown if len(shown) <= _LETTERS else "", joined)


def tell_trend(line: TrendLine) -> str:
    """What the chart says: from the first to the last result that can be compared, place by place."""
    t = line.t
    moved: dict[str, list[str]] = {"rose": [], "fell": []}
    broken = steady = 0
    last = len(line.scored) - 1
    for place in line.places[:_MOST_ROWS]:
        first = next((at for at in range(last, 0, -1) if line.differences(at, place)), 0)
        broken += first > 0
        before, after = line.score(first, place), line.score(last, place)
        is_there = first < last and has_result(before) and has_result(after)
        way = move_of(before, after, line.scored[last].outline.scale_of(place)) if is_there else "unclear"
        steady += way == "same"
        if way in moved:
            ends = [line.result_words(at, place) for at in (first, last)]
            words = t("{place} from {before} to {after}", place=line.title(place), before=ends[0], after=ends[1])
            moved[way].append(words)
    return tell_moved(moved["rose"], moved["fell"], steady, broken, t)


def tell_moved(rose: Sequence[str], fell: Sequence[str], steady: int, broken: int, t: Translator) -> str:
    """What rose and fell, how many results stayed, and how many lines are broken."""
    sentences = [
        t("Higher at the end than at the start: {places}.", places=t.series(rose)) if rose else "",
        t("Lower at the end than at the start: {places}.", places=t.series(fell)) if fell else "",
        t.plural("{count} result is unchanged.", "{count} results are unchanged.", steady) if steady else "",
        t.plural("{count} line is broken, since its results cannot be compared.",
                 "{count} lines are broken, since their results cannot be compared.", broken) if broken else "",
    ]  # fmt: skip
    told = " ".join(sentence for sentence in sentences if sentence) or t("No result can be said to have moved.")
    return f"{told} {t('The numbers stand in the table below.')}"


def make_trend_tables(line: TrendLine, caption: str) -> tuple[Grid, ...]:
    """The same results as tables, so many occasions side by side as there is room for, and why lines are broken."""
    t = line.t
    grids = []
    for start in range(0, len(line.scored), _MOST_BESIDE):
        ats = range(start, min(start + _MOST_BESIDE, len(line.scored)))
        heads = (Head(t("Target picture")), *(Head(", ".join(line.labels[at])) for at in ats))
        rows = tuple(
            (GridCell(line.title(place)), *(GridCell(_cell(line, at, place)) for at in ats)) for place in line.places
        )
        grids.append(Grid(caption, heads, rows, after=tuple(_breaks(line, ats))))
    return tuple(grids)


def _cell(line: TrendLine, at: int, place: str) -> str:
    score = line.score(at, place)
    if score is None:
        return "–"
    told = line.result_words(at, place)
    judged = line.words.assessed(score) if score.applicable else ""
    return line.t("{result} ({judged})", result=told, judged=judged) if judged else told


def _breaks(line: TrendLine, ats: range) -> list[str]:
    """Why results can't be compared with those before them, told once for all that share the reason."""
    t, told = line.t, []
    for at in ats:
        if at == 0:
            continue
        reasons: dict[tuple[Difference, ...], list[str]] = {}
        for place in line.places:
            if found := line.differences(at, place):
                reasons.setdefault(found, []).append(place)
        pair = {"before": line.labels[at - 1][0], "after": line.labels[at][0]}
        for found, places in reasons.items():
            why = why_words(found, t)
            if len(places) == len(line.places):
                told.append(t("{before} and {after} cannot be compared: {why}.", **pair, why=why))
            else:
                names = t.series([t("overall") if one == TOTAL else line.words.numbers[one] for one in places])
                told.append(capital(t("{places}: {before} and {after} cannot be compared: {why}.", **pair,
                                      places=names, why=why)))  # fmt: skip
    return told
