"""One answer as plain values, part by part: taken apart, put together, and merged where two have changed it.

A page and a spreadsheet show an answer in parts, and give the parts back. What is put together here is set by `edit`,
which touches only what differs. Nothing is resolved in silence: where both have changed the same part to different
things, the part stays as it is in the file and the clash is told.

One action as plain values, field by field: merged where two have changed it, and turned into edits of its file.

Like an answer, an action is given back in parts by whoever shows it. Where both have changed the same field to
different things, the field stays as it is in the file and the clash is told. Follow-ups are only ever added.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.workspace.yaml.edits import Insert, Remove, Set

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from granskning.workspace.yaml.edits import Edit

STATE_KEYS = ("level", "not_applicable", "insufficient_evidence", "open", "inherited")
"""The keys that say the state of an answer. Together they are one part, the judgement."""

PARTS = ("judgement", "justification", "evidence", "recommendation", "note")
"""What an answer is made up of, in the order of the file."""

Parts = dict[str, Any]
"""An answer by part: the judgement as a mapping with at most one state key; None for a part that is not there."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that was changed in two ways since both had the same."""

    part: str
    base: Any
    ours: Any
    """As it is in the file now."""
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """An answer after a merge: its values, which parts changed in the file, and which could not be merged."""

    values: Mapping[str, Any]
    changed: tuple[str, ...]
    clashes: tuple[Clash, ...]


def take_apart(values: Mapping[str, Any] | None) -> Parts:
    """The parts of an answer as it stands in a file."""
    held = values or {}
    judgement = {key: held[key] for key in STATE_KEYS if held.get(key) is not None}
    return {"judgement": judgement, **{part: held.get(part) for part in PARTS[1:]}}


def put_together(parts: Parts, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An answer of these parts. Keys of `before` that belong to no part stay, and so does an empty `level:`."""
    held = before or {}
    judgement = {key: value for key, value in parts["judgement"].items() if value is not None}
    values: dict[str, Any] = dict(judgement) or {"level": None}
    for part in PARTS[1:]:
        if parts.get(part) not in (None, "", []):
            values[part] = parts[part]
    known = {*STATE_KEYS, *PARTS[1:]}
    return {**values, **{key: value for key, value in held.items() if key not in known}}


def merge_answer(base: Mapping[str, Any] | None, ours: Mapping[str, Any] | None, theirs: Parts) -> Merged:
    """Take over what `theirs` has changed since `base` into `ours`, as the file has it now.

    Texts that differ only in white space at the ends or in how their lines are wrapped are the same.
    """
    before, now = take_apart(base), take_apart(ours)
    after, changed, clashes = dict(now), [], []
    for part in PARTS:
        wanted = theirs.get(part, before[part])
        if is_alike(wanted, before[part]) or is_alike(wanted, now[part]):
            continue
        if is_alike(now[part], before[part]):
            after[part] = wanted
            changed.append(part)
        else:
            clashes.append(Clash(part, before[part], now[part], wanted))
    return Merged(put_together(after, ours), tuple(changed), tuple(clashes))


def merge_fields(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """The same for single fields, such as those above the answers. `values` are those to be set; None is no value."""
    values, clashes = {}, []
    for key, wanted in theirs.items():
        if is_alike(wanted, base.get(key)) or is_alike(wanted, ours.get(key)):
            continue
        if is_alike(ours.get(key), base.get(key)):
            values[key] = wanted
        else:
            clashes.append(Clash(key, base.get(key), ours.get(key), wanted))
    return Merged(values, tuple(values), tuple(clashes))


def is_alike(value: Any, other: Any) -> bool:
    """Whether two parts say the same to a reader."""
    return bool(_bare(value) == _bare(other))


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: bare for key, item in value.items() if (bare := _bare(item)) is not None}
    if isinstance(value, list | tuple):
        return [bare for item in value if (bare := _bare(item)) is not None] or None
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    lines = str(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join(line.strip() for line in lines).strip("\n")
    return re.sub(r"[ \t]+", " ", text) or None


FIELDS = ("title", "text", "criteria", "round", "responsible", "due", "cost", "status", "answer")
"""What can be changed in an action; its id cannot, and follow-ups are added."""

_LONGEST_ID = 60
_LONGEST_NAME = 100
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""What Windows can hold no folder and no file called."""


@dataclass(frozen=True, slots=True)
class ActionMerge:
    """What is to be set or taken away in the file, and what could not be merged."""

    wanted: Mapping[str, Any]
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


def can_be_file(name: str) -> bool:
    """Whether a file may be called so wherever the folder is opened: Windows keeps some names, and long ones end."""
    return len(name) <= _LONGEST_NAME and not _RESERVED.fullmatch(name.casefold())


_SPELLED = str.maketrans({
    "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ŋ": "n", "ŧ": "t",
    "œ": "oe",
})  # fmt: skip
"""Letters that are no other letter with a mark, by those that stand for them in a name."""


def new_id(title: str, taken: Collection[str], kind: str = "atgard") -> str:
    """An id made of the words of a title, unlike those that are taken; one without letters begins with its kind.

    A long title is cut between words.
    """
    spelled = unicodedata.normalize("NFKD", title.casefold().translate(_SPELLED))
    bare = "".join(letter for letter in spelled if letter.isascii() or unicodedata.category(letter)[0] not in "LM")
    words = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    if len(words) > _LONGEST_ID:
        words = words[: _LONGEST_ID + 1].rpartition("-")[0] or words[:_LONGEST_ID]
    is_name = re.search(r"[a-z]", words) and not _RESERVED.fullmatch(words)
    stem = words if is_name else f"{kind}-{words}".strip("-")
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name
