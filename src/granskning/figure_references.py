"""Figures that a text names instead of stating them, as `{indicator: vab-dagar, area: 19, sex: women}`.

Text in, what is asked for out. What the figure is, whoever shows the text knows; a text never has the figure itself, so
that a refreshed indicator changes every sentence that names it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REFERENCE = re.compile(r"\{\s*indicator\b[^{}]*\}?")
"""From the opening brace to the closing one, or to the end where that is missing."""
_WHOLE = re.compile(r"\{\s*(?P<parts>indicator\s*:[^{}]*)\}")
_KEYS = ("indicator", "area", "sex", "period", "show")
REFERENCE_SEXES = ("women", "men", "mixed", "total")
SHOWN = ("value", "place")
_CLOSED = "\"'"


class FigureReference(NamedTuple):
    """What is asked for: an indicator's figure of an area, a sex and a period, or where and when it is of."""

    indicator: str
    area: str = ""
    """Code or name; empty for the folder's own area."""
    sex: str = ""
    """Empty for women and men with the place beside."""
    period: str = ""
    """Empty for the latest."""
    show: str = "value"
    """The value, or the place: area and period."""


class WrongReference(NamedTuple):
    """A reference that cannot be read: the part that is wrong."""

    part: str


def read_reference(written: str) -> FigureReference | WrongReference:
    """What stands between two braces."""
    whole = _WHOLE.fullmatch(written)
    if whole is None:
        return WrongReference(" ".join(written.split()))
    parts: dict[str, str] = {}
    for part in whole["parts"].split(","):
        key, _, value = (piece.strip(_CLOSED) for piece in " ".join(part.split()).partition(":"))
        key, value = key.strip(), value.strip().strip(_CLOSED)
        if key not in _KEYS or key in parts or not value:
            return WrongReference(" ".join(part.split()))
        parts[key] = value
    if parts.get("sex", "women") not in REFERENCE_SEXES:
        return WrongReference(f"sex: {parts['sex']}")
    if parts.get("show", "value") not in SHOWN:
        return WrongReference(f"show: {parts['show']}")
    return FigureReference(**parts)


def references_in(text: str) -> Iterator[FigureReference | WrongReference]:
    """All of a text, in order."""
    yield from (read_reference(match[0]) for match in REFERENCE.finditer(text))


def fill(text: str, tell: Callable[[FigureReference | WrongReference], str]) -> str:
    """The text with words in the place of each reference."""
    return REFERENCE.sub(lambda match: tell(read_reference(match[0])), text) if "{" in text else text
