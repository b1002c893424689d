"""The documents that belong to a strategy and the search log of a review, in check and in the report."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from served import words

from granskning.cli.app import run

SHIPPED = Path(__file__).parents[2] / "strategies"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
SEARCHES = """searches:
  - sought: samrådsredogörelse provplan
    where: Länets webbplats
    date: 2026-11-20
    outcome: Inget hittades.
"""
PACKAGE = """package:
  - {kind: plan, edition: remiss, read: full_text}
  - {kind: consultation_report, title: Samrådsredogörelsen, read: not_found, note: Söktes i diariet.}
  - {kind: impact_assessment, address: "https://exempel.se/mkb", retrieved: 2026-11-02, read: contents}
"""


def write(folder: Path, *, log: bool) -> None:
    review, strategy = folder / REVIEW, folder / "strategies/provplan/strategy.yaml"
    text = review.read_text("utf-8").replace("Alla hördes.", "Samrådsredogörelsen hittades inte.")
    review.write_text(text.replace("answers:\n", f"{SEARCHES}answers:\n", 1) if log else text, "utf-8")
    strategy.write_text(strategy.read_text("utf-8") + PACKAGE, "utf-8")


@pytest.mark.parametrize("log", [False, True])
def test_a_log_answers_the_finding(workspace: Path, capsys: pytest.CaptureFixture[str], *, log: bool) -> None:
    write(workspace, log=log)
    assert run(["-C", str(workspace), "check"]) == 0
    assert ("GR807" in capsys.readouterr().out) is not log


def test_the_report_has_the_log_and_what_was_read_of_the_documents(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(workspace, log=True)
    assert run(["-C", str(workspace), "render", REVIEW, "--format", "html", "-o", "-"]) == 0
    report = words(capsys.readouterr().out).replace("\u00a0", " ")
    assert "Söklogg 20 november 2026, Länets webbplats: samrådsredogörelse provplan. Inget hittades." in report
    assert "Samrådsredogörelse: Samrådsredogörelsen. Handlingen har sökts men inte hittats. Söktes i diariet." in report
    assert "Konsekvensbedömning. https://exempel.se/mkb. Bara innehållsförteckningen är läst." in report


def test_the_shipped_strategies_declare_what_their_reviews_read() -> None:
    for review in SHIPPED.glob("*/reviews/*/projektgruppen.yaml"):
        head = yaml.safe_load(review.read_text("utf-8").partition("\nanswers:")[0])
        package = yaml.safe_load((review.parents[2] / "strategy.yaml").read_text("utf-8"))["package"]
        read = {document["edition"]: document["read"] for document in package if document["kind"] == "plan"}
        assert read == {head["edition"]: head["reading_depth"]}, review.parents[2].name
