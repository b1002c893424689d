"""JSON of a statistics service, read strictly: what a careless reader takes for a number is refused."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from granskning.i18n import N_
from granskning.statistics.unexpected import UnexpectedFormError

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEEPEST = 60
"""Levels of lists and objects within each other; a JSON-stat answer has less than ten."""
_NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LONGEST_NUMBER = 40
"""Digits; no statistics has more, and Python takes a second over a million of them."""


def read_json(data: bytes) -> Any:
    """The values, with decimals exact. Raises UnexpectedFormError."""
    if not data.strip():
        raise UnexpectedFormError(N_("the answer is empty"))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnexpectedFormError(N_("the answer is UTF-16, where UTF-8 is promised"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnexpectedFormError(N_("the answer is not UTF-8 at byte {place}"), place=error.start) from None
    if text.lstrip()[:1] == "<":
        raise UnexpectedFormError(N_("the answer is a web page, not data"))
    try:
        values = json.loads(
            text, parse_float=_decimal, parse_int=_whole, parse_constant=_refuse, object_pairs_hook=_pairs
        )
    except RecursionError:
        raise UnexpectedFormError(N_("the answer is nested too deep")) from None
    except json.JSONDecodeError as error:
        message = N_("the answer is no JSON: line {line}, column {column}")
        raise UnexpectedFormError(message, line=error.lineno, column=error.colno) from None
    _require_shallow(values)
    if "\\u" in text:
        _require_letters(values)
    return values


def read_object(data: bytes) -> dict[str, Any]:
    """The values of an answer that is to be one object. Raises UnexpectedFormError."""
    values = read_json(data)
    if not isinstance(values, dict):
        raise UnexpectedFormError(N_("the answer is not a JSON object"))
    return values


def text_of(values: Mapping[str, Any], key: str, default: str | None = None) -> str | None:
    """A text under a key; the default where there is none. Raises UnexpectedFormError for anything else."""
    value = values.get(key)
    if value is None:
        return default
    if not isinstance(value, str):
        raise UnexpectedFormError(N_("{key} is not text"), key=key)
    return " ".join(value.split()) or default


def whole_of(values: Mapping[str, Any], key: str) -> int | None:
    """A whole number under a key. Raises UnexpectedFormError for anything else."""
    value = values.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnexpectedFormError(N_("{key} is not a whole number"), key=key)
    return value


def number(value: Any, key: str) -> Decimal:
    """A number of an answer, exactly. Raises UnexpectedFormError for text, truth values and anything else."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise UnexpectedFormError(N_("{key} has something that is no number: {value}"), key=key, value=str(value)[:40])


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if len(text) > _LONGEST_NUMBER or not -_LONGEST_NUMBER < value.adjusted() < _LONGEST_NUMBER:
        raise UnexpectedFormError(N_("a number is far too long"))
    return value


def _whole(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise UnexpectedFormError(N_("a number is far too long"))
    return int(text)


def _refuse(constant: str) -> NoReturn:
    raise UnexpectedFormError(N_("the answer has {value}, which is no number"), value=constant)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnexpectedFormError(N_("the answer has the key {key} twice"), key=twice[:80])
    return values


def _require_letters(values: Any) -> None:
    """Raise UnexpectedFormError for what is escaped and is no letter: half a character, or one that terminals obey."""
    level = [values]
    while level:
        item = level.pop()
        if isinstance(item, dict):
            level += [*item, *item.values()]
        elif isinstance(item, list):
            level += item
        elif isinstance(item, str) and _NO_LETTER.search(item):
            raise UnexpectedFormError(N_("the answer has a character that is no letter"))


def _require_shallow(values: Any) -> None:
    level = [values]
    for _ in range(_DEEPEST):
        level = [child for item in level if isinstance(item, dict | list)
                 for child in (item.values() if isinstance(item, dict) else item)]  # fmt: skip
        if not level:
            return
    raise UnexpectedFormError(N_("the answer is nested too deep"))
