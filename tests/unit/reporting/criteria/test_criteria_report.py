"""The annex of a criteria set: the trace from a question to challenge, goal and statistics."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.edges.disk import FolderFiles
from granskning.i18n import Translator
from granskning.model.criteria import challenges_of, goals_of
from granskning.reporting.blocks.frame import Provenance
from granskning.reporting.criteria.criteria_report import CriteriaMaterial, make_criteria_report
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.workspace import Workspace
    from granskning.reporting.criteria.annex_values import CriteriaReport, FigureTable

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def shipped() -> Workspace:
    return load_files(FolderFiles(ROOT)).workspace


@pytest.fixture(scope="module")
def full(shipped: Workspace) -> CriteriaSet:
    return next(one for one in shipped.criteria.values() if one.file == "criteria/jamstalld-tillvaxt.yaml")


def made(shipped: Workspace, criteria: CriteriaSet, language: str = "en") -> CriteriaReport:
    return make_criteria_report(
        CriteriaMaterial(
            criteria=criteria,
            words=Lexicon(Translator(language), criteria),
            indicators=shipped.indicators,
            settings=shipped.settings,
            provenance=Provenance(None, False, "", "", "", 2, None),  # noqa: FBT003
        )
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


def test_the_annex_leads_from_question_to_table(shipped: Workspace, full: CriteriaSet) -> None:
    report = made(shipped, full)
    everyday = next(
        question
        for target in report.targets
        for question in target.questions
        if question.question == _words(full, "resor-vardag")
    )
    ((title, anchor),) = everyday.rationale.challenges
    assert title == "Unpaid care shapes the everyday journey"
    assert "Goal 4" in everyday.rationale.goals[0]
    assert everyday.number == "3.2"
    challenges = [challenge for target in report.targets for challenge in target.challenges]
    (told,) = [challenge for challenge in challenges if challenge.anchor == anchor and challenge.tables]
    assert "Försäkringskassan" in told.tables[0].source
    assert told.tables[0].retrieved == "2026-11-23"


def test_every_level_of_every_question_is_told(shipped: Workspace, full: CriteriaSet) -> None:
    for target in made(shipped, full, "sv").targets:
        for question in target.questions:
            assert [mark.words for mark, _ in question.levels] == ["Saknas", "Nämns", "Delvis", "Styr"]
            assert all(text for _, text in question.levels)


def test_a_challenge_is_told_once(shipped: Workspace, full: CriteriaSet) -> None:
    challenges = [challenge for target in made(shipped, full).targets for challenge in target.challenges]
    told = [challenge.anchor for challenge in challenges if not challenge.elsewhere]
    assert len(told) == len(set(told))
    assert all(challenge.text for challenge in challenges if not challenge.elsewhere)


def test_no_figure_without_source_and_women_first(shipped: Workspace, full: CriteriaSet) -> None:
    tables = _tables(shipped, full)
    assert tables
    for table in tables:
        assert table.source.startswith("Source: ")
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", table.retrieved)
        assert table.columns == tuple(sorted(table.columns, key=("women", "men", "mixed", "total").index))


def test_figures_in_a_table_have_the_same_number_of_decimals(shipped: Workspace, full: CriteriaSet) -> None:
    for table in _tables(shipped, full):
        if table.measures == 1:
            decimals = {len(row.women.partition(".")[2]) for row in table.rows if row.women}
            assert len(decimals) <= 1, table.title


def test_measures_of_one_source_share_a_table(shipped: Workspace, full: CriteriaSet) -> None:
    # nine industries, and one of them has the county's own figure, of another source and year
    industries = next(table for table in _tables(shipped, full) if table.measures == 8)
    assert len({row.measure for row in industries.rows}) == 8
    assert not any(row.note for row in industries.rows)


def test_every_set_has_an_annex(shipped: Workspace) -> None:
    for criteria in shipped.criteria.values():
        report = made(shipped, criteria, "sv")
        asked = [question.number for target in report.targets for question in target.questions]
        assert len(asked) == len(criteria.criteria)
        assert report.method.steps


def _tables(shipped: Workspace, criteria: CriteriaSet) -> list[FigureTable]:
    challenges = [challenge for target in made(shipped, criteria).targets for challenge in target.challenges]
    return [table for challenge in challenges for table in challenge.tables]


def _words(criteria: CriteriaSet, name: str) -> str:
    return next(one.question["en"] for one in criteria.criteria if one.id == name)
