"""What was meant by a key or a value written in the reader's own words: `motivering`, `hela texten`, `Klar`.

The schemas have those words: the titles of keys, and what each value of a list stands for, in both languages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.model.method import Scale

_WORD = re.compile(r"\w+")
_DESCRIPTIONS = "markdownEnumDescriptions"
_QUOTES = "\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK} "
_NUMBERS = {
    word: str(number)
    for words in (
        "noll ett två tre fyra fem sex sju åtta nio tio",
        "zero one two three four five six seven eight nine ten",
    )
    for number, word in enumerate(words.split())
}
_STATES = {
    **dict.fromkeys(("ej tillämplig", "inte tillämplig", "kan inte tillämpas", "ej aktuell", "ej relevant", "n/a",
                     "not applicable"), "not_applicable"),
    **dict.fromkeys(("vet ej", "vet inte", "kan inte bedömas", "går inte att bedöma", "kan ej bedömas",
                     "cannot be assessed"), "insufficient_evidence"),
}  # fmt: skip
"""How what is no level is written where a level stands."""


def meant_key(written: str, properties: Mapping[str, Any]) -> str | None:
    """The key whose title somebody wrote instead; None where it is no key's."""
    wanted = _plain(written)
    return next((key for key, schema in properties.items() if wanted in map(_plain, _titles(schema))), None)


def meant_value(written: str, schema: Mapping[str, Any]) -> str | None:
    """The value whose description has all the words that somebody wrote; of several the shortest described one."""
    wanted = _WORD.findall(written.casefold())
    meant = [
        (len(description), str(value))
        for described in (schema, schema.get("x-en", {}))
        for value, description in zip(schema.get("enum", ()), described.get(_DESCRIPTIONS, ()), strict=False)
        if wanted and _has_all(_WORD.findall(description.casefold()), wanted)
    ]
    return min(meant)[1] if meant else None


def meant_level(written: str, scale: Scale) -> str:
    """The level that is written in words (Delvis, 3 Styr, två) or with a comma, or the state; else what was written."""
    bare = written.strip(_QUOTES).casefold()
    for level in scale.levels:
        labels = [label.casefold() for label in level.label.values()]
        if bare in labels or any(bare in (f"{level.key} {label}", f"{level.key}. {label}") for label in labels):
            return level.key
    known = {level.key for level in scale.levels}
    number = _NUMBERS.get(bare, bare).replace(",", ".")
    state = next((state for words, state in _STATES.items() if bare.startswith(words)), bare)
    return number if number in known else state


def _has_all(words: list[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in wanted)


def _titles(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield schema.get("title", "")
        yield schema.get("x-en", {}).get("title", "")


def _plain(written: str) -> str:
    return written.strip().replace("_", " ").casefold()
