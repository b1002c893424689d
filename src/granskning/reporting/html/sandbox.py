"""Jinja's sandbox, with bounds on what one sum, product or power may become.

An operator asks for its memory at once and in C, where no alarm is heard; some systems have no limit of memory either.
Here it is asked for its size first. What grows in other ways, piece by piece or in a filter, is for the limits of the
process that templates of somebody's own run in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from jinja2.runtime import Context

_MOST_ITEMS = 30_000_000
"""Letters of a text, or items of a list: as many as a whole page may have."""
_MOST_BITS = 100_000
"""Of a whole number: thirty thousand digits."""


class TooLargeError(ArithmeticError):
    """What an operator would make is larger than any report needs."""


class BoundedSandbox(ImmutableSandboxedEnvironment):
    """Runs templates that cannot reach out, change what they are given, or make a giant in one step."""

    intercepted_binops = frozenset({"+", "*", "**"})
    """Which are not worked out beforehand either, while a template is compiled: so their line is always known."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What the operator makes of two values. Raises TooLargeError."""
        if isinstance(left, int) and isinstance(right, int):
            is_sound = _bits(operator, left, right) <= _MOST_BITS
        else:
            is_sound = _items(operator, left, right) <= _MOST_ITEMS
        if not is_sound:
            raise TooLargeError(operator)
        return super().call_binop(context, operator, left, right)


def _bits(operator: str, left: int, right: int) -> int:
    """How many bits the whole number has at the most."""
    if operator == "**":
        return left.bit_length() * max(right, 0) if abs(left) > 1 else 1
    return left.bit_length() + right.bit_length()


def _items(operator: str, left: Any, right: Any) -> int:
    """How many letters or items a text or list has."""
    sizes = [len(value) if isinstance(value, Sequence) else 0 for value in (left, right)]
    if operator == "*":
        times = next((value for value in (left, right) if isinstance(value, int)), 1)
        return max(sizes) * max(times, 0)
    return sum(sizes) if operator == "+" else 0
