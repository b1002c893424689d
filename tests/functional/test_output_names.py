"""An output is never written over what the working folder holds, and its name says what it is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import CRITERIA, REVIEW, STRATEGY

if TYPE_CHECKING:
    from conftest import Run, TreePrint

HTML = ["render", REVIEW, "--format", "html", "-o"]
JSON = ["export", "--format", "json", "-o"]


@pytest.mark.parametrize(
    "command",
    [
        [*HTML, REVIEW],
        [*HTML, f"./{REVIEW}"],
        [*HTML, "strategies/provplan/../provplan/strategy.yaml"],
        [*HTML, "strategies/provplan/documents/plan.html"],
        [*HTML, "strategies/provplan/published/001/rapport.html"],
        [*HTML, "Strategies/provplan/sida.html"],
        [*HTML, "templates/report.html"],
        [*HTML, ".git/sida.html"],
        [*HTML, "genväg.html"],
        [*HTML, "länkad/sida.html"],
        [*HTML, "../arbetsmapp/criteria/sida.html"],
        [*JSON, "granskning.yaml"],
        [*JSON, "GRANSKNING.YAML"],
        [*JSON, ".granskning/schemas/review.json"],
        [*JSON, ".vscode/settings.json"],
        [*JSON, CRITERIA],
        ["export", "-o", STRATEGY],
        ["build", "--format", "html", "-o", "strategies"],
        ["build", "--format", "html", "-o", "criteria/ut"],
        ["build", "--format", "html", "-o", "länkad"],
        ["build", "--format", "html", "-o", "."],
        ["build", "--format", "html", "-o", ".."],
        ["build", "--format", "html", "-o", ".git"],
    ],
)
def test_no_output_lands_among_the_sources(
    command: list[str], workspace: Path, granskning: Run, fingerprint_tree: TreePrint
) -> None:
    (workspace / "genväg.html").symlink_to(workspace / REVIEW)
    (workspace / "länkad").symlink_to(workspace / "strategies/provplan")
    before = fingerprint_tree(workspace)
    done = granskning(*command, cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert "arbetsmappens egna filer" in done.stderr or "slutar inte på" in done.stderr
    assert fingerprint_tree(workspace) == before


@pytest.mark.parametrize(
    ("command", "ending"),
    [
        (["render", REVIEW, "-o", "rapport.txt"], ".pdf"),
        (["render", REVIEW, "-o", "rapport"], ".pdf"),
        (["render", REVIEW, "--format", "html", "-o", "rapport.pdf"], ".html"),
        (["render", REVIEW, "--format", "docx", "-o", "rapport.doc"], ".docx"),
        (["export", "-o", "svar.csv"], ".zip"),
        (["export", "-o", "README.md"], ".zip"),
        (["export", "--format", "xlsx", "-o", "bok.xls"], ".xlsx"),
        (["export", "--table", "answers", "-o", "svar.zip"], ".csv"),
        (["export", "--format", "json", "-o", os.devnull], ".json"),
    ],
)
def test_the_ending_is_that_of_what_is_written(
    command: list[str], ending: str, workspace: Path, granskning: Run, fingerprint_tree: TreePrint
) -> None:
    before = fingerprint_tree(workspace)
    for language, words in (("sv", f"slutar inte på {ending}"), ("en", f"does not end in {ending}")):
        done = granskning("--lang", language, *command, cwd=workspace)
        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr
    assert fingerprint_tree(workspace) == before


@pytest.mark.parametrize(
    "command",
    [
        [*HTML, "ut.html"],
        [*HTML, "ut.HTM"],
        [*HTML, "build/strategies/ut.html"],
        [*HTML, "../utanför/strategies/ut.html"],
        [*JSON, "docs/ut.json"],
        ["export", "--table", "answers", "-o", "svar.csv"],
        ["export", "--table", "answers", "-o", "svar.txt"],
        ["export", "--format", "sqlite", "-o", "ut.db"],
    ],
)
def test_everywhere_else_it_is_written(command: list[str], workspace: Path, granskning: Run) -> None:
    assert granskning(*command, cwd=workspace).returncode == 0
    assert (workspace / command[-1]).is_file()
    assert granskning(*command, cwd=workspace).returncode == 0


def test_another_working_folder_is_kept_clear_of_too(workspace: Path, tmp_path: Path, granskning: Run) -> None:
    (tmp_path / "annan").mkdir()
    (tmp_path / "annan/granskning.yaml").write_text("schema: granskning/workspace/1\n", "utf-8")
    assert granskning(*HTML, "../annan/templates/report.html", cwd=workspace).returncode == 2
    assert granskning(*HTML, "../annan/ut.html", cwd=workspace).returncode == 0


def test_without_a_name_it_goes_to_build_of_the_working_folder(workspace: Path, granskning: Run) -> None:
    below = workspace / "strategies/provplan"
    done = granskning("export", cwd=below)
    assert (done.returncode, done.stdout) == (0, f"{Path('../../build/granskning-csv.zip')}\n")
    assert (workspace / "build/granskning-csv.zip").is_file()
    assert not (below / "build").exists()
