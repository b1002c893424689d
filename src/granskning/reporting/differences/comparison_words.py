"""A comparison of two reviews in words: which answers and results differ, in what order, and what is said of each.

The one place where that is decided. Terminal, page and report lay it out in lines, lists and tables; the JSON has the
same items, untranslated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.i18n import N_
from granskning.reporting.blocks.badges import Mark
from granskning.reporting.differences.change_words import MOVED, cite_words, move_words, result_words, why_words
from granskning.reporting.wording.words import paragraphs
from granskning.scoring.results.card import TOTAL
from granskning.wordings import STATES

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.i18n import Translator
    from granskning.model.evidence import Evidence
    from granskning.model.review import Answer
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.compare import AnswerChange, Comparison, Movement, ScoreChange
    from granskning.scoring.results.card import Score

    Source = Callable[[Evidence, bool], str]
    """What the source of a piece of evidence is called; the flag says whether it is the later review's."""
    Cite = Callable[[Evidence, str, Translator], str]
    """How a piece of evidence is told, with its words or by its place alone."""

ChangeSort = Literal["rose", "fell", "state", "unlike", "alone", "texts"]
"""What a changed answer is, the most important first."""

SORTS: dict[ChangeSort, str] = {
    "rose": N_("Higher than before"),
    "fell": N_("Lower than before"),
    "state": N_("Judged in only one of them"),
    "unlike": N_("Not comparable"),
    "alone": N_("Put in only one of them"),
    "texts": N_("Same level, other words"),
}
PARTS = {
    "judgement": N_("Judgement"),
    "justification": N_("Justification"),
    "evidence": N_("Evidence"),
    "recommendation": N_("Recommendation"),
    "note": N_("Internal note"),
}
"""What the parts of an answer are called, wherever one is shown before and after."""

HEAD_PARTS = {
    "reading_depth": N_("Reading depth"),
    "not_read": N_("What was not read"),
    "summary": N_("Summary"),
    "status": N_("Status"),
}
"""What stands above the answers of a review and can be brought in from a workbook."""


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part of an answer that has other words: paragraphs, or a line for each piece of evidence."""

    kind: Literal["justification", "evidence", "recommendation"]
    label: str
    before: Paragraphs
    after: Paragraphs


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """One answer that differs."""

    change: AnswerChange
    sort: ChangeSort
    number: str
    question: str
    before: Mark
    after: Mark
    inline_before: str
    inline_after: str
    """The same inside a sentence: `2 Delvis`, `går inte att bedöma`."""
    moved: str
    """Which way; empty where there is no way."""
    why: str
    """Why the two can't be compared, as the end of a sentence; empty where they can."""


@dataclass(frozen=True, slots=True)
class ResultWords:
    """The result of a target, or of the whole, before and after."""

    change: ScoreChange
    number: str
    """Of the target in its set; empty for the whole."""
    title: str
    before: str
    after: str
    moved: str
    """Which way, that the two can't be compared, or that there is nothing to compare."""
    why: str


class ComparisonWords:
    """A comparison with the words of both its criteria sets."""

    def __init__(self, comparison: Comparison, before: Lexicon, after: Lexicon) -> None:
        self.comparison = comparison
        self.before = before
        self.after = after
        self.t = after.t

    # --- what differs -------------------------------------------------------------------------------------------

    def answers(self) -> tuple[AnswerWords, ...]:
        """Every answer that differs: what rose first, then what fell, and last what only has other words."""
        changed = [change for change in self.comparison.answers if change.changes]
        order = list(SORTS)
        return tuple(
            self._answer(change) for change in sorted(changed, key=lambda change: order.index(sort_of(change)))
        )

    def results(self) -> tuple[ResultWords, ...]:
        """Every result that is told, also those that are the same."""
        return tuple(
            ResultWords(
                change,
                self._names(change.place)[0],
                self._names(change.place)[1],
                self.result(change.before, change.place, later=False),
                self.result(change.after, change.place, later=True),
                move_words(change, self.t),
                why_words(change.differences, self.t) if change.differences else "",
            )
            for change in places_of(self.comparison)
        )

    def parts(self, change: AnswerChange, source: Source, cite: Cite = cite_words) -> tuple[PartChange, ...]:
        """The parts of an answer that have other words, where the question is put in both.

        `cite` says how a piece of evidence is told: with its words, or by its place alone.
        """
        kinds = {item.kind for item in change.changes}
        earlier, later = change.before, change.after
        if earlier is None or later is None:
            return ()
        every: tuple[tuple[Literal["justification", "evidence", "recommendation"], Paragraphs, Paragraphs], ...] = (
            ("justification", _reason(earlier), _reason(later)),
            ("evidence", self._cited(earlier, source, cite, later=False), self._cited(later, source, cite, later=True)),
            ("recommendation", paragraphs(earlier.recommendation), paragraphs(later.recommendation)),
        )
        return tuple(
            PartChange(kind, self.t(PARTS[kind]), before, after) for kind, before, after in every if kind in kinds
        )

    def _answer(self, change: AnswerChange) -> AnswerWords:
        t = self.t
        is_moved = change.movement in ("rose", "fell") and not change.differences
        return AnswerWords(
            change=change,
            sort=sort_of(change),
            number=self.number(change.criterion),
            question=self.question(change.criterion),
            before=self.mark(change.before, later=False),
            after=self.mark(change.after, later=True),
            inline_before=self._told(change.before, later=False),
            inline_after=self._told(change.after, later=True),
            moved=t(MOVED[change.movement]) if is_moved and change.movement else "",
            why=why_words(change.differences, t) if change.differences else "",
        )

    def _told(self, answer: Answer | None, *, later: bool) -> str:
        if answer is None or answer.state == "assessed":
            return self.mark(answer, later=later).level
        return self.t(STATES[answer.state])

    def _cited(self, answer: Answer, source: Source, cite: Cite, *, later: bool) -> Paragraphs:
        return tuple(cite(item, source(item, later), self.t) for item in answer.evidence)

    # --- what things are called ---------------------------------------------------------------------------------

    def number(self, criterion: str) -> str:
        """The number of a question, in the later version where that has it."""
        return self.after.numbers.get(criterion) or self.before.numbers[criterion]

    def question(self, criterion: str) -> str:
        """The words of a question, in the later version where that has it."""
        for words in (self.after, self.before):
            for asked in words.criteria.criteria:
                if asked.id == criterion:
                    return self.t.text(asked.question)
        raise KeyError(criterion)

    def mark(self, answer: Answer | None, *, later: bool) -> Mark:
        """How an answer is shown."""
        if answer is None:
            return Mark("none", 0, "", self.t("not asked"))
        words = self.after if later else self.before
        criterion = next(asked for asked in words.criteria.criteria if asked.id == answer.criterion)
        return words.mark(criterion, answer.state, answer.level)

    def title(self, place: str) -> str:
        """Number and title of a target, in the later version where that has it; the whole by its name."""
        return " ".join(part for part in self._names(place) if part)

    def _names(self, place: str) -> tuple[str, str]:
        if place == TOTAL:
            return "", self.t("Overall")
        words = self.after if place in self.after.numbers else self.before
        return words.numbers[place], words.title(place)

    def result(self, score: Score | None, place: str, *, later: bool) -> str:
        """A result as it is shown."""
        return result_words(score, place, self.after if later else self.before)


def sort_of(change: AnswerChange) -> ChangeSort:
    """What a changed answer is."""
    if change.before is None or change.after is None:
        return "alone"
    if change.differences:
        return "unlike"
    ways: dict[Movement | None, ChangeSort] = {"rose": "rose", "fell": "fell"}
    if change.movement in ways:
        return ways[change.movement]
    return "texts" if change.before.state == change.after.state else "state"


def places_of(comparison: Comparison) -> list[ScoreChange]:
    """The results that are told: those of the targets, and of the whole where either set has one."""
    total = comparison.total
    methods = {score.method for score in (total.before, total.after) if score is not None}
    return [*comparison.targets, *([] if methods == {"none"} else [total])]


def _reason(answer: Answer) -> Paragraphs:
    """The justification or, in the states that have a reason instead, that; an earlier round is no reason."""
    return paragraphs(answer.justification) or (paragraphs(answer.reason) if answer.state != "inherited" else ())
