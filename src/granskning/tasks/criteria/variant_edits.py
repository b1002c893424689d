"""A variant of a criteria set, edited as the whole set that it stands for: only what differs is written in its file.

The whole set before and after a change in, the variant's own values out. What a variant cannot say (another order, a
part without something that the other set gives it) is refused: the file, read again, must give the very set meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.edges.disk import FolderFiles, place_in
from granskning.edges.lookup import exists
from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.workspace.answer_merge import new_id
from granskning.workspace.schema.derived import BY_ID
from granskning.workspace.variants import OWN, base_paths, resolve, whole_values
from granskning.workspace.yaml.edits import Remove, Set, apply_edit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from granskning.workspace.yaml.edits import Edit

    Values = dict[str, Any]

_NEVER = frozenset({"variant_of", "extends", "removes"})


def whole_set(root: Path, file: str) -> Values:
    """The whole set that a variant stands for. Raises UsageError where the set that it builds on cannot be read."""
    whole = whole_values(FolderFiles(root), file)
    if not whole:
        raise UsageError(N_("{file} builds on a set that cannot be read"), N_("mend it as text first"), file=file)
    return whole


def variant_edits(root: Path, file: str, raw: Values, edits: Sequence[Edit]) -> list[Edit]:
    """The edits of the variant's file that come to the same as those of the whole set. Raises UsageError."""
    whole, base, base_file = whole_set(root, file), *_base(root, file, str(raw["extends"]))
    after: Any = whole
    for edit in edits:
        after = apply_edit(after, edit)
    if after == whole:
        return []
    wanted = _difference(raw, base, whole, after)
    language = str(whole.get("language", base.get("language", "sv")))
    made = resolve(wanted, base, (file, base_file), language).values
    if made != after:
        message = N_("a variant cannot say this: it says what differs, never another order or something left out")
        raise UsageError(message, N_("change it in the set that it builds on: {set}"), set=str(raw["extends"]))
    changed: list[Edit] = [Set((key,), value) for key, value in wanted.items() if raw.get(key) != value]
    return [*changed, *(Remove((key,)) for key in raw if key not in wanted)]


def new_variant_values(whole: Mapping[str, Any], title: str, taken: Sequence[str], today: str) -> Values:
    """The values of a new variant that says nothing of its own yet but what it is called."""
    named = whole.get("title")
    words = {str(whole.get("language") or "sv"): title} if isinstance(named, dict) else title
    return {"extends": f"{whole['id']}@{whole['version']}", "id": new_id(title, taken, "matt"), "version": "1.0.0",
            "title": words, "status": "proposal", "date": today}  # fmt: skip


def _base(root: Path, file: str, reference: str) -> tuple[Values, str]:
    """The set that the variant builds on, and its file."""
    files = FolderFiles(root)
    for at in base_paths(reference):
        if at != file and exists(place_in(root, at)):
            values = whole_values(files, at)
            if f"{values.get('id')}@{values.get('version')}" == reference:
                return values, at
    raise UsageError(N_("{file} builds on a set that cannot be read"), N_("mend it as text first"), file=file)


def _difference(raw: Values, base: Values, whole: Values, after: Values) -> Values:
    """What the variant must say so that it stands for `after`."""
    removes: dict[str, list[str]] = {}
    made: Values = {"extends": raw["extends"]}
    for key, value in after.items():
        if key in OWN and key not in _NEVER and (value != whole.get(key) or key in raw):
            made[key] = value if value != whole.get(key) else raw[key]
        elif key not in OWN and key not in _NEVER:
            own = _said(key, value, base.get(key), removes)
            made |= {} if own is None else {key: own}
    gone = [step for step in base.get("scoring", {}) if step not in after.get("scoring", {})]
    removes |= {"scoring": gone} if gone else {}
    removes |= {key: [str(part["id"]) for part in base[key]]
                for key in BY_ID if base.get(key) and key not in after and key != "criteria"}  # fmt: skip
    made |= {"removes": removes} if removes else {}
    order = dict.fromkeys((*raw, *after, "removes"))
    return {key: made[key] for key in order if key in made}


def _said(key: str, value: Any, other: Any, removes: dict[str, list[str]]) -> Any:
    """What a variant says at a key of the set; None where it is as in the other set."""
    if key == "scoring":
        return {
            step: step_values for step, step_values in value.items() if step_values != (other or {}).get(step)
        } or None
    if key in BY_ID and isinstance(value, list):
        return _parts(key, value, other or [], removes) or None
    return value if value != other else None


def _parts(kind: str, after: list[Any], base: list[Any], removes: dict[str, list[str]]) -> list[Any]:
    """Those parts of a list that are not as in the other set, each with what differs."""
    known = {part["id"]: part for part in base}
    gone = [name for name in known if name not in {part.get("id") for part in after}]
    if gone:
        removes.setdefault(kind, []).extend(gone)
    wanted: list[Any] = []
    for part in after:
        other = known.get(part.get("id"))
        if other is None:
            wanted.append(part)
            continue
        own = {"id": part["id"]}
        for key, value in part.items():
            if key in BY_ID and isinstance(value, list) and not any(isinstance(item, str) for item in value):
                below = _parts(key, value, other.get(key) or [], removes)
                own |= {key: below} if below else {}
            elif value != other.get(key):
                own[key] = value
        for key in ("criteria", "targets"):
            if other.get(key) and key not in part:
                removes.setdefault(key, []).extend(str(item["id"]) for item in other[key])
        if len(own) > 1:
            wanted.append(own)
    return wanted
