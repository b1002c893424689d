"""Every door: what once broke the law, and some mutations that are the same each time. `make fuzz` goes on for long."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from fuzz.all_doors import every_door
from fuzz.judge import Violation, lawful
from fuzz.loop import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fuzz.judge import Door

CORPUS = Path(__file__).with_name("corpus")
DOORS = {door.name: door for door in every_door()}
KEPT = sorted(CORPUS.glob("*/*"))
MUTATIONS = {
    "arguments": 20,
    "requests": 25,
    "git": 2,
    "folders": 2,
    "documents": 6,
    "workbook": 6,
    "pdf": 3,
    "template": 1,
    "csv": 2,
    "evidence": 2,
    "texts": 12,
}
"""How many mutations each door meets here: what they cost differs a hundredfold. A file in memory meets this many:"""
IN_MEMORY = 30


@pytest.fixture(autouse=True)
def _silence() -> Iterator[None]:
    """The libraries of the page log what they make of odd requests."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_broke_the_law_keeps_it(path: Path) -> None:
    DOORS[path.parent.name].enter(path.read_bytes())


@pytest.mark.parametrize("door", DOORS.values(), ids=lambda door: door.name)
def test_mutations_keep_the_law(door: Door) -> None:
    counts: Counter[str] = Counter()
    most = MUTATIONS.get(door.name, IN_MEMORY)
    broken = fuzz(door, Random(f"{door.name} 1"), 60, counts, most, is_traced=False)
    assert {kind: (case.why, case.data) for kind, case in broken.items()} == {}
    assert counts.total() == most


def test_the_judge_sees_what_breaks_the_law() -> None:
    def break_it() -> None:
        with lawful():
            raise KeyError("x")

    with pytest.raises(Violation, match="KeyError"):
        break_it()


def test_the_page_is_asked_also_where_a_browser_is_driven() -> None:
    """Its driver leaves a loop running in the main thread, and which tests share a process is chance."""

    door = DOORS["requests"]

    async def ask() -> str:
        return door.enter(door.seeds()["GET /x"])

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        answer = asyncio.run(ask())
    else:  # the driver's loop runs here already
        answer = door.enter(door.seeds()["GET /x"])
    assert answer == "4xx"


def test_every_kept_input_has_a_door() -> None:
    assert {path.parent.name for path in KEPT} <= DOORS.keys()
