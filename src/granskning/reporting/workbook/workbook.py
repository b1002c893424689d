"""Reviews as a workbook that a planner can fill in: a tab for each role, one for evidence, one to hand in.

The first tab is to read. Ids and questions are locked, what each level takes stands beside the question, and judgements
are chosen from a list. A hidden sheet remembers every answer as it was, so that what comes back can be merged with what
changed meanwhile.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.model.review import form_of, is_in_form
from granskning.reporting.workbook.hidden_sheet import hidden_rows
from granskning.reporting.workbook.workbook_choices import (
    EVIDENCE_FIELDS,
    FIRST_ROW,
    HAND_IN_FIELDS,
    HEAD_MARK,
    HINT_ROW,
    INSTRUCTIONS_TITLE,
    LISTS,
    MEMORY,
    SPARE_ROWS,
    Choices,
    answer_fields,
    instruction_lines,
)
from granskning.reporting.workbook.workbook_heads import choices_of_head, head_cells
from granskning.reporting.workbook.workbook_levels import level_fields, level_texts
from granskning.reporting.workbook.workbook_writer import WorkbookWriter, row_height
from granskning.wordings import STATES, name_reviewer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.reporting.workbook.workbook_choices import Field

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
    head: Mapping[str, Any] = field(default_factory=dict)
    """Reading depth, what was not read, summary and status, as they stand in the file."""

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


@dataclass(frozen=True, slots=True)
class _Tab:
    """The tab of a review: its name, the cells of its judgements, and the formula that counts those that remain."""

    filled: Filled
    name: str
    count: str


def make_workbook(reviews: Sequence[Filled], t: Translator, *, internal: bool = False) -> bytes:
    """The workbook of these reviews, as bytes. Internal notes come along only when `internal`."""
    from openpyxl import Workbook  # a large library, only for this

    book = Workbook()
    writer = WorkbookWriter(book, t)
    _write_instructions(writer)
    tabs = [_write_review(writer, filled, _tab_name(filled, reviews, t), internal=internal) for filled in reviews]
    _write_evidence(writer, tabs)
    _write_hand_in(writer, tabs)
    _write_lists(writer)
    _write_original_answers(writer, tabs)
    book.properties.creator = "granskning"
    book.properties.title = t(INSTRUCTIONS_TITLE)
    book.properties.language = {"sv": "sv-SE", "en": "en-GB"}[t.language]
    book.calculation.fullCalcOnLoad = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_instructions(writer: WorkbookWriter) -> None:
    """The first sheet: what to do, and what happens then."""
    t, sheet = writer.t, writer.book.active
    sheet.title = writer.names.take(t("Read me"))
    writer.put(sheet, 1, 1, t(INSTRUCTIONS_TITLE), "title")
    for number, line in enumerate(instruction_lines(t), 3):
        writer.put(sheet, number, 1, line, "plain")
    sheet.column_dimensions["A"].width = 100
    sheet.protection.sheet = True


def _tab_name(filled: Filled, reviews: Sequence[Filled], t: Translator) -> str:
    """The role, and of the strategy and the round what tells its tab from those of others."""
    review = filled.review
    parts = [name_reviewer(review.kind, review.reviewer, t)]
    if len({other.review.round for other in reviews}) > 1:
        parts.append(review.round)
    if len({other.review.strategy for other in reviews}) > 1:
        parts.append(t.text(filled.strategy.title))
    return " ".join(parts)


def _whose(filled: Filled, t: Translator) -> str:
    review = filled.review
    return t("{role}, round {round}", role=name_reviewer(review.kind, review.reviewer, t), round=review.round)


def _write_review(writer: WorkbookWriter, filled: Filled, name: str, *, internal: bool) -> _Tab:
    """One review, a row a question."""
    from openpyxl.utils import get_column_letter

    t, asked = writer.t, filled.asked
    fields = answer_fields(level_fields(asked, filled.criteria, t), internal=internal)
    title = t("Review of {strategy}", strategy=t.text(filled.strategy.title))
    title = f"{title}, {filled.review.edition}. {_whose(filled, t)}"
    sheet = writer.add_sheet(name, title, filled.identity, fields, 2)
    targets = {asked.id: t.text(target.title) for target in filled.criteria.all_targets for asked in target.criteria}
    judged = [field.key for field in fields].index("judgement") + 1
    for row, criterion in enumerate(asked, FIRST_ROW):
        choices = Choices(criterion, filled.criteria, t)
        answer = filled.answers.get(criterion.id, {})
        judgement, reason = choices.cells_of(answer)
        values = {
            "id": criterion.id,
            "target": targets[criterion.id],
            "question": t.text(criterion.question),
            **level_texts(criterion, asked, filled.criteria, t),
            "judgement": judgement,
            "reason": reason,
            **{key: answer.get(key) for key in ("justification", "recommendation", "note")},
        }
        _write_row(writer, sheet, row, fields, values)
        _offer_choices(writer, sheet.cell(row, judged), choices, criterion)
    letter, last = get_column_letter(judged), FIRST_ROW + max(len(asked), 1) - 1
    undone = [t(STATES[state]) for state in ("open", "inherited")]
    first = f"${letter}{FIRST_ROW}"
    same = ",".join(f'{first}="{words}"' for words in undone)
    writer.colour_where(sheet, f"{letter}{FIRST_ROW}:{letter}{last}", f"OR(ISBLANK({first}),{same})")
    cells = f"'{sheet.title}'!${letter}${FIRST_ROW}:${letter}${last}"
    count = "+".join((f"COUNTBLANK({cells})", *(f'COUNTIF({cells},"{words}")' for words in undone)))
    words = t("Remaining: {left} of {all}", left="\0", all=len(asked)).partition("\0")
    writer.put_formula(sheet, HINT_ROW, judged, f'="{words[0]}"&{count}&"{words[2]}"', "told")
    return _Tab(filled, sheet.title, count)


def _write_row(
    writer: WorkbookWriter, worksheet: Any, row: int, fields: Sequence[Field], values: Mapping[str, Any]
) -> None:
    for column, field_ in enumerate(fields, 1):
        writer.put(worksheet, row, column, values.get(field_.key), "locked" if field_.locked else "open")
    worksheet.row_dimensions[row].height = row_height([(values.get(field_.key), field_.width) for field_ in fields])


def _offer_choices(writer: WorkbookWriter, cell: Any, choices: Choices, criterion: Criterion) -> None:
    """The list of a judgement's cell, and the note on it: why the question is asked."""
    from openpyxl.comments import Comment

    rule = writer.lists.validation(choices.words, cell.coordinate, writer.t, is_strict=not choices.scale.is_range)
    rule.errorTitle = writer.t("Judgement")
    cell.parent.add_data_validation(rule)
    told = "\n".join(line for line in (writer.t.text(criterion.why), choices.guidance) if line)
    if told:
        note = Comment(told, "granskning")
        note.width, note.height = _NOTE_SIZE
        cell.comment = note


def _write_evidence(writer: WorkbookWriter, tabs: Sequence[_Tab]) -> None:
    """What the answers rest on, a row each with its question, and empty rows for more."""
    t = writer.t
    sheet = writer.add_sheet(t("Evidence"), t("Evidence"), "", EVIDENCE_FIELDS, 3)
    row = FIRST_ROW
    for tab in tabs:
        for criterion in tab.filled.asked:
            for number, item in enumerate(tab.filled.answers.get(criterion.id, {}).get("evidence") or (), 1):
                values = {"review": tab.name, "id": criterion.id, "question": t.text(criterion.question),
                          "number": number, **item}  # fmt: skip
                _write_row(writer, sheet, row, EVIDENCE_FIELDS, values)
                row += 1
    last = row + SPARE_ROWS
    asked = {criterion.id: t.text(criterion.question) for tab in tabs for criterion in tab.filled.asked}
    ids, questions = writer.lists.formula(tuple(asked)), writer.lists.formula(tuple(asked.values()))
    for spare in range(row, last):
        for column, known in enumerate(EVIDENCE_FIELDS, 1):
            writer.put(sheet, spare, column, None, "locked" if known.key in ("number", "question") else "open")
        writer.put_formula(
            sheet, spare, 3, f'=IF(B{spare}="","",IFERROR(INDEX({questions},MATCH(B{spare},{ids},0)),""))', "locked"
        )
    editions = tuple(dict.fromkeys(edition.id for tab in tabs for edition in tab.filled.strategy.editions))
    letters = {known.key: chr(ord("A") + place) for place, known in enumerate(EVIDENCE_FIELDS)}
    lists = (
        ("review", row, tuple(tab.name for tab in tabs)),
        ("id", row, tuple(asked)),
        ("edition", FIRST_ROW, editions),
    )
    for key, first, words in lists:
        cells = f"{letters[key]}{first}:{letters[key]}{last - 1}"
        sheet.add_data_validation(writer.lists.validation(words, cells, t))


def _write_hand_in(writer: WorkbookWriter, tabs: Sequence[_Tab]) -> None:
    """How each review is handed in: what remains, how much was read, the summary, and the status."""
    t = writer.t
    sheet = writer.add_sheet(t("Hand in"), t("Hand in"), "", HAND_IN_FIELDS, 2)
    columns = {known.key: column for column, known in enumerate(HAND_IN_FIELDS, 1)}
    for row, tab in enumerate(tabs, FIRST_ROW):
        review = tab.filled.review
        values = {
            "strategy": t.text(tab.filled.strategy.title),
            "reviewer": name_reviewer(review.kind, review.reviewer, t),
            "round": review.round,
            "edition": review.edition,
            **head_cells(tab.filled.head, t),
            "review": tab.filled.identity,
        }
        _write_row(writer, sheet, row, HAND_IN_FIELDS, values)
        writer.put_formula(sheet, row, columns["remains"], f"={tab.count}", "locked")
        for key in ("reading_depth", "status"):
            place = sheet.cell(row, columns[key])
            if key == "status" and review.status == "approved":
                writer.put(sheet, row, columns[key], values[key], "locked")
            else:
                words = choices_of_head(key, t)
                sheet.add_data_validation(writer.lists.validation(words, place.coordinate, t))
        depth = sheet.cell(row, columns["reading_depth"]).coordinate
        writer.colour_where(sheet, depth, f"ISBLANK({depth})")


def _write_lists(writer: WorkbookWriter) -> None:
    """The hidden sheet with what can be chosen."""
    sheet = writer.book.create_sheet(LISTS)
    writer.lists.write(sheet, writer)
    sheet.sheet_state = "hidden"


def _write_original_answers(writer: WorkbookWriter, tabs: Sequence[_Tab]) -> None:
    """The hidden sheet with every answer as it was, and before them what stood above the answers."""
    sheet = writer.book.create_sheet(MEMORY)
    rows: list[tuple[str, str, Mapping[str, Any]]] = []
    for tab in tabs:
        review = tab.filled
        rows.append((review.identity, HEAD_MARK, {"tab": tab.name, **review.head}))
        rows += [(review.identity, one.id, dict(review.answers.get(one.id) or {})) for one in review.asked]
    for row, cells in enumerate(hidden_rows(rows, writer.t.language), 1):
        for column, cell in enumerate(cells, 1):
            writer.put(sheet, row, column, cell, "plain")
    sheet.sheet_state = "veryHidden"
