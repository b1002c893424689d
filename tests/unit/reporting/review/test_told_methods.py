"""Every method of scoring in a report: what it is called, and a table from which the result can be redone."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from granskning.i18n import Translator
from granskning.model.decision import Override
from granskning.model.review import Answer, Review
from granskning.reporting.blocks.frame import Provenance
from granskning.reporting.criteria.set_method import make_set_method
from granskning.reporting.html.render import REVIEW, Renderer
from granskning.reporting.review.report import make_review_report
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.report_context import SetContext
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.score import score_review
from granskning.scoring.sensitivity import make_sensitivity
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.schema.modelling import criteria_set

if TYPE_CHECKING:
    from granskning.model.workspace import Workspace
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.criteria.annex_values import SetMethod
    from granskning.reporting.review.report_values import ReviewReport

EXAMPLE = Path(__file__).parents[1] / "exempel"
ORIGIN = Provenance(None, False, "3f2a" * 16, "99aa" * 16, "0.1.0", 2, "2026-11-23")  # noqa: FBT003  # not changed
LETTERS = [{"value": key, "label": key, "points": number} for number, key in enumerate("DCBA", start=1)]
NUMBERS = [{"value": value, "label": word} for value, word in enumerate(("None", "Some", "Most", "All"))]
SHIPPED = load_templates(EXAMPLE)
T = Translator("en")


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return open_workspace(EXAMPLE)[1].workspace


def _make(
    workspace: Workspace, scoring: dict[str, Any], targets: list[dict[str, Any]], answers: dict[str, Any], **more: Any
) -> ReviewReport:
    overrides = more.pop("overrides", ())
    values = {"id": "s", "version": "1.0.0", "title": "S", "language": "en", "scale": NUMBERS, "targets": targets,
              "scoring": {"targets": {"method": "none"}, **scoring}, **more}  # fmt: skip
    criteria = criteria_set(values, "criteria/s.yaml")
    strategy = workspace.strategies["exempelplan"]
    given = {name: _answer(name, value) for name, value in answers.items()}
    review = Review(
        strategy=strategy.id, edition=strategy.editions[0].id, criteria=criteria.reference, round="r", reviewer="x",
        kind="reviewer", status="draft", reading_depth="full_text", date=None, case_number=None, body=None,
        form="full", not_read=None, summary=None, answers=given, file="f", overrides=overrides,
    )  # fmt: skip
    plan = compile_criteria(criteria)
    made = make_review_report(
        review, strategy, criteria, score_review(review, plan), indicators={}, actions=(),
        settings=workspace.settings, t=T, provenance=ORIGIN, sensitivity=make_sensitivity(review, plan),
    )  # fmt: skip
    html = Renderer(SHIPPED).render(REVIEW, made, T)
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    return made


def _method(**values: Any) -> SetMethod:
    """What the annex of the set says of the method."""
    given = {"id": "s", "version": "1.0.0", "title": "S", "language": "en", "scale": NUMBERS, **values}
    given["scoring"] = {"criteria": {"method": "mean"}, "targets": {"method": "none"}, **values.get("scoring", {})}
    criteria = criteria_set(given, "criteria/s.yaml")
    return make_set_method(SetContext(criteria=criteria, words=Lexicon(T, criteria)))


def _answer(name: str, value: Any) -> Answer:
    states = ("open", "not_applicable", "insufficient_evidence")
    return Answer(name, value, reason="Because.") if value in states else Answer(name, "assessed", str(value))


def _target(name: str, *criteria: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "title": name.title(),
        "criteria": [{"id": one, "question": f"{one}?"} for one in criteria],
        **more,
    }


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text or (cell.mark.words if cell.mark else "") for cell in row] for row in grid.rows]


ONE = [_target("one", "a", "b", "c")]
ANSWERS = {"a": 1, "b": 3, "c": 2}


def test_a_mean_shows_points_weights_and_products(workspace: Workspace) -> None:
    (table,) = _make(workspace, {"criteria": {"method": "mean"}}, ONE, ANSWERS).method.sums
    assert [head.words for head in table.heads] == ["Question", "Answer", "Points", "Weight", "Product"]
    assert _texts(table)[1] == ["1.2", "All", "3", "1", "3"]
    assert table.foot == ("Sum", "6 / 3 = 2.0", "", "3", "6")


def test_a_sum_with_an_open_question_has_two_columns(workspace: Workspace) -> None:
    (table,) = _make(workspace, {"criteria": {"method": "sum"}}, ONE, {**ANSWERS, "c": "open"}).method.sums
    assert _texts(table)[2] == ["1.3", "Open", "0–3", "1", "0", "3"]
    assert table.foot == ("Sum", "from 4.0 to 7.0", "", "3", "4", "7")


def test_a_product_and_a_geometric_mean(workspace: Workspace) -> None:
    (table,) = _make(workspace, {"criteria": {"method": "product"}}, ONE, ANSWERS).method.sums
    assert table.foot == ("Product", "6.0", "", "3", "6")
    (table,) = _make(workspace, {"criteria": {"method": "geometric_mean"}}, ONE, ANSWERS).method.sums
    assert table.foot == ("Product", "6 to the power of 1/3 = 1.8", "", "3", "6")


def test_a_share_of_the_possible_leaves_out_what_does_not_apply(workspace: Workspace) -> None:
    scoring = {"criteria": {"method": "share_of_possible", "rounding": {"decimals": 0, "percent": True}}}
    (table,) = _make(workspace, scoring, ONE, {**ANSWERS, "c": "not_applicable"}).method.sums
    assert len(table.rows) == 2, "what counts for nothing stands in the note alone"
    assert table.after[0] == "Left out: 1.3 (not applicable)."
    assert table.after[0].startswith("Left out: 1.3")
    assert table.foot[1] == "4 / 6 = 67\N{NO-BREAK SPACE}%"


def test_a_share_satisfied_counts_weights(workspace: Workspace) -> None:
    scoring = {"criteria": {"method": "share_satisfied", "satisfied_at": 2}}
    (table,) = _make(workspace, scoring, ONE, ANSWERS).method.sums
    assert [row[-1] for row in _texts(table)] == ["0", "1", "1"]
    assert table.foot[1] == "2 / 3 = 0.7"


def test_the_weakest_is_pointed_out_and_its_step_up(workspace: Workspace) -> None:
    scoring = {"criteria": {"method": "weakest", "step_up": {"at_least": 1, "by": 1}}}
    (table,) = _make(workspace, scoring, ONE, ANSWERS).method.sums
    assert [(row[0], row[-1]) for row in _texts(table)] == [("1.1", "decides"), ("1.3", ""), ("1.2", "")]
    assert table.before == ("2 of 3 are above the weakest. The result is Most.",)


def test_the_middle_one_decides(workspace: Workspace) -> None:
    (table,) = _make(workspace, {"criteria": {"method": "median"}}, ONE, ANSWERS).method.sums
    assert [row[0] for row in _texts(table) if row[-1] == "decides"] == ["1.3"]


RULES = {
    "method": "rules",
    "scale": "grade",
    "rules": [
        {"when": {"count": {"below": 1}, "at_least": 1}, "gives": "D"},
        {"when": {"count": {"below": 2}, "at_least": 1}, "gives": "C"},
    ],
    "otherwise": "A",
}
GRADES = [{"id": "grade", "levels": LETTERS}]


def test_the_rule_that_decided_is_told(workspace: Workspace) -> None:
    made = _make(workspace, {"criteria": RULES}, ONE, ANSWERS, scales=GRADES)
    (table,) = made.method.sums
    assert table.before[-1] == "Rule 2 is the first that holds, so the result is “C”."
    assert [row[-1] for row in _texts(table)] == ["does not hold", "holds", ""]
    assert [row.result for row in made.results.map.rows] == ["C"]


def test_rules_that_are_not_settled_say_between_what(workspace: Workspace) -> None:
    (table,) = _make(workspace, {"criteria": RULES}, ONE, {**ANSWERS, "a": 3, "c": "open"}, scales=GRADES).method.sums
    assert table.before[-1] == "May decide: number 1, number 2 and otherwise."
    assert any(line.endswith("The result is from “D” to “A”.") for line in table.before)
    assert [row[-1] for row in _texts(table)] == ["holds at the lowest only", "holds at the lowest only", ""]


def test_the_highest_step_of_a_ladder_is_told(workspace: Workspace) -> None:
    steps = [
        {"gives": "C", "requires": {"part": "a", "at_least": 1}},
        {"gives": "B", "requires": {"part": "b", "is": 1}},
        {"gives": "A", "requires": {"part": "c", "at_least": 1}},
    ]
    scoring = {"criteria": {"method": "ladder", "scale": "grade", "steps": steps, "otherwise": "D"}}
    (table,) = _make(workspace, scoring, ONE, ANSWERS, scales=GRADES).method.sums
    assert table.before[-1] == "Step 1 is the highest that is reached, so the result is “C”."
    assert [row[-1] for row in _texts(table)] == ["holds", "does not hold", "not tried", ""]


NESTED = [
    {"id": "top", "title": "Top", "targets": [_target("left", "a", "b"), _target("right", "c")]},
    _target("two", "d"),
]


def test_targets_within_targets_are_numbered_and_nested(workspace: Workspace) -> None:
    made = _make(
        workspace, {"criteria": {"method": "mean"}, "targets": {"method": "mean"}}, NESTED, {**ANSWERS, "d": 0}
    )
    assert [(row.number, row.depth, row.result) for row in made.results.map.rows] == [
        ("1", 0, "2.0"), ("1.1", 1, "2.0"), ("1.2", 1, "2.0"), ("2", 0, "0.0"),
    ]  # fmt: skip
    assert [chapter.number for chapter in made.targets] == ["1", "1.1", "1.2", "2"]
    assert [question.number for question in made.targets[1].questions] == ["1.1.1", "1.1.2"]
    assert [part[2] for part in made.targets[0].parts] == ["2.0", "2.0"]
    assert made.method.sums[0].foot[1] == "4 / 2 = 2.0"
    assert made.method.sums[-1].caption == "The overall figure: weighted mean"
    assert made.method.sums[-1].foot[1] == "2 / 2 = 1.0"


def test_results_of_different_kinds_have_a_table_and_no_chart(workspace: Workspace) -> None:
    targets = [_target("one", "a"), _target("two", "b", scoring={"method": "share_of_possible"})]
    made = _make(workspace, {"criteria": {"method": "mean"}}, targets, {"a": 1, "b": 2})
    assert made.results.profile is None
    assert len(made.results.map.rows) == 2


def test_levels_that_are_words_have_an_axis_of_words(workspace: Workspace) -> None:
    made = _make(workspace, {"criteria": {"method": "weakest"}}, [*ONE, _target("two", "d")], {**ANSWERS, "d": "D"},
                 scale=[{"value": key, "label": key} for key in "DCBA"])  # fmt: skip
    assert made.results.profile is not None
    assert [tick.label for tick in made.results.profile.ticks] == ["D", "C", "B", "A"]


def test_an_answer_held_back_by_another_says_what_it_counts_as(workspace: Workspace) -> None:
    held = _target("one", "a", "b")
    held["criteria"][1]["prerequisites"] = [{"criterion": "a", "at_least": 2, "otherwise": 1}]
    made = _make(workspace, {"criteria": {"method": "mean"}}, [held], {"a": 1, "b": 3})
    (table,) = made.method.sums
    assert table.rows[1][1].text == "counts as Some"
    assert table.foot[1] == "2 / 2 = 1.0"
    assert _method(targets=[held]).prerequisites == (
        "As long as question 1.1 is below “2 Most”, question 1.2 counts as at most “1 Some”.",
    )


def test_numbers_on_a_range_are_told_with_their_unit(workspace: Workspace) -> None:
    targets = [_target("one", "a")]
    targets[0]["criteria"][0]["scale"] = "percent"
    scales = [{"id": "percent", "range": {"from": 0, "to": 100, "step": 0.5, "unit": "%"},
               "points": [{"at": 0, "gives": 0}, {"at": 50, "gives": 3}, {"at": 100, "gives": 4}]}]  # fmt: skip
    made = _make(workspace, {"criteria": {"method": "mean"}}, targets, {"a": "72.5"}, scales=scales)
    assert made.targets[0].questions[0].mark.words == "72.5\N{NO-BREAK SPACE}%"
    assert made.method.sums[0].foot[1] == "3.45 / 1 = 3.5"
    assert "steps of 0.5" in _method(scales=scales, targets=targets).scales[0].before[0]


def test_bands_say_where_they_end_and_what_they_take(workspace: Workspace) -> None:
    bands = [{"from": 0, "id": "low", "label": "Low"},
             {"above": 1, "id": "high", "label": "High", "requires": [{"part": "a", "at_least": 2}]}]  # fmt: skip
    scoring = {"criteria": {"method": "mean"}, "bands": bands}
    made = _make(workspace, scoring, ONE, ANSWERS)
    (held,) = _method(scoring=scoring, targets=ONE).bands
    assert [fact.value for fact in held.facts] == [
        "from 0.0 up to and including 1.0", "above 1.0; takes that question 1.1 is at least “2 Most”",
    ]  # fmt: skip
    note = made.method.sums[0].after[-1]
    assert note == "Band: Low. The number alone would give High, but that takes that question 1.1 is at least “2 Most”."


def test_what_was_decided_stands_beside_the_computed(workspace: Workspace) -> None:
    decided = (Override("one", "2.5", "The board saw more.", "board", "2026-11-23"),)
    made = _make(workspace, {"criteria": {"method": "mean"}}, ONE, ANSWERS, overrides=decided)
    (row,) = made.summary.decided
    assert (row.of, row.computed, row.decided) == ("1 One", "2.0", "2.5")
    assert row.who == "board, 23\N{NO-BREAK SPACE}November 2026"
    assert made.targets[0].decided == made.summary.decided


def test_what_would_change_the_verdict_is_told(workspace: Workspace) -> None:
    bands = [{"from": 0, "id": "low", "label": "Low"}, {"from": 2, "id": "high", "label": "High"}]
    made = _make(
        workspace, {"criteria": {"method": "mean"}, "targets": {"method": "mean"}, "bands": bands}, ONE, ANSWERS
    )
    line = made.method.sensitivity[0]
    assert line.startswith("Overall: a single answer is enough for Low (")
    assert "one of the questions 1.1 and 1.3" in line or "question 1.1 from 1 Some to 0 None" in line
    assert not any("higher" in line for line in made.method.sensitivity)


def test_a_question_without_weight_is_shown_and_not_counted(workspace: Workspace) -> None:
    targets = [_target("one", "a", "b")]
    targets[0]["criteria"][1]["weight"] = {"value": 0, "why": "Only asked."}
    (table,) = _make(workspace, {"criteria": {"method": "mean"}}, targets, ANSWERS).method.sums
    assert _texts(table)[1][1] == "weight 0, not counted"
    assert table.foot[1] == "1 / 1 = 1.0"


MEANS = {"criteria": {"method": "mean"}, "targets": {"method": "mean"}}
TWO = [_target("one", "a", "b"), _target("two", "c", "d")]


def test_plain_means_stand_on_a_line_each_and_can_be_redone(workspace: Workspace) -> None:
    method = _make(workspace, MEANS, TWO, {"a": 1, "b": 2, "c": 3, "d": "not_applicable"}).method
    assert method.means is not None
    assert method.other_sums == ()
    assert [row[1:] for row in _texts(method.means)] == [
        ["1.1:\N{NO-BREAK SPACE}1; 1.2:\N{NO-BREAK SPACE}2", "3 / 2 = 1.5", "1.5"],
        ["2.1:\N{NO-BREAK SPACE}3. Left out: 2.2 (not applicable).", "3 / 1 = 3", "3.0"],
        ["1:\N{NO-BREAK SPACE}1.5; 2:\N{NO-BREAK SPACE}3", "4.5 / 2 = 2.25", "2.3"],
    ]
    assert method.means.after == ("Each part weighs the same, and halves are rounded up.",)


def test_a_mean_that_is_not_plain_keeps_its_table(workspace: Workspace) -> None:
    """An open question leaves an interval, and weights that differ have products."""
    heavy = _target("three", "e", "f")
    heavy["criteria"][0]["weight"] = {"value": 2, "why": "It matters more."}
    answers = {"a": 1, "b": 2, "c": 3, "d": 1, "e": 3, "f": 0}
    method = _make(workspace, {**MEANS, "targets": {"method": "none"}}, [*TWO, heavy], answers).method
    assert [grid.caption for grid in method.other_sums] == ["3 Three: weighted mean"]
    assert len(method.sums) == 3
    method = _make(workspace, {**MEANS, "targets": {"method": "none"}}, TWO, {**answers, "d": "open"}).method
    assert method.means is None
    assert method.other_sums == method.sums
