"""Jobs in real processes: what is stopped, what is not, and the second try by itself."""

from __future__ import annotations

import errno
import os
import signal
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from granskning.edges.limits import Limit
from granskning.edges.workers import Workers, run_here
from granskning.errors import (
    GranskningError,
    PrintingFailedError,
    ProcessNotStartedError,
    TookTooLongError,
    WaitedTooLongError,
    WorkerDiedError,
)
from granskning.tasks.reports.printing import MORE, printing_failed, printing_limit
from granskning.tasks.reports.rendering import rendering_limit

if TYPE_CHECKING:
    from pathlib import Path


BUSY = 3000.0
"""So many times longer by the clock, where the processor time alone is to end the work, however busy the machine is."""


def _wait(seconds: float) -> str:
    time.sleep(seconds)
    return "waited"


def _spin(seconds: float) -> str:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return "worked"


def _deaf() -> int:
    """Works in C, where no alarm is heard."""
    return len(str(9 ** (9**8)))


def _first_fails(notes: Path, how: str) -> str:
    """Fails the first time and is done the second; tells what else was under way."""
    tries = notes / "tries"
    with tries.open("a") as file:
        file.write("x")
    if len(tries.read_text()) > 1:
        return " ".join(sorted(path.name for path in notes.glob("busy*")))
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "wait":
        time.sleep(60)
    return _spin(60)


def _beside(notes: Path, name: str) -> str:
    busy = notes / f"busy-{name}"
    busy.touch()
    time.sleep(0.3)
    busy.unlink()
    return name


def _refuse() -> None:
    raise GranskningError("no {what}", "hint", what="luck")


def _run(function: Any, jobs: list[tuple[Any, ...]], limit: Limit, count: int = 1) -> dict[int, Any]:
    with closing(Workers(count)) as workers:
        return dict(workers.run(function, jobs, limit))


def test_a_worker_that_waits_is_not_stopped_by_the_limit_of_processor_time() -> None:
    assert _run(_wait, [(0.5,), (0,)], Limit(0.2)) == {0: "waited", 1: "waited"}


def test_a_worker_that_works_too_long_is_stopped_and_serves_the_next_job() -> None:
    done = _run(_spin, [(60,), (0,)], Limit(0.2, patience=BUSY))
    assert type(done[0]) is TookTooLongError
    assert done[1] == "worked"


def test_each_job_of_a_warm_worker_has_the_whole_limit() -> None:
    assert set(_run(_spin, [(0.3,)] * 4, Limit(0.6, patience=BUSY)).values()) == {"worked"}


def test_a_worker_that_waits_for_ever_is_stopped_by_the_clock() -> None:
    done = _run(_wait, [(60,)], Limit(0.03))
    assert type(done[0]) is WaitedTooLongError
    assert "0.3 s by the clock" in str(done[0])


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="the system knows no limit of processor time")
def test_a_worker_that_hears_no_alarm_is_ended_by_processor_time() -> None:
    done = _run(_deaf, [()], Limit(0.2, grace=0.3, patience=BUSY))
    assert type(done[0]) is TookTooLongError


@pytest.mark.parametrize("how", ["die", "work", "wait"])
def test_what_failed_is_tried_once_more_when_the_others_are_done(tmp_path: Path, how: str) -> None:
    with closing(Workers(2)) as workers:
        limit = Limit(0.2) if how == "wait" else Limit(0.5, patience=BUSY)
        jobs: list[tuple[Any, ...]] = [(_first_fails, tmp_path, how)]
        jobs += [(_beside, tmp_path, f"{number}") for number in range(4)]
        done = dict(workers.run(_call, jobs, limit))
    assert done == {0: "", 1: "0", 2: "1", 3: "2", 4: "3"}
    assert (tmp_path / "tries").read_text() == "xx"


def _call(function: Any, *arguments: Any) -> Any:
    return function(*arguments)


def test_a_process_that_dies_twice_is_told_of_and_leaves_the_others() -> None:
    jobs: list[tuple[Any, ...]] = [(os.abort,), (_wait, 0)]
    done = _run(_call, jobs, Limit(5), 2)
    assert isinstance(done[0], WorkerDiedError)
    assert f"exit code -{signal.SIGABRT:d}" in str(done[0]) or "exit code –" in str(done[0])
    assert done[1] == "waited"


def test_when_all_workers_die_at_once_their_jobs_are_done_by_new_ones(tmp_path: Path) -> None:
    """A process that dies before the pool knows its job breaks the whole pool: "All workers expired"."""
    with closing(Workers(1, start=_die_once, arguments=(tmp_path / "begun",))) as workers:
        assert dict(workers.run(_wait, [(0,), (0,), (0,)], Limit(5))) == dict.fromkeys(range(3), "waited")
        assert dict(workers.run(_wait, [(0,)], Limit(5))) == {0: "waited"}


def _die_once(begun: Path) -> None:
    if not begun.exists():
        begun.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("error", [BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), EOFError()])
def test_a_process_that_the_system_refuses_is_told_of(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr("pebble.pool.process.launch_process", refuse)
    with closing(Workers()) as workers:
        [(_, outcome)] = workers.run(_wait, [(0,)], Limit(5))
        if isinstance(error, EOFError):
            assert isinstance(outcome, WorkerDiedError)
        else:
            assert isinstance(outcome, ProcessNotStartedError)
            assert "could not be started: Resource temporarily unavailable" in str(outcome)
        monkeypatch.undo()
        assert dict(workers.run(_wait, [(0,)], Limit(5))) == {0: "waited"}


def test_an_error_of_ours_is_given_with_its_values_and_not_tried_again() -> None:
    done = _run(_refuse, [()], Limit(5))
    assert (str(done[0]), done[0].hint) == ("no luck", "hint")


@pytest.mark.parametrize("how", ["work", "wait"])
def test_in_this_process_the_clock_alone_gives_a_second_try(tmp_path: Path, how: str) -> None:
    outcome = run_here(_first_fails, (tmp_path, how), Limit(0.1) if how == "wait" else Limit(0.1, patience=BUSY))
    assert outcome == "" if how == "wait" else isinstance(outcome, TookTooLongError)


def test_the_message_tells_which_limit_it_was_and_the_hint_names_the_option() -> None:
    limit = printing_limit(7)
    for error, words in (
        (limit.overrun(), "7 s of processor time"),
        (limit.overdue(), "70 s by the clock"),
    ):
        told = printing_failed(error)
        assert isinstance(told, PrintingFailedError)
        assert words in str(told)
        assert told.hint == MORE
        assert "--seconds" in told.hint
    assert printing_limit().seconds > rendering_limit().seconds
    assert rendering_limit(7).seconds == 7


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="the system has no masks of signals")
def test_who_is_forked_hears_no_interruption() -> None:
    """Ctrl+C goes to every process of a terminal; only the one that the user started speaks of it."""
    with closing(Workers(preload=["granskning"])) as workers:
        [(_, outcome)] = workers.run(_hears_interruption, [()], Limit(5))
    assert outcome is False
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def _hears_interruption() -> bool:
    return signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
