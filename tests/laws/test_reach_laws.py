"""What `check` says can never come about never does, and what it leaves alone does: against every review there can be.

Sets of a few questions are drawn, and every review of them is scored. The check tries combinations of parts, each
taken to be anything it can be; where the parts of a step are questions, that is the same thing.
"""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from engine_sets import TOTAL, Wish, faults, levels_of, review_of, scores, sets
from hypothesis import assume, given
from tries import tries

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.score import ScoringSession, score_review
from granskning.workspace.checks.check_views import Views, step_places
from granskning.workspace.effects.check_bands import check_bands
from granskning.workspace.effects.check_reach import ReachCheck
from granskning.workspace.schema.modelling import criteria_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.results.card import Scorecard

Values = dict[str, Any]

EACH = 12
MOST = 500
"""More reviews than these are not scored for one set."""
DECIDING = Wish(methods=("rules", "ladder"), ranges=False, criteria=4, gates=0, plain=True)
GATED = Wish(methods=("rules", "mean", "weakest"), ranges=False, criteria=3, gates=2, plain=True)
FEW = tries(8)


def every_card(values: Values, criteria: CriteriaSet) -> Iterator[Scorecard]:
    """The result of every review in which all questions are settled."""
    options: list[list[Values]] = []
    for one in criteria.criteria:
        target = next(target for target in criteria.all_targets if one in target.criteria)
        meant = criteria.step_of(target)
        answers: list[Values] = [{"level": level} for level in levels_of(values, one.scale)]
        answers += [{"not_applicable": "r"}] * one.not_applicable
        if one.not_applicable and meant.not_applicable[0] == "satisfied_if_justified":
            answers.append({"not_applicable": "r", "justification": "j"})
        if meant.insufficient_evidence != "interval":
            answers.append({"insufficient_evidence": "r"})
        options.append(answers)
    count = 1
    for answers in options:
        count *= len(answers)
    if count > MOST:
        assume(condition=False)
    plan = compile_criteria(criteria)
    session = ScoringSession(plan)
    names = [one.id for one in criteria.criteria]
    for case in product(*options):
        yield score_review(review_of(dict(zip(names, case, strict=True))), plan, session=session)


def checked(values: Values) -> tuple[CriteriaSet, ReachCheck, list[str]]:
    criteria = criteria_set(values, "criteria/s.yaml", "en")
    seen = Views(criteria)
    check = ReachCheck(values, criteria, list(step_places(values, criteria, seen)), seen)
    return criteria, check, [f"{finding.rule.code} {finding.at.path}" for finding in check.check()]


def decided_rules(values: Values, criteria: CriteriaSet, check: ReachCheck) -> dict[Path, set[int]]:
    """By step the rules that have decided in some review; -1 and the number after the last stand for `otherwise`."""
    decided: dict[Path, set[int]] = {}
    for card in every_card(values, criteria):
        by_name = scores(card)
        for place in check.places:
            score = by_name[TOTAL if place.target is None else place.target.id]
            if place.step.method in ("rules", "ladder") and score.outcome is not None:
                is_ladder = place.step.method == "ladder"
                rule = (-1 if is_ladder else len(place.step.rules)) if score.rule is None else score.rule
                decided.setdefault((*place.path, "steps" if is_ladder else "rules"), set()).add(rule)
    return decided


@FEW
@given(sets(DECIDING))
def test_a_rule_that_decides_is_never_said_not_to(values: Values) -> None:
    criteria, check, told = checked(values)
    for path, decided in decided_rules(values, criteria, check).items():
        assert decided <= check.tried[path].decided, (path, told)


def small_condition(random: Random, depth: int) -> Values:
    """A condition on three questions at 0, 1 and 2."""
    kind = random.choice(("part", "count", "count", "count", "all", "any", "not") if depth else ("part", "count"))
    if kind in ("all", "any"):
        return {kind: [small_condition(random, depth - 1) for _ in range(random.choice((1, 2, 2)))]}
    if kind == "not":
        return {kind: small_condition(random, depth - 1)}
    compared: Values = {random.choice(("is", "at_least", "above", "at_most", "below")): random.choice((0, 1, 2))}
    if kind == "part":
        compared = random.choice((compared, compared, {"is": ["not_applicable", 1]}))
        return {"part": random.choice("xyz"), **compared}
    what = {**compared, **random.choice(({}, {}, {"critical": True}, {"class": "k"}, {"parts": ["x", "z"]}))}
    amount = random.choice(("at_least", "more_than", "at_most", "fewer_than", "exactly"))
    return {"count": what, amount: random.choice((0, 1, 1, 2, 3, "50 %", "all", "1/3"))}


def small_set(random: Random) -> Values:
    """A target with three questions, a rule for each of some conditions, and sometimes a gate."""
    method = random.choice(("rules", "rules", "ladder"))
    key, within = ("steps", "requires") if method == "ladder" else ("rules", "when")
    rules = []
    for number in range(random.choice((1, 2, 3, 4))):
        conditions = [small_condition(random, 2) for _ in range(random.choice((1, 1, 2)))]
        rules.append({within: conditions if len(conditions) > 1 else conditions[0], "gives": number % 3})
    question: Values = {"question": "Q", "not_applicable": "allowed"}
    asked = [{"id": name, **question} for name in "xyz"]
    asked[0] |= {"critical": True}
    asked[1] |= {"class": "k"}
    asked[2].pop("not_applicable")
    if random.random() < 0.3:  # some sets
        asked[2]["not_applicable"] = "allowed"
    scoring: Values = {"criteria": {"method": method, key: rules, "otherwise": 0}, "targets": {"method": "none"}}
    if random.random() < 0.2:  # few sets
        scoring["insufficient_evidence"] = "unsatisfied"
    return one_target(asked, scoring, (0, 1, 2)) | {"classes": [{"id": "k", "title": "K"}]}


def one_target(asked: list[Values], scoring: Values, levels: tuple[int, ...]) -> Values:
    """A set of one target."""
    return {
        "schema": "granskning/criteria/1", "id": "s", "version": "1.0.0", "title": "S", "language": "en",
        "scale": [{"value": level, "label": str(level)} for level in levels],
        "targets": [{"id": "t", "title": "T", "criteria": asked}],
        "scoring": scoring,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_what_can_never_come_about_is_found(seed: int) -> None:
    """A rule that no review brings about is told, and a condition that always comes to the same."""
    random, tried = Random(seed), 0  # noqa: S311  # the same sets each time
    while tried < EACH:
        values = small_set(random)
        criteria, check, told = checked(values)
        if faults(values, criteria):
            continue
        tried += 1
        for path, decided in decided_rules(values, criteria, check).items():
            assert decided == check.tried[path].decided, (values["scoring"], told)


def banded_set(random: Random) -> Values:
    """A target with three questions and bands that begin anywhere near what it can come to."""
    scoring: Values = {"method": random.choice(("weakest", "best", "median", "mean", "sum", "share_of_possible"))}
    starts = sorted(random.sample((-1, 0, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 6, 7), random.choice((2, 3, 4))))
    scoring["bands"] = [
        {random.choice(("from", "from", "above")): start, "id": f"b{number}", "label": f"B{number}"}
        for number, start in enumerate(starts)
    ]
    for band in scoring["bands"][1:]:
        if random.random() < 0.2:  # few bands
            band["requires"] = {"part": "x", "at_least": random.choice((1, 2))}
    asked: list[Values] = [{"id": name, "question": "Q", "not_applicable": "allowed"} for name in "xyz"]
    whole: Values = {"criteria": scoring, "targets": {"method": "none"}}
    if random.random() < 0.3:  # some sets
        gate = {"id": "g", "when": {"part": "y", "at_most": 1}, "cap": {"target": "t", "at": random.choice((0, 0.5))}}
        whole["gates"] = [gate]
    return one_target(asked, whole, random.choice(((0, 1, 2), (1, 2), (0, 2, 3))))


@pytest.mark.parametrize("seed", range(6))
def test_bands_that_no_review_comes_to_are_found(seed: int) -> None:
    """None that is told is come to; where the result is one of the levels, none that is not come to is left untold."""
    random, tried = Random(seed), 0  # noqa: S311  # the same sets each time
    while tried < EACH:
        values = banded_set(random)
        criteria = criteria_set(values, "criteria/s.yaml", "en")
        if faults(values, criteria):
            continue
        tried += 1
        seen = Views(criteria)
        told = {str(one.values["id"]) for one in check_bands(criteria, list(step_places(values, criteria, seen)), seen)}
        step = values["scoring"]["criteria"]
        come_to = {scores(card)["t"].band for card in every_card(values, criteria)}
        assert not told & come_to, values
        is_level = step["method"] in ("weakest", "best", "median")
        is_moved = "gates" in values["scoring"] or any("requires" in band for band in step["bands"])
        if is_level and not is_moved:
            assert told == {band["id"] for band in step["bands"]} - come_to, values


@FEW
@given(sets(GATED))
def test_gates_that_hold_are_those_that_can(values: Values) -> None:
    criteria, check, _ = checked(values)
    gates = [gate.id for gate in criteria.scoring.gates]
    assume(gates)
    standings: dict[str, set[bool]] = {}
    for card in every_card(values, criteria):
        by_name = scores(card)
        for gate in card.gates:
            score = by_name[gate.target or TOTAL]
            if score.standing == "value" and gate.standing != "undecided":
                standings.setdefault(gate.id, set()).add(gate.standing == "not_met")
    for number, gate_id in enumerate(gates):
        came_to = check.tried[("scoring", "gates", number, "when")].came_to[("scoring", "gates", number, "when")]
        assert standings.get(gate_id, set()) <= came_to
