"""How the tests are dealt out to the workers of a run: what is made once is used in the worker that made it.

Tests that ask for the golden outputs are one group, tests with a browser another, and so are the tests of a file that
makes something for all of them. Groups that take long begin first, so that all workers end together: `make test` keeps
the order of this file, and single tests, which are short, are what fills the end.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

MADE_ONCE = {"golden_outputs": "golden", "browser": "browser"}
"""What takes longest to make, and the group of those who ask for it."""

LONGEST_FIRST = ("golden", "browser", "wheel", "test_work_laws", "test_own_templates", "editor", "office")
"""Groups, and files by their name, in the order of the processor time that they take."""

_WIDE = re.compile(r'\bscope="(module|session)"')


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist writes the group behind a test's name
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the groups, and put the longest first."""
    rank: dict[pytest.Item, int] = {}
    for path, group in groupby(items, key=lambda item: item.path):
        held = list(group)
        _mark_groups(path, held)
        rank |= {item: _rank(item) for item in held}
    items.sort(key=lambda item: rank[item])


def _mark_groups(path: Path, items: list[pytest.Item]) -> None:
    asked = {item: _asked_for(item) for item in items}
    for item, name in asked.items():
        if name == "browser":
            item.add_marker(pytest.mark.browser)
    if any(item.get_closest_marker("xdist_group") for item in items):
        return  # the file has its own groups
    shared = None
    if _WIDE.search(path.read_text("utf-8")):
        shared = next((name for name in MADE_ONCE.values() if name in asked.values()), path.stem)
    for item, name in asked.items():
        if shared or name:
            item.add_marker(pytest.mark.xdist_group(shared or name))


def _asked_for(item: pytest.Item) -> str | None:
    names = getattr(item, "fixturenames", ())
    return next((group for fixture, group in MADE_ONCE.items() if fixture in names), None)


def _rank(item: pytest.Item) -> int:
    mark = item.get_closest_marker("xdist_group")
    known = [name for name in (mark and mark.args[0], item.path.stem) if name in LONGEST_FIRST]
    return min(map(LONGEST_FIRST.index, known), default=len(LONGEST_FIRST))
