"""Values as bytes and back, for the way between two machines: what comes back can make nothing but values.

A pickle may name any function there is. This reading knows the program's own values, dates and numbers, and no more.
"""

from __future__ import annotations

import dataclasses
import io
import pickle
import pkgutil
from enum import Enum
from typing import Any

from granskning.errors import GranskningError
from granskning.findings.finding import Words

_PROTOCOL = 5
_OTHERS = frozenset({
    ("datetime", "datetime"), ("datetime", "timezone"), ("datetime", "timedelta"), ("fractions", "Fraction"),
    ("builtins", "frozenset"), ("builtins", "set"), ("granskning.errors", "_rebuild"),
    ("granskning.findings.suggestions", "KnownNames"),
})  # fmt: skip


class NoValueError(Exception):
    """What was to be read is damaged, or holds something else than values."""


def pack(value: Any) -> bytes:
    """A value as bytes. What an error tells of becomes text where it is no plain value."""
    if isinstance(value, GranskningError):
        kind, plain = type(value), {name: _plain(inner) for name, inner in value.values.items()}
        value = kind(value.message, value.hint, **plain)
    packed = io.BytesIO()
    pickler = pickle.Pickler(packed, protocol=_PROTOCOL)
    pickler.dispatch_table = {}  # Dask brings a library that writes errors in its own way, wherever it is loaded
    pickler.dump(value)
    return packed.getvalue()


def unpack(data: bytes) -> Any:
    """The value. Raises NoValueError."""
    try:
        return _Reading(io.BytesIO(data)).load()
    except NoValueError:
        raise
    except Exception as error:  # a damaged pickle raises whatever comes
        raise NoValueError(str(error)) from error


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
    return dataclasses.is_dataclass(kind) or issubclass(kind, Enum | GranskningError | Words | tuple)


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float) or value is None else str(value)
