"""The first mistakes of a beginner: each is one sentence that says what is wrong, and one line that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from first_mistakes import COMMANDS, IN_A_REVIEW, REVIEW

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


@pytest.mark.parametrize(("typed", "said", "help_line"), COMMANDS, ids=[typed for typed, _, _ in COMMANDS])
def test_a_mistyped_command_gets_one_sentence_that_helps(
    workspace: Path, granskning: Run, typed: str, said: str, help_line: str
) -> None:
    (workspace / "tom/utan").mkdir(parents=True)
    (workspace / "tom/utan/granskning.yml").touch()
    if "-C tom" in typed:
        (workspace / "granskning.yaml").unlink()
    before = sorted(workspace.rglob("*"))
    done = granskning("--lang", "sv", *typed.split(), cwd=workspace)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    assert help_line in done.stderr
    assert done.stderr.startswith("granskning: ")
    assert len(done.stderr.splitlines()) <= 2
    assert sorted(workspace.rglob("*")) == before


@pytest.mark.parametrize("name", ["provplan\\2026-11\\granskaren", "provplan/2026-11/granskaren.yaml"])
def test_a_review_is_named_with_backslashes_and_an_ending_too(workspace: Path, granskning: Run, name: str) -> None:
    plain = granskning("score", "provplan/2026-11/granskaren", cwd=workspace)
    done = granskning("score", name, cwd=workspace)
    assert (done.returncode, done.stdout) == (0, plain.stdout)


@pytest.mark.parametrize("case", IN_A_REVIEW, ids=[written for _, written, _, _ in IN_A_REVIEW])
def test_a_mistake_in_a_review_is_told_of_at_its_line(
    workspace: Path, granskning: Run, case: tuple[str, str, str, str]
) -> None:
    stands, written, said, help_line = case
    text = (workspace / REVIEW).read_text("utf-8")
    assert text.count(stands) == 1
    (workspace / REVIEW).write_text(text.replace(stands, written), "utf-8")
    first = text[: text.index(stands)].count("\n") + 1
    its_lines = tuple(f"{REVIEW}:{line}:" for line in range(first, first + stands.count("\n") + 1))
    done = granskning("--lang", "sv", "check", cwd=workspace)
    assert any(line.startswith(its_lines) and said in line for line in done.stdout.splitlines()), done.stdout
    assert help_line in done.stdout
