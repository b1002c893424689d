"""Who takes up what, down the steering chain, and who is responsible: on one small set and made-up strategies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.files import OverlaidFiles
from granskning.i18n import Translator
from granskning.model.decision import Action
from granskning.model.review import Answer
from granskning.reporting.html.render import PORTFOLIO, Renderer
from granskning.scoring.coverage import carried_questions, carried_target, together
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.outline import make_outline
from granskning.scoring.score import score_review
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.portfolio import make_portfolio
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.reporting.portfolio.portfolio_values import PortfolioReport
    from granskning.workspace.loaded import Loaded

EXAMPLE = Path(__file__).parents[1] / "exempel"


@pytest.fixture(scope="module")
def example() -> Loaded:
    return open_workspace(EXAMPLE)[1]


def _criteria(loaded: Loaded) -> CriteriaSet:
    return next(iter(loaded.workspace.criteria.values()))


def _review(loaded: Loaded, strategy: str, levels: dict[str, str]) -> Review:
    """A review that has judged only these targets' questions, all at the same level; the others are empty."""
    criteria = _criteria(loaded)
    answers = {
        one.id: Answer(one.id, "assessed", level=levels[target.id])
        for target in criteria.targets
        if target.id in levels
        for one in target.all_criteria
    }
    held = loaded.workspace.reviews[0]
    file = f"strategies/{strategy}/reviews/2026-11/x.yaml"
    return replace(held, strategy=strategy, answers=answers, form="full", reviewer="x", file=file)


def _portfolio(
    loaded: Loaded, reviews: dict[str, dict[str, str]], based_on: dict[str, tuple[str, ...]], **actions: tuple[Action]
) -> PortfolioReport:
    """The portfolio of made-up strategies, each known by the levels it got."""
    known = next(iter(loaded.workspace.strategies.values()))
    names = {*reviews, *based_on, *(one for held in based_on.values() for one in held)}
    strategies = {
        name: replace(known, id=name, title={"en": name.upper(), "sv": name.upper()}, based_on=based_on.get(name, ()))
        for name in sorted(names)
    }
    made = tuple(_review(loaded, name, levels) for name, levels in sorted(reviews.items()))
    # the files of made-up strategies are not there, so all have the bytes of the known one
    known_bytes = loaded.files.read(loaded.workspace.reviews[0].file)
    followed = (f"strategies/{name}/actions.yaml" for name in actions)
    files = OverlaidFiles(loaded.files, dict.fromkeys((*(one.file for one in made), *followed), known_bytes))
    workspace = replace(loaded.workspace, strategies=strategies, reviews=made, actions=actions)
    read = (*loaded.read, *(one.file for one in made))
    loaded = replace(loaded, workspace=workspace, files=files, read=read)
    report = make_portfolio(Reporter(EXAMPLE, loaded, Translator("en")))
    assert report is not None
    return report


def _targets(loaded: Loaded) -> list[str]:
    return [one.id for one in _criteria(loaded).targets]


def test_above_the_level_for_missing_is_taken_up(example: Loaded) -> None:
    criteria = _criteria(example)
    plan = compile_criteria(criteria)
    first, second, *_ = _targets(example)
    review = _review(example, "a", {first: "1", second: "0"})
    states = carried_questions(score_review(review, plan), criteria, make_outline(criteria))
    by_target = {one.id: carried_target(one, states) for one in criteria.targets}
    assert by_target[first] == "carried"
    assert by_target[second] == "lacking"
    assert {by_target[name] for name in _targets(example)[2:]} == {"unknown"}


def test_unknown_outweighs_lacking() -> None:
    assert together(["lacking", "unknown"]) == "unknown"
    assert together(["carried", "unknown"]) == "carried"
    assert together(["lacking", "not_applicable"]) == "lacking"
    assert together([]) == "not_asked"


def test_what_nobody_takes_up_is_told_and_what_nobody_has_judged_is_not_blamed(example: Loaded) -> None:
    first, second, third, *rest = _targets(example)
    made = _portfolio(example, {"a": {first: "2", second: "0"}, "b": {first: "0", second: "0", third: "0"}}, {})
    assert made.carrying is not None
    assert [name.split(" ")[0] for name in made.carrying.nobody] == ["2"]
    assert [name.split(" ")[0] for name in made.carrying.unsure] == [str(n) for n in range(3, 3 + 1 + len(rest))]
    assert made.carrying.sentences[0] == (
        f"Target pictures that at least one reviewed strategy takes up: 1 of {len(_targets(example))}."
    )
    rows = [[cell.text for cell in row] for row in made.carrying.grid.rows]
    assert rows[0][1:] == ["A", "B", "0 of 2"]
    assert rows[1][1:] == ["–", "A and B", "0 of 2"]
    assert rows[2][1:] == ["–", "B", "1 of 2"]
    assert made.carrying.questions is not None
    told = {row[1].text for row in made.carrying.questions.rows}
    assert told == {"all judged", "1 strategy not judged"}


def test_what_is_lost_on_the_way_down(example: Loaded) -> None:
    first, second, third, *_ = _targets(example)
    made = _portfolio(
        example,
        {"rus": {first: "3", second: "2", third: "1"}, "plan": {first: "2", second: "0"}, "sub": {second: "0"}},
        {"plan": ("rus",), "sub": ("plan",)},
    )
    rus = next(chain for chain in made.handovers if chain.title == "RUS")
    assert rus.sentences[0] == "Based on it: PLAN and SUB."
    assert rus.sentences[1] == "Target pictures that it takes up and that at least one plan picks up: 1 of 3."
    assert rus.sentences[2].startswith("No plan picks up 2 ")
    assert rus.sentences[3].startswith("No plan is known to pick up 3 ")
    assert rus.grid is not None
    assert [[cell.text for cell in row][1:] for row in rus.grid.rows] == [
        ["PLAN", "–", "1 of 2"],
        ["–", "PLAN and SUB", "0 of 2"],
        ["–", "–", "2 of 2"],
    ]
    assert rus.questions is not None
    numbers = {row[0].text.split(".")[0] for row in rus.questions.rows}
    assert numbers == {"2"}


def test_a_strategy_above_that_nobody_has_reviewed_says_so(example: Loaded) -> None:
    first = _targets(example)[0]
    made = _portfolio(example, {"plan": {first: "2"}}, {"plan": ("rus",)})
    chain = made.handovers[0]
    assert chain.title == "RUS"
    assert chain.grid is None
    assert "has not been reviewed with this criteria set" in chain.sentences[1]


def test_circles_of_based_on_end(example: Loaded) -> None:
    first = _targets(example)[0]
    made = _portfolio(example, {"a": {first: "1"}, "b": {first: "1"}}, {"a": ("b",), "b": ("a",)})
    assert [chain.title for chain in made.handovers] == ["A", "B"]


def _action(**fields: object) -> Action:
    held = Action("a", "Gör något", None, (), None, "controller", "2026-12-01", None, "proposed", None, None, ())
    return replace(held, **fields)  # type: ignore[arg-type]


def test_gaps_in_responsibility(example: Loaded) -> None:
    first = _targets(example)[0]
    questions = [one.id for one in _criteria(example).targets[0].all_criteria]
    actions = (
        _action(id="a", criteria=(questions[0],)),
        _action(id="b", criteria=tuple(questions[1:]), status="declined"),
        _action(id="c", responsible=None, due=None),
        _action(id="d", due="2020-01-01", status="ongoing"),
    )
    made = _portfolio(example, {"a": {first: "0"}}, {}, a=actions)  # type: ignore[arg-type]
    assert made.duties.gaps is not None
    row = [cell.text for cell in made.duties.gaps.rows[0]]
    assert row[:5] == ["A", str(len(questions) - 1), "1", "1", "1"], "a declined action answers nothing"
    assert "1 action has nobody responsible." in made.duties.sentences
    assert made.duties.actions is not None
    assert [line[4].text for line in made.duties.actions.rows] == ["Under way, late", "Proposed", "Proposed"]


def test_every_page_of_it_can_be_rendered(example: Loaded) -> None:
    first = _targets(example)[0]
    templates = load_templates(EXAMPLE)
    for reviews, based_on in (({}, {}), ({"a": {}}, {}), ({"a": {first: "1"}}, {"b": ("a",)})):
        made = _portfolio(example, reviews, based_on)  # type: ignore[arg-type]
        assert Renderer(templates).render(PORTFOLIO, made, Translator("en"))


def test_no_cell_of_the_drawn_matrix_is_empty(example: Loaded) -> None:
    first, second, *_ = _targets(example)
    made = _portfolio(example, {"a": {first: "2", second: "0"}, "b": {}}, {})
    cells = [cell for chart in made.matrices for row in chart.rows for cell in row.cells]
    assert cells
    assert all(cell.text or cell.mark.kind == "not_applicable" for cell in cells)
