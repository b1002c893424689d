"""One worker collects the tests before the others do, where they have not been compiled: what it compiles, they read.

Three workers that begin at once compile the same 390 files thrice, at seven seconds of processor time each. Where the
tests are compiled already nobody waits.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

HERE = Path(__file__).parent
LAST = "unit/workspace/yaml/__pycache__"
"""Where pytest leaves what it compiles in the folder that is collected last."""


def is_compiled() -> bool:
    """Whether this pytest has compiled the tests before."""
    return any((HERE / LAST).glob(f"test_*-pytest-{pytest.__version__}.pyc"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Of workers that have something to compile, let the first go alone, and then all others at once."""
    if (
        not hasattr(session.config, "workerinput")
        or sys.dont_write_bytecode
        or is_compiled()
        or sys.platform == "win32"
    ):
        return (yield)
    import fcntl  # noqa: PLC0415  # Unix has it

    with Path(__file__).open("rb") as here:  # no other file is needed to wait at
        try:
            fcntl.flock(here, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(here, fcntl.LOCK_SH)
        return (yield)
