"""The one line whose indentation makes a text unreadable, which often stands far above where the parser falls.

An example: a question of a review begins three spaces in where the others begin two in. The parser takes that for the
level of all, and falls at the next question, thirty lines on. So every line near the fall is given the indentations
that others have, one at a time, and the text is read again: the line with which it is whole is the one to change.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from granskning.workspace.yaml.stumbles import BLOCK_TEXT, INDENTATION, MOVED, Stumble, find_stumble, levels_above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_KEY = re.compile(r"(?P<indent> *)(?P<dash>- +)?(?P<key>[^\s:#\[\]{}\"'&*!|>%@`-][^:#]*?):(?:\s|\Z)")
_ABOVE = 60
"""So many lines with content above the parser's are looked at: those of a question, written out."""
_BELOW = 40
"""So many lines after the parser's must be readable too."""
_OF_INDENTATION = ("did not find expected key", "expected <block end>", "did not find expected '-' indicator")
"""What the parser says where nothing but the indentation needs to be wrong."""
_TRIES = 100
"""So often a text is read again; each takes some thousandths of a second."""


class _Moved(NamedTuple):
    """A line, from 0, the spaces that it begins with and those that would make the text whole."""

    line: int
    spaces: int
    wanted: int
    is_usual: bool
    """Whether the same key stands so somewhere else in the text."""
    is_text: bool
    """Whether the line has no key."""
    is_rare: bool
    """Whether a single line begins so far in: it may be the line itself that is wrong."""
    is_first: bool
    """Whether no key stands above the line."""

    @property
    def unlikeliness(self) -> tuple[bool, bool, bool, bool, int, int]:
        """What comes first is tried first."""
        return (
            not self.is_usual,
            self.is_text,
            self.is_first,
            self.is_rare,
            abs(self.wanted - self.spaces),
            self.line,
        )


def find_cause(
    problem: str, lines: Sequence[str], at: int | None, count_keys: Callable[[str], int | None]
) -> Stumble | None:
    """The cause of a fault that the parser met at line `at` and told in its words; None where nothing shows one.

    `count_keys` reads a text; None where it is not readable. It is asked where only the indentation can be wrong.
    """
    stumble = find_stumble(lines, at)
    may_be_moved = (
        any(words in problem for words in _OF_INDENTATION) if stumble is None else stumble.message in INDENTATION
    )
    if at is None or not may_be_moved:
        return stumble
    moved = _find_moved(lines, at, count_keys)
    if moved is None or (stumble is not None and moved.line == stumble.line):
        return stumble
    if stumble is not None and stumble.message == BLOCK_TEXT and not moved.is_usual and _is_level(lines, moved.line):
        return stumble
    return Stumble(MOVED, moved.line, moved.spaces, {"spaces": moved.spaces, "wanted": moved.wanted})


def _find_moved(lines: Sequence[str], at: int, count_keys: Callable[[str], int | None]) -> _Moved | None:
    """The line to change where changing one line's indentation is enough.

    A key that becomes a part of the text above it makes a text readable too, and is no mend: the more keys the better.
    """
    part = list(lines[: at + _BELOW])
    keys = {number: key for number, line in enumerate(part) if (key := _KEY.match(line)) is not None}
    best, most = None, 0
    for moved in sorted(_candidates(part, at, keys), key=lambda moved: moved.unlikeliness)[:_TRIES]:
        line = part[moved.line]
        part[moved.line] = " " * moved.wanted + line.lstrip(" ")
        count = count_keys("\n".join(part)) or 0
        part[moved.line] = line
        if count > most:
            best, most = moved, count
        if most >= len(keys):
            break
    return best


def _candidates(lines: Sequence[str], at: int, keys: Mapping[int, re.Match[str]]) -> Iterator[_Moved]:
    """Every line near the fall with every indentation that some key has."""
    usual: dict[tuple[bool, str], set[tuple[int, int]]] = {}
    for number, key in keys.items():
        usual.setdefault((bool(key["dash"]), key["key"]), set()).add((len(key["indent"]), number))
    levels = Counter(len(key["indent"]) for key in keys.values())
    above = range(min(at, len(lines) - 1), -1, -1)
    content = [number for number in above if lines[number].strip() and not lines[number].lstrip().startswith("#")]
    for number in content[:_ABOVE]:
        spaces = len(lines[number]) - len(lines[number].lstrip(" "))
        same = usual[bool(keys[number]["dash"]), keys[number]["key"]] if number in keys else set()
        for wanted in sorted(levels.keys() - {spaces}):
            is_usual = any(indent == wanted and other != number for indent, other in same)
            is_first = number <= min(keys, default=0)
            yield _Moved(number, spaces, wanted, is_usual, number not in keys, levels[wanted] == 1, is_first)


def _is_level(lines: Sequence[str], number: int) -> bool:
    """Whether a key stands level with one above it, or is the first under one."""
    own = len(lines[number]) - len(lines[number].lstrip(" "))
    above = next((key for line in reversed(lines[:number]) if (key := _KEY.match(line)) is not None), None)
    is_first = above is not None and above.start("key") < own and not above.string[above.end() :].strip()
    return is_first or own in levels_above(lines, number)
