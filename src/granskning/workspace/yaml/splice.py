"""One small edit of a YAML text: cut out the characters of a value or put new lines in, and leave all others alone.

Works on characters, never on bytes, and on a text without byte order mark, since that is how the parser counts.
Proves nothing: `edit` reads what comes out. Where a text is laid out so that an edit would touch more than it should,
what comes out does not read back as meant, and `edit` refuses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from granskning.workspace.yaml.edits import Insert, Remove, ReplaceComment, Set, refuse
from granskning.workspace.yaml.nodes import (
    BLOCK,
    NodeSpan,
    YamlDocument,
    comments_above,
    first_of,
    is_first_on_line,
    last_of,
    line_end,
    line_start,
    next_line,
    previous_end,
)
from granskning.workspace.yaml.source import PROSE
from granskning.workspace.yaml.yaml_text import below, entry, inline, is_running, item

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from yaml.nodes import Node

    from granskning.findings.finding import Path
    from granskning.workspace.yaml.edits import Edit

    Order = Callable[[Path], Sequence[str]]


def splice(text: str, edit: Edit, order: Order) -> str:
    """The text after one edit that `edits.smaller_edits` has made small."""
    # Writing the whole file anew from its values would be shorter, but comments, quotes and line breaks are the
    # planner's own, and a diff in git must show the edit alone. The parser's marks tell where a node begins and ends
    # (PyYAML's start_mark and end_mark, counted in characters). To set `level` to 2 in `    level: 1  # why` only the
    # character between the marks of `1` goes: `    level: 2  # why`. YAML 1.2.2: block mappings in 8.2.2.
    page = _Splicer(text, order)
    if isinstance(edit, Set):
        return page.set(edit)
    if isinstance(edit, Remove):
        return page.remove(edit.path)
    return page.retell(edit) if isinstance(edit, ReplaceComment) else page.insert(edit)


class _Splicer(YamlDocument):
    """The edits, each as the characters that it cuts out and puts in."""

    def __init__(self, text: str, order: Order) -> None:
        super().__init__(text)
        self.order = order

    # --- set ----------------------------------------------------------------------------------------------------

    def set(self, edit: Set) -> str:
        """Put a value where there is one, or a key where there is none."""
        path, value = edit.path, edit.value
        if (spot := self.find(path)) is not None:
            return self.replace(path, spot, value)
        while len(path) > 1:
            path, key = path[:-1], path[-1]
            holder = self.find(path)
            if holder is not None and isinstance(holder.node, MappingNode) and holder.node.value:
                return self.add_key(path, holder, key, Set(edit.path, value, edit.comment))
            if holder is not None:
                return self.replace(path, holder, {key: value})
            value = {key: value}
        root = NodeSpan(self.root, None, None, 0, bool(getattr(self.root, "flow_style", False)))
        return self.add_key((), root, path[0], Set(edit.path, value, edit.comment))

    def replace(self, path: Path, spot: NodeSpan, value: Any) -> str:
        """Put another value in the place of one."""
        node = spot.node
        if spot.parent is None:
            refuse(path)
        if spot.flow:
            told = inline(value, style=getattr(node, "style", None), flow=True)
            return self.cut((self.start(node, spot), self.end(node), self.apart(node, told)))
        start, stop, old = self.extent(spot)
        told, lines = self.written(spot, value)
        if not told and stop > start:
            start = self.after_key(spot)
        cuts = [(start, stop, self.apart_at(start, told))]
        under = line_end(self.text, stop)
        new = "".join(self.eol + line for line in lines)
        if old is None:
            cuts.append((under, under, new))
        elif told:  # a block's content must follow its header, above any comments that stood there
            cuts += [(under, under, new), (*old, "")]
        else:
            cuts.append((*old, new))
        return self.cut(*cuts)

    def written(self, spot: NodeSpan, value: Any) -> tuple[str, list[str]]:
        """The value as what stands on the key's line and the lines below it."""
        node, key = spot.node, spot.key
        style = node.style if isinstance(node, ScalarNode) else None
        column = key.start_mark.column if key is not None else self.column(spot)
        name = str(key.value) if key is not None else ""
        if isinstance(value, str) and value:
            ended = style in BLOCK and self.text.endswith(("\n", "\r"))
            deep = self.block_column(spot) if style in BLOCK else column + 2
            if (style in BLOCK or is_running(name, value, column)) and (told := below(value, deep, style, ended=ended)):
                return told
            return inline(value, style=self.marks(spot, name, style)), []
        if isinstance(value, dict | list) and value:
            lines = entry("k", value, column, self.step, self.dash) if key is not None else item(
                value, column, self.step, self.dash
            )  # fmt: skip
            return ("", lines[1:]) if key is not None else (lines[0][column + 2 :], lines[1:])
        return inline(value), []

    def marks(self, spot: NodeSpan, name: str, style: str | None) -> str | None:
        """The quotation marks that the value has; where a comment follows running text, it must have some."""
        node = spot.node
        stop = self.end(node) if style not in BLOCK else node.start_mark.index
        followed = "#" in self.text[stop : line_end(self.text, stop)]
        return '"' if followed and name in PROSE and style not in ("'", '"') else style

    # --- keys and items -----------------------------------------------------------------------------------------

    def add_key(self, path: Path, holder: NodeSpan, key: str | int, edit: Set) -> str:
        """Put a new key into a mapping that has some, in its place by the order of the kind."""
        node: Any = holder.node
        value = edit.value
        if not isinstance(key, str) or not isinstance(node, MappingNode):
            return refuse(edit.path)
        place = _place_of(key, [k.value for k, _ in node.value], self.order(path))
        if node.flow_style or holder.flow:
            told = f"{inline(key, flow=True)}: {inline(value, flow=True)}"
            return self.into_flow(node, place, told)
        column = node.value[0][0].start_mark.column
        pad = " " * column
        lines = [f"{pad}# {line}".rstrip() for line in edit.comment]
        lines += entry(key, value, column, self.step, self.dash)
        starts = [k.start_mark.index for k, _ in node.value]
        return self.into_block(node, place, starts, lines, airy=self.is_airy(node, starts))

    def insert(self, edit: Insert) -> str:
        """Put an item into a list; where there is none, begin one."""
        spot = self.find(edit.path)
        node: Any = spot.node if spot else None
        if not isinstance(node, SequenceNode) or not node.value:
            return self.set(Set(edit.path, [edit.value]))
        place = min(edit.index, len(node.value))
        if node.flow_style or (spot is not None and spot.flow):
            return self.into_flow(node, place, inline(edit.value, flow=True))
        starts = [self.mark(node, number) for number in range(len(node.value))]
        column = starts[0] - line_start(self.text, starts[0])
        lines = item(edit.value, column, self.step, self.dash)
        return self.into_block(node, place, starts, lines, airy=self.is_airy(node, starts))

    def into_block(self, node: Any, place: int, starts: list[int], lines: list[str], *, airy: bool) -> str:
        """Put lines before the child at the place: after the end of the one before, comments in between kept below."""
        if place > 0:
            at = line_end(self.text, self.end(last_of(node.value[place - 1])))
            return self.cut((at, at, "".join(self.eol + line for line in ([""] if airy else []) + lines)))
        first = starts[0]
        if is_first_on_line(self.text, first):
            at = comments_above(self.text, first)
            return self.cut((at, at, "".join(line + self.eol for line in lines + ([""] if airy else []))))
        column = first - line_start(self.text, first)
        joined = (self.eol).join(lines)[column:]
        return self.cut((first, first, joined + self.eol + " " * column))

    def into_flow(self, node: Any, place: int, text: str) -> str:
        if not node.value:
            return self.cut((node.start_mark.index + 1, node.start_mark.index + 1, text))
        if place > 0:
            at = self.end(last_of(node.value[place - 1]))
            return self.cut((at, at, f", {text}"))
        at = first_of(node.value[0]).start_mark.index
        return self.cut((at, at, f"{text}, "))

    def remove(self, path: Path) -> str:
        """Take a key or an item away, with its own lines and no others."""
        spot = self.find(path)
        if spot is None or spot.parent is None:
            return refuse(path)
        node, place = spot.parent, spot.place
        if len(node.value) == 1:
            holder = self.find(path[:-1])
            if holder is None or holder.parent is None:
                return refuse(path)
            return self.replace(path[:-1], holder, None if isinstance(node, MappingNode) else [])
        if spot.flow:
            if place > 0:
                return self.cut((self.end(last_of(node.value[place - 1])), self.end(spot.node), ""))
            return self.cut((first_of(node.value[0]).start_mark.index, first_of(node.value[1]).start_mark.index, ""))
        starts = [
            self.mark(node, number) if spot.key is None else node.value[number][0].start_mark.index
            for number in range(len(node.value))
        ]
        return self.without(spot, starts)

    def without(self, spot: NodeSpan, starts: list[int]) -> str:
        text, place = self.text, spot.place
        start, stop = starts[place], next_line(text, self.end(spot.node))
        if not is_first_on_line(text, start):
            return self.cut((start, stop + len(text[stop:]) - len(text[stop:].lstrip(" \t\r\n")), ""))
        start = line_start(text, start)
        if self.is_airy(spot.parent, starts):
            empty = re.compile(r"[ \t]*(?:\r\n?|\n|\Z)")
            above = line_start(text, max(start - len(self.eol), 0))
            if above < start and not text[above:start].strip() and (stop == len(text) or empty.match(text, stop)):
                start = above
            elif place == 0 and (found := empty.match(text, stop)):
                stop = found.end()
        out = self.cut((start, stop, ""))
        if stop == len(text) and not text.endswith(("\n", "\r")):
            return out.removesuffix("\n").removesuffix("\r")
        return out

    def retell(self, edit: ReplaceComment) -> str:
        """Put other lines in the place of a comment."""
        spot = self.find(edit.path)
        if spot is None or spot.key is None or spot.flow:
            return self.text
        key = spot.key.start_mark.index
        pad = " " * spot.key.start_mark.column
        stop = line_start(self.text, key)
        old = [f"{pad}# {line}".rstrip() for line in edit.old]
        there = self.text[comments_above(self.text, key) : stop].splitlines()
        if not old or [line.rstrip() for line in there[-len(old) :]] != old:
            return self.text
        start = stop
        for _ in old:
            start = line_start(self.text, previous_end(self.text, start))
        return self.cut((start, stop, "".join(f"{pad}# {line}".rstrip() + self.eol for line in edit.new)))

    # --- characters ---------------------------------------------------------------------------------------------

    def start(self, node: Node, spot: NodeSpan) -> int:
        return self.after_key(spot) if node.start_mark.index == node.end_mark.index else node.start_mark.index

    def apart(self, node: Node, text: str) -> str:
        return self.apart_at(node.start_mark.index, text) if node.start_mark.index == node.end_mark.index else text

    def apart_at(self, at: int, text: str) -> str:
        """What is put at a place, with a space between it and a colon or dash before it."""
        return f" {text}" if text and self.text[at - 1 : at] in (":", "-") else text

    def cut(self, *cuts: tuple[int, int, str]) -> str:
        """The text with each piece put in the place of its characters; at the same place, in the order given."""
        text = self.text
        for start, stop, new in sorted(cuts, key=lambda cut: cut[0])[::-1]:
            text = text[:start] + new + text[stop:]
        return text


def _place_of(key: str, names: list[str], order: Sequence[str]) -> int:
    """Where among the keys a new one goes: after the last that it follows, else before the first that follows it."""
    rank = {name: place for place, name in enumerate(order)}
    if key not in rank:
        return len(names)
    before = [(rank[name], place) for place, name in enumerate(names) if name in rank and rank[name] < rank[key]]
    if before:
        return max(before)[1] + 1
    after = [(rank[name], place) for place, name in enumerate(names) if name in rank]
    return min(after)[1] if after else len(names)
