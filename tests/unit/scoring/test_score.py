from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from granskning.model.review import Answer, Review
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.plain import plain_review, plain_score, shown_score
from granskning.scoring.score import score_results, score_review
from granskning.workspace.schema.modelling import criteria_set

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.results.card import Score, Scorecard

WORDS = ("saknas", "nämns", "styr")


def make_set(
    *targets: list[int], criteria: str = "mean", total: str = "mean", gates: tuple[Any, ...] = (), **more: Any
) -> CriteriaSet:
    """Targets a, b …, each with criteria a1, a2 … of these weights, on a scale from 0 to 3."""
    levels = more.pop("levels", (0, 1, 2, 3))
    weights = more.pop("target_weights", [1] * len(targets))
    core = more.pop("core", ())
    return criteria_set(
        {
            "id": "s",
            "version": "1.0.0",
            "title": "S",
            "scale": [{"value": level, "label": str(level)} for level in levels],
            "targets": [
                {
                    "id": letter,
                    "title": "T",
                    "picture": "P",
                    "weight": weight,
                    "criteria": [
                        {
                            "id": f"{letter}{n}",
                            "question": "Q",
                            "levels": {},
                            "weight": own,
                            "core": f"{letter}{n}" in core,
                        }
                        for n, own in enumerate(own_weights, 1)
                    ],
                }
                for letter, own_weights, weight in zip("abcdef", targets, weights, strict=False)
            ],
            "scoring": {"criteria": {"method": criteria}, "targets": {"method": total}, "gates": list(gates), **more},
        },
        "criteria/s.yaml",
    )


def make_answer(key: str, given: Any) -> Answer:
    if given in ("open", "insufficient_evidence", "inherited", "empty", "not_applicable"):
        return Answer(key, given)
    return Answer(key, "assessed", level=str(given))


def make_review(depth: str = "full_text", form: Any = "full", **answers: Any) -> Review:
    return Review(
        strategy="p", edition="e", criteria="s@1.0.0", round="r", reviewer="x", kind="reviewer", status="draft",
        reading_depth=depth, date=None, case_number=None, body=None, form=form, not_read=None, summary=None,
        answers={key: make_answer(key, value) for key, value in answers.items()}, file="f",
    )  # fmt: skip


def score(criteria: CriteriaSet, **answers: Any) -> Scorecard:
    return score_review(make_review(**answers), compile_criteria(criteria))


def target(card: Scorecard, name: str = "a") -> Score:
    return next(one.score for one in card.targets if one.id == name)


# --- methods --------------------------------------------------------------------------------------------------------


def test_weighted_mean() -> None:
    card = score(make_set([2, 1]), a1=1, a2=3)
    assert target(card).value == Fraction(5, 3)
    assert card.total.value == Fraction(5, 3)
    assert target(card).standing == "value"


def test_mean_of_means_is_no_mean_of_all() -> None:
    card = score(make_set([1], [1, 1, 1]), a1=3, b1=0, b2=0, b3=0)
    assert card.total.value == Fraction(3, 2)


def test_weights_of_targets() -> None:
    assert score(make_set([1], [1], target_weights=[3, 1]), a1=2, b1=0).total.value == Fraction(3, 2)


def test_a_weight_with_decimals_is_exact() -> None:
    assert target(score(make_set([0.1, 0.2]), a1=3, a2=0)).value == 1  # type: ignore[list-item]  # weights may have decimals


def test_sum() -> None:
    card = score(make_set([2, 1], [1], criteria="sum", total="sum"), a1=1, a2=3, b1=2)
    assert (target(card).value, card.total.value) == (Fraction(5), Fraction(7))
    assert (target(card).minimum, target(card).maximum) == (Fraction(0), Fraction(9))


def test_the_weakest_decides() -> None:
    card = score(make_set([9, 1], criteria="weakest"), a1=3, a2=1)
    assert (target(card).value, target(card).outcome) == (Fraction(1), "1")


def test_a_profile_has_no_figure() -> None:
    card = score(make_set([1], total="none"), a1=3)
    assert (card.total.standing, card.total.value, card.total.low) == ("profile", None, None)
    assert target(card).value == 3


def test_words_on_the_scale() -> None:
    words = make_set([1, 1], criteria="weakest", total="weakest", levels=WORDS)
    card = score(words, a1="styr", a2="nämns")
    assert (card.total.standing, card.total.outcome, card.total.value) == ("value", "nämns", None)
    card = score(words, a1="nämns", a2="open")
    assert (card.total.outcome, card.total.low_outcome, card.total.high_outcome) == (None, "saknas", "nämns")
    assert card.total.standing == "interval"


@pytest.mark.parametrize("criteria", ["mean", "sum", "weakest", "none"])
@pytest.mark.parametrize("total", ["mean", "sum", "weakest", "none"])
def test_every_combination_of_methods_scores(criteria: str, total: str) -> None:
    calculating = {criteria, total} & {"mean", "sum"}
    for levels in ((0, 1, 2, 3),) if calculating else ((0, 1, 2, 3), WORDS):
        made = make_set([1, 2], [1], criteria=criteria, total=total, levels=levels)
        for answers in (
            {},
            {"a1": levels[1]},
            {"a1": levels[1], "a2": levels[0], "b1": levels[-1]},
            {"b1": "not_applicable"},
        ):
            card = score(made, **answers)
            assert card.total.asked == 3
            # a result that is called a value is there, and one that is called an interval has ends
            for one in (card.total, *(result.score for result in card.targets)):
                if one.standing == "value":
                    assert (one.value, one.outcome) != (None, None)
                if one.standing == "interval":
                    assert (one.low, one.low_outcome) != (None, None)


def test_the_weakest_of_targets_is_never_below_them_all() -> None:
    gate = {"id": "g", "when": {"criterion": "a1", "below": 3}, "cap": {"target": "a", "at": 1.5}}
    card = score(make_set([1], [1], criteria="weakest", total="weakest", gates=(gate,)), a1=2, b1=3)
    assert target(card).value == 1  # the highest level that is not above the cap
    assert card.total.value == 1


# --- what is not assessed -------------------------------------------------------------------------------------------


def test_not_applicable_is_left_out_of_both_sides() -> None:
    card = score(make_set([1, 5]), a1=2, a2="not_applicable")
    assert target(card).value == 2
    assert (target(card).applicable, target(card).assessed, target(card).asked) == (1, 1, 2)


def test_all_not_applicable_stays_so() -> None:
    card = score(make_set([1], [1]), a1="not_applicable", b1=3)
    assert (target(card).standing, target(card).value) == ("not_applicable", None)
    assert card.total.value == 3
    assert score(make_set([1]), a1="not_applicable").total.standing == "not_applicable"


@pytest.mark.parametrize("state", ["open", "empty", "insufficient_evidence", "inherited"])
def test_unresolved_answers_give_an_interval_and_are_no_zero(state: str) -> None:
    result = target(score(make_set([1, 1]), a1=2, a2=state))
    assert (result.standing, result.value, result.so_far) == ("interval", None, Fraction(2))
    assert (result.low, result.high) == (Fraction(1), Fraction(5, 2))
    assert result.counts is not None
    assert result.counts[state] == 1


def test_an_answer_that_is_not_there_is_empty() -> None:
    assert target(score(make_set([1, 1]), a1=2)).counts == {
        "0": 0,
        "1": 0,
        "2": 1,
        "3": 0,
        "not_applicable": 0,
        "empty": 1,
        "inherited": 0,
        "insufficient_evidence": 0,
        "open": 0,
    }


def test_a_level_that_the_scale_lacks_is_empty() -> None:
    assert target(score(make_set([1, 1]), a1=2, a2=7)).standing == "interval"


def test_nothing_assessed_cannot_be_assessed() -> None:
    card = score(make_set([1, 1], [1]), a1="open", b1=3)
    result = target(card)
    assert result.standing == "cannot_be_assessed"
    assert (result.value, result.low, result.high, result.so_far, result.band) == (None, None, None, None, None)
    assert (card.total.low, card.total.high) == (Fraction(3, 2), Fraction(3))


def test_an_unresolved_answer_that_cannot_move_the_result() -> None:
    assert target(score(make_set([1, 1], criteria="weakest"), a1=0, a2="open")).value == 0


def test_only_answers_without_weight_give_no_value() -> None:
    result = target(score(make_set([0, 1]), a1=2, a2="not_applicable"))
    assert result.value is None
    assert result.standing != "value"


# --- gates ----------------------------------------------------------------------------------------------------------

GATE = {"id": "g", "when": {"criterion": "a1", "below": 2}, "cap": {"target": "a", "at": 1}}
WHOLE = {"id": "h", "when": {"criterion": "a1", "below": 2}, "cap": {"total": True, "at": 1}}


def test_a_gate_caps_its_target_before_the_total() -> None:
    card = score(make_set([1, 1], [1], gates=(GATE,)), a1=1, a2=3, b1=3)
    assert (target(card).value, card.total.value) == (Fraction(1), Fraction(2))
    assert (card.gates[0].standing, card.gates[0].changed) == ("not_met", True)


def test_a_gate_on_the_total() -> None:
    card = score(make_set([1, 1], gates=(WHOLE,)), a1=1, a2=3)
    assert (target(card).value, card.total.value) == (Fraction(2), Fraction(1))


def test_a_gate_that_is_met_or_makes_no_difference() -> None:
    assert score(make_set([1, 1], gates=(GATE,)), a1=2, a2=3).gates[0].standing == "met"
    card = score(make_set([1, 1], gates=(GATE,)), a1=1, a2=0)
    assert (card.gates[0].standing, card.gates[0].changed) == ("not_met", False)


def test_an_unresolved_gate_holds_in_the_worst_case() -> None:
    card = score(make_set([1, 1], gates=(GATE,)), a1="open", a2=3)
    assert (target(card).low, target(card).high) == (Fraction(1), Fraction(3))
    assert card.gates[0].standing == "undecided"


def test_a_question_that_is_not_put_bites_nobody() -> None:
    card = score(make_set([1, 1], gates=(GATE,)), a1="not_applicable", a2=3)
    assert (target(card).value, card.gates[0].standing) == (Fraction(3), "met")


def test_the_sternest_of_several_gates_holds() -> None:
    sterner = {**GATE, "id": "i", "cap": {"target": "a", "at": 0.5}}
    for gates in ((GATE, sterner), (sterner, GATE)):
        assert target(score(make_set([1, 1], gates=gates), a1=1, a2=3)).value == Fraction(1, 2)


def test_a_cap_below_the_scale_does_not_crash() -> None:
    gate = {"id": "g", "when": {"criterion": "a1", "below": 3}, "cap": {"target": "a", "at": -1}}
    assert target(score(make_set([1], criteria="weakest", total="sum", gates=(gate,)), a1=2)).value == 0


# --- bands ----------------------------------------------------------------------------------------------------------

BANDS = [{"from": 0, "id": "lag", "label": "L"}, {"from": 1.5, "id": "hog", "label": "H"}]


@pytest.mark.parametrize(
    ("answers", "on", "band"),
    [
        ({"a1": 1, "a2": 1}, "exact", "lag"),
        ({"a1": 1, "a2": 2}, "exact", "hog"),  # just at the bound
        ({"a1": 0, "a2": 3}, "exact", "hog"),
        ({"a1": 3, "a2": "open"}, "exact", "hog"),  # the same over the whole interval
        ({"a1": 1, "a2": "open"}, "exact", None),
    ],
)
def test_bands(answers: dict[str, Any], on: str, band: str | None) -> None:
    assert target(score(make_set([1, 1], bands=BANDS, bands_on=on), **answers)).band == band


def test_bands_look_at_the_exact_value_unless_told_otherwise() -> None:
    bands = [{"from": 0, "id": "lag", "label": "L"}, {"from": 1.7, "id": "hog", "label": "H"}]
    answers = {"a1": 1, "a2": 3}
    assert target(score(make_set([2, 1], bands=bands), **answers)).band == "lag"
    assert target(score(make_set([2, 1], bands=bands, bands_on="rounded"), **answers)).band == "hog"


def test_no_bands_no_band() -> None:
    assert target(score(make_set([1]), a1=1)).band is None


# --- the short form, the verdict, the plain form --------------------------------------------------------------------


def test_the_short_form_puts_the_core_questions() -> None:
    card = score(make_set([1, 1], [1], core=("a1",)), form="short", a1=2, a2=0, b1=0)
    assert (card.total.asked, card.total.value) == (1, Fraction(2))
    assert [one.id for one in card.targets] == ["a"]


def test_a_short_form_without_core_questions_has_no_result() -> None:
    card = score(make_set([1]), form="short", a1=2)
    assert (card.total.asked, card.total.value, card.targets) == (0, None, ())


@pytest.mark.parametrize(
    ("depth", "answers", "missing"),
    [
        ("full_text", {"a1": 1, "a2": 1, "a3": 1, "a4": 1, "a5": "open"}, ()),
        ("full_text", {"a1": 1, "a2": 1, "a3": 1, "a4": "open", "a5": "open"}, ("coverage",)),
        (
            "full_text",
            {"a1": 1, "a2": "not_applicable", "a3": "not_applicable", "a4": "not_applicable", "a5": "not_applicable"},
            (),
        ),
        ("contents", {"a1": 1, "a2": 1, "a3": 1, "a4": 1, "a5": 1}, ("reading_depth",)),
        ("not_read", {}, ("nothing_assessed", "coverage", "reading_depth")),
    ],
)
def test_verdict(depth: str, answers: dict[str, Any], missing: tuple[str, ...]) -> None:
    made = make_set([1] * 5, verdict={"requires": {"coverage": "80 %", "reading_depth": "full_text"}})
    verdict = score(made, depth=depth, **answers).verdict
    assert verdict.missing == missing
    assert verdict.given is (not missing)
    assert verdict.coverage_required == Fraction(4, 5)


def test_plain_scores_have_every_key_and_the_nearest_double() -> None:
    made = make_set([2, 1])
    plain = plain_score(target(score(made, a1=1, a2=3)), "sv")
    assert (plain["value"], plain["exact"], plain["shown"]) == (5 / 3, "5/3", "1,7")
    open_ = plain_score(target(score(made, a1="open", a2=3)), "sv")
    assert (open_["value"], open_["exact"], open_["shown"], open_["low"], open_["high_exact"]) == (
        None,
        None,
        "1,0–3,0",
        1.0,
        "3",
    )
    assert plain.keys() == open_.keys()


def test_shown_score() -> None:
    words = make_set([1, 1], criteria="weakest", total="weakest", levels=WORDS)
    assert shown_score(target(score(make_set([2, 1]), a1=1, a2=3)), "en") == "1.7"
    assert shown_score(target(score(make_set([1, 1]), a1=2)), "en") == "1.0–2.5"
    assert shown_score(target(score(make_set([1, 1]))), "en") is None
    assert shown_score(target(score(words, a1="styr", a2="nämns")), "en") == "nämns"
    assert shown_score(target(score(words, a1="styr")), "en") == "saknas–styr"


def test_how_far_a_review_has_come_is_what_remains_of_what_applies() -> None:
    scored = score(make_set([1, 1, 1, 1, 1]), a1=1, a2="open", a3="not_applicable", a4="insufficient_evidence")
    assert scored.undone == {"a2", "a5"}
    progress = scored.progress
    assert (progress.applicable, progress.left, progress.not_applicable, progress.answered) == (4, 2, 1, 2)


def test_the_results_alone_are_those_of_the_whole_card() -> None:
    made = make_set([2, 1], [1], gates=(GATE,), core=("a1",))
    plan = compile_criteria(made)
    for form in ("full", "short"):
        given = make_review(form=form, a1=1, a2=3, b1="open")
        whole = score_review(given, plan)
        assert score_results(given, plan) == (whole.total, whole.targets)
    assert [held.id for held in whole.targets] == ["a"]


def test_plain_review_tells_how_it_came_about() -> None:
    made = make_set([2, 1], gates=(GATE,))
    review = make_review(a1=1, a2=3)
    plain = plain_review(score_review(review, compile_criteria(made)), review, made, "0" * 64, "sv")
    assert plain["criteria_results"][0] == {
        "id": "a1",
        "question": None,
        "target": "a",
        "state": "assessed",
        "level": "1",
        "level_label": None,
        "counted": "1",
        "counted_label": None,
        "points": "1",
        "weight": "2",
        "lacks_evidence": None,
    }
    assert plain["gates"] == [
        {"id": "g", "criterion": "a1", "target": "a", "cap": "1", "standing": "not_met", "changed": True}
    ]
    assert plain["targets"][0]["exact"] == "1"
