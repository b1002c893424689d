"""What small readers of written values come to, by hand: forms, amounts, advice, list items, places of letters."""

from __future__ import annotations

from fractions import Fraction

import pytest

from granskning.findings.finding import Place
from granskning.model.method import Move
from granskning.workspace.schema.meant_form import meant_form
from granskning.workspace.schema.modelling_scoring import _move
from granskning.workspace.schema.schema import _ADVICE, _DECIMALS, _advice
from granskning.workspace.yaml.check_letters import _within
from granskning.workspace.yaml.misindented import _Moved
from granskning.workspace.yaml.source import TextLines
from granskning.workspace.yaml.yaml_text import item


@pytest.mark.parametrize(
    ("written", "fitting", "meant"),
    [
        ("sv", {"sv"}, None),  # it is in that form already
        ("Svenska", {"sv"}, "sv"),
        ("a\\b", {"a/b"}, "a/b"),
        ("1", {"1.0", "1.0.0"}, "1.0"),
        ("1.2", {"1.2.0"}, "1.2.0"),
        ("Min Plan, v1.2", {"min-plan@1.2.0"}, "min-plan@1.2.0"),
        ("Min Plan 1.2.3", {"min-plan@1.2.3"}, "min-plan@1.2.3"),
        ("www.a.example", {"https://www.a.example"}, "https://www.a.example"),
        ("Åtgärd 1", {"atgard-1"}, "atgard-1"),
        ("x", set(), None),
    ],
)
def test_what_is_written_is_meant_in_the_first_form_that_fits(
    written: str, fitting: set[str], meant: str | None
) -> None:
    assert meant_form(written, fitting.__contains__) == meant


def test_a_move_left_bare_is_one_step_for_one_part() -> None:
    assert _move(None) is None
    assert _move({}) == Move(Fraction(1), is_share=False, by=1, below="")
    assert _move({"at_least": "50 %", "by": 2, "below": 1}) == Move(Fraction(1, 2), is_share=True, by=2, below="1")


def test_advice_goes_by_what_was_written_and_what_belongs_there() -> None:
    for kind in ("number", "integer"):
        assert _advice(" 1,5 ", kind) == _DECIMALS
    assert _advice("1,5", "string") == _ADVICE["string"]
    assert _advice("ett", "number") == _ADVICE["number"]
    is_so: object = True
    assert _advice(is_so, "string") == "write it in words"
    assert _advice(is_so, "number") == _ADVICE["number"]
    assert _advice([], "no such kind") == _ADVICE["string"]


def test_an_item_stands_at_its_mark_whatever_it_holds() -> None:
    assert item("a", 0) == ["- a"]
    assert item({"a": 1, "b": 2}, 2) == ["  - a: 1", "    b: 2"]
    assert item([1, [2, 3]], 0) == ["- - 1", "  - - 2", "    - 3"]
    assert item({}, 0) == ["- {}"]
    assert item(None, 0) == ["-"]


def test_a_letter_is_found_at_the_very_beginning_of_its_line_and_not_before_its_value() -> None:
    lines = TextLines("a: b\nab\n")
    assert _within(lines, Place(1, 1, 1, 2), "a") == Place(1, 1, 1, 2)
    assert _within(lines, Place(1, 4, 1, 5), "a") == Place(2, 1, 2, 2)
    assert _within(lines, Place(1, 4, 1, 5), "z") == Place(1, 4, 1, 5)


def test_lines_that_may_be_moved_come_in_the_order_of_what_speaks_for_them() -> None:
    best = _Moved(9, 2, 4, is_usual=True, is_text=False, is_rare=False, is_first=False)
    ordered = [
        best,
        best._replace(line=10),
        best._replace(wanted=6),
        best._replace(wanted=-1),  # three off, the other way
        best._replace(is_rare=True),
        best._replace(is_first=True),
        best._replace(is_text=True),
        best._replace(is_usual=False),
    ]
    ordered.reverse()
    by_likeliness = sorted(ordered, key=lambda moved: moved.unlikeliness)
    ordered.reverse()
    assert by_likeliness == [*ordered[:2], ordered[3], ordered[2], *ordered[4:]]
