"""Each strategy has one result, the same in every view, and the order of rounds has nothing to do with their names."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from strategy_folders import NAMES, UNKNOWN, Written, expected, folder_of, folders, renamed
from tries import tries

from granskning.cli.show_scores import as_json
from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.reporting.portfolio.overview import make_overview
from granskning.tasks.folder.score import score_all, score_rounds, score_workspace, strategy_results
from granskning.tasks.reports.portfolio import make_portfolio
from granskning.tasks.reports.report import Reporter
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from granskning.workspace.loaded import Loaded

T = Translator("sv")
CANNOT = "kan inte bedömas"


def words_of(result: Fraction | str | None) -> str | None:
    """A result as it is shown: with one decimal and a comma, or in words."""
    if result is None:
        return None
    if isinstance(result, str):
        return CANNOT
    tenths = int(result * 10 + (result * 10 % 1 >= 1 / 2) - (result * 10 % 1))
    return f"{tenths // 10},{tenths % 10}"


def score_json(loaded: Loaded) -> str | None:
    """What `score --format json` says."""
    everything = score_all(loaded.workspace)
    rounds = score_rounds(loaded.workspace, everything)
    results = strategy_results(loaded.workspace, rounds)
    told = json.loads(as_json([], [made for made in rounds if made.is_joint], results, T, explain=False))
    for strategy in told["strategies"]:
        if strategy["standing"] == "cannot_be_assessed":
            return CANNOT
        return str(strategy["total"]["shown"])
    return None


def first_page(loaded: Loaded) -> str | None:
    """What the first page of `serve` shows for the first target, which all reviews give what they give the whole."""
    workspace = loaded.workspace
    criteria = workspace.criteria["prov@1.0.0"]
    cards = {made.review.file: made.card for made in score_workspace(workspace)}
    results = strategy_results(workspace, score_rounds(workspace), criteria)
    overview = make_overview(workspace, cards, results, criteria, Counter(), (), T)
    (row,) = overview.rows
    return row.cells[0].result if row.cells[0] is not None else None


def portfolio(loaded: Loaded) -> str | None:
    """What the portfolio, and with it the site's first page, shows for the first target."""
    report = make_portfolio(Reporter(Path("/"), loaded, T))
    assert report is not None
    if not report.rows:
        return None
    cell = report.rows[0].cells[0]
    return cell.result or cell.mark.words


VIEWS = {"score --format json": score_json, "serve": first_page, "portfolio": portfolio}


def views_of(files: Mapping[str, bytes]) -> dict[str, str | None]:
    """What each view says of the strategy."""
    loaded = load_files(HeldFiles(dict(files)))
    return {name: view(loaded) for name, view in VIEWS.items()}


@given(folders())
@tries(150)
def test_every_view_shows_the_result_that_the_contract_says(made: tuple[str | None, tuple[Written, ...]]) -> None:
    method, reviews = made
    wanted = words_of(expected(method, reviews))
    assert views_of(folder_of(method, reviews)) == dict.fromkeys(VIEWS, wanted)


@given(folders(), st.permutations(NAMES))
@tries(60)
def test_renaming_rounds_whose_dates_differ_changes_no_figure(
    made: tuple[str | None, tuple[Written, ...]], names: list[str]
) -> None:
    method, reviews = made
    rounds = list(dict.fromkeys(review.round for review in reviews))
    dated = tuple(
        Written(one.round, one.reviewer, one.level, f"2026-0{rounds.index(one.round) + 1}-15", one.status)
        for one in reviews
    )
    before = views_of(folder_of(method, dated))
    assert views_of(folder_of(method, renamed(dated, dict(zip(rounds, names, strict=False))))) == before


def test_the_plain_reading_knows_what_the_contract_says() -> None:
    two = (Written("a", "x", 2, None), Written("a", "y", 1, None))
    assert words_of(expected("mean", two)) == "1,5"
    assert expected(None, two) == expected("consensus", two) == UNKNOWN
    assert expected("consensus", two[:1]) == 2
    assert expected("mean", (*two, Written("b", "x", None, "2026-12-01", "draft"))) == expected("mean", two)
