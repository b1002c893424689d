"""Reviews as a workbook that a planner can fill in: a sheet for each review, one for evidence, and one to read first.

Ids and questions are locked, judgements are chosen from a list, and what each level takes is a note on its cell. A
hidden sheet remembers every answer as it was, so that what comes back can be merged with what changed meanwhile.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.model.review import form_of, is_in_form
from granskning.reporting.workbook.workbook_choices import (
    ANSWER_FIELDS,
    EVIDENCE_FIELDS,
    FIRST_ROW,
    FORM,
    INSTRUCTIONS_TITLE,
    LISTS,
    MEMORY,
    NOTE_FIELD,
    ROOM,
    SPARE_ROWS,
    Choices,
)
from granskning.reporting.workbook.workbook_writer import WorkbookWriter, row_height
from granskning.wordings import name_reviewer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy

_NOTE_SIZE = (420, 260)


@dataclass(frozen=True, slots=True)
class Filled:
    """A review as the workbook needs it: with its answers as they stand in the file."""

    review: Review
    criteria: CriteriaSet
    strategy: Strategy
    answers: Mapping[str, Mapping[str, Any]]
    tags: tuple[str, ...] = ()
    """The tags that questions are chosen by, beside the review's form; none for all of them."""

    @property
    def identity(self) -> str:
        """What the sheet is of, whatever it is called."""
        return "/".join(self.review.identity)

    @property
    def asked(self) -> tuple[Criterion, ...]:
        """The questions of the review's form that are chosen, in the set's order."""
        chosen = form_of("full", self.tags)
        return tuple(
            criterion
            for criterion in self.criteria.criteria
            if is_in_form(self.review.form, criterion) and is_in_form(chosen, criterion)
        )


def make_workbook(reviews: Sequence[Filled], t: Translator, *, internal: bool = False) -> bytes:
    """The workbook of these reviews, as bytes. Internal notes come along only when `internal`."""
    from openpyxl import Workbook  # a large library, only for this

    book = Workbook()
    writer = WorkbookWriter(book, t)
    _write_instructions(writer, reviews)
    for filled in reviews:
        _write_review(writer, filled, internal=internal)
    _write_evidence(writer, reviews)
    _write_lists(writer)
    _write_original_answers(writer, reviews)
    book.properties.creator = "granskning"
    book.properties.title = t(INSTRUCTIONS_TITLE)
    book.properties.language = {"sv": "sv-SE", "en": "en-GB"}[t.language]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_instructions(writer: WorkbookWriter, reviews: Sequence[Filled]) -> None:
    """The first sheet: what to do, and what happens then."""
    t, sheet = writer.t, writer.book.active
    sheet.title = writer.names.take(t("Read me"))
    lines = [
        t("Fill in the white cells of each review. The grey ones are locked."),
        t("Choose a judgement from the list of the cell. The note on it says what each level takes."),
        t("Not applicable, cannot be assessed and open need a reason, in the column beside."),
        t("Evidence stands on a sheet of its own. Use an empty row for new evidence: choose review and question."),
        t("To take evidence away, empty its row from the edition to the paraphrase."),
        t("Bring the answers back with: granskning import FILE. It shows first what would change, with --dry-run."),
        t("Nothing is overwritten that somebody else has changed meanwhile. You are told of it instead."),
    ]
    writer.put(sheet, 1, 1, t(INSTRUCTIONS_TITLE), "title")
    for number, line in enumerate(lines, 3):
        writer.put(sheet, number, 1, line, "plain")
    for number, review in enumerate(reviews, len(lines) + 4):
        writer.put(sheet, number, 1, f"{t.text(review.strategy.title)}: {_whose(review, t)}", "plain")
    sheet.column_dimensions["A"].width = 100
    sheet.protection.sheet = True


def _whose(filled: Filled, t: Translator) -> str:
    review = filled.review
    return t("{role}, round {round}", role=name_reviewer(review.kind, review.reviewer, t), round=review.round)


def _write_review(writer: WorkbookWriter, filled: Filled, *, internal: bool) -> None:
    """One review, a row a question."""
    t = writer.t
    fields = (*ANSWER_FIELDS, NOTE_FIELD) if internal else ANSWER_FIELDS
    title = t("Review of {strategy}", strategy=t.text(filled.strategy.title))
    title = f"{title}, {filled.review.edition}. {_whose(filled, t)}"
    name = f"{filled.review.strategy} {filled.review.round} {filled.review.reviewer}"
    sheet = writer.add_sheet(name, title, filled.identity, fields)
    targets = {asked.id: t.text(target.title) for target in filled.criteria.all_targets for asked in target.criteria}
    judged = [field.key for field in fields].index("judgement") + 1
    for row, criterion in enumerate(filled.asked, FIRST_ROW):
        choices = Choices(criterion, filled.criteria, t)
        answer = filled.answers.get(criterion.id, {})
        judgement, reason = choices.cells_of(answer)
        values = {
            "id": criterion.id,
            "target": targets[criterion.id],
            "question": t.text(criterion.question),
            "judgement": judgement,
            "reason": reason,
            **{key: answer.get(key) for key in ("justification", "recommendation", "note")},
        }
        for column, field in enumerate(fields, 1):
            writer.put(sheet, row, column, values[field.key], "locked" if field.locked else "open")
        sheet.row_dimensions[row].height = row_height([(values[field.key], field.width) for field in fields])
        _offer_choices(writer, sheet.cell(row, judged), choices, criterion)


def _offer_choices(writer: WorkbookWriter, cell: Any, choices: Choices, criterion: Criterion) -> None:
    """The list of a judgement's cell, and the note on it."""
    from openpyxl.comments import Comment

    t = writer.t
    rule = writer.lists.validation(choices.words, cell.coordinate)
    rule.showErrorMessage = not choices.scale.is_range
    rule.errorTitle, rule.error = t("Judgement"), t("Choose from the list.")
    cell.parent.add_data_validation(rule)
    told = [writer.t.text(criterion.why), choices.guidance]
    for level in choices.scale.levels:
        words = writer.t.text(criterion.levels.get(level.key) or level.description)
        told.append(f"{level.key} {writer.t.text(level.label)}: {words}".removesuffix(": "))
    note = Comment("\n".join(line for line in told if line), "granskning")
    note.width, note.height = _NOTE_SIZE
    cell.comment = note


def _write_evidence(writer: WorkbookWriter, reviews: Sequence[Filled]) -> None:
    """What the answers rest on, a row each, and empty rows for more."""
    t = writer.t
    sheet = writer.add_sheet(t("Evidence"), t("Evidence"), "", EVIDENCE_FIELDS)
    row = FIRST_ROW
    for review in reviews:
        for criterion in review.asked:
            for number, item in enumerate(review.answers.get(criterion.id, {}).get("evidence") or (), 1):
                held = {"review": review.identity, "id": criterion.id, "number": number, **item}
                for column, field in enumerate(EVIDENCE_FIELDS, 1):
                    writer.put(sheet, row, column, held.get(field.key), "locked" if field.locked else "open")
                sheet.row_dimensions[row].height = row_height([(held.get(f.key), f.width) for f in EVIDENCE_FIELDS])
                row += 1
    last = row + SPARE_ROWS
    for spare in range(row, last):
        for column, field in enumerate(EVIDENCE_FIELDS, 1):
            writer.put(sheet, spare, column, None, "locked" if field.key == "number" else "open")
    asked = tuple(dict.fromkeys(criterion.id for filled in reviews for criterion in filled.asked))
    for letter, words in (("A", tuple(filled.identity for filled in reviews)), ("B", asked)):
        sheet.add_data_validation(writer.lists.validation(words, f"{letter}{row}:{letter}{last - 1}"))


def _write_lists(writer: WorkbookWriter) -> None:
    """The hidden sheet with what can be chosen."""
    sheet = writer.book.create_sheet(LISTS)
    writer.lists.write(sheet, writer)
    sheet.sheet_state = "hidden"


def _write_original_answers(writer: WorkbookWriter, reviews: Sequence[Filled]) -> None:
    """The hidden sheet with every answer as it was."""
    sheet = writer.book.create_sheet(MEMORY)
    writer.put(sheet, 1, 1, json.dumps({"schema": FORM, "language": writer.t.language}), "plain")
    row = 2
    for review in reviews:
        for criterion in review.asked:
            told = json.dumps(review.answers.get(criterion.id, {}), ensure_ascii=False)
            pieces = [told[start : start + ROOM] for start in range(0, len(told), ROOM)]
            for column, piece in enumerate((review.identity, criterion.id, *pieces), 1):
                writer.put(sheet, row, column, piece, "plain")
            row += 1
    sheet.sheet_state = "veryHidden"
