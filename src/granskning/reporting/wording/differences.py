"""Reviewers' answers made into one by how far apart they are: the rules in words, and how each question came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.method import number_of
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.entries import number_words
from granskning.reporting.wording.report_context import at_question
from granskning.scoring.results.explanation import UNSATISFIED
from granskning.wordings import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import Criterion
    from granskning.model.method import Scoring
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.results.explanation import JoinedAnswer

_GIVES = {
    "lowest": N_("the lowest"),
    "highest": N_("the highest"),
    "median": N_("the middle one"),
    "mean": N_("the mean of their points"),
    "open": STATES["open"],
}


def describe_differences(scoring: Scoring, t: Translator) -> Iterator[str]:
    """The rules, one sentence each, and what holds beyond them; nothing where the set has none."""
    for rule in scoring.difference_rules:
        if rule.at_most == 0:
            words = t("Where they are the same: {gives}.", gives=t(_GIVES[rule.gives]))
        else:
            words = t(
                "At most {distance} apart: {gives}.", distance=t.number(rule.at_most), gives=t(_GIVES[rule.gives])
            )
        why = t.text(rule.why) if rule.why else ""
        yield f"{words} {why}".strip()
    if scoring.difference_rules:
        yield t("Further apart: {gives}.", gives=t(_GIVES[scoring.difference_otherwise]))


def joined_grid(joined: Sequence[JoinedAnswer], words: Lexicon) -> Grid:
    """A row for each question: the reviewers' answers, how far apart they are, and what the rules make of that."""
    t = words.t
    criteria = {criterion.id: criterion for criterion in words.criteria.criteria}
    rows = tuple(
        (
            GridCell(words.numbers[entry.criterion], anchor=at_question(entry.criterion)),
            GridCell("; ".join(_given(entry, criteria[entry.criterion], words))),
            GridCell(_apart(entry, t)),
            GridCell(_result(entry, criteria[entry.criterion], words)),
        )
        for entry in joined
    )
    heads = (Head(t("Question")), Head(t("The reviewers' answers")), Head(t("Apart")), Head(t("Together")))
    return Grid(t("The reviewers' answers by how far apart they are"), heads, rows,
                after=tuple(describe_differences(words.criteria.scoring, t)))  # fmt: skip


def _given(entry: JoinedAnswer, criterion: Criterion, words: Lexicon) -> Iterator[str]:
    t = words.t
    for reviewer, state, key in entry.given:
        if key is not None:
            yield f"{reviewer} {_key_words(key, criterion, words)}"
        else:
            yield f"{reviewer} {t(STATES[state])}"


def _apart(entry: JoinedAnswer, t: Translator) -> str:
    if entry.apart is None:
        return "–"
    low, high = (t.number(end) for end in entry.apart)
    return low if low == high else t("{low} to {high}", low=low, high=high)


def _result(entry: JoinedAnswer, criterion: Criterion, words: Lexicon) -> str:
    """What it came to and by which rule; what it can come to, where that is not settled."""
    t = words.t
    if not entry.results:
        return t("left out")
    gives = t.series([t(_GIVES[name]) for name in entry.gives])
    if entry.gives == ("open",) or not entry.gives:
        return t("open: it can come to anything on the scale")
    details = [_key_words(key, criterion, words) for key in entry.results]
    if len(details) == 1:
        return t("{gives}: {result}", gives=gives, result=details[0])
    return t("{gives}: one of {results}", gives=gives, results=", ".join(details))


def _key_words(key: str, criterion: Criterion, words: Lexicon) -> str:
    """A level with its label, a mean as a number."""
    if key == UNSATISFIED:
        return words.t("below every level")
    level = next((level for level in words.criteria.scale_of(criterion).levels if level.key == key), None)
    if level is not None:
        return f"{key} {words.t.text(level.label)}".strip()
    number = number_of(key)
    return key if number is None else number_words(number, words.t)
