"""The chapter on what git remembers: a chart of results from moment to moment, and the same as tables.

The results are those that were given then, as plain values; a line is broken where the criteria became others.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.charts.chart_trend import Height, draw_trend
from granskning.reporting.over_time.over_time import MemoryText
from granskning.reporting.over_time.trends import tell_moved
from granskning.reporting.wording.uncounted import unassessed_reason
from granskning.scoring.results.card import TOTAL
from granskning.wordings import STANDINGS, STATUSES, label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.i18n import Translator
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.charts.chart_trend import Trend
    from granskning.reporting.over_time.trends import TrendLine
    from granskning.scoring.score_history import ScoreHistory
    from granskning.scoring.timeline import Brief, Moment, Outcome

_MOST_BESIDE = 4
"""So many target pictures have room side by side in a table."""
_MOST_ROWS = 20
_LETTERS = 10
"""So long a result has room in the chart."""
_SHORT = 8


def tell_memory(memory: ScoreHistory, line: TrendLine) -> MemoryText | None:
    """The chapter; None where git remembers nothing, or only one moment. `line` gives the places and their names.

    Where no result became another within its round there is nothing to draw: from round to round they stand already.
    """
    told = _Told(memory, line)
    if len(memory.moments) < 2:  # noqa: PLR2004  # a line begins with two
        return None
    if told.stands_still():
        return MemoryText(told.notes(), None, (told.moments(),))
    return MemoryText(told.notes(), told.trend(), (told.moments(), *told.results()))


class _Told:
    """One strategy's moments, told as the latest criteria set sees them."""

    def __init__(self, memory: ScoreHistory, line: TrendLine) -> None:
        self._memory = memory
        self._moments = memory.moments
        self._line = line
        self.t: Translator = line.t
        self._places = line.places[:_MOST_ROWS]
        self._set = line.scored[-1].criteria.id
        self._titles = {one.criteria.id: self.t.text(one.criteria.title) for one in line.scored}
        self._several = len({moment.round for moment in memory.moments if moment.round}) > 1

    def stands_still(self, *, within_rounds: bool = True) -> bool:
        """Whether every result is the same at all moments of a round, or at all moments."""
        results: defaultdict[tuple[str, str | None], set[Brief | None]] = defaultdict(set)
        for place in self._line.places:
            for moment in self._moments:
                results[place, moment.round if within_rounds else None].add(self._brief(moment, place))
        return all(len(briefs) == 1 for briefs in results.values())

    def notes(self) -> Paragraphs:
        """What a moment is, what has been left out, and where the line breaks."""
        t = self.t
        told = [
            t("Each moment is a version saved with git (a commit) at which something that is judged became another: a"
              " result, an answer, the status, the round, or what counts. It was scored with the criteria of that"
              " version, and the latest round that has been handed in speaks for the strategy."),
        ]  # fmt: skip
        if self.stands_still(within_rounds=False):
            told.append(t("No result became another."))
        elif self.stands_still():
            told.append(t("Within a round no result became another."))
        elif self._several:
            told.append(t("In the chart the round stands below the date."))
        if self._memory.earlier:
            told.append(t.plural("{count} earlier moment is left out.", "{count} earlier moments are left out.",
                                 self._memory.earlier))  # fmt: skip
        if any("begins_here" in moment.events for moment in self._moments):
            told.append(
                t(
                    "The history begins here: what is older is not in this copy of the repository. What stands first"
                    " may be of an earlier version."
                )
            )
        if any("uncommitted" in moment.events for moment in self._moments):
            told.append(t("What stands last has not been saved with git."))
        if broken := [self._when(other) for one, other in pairwise(self._scored()) if not _is_alike(one, other)]:
            told.append(t("The criteria became others at {moments}. What stands before that cannot be compared with"
                          " what stands after.", moments=t.series(broken)))  # fmt: skip
        return tuple(told)

    def trend(self) -> Trend | None:
        """The chart; None where no result has a height."""
        rows = []
        for place in self._places:
            heights = [self._height(at, place) for at in range(len(self._moments))]
            if any(height.value is not None or height.low is not None for height in heights):
                rows.append((self._line.title(place), heights))
        if not rows:
            return None
        question = self.t("How have the results moved, moment by moment?")
        return draw_trend(question, self._finding(), [self._label(moment) for moment in self._moments], rows)

    def moments(self) -> Grid:
        """The moments, with what is told of the whole."""
        t, total = self.t, self._line.has_total
        sets = len({moment.outcome.criteria[:2] for moment in self._moments if moment.outcome}) > 1
        heads = [Head(t("Date")), Head(t("Commit")), Head(t("Round")), Head(t("Status"))]
        heads += [Head(t("Criteria set"))] if sets else []
        heads += [Head(t("Judged"))]
        heads += [Head(t("Overall"))] if total else []
        heads += [Head(t("What became another"))]
        rows = []
        for at, one in enumerate(self._moments):
            brief = one.outcome.total if one.outcome else None
            cells = [self._date(one), self._commit(one), one.round or "–", self._status(one)]
            cells += [self._set_words(one)] if sets else []
            cells += [self._judged(brief) if brief else "–"]
            cells += [self._total(one)] if total else []
            cells += [self._became(at)]
            rows.append(tuple(GridCell(text) for text in cells))
        return Grid(t("The moments"), tuple(heads), tuple(rows))

    def _set_words(self, moment: Moment) -> str:
        """The set and version that a moment was scored with: by its title where any round still goes by that set."""
        if moment.outcome is None:
            return "–"
        name, version = moment.outcome.criteria[:2]
        return f"{self._titles.get(name, name)} {version}"

    def results(self) -> Iterator[Grid]:
        """The results of the targets, so many side by side as there is room for."""
        t = self.t
        places = [place for place in self._line.places if place != TOTAL]
        for start in range(0, len(places), _MOST_BESIDE):
            beside = places[start : start + _MOST_BESIDE]
            heads = (Head(t("Moment")), *(Head(self._line.title(place)) for place in beside))
            rows = tuple(
                (GridCell(self._when(moment)), *(GridCell(_in_words(self._brief(moment, place))) for place in beside))
                for moment in self._moments
            )
            yield Grid(t("The results of the target pictures, moment by moment"), heads, rows)

    # --- results ------------------------------------------------------------------------------------------------

    def _brief(self, moment: Moment, place: str) -> Brief | None:
        """A result; None where the set is another one, so that its targets only share their ids by chance."""
        if moment.outcome is None or moment.outcome.criteria[0] != self._set:
            return None
        return moment.outcome.total if place == TOTAL else dict(moment.outcome.targets).get(place)

    def _scored(self) -> list[Moment]:
        return [moment for moment in self._moments if moment.outcome is not None]

    def _height(self, at: int, place: str) -> Height:
        brief = self._brief(self._moments[at], place)
        joined = at == 0 or _is_alike(self._moments[at - 1], self._moments[at])
        if brief is None or brief.standing not in ("value", "interval") or brief.most <= brief.least:
            return Height(None, None, None, None, "", joined)
        low, high, so_far = (_part(one, brief) for one in (brief.low, brief.high, brief.so_far))
        shown = brief.shown if len(brief.shown) <= _LETTERS else ""
        return Height(low if brief.standing == "value" else None, low, high, so_far, shown, joined)

    def _finding(self) -> str:
        """What the chart says: from the first to the last result that can be compared, place by place."""
        moved: dict[str, list[str]] = {"rose": [], "fell": []}
        broken = steady = 0
        for place in self._places:
            held = [
                (moment.outcome, brief)
                for moment in self._moments
                if moment.outcome and (brief := self._brief(moment, place))
            ]
            alike = [brief for outcome, brief in held if outcome.criteria[3] == held[-1][0].criteria[3]]
            broken += len(alike) < len(held)
            way = _way(alike[0], alike[-1]) if len(alike) > 1 else "unclear"
            steady += way == "same"
            if way in moved:
                words = self.t("{place} from {before} to {after}", place=self._line.title(place),
                                before=alike[0].shown, after=alike[-1].shown)  # fmt: skip
                moved[way].append(words)
        return tell_moved(moved["rose"], moved["fell"], steady, broken, self.t)

    # --- words --------------------------------------------------------------------------------------------------

    def _label(self, moment: Moment) -> tuple[str, ...]:
        first = self.t("not saved") if "uncommitted" in moment.events else self._date(moment)
        return (first, moment.round or "–") if self._several else (first,)

    def _date(self, moment: Moment) -> str:
        """The day as the commit has it, in the time zone of whoever saved it."""
        if moment.date:
            return moment.date[:10]
        return "–" if "uncommitted" in moment.events else self.t("unknown")

    def _commit(self, moment: Moment) -> str:
        if "uncommitted" in moment.events:
            return self.t("not saved")
        return moment.commit[:_SHORT] if moment.commit else self.t("unknown")

    def _when(self, moment: Moment) -> str:
        """A moment by its date and commit."""
        return self._commit(moment) if moment.date is None else f"{self._date(moment)} ({self._commit(moment)})"

    def _became(self, at: int) -> str:
        """What of a moment is another than at the moment before; why there is no result, where there should be one."""
        t, one = self.t, self._moments[at]
        if one.unassessed:
            return self._unassessed(one)
        if at == 0:
            return "–"
        before = self._moments[at - 1]
        results = [None if each.outcome is None else each.outcome[:2] for each in (before, one)]
        kinds = (
            (t("the result"), results[0] != results[1]),
            (t("the status"), before.status != one.status),
            (t("the round"), before.round != one.round),
            (t("how many reviews count"), before.reviews != one.reviews),
            (t("the criteria"), None not in results and not _is_alike(before, one)),
        )
        return t.series([words for words, is_other in kinds if is_other]) or t("single answers")

    def _unassessed(self, moment: Moment) -> str:
        reason = (
            self.t("nothing is judged") if moment.reviews is None else unassessed_reason(len(moment.left_out), self.t)
        )
        return self.t("Cannot be assessed: {reason}.", reason=reason)

    def _total(self, moment: Moment) -> str:
        if moment.unassessed:
            return self.t(STANDINGS["cannot_be_assessed"])
        return _in_words(moment.outcome and moment.outcome.total)

    def _status(self, moment: Moment) -> str:
        if "deleted" in moment.events:
            return self.t("No review that can be read")
        return label(STATUSES, moment.status, self.t) if moment.status else "–"

    def _judged(self, brief: Brief) -> str:
        whole = self.t.whole
        return self.t("{assessed} of {applicable}", assessed=whole(brief.assessed), applicable=whole(brief.applicable))


def _is_alike(moment: Moment, other: Moment) -> bool:
    """Whether results can be compared: they rest on the same questions, weights and method of the same set."""
    return _ground(moment.outcome) == _ground(other.outcome)


def _ground(outcome: Outcome | None) -> tuple[str, str] | None:
    return None if outcome is None else (outcome.criteria[0], outcome.criteria[3])


def _in_words(brief: Brief | None) -> str:
    if brief is None:
        return "–"
    return ", ".join(part for part in (brief.shown, brief.band) if part) or "–"


def _part(number: float | None, brief: Brief) -> Fraction | None:
    """Where a result stands on its own scale, from 0 to 1."""
    if number is None:
        return None
    least, most = Fraction(brief.least), Fraction(brief.most)
    return min(max((Fraction(number) - least) / (most - least), Fraction(0)), Fraction(1))


def _way(before: Brief, after: Brief) -> Literal["rose", "fell", "same", "unclear"]:
    """Which way a result went: an interval has moved only when the whole of it lies above or below the other."""
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return "unclear"
    if after.low > before.high:
        return "rose"
    if after.high < before.low:
        return "fell"
    return "same" if before.low == before.high == after.low == after.high else "unclear"
