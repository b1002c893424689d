"""Bring in an assessment that was made earlier, in a spreadsheet of somebody's own, as a new review that says so.

Every answer passes the gate that answers of the page pass. What cannot be read, or may not stand in the file, is told
with its place and its words. A review that is there already is never changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import find_root
from granskning.edges.lookup import exists
from granskning.errors import UsageError
from granskning.findings.finding import FilledWords
from granskning.i18n import N_, Translator
from granskning.reporting.workbook.earlier_assessment import read_assessment
from granskning.reporting.workbook.workbook_answers import WorkbookRemark
from granskning.tasks.data.import_ import Imported, ImportedChange, is_of_reviews, read_sheets, withheld_remark
from granskning.tasks.editing.new import prepare_review
from granskning.tasks.folder.answer_gate import gate_answer, split_reasonless, understood
from granskning.workspace.answer_merge import put_together, take_apart
from granskning.workspace.checks.dates import is_day
from granskning.workspace.libraries.csv_reading import read_csv
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Set

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.model.worksheet import Worksheet
    from granskning.reporting.workbook.workbook_answers import WorkbookAnswer
    from granskning.tasks.editing.new import NewReview
    from granskning.workspace.yaml.edits import Edit

_TABLES = frozenset({".csv", ".tsv", ".txt"})
_NAME = 200
"""Characters of a file's name that are kept."""


@dataclass(frozen=True, slots=True)
class AssessmentWish:
    """The review that is to be made of an assessment: `review` has the day on which the assessment was made."""

    review: NewReview
    name: str
    """What the file is called."""
    today: str
    language: str
    """The language that is told in, and that levels are looked for in first."""


def import_assessment(
    start: Path, data: bytes, wish: AssessmentWish, *, write: bool, seconds: float | None = None
) -> Imported:
    """Make the review, or only tell what it would be.

    Raises UsageError for a file that holds no assessment of the set's questions, and for a review that is there;
    ReadingStoppedError; and what `new_review` raises.
    """
    root = find_root(start)
    if write:
        clear_all_leftovers(root)
    if not is_day(wish.review.date):
        raise UsageError(N_("{value} is no date"), N_("write the date as 2026-11-23"), value=wish.review.date)
    sheets = _sheets(data, wish.name, seconds)
    prepared = prepare_review(start, wish.review)
    file = prepared.file.relative_to(prepared.root).as_posix()
    if exists(prepared.file):
        hint = N_("give another role or another round; an assessment is brought in as a review of its own")
        raise UsageError(N_("there is already a review {file}"), hint, file=file)
    statement = read_assessment(sheets, prepared.criteria, prepared.edition, Translator(wish.language))
    changes, edits, remarks = _answers(file, prepared.text, statement, order_of("review", prepared.criteria))
    if not changes:
        first = "; ".join(_words(remark, Translator(wish.language)) for remark in statement.remarks[:2])
        message = N_("{file} holds no answer to any question of {criteria}: {reason}")
        hint = N_("name the columns Fråga and Bedömning, or Question and Judgement, and the questions as the set does")
        raise UsageError(message, hint, file=wish.name, criteria=prepared.criteria.reference, reason=first or "–")
    mark = {"file": PurePath(wish.name).name[:_NAME] or "–", "sha256": hashlib.sha256(data).hexdigest(),
            "date": wish.today}  # fmt: skip
    text = edit_bytes(prepared.text, [Set(("brought_in",), mark), *edits], order_of("review", prepared.criteria))
    if write:
        prepared.write(text)
    return Imported(file, changes, (), (*statement.remarks, *remarks))


def _sheets(data: bytes, name: str, seconds: float | None) -> Sequence[Worksheet]:
    """What stands in the file. Raises UsageError for a workbook of ours, which is brought in as one."""
    if PurePath(name.casefold()).suffix in _TABLES:
        return (read_csv(data, name),)
    sheets = read_sheets(data, name, seconds)
    if is_of_reviews(sheets):
        message = N_("{file} is a workbook that granskning made of its reviews, and they are in the folder")
        raise UsageError(message, N_("bring it in without naming a new review"), file=name)
    return sheets


def _answers(
    file: str, data: bytes, statement: WorkbookAnswer, order: Any
) -> tuple[tuple[ImportedChange, ...], list[Edit], list[WorkbookRemark]]:
    """What is written of each answer, and what is not."""
    changes: list[ImportedChange] = []
    edits: list[Edit] = []
    remarks: list[WorkbookRemark] = []
    for criterion, parts_given in statement.parts.items():
        sound, lacking = split_reasonless(file, criterion, understood(parts_given))
        wanted = put_together({**take_apart(None), **sound})
        gated = gate_answer(file, data, criterion, wanted, order)
        remarks += [
            _with_text(withheld_remark(finding, criterion, statement), finding, wanted)
            for finding in (*lacking, *gated.withheld)
        ]
        parts = take_apart(gated.values)
        made = [ImportedChange(criterion, part, None, value) for part, value in parts.items() if value]
        if made:
            edits.append(Set(("answers", criterion), gated.values))
            changes += made
    return tuple(changes), edits, remarks


def _with_text(remark: WorkbookRemark, finding: Finding, wanted: Any) -> WorkbookRemark:
    """The remark with what stood in the cell, so that nothing of it is lost."""
    value = wanted
    for step in finding.at.path[2:]:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
    text = ", ".join(map(str, value.values())) if isinstance(value, dict) else value
    filled = {**remark.values, "text": text, "reason": FilledWords(remark.message, remark.values)}
    return WorkbookRemark(remark.sheet, remark.row, N_("“{text}” is not written: {reason}"), filled, remark.hint)


def _words(remark: WorkbookRemark, t: Translator) -> str:
    return t(remark.message, **remark.values)
