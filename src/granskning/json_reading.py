"""JSON that comes back: what the program once wrote, or a page or another program gives it.

Text in, plain values out, or ValueError for all that JSON does not have or that could not be written again.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NoReturn

_DEEPEST = 100
"""Levels of lists and objects within each other; what the program writes has less than twenty."""


def parse_json(text: str | bytes) -> Any:
    """The values. Raises ValueError for what is no JSON, is nested too deep or has half a character."""
    try:
        values = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError from error
    _require_shallow(values)
    return values


def parse_object(text: str | bytes) -> dict[str, Any]:
    """The values of a JSON object; none where it is no object, or no JSON."""
    try:
        return require_object(text)
    except ValueError:
        return {}


def require_object(text: str | bytes) -> dict[str, Any]:
    """The values of a JSON object. Raises ValueError for anything else."""
    values = parse_json(text)
    if not isinstance(values, dict):
        raise ValueError  # noqa: TRY004  # one error for all that is not as it should be
    return values


def json_fingerprint(values: object) -> str:
    """SHA-256 of values, in whatever order their keys stand; the same when they have been written and read."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _refuse(_constant: str) -> NoReturn:
    """NaN and the infinities, which Python reads but JSON does not have."""
    raise ValueError


def _require_shallow(values: Any) -> None:
    """Raise ValueError for what is nested too deep, or has text that no file can hold (a lone surrogate)."""
    level = [values]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for item in level:
            if isinstance(item, str):
                item.encode()  # UnicodeEncodeError is a ValueError
            elif isinstance(item, dict):
                below += item
                below += item.values()
            elif isinstance(item, list):
                below += item
        if not below:
            return
        level = below
    raise ValueError
