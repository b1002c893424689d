"""The statistics beside a question on the page, and the portfolio's page of indicators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from served import Served, serving_here, words

from granskning.i18n import Translator
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.portfolio import make_portfolio
from granskning.tasks.reports.report import Reporter

if TYPE_CHECKING:
    from pathlib import Path

AT = "/granskning/provplan/2026-11/granskaren"
INDICATOR = "criteria/statistics/resor-bil.yaml"
ROW = "  - {area: Provlän, period: 2025, women: 41.5, men: 58.5}"


def figures_in(body: str) -> str:
    found = re.search(r'<details class="figures">.*?</details>', body, re.DOTALL)
    return found[0] if found else ""


def change(folder: Path, before: str, after: str) -> None:
    path = folder / INDICATOR
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_a_strip_and_its_source_stand_in_a_line_and_the_table_is_folded(site: Served) -> None:
    shown = figures_in(site.ask("GET", f"{AT}/fraga/resor-vardag").body)
    summary, _, folded = shown.partition("</summary>")
    assert words(summary) == "kvinnor 41,5 , män 58,5 Resor med bil, procent, Provlän 2025. Källa: Påhittad byrå"
    women, men = (float(x) for x in re.findall(r'class="women" cx="([\d.]+)"|class="men" x="([\d.]+)"', summary)[0:2]
                  for x in x if x)  # fmt: skip
    assert 0 < women < men < 120
    assert "Provlän 2025 41,5 58,5" in words(folded)
    assert "en enda period" in words(folded)
    assert " open" not in shown


def test_a_question_without_figures_has_none(site: Served) -> None:
    assert figures_in(site.ask("GET", f"{AT}/fraga/makt-samrad").body) == ""


def test_a_missing_split_is_said_by_the_question(workspace: Path) -> None:
    change(workspace, "women: 41.5, men: 58.5", "total: 50")
    with serving_here(workspace) as served:
        shown = figures_in(served.ask("GET", f"{AT}/fraga/resor-vardag").body)
    assert words(shown).startswith("Ej könsuppdelad Resor med bil")
    assert "<svg" not in shown


def rows_of(folder: Path) -> list[list[str]]:
    root, loaded = open_workspace(folder)
    report = make_portfolio(Reporter(root, loaded, Translator("sv")))
    assert report is not None
    assert report.indicators is not None
    (grid,) = report.indicators.grids
    return [[head.words for head in grid.heads], *([cell.text for cell in row] for row in grid.rows)]


def test_the_portfolio_has_a_row_a_challenge(workspace: Path) -> None:
    heads, row = rows_of(workspace)
    assert heads == ["Utmaning", "Ledande siffra", "Kvinnor", "Män", "Kvinnor minus män", "Att veta"]
    assert row[:5] == ["Resorna", "Resor med bil, procent, Provlän 2025. Källa: Påhittad byrå", "41,5", "58,5",
                       "\N{MINUS SIGN}17,0"]  # fmt: skip
    change(workspace, ROW, ROW.replace("2025", "2023").replace("41.5", "40") + "\n" + ROW)
    heads, row = rows_of(workspace)
    assert heads[5] == "Förändring"
    assert row[5] == "2023\N{EN DASH}2025: Skillnaden har blivit mindre (egen beräkning)."
