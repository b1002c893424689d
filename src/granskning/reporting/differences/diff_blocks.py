"""A comparison in the words of the field, as blocks that text and HTML show alike: headings, lines and tables.

What changed in a criteria set, in the words of the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.differences.change_words import MOVED, apart_words, move_words
from granskning.reporting.differences.diff_values import Block, DifferenceLine, DifferenceTable, Heading, plain
from granskning.reporting.differences.word_diff import DiffRun, word_diff
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.uncounted import code_reason, is_readable_yet_left_out, unassessed_line
from granskning.reporting.wording.words import place_words
from granskning.scoring.results.card import TOTAL
from granskning.wordings import DEPTHS, STANDINGS, STATES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.evidence import Evidence
    from granskning.model.review import Answer
    from granskning.reporting.differences.diff_values import Differences, RoundsBeside, SetsBeside
    from granskning.scoring.comparable import Part, SetChange
    from granskning.scoring.compare import AnswerChange, Comparison, Judged, ScoreChange
    from granskning.scoring.results.card import Scorecard

_ARROW = "→"


def diff_blocks(differences: Differences, t: Translator) -> list[Block]:
    """Everything, the most important first."""
    here = t("the folder as it is")
    return list(
        _Teller(t, differences.before.name or here, differences.after.name or here, differences.is_backwards, {}).tell(
            differences
        )
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
            total = self._result(scored.card, scored, TOTAL)
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
        return " · ".join(judged_review.review.identity)

    # --- results ------------------------------------------------------------------------------------------------

    def _round(self, pair: RoundsBeside) -> Iterator[Block]:
        """The joint result of a round, where there is one before or after."""
        t = self.t
        both = (pair.before, pair.after)
        held = [(one.joint.card, one.scored[0]) if one and one.joint.card else None for one in both]
        places = dict.fromkeys(one.id for side in held[::-1] if side for one in side[0].targets)
        names = {one.id: t.text(one.title) for side in held if side for one in side[1].criteria.all_targets}
        reasons = [unassessed_line(one.joint, t) if one else "" for one in both]
        rows = []
        for place in (*places, TOTAL):
            without = [t(STANDINGS["cannot_be_assessed"]) if reason and place == TOTAL else "–" for reason in reasons]
            before, after = (
                words if side is None else self._result(side[0], side[1], place)
                for side, words in zip(held, without, strict=True)
            )
            if before != after:
                rows.append((names[place] if place != TOTAL else t("Total"), before, after))
        told = [reason for reason in dict.fromkeys(reasons) if reason]
        if rows or told:
            yield Heading(3, f"{pair.strategy} · {t('Joint result, round {round}', round=pair.round)}")
        if rows:
            yield DifferenceTable((t("Target"), *self._heads_beside()), tuple(rows))
        for reason in told:
            yield DifferenceLine(1, plain(reason))

    def _heads_beside(self) -> tuple[str, str]:
        """What the columns of the two sides are called."""
        return (self.a, self.b) if self.is_backwards else (self.t("Before"), self.t("After"))

    def _result(self, card: Scorecard, judged_review: Judged, place: str) -> str:
        lexicon = self._words(judged_review.criteria)
        score = card.total if place == TOTAL else next((one.score for one in card.targets if one.id == place), None)
        if score is None:
            return "–"
        if score.standing == "profile":
            return self.t(STANDINGS["profile"])
        band = lexicon.band(score, place)
        figure = lexicon.result(score, place)
        return figure if band in ("–", figure) else f"{figure} ({band})"

    def _scores(self, comparison: Comparison) -> Iterator[Block]:
        t = self.t
        names = {
            one.id: t.text(one.title)
            for one in (*comparison.before.criteria.all_targets, *comparison.after.criteria.all_targets)
        }
        rows = []
        for change in (*comparison.targets, comparison.total):
            before, after = (self._result(one.card, one, change.place) for one in (comparison.before, comparison.after))
            if before != after or change.movement in ("rose", "fell"):
                title = names[change.place] if change.place != TOTAL else t("Total")
                rows.append((title, before, after, self._movement(change)))
        if rows:
            yield DifferenceTable((t("Target"), *self._heads_beside(), t("What it means")), tuple(rows))
        verdicts = [one.card.verdict.given for one in (comparison.before, comparison.after)]
        if verdicts[0] != verdicts[1]:
            words = t("A verdict can now be given.") if verdicts[1] else t("A verdict can no longer be given.")
            if self.is_backwards:
                words = t("A verdict can be given only in {side}.", side=self.b if verdicts[1] else self.a)
            yield DifferenceLine(1, plain(words))

    def _movement(self, change: ScoreChange) -> str:
        if change.differences:
            return apart_words(change.differences, self.t)
        return move_words(change, self.t)

    # --- answers ------------------------------------------------------------------------------------------------

    def _comparison(self, comparison: Comparison) -> Iterator[Block]:
        one, other = comparison.before, comparison.after
        names = dict.fromkeys((self._name(one), self._name(other)))
        yield Heading(3, f" {_ARROW} ".join(names))
        yield from self._heads(comparison)
        yield from self._scores(comparison)
        order = {"rose": 0, "fell": 1}
        changed = [answer for answer in comparison.answers if answer.changes]
        for answer in sorted(changed, key=lambda answer: order.get(answer.movement or "", 2)):
            yield from self._answer(answer, comparison)

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

    def _answer(self, answer: AnswerChange, comparison: Comparison) -> Iterator[Block]:
        t = self.t
        kinds = {change.kind for change in answer.changes}
        before, after = (self._told(answer.criterion, given, side) for given, side in (
            (answer.before, comparison.before), (answer.after, comparison.after)))  # fmt: skip
        if self.is_backwards and kinds & {"added", "removed"}:
            side, words = (self.b, after) if "added" in kinds else (self.a, before)
            told = t("question only in {side}: {answer}", side=side, answer=words)
        elif "added" in kinds or "removed" in kinds:
            told = (
                t("new question: {answer}", answer=after)
                if "added" in kinds
                else t("question gone: was {answer}", answer=before)
            )
        elif before != after:
            told = f"{before} {_ARROW} {after}"
            if answer.movement in ("rose", "fell"):
                told += f", {t(MOVED[answer.movement])}"
        else:
            told = before
        if answer.differences:
            told += f" ({apart_words(answer.differences, t)})"
        yield DifferenceLine(
            1,
            (DiffRun("same", f"{self._question(answer.criterion, comparison)}: "), DiffRun("strong", told)),
            code=answer.criterion,
        )
        if answer.before is None or answer.after is None:
            return
        yield from self._texts(answer.before, answer.after, kinds)

    def _texts(self, before: Answer, after: Answer, kinds: Collection[str]) -> Iterator[Block]:
        t = self.t
        if "justification" in kinds:
            pair = [one.justification or (one.reason if one.state != "inherited" else None) for one in (before, after)]
            yield DifferenceLine(2, (DiffRun("same", f"{t('Justification')}: "), *word_diff(*pair)))
        if "evidence" in kinds:
            yield from self._evidence(before.evidence, after.evidence)
        if "recommendation" in kinds:
            runs = word_diff(before.recommendation, after.recommendation)
            yield DifferenceLine(2, (DiffRun("same", f"{t('Recommendation')}: "), *runs))

    def _evidence(self, before: Sequence[Evidence], after: Sequence[Evidence]) -> Iterator[Block]:
        gone = [self._cite(one) for one in before if one not in after]
        new = [self._cite(one) for one in after if one not in before]
        word = f"{self.t('Evidence')}: "
        for one, other in zip(gone, new, strict=False):
            yield DifferenceLine(2, (DiffRun("same", word), *word_diff(one, other)))
        for one in gone[len(new) :]:
            yield DifferenceLine(2, (DiffRun("same", word), DiffRun("removed", one)))
        for one in new[len(gone) :]:
            yield DifferenceLine(2, (DiffRun("same", word), DiffRun("added", one)))

    def _cite(self, evidence_item: Evidence) -> str:
        t = self.t
        place = ", ".join(
            part for part in (evidence_item.edition or evidence_item.address, *place_words(evidence_item, t)) if part
        )
        said = (
            t("“{words}”", words=" ".join(evidence_item.quote.split()))
            if evidence_item.quote
            else " ".join((evidence_item.paraphrase or "").split())
        )
        return f"{place}: {said}" if said else place

    def _told(self, criterion: str, given: Answer | None, judged_review: Judged) -> str:
        """An answer in words: `2 Delvis`, or the name of its state."""
        if given is None:
            return "–"
        if given.state != "assessed":
            return self.t(STATES[given.state])
        found = next((one for one in judged_review.criteria.criteria if one.id == criterion), None)
        if found is None or given.level is None:
            return given.level or "–"
        mark = self._words(judged_review.criteria).mark(found, "assessed", given.level)
        return mark.level

    def _words(self, criteria: CriteriaSet) -> Lexicon:
        """What a set calls things; made once for each."""
        if id(criteria) not in self.lexicons:
            self.lexicons[id(criteria)] = Lexicon(self.t, criteria)
        return self.lexicons[id(criteria)]

    def _question(self, criterion: str, comparison: Comparison) -> str:
        for side in (comparison.after, comparison.before):
            for one in side.criteria.criteria:
                if one.id == criterion:
                    return self.t.text(one.question)
        return criterion


_PARTS: dict[Part, str] = {
    "set": N_("Another set"),
    "version": N_("Version"),
    "title": N_("Title"),
    "scale": N_("Scale"),
    "picture": N_("Target picture"),
    "question": N_("Question"),
    "why": N_("Why it is asked"),
    "level": N_("Level {key}"),
    "weight": N_("Weight"),
    "requires": N_("What is required"),
    "not_applicable": N_("What not applicable means"),
    "applies_to": N_("Areas"),
    "gate": N_("Gate"),
    "method": N_("Method"),
    "bands": N_("Bands"),
    "rounding": N_("Rounding"),
    "verdict": N_("Demands for a verdict"),
    "scoring": N_("From reviewers to round"),
}
_WHOLE = {
    ("criterion", True): N_("New question: {text}"),
    ("criterion", False): N_("Retired question: {text}"),
    ("target", True): N_("New target picture: {text}"),
    ("target", False): N_("Retired target picture: {text}"),
    ("gate", True): N_("New gate: {text}"),
    ("gate", False): N_("Retired gate: {text}"),
}


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
    elif pair.before.version == pair.after.version:
        yield DifferenceLine(0, plain(t("Changed without a new version.")))
    for change in pair.changes:
        yield DifferenceLine(1, tuple(_runs(change, t)), code=change.id)


def _runs(change: SetChange, t: Translator) -> Iterator[DiffRun]:
    key = (change.part, change.before is None)
    if key in _WHOLE and (change.before is None or change.after is None):
        yield DiffRun("same", t(_WHOLE[key], text=change.after or change.before))
        return
    yield DiffRun("same", f"{t(_PARTS[change.part], key=change.key)}: ")
    yield from word_diff(change.before, change.after)
