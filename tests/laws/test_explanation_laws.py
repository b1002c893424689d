"""Every figure can be redone from its explanation alone, by an evaluator that shares no code with the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engine_sets import TOTAL, Situation, Wish, card_of, faults, model_of, review_of, reviews, scores, situations
from explanation_reference import band, ends_of, fired, gated, redo, redo_joint, rounded, same
from hypothesis import assume, given
from hypothesis import strategies as st
from tries import tries

from granskning.api import open_workspace
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.explain import explain_review
from granskning.scoring.explain_round import explain_round
from granskning.scoring.plain import shown_value
from granskning.scoring.rounds import score_round
from granskning.scoring.score import score_review

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.model.criteria import CriteriaSet, Target
    from granskning.model.method import Level
    from granskning.model.review import Review
    from granskning.scoring.results.card import Score
    from granskning.scoring.results.explanation import JoinedAnswer, RoundExplanation, StepExplanation
    from granskning.scoring.rounds import RoundCard

Steps = Mapping[str, "StepExplanation"]

JOININGS = (
    ("pooled", "results"),
    ("mean", "results"),
    ("median", "results"),
    ("mean", "answers"),
    ("median", "answers"),
)
APART = [{"at_most": 1, "gives": "lowest"}, {"at_most": 2, "gives": "highest"}]
"""How answers are joined by how far apart they are."""
FRAMEWORKS = sorted(path.parent for path in (Path(__file__).parent.parent / "frameworks").glob("*/granskning.yaml"))


def check(steps: Steps, results: Mapping[str, Score]) -> int:
    """Hold every result against what its explanation comes to; how many ends were redone."""
    count = 0
    for name, score in results.items():
        made = steps[name]
        if score.standing not in ("value", "interval"):
            continue
        for side, told in enumerate((score.low, score.high)):
            bare = redo(made, side)
            assert same(bare.value, made.ungated[side].value), made
            assert bare.rank == made.ungated[side].rank, made
            asked = [one for one in made.parts if (one.counts(side) if made.basis == "cases" else one.is_there)]
            if made.rules and made.rules[0].low is not None and asked:
                assert made.ungated[side].rule == fired(made, side), made
            result = gated(made, side, bare)
            assert same(result.value, told), made
            assert result.rank == made.result[side].rank, made
            check_shown(made, score, result.value, told)
            check_band(made, score, side, result.value)
            count += 1
    return count


def check_shown(made: StepExplanation, score: Score, value: Any, told: Any) -> None:
    """The figure rounded by the declared rounding is the one that is printed."""
    if told is None or isinstance(value, float):  # a root: doubles do not decide how it is rounded
        return
    digits = shown_value(score, told, "en").replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}%", "")
    percent = 100 if made.step.rounding.percent else 1
    assert Fraction(digits) == rounded(value, made.step.rounding, made.most) * percent, made


def check_band(made: StepExplanation, score: Score, side: int, value: Any) -> None:
    """The band follows from where bands begin and what they require; with cases it may be that of another case."""
    if not made.bands or value is None or isinstance(value, float):
        return
    ids = [one.id for one in made.step.bands]
    own = band(made, side, value)
    told = (score.high_band if side else score.low_band) or ""
    if made.basis != "cases":
        assert told == ("" if own is None else ids[own]), made
    elif told and own is not None:
        assert ids.index(told) >= own if side else ids.index(told) <= own, made


def check_left_out(steps: Steps, review: Review, criteria: CriteriaSet) -> None:
    """Every question and target of a step counts or is told to be left out, with the reason that the answers give."""
    short = review.form == "short"
    for name, target in [(TOTAL, None), *((one.id, one) for one in criteria.all_targets)]:
        made = steps[name]
        wanted = parts_of(target, criteria, is_wide=made.step.over == "criteria")
        counting = {one.part.id for side in (0, 1) for one in ends_of(made, side)}
        reasons = {one.id: one.reason for one in made.left_out}
        assert counting | reasons.keys() == wanted.keys(), made
        assert not counting & reasons.keys(), made
        weights = {one.id: one.weight for one in made.parts} | {one.id: one.weight for one in made.left_out}
        assert all(weights[part] == weight for part, weight in wanted.items()), made
        for part, reason in reasons.items():
            criterion = next((one for one in criteria.criteria if one.id == part), None)
            assert (reason == "weight_0") == (wanted[part] == 0), made
            if reason == "not_asked" and criterion is not None and criterion.asked_if is not None:
                continue
            if reason != "weight_0" and criterion is not None:
                answer = review.answers.get(part)
                expected = "not_asked" if short and not criterion.core else answer.state if answer else "empty"
                assert reason == expected, made
        check_prerequisites(made, criteria)


def check_prerequisites(made: StepExplanation, criteria: CriteriaSet) -> None:
    """An answer that counts for less than was given says which prerequisite holds it back."""
    asks = {one.id for one in criteria.criteria if one.asked_if is not None}
    needs = {one.id: {need.criterion for need in one.prerequisites} for one in criteria.criteria}
    for part in made.parts:
        assert {one.criterion for one in part.hindrances} <= needs.get(part.id, set()), made
        if part.state == "assessed" and part.scale is not None and part.level is not None:
            given_ = part.scale.rank_of(part.level)
            for side, rank in enumerate((part.low_rank, part.high_rank)):
                is_lowered = rank != given_ and not (rank is None and part.id in asks)
                has_reason = any(one.at[side] for one in part.hindrances)
                assert has_reason or part.lacks_evidence or not is_lowered, made


def parts_of(target: Target | None, criteria: CriteriaSet, *, is_wide: bool) -> dict[str, Fraction]:
    """The parts of a step with their weights, by the set."""
    if target is None:
        questions, targets = (criteria.criteria if is_wide else ()), criteria.targets
    else:
        questions, targets = (target.all_criteria if is_wide else target.criteria), target.targets
    elsewhere = target.counts_also if target is not None else ()
    parts = {one.id: one.weight for one in questions}
    parts |= {one.id: one.weight for one in criteria.criteria if one.id in elsewhere}
    if is_wide:
        return parts
    return parts | {one.id: one.weight for one in criteria.all_targets if one in targets or one.id in elsewhere}


def explained(situation: Situation) -> Steps:
    return explain_review(situation.review, compile_criteria(situation.criteria))


@given(situations())
@tries(100)
def test_a_figure_follows_from_its_explanation(situation: Situation) -> None:
    steps = explained(situation)
    check(steps, scores(card_of(situation)))
    check_left_out(steps, situation.review, situation.criteria)


@given(situations(Wish(methods=("table", "rules", "ladder", "weakest", "product"), gates=3), unresolved=5))
@tries(60)
def test_so_do_the_ends_of_what_is_not_monotone(situation: Situation) -> None:
    check(explained(situation), scores(card_of(situation)))


@pytest.mark.parametrize("folder", FRAMEWORKS, ids=lambda folder: folder.name)
def test_the_figures_of_a_framework_follow_from_their_explanations(folder: Path) -> None:
    _, loaded = open_workspace(folder)
    assert loaded.workspace.reviews
    count = 0
    for review in loaded.workspace.reviews:
        criteria = loaded.workspace.criteria[review.criteria]
        plan = compile_criteria(criteria)
        steps = explain_review(review, plan)
        count += check(steps, scores(score_review(review, plan)))
        check_left_out(steps, review, criteria)
    assert count > 0


def round_explained(
    situation: Situation, reviewers: Mapping[str, Any], data: st.DataObject
) -> tuple[RoundCard, RoundExplanation]:
    """The situation's answers beside two others' that are drawn, joined in that way, and how they came to one."""
    values = {**situation.values, "scoring": {**situation.values["scoring"], "reviewers": reviewers}}
    criteria = model_of(values)
    assume(not faults(values, criteria))
    answers = [situation.answers, *(data.draw(reviews(situation.values, criteria, 1)) for _ in range(2))]
    own = [review_of(dict(one), situation.form, name) for one, name in zip(answers, "abc", strict=True)]
    plan = compile_criteria(criteria)
    cards = [score_review(one, plan) for one in own]
    joint = score_round(own, cards, criteria, plan)
    return joint, explain_round(joint, own, cards, criteria)


@given(situations(Wish(ranges=False, criteria=5), unresolved=2), st.sampled_from(JOININGS), st.data())
@tries(60)
def test_a_round_follows_from_its_explanation(
    situation: Situation, joining: tuple[str, str], data: st.DataObject
) -> None:
    """Pooled, or the mean or the median of results or of answers: from the explanation of the round alone."""
    method, of = joining
    joint, told = round_explained(situation, {"method": method, "of": of}, data)
    assert joint.card is not None
    assert (told.method, told.members) == (method, ("a", "b", "c"))
    results = scores(joint.card)
    if told.laid_together is not None:
        assert check(told.laid_together.steps, results) >= 0
        return
    for place, score in results.items():
        made = told.results[place]
        for side, (value, level) in enumerate(((score.low, score.low_outcome), (score.high, score.high_outcome))):
            redone = redo_joint(made, side, method)
            assert same(redone[0], value), made
            assert redone[1] == level, made


PAIRS = Wish(methods=("quotient", "difference", "mean"), criteria=4)


@given(situations(PAIRS, unresolved=0), st.data())
@tries(60)
def test_a_pair_of_pooled_answers_follows_from_its_explanation(situation: Situation, data: st.DataObject) -> None:
    """Quotients and differences are seldom drawn among all methods."""
    joint, told = round_explained(situation, {"method": "pooled"}, data)
    assert told.laid_together is not None
    assert joint.card is not None
    check(told.laid_together.steps, scores(joint.card))


@given(situations(Wish(ranges=False, criteria=4), unresolved=2), st.data())
@tries(40)
def test_answers_joined_by_difference_follow_from_what_is_told(situation: Situation, data: st.DataObject) -> None:
    """How far apart settled answers are and what the rules make of it, worked out from the answers alone."""
    joint, told = round_explained(situation, {"method": "by_difference", "rules": APART}, data)
    assert told.laid_together is not None
    assert joint.card is not None
    check(told.laid_together.steps, scores(joint.card))
    scales = {one.id: situation.criteria.scale_of(one) for one in situation.criteria.criteria}
    for entry in told.joined:
        check_joined(entry, scales[entry.criterion].levels)


def check_joined(entry: JoinedAnswer, levels: Sequence[Level]) -> None:
    """One question whose answers are all settled, by distances in steps of its scale."""
    keys = [level.key for level in levels]
    given = [key for _, state, key in entry.given if state == "assessed" and key in keys]
    if len(given) < len(entry.given):
        return
    places = [keys.index(key) for key in given]
    apart = max(places) - min(places)
    assert entry.apart == (apart, apart), entry
    wanted = min if apart <= 1 else max if apart <= 2 else None
    assert entry.gives == (("open",) if wanted is None else ("lowest",) if apart <= 1 else ("highest",)), entry
    if wanted is not None:
        assert entry.results == (wanted(given, key=keys.index),), entry


def fails(steps: Steps, situation: Situation) -> bool:
    """Whether the results no longer follow from what is told."""
    try:
        check(steps, scores(card_of(situation)))
        check_left_out(steps, situation.review, situation.criteria)
    except AssertionError:
        return True
    return False


def untold(steps: Steps, situation: Situation) -> Iterator[Steps]:
    """The explanations, each time without one thing that they tell: a gate that bites, what is left out, a reason."""
    counted = {name for name, one in scores(card_of(situation)).items() if one.standing in ("value", "interval")}
    for name, made in steps.items():
        for gate in made.gates if name in counted else ():
            if gate.bites:
                yield {**steps, name: replace(made, gates=tuple(one for one in made.gates if one is not gate))}
        for out in made.left_out:
            yield {**steps, name: replace(made, left_out=tuple(one for one in made.left_out if one is not out))}
            if out.weight:
                yield {**steps, name: replace(made, left_out=(out._replace(reason="weight_0"),))}
        for part in made.parts:
            if part.state == "assessed" and part.hindrances and part.scale is not None:
                parts = tuple(replace(one, hindrances=()) if one is part else one for one in made.parts)
                yield {**steps, name: replace(made, parts=parts)}


@given(situations())
@tries(80)
def test_what_is_not_told_is_missed(situation: Situation) -> None:
    steps = explained(situation)
    for less in untold(steps, situation):
        assert fails(less, situation)


GATED: dict[str, Any] = {
    "id": "s",
    "version": "1.0.0",
    "title": "S",
    "language": "en",
    "scale": [{"value": level, "label": str(level)} for level in (0, 1, 3)],
    "targets": [
        {
            "id": "t",
            "title": "T",
            "criteria": [
                {"id": "a", "question": "A"},
                {"id": "b", "question": "B"},
                {"id": "c", "question": "C", "not_applicable": "allowed"},
                {
                    "id": "d",
                    "question": "D",
                    "prerequisites": [{"criterion": "b", "at_least": 1, "otherwise": 1}],
                },
            ],
        }
    ],
    "scoring": {
        "criteria": {"method": "mean"},
        "targets": {"method": "mean"},
        "gates": [{"id": "g", "when": {"criterion": "b", "below": 1}, "cap": {"target": "t", "at": 1}, "why": "G"}],
    },
}


def test_a_gate_and_an_exclusion_that_are_not_told_are_missed() -> None:
    """The same on one set that is sure to have them all."""
    made = model_of(GATED)
    answers: dict[str, dict[str, Any]] = {
        "a": {"level": 3},
        "b": {"level": 0},
        "c": {"not_applicable": "r"},
        "d": {"level": 3},
    }
    situation = Situation({}, made, answers)
    steps = explained(situation)
    assert not fails(steps, situation)
    kinds = list(untold(steps, situation))
    assert len(kinds) == 4  # the gate, what is left out and its reason, the prerequisite
    assert all(fails(less, situation) for less in kinds)
