"""The text of a file as it may be published: without comments and internal notes, otherwise as it was written.

Lines are cut out of the text, and what is left is read again: unless it says the same as before, but for the notes,
the values are written out anew in canonical form. So what is published is always what was scored.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from granskning.workspace.yaml.canonical_form import canonical
from granskning.workspace.yaml.source import Fault, compose, decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

_HEADED = re.compile(r"^schema: *granskning/review/")
_OF_PEOPLE = frozenset({"users", "may"})
"""What settings say of who has a role."""
_SPACE = " \t\n"
Span = tuple[int, int]
"""From where to where in a text."""


def public_form(data: bytes) -> bytes:
    """The file without comments, and a review without internal notes; nothing of a file that can't be read."""
    text = decode(data)
    if isinstance(text, Fault):
        return b""
    text = text.replace("\r\n", "\n")
    reading = read(text)
    if not reading.whole:
        return b""
    wanted = _without_notes(reading.value)
    shorter = _cut(text)
    again = read(shorter)
    if again.whole and not again.faults and again.value == wanted:
        return shorter.encode()
    return (canonical(wanted) + "\n").encode()


def _without_notes(value: Any) -> Any:
    """A review without the notes of its answers, settings without who has a role; anything else as it is."""
    if isinstance(value, dict) and str(value.get("schema", "")).startswith("granskning/workspace/"):
        return _without_users(value)
    if not isinstance(value, dict) or not _is_review(value) or not isinstance(value.get("answers"), dict):
        return value
    answers = {key: _without_note(answer) for key, answer in value["answers"].items()}
    return {**value, "answers": answers}


def _without_users(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with what roles are called, and not who logs in with them or what they may do on a shared page."""
    roles = settings.get("roles")
    if not isinstance(roles, dict):
        return settings
    shown = {
        name: {key: told for key, told in role.items() if key not in _OF_PEOPLE} if isinstance(role, dict) else role
        for name, role in roles.items()
    }
    return {**settings, "roles": shown}


def _without_note(answer: Any) -> Any:
    if not isinstance(answer, dict) or "note" not in answer:
        return answer
    return {key: value for key, value in answer.items() if key != "note"} or None


def _is_review(value: dict[str, Any]) -> bool:
    return str(value.get("schema", "")).startswith("granskning/review/")


def _cut(text: str) -> str:
    """The text without comments, and without the notes of a review."""
    try:
        root = compose(text)
    except yaml.YAMLError:
        return text
    scalars = sorted(_scalars(root, text))
    away = [*_comments(text, scalars), *(_notes(root, text) if _HEADED.search(_bare(text, scalars)) else ())]
    kept, end = [], 0
    for start, stop in sorted(away):
        kept.append(text[end : max(start, end)])
        end = max(end, stop)
    return ("".join(kept) + text[end:]).lstrip("\n")


def _bare(text: str, scalars: list[Span]) -> str:
    """The text from its first value on."""
    return text[scalars[0][0] :] if scalars else ""


def _scalars(node: Node | None, text: str) -> Iterator[Span]:
    """Where each scalar stands, with a block's head left out, since a comment may stand there."""
    if isinstance(node, ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        yield _block(text, start, end) if node.style in ("|", ">") else (start, end)
    elif isinstance(node, MappingNode):
        for pair in node.value:
            for part in pair:
                yield from _scalars(part, text)
    elif isinstance(node, SequenceNode):
        for part in node.value:
            yield from _scalars(part, text)


def _block(text: str, start: int, end: int) -> Span:
    """The lines of a block scalar; those after it that are less indented are not its own."""
    first = text.find("\n", start) + 1
    if not first or first > end:
        return (start, start)
    stop, indent, at = first, 0, first
    for line in text[first:end].split("\n"):
        depth = len(line) - len(line.lstrip(" "))
        if line.strip():
            indent = indent or depth
            if depth < indent:
                break
            stop = at + len(line)
        at += len(line) + 1
    return (first, stop)


def _comments(text: str, scalars: list[Span]) -> Iterator[Span]:
    """Every comment: with its line, when it has one of its own, else from the space before it."""
    place = at = 0
    while (start := text.find("#", place)) >= 0:
        while at < len(scalars) and scalars[at][1] <= start:
            at += 1
        if at < len(scalars) and scalars[at][0] <= start:
            place = scalars[at][1]
            continue
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        line = text.rfind("\n", 0, start) + 1
        before = text[line:start]
        if not before.strip():
            yield (line, min(stop + 1, len(text)))
        elif before[-1] in _SPACE:
            yield (line + len(before.rstrip()), stop)
        place = stop


def _notes(root: Node | None, text: str) -> Iterator[Span]:
    """The lines of every answer's note."""
    answers = _value_of(root, "answers")
    for _, answer in answers.value if isinstance(answers, MappingNode) else ():
        pairs = answer.value if isinstance(answer, MappingNode) and not answer.flow_style else ()
        for key, value in pairs:
            if key.value == "note":
                start = text.rfind("\n", 0, key.start_mark.index) + 1
                end = value.end_mark.index
                if isinstance(value, ScalarNode) and value.style in ("|", ">"):
                    end = _block(text, value.start_mark.index, end)[1]
                stop = text.find("\n", end)
                yield (start, len(text) if stop < 0 else stop + 1)


def _value_of(node: Node | None, name: str) -> Node | None:
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next((value for key, value in pairs if key.value == name), None)
