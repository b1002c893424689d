"""Add an action to a strategy, or change one: exactly, and without losing what somebody else writes meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.edges.lookup import exists
from granskning.edges.writing import FileWrite
from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.folder.save import edit_anew, edit_file, open_file, write_edited
from granskning.workspace.answer_merge import edits_of, merge_action, new_action
from granskning.workspace.checks.dates import new_impossible_dates
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Insert
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.workspace.answer_merge import Clash
    from granskning.workspace.yaml.edits import Edit

_EMPTY = """\
# yaml-language-server: $schema=../../.granskning/schemas/actions.schema.json
schema: granskning/actions/1
strategy: {strategy}
actions: []
"""


@dataclass(frozen=True, slots=True)
class ActionKept:
    """What came of it: the action's id, and the fields that somebody else has changed to something else."""

    id: str
    clashes: tuple[Clash, ...]
    is_changed: bool
    refused: tuple[Finding, ...] = ()
    """Why nothing was written: with it, the file's form would have faults."""


def file_of_actions(strategy: str) -> str:
    """Where the actions of a strategy are."""
    return f"strategies/{strategy}/actions.yaml"


def read_actions(root: Path, strategy: str) -> list[dict[str, Any]]:
    """The actions as they stand in the file; none where there is no file. Raises UsageError for a broken one."""
    path = root / file_of_actions(strategy)
    return _actions_in(open_file(path)[0], strategy) if exists(path) else []


def add_action(root: Path, strategy: str, fields: Mapping[str, Any]) -> ActionKept:
    """Add an action last, in a new file where there is none. Raises UsageError without a title."""
    if not fields.get("title"):
        raise UsageError(N_("an action needs a title"), N_("say in a few words what is to be done"))
    path = root / file_of_actions(strategy)

    def attempt() -> ActionKept:
        is_new = not exists(path)
        data, opened = (_EMPTY.format(strategy=strategy).encode(), "") if is_new else open_file(path)
        actions = _actions_in(data, strategy)
        action = new_action(fields, {known["id"] for known in actions})
        edits = [Insert(("actions",), len(actions), action)]
        if refused := _faults(data, edits, strategy):
            return ActionKept(action["id"], (), is_changed=False, refused=refused)
        after = edit_bytes(data, edits, order_of("actions"))
        write_edited([FileWrite(path, after, opened or None, is_new=is_new)])
        return ActionKept(action["id"], (), is_changed=True)

    return edit_anew(path, attempt)


def keep_action(  # noqa: PLR0913  # what the form says, part by part
    root: Path, strategy: str, name: str, base: Mapping[str, Any], fields: Mapping[str, Any], step: Mapping[str, Any]
) -> ActionKept:
    """Merge what the form says into the action as the file has it now, and add a follow-up where there is one.

    `base` is the action as the form showed it. Where a field clashes, nothing at all is written.
    """
    path = root / file_of_actions(strategy)

    def attempt() -> ActionKept:
        data, opened = open_file(path)
        actions = _actions_in(data, strategy)
        number = next((place for place, one in enumerate(actions) if one["id"] == name), None)
        if number is None:
            raise UsageError(N_("there is no action {id} in the file any more"), "", id=name)
        merge = merge_action(base, actions[number], fields)
        if merge.clashes:
            return ActionKept(name, merge.clashes, is_changed=False)
        edits = edits_of(number, actions[number], merge, step)
        if refused := _faults(data, edits, strategy):
            return ActionKept(name, (), is_changed=False, refused=refused)
        edit_file(path, edits, order_of("actions"), opened=opened)
        return ActionKept(name, (), is_changed=bool(edits))

    return edit_anew(path, attempt)


def _faults(data: bytes, edits: Sequence[Edit], strategy: str) -> tuple[Finding, ...]:
    """What would be wrong in the form of the file after these edits."""
    text = decode(edit_bytes(data, edits, order_of("actions")))
    values = read(text).value if isinstance(text, str) else None
    file, before = file_of_actions(strategy), {"actions": _actions_in(data, strategy)}
    return (*check_values("actions", values, file), *new_impossible_dates(file, values, before))


def _actions_in(data: bytes, strategy: str) -> list[dict[str, Any]]:
    text = decode(data)
    reading = read(text) if isinstance(text, str) else None
    file = file_of_actions(strategy)
    if reading is None or not reading.whole or check_values("actions", reading.value, file):
        message = N_("{file} has errors, so its actions are not changed here")
        raise UsageError(message, N_("mend it as text first"), file=file)
    actions: list[dict[str, Any]] = reading.value["actions"]
    return actions
