"""Bring a criteria set in: from a spreadsheet, from CSV, or from a library in JSON; or back from a workbook of ours.

A set that is not there is made whole or not at all. A workbook that `export` made of a set remembers what it was, so
that what has changed in it is merged into the file as it is now, and what both have changed is told and left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from granskning.edges.disk import FolderFiles, find_root
from granskning.edges.lookup import exists
from granskning.errors import UsageError
from granskning.i18n import LANGUAGES, N_, Translator
from granskning.model.question_fields import INSTRUCTIONS, QUESTION_MEMORY
from granskning.tasks.criteria.draft_values import draft_values
from granskning.tasks.criteria.merge_rows import MergedRows, merge_rows
from granskning.tasks.criteria.set_file import WrittenSet, edit_set, file_of_set, new_set, values_of_set
from granskning.workspace.answer_merge import new_id
from granskning.workspace.libraries.library import is_json, read_csv_library, read_json_library
from granskning.workspace.libraries.table import read_table
from granskning.workspace.libraries.workbook_memory import QuestionMemory, read_memory
from granskning.workspace.load import load_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from granskning.model.worksheet import Worksheet
    from granskning.workspace.libraries.draft import DraftRemark, SetDraft

_TABLES = frozenset({".csv", ".tsv", ".txt"})


@dataclass(frozen=True, slots=True)
class BroughtSet:
    """What a file was understood as, what there is to tell of it, and what came of it."""

    name: str
    title: str
    kind: str
    """table, oscal or case; `workbook` for one that came back."""
    questions: int
    targets: tuple[tuple[str, int], ...]
    """The title of each target, and how many questions stand under it."""
    levels: tuple[str, ...]
    remarks: tuple[DraftRemark, ...]
    written: WrittenSet | None = None
    """None where something hinders that it is written."""
    merged: MergedRows | None = field(default=None)
    """What a workbook that came back changes."""

    @property
    def is_hindered(self) -> bool:
        """Whether it is not, or would not be, written as it is."""
        return self.written is None or bool(self.written.refused)


def is_library(data: bytes, name: str) -> bool:
    """Whether a file can only be a criteria set: JSON, or a table that is no workbook."""
    return is_json(data) or PurePath(name.casefold()).suffix in _TABLES or (name == "-" and not data.startswith(b"PK"))


@dataclass(frozen=True, slots=True)
class FileToBringIn:
    """A file that somebody brings in: its path as it was named, what errors call it, and what is wanted of it."""

    path: str
    name: str
    today: str
    """The day, which a new set is dated by."""
    wanted: str = ""
    """The id that a new set is to have; else one is made of its title or the file's name."""
    write: bool = False
    is_set: bool = False
    """Whether it may be nothing but a criteria set; else it may be a workbook of reviews too."""


def bring_in_library(start: Path, data: bytes, file: FileToBringIn) -> BroughtSet:
    """Bring in JSON or CSV. Raises UsageError for what is no criteria set, and for an id that is taken."""
    draft = read_json_library(data, file.name) if is_json(data) else read_csv_library(data, file.name)
    return _new(find_root(start), draft, file)


def bring_in_sheets(start: Path, sheets: Sequence[Worksheet], file: FileToBringIn) -> BroughtSet:
    """The same for the sheets of a workbook; one that was made of a set of the folder is merged into it."""
    root = find_root(start)
    memory = read_memory(sheets)
    draft = read_table(sheets, frozenset({QUESTION_MEMORY, *_instructions(sheets)}))
    if memory is not None and memory.set and not file.wanted and exists(root / file_of_set(memory.set)):
        return _merged(root, draft, memory, write=file.write)
    return _new(root, draft, file)


def _instructions(sheets: Sequence[Worksheet]) -> list[str]:
    """The sheets of ours that tell how the workbook is filled in."""
    words = {Translator(language)(INSTRUCTIONS) for language in LANGUAGES}
    return [worksheet.title for worksheet in sheets if worksheet.rows.get(1, {}).get(1) in words]


def _new(root: Path, draft: SetDraft, file: FileToBringIn) -> BroughtSet:
    """A set that is not there yet."""
    settings = load_workspace(FolderFiles(root), only=["granskning.yaml"]).settings
    stem = PurePath(file.path).stem if file.path != "-" else ""
    wanted = file.wanted
    title = draft.about.get("title") or stem or Translator(settings.language)(N_("A new criteria set"))
    name = new_id(wanted or draft.about.get("id") or title, (), "matt")
    if wanted and name != wanted:
        raise UsageError(N_("“{value}” cannot be an id"), N_("write small letters a–z, digits and hyphens: {name}"),
                         value=wanted, name=name)  # fmt: skip
    if exists(root / file_of_set(name)):
        message = N_("there is already a criteria set {set}")
        hint = N_("give this one another id with --set NAME; or change that one: export it with --criteria {set} first")
        raise UsageError(message, hint, set=name)
    made = draft_values(draft, name, title, settings.language or "sv", file.today)
    remarks = (*draft.remarks, *made.remarks)
    stopped = any(remark.weight == "stop" for remark in remarks)
    written = None if stopped else new_set(root, name, made.values, write=file.write)
    counts = {target.key: 0 for target in draft.targets}
    for question in draft.questions:
        counts[question.target] = counts.get(question.target, 0) + 1
    levels = tuple(f"{level['value']} {level.get('label', '')}" for level in made.values["scale"])
    targets = tuple((target.title, counts[target.key]) for target in draft.targets if counts[target.key])
    return BroughtSet(name, title, draft.kind, made.count, targets, levels, remarks, written)


def _merged(root: Path, draft: SetDraft, memory: QuestionMemory, *, write: bool) -> BroughtSet:
    """A workbook of a set of the folder that came back."""
    workspace = load_workspace(FolderFiles(root))
    values = values_of_set(root, memory.set)
    merged = merge_rows(values, draft, memory)
    remarks = (*draft.remarks, *merged.remarks)
    written = None
    if not any(remark.weight == "stop" for remark in remarks):

        def edits_of(now: Any) -> Any:
            return merge_rows(now, draft, memory).edits

        written = edit_set(root, workspace, memory.set, edits_of, write=write)
    title = values.get("title")
    words = Translator(memory.language if memory.language in ("sv", "en") else "sv").text(title) \
        if isinstance(title, dict) else str(title)  # fmt: skip
    return BroughtSet(memory.set, words, "workbook", len(draft.questions), (), (), remarks, written, merged)
