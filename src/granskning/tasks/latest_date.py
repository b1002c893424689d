"""The latest date that something says it is from, which is the date that a report of it speaks of."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

_WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_DATED = frozenset({"date", "retrieved"})


def latest_date(value: Any) -> str:
    """The latest whole date that a model value says it is from; plans for the future don't count."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = []
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if field.name in _DATED and isinstance(inner, str):
                parts.append(inner if _WHOLE_DATE.match(inner) else "")
            else:
                parts.append(latest_date(inner))
        return max(parts, default="")
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, tuple | list):
        return ""
    return max((latest_date(inner) for inner in value), default="")
