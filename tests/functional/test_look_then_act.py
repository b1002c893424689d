"""Somebody signs or moves a file between the moment when it is judged and the moment when it is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from altered_files import change_file
from granskning.edges.printing.pdf import Printed
from granskning.errors import ChangedOnDiskError, UsageError
from granskning.reporting.workbook.workbook_answers import answers_of
from granskning.tasks.data import import_ as importing
from granskning.tasks.editing import migrate
from granskning.tasks.editing.edit_session import EditSession
from granskning.tasks.editing.migrate import revise_set
from granskning.tasks.folder.open import load_chosen
from granskning.tasks.proof import publish
from granskning.tasks.proof.publish import publish_review
from granskning.tasks.reports.rendering import render_once
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Past, Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
SET = "criteria/prov.yaml"


def _replace(path: Path, old: str, new: str) -> bytes:
    change_file(path, (old, new))
    return path.read_bytes()


def _after(function: Callable[..., Any], act: Callable[[], object]) -> Callable[..., Any]:
    """The function, and what somebody else does as soon as it has given its answer: once."""
    acts = [act]

    def call(*arguments: Any, **options: Any) -> Any:
        made = function(*arguments, **options)
        if acts:
            acts.pop()()
        return made

    return call


CHANGES = {
    "signed": ("status: draft", "status: approved"),
    "moved to another set": ("criteria: prov@1.0.0", "criteria: prov@1.1.0"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_review_that_becomes_another_while_the_page_saves_it(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str]
) -> None:
    desk, path = EditSession(workspace), workspace / REVIEW
    act = lambda: _replace(path, *change)  # noqa: E731  # one line
    monkeypatch.setattr(desk, "_editable", _after(desk._editable, act))  # noqa: SLF001  # the moment between
    with pytest.raises((UsageError, ChangedOnDiskError)):
        desk.keep_answer(REVIEW, "resor-vardag", None, {"recommendation": "Ändra."})
    assert change[1] in path.read_text("utf-8")
    assert "Ändra." not in path.read_text("utf-8")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_review_that_becomes_another_while_a_workbook_is_read(
    workspace: Path, granskning: Run, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str]
) -> None:
    assert granskning("export", "-o", "bok.xlsx", cwd=workspace).returncode == 0
    path = workspace / REVIEW
    _replace(path, "Omsorgsresor nämns en gång.", "Omsorgsresor saknas.")
    data = (workspace / "bok.xlsx").read_bytes()

    def answers(*arguments: Any) -> Any:
        made = answers_of(*arguments)
        made.parts["resor-vardag"]["recommendation"] = "Ändra."
        return made

    monkeypatch.setattr(importing, "answers_of", answers)
    monkeypatch.setattr(importing, "load_chosen", _after(load_chosen, lambda: _replace(path, *change)))
    (done,), _ = importing.import_workbook(workspace, data, write=True)
    assert done.error is not None
    assert change[1] in path.read_text("utf-8")
    assert "Ändra." not in path.read_text("utf-8")


def test_a_set_that_becomes_another_version_while_it_is_revised(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace / SET
    act = lambda: _replace(path, "version: 1.0.0", "version: 1.1.0")  # noqa: E731  # one line
    monkeypatch.setattr(migrate, "load_files", _after(load_files, act))
    with pytest.raises(ChangedOnDiskError):
        revise_set(workspace, "prov", "1.2.0", "2026-11-24")
    assert "version: 1.1.0" in path.read_text("utf-8")
    assert not (workspace / "criteria/earlier/prov-1.0.0.yaml").exists()


def test_a_review_that_becomes_another_while_it_is_published(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    path = past.root / REVIEW
    _replace(path, "status: draft", "status: approved\ncase_number: EX 2026/1\nbody: Nämnden")
    past.commit("godkänd")
    monkeypatch.setattr(publish, "print_all", lambda jobs, _, **__: [(job.output, Printed(b"%PDF")) for job in jobs])
    act = lambda: _replace(path, "Omsorgsresor nämns en gång.", "Omsorgsresor saknas.")  # noqa: E731  # one line
    monkeypatch.setattr(publish, "render_once", _after(render_once, act))
    with pytest.raises(ChangedOnDiskError):
        publish_review(past.root, path)
    assert not (past.root / "strategies/provplan/published").exists()


def test_a_text_that_is_another_than_the_one_opened_is_not_written(workspace: Path) -> None:
    desk, path = EditSession(workspace), workspace / REVIEW
    text, opened = desk.text(REVIEW)
    after = _replace(path, "status: draft", "status: approved")
    with pytest.raises(ChangedOnDiskError):
        desk.keep_text(REVIEW, text, opened)
    assert path.read_bytes() == after
