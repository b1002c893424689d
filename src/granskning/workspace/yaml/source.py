"""YAML text in, plain values and faults out; and where in the text a path stands.

Stricter than YAML: UTF-8 only, one document, no anchors, aliases, tags or merge keys, no key twice, limits on size
and depth. Scalars follow the core rules of YAML 1.2, but a number with leading zeros, a clock time and a date stay
text, and so does every key. A fault that does not hinder reading on is collected and reading goes on.

Never decides what a value means; that is the schema's work. Never keeps positions: `Locator` finds them on demand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import yaml
from yaml.composer import Composer
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import BaseResolver
from yaml.scanner import Scanner

from granskning.errors import Words
from granskning.files import TEXT
from granskning.findings.finding import Path, Place
from granskning.workspace.yaml.misindented import find_cause
from granskning.workspace.yaml.stumbles import plain_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from yaml.error import Mark
    from yaml.nodes import Node

MAX_DEPTH = 32

PROSE = frozenset({
    "about", "contact", "counts_as_evidence", "description", "en", "excludes", "insufficient_evidence",
    "justification", "label", "measures", "mistakes", "not_applicable", "not_by_sex", "not_read", "note", "open",
    "outcome", "paraphrase", "picture", "question", "quote", "reason", "recommendation", "short_title", "sought",
    "summary", "sv", "text", "title", "unit", "where", "why", "within",
})  # fmt: skip
"""Keys whose values are running text; a test holds them equal to the schemas' `x-prose`."""
TEXTS = PROSE | {
    "area_code", "body", "case_number", "cost", "logo_text", "organisation", "producer", "responsible", "role",
    "section", "table",
}  # fmt: skip
"""Keys whose values are text however they look: 1.10 is a case number, and not 1.1. A test holds the schemas to it."""

_FIXED = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMBER = re.compile(r"[-+]?(?:(0|[1-9][0-9]{0,17})|[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]{1,3})?)\Z")
_NUMBERS = (int, float)
_LONGEST_FIXED = 5
_TOO_LARGE = (float("inf"), float("-inf"))
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not let into a text."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the text itself: the code of its rule, values for the message, and the place."""

    code: str
    place: Place
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class YamlReading:
    """What came out of a text. `whole` is False when reading had to stop, so nothing more can be said of it."""

    value: Any
    faults: tuple[Fault, ...]
    whole: bool


if yaml.__with_libyaml__:
    from yaml._yaml import CParser

    class _Parser(CParser):
        """libyaml's parser with a resolver that resolves nothing."""

        def resolve(self, kind: type[Node], value: str, implicit: tuple[bool, bool]) -> str:  # noqa: ARG002
            return "tag"

        def descend_resolver(self, node: Node, index: object) -> None:
            pass

        def ascend_resolver(self) -> None:
            pass

else:  # a computer without libyaml: the same events, more slowly

    class _Parser(Reader, Scanner, Parser, Composer, BaseResolver):  # type: ignore[no-redef]
        """PyYAML's own parser."""

        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)
            BaseResolver.__init__(self)


def decode(data: bytes) -> str | Fault:
    """Return the text of a file, without byte order mark, or what hinders it from being text."""
    if len(data) > TEXT.most:
        return Fault("GR004", _START, {"size": len(data), "limit": TEXT.most})
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Fault("GR002", _START, {})
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        return Fault("GR003" if b"\0" in data[:8192] else "GR002", _point(before), {})
    if "\0" in text:
        return Fault("GR003", _point(text[: text.index("\0")]), {})
    return text


def read(text: str) -> YamlReading:
    """Read one YAML document."""
    if "<<<<<<<" in text and (conflict := re.search(r"^<{7}(?: |$)", text, re.MULTILINE)):
        return YamlReading(None, (Fault("GR007", _point(text[: conflict.start()]), {}),), whole=False)
    reader = _EventReader(text)
    try:
        reader.run()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if _TOO_DEEP in (error.problem or ""):  # libyaml from 0.2.6 on looks ahead, and stops before we have counted
            fault = Fault("GR006", _at(mark, mark), {"limit": MAX_DEPTH})
        else:
            fault = _unreadable(error.problem or "", text, mark)
        return YamlReading(None, (*reader.faults, fault), whole=False)
    except yaml.reader.ReaderError:
        stranger = _NOT_TEXT.search(text)
        before = text[: stranger.start()] if stranger else ""
        return YamlReading(None, (*reader.faults, Fault("GR003", _point(before), {})), whole=False)
    except _StopReading:
        return YamlReading(reader.root, tuple(reader.faults), whole=False)
    if reader.documents == 0 or (reader.root is None and not reader.faults):
        return YamlReading(None, (*reader.faults, Fault("GR005", _START, {})), whole=False)
    return YamlReading(reader.root, tuple(reader.faults), whole=True)


def scalar(plain: str) -> Any:
    """The value of a plain (unquoted) scalar by the core rules of YAML 1.2, narrowed as the module says."""
    if plain and plain[0] in "-+0123456789":
        match = _NUMBER.match(plain)
        if match is None:
            return plain
        number = int(plain) if match.group(1) else float(plain)
        return plain if number in _TOO_LARGE else number
    return _FIXED.get(plain, plain) if len(plain) <= _LONGEST_FIXED else plain


class _StopReading(Exception):  # noqa: N818  # a signal within this module, not an error
    """What follows cannot be understood."""


class _EventReader:
    """One pass over the parser's events; `run` leaves `root`, `documents` and `faults`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Any = None
        self.documents = 0
        self.faults: list[Fault] = []

    def run(self) -> None:  # noqa: C901, PLR0912, PLR0915  # one loop over events: the hot path of every command
        get: Callable[[], Any] = _Parser(self.text).get_event
        stack: list[tuple[Any, Any]] = []
        doubles: list[tuple[dict[Any, Any], object]] = []
        current: Any = None
        key: Any = None
        has_key = False
        while True:
            event = get()
            kind = type(event)
            if kind is ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._not_allowed(event)
                plain = event.implicit[0]
                if has_key:
                    value = event.value
                    if plain:
                        if key in PROSE:
                            self._note_cut(event)
                        value = scalar(value)
                        if key in TEXTS and type(value) in _NUMBERS:
                            value = event.value
                    current[key] = value
                    has_key = False
                elif type(current) is dict:
                    key = event.value
                    has_key = True
                    if key in current:
                        self.faults.append(Fault("GR102", _at(event.start_mark, event.end_mark), {"key": key}))
                        key = object()
                        doubles.append((current, key))
                    elif key == "<<" and plain:
                        self.faults.append(Fault("GR105", _at(event.start_mark, event.end_mark), {}))
                        key = object()
                        doubles.append((current, key))
                else:
                    value = scalar(event.value) if plain else event.value
                    if current is None:
                        self.root = value
                    else:
                        current.append(value)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor is not None or event.tag is not None:
                    self._not_allowed(event)
                if len(stack) >= MAX_DEPTH:
                    self._stop("GR006", event, limit=MAX_DEPTH)
                new: Any = {} if kind is MappingStartEvent else []
                stack.append((current, key))
                if current is None:
                    self.root = new
                elif has_key:
                    current[key] = new
                elif type(current) is list:
                    current.append(new)
                else:
                    self._stop("GR107", event)
                current, has_key = new, False
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                current, key = stack.pop()
                has_key = False
            elif kind is AliasEvent:
                self.faults.append(Fault("GR103", _at(event.start_mark, event.end_mark), {}))
                if has_key:
                    current[key] = None
                    has_key = False
                elif type(current) is list:
                    current.append(None)
                elif type(current) is dict:
                    key, has_key = object(), True
                    doubles.append((current, key))
            elif kind is DocumentStartEvent:
                self.documents += 1
                if self.documents > 1:
                    self._stop("GR106", event)
            elif kind is StreamEndEvent:
                break
        for mapping, double in doubles:
            del mapping[double]

    def _not_allowed(self, event: Any) -> None:
        code = "GR103" if event.anchor is not None else "GR104"
        self.faults.append(Fault(code, _at(event.start_mark, event.start_mark), {"tag": event.tag or ""}))

    def _stop(self, code: str, event: Any, **values: object) -> None:
        self.faults.append(Fault(code, _at(event.start_mark, event.start_mark), values))
        raise _StopReading

    def _note_cut(self, event: Any) -> None:
        """Note running text that ends at ` #`, since YAML takes the rest for a comment."""
        end = event.end_mark.index if event.value else event.start_mark.index
        rest = self.text[end : end + 200].split("\n", 1)[0]
        bare = rest.lstrip(" \t")
        if bare.startswith("#") and (event.value or rest != bare):
            column = event.end_mark.column + 1 + len(rest) - len(bare)
            line = event.end_mark.line + 1
            self.faults.append(Fault("GR108", Place(line, column, line, column + 1), {"rest": bare.rstrip()}))


def compose(text: str) -> Node:
    """The nodes of a text that `read` has accepted as whole, with their marks; yaml.YAMLError for any other text."""
    node: Node | None = _Parser(text).get_single_node()
    if node is None:
        raise yaml.YAMLError("an empty document")
    return node


class TextLines:
    """A text with its lines and its nodes, each found out once and only when somebody asks."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends; only a line feed ends one, as editors count."""
        return [line.removesuffix("\r") for line in self.text.split("\n")]

    @cached_property
    def locator(self) -> Locator:
        """What finds places in it."""
        return Locator(self.text)

    def line(self, number: int) -> str:
        """The line of that number, from 1; an empty one after the last."""
        return self.lines[number - 1] if number <= len(self.lines) else ""


class Locator:
    """Finds the place of a path in a text that `read` has accepted as whole."""

    def __init__(self, text: str) -> None:
        try:
            self._root: Node | None = compose(text)
        except yaml.YAMLError:
            self._root = None
        self._children: dict[int, dict[str, tuple[Node, Node]]] = {}
        """By node (its identity): its values with their keys, by key; the first where one is there twice."""

    def place(self, path: Path, *, key: bool = False) -> Place:
        """The place of the value at the path (of its key, if asked), or of the nearest thing there is."""
        node, key_node = self._root, None
        if node is None:
            return _START
        for step in path:
            found = self._child(node, step)
            if found is None:
                break
            key_node, node = found
        empty = isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index
        if key_node is not None and (key or empty or not isinstance(node, ScalarNode)):
            node = key_node
        end = node.end_mark if isinstance(node, ScalarNode) and node.style not in ("|", ">") else node.start_mark
        return _at(node.start_mark, end)

    def _child(self, node: Node, step: str | int) -> tuple[Node | None, Node] | None:
        if isinstance(node, MappingNode):
            children = self._children.get(id(node))
            if children is None:
                children = self._children[id(node)] = {
                    k.value: (k, v) for k, v in reversed(node.value) if isinstance(k.value, str)
                }
            return children.get(step) if isinstance(step, str) else None
        if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            return None, node.value[step]
        return None


_START = Place(1, 1, 1, 1)


def _at(start: Mark | None, end: Mark | None) -> Place:
    if start is None or end is None:
        return _START
    return Place(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _point(before: str) -> Place:
    """The place just after some text."""
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Place(line, column, line, column + 1)


_TOO_DEEP = "exceeded maximum nesting depth"


def _unreadable(problem: str, text: str, mark: Mark | None) -> Fault:
    """What stops the reading, at the line that one must change, where the lines show it."""
    lines, at = text.split("\n"), mark.line if mark is not None else None
    stumble = find_cause(problem, lines, at, _count_keys)
    if stumble is None:
        return Fault("GR101", _at(mark, mark), {"problem": Words(plain_problem(problem, lines, at))})
    line, column = stumble.line + 1, stumble.column + 1
    return Fault("GR101", Place(line, column, line, column), {"problem": stumble.words})


def _count_keys(text: str) -> int | None:
    """How many keys a text has; None where it is not readable without a fault."""
    reader = _EventReader(text)
    try:
        reader.run()
    except (yaml.YAMLError, _StopReading):
        return None
    return None if reader.faults else _keys_within(reader.root)


def _keys_within(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum(map(_keys_within, value.values()))
    return sum(map(_keys_within, value)) if isinstance(value, list) else 0
