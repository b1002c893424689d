"""What concerns one strategy, or the criteria alone, parses no other reviews: a folder may have thousands."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from altered_files import change_file
from granskning.workspace.opened import OpenedFiles

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

REVIEW = "provplan/2026-11/granskaren"
HTML = ("--format", "html", "-o", "-")
OF_CRITERIA = (
    ("search", ".", "resor"),
    ("stats", "list"),
    ("schema", "--write"),
    ("doctor",),
    ("render", "prov@1.0.0", "--report", "criteria", *HTML),
)
OF_A_STRATEGY = (
    ("check", "strategies/provplan"),
    ("score", "strategies/provplan"),
    ("actions", "provplan"),
    ("new", "provplan", "--round", "2027-01"),
    ("migrate", REVIEW, "--to", "prov@1.1.0", "--dry-run"),
    ("import", "bok.xlsx"),
    ("render", REVIEW, *HTML),
    ("render", "provplan", "--report", "strategy", *HTML),
    ("render", "provplan", "--report", "change", "--against", "2026-10", *HTML),
)


@pytest.fixture
def folder(workspace: Path, granskning: Run) -> Path:
    """Two strategies with a review each, the first with a round before it, and a later version of their set."""
    own, other = workspace / "strategies/provplan", workspace / "strategies/annan-plan"
    shutil.copytree(own, other)
    for path in other.rglob("*.yaml"):
        change_file(path, ("provplan", "annan-plan"))
    earlier = own / "reviews/2026-10/granskaren.yaml"
    shutil.copytree(own / "reviews/2026-11", earlier.parent)
    change_file(earlier, ("round: 2026-11", "round: 2026-10"))
    for words in (("revise", "prov", "1.1.0"), ("export", REVIEW, "-o", "bok.xlsx")):
        done = granskning(*words, cwd=workspace)
        assert done.returncode == 0, done.stderr
    return workspace


@pytest.mark.parametrize("words", [*OF_CRITERIA, *OF_A_STRATEGY], ids=" ".join)
def test_no_other_review_is_parsed(
    words: tuple[str, ...], folder: Path, granskning: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()
    read = OpenedFiles.read_values

    def noted(opened: OpenedFiles, path: str) -> Any:
        asked.add(path)
        return read(opened, path)

    monkeypatch.setattr(OpenedFiles, "read_values", noted)
    done = granskning("--no-cache", *words, cwd=folder)
    assert done.returncode in ((0, 1) if words[0] in ("check", "doctor") else (0,)), done.stderr
    strategies = {path.split("/")[1] for path in asked if "/reviews/" in path}
    assert strategies == (set() if words in OF_CRITERIA else {"provplan"})


@pytest.mark.parametrize("words", [("new", "provplan", "--round", "2027-01", "--from", "2026-10"),
                                   ("render", "provplan", "--report", "strategy", *HTML), ("import", "bok.xlsx")],
                         ids=" ".join)  # fmt: skip
def test_a_review_in_another_strategys_folder_is_found_all_the_same(
    words: tuple[str, ...], folder: Path, granskning: Run
) -> None:
    """It is a fault that check tells of, and it counts."""
    assert granskning("export", "-o", "bok.xlsx", cwd=folder).returncode == 0
    (folder / "strategies/provplan/reviews/2026-10").rename(folder / "strategies/annan-plan/reviews/2026-10")
    done = granskning("--lang", "en", *words, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert words[0] != "import" or "2026-10" not in done.stdout + done.stderr, "it is not said to be missing"
    assert words[0] != "render" or "2026-10" in done.stdout
