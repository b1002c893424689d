"""A part of how a set counts as fields of a form: rules, gates, bands, tables, ladders, scales, whatever it has.

Values and the schema in, fields out, and fields back to values. A field is named by its path within the part, `when.is`
or `why@sv`. Lists of things are not fields: each thing in them is a part of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from granskning.tasks.criteria.question_edits import as_number, split_words, text_edits, text_in
from granskning.workspace.checks.check_scoring import METHOD_KEYS
from granskning.workspace.schema.form_nodes import (
    NodeKind,
    children_of,
    choices_of,
    help_of,
    kind_of_node,
    title_of,
)
from granskning.workspace.yaml.edits import Set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.tasks.criteria.part_fields import Languages
    from granskning.workspace.schema.form_nodes import Node

NEW = "+"
"""Stands for the key of a part that a map does not have yet."""
_NOT = "not"
"""Holds a condition within a condition, as deep as anybody writes."""
_PARTS = {"criterion": "criteria", "target": "targets", "part": "both", "scale": "scales", "of": "", "critical": ""}
"""What is named by an id under these keys."""


@dataclass(frozen=True, slots=True)
class RuleField:
    """One field. `parts` says what an id that is chosen is of: criteria, targets, both or scales."""

    key: str
    title: str
    kind: NodeKind
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    parts: str = ""
    language: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Fields that belong together, under a title. `is_open` says that something stands there or is needed."""

    key: str
    title: str
    items: tuple[RuleField | RuleGroup | RuleList, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class RuleList:
    """A list of things, each with a page of its own."""

    key: str
    title: str
    entries: tuple[Any, ...]
    help: str = ""


def form_of_part(node: Node, value: Any, languages: Languages, language: str) -> RuleGroup:
    """The fields of a part: `language` is what the titles are told in."""
    return _group(node, value if isinstance(value, dict) else {}, "", languages, language, is_needed=True)


def _group(  # noqa: PLR0913  # a part, its place, and the languages of its texts and of the page
    node: Node, value: Mapping[str, Any], key: str, languages: Languages, language: str, *, is_needed: bool
) -> RuleGroup:
    items: list[RuleField | RuleGroup | RuleList] = []
    required = node.get("required") or ()
    for name, child in children_of(node).items():
        if not _belongs(name, value):
            continue
        now, place = value.get(name), f"{key}.{name}" if key else name
        kind = kind_of_node(child, now)
        title = title_of(child, language)
        if kind == "list" or (kind == "group" and isinstance(now, list)):
            items.append(RuleList(place, title, tuple(now or ()), help_of(child, language)))
        elif kind == "group":
            parts = now if isinstance(now, dict) else {} if now is None else {"value": now}
            if name == _NOT and not parts and _NOT in key.split("."):
                continue  # a denial of a denial is shown where it stands, and not begun here
            made = _group(child, parts, place, languages, language, is_needed=name in required)
            items.append(replace(made, title=title or place))
        else:
            items += _fields(name, child, place, kind, languages, language, is_required=name in required, now=now)
    return RuleGroup(key, title_of(node, language), tuple(items), is_needed or bool(value))


def _belongs(name: str, value: Mapping[str, Any]) -> bool:
    """Whether a key belongs to the method that is chosen, or stands there anyway."""
    method = value.get("method")
    return method is None or name in value or name not in METHOD_KEYS or method in METHOD_KEYS[name]


def _fields(  # noqa: PLR0913
    name: str, node: Node, place: str, kind: NodeKind, languages: Languages, language: str, *, is_required: bool,
    now: Any,
) -> Iterator[RuleField]:  # fmt: skip
    title, helping = title_of(node, language), help_of(node, language)
    if kind == "translated":
        for own in languages.all:
            yield RuleField(f"{place}@{own}", title, "prose" if name in ("why", "description", "text") else "text",
                            helping, language=own, is_required=is_required and own == languages.own)  # fmt: skip
    elif kind == "map":
        for part in [*(now or {}), NEW]:
            yield RuleField(f"{place}.{part}", title, "map", helping, parts="both")
    else:
        yield RuleField(place, title or name, kind, helping, choices_of(node, language), _PARTS.get(name, ""),
                        is_required=is_required)  # fmt: skip


def row_of_rule(node: Node, value: Any, languages: Languages, key: str = "") -> dict[str, str]:
    """The texts of the fields as they stand in the file. Empty ones are left out."""
    row: dict[str, str] = {}
    given = value if isinstance(value, dict) else {}
    for name, child in children_of(node).items():
        now, place = given.get(name), f"{key}.{name}" if key else name
        kind = kind_of_node(child, now)
        if now is None or kind == "list" or (kind == "group" and isinstance(now, list)):
            continue
        if kind == "group":
            row |= row_of_rule(child, now if isinstance(now, dict) else {"value": now}, languages, place)
        elif kind == "translated":
            row |= {f"{place}@{own}": text_in(now, own, languages.own) for own in languages.all}
        elif kind == "map":
            row |= {f"{place}.{part}": _words(level) for part, level in now.items()}
        else:
            row[place] = "yes" if now is True else "" if now is False else _words(now)
    return {place: text for place, text in row.items() if text}


def _words(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def rule_after(node: Node, value: Any, changes: Mapping[str, str | None], languages: Languages, key: str = "") -> Any:
    """The part with these changes; a text that is emptied is taken away, and so is a group that is left empty."""
    after = dict(value) if isinstance(value, dict) else {}
    for name, child in children_of(node).items():
        place = f"{key}.{name}" if key else name
        ours = {at: text for at, text in changes.items() if at.partition("@")[0] == place or at.startswith(f"{place}.")}
        now = after.get(name)
        kind = kind_of_node(child, now)
        if not ours or kind == "list":
            continue
        made = _changed(child, now, kind, ours, languages, place)
        if made is None or made in ({}, []):
            after.pop(name, None)
        else:
            after[name] = made
    return after


def _changed(  # noqa: PLR0913  # what stands there, and the words of the form
    node: Node, now: Any, kind: NodeKind, changes: Mapping[str, str | None], languages: Languages, place: str
) -> Any:
    """What stands at a key after the changes."""
    if kind == "group":
        parts = now if isinstance(now, dict) else {} if now is None else {"value": now}
        made = rule_after(node, parts, changes, languages, place)
        is_bare = set(made) == {"value"} and node.get("type") != "object"
        return made["value"] if is_bare else made
    if kind == "translated":
        return _translated(now, changes, languages, place)
    if kind == "map":
        known = dict(now or {})
        for at, text in changes.items():
            part = at.removeprefix(f"{place}.")
            known.pop(part, None)
            known |= {part: _levels(text)} if text else {}
        return known
    text = changes.get(place)
    return _typed(node, kind, text) if text else None


def _translated(now: Any, changes: Mapping[str, str | None], languages: Languages, place: str) -> Any:
    """A text that the file may have in several languages."""
    for own in languages.all:
        if (at := f"{place}@{own}") in changes:
            for edit in text_edits((), now, changes[at], languages.text_language(own)):
                now = edit.value if isinstance(edit, Set) else None
    return now


def _typed(node: Node, kind: NodeKind, text: str) -> Any:
    """A text as the kind of value that the file has it as."""
    if kind == "yes":
        return True
    if kind == "words":
        is_alone = isinstance(node.get("type"), list)  # one may stand without a list around it
        return _levels(text) if is_alone else [_level(word) for word in split_words(text) or ()]
    return _level(text) if kind == "number" else text


def _levels(text: str) -> Any:
    words = split_words(text) or []
    return _level(text.strip()) if len(words) < 2 else [_level(word) for word in words]  # noqa: PLR2004


def _level(text: str) -> Any:
    return as_number(text) if any(letter.isdigit() for letter in text) else text


def fields_in(group: RuleGroup) -> Iterator[RuleField]:
    """Every field of a form, also within its groups."""
    for item in group.items:
        if isinstance(item, RuleGroup):
            yield from fields_in(item)
        elif isinstance(item, RuleField):
            yield item
