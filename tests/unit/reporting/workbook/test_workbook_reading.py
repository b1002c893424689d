"""The hidden sheet of a workbook comes back in every wrong kind, and a sheet with something far away."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from granskning.errors import UsageError
from granskning.model.worksheet import Worksheet
from granskning.reporting.workbook.hidden_sheet import hidden_rows, original_answers
from granskning.reporting.workbook.workbook_choices import FIRST_ROW, KEY_ROW, MEMORY
from granskning.reporting.workbook.workbook_reading import read_workbook
from granskning.workspace.schema.schema import is_sound

HEAD = '{"schema": "granskning/workbook/1", "language": "sv"}'
SOUND = '{"level": 1, "evidence": [{"edition": "remiss", "page": 14}], "inherited": {"from": "2025", "level": 2}}'
BROKEN_ANSWERS = [
    "[1]", "1", '"text"', "true", "[" * 5_000, "[" * 90 + "]" * 90, "", "{", "NaN", '{"level": NaN}', '{"level": [1]}',
    '{"level": {}}', '{"evidence": [1]}', '{"evidence": {}}', '{"evidence": "x"}', '{"evidence": [{"page": [1]}]}',
    '{"inherited": 1}', '{"inherited": {}}', '{"inherited": {"from": 1}}', '{"open": 1}', '{"note": "\\ud800"}',
    '{"\\ud800": 1}', '{"other": {}}', '{"level": ' + "9" * 5000 + "}",
]  # fmt: skip
BROKEN_HEADS = [
    "", "[]", "1", "null", "{}", "[" * 5_000, '{"schema": "granskning/workbook/2", "language": "sv"}',
    '{"schema": "granskning/workbook/1", "language": "fi"}', '{"schema": "granskning/workbook/1"}',
    '{"schema": "granskning/workbook/1", "language": "sv", "more": 1}', '{"schema": [], "language": {}}',
]  # fmt: skip


def hidden(head: str, *answers: str) -> Worksheet:
    rows: dict[int, dict[int, Any]] = {1: {1: head}}
    rows |= {row: {1: "plan/r/a", 2: f"c{row}", 3: text} for row, text in enumerate(answers, 2)}
    return Worksheet(MEMORY, rows)


def is_taken(sheet: Worksheet) -> bool:
    """Whether import would go on; what it cannot take is refused with a sentence."""
    try:
        return is_sound("workbook", original_answers([sheet]))
    except UsageError:
        return False


def test_a_sound_hidden_sheet_is_taken_also_in_pieces() -> None:
    assert is_taken(hidden(HEAD, SOUND, "{}"))
    sheet = Worksheet(MEMORY, {1: {1: HEAD}, 2: {1: "plan/r/a", 2: "c", 4: SOUND[9:], 3: SOUND[:9]}})
    original = original_answers([sheet])
    assert original["answers"] == {"plan/r/a": {"c": json.loads(SOUND)}}
    assert read_workbook([sheet], original).memory["plan/r/a"]["c"]["level"] == 1
    empty = original_answers([hidden(HEAD, "{}")])
    assert read_workbook([], empty).memory == {"plan/r/a": {"c2": {}}}


WRITTEN: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("plan/r/a", ":head", {"tab": "A", "status": "draft"}),
    ("plan/r/a", "c", {"level": 1, "justification": " ".join(["å\u00a0\ufffe\u2028 _x000D_ b"] * 20_000)}),
    ("plan/r/a", "d", {}),
)
PUT = (None, "", "null", "[1]", "{}", "5", 5, '""', "text", '{"level": 1}')


@cache
def cells_written() -> tuple[tuple[str, ...], ...]:
    """The cells that are written, without spaces at their ends."""
    return tuple(tuple(cell.strip() for cell in cells) for cells in hidden_rows(WRITTEN, "sv"))


def written(change: tuple[int, int, Any] | None = None) -> Worksheet:
    """The hidden sheet as a workbook has it, with one of its cells changed."""
    rows: dict[int, dict[int, Any]] = {
        number: dict(enumerate(cells, 1)) for number, cells in enumerate(cells_written(), 1)
    }
    if change:
        row, column, value = change
        rows.setdefault(row, {})[column] = value
        if value in (None, ""):
            del rows[row][column]
    return Worksheet(MEMORY, {number: cells for number, cells in rows.items() if cells})


def test_a_long_answer_comes_back_from_its_cells_to_the_letter() -> None:
    assert is_taken(written())
    assert original_answers([written()])["answers"] == {"plan/r/a": {"c": WRITTEN[1][2], "d": {}}}


@pytest.mark.parametrize("row", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("column", [1, 2, 3, 4])
def test_a_cell_that_is_anything_else_than_it_was_is_refused(row: int, column: int) -> None:
    for value in PUT:
        changed = written((row, column, value))
        assert is_taken(changed) == (changed.rows == written().rows), value


@pytest.mark.parametrize("cell", [(3, 1), (3, 2), (3, 3), (4, 1), (4, 3)])
def test_so_is_one_of_a_workbook_that_was_made_before_there_was_a_fingerprint(cell: tuple[int, int]) -> None:
    """What no row of ours can look like; what one could have looked like cannot be told from what it was."""
    for value in ("null", "[1]", "5", 5, '""', "text", None) if cell != (3, 2) else (5, None):
        changed = written((*cell, value))
        assert not is_taken(Worksheet(MEMORY, {**changed.rows, 1: {1: HEAD}})), value


@pytest.mark.parametrize("answer", BROKEN_ANSWERS, ids=lambda text: text[:30])
def test_an_answer_of_a_wrong_kind_is_refused(answer: str) -> None:
    assert not is_taken(hidden(HEAD, SOUND, answer))


@pytest.mark.parametrize("head", BROKEN_HEADS, ids=lambda text: text[:60])
def test_a_head_of_a_wrong_kind_is_refused(head: str) -> None:
    assert not is_taken(hidden(head, SOUND))


def test_what_lies_outside_the_table_is_told_for_our_sheets_only() -> None:
    rows = {KEY_ROW: {1: "id"}, FIRST_ROW: {1: "c"}}
    original = original_answers([hidden(HEAD, SOUND)])
    with pytest.raises(UsageError) as refused:
        read_workbook([Worksheet("plan", rows, cell_outside="XFD5000")], original)
    assert refused.value.values == {"sheet": "plan", "cell": "XFD5000"}
    assert read_workbook([Worksheet("egna", {1: {1: "x"}}, cell_outside="XFD5000")], original).reviews == {}
    with pytest.raises(UsageError):
        original_answers([Worksheet(MEMORY, {1: {1: HEAD}}, cell_outside="A99999")])
