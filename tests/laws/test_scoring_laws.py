"""What must hold for every criteria set and every review, whatever the numbers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from draws import below, pick
from hypothesis import assume, given
from hypothesis import strategies as st
from tries import tries

from granskning.model.review import UNRESOLVED, Answer, Review
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.score import score_review
from granskning.workspace.schema.modelling import criteria_set

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.results.card import Score, Scorecard
    from granskning.scoring.results.numbers import Number

METHODS = ("mean", "sum", "weakest", "mean", "sum", "weakest", "none")
SCALES = st.sets(st.integers(-2, 5), min_size=2, max_size=4)
WEIGHTS = (1, 1, 2, 3, 0, 0.5, 1.25)


class Situation(NamedTuple):
    """A criteria set and a review of it."""

    criteria: CriteriaSet
    review: Review


@st.composite
def sets(draw: st.DrawFn, methods: tuple[str, ...] = METHODS, *, gates: int = 2) -> CriteriaSet:
    scale = sorted(draw(SCALES))
    targets: list[dict[str, Any]] = []
    for letter in "abc"[: draw(below(3)) + 1]:
        weights = [pick(draw, WEIGHTS) for _ in range(draw(below(3)) + 1)]
        criteria = [
            {
                "id": f"{letter}{n}",
                "question": "Q",
                "levels": {},
                "weight": weight,
                "core": bool(draw(below(2))) or n == 0,
            }
            for n, weight in enumerate(weights)
        ]
        targets.append(
            {"id": letter, "title": "T", "picture": "P", "weight": pick(draw, WEIGHTS), "criteria": criteria}
        )
    asked = [criterion["id"] for target in targets for criterion in target["criteria"]]
    values = {
        "id": "s",
        "version": "1.0.0",
        "title": "S",
        "scale": [{"value": level, "label": "L"} for level in scale],
        "targets": targets,
        "scoring": {
            "criteria": {"method": pick(draw, methods)},
            "targets": {"method": pick(draw, methods)},
            "gates": [
                {
                    "id": f"g{number}",
                    "when": {"criterion": pick(draw, asked), "below": pick(draw, scale)},
                    "cap": {
                        "at": pick(draw, [*scale, scale[0] + 0.5]),
                        **({"target": place} if (place := pick(draw, [None, *(one["id"] for one in targets)])) else {}),
                    },
                }
                for number in range(draw(below(gates + 1)))
            ],
        },
    }
    return criteria_set(values, "criteria/s.yaml")


@st.composite
def situations(
    draw: st.DrawFn, *, unresolved: int = 4, given_sets: st.SearchStrategy[CriteriaSet] | None = None
) -> Situation:
    criteria = draw(sets() if given_sets is None else given_sets)
    answers = {}
    left = unresolved
    for criterion in criteria.criteria:
        states: list[Any] = ["assessed", "assessed", "not_applicable"]
        if left:
            states += sorted(UNRESOLVED)
        state = pick(draw, states)
        left -= state in UNRESOLVED
        level = pick(draw, [level.key for level in criteria.scale]) if state == "assessed" else None
        answers[criterion.id] = Answer(criterion.id, state, level=level)
    form = pick(draw, ["full", "full", "short"])
    return Situation(criteria, make_review(answers, form))


def make_review(answers: dict[str, Answer], form: Any = "full") -> Review:
    return Review(
        strategy="p", edition="e", criteria="s@1.0.0", round="r", reviewer="x", kind="reviewer", status="draft",
        reading_depth="full_text", date=None, case_number=None, body=None, form=form, not_read=None, summary=None,
        answers=answers, file="f",
    )  # fmt: skip


def score(situation: Situation) -> Scorecard:
    return score_review(situation.review, compile_criteria(situation.criteria))


def results(card: Scorecard) -> dict[str | None, Score]:
    return {None: card.total, **{target.id: target.score for target in card.targets}}


def answer(situation: Situation, criterion: str, level: str) -> Situation:
    changed = {**situation.review.answers, criterion: Answer(criterion, "assessed", level=level)}
    return Situation(situation.criteria, replace(situation.review, answers=changed))


def at_least(one: Number | None, other: Number | None) -> bool:
    return one is None or other is None or one >= other


@given(situations(), st.data())
@tries(300)
def test_raising_an_answer_never_lowers_a_result(situation: Situation, data: st.DataObject) -> None:
    keys = [level.key for level in situation.criteria.scale]
    raisable = [a for a in situation.review.answers.values() if a.state == "assessed" and a.level != keys[-1]]
    assume(raisable)
    chosen = data.draw(st.sampled_from(raisable))
    assert chosen.level is not None
    higher = data.draw(st.sampled_from(keys[keys.index(chosen.level) + 1 :]))
    before, after = results(score(situation)), results(score(answer(situation, chosen.criterion, higher)))
    for place, result in before.items():
        assert at_least(after[place].low, result.low)
        assert at_least(after[place].high, result.high)
        assert at_least(after[place].so_far, result.so_far)
        assert at_least(after[place].value, result.value)


@given(situations(), st.data())
@tries(300)
def test_an_answer_given_only_narrows_the_interval(situation: Situation, data: st.DataObject) -> None:
    open_ = [a.criterion for a in situation.review.answers.values() if a.state in UNRESOLVED]
    assume(open_)
    level = data.draw(st.sampled_from(situation.criteria.scale)).key
    before, after = (
        results(score(situation)),
        results(score(answer(situation, data.draw(st.sampled_from(open_)), level))),
    )
    for place, result in before.items():
        assert at_least(after[place].low, result.low)
        assert at_least(result.high, after[place].high)


@given(situations())
@tries(200)
def test_the_interval_is_that_of_all_completions(situation: Situation) -> None:
    open_ = [a.criterion for a in situation.review.answers.values() if a.state in UNRESOLVED]
    found: dict[str | None, list[Score]] = {}
    plan = compile_criteria(situation.criteria)
    for levels in product([level.key for level in situation.criteria.scale], repeat=len(open_)):
        completed = situation
        for criterion, level in zip(open_, levels, strict=True):
            completed = answer(completed, criterion, level)
        for place, result in results(score_review(completed.review, plan)).items():
            found.setdefault(place, []).append(result)
    for place, result in results(score(situation)).items():
        assert result.bounds == "exact"
        if result.standing in ("value", "interval"):
            values = [one.value for one in found[place] if one.value is not None]
            assert (result.low, result.high) == (min(values), max(values))
            assert len(values) == len(found[place])
        if result.standing == "value":
            assert {one.value for one in found[place]} == {result.value}
            assert {one.outcome for one in found[place]} == {result.outcome}


@given(situations())
@tries(300)
def test_a_result_keeps_within_its_bounds(situation: Situation) -> None:
    for result in results(score(situation)).values():
        assert at_least(result.high, result.low)
        assert at_least(result.value, result.low)
        assert at_least(result.high, result.value)
        assert at_least(result.low, result.minimum)
        assert at_least(result.maximum, result.high)
        assert 0 <= result.assessed <= result.applicable <= result.asked
        assert sum((result.counts or {}).values()) == result.asked
        for number in (result.value, result.low, result.high, result.so_far):
            assert number is None or type(number) is Fraction


@given(situations(), st.randoms())
@tries(200)
def test_order_never_matters(situation: Situation, random: Any) -> None:
    targets = [
        replace(target, criteria=tuple(random.sample(target.criteria, len(target.criteria))))
        for target in situation.criteria.targets
    ]
    random.shuffle(targets)
    gates = random.sample(situation.criteria.scoring.gates, len(situation.criteria.scoring.gates))
    turned = replace(
        situation.criteria, targets=tuple(targets), scoring=replace(situation.criteria.scoring, gates=tuple(gates))
    )
    answers = dict(random.sample(sorted(situation.review.answers.items()), len(situation.review.answers)))
    other = Situation(turned, replace(situation.review, answers=answers))
    assert results(score(other)) == results(score(situation))


@given(situations(given_sets=sets(("mean",))), st.sampled_from([2, Fraction(1, 3), 7]))
@tries(150)
def test_weights_only_count_against_each_other(situation: Situation, factor: Fraction) -> None:
    scaled = replace(
        situation.criteria,
        targets=tuple(
            replace(
                target,
                weight=target.weight * factor,
                criteria=tuple(replace(one, weight=one.weight * factor) for one in target.criteria),
            )
            for target in situation.criteria.targets
        ),
    )
    assert results(score(Situation(scaled, situation.review))) == results(score(situation))


@given(situations())
@tries(200)
def test_without_gates_no_result_is_lower(situation: Situation) -> None:
    free = replace(situation.criteria, scoring=replace(situation.criteria.scoring, gates=()))
    before, after = results(score(situation)), results(score(Situation(free, situation.review)))
    for place, result in before.items():
        assert at_least(after[place].low, result.low)
        assert at_least(after[place].high, result.high)
        assert at_least(after[place].value, result.value)


@given(sets(), st.data())
@tries(150)
def test_nothing_assessed_is_never_a_number(criteria: CriteriaSet, data: st.DataObject) -> None:
    states: list[Any] = ["not_applicable", *sorted(UNRESOLVED)]
    review = make_review({one.id: Answer(one.id, data.draw(st.sampled_from(states))) for one in criteria.criteria})
    for result in results(score(Situation(criteria, review))).values():
        assert result.standing in ("cannot_be_assessed", "not_applicable")
        assert [result.value, result.low, result.high, result.so_far, result.band, result.outcome] == [None] * 6
        assert result.standing == "not_applicable" or result.applicable > 0


@given(situations(unresolved=0, given_sets=sets(gates=0)))
@tries(200)
def test_results_are_those_of_the_textbook(situation: Situation) -> None:
    """The definitions, said again in the plainest way."""

    def combine(method: str, parts: list[tuple[Fraction, Fraction]]) -> Fraction | None:
        if method == "none":
            return None
        if method == "weakest":
            return min((value for _, value in parts), default=None)
        weights = sum((weight for weight, _ in parts), Fraction())
        sums = sum((weight * value for weight, value in parts), Fraction())
        if method == "sum":
            return sums if parts else None
        return sums / weights if weights else None

    criteria, answers = situation.criteria, situation.review.answers
    short = situation.review.form == "short"
    found = results(score(situation))
    parts = []
    for target in criteria.targets:
        own = [
            (one.weight, Fraction(answers[one.id].level or ""))
            for one in target.criteria
            if answers[one.id].state == "assessed" and (one.core or not short) and one.weight
        ]
        value = combine(criteria.scoring.criteria.method, own)
        assert found[target.id].value == value
        if value is not None and target.weight:
            parts.append((target.weight, value))
    assert found[None].value == combine(criteria.scoring.targets.method, parts)
