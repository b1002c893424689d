"""What stands above the answers, brought in from a workbook: merged, and handed in unless something hinders it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from granskning.edges.disk import FolderFiles
from granskning.files import OverlaidFiles
from granskning.findings.severity import Severity
from granskning.i18n import N_, NN_
from granskning.reporting.workbook.workbook_answers import WorkbookRemark
from granskning.reporting.workbook.workbook_choices import HEAD_KEYS
from granskning.reporting.workbook.workbook_heads import HeadReader
from granskning.workspace.answer_merge import merge_fields
from granskning.workspace.load import load_files
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Remove, Set
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from granskning.i18n import Translator
    from granskning.reporting.workbook.workbook_answers import WorkbookAnswer
    from granskning.reporting.workbook.workbook_reading import Returned
    from granskning.workspace.answer_merge import Clash
    from granskning.workspace.yaml.edits import Edit
    from granskning.workspace.yaml.splice import Order

_STATUS = ("status",)


@dataclass(frozen=True, slots=True)
class HeadImport:
    """What the workbook does to what stands above the answers of a review."""

    edits: tuple[Edit, ...] = ()
    changes: tuple[tuple[str, Any, Any], ...] = ()
    """Key, before and after."""
    clashes: tuple[Clash, ...] = ()
    remarks: tuple[WorkbookRemark, ...] = ()
    place: tuple[str, int] = ("", 0)
    """The sheet and row that say so."""


def import_head(now: Mapping[str, Any], returned: Returned, identity: str, t: Translator) -> HeadImport:
    """Merge what the workbook says into `now`, the values of the file."""
    cells = returned.head_rows.get(identity)
    if cells is None:
        if identity not in returned.heads:  # a workbook that was made before it had such a sheet
            return HeadImport()
        message = N_("the row of {identity} is gone from the sheet to hand in, and what it said is left as it is")
        return HeadImport(remarks=(WorkbookRemark("", 0, message, {"identity": identity}),))
    before = returned.heads.get(identity, {})
    reader = HeadReader(before, t)
    wanted = dict(reader.values(cells))
    base = {key: before.get(key) for key in HEAD_KEYS}
    merged = merge_fields(base, now, wanted)
    edits = tuple(Remove((key,)) if value is None else Set((key,), value) for key, value in merged.values.items())
    changes = tuple((key, now.get(key), value) for key, value in merged.values.items())
    return HeadImport(edits, changes, merged.clashes, tuple(reader.remarks), (cells.sheet, cells.row))


def without_hand_in(
    root: Path,
    file: str,
    answered: tuple[bytes, Sequence[Edit], Order],
    head: HeadImport,
    statement: WorkbookAnswer,
) -> HeadImport:
    """The same without handing in, where something hinders it, with a remark for each thing that does.

    `answered` are the bytes of the file, the edits of its answers and the order of its keys.
    """
    if not any(isinstance(edit, Set) and edit.path == _STATUS and edit.value == "submitted" for edit in head.edits):
        return head
    data, edits, order = answered
    after = edit_bytes(data, (*edits, *head.edits), order)
    remarks = [*_unsaid(after, head.place)]
    loaded = load_files(OverlaidFiles(FolderFiles(root), {file: after}), only=[file])
    for finding in loaded.findings:
        if finding.rule.severity is Severity.ERROR:
            path = finding.at.path
            place = (
                statement.place_of(str(path[1]), path[2:]) if path[:1] == ("answers",) and len(path) > 1 else head.place
            )
            values = {**finding.values, "criterion": path[1] if len(path) > 1 else ""}
            remarks.append(WorkbookRemark(*place, finding.rule.message, values, finding.rule.hint))
    if not remarks:
        return head
    refused = WorkbookRemark(
        *head.place,
        NN_("not handed in; {count} thing hinders it", "not handed in; {count} things hinder it"),
        {"count": len(remarks)},
    )
    return replace(
        head,
        edits=tuple(edit for edit in head.edits if edit.path != _STATUS),
        changes=tuple(change for change in head.changes if change[:1] != _STATUS),
        remarks=(*head.remarks, refused, *remarks),
    )


def _unsaid(data: bytes, place: tuple[str, int]) -> Sequence[WorkbookRemark]:
    """What has to be said of the reading before a review is handed in."""
    text = decode(data)
    values = read(text).value if isinstance(text, str) else None
    head = values if isinstance(values, dict) else {}
    if head.get("reading_depth", "not_read") == "not_read" and not head.get("not_read"):
        return (WorkbookRemark(*place, N_("say how much of the text was read"), {}),)
    if head.get("reading_depth") != "full_text" and not head.get("not_read"):
        return (WorkbookRemark(*place, N_("say what was not read"), {}),)
    return ()
