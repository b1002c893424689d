from __future__ import annotations

import pickle
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from granskning.i18n import Translator
from granskning.model.method import Scale
from granskning.model.review import Answer
from granskning.reporting.blocks.frame import Provenance
from granskning.reporting.round.round import make_round_report
from granskning.reporting.round.round_material import ReviewReading, RoundMaterial
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.folder.score import score_rounds
from granskning.workspace.yaml.canonical_form import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.model.workspace import Workspace
    from granskning.reporting.round.round_values import RoundReport

EXAMPLE = Path(__file__).parents[1] / "exempel"
ORIGIN = Provenance("a1b2c3d4e5f60718", False, "3f2a" * 16, "99aa" * 16, "0.1.0", 2, "2026-11-23")  # noqa: FBT003  # not changed
FIRST, SECOND = "kunskap-konsuppdelad", "kunskap-orsaker"


class Round(Protocol):
    def __call__(
        self,
        *levels: Mapping[str, str],
        joint: Mapping[str, str] | None = None,
        language: str = "en",
        internal: bool = False,
        criteria: CriteriaSet | None = None,
        **fields: Any,
    ) -> RoundReport: ...


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return open_workspace(EXAMPLE)[1].workspace


@pytest.fixture(scope="module")
def review(workspace: Workspace) -> Review:
    return next(one for one in workspace.reviews if one.strategy == "exempelplan")


@pytest.fixture(scope="module")
def criteria(workspace: Workspace, review: Review) -> CriteriaSet:
    return workspace.criteria[review.criteria]


@pytest.fixture(scope="module")
def make(workspace: Workspace, review: Review) -> Round:
    """A round with a reviewer for each mapping of levels (or of states), all else as in the example's review."""

    def made(
        *levels: Mapping[str, str],
        joint: Mapping[str, str] | None = None,
        language: str = "en",
        internal: bool = False,
        criteria: CriteriaSet | None = None,
        **fields: Any,
    ) -> RoundReport:
        own = criteria or workspace.criteria[review.criteria]
        reviews = [
            replace(_altered(review, given), reviewer=f"granskare-{number}", file=f"granskare-{number}.yaml", **fields)
            for number, given in enumerate(levels, start=1)
        ]
        if joint is not None:
            agreed = replace(_altered(review, joint), reviewer="gruppen", kind="consensus", file="g.yaml")
            reviews.append(replace(agreed, **fields))
        changed = replace(workspace, reviews=tuple(reviews), criteria={review.criteria: own})
        return _report(changed, language, internal=internal)

    return made


def _altered(review: Review, given: Mapping[str, str]) -> Review:
    """The review with other levels; what is no level is a state."""
    answers = dict(review.answers)
    for name, level in given.items():
        old = answers.get(name, Answer(name, "empty"))
        if level[:1].isdigit():
            answers[name] = replace(old, state="assessed", level=level, justification=f"Nivå {level} här.")
        else:
            answers[name] = Answer(name, level, reason="Skäl.")  # type: ignore[arg-type]  # a state, as the test says
    return replace(review, answers=answers)


def _report(workspace: Workspace, language: str, *, internal: bool) -> RoundReport:
    several = next(made for made in score_rounds(workspace) if made.is_joint and made.scored)
    readings = [ReviewReading(held.review, held.card) for held in several.scored]
    return make_round_report(
        RoundMaterial(
            name=several.round,
            strategy=workspace.strategies[several.strategy],
            criteria=several.criteria,
            reviewers=tuple(one for one in readings if not one.is_joint),
            consensus=next((one for one in readings if one.is_joint), None),
            joint=several.joint,
            agreement=several.agreement,
            coefficients=several.coefficients(),
            settings=workspace.settings,
            provenance=ORIGIN,
            words=Lexicon(Translator(language), several.criteria, several.outline),
            internal=internal,
        )
    )


def _numbers(report: RoundReport) -> list[str]:
    return [dispute.number for group in report.disputes.groups for dispute in group.disputes]


def _with_reviewers(criteria: CriteriaSet, method: str | None, of: str = "results") -> CriteriaSet:
    scoring = replace(criteria.scoring, reviewers=method, reviewers_of=of)  # type: ignore[arg-type]  # as the test says
    return replace(criteria, scoring=scoring)


def _differences(report: RoundReport) -> dict[str, str]:
    lines = [line for table in report.sheets[0].questions for line in table.lines]
    return {line.number: line.difference for line in lines}


# --- the joint result -----------------------------------------------------------------------------------------------


def test_without_a_joint_review_the_round_cannot_be_assessed(make: Round) -> None:
    summary = make({}, {}).summary
    assert summary.lead == "The joint review is missing, so the round cannot be assessed."
    assert summary.lacking[0] == "A joint review, which the reviewers agree on question by question."
    assert summary.lacking[1].startswith("Granskare 1 has ")
    assert summary.made == ""


def test_the_joint_result_is_that_of_the_joint_review(make: Round) -> None:
    report = make({}, {}, joint={})
    assert report.summary.made == "The result of the joint review, which the reviewers agree on."
    for line in report.sheets[0].targets:
        assert len({cell.result for cell in line.cells}) == 1, "all three say the same"
    assert report.sheets[0].columns == ("Granskare 1", "Granskare 2", "Joint review")


@pytest.mark.parametrize(
    ("method", "of", "told"),
    [
        ("pooled", "results", "All the reviewers' judgements counted together."),
        ("mean", "results", "The mean of the reviewers' results."),
        ("median", "results", "The median of the reviewers' results."),
        ("mean", "answers", "The reviewers' judgements, each question with the mean of their points."),
        ("median", "answers", "The reviewers' judgements, each question with the median of its levels."),
    ],
)
def test_a_calculated_result_has_a_column_of_its_own(
    make: Round, criteria: CriteriaSet, method: str, of: str, told: str
) -> None:
    chosen = _with_reviewers(criteria, method, of)
    report = make({SECOND: "1"}, {SECOND: "3"}, criteria=chosen)
    assert report.summary.made == told
    assert report.sheets[0].columns == ("Granskare 1", "Granskare 2", "Joint result")
    assert not any(cell.departs for table in report.sheets[0].questions for line in table.lines for cell in line.cells)
    with_joint = make({SECOND: "1"}, {SECOND: "3"}, joint={}, criteria=chosen)
    assert with_joint.sheets[0].columns[2:] == ("Joint review", "Joint result")


def test_a_set_may_want_no_joint_result(make: Round, criteria: CriteriaSet) -> None:
    report = make({}, {}, criteria=_with_reviewers(criteria, "none"))
    assert report.summary.lead.startswith("The set asks for no joint result.")
    assert report.summary.lacking == ()
    assert report.sheets[0].columns == ("Granskare 1", "Granskare 2")


def test_the_method_page_says_what_the_set_declares(make: Round, criteria: CriteriaSet) -> None:
    undeclared = make({}, {}).method.joint
    assert undeclared[0].startswith("The criteria set does not say how several reviews become one.")
    pooled = make({}, {}, criteria=_with_reviewers(criteria, "pooled")).method.joint
    assert pooled[0].startswith("Each question is put once to each reviewer")
    assert len(make({}, {}, criteria=_with_reviewers(criteria, "mean")).method.joint) == 2
    assert len(make({}, {}, criteria=_with_reviewers(criteria, "mean", "answers")).method.joint) == 1


def test_what_is_missing_for_a_verdict_counts_judgements_not_questions(make: Round, criteria: CriteriaSet) -> None:
    lacking = make({}, {}, criteria=_with_reviewers(criteria, "mean"), reading_depth="contents").summary.lacking
    assert lacking[0].startswith("38 of the reviewers' 48 applicable judgements have been made (79%).")
    assert lacking[1] == "A verdict takes that the whole text has been read. Not all have read that much."


# --- how far they agree ---------------------------------------------------------------------------------------------


def test_the_summary_counts_what_the_table_of_questions_shows(make: Round) -> None:
    report = make({FIRST: "0", SECOND: "2"}, {FIRST: "3", SECOND: "3"}, {FIRST: "1", SECOND: "2"})
    differences = [one for one in _differences(report).values() if one != "–"]
    exact, near = differences.count("0"), differences.count("0") + differences.count("1")
    assert report.summary.agreement[0] == (
        f"Of {len(differences)} questions that at least two reviewers have given a level, {exact} have exactly the same"
        f" level and {near} differ by at most one."
    )
    assert report.summary.agreement[1] == "The largest difference is 3\N{NO-BREAK SPACE}levels."
    assert (max(differences), differences.count("3")) == ("3", 1)


def test_full_agreement_is_said_plainly(make: Round) -> None:
    report = make({}, {})
    assert report.summary.agreement[0].endswith(", all have exactly the same level.")
    assert len(report.summary.agreement) == 1
    assert report.disputes.groups == ()
    assert report.summary.talks == ()
    assert report.disputes.intro.startswith("The reviewers do not disagree")


def test_one_reviewer_and_a_joint_review_have_nothing_to_compare(make: Round) -> None:
    report = make({}, joint={FIRST: "3"})
    assert report.summary.agreement == ("The round has one reviewer, so there is nothing to compare.",)
    assert report.method.measures == ()
    assert set(_differences(report).values()) == {"–"}


def test_nothing_judged_by_two_is_said_so(make: Round) -> None:
    report = make({}, {}, answers={})
    assert report.summary.agreement[0].startswith("No question has been given a level by more than one reviewer")


def test_reviewers_who_have_read_differently_are_told_apart(make: Round, workspace: Workspace, review: Review) -> None:
    assert make({}, {}).summary.read == ""
    assert make({}, {}, reading_depth="contents").summary.read == "2 reviewers have read only the table of contents."
    other = replace(review, reviewer="annan", file="annan.yaml", reading_depth="web_summary")
    told = _report(replace(workspace, reviews=(review, other)), "en", internal=False).summary.read
    assert told == (
        "The reviewers have not read equally much: 1 reviewer has read the whole text and 1 reviewer has read only a"
        " summary on the web."
    )


# --- the disagreements ----------------------------------------------------------------------------------------------


def test_the_largest_disagreements_come_first_and_states_last(make: Round) -> None:
    low = {FIRST: "0", SECOND: "2", "kunskap-kalla": "0", "resor-vardag": "1"}
    high = {FIRST: "3", SECOND: "3", "kunskap-kalla": "3", "resor-vardag": "insufficient_evidence"}
    report = make(low, high)
    assert [group.title.replace("\N{NO-BREAK SPACE}", " ") for group in report.disputes.groups] == [
        "The reviewers differ by 3 levels",
        "The reviewers differ by 1 level",
        "The reviewers differ on whether the question can be judged",
    ]
    assert _numbers(report) == ["1.1", "1.3", "1.2", "2.1"]
    assert [talk.number for talk in report.summary.talks] == ["1.1", "1.3", "1.2"]
    assert report.summary.agreement[-1] == "On 1 question they differ on whether it can be judged."


def test_a_disagreement_tells_level_reason_and_place_of_each(make: Round) -> None:
    dispute = make({FIRST: "0"}, {FIRST: "insufficient_evidence"}).disputes.groups[0].disputes[0]
    one, other = dispute.judgements
    assert (one.who, one.mark.sign, one.mark.words, one.reason) == ("Granskare 1", "0", "Missing", ("Nivå 0 här.",))
    assert [place.words for place in one.places] == ["p. 4"]
    assert (other.mark.words, other.reason, other.places) == ("Cannot be assessed", ("Skäl.",), ())


def test_evidence_from_elsewhere_names_its_source(make: Round) -> None:
    places = make({"kunskap-kalla": "3"}, {"kunskap-kalla": "1"}).disputes.groups[0].disputes[0].judgements[0].places
    assert [(place.words, place.address) for place in places] == [
        ("p. 6", ""),
        ("Om planen (Region Exempels webbplats), section “Om planen”", "https://exempel.se/plan"),
    ]


def test_the_camps_of_a_question_name_everybody_once(make: Round) -> None:
    talk = make({FIRST: "0"}, {FIRST: "3"}, {FIRST: "0"}).summary.talks[0]
    assert [(camp.mark.sign, camp.who) for camp in talk.camps] == [
        ("0", "granskare 1 and granskare 3"),
        ("3", "granskare 2"),
    ]


def test_a_joint_level_that_nobody_gave_is_marked_everywhere(make: Round) -> None:
    report = make({FIRST: "0", SECOND: "2"}, {FIRST: "3", SECOND: "2"}, joint={FIRST: "1", SECOND: "1"})
    assert [number for number, _ in report.summary.departing] == ["1.1", "1.2"]
    assert report.summary.departs == "On 2 questions the joint review departs from all reviewers:"
    assert report.disputes.groups[-1].title == "The reviewers agree, but the joint review differs"
    assert _numbers(report) == ["1.1", "1.2"]
    for group in report.disputes.groups:
        *own, joint = group.disputes[0].judgements
        assert (joint.who, joint.joint, joint.departs) == ("Joint review", True, "Departs from all reviewers")
        assert not any(one.departs or one.joint for one in own)
    lines = [line for table in report.sheets[0].questions for line in table.lines]
    assert [line.number for line in lines if line.cells[-1].departs] == ["1.1", "1.2"]


def test_a_joint_level_that_somebody_gave_is_not_marked(make: Round) -> None:
    report = make({FIRST: "0"}, {FIRST: "3"}, joint={FIRST: "3"})
    assert report.summary.departing == ()
    assert report.summary.departs == "The joint review gives no level that no reviewer has given."


def test_an_answer_carried_over_is_no_disagreement(make: Round) -> None:
    assert make({FIRST: "inherited"}, {FIRST: "3"}).disputes.groups == ()


def test_internal_notes_are_left_out_unless_asked_for(make: Round) -> None:
    apart = ({SECOND: "1"}, {SECOND: "3"})
    assert "Stäm av" not in canonical(make(*apart))
    inside = make(*apart, internal=True)
    assert "Stäm av" in canonical(inside)
    assert "INTERNAL" in inside.head
    assert any(line.startswith("INTERNAL.") for line in inside.notices)


# --- the tables -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "parts"), [(2, [2]), (6, [6]), (7, [4, 3]), (8, [4, 4]), (13, [5, 5, 3])])
def test_reviewers_are_parted_where_there_is_no_room_beside(make: Round, count: int, parts: Sequence[int]) -> None:
    report = make(*({} for _ in range(count)), joint={})
    assert [len(sheet.columns) - 1 for sheet in report.sheets] == list(parts)
    assert all(sheet.columns[-1] == "Joint review" for sheet in report.sheets)
    assert [who for sheet in report.sheets for who in sheet.columns[:-1]] == [
        f"Granskare {n + 1}" for n in range(count)
    ]
    assert report.turned is (max(parts) > 3)
    assert bool(report.sheets[0].title) is (len(parts) > 1)


def test_every_question_stands_once_in_every_sheet(make: Round, criteria: CriteriaSet) -> None:
    for sheet in make(*({} for _ in range(8))).sheets:
        numbers = [line.number for table in sheet.questions for line in table.lines]
        assert len(numbers) == len(set(numbers)) == len(criteria.criteria)
        assert len(sheet.targets) == len(criteria.targets)


def test_a_question_that_a_short_form_does_not_put_is_said_to_be_so(make: Round, criteria: CriteriaSet) -> None:
    report = make({}, {}, form="short")
    asked = sum(len(table.lines) for table in report.sheets[0].questions)
    assert asked == sum(one.core for one in criteria.criteria)


def test_numbers_on_a_range_have_their_unit(make: Round, criteria: CriteriaSet) -> None:
    scale = Scale("percent", minimum=Fraction(0), maximum=Fraction(100), unit="%")
    first = criteria.targets[0]
    ranged = replace(first.criteria[0], scale="percent", levels={})
    target = replace(first, criteria=(ranged, *first.criteria[1:]))
    scoring = replace(criteria.scoring, gates=())
    chosen = replace(
        criteria, scales={**criteria.scales, "percent": scale}, targets=(target, *criteria.targets[1:]), scoring=scoring
    )
    report = make({FIRST: "10"}, {FIRST: "72.5"}, criteria=chosen)
    assert report.disputes.groups[0].title == "The reviewers differ by 62.5\N{NO-BREAK SPACE}percentage points"
    marks = [one.mark.words for one in report.disputes.groups[0].disputes[0].judgements]
    assert marks == ["10\N{NO-BREAK SPACE}%", "72.5\N{NO-BREAK SPACE}%"]
    assert "one level or one unit" in report.summary.agreement[0]
    assert any("most common scale" in part for part in report.method.chance)


# --- beyond chance --------------------------------------------------------------------------------------------------


def test_measures_are_told_with_what_they_mean_and_a_caution(make: Round) -> None:
    method = make({FIRST: "0"}, {FIRST: "3"}, {FIRST: "1"}).method
    assert [measure.name.rpartition(" ")[2] for measure in method.measures] == [
        "alike",
        "nominal",
        "ordinal",
        "interval",
    ]
    values = [measure.value.partition(" ")[0].replace("\N{MINUS SIGN}", "-") for measure in method.measures]
    assert all(float(value) <= 1 for value in values)
    assert all(measure.meaning for measure in method.measures)
    assert [pair.who for pair in method.pairs] == [
        "granskare 1 and granskare 2",
        "granskare 1 and granskare 3",
        "granskare 2 and granskare 3",
    ]
    assert any(part.startswith("Be careful with the figures: they rest on 19 questions.") for part in method.chance)


def test_what_is_not_defined_is_no_number(make: Round, criteria: CriteriaSet) -> None:
    same = {one.id: Answer(one.id, "assessed", "2") for one in criteria.criteria}
    method = make({}, {}, answers=same).method
    assert [measure.value for measure in method.measures] == [
        "1.00",
        *["not defined"] * 3,
    ]  # the first corrects nothing
    assert {value for pair in method.pairs for value in (pair.plain, pair.linear, pair.quadratic)} == {"not defined"}
    assert any(part.startswith("Not defined means") for part in method.chance)


# --- the frame ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("joint", "status", "draft"), [(True, "approved", False), (True, "submitted", True), (False, "approved", True)]
)
def test_a_round_is_a_draft_until_its_joint_review_is_approved(
    make: Round, status: str, *, joint: bool, draft: bool
) -> None:
    report = make({}, {}, joint={} if joint else None, status=status)
    assert report.head.startswith("DRAFT") is draft
    assert any(line.startswith("DRAFT.") for line in report.notices) is draft


def test_where_reviewers_are_combined_they_must_all_be_approved(make: Round, criteria: CriteriaSet) -> None:
    chosen = _with_reviewers(criteria, "mean")
    assert not make({}, {}, criteria=chosen, status="approved").head.startswith("DRAFT")
    assert make({}, {}, criteria=chosen, status="submitted").head.startswith("DRAFT")


def test_the_cover_names_everybody_and_what_they_read(make: Round) -> None:
    cover = make({}, {}, joint={}).cover
    assert [row.role for row in cover.readers] == ["Granskare 1", "Granskare 2", "Joint review"]
    assert {row.read for row in cover.readers} == {"The whole text has been read."}
    facts = {fact.label: fact.value for fact in cover.facts}
    assert cover.above == "Several reviewers of a plan, round 2026-11"
    assert facts["Criteria set"].endswith(", version 0.9.0")
    assert facts["Case number"] == "REG 2026:118-4"


def test_the_same_sources_give_the_same_report(make: Round) -> None:
    made = make({FIRST: "0"}, {FIRST: "3"}, joint={FIRST: "1"})
    assert canonical(made) == canonical(make({FIRST: "0"}, {FIRST: "3"}, joint={FIRST: "1"}))
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  # our own bytes
