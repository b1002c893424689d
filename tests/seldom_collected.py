"""Python looks seldom for values that nobody can reach: what collecting the tests makes stays to the end of a run.

Half a million values are made while tests are collected, and none of them goes away; looking through them again and
again took a quarter of that time, and then more in every test. What a test leaves behind is looked for after so many
new values, instead of Python's 700.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

AFTER = 10_000


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without looking, and leave what was made out of every look that follows."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        gc.set_threshold(AFTER, *gc.get_threshold()[1:])
