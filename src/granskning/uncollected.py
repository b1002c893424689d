"""Work that makes thousands of small values, none of them in circles: looking for circles frees nothing of them."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SELDOM = (50_000, 20, 100)
"""How much is made before Python looks for circles, where most of what is made lives to the end of the work."""


def collect_seldom() -> None:
    """Let a process of our own look for circles seldom: to load modules and make a report takes a tenth less."""
    gc.set_threshold(*SELDOM)


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python look for no circles until this is over: it would cost a fifth to a third of the work."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
