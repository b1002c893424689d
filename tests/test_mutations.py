"""The changes that mutation testing makes, and the reasons for those that no test can notice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mutants import REASONS, ROOMS, modules_of
from mutations import PACKAGE, changes_of

if TYPE_CHECKING:
    from pathlib import Path

    from mutations import Mutant

MODULE = '''
def largest(values):
    """The largest of 2 or more."""
    if len(values) > 1:
        return max(value for value in values if value)
    return values[0] + 1
'''


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "largest.py"
    path.write_text(MODULE)
    monkeypatch.setattr("mutations.PACKAGE", tmp_path)
    return path


def result(mutant: Mutant, values: list[int]) -> object:
    def largest(_values: list[int]) -> object:
        raise NotImplementedError

    largest.__code__ = mutant.code
    return largest(values)


def test_each_change_is_named_once_and_the_second_that_reads_alike_says_so(module: Path) -> None:
    assert [change.name.removeprefix("largest.py::largest: ") for change in changes_of(module)] == [
        (
            "if len(values) > 1:     return max((value for value in values if value))"
            " → if not len(values) > 1:     return max((value for value in values if value))"
        ),
        "len(values) > 1 → len(values) >= 1",
        "1 → 2",
        "return max((value for value in values if value)) → return None",
        "max → min",
        " for value in values if value →  for value in values",
        "return values[0] + 1 → return None",
        "values[0] + 1 → values[0] - 1",
        "0 → 1",
        "1 → 2 (2)",
    ]


def test_a_change_alters_its_own_function_and_leaves_the_next_as_it_was(module: Path) -> None:
    changes = {change.what: change for change in changes_of(module)}
    assert result(changes["values[0] + 1 → values[0] - 1"].carry_out(), [5]) == 4
    assert result(changes["max → min"].carry_out(), [0, 3, 7]) == 3
    assert result(changes["max → min"].unchanged(), [0, 3, 7]) == 7
    assert result(changes["1 → 2 (2)"].carry_out(), [5]) == 7
    with pytest.raises(AssertionError):
        result(changes["max → min"].raising(), [0, 3, 7])
    assert result(changes["max → min"].unchanged(), [5]) == 6


def test_each_reason_is_for_a_change_that_can_be_made_and_says_why_nobody_notices_it() -> None:
    reasons: dict[str, str] = json.loads(REASONS.read_text("utf-8"))
    files = {path.relative_to(PACKAGE).as_posix() for room in ROOMS for path in modules_of(room)}
    named = {name.split("::")[0] for name in reasons}
    assert named <= files
    assert set(reasons) <= {change.name for file in named for change in changes_of(PACKAGE / file)}
    assert all(len(reason) > 40 for reason in reasons.values())


def test_what_is_another_rooms_is_not_changed_twice() -> None:
    reading = {path.name for path in modules_of("reading")}
    assert {"source.py", "nodes.py", "schema.py"} <= reading
    assert not reading & {path.name for path in modules_of("editing")} - {"__init__.py"}
