"""A criteria set's own file: written new, and edited exactly, with nothing written that would make it worse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import FolderFiles, place_in
from granskning.edges.writing import FileWrite, write_files
from granskning.errors import UsageError
from granskning.files import OverlaidFiles
from granskning.findings.severity import Severity
from granskning.i18n import N_
from granskning.tasks.criteria.variant_edits import new_variant_values, variant_edits, whole_set
from granskning.tasks.folder.save import edit_anew, open_file, schema_writes
from granskning.workspace.load import load_files
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.variants import is_variant
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Set
from granskning.workspace.yaml.source import Fault, decode, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.model.criteria import CriteriaSet
    from granskning.model.workspace import Workspace
    from granskning.workspace.yaml.edits import Edit

    Edits = Callable[[Mapping[str, Any]], list[Edit]]

_HEAD = """\
# yaml-language-server: $schema=../.granskning/schemas/criteria.schema.json
schema: granskning/criteria/1
requires:
  justification: all
"""
"""How the file of a new set begins: a reason is asked for whatever the level, until somebody says otherwise."""
_VARIANT_HEAD = """\
# yaml-language-server: $schema=../.granskning/schemas/criteria.schema.json
schema: granskning/criteria/1
"""


@dataclass(frozen=True, slots=True)
class WrittenSet:
    """What came of it: the findings that hindered it (then nothing was written), and those that stand afterwards."""

    file: str
    refused: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_changed: bool = False


def file_of_set(name: str) -> str:
    """Where the current version of a set lies."""
    return f"criteria/{name}.yaml"


def values_of_set(root: Path, name: str) -> dict[str, Any]:
    """What a set says; of a variant, the whole set that it stands for. Raises UsageError where it cannot be read."""
    values = _values_in(open_file(place_in(root, file_of_set(name)))[0], name)
    return whole_set(root, file_of_set(name)) if is_variant(values) else values


def _values_in(data: bytes, name: str) -> dict[str, Any]:
    """The same of the bytes of the file."""
    file, text = file_of_set(name), decode(data)
    values = None if isinstance(text, Fault) else read(text).value
    if not isinstance(values, dict):
        raise UsageError(N_("{file} cannot be read"), N_("mend it as text first"), file=file)
    return values


def is_judged_by(workspace: Workspace, criteria: CriteriaSet) -> bool:
    """Whether an approved review rests on that version of a set, so that it must stay as it is."""
    return any(review.criteria == criteria.reference and review.status == "approved" for review in workspace.reviews)


def require_open(workspace: Workspace, name: str) -> None:
    """Raise UsageError where an approved review rests on the current version of a set."""
    criteria = next((known for known in workspace.criteria.values() if known.file == file_of_set(name)), None)
    if criteria is None:
        return
    if is_judged_by(workspace, criteria):
        message = N_("version {version} is what an approved review was judged by, so it is not changed")
        raise UsageError(message, N_("make a new version of the set first, and change that"), version=criteria.version)


def new_set(root: Path, name: str, values: Mapping[str, Any], *, write: bool) -> WrittenSet:
    """Write a set that is not there. Never overwrites; with errors, or without `write`, nothing is written."""
    file = file_of_set(name)
    clear_all_leftovers(root)
    given = {**values, "requires": {"justification": "all", **values.get("requires", {})}}
    return _write_new(root, file, _HEAD, given, write=write)


def new_variant(root: Path, workspace: Workspace, of: str, title: str, today: str) -> tuple[str, WrittenSet]:
    """A variant of a set that says nothing of its own yet but what it is called, and its id."""
    taken = sorted({criteria.id for criteria in workspace.criteria.values()})
    values = new_variant_values(values_of_set(root, of), title, taken, today)
    clear_all_leftovers(root)
    file = file_of_set(values["id"])
    return values["id"], _write_new(root, file, _VARIANT_HEAD, values, write=True)


def _write_new(root: Path, file: str, head: str, given: Mapping[str, Any], *, write: bool) -> WrittenSet:
    """Write a file that is not there, unless it would have errors."""
    edits: list[Edit] = [Set((key,), value) for key, value in given.items()]
    data = edit_bytes(head.encode(), edits, order_of("criteria"))
    findings, workspace = _loaded_with(root, file, data)
    if errors := _errors(findings):
        return WrittenSet(file, errors)
    if write:
        write_files([FileWrite(place_in(root, file), data, is_new=True), *schema_writes(root, workspace)])
    return WrittenSet(file, (), findings, is_changed=True)


def edit_set(root: Path, workspace: Workspace, name: str, edits_of: Edits, *, write: bool = True) -> WrittenSet:
    """Edit the file of a set as it is now; what would bring new errors is refused whole.

    `edits_of` is given the values as they stand, and is asked anew when somebody else was first. Raises UsageError for
    a version that an approved review rests on, EditRefusedError and ChangedOnDiskError as `edit_file` does.
    """
    require_open(workspace, name)
    file = file_of_set(name)
    clear_all_leftovers(root)

    def attempt() -> WrittenSet:
        data, opened = open_file(place_in(root, file))
        values = _values_in(data, name)
        if is_variant(values):
            edits = variant_edits(root, file, values, edits_of(whole_set(root, file)))
        else:
            edits = edits_of(values)
        after = edit_bytes(data, edits, order_of("criteria"))
        if after == data:
            return WrittenSet(file)
        before = {(finding.rule.code, finding.at.path) for finding in _errors(_loaded_with(root, file, data)[0])}
        findings, changed = _loaded_with(root, file, after)
        errors = tuple(fault for fault in _errors(findings) if (fault.rule.code, fault.at.path) not in before)
        if errors:
            return WrittenSet(file, errors)
        if not write:
            return WrittenSet(file, (), findings, is_changed=True)
        write_files([FileWrite(place_in(root, file), after, opened), *schema_writes(root, changed)])
        return WrittenSet(file, (), findings, is_changed=True)

    return edit_anew(file, attempt)


def _loaded_with(root: Path, file: str, data: bytes) -> tuple[tuple[Finding, ...], Workspace]:
    """What would be found in the file with these bytes, and the workspace that it gives."""
    loaded = load_files(OverlaidFiles(FolderFiles(root), {file: data}), only=[file])
    return tuple(finding for finding in loaded.findings if finding.at.file == file), loaded.workspace


def _errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.rule.severity is Severity.ERROR)
