"""Sheets in, a draft of a criteria set out: one row a question, under headings as people write them.

A sheet whose headings name a question is read row by row; one with values and labels is the scale, one with titles and
what they are is about the set. All else that says something is told, cell by cell or column by column.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.findings.finding import FilledWords
from granskning.i18n import N_, NN_
from granskning.model.method import number_of
from granskning.model.question_fields import FIELDS, SAYS_NO, SAYS_YES, LevelColumn, plain_heading, recognise
from granskning.model.worksheet import cell_text, column_letters
from granskning.workspace.libraries.draft import (
    DraftRemark,
    LevelDraft,
    QuestionDraft,
    ScaleDraft,
    SetDraft,
    TargetDraft,
)
from granskning.workspace.libraries.set_sheets import ABOUT_LEAST, about_of, means_missing, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.worksheet import Worksheet
    from granskning.workspace.libraries.draft import Weight

MOST_QUESTIONS = 2000
"""Of a set, as its schema says."""
_HEAD_ROWS = 30
"""Rows among which headings are looked for."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NAME_IT = N_("name the column Fråga or Question, or begin from the template: granskning export --template")


@dataclass(slots=True)
class _Sheet:
    """A sheet with questions: where its headings stand and what each column is."""

    worksheet: Worksheet
    head: int
    columns: dict[int, str] = field(default_factory=dict)
    levels: dict[int, LevelColumn] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Reading:
    """What has been understood so far."""

    tables: list[_Sheet] = field(default_factory=list)
    scale: tuple[LevelDraft, ...] = ()
    about: dict[str, str] = field(default_factory=dict)
    questions: list[QuestionDraft] = field(default_factory=list)
    targets: dict[str, TargetDraft] = field(default_factory=dict)
    remarks: list[DraftRemark] = field(default_factory=list)

    def tell(self, weight: Weight, place: FilledWords, message: str, hint: str = "", /, **values: object) -> None:
        """Keep a remark."""
        self.remarks.append(DraftRemark(weight, place, message, values, hint))


def read_table(sheets: Sequence[Worksheet], passed_over: frozenset[str] = frozenset()) -> SetDraft:
    """The draft. Sheets named in `passed_over` are ours, and say nothing of the set.

    Raises UsageError where no sheet has questions, or something stands too far away to be read.
    """
    reading = _Reading()
    for worksheet in sheets:
        if worksheet.title not in passed_over:
            _sort_out(worksheet, reading)
    if not reading.tables:
        raise UsageError(N_("no sheet has a column with questions; the first row says: {words}"), NAME_IT,
                         words=_first_words(sheets) or "–")  # fmt: skip
    levels = _levels(reading.tables, reading.scale)
    for table in reading.tables:
        _read_rows(table, levels, reading)
    if not reading.questions and not any(remark.weight == "stop" for remark in reading.remarks):
        raise UsageError(N_("there is no question in the table"), N_("write one row for each question"))
    require_few(len(reading.questions))
    _tell_doubles(reading)
    if not any(table.levels for table in reading.tables):
        place = FilledWords(N_("sheet {sheet}"), {"sheet": reading.tables[0].worksheet.title})
        message = N_("no column has level texts, so the labels of the scale are all that tells what a level takes")
        reading.tell("missing", place, message, N_("name such columns Nivå 0, Nivå 1 … or Level 0, Level 1 …"))
    scales = (ScaleDraft("", levels),) if levels else ()
    targets = tuple(reading.targets.values())
    return SetDraft("table", tuple(reading.questions), targets, scales, reading.about, tuple(reading.remarks))


def require_few(count: int) -> None:
    """Raise UsageError for more questions than a set can have."""
    if count > MOST_QUESTIONS:
        message = N_("there are {count} questions; a criteria set has at most {most}")
        raise UsageError(message, N_("divide them into several sets"), count=count, most=MOST_QUESTIONS)


def _sort_out(worksheet: Worksheet, reading: _Reading) -> None:
    """What a sheet is: questions, the scale, what is said of the set, or nothing that is understood."""
    if worksheet.cell_outside:
        message = N_("something stands far outside the table in the sheet {sheet}, in the cell {cell}")
        hint = N_("delete the rows and columns outside the table, save the workbook and import it again")
        raise UsageError(message, hint, sheet=worksheet.title, cell=worksheet.cell_outside)
    table = _headings(worksheet)
    if table is not None:
        reading.tables.append(table)
    elif levels := scale_of(worksheet):
        reading.scale = levels
    elif len(about := about_of(worksheet)) >= ABOUT_LEAST:
        reading.about |= about
        _tell_unread_about(worksheet, reading)
    elif worksheet.rows:
        count = sum(len(row) for row in worksheet.rows.values())
        place = FilledWords(N_("sheet {sheet}"), {"sheet": worksheet.title})
        reading.tell(
            "unread",
            place,
            NN_(
                "the sheet is not understood, and is not read ({count} cell)",
                "the sheet is not understood, and is not read ({count} cells)",
            ),
            count=count,
        )


def _headings(worksheet: Worksheet) -> _Sheet | None:
    """Where the headings stand: the row among the first ones that names most, the question among them."""
    best, most = None, 0
    for number in sorted(worksheet.rows)[:_HEAD_ROWS]:
        row = worksheet.rows[number]
        table = _Sheet(worksheet, number)
        for column, value in sorted(row.items()):
            heading = cell_text(value)
            meant = recognise(heading)
            if isinstance(meant, LevelColumn):
                table.levels[column] = meant
            elif meant is not None and meant not in table.columns.values():
                table.columns[column] = meant
            else:
                table.unknown[column] = heading
        count = len(table.columns) + len(table.levels)
        if "question" in table.columns.values() and count > max(most, 1 if len(row) > 1 else 0):
            best, most = table, count
    return best


def _levels(tables: Sequence[_Sheet], scale: tuple[LevelDraft, ...]) -> tuple[LevelDraft, ...]:
    """The scale: the sheet's own, with what the headings of level texts name besides; else those, from the lowest."""
    known = {str(level.value): level for level in scale}
    words = {plain_heading(level.label): str(level.value) for level in scale}
    for table in tables:
        for column, level in table.levels.items():
            key = level.value or words.get(plain_heading(level.label), "")
            if not key:
                key = str(len(known))
                words[plain_heading(level.label)] = key
            label = level.label or key
            table.levels[column] = LevelColumn(key, label)
            if key not in known:
                known[key] = LevelDraft(_level_value(key), label, means_missing=means_missing(label))
            elif level.label and known[key].label == key:
                known[key] = replace(known[key], label=label, means_missing=means_missing(label))
    if scale:
        return tuple(known.values())
    return tuple(sorted(known.values(), key=lambda level: number_of(str(level.value)) or 0))


def _level_value(key: str) -> int | str:
    return int(key) if re.fullmatch(r"-?[0-9]+", key) else key


def _read_rows(table: _Sheet, levels: Sequence[LevelDraft], reading: _Reading) -> None:
    """Every row below the headings, and the columns that are not understood."""
    worksheet, target = table.worksheet, ""
    counts: Counter[int] = Counter()
    for number, row in sorted(worksheet.rows.items()):
        if number <= table.head:
            if number < table.head:
                _tell_above(table, number, reading)
            continue
        counts.update(column for column in row if column not in table.columns and column not in table.levels)
        cells = {key: text for column, key in table.columns.items() if (text := cell_text(row.get(column)))}
        texts = {level.value: text for column, level in table.levels.items() if (text := cell_text(row.get(column)))}
        if not cells and not texts:
            continue
        target = _target(table, cells, target, reading)
        if formulas := [
            column for column in {**table.columns, **table.levels} if (number, column) in worksheet.formulas
        ]:
            place = _cell(worksheet, number, formulas[0])
            reading.tell("stop", place, N_("a formula stands here, and formulas are not worked out"),
                         N_("copy the cells and paste them as values"))  # fmt: skip
        elif not cells.get("question"):
            if texts or cells.keys() - {"target", "target.picture", "number", "id"}:
                reading.tell("stop", _row(worksheet, number), N_("the row has no question"),
                             N_("write the question, or empty the row"))  # fmt: skip
        else:
            reading.questions.append(_question(table, number, cells, texts, target, reading))
            _tell_missing(table, number, levels, texts, reading)
    for column, count in sorted(counts.items()):
        place = FilledWords(N_("sheet {sheet}, column {column}"),
                            {"sheet": worksheet.title, "column": column_letters(column)})  # fmt: skip
        message = NN_(
            "the heading “{heading}” is not understood, and the column is not read ({count} cell)",
            "the heading “{heading}” is not understood, and the column is not read ({count} cells)",
        )
        reading.tell("unread", place, message, heading=table.unknown.get(column, "") or "–", count=count)


def _target(table: _Sheet, cells: Mapping[str, str], before: str, reading: _Reading) -> str:
    """The target that a row stands under: its own, that of the row above, or the sheet's name."""
    title = cells.get("target", "")
    key = plain_heading(title) or before or plain_heading(table.worksheet.title) or "1"
    known = reading.targets.get(key)
    picture = cells.get("target.picture", "")
    if known is None:
        number = cells.get("number", "") if title and not cells.get("question") else ""
        reading.targets[key] = TargetDraft(key, title or table.worksheet.title, picture=picture, number=number)
    elif picture and not known.picture:
        reading.targets[key] = replace(known, picture=picture)
    elif picture and " ".join(picture.split()) != " ".join(known.picture.split()):
        place = FilledWords(N_("sheet {sheet}"), {"sheet": table.worksheet.title})
        reading.tell("stop", place, N_("the target “{target}” is described in two ways: “{text}” and “{other}”"),
                     N_("write the sentence once, in the target's first row"),
                     target=known.title, text=known.picture, other=picture)  # fmt: skip
    return key


def _question(  # noqa: PLR0913  # a row, what stands in it, and where it belongs
    table: _Sheet, number: int, cells: dict[str, str], texts: Mapping[str, str], target: str, reading: _Reading
) -> QuestionDraft:
    """A row as a question; values that cannot be understood are told and left out."""
    for key in list(cells):
        field_, text = FIELDS[key], cells[key]
        place = _cell(table.worksheet, number, next(column for column, known in table.columns.items() if known == key))
        if field_.kind == "number":
            amount = number_of(text.replace(",", "."))
            if amount is None or amount < 0:
                reading.tell(
                    "stop", place, N_("“{text}” is no weight"), N_("write a number, such as 2 or 1,5"), text=text
                )
                del cells[key]
        elif field_.kind == "yes" and plain_heading(text) not in SAYS_YES:
            if plain_heading(text) not in SAYS_NO:
                reading.tell(
                    "stop", place, N_("“{text}” is neither yes nor no"), N_("write ja or nej, yes or no"), text=text
                )
            del cells[key]
        elif key == "number" and _DATE.match(text):
            reading.tell("stop", place, N_("the spreadsheet has turned a number into the date {text}"),
                         N_("format the column as text, and write the number again"), text=text)  # fmt: skip
            del cells[key]
    if "weight.why" in cells and "weight" not in cells:
        place = _row(table.worksheet, number)
        reading.tell("stop", place, N_("there is a reason for a weight, but no weight"), N_("write the weight too"))
        del cells["weight.why"]
    weight = number_of(cells["weight"].replace(",", ".")) if "weight" in cells else None
    if weight not in (None, 1) and "weight.why" not in cells:
        message = N_("a weight other than 1 needs its reason")
        reading.tell("stop", _row(table.worksheet, number), message, N_("write why in a column Skäl för vikten"))
    fields = {key: text for key, text in cells.items() if key not in ("id", "question", "target", "target.picture")}
    return QuestionDraft(
        target, cells["question"], _row(table.worksheet, number), cells.get("id", ""), fields, dict(texts)
    )


def _tell_missing(
    table: _Sheet, number: int, levels: Sequence[LevelDraft], texts: Mapping[str, str], reading: _Reading
) -> None:
    """The levels of a row that have no text."""
    lacking = [str(level.value) for level in levels if str(level.value) not in texts]
    if table.levels and lacking:
        message = N_("levels without a text: {levels}")
        hint = N_("write what the level takes, or leave all levels of the question empty") if texts else ""
        weight: Weight = "stop" if texts else "missing"
        reading.tell(weight, _row(table.worksheet, number), message, hint, levels=", ".join(lacking))


def _tell_above(table: _Sheet, number: int, reading: _Reading) -> None:
    """What stands above the headings."""
    words = " ".join(cell_text(value) for value in table.worksheet.rows[number].values())
    message = N_("what stands above the headings is not read: {words}")
    reading.tell("unread", _row(table.worksheet, number), message, words=words[:160])


def _tell_unread_about(worksheet: Worksheet, reading: _Reading) -> None:
    """The rows of a sheet about the set that are not understood."""
    known = about_of(worksheet, rows=True)
    for number, row in sorted(worksheet.rows.items()):
        far = {column for column in row if column > 2}  # noqa: PLR2004  # what it is, and what it says
        if (2 in row and str(number) not in known) or far:  # noqa: PLR2004
            words = " ".join(cell_text(value) for value in row.values())
            reading.tell("unread", _row(worksheet, number), N_("this is not understood, and is not read: {words}"),
                         words=words[:160])  # fmt: skip


def _tell_doubles(reading: _Reading) -> None:
    """Numbers and ids that stand twice: nobody can tell which question is meant."""
    for key, message in (
        ("number", N_("the number {value} stands at {first} too")),
        ("id", N_("the id {value} stands at {first} too")),
    ):
        seen: dict[str, QuestionDraft] = {}
        for question in reading.questions:
            value = question.id if key == "id" else question.fields.get(key, "")
            first = seen.setdefault(value.casefold(), question) if value else question
            if first is not question:
                hint = N_("give each question its own; Excel makes 1.10 into 1.1 where the column is not text")
                reading.tell("stop", question.place, message, hint, value=value, first=first.place)


def _first_words(sheets: Sequence[Worksheet]) -> str:
    """What the first row of the first sheet says, to be told."""
    rows: Iterator[Mapping[int, object]] = (row for worksheet in sheets for _, row in sorted(worksheet.rows.items()))
    return ", ".join(cell_text(value) for value in next(rows, {}).values())[:200]


def _row(worksheet: Worksheet, number: int) -> FilledWords:
    return FilledWords(N_("sheet {sheet}, row {row}"), {"sheet": worksheet.title, "row": number})


def _cell(worksheet: Worksheet, number: int, column: int) -> FilledWords:
    cell = f"{column_letters(column)}{number}"
    return FilledWords(N_("sheet {sheet}, cell {cell}"), {"sheet": worksheet.title, "cell": cell})
