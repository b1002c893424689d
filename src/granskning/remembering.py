"""Whether what is worked out may be remembered for the next time: decided once, by who starts a command."""

from __future__ import annotations

import contextlib
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_IS_ALLOWED: ContextVar[bool] = ContextVar("remembering", default=True)


def may_remember() -> bool:
    """Whether the user's cache folder may be read and written."""
    return _IS_ALLOWED.get()


@contextlib.contextmanager
def remembering_nothing() -> Iterator[None]:
    """Work everything out anew, and leave nothing behind, until this is over."""
    token = _IS_ALLOWED.set(False)
    try:
        yield
    finally:
        _IS_ALLOWED.reset(token)
