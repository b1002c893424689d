"""How results came about, as the JSON that `explain` writes: small sets, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from small_sets import make, question, review, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.explain import explain_review
from granskning.scoring.explain_round import explain_round
from granskning.scoring.plain_explanation import plain_made, plain_step
from granskning.scoring.rounds import score_round
from granskning.scoring.score import score_review

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review

MEAN = "criteria: {method: mean}"
TOP = "criteria: {method: mean}\ntargets: {method: mean}"
ROUNDING = {"decimals": 1, "mode": "half_up", "percent": False}


def step(made: CriteriaSet, of: str = "t", **answers: Any) -> dict[str, Any]:
    return plain_step(explain_review(review(**answers), compile_criteria(made))[of])


def part(made: CriteriaSet, name: str, of: str = "t", **answers: Any) -> dict[str, Any]:
    [made_of] = [each for each in step(made, of, **answers)["parts"] if each["id"] == name]
    return dict(made_of)


def joint(made: CriteriaSet, *reviews: Review) -> dict[str, Any]:
    plan = compile_criteria(made)
    cards = [score_review(each, plan) for each in reviews]
    return plain_made(explain_round(score_round(reviews, cards, made, plan), reviews, cards, made))


def test_a_mean_of_what_applies_with_a_gate_and_bands() -> None:
    bands = "{from: 0, id: low, label: L}, {from: 2, id: high, label: H, requires: [{criterion: b, at_least: 2}]}"
    gate = "gates: [{id: g, when: {criterion: a, below: 1}, cap: {target: t, at: 1}}]"
    asked = [question("a", weight=2), question("b"), question("c")]
    made = make(f"criteria: {{method: mean, bands: [{bands}]}}\n{gate}", [target("t", asked)])
    ends = {"least": "0", "most": "3", "least_at_highest": "0", "most_at_highest": "3", "satisfied_at": "3"}
    own: dict[str, Any] = {**ends, "reviewer": None, "declared": None, "lacks_evidence": None, "held_back": []}
    assert step(made, a=3, b="?", c="n/a") == {
        "of": "t", "method": "mean", "basis": "ends",
        "parts": [
            {"id": "a", "state": "assessed", "level": "3", "weight": "2", "share_given": "1/2",
             "share": ["2/3", "2/3"], "values": ["3", "3"], "levels": ["3", "3"], **own},
            {"id": "b", "state": "open", "level": None, "weight": "1", "share_given": "1/4",
             "share": ["1/3", "1/3"], "values": ["0", "3"], "levels": ["0", "3"], **own},
        ],
        "left_out": [{"id": "c", "weight": "1", "reason": "not_applicable"}],
        "rules": [], "otherwise": None, "decided": None, "exponent": None, "trim": None, "of_parts": [],
        "before_points": None, "before_gates": ["2", "3"],
        "gates": [{"id": "g", "cap": "1", "holds": [False, False], "bites": [False, False],
                   "before": ["2", "3"], "after": ["2", "3"]}],
        "floor": None, "result": ["2", "3"],
        "bands": [{"id": "low", "from": "0", "above": False, "met": [True, True]},
                  {"id": "high", "from": "2", "above": False, "met": [False, True]}],
        "rounding": ROUNDING, "least": "0", "most": "3",
    }  # fmt: skip
    held = step(made, a=0, b=3, c=3)
    assert held["gates"] == [{"id": "g", "cap": "1", "holds": [True, True], "bites": [True, True],
                              "before": ["3/2", "3/2"], "after": ["1", "1"]}]  # fmt: skip
    assert (held["before_gates"], held["result"], held["left_out"]) == (["3/2", "3/2"], ["1", "1"], [])
    unsure = step(made, a="?", b=0, c=0)  # a at 0 and at 3: 0, or 2 * 3 / 4
    assert unsure["gates"][0]["holds"] == [True, False]
    assert unsure["gates"][0]["bites"] == [False, False]  # 0 is less than the cap
    assert unsure["result"] == ["0", "3/2"]


def test_the_rules_that_decide_are_counted_from_1() -> None:
    rules = "rules: [{when: {criterion: a, at_least: 2}, gives: 3}, {when: {criterion: b, at_least: 2}, gives: 2}]"
    made = make(f"criteria: {{method: rules, {rules}, otherwise: 0}}")
    told = step(made, a=1, b="?", c=0)
    assert told["rules"] == [
        {"gives": "3", "must": False, "can": False, "at": [False, False]},
        {"gives": "2", "must": False, "can": True, "at": [False, True]},
    ]
    assert (told["otherwise"], told["decided"], told["result"]) == ("0", [None, 2], ["0", "2"])
    assert step(make(MEAN), a=1, b=1, c=1)["decided"] is None


def test_what_belongs_to_one_method_is_told_with_that_alone() -> None:
    keys = ("exponent", "trim", "of_parts", "floor", "result")
    near = step(make("criteria: {method: power_mean, exponent: 2}"), a=1, b=3, c=0)
    assert [near[key] for key in keys] == [2, None, [], None, ["1.82574185835055"] * 2]  # the root of 10/3
    trimmed = step(make("criteria: {method: trimmed_mean, trim: 1}"), a=1, b=3, c=0)
    assert [trimmed[key] for key in keys] == [None, "1", [], None, ["1", "1"]]
    two = step(make("criteria: {method: difference, of: [a, b]}"), a=1, b=3, c=0)
    assert [two[key] for key in keys] == [None, None, ["a", "b"], None, ["-2", "-2"]]
    floor = step(make("criteria: {method: geometric_mean, floor: 0.125}"), a=1, b=1, c=0)
    assert [floor[key] for key in keys] == [None, None, [], "1/8", ["1/2", "1/2"]]


def test_a_level_is_told_by_its_key_and_what_is_below_them_all_by_none() -> None:
    made = make("criteria: {method: weakest, insufficient_evidence: unsatisfied}", levels=("D", "C", "B"))
    told = step(made, a="B", b="lacking", c="C")
    assert [each["levels"] for each in told["parts"]] == [["B", "B"], [None, None], ["C", "C"]]
    assert [each["values"] for each in told["parts"]] == [[None, None]] * 3
    assert (told["result"], told["least"]) == (["D", "D"], None)
    scales = [{"id": "p", "range": {"from": 0, "to": 10}}]
    ranged = make(MEAN, [target("t", [question("a", scale="p")])], scales=scales)
    assert part(ranged, "a", a=2.5)["levels"] == ["5/2", "5/2"]


def test_a_step_that_is_turned_into_points_tells_what_it_was_before() -> None:
    made = make("criteria: {method: sum, between: line, points: [{at: 0, gives: 0}, {at: 9, gives: 90}]}")
    told = step(made, a=1, b=2, c="?")
    assert (told["before_points"], told["result"], told["least"], told["most"]) == (["3", "6"], ["30", "60"], "0", "90")
    assert step(make(MEAN), a=1, b=1, c=1)["before_points"] is None


def test_an_answer_held_back_tells_by_what_and_from_where() -> None:
    asked = [question("a", prerequisites=[{"criterion": "b", "at_least": 2, "otherwise": 1}]), question("b")]
    made = make(MEAN, [target("t", asked)])
    told = part(made, "a", a=3, b="?")
    assert told["held_back"] == [
        {"criterion": "b", "at_least": "2", "otherwise": "1", "from": "3", "to": "1", "at": [True, False]}
    ]
    assert (told["values"], told["levels"]) == (["1", "3"], ["1", "3"])


def test_a_target_without_a_result_tells_what_it_counts_as() -> None:
    made = make(f"{MEAN}\ntargets: {{method: mean, not_applicable: absent}}", [target("t", "a"), target("u", "b")])
    told = step(made, "", a=3, b="n/a")
    assert told["of"] == "total"
    assert [(each["id"], each["declared"], each["values"], each["state"]) for each in told["parts"]] == [
        ("t", None, ["3", "3"], None),
        ("u", "lowest", ["0", "0"], None),
    ]


def test_why_a_part_does_not_count() -> None:
    nested = [target("t", "a"), target("u", [question("z", weight=0), question("b")]), target("v", "c")]
    made = make(f"{MEAN}\ntargets: {{method: mean}}", nested)

    def reasons(of: str, **answers: Any) -> list[tuple[str, str]]:
        return [(each["id"], each["reason"]) for each in step(made, of, **answers)["left_out"]]

    assert reasons("u", a=1, z=3, b="n/a", c=1) == [("b", "not_applicable"), ("z", "weight_0")]
    assert reasons("", a=1, z=3, b="lacking", c="n/a") == [("v", "not_applicable")]
    assert step(made, "", a=1, b="lacking", c=1)["result"] == ["2/3", "5/3"]
    bands = "bands: [{from: 0, id: x, label: X, value: 1}]"
    below = f"criteria: {{method: difference, of: [a, b], passes_on: band, {bands}}}\ntargets: {{method: mean}}"
    made = make(below, [target("t", "a b")])
    assert reasons("", a=0, b=2) == [("t", "no_band")]
    asking = [question("a"), question("b", asked_if={"part": "a", "at_least": 2})]
    made = make("criteria: {method: mean, insufficient_evidence: exclude}", [target("t", asking)])
    assert reasons("t", a=0) == [("b", "not_asked")]
    assert reasons("t", a="lacking", b="lacking") == [("a", "insufficient_evidence"), ("b", "not_asked")]
    decided = "{method: rules, rules: [{when: {criterion: a, at_least: 2}, gives: 3}], otherwise: 0}"
    made = make(f"criteria: {{method: none}}\ntargets: {decided}", [target("t", "a b")])
    assert reasons("", a=1, b=1) == [("t", "no_figure")]


def test_a_round_of_results_tells_each_reviewers_own() -> None:
    made = make(f"{TOP}\nreviewers: {{method: mean, of: results}}", [target("t", "a b")])
    members = [
        {"reviewer": "x", "standing": "value", "counts": True, "values": ["2", "2"]},
        {"reviewer": "y", "standing": "interval", "counts": True, "values": ["1", "5/2"]},
        {"reviewer": "z", "standing": "cannot_be_assessed", "counts": False, "values": [None, None]},
    ]
    told = joint(made, review("x", a=1, b=3), review("y", a=2), review("z"))
    assert told == {
        "method": "mean", "over": "results", "members": ["x", "y", "z"], "joined": [], "steps": [],
        "results": [{"of": of, "members": members, "result": ["3/2", "9/4"]} for of in ("total", "t")],
    }  # fmt: skip


def test_a_median_of_levels_is_told_by_levels_and_a_mean_of_them_by_numbers() -> None:
    graded = "criteria: {method: weakest}\ntargets: {method: weakest}\nreviewers: {method: %s, of: results}"
    reviews = review("x", a=1, b=3, c=3), review("y", a=2, b=2, c=2), review("z", a=3, b=3, c=3)
    told = joint(make(graded % "median"), *reviews)["results"][0]
    assert [each["values"] for each in told["members"]] == [["1", "1"], ["2", "2"], ["3", "3"]]
    assert told["result"] == ["2", "2"]
    words = make(graded % "median", levels=("no", "part", "yes"))
    reviews = review("x", a="no", b="yes", c="yes"), review("y", a="part", b="yes", c="yes"), review("z", a="yes")
    told = joint(words, *reviews)["results"][0]
    assert [each["values"] for each in told["members"]] == [["no", "no"], ["part", "part"], ["no", "yes"]]
    assert told["result"] == ["no", "part"]


def test_answers_laid_together_are_told_by_their_steps() -> None:
    pooled = make(f"{TOP}\nreviewers: {{method: pooled}}", [target("t", "a")])
    told = joint(pooled, review("x", a=1), review("y", a=2))
    assert (told["method"], told["over"], told["results"]) == ("pooled", "results", [])
    whole, own = sorted(told["steps"], key=lambda each: each["of"] != "total")
    assert (whole["of"], whole["result"], own["of"]) == ("total", ["3/2", "3/2"], "t")
    assert [(each["id"], each["reviewer"], each["share"]) for each in own["parts"]] == [
        ("a", "x", ["1/2", "1/2"]),
        ("a", "y", ["1/2", "1/2"]),
    ]
    answers = joint(
        make(f"{TOP}\nreviewers: {{method: mean, of: answers}}"), review("x", a=1, b=1, c=1), review("y", a=2)
    )
    assert (answers["over"], answers["results"]) == ("answers", [])
    assert len(answers["steps"]) > 2
    alone = joint(make(TOP), review("samlad", kind="consensus", a=1, b=1, c=1), review("x", a=2))
    assert (alone["method"], alone["over"], alone["members"]) == ("consensus", "results", ["samlad"])
    assert [(each["of"], each["result"]) for each in alone["steps"]] == [("t", ["1", "1"]), ("total", ["1", "1"])]


def test_answers_joined_by_difference_tell_who_gave_what() -> None:
    rules = "{method: by_difference, rules: [{at_most: 1, gives: lowest}]}"
    told = joint(make(f"{TOP}\nreviewers: {rules}", [target("t", "a b")]), review("x", a=1, b=3), review("y", a=2, b=0))
    assert told["joined"] == [
        {"criterion": "a", "apart": ["1", "1"], "gives": ["lowest"], "results": ["1"],
         "answers": [{"reviewer": "x", "state": "assessed", "counts_as": "1"},
                     {"reviewer": "y", "state": "assessed", "counts_as": "2"}]},
        {"criterion": "b", "apart": ["3", "3"], "gives": ["open"], "results": ["0", "1", "2", "3"],
         "answers": [{"reviewer": "x", "state": "assessed", "counts_as": "3"},
                     {"reviewer": "y", "state": "assessed", "counts_as": "0"}]},
    ]  # fmt: skip
    assert [each["of"] for each in told["steps"]] == ["t", "total"]


def test_nobodys_result_is_made_of_nothing() -> None:
    undeclared = joint(make(TOP), review("x", a=1, b=1, c=1), review("y", a=2, b=2, c=2))
    assert (undeclared["members"], undeclared["results"], undeclared["steps"]) == ([], [], [])
