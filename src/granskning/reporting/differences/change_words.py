"""Words for a result before and after, for which way it went, and for why two results cannot be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.wording.words import place_words
from granskning.scoring.compare import has_result
from granskning.wordings import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from granskning.i18n import Translator
    from granskning.model.evidence import Evidence
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.comparable import Difference
    from granskning.scoring.compare import Movement, ScoreChange
    from granskning.scoring.results.card import Score

WHY: dict[Difference, str] = {
    "set": N_("the criteria set is another"),
    "question": N_("the question has other words"),
    "levels": N_("the levels take other things"),
    "scale": N_("the scale is another"),
    "questions": N_("the result rests on other questions"),
    "weights": N_("the weights are others"),
    "method": N_("the result is made in another way"),
    "target": N_("only one of the versions has the target picture"),
    "form": N_("only one of the reviews puts all questions"),
}

MOVED: dict[Movement, str] = {
    "rose": N_("higher"),
    "fell": N_("lower"),
    "same": N_("unchanged"),
    "unclear": N_("cannot be said"),
}


def why_words(differences: Iterable[Difference], t: Translator) -> str:
    """What keeps two things from being compared, as the end of a sentence."""
    return t.series([t(WHY[one]) for one in differences])


def apart_words(why: str, t: Translator) -> str:
    """That two things can't be compared, and why."""
    return t("not comparable: {why}", why=why)


def move_words(change: ScoreChange, t: Translator) -> str:
    """Which way a result went, that the two can't be compared, or that one of them is not there."""
    if change.differences:
        return t("not comparable")
    return t(MOVED[change.movement]) if both_have_results(change) else t("nothing to compare")


def both_have_results(change: ScoreChange) -> bool:
    """Whether there is a result before and after."""
    return has_result(change.before) and has_result(change.after)


def result_words(score: Score | None, place: str, lexicon: Lexicon) -> str:
    """A result as a difference shows it, wherever it is shown."""
    if score is None:
        return lexicon.t("not asked")
    return lexicon.t(STANDINGS["profile"]) if score.standing == "profile" else lexicon.result(score, place)


def banded_result(score: Score | None, place: str, lexicon: Lexicon) -> str:
    """The same with its band, where that says more."""
    figure = result_words(score, place, lexicon)
    if score is None or score.standing == "profile":
        return figure
    band = lexicon.band(score, place)
    return figure if band in ("–", figure) else f"{figure} ({band})"


def cite_place(evidence: Evidence, source: str, t: Translator) -> str:
    """Where a piece of evidence stands, without what it says."""
    return ", ".join(part for part in (source, *place_words(evidence, t)) if part) or t("the text as a whole")


def cite_words(evidence: Evidence, source: str, t: Translator) -> str:
    """A piece of evidence in a line: where it stands, and the quotation or paraphrase."""
    place = cite_place(evidence, source, t)
    quoted = " ".join((evidence.quote or "").split())
    said = t("“{words}”", words=quoted) if quoted else " ".join((evidence.paraphrase or "").split())
    return t("{where}: {words}", where=place, words=said) if said else place
