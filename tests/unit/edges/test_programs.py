"""Other programs within limits: who waits or keeps telling goes on, who works or is silent too long is ended."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.edges import git_command, machine, programs
from granskning.edges.git import read_repository
from granskning.edges.git_command import MORE_TIME, Git, git_limit, words_of
from granskning.edges.git_log import Tip, read_log
from granskning.edges.git_save import Saver
from granskning.edges.limits import Limit
from granskning.edges.programs import ProgramOutput, processor_time, run_program
from granskning.errors import NotSavedError, TookTooLongError, UsageError, WaitedTooLongError

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY = "while :; do :; done"
LONG = "sleep 60"
LATER = 600.0
"""So many times longer by the clock, where the processor time alone is to end it, however busy the machine is."""


def _run(script: str, limit: Limit, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return run_program(["sh", "-c", script], limit, folder=Path(), environment=os.environ, given=given)


@contextmanager
def _output(script: str, limit: Limit) -> Iterator[tuple[subprocess.Popen[bytes], ProgramOutput]]:
    command = ["sh", "-c", script]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as process:
        output = ProgramOutput(process, limit)
        try:
            yield process, output
        finally:
            output.close()
            process.kill()


def test_a_program_that_waits_longer_than_its_processor_time_is_done() -> None:
    done = _run("sleep 0.5; cat; echo oj >&2; exit 3", Limit(0.3), b"hej")
    assert (done.returncode, done.stdout, done.stderr) == (3, b"hej", b"oj\n")


@pytest.mark.skipif(processor_time(os.getpid()) is None, reason="the system does not tell another's processor time")
@pytest.mark.parametrize("deaf", ["", "trap '' TERM; "])
def test_a_program_that_works_too_long_is_ended_also_when_it_does_not_listen(deaf: str) -> None:
    with pytest.raises(TookTooLongError, match=r"0\.1 s of processor time") as caught:
        _run(deaf + BUSY, Limit(0.1, "more", grace=0.1, patience=LATER))
    assert not isinstance(caught.value, WaitedTooLongError)
    assert caught.value.hint == "more"


@pytest.mark.parametrize("script", [LONG, f"{LONG} & {LONG}"])
def test_a_program_that_waits_for_ever_is_ended_by_the_clock_whatever_it_has_started(script: str) -> None:
    begun = time.monotonic()
    with pytest.raises(WaitedTooLongError, match=r"0\.2 s by the clock"):
        _run(script, Limit(0.02, grace=0.1))
    assert time.monotonic() - begun < 50


def test_where_processor_time_is_not_told_the_clock_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "processor_time", lambda _: None)
    with pytest.raises(WaitedTooLongError, match=r"0\.3 s by the clock"):
        _run(BUSY, Limit(0.03, grace=0.1))


def test_a_program_asked_to_end_takes_its_lock_away(tmp_path: Path) -> None:
    lock = tmp_path / "index.lock"
    lock.touch()
    with pytest.raises(WaitedTooLongError):
        _run(f"trap 'rm {lock}; exit' TERM; while :; do sleep 0.05; done", Limit(0.05, grace=20))
    assert not lock.exists()


def test_a_program_that_keeps_telling_may_go_on_and_its_reader_may_take_their_time() -> None:
    with _output("for n in 1 2 3 4; do sleep 0.4; echo $n; done; cat", Limit(0.1)) as (process, output):
        assert [output.readline(9) for _ in range(4)] == [b"1\n", b"2\n", b"3\n", b"4\n"]
        time.sleep(1.2)  # longer than it may be silent
        process.communicate(b"5\n", timeout=60)
        assert process.returncode == 0


def test_a_program_that_says_nothing_more_is_ended() -> None:
    """And what it has started, which holds its pipe open: whoever reads is not left to wait for that."""
    begun = time.monotonic()
    with _output(f"echo 1; {LONG}; :", Limit(0.02, grace=0.1)) as (_, output), pytest.raises(WaitedTooLongError):
        list(words_of(output, 99))
    assert time.monotonic() - begun < 50
    with _output(f"echo 1; {BUSY}", Limit(0.1, grace=0.1, patience=LATER)) as (_, output):
        assert output.read(2) == b"1\n"
        with pytest.raises(TookTooLongError):
            output.wait()


@pytest.fixture
def silent_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git that waits for ever, and little patience."""
    program = tmp_path / "bin/git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{LONG}\n")
    program.chmod(0o755)
    (tmp_path / ".git").mkdir()  # else it would not be asked
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git_command, "git_limit", lambda _: Limit(0.02, "more", 0.1, name="git"))
    return tmp_path


def test_a_git_that_does_not_answer_is_told_of_and_is_not_taken_for_no_history(
    silent_git: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = time.monotonic()
    for ask in (
        lambda: Git(silent_git).ask("log"),
        lambda: read_repository(silent_git, {"a"}),
        lambda: read_log(Git(silent_git), ("a",), Tip("x", frozenset())),
    ):
        with pytest.raises(WaitedTooLongError, match=r"git was stopped after 0\.2 s by the clock") as caught:
            ask()
        assert caught.value.hint == "more"
    monkeypatch.setattr("granskning.edges.git_save.git_limit", git_command.git_limit)
    with pytest.raises(NotSavedError, match=r"git was stopped after 0\.2 s by the clock"):
        Saver(silent_git).changed(["a"])
    monkeypatch.setattr(machine, "_SECONDS", 0.02)
    assert machine.git_version() == "–"
    assert time.monotonic() - begun < 50, "what git has started is not waited for"


def test_the_environment_allows_git_more(monkeypatch: pytest.MonkeyPatch) -> None:
    assert git_limit(60).seconds == 60
    assert MORE_TIME in git_limit(60).hint
    monkeypatch.setenv(MORE_TIME, "600")
    assert git_limit(60).seconds == 600
    for wrong in ("0", "-1", "nan", "inf", "lång"):
        monkeypatch.setenv(MORE_TIME, wrong)
        with pytest.raises(UsageError, match=MORE_TIME):
            git_limit(60)
