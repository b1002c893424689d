"""The guards against what hangs: who works is stopped by the processor, who waits by the clock, and nobody else."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from patience import limit_processor, limited


def test_who_works_too_long_is_broken_off() -> None:
    def work() -> None:
        while True:  # in Python's own steps: an alarm is heard between two of them, and not within one
            pass

    with pytest.raises(TimeoutError, match="of processor time"), limited(processor=0.1):
        work()


def test_who_waits_too_long_is_broken_off_by_the_clock() -> None:
    with pytest.raises(TimeoutError, match="by the clock"), limited(clock=0.1):
        time.sleep(60)


def test_who_waits_for_a_busy_machine_is_left_alone() -> None:
    with limited(processor=0.1):
        time.sleep(0.3)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits another process")
def test_a_process_that_works_too_long_is_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", "while True: pass"], encoding="utf-8") as process:
        limit_processor(process, 1)
        assert process.wait(60) < 0
