"""`granskning stats` as it is typed: exit codes, and what is told in the terminal, in JSON and in CSV."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from granskning.cli.app import run
from statistics_folder import KOLADA, SCB, folder_with
from statistics_server import at, edits, says

if TYPE_CHECKING:
    from pathlib import Path

    from statistics_server import StatisticsServer

pytestmark = pytest.mark.xdist_group("statistics")

BY_HAND = """schema: granskning/indicator/1
id: lon
title: {sv: Lön, en: Pay}
unit: {sv: kronor, en: kronor}
decimals: 1
better: equal
breaks: [{from: "2019", note: Källan byttes.}]
source: {producer: Exempelbyrån, retrieved: 2026-11-01, quality: B}
values:
  - {area: Provlän, area_code: "19", period: "2018", women: 10, men: 90}
  - {area: Provlän, area_code: "19", period: "2020", women: 30, men: 40}
  - {area: Provlän, area_code: "19", period: "2021", women: {symbol: ".."}, men: {value: 40, status: preliminär}}
  - {area: Provlän, area_code: "19", period: "2024", women: 38.5, men: 40}
"""


def typed(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(["-C", str(folder), "--lang", "en", "stats", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_difference_is_shown_and_then_written(
    statistics_service: StatisticsServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_with(tmp_path, SCB, KOLADA)
    code, out, err = typed(folder, capsys, "fetch")
    assert code == 0
    assert "andel: SCB TAB9001, differs" in out
    assert "  + Riket (00) 2023: women 55.4, men 55.2, total 73.8" in out
    assert f"SCB is asked at {statistics_service.address}/api/v2, as GRANSKNING_SCB says." in err
    assert "Nothing was written. Freeze the figures with --write." in err
    code, out, err = typed(folder, capsys, "fetch", "andel", "--area", "1980,19", "--period", "2021..", "--write")
    assert code == 0
    assert "  + Västerås (1980) 2021: women .., men –, total" in out
    assert "Indicators asked for: 1, of which 1 taken in." in err
    assert "andel: SCB TAB9001, unchanged (12 rows)" in typed(folder, capsys, "fetch", "andel")[1]


def test_what_fails_is_told_with_all_that_helps(
    statistics_service: StatisticsServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_with(tmp_path, SCB, KOLADA)
    statistics_service.faults.append(at("TAB9001/data", says(200, b"<html>")))
    code, out, err = typed(folder, capsys, "fetch", "--write")
    assert code == 2
    for part in ("andel: SCB TAB9001, failed", "is a web page", "/tables/TAB9001/data?", "andel.answer.txt"):
        assert part in out
    assert "nyckeltal: Kolada N90001, written" in out
    assert "Not taken: andel. Their files are as they were." in err


def test_changed_meaning_is_told_by_both_words(
    statistics_service: StatisticsServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_with(tmp_path, SCB)
    typed(folder, capsys, "fetch", "--write")
    change = edits(lambda v: v["dimension"]["Region"]["category"]["label"].update({"19": "Annat län"}))
    statistics_service.faults.append(at("/data", change))
    code, out, _ = typed(folder, capsys, "fetch", "--write")
    assert code == 2
    assert "! what a code means, Region 19: ”Västmanlands län” → ”Annat län”" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("fetch", "andl"), "did you mean andel?"),
        (("fetch", "lon"), "the indicator lon names no service"),
        (("fetch", "--area", "å"), "å is no code of an area"),
        (("fetch", "--period", "i fjol"), "i fjol is no period"),
        (("list", "annan"), "there is no indicator annan"),
        (("show", "lon", "--as-of", "i dag"), "is no date"),
        (("visa",), "there is no command visa"),
    ],
)
@pytest.mark.usefixtures("statistics_service")
def test_wrong_usage(words: tuple[str, ...], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = typed(folder_with(tmp_path, SCB, BY_HAND), capsys, *words)
    assert code == 2
    assert message in err


@pytest.mark.usefixtures("statistics_service")
def test_an_address_that_may_not_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRANSKNING_KOLADA", "http://kolada.example/v3")
    code, _, err = typed(folder_with(tmp_path, KOLADA), capsys, "fetch")
    assert code == 2
    assert "GRANSKNING_KOLADA is http" in err


def test_a_dry_run_needs_no_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = typed(folder_with(tmp_path, SCB, BY_HAND), capsys, "fetch", "--dry-run")
    assert code == 0
    assert "1 indicator: 4 calls, 6 cells, about 3 s. Nobody was asked." in out
    assert "1 indicator names no service or has errors." in out


def test_one_is_shown_with_our_calculations_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = typed(folder_with(tmp_path, BY_HAND), capsys, "show", "lon", "--as-of", "2026-11-29")
    assert "retrieved 2026-11-01 (28 days ago)" in out
    assert "women less men −1.5, women 96.3% of men (own calculation on lon)" in out
    words = " ".join(out.split())
    assert "2020–2024: the difference is smaller, better, not compared with what is before the break 2019" in words
    assert "! some are retold by others than the producer" in out
    assert "! preliminary" in out


def test_lists_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_with(tmp_path, BY_HAND, SCB)
    listed = json.loads(typed(folder, capsys, "list", "--format", "json", "--as-of", "2026-11-29")[1])
    pay = {item["id"]: item for item in listed["indicators"]}["lon"]
    assert pay["own_calculation"]["trend"] == "narrower"
    assert pay["cautions"] == ["preliminary", "break", "retold", "no_service"]
    assert pay["latest"]["women"] == {"value": 38.5, "symbol": None, "status": None, "members": None}
    shown = json.loads(typed(folder, capsys, "show", "lon", "--format", "json")[1])
    assert shown["indicators"][0]["values"][2]["women"]["symbol"] == ".."
    rows = typed(folder, capsys, "show", "lon", "--format", "csv")[1].splitlines()
    assert rows[0] == "id,area,area_code,period,sex,value,symbol,status,members,gone"
    assert "lon,Provlän,19,2021,men,40,,preliminär,," in rows
    assert "nothing fetched yet" in typed(folder, capsys, "list")[1]


def test_a_file_with_errors_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_with(tmp_path, BY_HAND.replace("women: 10", "women: 10,5"), SCB)
    code, out, err = typed(folder, capsys, "list")
    assert code == 1
    assert "andel" in out
    assert "criteria/statistics/lon.yaml cannot be read" in err
