"""Criteria set → the outline that results are read against: its steps, their parts and scales, told in values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.results.explanation import PartOutline, ScaleSteps, SetOutline, StepOutline

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.engine.compiled_scale import CompiledScale
    from granskning.scoring.engine.node import Node
    from granskning.scoring.engine.plan import Plan


def make_outline(criteria: CriteriaSet) -> SetOutline:
    """The outline of a criteria set that `workspace.check` has found sound."""
    return outline_of(compile_criteria(criteria))


def outline_of(plan: Plan) -> SetOutline:
    """The outline of a set that has been made ready for scoring."""
    known: dict[int, ScaleSteps] = {}

    def steps_of(ladder: CompiledScale | None) -> ScaleSteps | None:
        """Each scale becomes one value, so that parts on the same scale can be told by its identity."""
        if ladder is not None and id(ladder) not in known:
            known[id(ladder)] = scale_steps(ladder)
        return None if ladder is None else known[id(ladder)]

    steps = {node.id: _step(node, steps_of) for node in plan.nodes.values()}
    scales = {name: steps_of(questions[0].ladder) for name, questions in plan.by_criterion.items()}
    weights = {question.criterion: question.weight for question in plan.questions.values()}
    return SetOutline(
        targets=plan.targets,
        steps=steps,
        scales={name: scale for name, scale in scales.items() if scale is not None},
        weights={**{name: step.weight for name, step in steps.items()}, **weights},
    )


def scale_steps(ladder: CompiledScale) -> ScaleSteps:
    """A scale as it is read: its keys, their ranks and points."""
    return ScaleSteps(ladder.scale, ladder.keys, dict(ladder.rank), dict(ladder.points))


def _step(node: Node, steps_of: Callable[[CompiledScale | None], ScaleSteps | None]) -> StepOutline:
    return StepOutline(
        id=node.id,
        step=node.step,
        weight=node.weight,
        parts=tuple(
            PartOutline(part.id, part.is_node, steps_of(part.ladder), part.lowest, part.highest) for part in node.parts
        ),
        common=steps_of(node.common),
        scale=steps_of(node.ladder),
        bands=steps_of(node.bands),
    )
