"""Values as bytes and back, for the way between two machines: what comes back can make nothing but values.

A pickle may name any function there is. This reading knows the program's own values, dates and numbers, and no more.
"""

from __future__ import annotations

import io
import pickle
import pkgutil
from enum import Enum
from typing import Any

from granskning.errors import GranskningError, Words

_PROTOCOL = 5
_OTHERS = frozenset({
    ("datetime", "datetime"), ("datetime", "timezone"), ("datetime", "timedelta"), ("fractions", "Fraction"),
    ("builtins", "frozenset"), ("builtins", "set"), ("granskning.errors", "_rebuild"),
    ("granskning.findings.suggestions", "KnownNames"),
})  # fmt: skip


class NoValueError(Exception):
    """What was to be read is damaged, or holds something else than values."""


def pack(*values: Any) -> bytes:
    """Values as bytes. What an error among them tells of becomes text where it is no plain value."""
    packed = io.BytesIO()
    pickler = _Writing(packed, protocol=_PROTOCOL)
    pickler.dispatch_table = {}  # Dask brings a library that writes errors in its own way, wherever it is loaded
    pickler.dump(tuple(map(_portable, values)))
    return packed.getvalue()


def unpack(data: bytes) -> tuple[Any, ...]:
    """The values. Raises NoValueError."""
    try:
        values = _Reading(io.BytesIO(data)).load()
    except NoValueError:
        raise
    except Exception as error:  # a damaged pickle raises whatever comes
        raise NoValueError(str(error)) from error
    if type(values) is not tuple or not values:
        raise NoValueError(type(values).__name__)
    return values


class _Writing(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """A member of an enumeration by its value: early versions of Python 3.11 write it with `getattr`."""
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


class _Reading(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """What a name stands for, if it is a kind of value."""
        if (module, name) in _OTHERS:
            return pkgutil.resolve_name(f"{module}:{name}")
        if module.startswith("granskning.") and name.isidentifier():
            kind = pkgutil.resolve_name(f"{module}:{name}")
            if isinstance(kind, type) and kind.__module__ == module and _is_of_values(kind):
                return kind
        message = f"{module}.{name}"
        raise NoValueError(message)


def _is_of_values(kind: type) -> bool:
    """Whether what it makes stays as it is made: what changes, or does something, is no value."""
    if (dataclass := getattr(kind, "__dataclass_params__", None)) is not None:
        return bool(dataclass.frozen)
    return issubclass(kind, Enum | GranskningError | Words | tuple)


def _portable(value: Any) -> Any:
    if not isinstance(value, GranskningError):
        return value
    return type(value)(value.message, value.hint, **{name: _plain(inner) for name, inner in value.values.items()})


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float) or value is None else str(value)
