from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.model.evidence import Evidence
from granskning.model.method import Step
from granskning.model.review import Answer, Review
from granskning.scoring.comparable import differing_criteria, differing_results
from granskning.scoring.compare import changes_of_review, compare_scorecards, has_result, move_of
from granskning.scoring.engine.plan import Plan, compile_criteria
from granskning.scoring.results.card import Score
from granskning.scoring.score import score_review

if TYPE_CHECKING:
    from conftest import Alter, Load
    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.compare import Comparison
    from granskning.scoring.results.card import Scorecard


@dataclass(frozen=True)
class _Judged:
    review: Review
    criteria: CriteriaSet
    plan: Plan
    card: Scorecard


def _judged(review: Review, criteria: CriteriaSet, **answers: Answer) -> _Judged:
    named = {name.replace("_", "-"): answer for name, answer in answers.items()}
    review = replace(review, answers={**review.answers, **named})
    plan = compile_criteria(criteria)
    return _Judged(review, criteria, plan, score_review(review, plan))


def _level(criterion: str, level: str, **more: object) -> Answer:
    return Answer(criterion, "assessed", level=level, **more)  # type: ignore[arg-type]


def _base(load: Load) -> tuple[Review, CriteriaSet, list[str]]:
    workspace = load().workspace
    review, criteria = workspace.reviews[0], workspace.criteria["prov@1.0.0"]
    names = [one.id for one in criteria.criteria]
    answers = {name: _level(name, "1") for name in names}
    return replace(review, answers=answers, reading_depth="full_text"), criteria, names


def _pair(load: Load, before: Answer, after: Answer) -> tuple[Comparison, str]:
    review, criteria, names = _base(load)
    first = replace(review, answers={**review.answers, names[0]: replace(before, criterion=names[0])})
    later = replace(review, answers={**review.answers, names[0]: replace(after, criterion=names[0])})
    return compare_scorecards(_judged(first, criteria), _judged(later, criteria)), names[0]


def test_a_review_is_the_same_as_itself(load: Load) -> None:
    review, criteria, names = _base(load)
    made = compare_scorecards(_judged(review, criteria), _judged(review, criteria))
    assert made.changes == ()
    assert [one.movement for one in made.answers] == ["same"] * len(names)
    assert {one.movement for one in made.targets} == {"same"}
    assert {one.inherited for one in made.answers} == {"confirmed"}


def test_levels_rise_and_fall(load: Load) -> None:
    made, name = _pair(load, _level("", "1"), _level("", "3"))
    assert [(one.criterion, one.kind, one.before, one.after, one.movement) for one in made.changes] == [
        (name, "level", "1", "3", "rose")
    ]
    assert made.moved("rose")[0].inherited == "changed"
    assert made.targets[0].movement == "rose"
    assert all(one.movement == "same" for one in made.targets[1:])
    back, _ = _pair(load, _level("", "3"), _level("", "1"))
    assert [one.movement for one in back.changes] == ["fell"]
    assert back.targets[0].movement == "fell"


def test_a_state_is_no_fall_to_nothing(load: Load) -> None:
    made, name = _pair(load, _level("", "1"), Answer("", "open", reason="Kapitlet saknas."))
    assert [(one.kind, one.before, one.after) for one in made.changes] == [
        ("state", "assessed", "open"),
        ("level", "1", None),
        ("justification", None, "Kapitlet saknas."),
    ]
    assert next(one for one in made.answers if one.criterion == name).movement is None
    assert made.targets[0].movement == "unclear"


def test_texts_that_are_only_wrapped_otherwise_have_not_changed(load: Load) -> None:
    before = _level("", "1", justification="Ett och\n  två.", evidence=(Evidence("remiss", page="4", quote="a  b"),))
    after = _level("", "1", justification="Ett och två. ", evidence=(Evidence("remiss", page="4", quote="a b"),))
    assert _pair(load, before, after)[0].changes == ()
    moved = replace(after, evidence=(Evidence("remiss", page="5", quote="a b"),), recommendation="Gör mer.")
    made = _pair(load, before, moved)[0]
    assert [(one.kind, one.before, one.after) for one in made.changes] == [
        ("evidence", "remiss, page 4, a b", "remiss, page 5, a b"),
        ("recommendation", None, "Gör mer."),
    ]


def test_what_is_carried_over_and_left_is_told(load: Load) -> None:
    made, name = _pair(load, _level("", "2"), Answer("", "inherited", level="2", reason="2025-10"))
    one = next(one for one in made.answers if one.criterion == name)
    assert (one.inherited, one.movement) == ("left", None)
    assert [change.kind for change in one.changes] == ["state", "level"]


def test_a_question_in_other_words_cannot_rise(load: Load) -> None:
    review, criteria, names = _base(load)
    changed = _alter(criteria, names[0], question={"sv": "En helt annan fråga?"})
    assert differing_criteria(criteria, changed) == {names[0]: ("question",)}
    later = _judged(review, changed, **{names[0]: _level(names[0], "3")})
    made = compare_scorecards(_judged(review, criteria), later)
    one = made.answers[0]
    assert (one.movement, one.differences) == ("unclear", ("question",))
    assert [change.kind for change in one.changes] == ["criteria", "level"]
    assert (one.changes[0].before, one.changes[0].after) == ("prov@1.0.0", "prov@1.1.0")
    assert made.targets[0].movement == "unclear"
    assert made.targets[0].differences == ("questions",)
    assert made.targets[1].differences == ()
    assert made.total.differences == ("questions",)


def test_a_translation_that_was_added_changes_nothing(load: Load) -> None:
    _, criteria, names = _base(load)
    question = {**criteria.criteria[0].question, "fi": "Kysymys?"}
    changed = _alter(criteria, names[0], question=question)
    assert differing_criteria(criteria, changed) == {}
    assert differing_results(criteria, changed) == {}


def test_weights_keep_results_but_not_answers_from_being_compared(load: Load) -> None:
    _, criteria, names = _base(load)
    changed = _alter(criteria, names[0], weight=Fraction(7))
    assert differing_criteria(criteria, changed) == {}
    assert differing_results(criteria, changed)[criteria.targets[0].id] == ("weights",)


def test_questions_that_come_and_go(load: Load) -> None:
    review, criteria, names = _base(load)
    gone = "resor-barn"
    target = criteria.targets[0]
    kept = replace(target, criteria=tuple(one for one in target.criteria if one.id != gone))
    fewer = replace(criteria, version="1.1.0", targets=(kept, *criteria.targets[1:]))
    answers = {name: review.answers[name] for name in names if name != gone}
    smaller = replace(review, answers=answers, criteria="prov@1.1.0")
    made = compare_scorecards(_judged(review, criteria), _judged(smaller, fewer))
    assert [(one.criterion, one.kind, one.before, one.after) for one in made.changes] == [(gone, "removed", "1", None)]
    back = compare_scorecards(_judged(smaller, fewer), _judged(review, criteria))
    assert [(one.kind, one.before, one.after) for one in back.changes] == [("added", None, "1")]


def test_another_set_has_nothing_in_common(load: Load) -> None:
    _, criteria, _ = _base(load)
    other = replace(criteria, id="annat")
    assert {reasons[0] for reasons in differing_criteria(criteria, other).values()} == {"set"}
    assert {reasons[0] for reasons in differing_results(criteria, other).values()} == {"set"}


def test_a_whole_review_comes_or_goes(load: Load) -> None:
    review, criteria, _ = _base(load)
    change = changes_of_review(_judged(review, criteria), "added")
    assert (change.criterion, change.before, change.after) == (None, None, review.file)
    gone = changes_of_review(_judged(review, criteria), "removed")
    assert (gone.kind, gone.before, gone.after) == ("removed", review.file, None)


def _alter(criteria: CriteriaSet, name: str, **fields: object) -> CriteriaSet:
    targets = tuple(
        replace(
            target,
            criteria=tuple(replace(one, **fields) if one.id == name else one for one in target.criteria),  # type: ignore[arg-type]
        )
        for target in criteria.targets
    )
    return replace(criteria, version="1.1.0", targets=targets)


def test_intervals_that_only_touch_are_unclear(load: Load, alter: Alter) -> None:
    """Of two questions that weigh the same one cannot be judged: from 0 to 1.5, and from 1.5 to 3."""
    weight = "        weight: {value: 2, why: {sv: Väger tyngst., en: Weighs most.}}\n"
    ungated = ("when: {criterion: resor-vardag, below: 1}", "when: {criterion: makt-samrad, below: 1}")
    review, criteria, names = _base(lambda _=None: load(alter("criteria/prov.yaml", (weight, ""), ungated)))
    unknown = Answer(names[1], "insufficient_evidence", reason="r")
    answers = ({**review.answers, names[0]: _level(names[0], level), names[1]: unknown} for level in ("0", "3"))
    lower, upper = (_judged(replace(review, answers=given), criteria) for given in answers)
    for one, other in ((lower, upper), (upper, lower)):
        change = compare_scorecards(one, other).targets[0]
        assert change.before is not None
        assert change.after is not None
        ends = {(change.before.low, change.before.high), (change.after.low, change.after.high)}
        assert ends == {(0, Fraction(3, 2)), (Fraction(3, 2), 3)}
        assert change.movement == "unclear"


def test_what_is_cited_is_told_with_where_it_stands(load: Load) -> None:
    before = _level("", "1", evidence=())
    pages = (Evidence("remiss", pdf_page=7), Evidence("", address="https://a.example", section="2", paraphrase="P"))
    made = _pair(load, before, replace(before, evidence=pages))[0]
    assert [(one.kind, one.before, one.after) for one in made.changes] == [
        ("evidence", None, "remiss, PDF page 7; https://a.example, 2, P")
    ]


def test_what_became_of_a_level(load: Load) -> None:
    def fate(before: Answer, after: Answer) -> str | None:
        return _pair(load, before, after)[0].answers[0].inherited

    opened = Answer("", "open", reason="r")
    assert fate(_level("", "1"), _level("", "1")) == "confirmed"
    assert fate(_level("", "1"), _level("", "2")) == "changed"
    assert fate(_level("", "1"), opened) == "changed"
    assert fate(Answer("", "inherited", level="1"), _level("", "1")) == "confirmed"
    assert fate(Answer("", "inherited", level="1"), Answer("", "inherited", level="1")) == "left"
    assert fate(opened, _level("", "1")) is None
    assert fate(_level("", "1"), Answer("", "empty")) is None


def test_forms_that_do_not_put_the_same_questions_are_no_results_to_compare(load: Load) -> None:
    review, criteria, _ = _base(load)
    short = replace(review, form="short")
    made = compare_scorecards(_judged(review, criteria), _judged(short, criteria))
    assert made.total.differences == ("form",)
    assert {one.movement for one in made.targets} == {"unclear"}
    other = compare_scorecards(_judged(review, criteria), _judged(short, replace(criteria, id="annat")))
    assert other.total.differences[0] == "set"
    assert "form" not in other.total.differences


def _score(standing: str, low: int | None = None, high: int | None = None, *levels: str | None) -> Score:
    return Score(Step("mean"), standing, low=low, high=high, low_outcome=levels[0] if levels else None,  # type: ignore[arg-type]
                 high_outcome=levels[-1] if levels else None)  # fmt: skip


def test_a_result_moves_only_where_the_one_lies_wholly_above_the_other(prov: CriteriaSet) -> None:
    ladder = compile_criteria(prov).by_criterion["resor-barn"][0].ladder
    one, other, none = _score("value", 1, 1), _score("interval", 2, 3), _score("not_applicable")
    assert (move_of(one, other, None), move_of(other, one, None), move_of(one, one, None)) == ("rose", "fell", "same")
    assert move_of(_score("interval", 1, 2), other, None) == "unclear"
    assert move_of(other, _score("interval", 1, 2), None) == "unclear"
    assert move_of(none, none, None) == "same"
    for before, after in (
        (none, one),
        (one, none),
        (None, one),
        (one, None),
        (one, _score("interval", 2)),
        (none, None),
    ):
        assert move_of(before, after, None) == "unclear"
    low, high = _score("value", 3, 3, "1"), _score("interval", 0, 0, "2", "3")
    assert (move_of(low, high, ladder), move_of(low, high, None)) == ("rose", "fell")  # by levels, where there are any
    assert move_of(low, _score("value", 3, 3, "none"), ladder) == "unclear"
    assert move_of(_score("value", 1, 1), _score("value", 2, 2), ladder) == "rose"


def test_whether_there_is_a_result() -> None:
    assert has_result(_score("value", 1, 1))
    assert has_result(_score("profile"))
    assert not any(map(has_result, (None, _score("cannot_be_assessed"), _score("not_applicable"))))
