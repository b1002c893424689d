"""What a planner wrote that YAML stumbles on, found in the raw lines; the parser tells where it fell, in its own words.

An example: `level:1` is text to YAML, which tells of the next line, where a colon "cannot stand". The cause is the
missing space, and stands a line above.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from granskning.errors import Words
from granskning.findings.finding import FilledWords
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_KEY = re.compile(r"(?P<indent> *)(?:- )*(?P<key>[^\s:#\[\]{}\"'&*!|>%@`-][^:#]*?):(?P<rest>(?:\s.*)?)\Z")
_UNSPACED = re.compile(r" *(?:- )*(?P<key>[a-zåäö_]+):(?![\s/])(?=\S)", re.IGNORECASE)
_STRANGE_SPACE = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{EN SPACE}\N{EM SPACE}\N{THIN SPACE}]")
_QUOTED = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#]""")
_BRACKETED = re.compile(r"\s*(\[[^\]]*\]|\{[^}]*\})\s*[^\s#]")
_HYPHEN = re.compile(r"\s+-\s+[^\s#]")
_BLOCK = re.compile(r"\s*[|>][+-]?[0-9]?\s*(#.*)?\Z")
_BLOCK_AND_TEXT = re.compile(r"\s*[|>](?:[+-]?[0-9]?|[0-9]?[+-]?)(?P<text>\s+)[^\s#]")
_FENCE = re.compile("```|~~~")
_DASH = re.compile(r" *(?:(?P<dash>-)(?! )|[\N{EN DASH}\N{EM DASH}\N{BULLET}*] ?)(?P<key>[a-zåäö_]+):(?:\s|\Z)")
_PLAIN_KEY = re.compile(r"(?P<indent> *)[a-zåäö_-]+:(?:\s|\Z)")
_COLONLESS = re.compile(r"(?P<before>(?P<indent> *(?:- +)?)[a-zåäö_-]+)(?: ?[=;,.\N{FULLWIDTH COLON}] ?\S*| \S+)?\s*\Z")
_BACK = 3
"""So many lines above the parser's, a cause is looked for: a folded text and its key."""

SPACE = N_("a no-break space stands where an ordinary space belongs")
COLON = N_("a space is missing after the colon")
BRACKET = N_("text that begins with a bracket and goes on after it must be put in quotation marks or a >- block")
QUOTE = N_("text that begins with a quotation mark and goes on after it must be put in a >- block")
HYPHEN = N_("text that begins with a hyphen must be put in a >- block; a list begins on the line below its key")
FURTHER = N_("the line is indented further than the line above, which it should stand level with")
LESS = N_("the line is indented less than the line above, which it should stand level with")
BLOCK_TEXT = N_("the text under a key with >- or | must be indented further than the key")
BLOCK_START = N_("after >- or | the text begins on the next line, indented further than the key")
FENCE = N_("the line marks a code block in the document that the text was copied from; take it away")
DASH = N_("an item of a list begins with a hyphen and a space")
NO_COLON = N_("the key on the line has no colon after it")
MOVED = N_("the line begins with {spaces} spaces, where {wanted} would agree with the lines around it")
INDENTATION = frozenset({FURTHER, LESS, BLOCK_TEXT})
"""What is said of a line by its indentation, and may come of another line's."""


_PROBLEMS = (
    # what PyYAML and libyaml say, and what a planner can use
    ("mapping values are not allowed", N_("a colon followed by a space stands inside unquoted text")),
    ("could not find expected ':'", N_("a line without a colon, or wrong indentation")),
    ("did not find expected key", N_("the indentation does not match the lines above")),
    ("expected <block end>", N_("the indentation does not match the lines above")),
    ("did not find expected '-' indicator", N_("the indentation does not match the list above")),
    ("block sequence entries are not allowed", N_("a list item (-) stands where none can be")),
    ("expected ',' or", N_("a comma or the closing bracket is missing")),
    ("unexpected end of stream", N_("a quotation mark or bracket is never closed")),
    ("unknown escape", N_("a backslash in a double-quoted text means something else here; use single quotes")),
    ("undefined tag handle", N_("text that begins with an exclamation mark must be quoted")),
    ("mapping keys are not allowed", N_("the character cannot begin an unquoted text; put it in quotes or a >- block")),
    ("cannot start any token", N_("the character cannot begin an unquoted text; put it in quotes or a >- block")),
    ("alphabetic or numeric character", N_("text that begins with * or & must be quoted")),
    ("document start", N_("there is text after the end of the document, or the indentation is wrong")),
)  # fmt: skip
_TAB = N_("a tab is used for indentation; use spaces")
_UNCLEAR = N_("the line cannot be understood as YAML")


class Stumble(NamedTuple):
    """A cause, as a msgid with its values, and where it stands; lines from 0, columns from 0."""

    message: str
    line: int
    column: int
    values: Mapping[str, object] = MappingProxyType({})

    @property
    def words(self) -> FilledWords | Words:
        """The cause as a finding's value."""
        return FilledWords(self.message, self.values) if self.values else Words(self.message)


def plain_problem(problem: str, lines: Sequence[str], at: int | None) -> str:
    """The msgid that says in plain words what the parser stumbled on."""
    if _is_tabbed(lines, at):
        return _TAB
    return next((plain for technical, plain in _PROBLEMS if technical in problem), _UNCLEAR)


def _is_tabbed(lines: Sequence[str], at: int | None) -> bool:
    line = lines[at] if at is not None and at < len(lines) else ""
    return "\t" in line[: len(line) - len(line.lstrip())]


def find_stumble(lines: Sequence[str], at: int | None) -> Stumble | None:
    """The cause of a fault that the parser met at line `at`; None where the lines show none."""
    if at is None or _is_tabbed(lines, at):
        return None
    nearby = [number for number in range(at, at - _BACK - 1, -1) if 0 <= number < len(lines)]
    for look in (_fence, _strange_space, _odd_beginning, _text_after_block, _unspaced, _dash, _unindented_text):
        for number in nearby:
            if (stumble := look(lines, number)) is not None:
                return stumble
    return _colonless(lines, at) or _indentation(lines, at)


def _fence(lines: Sequence[str], number: int) -> Stumble | None:
    return Stumble(FENCE, number, 0) if _FENCE.match(lines[number]) else None


def _text_after_block(lines: Sequence[str], number: int) -> Stumble | None:
    if (key := _KEY.match(lines[number])) is None or (block := _BLOCK_AND_TEXT.match(key["rest"])) is None:
        return None
    return Stumble(BLOCK_START, number, key.start("rest") + block.end("text"))


def _dash(lines: Sequence[str], number: int) -> Stumble | None:
    """A list item with another sign than the hyphen, or with no space after it, and a key."""
    match = _DASH.match(lines[number])
    return Stumble(DASH, number, _indent(lines[number])) if match else None


def _colonless(lines: Sequence[str], at: int) -> Stumble | None:
    """A word, and perhaps another, just above a key that it stands level with: to YAML a text that the key goes on."""
    if at >= len(lines) or (key := _PLAIN_KEY.match(lines[at])) is None:
        return None
    above = next((number for number in range(at - 1, -1, -1) if lines[number].strip()), None)
    if above is None or (match := _COLONLESS.match(lines[above])) is None:
        return None
    level = len(match["indent"]) == len(key["indent"])
    return Stumble(NO_COLON, above, match.end("before")) if level else None


def _strange_space(lines: Sequence[str], number: int) -> Stumble | None:
    line = lines[number]
    for match in _STRANGE_SPACE.finditer(line):
        before = line[: match.start()]
        if not before.strip(" -") or before.rstrip().endswith(":"):
            return Stumble(SPACE, number, match.start())
    return None


def _odd_beginning(lines: Sequence[str], number: int) -> Stumble | None:
    if (key := _KEY.match(lines[number])) is None:
        return None
    column = key.start("rest") + len(key["rest"]) - len(key["rest"].lstrip())
    for pattern, message in ((_BRACKETED, BRACKET), (_QUOTED, QUOTE), (_HYPHEN, HYPHEN)):
        if pattern.match(key["rest"]):
            return Stumble(message, number, column)
    return None


def _unspaced(lines: Sequence[str], number: int) -> Stumble | None:
    match = _UNSPACED.match(lines[number])
    return Stumble(COLON, number, match.end()) if match else None


def _unindented_text(lines: Sequence[str], number: int) -> Stumble | None:
    key = _KEY.match(lines[number])
    if key is None or not _BLOCK.match(key["rest"]):
        return None
    under = next((later for later in range(number + 1, len(lines)) if lines[later].strip()), None)
    if under is None or _indent(lines[under]) > len(key["indent"]) or _KEY.match(lines[under]):
        return None
    return Stumble(BLOCK_TEXT, under, _indent(lines[under]))


def _indentation(lines: Sequence[str], at: int) -> Stumble | None:
    """A key that stands level with no key above it, where it could."""
    if at >= len(lines) or (key := _KEY.match(lines[at])) is None:
        return None
    own = len(key["indent"])
    above = next(_keys_above(lines, at), None)
    if above is None:
        return None
    indent, rest = above
    if own > indent and rest.strip() and not _BLOCK.match(rest):
        return Stumble(FURTHER, at, own)
    if own < indent and own not in levels_above(lines, at):
        return Stumble(LESS, at, own)
    return None


def _keys_above(lines: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    """The indentation and what follows, of the keys above a line, the nearest first."""
    for number in range(at - 1, -1, -1):
        if (key := _KEY.match(lines[number])) is not None:
            yield key.start("key"), key["rest"]


def levels_above(lines: Sequence[str], at: int) -> set[int]:
    """The indentations of the keys that a line could stand level with: each one less than those below it."""
    levels: set[int] = set()
    for indent, _ in _keys_above(lines, at):
        if not levels or indent < min(levels):
            levels.add(indent)
    return levels


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
