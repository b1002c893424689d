"""A mean of what is judged, of a text that is not read whole: not shown beside the result, and told as too high."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from served import words

from granskning.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
TOO_HIGH = "Av en text som inte är läst i sin helhet blir det för högt, eftersom inget får sägas saknas."


@pytest.mark.parametrize("depth", ["full_text", "web_summary"])
def test_what_is_judged_of_a_partial_reading_can_only_overstate(
    depth: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / REVIEW
    text = path.read_text("utf-8").replace("reading_depth: full_text", f"reading_depth: {depth}")
    before = "  resor-barn:\n    not_applicable: >-\n      Planen gäller inte barn.\n"
    assert before in text
    path.write_text(text.replace(before, "  resor-barn:\n    open: Kvar.\n"), "utf-8")
    assert run(["-C", str(workspace), "render", REVIEW, "--format", "html", "-o", "-"]) == 0
    page = words(capsys.readouterr().out)
    is_whole = depth == "full_text"
    assert ("ring: hittills" in page) == is_whole
    assert ("hittills 1,0" in page.partition("Det som är bedömt")[0]) == is_whole
    assert "Det som är bedömt ger hittills" in page
    assert (TOO_HIGH in page) != is_whole
