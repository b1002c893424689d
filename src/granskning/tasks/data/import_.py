"""Bring a filled-in workbook back: compare it with the files as they are now, and write what it changes.

Each answer is merged part by part with what the file says now. Where both have changed the same part, the file stays
and the clash is told. A file is written whole or not at all, and only where something changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import FolderFiles
from granskning.edges.readers.reading import read_worksheets, reading_limit
from granskning.errors import GranskningError, UnreadableFileError, UsageError, Words
from granskning.i18n import LANGUAGES, N_, Translator
from granskning.reporting.workbook.hidden_sheet import changed_sheet, original_answers
from granskning.reporting.workbook.workbook import Filled
from granskning.reporting.workbook.workbook_answers import WorkbookRemark, answers_of, unread_remarks
from granskning.reporting.workbook.workbook_choices import HEAD_KEYS, INSTRUCTIONS_TITLE, LISTS, MEMORY, TITLE_ROW
from granskning.reporting.workbook.workbook_reading import read_workbook
from granskning.tasks.data.import_head import import_head, without_hand_in
from granskning.tasks.folder.answer_gate import gate_answer, understood
from granskning.tasks.folder.chosen import Chosen
from granskning.tasks.folder.open import find_folder, load_chosen
from granskning.tasks.folder.save import edit_file, open_file, why_not_edited
from granskning.workspace.answer_merge import Clash, is_alike, merge_answer, take_apart
from granskning.workspace.files_by_kind import files_of_strategies
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.schema.schema import is_sound
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Set
from granskning.workspace.yaml.source import Fault, decode, read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.model.worksheet import Worksheet
    from granskning.reporting.workbook.workbook_answers import WorkbookAnswer
    from granskning.reporting.workbook.workbook_reading import Returned
    from granskning.workspace.loaded import Loaded
    from granskning.workspace.yaml.edits import Edit
    from granskning.workspace.yaml.splice import Order


@dataclass(frozen=True, slots=True)
class ImportedChange:
    """One part of one answer that the workbook changes."""

    criterion: str
    """Empty for what stands above the answers."""
    part: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Imported:
    """What the workbook does to one review."""

    file: str
    changes: tuple[ImportedChange, ...]
    clashes: tuple[tuple[str, Clash], ...]
    """With the criterion that each is about."""
    remarks: tuple[WorkbookRemark, ...]
    error: GranskningError | None = None
    """Why nothing was written, where something should have been."""


def import_workbook(  # noqa: PLR0913  # what a user may choose, by name
    start: Path,
    data: bytes,
    *,
    write: bool,
    name: str = "workbook.xlsx",
    seconds: float | None = None,
    without: frozenset[str] = frozenset(),
) -> tuple[tuple[Imported, ...], tuple[WorkbookRemark, ...]]:
    """Merge a workbook into the reviews of the folder. Returns what it does to each, and remarks about the whole.

    Without `write`, nothing is written. `without` are the files of reviews that are neither told of nor
    written. `name` is what errors call the file, and `seconds` the processor time that
    reading it may take. Raises UsageError for a file that is no workbook of ours, and ReadingStoppedError.
    """
    return import_sheets(start, read_sheets(data, name, seconds), write=write, without=without)


def import_sheets(
    start: Path, sheets: tuple[Worksheet, ...], *, write: bool, without: frozenset[str] = frozenset()
) -> tuple[tuple[Imported, ...], tuple[WorkbookRemark, ...]]:
    """The same for the sheets of a workbook that has been read."""
    returned = _read(sheets)
    root = find_folder(start)
    if write:
        clear_all_leftovers(root)
    files = FolderFiles(root)
    own = files_of_strategies(files, {identity.split("/")[0] for identity in returned.memory})
    loaded = load_chosen(Chosen(root, tuple(own)), files, keep=True)
    reviews = {"/".join(one.identity): one for one in loaded.workspace.reviews}
    t = Translator(returned.language)
    done, remarks = [], [*unread_remarks(returned)]
    for identity in returned.memory:
        name = returned.sheets.get(identity, "")
        if identity not in reviews:
            remarks.append(
                WorkbookRemark(name, 0, N_("there is no review {identity} in the folder"), {"identity": identity})
            )
        elif reviews[identity].file in without:
            message = N_("{identity} is not brought in: its round is blind, and you have not handed in your own")
            remarks.append(WorkbookRemark(name, 0, message, {"identity": identity}))
        elif identity not in returned.reviews:
            message = N_("the sheet of {identity} is gone, and the review is left as it is")
            remarks.append(WorkbookRemark("", 0, message, {"identity": identity}))
        else:
            review = reviews[identity]
            criteria = loaded.workspace.criteria.get(review.criteria)
            if criteria is None:
                message = N_("{identity} cannot be filled in while its criteria set has errors")
                remarks.append(WorkbookRemark(name, 0, message, {"identity": identity}))
            else:
                wanted = _Wanted(answers_of(identity, returned, criteria, t), returned, identity, t)
                done.append(_import(root, review, criteria, wanted, write=write))
    for identity in returned.reviews.keys() - returned.memory.keys():
        message = N_("the sheet is of {identity}, which the workbook was not made with, so it is not read")
        remarks.append(WorkbookRemark(returned.sheets[identity], 0, message, {"identity": identity or "–"}))
    return tuple(done), tuple(remarks)


def read_sheets(data: bytes, name: str, seconds: float | None = None) -> tuple[Worksheet, ...]:
    """The sheets of a workbook. Raises UsageError for what is none, and ReadingStoppedError."""
    try:
        return read_worksheets(data, name, reading_limit(seconds))
    except UnreadableFileError as error:
        message = N_("{file} cannot be read as a workbook (.xlsx): {reason}")
        hint = N_("save it as Excel workbook (.xlsx) and try again")
        raise UsageError(message, error.hint or hint, file=name, reason=Words(error.message)) from error


def is_of_reviews(sheets: Sequence[Worksheet]) -> bool:
    """Whether `export` made the workbook, of reviews, also where its hidden sheet has been taken away."""
    first = {Translator(language)(INSTRUCTIONS_TITLE) for language in LANGUAGES}
    return any(sheet.title in (MEMORY, LISTS) or sheet.rows.get(TITLE_ROW, {}).get(1) in first for sheet in sheets)


def _read(sheets: tuple[Worksheet, ...]) -> Returned:
    """What stands in the workbook, when its hidden sheet is as granskning wrote it."""
    original = original_answers(sheets)
    if not is_sound("workbook", original):
        raise changed_sheet()
    return read_workbook(sheets, original)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the workbook says of one review, and the workbook."""

    statement: WorkbookAnswer
    returned: Returned
    identity: str
    t: Translator


def _import(root: Path, review: Review, criteria: CriteriaSet, wanted: _Wanted, *, write: bool) -> Imported:
    """Merge one review, and write it when something changes."""
    path, statement, memory = root / review.file, wanted.statement, wanted.returned.memory[wanted.identity]
    data, opened = open_file(path)
    answers = _answers(data, review.file)
    edits: list[Edit] = []
    changes, clashes, remarks = [], [], list(statement.remarks)
    order = order_of("review", criteria)
    for criterion, parts in statement.parts.items():
        now = answers.get(criterion)
        merged = merge_answer(memory.get(criterion), now, understood(parts))
        clashes += [(criterion, clash) for clash in merged.clashes]
        if merged.changed:
            gated = gate_answer(review.file, data, criterion, merged.values, order)
            remarks += [withheld_remark(finding, criterion, statement) for finding in gated.withheld]
            before, after = take_apart(now), take_apart(gated.values)
            changed = [part for part in merged.changed if not is_alike(before[part], after[part])]
            edits += [Set(("answers", criterion), gated.values)] if changed else []
            changes += [ImportedChange(criterion, part, before[part], after[part]) for part in changed]
    head = import_head(_values(data, review.file), wanted.returned, wanted.identity, wanted.t)
    error = why_not_edited(data, review) if edits or head.edits else None
    if error is None:
        head = without_hand_in(root, review.file, (data, edits, order), head, statement)
    edits += head.edits
    changes += [ImportedChange("", *change) for change in head.changes]
    clashes += [("", clash) for clash in head.clashes]
    if edits and error is None:
        error = _write(path, edits, order, data if not write else opened)
    return Imported(review.file, tuple(changes), tuple(clashes), (*remarks, *head.remarks), error)


def withheld_remark(finding: Finding, criterion: str, statement: WorkbookAnswer) -> WorkbookRemark:
    """Why a value of the workbook is not written, with the row that it stands on."""
    sheet, row = statement.place_of(criterion, finding.at.path[2:])
    values = {**finding.values, "criterion": criterion}
    return WorkbookRemark(sheet, row, finding.rule.message, values, finding.rule.hint)


def _write(path: Path, edits: list[Edit], order: Order, guard: str | bytes) -> GranskningError | None:
    """Carry out the edits or, given the file's bytes instead of its fingerprint, only prove that it can be done.

    Returns why it could not.
    """
    try:
        if isinstance(guard, str):
            edit_file(path, edits, order, opened=guard)
        else:
            edit_bytes(guard, edits, order)
    except GranskningError as error:
        return error
    return None


def _values(data: bytes, file: str) -> dict[str, Any]:
    """What stands in the file."""
    text = decode(data)
    values = None if isinstance(text, Fault) else read(text).value
    if not isinstance(values, dict):
        raise UsageError(N_("{file} cannot be read"), N_("see: granskning check"), file=file)
    return values


def _answers(data: bytes, file: str) -> dict[str, Any]:
    """The answers as they stand in the file."""
    return _values(data, file).get("answers") or {}


def _filled(loaded: Loaded, review: Review, tags: tuple[str, ...]) -> Filled:
    workspace, values = loaded.workspace, _values(loaded.files.read(review.file), review.file)
    head = {key: values[key] for key in HEAD_KEYS if values.get(key) is not None}
    return Filled(review, workspace.criteria[review.criteria], workspace.strategies[review.strategy],
                  values.get("answers") or {}, tags, head)  # fmt: skip


def filled_of(loaded: Loaded, tags: tuple[str, ...] = ()) -> list[Filled]:
    """The reviews of a loaded workspace, as a workbook needs them; with `tags`, those that put such a question."""
    workspace = loaded.workspace
    every = (
        _filled(loaded, review, tags)
        for review in workspace.reviews
        if review.criteria in workspace.criteria and review.strategy in workspace.strategies
    )
    return [filled for filled in every if filled.asked or not tags]
