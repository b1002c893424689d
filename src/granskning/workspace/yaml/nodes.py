"""A YAML text with its nodes: where a value stands, where its own characters end, how the text is laid out.

Lines of a text that has its line ends as they are: LF, CRLF or CR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yaml.nodes import CollectionNode, MappingNode, ScalarNode, SequenceNode

from granskning.workspace.yaml.edits import refuse
from granskning.workspace.yaml.source import compose

if TYPE_CHECKING:
    from yaml.nodes import Node

    from granskning.findings.finding import Path

BLOCK = ("|", ">")
"""The styles of block scalars."""
_HEADER = re.compile(r"[|>][-+0-9]*")
_TO_NEXT_MARK = re.compile(r"[ \t]*(?:#[^\n\r]*)?(?:\r\n?|\n)(?:[ \t]*(?:#[^\n\r]*)?(?:\r\n?|\n))*[ \t]*(?=-)")

_EMPTY_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")


@dataclass(frozen=True, slots=True)
class NodeSpan:
    """Where a value stands: its node, the key and the collection that hold it, and its place among them."""

    node: Node
    key: Node | None
    parent: Any
    place: int
    flow: bool
    """Whether it is inside a flow collection, where there are no lines to speak of."""


class YamlDocument:
    """A text and its nodes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = compose(text)
        self.eol = usual_line_end(text)
        self.step, self.dash = _habits(self.root)

    def find(self, path: Path) -> NodeSpan | None:
        """The spot of a path, or None where it leads nowhere."""
        spot = NodeSpan(self.root, None, None, 0, bool(getattr(self.root, "flow_style", False)))
        for step in path:
            node = spot.node
            below_flow = spot.flow or (isinstance(node, CollectionNode) and bool(node.flow_style))
            if isinstance(node, MappingNode):
                pairs = [(place, *pair) for place, pair in enumerate(node.value) if pair[0].value == step]
                if not pairs:
                    return None
                place, key, value = pairs[0]
                spot = NodeSpan(value, key, node, place, below_flow)
            elif isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
                spot = NodeSpan(node.value[step], None, node, step, below_flow)
            else:
                return None
        return spot

    def end(self, node: Node) -> int:
        """Just after the last character of a node's own; comments and empty lines below are not."""
        if isinstance(node, ScalarNode):
            if node.style in BLOCK:
                return block_end(self.text, node.start_mark.index, node.end_mark.index, node.value)
            return int(node.end_mark.index)
        if not isinstance(node, MappingNode | SequenceNode) or node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)

    def after_key(self, spot: NodeSpan) -> int:
        """Just after the colon of the spot's key, or the mark of its list item."""
        if spot.key is not None:
            return self.text.index(":", spot.key.end_mark.index) + 1
        return self.mark(spot.parent, spot.place) + 1

    def mark(self, node: Any, place: int) -> int:
        """The `-` of an item of a block list."""
        if place == 0:
            return int(node.start_mark.index)
        at = self.end(node.value[place - 1])
        found = _TO_NEXT_MARK.match(self.text, at)
        return found.end() if found else refuse((place,))

    def extent(self, spot: NodeSpan) -> tuple[int, int, tuple[int, int] | None]:
        """The characters of a value on its key's line, and those of the lines below it, line end first."""
        node = spot.node
        end = self.end(node)
        if isinstance(node, ScalarNode) and node.style in BLOCK:
            header = _HEADER.match(self.text, node.start_mark.index)
            stop = header.end() if header else end
            return node.start_mark.index, stop, (line_end(self.text, stop), max(end, line_end(self.text, stop)))
        if not isinstance(node, CollectionNode) or node.flow_style:
            return node.start_mark.index, end, None
        first = node.start_mark.index
        if is_first_on_line(self.text, first):
            at = self.after_key(spot)
            return at, at, (previous_end(self.text, first), line_end(self.text, end))
        return first, end, None

    def block_column(self, spot: NodeSpan) -> int:
        """The indentation of the block scalar's content as it stands, or two beyond its key."""
        node = spot.node
        begin = next_line(self.text, node.start_mark.index)
        content = self.text[begin : self.end(node)]
        lines = [line for line in re.split(r"\r\n?|\n", content) if line.strip(" ")]
        own = [line for line in node.value.split("\n") if line.strip(" ")]
        if lines and own and not re.match(r"[|>][-+]?[1-9]", self.text[node.start_mark.index :]):
            return len(lines[0]) - len(lines[0].lstrip(" "))
        return (spot.key.start_mark.column if spot.key is not None else self.column(spot)) + 2

    def column(self, spot: NodeSpan) -> int:
        """The column of the mark of a list item."""
        at = self.mark(spot.parent, spot.place)
        return at - line_start(self.text, at)

    def is_airy(self, node: Any, starts: list[int]) -> bool:
        """Whether the children of a block are parted by empty lines."""
        if len(starts) < 2:  # noqa: PLR2004  # between two
            return False
        between = self.text[line_end(self.text, self.end(last_of(node.value[0]))) : starts[1]]
        return bool(_EMPTY_LINE.search(between))


def first_of(child: Any) -> Any:
    """The key of a mapping's pair, or the item of a list."""
    return child[0] if isinstance(child, tuple) else child


def last_of(child: Any) -> Any:
    """The value of a mapping's pair, or the item of a list."""
    return child[1] if isinstance(child, tuple) else child


def _habits(root: Node) -> tuple[int, int]:
    """How far keys below keys, and lists below keys, are indented in this text."""
    step = dash = None
    todo: list[Node] = [root]
    while todo and (step is None or dash is None):
        node = todo.pop(0)
        if isinstance(node, MappingNode) and not node.flow_style:
            for key, value in node.value:
                if isinstance(value, MappingNode) and not value.flow_style and value.value and step is None:
                    step = value.start_mark.column - key.start_mark.column
                if isinstance(value, SequenceNode) and not value.flow_style and dash is None:
                    dash = value.start_mark.column - key.start_mark.column
                todo.append(value)
        elif isinstance(node, SequenceNode):
            todo += node.value
    return step or 2, 2 if dash is None else dash


_END = re.compile(r"\r\n?|\n|\Z")
_COMMENT = re.compile(r"[ \t]*#")


def usual_line_end(text: str) -> str:
    """The line end that most lines of the text have."""
    windows = text.count("\r\n")
    plain, old = text.count("\n") - windows, text.count("\r") - windows
    return max(((plain, "\n"), (windows, "\r\n"), (old, "\r")), key=lambda item: item[0])[1]


def line_start(text: str, at: int) -> int:
    """Where the line of that character begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line ends, before its line end."""
    found = _END.search(text, at)
    return found.start() if found else len(text)


def next_line(text: str, at: int) -> int:
    """Where the next line begins."""
    found = _END.search(text, at)
    return found.end() if found else len(text)


def previous_end(text: str, at: int) -> int:
    """Where the line above that of the character ends, before its line end."""
    start = line_start(text, at)
    return start - 2 if text[max(start - 2, 0) : start] == "\r\n" else max(start - 1, 0)


def is_first_on_line(text: str, at: int) -> bool:
    """Whether only spaces stand before the character on its line."""
    return not text[line_start(text, at) : at].strip(" ")


def comments_above(text: str, at: int) -> int:
    """Where the line begins, or the first of the comments that stand right above it, equally far in."""
    start = line_start(text, at)
    column = at - start
    while start > 0:
        end = previous_end(text, start)
        above = line_start(text, end)
        if not _COMMENT.match(text[above:end]) or text[above:end].index("#") != column:
            break
        start = above
    return start


def block_end(text: str, start: int, stop: int, value: str) -> int:
    """Where the content of a block scalar ends, before the last line end; after its header if it has no content.

    `start` and `stop` are the parser's marks; the latter lies after the empty lines and comments that follow.
    """
    header_end = line_end(text, start)
    begin, end = next_line(text, start), header_end
    keeps = "+" in text[start:header_end].split("#", maxsplit=1)[0]
    first = next((line for line in value.split("\n") if line.strip(" ")), None)
    indent = None
    while begin < stop:
        close = line_end(text, begin)
        line = text[begin:close]
        lead = len(line) - len(line.lstrip(" "))
        if line.strip(" "):
            if indent is None and first is not None:
                indent = lead - (len(first) - len(first.lstrip(" ")))
            if indent is None or lead < indent:
                break
            end = close
        elif keeps or (indent is not None and lead > indent):
            end = close
        begin = next_line(text, begin)
    return end
