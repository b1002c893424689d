"""The trace from a question to challenge, goal and statistics, as the report shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.edges.disk import FolderFiles
from granskning.i18n import Translator
from granskning.model.criteria import challenges_of, goals_of
from granskning.reporting.blocks.frame import Provenance
from granskning.reporting.review.report import make_review_report
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.score import score_review
from granskning.workspace.load import load_files
from granskning.workspace.schema.modelling import review as review_of

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.workspace import Workspace
    from granskning.reporting.review.report_values import ReviewReport

ROOT = Path(__file__).parents[4]
REVIEW = {
    "strategy": "exempellan-transportplan",
    "edition": "antagen",
    "criteria": "",
    "round": "prov",
    "reviewer": "prov",
    "status": "draft",
    "reading_depth": "full_text",
}


@pytest.fixture(scope="module")
def shipped() -> Workspace:
    return load_files(FolderFiles(ROOT)).workspace


@pytest.fixture(scope="module")
def full(shipped: Workspace) -> CriteriaSet:
    return next(one for one in shipped.criteria.values() if one.file == "criteria/jamstalld-tillvaxt.yaml")


def made(shipped: Workspace, criteria: CriteriaSet, language: str = "en") -> ReviewReport:
    level = criteria.scale[1].value
    answers = {one.id: {"level": level, "justification": "Prov."} for one in criteria.criteria}
    review = review_of({**REVIEW, "criteria": criteria.reference, "answers": answers}, "r.yaml")
    return make_review_report(
        review,
        shipped.strategies[review.strategy],
        criteria,
        score_review(review, compile_criteria(criteria)),
        indicators=shipped.indicators,
        actions=(),
        settings=shipped.settings,
        t=Translator(language),
        provenance=Provenance(None, False, "", "", "", 2, None),  # noqa: FBT003
    )


def test_every_question_of_the_full_set_is_whole(full: CriteriaSet) -> None:
    """What the issue asks of each: why, levels, evidence, mistakes, challenges and goals, in both languages."""
    for one in full.criteria:
        for text in (one.question, one.why, one.counts_as_evidence, one.mistakes, *one.levels.values()):
            assert text.keys() == {"sv", "en"}, one.id
            assert all(text.values())
        assert len(one.levels) == len(full.scale)
        assert challenges_of(full, one), one.id
        assert goals_of(full, one), one.id


def test_the_double_questions_are_retired(full: CriteriaSet) -> None:
    retired = {one.id for one in full.retired}
    assert retired == {"styrning-ansvar", "styrning-uppfoljning", "styrning-sprak", "foretagande-fordelning"}
    parts = {name for change in full.changes if change.kind == "split" for name in change.into}
    assert len(parts) == 9
    assert parts < {one.id for one in full.criteria}


def test_the_report_leads_from_question_to_table(shipped: Workspace, full: CriteriaSet) -> None:
    report = made(shipped, full)
    everyday = next(
        one for target in report.targets for one in target.questions if one.question == _words(full, "resor-vardag")
    )
    ((title, anchor),) = everyday.origin.challenges
    assert title == "Unpaid care shapes the everyday journey"
    told = [one for target in report.targets for one in target.challenges if one.anchor == anchor and one.tables]
    assert [table.source for table in told[0].tables]
    questions, statistics = report.method.traces
    row = next(row for row in questions.rows if title in row[1].text and "3.2" in row[0].text)
    assert "Goal 4" in row[2].text
    assert [cell.text for cell in next(row for row in statistics.rows if row[0].text == title)][2:] == [
        "Försäkringskassan",
        "2026-11-23",
    ]


def test_measures_of_one_source_share_a_table(shipped: Workspace, full: CriteriaSet) -> None:
    tables = [table for target in made(shipped, full).targets for one in target.challenges for table in one.tables]
    industries = next(table for table in tables if table.measures == 9)
    assert len({row.measure for row in industries.rows}) == 9
    assert not any(row.note for row in industries.rows)


def test_a_set_without_challenges_shows_no_empty_columns(shipped: Workspace) -> None:
    other = next(one for one in shipped.criteria.values() if one.id == "genomforande-smart")
    assert made(shipped, other).method.traces == ()
    goals = next(one for one in shipped.criteria.values() if one.file == "criteria/delmal-relevans.yaml")
    (trace,) = made(shipped, goals).method.traces
    assert [head.words for head in trace.heads] == ["Question", "Serves the goals"]


def _words(criteria: CriteriaSet, name: str) -> str:
    return next(one.question["en"] for one in criteria.criteria if one.id == name)
