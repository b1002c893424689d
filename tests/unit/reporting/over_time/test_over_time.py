"""The reports over several rounds, on the teaching example and on changes of it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.i18n import Translator
from granskning.reporting.html.render import CHANGE, STRATEGY, Renderer
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.reporting.over_time.over_time import StrategyReport
    from granskning.workspace.loaded import Loaded

ROOT = Path(__file__).parents[4]
NAME = "exempellan-transportplan"
SWEDISH, ENGLISH = Translator("sv"), Translator("en")


@pytest.fixture(scope="module")
def example() -> Loaded:
    return open_workspace(ROOT, [ROOT / "strategies" / NAME])[1]


def _times(loaded: Loaded, t: Translator = ENGLISH) -> TimeReporter:
    return TimeReporter(Reporter(ROOT, loaded, t))


def _with(loaded: Loaded, *reviews: Review, **sets: CriteriaSet) -> Loaded:
    criteria = {**loaded.workspace.criteria, **{one.reference: one for one in sets.values()}}
    return replace(loaded, workspace=replace(loaded.workspace, reviews=reviews, criteria=criteria))


def _joint(loaded: Loaded, round_: str) -> Review:
    return next(one for one in loaded.workspace.reviews if one.round == round_ and one.kind == "consensus")


def _cells(report: StrategyReport, row: int) -> list[str]:
    return [cell.text for cell in report.results[0].rows[row]]


def test_both_rounds_stand_beside_each_other(example: Loaded) -> None:
    made = _times(example).strategy(NAME)
    assert [row[0].text for row in made.rounds.rows] == ["2026-04", "2026-11"]
    assert [row[3].text for row in made.rounds.rows] == ["26 of 27", "27 of 27"]
    assert _cells(made, 0) == ["1 Knowledge", "1.2 (6 of 6)", "2.2 (6 of 6)"]
    assert made.trend is not None
    assert len(made.trend.rows) == 6, "what is not applicable throughout has no line"
    assert not made.trend.has_breaks
    assert "Knowledge from 1.2 to 2.2" in made.trend.finding


def test_the_summary_counts_what_the_tables_show(example: Loaded) -> None:
    made = _times(example).strategy(NAME)
    step = made.steps[0]
    rows = {grid.caption: len(grid.rows) for grid in step.grids}
    assert rows == {"Questions with a higher level than before": 21, "Questions with a lower level than before": 1}
    assert "21 are higher, 1 is lower and 4 are unchanged" in made.sentences[0]
    assert len(made.actions) == 8
    assert made.action_sentences[0].startswith("There are 8 actions: ")
    assert "1 action is late." in made.action_sentences


def test_in_swedish_too(example: Loaded) -> None:
    made = _times(example, SWEDISH).strategy(NAME)
    assert made.lead == (
        "I den senaste omgången, 2026-11 (Antagen, 21\N{NO-BREAK SPACE}oktober 2026), är 27 av 27 frågor bedömda."
        " Uppsättningen ger ingen samlad siffra."
    )
    assert made.sentences[0] == (
        "Sedan omgången 2026-04: 26 frågor har en nivå i båda: 21 är högre, 1 är lägre och 4 är oförändrade. 1 fråga"
        " som saknade nivå har nu fått en."
    )
    html = Renderer(load_templates(ROOT)).render(STRATEGY, made, SWEDISH)
    assert "[bara på" not in html


def test_one_round_alone_has_nothing_to_compare_with(example: Loaded) -> None:
    made = _times(_with(example, _joint(example, "2026-11"))).strategy(NAME)
    assert made.sentences == ("There is only one round so far, so there is nothing to compare with.",)
    assert (made.trend, made.steps) == (None, ())
    assert Renderer(load_templates(ROOT)).render(STRATEGY, made, ENGLISH)


def test_a_round_without_a_joint_review_is_not_compared_and_says_so(example: Loaded) -> None:
    others = [one for one in example.workspace.reviews if one.round == "2026-04" and one.kind == "reviewer"]
    made = _times(_with(example, *others, _joint(example, "2026-11"))).strategy(NAME)
    assert made.steps[0].sentences == ("The round 2026-04 has no joint review, so its questions are not compared.",)
    assert _cells(made, 0) == ["1 Knowledge", "–", "2.2 (6 of 6)"]


def _empty(loaded: Loaded, *rounds: str) -> Loaded:
    """The two joint reviews alone, without an answer in the rounds named, and without actions."""
    reviews = [_joint(loaded, name) for name in ("2026-04", "2026-11")]
    made = _with(loaded, *(replace(one, answers={}) if one.round in rounds else one for one in reviews))
    return replace(made, workspace=replace(made.workspace, actions={}))


def test_two_rounds_of_empty_reviews_are_told_of_nowhere(example: Loaded) -> None:
    times = _times(_empty(example, "2026-04", "2026-11"))
    assert (times.strategies, times.changes) == ((), ())


def test_actions_are_told_of_though_nothing_is_judged(example: Loaded) -> None:
    empty = _empty(example, "2026-04", "2026-11")
    times = _times(replace(empty, workspace=replace(empty.workspace, actions=example.workspace.actions)))
    assert (times.strategies, times.changes) == ((NAME,), ())
    made = times.strategy(NAME)
    nothing = "Nothing has been judged in the rounds 2026-04 and 2026-11, so there is nothing to compare."
    assert made.sentences == (nothing,)
    assert (made.trend, made.steps[0].sentences, made.steps[0].grids) == (None, (nothing,), ())
    assert "unchanged" not in Renderer(load_templates(ROOT)).render(STRATEGY, made, ENGLISH)


def test_a_round_without_answers_is_not_compared_with_one_that_has(example: Loaded) -> None:
    times = _times(_empty(example, "2026-11"))
    assert (times.strategies, times.changes) == ((NAME,), ())
    assert times.strategy(NAME).sentences == (
        "Nothing has been judged in the round 2026-11, so there is nothing to compare.",
    )


def test_results_that_are_not_there_are_not_called_unchanged(example: Loaded) -> None:
    times = _times(_empty(example, "2026-04", "2026-11"))
    before, after = (times.answering_for(NAME, name) for name in ("2026-04", "2026-11"))
    assert before is not None
    assert after is not None
    made = times.change(before, after)
    assert made.sentences == ("There is nothing to compare: no result is there both before and after.",)
    assert {row[3].text for row in made.results.rows} == {"nothing to compare"}


def _newer(example: Loaded, name: str, **fields: object) -> tuple[Review, CriteriaSet]:
    """The later joint review on a version of the set where one question is another."""
    later = _joint(example, "2026-11")
    criteria = example.workspace.criteria[later.criteria]
    targets = tuple(
        replace(target, criteria=tuple(replace(one, **fields) if one.id == name else one for one in target.criteria))  # type: ignore[arg-type]
        for target in criteria.targets
    )
    newer = replace(criteria, version="1.0.0", targets=targets)
    return replace(later, criteria=newer.reference), newer


def test_a_line_is_broken_where_the_criteria_changed_and_says_why(example: Loaded) -> None:
    name = example.workspace.criteria["jamstalld-tillvaxt@0.9.0"].targets[0].criteria[0].id
    later, newer = _newer(example, name, question={"sv": "En annan fråga?", "en": "Another question?"})
    times = _times(_with(example, _joint(example, "2026-04"), later, newer=newer))
    made = times.strategy(NAME)
    assert made.trend is not None
    assert [len(row.breaks) for row in made.trend.rows] == [1, 0, 0, 0, 0, 0]
    assert made.results[0].after == ("1: 2026-04 and 2026-11 cannot be compared: the result rests on other questions.",)
    assert "1 line is broken" in made.trend.finding
    assert "1 question cannot be compared, since it has changed in the criteria set." in made.steps[0].sentences
    change = times.change(*times.changes[0])
    unlike = next(group for group in change.groups if group.title == "Not comparable")
    assert [question.why for question in unlike.questions] == ["The question has other words."]
    assert [row[3].text for row in change.results.rows].count("not comparable") == 1


def test_a_predecessor_comes_first(example: Loaded) -> None:
    own = example.workspace.strategies[NAME]
    old = replace(own, id="gammal", title={"en": "The old plan", "sv": "Den gamla planen"}, file="strategies/x.yaml")
    new = replace(own, succeeds=("gammal",))
    earlier = replace(_joint(example, "2026-04"), strategy="gammal", date="2020-04-01", round="2020-04")
    loaded = _with(example, earlier, _joint(example, "2026-11"))
    workspace = replace(loaded.workspace, strategies={"gammal": replace(old, file=own.file), NAME: new})
    made = _times(replace(loaded, workspace=workspace)).strategy(NAME)
    assert [row[0].text for row in made.rounds.rows] == [
        "2020-04 (The old plan)",
        "2026-11 (County transport plan for Exempellän 2030–2041 (example))",
    ]
    assert [head.words for head in made.results[0].heads][1:] == ["2020-04, predecessor 1", "2026-11, this"]
    assert "succeeds The old plan." in made.steps[0].notes[0]
    assert any(fact.value == "The old plan" for fact in made.cover.facts)


def test_strategies_that_succeed_each_other_in_a_circle_end(example: Loaded) -> None:
    own = example.workspace.strategies[NAME]
    strategies = {"a": replace(own, id="a", succeeds=(NAME,)), NAME: replace(own, succeeds=("a",))}
    workspace = replace(example.workspace, strategies=strategies)
    assert [one.id for one in _times(replace(example, workspace=workspace)).predecessors(NAME)] == ["a"]


def test_every_question_is_told_exactly_once_in_a_change(example: Loaded) -> None:
    times = _times(example)
    pair = times.changes[0]
    made = times.change(*pair)
    changed = [question.number for group in made.groups for question in group.questions]
    same = [number for _, numbers in made.unchanged for number in numbers.split(", ")]
    assert len(changed) == len(set(changed))
    numbers = TimeReporter(Reporter(ROOT, example, ENGLISH))._lexicon(pair[1]).numbers  # noqa: SLF001
    assert sorted(changed + same) == sorted(numbers[criterion.id] for criterion in pair[1].criteria.criteria)
    assert [group.title for group in made.groups][:2] == ["Higher than before", "Lower than before"]
    assert len(made.groups[0].questions) == 21


def test_what_is_internal_is_in_no_report_over_time(example: Loaded) -> None:
    internal = "Hemlig anteckning"
    reviews = []
    for review in example.workspace.reviews:
        answers = {name: replace(one, note=internal) for name, one in review.answers.items()}
        reviews.append(replace(review, answers=answers))
    times = _times(_with(example, *reviews))
    renderer = Renderer(load_templates(ROOT))
    assert internal not in renderer.render(STRATEGY, times.strategy(NAME), ENGLISH)
    assert internal not in renderer.render(CHANGE, times.change(*times.changes[0]), ENGLISH)


def test_the_shift_chart_agrees_with_its_table(example: Loaded) -> None:
    times = _times(example)
    made = times.change(*times.changes[0])
    assert made.shift is not None
    shown = [row.shown for row in made.shift.rows if row.shown]
    told = [row[2].text for row in made.results.rows if row[2].text in shown]
    assert shown == told
    for row, line in zip(made.results.rows, made.shift.rows, strict=True):
        if row[3].text == "higher" and line.arrow:
            assert line.arrow[1] > line.arrow[0]
        if row[3].text == "lower" and line.arrow:
            assert line.arrow[1] < line.arrow[0]


def test_results_of_weights_that_changed_are_not_compared(example: Loaded) -> None:
    name = example.workspace.criteria["jamstalld-tillvaxt@0.9.0"].targets[0].criteria[0].id
    later, newer = _newer(example, name, weight=Fraction(9))
    times = _times(_with(example, _joint(example, "2026-04"), later, newer=newer))
    made = times.change(*times.changes[0])
    assert made.results.rows[0][3].text == "not comparable"
    assert made.results.after[0] == "1 Knowledge: The weights are others."
