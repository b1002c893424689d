"""How a set counts, changed part by part: merged with what others have changed, added, moved, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.errors import UnknownFileError, UsageError
from granskning.i18n import N_
from granskning.tasks.criteria.edit_part import KeptPart
from granskning.tasks.criteria.part_fields import languages_of
from granskning.tasks.criteria.rule_form import row_of_rule, rule_after
from granskning.tasks.criteria.set_file import edit_set
from granskning.workspace.answer_merge import merge_fields, new_id
from granskning.workspace.schema.form_nodes import children_of, kind_of_node, node_at
from granskning.workspace.yaml.edits import MISSING, Insert, Remove, Set, value_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from granskning.findings.finding import Path as PartPath
    from granskning.model.workspace import Workspace
    from granskning.tasks.criteria.set_file import WrittenSet
    from granskning.workspace.schema.form_nodes import Node
    from granskning.workspace.yaml.edits import Edit

ROOTS = ("scoring", "scale", "scales", "classes", "requires", "areas", "agreement", "targets")
"""What of a set is changed so; of targets, only how each counts."""
NEW = "ny"
"""The last step of a place: a thing that is not in its list yet."""
_NAMED_BY = ("title", "label", "why")


@dataclass(frozen=True, slots=True)
class RulePlace:
    """A place in a set: its path, what the schema says of it, and what stands there now."""

    path: PartPath
    node: Node
    value: Any
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class RuleSave:
    """What is to be saved at a place: what the form was made of, and what it says now."""

    of: str
    place: str
    base: Mapping[str, Any]
    fields: Mapping[str, Any]


def place_of(values: Mapping[str, Any], place: str) -> RulePlace:
    """What a place such as `scoring.gates.0` stands for. Raises UnknownFileError where there is and can be nothing."""
    steps: list[str | int] = [int(step) if step.isascii() and step.isdigit() else step for step in place.split(".")]
    is_new = steps[-1] == NEW
    if is_new:
        above = value_at(values, tuple(steps[:-1]))
        steps[-1] = len(above) if isinstance(above, list) else 0
    path = tuple(steps)
    node = node_at(path) if path[0] in ROOTS and (path[0] != "targets" or "scoring" in path) else None
    value = value_at(values, path)
    is_lost = isinstance(path[-1], int) and not is_new and value is MISSING
    if node is None or is_lost or not (node.get("properties") or kind_of_node(node) == "list"):
        raise UnknownFileError(N_("there is no such part of a criteria set"), "")
    return RulePlace(path, node, None if value is MISSING else value, is_new)


def keep_rule(root: Path, workspace: Workspace, save: RuleSave) -> KeptPart:
    """Merge the fields of a part into the file as it is now, and write what that changes.

    Raises UsageError where the thing in a list is not the one that the form was made of.
    """
    outcome: dict[str, Any] = {}

    def edits_of(values: Mapping[str, Any]) -> list[Edit]:
        at, languages = place_of(values, save.place), languages_of(values)
        row = row_of_rule(at.node, at.value, languages)
        if at.is_new:
            made = _named(rule_after(at.node, {}, save.fields, languages), at.node, values, at.path)
            return [Insert(at.path[:-1], int(at.path[-1]), made)] if _is_list(values, at.path[:-1]) else [
                Set(at.path[:-1], [made])]  # fmt: skip
        if (isinstance(at.path[-1], int) and row.get("id") != (save.base.get("id") or None)) or (
            isinstance(at.path[-1], int) and "id" not in row and row != dict(save.base)
        ):
            raise _changed_meanwhile()
        merged = merge_fields(save.base, row, save.fields)
        outcome.update(clashes=merged.clashes, row=row)
        after = rule_after(at.node, at.value, merged.values, languages)
        if not after and at.value is None:
            return []
        return [Set(at.path, after)] if after or isinstance(at.path[-1], int) else [Remove(at.path)]

    written = edit_set(root, workspace, save.of, edits_of)
    return KeptPart(written, outcome.get("clashes", ()), outcome.get("row", {}))


def take_rule_away(root: Path, workspace: Workspace, of: str, place: str, seen: Mapping[str, Any]) -> WrittenSet:
    """Take a thing out of its list; `seen` are its fields as the reader saw them. The last one takes the list along."""

    def edits_of(values: Mapping[str, Any]) -> list[Edit]:
        at = _same(values, place, seen)
        beside = value_at(values, at.path[:-1])
        return [Remove(at.path if len(beside) > 1 else at.path[:-1])]

    return edit_set(root, workspace, of, edits_of)


def move_rule(  # noqa: PLR0913  # a thing of a list, and where it goes
    root: Path, workspace: Workspace, of: str, place: str, seen: Mapping[str, Any], *, down: bool
) -> WrittenSet:
    """Change places with the thing before or after; at the end of the list nothing happens."""

    def edits_of(values: Mapping[str, Any]) -> list[Edit]:
        at = _same(values, place, seen)
        number = int(at.path[-1])
        other = number + (1 if down else -1)
        if not 0 <= other < len(value_at(values, at.path[:-1])):
            return []
        return [Remove(at.path), Insert(at.path[:-1], other, at.value)]

    return edit_set(root, workspace, of, edits_of)


def put_rule_back(root: Path, workspace: Workspace, of: str, place: str, item: Mapping[str, Any]) -> WrittenSet:
    """Put a thing that was taken away back where it stood."""

    def edits_of(values: Mapping[str, Any]) -> list[Edit]:
        *above, number = [int(step) if step.isdigit() else step for step in place.split(".")]
        path = tuple(above)
        if path[:1] not in {(root_key,) for root_key in ROOTS} or node_at((*path, 0)) is None:
            raise UnknownFileError(N_("there is no such part of a criteria set"), "")
        known = value_at(values, path)
        if not isinstance(known, list):
            return [Set(path, [dict(item)])]
        return [Insert(path, min(int(number), len(known)), dict(item))]

    return edit_set(root, workspace, of, edits_of)


def _same(values: Mapping[str, Any], place: str, seen: Mapping[str, Any]) -> RulePlace:
    """The thing at a place of a list. Raises UsageError where it is not the one that the reader saw."""
    at = place_of(values, place)
    if not isinstance(at.path[-1], int) or at.is_new:
        raise UnknownFileError(N_("there is no such part of a criteria set"), "")
    if row_of_rule(at.node, at.value, languages_of(values)) != dict(seen):
        raise _changed_meanwhile()
    return at


def _changed_meanwhile() -> UsageError:
    return UsageError(N_("somebody else has changed this meanwhile"), N_("open it again; nothing was saved"))


def _is_list(values: Mapping[str, Any], path: PartPath) -> bool:
    return isinstance(value_at(values, path), list)


def _named(made: dict[str, Any], node: Node, values: Mapping[str, Any], path: PartPath) -> dict[str, Any]:
    """A new thing with an id of its own, made of its words, where it needs one and none was written."""
    if "id" not in children_of(node) or made.get("id"):
        return made
    words = next((made[key] for key in _NAMED_BY if made.get(key)), "")
    text = next(iter(words.values()), "") if isinstance(words, dict) else str(words)
    beside = value_at(values, path[:-1])
    taken = {str(item.get("id")) for item in beside if isinstance(item, dict)} if isinstance(beside, list) else set()
    return {"id": new_id(" ".join(text.split()[:4]), taken, "del"), **made}
