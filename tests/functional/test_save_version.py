"""`granskning save` in real repositories."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conftest import Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
WHO = {
    "GIT_AUTHOR_NAME": "Prov", "GIT_AUTHOR_EMAIL": "prov@exempel.se",
    "GIT_COMMITTER_NAME": "Prov", "GIT_COMMITTER_EMAIL": "prov@exempel.se",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip


def git(folder: Path, *words: str, env: Mapping[str, str] = WHO, check: bool = True) -> str:
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *words],
        cwd=folder, env={**os.environ, **env}, check=check, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout


@pytest.fixture
def repository(workspace: Path) -> Path:
    git(workspace, "init", "-q")
    git(workspace, "add", ".")
    git(workspace, "commit", "-qm", "ett")
    return workspace


def edit(folder: Path, path: str = REVIEW) -> None:
    file = folder / path
    file.write_text(file.read_text("utf-8") + "# mer\n", "utf-8")


def test_own_files_are_saved_and_nothing_else(repository: Path, granskning: Run) -> None:
    edit(repository)
    new = repository / "strategies/provplan/reviews/2026-12/annan å.yaml"
    new.parent.mkdir()
    new.write_text("# ny\n", "utf-8")
    (repository / "strategies/provplan/documents/plan.txt").unlink()
    (repository / "build").mkdir()
    (repository / "build/r.pdf").write_bytes(b"x")
    (repository / "eget.txt").write_text("mitt", "utf-8")
    (repository / "strategies/.dold.yaml").write_text("x", "utf-8")
    git(repository, "add", "eget.txt")
    done = granskning("--lang", "en", "save", "-m", "Två: 'år'", cwd=repository, env=WHO)
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.splitlines()) == sorted([
        REVIEW, "strategies/provplan/reviews/2026-12/annan å.yaml", "strategies/provplan/documents/plan.txt",
    ])  # fmt: skip
    assert "3 files saved as" in done.stderr
    assert git(repository, "log", "-1", "--format=%s %an").strip() == "Två: 'år' Prov"
    named = git(repository, "-c", "core.quotePath=false", "show", "--name-status", "--format=", "HEAD").splitlines()
    assert len(named) == 3
    assert git(repository, "status", "--porcelain").splitlines() == [
        "A  eget.txt",
        "?? build/",
        "?? strategies/.dold.yaml",
    ]
    again = granskning("--lang", "en", "save", cwd=repository, env=WHO)
    assert (again.returncode, again.stdout) == (0, "")
    assert "nothing to save" in again.stderr


def test_lock_files_and_copies_by_sync_programs_are_left_and_told_of(repository: Path, granskning: Run) -> None:
    stray = (".~lock.granskaren.yaml#", "granskaren (1).yaml", "granskaren.sync-conflict-20261123-101500-ABCDEFG.yaml")
    for name in stray:
        (repository / REVIEW).with_name(name).write_text("a: b\n")
    (repository / "strategies/provplan/documents/plan (1).txt").write_text("En plan.\n")
    edit(repository)
    done = granskning("--lang", "en", "save", cwd=repository, env=WHO)
    assert done.returncode == 0
    assert done.stdout.split("\n")[:2] == ["strategies/provplan/documents/plan (1).txt", REVIEW]
    assert done.stderr.count("Not saved") == 2, "git's own list leaves hidden files out"
    again = granskning("--lang", "en", "save", cwd=repository, env=WHO)
    assert (again.stdout, again.stderr.count("Not saved")) == ("", 2)
    assert "every file as it is" not in again.stderr, "git does not have those"
    assert not any(name in git(repository, "ls-files") for name in stray)


def test_what_is_said_of_a_version_without_words(repository: Path, granskning: Run) -> None:
    edit(repository)
    granskning("save", cwd=repository, env=WHO)
    assert git(repository, "log", "-1", "--format=%s").strip() == "Granskning: provplan 2026-11 granskaren"
    edit(repository)
    for name in ("annan.yaml", "tredje.yaml"):
        (repository / REVIEW).with_name(name).write_bytes((repository / REVIEW).read_bytes())
    granskning("save", cwd=repository, env=WHO)
    said = git(repository, "log", "-1", "--format=%s").strip()
    assert said == "1 granskning har ändrats och 2 granskningar är nya"


def test_a_folder_within_a_repository(tmp_path: Path, workspace: Path, granskning: Run) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "annat.txt").write_text("x", "utf-8")
    done = granskning("save", "-m", "ett", cwd=workspace, env=WHO)
    assert done.returncode == 0, done.stderr
    assert REVIEW in done.stdout.splitlines()
    assert git(tmp_path, "status", "--porcelain").splitlines() == ["?? annat.txt"]


def test_in_the_midst_of_a_merge_nothing_is_saved(repository: Path, granskning: Run) -> None:
    git(repository, "switch", "-qc", "sida")
    edit(repository)
    git(repository, "commit", "-qam", "sida")
    git(repository, "switch", "-q", "main")
    file = repository / REVIEW
    file.write_text(file.read_text("utf-8") + "# annat\n", "utf-8")
    git(repository, "commit", "-qam", "main")
    for start, abort in (
        (("merge", "sida"), "merge"),
        (("cherry-pick", "sida"), "cherry-pick"),
        (("rebase", "sida"), "rebase"),
    ):
        git(repository, *start, check=False)
        before = git(repository, "status", "--porcelain=v2")
        done = granskning("save", cwd=repository, env=WHO)
        assert done.returncode == 2
        assert "mitt i en" in done.stderr
        assert f"git {abort} --abort" in done.stderr
        assert git(repository, "status", "--porcelain=v2") == before
        git(repository, abort, "--abort")


def test_refusals_in_plain_words(repository: Path, granskning: Run, tmp_path: Path) -> None:
    edit(repository)
    nobody = {
        **{name: "" for name in WHO if "NAME" in name or "EMAIL" in name},
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "HOME": str(tmp_path),
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.useConfigOnly", "GIT_CONFIG_VALUE_0": "true",
    }  # fmt: skip
    done = granskning("--lang", "en", "save", cwd=repository, env=nobody)
    assert done.returncode == 2
    assert "user.name" in done.stderr
    git(repository, "checkout", "-q", "--detach")
    done = granskning("--lang", "en", "save", cwd=repository, env=WHO)
    assert "git switch -c" in done.stderr
    git(repository, "switch", "-q", "main")
    hook = repository / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho kroken säger nej >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    (repository / "strategies/provplan/ny.txt").write_text("x", "utf-8")
    before = git(repository, "status", "--porcelain")
    done = granskning("--lang", "en", "save", cwd=repository, env=WHO)
    assert "kroken säger nej" in done.stderr
    assert git(repository, "status", "--porcelain") == before


def test_outside_a_repository(workspace: Path, granskning: Run) -> None:
    done = granskning(
        "--lang", "en", "save", cwd=workspace, env={**WHO, "GIT_CEILING_DIRECTORIES": str(workspace.parent)}
    )
    assert done.returncode == 2
    assert "does not lie in a git repository" in done.stderr
