"""The words for what the model says with keys: levels, states, statuses, reading depths; and numbers as shown."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.marks import Mark
from granskning.scoring.rounding import shown

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.model import CriteriaSet, State
    from granskning.reporting.marks import Paragraphs
    from granskning.scoring.card import Score
    from granskning.scoring.numbers import Number

STATES: dict[State, str] = {
    "not_applicable": N_("Not applicable"),
    "insufficient_evidence": N_("Cannot be assessed"),
    "open": N_("Open"),
    "inherited": N_("Carried over"),
    "empty": N_("Not answered"),
}
"""The states without a level, in the order they are told."""

STATE_MEANINGS: dict[State, str] = {
    "not_applicable": N_("The question is not put to this text. It is left out of the sum and is not a zero."),
    "insufficient_evidence": N_("The question was looked at, but what was at hand is not enough for a judgement."),
    "open": N_("The question has not been judged, and the reason is given."),
    "inherited": N_("The answer comes from an earlier round and has not been confirmed. It counts as open."),
    "empty": N_("Nobody has looked at the question yet."),
}

READ: dict[str, str] = {
    "full_text": N_("The whole text has been read."),
    "contents": N_("Only the table of contents has been read."),
    "web_summary": N_("Only a summary on the web has been read."),
    "press_release": N_("Only a press release has been read."),
    "not_read": N_("The text has not been read."),
}

READ_REQUIRED: dict[str, str] = {
    "full_text": N_("A verdict takes that the whole text has been read."),
    "contents": N_("A verdict takes that at least the table of contents has been read."),
    "web_summary": N_("A verdict takes that at least a summary on the web has been read."),
    "press_release": N_("A verdict takes that at least a press release has been read."),
    "not_read": "",
}

STAGES = {
    "draft": N_("Draft"),
    "consultation": N_("Consultation version"),
    "adopted": N_("Adopted"),
    "revised": N_("Revised"),
}

STATUSES = {
    "draft": N_("Draft"),
    "submitted": N_("Submitted, not approved"),
    "approved": N_("Approved"),
}

ACTION_STATUSES = {
    "proposed": N_("Proposed"),
    "accepted": N_("Accepted"),
    "partly": N_("Accepted in part"),
    "declined": N_("Declined"),
    "ongoing": N_("Under way"),
    "done": N_("Done"),
}

DECISIONS = {
    "accepts": N_("The owner accepts the action."),
    "partly": N_("The owner accepts the action in part."),
    "declines": N_("The owner declines the action."),
}

CHOICES = {
    "exclude": N_("A question that is not applicable is left out of both the sum and the number of questions."),
    "interval": N_(
        "A question that cannot be assessed, is open or is not answered does not become a zero. Instead the result is"
        " given from the lowest to the highest that the question could lead to."
    ),
}

METHODS = {
    "mean": N_("The result of a target picture is the weighted mean of its questions' levels."),
    "sum": N_("The result of a target picture is the sum of its questions' levels, each times its weight."),
    "weakest": N_("The result of a target picture is the level of its weakest question."),
    "none": N_("The questions of a target picture are not combined; the levels are told one by one."),
}

TOTALS = {
    "mean": N_("The overall figure is the weighted mean of the target pictures' results."),
    "sum": N_("The overall figure is the sum of the target pictures' results, each times its weight."),
    "weakest": N_("The overall figure is the result of the weakest target picture."),
    "none": N_(
        "There is no overall figure, on purpose: a mean over target pictures would let strength in one hide a lack"
        " in another. The result is a profile."
    ),
}

_TOP_STEP = 4
_PARAGRAPH = re.compile(r"(?<=[.!?:”)])[ \t]*\n")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9”\"])")


class Lexicon:
    """A translator that knows one criteria set: its levels, bands and rounding."""

    def __init__(self, t: Translator, criteria: CriteriaSet) -> None:
        self.t = t
        self.criteria = criteria
        self._bands = {band.id: t.text(band.label) for band in criteria.scoring.bands}
        last = max(1, len(criteria.scale) - 1)
        self._levels = {
            level.key: Mark(
                kind="missing" if level.means_missing else "level",
                step=round(_TOP_STEP * rank / last),
                sign=level.key,
                words=t.text(level.label),
            )
            for rank, level in enumerate(criteria.scale)
        }

    @property
    def levels(self) -> tuple[Mark, ...]:
        """The marks of the scale, lowest first."""
        return tuple(self._levels.values())

    def level(self, key: str) -> Mark:
        """The mark of a level."""
        return self._levels[key]

    def state(self, state: State) -> Mark:
        """The mark of a state without a level."""
        sign = "–" if state == "not_applicable" else ""
        return Mark(kind=state if state != "assessed" else "none", step=0, sign=sign, words=self.t(STATES[state]))

    def mark(self, state: State, level: str | None) -> Mark:
        """The mark of an answer."""
        if state == "assessed" and level is not None:
            return self._levels[level]
        return self.state(state)

    def value(self, value: Number) -> str:
        """A result at the set's rounding."""
        return shown(value, self.criteria.scoring.rounding, self.t.language)

    def result(self, score: Score) -> str:
        """A result in digits: a value, an interval, or what there is instead."""
        if score.standing == "not_applicable":
            return self.t("not applicable")
        if score.standing == "cannot_be_assessed":
            return self.t("cannot be assessed")
        if score.value is not None:
            return self.value(score.value)
        if score.low is not None and score.high is not None:
            return f"{self.value(score.low)}–{self.value(score.high)}"
        if score.low_outcome is not None and score.high_outcome is not None:
            low, high = self._levels[score.low_outcome].words, self._levels[score.high_outcome].words
            return low if low == high else f"{low}–{high}"
        return self.t("no figure")

    def band(self, score: Score) -> str:
        """The words for a result; two bands where it is not settled which; a dash where there is none."""
        if score.low_band is None or score.high_band is None:
            return "–"
        low, high = self._bands[score.low_band], self._bands[score.high_band]
        return low if low == high else self.t("{low} to {high}", low=low, high=high)

    def assessed(self, score: Score) -> str:
        """How many of the applicable questions have been judged: `5 of 6`."""
        return self.t(
            "{assessed} of {applicable}",
            assessed=self.t.whole(score.assessed),
            applicable=self.t.whole(score.applicable),
        )


def share(t: Translator, part: int, whole: int) -> str:
    """A share in whole per cent, cut off: 79.9 is never shown as 80."""
    return t.percent(Fraction(100 * part // whole, 100)) if whole else t.percent(Fraction(1))


def paragraphs(text: str | None) -> Paragraphs:
    """Prose as paragraphs.

    Between paragraphs the file has an empty line, which a folded block scalar turns into one line end. A line end
    inside a sentence is where a literal block was wrapped: a space.
    """
    if not text:
        return ()
    parts = re.split(r"\n\s*\n", text) if re.search(r"\n\s*\n", text.strip()) else _PARAGRAPH.split(text)
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def first_sentence(text: str | None, longest: int = 180) -> str:
    """How a text begins: its first sentence, or as much of it as there is room for."""
    whole = " ".join((text or "").split())
    sentence = _SENTENCE.split(whole, maxsplit=1)[0]
    if len(sentence) <= longest:
        return sentence
    return f"{sentence[:longest].rsplit(' ', 1)[0].rstrip(',;:')} …"


def small(words: str) -> str:
    """The words with a small first letter, for use inside a sentence."""
    return words[:1].lower() + words[1:]


def capital(words: str) -> str:
    """The words with a capital first letter."""
    return words[:1].upper() + words[1:]
