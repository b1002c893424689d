"""Choices that cost little to draw: a strategy costs more to make than to draw from, and a set takes a hundred."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


@cache
def below(number: int) -> st.SearchStrategy[int]:
    """A whole number from 0, less than this; the simplest is 0."""
    return st.integers(0, number - 1)


def pick(draw: st.DrawFn, options: Sequence[T]) -> T:
    """One of these; the simplest is the first."""
    return options[draw(below(len(options)))]
