"""The page's own views of the statistics: the list of all indicators, and each with what leans on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from served import Served, serving_here, words

if TYPE_CHECKING:
    from pathlib import Path

INDICATOR = "criteria/statistics/resor-bil.yaml"
ROW = "  - {area: Provlän, period: 2025, women: 41.5, men: 58.5}"
QUESTION = "/granskning/provplan/2026-11/granskaren/fraga/resor-vardag"


def test_the_list_has_a_row_an_indicator(site: Served) -> None:
    body = site.ask("GET", "/statistik").body
    row = words(body.partition("<tbody>")[2].partition("</tbody>")[0])
    assert row.startswith("Resor med bil, procent Provlän 2025 41,5 58,5 −17,0 – hämtad 1 november 2026")
    assert "en enda period" in row
    assert body.count("<tr>") == 2
    assert 'href="/statistik/resor-bil"' in body


def test_one_indicator_has_its_figures_and_the_questions_that_lean_on_it(site: Served) -> None:
    body = site.ask("GET", "/statistik/resor-bil").body
    text = words(body)
    assert "Provlän 2025: kvinnor minus män −17,0, kvinnor 70,9 % av män (egen beräkning på resor-bil)" in text
    assert "Provlän 2025 41,5 58,5 –" in text
    assert "Resorna Prov 1.1 Räknas vardagens resor? 1.2 Räknas barnens resor?" in text
    assert 'href="/matt/prov/fraga/resor-vardag"' in body
    assert "<script" not in body.partition("<main")[2]


def test_the_question_leads_there_and_back(site: Served) -> None:
    assert 'href="/statistik/resor-bil"' in site.ask("GET", QUESTION).body


def test_periods_stand_as_two_lines_that_no_break_is_bridged_by(workspace: Path) -> None:
    rows = [ROW.replace("2025", str(year)).replace("41.5", f"{year - 1980}") for year in (2022, 2023, 2024, 2025)]
    path = workspace / INDICATOR
    text = path.read_text("utf-8").replace(ROW, "\n".join(rows))
    path.write_text(text + 'breaks: [{from: "2024", note: Ny metod.}]\n', "utf-8")
    with serving_here(workspace) as served:
        body = served.ask("GET", "/statistik/resor-bil").body
    assert body.count('<polyline class="women"') == 2
    assert body.count('<polyline class="men"') == 2
    assert "skillnaden är mindre, inte jämfört med det som är före brottet 2024" in words(body)
    assert "Ny metod." in words(body)


def test_what_is_not_there_and_what_cannot_be_read(workspace: Path) -> None:
    (workspace / "criteria/statistics/trasig.yaml").write_text("schema: granskning/indicator/1\nid: : [", "utf-8")
    with serving_here(workspace) as served:
        absent, broken = served.ask("GET", "/statistik/finns-inte"), served.ask("GET", "/statistik/trasig")
        listed = served.ask("GET", "/statistik").body
    assert (absent.status, broken.status) == (404, 409)
    assert "indikatorn trasig har fel" in words(broken.body).lower()
    assert 'href="/text/criteria/statistics/trasig.yaml"' in listed
