"""Review × Plan → how each result came about. The same walk as scoring's, told in values of `explanation`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.scoring.engine.evaluate import band_of, evaluate_node, seen_from
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.engine.session import ScoringSession
from granskning.scoring.outline import outline_of, scale_steps
from granskning.scoring.results.explanation import Explanation, PartExplanation, StepExplanation, StepOutcome
from granskning.scoring.score import ScoringContext, asked_of, sound

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.scoring.engine.compiled_scale import CompiledScale
    from granskning.scoring.engine.node import EvaluationState, Node, PartPlan
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.explanation import Rank, ScaleSteps
    from granskning.scoring.results.numbers import Number
    from granskning.scoring.results.values import Pair, Result


def explain(review: Review, criteria: CriteriaSet) -> Explanation:
    """How the results of a review came about, and what they are read against."""
    plan = compile_criteria(criteria)
    return Explanation(outline_of(plan), explain_review(review, plan))


def explain_review(review: Review, plan: Plan) -> Mapping[str, StepExplanation]:
    """The explanation of every target's result and of the whole (`TOTAL`), by id."""
    asked = asked_of(review, plan)
    answers = {question.id: sound(review.answers.get(question.criterion), question) for question in asked}
    context = ScoringContext(ScoringSession(plan), asked, answers)
    put = answers.keys() | {target.id for target in context.targets()}
    return {node.id: _explain(node, context, put) for node in plan.nodes.values()}


def _scale(ladder: CompiledScale | None) -> ScaleSteps | None:
    return None if ladder is None else scale_steps(ladder)


def _explain(node: Node, context: ScoringContext, put: Collection[str]) -> StepExplanation:
    world = seen_from(node, context.ends)
    result = context.ends.results[node.id]
    number, shrunk = result[0].value, context.limits.shrunk.get(node.id)
    return StepExplanation(
        id=node.id,
        step=node.step,
        parts=tuple(_part(part, world) for part in node.parts if part.id in put),
        common=_scale(node.common),
        scale=_scale(node.ladder),
        rules=tuple(test(world) for test, _ in node.rules),
        has_gates=bool(node.gates),
        ungated=_outcomes(evaluate_node(node, context.ends, gated=False)),
        result=_outcomes(result),
        least=context.limits.spans.get(node.id, (None, None))[0],
        shrunk=shrunk,
        band_alone=None if number is None or shrunk is not None else band_of(number, node.step),
    )


def _part(part: PartPlan, world: EvaluationState) -> PartExplanation:
    """A part as the step saw it."""
    if part.is_node:
        low, high = (_seen(part, result) for result in world.results[part.id])
        own = world.limits.spans.get(part.id, (None, None))
        least, most = (part.lowest, part.highest) if part.by_band else own
    else:
        low, high = (cells.get(part.id, (None, None)) for cells in (world.low, world.high))
        least, most = part.lowest, part.highest
    return PartExplanation(
        id=part.id,
        is_node=part.is_node,
        weight=Fraction(part.weight),
        scale=_scale(part.ladder),
        threshold=part.threshold,
        by_band=part.by_band,
        low=low[0],
        high=high[0],
        low_rank=low[1],
        high_rank=high[1],
        least=least,
        most=most,
        by_value=part.by_value,
    )


def _seen(part: PartPlan, result: Result) -> tuple[Number | None, Rank | None]:
    """The number and the rank of a target as a part: its own, or those of its band where that goes on."""
    ladder, band = part.ladder, result.band
    if not part.by_band or ladder is None:
        return result.value, result.rank
    if band is None:
        return None, None
    return ladder.lowest[0] if band < 0 else ladder.points.get(ladder.keys[band]), band


def _outcomes(pair: Pair) -> tuple[StepOutcome, StepOutcome]:
    low, high = (StepOutcome(result.value, result.rank, result.rule) for result in pair)
    return low, high
