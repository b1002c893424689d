"""Two reviews beside each other in words: how many levels rose and fell, which results moved, what can't be compared.

Every number is counted from the comparison itself, so that the sentences agree with the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.differences.change_words import both_have_results
from granskning.reporting.differences.comparison_words import places_of
from granskning.wordings import capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.review import Answer
    from granskning.reporting.differences.comparison_words import ComparisonWords
    from granskning.scoring.compare import AnswerChange, Movement


def tell_levels(pair: ComparisonWords) -> tuple[str, ...]:
    """How the levels moved, what came and went, and what can't be compared."""
    t, comparison = pair.t, pair.comparison
    counts = {way: len(comparison.moved(way)) for way in ("rose", "fell", "same")}
    both = sum(counts.values())
    sentences = []
    if both:
        parts = [
            t.plural("{count} is higher", "{count} are higher", counts["rose"]) if counts["rose"] else "",
            t.plural("{count} is lower", "{count} are lower", counts["fell"]) if counts["fell"] else "",
            t.plural("{count} is unchanged", "{count} are unchanged", counts["same"]) if counts["same"] else "",
        ]
        told = t.series([part for part in parts if part])
        asked = t.plural("{count} question has a level in both", "{count} questions have a level in both", both)
        sentences.append(t("{asked}: {told}.", asked=asked, told=told))
    else:
        sentences.append(t("No question has a level in both that can be compared."))
    sentences += [sentence for sentence in _others(pair) if sentence]
    return tuple(sentences)


def _others(pair: ComparisonWords) -> list[str]:
    """What has no rise or fall: newly judged, no longer judged, carried over, changed, new and gone."""
    t, answers = pair.t, pair.comparison.answers
    kept = [one for one in answers if one.before is not None and one.after is not None]
    now = sum(_is_judged(one.after) and not _is_judged(one.before) for one in kept)
    before = sum(_is_judged(one.before) and not _is_judged(one.after) for one in kept)
    left = sum(one.inherited == "left" for one in answers)
    unlike = sum(bool(one.differences) for one in answers)
    added, removed = (sum(side(one) is None for one in answers) for side in (_earlier, _later))
    return [
        t.plural("{count} question now has a level that had none.", "{count} questions now have a level that had none.",
                 now) if now else "",
        t.plural("{count} question no longer has a level.", "{count} questions no longer have a level.",
                 before) if before else "",
        t.plural("{count} answer is carried over and not confirmed.",
                 "{count} answers are carried over and not confirmed.", left) if left else "",
        t.plural("{count} question cannot be compared, since it has changed in the criteria set.",
                 "{count} questions cannot be compared, since they have changed in the criteria set.",
                 unlike) if unlike else "",
        t.plural("{count} question is put only in the later review.", "{count} questions are put only in the later"
                 " review.", added) if added else "",
        t.plural("{count} question is put only in the earlier review.", "{count} questions are put only in the earlier"
                 " review.", removed) if removed else "",
    ]  # fmt: skip


def _is_judged(answer: Answer | None) -> bool:
    return answer is not None and answer.state == "assessed"


def _earlier(answer_change: AnswerChange) -> Answer | None:
    return answer_change.before


def _later(answer_change: AnswerChange) -> Answer | None:
    return answer_change.after


def tell_results(pair: ComparisonWords) -> tuple[str, ...]:
    """Which results are higher, lower and unchanged for certain, and how many nobody can tell of."""
    t = pair.t
    places = places_of(pair.comparison)
    sentences = []
    for way, message in (
        ("rose", t("Higher result: {places}.")),
        ("fell", t("Lower result: {places}.")),
    ):
        held = [pair.title(one.place) for one in places if one.movement == way]
        if held:
            sentences.append(message.format(places=t.series(held)))
    there = [one for one in places if both_have_results(one)]
    same = sum(one.movement == "same" for one in there)
    unclear = sum(one.movement == "unclear" and not one.differences for one in there)
    unlike = sum(bool(one.differences) for one in places)
    absent = sum(not one.differences for one in places) - sum(not one.differences for one in there)
    if absent and absent == len(places):
        return (t("There is nothing to compare: no result is there both before and after."),)
    if same:
        sentences.append(t.plural("{count} result is unchanged.", "{count} results are unchanged.", same))
    if unclear:
        sentences.append(
            t.plural(
                "Whether {count} result has moved cannot be said, since it is not settled.",
                "Whether {count} results have moved cannot be said, since they are not settled.",
                unclear,
            )
        )
    if unlike:
        sentences.append(t.plural("{count} result cannot be compared.", "{count} results cannot be compared.", unlike))
    if absent:
        sentences.append(
            t.plural("{count} result has nothing to be compared with.",
                     "{count} results have nothing to be compared with.", absent)
        )  # fmt: skip
    return tuple(sentences)


def result_grid(pair: ComparisonWords, before: str, after: str) -> Grid:
    """Every result before and after; where they can't be compared, why."""
    t = pair.t
    rows, reasons = [], []
    for result in pair.results():
        title = pair.title(result.change.place)
        cells = (title, result.before, result.after, result.moved)
        rows.append(tuple(GridCell(words) for words in cells))
        if result.why:
            reasons.append(t("{place}: {why}.", place=title, why=capital(result.why)))
    heads = (Head(t("Target picture")), Head(before), Head(after), Head(t("The later is")))
    return Grid(t("Results before and after"), heads, tuple(rows), after=tuple(dict.fromkeys(reasons)))


def moved_grid(pair: ComparisonWords, ways: Sequence[Movement], caption: str, before: str, after: str) -> Grid | None:
    """The questions whose level went those ways; None where there are none."""
    t = pair.t
    held = [one for one in pair.comparison.answers if one.movement in ways and not one.differences]
    if not held:
        return None
    rows = tuple(
        (
            GridCell(f"{pair.number(one.criterion)} {pair.question(one.criterion)}"),
            GridCell(mark=pair.mark(one.before, later=False)),
            GridCell(mark=pair.mark(one.after, later=True)),
        )
        for one in held
    )
    return Grid(caption, (Head(t("Question")), Head(before), Head(after)), rows)
