"""Limits in processor time: who waits is not stopped by them, who works is; and the clock stops who waits for ever."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from granskning.edges import limits
from granskning.edges.limits import Limit, ended_after, put_back, stopped_after
from granskning.errors import TookTooLongError, WaitedTooLongError

SHORT = 0.15
LATER = 600.0
"""Seconds that no test takes, whatever else the computer has to do."""


def _of_work(seconds: float, hint: str = "") -> Limit:
    """A limit that on no machine, however busy, is reached by the clock first."""
    return Limit(seconds, hint, patience=LATER / seconds)


def _spin(seconds: float) -> None:
    """Work, by the processor time of this process."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_who_waits_longer_than_the_limit_is_not_stopped() -> None:
    with stopped_after(_of_work(SHORT)):
        time.sleep(3 * SHORT)


def test_who_works_longer_than_the_limit_is_stopped_where_it_stands() -> None:
    began = time.process_time()
    with (
        pytest.raises(TookTooLongError, match=r"0\.15 s of processor time") as caught,
        stopped_after(_of_work(SHORT)),
    ):
        _spin(60)
    assert not isinstance(caught.value, WaitedTooLongError)
    assert SHORT / 2 <= time.process_time() - began < 30  # the system looks at its ticks, some thousandths apart


def test_the_limit_counts_from_its_beginning() -> None:
    _spin(2 * SHORT)
    with stopped_after(_of_work(4 * SHORT)):
        _spin(SHORT)


def test_who_waits_for_ever_is_stopped_by_the_clock_and_that_is_told() -> None:
    with pytest.raises(WaitedTooLongError, match=r"0\.5 s by the clock"), stopped_after(Limit(0.05)):
        time.sleep(60)


def test_who_ignores_the_alarm_hears_it_again() -> None:
    heard = []

    def ignore_once() -> None:
        try:
            _spin(60)
        except TookTooLongError:
            heard.append("once")
        _spin(60)

    with pytest.raises(TookTooLongError), stopped_after(_of_work(SHORT)):
        ignore_once()
    assert heard == ["once"]


def test_the_hint_goes_along() -> None:
    with pytest.raises(TookTooLongError) as caught, stopped_after(_of_work(SHORT, "more")):
        _spin(60)
    assert caught.value.hint == "more"


def test_of_two_limits_the_one_that_ends_first_holds_and_the_outer_goes_on() -> None:
    with (
        pytest.raises(TookTooLongError, match=r"0\.2 s of processor"),
        stopped_after(_of_work(0.2)),
        stopped_after(Limit(60)),
    ):
        _spin(60)

    def go_on_after_an_inner_limit() -> None:
        with stopped_after(_of_work(0.1)):
            _spin(0.05)
        _spin(60)

    with pytest.raises(TookTooLongError, match=r"0\.3 s of processor"), stopped_after(_of_work(0.3)):
        go_on_after_an_inner_limit()
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGPROF) == signal.SIG_DFL


@pytest.mark.parametrize("rings", [signal.SIGALRM, signal.SIGPROF])
def test_an_alarm_that_rings_while_another_stops_the_work_leaves_none_behind(
    monkeypatch: pytest.MonkeyPatch, rings: signal.Signals
) -> None:
    set_timer = signal.setitimer
    rung: list[int] = []

    def ring_first(timer: int, seconds: float, interval: float = 0.0) -> tuple[float, float]:
        if seconds == 0 and timer not in rung and signal.getsignal(rings) != signal.SIG_DFL:
            rung.append(timer)
            signal.raise_signal(rings)
        return set_timer(timer, seconds, interval)

    monkeypatch.setattr(signal, "setitimer", ring_first)
    with pytest.raises(TookTooLongError), stopped_after(_of_work(SHORT)):
        _spin(60)
    assert rung[0] == signal.ITIMER_PROF
    for timer, number in ((signal.ITIMER_PROF, signal.SIGPROF), (signal.ITIMER_REAL, signal.SIGALRM)):
        assert (signal.getitimer(timer), signal.getsignal(number)) == ((0, 0), signal.SIG_DFL)


def test_an_alarm_waits_while_another_stops_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one by the clock was near; while the other one's error is on its way, it is as far off as alarms are set."""
    monkeypatch.setattr(limits, "_AGAIN", LATER)
    off: list[float] = []

    def work_and_tidy() -> None:
        signal.setitimer(signal.ITIMER_REAL, LATER / 2)
        try:
            _spin(60)
        finally:
            off.append(signal.getitimer(signal.ITIMER_REAL)[0])

    with pytest.raises(TookTooLongError) as caught, stopped_after(_of_work(SHORT)):
        work_and_tidy()
    assert not isinstance(caught.value, WaitedTooLongError)
    assert LATER / 2 < off[0] <= LATER


@pytest.mark.parametrize("rings", [signal.SIGALRM, signal.SIGPROF])
def test_what_is_put_back_is_put_back_whole_although_an_alarm_rings_meanwhile(rings: signal.Signals) -> None:
    state = {"outer": "changed", "inner": "changed"}
    tries: list[str] = []

    def restore(name: str) -> None:
        tries.append(name)
        if len(tries) < 3:  # the first ring, and one while what lies around it is put back
            signal.raise_signal(rings)
        state[name] = "as before"

    with (
        pytest.raises(TookTooLongError),
        stopped_after(Limit(60)),
        put_back(lambda: restore("outer")),
        put_back(lambda: restore("inner")),
    ):
        pass
    assert state == {"outer": "as before", "inner": "as before"}
    assert tries == ["inner", "inner", "inner", "outer"]
    assert not limits._changes  # noqa: SLF001


def test_what_is_put_back_without_any_limit_is_put_back_at_once() -> None:
    tries: list[str] = []
    with put_back(lambda: tries.append("outer")):
        with pytest.raises(KeyError), put_back(lambda: tries.append("inner")):
            raise KeyError
        assert tries == ["inner"]
    assert tries == ["inner", "outer"]


def test_outside_the_main_thread_nothing_is_stopped() -> None:
    done: list[bool] = []

    def work() -> None:
        with stopped_after(Limit(0.05)):
            _spin(SHORT)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done


def test_the_limit_of_the_system_is_taken_back() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_CPU)
    with ended_after(Limit(60)):
        soft, _ = resource.getrlimit(resource.RLIMIT_CPU)
        assert time.process_time() + 60 < soft < time.process_time() + 60 + 10
    assert resource.getrlimit(resource.RLIMIT_CPU) == before
