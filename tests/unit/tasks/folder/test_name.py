"""A strategy, a round or a review is named the same way in every command, or by its path."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from granskning.errors import UsageError
from granskning.tasks.folder.name import name_of, path_of
from in_process import run_here

BASE = Path(__file__).parents[3] / "cases" / "base"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "mapp")
    return tmp_path / "mapp"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("provplan", "strategies/provplan"),
        ("provplan/2026-11", "strategies/provplan/reviews/2026-11"),
        ("provplan/2026-11/granskaren", REVIEW),
        (REVIEW, REVIEW),
        ("strategies", "strategies"),
        ("helt-annat", "helt-annat"),
        ("inte/en/fil.yaml", "inte/en/fil.yaml"),
        ("-", "-"),
        ("a/b/c/d", "a/b/c/d"),
    ],
)
def test_a_name_stands_for_a_path_and_a_path_for_itself(folder: Path, name: str, path: str) -> None:
    assert path_of(folder, Path(name)).as_posix() == path
    elsewhere = folder / "strategies"
    if path.startswith("strategies/") and name != path:
        assert (elsewhere / path_of(elsewhere, Path(name))).resolve() == (folder / path).resolve()
    if (folder / path).exists() and path != "strategies":
        assert name_of(folder, path) in (name, "provplan/2026-11/granskaren")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("provplanen", "provplan"),
        ("provplanen/2026-11/granskaren", "provplan/2026-11/granskaren"),
        ("provplan/2025-01", "2026-11"),
        ("provplan/2026-11/granskarn", "granskaren"),
    ],
)
def test_a_name_that_is_not_there_is_told_with_those_that_are(folder: Path, name: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        path_of(folder, Path(name))
    assert hint in refused.value.hint.format(**refused.value.values)


def test_a_review_is_whose_it_says_whatever_its_file_is_called(folder: Path) -> None:
    review = folder / REVIEW
    other = review.with_name("a.yaml")
    review.rename(other)
    text = other.read_text("utf-8")
    review.write_text(text.replace("reviewer: granskaren", "reviewer: a"), "utf-8")
    assert (folder / path_of(folder, Path("provplan/2026-11/granskaren"))).resolve() == other.resolve()
    assert (folder / path_of(folder, Path("provplan/2026-11/a"))).resolve() == review.resolve()
    assert name_of(folder, other.relative_to(folder).as_posix()) == "provplan/2026-11/granskaren"
    other.write_text("reviewer: [", "utf-8")
    assert path_of(folder, Path("provplan/2026-11/a")).name == "granskaren.yaml"
    review.unlink()
    assert path_of(folder, Path("provplan/2026-11/a")).name == "a.yaml", "one that can't be read is found by its file"


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["score"],
        ["score", "--format", "json"],
        ["export", "--format", "json", "-o", "-"],
        ["render", "--format", "html", "-o", "-"],
        ["approve", "--role", "granskaren"],
        ["publish"],
        ["migrate", "--to", "prov@1.0.0", "--dry-run"],
        ["diff"],
    ],
)
def test_every_command_takes_the_name_of_a_review_for_its_path(folder: Path, command: list[str]) -> None:
    said = []
    for name in (REVIEW, "provplan/2026-11/granskaren"):
        shutil.rmtree(folder)
        shutil.copytree(BASE, folder)
        done = run_here([command[0], name, *command[1:]], folder, {})
        said.append((done.returncode, done.stdout, done.stderr.replace(name, REVIEW)))
    assert said[0] == said[1]


def test_rounds_and_strategies_are_named_so_too(folder: Path) -> None:
    assert run_here(["check", "provplan/2026-11"], folder, {}).returncode == 0
    assert run_here(["actions", "strategies/provplan"], folder, {}).returncode == 0
    several = run_here(["render", "provplan/2026-11", "--format", "html", "-o", "-"], folder, {})
    assert several.returncode == 0, "a round of one review names that one"
    made = run_here(["--lang", "en", "new", "provplan/2027-01/ny-granskare"], folder, {})
    assert made.stdout.strip() == "strategies/provplan/reviews/2027-01/ny-granskare.yaml"
    refused = run_here(["--lang", "en", "new", "provplan/2027-01/ny", "--reviewer", "annan"], folder, {})
    assert (refused.returncode, "--reviewer" in refused.stderr) == (2, True)
    same = run_here(["--lang", "en", "new", "provplan/2027-02/ny", "--round", "2027-02"], folder, {})
    assert same.returncode == 0
    unclear = run_here(["--lang", "en", "render", "provplan", "--format", "html", "-o", "-"], folder, {})
    assert unclear.returncode == 2
    assert "provplan/2027-01/ny-granskare" in unclear.stderr, "those that it could be"
