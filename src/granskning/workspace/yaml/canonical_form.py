"""One spelling of a value, and its hash: equal content, equal fingerprint, however the YAML is laid out."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from fractions import Fraction
from typing import Any


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces, fractions as text; of model values, their fields."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical spelling."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: getattr(value, field.name)
            for field in dataclasses.fields(value)
            if field.compare and field.name != "file" and not _is_silent(field, getattr(value, field.name))
        }
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(type(value))


def _is_silent(field: dataclasses.Field[Any], value: Any) -> bool:
    """Whether a field that came later is unset, so that what was hashed before it came keeps its hash."""
    if not field.metadata.get("silent_when_unset"):
        return False
    unset = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
    return bool(value == unset)
