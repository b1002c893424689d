"""A comparison in the words of the field, as blocks that text and HTML show alike: headings, lines and tables.

What changed in a criteria set, in the words of the field.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.blocks.tables import Column, Table
from granskning.reporting.differences.change_words import apart_words, banded_result
from granskning.reporting.differences.comparison_words import ComparisonWords
from granskning.reporting.differences.diff_values import Block, DifferenceLine, Heading, plain
from granskning.reporting.differences.set_changes import LISTED
from granskning.reporting.differences.set_labels import PARTS, WHOLE
from granskning.reporting.differences.set_words import STEPS, SetWords
from granskning.reporting.differences.word_diff import DiffRun, word_diff
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.uncounted import code_reason, is_readable_yet_left_out, unassessed_line
from granskning.scoring.results.card import TOTAL
from granskning.wordings import DEPTHS, STANDINGS, STATUSES, tell_reviewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.evidence import Evidence
    from granskning.model.review import Review
    from granskning.reporting.differences.comparison_words import AnswerWords, PartChange
    from granskning.reporting.differences.diff_values import Differences, RoundsBeside, SetsBeside
    from granskning.reporting.differences.set_changes import SetChange
    from granskning.scoring.compare import Comparison, Judged
    from granskning.scoring.results.card import Score, Scorecard

_ARROW = "→"


def diff_blocks(
    differences: Differences, t: Translator, prose: Callable[[str, Review], str] | None = None
) -> list[Block]:
    """Everything, the most important first. `prose` gives the words of a review the language that they are in."""
    here = t("the folder as it is")
    return list(
        _Teller(
            t, differences.before.name or here, differences.after.name or here, differences.is_backwards, {}, prose
        ).tell(differences)
    )


@dataclass(slots=True)
class _Teller:
    t: Translator
    a: str
    b: str
    is_backwards: bool
    """Whether the first is the later: then nothing is new or gone, it stands in one of them only."""
    lexicons: dict[int, Lexicon]
    """By the identity of its set; filled as sets come."""
    prose: Callable[[str, Review], str] | None = None

    def tell(self, differences: Differences) -> Iterator[Block]:
        t, a, b = self.t, self.a, self.b
        if self.is_backwards:
            yield Heading(2, t("How {b} differs from {a}", a=a, b=b))
            yield DifferenceLine(0, plain(t("{a} is the later round. Higher means higher in the earlier one.", a=a)))
        else:
            yield Heading(2, t("What changed from {a} to {b}", a=a, b=b))
        yield DifferenceLine(0, plain(self._summary(differences)))
        for side, file, code in differences.broken:
            yield DifferenceLine(1, plain(self._uncounted(file, code, a if side == "before" else b)))
        for pair in differences.sets:
            yield from set_blocks(pair, t)
        for joint in differences.rounds:
            yield from self._round(joint)
        for held in differences.comparisons:
            yield from self._comparison(held)
        for scored in differences.added:
            yield Heading(3, self._name(scored))
            total = banded_result(scored.card.total, TOTAL, self._words(scored.criteria))
            words = t("Only in {side}. Result: {total}.", side=b, total=total) if self.is_backwards else \
                t("New review. Result: {total}.", total=total)  # fmt: skip
            yield DifferenceLine(0, plain(words))
        for scored in differences.removed:
            yield Heading(3, self._name(scored))
            yield DifferenceLine(
                0, plain(t("Only in {side}.", side=a) if self.is_backwards else t("The review is gone."))
            )

    def _uncounted(self, file: str, code: str, where: str) -> str:
        """That a file is not compared, and why."""
        t = self.t
        if is_readable_yet_left_out(code):
            return t("{file} is not counted in {where}, since {reason}, so it is not compared",
                     file=file, where=where, reason=code_reason(code, t))  # fmt: skip
        return t("{file} can't be read in {where} ({code}), so it is not compared", file=file, where=where, code=code)

    def _summary(self, differences: Differences) -> str:
        t = self.t
        moves = [answer.movement for held in differences.comparisons for answer in held.answers]
        count = [len(held) for held in (differences.comparisons, differences.added, differences.removed)]
        if self.is_backwards:
            words = (
                t.plural("{count} review differs", "{count} reviews differ", count[0]),
                t.plural("{count} review only in {side}", "{count} reviews only in {side}", count[1], side=self.b),
                t.plural("{count} review only in {side}", "{count} reviews only in {side}", count[2], side=self.a),
            )
        else:
            words = (
                t.plural("{count} review changed", "{count} reviews changed", count[0]),
                t.plural("{count} new review", "{count} new reviews", count[1]),
                t.plural("{count} review gone", "{count} reviews gone", count[2]),
            )
        counts = (
            *zip(words, count, strict=True),
            (t.plural("{count} answer higher", "{count} answers higher", moves.count("rose")), moves.count("rose")),
            (t.plural("{count} answer lower", "{count} answers lower", moves.count("fell")), moves.count("fell")),
            (
                t.plural("{count} criteria set changed", "{count} criteria sets changed", len(differences.sets)),
                len(differences.sets),
            ),
        )
        told = t.series([words for words, number in counts if number])
        return f"{told}." if told else t("Nothing that granskning reads has changed.")

    def _name(self, judged_review: Judged) -> str:
        review = judged_review.review
        return " · ".join((review.strategy, review.round, tell_reviewer(review.kind, review.reviewer, self.t)))

    # --- results ------------------------------------------------------------------------------------------------

    def _round(self, pair: RoundsBeside) -> Iterator[Block]:
        """The joint result of a round, where there is one before or after."""
        t = self.t
        both = (pair.before, pair.after)
        sides = [(side.joint.card, side.scored[0]) if side and side.joint.card else None for side in both]
        places = dict.fromkeys(target.id for side in sides[::-1] if side for target in side[0].targets)
        names = {
            target.id: t.text(target.title) for side in sides if side for target in side[1].criteria.all_targets
        } | {TOTAL: t("Overall")}
        reasons = [unassessed_line(side.joint, t) if side else "" for side in both]
        rows = []
        for place in (*places, TOTAL):
            without = [t(STANDINGS["cannot_be_assessed"]) if reason and place == TOTAL else "–" for reason in reasons]
            before, after = (
                words if side is None else banded_result(_score(side[0], place), place, self._words(side[1].criteria))
                for side, words in zip(sides, without, strict=True)
            )
            if before != after:
                rows.append((names[place], before, after))
        given = [reason for reason in dict.fromkeys(reasons) if reason]
        if rows or given:
            yield Heading(3, f"{pair.strategy} · {t('Joint result, round {round}', round=pair.round)}")
        if rows:
            yield self._table(rows)
        for reason in given:
            yield DifferenceLine(1, plain(reason))

    def _table(self, rows: Sequence[tuple[str, ...]]) -> Table:
        """Results before and after, and what that means where it is told."""
        t = self.t
        sides = (self.a, self.b) if self.is_backwards else (t("Before"), t("After"))
        headings = (t("Target"), *sides, t("What it means"))[: len(rows[0])]
        names = ("target", "before", "after", "meaning")
        columns = tuple(Column(name, heading) for name, heading in zip(names, headings, strict=False))
        return Table("", "", columns, rows=tuple(rows))

    def _scores(self, words: ComparisonWords) -> Iterator[Block]:
        t, comparison = self.t, words.comparison
        rows = []
        for result in words.results():
            before, after = (
                banded_result(score, result.change.place, own)
                for score, own in ((result.change.before, words.before), (result.change.after, words.after))
            )
            if before != after or result.change.movement in ("rose", "fell"):
                meaning = apart_words(result.why, t) if result.why else result.moved
                rows.append((result.title, before, after, meaning))
        if rows:
            yield self._table(rows)
        verdicts = [side.card.verdict.given for side in (comparison.before, comparison.after)]
        if verdicts[0] != verdicts[1]:
            said = t("A verdict can now be given.") if verdicts[1] else t("A verdict can no longer be given.")
            if self.is_backwards:
                said = t("A verdict can be given only in {side}.", side=self.b if verdicts[1] else self.a)
            yield DifferenceLine(1, plain(said))

    # --- answers ------------------------------------------------------------------------------------------------

    def _comparison(self, comparison: Comparison) -> Iterator[Block]:
        names = dict.fromkeys((self._name(comparison.before), self._name(comparison.after)))
        yield Heading(3, f" {_ARROW} ".join(names))
        yield from self._heads(comparison)
        words = ComparisonWords(
            comparison, self._words(comparison.before.criteria), self._words(comparison.after.criteria)
        )
        yield from self._scores(words)
        for answer in words.answers():
            yield self._answer(answer)
            for part in words.parts(answer.change, _source):
                yield from (self._spoken(line, comparison) for line in _part(part))

    def _spoken(self, line: DifferenceLine, comparison: Comparison) -> DifferenceLine:
        """What reviewers wrote, in their language; the first words of the line are ours."""
        if self.prose is None:
            return line
        before, after = comparison.before.review, comparison.after.review
        label, *runs = line.runs
        told = (run._replace(text=self.prose(run.text, before if run.kind == "removed" else after)) for run in runs)
        return replace(line, runs=(label, *told))

    def _heads(self, comparison: Comparison) -> Iterator[Block]:
        t, one, other = self.t, comparison.before.review, comparison.after.review
        pairs = (
            (t("Status"), t(STATUSES[one.status]), t(STATUSES[other.status])),
            (t("Edition"), one.edition, other.edition),
            (t("Criteria set"), one.criteria, other.criteria),
            (t("Reading depth"), t(DEPTHS[one.reading_depth]), t(DEPTHS[other.reading_depth])),
        )
        for name, before, after in pairs:
            if before != after:
                yield DifferenceLine(1, plain(f"{name}: {before} {_ARROW} {after}"))
        if one.overrides != other.overrides:
            decided = [", ".join(f"{x.of} {x.result}" for x in held.overrides) or "–" for held in (one, other)]
            yield DifferenceLine(1, plain(f"{t('Decided beside the computed')}: {decided[0]} {_ARROW} {decided[1]}"))

    def _answer(self, answer: AnswerWords) -> DifferenceLine:
        t, before, after = self.t, answer.inline_before, answer.inline_after
        is_new = answer.change.before is None
        if answer.sort == "alone" and self.is_backwards:
            side, given = (self.b, after) if is_new else (self.a, before)
            said = t("question only in {side}: {answer}", side=side, answer=given)
        elif answer.sort == "alone":
            words = t("new question: {answer}", answer=after), t("question gone: was {answer}", answer=before)
            said = words[0] if is_new else words[1]
        else:
            said = before if before == after else f"{before} {_ARROW} {after}"
            said += f", {answer.moved}" if answer.moved else ""
        if answer.why:
            said += f" ({apart_words(answer.why, t)})"
        runs = (DiffRun("same", f"{answer.question}: "), DiffRun("strong", said))
        return DifferenceLine(1, runs, code=answer.change.criterion)

    def _words(self, criteria: CriteriaSet) -> Lexicon:
        """What a set calls things; made once for each."""
        if id(criteria) not in self.lexicons:
            self.lexicons[id(criteria)] = Lexicon(self.t, criteria)
        return self.lexicons[id(criteria)]


def _score(card: Scorecard, place: str) -> Score | None:
    return card.total if place == TOTAL else next((one.score for one in card.targets if one.id == place), None)


def _source(evidence: Evidence, later: bool) -> str:  # noqa: ARG001, FBT001  # as a comparison asks for it
    return evidence.edition or evidence.address or ""


def _part(part: PartChange) -> Iterator[DifferenceLine]:
    """The words of a text that came and went; of evidence each piece that did."""
    label = DiffRun("same", f"{part.label}: ")
    if part.kind != "evidence":
        runs = word_diff(" ".join(part.before), " ".join(part.after))
        yield DifferenceLine(2, (label, *runs))
        return
    gone = [line for line in part.before if line not in part.after]
    new = [line for line in part.after if line not in part.before]
    for before, after in zip(gone, new, strict=False):
        yield DifferenceLine(2, (label, *word_diff(before, after)))
    for line in gone[len(new) :]:
        yield DifferenceLine(2, (label, DiffRun("removed", line)))
    for line in new[len(gone) :]:
        yield DifferenceLine(2, (label, DiffRun("added", line)))


_IDLE = N_("set in another way, with the same meaning")
_PLACES = frozenset((*STEPS, "reviewers"))
"""What stands for a place in the file where no id is: told in words."""


def set_blocks(pair: SetsBeside, t: Translator) -> Iterator[Block]:
    """One criteria set before and after."""
    held = pair.after or pair.before
    if held is None:
        return
    yield Heading(3, t("Criteria set {reference}", reference=held.reference))
    if pair.before is None:
        yield DifferenceLine(0, plain(t("New criteria set.")))
    elif pair.after is None:
        yield DifferenceLine(0, plain(t("The criteria set is gone.")))
    elif not pair.changes:
        yield DifferenceLine(0, plain(t("No differences.")))
    elif pair.before.reference == pair.after.reference:
        yield DifferenceLine(0, plain(t("Changed without a new version.")))
    if pair.before is None or pair.after is None:
        return
    before, after = SetWords(pair.before, t), SetWords(pair.after, t)
    for change in pair.changes:
        runs = _runs(change, before.tell(change, change.before), after.tell(change, change.after), t)
        yield DifferenceLine(1, tuple(runs), code="" if change.id in _PLACES else change.id)


def _runs(change: SetChange, before: str | None, after: str | None, t: Translator) -> Iterator[DiffRun]:
    key = (change.part, change.before is None)
    if key in WHOLE and (before is None or after is None):
        yield DiffRun("same", t(WHOLE[key], text=after or before))
        return
    label = t(PARTS[change.part], key=change.key)
    if change.id in STEPS:
        label = f"{t(STEPS[change.id])}: {label}"
    yield DiffRun("same", f"{label}: ")
    if before == after:  # what is listed is told whole; of a setting, its method does not look at what differs
        other = N_("other words in another language") if change.part in LISTED else _IDLE
        yield DiffRun("strong", t(other))
        return
    yield from word_diff(before, after)
