"""A build that would find nothing to do loads nothing; whatever its outputs rest on brings a build again."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from granskning.cli import build_progress
from granskning.cli.build_progress import LinesOfProgress, words_left
from granskning.cli.session import Session
from granskning.edges import disk
from granskning.edges.disk import FolderFiles
from granskning.i18n import Translator
from granskning.tasks.folder import open as opening
from granskning.tasks.reports import outputs as output_keys
from granskning.tasks.reports.kept_build import KeptBuild
from granskning.tasks.reports.outputs import MANIFEST, Outputs
from in_process import run_here

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[1] / "unit" / "reporting" / "exempel"
ONLY = "cykelstrategi/2*"
PAGE = "cykelstrategi/2026-11/projektet.html"
REVIEW = "strategies/cykelstrategi/reviews/2026-11/projektet.yaml"


class Folder:
    """A folder, its builds, and how many of them loaded it."""

    def __init__(self, root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.loads = 0
        self.env = {"PATH": "/usr/bin:/bin", "XDG_CACHE_HOME": str(cache), "HOME": str(cache)}
        load = opening.load_chosen

        def counted(*arguments: object, **options: object) -> object:
            self.loads += 1
            return load(*arguments, **options)  # type: ignore[arg-type]  # as they came

        monkeypatch.setattr(opening, "load_chosen", counted)

    def build(self, *more: str) -> tuple[int, str, str]:
        words = ["--lang", "en", *more[:1], "build", "--format", "html", "--only", ONLY, *more[1:]]
        done = run_here([word for word in words if word], self.root, self.env)
        return done.returncode, done.stdout, done.stderr

    def file(self, name: str) -> Path:
        return self.root / name


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    root = tmp_path / "arbetsmapp"
    shutil.copytree(EXAMPLE, root, copy_function=shutil.copyfile)
    return Folder(root, tmp_path / "cache", monkeypatch)


def _add(folder: Folder, name: str, text: str) -> None:
    folder.file(name).parent.mkdir(parents=True, exist_ok=True)
    folder.file(name).write_text(text, "utf-8")


def _append(folder: Folder, name: str) -> None:
    folder.file(name).write_text(f"{folder.file(name).read_text('utf-8')}# x\n", "utf-8")


CHANGES: dict[str, Callable[[Folder], object]] = {
    "a review": lambda folder: _append(folder, REVIEW),
    "the criteria set": lambda folder: _append(folder, "criteria/jamstalld-tillvaxt.yaml"),
    "another review in the round": lambda folder: _add(folder, REVIEW.replace("projektet", "annan"), "x: 1\n"),
    "a style of its own": lambda folder: _add(folder, "templates/shared/own.css", "p { color: black }"),
    "an output that was edited": lambda folder: _add(folder, f"build/{PAGE}", "x"),
    "an output that is gone": lambda folder: folder.file(f"build/{PAGE}").unlink(),
    "a record that knows nothing of them": lambda folder: _add(
        folder, f"build/{MANIFEST}", '{"schema": "granskning/build/1", "outputs": {}}'
    ),
    "documents elsewhere": lambda folder: _add(folder, ".granskning/local.yaml", "schema: granskning/local/1\n"),
}


def test_nothing_is_loaded_until_something_changes_and_what_is_told_is_what_a_real_build_tells(folder: Folder) -> None:
    assert "1 new page" in folder.build()[2]
    again = folder.build()
    assert folder.loads == 1
    assert "0 new pages, 1 unchanged" in again[2]
    assert again == folder.build("--no-cache")
    loads = folder.loads
    for what, change in CHANGES.items():
        change(folder)
        told = folder.build()
        assert folder.loads == loads + 1, what
        again = folder.build()
        assert again[:2] == told[:2], what
        loads = folder.loads
    folder.file(".granskning/local.yaml").unlink()
    folder.build()
    loads = folder.loads
    folder.build("", "--as-of", "2027-01-31")
    assert folder.loads == loads + 1


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which files were read to see whether they are as they were."""
    paths: list[str] = []
    read = FolderFiles.read

    def noted(files: FolderFiles, path: str) -> bytes:
        paths.append(path)
        return read(files, path)

    monkeypatch.setattr(FolderFiles, "read", noted)
    return paths


def _later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    monkeypatch.setattr(disk, "time_ns", lambda: time.time_ns() + seconds * 10**9)


def _same_size_and_time(page: Path) -> None:
    status = page.stat()
    page.write_bytes(bytes(reversed(page.read_bytes())))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (page.stat().st_size, page.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)


def _another_of_the_same_size_and_time(page: Path) -> None:
    status, other = page.stat(), page.with_suffix(".ny")
    other.write_bytes(bytes(reversed(page.read_bytes())))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(page)


def _cut_off(page: Path) -> None:
    status = page.stat()
    os.truncate(page, status.st_size // 2)
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))


def _linked_from_elsewhere(page: Path) -> None:
    """The file is the same, and it lies in another place."""
    elsewhere = page.parents[3] / "undan.html"
    page.rename(elsewhere)
    page.symlink_to(elsewhere)


def _folder_linked_from_elsewhere(page: Path) -> None:
    elsewhere = page.parents[4] / "undan"
    page.parent.rename(elsewhere)
    page.parent.symlink_to(elsewhere)


OUTPUT_CHANGES = (
    _same_size_and_time, _another_of_the_same_size_and_time, _cut_off, _linked_from_elsewhere,
    _folder_linked_from_elsewhere,
)  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="stamps vouch for files where the system tells of changes of status")
@pytest.mark.parametrize("change", OUTPUT_CHANGES)
def test_outputs_left_alone_are_not_read_again_and_one_that_changes_is_seen(
    change: Callable[[Path], None], folder: Folder, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.build()
    readings.clear()
    folder.build()
    assert {PAGE, MANIFEST, REVIEW} <= set(readings), "they were written a moment ago"
    assert folder.loads == 1
    _later(monkeypatch, 10)
    folder.build()
    assert {PAGE, MANIFEST, REVIEW} <= set(readings)
    readings.clear()
    told = folder.build()
    assert (readings, folder.loads) == ([], 1), "nothing is read, since all was seen as it is when it had lain still"
    page = folder.file(f"build/{PAGE}")
    made = page.read_bytes()
    change(page)
    again = folder.build()
    assert folder.loads == 2, "a build for real sees what is to be done"
    leads_out = not page.resolve().is_relative_to(folder.root / "build")
    assert (again[0], page.read_bytes()) == (2 if leads_out else told[0], made), "nothing is written through a link"


@pytest.mark.parametrize("seconds", [0, -3600])
def test_a_clock_that_is_not_past_an_output_vouches_for_nothing(
    seconds: int, folder: Folder, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A moment ago, or in the future since the clock was set back: each is read each time."""
    folder.build()
    _later(monkeypatch, seconds)
    for _ in range(3):
        readings.clear()
        folder.build()
        assert PAGE in readings
    _same_size_and_time(folder.file(f"build/{PAGE}"))
    folder.build()
    assert folder.loads == 2


def test_a_build_of_all_names_is_another_build_and_where_nothing_is_made_nothing_is_kept(folder: Folder) -> None:
    def build(*only: str) -> tuple[int, str]:
        done = run_here(["--lang", "en", "build", "--format", "html", *only], folder.root, folder.env)
        return done.returncode, done.stderr

    assert build("--only", "none-*") == (0, "0 new pages, 0 unchanged in build/.\n")
    assert "5 new pages" in build("--only", "*")[1]
    assert not folder.file("build/index.html").exists()
    assert "3 new pages, 5 unchanged" in build()[1]
    assert folder.file("build/index.html").exists()


def test_what_another_build_wrote_meanwhile_is_not_taken_for_ones_own(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = KeptBuild.keep

    def keep_late(*arguments: Any, **options: Any) -> None:
        _add(folder, f"build/{PAGE}", "of another build")
        keep(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(KeptBuild, "keep", keep_late)
        folder.build()
    assert "1 new page" in folder.build()[2]


def test_keys_are_written_down_on_the_way_and_two_builds_keep_each_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output_keys, "_PAUSE", 0.0)
    ours, theirs = Outputs(tmp_path, print), Outputs(tmp_path, print)
    ours.write("a.html", b"a", "1" * 64)
    theirs.write("b.html", b"b", "2" * 64)  # and then both are killed
    later = Outputs(tmp_path, print)
    assert (tmp_path / MANIFEST).exists()
    assert not later.is_stale("a.html", "1" * 64)
    assert not later.is_stale("b.html", "2" * 64)
    assert later.is_stale("b.html", "3" * 64)
    later.forget(lambda output: output == "a.html")
    ours.keep_keys()
    later.keep_keys()
    assert Outputs(tmp_path, print).is_stale("a.html", "1" * 64)


def test_what_is_left_is_told_in_words_and_in_a_log_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    t = Translator("en")
    assert words_left(1, 59, t) == "1 page left, less than a minute"
    assert words_left(40, 61, t) == "40 pages left, about 1 minute"
    assert words_left(40, 600, t) == "40 pages left, about 10 minutes"
    lines: list[str] = []
    monkeypatch.setattr(Session, "tell", lambda _session, line: lines.append(line))
    clock = iter([0.0, 5.0, 12.0, 12.0, 13.0])
    monkeypatch.setattr(build_progress, "monotonic", lambda: next(clock))
    progress = LinesOfProgress(Session(Path(), t, quiet=False, verbose=True, color=False))
    for output in ("a.pdf", "b.pdf", "c.pdf"):
        progress.left(3, 120)
        progress.of(output)
    assert lines == ["… 2 pages made, the latest b.pdf; 3 pages left, about 2 minutes"]
