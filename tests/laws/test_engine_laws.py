"""What must hold for every criteria set that the language can say, and every review of it.

The sets come from `engine_sets`; what they should come to, said a second time in the plainest way, from
`engine_reference`.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING, Any

import pytest
from engine_reference import DIGITS, Reference, TooManyError
from engine_reference import score as score_plainly
from engine_sets import (
    CALCULATING,
    EVERY,
    EVIDENCE,
    Situation,
    Wish,
    card_of,
    faults,
    levels_of,
    model_of,
    review_of,
    reviews,
    scores,
    sets,
    situations,
)
from hypothesis import assume, given
from hypothesis import strategies as st
from tries import tries

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.results.numbers import ApproximateNumber, ExactRoot, geometric_mean, root_of
from granskning.scoring.rounds import score_round
from granskning.scoring.score import ScoringSession, score_review
from granskning.scoring.sensitivity import _reweighed as reweighed
from granskning.scoring.sensitivity import make_sensitivity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.model.criteria import CriteriaSet, Target
    from granskning.model.method import Step
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.card import Score, Scorecard
    from granskning.scoring.results.numbers import Number
    from granskning.scoring.sensitivity import AnswerSwap, Sensitivity

MOST = 800
"""More completions than this are not tried."""
NEAR = Decimal(10) ** -20
RISING = Wish(monotone=True, falling=False)
SETTLED = ("value", "interval")


def at_most(one: Number | None, other: Number | None) -> bool:
    """Whether the one is there and at most the other; nothing is less than everything."""
    return one is None or (other is not None and one <= other)


def rank(plan: Plan, place: str, key: str | None) -> int:
    ladder = plan.nodes[place].ladder
    return -1 if key is None or ladder is None else ladder.keys.index(key)


def place_of_band(plan: Plan, place: str, band: str | None) -> int:
    return -1 if band is None else [one.id for one in plan.nodes[place].step.bands].index(band)


def orders(plan: Plan, place: str, score: Score | None, end: str) -> tuple[Number | None, int, int]:
    """One end of a result (low, high, or nothing for the result itself), in things that can be put in order.

    A target of which nothing is asked has none.
    """
    if score is None:
        return None, -1, -1
    prefix = f"{end}_" if end else ""
    return (
        getattr(score, end or "value"),
        rank(plan, place, getattr(score, f"{prefix}outcome")),
        place_of_band(plan, place, getattr(score, f"{prefix}band")),
    )


def least(found: list[Number | None]) -> Number | None:
    return None if None in found else min(one for one in found if one is not None)


def most(found: list[Number | None]) -> Number | None:
    return max((one for one in found if one is not None), default=None)


# --- intervals ------------------------------------------------------------------------------------------------------


def completed(situation: Situation, plan: Plan) -> list[dict[str, Score]]:
    """The results of every way to settle what is not settled."""
    reference, names = Reference(situation.values), situation.unresolved
    choices = [reference.worth_trying(name) for name in names]
    assume(prod(map(len, choices)) <= MOST)
    given_ways = product(*choices)
    ways = ({name: {"level": key, "evidence": [EVIDENCE]} for name, key in zip(names, case, strict=True)}
            for case in given_ways)  # fmt: skip
    session = ScoringSession(plan)
    return [scores(score_review(situation.answered(**way).review, plan, session=session)) for way in ways]


@given(situations())
@tries(60)
def test_an_interval_is_that_of_all_completions(situation: Situation) -> None:
    plan = compile_criteria(situation.criteria)
    found = completed(situation, plan)
    for place, result in scores(score_review(situation.review, plan)).items():
        if result.standing not in SETTLED:
            continue
        values, ranks, bands = zip(*(orders(plan, place, one.get(place), "") for one in found), strict=True)
        low, low_rank, low_band = orders(plan, place, result, "low")
        high, high_rank, high_band = orders(plan, place, result, "high")
        worst, best = (least(list(values)), min(ranks), min(bands)), (most(list(values)), max(ranks), max(bands))
        assert at_most(low, worst[0])
        assert at_most(best[0], high)
        assert low_rank <= worst[1] <= best[1] <= high_rank
        assert low_band <= worst[2] <= best[2] <= high_band
        if result.bounds == "exact":
            assert ((low, low_rank, low_band), (high, high_rank, high_band)) == (worst, best)
            assert (result.standing == "value") == (worst[:2] == best[:2])
            assert (result.band is not None) == (worst[2] == best[2] != -1)
        if result.standing == "value":
            assert (worst[0], worst[1]) == (best[0], best[1])
            assert (result.value, rank(plan, place, result.outcome)) == worst[:2]
        if result.band is not None:
            assert {one[place].band for one in found if place in one} == {result.band}


@given(situations())
@tries(60)
def test_a_result_keeps_within_its_bounds(situation: Situation) -> None:
    plan = compile_criteria(situation.criteria)
    for place, result in scores(score_review(situation.review, plan)).items():
        assert at_most(result.low, result.high)
        assert rank(plan, place, result.low_outcome) <= rank(plan, place, result.high_outcome)
        assert place_of_band(plan, place, result.low_band) <= place_of_band(plan, place, result.high_band)
        assert (result.value, result.outcome) in {(None, None), (result.low, result.low_outcome)}
        assert (result.value, result.outcome) in {(None, None), (result.high, result.high_outcome)}
        assert result.value is None or result.so_far == result.value or result.standing == "value"
        steps = [*steps_of(situation.criteria), situation.criteria.scoring.targets]
        unmet = any(step.insufficient_evidence == "unsatisfied" for step in steps)
        if result.standing in SETTLED and result.low is not None and result.minimum is not None and not unmet:
            assert result.minimum <= result.low
            assert result.maximum is not None
            assert result.high is not None
            assert result.high <= result.maximum
        assert 0 <= result.assessed <= result.applicable <= result.asked
        assert sum((result.counts or {}).values()) == result.asked


def steps_of(criteria: CriteriaSet) -> list[Step]:
    return [criteria.step_of(target) for target in criteria.all_targets]


# --- order and weight -----------------------------------------------------------------------------------------------


@given(situations(RISING), st.data())
@tries(60)
def test_raising_an_answer_never_lowers_a_result(situation: Situation, data: st.DataObject) -> None:
    plan = compile_criteria(situation.criteria)
    choices = {one.id: levels_of(situation.values, one.scale) for one in situation.criteria.criteria}
    raisable = [
        name for name, answer in situation.answers.items() if "level" in answer and answer["level"] != choices[name][-1]
    ]
    assume(raisable)
    name = data.draw(st.sampled_from(raisable))
    above = choices[name][choices[name].index(situation.answers[name]["level"]) + 1 :]
    higher = situation.answered(**{name: {**situation.answers[name], "level": data.draw(st.sampled_from(above))}})
    before, after = (scores(score_review(one.review, plan)) for one in (situation, higher))
    for place, result in before.items():
        if plan.nodes[place].is_clean:
            for end in ("low", "high", "so_far"):
                assert at_most(getattr(result, end), getattr(after[place], end))
                key = f"{end}_outcome"
                assert rank(plan, place, getattr(result, key)) <= rank(plan, place, getattr(after[place], key))
            for end in ("low_band", "high_band"):
                old, new = (place_of_band(plan, place, getattr(one, end)) for one in (result, after[place]))
                assert old <= new


@given(sets(Wish(methods=(*(one for one in EVERY if one not in ("table", "product")),), monotone=True, falling=False)))
@tries(40)
def test_what_only_rises_is_known_to_rise(values: dict[str, Any]) -> None:
    plan = compile_criteria(model_of(values))
    assert all(node.is_clean for node in plan.nodes.values())


@given(situations(), st.data())
@tries(60)
def test_what_was_scored_before_never_matters(situation: Situation, data: st.DataObject) -> None:
    """A session remembers results by the answers that they rest on, and never gives another than a new one does."""
    plan = compile_criteria(situation.criteria)
    session = ScoringSession(plan)
    others = [data.draw(reviews(situation.values, situation.criteria, 3)) for _ in range(2)]
    mixed = {key: data.draw(st.sampled_from([situation.answers, *others])).get(key) for key in situation.answers}
    held = [situation.answers, *others, {key: one for key, one in mixed.items() if one is not None}]
    tried = [review_of(answers, form) for answers in held for form in ("full", "short")]
    anew = [score_review(review, plan) for review in tried]
    for review, expected in [*zip(tried, anew, strict=True), *zip(reversed(tried), reversed(anew), strict=True)]:
        assert score_review(review, plan, session=session) == expected
    assert session.nodes.keys() == plan.nodes.keys(), "it has remembered"


@given(situations(), st.randoms())
@tries(60)
def test_order_never_matters(situation: Situation, random: Any) -> None:
    def turned(target: dict[str, Any]) -> dict[str, Any]:
        below = {"targets": [turned(one) for one in target["targets"]]} if "targets" in target else {}
        held = {key: target[key] for key in ("criteria",) if key in target} | below
        return target | {key: random.sample(one, len(one)) for key, one in held.items()}

    scoring = situation.values["scoring"]
    gates = random.sample(scoring.get("gates", []), len(scoring.get("gates", [])))
    values = turned(situation.values) | {"scoring": scoring | {"gates": gates}}
    answers = dict(random.sample(sorted(situation.answers.items()), len(situation.answers)))
    other = Situation(values, model_of(values), answers, situation.form)
    assert scores(card_of(other)) == scores(card_of(situation))


SHARING = tuple(one for one in EVERY if one not in ("sum", "product"))


@given(situations(Wish(methods=SHARING)), st.sampled_from([2, Fraction(1, 3), 7]))
@tries(60)
def test_weights_only_count_against_each_other(situation: Situation, factor: Fraction) -> None:
    def heavier(target: Target) -> Target:
        criteria = tuple(replace(one, weight=one.weight * factor) for one in target.criteria)
        below = tuple(heavier(one) for one in target.targets)
        return replace(target, weight=target.weight * factor, criteria=criteria, targets=below)

    scaled = replace(situation.criteria, targets=tuple(heavier(one) for one in situation.criteria.targets))
    assert scores(card_of(situation._replace(criteria=scaled))) == scores(card_of(situation))


UNSHARED = RISING._replace(methods=tuple(one for one in EVERY if one != "share_of_possible"))


@given(situations(UNSHARED))
@tries(60)
def test_without_gates_no_result_is_lower(situation: Situation) -> None:
    free = replace(situation.criteria, scoring=replace(situation.criteria.scoring, gates=()))
    plan = compile_criteria(situation.criteria)
    assume(situation.criteria.scoring.gates and all(node.is_clean for node in plan.nodes.values()))
    before, after = scores(card_of(situation)), scores(card_of(situation._replace(criteria=free)))
    for place, result in before.items():
        for end in ("low", "high"):
            assert at_most(getattr(result, end), getattr(after[place], end))
            key = f"{end}_outcome"
            assert rank(plan, place, getattr(result, key)) <= rank(plan, place, getattr(after[place], key))


# --- exactness ------------------------------------------------------------------------------------------------------


def walk(value: Any) -> Iterator[Any]:
    """Everything that a scorecard is made of."""
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from walk(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from walk(list(value.items()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from walk(one)


@given(situations())
@tries(60)
def test_no_scorecard_holds_a_float(situation: Situation) -> None:
    card = card_of(situation)
    assert [one for one in walk(card) if isinstance(one, float)] == []
    for result in scores(card).values():
        for number in (result.value, result.low, result.high, result.so_far):
            assert number is None or isinstance(number, Fraction | ExactRoot)


positive = st.fractions(Fraction(1, 50), 50, max_denominator=60)
weights = st.sampled_from([Fraction(1), Fraction(2), Fraction(3), Fraction(1, 2), Fraction(5, 4)])


@given(st.lists(st.tuples(positive, weights), min_size=1, max_size=5), positive)
@tries(200)
def test_a_geometric_mean_meets_thresholds_exactly(parts: list[tuple[Fraction, Fraction]], threshold: Fraction) -> None:
    found = geometric_mean([value for value, _ in parts], [weight for _, weight in parts])
    with localcontext(prec=DIGITS):
        logs = (Decimal(v.numerator) / v.denominator for v, _ in parts)
        heavy = [Decimal(weight.numerator) / weight.denominator for _, weight in parts]
        told = (
            sum((log.ln() * weight for log, weight in zip(logs, heavy, strict=True)), Decimal(0))
            / sum(heavy, Decimal(0))
        ).exp()
        bar = Decimal(threshold.numerator) / threshold.denominator
        gap = told - bar
        assert abs(Decimal(str(float(found))) - told) <= told * Decimal(10) ** -12
        if abs(gap) > NEAR:
            assert (found > threshold) == (gap > 0)
            assert (found >= threshold) == (gap > 0)
            assert found != threshold
        else:
            assert found == threshold
    assert geometric_mean([threshold] * 3, [Fraction(1)] * 3) == threshold


@given(positive, positive, st.integers(2, 6), st.integers(2, 6))
@tries(200)
def test_roots_are_ordered_as_numbers_are(one: Fraction, other: Fraction, degree: int, another: int) -> None:
    first, second = root_of(one, degree), root_of(other, another)
    assert root_of(one**degree, degree) == one
    assert (first < second) == (one**another < other**degree)
    assert (first == second) == (one**another == other**degree)
    assert (first == second) <= (hash(first) == hash(second))


# --- said a second time ---------------------------------------------------------------------------------------------


def is_same(found: Number | None, wanted: Fraction | Decimal | None) -> bool:
    """Whether the numbers are the same: to the last digit where both are fractions."""
    if found is None or wanted is None:
        return found is None and wanted is None
    if isinstance(wanted, Fraction) and not isinstance(found, ExactRoot | ApproximateNumber):
        return found == wanted
    with localcontext(prec=DIGITS):
        near = found.approximate() if isinstance(found, ExactRoot) else Fraction(found)
        close = Decimal(near.numerator) / near.denominator
        told = wanted if isinstance(wanted, Decimal) else Decimal(wanted.numerator) / wanted.denominator
        return abs(close - told) <= NEAR * (1 + abs(told))


def compare_with_the_reference(situation: Situation) -> None:
    try:
        wanted = score_plainly(situation.values, situation.answers, situation.form)
    except TooManyError:
        assume(False)  # noqa: FBT003
        return
    found = scores(card_of(situation))
    for place, (value, level, band) in wanted.items():
        result = found.get(place)
        if result is None or result.standing in ("not_applicable", "profile"):
            assert (value, level, band) == (None, None, None), place
        elif result.standing != "cannot_be_assessed":
            assert result.standing == "value"
            assert is_same(result.value, value), (place, result.value, value)
            assert (result.outcome, result.band) == (level, band), place


@given(situations(unresolved=0))
@tries(150)
def test_results_are_those_of_the_plainest_reading(situation: Situation) -> None:
    compare_with_the_reference(situation)


@pytest.mark.parametrize("method", EVERY)
@given(data=st.data())
@tries(15)
def test_every_method_is_that_of_the_plainest_reading(method: str, data: st.DataObject) -> None:
    wish = Wish(methods=(method, *(("mean", "weakest") if method == "none" else ())), criteria=4)
    compare_with_the_reference(data.draw(situations(wish, unresolved=0)))


def beneath(target: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every question of a target and of those below it."""
    yield from target.get("criteria", [])
    for one in target.get("targets", []):
        yield from beneath(one)


def every_target(targets: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in targets:
        yield one
        yield from every_target(one.get("targets", []))


MEANINGS = ("satisfied", "absent", "satisfied_if_justified", "exclude")


@given(st.data())
@tries(10)  # few drawn cases count a part; 200 took ten minutes, and found nothing
def test_a_part_without_a_result_is_that_of_the_plainest_reading(data: st.DataObject) -> None:
    """Targets of which nothing is applicable, or all evidence is missing, as the step above counts them."""
    situation = data.draw(situations(unresolved=0))
    values, answers = deepcopy(situation.values), dict(situation.answers)
    for target in every_target(values["targets"]):
        state = data.draw(st.sampled_from(["", "not_applicable", "insufficient_evidence"]))
        for one in beneath(target) if state else ():
            answers[one["id"]] = {state: "r"} | data.draw(st.sampled_from([{}, {"justification": "j"}]))
            one["not_applicable"] = "allowed"
    for step in (values["scoring"], values["scoring"]["targets"], values["scoring"].get("subtargets", {})):
        step["not_applicable"] = data.draw(st.sampled_from(MEANINGS))
        step["insufficient_evidence"] = data.draw(st.sampled_from(["lowest", "unsatisfied"]))
    values["scoring"].setdefault("criteria", {})["insufficient_evidence"] = "interval"
    changed = Situation(values, model_of(values), answers)
    assume(not faults(values, changed.criteria))
    assume(counts_all_that_is_open(changed))
    compare_with_the_reference(changed)


def counts_all_that_is_open(situation: Situation) -> bool:
    """Whether some part counts as something, and nothing but that is looked at of what is left open."""
    plan, card = compile_criteria(situation.criteria), card_of(situation)
    counted = {one.id for one in card.targets if one.counted is not None}
    unresolved = {name for name in situation.unresolved if name in plan.questions}
    unresolved |= {one.id for one in card.targets if one.score.standing == "cannot_be_assessed"}
    for node in plan.nodes.values():
        own = {part.id for part in node.parts}
        if node.id not in unresolved and node.step.method != "none" and unresolved & own - counted:
            return False
        if unresolved & node.named - (own & counted):
            return False
    return bool(counted)


def test_drawn_sets_are_sound_and_many_kinds() -> None:
    """Of the same sets every day, so that it is known and no chance: all methods among others, and each by itself."""
    seen: set[str] = set()

    def draw(wish: Wish, number: int) -> None:
        @given(sets(wish))
        @tries(number)
        def drawn(values: dict[str, Any]) -> None:
            assert not faults(values, model_of(values))
            seen.update(str(key) for one in walk(values) if isinstance(one, dict) for key in one)
            seen.update(one for one in walk(values) if isinstance(one, str))

        drawn()

    draw(Wish(), 250)
    for method in EVERY:
        draw(Wish(methods=(method,), criteria=3), 50)
    wanted = {*EVERY, "over", "passes_on", "prerequisites", "normalise", "shrink_bounds", "not_applicable"}
    wanted |= {"all", "any", "not", "count", "exactly", "critical", "parts", "class", "requires", "gates", "log"}
    assert seen >= wanted


# --- rounds ---------------------------------------------------------------------------------------------------------


def with_reviewers(situation: Situation, method: str, of: str = "results") -> Situation:
    reviewers = {"method": method, "of": of}
    values = situation.values | {"scoring": situation.values["scoring"] | {"reviewers": reviewers}}
    return situation._replace(values=values, criteria=model_of(values))


def round_of(situation: Situation, answers: Mapping[str, Mapping[str, Any]]) -> Scorecard:
    """The joint result of these reviewers' answers."""
    plan = compile_criteria(situation.criteria)
    held = [review_of(dict(own), situation.form, reviewer) for reviewer, own in answers.items()]
    card = score_round(held, [score_review(one, plan) for one in held], situation.criteria, plan).card
    assert card is not None
    return card


def results_only(card: Scorecard) -> dict[str, Any]:
    """Results without how they came about."""
    return {
        place: [
            getattr(one, name)
            for name in ("standing", "value", "low", "high", "so_far", "outcome", "low_outcome", "high_outcome")
        ]
        for place, one in scores(card).items()
    }


@given(situations(unresolved=2))
@tries(40)
def test_one_reviewer_pooled_is_that_reviewer(situation: Situation) -> None:
    own = card_of(situation)
    joint = round_of(with_reviewers(situation, "pooled"), {"x": situation.answers})
    assert scores(joint) == scores(own)
    assert [one.standing for one in joint.gates] == [one.standing for one in own.gates]


MEAN = Wish(ranges=False, criteria=5)


@given(situations(MEAN, unresolved=1), st.sampled_from(["mean", "median", "pooled"]), st.data())
@tries(60)
def test_the_order_of_reviewers_never_matters(situation: Situation, method: str, data: st.DataObject) -> None:
    of = data.draw(st.sampled_from(["results", "answers"]))
    changed = with_reviewers(situation, method, of)
    assume(not faults(changed.values, changed.criteria))
    others = [data.draw(reviews(situation.values, situation.criteria, 1)) for _ in range(2)]
    names = dict(zip("abc", [situation.answers, *others], strict=True))
    turned = {name: names[name] for name in data.draw(st.permutations("abc"))}
    assert scores(round_of(changed, names)) == scores(round_of(changed, turned))


@given(situations(MEAN, unresolved=1), st.sampled_from(["mean", "median"]), st.data())
@tries(60)
def test_reviewers_who_agree_have_their_own_result(situation: Situation, method: str, data: st.DataObject) -> None:
    levels = {target.score.method for target in card_of(situation).targets} | {card_of(situation).total.method}
    can_merge = not situation.unresolved and (method == "median" or levels <= {*CALCULATING, "none"})
    of = data.draw(st.sampled_from(["results", "answers"] if can_merge else ["results"]))
    changed = with_reviewers(situation, method, of)
    assume(not faults(changed.values, changed.criteria))
    own, joint = scores(card_of(situation)), scores(round_of(changed, dict.fromkeys("abc", situation.answers)))
    for place, result in own.items():
        assert (joint[place].standing, joint[place].value) == (result.standing, result.value)
        assert (joint[place].low, joint[place].high) == (result.low, result.high)
        assert (joint[place].band, joint[place].low_band) == (result.band, result.low_band)
        if method == "median":
            assert joint[place].outcome == result.outcome


@given(situations(MEAN, unresolved=1), st.sampled_from(["mean", "median"]), st.data())
@tries(60)
def test_a_joint_result_lies_among_the_reviewers(situation: Situation, method: str, data: st.DataObject) -> None:
    changed = with_reviewers(situation, method)
    assume(not faults(changed.values, changed.criteria))
    answers = {"a": situation.answers, "b": data.draw(reviews(situation.values, situation.criteria, 1))}
    own = [scores(card_of(situation._replace(answers=one))) for one in answers.values()]
    for place, result in scores(round_of(changed, answers)).items():
        held = [one[place] for one in own if place in one and one[place].standing in SETTLED]  # some are not asked it
        for end in ("low", "high", "so_far"):
            ends = [getattr(one, end) for one in held if getattr(one, end) is not None]
            found = getattr(result, end)
            assert (found is None) == (not ends)
            assert found is None or min(ends) <= found <= max(ends)


# --- sensitivity ----------------------------------------------------------------------------------------------------


@given(situations(RISING._replace(criteria=5, methods=(*CALCULATING, "weakest", "rules", "ladder")), unresolved=1))
@tries(40)
def test_what_is_said_to_move_a_verdict_moves_it(situation: Situation) -> None:
    verdicts = Verdicts(situation)
    for found in make_sensitivity(situation.review, verdicts.plan):
        if found.verdict is None:
            assert found.changes == ()
            continue
        assert verdicts.of(found.place) == found.verdict
        for change in found.changes:
            assert verdicts.of(found.place, dict(change.answers)) == change.verdict != found.verdict
        for is_up in (True, False):
            check_smallest(verdicts, found, [one for one in found.changes if one.is_up == is_up], is_up=is_up)


@given(situations(RISING._replace(criteria=5, methods=CALCULATING), unresolved=1))
@tries(100)
def test_what_another_weight_comes_to_is_what_scoring_anew_gives(situation: Situation) -> None:
    """What rests on another part of the set is taken from what is known, and what does not is worked out again."""
    plan = compile_criteria(situation.criteria)
    weights = {part.id: Fraction(part.weight) for node in plan.nodes.values() for part in node.parts}
    for found in make_sensitivity(situation.review, plan):
        for one in found.variations:
            for share, told in ((Fraction(3, 4), one.lighter), (Fraction(5, 4), one.heavier)):
                if told is not None:
                    anew = score_review(situation.review, reweighed(plan, one.id, weights[one.id] * share))
                    assert scores(anew)[found.place] == told


class Verdicts:
    """The verdicts that a situation gives when some of its answers are others. What is known is not scored again."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.plan = compile_criteria(situation.criteria)
        self._known: dict[tuple[tuple[str, str], ...], dict[str, Score]] = {}

    def of(self, place: str, levels: Mapping[str, str] | None = None) -> str | None:
        """The verdict at a place, with these levels instead of what was answered."""
        key = tuple(sorted((levels or {}).items()))
        if key not in self._known:
            answers = {name: {"level": level, "evidence": [EVIDENCE]} for name, level in key}
            self._known[key] = scores(score_review(self.situation.answered(**answers).review, self.plan))
        result = self._known[key][place]
        return result.band if self.plan.nodes[place].step.bands else result.outcome


def check_smallest(verdicts: Verdicts, found: Sensitivity, changes: list[AnswerSwap], *, is_up: bool) -> None:
    """That no smaller set moves the verdict and, where all were tried, that no other of the same size does."""
    situation, questions = verdicts.situation, verdicts.plan.questions
    ends = {name: questions[name].ladder for name in situation.answers}
    levels = {name: one.best_key if is_up else one.worst_key for name, one in ends.items()}
    asked = [one.id for one in questions.values() if one.core or situation.form != "short"]
    movable = [name for name in asked if "level" in situation.answers[name]]
    movable = [name for name in movable if situation.review.answers[name].level != levels[name]]
    sizes = {len(one.answers) for one in changes}
    assert len(sizes) <= 1
    size = sizes.pop() if sizes else 3
    picked = [names for one in changes for names in product(*one.choices)]
    told = [set(names) for names in picked if len(set(names)) == len(names)]
    for number in range(1, min(size, 2) + 1):
        if number == size and (not found.is_complete or any(found.left_out)):
            continue
        for names in combinations(movable, number):
            verdict = verdicts.of(found.place, {name: levels[name] for name in names})
            moves = verdict is not None and verdict != found.verdict
            assert moves == (number == size and set(names) in told), names
