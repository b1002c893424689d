"""Values of files made into model values: what a row of a table wants, figures that were judged by, dates."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from granskning.model.method import Condition
from granskning.workspace.schema.modelling_indicator import judged_figure, plain_judged_figure
from granskning.workspace.schema.modelling_scoring import _cell
from granskning.workspace.schema.written_dates import read_date
from granskning.workspace.yaml.check_letters import _usual, check_letters, may_be_unprintable
from granskning.workspace.yaml.source import TextLines, read
from granskning.workspace.yaml.stumbles import _colonless, plain_problem

COUNT = Condition("count", levels=("1",))


def wants(given: Any) -> list[tuple[str, Fraction]]:
    """Each count that meets a cell; of a span both its ends, in brackets of their own."""
    cell = _cell(COUNT, given)
    ways = [cell] if cell.kind != "any" else list(cell.conditions)
    return [(way.amount if way.kind == "count" else way.kind, way.number) for way in ways]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (2, [("exactly", 2)]),
        ("2+", [("at_least", 2)]),
        ([0, 1, 2], [("at_most", 2)]),
        ([1, 2, 3], [("all", 0)]),
        ([1, 3], [("exactly", 1), ("exactly", 3)]),
        ([3, 1, "5+"], [("exactly", 1), ("exactly", 3), ("at_least", 5)]),
        ([0, 1, "4+"], [("at_most", 1), ("at_least", 4)]),
        ([2, 2], [("exactly", 2)]),
        (["0.5"], [("exactly", Fraction(1, 2))]),
    ],
)
def test_how_many_a_row_of_a_table_wants(given: Any, wanted: list[tuple[str, Fraction]]) -> None:
    assert wants(given) == wanted


def test_a_span_of_counts_has_two_ends() -> None:
    span = _cell(COUNT, [1, 2, 3])
    assert span.conditions == (
        Condition("count", levels=("1",), amount="at_least", number=Fraction(1)),
        Condition("count", levels=("1",), amount="at_most", number=Fraction(3)),
    )


@pytest.mark.parametrize("values", [
    {"indicator": "i", "area": "Riket", "area_code": "00", "period": "2024", "women": 3, "men": 2.5, "meaning": "m"},
    {"indicator": "i", "area": "Riket", "period": "2024", "meaning": "m"},
])  # fmt: skip
def test_a_figure_that_was_judged_by_comes_back_as_it_stood(values: dict[str, Any]) -> None:
    told = plain_judged_figure(judged_figure(values))
    assert told == values
    assert list(told) == list(values)
    assert [type(value) for value in told.values()] == [type(value) for value in values.values()]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("23/11 2026", "2026-11-23"), ("1.2.2026", "2026-02-01"), ("2026/3/4", "2026-03-04"),
        ("20260304", "2026-03-04"),
        ("den 3:e maj 2026", "2026-05-03"), ("3 oct 2026", "2026-10-03"), ("May 3, 2026", "2026-05-03"),
        ("2026-03-04T00:00:00", "2026-03-04"), ("31 februari 2026", "31 februari 2026"), ("0/0 2026", "0/0 2026"),
        ("3 foo 2026", "3 foo 2026"), ("i våras", "i våras"), ("", ""),
    ],
)  # fmt: skip
def test_a_date_as_people_write_it(written: str, date: str) -> None:
    assert read_date(written) == date


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("a: b\n", False),
        ("å – ’\n", False),
        ("a\\b", True),
        ("a\u202eb", True),
        ("a\x07b", True),
        ("\ue000", True),
        ("", False),
    ],
)
def test_whether_a_text_is_worth_a_look_for_letters(text: str, *, worth: bool) -> None:
    _usual.cache_clear()
    assert may_be_unprintable(text.encode()) is worth


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (("title", "id: x"), (0, 5)),
        (("title", "", "id: x"), (0, 5)),
        (("title", "", "  ", "id: x"), (0, 5)),
        (("  title", "id: x"), None),
        (("id: x",), None),
        (("title", "id"), None),
    ],
)
def test_a_word_without_its_colon_stands_above_a_key(lines: tuple[str, ...], place: tuple[int, int] | None) -> None:
    stumble = _colonless(lines, len(lines) - 1)
    assert (None if stumble is None else (stumble.line, stumble.column)) == place
    assert _colonless(lines, len(lines)) is None


def test_a_tag_is_told_by_its_name_and_an_anchor_without() -> None:
    faults = read("a: !!int 3\nb: &x 1\n").faults
    assert [(fault.code, fault.values["tag"]) for fault in faults] == [
        ("GR104", "tag:yaml.org,2002:int"),
        ("GR103", ""),
    ]


def test_a_letter_is_placed_where_it_stands_in_its_text() -> None:
    text = "a: \u202e\nb: |\n  x\n  y\u202e\n"
    reading = read(text)
    places = [finding.place for finding in check_letters(reading.value, "f", TextLines(text))]
    assert [(place.line, place.column) for place in places if place] == [(1, 4), (4, 4)]


def test_a_letter_written_by_its_number_is_placed_where_its_text_begins() -> None:
    text = 'a: "x\\u202e"\n'
    [finding] = check_letters(read(text).value, "f", TextLines(text))
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (1, 4)


@pytest.mark.parametrize(
    ("line", "is_tabbed"), [("\ta: 1", True), ("  \ta: 1", True), ("a:\t1", False), ("a: x\ty", False)]
)
def test_only_a_tab_that_a_line_begins_with_is_what_the_parser_stumbles_on(line: str, *, is_tabbed: bool) -> None:
    told = [plain_problem("something", ["a: 1", line], at) for at in (1, 0, 9, None)]
    assert (told[0] != told[1]) is is_tabbed
    assert told[1] == told[2] == told[3]
