"""What a check told before is told only where it would be told anew: whatever it rests on may change."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from altered_files import change_file
from conftest import CRITERIA, REVIEW, STRATEGY
from granskning.edges import disk
from granskning.edges.disk import FolderFiles
from granskning.errors import GranskningError
from granskning.tasks.checking import checked
from granskning.tasks.checking.repository_state import repository_state
from granskning.tasks.folder import open  # noqa: A004  # the module's name

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past, Run

OTHER = REVIEW.replace("granskaren", "en-annan")


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The loadings of a folder that there were."""
    loadings: list[object] = []
    load = open.load_chosen

    def count(*arguments: object, **options: object) -> object:
        loadings.append(arguments)
        return load(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(checked, "load_chosen", count)
    return loadings


def _told(granskning: Run, root: Path, *paths: str) -> tuple[str, str]:
    """What is told with and without memory."""
    remembered = granskning("-C", str(root), "check", *paths, "--format", "json")
    anew = granskning("-C", str(root), "--no-cache", "check", *paths, "--format", "json")
    assert remembered.returncode == anew.returncode
    return remembered.stdout, anew.stdout


@pytest.mark.parametrize("paths", [(), (REVIEW,)], ids=["all", "one"])
def test_whatever_changes_is_seen(paths: tuple[str, ...], workspace: Path, granskning: Run) -> None:
    steps = (
        lambda: None,
        lambda: change_file(workspace / REVIEW, ("level: 3", "level: 7")),
        lambda: change_file(workspace / REVIEW, ("level: 7", "level: 3")),
        lambda: change_file(workspace / CRITERIA, ("version: 1.0.0", "version: 1.0.1")),
        lambda: change_file(workspace / CRITERIA, ("version: 1.0.1", "version: 1.0.0")),
        lambda: (workspace / OTHER).write_bytes((workspace / REVIEW).read_bytes()),
        (workspace / OTHER).unlink,
        lambda: (workspace / "strategies/provplan/kladd.txt").write_text("x"),
        lambda: (workspace / STRATEGY).rename(workspace / "undan.yaml"),
        lambda: (workspace / "undan.yaml").rename(workspace / STRATEGY),
        lambda: change_file(workspace / "granskning.yaml", ("language: sv", "language: en")),
    )
    said = []
    for step in steps:
        step()
        remembered, anew = _told(granskning, workspace, *paths)
        assert remembered == anew
        said.append(anew)
    assert len(set(said)) > 3, "the steps change what is told"
    assert said[0] == said[2] == said[4]


def test_what_has_not_changed_is_not_looked_at_again(workspace: Path, granskning: Run, looked: list[object]) -> None:
    first = granskning("-C", str(workspace), "check")
    again = granskning("-C", str(workspace), "check")
    assert (again.stdout, again.stderr, again.returncode) == (first.stdout, first.stderr, first.returncode)
    assert len(looked) == 1
    granskning("-C", str(workspace), "check", "--format", "sarif")
    assert len(looked) == 1, "one verdict in every form"
    granskning("-C", str(workspace), "--lang", "en", "check")
    granskning("-C", str(workspace), "--no-cache", "check")
    granskning("-C", str(workspace), "check", "--evidence")
    assert len(looked) == 4


def test_what_was_left_alone_is_not_read_again_and_what_changes_is(
    workspace: Path, granskning: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may be as large as before and have the time that it had: its status has another."""
    readings: list[str] = []
    read = FolderFiles.read

    def count(files: FolderFiles, path: str) -> bytes:
        readings.append(path)
        return read(files, path)

    monkeypatch.setattr(FolderFiles, "read", count)
    assert "GR" not in granskning("-C", str(workspace), "check").stdout
    readings.clear()
    granskning("-C", str(workspace), "check")
    assert REVIEW in readings, "it was written a moment ago"
    monkeypatch.setattr(disk, "time_ns", lambda: time.time_ns() + 10**10)
    granskning("-C", str(workspace), "--lang", "en", "check")
    readings.clear()
    granskning("-C", str(workspace), "--lang", "en", "check")
    assert readings == []
    status = (workspace / REVIEW).stat()
    change_file(workspace / REVIEW, ("level: 3", "level: 7"))
    os.utime(workspace / REVIEW, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (workspace / REVIEW).stat().st_mtime_ns == status.st_mtime_ns
    assert "GR206" in granskning("-C", str(workspace), "--lang", "en", "check").stdout


def test_a_clock_that_is_set_while_a_check_goes_on_vouches_for_nothing(workspace: Path) -> None:
    assert disk.Started().firm_stamps(workspace, [REVIEW]) == {}, "written a moment ago"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "time_ns", lambda: time.time_ns() + 10**10)
        afterwards = disk.Started()
        assert list(afterwards.firm_stamps(workspace, [REVIEW, "borta.yaml"])) == [REVIEW]
        patch.setattr(disk, "time_ns", lambda: time.time_ns() - 10**11)
        assert afterwards.firm_stamps(workspace, [REVIEW]) == {}


def test_git_is_part_of_the_ground(past: Past, granskning: Run, looked: list[object]) -> None:
    """A version that is changed after it was put to use is told of by git alone, so a commit is another ground."""
    for _ in range(2):
        assert "GR505" not in granskning("-C", str(past.root), "check", "--format", "json").stdout
    assert len(looked) == 1
    past.commit("en till")
    granskning("-C", str(past.root), "check")
    assert len(looked) == 2
    past.git("checkout", "-q", "-b", "annan")
    granskning("-C", str(past.root), "check")
    assert len(looked) == 3


def test_a_git_that_gives_no_answer_leaves_no_verdict(
    past: Past, granskning: Run, looked: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise GranskningError("no")

    monkeypatch.setattr(checked, "find_approval_changes", fail)
    granskning("-C", str(past.root), "check")
    granskning("-C", str(past.root), "check")
    assert len(looked) == 2


def test_documents_of_this_computer_leave_no_verdict(workspace: Path, granskning: Run, looked: list[object]) -> None:
    (workspace / ".granskning").mkdir(exist_ok=True)
    (workspace / ".granskning/local.yaml").write_text("documents: {}\n", "utf-8")
    granskning("-C", str(workspace), "check")
    granskning("-C", str(workspace), "check")
    assert len(looked) == 2


def test_a_document_that_could_not_be_read_is_tried_again(
    workspace: Path, granskning: Run, looked: list[object]
) -> None:
    """A reader that was stopped on a busy computer may come to its end the next time."""
    change_file(workspace / STRATEGY, ("document: documents/plan.txt", "document: documents/plan.pdf"))
    text = (workspace / STRATEGY).read_text("utf-8")
    (workspace / STRATEGY).write_text(re.sub(r" +sha256: .*\n", "", text), "utf-8")
    (workspace / "strategies/provplan/documents/plan.pdf").write_bytes(b"skr\xe4p")
    for _ in range(2):
        assert "GR604" in granskning("-C", str(workspace), "check", "--format", "json").stdout
    assert len(looked) == 2


def test_a_ref_that_is_another_is_seen_whatever_its_time_and_size(past: Past) -> None:
    past.git("pack-refs", "--all")
    packed = past.root / ".git/packed-refs"
    before, status, text = repository_state(past.root), packed.stat(), packed.read_text()
    packed.write_text(re.sub(r"^[0-9a-f]{40}", "0" * 40, text, count=1, flags=re.MULTILINE))
    os.utime(packed, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert packed.stat().st_size == status.st_size
    assert repository_state(past.root) != before
    packed.write_text(text)
    assert repository_state(past.root) == before


@pytest.mark.parametrize("entry", ["", "[]", "{}", '{"git": "-", "questions": {"rm x": "y"}, "values": []}', "no"])
def test_a_damaged_verdict_is_none(entry: str, workspace: Path, granskning: Run, tmp_path: Path) -> None:
    first = granskning("-C", str(workspace), "check", "--format", "json").stdout
    (kept,) = (tmp_path / "cache/granskning").glob("checks-*.sqlite")
    with closing(sqlite3.connect(kept)) as database, database:
        ((key,),) = database.execute("SELECT key FROM entries").fetchall()
        checksum = zlib.crc32(entry.encode(), zlib.crc32(key.encode()))
        database.execute("UPDATE entries SET value = ?, sum = ?", (entry, checksum))
    assert granskning("-C", str(workspace), "check", "--format", "json").stdout == first
    assert json.loads(first)["counts"]["error"] == 0
