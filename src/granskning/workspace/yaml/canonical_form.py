"""One spelling of a value, and its hash: equal content, equal fingerprint, however the YAML is laid out."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from fractions import Fraction
from functools import cache
from typing import Any


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces, fractions as text; of model values, their fields."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical spelling."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _plain(value: Any) -> Any:
    kind = type(value)
    if dataclasses.is_dataclass(kind):
        fields = ((name, getattr(value, name), unset) for name, unset in _fields_of(kind))
        return {name: content for name, content, unset in fields if unset is _SAID or content != unset}
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(kind)


_SAID = object()
"""In the place of an unset value, of a field that is said whatever its value is."""


@cache  # of classes, of which there are some dozens; a set has thousands of values
def _fields_of(kind: type) -> tuple[tuple[str, Any], ...]:
    """The fields that are spelt out, and the value with which each is not.

    A field that came later is not said while it is unset, so that what was hashed before it came keeps its hash.
    """
    return tuple(
        (field.name, _unset(field) if field.metadata.get("silent_when_unset") else _SAID)
        for field in dataclasses.fields(kind)
        if field.compare and field.name != "file"
    )


def _unset(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
