"""A criteria set made ready for scoring, once for all reviews: its steps as nodes, each after those it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.model.asking import asking_of
from granskning.model.asking import named_in as named_parts
from granskning.model.method import CHOOSING, DECIDING, Step
from granskning.model.review import UNRESOLVED
from granskning.scoring.engine.compiled_scale import make_ladder
from granskning.scoring.engine.conditions import (
    Scope,
    compile_all,
    compile_one,
    counted,
    direction_of,
    method_rises,
    together,
)
from granskning.scoring.engine.node import NOT_JOINED, Node, PartPlan, Question
from granskning.scoring.engine.plan_parts import (
    all_conditions,
    can_impute,
    common_ladder,
    find_exact_spans,
    find_fixed_spans,
    in_order,
    is_plain,
    lighten,
    make_band_ladder,
    make_cap,
    make_merged_part,
    make_node_part,
    make_outcome,
    named_in,
    nodes_below,
    sort_by_need,
)
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from granskning.model.asking import Asking
    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.method import Condition, Scoring
    from granskning.scoring.engine.compiled_scale import CompiledScale
    from granskning.scoring.engine.node import JoinedAnswers, Spans

NUMBER = "number"
"""What answers on a range of numbers are counted under."""
_LINEAR = frozenset({"mean", "sum"})
_RISING = 1
_FALLING = -1
_STILL = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """How a criteria set scores."""

    reference: str
    scoring: Scoring
    questions: Mapping[str, Question]
    nodes: Mapping[str, Node]
    """In an order in which each comes after all that its result rests on; the whole is `TOTAL`."""
    targets: tuple[str, ...]
    """The targets in the set's order, each before those below it."""
    depends: Mapping[str, tuple[tuple[str, str, str], ...]]
    """By question its prerequisites: the criterion, the level it must reach, the most that counts until then.

    Each question comes after those that it depends on.
    """
    by_criterion: Mapping[str, tuple[Question, ...]]
    roles: Mapping[str, tuple[object, ...]]
    """By criterion all that counts tell criteria apart by: class, and the lists that it is on."""
    asking: tuple[Asking, ...]
    """The questions that are asked only if others have certain answers, each after those that it depends on."""
    reviewers: tuple[str, ...]
    """Whose answers are laid together; none for a review."""
    shrinks: bool
    """Whether bounds shrink somewhere."""
    covers: Mapping[str, tuple[str, ...]]
    """By target all questions that count beneath it, those of other targets that count there also among them."""
    spans: Spans | None
    """The least and the most that each node can come to, where that is the same whatever questions apply."""
    exact_spans: frozenset[str]
    """The nodes whose least and most a figure hangs on, and are not those of the lowest and the highest answers."""
    applying: frozenset[str] = frozenset()
    """The targets beneath which something applies whatever is answered, where not all answers are looked at."""


def compile_criteria(
    criteria: CriteriaSet,
    reviewers: Sequence[str] = (),
    merge: str | None = None,
    joined: JoinedAnswers = NOT_JOINED,
) -> Plan:
    """Prepare a criteria set that `workspace.check` has found sound.

    With `reviewers`, each question is put once to each of them. Their answers are pooled, or made into one answer by
    the method `merge`, mean or median, before anything else. With `joined` that has been done already, and each
    question is put once.
    """
    return _Maker(criteria, tuple(reviewers), merge, joined).plan()


def dependencies_of(plan: Plan, node: Node) -> list[Node]:
    """The node and all those its result rests on, in the plan's order."""
    wanted: set[str] = set()
    waiting = [node.id]
    while waiting:
        current = plan.nodes[waiting.pop()]
        if current.id not in wanted:
            wanted.add(current.id)
            waiting += [part.id for part in current.parts if part.is_node] + sorted(current.named & plan.nodes.keys())
    return [node for node in plan.nodes.values() if node.id in wanted]


class _Maker:
    """Makes the nodes of one set, from the leaves to the whole."""

    def __init__(
        self, criteria: CriteriaSet, reviewers: tuple[str, ...], merge: str | None, joined: JoinedAnswers
    ) -> None:
        self.criteria = criteria
        self.scoring = criteria.scoring
        self.reviewers = reviewers
        self.merge = merge
        self.joined = joined
        self.held = {criterion.id: criterion for criterion in criteria.criteria}
        self.targets = {target.id: target for target in criteria.all_targets}
        self.parents = {child.id: target.id for target in criteria.all_targets for child in target.targets}
        self.ladders = {name: make_ladder(scale, self.scoring.normalise) for name, scale in criteria.scales.items()}
        for name, cells in joined.cells.items():
            self.ladders[name] = replace(self.ladders[name], cells={**self.ladders[name].cells, **cells})
        self.plain = {name: make_ladder(scale) for name, scale in criteria.scales.items()}
        self.questions: dict[str, Question] = {}
        self.by_criterion: dict[str, tuple[Question, ...]] = {}
        self.nodes: dict[str, Node] = {}

    def plan(self) -> Plan:
        """The whole plan."""
        for target in self.criteria.all_targets:
            for criterion in target.criteria:
                self._ask(criterion, target.id, self.criteria.step_of(target))
        tops = [self._structure(target) for target in self.criteria.targets]
        total = Node(TOTAL, None, Fraction(1), self.scoring.targets, tuple(self.questions))
        total.count_keys = self._count_keys(tuple(self.questions))
        self._furnish(total, tops, (), tuple(self.held))
        for node in self.nodes.values():
            self._compile(node)
        nodes = dict(in_order(self.nodes))
        needed = {need.criterion for criterion in self.held.values() for need in criterion.prerequisites}
        for node in nodes.values():
            node.support = self._support(node)
            rests_on = [nodes[name] for name in (*nodes_below(node), *(node.named & nodes.keys()))]
            node.named_within = node.named.union(*(below.named_within for below in rests_on))
            falling = any(
                not one.ladder.is_rising and one.criterion in node.named_within | needed
                for one in map(self.questions.__getitem__, node.support)
            )
            node.rises = method_rises(node, nodes)
            node.imputes = can_impute(node)
            node.is_monotone = node.is_monotone and node.rises
            node.is_clean = node.is_monotone and not falling and all(below.is_clean for below in rests_on)
        return Plan(
            reference=self.criteria.reference,
            scoring=self.scoring,
            questions=self.questions,
            nodes=nodes,
            targets=tuple(target.id for target in self.criteria.all_targets),
            depends={
                question.id: tuple((need.criterion, need.at_least, need.otherwise) for need in criterion.prerequisites)
                for criterion in sort_by_need(self.criteria.criteria)
                for question in self.by_criterion[criterion.id]
                if criterion.prerequisites
            },
            by_criterion=self.by_criterion,
            asking=asking_of(self.criteria),
            reviewers=self.reviewers,
            roles=self._roles(nodes.values()),
            spans=find_fixed_spans(nodes),
            exact_spans=frozenset(find_exact_spans(nodes)),
            covers={name: nodes[name].questions for name in self.targets},
            shrinks=any(node.step.not_applicable[0] == "shrink_bounds" for node in nodes.values()),
        )

    def _roles(self, nodes: Iterable[Node]) -> dict[str, tuple[object, ...]]:
        lists = [node.step.critical for node in nodes]
        conditions = [gate.when for gate in self.scoring.gates]
        for node in nodes:
            conditions += [condition for rule in node.step.rules for condition in rule.when]
            conditions += [condition for band in node.step.bands for condition in band.requires]
        lists += [condition.parts for condition in all_conditions(conditions)]
        lists += [target.counts_also for target in self.targets.values()]
        return {
            criterion.id: (criterion.class_, criterion.critical, *(criterion.id in names for names in lists))
            for criterion in self.criteria.criteria
        }

    # --- structure: parts and scales ------------------------------------------------------------------------------

    def _structure(self, target: Target) -> Node:
        """The node of a target, after those below it and those of other targets that count in it too."""
        if target.id in self.nodes:
            return self.nodes[target.id]
        below = [self._structure(child) for child in target.targets]
        counts_also = dict.fromkeys(target.counts_also)
        shared = [self._structure(self.targets[name]) for name in counts_also if name in self.targets]
        own = (*(criterion.id for criterion in target.criteria), *(name for name in counts_also if name in self.held))
        beneath = tuple(dict.fromkeys((*(criterion.id for criterion in target.all_criteria), *own)))
        asked = [question.id for name in beneath for question in self.by_criterion[name]]
        asked += [name for node in (*below, *shared) for name in node.questions]
        parent = self.parents.get(target.id, TOTAL)
        node = Node(target.id, parent, target.weight, self.criteria.step_of(target), tuple(dict.fromkeys(asked)))
        node.count_keys = self._count_keys(node.questions)
        self._furnish(node, [*below, *shared], own, beneath)
        return node

    def _ask(self, criterion: Criterion, target: str, step: Step) -> None:
        """Put a criterion, once to each reviewer; where answers are merged, a node of its own merges them."""
        name, ladder = criterion.id, self.ladders[criterion.scale]
        self.by_criterion[name] = made = tuple(
            Question(
                id=f"{name}@{who}" if who else name,
                criterion=name,
                target=target,
                weight=criterion.weight,
                core=criterion.core,
                tags=criterion.tags,
                ladder=ladder,
                step=step,
                not_applicable=criterion.not_applicable_means or step.not_applicable,
                without_evidence=criterion.without_evidence,
                reach=self.joined.reach.get(name, ()),
                is_loose=name in self.joined.loose,
            )
            for who in self.reviewers or ("",)
        )
        self.questions |= {question.id: question for question in made}
        if self.merge is not None:
            asked = tuple(question.id for question in made)
            node = Node(name, target, criterion.weight, Step(self.merge), asked)
            node.parts = tuple(self._question_part(question, step, 1) for question in made)
            node.common = common_ladder(node.parts)
            node.ladder = node.common if self.merge in CHOOSING else None
            self.nodes[name] = node

    def _count_keys(self, asked: Iterable[str]) -> tuple[str, ...]:
        """What answers to these questions are counted under, in the order of the scales."""
        ladders = [self.questions[name].ladder for name in asked]
        keys = [key for ladder in ladders for key in ((NUMBER,) if ladder.scale.is_range else ladder.keys)]
        keys += [NUMBER] * any(self.joined.cells.values())
        return (*dict.fromkeys(keys), "not_applicable", *sorted(UNRESOLVED))

    def _furnish(self, node: Node, below: Sequence[Node], own: tuple[str, ...], beneath: tuple[str, ...]) -> None:
        """Give a node its parts, scales and bands: its own criteria and targets, or all criteria beneath it."""
        step = node.step
        if step.over == "criteria":
            own, below = beneath, ()
        parts = [part for name in own for part in self._criterion_parts(name, step)]
        parts += [make_node_part(child, step) for child in below]
        node.parts = tuple(part for part in parts if part.weight)
        node.weightless = tuple(part for part in parts if not part.weight)
        if step.method in _LINEAR and all(is_plain(part) for part in node.parts):
            node.terms = tuple((part.id, part.weight) for part in node.parts)
        node.common = common_ladder(node.parts)
        node.bands = make_band_ladder(step.bands)
        if step.passes_on == "band" and step.bands and all(band.gives is not None for band in step.bands):
            node.given = given = self.plain[step.scale or ""]
            node.gives = tuple(int(given.rank_of(band.gives or "") or 0) for band in step.bands)
        if step.method in DECIDING:
            node.ladder = self.plain[step.scale or ""]
        elif step.method in CHOOSING and node.common is not None and step.even != "mean":
            node.ladder = self.plain[step.scale] if step.scale else node.common
        self.nodes[node.id] = node

    def _criterion_parts(self, name: str, step: Step) -> list[PartPlan]:
        """A criterion as parts of a step: one, or one for each reviewer whose answers are pooled."""
        if self.merge is not None:
            return [make_merged_part(self.nodes[name], self.by_criterion[name][0].ladder, step)]
        return [self._question_part(question, step, lighten(question.weight)) for question in self.by_criterion[name]]

    def _question_part(self, question: Question, step: Step, weight: int | Fraction) -> PartPlan:
        ladder = question.ladder
        highest, at = ladder.highest, step.satisfied_at
        threshold = ladder.rank_of(at) if at is not None else highest[1]
        if ladder.scale.is_range:  # numbers are compared by their points, since the best number may be the lowest
            threshold = highest[0] if at is None else ladder.cell(at)[0]
        return PartPlan(
            id=question.id,
            is_node=False,
            weight=weight,
            ladder=ladder,
            lowest=ladder.lowest[0],
            highest=highest[0],
            threshold=threshold,
            by_value=ladder.scale.is_range,
        )

    # --- conditions -----------------------------------------------------------------------------------------------

    def _compile(self, node: Node) -> None:
        """Make a node's rules, gates and bands ready, and find out whether it is monotone."""
        step, scope = node.step, self._scope(node)
        directions: list[int] = []
        ladder = node.ladder
        if step.method in DECIDING and ladder is not None:
            absent = step.method == "ladder"
            node.rules = tuple(
                (compile_all(rule.when, node, scope, absent=absent), make_outcome(rule.gives, ladder, number))
                for number, rule in enumerate(step.rules)
            )
            node.otherwise = None if step.otherwise is None else make_outcome(step.otherwise, ladder, None)
            directions.append(_RISING if self._is_monotone(node, scope) else 0)
        gates = [gate for gate in self.scoring.gates if (gate.target or TOTAL) == node.id]
        node.gates = tuple((compile_one(gate.when, node, scope, absent=False), make_cap(gate, node)) for gate in gates)
        directions += [-self._direction([gate.when], node, scope) for gate in gates]
        node.demands = tuple(
            compile_all(band.requires, node, scope, absent=True) if band.requires else None for band in step.bands
        )
        node.has_demands = any(node.demands)
        directions += [self._direction(band.requires, node, scope) for band in step.bands]
        conditions = [condition for rule in step.rules for condition in rule.when] + [
            condition for band in step.bands for condition in band.requires
        ]
        conditions += [gate.when for gate in gates]
        counts = any(condition.kind == "count" for condition in all_conditions(conditions))
        falls = counts and any(part.ladder is not None and not part.ladder.is_rising for part in node.parts)
        node.is_monotone = all(direction in (_RISING, _STILL, -_STILL) for direction in directions) and not falls
        node.named = frozenset(named_in(conditions))

    def _scope(self, node: Node) -> Scope:
        critical = node.step.critical or tuple(
            criterion.id for criterion in self.criteria.criteria if criterion.critical
        )
        return Scope(
            questions=self.by_criterion,
            nodes=self.nodes,
            classes={criterion.id: criterion.class_ for criterion in self.criteria.criteria},
            critical=frozenset(critical),
        )

    def _direction(self, conditions: Iterable[Condition], node: Node, scope: Scope) -> int:
        def scales(condition: Condition) -> list[CompiledScale | None]:
            names = counted(condition, node, scope) if condition.kind == "count" else [condition.part]
            return [self._scale_of(name, condition.levels) for name in names]

        return together(direction_of(condition, scales) for condition in conditions)

    def _scale_of(self, name: str, levels: Sequence[str]) -> CompiledScale | None:
        """The scale that a condition on a part looks at; for a node its levels or, if they are named, its bands."""
        if name in self.nodes:
            ladder, bands = self.nodes[name].ladder, self.nodes[name].bands
            given = self.nodes[name].given
            if given is not None and all(key in given.rank for key in levels):
                return given
            on_bands = bands is not None and not (ladder and ladder.rank.keys() & levels) and bands.rank.keys() & levels
            return bands if on_bands else ladder
        asked = self.by_criterion.get(name) or (self.questions[name],)
        return asked[0].ladder

    def _is_monotone(self, node: Node, scope: Scope) -> bool:
        """Whether a table, rules or a ladder can only rise as answers do."""
        step, ladder = node.step, node.ladder
        ways = [self._direction(rule.when, node, scope) for rule in step.rules]
        given = [rule.gives for rule in step.rules] + ([step.otherwise] if step.otherwise is not None else [])
        if ladder is None or step.method == "table":
            return False
        ranks = [ladder.rank_of(key) or 0 for key in given]
        if step.method == "ladder":
            ranks = [*ranks[-1:], *ranks[:-1]]
            return all(way in (_RISING, _STILL) for way in ways) and ranks == sorted(ranks)
        falling = all(way in (_FALLING, _STILL) for way in ways) and ranks == sorted(ranks)
        rising = all(way in (_RISING, _STILL) for way in ways) and ranks == sorted(ranks, reverse=True)
        return falling or rising

    def _support(self, node: Node) -> frozenset[str]:
        support = set(node.questions)
        for name in node.named:
            if name in self.nodes and name != node.id:
                support |= self.nodes[name].support
            support |= {question.id for question in self.by_criterion.get(name, ())}
        for part in node.parts:
            support |= self.nodes[part.id].support if part.is_node else {part.id}
        waiting = list(support)
        while waiting:
            criterion = self.questions[waiting.pop()].criterion
            own = self.held[criterion]
            needs = [need.criterion for need in own.prerequisites]
            needs += [] if own.asked_if is None else named_parts(own.asked_if)
            more = {question.id for name in needs for question in self.by_criterion[name]} - support
            support |= more
            waiting += more
        return frozenset(support)
