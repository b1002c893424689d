"""Remarks as they stand in their file: numbered, in order, closed once, and never written over what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from granskning.errors import UsageError
from granskning.tasks.editing import remarks
from granskning.tasks.editing.remarks import (
    Remark,
    RemarkText,
    add_remark,
    answer_remark,
    close_remark,
    file_of_remarks,
    read_remarks,
)
from granskning.workspace.yaml.edit import edit_bytes

if TYPE_CHECKING:
    from pathlib import Path

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
FIRST, SECOND = RemarkText("2026-11-24", "controller", "Svagt."), RemarkText("2026-11-25", "planerare", "Bättre nu.")


def test_remarks_are_numbered_from_one_and_read_in_the_order_they_were_written(workspace: Path) -> None:
    assert read_remarks(workspace, REVIEW) == ()
    add_remark(workspace, REVIEW, "resor-vardag", FIRST)
    add_remark(workspace, REVIEW, "makt-samrad", SECOND)
    assert read_remarks(workspace, REVIEW) == (Remark(1, "resor-vardag", FIRST), Remark(2, "makt-samrad", SECOND))


def test_a_number_is_never_that_of_another_remark(workspace: Path) -> None:
    """The highest number counts, wherever in the file it stands, and not how many there are."""
    path = workspace / file_of_remarks(REVIEW)
    path.parent.mkdir(parents=True)
    item = "  - {{id: {}, criterion: resor-vardag, date: 2026-11-24, role: controller, text: Svagt.}}\n"
    path.write_text(f"schema: granskning/remarks/1\nremarks:\n{item.format(7)}{item.format(3)}", "utf-8")
    add_remark(workspace, REVIEW, "makt-samrad", SECOND)
    assert [remark.id for remark in read_remarks(workspace, REVIEW)] == [7, 3, 8]
    answer_remark(workspace, REVIEW, 3, SECOND)
    close_remark(workspace, REVIEW, 8, "2026-11-26", "controller")
    assert [(len(remark.answers), remark.closed) for remark in read_remarks(workspace, REVIEW)] == [
        (0, None), (1, None), (0, ("2026-11-26", "controller")),
    ]  # fmt: skip


def test_answers_follow_each_other(workspace: Path) -> None:
    add_remark(workspace, REVIEW, "resor-vardag", FIRST)
    for words in (SECOND, FIRST, SECOND):
        answer_remark(workspace, REVIEW, 1, words)
    (remark,) = read_remarks(workspace, REVIEW)
    assert remark.answers == (SECOND, FIRST, SECOND)


def test_who_closed_first_is_kept(workspace: Path) -> None:
    add_remark(workspace, REVIEW, "resor-vardag", FIRST)
    close_remark(workspace, REVIEW, 1, "2026-11-25", "controller")
    before = (workspace / file_of_remarks(REVIEW)).read_bytes()
    close_remark(workspace, REVIEW, 1, "2026-11-26", "planerare")
    assert (workspace / file_of_remarks(REVIEW)).read_bytes() == before
    assert read_remarks(workspace, REVIEW)[0].closed == ("2026-11-25", "controller")


@pytest.mark.parametrize("words", [RemarkText("2026-11-24", "controller", " \n"), RemarkText("2026-11-24", " ", "x")])
def test_neither_a_remark_nor_an_answer_says_nothing_or_comes_from_nobody(workspace: Path, words: RemarkText) -> None:
    with pytest.raises(UsageError):
        add_remark(workspace, REVIEW, "resor-vardag", words)
    assert not (workspace / file_of_remarks(REVIEW)).exists()
    add_remark(workspace, REVIEW, "resor-vardag", FIRST)
    with pytest.raises(UsageError):
        answer_remark(workspace, REVIEW, 1, words)
    assert read_remarks(workspace, REVIEW)[0].answers == ()


def test_what_is_not_there_is_neither_answered_nor_closed(workspace: Path) -> None:
    add_remark(workspace, REVIEW, "resor-vardag", FIRST)
    before = (workspace / file_of_remarks(REVIEW)).read_bytes()
    with pytest.raises(UsageError, match="no remark"):
        answer_remark(workspace, REVIEW, 2, SECOND)
    with pytest.raises(UsageError, match="no remark"):
        close_remark(workspace, REVIEW, 0, "2026-11-25", "controller")
    assert (workspace / file_of_remarks(REVIEW)).read_bytes() == before


@pytest.mark.parametrize("data", [b"\xff\xfe\xff", b"remarks: [", b"schema: granskning/remarks/1\nremarks: [1]\n"])
def test_what_cannot_be_read_is_told_and_left(workspace: Path, data: bytes) -> None:
    path = workspace / file_of_remarks(REVIEW)
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    for attempt in (
        lambda: read_remarks(workspace, REVIEW),
        lambda: add_remark(workspace, REVIEW, "resor-vardag", FIRST),
        lambda: close_remark(workspace, REVIEW, 1, "2026-11-25", "controller"),
    ):
        with pytest.raises(UsageError, match="has errors"):
            attempt()
    assert path.read_bytes() == data


def test_git_is_told_to_pass_by_the_remarks_of_a_strategy_once(workspace: Path) -> None:
    add_remark(workspace, REVIEW, "resor-vardag", FIRST)
    ignoring = workspace / "strategies/provplan/remarks/.gitignore"
    assert ignoring.read_text("utf-8").splitlines()[-1] == "*"
    ignoring.unlink()
    add_remark(workspace, REVIEW.replace("2026-11", "2026-12"), "resor-vardag", FIRST)
    assert not ignoring.exists()


def test_what_somebody_else_writes_in_the_same_moment_is_kept(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_remark(workspace, REVIEW, "resor-vardag", FIRST)
    once = [SECOND]

    def meanwhile(*arguments: Any) -> bytes:
        if once:
            add_remark(workspace, REVIEW, "makt-samrad", once.pop())
        return edit_bytes(*arguments)

    monkeypatch.setattr(remarks, "edit_bytes", meanwhile)
    add_remark(workspace, REVIEW, "resor-barn", FIRST)
    assert [(remark.id, remark.criterion) for remark in read_remarks(workspace, REVIEW)] == [
        (1, "resor-vardag"), (2, "makt-samrad"), (3, "resor-barn"),
    ]  # fmt: skip
