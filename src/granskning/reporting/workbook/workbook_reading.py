"""A workbook that has been filled in, read back: what stands in it, by id, wherever its rows and columns have gone.

Only what stands there. What it would change in the files is told by `workbook_answers`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from granskning.i18n import LANGUAGES, Translator
from granskning.reporting.workbook.hidden_sheet import require_whole
from granskning.reporting.workbook.workbook_choices import (
    COMPUTED,
    EVIDENCE_FIELDS,
    FIRST_ROW,
    HEAD_ROW,
    IDENTITY_ROW,
    INSTRUCTIONS_TITLE,
    KEY_ROW,
    LISTS,
    MEMORY,
    TITLE_ROW,
    instruction_lines,
    is_counting,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Cells:
    """A row that says something. `formulas` are the columns that hold a formula, which is not read."""

    sheet: str
    row: int
    values: Mapping[str, Any]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadCells:
    """Cells that say something where nothing is read: a column of the user's own, a whole sheet, or what is above."""

    sheet: str
    column: int
    """0 where it is a whole sheet, -1 for what stands above the table."""
    head: str
    """What stands above the column; the first cell of a sheet."""
    count: int


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook as it came back."""

    language: str
    memory: Mapping[str, dict[str, dict[str, Any]]]
    """Every answer as it was when the workbook was made, by review and criterion."""
    reviews: Mapping[str, tuple[Cells, ...]]
    """The rows of each review's sheet."""
    sheets: Mapping[str, str]
    """What the sheet of each review is called."""
    evidence: tuple[Cells, ...] | None
    """None where the sheet is gone."""
    columns: Mapping[str, frozenset[str]]
    """The columns that each review's sheet has."""
    unread: tuple[UnreadCells, ...] = ()
    """What stands where nothing is read, so that it can be told."""
    heads: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """What stood above the answers of each review; nothing in workbooks that were made before it was written there."""
    head_rows: Mapping[str, Cells] = field(default_factory=dict)
    """The row of each review on the sheet to hand in."""
    stray_heads: tuple[Cells, ...] = ()
    """The rows of that sheet that are of no review of the workbook, or of one that has a row already."""


def read_workbook(sheets: Sequence[Worksheet], original: Mapping[str, Any]) -> Returned:
    """What stands in the sheets of a workbook whose hidden sheet is sound. Raises UsageError for a sheet too large."""
    reviews: dict[str, tuple[Cells, ...]] = {}
    titles: dict[str, str] = {}
    columns: dict[str, frozenset[str]] = {}
    evidence: tuple[Cells, ...] | None = None
    head_rows: tuple[Cells, ...] = ()
    unread: list[UnreadCells] = []
    for worksheet in sheets:
        keys = _keys(worksheet)
        if worksheet.title in (MEMORY, LISTS):
            continue
        unread += _unread(worksheet, keys)
        if not keys:
            continue
        require_whole(worksheet)
        if "reading_depth" in keys.values():
            head_rows = (*head_rows, *_rows(worksheet, keys))
            continue
        if {"quote", "paraphrase"} & set(keys.values()):
            evidence = (*(evidence or ()), *_rows(worksheet, {c: k for c, k in keys.items() if k in _EVIDENCE_KEYS}))
            continue
        identity = str(worksheet.rows.get(IDENTITY_ROW, {}).get(1) or "").strip()
        reviews[identity] = (*reviews.get(identity, ()), *_rows(worksheet, keys))
        titles[identity] = worksheet.title
        columns[identity] = frozenset(keys.values())
    memory = {
        identity: {criterion: answer or {} for criterion, answer in answers.items()}
        for identity, answers in original["answers"].items()
    }
    heads = {identity: dict(head) for identity, head in original.get("heads", {}).items()}
    names = {str(head.get("tab", "")).casefold(): identity for identity, head in heads.items()}
    names |= {title.casefold(): identity for identity, title in titles.items()}
    if evidence is not None:
        evidence = tuple(_of_review(cells, names, memory) for cells in evidence)
    own, stray = _sorted_heads(head_rows, memory)
    return Returned(original["language"], memory, reviews, titles, evidence, columns, tuple(unread), heads, own, stray)


_EVIDENCE_KEYS = {known.key for known in EVIDENCE_FIELDS}


def _of_review(cells: Cells, names: Mapping[str, str], memory: Mapping[str, object]) -> Cells:
    """A row of evidence with the identity of its review, which it may name by its tab; the only one needs no name."""
    named = str(cells.values.get("review") or "").strip()
    identity = named if named in memory else names.get(named.casefold(), named) if named else ""
    if not named and len(memory) == 1:
        identity = next(iter(memory))
    return replace(cells, values={**cells.values, "review": identity})


def _sorted_heads(rows: Sequence[Cells], memory: Mapping[str, object]) -> tuple[dict[str, Cells], tuple[Cells, ...]]:
    """The first row of each review, and the other rows."""
    own: dict[str, Cells] = {}
    stray = []
    for cells in rows:
        identity = str(cells.values.get("review") or "").strip()
        if identity in memory and identity not in own:
            own[identity] = cells
        else:
            stray.append(cells)
    return own, tuple(stray)


def _unread(worksheet: Worksheet, keys: Mapping[int, str]) -> Iterator[UnreadCells]:
    """The cells of a sheet that nothing is read from: other columns than ours, and sheets that we did not make."""
    rows = worksheet.rows
    if not keys:
        first = str(rows.get(TITLE_ROW, {}).get(1) or "")
        told = next((_instructions(language) for language in LANGUAGES if first in _instructions(language)), None)
        ours = {(row, 1) for row, cells in rows.items() if told and cells.get(1) in told}
        count = sum((row, column) not in ours for row, cells in rows.items() for column in cells)
        if count:
            yield UnreadCells(worksheet.title, 0, "" if told else first, count)
        return
    above = sum(
        column > 1 and not is_counting(value)
        for number in range(1, KEY_ROW)
        for column, value in rows.get(number, {}).items()
    )
    if above:
        yield UnreadCells(worksheet.title, -1, "", above)
    columns = sorted({column for number, row in rows.items() if number >= HEAD_ROW for column in row} - keys.keys())
    for column in columns:
        count = sum(column in row for number, row in rows.items() if number >= HEAD_ROW)
        yield UnreadCells(worksheet.title, column, str(rows.get(HEAD_ROW, {}).get(column) or ""), count)


def _instructions(language: str) -> frozenset[str]:
    """What the sheet to read first says in a language."""
    t = Translator(language)
    return frozenset((t(INSTRUCTIONS_TITLE), *instruction_lines(t)))


def _keys(worksheet: Worksheet) -> dict[int, str]:
    """The keys of a sheet's columns, from its hidden row; none for a sheet of the user's own."""
    keys = {column: str(value).strip() for column, value in worksheet.rows.get(KEY_ROW, {}).items()}
    return keys if {"id", "reading_depth"} & set(keys.values()) else {}


def _rows(worksheet: Worksheet, keys: dict[int, str]) -> Iterator[Cells]:
    for number, row in sorted(worksheet.rows.items()):
        computed = {column for column in row if (number, column) in worksheet.formulas and keys.get(column) in COMPUTED}
        values = {key: None if column in computed else row.get(column) for column, key in keys.items()}
        if number >= FIRST_ROW and any(value is not None for value in values.values()):
            formulas = tuple(key for column, key in keys.items() if (number, column) in worksheet.formulas
                             and column not in computed)  # fmt: skip
            yield Cells(worksheet.title, number, values, formulas)
