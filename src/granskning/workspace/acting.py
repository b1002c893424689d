"""One action as plain values, field by field: merged where two have changed it, and turned into edits of its file.

Like an answer, an action is given back in parts by whoever shows it. Where both have changed the same field to
different things, the field stays as it is in the file and the clash is told. Follow-ups are only ever added.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.workspace.answering import Clash, is_alike
from granskning.workspace.yaml.edits import Insert, Remove, Set

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from granskning.workspace.yaml.edits import Edit

FIELDS = ("title", "text", "criteria", "round", "responsible", "due", "cost", "status", "answer")
"""What can be changed in an action; its id cannot, and follow-ups are added."""

_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class ActionMerge:
    """What is to be set or taken away in the file, and what could not be merged."""

    wanted: dict[str, Any]
    """By field; None for one that goes."""
    clashes: tuple[Clash, ...]


def merge_action(base: Mapping[str, Any], now: Mapping[str, Any], theirs: Mapping[str, Any]) -> ActionMerge:
    """Take over what `theirs` has changed since `base` into `now`, the action as the file has it."""
    wanted, clashes = {}, []
    for field in FIELDS:
        if field not in theirs:
            continue
        mine, before, there = theirs[field], base.get(field), now.get(field)
        if is_alike(mine, before) or is_alike(mine, there):
            continue
        if is_alike(there, before):
            wanted[field] = None if mine in (None, "", [], {}) else mine
        else:
            clashes.append(Clash(field, before, there, mine))
    return ActionMerge(wanted, tuple(clashes))


def edits_of(number: int, now: Mapping[str, Any], merge: ActionMerge, step: Mapping[str, Any] | None) -> list[Edit]:
    """The edits of the file that make it so; `step` is a follow-up to add."""
    edits: list[Edit] = []
    for field, value in merge.wanted.items():
        path = ("actions", number, field)
        edits.append(Remove(path) if value is None else Set(path, value))
    if step:
        edits.append(Insert(("actions", number, "follow_up"), len(now.get("follow_up") or ()), dict(step)))
    return edits


def new_action(fields: Mapping[str, Any], taken: Collection[str]) -> dict[str, Any]:
    """A whole action with an id of its own, made from its title."""
    keys = (*FIELDS, "follow_up")
    given = {key: value for key in keys if (value := fields.get(key)) not in (None, "", [], {})}
    return {"id": new_id(str(given.get("title", "")), taken), **given}


def new_id(title: str, taken: Collection[str]) -> str:
    """An id made of the words of a title, unlike those that are taken."""
    bare = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss")).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:_LONGEST_ID].strip("-")
    stem = words if re.search(r"[a-z]", words) else f"atgard-{words}".strip("-")
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name
