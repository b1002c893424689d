from __future__ import annotations

import pickle
import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from granskning.i18n import Translator
from granskning.model.evidence import Evidence
from granskning.model.indicator import Figure
from granskning.model.review import Answer
from granskning.reporting.blocks.frame import Provenance
from granskning.reporting.charts.chart_multiples import Multiples
from granskning.reporting.charts.chart_places import Places
from granskning.reporting.review.report import make_review_report
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.results.numbers import format_number
from granskning.scoring.score import score_review
from granskning.tasks.folder.open import open_workspace
from granskning.workspace.yaml.canonical_form import canonical

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.reporting.charts.chart_strip import Strip
    from granskning.reporting.review.report_values import ReviewReport
    from granskning.workspace.loaded import Loaded

EXAMPLE = Path(__file__).parents[1] / "exempel"
LEADING = "forvarvsinkomst"
"""What leads the first target's first challenge."""
ORIGIN = Provenance("a1b2c3d4e5f60718", False, "3f2a" * 16, "99aa" * 16, "0.1.0", 1, "2026-11-23")  # noqa: FBT003  # not changed


class Report(Protocol):
    def __call__(
        self,
        language: str = "en",
        *,
        internal: bool = False,
        criteria: CriteriaSet | None = None,
        origin: Provenance = ORIGIN,
        earlier: Review | None = None,
        **fields: Any,
    ) -> ReviewReport: ...


@pytest.fixture(scope="module")
def example() -> Loaded:
    return open_workspace(EXAMPLE)[1]


@pytest.fixture(scope="module")
def review(example: Loaded) -> Review:
    return next(one for one in example.workspace.reviews if one.strategy == "exempelplan")


@pytest.fixture(scope="module")
def report(example: Loaded, review: Review) -> Report:

    def make(  # what a report may rest on
        language: str = "en",
        *,
        internal: bool = False,
        criteria: CriteriaSet | None = None,
        origin: Provenance = ORIGIN,
        earlier: Review | None = None,
        **fields: Any,
    ) -> ReviewReport:
        workspace = example.workspace
        chosen = criteria or workspace.criteria[review.criteria]
        indicators = fields.pop("indicators", workspace.indicators)
        strategy = fields.pop("strategy_of", workspace.strategies[review.strategy])
        changed = replace(review, **fields)
        return make_review_report(
            changed,
            strategy,
            chosen,
            score_review(changed, compile_criteria(chosen)),
            indicators=indicators,
            actions=workspace.actions[review.strategy],
            settings=workspace.settings,
            t=Translator(language),
            provenance=origin,
            internal=internal,
            earlier=earlier,
        )

    return make


@pytest.fixture(scope="module")
def criteria(example: Loaded) -> CriteriaSet:
    return example.workspace.criteria["jamstalld-tillvaxt@0.9.0"]


def _all_at(criteria: CriteriaSet, level: str) -> dict[str, Answer]:
    return {one.id: Answer(one.id, "assessed", level) for one in criteria.criteria}


def _number(text: str) -> Fraction:
    return Fraction(text.replace("−", "-").replace(",", ""))


def test_the_summary_counts_what_the_map_shows(report: Report) -> None:
    made = report()
    by_mark = {count.mark.words: count.count for count in made.summary.counts if count.count}
    cells = [cell.mark.words for row in made.results.map.rows for cell in row.cells]
    assert Counter(cells) == by_mark
    assert len(cells) == int(made.summary.counted)
    assert {mark.words for mark in made.results.map.key} == by_mark.keys()
    judged = [row.assessed.split(" of ") for row in made.results.map.rows]
    told = f"{sum(int(one) for one, _ in judged)} of {sum(int(all_) for _, all_ in judged)} applicable questions"
    assert made.summary.lacking[0].startswith(told)


def test_the_sums_come_to_the_results(report: Report) -> None:
    made = report()
    results = {f"{row.number} {row.title}": row.result for row in made.results.map.rows}
    assert made.method.sums
    for table in made.method.sums:
        ends = 2 if table.heads[-1].words == "Highest product" else 1
        for column in range(-ends, 0):
            parts = [row[column].text for row in table.rows]
            assert sum(_number(part) for part in parts if part != "–") == _number(table.foot[column])
        for end in results[table.caption.removesuffix(": weighted mean")].split("–"):
            assert end in table.foot[1] or any(end in note for note in table.after)


def test_a_settled_sum_is_the_division_it_says(report: Report, criteria: CriteriaSet) -> None:
    settled = [table for table in report().method.sums if table.heads[-1].words == "Product"]
    assert settled
    for table in settled:
        weights, total = table.foot[[head.words for head in table.heads].index("Weight")], table.foot[-1]
        value = _number(total) / _number(weights)
        assert table.foot[1] == f"{total} / {weights} = {format_number(value, criteria.scoring.rounding, 'en')}"


def test_coverage_is_never_rounded_up_to_what_is_demanded(report: Report) -> None:
    # 19 of 24 is 79.2 %; the demand is 80 %
    assert "(79%)" in report().summary.lacking[0]
    assert "at least 20 (80%)" in report().summary.lacking[0]


def test_nothing_judged_is_said_plainly(report: Report) -> None:
    made = report(answers={})
    assert made.summary.verdict == "The plan cannot be assessed yet: nothing has been judged."
    assert (made.summary.strengths, made.summary.gaps) == (None, None)
    assert not made.results.assessed
    assert made.results.profile is None
    assert {row.result for row in made.results.map.rows} == {"cannot be assessed"}
    assert made.method.sums == ()


def test_all_judged_and_read_gives_a_verdict_by_band(report: Report, criteria: CriteriaSet) -> None:
    answers = _all_at(criteria, "2")
    answers["makt-samrad"] = Answer("makt-samrad", "assessed", "0")
    answers["makt-beslut"] = Answer("makt-beslut", "assessed", "0")
    made = report(answers=answers)
    assert made.summary.lacking == ()
    weakest = "Makt och inflytande (Mentioned, 0.7): what is asked for is missing in 2 of 3 judged questions."
    assert weakest in made.summary.verdict


def test_no_target_is_called_strong_or_weak_when_all_are_alike(report: Report, criteria: CriteriaSet) -> None:
    verdict = report(answers=_all_at(criteria, "1")).summary.verdict
    assert verdict == "All target pictures that are judged come to the same: 1.0."


def test_counts_never_read_as_levels(report: Report, criteria: CriteriaSet) -> None:
    answers = _all_at(criteria, "2")
    for name in ("resor-vardag", "makt-beslut"):
        answers[name] = Answer(name, "open")
    assert not re.search(r"\d (Missing|Mentioned|Partly|Governs)", report(answers=answers).summary.verdict)


def test_what_was_read_stands_between_the_reader_and_a_verdict(report: Report, criteria: CriteriaSet) -> None:
    made = report(answers=_all_at(criteria, "2"), reading_depth="web_summary")
    assert made.summary.verdict.startswith("The plan cannot be assessed yet: ")
    assert made.summary.lacking == (
        "Only a summary on the web has been read. A verdict takes that the whole text has been read.",
    )


def test_a_strength_is_at_the_highest_level_unless_the_set_declares_another(report: Report) -> None:
    summary = report().summary
    assert summary.strengths is not None
    assert {item.mark.sign for item in summary.strengths.items} == {"3"}


def test_a_declared_threshold_decides_what_is_a_strength(report: Report, criteria: CriteriaSet) -> None:
    usual = criteria.scales[""]
    levels = tuple(replace(level, strength=level.key == "2") for level in usual.levels)
    declared = replace(criteria, scales={**criteria.scales, "": replace(usual, levels=levels)})
    strengths = report(criteria=declared).summary.strengths
    assert strengths is not None
    assert strengths.note == "3 of 10 strengths"


def test_gaps_are_the_lowest_and_one_of_each_target_comes_first(report: Report) -> None:
    summary = report().summary
    assert summary.gaps is not None
    assert [item.mark.sign for item in summary.gaps.items] == ["0", "0", "1"]
    assert summary.gaps.note == "3 of 9 questions in the lower half of the scale"
    assert len({item.number.split(".")[0] for item in summary.gaps.items}) == 3
    assert all(item.text for item in summary.gaps.items), "what was found, not what was asked"


def test_the_same_recommendation_is_told_once(report: Report) -> None:
    recommendations = report().summary.recommendations
    assert recommendations is not None
    assert len(recommendations.items) == 1


def test_a_finding_tells_how_it_stood_last_time(report: Report, review: Review, criteria: CriteriaSet) -> None:
    before = replace(review, round="2025-10", answers=_all_at(criteria, "1"))
    gaps = report(earlier=before).summary.gaps
    assert gaps is not None
    assert [item.change for item in gaps.items] == [*["↓ from 1 Mentioned in 2025-10"] * 2, "= as in 2025-10"]
    assert {item.before.sign for item in gaps.items if item.before} == {"1"}
    same = report(earlier=replace(before, answers=_all_at(criteria, "0"))).summary.gaps
    assert same is not None
    assert same.items[2].change == "↑ from 0 Missing in 2025-10"


def test_one_question_is_enough_for_a_report(report: Report, criteria: CriteriaSet) -> None:
    target = replace(criteria.targets[1], criteria=criteria.targets[1].criteria[:1])
    small = replace(criteria, targets=(target,), scoring=replace(criteria.scoring, gates=()))
    made = report(criteria=small)
    assert [row.result for row in made.results.map.rows] == ["1.0"]
    assert made.summary.counted == "1"
    assert made.results.profile is not None


def test_missing_english_is_marked(report: Report) -> None:
    made = report("en")
    assert made.cover.title.startswith("[only in Swedish] ")
    assert made.targets[0].picture.startswith("[only in Swedish] ")
    assert not made.cover.below.startswith("[")
    assert "[" not in report("sv").cover.title


def test_internal_notes_are_left_out_unless_asked_for(report: Report, review: Review) -> None:
    note = "Stäm av med Trafikverket"
    assert any(answer.note and note in answer.note for answer in review.answers.values())
    assert note not in canonical(report())
    inside = report(internal=True)
    assert note in canonical(inside)
    assert "INTERNAL" in inside.head
    assert any(line.startswith("INTERNAL.") for line in inside.notices)


@pytest.mark.parametrize(("status", "draft"), [("draft", True), ("submitted", True), ("approved", False)])
def test_what_is_not_approved_is_a_draft_on_every_page(report: Report, status: str, *, draft: bool) -> None:
    made = report(status=status)
    assert any(line.startswith("DRAFT.") for line in made.notices) is draft
    assert made.head.startswith("DRAFT") is draft
    assert "EXAMPLE" in made.head


def test_questions_with_the_same_reason_share_a_list(report: Report) -> None:
    chapters = {chapter.anchor: chapter for chapter in report().targets}
    skills = chapters["target-kompetens"]
    assert skills.questions == ()
    assert [len(group.questions) for group in skills.groups] == [3]
    power = chapters["target-makt"]
    assert [question.mark.kind for question in power.questions] == ["level"]
    assert [group.mark.kind for group in power.groups] == ["insufficient_evidence", "open"]
    assert power.groups[0].reason == ("Bilagan med samrådsredogörelsen saknas i dokumentet.",)


def test_a_target_without_applicable_questions_is_one_line(report: Report, criteria: CriteriaSet) -> None:
    answers = _all_at(criteria, "2")
    for question in criteria.targets[1].criteria:
        answers[question.id] = Answer(question.id, "not_applicable", reason="Planen gäller vägar.")
    made = report(answers=answers).targets[1]
    assert made.nothing_applicable
    assert [group.reason for group in made.groups] == [("Planen gäller vägar.",)]


def test_every_question_stands_in_exactly_one_place(report: Report, criteria: CriteriaSet) -> None:
    made = report()
    numbers = [one.number for chapter in made.targets for one in chapter.questions]
    numbers += [number for chapter in made.targets for group in chapter.groups for number, _, _ in group.questions]
    assert len(numbers) == len(set(numbers)) == len(criteria.criteria)


def test_an_answer_with_more_than_a_reason_keeps_its_own_place(report: Report, review: Review) -> None:
    answers = dict(review.answers)
    answers["kompetens-yrkesval"] = replace(answers["kompetens-yrkesval"], recommendation="Läs kapitel 9.")
    skills = next(one for one in report(answers=answers).targets if one.anchor == "target-kompetens")
    assert [one.number for one in skills.questions] == ["5.1"]
    assert [len(group.questions) for group in skills.groups] == [2]


def test_a_target_has_its_leading_figures_women_first(report: Report) -> None:
    strips = [strip for chapter in report().targets for strip in chapter.strips]
    assert strips
    for strip in strips:
        assert strip.source.startswith("Source: ")
        assert not isinstance(strip, Multiples), "no figure of the example has several periods"
        drawn = strip.lines if isinstance(strip, Places) else strip.marks
        assert [one.sex for one in drawn] in (["women", "men"], ["women"], ["men"])
    assert not any(chapter.strips for chapter in report(answers={}).targets), "nothing judged, nothing to motivate"


def test_municipalities_stand_in_one_figure_and_several_periods_as_small_multiples(
    report: Report, example: Loaded
) -> None:
    indicator = example.workspace.indicators[LEADING]
    places = ("Länet", "19"), *((f"Kommun {number}", f"198{number}") for number in range(5))
    figures = tuple(
        Figure(area, code, period, Fraction(40 + at), Fraction(60 - at))
        for at, (area, code) in enumerate(places) for period in ("2018", "2022")
    )  # fmt: skip

    def drawn(values: tuple[Figure, ...]) -> list[Strip | Places | Multiples]:
        made = report(indicators={**example.workspace.indicators, LEADING: replace(indicator, values=values)})
        return next([*chapter.strips] for chapter in made.targets if chapter.strips)

    marks, panels = drawn(figures)[:2]
    assert isinstance(marks, Places)
    assert [len(line.marks) for line in marks.lines] == [5, 5], "the county is no municipality"
    assert isinstance(panels, Multiples)
    assert [panel.title for panel in panels.panels] == ["Länet", "Kommun 0"]
    assert panels.place.startswith("2018–2022; 4 more areas in the annex")
    assert panels.address == marks.address == (indicator.address or "")
    latest = tuple(figure for figure in figures if figure.period == "2022")
    assert not any(isinstance(item, Multiples) for item in drawn(latest))
    county = drawn(figures[:2])
    assert isinstance(county[0], Multiples)
    assert not any(isinstance(item, Places) for item in county[:1])


@pytest.mark.parametrize(
    "link",
    [
        ("https://exempel.se/plan.pdf", 8, "https://exempel.se/plan.pdf#page=8"),
        ("https://exempel.se/plan.PDF?v=2", 8, "https://exempel.se/plan.PDF?v=2#page=8"),
        ("https://exempel.se/plan.pdf", None, "https://exempel.se/plan.pdf"),
        ("https://exempel.se/plan.pdf#kapitel", 8, "https://exempel.se/plan.pdf#kapitel"),
        ("https://exempel.se/plan", 8, "https://exempel.se/plan"),
    ],
)
@pytest.mark.parametrize("is_edition", [True, False], ids=["edition", "address"])
def test_a_quotation_leads_to_its_page(
    report: Report, review: Review, example: Loaded, link: tuple[str, int | None, str], *, is_edition: bool
) -> None:
    address, page, leads_to = link
    strategy = example.workspace.strategies[review.strategy]
    edition = next(one for one in strategy.editions if one.id == review.edition)
    strategy = replace(strategy, editions=(replace(edition, address=address if is_edition else None),))
    where: dict[str, Any] = {"edition": edition.id} if is_edition else {"address": address, "retrieved": "2026-11-23"}
    item = Evidence(**where, page="ii", pdf_page=page, quote="Kvinnor reser kortare.")
    name = next(name for name, answer in review.answers.items() if answer.state == "assessed")
    answers = {**review.answers, name: replace(review.answers[name], evidence=(item,))}
    made = report(strategy_of=strategy, answers=answers)
    [found] = [one for chapter in made.targets for asked in chapter.questions for one in asked.evidence
               if one.quote == "“Kvinnor reser kortare.”"]  # fmt: skip
    assert found.address == leads_to


@pytest.mark.parametrize(
    ("places", "note", "reference"),
    [
        ([("14", 18), ("20", 24)], "4 higher in the file", "p.\N{NO-BREAK SPACE}14"),
        ([("14", 14), ("20", 20)], "the same in the file", "p.\N{NO-BREAK SPACE}14"),
        ([("14", 18), ("20", 25)], "Places without a source", "p.\N{NO-BREAK SPACE}14, page 18 of the file"),
        ([("14", 18), ("20", None)], "Places without a source", "p.\N{NO-BREAK SPACE}14, page 18 of the file"),
        ([("14", 18), ("ii", 2)], "Places without a source", "p.\N{NO-BREAK SPACE}14, page 18 of the file"),
        ([("14", None), ("20", None)], "Places without a source", "p.\N{NO-BREAK SPACE}14"),
    ],
)
def test_how_pages_are_counted_is_told_once_where_it_is_known_of_all(
    report: Report, review: Review, places: list[tuple[str, int | None]], note: str, reference: str
) -> None:
    items = tuple(Evidence(edition=review.edition, page=page, pdf_page=counted) for page, counted in places)
    bare = {name: replace(answer, evidence=()) for name, answer in review.answers.items()}
    name = next(name for name, answer in bare.items() if answer.state == "assessed")
    made = report(answers={**bare, name: replace(bare[name], evidence=items)})
    assert any(note in sentence for sentence in made.evidence_note)
    [first, _] = next(asked.evidence for chapter in made.targets for asked in chapter.questions if asked.evidence)
    assert first.reference == reference


def test_a_gate_that_bit_is_told_where_it_bit(report: Report) -> None:
    made = report()
    first = made.targets[0].questions[0]
    assert first.gate.startswith("Basic demand, not met: it holds the result down.")
    assert made.method.gates[0].label == "Not met; it changed the result."
    assert any("basic demand" in sentence for sentence in made.summary.sentences)


def test_an_action_past_its_date_is_late(report: Report) -> None:
    late = {action.title: action.late for action in report().actions}
    assert late == {
        "Räkna omsorgsresor i nästa resvaneundersökning": "",
        "Redovisa deltagare i samråden": "Late: it should have been done by 1\N{NO-BREAK SPACE}October 2026.",
    }


def test_evidence_says_where_it_stands(report: Report) -> None:
    quoted = next(one for chapter in report().targets for one in chapter.questions if len(one.evidence) == 2)
    quotation, paraphrase = quoted.evidence
    assert quotation.quote.startswith("“även resor")
    assert quotation.place.startswith("p. ")
    assert paraphrase.source == "Om planen (Region Exempels webbplats)"
    assert paraphrase.retrieved == "2026-11-20"
    assert paraphrase.place == "section “Om planen”"


def test_an_unknown_commit_is_called_unknown(report: Report) -> None:
    origin = replace(ORIGIN, commit=None)
    assert "version unknown" in report(origin=origin).foot
    changed = replace(ORIGIN, changed=True)
    assert "changed since" in report(origin=changed).foot


def test_the_same_sources_give_the_same_report(report: Report) -> None:
    made = report()
    assert canonical(made) == canonical(report())
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  # our own bytes
