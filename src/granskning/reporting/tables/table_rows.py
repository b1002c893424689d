"""A workspace and its results as rows of the tables. Every word and figure is that of model and scorecard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.model.indicator import SEXES
from granskning.model.method import key_of
from granskning.model.review import Answer, form_of, is_in_form
from granskning.reporting.tables import table_plan as plan
from granskning.scoring.plain import shown_score
from granskning.scoring.results.numbers import as_double, exact_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.model.workspace import Workspace
    from granskning.reporting.blocks.tables import Row, Table, Value
    from granskning.scoring.results.card import CriterionResult, Score, Scorecard
    from granskning.scoring.rounds import RoundCard

_PARTING = "; "


@dataclass(frozen=True, slots=True)
class JointResult:
    """A round's joint result, as the tables need it."""

    strategy: str
    round: str
    reviewers: int
    criteria: str
    joint: RoundCard


def make_tables(  # noqa: PLR0913  # what an export is made of, by name
    workspace: Workspace,
    cards: Mapping[str, Scorecard],
    rounds: Sequence[JointResult],
    t: Translator,
    *,
    internal: bool = False,
    tags: Sequence[str] = (),
) -> tuple[Table, ...]:
    """Every table, filled. `cards` are the results by the review's file; reviews without one are left out.

    Words of sets and strategies are in the translator's language. Internal notes stand only when `internal`. With
    `tags` only questions that carry one of them stand there with what is said of them; results are of all questions.
    """
    maker = _Maker(workspace, cards, t, internal=internal, tags=tags)
    rows = {
        plan.STRATEGIES.name: maker.strategies(),
        plan.LINKS.name: maker.links(),
        plan.EDITIONS.name: maker.editions(),
        plan.CRITERIA_SETS.name: maker.criteria_sets(),
        plan.TARGETS.name: maker.targets(),
        plan.CRITERIA.name: maker.criteria(),
        plan.LEVELS.name: maker.levels(),
        plan.REVIEWS.name: maker.reviews(),
        plan.ANSWERS.name: maker.answers(),
        plan.EVIDENCE.name: maker.evidence(),
        plan.RESULTS.name: maker.results(),
        plan.ROUNDS.name: maker.rounds(rounds),
        plan.ACTIONS.name: maker.actions(),
        plan.ACTION_CRITERIA.name: maker.action_criteria(),
        plan.FOLLOW_UP.name: maker.follow_up(),
        plan.INDICATORS.name: maker.indicators(),
        plan.FIGURES.name: maker.figures(),
    }
    return tuple(table.filled(rows[table.name]) for table in plan.PLAN)


class _Maker:
    """Makes the rows of one workspace."""

    def __init__(
        self,
        workspace: Workspace,
        cards: Mapping[str, Scorecard],
        t: Translator,
        *,
        internal: bool,
        tags: Sequence[str],
    ) -> None:
        self._workspace = workspace
        self._t = t
        self._internal = internal
        known = workspace.strategies.keys()
        self._scored = [(one, cards[one.file]) for one in workspace.reviews if one.file in cards]
        self._scored = [(one, card) for one, card in self._scored if one.strategy in known]
        self._sets = [workspace.criteria[name] for name in sorted(workspace.criteria)]
        form = form_of("full", tags)
        self._chosen = {
            criteria.reference: {one.id: one for one in criteria.criteria if is_in_form(form, one)}
            for criteria in self._sets
        }

    # --- strategies ---------------------------------------------------------------------------------------------

    def strategies(self) -> Iterator[Row]:
        for name, one in sorted(self._workspace.strategies.items()):
            begins, ends = one.period
            owner, partners = _PARTING.join(one.owner), _PARTING.join(one.partners)
            title = self._t.text(one.title)
            yield (name, title, one.kind, one.area, owner, partners, begins, ends, one.case_number, one.example,
                   one.file)  # fmt: skip

    def links(self) -> Iterator[Row]:
        known = self._workspace.strategies
        for name, one in sorted(known.items()):
            yield from ((name, "based_on", other) for other in one.based_on if other in known)
            yield from ((name, "succeeds", other) for other in one.succeeds if other in known)

    def editions(self) -> Iterator[Row]:
        for name, strategy in sorted(self._workspace.strategies.items()):
            for one in strategy.editions:
                yield (name, one.id, one.title, one.stage, one.date, one.document, one.sha256, one.address,
                       one.retrieved, one.pages)  # fmt: skip

    def actions(self) -> Iterator[Row]:
        for name, actions in sorted(self._workspace.actions.items()):
            for one in actions:
                yield (name, one.id, one.title, one.text, one.round, one.responsible, one.due, one.cost, one.status,
                       one.decision, one.decision_reason)  # fmt: skip

    def action_criteria(self) -> Iterator[Row]:
        questions = {criterion.id for criteria in self._sets for criterion in criteria.criteria}
        left_out = questions.difference(*self._chosen.values())
        for name, actions in sorted(self._workspace.actions.items()):
            of = ((one.id, criterion) for one in actions for criterion in dict.fromkeys(one.criteria))
            yield from ((name, action, criterion) for action, criterion in of if criterion not in left_out)

    def follow_up(self) -> Iterator[Row]:
        for name, actions in sorted(self._workspace.actions.items()):
            for one in actions:
                for number, step in enumerate(one.follow_up, 1):
                    yield (name, one.id, number, step.date, step.status, step.round, step.text)

    # --- criteria and statistics --------------------------------------------------------------------------------

    def criteria_sets(self) -> Iterator[Row]:
        for one in self._sets:
            title = self._t.text(one.title)
            yield (one.reference, one.id, one.version, title, one.status, one.owner, one.file)

    def targets(self) -> Iterator[Row]:
        for criteria in self._sets:
            parents = {below.id: one.id for one in criteria.all_targets for below in one.targets}
            for number, one in enumerate(criteria.all_targets, 1):
                title, picture = self._t.text(one.title), self._t.text(one.picture)
                yield (criteria.reference, one.id, number, parents.get(one.id), title, picture)

    def criteria(self) -> Iterator[Row]:
        for criteria in self._sets:
            holds = _targets_of(criteria)
            for number, one in enumerate(criteria.criteria, 1):
                if one.id not in self._chosen[criteria.reference]:
                    continue
                question, why = self._t.text(one.question), self._t.text(one.why)
                more = (one.number or None, self._t.text(one.short_title) or None, ", ".join(one.tags) or None)
                row = (criteria.reference, one.id, number, holds[one.id], question, why, float(one.weight), one.core)
                yield (*row, *more)

    def levels(self) -> Iterator[Row]:
        for criteria in self._sets:
            for criterion in self._chosen[criteria.reference].values():
                for number, level in enumerate(criteria.scale_of(criterion).levels, 1):
                    words = self._t.text(criterion.levels.get(level.key) or level.description)
                    label, points = self._t.text(level.label), as_double(level.points)
                    yield (criteria.reference, criterion.id, key_of(level.value), number, label, words, points)

    def indicators(self) -> Iterator[Row]:
        for name, one in sorted(self._workspace.indicators.items()):
            title, unit = self._t.text(one.title), self._t.text(one.unit)
            yield (name, title, unit, one.producer, one.table, one.address, one.retrieved, one.quality, one.file)

    def figures(self) -> Iterator[Row]:
        for name, indicator in sorted(self._workspace.indicators.items()):
            for number, one in enumerate(indicator.values, 1):
                sexes = (as_double(one.women), as_double(one.men), as_double(one.mixed), as_double(one.total))
                marks = (one.marks.get(sex) for sex in SEXES)
                symbols = (mark.symbol if mark else None for mark in marks)
                yield (name, number, one.area, one.area_code, one.period, *sexes, *symbols)

    # --- reviews ------------------------------------------------------------------------------------------------

    def reviews(self) -> Iterator[Row]:
        for one, card in self._scored:
            yield (*one.identity, one.kind, one.status, one.edition, one.criteria, one.form, one.reading_depth,
                   one.date, one.case_number, one.body, one.summary, card.verdict.given,
                   *self._score(card.total), one.file, self._t.role(one.reviewer))  # fmt: skip

    def answers(self) -> Iterator[Row]:
        for review, card in self._scored:
            criteria = self._workspace.criteria[review.criteria]
            labels = {
                one.id: {level.key: self._t.text(level.label) for level in criteria.scale_of(one).levels}
                for one in criteria.criteria
            }
            for result in self._results_of(review, card):
                one = review.answers.get(result.id) or Answer(result.id, "empty")
                label = labels[result.id].get(one.level or "")
                yield (*review.identity, result.id, review.criteria, result.target, result.state, one.level, label,
                       as_double(result.points), one.reason, one.justification, one.recommendation,
                       one.note if self._internal else None)  # fmt: skip

    def evidence(self) -> Iterator[Row]:
        for review, card in self._scored:
            for result in self._results_of(review, card):
                answer = review.answers.get(result.id)
                for number, one in enumerate(answer.evidence if answer else (), 1):
                    yield (*review.identity, result.id, number, one.edition, one.page, one.pdf_page, one.section,
                           one.address, one.retrieved, one.quote, one.paraphrase, one.file, one.sha256)  # fmt: skip

    def _results_of(self, review: Review, card: Scorecard) -> Iterator[CriterionResult]:
        chosen = self._chosen[review.criteria]
        return (result for result in card.criteria_results if result.id in chosen)

    def results(self) -> Iterator[Row]:
        for review, card in self._scored:
            for one in card.targets:
                yield (*review.identity, one.id, review.criteria, *self._score(one.score))

    def rounds(self, rounds: Sequence[JointResult]) -> Iterator[Row]:
        for one in rounds:
            if one.strategy in self._workspace.strategies:
                score = self._score(one.joint.card.total) if one.joint.card else _without_score(one.joint)
                left_out = _PARTING.join(item.file for item in one.joint.left_out) or None
                yield (one.strategy, one.round, one.reviewers, one.criteria, *score, left_out)

    def _score(self, score: Score) -> tuple[Value, ...]:
        exact = exact_text(score.value)
        figures = (as_double(score.value), exact, shown_score(score, self._t.language))
        ends = (as_double(score.low), as_double(score.high), as_double(score.so_far), score.outcome, score.band)
        return (score.method, score.standing, *figures, *ends, score.assessed, score.applicable, score.asked)


def _without_score(joint: RoundCard) -> tuple[Value, ...]:
    """The columns of a result that is not there: whether it should have been."""
    standing = "cannot_be_assessed" if joint.cannot_be_assessed else None
    return tuple(standing if column.id == "standing" else None for column in plan.SCORE)


def _targets_of(criteria: CriteriaSet) -> dict[str, str]:
    """The target that holds each criterion."""
    return {one.id: target.id for target in criteria.all_targets for one in target.criteria}
