"""Sentences made from results never contradict them: whatever two reviews say, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from test_scoring_laws import sets, situations

from granskning.i18n import Translator
from granskning.reporting.differences.comparison_words import ComparisonWords, places_of
from granskning.reporting.over_time.comparison import result_grid, tell_levels, tell_results
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.scoring.compare import Comparison, compare_scorecards
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.score import score_review

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.card import Scorecard

LANGUAGES = {one: Translator(one) for one in ("sv", "en")}


@dataclass(frozen=True)
class _Judged:
    review: Review
    criteria: CriteriaSet
    plan: Plan
    card: Scorecard


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Two reviews on one set, or on two versions of it where a question was reworded."""
    criteria = draw(sets())
    later = criteria
    if draw(st.booleans()):
        target = criteria.targets[0]
        first = replace(target.criteria[0], question={"sv": "Annan"})
        changed = replace(target, criteria=(first, *target.criteria[1:]))
        later = replace(criteria, version="2.0.0", targets=(changed, *criteria.targets[1:]))
    sides = []
    for held in (criteria, later):
        review, plan = draw(situations(given_sets=st.just(held))).review, compile_criteria(held)
        sides.append(_Judged(review, held, plan, score_review(review, plan)))
    return compare_scorecards(*sides)


def _pair(comparison: Comparison, t: Translator) -> ComparisonWords:
    before, after = (Lexicon(t, one.criteria) for one in (comparison.before, comparison.after))
    return ComparisonWords(comparison, before, after)


def _count(words: str, text: str) -> int:
    found = re.search(rf"(\d+) {words}", text)
    return int(found[1]) if found else 0


@given(comparisons())
def test_counts_in_sentences_are_those_of_the_comparison(comparison: Comparison) -> None:
    rose, fell, same = (len(comparison.moved(way)) for way in ("rose", "fell", "same"))
    text = " ".join(tell_levels(_pair(comparison, LANGUAGES["en"])))
    assert (_count("(?:is|are) higher", text), _count("(?:is|are) lower", text)) == (rose, fell)
    assert _count("(?:is|are) unchanged", text) == same
    assert _count("questions? ha(?:s|ve) a level in both", text) == rose + fell + same
    unlike = sum(bool(one.differences) for one in comparison.answers)
    assert _count("questions? cannot be compared", text) == unlike


@given(comparisons())
def test_both_languages_tell_the_same_numbers(comparison: Comparison) -> None:
    told = [
        re.findall(r"\d+", " ".join(tell_levels(_pair(comparison, t)))) for t in LANGUAGES.values()
    ]  # fmt: skip
    assert told[0] == told[1]


@given(comparisons())
def test_one_is_one_and_many_are_many(comparison: Comparison) -> None:
    for language, t in LANGUAGES.items():
        pair = _pair(comparison, t)
        for sentence in (*tell_levels(pair), *tell_results(pair)):
            assert "{" not in sentence
            assert sentence.endswith(".")
            assert sentence[0].isupper() or sentence[0].isdigit()
            if language == "sv":
                assert not re.search(r"\b1 (frågor|oförändrade)\b", sentence), sentence
                assert not re.search(r"\b([2-9]|\d\d) (fråga|oförändrad)\b", sentence), sentence
                assert ", och" not in sentence
            else:
                assert not re.search(r"\b1 (questions|results|answers|are)\b", sentence), sentence
                assert not re.search(r"\b([2-9]|\d\d) (question|answer|is)\b", sentence), sentence


@given(comparisons())
def test_a_result_that_is_called_higher_is_higher(comparison: Comparison) -> None:
    pair = _pair(comparison, LANGUAGES["en"])
    grid = result_grid(pair, "a", "b")
    told = " ".join(tell_results(pair))
    for one, row in zip(places_of(comparison), grid.rows, strict=True):
        word = row[3].text
        if one.differences:
            assert word == "not comparable"
            continue
        if word == "higher":
            assert one.before is not None
            assert one.after is not None
            assert one.before.high is not None
            assert one.after.low is not None
            assert one.after.low > one.before.high
            assert pair.title(one.place) in told
        if word == "lower":
            assert one.before is not None
            assert one.after is not None
            assert one.before.low is not None
            assert one.after.high is not None
            assert one.after.high < one.before.low
        if word == "unchanged" and one.before is not None and one.after is not None:
            assert (one.before.low, one.before.high) == (one.after.low, one.after.high)


@given(comparisons())
def test_backwards_is_the_other_way(comparison: Comparison) -> None:
    back = compare_scorecards(comparison.after, comparison.before)
    ways = {"rose": "fell", "fell": "rose"}
    forth = {one.criterion: one.movement for one in comparison.answers}
    assert {one.criterion: ways.get(one.movement or "", one.movement) for one in back.answers} == forth
    results = {one.place: one.movement for one in comparison.targets}
    assert {one.place: ways.get(one.movement, one.movement) for one in back.targets} == results


@given(comparisons())
def test_a_review_beside_itself_has_not_changed(comparison: Comparison) -> None:
    same = compare_scorecards(comparison.after, comparison.after)
    assert same.changes == ()
    assert {one.movement for one in same.answers} <= {"same", None}
