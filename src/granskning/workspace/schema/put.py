"""Which questions are put to a strategy, and what becomes of answers to those that are not.

A criteria set puts a question to the areas that `applies_to` names; elsewhere it is prefilled as not applicable. A
review in short form puts the core questions alone, one with tags those that carry one of them. Whatever a file
answers besides is in it, and in no figure.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from granskning.i18n import LANGUAGES, N_, Translator
from granskning.model.asking import asking_of, not_asked, place_of, scale_ends, set_aside_against
from granskning.model.review import Answer, is_in_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from fractions import Fraction

    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy

_OUTSIDE = N_("The question is not put to strategies in the area {area}.")


class Putting(Protocol):
    """What decides whether a question is put: a criterion, or what is remembered of it."""

    @property
    def id(self) -> str:
        """The question's id."""

    @property
    def core(self) -> bool:
        """Whether short form puts it."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that it is chosen by."""

    @property
    def applies_to(self) -> tuple[str, ...]:
        """The areas that it is put to; all where none is named."""


def is_put(criterion: Putting, area: str | None) -> bool:
    """Whether the question is put to strategies in the area."""
    return not criterion.applies_to or area in criterion.applies_to


def set_aside(criteria: CriteriaSet, criterion: Criterion, strategy: Strategy, t: Translator) -> str:
    """Why the question is not put to the strategy; nothing where it is."""
    if is_put(criterion, strategy.area):
        return ""
    return t(_OUTSIDE, area=t.text(criteria.areas.get(strategy.area, {})) or strategy.area)


def is_prefilled(reason: str | None) -> bool:
    """Whether a reason for not applicable is one that `set_aside` gave, in any language and for any area."""
    words = " ".join((reason or "").split())
    return any(words.startswith(before) and words.endswith(after) for before, after in _around())


def is_outdated(criterion: Criterion, answer: Answer, area: str) -> bool:
    """Whether an answer says that the question is not put in some area, and it is put here."""
    is_set_aside = answer.state == "not_applicable" and is_prefilled(answer.reason)
    return is_set_aside and bool(criterion.applies_to) and is_put(criterion, area)


@cache
def _around() -> tuple[tuple[str, ...], ...]:
    """What stands before and after the area, in each language."""
    return tuple(tuple(Translator(language)(_OUTSIDE).split("{area}")) for language in LANGUAGES)


def not_put(questions: Iterable[Putting], form: str, area: str | None) -> Iterator[str]:
    """The questions of a set whose answers say nothing: those that the form or the area (None: unknown) leaves out."""
    for question in questions:
        if not is_in_form(form, question) or (area is not None and not is_put(question, area)):
            yield question.id


def as_put(review: Review, criteria: CriteriaSet | None, area: str | None) -> Review:
    """The review with answers to the questions that are put, the others not applicable whatever stands in the file.

    `area` is that of the strategy; None where there is no strategy, which leaves out nothing.
    A question that is asked only if others have certain answers, which they have not, is not asked.
    A level that says that the question does not apply is that state.
    A prefilled state whose reason no longer holds is as if nothing had been answered yet.
    """
    outside = {} if criteria is None else {name: scale.outside for name, scale in criteria.scales.items()}
    if criteria is None or not (
        area is not None
        or review.form != "full"
        or any(outside.values())
        or any(criterion.asked_if for criterion in criteria.criteria)
    ):
        return review
    answers = dict(review.answers)
    for criterion in criteria.criteria:
        given = answers.get(criterion.id)
        if given is not None and given.state == "assessed" and given.level in outside.get(criterion.scale, ()):
            given = replace(given, state="not_applicable", level=None, reason=given.justification)
            answers[criterion.id] = given
        if not is_in_form(review.form, criterion):
            answers.pop(criterion.id, None)
        elif area is None or not criterion.applies_to:
            continue
        elif not is_put(criterion, area):
            reason = given.reason if given is not None and given.state == "not_applicable" else None
            note = given.note if given is not None else None
            answers[criterion.id] = Answer(criterion.id, "not_applicable", reason=reason, note=note, is_put=False)
        elif given is not None and is_outdated(criterion, given, area):
            answers[criterion.id] = Answer(criterion.id, "empty", note=given.note)
    for name in asked_not(criteria, answers)[0] if any(criterion.asked_if for criterion in criteria.criteria) else ():
        if name in answers or review.form != "short":
            note = answers[name].note if name in answers else None
            answers[name] = Answer(name, "not_asked", note=note)
    return review if answers == review.answers else replace(review, answers=answers)


def asked_not(criteria: CriteriaSet, answers: Mapping[str, Answer]) -> tuple[frozenset[str], frozenset[str]]:
    """The questions that are not asked, since others are answered as they are; those for which it is not settled."""
    return not_asked(asking_of(criteria), _places(criteria, answers))


def kept_against(criteria: CriteriaSet, answers: Mapping[str, Answer], skipped: frozenset[str]) -> frozenset[str]:
    """The questions that may not be answered as not applicable, as others are answered; `skipped` are not asked."""
    places_of = _places(criteria, {name: answer for name, answer in answers.items() if name not in skipped})
    return set_aside_against(criteria, lambda name: None if name in skipped else places_of(name))


def _places(
    criteria: CriteriaSet, answers: Mapping[str, Answer]
) -> Callable[[str], tuple[int | Fraction, int | Fraction] | None]:
    """What gives the lowest and the highest place that an answer can have; None for one that is no level."""
    scales = {criterion.id: criteria.scale_of(criterion) for criterion in criteria.criteria}

    def places_of(name: str) -> tuple[int | Fraction, int | Fraction] | None:
        answer = answers.get(name)
        if answer is not None and answer.state in ("not_applicable", "not_asked"):
            return None
        place = (
            place_of(scales[name], answer.level or "") if answer is not None and answer.state == "assessed" else None
        )
        return scale_ends(scales[name]) if place is None else (place, place)

    return places_of
