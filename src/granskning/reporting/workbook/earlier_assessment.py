"""An assessment that somebody made in a spreadsheet of their own: its rows against the questions of a set.

Sheets and a set in, answers part by part out. Only what can be read is taken: a row stands for a question by its id,
its number or its words, a judgement for a level by its value or label. All else that says something is told, cell by
cell, with what stands there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.i18n import N_
from granskning.model.question_fields import LevelColumn, plain_heading, recognise
from granskning.model.worksheet import cell_text, column_letters
from granskning.reporting.workbook.assessment_fields import (
    ALSO_OF_THE_SET,
    EVIDENCE_KEYS,
    bare_page,
    column_of,
    is_mark,
    state_of,
)
from granskning.reporting.workbook.assessment_questions import QuestionFinder
from granskning.reporting.workbook.workbook_answers import WorkbookAnswer, WorkbookRemark, typed
from granskning.reporting.workbook.workbook_choices import REASONED, Choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.worksheet import Worksheet

_HEAD_ROWS = 30
"""Rows among which headings are looked for."""
_LEAST = 2
"""Columns that are understood, of a row of headings."""
_TEXTS = ("justification", "recommendation", "note")
_MOST_TOLD = 200
"""Cells that a remark tells one by one."""
_LONGEST = 400
_NOUGHT = "0"
"""Under a level, no tick where another is ticked: people fill such tables with 1 and 0."""


@dataclass(slots=True)
class _Table:
    """A sheet with a row for each question: where its headings stand and what each column holds."""

    worksheet: Worksheet
    head: int
    columns: dict[str, int] = field(default_factory=dict)
    levels: dict[int, LevelColumn] = field(default_factory=dict)
    own: dict[int, str] = field(default_factory=dict)
    """Columns that say what a criteria set says."""
    other_names: list[tuple[int, int, object]] = field(default_factory=list)
    """Cells that call a question by an id or a number that its set does not know it by."""


@dataclass(slots=True)
class _Row:
    """A row below the headings: its sheet and number, and its texts by what they are or by their columns."""

    place: tuple[str, int]
    values: dict[str, str]
    marked: dict[int, str]
    own: dict[int, str]


def read_assessment(sheets: Sequence[Worksheet], criteria: CriteriaSet, edition: str, t: Translator) -> WorkbookAnswer:
    """The answers, with a place for each, and what could not be understood."""
    reader = _Reader(criteria, edition, t)
    for worksheet in sheets:
        reader.read(worksheet)
    rows = {name: rows[0] for name, rows in reader.rows.items()}
    evidence = {name: tuple(rows) for name, rows in reader.evidence_rows.items()}
    return WorkbookAnswer(reader.answers, tuple(reader.remarks), rows, evidence)


class _Reader:
    """Reads sheet after sheet."""

    def __init__(self, criteria: CriteriaSet, edition: str, t: Translator) -> None:
        self.answers: dict[str, dict[str, Any]] = {}
        self.remarks: list[WorkbookRemark] = []
        self.rows: dict[str, list[tuple[str, int]]] = {}
        self.evidence_rows: dict[str, list[tuple[str, int]]] = {}
        self._criteria, self._edition, self._t = criteria, edition, t
        self._questions = QuestionFinder(criteria, t)

    def read(self, worksheet: Worksheet) -> None:
        """Take what can be read of a sheet, and tell the rest."""
        if worksheet.cell_outside:
            message = N_("something stands far outside the table, in the cell {cell}, and what lies beyond is not read")
            self._tell(worksheet.title, 0, message, cell=worksheet.cell_outside)
        table = _table(worksheet)
        if table is None:
            cells = _cells(worksheet, worksheet.rows)
            if cells:
                message = N_("no row has headings that name a question and a judgement, so this is not read: {cells}")
                self._tell(worksheet.title, 0, message, cells=_listed(cells, self._t))
            return
        above = _cells(worksheet, [number for number in worksheet.rows if number < table.head])
        if above:
            message = N_("what stands above the headings is not read: {cells}")
            self._tell(worksheet.title, 0, message, cells=_listed(above, self._t))
        self._tell_columns(table)
        for number in sorted(worksheet.rows):
            if number > table.head:
                self._row(table, number)
        if table.other_names:
            message = N_(
                "the questions have other names in the spreadsheet than in their set, and those are not kept: {cells}"
            )
            self._tell(worksheet.title, 0, message, cells=_listed(table.other_names, self._t))

    def _tell_columns(self, table: _Table) -> None:
        """Tell the columns that are not understood, with what stands in them."""
        rows = {number: row for number, row in table.worksheet.rows.items() if number >= table.head}
        known = {*table.columns.values(), *table.levels, *table.own}
        for column in sorted({column for row in rows.values() for column in row} - known):
            cells = [(number, column, row[column]) for number, row in sorted(rows.items()) if column in row]
            message = N_("the column {column} is not understood, and is not read: {cells}")
            self._tell(table.worksheet.title, 0, message, column=column_letters(column), cells=_listed(cells, self._t))

    def _row(self, table: _Table, number: int) -> None:
        """One row: the question that it is of, and what it says of it."""
        sheet, cells = table.worksheet.title, table.worksheet.rows[number]
        row = _Row(
            (sheet, number),
            {key: cell_text(cells[column]) for key, column in table.columns.items() if column in cells},
            {column: cell_text(cells[column]) for column in table.levels if column in cells},
            {column: cell_text(cells[column]) for column in table.own if column in cells},
        )
        values = row.values
        if not values and not row.marked:
            if row.own:
                self._tell(sheet, number, N_("the row names no question, and is not read: {cells}"),
                           cells=_listed(_cells(table.worksheet, [number]), self._t))  # fmt: skip
            return
        criterion, near = self._questions.find(values)
        if criterion is None:
            message = N_("no question of {criteria} is the one that the row names, so it is not read: {cells}")
            hint = N_("did you mean {near}?") if near else ""
            self._tell(sheet, number, message, hint, criteria=self._criteria.reference, near=near,
                       cells=_listed(_cells(table.worksheet, [number]), self._t))  # fmt: skip
            return
        for key, column in table.columns.items():
            if (number, column) in table.worksheet.formulas and key in values:
                message = N_("the cell {cell} holds a formula, which is not worked out: {text}")
                self._tell(sheet, number, message, N_("copy the cells and paste them as values"),
                           cell=f"{column_letters(column)}{number}", text=values.pop(key))  # fmt: skip
        names = [table.columns[key] for key in self._questions.other_names(criterion, values)]
        table.other_names += [(number, column, cells[column]) for column in names]
        beside = self._questions.texts_beside(criterion)
        self._tell_worded(criterion, row, table, beside)
        for key, same in ALSO_OF_THE_SET.items():
            if key in values and plain_heading(values[key]) in beside[same]:
                del values[key]
        self._take(criterion, row, table)

    def _take(self, criterion: Criterion, row: _Row, table: _Table) -> None:
        """Take what a row says of a question. A later row of the same question may add evidence, and nothing else."""
        values = row.values
        parts = self.answers.setdefault(criterion.id, {})
        is_first = criterion.id not in self.rows
        self.rows.setdefault(criterion.id, []).append(row.place)
        if is_first:
            judgement = self._judgement(criterion, row, table)
            texts = {key: values[key] for key in _TEXTS if values.get(key)}
            parts |= ({"judgement": judgement} if judgement else {}) | texts
        else:
            known = self._questions.level_texts(criterion)
            others = [values[key] for key in ("judgement", "reason", *_TEXTS) if values.get(key)]
            others += [f"{_words_of(table.levels[column])}: {text}" for column, text in row.marked.items()
                       if plain_heading(text) not in known]  # fmt: skip
            if others:
                message = N_("the question “{question}” stands on another row too, and that one is read; here: {text}")
                self._tell(*row.place, message, question=self._t.text(criterion.question), text=" | ".join(others))
        self._evidence(criterion, row)

    def _judgement(self, criterion: Criterion, row: _Row, table: _Table) -> dict[str, Any] | None:
        """The judgement of a row, by its cell or by the column that is ticked; None where it says none."""
        values, place = row.values, row.place
        ticked = self._ticked(criterion, row, table)
        cell, reason = values.get("judgement", ""), values.get("reason", "")
        choices = Choices(criterion, self._criteria, self._t)
        if not cell and len(ticked) == 1:
            cell = ticked[0].value or ticked[0].label
        elif not cell and ticked:
            words = ", ".join(map(_words_of, ticked))
            self._tell(*place, N_("several levels are ticked, so none is taken: {levels}"), levels=words)
        state = state_of(cell)
        meant = None if state else choices.meant(_bare_level(cell, choices), reason, {})
        others = [level for level in ticked if choices.meant(level.value or level.label, "", {}) != meant]
        if values.get("judgement") and others:
            message = N_(
                "another level is ticked than the judgement in its own cell, which is the one that is read: {levels}"
            )
            self._tell(*place, message, levels=", ".join(map(_words_of, others)))
        if state:
            return self._state(criterion, state, cell, row)
        if meant is None:
            words = ", ".join(word for word in (choices.guidance, *choices.words) if word)
            self._tell(*place, N_("{value} is not a judgement that {id} can be given; choose one of: {words}"),
                       value=cell, id=criterion.id, words=words)  # fmt: skip
        if reason and not (meant and any(key in meant for key in REASONED)):
            self._tell(*place, N_("there is a reason, but a level takes none: {text}"), text=reason)
        return meant or None

    def _ticked(self, criterion: Criterion, row: _Row, table: _Table) -> list[LevelColumn]:
        """The levels whose columns are ticked, by a mark or by the level's own value; what is neither is told."""
        is_ticked = {
            column: is_mark(text) or (text == table.levels[column].value and text != _NOUGHT)
            for column, text in row.marked.items()
        }
        known = self._questions.level_texts(criterion)
        for column, text in row.marked.items():
            is_empty = text == _NOUGHT and any(is_ticked.values())
            if not is_ticked[column] and not is_empty and plain_heading(text) not in known:
                self._tell(*row.place, N_("the cell {cell} is no tick and is not what the criteria set says: {text}"),
                           cell=f"{column_letters(column)}{row.place[1]}", text=text)  # fmt: skip
        return [table.levels[column] for column in row.marked if is_ticked[column]]

    def _state(self, criterion: Criterion, state: str, cell: str, row: _Row) -> dict[str, Any] | None:
        """A judgement that is no level; its reason stands in its own column, else the justification is the reason."""
        values, place = row.values, row.place
        reason = values.get("reason") or values.pop("justification", "")
        allowed = state != "not_applicable" or criterion.not_applicable or criterion.applies_to
        if reason and allowed:
            return {state: reason}
        if reason:
            message = N_("the question {id} cannot be left out as “{value}”; the reason is not written either: {text}")
            self._tell(*place, message, id=criterion.id, value=cell, text=reason)
        else:
            self._tell(*place, N_("“{value}” needs a reason ({id})"), value=cell, id=criterion.id)
        return None

    def _evidence(self, criterion: Criterion, row: _Row) -> None:
        """A piece of evidence, where the row says one."""
        given = {key: row.values[key] for key in EVIDENCE_KEYS if row.values.get(key)}
        if not given:
            return
        item: dict[str, Any] = {} if "address" in given else {"edition": self._edition}
        for key, text in given.items():
            item[key] = typed(key, bare_page(text) if key in ("page", "pdf_page") else text)
        self.answers[criterion.id].setdefault("evidence", []).append(item)
        self.evidence_rows.setdefault(criterion.id, []).append(row.place)

    def _tell_worded(
        self, criterion: Criterion, row: _Row, table: _Table, beside: Mapping[str, frozenset[str]]
    ) -> None:
        """Tell what stands beside a question and is not what its set says there."""
        place = row.place
        wording = row.values.get("question", "")
        if wording and not self._questions.is_worded(criterion, wording):
            message = N_("the question {id} is worded otherwise in its set: {text}")
            self._tell(*place, message, id=criterion.id, text=wording)
        for column, text in row.own.items():
            if plain_heading(text) not in beside.get(table.own[column], ()):
                message = N_("the cell {cell} says something else than the criteria set, and is not read: {text}")
                self._tell(*place, message, cell=f"{column_letters(column)}{place[1]}", text=text)

    def _tell(self, title: str, row: int, message: str, hint: str = "", /, **values: object) -> None:
        self.remarks.append(WorkbookRemark(title, row, message, values, hint))


def _table(worksheet: Worksheet) -> _Table | None:
    """The row of headings among the first rows that names most, a question and something said of it among them."""
    best, most = None, 0
    for number in sorted(worksheet.rows)[:_HEAD_ROWS]:
        table = _Table(worksheet, number)
        for column, value in sorted(worksheet.rows[number].items()):
            heading = cell_text(value)
            key, meant = column_of(heading), recognise(heading)
            if key and key not in table.columns:
                table.columns[key] = column
            elif isinstance(meant, LevelColumn):
                table.levels[column] = meant
            elif isinstance(meant, str) and not key:
                table.own[column] = meant
        names = {"id", "number", "question"} & table.columns.keys()
        says = len(table.columns) > len(names) or table.levels
        count = len(table.columns) + len(table.levels)
        if names and says and count >= _LEAST and count > most:
            best, most = table, count
    return best


def _bare_level(cell: str, choices: Choices) -> str:
    """What a cell says of a level without what people write around it: `Nivå 2`, `2 – Delvis`, `2 p`."""
    if choices.scale.is_range:
        return cell
    labels = {plain_heading(word): word for word in choices.words}
    if plain_heading(cell) in labels:
        return labels[plain_heading(cell)]
    meant = recognise(cell)
    if isinstance(meant, LevelColumn) and meant.value:
        words = {plain_heading(f"{meant.value} {meant.label}"), meant.value}
        return next((labels[word] for word in labels if word in words), meant.value if not meant.label else cell)
    return meant.label if isinstance(meant, LevelColumn) else cell


def _cells(worksheet: Worksheet, rows: Iterable[int]) -> list[tuple[int, int, object]]:
    """The cells of rows that say something: row, column and value."""
    return [(row, column, value) for row in sorted(rows) for column, value in sorted(worksheet.rows[row].items())]


def _listed(cells: Sequence[tuple[int, int, object]], t: Translator) -> str:
    """Cells by their names, with what stands in them."""
    words = [f"{column_letters(column)}{row} {_cut(cell_text(value))}" for row, column, value in cells[:_MOST_TOLD]]
    if len(cells) > _MOST_TOLD:
        words.append(t.plural("and {count} cell more", "and {count} cells more", len(cells) - _MOST_TOLD))
    return "; ".join(words)


def _words_of(level: LevelColumn) -> str:
    """What a column of a level is called."""
    return level.label or level.value


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
