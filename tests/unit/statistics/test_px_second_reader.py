"""PC-Axis files against another reader: pyaxis 0.4.3 read the same files, and what it read is kept beside.

pyaxis gives labels in place of codes, and of the signs it makes nothing, or leaves them quoted; that is why it is not
the reader here, and what is taken into account below. It is kept out of the tests' environment, since it comes as a
source package with three others.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from granskning.statistics.px_file import read_px

READINGS = json.loads(Path(__file__).with_name("px_read_by_pyaxis.json").read_text("utf-8"))["files"]
NO_NUMBER = {"nan", "", "None"}
"""What pyaxis makes of `..` and `.`."""


@pytest.mark.parametrize("reading", READINGS, ids=[reading["name"] for reading in READINGS])
def test_another_reader_has_the_same_values_in_the_same_places(reading: Any) -> None:
    cube = read_px(reading["text"].encode(reading["encoding"]))
    named = [item for item in cube.dimensions if item.code != "ContentsCode"]
    assert [item.label for item in named] == reading["columns"]
    places = [tuple(item.codes[code] for item, code in zip(named, codes, strict=False)) for codes in cube.cells]
    assert places == [tuple(row[:-1]) for row in reading["rows"]]
    for cell, row in zip(cube.cells.values(), reading["rows"], strict=True):
        read = row[-1].strip('"')
        if read in NO_NUMBER:
            assert (cell.value, cell.symbol) in {(None, ".."), (None, ".")}
        elif cell.value is None:
            assert cell.symbol == read
        else:
            assert cell.value == Decimal(read)
