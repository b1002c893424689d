"""A compiled gettext catalogue (.mo), in which a message is looked up where it lies.

The library's own reader takes all messages in before the first is said: half as long as Python takes to start, for the
few dozen that a command says. The messages of a catalogue lie in order, so one is found by halving.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from gettext import c2py
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MAGIC = 0x950412DE
_HEAD, _WORD, _PAIR = 20, 4, 8
_PLURAL = r"(?m)^Plural-Forms:.*?plural=([^;\n]*)"


class Catalogue:
    """The messages of one language; a message that has none there is said as it stands."""

    def __init__(self, data: bytes) -> None:
        """`data` is the file; empty where the program's own words are in the language of the msgids."""
        self._data = data
        self._is_little = data.startswith(_MAGIC.to_bytes(_WORD, "little"))
        is_whole = len(data) >= _HEAD and self._number(0) == _MAGIC
        self._count, self._messages, self._meanings = (self._number(place) if is_whole else 0 for place in (8, 12, 16))
        self._found: dict[str, list[str]] = {}

    def gettext(self, message: str) -> str:
        """The message in the language."""
        forms = self._forms(message)
        return forms[0] if forms else message

    def ngettext(self, text: str, many: str, count: int) -> str:
        """The message for that many."""
        forms = self._forms(text)
        if not forms:
            return text if count == 1 else many
        return forms[self._form_of(count)] if len(forms) > 1 else forms[0]

    @cached_property
    def _form_of(self) -> Callable[[int], int]:
        """Which of the forms goes with a number, as the catalogue itself says."""
        rule = re.search(_PLURAL, self.gettext(""))
        return c2py(rule[1] if rule else "n != 1")

    def _forms(self, message: str) -> list[str]:
        """What a message is in the language: one text, or one for each kind of number; none where it is not there."""
        forms = self._found.get(message)
        if forms is None:
            forms = self._found[message] = self._look(message.encode())
        return forms

    def _look(self, key: bytes) -> list[str]:
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            known = self._text(self._messages, middle).partition(b"\0")[0]  # after it the message for many
            if known == key:
                return self._text(self._meanings, middle).decode().split("\0")
            low, high = (middle + 1, high) if known < key else (low, middle)
        return []

    def _text(self, table: int, place: int) -> bytes:
        length, start = (self._number(table + _PAIR * place + part) for part in (0, _WORD))
        return self._data[start : start + length]

    def _number(self, place: int) -> int:
        return int.from_bytes(self._data[place : place + _WORD], "little" if self._is_little else "big")


@cache
def read_catalogue(place: Path) -> Catalogue:
    """The catalogue of a file, read once; an empty one where there is none."""
    return Catalogue(place.read_bytes() if place.is_file() else b"")
