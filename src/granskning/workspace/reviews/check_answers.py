"""What can be wrong in the answers of a review, given the questions that they answer. The hot path of `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.model.method import key_of
from granskning.model.review import is_in_form
from granskning.wordings import DEPTHS, STATUSES
from granskning.workspace.checks.check_scales import levels_of
from granskning.workspace.reviews.review_finding import review_finding
from granskning.workspace.schema.meant import meant_level
from granskning.workspace.schema.modelling import STATE_KEYS
from granskning.workspace.schema.modelling import answer as read_answer
from granskning.workspace.schema.put import asked_not, is_prefilled, is_put, kept_against

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy

    Answers = dict[str, Any]
    _Judged = tuple[str, str, bool, bool]
    """Of an answer that is a level: question and level, whether it is justified, and whether it has evidence."""

_DETAILS = ("justification", "evidence", "recommendation")
_OF_LEVEL = frozenset({"level", *_DETAILS, "note"})
_ENOUGH = 5


def is_judged(answer: dict[str, Any]) -> bool:
    """Whether an answer is a level and no other state: most are."""
    return answer.get("level") is not None and answer.keys() <= _OF_LEVEL


def check_states(file: str, key: str, answer: dict[str, Any]) -> Iterator[Finding]:
    """Yield that an answer that is not judged has several states, an empty one, or none but says something."""
    given = [state for state in STATE_KEYS if state in answer and (answer[state] is not None or state != "level")]
    if len(given) > 1:
        # where states are doubled, the first of STATE_KEYS that has content counts, as in `modelling.answer`
        kept = next((state for state in given if answer[state] is not None), given[0])
        yield review_finding("GR203", file, ("answers", key, given[1]), key=True, states=", ".join(given), kept=kept)
    for state in given:
        if state not in ("level", "inherited") and not (answer[state] or "").strip():
            yield review_finding("GR204", file, ("answers", key, state), key=True, state=state)
    if not given and any(answer.get(detail) for detail in _DETAILS):
        yield review_finding("GR214", file, ("answers", key), key=True)


def _has_state(answer: dict[str, Any] | None) -> bool:
    if answer is None:
        return False
    return answer.get("level") is not None or any(answer.get(state) is not None for state in STATE_KEYS)


class SetQuestions:
    """What the answers of any review are held against: the questions of a set. Made once for many reviews."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self.criteria = criteria
        self.known = {criterion.id: criterion for criterion in criteria.criteria}
        self.tags = sorted({tag for criterion in criteria.criteria for tag in criterion.tags})
        self.depends = any(criterion.asked_if for criterion in criteria.criteria)
        self.restricts = any(criterion.not_applicable_if for criterion in criteria.criteria)
        self.sound: dict[tuple[object, ...], set[_Judged]] = {}
        """By what else decides, the judged answers that nothing was wrong with, as the same come again and again."""


class AnswerChecks:
    """One review against its criteria set: what every answer of it is held against."""

    def __init__(self, review: Review, questions: SetQuestions, strategy: Strategy | None, answers: Answers) -> None:
        self.review = review
        self.criteria = criteria = questions.criteria
        self.strategy = strategy
        self.area = strategy.area if strategy else None
        self.known = questions.known
        self.unread = review.reading_depth != "full_text"
        none: frozenset[str] = frozenset()
        looks = questions.depends or questions.restricts
        given = {key: read_answer(key, value or {}) for key, value in answers.items()} if looks else {}
        self.not_asked, self.unsettled = asked_not(criteria, given) if questions.depends else (none, none)
        self.must_be_assessed = kept_against(criteria, given, self.not_asked) if questions.restricts else none
        decisive = (strategy is None, self.area, review.form, self.unread)
        self.sound = set() if looks else questions.sound.setdefault(decisive, set())

    def check_all(self, answers: Answers) -> Iterator[Finding]:
        """Every answer."""
        sound = self.sound
        for key, answer in answers.items():
            judged = None
            if answer and is_judged(answer):
                judged = (key, key_of(answer["level"]), bool((answer.get("justification") or "").strip()),
                          bool(answer.get("evidence")))  # fmt: skip
                if judged in sound:
                    continue
            findings = list(self.check(key, answer or {}))
            if judged is not None and not findings:
                sound.add(judged)
            yield from findings

    def check(self, key: str, answer: dict[str, Any]) -> Iterator[Finding]:
        """One answer."""
        file, criterion = self.review.file, self.known.get(key)
        if criterion is None:
            values = {"set": self.criteria.reference, "criterion": key, "file": self.criteria.file}
            pointer = Pointer(file, ("answers", key), key=True)
            yield Finding(RULES["GR205"], pointer, values, near=(key, self.known))
            return
        yield from self._check_put(criterion, answer)
        given = next((state for state in STATE_KEYS if answer.get(state) is not None), None)
        if given is not None and key in self.not_asked:
            yield review_finding("GR227", file, ("answers", key, given), key=True)
        level = answer.get("level")
        if level is not None:
            yield from self._check_level(criterion, key_of(level), answer)
        if answer.get("not_applicable") is not None and not self._may_be_set_aside(criterion):
            yield review_finding("GR208", file, ("answers", key, "not_applicable"), key=True)
        elif given is not None and self._is_kept_against(criterion, answer):
            yield review_finding("GR474", file, ("answers", key, given), key=True)
        inherited = answer.get("inherited")
        if inherited is not None:
            carried = inherited.get("level")
            if carried is not None and not self.criteria.scale_of(criterion).holds(key_of(carried)):
                yield self._unknown_level(("answers", key, "inherited", "level"), criterion, key_of(carried))
            if self.review.status == "approved":
                yield review_finding("GR213", file, ("answers", key, "inherited"), key=True, round=inherited["from"])

    def _check_put(self, criterion: Criterion, answer: dict[str, Any]) -> Iterator[Finding]:
        """That what is answered is asked, and that a prefilled state still rests on what it says."""
        if self.strategy is None:
            return
        file, reason = self.review.file, answer.get("not_applicable")
        states = [state for state in STATE_KEYS if answer.get(state) is not None and state != "not_applicable"]
        if states and not is_put(criterion, self.area):
            areas = ", ".join(criterion.applies_to)
            at = ("answers", criterion.id, states[0])
            yield review_finding("GR224", file, at, key=True, area=self.area, areas=areas)
        elif states and not is_in_form(self.review.form, criterion):
            yield review_finding("GR226", file, ("answers", criterion.id, states[0]), key=True)
        elif reason is not None and criterion.applies_to and is_put(criterion, self.area) and is_prefilled(reason):
            at = ("answers", criterion.id, "not_applicable")
            yield review_finding("GR225", file, at, key=True, area=self.area)

    def check_complete(self, answers: dict[str, Any]) -> Iterator[Finding]:
        """That a submitted or approved review has no empty answer."""
        review = self.review
        if review.status == "draft":
            return
        asked = [one for one in self.known.values() if is_in_form(review.form, one)]
        asked = [one for one in asked if self.strategy is None or is_put(one, self.area)]
        skipped = self.not_asked | self.unsettled
        empty = [one.id for one in asked if not _has_state(answers.get(one.id)) and one.id not in skipped]
        if empty:
            names = ", ".join(empty[:_ENOUGH]) + (" …" if len(empty) > _ENOUGH else "")
            status = Words(STATUSES[review.status])
            yield review_finding(
                "GR212", review.file, ("answers",), key=True, count=len(empty), status=status, criteria=names
            )

    def _check_level(self, criterion: Criterion, level: str, answer: dict[str, Any]) -> Iterator[Finding]:
        file, path = self.review.file, ("answers", criterion.id)
        scale = self.criteria.scale_of(criterion)
        if not scale.holds(level):
            yield self._unknown_level((*path, "level"), criterion, level)
            return
        missing = scale.missing if self.unread else None
        if missing is not None and level == missing.key:
            depth = Words(DEPTHS[self.review.reading_depth])
            yield review_finding("GR207", file, (*path, "level"), label=missing.label, depth=depth)
        if criterion.needs_justification(level) and not (answer.get("justification") or "").strip():
            yield review_finding("GR201", file, path, key=True, level=level)
        if criterion.needs_evidence(level) and not answer.get("evidence"):
            yield review_finding("GR202", file, path, key=True, level=level)

    def _is_kept_against(self, criterion: Criterion, answer: dict[str, Any]) -> bool:
        """Whether the answer says not applicable, as a state or by a level, though that takes other answers."""
        level, outside = answer.get("level"), self.criteria.scale_of(criterion).outside
        sets_aside = answer.get("not_applicable") is not None or (level is not None and key_of(level) in outside)
        kept = criterion.id in self.must_be_assessed and criterion.id not in self.not_asked
        return sets_aside and kept and is_put(criterion, self.area)

    def _may_be_set_aside(self, criterion: Criterion) -> bool:
        own = criterion.not_applicable or bool(self.criteria.scale_of(criterion).outside)
        return own or not is_put(criterion, self.area)

    def _unknown_level(self, path: Path, criterion: Criterion, level: str) -> Finding:
        scale = self.criteria.scale_of(criterion)
        pointer = Pointer(self.review.file, path)
        near = (meant_level(level, scale), [*(step.key for step in scale.levels), *STATE_KEYS])
        return Finding(RULES["GR206"], pointer, {"level": level, "levels": levels_of(scale)}, near=near)
