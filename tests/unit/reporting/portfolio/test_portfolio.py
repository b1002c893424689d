from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.files import OverlaidFiles
from granskning.i18n import Translator
from granskning.model.lineage import CriteriaChange
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.portfolio import make_portfolio, portfolio_results
from granskning.tasks.reports.report import Reporter

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.reporting.portfolio.portfolio_values import PortfolioReport
    from granskning.workspace.loaded import Loaded

EXAMPLE = Path(__file__).parents[1] / "exempel"
ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def example() -> Loaded:
    return open_workspace(EXAMPLE)[1]


def _portfolio(loaded: Loaded, *reviews: Review) -> PortfolioReport:
    workspace = replace(loaded.workspace, reviews=reviews or loaded.workspace.reviews)
    made = make_portfolio(Reporter(EXAMPLE, replace(loaded, workspace=workspace), Translator("en")))
    assert made is not None
    return made


def test_every_strategy_is_accounted_for(example: Loaded) -> None:
    made = _portfolio(example)
    assert [row.id for row in made.rows] == ["cykelstrategi", "exempelplan"]
    assert len(made.unreviewed) == 1
    assert made.sentences[0] == "2 of 3 strategies have been reviewed."
    assert {len(row.cells) for row in made.rows} == {len(made.columns)} == {7}


def test_only_common_questions_are_compared(example: Loaded) -> None:
    made = _portfolio(example)
    assert made.common == "1 question has been judged in all 2 reviews. Only that one is compared here."
    assert [number for number, _ in made.common_questions] == ["2.1"]
    assert [number for number, _ in made.common_columns] == ["2"]
    assert [[cell.result for cell in row.cells] for row in made.common_rows] == [["1.0"], ["1.0"]]
    assert {cell.judged for row in made.common_rows for cell in row.cells} == {"1 of 1"}


def test_without_common_questions_nothing_is_compared(example: Loaded) -> None:
    cycling, plan = example.workspace.reviews
    answers = {name: answer for name, answer in plan.answers.items() if name != "resor-vardag"}
    made = _portfolio(example, cycling, replace(plan, answers=answers))
    assert made.common.startswith("No question has been judged in all 2 reviews.")
    assert made.common_rows == ()


def test_one_review_alone_is_not_compared(example: Loaded) -> None:
    made = _portfolio(example, example.workspace.reviews[1])
    assert made.common.startswith("Fewer than two reviews")


def test_the_joint_review_of_the_last_round_speaks_for_its_strategy(example: Loaded) -> None:
    cycling, plan = example.workspace.reviews
    older = replace(plan, round="2025-11", reviewer="samlad", kind="consensus", file="a.yaml")
    joint = replace(plan, reviewer="samlad", kind="consensus", file="b.yaml")
    workspace = replace(example.workspace, reviews=(cycling, older, plan, joint))
    reporter = Reporter(EXAMPLE, replace(example, workspace=workspace), Translator("en"))
    speaking = portfolio_results(reporter)["exempelplan"].round.speaking
    assert speaking is not None
    assert speaking.review.file == "b.yaml"


def test_empty_cells_say_why(example: Loaded) -> None:
    cells = [cell for row in _portfolio(example).rows for cell in row.cells]
    assert all(cell.result or cell.mark.words for cell in cells)


def test_versions_of_the_set_stand_side_by_side(example: Loaded) -> None:
    """A review made with an earlier version is compared, on the questions that mean the same, and the page says so."""
    cycling, plan = example.workspace.reviews
    current = example.workspace.criteria[plan.criteria]
    earlier = replace(current, version="0.8.0", file="criteria/earlier/jamstalld-tillvaxt-0.8.0.yaml")
    sets = {**example.workspace.criteria, earlier.reference: earlier}
    reviews = (replace(cycling, criteria=earlier.reference), plan)

    def made(criteria: CriteriaSet) -> PortfolioReport:
        workspace = replace(example.workspace, criteria={**sets, criteria.reference: criteria}, reviews=reviews)
        files = OverlaidFiles(example.files, {earlier.file: example.files.read(current.file)})
        loaded = replace(example, workspace=workspace, files=files, read=(*example.read, earlier.file))
        reporter = Reporter(EXAMPLE, loaded, Translator("en"))
        cards = [one for one in reporter.reported.scored if one.review.strategy == "cykelstrategi"]
        assert cards[0].criteria.version == "0.8.0"
        portfolio = make_portfolio(reporter)
        assert portfolio is not None
        return portfolio

    same = made(current)
    assert [number for number, _ in same.common_questions] == ["2.1"]
    assert len(same.versions) == 1
    assert same.versions[0].startswith("Reviewed with version 0.8.0 of the set: ")
    change = CriteriaChange(from_="0.8.0", kind="substantive", text={}, criterion="resor-vardag")
    changed = made(replace(current, changes=(change,)))
    assert changed.common_questions == ()
    assert [row.id for row in changed.rows] == ["cykelstrategi", "exempelplan"]


def test_no_note_on_figures_names_a_strategy_by_its_id() -> None:
    """Those that are left out as invented examples are named as everywhere else."""
    loaded = open_workspace(ROOT)[1]
    made = make_portfolio(Reporter(ROOT, loaded, Translator("sv")))
    assert made is not None
    assert made.figures is not None
    figures = made.figures
    notes = " ".join(figures.notes)
    assert "påhittade exempel: EXEMPEL: " in notes
    assert not any(f" {name}" in notes for name in loaded.workspace.strategies if "-" in name)
