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
from granskning.reporting.workbook.assessment_fields import EVIDENCE_KEYS, bare_page, column_of, is_mark, state_of
from granskning.reporting.workbook.assessment_questions import QuestionFinder
from granskning.reporting.workbook.workbook_answers import WorkbookAnswer, WorkbookRemark, column_letters, typed
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


@dataclass(slots=True)
class _Table:
    """A sheet with a row for each question: where its headings stand and what each column holds."""

    worksheet: Worksheet
    head: int
    columns: dict[str, int] = field(default_factory=dict)
    levels: dict[int, LevelColumn] = field(default_factory=dict)
    own: dict[int, str] = field(default_factory=dict)
    """Columns that say what a criteria set says."""


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
        sheet, row = table.worksheet.title, table.worksheet.rows[number]
        values = {key: _text(row[column]) for key, column in table.columns.items() if column in row}
        marked = {column: _text(row[column]) for column in table.levels if column in row}
        own = {column: _text(row[column]) for column in table.own if column in row}
        if not values and not marked:
            if own:
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
        self._tell_worded(criterion, values, own, (sheet, number))
        known = self._questions.known_texts(criterion)
        for key in (*_TEXTS, *EVIDENCE_KEYS):
            if key in values and plain_heading(values[key]) in known:
                del values[key]  # what the set says beside the question, under a heading that may mean either
        self._take(criterion, values, marked, table, (sheet, number))

    def _take(
        self, criterion: Criterion, values: dict[str, str], marked: Mapping[int, str], table: _Table,
        place: tuple[str, int],
    ) -> None:  # fmt: skip
        """Take what a row says of a question. A later row of the same question may add evidence, and nothing else."""
        parts = self.answers.setdefault(criterion.id, {})
        is_first = criterion.id not in self.rows
        self.rows.setdefault(criterion.id, []).append(place)
        judgement = self._judgement(criterion, values, marked, table, place)
        texts = {key: values[key] for key in _TEXTS if values.get(key)}
        if is_first:
            parts |= ({"judgement": judgement} if judgement else {}) | texts
        else:
            others = [values[key] for key in ("judgement", *_TEXTS) if values.get(key)]
            if judgement and not values.get("judgement"):
                others += [str(value) for value in judgement.values()]
            if others:
                message = N_("the question “{question}” stands on another row too, and that one is read; here: {text}")
                self._tell(*place, message, question=self._t.text(criterion.question), text=" | ".join(others))
        self._evidence(criterion, values, place)

    def _judgement(
        self, criterion: Criterion, values: dict[str, str], marked: Mapping[int, str], table: _Table,
        place: tuple[str, int],
    ) -> dict[str, Any] | None:  # fmt: skip
        """The judgement of a row, by its cell or by the column that is ticked; None where it says none."""
        ticked = [table.levels[column] for column, text in marked.items() if is_mark(text)]
        known = self._questions.known_texts(criterion)
        for column, text in marked.items():
            if not is_mark(text) and plain_heading(text) not in known:
                self._tell(*place, N_("the cell {cell} is no tick and is not what the criteria set says: {text}"),
                           cell=f"{column_letters(column)}{place[1]}", text=text)  # fmt: skip
        cell, reason = values.get("judgement", ""), values.get("reason", "")
        if not cell and len(ticked) == 1:
            cell = ticked[0].value or ticked[0].label
        elif not cell and ticked:
            words = ", ".join(level.label or level.value for level in ticked)
            self._tell(*place, N_("several levels are ticked, so none is taken: {levels}"), levels=words)
        choices = Choices(criterion, self._criteria, self._t)
        state = state_of(cell)
        if state:
            return self._state(criterion, state, cell, values, place)
        meant = choices.meant(_bare_level(cell, choices), reason, {})
        if meant is None:
            words = ", ".join(word for word in (choices.guidance, *choices.words) if word)
            self._tell(*place, N_("{value} is not a judgement that {id} can be given; choose one of: {words}"),
                       value=cell, id=criterion.id, words=words)  # fmt: skip
        if reason and not (meant and any(key in meant for key in REASONED)):
            self._tell(*place, N_("there is a reason, but a level takes none: {text}"), text=reason)
        return meant or None

    def _state(
        self, criterion: Criterion, state: str, cell: str, values: dict[str, str], place: tuple[str, int]
    ) -> dict[str, Any] | None:
        """A judgement that is no level; its reason stands in its own column, else the justification is the reason."""
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

    def _evidence(self, criterion: Criterion, values: Mapping[str, str], place: tuple[str, int]) -> None:
        """A piece of evidence, where the row says one."""
        given = {key: values[key] for key in EVIDENCE_KEYS if values.get(key)}
        if not given:
            return
        item: dict[str, Any] = {} if "address" in given else {"edition": self._edition}
        for key, text in given.items():
            item[key] = typed(key, bare_page(text) if key in ("page", "pdf_page") else text)
        self.answers[criterion.id].setdefault("evidence", []).append(item)
        self.evidence_rows.setdefault(criterion.id, []).append(place)

    def _tell_worded(
        self, criterion: Criterion, values: Mapping[str, str], own: Mapping[int, str], place: tuple[str, int]
    ) -> None:
        """Tell what stands beside a question and is not what its set says."""
        known = self._questions.known_texts(criterion)
        wording = values.get("question", "")
        if wording and not self._questions.is_worded(criterion, wording):
            message = N_("the question {id} is worded otherwise in its set: {text}")
            self._tell(*place, message, id=criterion.id, text=wording)
        for column, text in own.items():
            if plain_heading(text) not in known:
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
            heading = _text(value)
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
    words = [f"{column_letters(column)}{row} {_cut(_text(value))}" for row, column, value in cells[:_MOST_TOLD]]
    if len(cells) > _MOST_TOLD:
        words.append(t("and {count} cells more", count=len(cells) - _MOST_TOLD))
    return "; ".join(words)


def _text(value: object) -> str:
    """A cell as text: 2.0 is 2."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
