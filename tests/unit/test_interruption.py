"""Ctrl+C: what is being put in its place is put there first, a sentence says what is there, and the code is 130."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.core import TyperCommand

from granskning.cli.app import run
from granskning.cli.front_door import enter
from granskning.cli.groups import COMMANDS
from granskning.edges.writing import FileWrite, write_files, write_folder
from granskning.interruption import note_written, noted_writes, uninterrupted

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDS = {
    "approve": ["x", "--role", "y"],
    "diff": ["x"],
    "import": ["x"],
    "migrate": ["x", "--to", "y@1"],
    "new": ["x"],
    "publish": ["x"],
    "render": ["x"],
    "revise": ["x", "1"],
    "search": ["x", "y"],
    "stats": ["list"],
    "verify": ["x"],
}
"""What the parser asks for before it begins."""


@pytest.fixture(autouse=True)
def _hears_interruption() -> Iterator[None]:
    """As in a terminal: a job in the background is started with Ctrl+C turned off, and so may these tests be."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def interrupt(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every command writes these files, and is then interrupted."""
    written: list[Path] = []

    def begin(_self: Any, _context: Any) -> None:
        note_written(written)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(TyperCommand, "invoke", begin)
    monkeypatch.setenv("GRANSKNING_LANG", "sv")
    return written


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_in_a_sentence_what_is_written(
    command: str, interrupt: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([command, *NEEDS.get(command, [])]) == 130
    before = capsys.readouterr()
    assert before.out == ""
    [line] = before.err.splitlines()
    assert line == {
        "save": "Avbrutet. Ingen version sparades. Filerna är som de var.",
        "serve": "Sidan är stängd. Det som den sade var sparat finns i filerna.",
    }.get(command, "Avbrutet. Inget har skrivits.")

    interrupt += [tmp_path / f"{number}.yaml" for number in range(7)]
    assert run([command, *NEEDS.get(command, [])]) == 130
    first, *rest = capsys.readouterr().err.splitlines()
    if command in {"save", "serve"}:
        assert (first, rest) == {
            "save": ("Avbrutet, men en version med 7 filer hann sparas.", []),
            "serve": (line, []),
        }[command]
        return
    assert first == "Avbrutet. 7 filer hann skrivas och är hela:"
    assert rest[:6] == [*(f"  {number}.yaml" for number in range(5)), "  och 2 till"]
    goes_on = command in {"build", "import", "evidence", "stats"}
    more = " Samma kommando fortsätter där det slutade." if goes_on else ""
    assert rest[6:] == [f"Inget är halvskrivet.{more}"]


@pytest.mark.parametrize("at", range(1, 9))
def test_files_that_belong_together_are_all_there_or_none(
    at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    count = 0

    def count_and_interrupt(real: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == at:
                signal.raise_signal(signal.SIGINT)
            return real(*arguments, **options)

        return call

    for owner, name in ((os, "fsync"), (os, "link"), (Path, "replace"), (Path, "chmod"), (Path, "unlink")):
        monkeypatch.setattr(owner, name, count_and_interrupt(getattr(owner, name)))
    writes = [FileWrite(tmp_path / "a", b"new"), FileWrite(tmp_path / "b" / "c", b"new", is_new=True)]
    with noted_writes() as written, pytest.raises(KeyboardInterrupt):
        write_files(writes)
    there = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert there in ({"a": b"old"}, {"a": b"new", "b/c": b"new"})
    assert [path.name for path in written] == (["a", "c"] if len(there) > 1 else [])


def test_a_folder_that_is_in_its_place_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def interrupt_after(path: Path, target: Path) -> Path:
        done = rename(path, target)
        signal.raise_signal(signal.SIGINT)
        return done

    monkeypatch.setattr(Path, "rename", interrupt_after)
    with noted_writes() as written, pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "published", {"a": b"1"})
    assert list(written) == [tmp_path / "published"]
    assert [path.name for path in tmp_path.iterdir()] == ["published"]


def test_elsewhere_than_in_the_main_thread_nothing_waits() -> None:
    done: list[bool] = []

    def work() -> None:
        with uninterrupted():
            note_written([Path("a")])
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done
    assert signal.getsignal(signal.SIGINT) == signal.default_int_handler


def test_who_interrupts_while_the_program_is_read_in_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def stop(_arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("granskning.cli.app.run", stop)
    assert enter(["check", "--lang", "en"]) == 130
    assert signal.getsignal(signal.SIGINT) == signal.SIG_DFL
    assert capsys.readouterr().err == "Interrupted. Nothing was written.\n"


def test_a_reader_that_has_gone_is_no_fault(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "granskning", "explain"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, cwd=tmp_path, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
