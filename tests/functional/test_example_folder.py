"""`init --example`: the six strategies, their kin and the teaching example, without anything to remark on."""

from __future__ import annotations

import contextlib
import json
import re
from typing import TYPE_CHECKING

import pytest

from granskning.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

SIX = {
    "affarsplan-2018-2020",
    "digital-agenda-2018-2020",
    "gang-och-cykel-2018-2020",
    "lanstransportplan-2018-2029",
    "regionalfond-2014-2020",
    "rus-2030",
}
KIN = {
    "affarsplan-2014-2020",
    "affarsplan-2015-2017",
    "affarsplan-2030",
    "bredbandsstrategi",
    "digital-agenda-2017",
    "gang-och-cykelstrategi",
    "lanstransportplan-2014-2025",
    "lanstransportplan-2022-2033",
    "rup-2014-2020",
}
EXAMPLE = {"exempellan-transportplan"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `init --example` makes; the tests build in it, and change nothing else."""
    around = tmp_path_factory.mktemp("example")
    with contextlib.chdir(around):
        assert run(["--lang", "en", "init", "arbete", "--example"]) == 0
    return around / "arbete"


def test_the_example_lies_beside_the_six_and_their_kin(folder: Path) -> None:
    strategies = {path.parent.name for path in folder.glob("strategies/*/strategy.yaml")}
    assert strategies == SIX | KIN | EXAMPLE
    assert {path.name for path in folder.glob("strategies/exempellan-transportplan/documents/*.pdf")} == {
        "antagen.pdf",
        "remiss.pdf",
    }


def test_there_is_nothing_to_remark_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["-C", str(folder), "check", "--format", "json", "--fail-on", "warning"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_every_strategy_is_scored_and_says_how_much_was_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["-C", str(folder), "score", "--format", "json"]) == 0
    reviews = json.loads(capsys.readouterr().out)["reviews"]
    assert {one["strategy"] for one in reviews} == SIX | KIN | EXAMPLE
    for one in reviews:
        if one["strategy"] not in EXAMPLE:
            assert one["reading_depth"] != "full_text"
            assert not one["verdict"]["given"], one["strategy"]


def test_the_chain_stands_in_the_report_and_the_portfolio(folder: Path) -> None:
    for name in ("portfolio", "lanstransportplan-2018-2029*"):
        assert run(["-C", str(folder), "build", "--format", "html", "--only", name]) == 0
    portfolio = (folder / "build/portfolio.html").read_text("utf-8")
    assert 'id="chain"' in portfolio
    report = (folder / "build/lanstransportplan-2018-2029/2026-11/projektgruppen.html").read_text("utf-8")
    chain = re.sub("<[^>]+>", "", report[report.index('id="chain"') :])
    assert "takes over from “Länsplan för regional transportinfrastruktur 2014–2025" in chain
    assert "is carried on by “Västmanlands länstransportplan 2022–2033”" in chain
