from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from granskning.files import HeldFiles
from granskning.workspace.checks.conflict import conflict_findings, part_sides
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Mapping

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
MARKS = (
    *("<<<<<<< HEAD\n", "=======\n", "||||||| bas\n", ">>>>>>> gren\n", "<<<<<<<\n", ">>>>>>>\n", "======= \n"),
    *("  resor-vardag:\n", "    level: 2\n", "    level: [\n", "\t\n", "answers:\n", "x\n", "\x07\n", "&a *b !c\n"),
)


def test_both_sides_and_their_names() -> None:
    text = "a\n<<<<<<< HEAD\nb\n||||||| 1a2b\nc\n=======\nd\n>>>>>>> min gren\ne\n"
    assert part_sides(text) == ("a\nb\ne\n", "a\nd\ne\n", "HEAD", "min gren")


def test_marks_that_do_not_fit_together() -> None:
    assert part_sides("<<<<<<< HEAD\na\n") is None
    assert part_sides("a\n>>>>>>> x\n") is None
    assert part_sides("<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> b\n>>>>>>> a\n") is None


def test_an_answer_that_only_one_side_has() -> None:
    text = "answers:\n  a:\n    level: 1\n<<<<<<< HEAD\n=======\n  b:\n    level: 2\n>>>>>>> gren\n"
    (found,) = conflict_findings(REVIEW, text)
    assert found.rule.code == "GR550"
    assert (found.values["criterion"], found.values["our_words"], found.values["their_words"]) == ("b", "–", "level: 2")
    assert found.place is not None
    assert found.place.line == 6


@given(st.lists(st.sampled_from(MARKS), max_size=14), st.integers(0, 30))
def test_nothing_between_the_marks_stops_the_reading(
    base_files: Mapping[str, bytes], pieces: list[str], place: int
) -> None:
    lines = base_files[REVIEW].decode().splitlines(keepends=True)
    lines[place:place] = ["<<<<<<< HEAD\n", *pieces]
    files = {**base_files, REVIEW: "".join(lines).encode()}
    codes = {one.rule.code for one in load_files(HeldFiles(files)).findings if one.at.file == REVIEW}
    assert "GR007" in codes
