"""Score one review: Review × Plan → Scorecard. Exact, no rounding, the whole set's rules.

Answers become cells (points and rank); `settle` walks the nodes; unresolved answers give an interval, since
`completions` finds the worst and the best that they can come to. `so_far` counts the settled answers alone.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from granskning.model.review import Answer, is_in_form
from granskning.scoring.engine.asked import answers_to_asked, given_places, settle_asking
from granskning.scoring.engine.bounds import possible
from granskning.scoring.engine.cached_evaluation import cells_of, ends_world, evaluate_cached
from granskning.scoring.engine.compiled_scale import SHARE, UNSATISFIED
from granskning.scoring.engine.counting import count_answers, is_reduced
from granskning.scoring.engine.evaluate import evaluate_node, make_evaluation_state, may_decide, seen_from
from granskning.scoring.engine.imputed import NO_ABSENCES, counted_as, find_absences, impute
from granskning.scoring.engine.node import Limits
from granskning.scoring.engine.plan import NUMBER
from granskning.scoring.engine.plan import compile_criteria as compile_criteria  # noqa: PLC0414  # scoring's front gives it on
from granskning.scoring.engine.session import ScoringSession as ScoringSession  # noqa: PLC0414
from granskning.scoring.engine.session import open_session
from granskning.scoring.overrides import name_overrides
from granskning.scoring.results.card import TOTAL, CriterionResult, GateResult, Score, Scorecard, TargetResult
from granskning.scoring.verdict import make_verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from granskning.model.review import Review
    from granskning.scoring.engine.imputed import Absences
    from granskning.scoring.engine.node import EvaluationState, Node, Question, Spans
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.card import Standing
    from granskning.scoring.results.numbers import Number
    from granskning.scoring.results.values import Result


def score_review(
    review: Review, plan: Plan, only: frozenset[str] | None = None, session: ScoringSession | None = None
) -> Scorecard:
    """Score a review with the plan of the criteria set it names; on some of the questions alone when `only` is given.

    Who scores many reviews with one plan gives its `session`, so that what they have alike is worked out once.
    An answer whose level its scale lacks is taken as empty; `check` tells the reviewer about it.
    """
    asked = [question for question in asked_of(review, plan) if only is None or question.criterion in only]
    context = ScoringContext(open_session(plan, session), asked, _sound_answers(review, asked))
    depth = review.reading_depth
    return context.card((review.strategy, review.round, review.reviewer), depth, review)


def score_results(
    review: Review, plan: Plan, session: ScoringSession | None = None
) -> tuple[Score, tuple[TargetResult, ...]]:
    """The total and the targets alone, as `score_review` gives them, for those who score thousands of versions."""
    session = open_session(plan, session)
    asked = session.asked.get(review.form)
    if asked is None:
        asked = session.asked[review.form] = asked_of(review, plan)
    context = ScoringContext(session, asked, _sound_answers(review, asked))
    return context.score(plan.nodes[TOTAL]), tuple(context.targets())


def asked_of(review: Review, plan: Plan) -> list[Question]:
    """The questions that the review's form puts, in the set's order."""
    return [question for question in plan.questions.values() if is_in_form(review.form, question)]


def sound(answer: Answer | None, question: Question) -> Answer:
    """The answer, or an empty one where there is none or its level is not on the scale."""
    if answer is None:
        return Answer(question.criterion, "empty")
    if answer.state == "assessed" and not question.ladder.holds(answer.level or ""):
        return Answer(question.criterion, "empty")
    return answer


def _sound_answers(review: Review, asked: Sequence[Question]) -> dict[str, Answer]:
    """`sound` of each question's answer; most are a level of the scale, and there are many."""
    given = review.answers
    return {
        question.id: answer
        if (answer := given.get(question.criterion)) is not None and answer.level in question.ladder.rank
        else sound(answer, question)
        for question in asked
    }


class ScoringContext:
    """One set of answers on its way to a scorecard."""

    def __init__(self, session: ScoringSession, asked: Sequence[Question], answers: Mapping[str, Answer]) -> None:
        self.session = session
        self.plan = plan = session.plan
        given = given_places(asked, answers) if plan.asking else {}
        out, self.unsettled = settle_asking(plan, asked, given)
        self.put, self.not_asked = asked, out
        """The questions that the form puts, and which of them are not asked, since others are answered as they are."""
        self.asked = asked = [question for question in asked if question.id not in out] if out else asked
        self.answers = answers = answers_to_asked(answers, out) if plan.asking else answers
        self.counted, marks = count_answers(plan, asked, answers)
        """The key that each settled answer counts as; None for those left out."""
        self.open = [question for question in asked if question.id not in self.counted]
        self.absences = find_absences(plan, answers, self.counted)
        lacking = frozenset(name for name, key in self.counted.items() if key is None and _lacks(answers[name]))
        self.limits = limits = _limits(session, asked, self.counted, self.absences, lacking)
        if plan.asking:
            self.limits = limits._replace(given=given, without=self._without(lacking) if self.unsettled else None)
        self._so_far, self._ends, self._settled = evaluate_cached(
            session, marks, self.counted, self.open, self.limits, self.unsettled
        )

    def _without(self, lacking: frozenset[str]) -> Callable[[frozenset[str]], Limits]:
        """What the results can come to where some questions that may be asked are not."""
        known: dict[frozenset[str], Limits] = {}

        def limits(out: frozenset[str]) -> Limits:
            if out not in known:
                asked = [question for question in self.asked if question.id not in out]
                made = _limits(self.session, asked, self.counted, self.absences, lacking)
                known[out] = made._replace(given=self.limits.given)
            return known[out]

        return limits

    @cached_property
    def so_far(self) -> EvaluationState:
        """The settled answers alone, and the results that they give."""
        fixed = cells_of(self.plan, self.counted, self.counted)
        return make_evaluation_state(self.plan, fixed, fixed, self.limits, self._so_far)

    @cached_property
    def ends(self) -> EvaluationState:
        """The worst and the best that the answers can come to, and what they give."""
        if not self.open:
            return self.so_far
        fixed = cells_of(self.plan, self.counted, self.counted)
        return ends_world(self.plan, fixed, self.open, self.limits, self._ends)

    def is_outer(self, name: str) -> bool:
        """Whether the ends of a node are only outer bounds."""
        return self._settled[name].is_outer

    def card(self, identity: tuple[str, str, str], depth: str, review: Review | None = None) -> Scorecard:
        """The scorecard, of a review or of a round."""
        plan = self.plan
        total = self.score(plan.nodes[TOTAL])
        strategy, round_, reviewer = identity
        return Scorecard(
            strategy=strategy,
            round=round_,
            reviewer=reviewer,
            criteria=plan.reference,
            total=total,
            targets=tuple(self.targets()),
            criteria_results=tuple(self._entries()),
            gates=tuple(self._gates()),
            verdict=make_verdict(depth, total, plan.scoring),
            overrides=name_overrides(review.overrides, plan) if review else (),
        )

    def targets(self) -> Iterable[TargetResult]:
        """The results of the targets that any of the questions belongs to."""
        plan = self.plan
        for name in plan.targets:
            node = plan.nodes[name]
            if self.answers.keys().isdisjoint(node.questions):
                continue
            settled, score = self._settled[name], self.score(node)
            if settled.target is None or settled.target.score is not score:
                settled.target = TargetResult(name, node.parent or None, node.weight, score)
            yield counted_as(plan, settled.target, self.absences, self.limits)

    def score(self, node: Node) -> Score:
        """The result of one node."""
        settled, score = self._settled[node.id], self._settled[node.id].score
        minimum, maximum = self._span(node)
        # the span may be another where the step above makes something of what does not apply, which is not in the key
        if score is None or (score.minimum, score.maximum) != (minimum, maximum):
            settled.score = score = self._score(node, is_outer=settled.is_outer)
        return score

    def _span(self, node: Node) -> tuple[Number | None, Number | None]:
        """The least and the most that a node can come to, with and without the questions that may not be asked."""
        least, most = self.limits.spans.get(node.id, (None, None))
        if self.unsettled.isdisjoint(node.support) or least is None or most is None:
            return least, most
        low, high = (end.value for end in self._ends[node.id])
        return least if low is None else min(least, low), most if high is None else max(most, high)

    def _score(self, node: Node, *, is_outer: bool) -> Score:
        so_far = self._so_far[node.id][0]
        low, high = self._ends[node.id]
        counts, applicable, assessed = self._counts(node)
        standing = _standing(node.step.method, low, high, applies=applicable > 0, rests=self._rests(node, assessed))
        minimum, maximum = self._span(node)
        asked = applicable + counts["not_applicable"]
        if standing in ("cannot_be_assessed", "not_applicable"):
            return Score(
                step=node.step, standing=standing, minimum=_whole(minimum), maximum=_whole(maximum),
                counts=counts, assessed=assessed, applicable=applicable, asked=asked,
            )  # fmt: skip
        settled = standing == "value"
        rules = may_decide(node, self.ends) if node.rules else ()  # also of a result that a gate holds down
        low_band, high_band = _band(low, node), _band(high, node)
        return Score(
            step=node.step,
            standing=standing,
            value=_whole(low.value) if settled else None,
            low=_whole(low.value),
            high=_whole(high.value),
            so_far=_whole(so_far.value),
            outcome=_key(low, node) if settled else None,
            low_outcome=_key(low, node),
            high_outcome=_key(high, node),
            so_far_outcome=_key(so_far, node),
            band=low_band if low_band == high_band else None,
            low_band=low_band,
            high_band=high_band,
            bounds="outer" if is_outer else "exact",
            minimum=_whole(minimum),
            maximum=_whole(maximum),
            rule=low.rule if settled and len(rules) == 1 else None,
            rules=rules,
            counts=counts,
            assessed=assessed,
            applicable=applicable,
            asked=asked,
        )

    def _rests(self, node: Node, assessed: int) -> bool:
        """Whether a result rests on something: on what was assessed, or on missing evidence that counts as a level."""
        if assessed or node.id in self.absences.resting:
            return True
        if any(name in self.answers and self.plan.questions[name].reach for name in node.questions):
            return True
        lacking = (name for name in node.questions if self.counted.get(name) is not None)
        return any(self.answers[name].state == "insufficient_evidence" for name in lacking)

    def _counts(self, node: Node) -> tuple[dict[str, int], int, int]:
        """How the answers beneath a node are distributed, how many apply, and how many are assessed."""
        counts = dict.fromkeys(node.count_keys, 0)
        assessed = asked = 0
        answers = self.answers
        for name in node.questions:
            if name not in answers:
                continue
            answer = answers[name]
            state = answer.state
            asked += 1
            if state == "assessed":
                assessed += 1
                level = answer.level or NUMBER
                counts[level if level in counts else NUMBER] += 1
            else:
                counts[state] += 1
        return counts, asked - counts["not_applicable"], assessed

    def _entries(self) -> Iterable[CriterionResult]:
        """How every question entered the sum, in the set's order; those not asked among them."""
        for question in self.put:
            if question.id in self.not_asked:
                yield CriterionResult(question.id, question.target, "not_asked", None, None, None, question.weight)
            else:
                yield self._criterion(question)

    def _criterion(self, question: Question) -> CriterionResult:
        answer, key = self.answers[question.id], self.counted.get(question.id)
        if key is not None and question.id in self.plan.depends:
            key = self._held_back(question, key)
        lacks = answer.lacks_evidence if key is not None and is_reduced(question, answer) else None
        entry = (question.id, answer.state, answer.level, key, lacks)
        result = self.session.entries.get(entry)
        if result is None:
            points = None if key is None else question.ladder.cell(key)[0]
            counted = question.ladder.worst_key if key == UNSATISFIED else key
            counted = None if counted is not None and counted.startswith(SHARE) else counted
            self.session.entries[entry] = result = CriterionResult(
                question.id, question.target, answer.state, answer.level, counted, points, question.weight, lacks
            )
        return result

    def _held_back(self, question: Question, key: str) -> str:
        """The level that an answer counts as while its prerequisites are not met."""
        cell = self.so_far.low.get(question.id)
        if cell is None:  # so far it is not asked
            return key
        lower = [otherwise for _, _, otherwise in self.plan.depends[question.id]]
        return next((level for level in [key, *lower] if question.ladder.cell(level) == cell), key)

    def _gates(self) -> Iterable[GateResult]:
        seen: dict[str, int] = {}
        for gate in self.plan.scoring.gates:
            node = self.plan.nodes[gate.target or TOTAL]
            number = seen[node.id] = seen.get(node.id, -1) + 1
            must, can = node.gates[number][0](seen_from(node, self.ends))
            standing: Literal["met", "not_met", "undecided"] = "not_met" if must else "undecided" if can else "met"
            changed = False
            if must:
                bare = evaluate_node(node, self.so_far, gated=False)
                changed = not _same(bare[0], self._so_far[node.id][0])
            yield GateResult(
                id=gate.id,
                criterion=gate.when.part if gate.when.kind == "part" else None,
                target=gate.target,
                cap=gate.cap,
                standing=standing,
                changed=changed,
            )


def _limits(
    session: ScoringSession,
    asked: Sequence[Question],
    counted: Mapping[str, str | None],
    absences: Absences = NO_ABSENCES,
    lacking: frozenset[str] = frozenset(),
) -> Limits:
    """What the results can come to with the questions that apply, and what parts without a result count as.

    `lacking` are those left out for want of evidence: bounds shrink for what does not apply, and not for them.
    """
    plan = session.plan
    if absences.parts:
        inside = {
            question for parts in absences.parts.values() for name in parts for question in plan.nodes[name].questions
        }
        counted = {name: key for name, key in counted.items() if key is not None or name not in inside}
        limits = _limits(session, asked, counted, lacking=lacking)
        return limits._replace(imputed=impute(plan, absences, limits.spans))
    if plan.spans is not None and not plan.shrinks:
        return Limits(plan.spans, {})
    out = frozenset(question.id for question in asked if counted.get(question.id, "") is None)
    spans = _possible(session, [question for question in asked if question.id not in out])
    if not plan.shrinks or not out:
        return Limits(spans, {})
    shrunk: dict[str, tuple[Fraction, Fraction]] = {}
    for name, (least, most) in _possible(
        session, [question for question in asked if question.id not in lacking]
    ).items():
        node, (low, high) = plan.nodes[name], spans[name]
        numbers = (least, most, low, high)
        if node.step.not_applicable[0] == "shrink_bounds" and all(isinstance(n, int | Fraction) for n in numbers):
            whole, left = Fraction(most) - Fraction(least), Fraction(high) - Fraction(low)  # type: ignore[arg-type]
            shrunk[name] = (Fraction(least), left / whole if whole else Fraction(1))  # type: ignore[arg-type]
    return Limits(spans, shrunk)


def _lacks(answer: Answer) -> bool:
    return answer.state == "insufficient_evidence"


def _possible(session: ScoringSession, asked: Sequence[Question]) -> Spans:
    """The least and the most that each node can come to when these questions are put."""
    key = frozenset(question.id for question in asked)
    if key not in session.spans:
        session.spans[key] = possible(session.plan, asked)
    return session.spans[key]


def _standing(method: str, low: Result, high: Result, *, applies: bool, rests: bool) -> Standing:
    if not applies:
        return "not_applicable"
    if not rests:
        return "cannot_be_assessed"
    if method == "none":
        return "profile"
    if (low.value, low.rank) == (high.value, high.rank) == (None, None):  # all that is assessed has weight 0
        return "cannot_be_assessed"
    return "value" if _same(low, high) else "interval"


def _same(result: Result, other: Result) -> bool:
    return (result.value, result.rank) == (other.value, other.rank)


def _key(result: Result, node: Node) -> str | None:
    if result.rank is None or node.ladder is None:
        return None
    return str(result.rank) if node.ladder.scale.is_range else node.ladder.keys[int(result.rank)]


def _band(result: Result, node: Node) -> str | None:
    return None if result.band is None else node.step.bands[result.band].id


def _whole(value: Number | None) -> Number | None:
    return Fraction(value) if isinstance(value, int) else value
