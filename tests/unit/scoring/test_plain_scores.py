"""Results as the JSON that `score` writes: every key there, null where it has no meaning."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from small_sets import card, make, question, review, target

from granskning.model.decision import Override
from granskning.model.review import LeftOut
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.figures import make_figures
from granskning.scoring.overrides import name_overrides
from granskning.scoring.plain import plain_card, plain_review, plain_round, plain_score, plain_strategy
from granskning.scoring.plain_figures import plain_figures
from granskning.scoring.reliability.agreement import compare_reviews
from granskning.scoring.results.card import SCORING_VERSION
from granskning.scoring.rounds import score_round
from granskning.scoring.score import score_review

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.scoring.reliability.agreement import Agreement

BANDS = "bands: [{from: 0, id: low, label: L}, {from: 2, id: high, label: H}]"
GATE = "gates: [{id: g, when: {criterion: a, below: 1}, cap: {target: t, at: 1}}]"
DEMANDS = "verdict: {requires: {coverage: 80 %, reading_depth: full_text}}"


def weighted() -> CriteriaSet:
    asked = [question("a", weight=2), question("b"), question("c")]
    scoring = f"criteria: {{method: mean, {BANDS}}}\ntargets: {{method: weakest}}\n{GATE}\n{DEMANDS}"
    return make(scoring, [target("t", asked)])


def compared(*reviews: Review) -> Agreement:
    """How reviewers agree on levels from 0 up."""
    return compare_reviews(reviews, ("a", "b", "c"), lambda _, level: int(level))


class Words:
    """A set's own words, so that it is seen which were asked for."""

    def result(self, score: Any, place: str) -> str:
        return f"result of {place or 'all'}: {score.low_outcome}"

    def outcome(self, key: str, score: Any, place: str) -> str:
        return f"{key} of {place or 'all'} by {score.method}"

    def title(self, place: str) -> str:
        return f"title of {place}"

    def role(self, name: str) -> str:
        return f"role {name}"

    def question(self, criterion: str) -> str:
        return f"question {criterion}"

    def answer(self, criterion: str, level: str) -> str:
        return f"{level} to {criterion}"


def test_a_card_that_is_not_settled() -> None:
    open_result: dict[str, Any] = {
        "standing": "interval", "value": None, "exact": None, "shown": "2,0–3,0", "low": 2.0, "high": 3.0,
        "low_exact": "2", "high_exact": "3", "so_far": 3.0, "bounds": "exact", "outcome": None, "low_outcome": None,
        "high_outcome": None, "so_far_outcome": None, "outcome_label": None, "low_outcome_label": None,
        "high_outcome_label": None, "rule": None, "rules": [],
        "counts": {"0": 0, "1": 0, "2": 0, "3": 1, "not_applicable": 1, "empty": 0, "inherited": 0,
                   "insufficient_evidence": 0, "open": 1},
        "assessed": 1, "applicable": 2, "asked": 3,
    }  # fmt: skip
    bands = ("band", "low_band", "high_band")
    in_band = {**dict.fromkeys(bands, "high"), **{f"{key}_label": "H" for key in bands}}
    in_none = {key: None for name in bands for key in (name, f"{name}_label")}
    own: dict[str, Any] = {"question": None, "target": "t", "level_label": None, "counted_label": None}
    own |= {"lacks_evidence": None, "level": None, "counted": None, "points": None}
    assert plain_card(card(weighted(), a=3, b="?", c="n/a"), "sv") == {
        "total": {"method": "weakest", **open_result, **in_none},
        "targets": [{"id": "t", "title": None, "parent": None, "weight": "1", "counted": None, "method": "mean",
                     **open_result, **in_band}],
        "criteria_results": [
            {**own, "id": "a", "state": "assessed", "level": "3", "counted": "3", "points": "3", "weight": "2"},
            {**own, "id": "b", "state": "open", "weight": "1"},
            {**own, "id": "c", "state": "not_applicable", "weight": "1"},
        ],
        "gates": [{"id": "g", "criterion": "a", "target": "t", "cap": "1", "standing": "met", "changed": False}],
        "verdict": {"given": False, "missing": ["coverage"], "coverage": "1/2", "coverage_required": "4/5",
                    "reading_depth": "full_text", "reading_depth_required": "full_text"},
    }  # fmt: skip


def test_a_result_that_is_settled_has_its_exact_fraction_and_the_gate_that_changed_it() -> None:
    told = plain_card(card(weighted(), a=0, b=3, c=2), "en")
    score = told["targets"][0]
    assert [score[key] for key in ("standing", "value", "exact", "shown", "low", "high", "so_far", "band")] == [
        "value", 1.0, "1", "1.0", 1.0, 1.0, 1.0, "low",
    ]  # fmt: skip
    assert told["gates"][0]["standing"] == "not_met"
    assert told["gates"][0]["changed"] is True
    third = plain_score(card(weighted(), a=1, b=0, c=3).targets[0].score, "en")
    assert (third["exact"], third["value"], third["shown"]) == ("5/4", 1.25, "1.3")


def test_levels_are_told_with_what_the_set_calls_them() -> None:
    made = make("criteria: {method: weakest}\ntargets: {method: weakest}", levels=("D", "C", "B"))
    told = plain_card(card(made, a="C", b="?", c="B"), "en", Words())
    target_told = told["targets"][0]
    keys = ("title", "shown", "outcome_label", "low_outcome_label", "high_outcome_label")
    assert [target_told[key] for key in keys] == [
        "title of t",
        "result of t: D",
        None,
        "D of t by weakest",
        "C of t by weakest",
    ]
    assert told["total"]["shown"] == "result of all: D"
    assert [(each["question"], each["level_label"], each["counted_label"]) for each in told["criteria_results"]] == [
        ("question a", "C to a", "C to a"),
        ("question b", None, None),
        ("question c", "B to c", "B to c"),
    ]
    settled = plain_card(card(made, a="C", b="C", c="B"), "en", Words())["targets"][0]
    assert [settled[key] for key in keys] == ["title of t", "result of t: C", *["C of t by weakest"] * 3]


def test_the_rules_that_may_decide_are_counted_from_1() -> None:
    rules = "[{when: {criterion: a, at_least: 2}, gives: 3}, {when: {criterion: b, at_least: 2}, gives: 2}]"
    made = make(f"criteria: {{method: rules, rules: {rules}, otherwise: 0}}")

    def told(**answers: Any) -> tuple[Any, Any]:
        score = plain_score(card(made, **answers).targets[0].score, "en")
        return score["rule"], score["rules"]

    assert told(a=3, b=0, c=0) == (1, [1])
    assert told(a=1, b="?", c=0) == (None, [2, None])
    assert told(a=1, b=1, c=0) == (None, [None])


def test_a_review_is_told_with_what_was_decided_otherwise() -> None:
    made = weighted()
    scored = card(made, a=1, b=1, c=1)
    override = Override(of="t", result="high", reason="r", role="chef", date="2026-01-01")
    told = plain_review(replace(scored, overrides=(override,)), review(a=1), made, "d", "sv", Words())
    assert {key: told[key] for key in list(told)[:10]} == {
        "file": "f", "strategy": "p", "round": "r", "reviewer": "x", "reviewer_title": "role x", "kind": "reviewer",
        "status": "draft", "reading_depth": "full_text", "criteria": {"id": "s", "version": "1.0.0", "hash": "d"},
        "scoring": SCORING_VERSION,
    }  # fmt: skip
    assert told["overrides"] == [{"of": "t", "result": "high", "reason": "r", "role": "chef", "date": "2026-01-01"}]
    assert plain_review(scored, review(a=1), made, "d", "sv")["reviewer_title"] is None


def test_a_decided_label_becomes_the_id_of_its_band_or_level() -> None:
    plan = compile_criteria(weighted())

    def named(of: str, result: str) -> str:
        [override] = name_overrides((Override(of=of, result=result, reason="r", role="x", date="d"),), plan)
        return override.result

    assert (named("t", "H"), named("t", "low"), named("t", "2,5")) == ("high", "low", "2,5")
    assert (named("total", "2"), named("total", "H")) == ("2", "H")
    assert named("elsewhere", "H") == "H"


def test_a_round_tells_on_what_its_reviewers_disagree_and_what_the_joint_review_says() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean}\nreviewers: {method: mean, of: results}")
    plan = compile_criteria(made)
    reviews = [review("x", a=0, b=1, c="?"), review("y", a=3, b=1, c=2), review("samlad", kind="consensus", a=2, b="?")]
    answers = reviews[0].answers
    wrapped = replace(answers["a"], justification="Ett\n  och två.")
    reviews[0] = replace(reviews[0], answers={**answers, "a": wrapped})
    joint = score_round(reviews, [score_review(each, plan) for each in reviews], made, plan)
    joint = replace(joint, left_out=(LeftOut("z.yaml", "p", "r", "GR201", everywhere=False),))
    told = plain_round("p", "r", joint, compared(*reviews[:2]), None, "sv", reviews)
    assert (told["strategy"], told["round"], told["method"], told["standing"]) == (
        "p",
        "r",
        "mean",
        told["total"]["standing"],
    )
    assert told["left_out"] == [{"file": "z.yaml", "code": "GR201", "everywhere": False}]
    assert told["agreement"] == {
        "reviewers": ["x", "y"], "compared": 2, "exact": 1, "within_one": 1, "largest": 3.0, "coefficients": None,
    }  # fmt: skip
    first = told["disagreements"][0]
    assert (first["criterion"], first["distance"]) == ("a", 3.0)
    assert first["answers"] == [
        {"reviewer": "x", "answer": "0", "justification": "Ett och två."},
        {"reviewer": "y", "answer": "3", "justification": None},
    ]
    assert first["joint"] == {"answer": "2", "justification": None}
    alone = plain_round("p", "r", replace(joint, card=None), compared(*reviews[:2]), None, "sv")
    assert (alone["total"], alone["targets"], alone["verdict"]) == (None, [], None)
    assert alone["disagreements"][0]["joint"] is None
    assert alone["disagreements"][0]["answers"][0]["justification"] is None


def test_a_joint_review_that_has_not_come_so_far_says_nothing() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean}")
    plan = compile_criteria(made)
    pair = [review("x", a=0, b=0, c=1), review("y", a=3, b=3, c=1)]
    agreed = review("samlad", kind="consensus", b="?")
    joint = score_round(pair, [score_review(each, plan) for each in pair], made, plan)
    told = plain_round("p", "r", joint, compared(*pair), None, "sv", [*pair, agreed])
    assert {each["criterion"]: each["joint"] for each in told["disagreements"]} == {
        "a": None,
        "b": {"answer": "open", "justification": "r"},
    }


def test_a_strategy_is_told_by_the_round_that_speaks_for_it() -> None:
    made = make("criteria: {method: mean}\ntargets: {method: mean}")
    plan = compile_criteria(made)
    own = [review(a=1, b=1, c=1)]
    joint = score_round(own, [score_review(each, plan) for each in own], made, plan)
    left = (LeftOut("z.yaml", "p", "r", "GR201"),)

    def told(card_of: Any) -> dict[str, Any]:
        return plain_strategy("p", "r", "s@1.0.0", card_of, "sv", draft=True, under_way=["2027"], left_out=left)

    whole = told(joint)
    assert [whole[key] for key in ("strategy", "round", "criteria", "draft", "method", "standing", "under_way")] == [
        "p", "r", "s@1.0.0", True, "single", "value", ["2027"],
    ]  # fmt: skip
    assert whole["total"] == plain_card(joint.card, "sv")["total"] if joint.card else False
    assert [each["id"] for each in whole["targets"]] == ["t"]
    assert whole["left_out"] == [{"file": "z.yaml", "code": "GR201", "everywhere": True}]
    none = told(replace(joint, card=None))
    assert (none["total"], none["targets"]) == (None, [])


def test_figures_over_strategies_are_told_with_their_shares() -> None:
    made = make(f"criteria: {{method: mean}}\ntargets: {{method: mean, {BANDS}}}")
    cards = {"one": card(made, a=0, b=0, c=0), "two": card(made, a=3, b=3, c=3), "open": card(made, a=3)}
    budget = SimpleNamespace(id="budget", title={"sv": "Budget"}, unit={"sv": "mkr"})
    settings: Any = SimpleNamespace(numbers=(budget, SimpleNamespace(id="other", title={}, unit={})))
    figures = make_figures(
        cards, {"four": "draft"}, compile_criteria(made), {"budget": {"two": Fraction(5), "open": Fraction(3)}}
    )
    told = plain_figures(figures, made, settings)
    assert {key: told[key] for key in ("criteria", "counted", "left_out", "numbers")} == {
        "criteria": "s@1.0.0", "counted": ["one", "two", "open"], "left_out": [{"strategy": "four", "reason": "draft"}],
        "numbers": [{"id": "budget", "title": {"sv": "Budget"}, "unit": {"sv": "mkr"}, "missing": ["one"]},
                    {"id": "other", "title": {}, "unit": {}, "missing": []}],
    }  # fmt: skip
    [figure] = told["figures"]
    assert figure["of"] == "total"
    assert figure["groups"][1] == {
        "kind": "band", "id": "high", "label": {"en": "H"}, "count": 1, "strategies": ["two"], "share": 1 / 3,
        "exact": "1/3", "weighted": [{"number": "budget", "sum": 5.0, "share": 0.625, "exact": "5/8"}],
    }  # fmt: skip
    assert figure["groups"][2]["kind"] == "interval"
    assert (figure["groups"][2]["id"], figure["groups"][2]["label"]) == (None, None)
    weightless = make_figures(cards, {}, compile_criteria(made), {"budget": {}})
    group = plain_figures(weightless, made, settings)["figures"][0]["groups"][0]
    assert group["weighted"] == [{"number": "budget", "sum": 0.0, "share": None, "exact": None}]
