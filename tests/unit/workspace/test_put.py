"""What becomes of answers to questions that are not put: by area, by form, and where a reason no longer holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from granskning.i18n import Translator
from granskning.model.method import Condition
from granskning.model.review import Answer
from granskning.workspace.schema.put import as_put, is_outdated, is_prefilled, is_put, not_put, set_aside

if TYPE_CHECKING:
    from conftest import Load
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy

AREA = "makt-samrad"
"""The question that is put to strategies on infrastructure alone."""
REASON = "Frågan ställs inte till strategier inom området Skola."


@pytest.fixture
def parts(load: Load) -> tuple[Review, CriteriaSet, Strategy]:
    workspace = load().workspace
    return workspace.reviews[0], workspace.criteria["prov@1.0.0"], workspace.strategies["provplan"]


def asked(criteria: CriteriaSet) -> Criterion:
    return next(each for each in criteria.criteria if each.id == AREA)


def put(review: Review, criteria: CriteriaSet, area: str | None, answer: Answer) -> Answer | None:
    """What becomes of an answer to the question that one area alone is asked."""
    answers = {**review.answers, AREA: answer}
    return as_put(replace(review, answers=answers), criteria, area).answers.get(AREA)


def test_a_review_of_which_nothing_is_left_out_is_itself(parts: tuple[Review, CriteriaSet, Strategy]) -> None:
    review, criteria, _ = parts
    assert as_put(review, criteria, None) is review
    assert as_put(review, None, "skola") is review
    assert as_put(review, criteria, "infrastruktur") is review


def test_a_question_that_is_not_put_to_the_area_is_not_applicable(parts: tuple[Review, CriteriaSet, Strategy]) -> None:
    review, criteria, _ = parts
    set_aside_as = {"state": "not_applicable", "is_put": False}
    for given, kept in (
        (Answer(AREA, "assessed", level="2", justification="j", note="n"), {"reason": None, "note": "n"}),
        (Answer(AREA, "not_applicable", reason="r", note=None), {"reason": "r", "note": None}),
        (Answer(AREA, "open", reason="r"), {"reason": None, "note": None}),
    ):
        assert put(review, criteria, "skola", given) == Answer(AREA, **set_aside_as, **kept)  # type: ignore[arg-type]
    without = replace(review, answers={name: each for name, each in review.answers.items() if name != AREA})
    assert as_put(without, criteria, "skola").answers[AREA] == Answer(AREA, "not_applicable", is_put=False)
    given = Answer(AREA, "assessed", level="2")
    assert put(review, criteria, "infrastruktur", given) == given
    assert put(review, criteria, None, given) == given


def test_a_prefilled_reason_that_no_longer_holds_is_as_if_nothing_was_answered(
    parts: tuple[Review, CriteriaSet, Strategy],
) -> None:
    review, criteria, _ = parts
    prefilled = Answer(AREA, "not_applicable", reason=REASON, note="n")
    assert put(review, criteria, "infrastruktur", prefilled) == Answer(AREA, "empty", note="n")
    own = replace(prefilled, reason="Eget skäl.")
    assert put(review, criteria, "infrastruktur", own) == own
    criterion = asked(criteria)
    assert is_outdated(criterion, prefilled, "infrastruktur")
    assert not is_outdated(criterion, prefilled, "skola")
    assert not is_outdated(replace(criterion, applies_to=()), prefilled, "skola")
    assert not is_outdated(criterion, Answer(AREA, "open", reason=REASON), "infrastruktur")


@pytest.mark.parametrize(
    ("reason", "prefilled"),
    [(REASON, True), (f" {REASON}\n".replace(" till", "\n  till"), True), ("Frågan ställs inte.", False),
     (None, False), ("", False),
     ("The question is not put to strategies in the area School.", True)],
)  # fmt: skip
def test_whether_a_reason_was_filled_in(reason: str | None, *, prefilled: bool) -> None:
    assert is_prefilled(reason) is prefilled


def test_why_a_question_is_not_put(parts: tuple[Review, CriteriaSet, Strategy]) -> None:
    _, criteria, strategy = parts
    t = Translator("sv")
    assert set_aside(criteria, asked(criteria), replace(strategy, area="skola"), t) == REASON
    assert set_aside(criteria, asked(criteria), replace(strategy, area="annat"), t) == REASON.replace("Skola", "annat")
    assert set_aside(criteria, asked(criteria), replace(strategy, area="infrastruktur"), t) == ""
    assert is_put(replace(asked(criteria), applies_to=()), None)
    assert not is_put(asked(criteria), None)


def test_what_form_and_area_leave_out(parts: tuple[Review, CriteriaSet, Strategy]) -> None:
    review, criteria, _ = parts
    assert list(not_put(criteria.criteria, "full", "skola")) == [AREA]
    assert list(not_put(criteria.criteria, "full", None)) == []
    assert list(not_put(criteria.criteria, "short", None)) == ["resor-barn"]
    assert list(not_put(criteria.criteria, "short", "skola")) == ["resor-barn", AREA]
    short = as_put(replace(review, form="short"), criteria, None)
    assert set(short.answers) == {"resor-vardag", AREA} & set(review.answers)


def test_what_is_not_asked_after_other_answers_keeps_its_remark(parts: tuple[Review, CriteriaSet, Strategy]) -> None:
    review, criteria, _ = parts
    asks = Condition("part", part="resor-vardag", comparison="at_least", levels=("2",))
    targets = tuple(
        replace(
            target,
            criteria=tuple(replace(each, asked_if=asks) if each.id == AREA else each for each in target.criteria),
        )
        for target in criteria.targets
    )
    asking = replace(criteria, targets=targets)
    answers = {name: Answer(name, "assessed", level="1") for name in ("resor-vardag", "resor-barn")}
    given = {**answers, AREA: Answer(AREA, "assessed", level="3", note="n")}
    assert as_put(replace(review, answers=given), asking, None).answers[AREA] == Answer(AREA, "not_asked", note="n")
    assert as_put(replace(review, answers=answers), asking, None).answers[AREA] == Answer(AREA, "not_asked")
    assert AREA not in as_put(replace(review, answers=answers, form="short"), asking, None).answers
    met = {**given, "resor-vardag": Answer("resor-vardag", "assessed", level="2")}
    assert as_put(replace(review, answers=met), asking, None).answers == met
