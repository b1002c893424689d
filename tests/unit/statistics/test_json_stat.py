"""JSON-stat read strictly, and beside a second, careless reading of the same bytes."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import statistics_server as server
from granskning.statistics.cube import CubeCell, read_symbol
from granskning.statistics.json_stat import read_json_stat
from granskning.statistics.pxweb import body_v1, fits_address, is_too_many, join_cubes, read_limits, selection_query
from granskning.statistics.selection import cells_of, chosen_periods, read_wish, split_cells
from granskning.statistics.unexpected import UnexpectedFormError

CODES = {item.code: list(item.codes) for item in server.TABLE.variables}


def answer(**changes: Any) -> bytes:
    return json.dumps(server.json_stat(server.TABLE, CODES) | changes).encode()


def test_every_cell_is_where_it_belongs() -> None:
    cube = read_json_stat(answer())
    assert len(cube.cells) == 3 * 3 * 4
    for codes, cell in cube.cells.items():
        sign = server.TABLE.signs.get(codes)
        assert cell == (CubeCell(symbol=sign) if sign else CubeCell(Decimal(str(server.TABLE.value(codes)))))
    assert (cube.title, cube.updated) == (server.TABLE.title, server.TABLE.updated)
    assert cube.notes == server.TABLE.notes
    contents = cube.dimension("contentscode")
    assert contents is not None
    assert (contents.units, contents.decimals) == ({"EX01": "procent"}, {"EX01": 1})


@settings(max_examples=25)
@given(st.permutations(list(CODES)), st.data())
def test_a_second_reader_finds_the_same(order: list[str], data: st.DataObject) -> None:
    """Whatever the order of variables and codes: values are read by index, not by how keys stand."""
    codes = {code: data.draw(st.permutations(CODES[code])) for code in order}
    numbers = {cell: data.draw(st.one_of(st.none(), st.integers(-999, 999))) for cell in product(*codes.values())}
    values = {
        "class": "dataset", "id": order, "size": [len(codes[code]) for code in order],
        "value": list(numbers.values()), "status": [None if n is not None else ".." for n in numbers.values()],
        "dimension": {code: {"category": {"index": dict(
            data.draw(st.permutations([(c, place) for place, c in enumerate(codes[code])])))}} for code in order},
    }  # fmt: skip
    cube = read_json_stat(json.dumps(values).encode())
    assert {cell: item.value for cell, item in cube.cells.items()} == numbers


@pytest.mark.parametrize(
    ("text", "sign"),
    [("-", "-"), ("–", "-"), ("−", "-"), ("..", ".."), (".", "."), ("…", "..."), ("......", "......"), (" .. ", "..")],
)
def test_signs(text: str, sign: str) -> None:
    assert read_symbol(text) == sign


@pytest.mark.parametrize("text", ["*", "n/a", ".......", "0", "--", ""])
def test_what_is_no_sign(text: str) -> None:
    with pytest.raises(UnexpectedFormError):
        read_symbol(text)


def test_one_status_for_all_and_a_null_without_any() -> None:
    preliminary = read_json_stat(answer(value=[1] * 36, status="p"))
    assert set(preliminary.cells.values()) == {CubeCell(Decimal(1), status="p")}
    unexplained = read_json_stat(answer(value=[None] * 36, status=None))
    assert set(unexplained.cells.values()) == {CubeCell(status="null")}


@pytest.mark.parametrize(
    "data",
    [
        answer(id=["Region"] * 4), answer(size=[3, 3, 1]), answer(size=[3, 3, 1, True]), answer(id=[]),
        answer(value=[1] * 37), answer(value="1"), answer(value=[1.5, [1]] + [1] * 34), answer(status={"36": "-"}),
        answer(status={"0": 4}), answer(status=["-"]), answer(value=[1] * 36, status={"0": "-"}), answer(dimension=[]),
        answer(size=[10**9, 10**9, 10**9, 10**9]), answer(value=[1e300] * 36), b'{"class": "dataset"', b"null", b"\xff",
        answer(dimension={"Region": {}}), answer(id=["Region", "Kon", "ContentsCode", "Annan"]),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes) -> None:
    with pytest.raises(UnexpectedFormError):
        read_json_stat(data)


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from("abc"), st.integers(1, 8), min_size=1), st.integers(1, 50))
def test_a_split_asks_for_every_cell_once(sizes: dict[str, int], most: int) -> None:
    selection = {name: tuple(f"{n}" for n in range(size)) for name, size in sizes.items()}
    parts = list(split_cells(selection, most))
    cells = [cell for part in parts for cell in product(*part.values())]
    assert len(cells) == len(set(cells)) == cells_of(selection)
    assert all(cells_of(part) <= most for part in parts)


def test_parts_of_one_table_must_agree() -> None:
    whole = {code: tuple(codes) for code, codes in CODES.items()}
    cube = read_json_stat(answer())
    assert join_cubes([cube], whole).cells == cube.cells
    for selection in ({**whole, "Kon": ("1", "2")}, {**whole, "Alder": ("1",)}, {"Region": ("00",)}):
        with pytest.raises(UnexpectedFormError):
            join_cubes([cube], selection)


def test_periods_that_are_asked_for() -> None:
    available = ("2019", "2020", "2021", "2022", "2023")
    assert chosen_periods(available, {"2020"}, read_wish([])) == ("2020", "2021", "2022", "2023")
    assert chosen_periods(available, set(), read_wish([])) == ()
    assert chosen_periods(available, {"2020"}, read_wish(["2023"])) == ("2020", "2023")
    assert chosen_periods(available, {"1999"}, read_wish(["2019..2020"])) == ("2019", "2020")
    assert chosen_periods(("2023M01", "2023M02", "2023M12"), set(), read_wish(["2023M02.."])) == ("2023M02", "2023M12")


def test_what_is_sent() -> None:
    selection = {"Region": ("00",), "Alder": ("16-19", "65+")}
    assert dict(selection_query(selection))["valuecodes[Alder]"] == "16-19,65+"
    assert fits_address(selection)
    assert not fits_address({"Alder": ("1,5", "*")})
    assert body_v1(selection)["response"] == {"format": "json-stat2"}
    assert is_too_many(400, "Too many cells selected")
    assert not is_too_many(400, "Non-existent value")


def test_limits_of_both_versions() -> None:
    both = (b'{"maxDataCells": 9, "maxCallsPerTimeWindow": 3, "timeWindow": 2}',
            b'{"maxValues": 1, "maxCells": 9, "maxCalls": 3, "timeWindow": 2}')  # fmt: skip
    for data in both:
        limits = read_limits(data)
        assert (limits.cells, limits.calls, limits.window) == (9, 3, 2.0)
    assert read_limits(b"{}").cells == 150_000
