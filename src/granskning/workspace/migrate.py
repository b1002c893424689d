"""A review × two versions of its criteria → the fate of each answer, and the edits that carry it out.

An answer *stands* where the question is the same or only clearer; it *must be judged again* where the question means
something else, and is then inherited until somebody confirms it; it is *mapped* to the questions that its own was
split or merged into; it is *archived* where the question is gone. Nothing is lost: every answer whose question is no
longer put is kept word for word under `archived`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from granskning.i18n import N_
from granskning.model.method import key_of
from granskning.model.review import is_in_form
from granskning.model.versions.question_steps import new_questions, steps_between
from granskning.wordings import STATES
from granskning.workspace.scaffold import question_comment, question_lines
from granskning.workspace.schema.modelling import STATE_KEYS
from granskning.workspace.schema.put import set_aside
from granskning.workspace.yaml.edits import Edit, Insert, Remove, ReplaceComment, Set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.method import Text
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.model.versions.question_steps import LineageStep

FateKind = Literal["stands", "judge_again", "mapped", "archived", "new"]
_AGAIN = frozenset({"substantive", "split", "merged"})
"""What makes an answer uncertain although its question has kept its id."""
_DETAILS = ("justification", "evidence", "recommendation", "note")

UNDECLARED = N_("the question or its levels differ, and the set does not say how")
NO_LEVEL = N_("the answer cannot be given to the new question")


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one answer, or how a new question comes in."""

    criterion: str
    fate: FateKind
    into: tuple[str, ...]
    told: Text
    """What the set says of the change."""
    remark: str = ""
    """A remark of ours, as a msgid."""


@dataclass(frozen=True, slots=True)
class Migration:
    """The fates in the order of the earlier version, new questions last, and the edits."""

    fates: tuple[Fate, ...]
    edits: tuple[Edit, ...]


def plan_migration(
    review: Review, values: Mapping[str, Any], sets: tuple[CriteriaSet, CriteriaSet], strategy: Strategy, t: Translator
) -> Migration:
    """Plan the move of a review from the first to the second version of its criteria set."""
    planner = _Planner(review, values, *sets, strategy, t)
    for step in steps_between(*sets):
        planner.take(step)
    planner.put_new()
    return Migration(tuple(planner.fates), tuple(planner.edits()))


class _Planner:
    """One migration being planned."""

    def __init__(  # noqa: PLR0913  # what a migration rests on
        self,
        review: Review,
        values: Mapping[str, Any],
        earlier: CriteriaSet,
        later: CriteriaSet,
        strategy: Strategy,
        t: Translator,
    ) -> None:
        self.review, self.earlier, self.later, self.strategy, self.t = review, earlier, later, strategy, t
        self.answers: dict[str, Any] = values.get("answers") or {}
        self.archived = len(values.get("archived") or ())
        self.head = values
        self.before = {criterion.id: criterion for criterion in earlier.criteria}
        self.after = {criterion.id: criterion for criterion in later.criteria}
        self.fates: list[Fate] = []
        self.sets: list[Edit] = []
        self.kept: list[Edit] = []
        self.gone: list[Edit] = []
        self.mapped: dict[str, list[tuple[str, dict[str, Any]]]] = {}

    # --- what becomes of a question's answer --------------------------------------------------------------------

    def take(self, step: LineageStep) -> None:
        """Decide the fate of one question's answer."""
        answer = self.answers.get(step.criterion) or {}
        if step.into == (step.criterion,):
            self._stays(step, answer)
        elif step.criterion in self.answers:
            self._leaves(step, answer)
        for name in step.into:
            if name != step.criterion:
                self.mapped.setdefault(name, []).append((step.criterion, answer))

    def _stays(self, step: LineageStep, answer: dict[str, Any]) -> None:
        name, criterion = step.criterion, self.after[step.criterion]
        if name not in self.answers:
            return
        path = ("answers", name)
        state = _state(answer)
        remark = UNDECLARED if step.kind is None and step.differs else ""
        is_put = not set_aside(self.later, criterion, self.strategy, self.t)
        must = (step.kind in _AGAIN or bool(remark)) and (is_put or state == "level")
        if state in ("level", "not_applicable") and not self._fits(state, answer, criterion):
            must, remark = True, NO_LEVEL
        if not state:
            self.fates.append(Fate(name, "stands", (name,), step.text, STATES["empty"]))
        elif must and state in ("level", "not_applicable"):
            self.fates.append(Fate(name, "judge_again", (name,), step.text, remark))
            if not self._fits(state, answer, criterion):
                self._archive(step, answer)
            self.sets.append(Set(path, self._inherited([(name, answer)], criterion)))
        else:
            self.fates.append(Fate(name, "stands", (name,), step.text, remark))
        self.sets += self._retold(name, criterion)

    def _leaves(self, step: LineageStep, answer: dict[str, Any]) -> None:
        name = step.criterion
        self.fates.append(Fate(name, "mapped" if step.into else "archived", step.into, step.text))
        if any(value not in (None, "", []) for value in answer.values()):
            self._archive(step, answer)
        self.gone += [*self._retold(name, None), Remove(("answers", name))]

    def _retold(self, name: str, criterion: Criterion | None) -> Iterator[Edit]:
        """The question above the answer in its new words, where it stands there as `new` or its author copied it."""
        old = [tuple(question_comment(self.earlier, self.before[name], self.t))]
        new = [tuple(question_comment(self.later, criterion, self.t)) if criterion else ()]
        old.append(tuple(question_lines(self.before[name], self.t)))
        new.append(tuple(question_lines(criterion, self.t)) if criterion else ())
        for there, now in zip(old, new, strict=True):
            if there != now:
                yield ReplaceComment(("answers", name), there, now)

    def _archive(self, step: LineageStep, answer: dict[str, Any]) -> None:
        kept = {"criterion": step.criterion, "criteria": self.earlier.reference}
        told = self.t.text(step.text)
        kept |= {"why": told} if told else {}
        self.kept.append(Insert(("archived",), self.archived + len(self.kept), {**kept, "answer": answer}))

    # --- what the later version asks ----------------------------------------------------------------------------

    def put_new(self) -> None:
        """Put in the questions of the later version that the review does not answer, and what is mapped to others."""
        added = {question.id for question in new_questions(self.earlier, self.later)}
        for criterion in self.later.criteria:
            sources = self.mapped.get(criterion.id, [])
            if criterion.id in added and not any(_state(answer) for _, answer in sources):
                if is_in_form(self.review.form, criterion):
                    self.fates.append(Fate(criterion.id, "new", (criterion.id,), {}))
                    self._put(criterion, self._unanswered(criterion))
            elif sources:
                own = self.answers.get(criterion.id) or {}
                given = [(criterion.id, own)] if _state(own) else []
                if given:  # what was answered already now has to be weighed together with what comes in
                    self.fates = [
                        Fate(fate.criterion, "judge_again", fate.into, fate.told)
                        if fate.criterion == criterion.id
                        else fate
                        for fate in self.fates
                    ]
                self._put(criterion, self._inherited([*given, *sources], criterion))

    def _put(self, criterion: Criterion, value: dict[str, Any]) -> None:
        comment = tuple(question_comment(self.later, criterion, self.t))
        path = ("answers", criterion.id)
        self.sets = [edit for edit in self.sets if not (isinstance(edit, Set) and edit.path == path)]
        self.sets.append(Set(path, value, () if criterion.id in self.answers else comment))

    def _unanswered(self, criterion: Criterion) -> dict[str, Any]:
        reason = set_aside(self.later, criterion, self.strategy, self.t)
        return {"not_applicable": reason} if reason else {"level": None}

    def _fits(self, state: str, answer: dict[str, Any], criterion: Criterion) -> bool:
        if state == "level":
            return self.later.scale_of(criterion).holds(key_of(answer["level"]))
        return criterion.not_applicable or bool(set_aside(self.later, criterion, self.strategy, self.t))

    def _inherited(self, sources: list[tuple[str, dict[str, Any]]], criterion: Criterion) -> dict[str, Any]:
        """One answer to be confirmed, made of one or several earlier ones: what they agree on, and all their words."""
        given = [(name, answer) for name, answer in sources if _state(answer)]
        carried = [_carried(answer) for _, answer in given]
        start = {"from": self.review.round, "criteria": self.earlier.reference}
        if len(given) == 1 and "inherited" in given[0][1]:
            start = {
                key: given[0][1]["inherited"][key] for key in ("from", "criteria") if key in given[0][1]["inherited"]
            }
        agreed = carried[0] if carried and all(one == carried[0] for one in carried) else {}
        if "level" in agreed and not self._fits("level", agreed, criterion):
            agreed = {}
        built: dict[str, Any] = {"inherited": {**start, **agreed}}
        for key in ("justification", "recommendation", "note"):
            texts = [(name, answer[key]) for name, answer in given if (answer.get(key) or "").strip()]
            if texts:
                built[key] = "\n\n".join(f"{name}: {text.strip()}" if len(texts) > 1 else text for name, text in texts)
        evidence: list[Any] = []
        for _, answer in given:
            evidence += [item for item in answer.get("evidence") or () if item not in evidence]
        if evidence:
            built["evidence"] = evidence
        order = ("inherited", *_DETAILS)
        return {key: built[key] for key in order if key in built}

    # --- the edits ----------------------------------------------------------------------------------------------

    def edits(self) -> Iterator[Edit]:
        """All edits, in an order in which nothing is empty on the way."""
        yield Set(("criteria",), self.later.reference)
        if self.review.is_handed_in and any(fate.fate != "stands" for fate in self.fates):
            yield Set(("status",), "draft")
        yield from self.sets
        yield from self.kept
        yield from self.gone


def _state(answer: dict[str, Any]) -> str:
    """The key that puts the answer in a state, or nothing."""
    return next((key for key in STATE_KEYS if answer.get(key) not in (None, "")), "")


def _carried(answer: dict[str, Any]) -> dict[str, Any]:
    """The level or the not applicable that can be carried over from an answer."""
    held = answer.get("inherited") or answer
    return {key: held[key] for key in ("level", "not_applicable") if held.get(key) not in (None, "")}
