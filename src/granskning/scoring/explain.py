"""Review × Plan → how each result came about. The same walk as scoring's, told in values of `explanation`.

Each end of a result is told as one evaluation that can be redone: all parts at their lowest and at their highest where
that is where the ends are, else the two completions of the open answers that give the least and the most. Only where
completions are too many to try is it bounds that are told.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from granskning.scoring.engine.bounds import extreme_cases
from granskning.scoring.engine.cached_evaluation import cells_of
from granskning.scoring.engine.counting import is_reduced
from granskning.scoring.engine.evaluate import (
    band_of,
    capped,
    evaluate_node,
    make_evaluation_state,
    moved_start,
    parts_at,
    passed_span,
    seen_from,
)
from granskning.scoring.engine.plan import compile_criteria, dependencies_of
from granskning.scoring.engine.session import ScoringSession
from granskning.scoring.outline import outline_of, scale_steps
from granskning.scoring.results.card import TOTAL
from granskning.scoring.results.explanation import (
    BandStanding,
    Explanation,
    GateEffect,
    GateExplanation,
    Hindrance,
    LeftOutPart,
    PartExplanation,
    RuleStanding,
    StepExplanation,
    StepOutcome,
)
from granskning.scoring.score import ScoringContext, asked_of, sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.scoring.engine.compiled_scale import Cell, CompiledScale
    from granskning.scoring.engine.node import EvaluationState, Node, PartPlan
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.explanation import Basis, LeftOutReason, Rank, ScaleSteps
    from granskning.scoring.results.numbers import Number
    from granskning.scoring.results.values import Part, Result

_WITHOUT_EVIDENCE = {"not_applicable", "insufficient_evidence"}


def explain(review: Review, criteria: CriteriaSet) -> Explanation:
    """How the results of a review came about, and what they are read against."""
    plan = compile_criteria(criteria)
    return Explanation(outline_of(plan), explain_review(review, plan))


def explain_review(review: Review, plan: Plan) -> Mapping[str, StepExplanation]:
    """The explanation of every target's result and of the whole (`TOTAL`), by id."""
    asked = asked_of(review, plan)
    answers = {question.id: sound(review.answers.get(question.criterion), question) for question in asked}
    return explain_context(ScoringContext(ScoringSession(plan), asked, answers))


def explain_context(context: ScoringContext) -> Mapping[str, StepExplanation]:
    """The explanation of every result that a set of answers gives, by id."""
    explainer = _Explainer(context)
    return {name: explainer.step(node) for name, node in context.plan.nodes.items()}


class _End(NamedTuple):
    """The evaluation that one end of a result is that of."""

    state: EvaluationState
    side: int
    """Which side of the state; they differ only where it is bounds that are told."""
    given: Mapping[str, Cell]
    """The answers before prerequisites held any of them back."""

    @property
    def cells(self) -> Mapping[str, Cell]:
        """The answers as they count."""
        return self.state.high if self.side else self.state.low


class _Explainer:
    """Tells how the results of one set of answers came about."""

    def __init__(self, context: ScoringContext) -> None:
        self.context = context
        self.plan = context.plan
        self.put = context.answers.keys() | {
            node.id for node in self.plan.nodes.values() if not context.answers.keys().isdisjoint(node.questions)
        }
        """The questions that are put, and the steps that any of them is beneath."""
        self.targets = {TOTAL, *self.plan.targets}
        self.fixed = cells_of(self.plan, context.counted, context.counted)
        self.scales: dict[int, ScaleSteps] = {}

    @cached_property
    def lowest(self) -> _End:
        """All open answers at their lowest."""
        return self._at({**self.fixed, **{one.id: one.lowest for one in self.context.open}})

    @cached_property
    def highest(self) -> _End:
        """All open answers at their highest."""
        return self._at({**self.fixed, **{one.id: one.highest for one in self.context.open}})

    def _at(self, cells: Mapping[str, Cell], last: Node | None = None) -> _End:
        """One completion, worked out as far as a node."""
        state = make_evaluation_state(self.plan, cells, cells, self.context.limits)
        for node in self.plan.nodes.values() if last is None else dependencies_of(self.plan, last):
            state.results[node.id] = evaluate_node(node, state)
        return _End(state, 0, cells)

    def ends(self, node: Node) -> tuple[Basis, _End, _End]:
        """What the lowest and the highest result are those of."""
        open_ = [question for question in self.context.open if question.id in node.support]
        if not open_:
            settled = _End(self.context.so_far, 0, self.fixed)
            return "settled", settled, settled
        if node.is_clean and self.context.unsettled.isdisjoint(node.support):
            return "ends", self.lowest, self.highest
        cases = extreme_cases(self.plan, node, self.fixed, open_, self.context.limits)
        if cases is not None:
            return "cases", self._at(cases[0], node), self._at(cases[1], node)
        state = self.context.ends
        basis: Basis = "outer" if self.context.is_outer(node.id) else "ends"
        return basis, _End(state, 0, self.lowest.given), _End(state, 1, self.highest.given)

    def step(self, node: Node) -> StepExplanation:
        """How the result of one node came about."""
        basis, low, high = self.ends(node)
        pair = (low, high)
        result = self.context.ends.results[node.id]
        number, shrunk = result[0].value, self.context.limits.shrunk.get(node.id)
        ungated = [evaluate_node(node, end.state, gated=False)[end.side] for end in pair]
        least, most = self.context.limits.spans.get(node.id, (None, None))
        parts = tuple(self._part(part, node, pair) for part in node.parts if part.id in self.put)
        return StepExplanation(
            id=node.id,
            step=node.step,
            parts=parts,
            left_out=tuple(self._left_out(node, {part.id for part in parts if part.is_there})),
            common=self._scale(node.common),
            scale=self._scale(node.ladder),
            rules=tuple(self._rules(node, pair)),
            gates=tuple(self._gates(node, pair, ungated)),
            bands=tuple(self._bands(node, pair)),
            ungated=(_outcome(ungated[0]), _outcome(ungated[1])),
            result=(_outcome(result[0]), _outcome(result[1])),
            basis=basis,
            least=least,
            most=most,
            shrunk=shrunk,
            band_alone=None if number is None or shrunk is not None else band_of(number, node.step),
            before_points=_before_points(node, pair),
        )

    def _scale(self, ladder: CompiledScale | None) -> ScaleSteps | None:
        if ladder is not None and id(ladder) not in self.scales:
            self.scales[id(ladder)] = scale_steps(ladder)
        return None if ladder is None else self.scales[id(ladder)]

    # --- conditions -----------------------------------------------------------------------------------------------

    def _rules(self, node: Node, pair: tuple[_End, _End]) -> Iterator[RuleStanding]:
        over_all = seen_from(node, self.context.ends)
        at = [[test(seen_from(node, end.state)) for end in pair] for test, _ in node.rules]
        is_certain = all(must == can for ends in at for must, can in ends)
        for (test, _), (low, high) in zip(node.rules, at, strict=True):
            yield RuleStanding(*test(over_all), *((low[0], high[0]) if is_certain else (None, None)))

    def _gates(self, node: Node, pair: tuple[_End, _End], ungated: list[Result]) -> Iterator[GateExplanation]:
        """Each gate in order, from what the one before it left."""
        gates = [gate for gate in self.plan.scoring.gates if (gate.target or TOTAL) == node.id]
        now = list(ungated)
        for gate, (test, cap) in zip(gates, node.gates, strict=True):
            effects = []
            for place, end in enumerate(pair):
                must, can = test(seen_from(node, end.state))
                holds = must if end.side else can  # at the lowest a gate that may hold does
                after = capped(now[place], cap) if holds else now[place]
                effects.append(GateEffect(holds, _outcome(now[place]), _outcome(after)))
                now[place] = after
            yield GateExplanation(gate, _outcome(cap), *effects)

    def _bands(self, node: Node, pair: tuple[_End, _End]) -> Iterator[BandStanding]:
        least = self.context.limits.spans.get(node.id, (None, None))[0]
        shrunk = self.context.limits.shrunk.get(node.id)
        for band, demand in zip(node.step.bands, node.demands, strict=True):
            low, high = (demand is None or demand(end.state)[end.side] for end in pair)
            start = band.start if shrunk is None else moved_start(band.start, least, *shrunk)
            yield BandStanding(start, (low, high))

    # --- parts ----------------------------------------------------------------------------------------------------

    def _part(self, part: PartPlan, node: Node, pair: tuple[_End, _End]) -> PartExplanation:
        """A part as the step saw it."""
        seen = [_seen(part, node, end) for end in pair]
        lowest, highest = (
            passed_span(part, end.state.limits) if part.is_node else (part.lowest, part.highest) for end in pair
        )
        question = self.plan.questions.get(part.id) if not part.is_node else None
        answer = self.context.answers.get(part.id) if question else None
        declared = self.context.absences.parts.get(node.id, {}).get(part.id)
        return PartExplanation(
            id=part.id,
            is_node=part.is_node,
            weight=Fraction(part.weight),
            scale=self._scale(part.ladder),
            threshold=part.threshold,
            by_band=part.by_band,
            low=seen[0][0],
            high=seen[1][0],
            low_rank=seen[0][1],
            high_rank=seen[1][1],
            spans=(lowest, highest),
            by_value=part.by_value,
            state=answer.state if answer else None,
            level=answer.level if answer else None,
            reviewer=part.id[len(question.criterion) + 1 :] if question else "",
            hindrances=tuple(self._hindrances(part.id, pair)) if question else (),
            declared=declared[1] if declared else None,
            shown=self._shown(part, pair) if part.points is not None and not declared else None,
            lacks_evidence=answer.lacks_evidence
            if question is not None and answer is not None and is_reduced(question, answer)
            else None,
        )

    def _shown(self, part: PartPlan, pair: tuple[_End, _End]) -> tuple[Number | None, Number | None]:
        """What a part that counts as points is shown as, at both ends."""
        low, high = (end.state.results[part.id][end.side].value for end in pair)
        return low, high

    def _hindrances(self, name: str, pair: tuple[_End, _End]) -> Iterator[Hindrance]:
        """The prerequisites of an answer that are not met, where that lowers it."""
        for criterion, at_least, otherwise in self.plan.depends.get(name, ()):
            needed = [
                (question, rank)
                for question in self.plan.by_criterion[criterion]
                if (rank := question.ladder.rank_of(at_least)) is not None
            ]
            limit = self.plan.questions[name].ladder.cell(otherwise)
            at = []
            for end in pair:
                given = end.given.get(name) if name in end.cells else None  # where it is not asked, nothing lowers it
                unmet = any(_is_below(end.cells.get(question.id), rank) for question, rank in needed)
                at.append(given is not None and unmet and _is_higher(given, limit))
            if any(at):
                end = pair[0 if at[0] else 1]
                yield Hindrance(criterion, at_least, otherwise, end.given[name][1], end.cells[name][1], (at[0], at[1]))

    def _left_out(self, node: Node, counting: set[str]) -> Iterator[LeftOutPart]:
        """Every part that the set gives the step and that does not count in it."""
        for part in node.parts:
            if part.id not in counting:
                yield LeftOutPart(part.id, part.is_node, Fraction(part.weight), self._reason(part))
        for part in node.weightless:
            yield LeftOutPart(part.id, part.is_node, Fraction(0), "weight_0")

    def _reason(self, part: PartPlan) -> LeftOutReason:
        if part.id not in self.put or part.id in self.context.unsettled:
            return "not_asked"
        answers = self.context.answers
        names = self.plan.nodes[part.id].questions if part.is_node else (part.id,)
        states = {answers[name].state for name in names if name in answers}
        if states == {"not_applicable"}:
            return "not_applicable"
        if states <= _WITHOUT_EVIDENCE:
            return "insufficient_evidence"
        if part.is_node and self.plan.nodes[part.id].step.method == "none":
            return "no_figure"
        if part.by_band and any(one.value is not None for one in self.context.ends.results[part.id]):
            return "no_band"
        return "nothing_assessed"


def _seen(part: PartPlan, node: Node, end: _End) -> tuple[Number | None, Rank | None]:
    """The number and the rank that a part enters with."""
    if not part.is_node:
        return end.cells.get(part.id, (None, None))
    found: Part | None = next(
        (one for one in parts_at(node, seen_from(node, end.state), end.side) if one.id == part.id), None
    )
    return (None, None) if found is None else (found.value, found.rank)


def _before_points(node: Node, pair: tuple[_End, _End]) -> tuple[Number | None, Number | None] | None:
    """What the method gives at both ends, where that is turned into points."""
    if not node.step.points or node.step.passes_on == "points" or node.ladder is not None:
        return None
    bare = replace(node, step=replace(node.step, points=(), bands=()))
    low, high = (evaluate_node(bare, end.state, gated=False)[end.side].value for end in pair)
    return low, high


def _is_below(cell: Cell | None, rank: Rank) -> bool:
    return cell is not None and cell[1] is not None and cell[1] < rank


def _is_higher(cell: Cell, limit: Cell) -> bool:
    """Whether an answer would count for more than what its prerequisite lets it."""
    pairs = zip(cell, limit, strict=True)
    return any(one is not None and other is not None and one > other for one, other in pairs)


def _outcome(result: Result) -> StepOutcome:
    return StepOutcome(result.value, result.rank, result.rule, result.band)
