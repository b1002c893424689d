"""What parts without a result of their own count as: targets in which nothing applies, or all evidence is missing.

Answers in, by step what such parts count as. A step declares it with `not_applicable` and `insufficient_evidence`, as
for questions; `exclude`, `shrink_bounds` and `interval` leave the part as it is. Where nothing at all is applicable
beneath the step, it stays so. A question counts as its own target's step says, in every step that looks at it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from granskning.model.method import number_of
from granskning.scoring.engine.compiled_scale import SHARE, UNSATISFIED
from granskning.scoring.engine.curve import is_rising_curve
from granskning.scoring.engine.evaluate import band_number
from granskning.scoring.results.card import TOTAL
from granskning.scoring.results.numbers import to_fraction
from granskning.scoring.results.values import Result

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from granskning.model.review import Answer
    from granskning.scoring.engine.compiled_scale import CompiledScale
    from granskning.scoring.engine.node import Limits, Node, PartPlan, Spans
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.card import TargetResult
    from granskning.scoring.results.values import Pair

OUTSIDE = frozenset({"exclude", "shrink_bounds"})
"""The meanings of not applicable that leave an answer or a part out."""

_WITHOUT_RESULT = frozenset({"not_applicable", "insufficient_evidence"})

Absence = Literal["not_applicable", "insufficient_evidence"]


class Absences(NamedTuple):
    """The parts that count as something, and the steps that have a result because of it."""

    parts: Mapping[str, Mapping[str, tuple[Absence, str, str]]]
    """By node and part why it has no result of its own, the meaning that the node gives that, and its level if any."""
    resting: Collection[str]
    """The nodes that rest on missing evidence counted as something, in a part or further down."""


NO_ABSENCES = Absences({}, frozenset())


def find_absences(plan: Plan, answers: Mapping[str, Answer], counted: Mapping[str, str | None]) -> Absences:
    """The parts without results that the steps above them count as something."""
    if not any(node.imputes for node in plan.nodes.values()):
        return NO_ABSENCES
    absent: dict[str, Absence] = {}
    parts_by_node: dict[str, dict[str, tuple[Absence, str, str]]] = {}
    resting: set[str] = set()
    targets = {TOTAL, *plan.targets}  # the other nodes are questions whose answers are merged
    for node in plan.nodes.values():  # each after its parts
        names = [name for name in node.questions if name in answers]
        if not names or node.step.method == "none" or node.id not in targets:
            continue
        states = {answers[name].state for name in names}
        if states == {"not_applicable"}:
            absent[node.id] = "not_applicable"
            continue
        made = _made_of(plan, node, absent, answers)
        if made:
            parts_by_node[node.id] = made
        below = {part.id for part in node.parts if part.is_node}
        if "insufficient_evidence" in {absence for absence, _, _ in made.values()} or below & resting:
            resting.add(node.id)
        elif states <= _WITHOUT_RESULT and not any(
            _lacks(answers[name]) and counted.get(name) is not None for name in names
        ):
            absent[node.id] = "insufficient_evidence"
    return Absences(parts_by_node, frozenset(resting))


def _made_of(
    plan: Plan, node: Node, absent: Mapping[str, Absence], answers: Mapping[str, Answer]
) -> dict[str, tuple[Absence, str, str]]:
    """What a node makes of those of its parts that are absent."""
    made: dict[str, tuple[Absence, str, str]] = {}
    for part in node.parts:
        if part.is_node and part.id in absent:
            asked = [answers[name] for name in plan.nodes[part.id].questions if name in answers]
            if not any(question.is_put for question in asked):
                continue
            meaning, level = _meaning(node, absent[part.id], asked)
            if meaning not in OUTSIDE and meaning != "interval":
                made[part.id] = (absent[part.id], meaning, level)
    return made


def _lacks(answer: Answer) -> bool:
    return answer.state == "insufficient_evidence"


def _meaning(node: Node, absence: Absence, asked: Sequence[Answer]) -> tuple[str, str]:
    """What the node makes of a part without a result, as one of: lowest, unsatisfied, highest, level, or as it is."""
    if absence == "insufficient_evidence":
        return node.step.insufficient_evidence, ""
    meaning, level = node.step.not_applicable
    if meaning == "satisfied_if_justified":
        meaning = "satisfied" if all((question.justification or "").strip() for question in asked) else "absent"
    return {"satisfied": "highest", "absent": "lowest"}.get(meaning, meaning), level


def impute(plan: Plan, absences: Absences, spans: Spans) -> Mapping[str, Mapping[str, Pair]]:
    """By node and part the result that the part counts as there."""
    imputed: dict[str, dict[str, Pair]] = {}
    for name, parts in absences.parts.items():
        for part in plan.nodes[name].parts:
            if part.id in parts:
                _, meaning, level = parts[part.id]
                if part.gives and part.ladder is not None:
                    result = _given(part.ladder, part.gives, meaning, level)
                else:
                    result = _result(plan.nodes[part.id], part.ladder, meaning, level, spans, by_band=part.by_band)
                if result is not None:
                    imputed.setdefault(name, {})[part.id] = (result, result)
    return imputed


def _result(  # noqa: PLR0913  # what a part is seen as, and what it counts as
    part: Node, ladder: CompiledScale | None, meaning: str, level: str, spans: Spans, *, by_band: bool
) -> Result | None:
    """The result of a part that counts as the lowest, the highest, below all or a named level; None if it has none."""
    if ladder is None:
        return _number(part, meaning, level, spans)
    if meaning == "share":
        return None if by_band else Result(ladder.cell(SHARE + level)[0])
    key = {"lowest": ladder.worst_key, "highest": ladder.best_key, "unsatisfied": UNSATISFIED}.get(meaning, level)
    if key not in ladder.rank and key != UNSATISFIED:
        return None
    value, rank = ladder.cell(key)
    if by_band:
        return Result(None, None, None if rank is None else int(rank))
    return Result(value, rank, _band(part, value, is_below=key == UNSATISFIED))


def _given(ladder: CompiledScale, gives: tuple[int, ...], meaning: str, level: str) -> Result | None:
    """The first band that gives the lowest level, the highest or the named one; None where none does."""
    wanted = {"lowest": gives[0], "highest": gives[-1]}.get(meaning, ladder.rank.get(level))
    if meaning == "unsatisfied":
        return Result(None, None, -1)
    return Result(None, None, gives.index(int(wanted))) if wanted in gives else None


def _number(part: Node, meaning: str, level: str, spans: Spans) -> Result | None:
    least, most = spans.get(part.id, (None, None))
    if part.step.passes_on == "points" and not is_rising_curve(part.step.points):  # the most it shows counts least
        least, most = most, least
    value = {"lowest": least, "highest": most, "unsatisfied": least}.get(meaning, number_of(level))
    if meaning == "share" and least is not None and most is not None:
        value = to_fraction(least) + (number_of(level) or 0) * (to_fraction(most) - to_fraction(least))
    if value is None:
        return None
    return Result(value, None, _band(part, to_fraction(value), is_below=meaning == "unsatisfied"))


def _band(part: Node, value: object, *, is_below: bool) -> int | None:
    """The number of its band; below all bands for what counts as below every level."""
    if part.bands is None or value is None:
        return None
    return -1 if is_below else band_number(part, value)  # type: ignore[arg-type]  # a number


def counted_as(plan: Plan, target: TargetResult, absences: Absences, limits: Limits) -> TargetResult:
    """The target with what it counts as in the step above, where that is not its own result."""
    above = target.parent or TOTAL
    if target.id not in absences.parts.get(above, {}):
        return target
    pair = limits.imputed.get(above, {}).get(target.id)
    if pair is None:
        return target
    part = next(part for part in plan.nodes[above].parts if part.id == target.id)
    return replace(target, counted=_words(part, pair[0], absences.parts[above][target.id][1]))


def _words(part: PartPlan, result: Result, meaning: str) -> str:
    """A level or a band by its key, a number as a fraction; what is below every level by that meaning."""
    rank = result.band if part.by_band else result.rank
    if part.gives and rank is not None and rank >= 0:
        rank = part.gives[int(rank)]
    if meaning == "unsatisfied" and part.ladder is not None:
        return meaning
    if rank is not None and part.ladder is not None:
        return part.ladder.keys[int(rank)]
    return str(to_fraction(result.value or 0))
