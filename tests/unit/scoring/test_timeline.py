"""Results along a line of time: kept as lists and read again, in a report's memory, and as a small trend line."""

from __future__ import annotations

from typing import Any

import pytest

from granskning.scoring.score_history import NO_MEMORY, ScoreHistory, make_score_history, memory_of, plain_memory
from granskning.scoring.timeline import (
    Brief,
    Moment,
    Outcome,
    Timeline,
    outcome_of,
    plain_timelines,
    sparkline,
    timelines_of,
)

TOTAL = Brief("1,5", "Låg", "value", 1.5, 1.5, None, 0.0, 3.0, 2, 3)
OPEN = Brief("1,0–2,0", "", "interval", 1.0, 2.0, 1.5, 0.0, 3.0, 1, 3)
NONE = Brief("kan inte bedömas", "", "cannot_be_assessed", None, None, None, 0.0, 3.0, 0, 3)
SET = ("s", "1.0.0", "abc", "def")
FIRST = Outcome(TOTAL, (("t", OPEN), ("u", NONE)), SET, '{"total": 1}')
LATER = Outcome(OPEN, (("t", OPEN),), SET, "")

MOMENTS = (
    Moment("c1", "2026-01-01", "Anna", "Ny", ("begins_here", "added"), file="a.yaml", criteria="s@1.0.0",
           outcome=FIRST),
    Moment("c2", "2026-01-02", "Anna", "Fel", ("broken",), file="a.yaml", broken=("GR101", 3, "a.yaml")),
    Moment("c3", "2026-01-03", "Bo", "Rundan", ("changed",), round="r", status="final", outcome=FIRST, reviews=2,
           left_out=(("b.yaml", "GR201"), ("c.yaml", "GR202"))),
    Moment(None, None, None, None, ("uncommitted",), source="b.yaml", outcome=LATER, reviews=3, unassessed=True),
)  # fmt: skip
LINES = (
    Timeline("p", None, None, MOMENTS, names=("p", "q")),
    Timeline("p", "r", None, MOMENTS[2:]),
    Timeline("p", "r", "anna", ()),
)


def test_lines_of_time_come_back_from_their_lists() -> None:
    assert timelines_of(plain_timelines(LINES)) == LINES


def test_what_moments_share_stands_once() -> None:
    _, briefs, outcomes, lines = plain_timelines(LINES)
    assert briefs == [TOTAL, OPEN, NONE]
    assert [(total, targets, full) for total, _, targets, _, full in outcomes] == [
        (0, [1, 2], '{"total": 1}'),
        (1, [1], ""),
    ]
    assert [len(moments) for _, _, _, moments, _ in lines] == [4, 2, 0]


def test_an_outcome_comes_back_from_its_lists_without_its_full_score() -> None:
    assert outcome_of([[*TOTAL], [["t", [*OPEN]]], [*SET]]) == Outcome(TOTAL, (("t", OPEN),), SET, "")


@pytest.mark.parametrize(
    ("brief", "middle"),
    [
        (TOTAL, 1.5),
        (OPEN, 1.5),
        (OPEN._replace(high=4.0), 2.5),
        (OPEN._replace(high=None), None),
        (NONE, None),
    ],
)
def test_the_middle_of_an_interval(brief: Brief, middle: float | None) -> None:
    assert brief.middle == middle


@pytest.mark.parametrize(
    ("values", "low", "high", "line"),
    [
        ((0, 1, 2, 3), 0, 3, "▁▃▆█"),
        ((1, None, 3), 1, 3, "▁·█"),
        ((-5, 9), 0, 3, "▁█"),  # beyond the ends as at the ends
        ((2,), 2, 2, "▁"),
        ((), 0, 1, ""),
    ],
)
def test_a_trend_line(values: tuple[float | None, ...], low: float, high: float, line: str) -> None:
    assert sparkline(values, low, high) == line


def test_a_memory_holds_no_names_words_or_paths() -> None:
    made = make_score_history([Timeline("p", None, None, MOMENTS)], "p")
    begins, broken, whole, now = made.moments
    assert (begins.commit, begins.date, begins.author, begins.subject) == (None, None, None, None)
    assert (broken.commit, broken.date, broken.author, broken.subject, broken.broken) == (
        "c2", "2026-01-02", None, None, None,
    )  # fmt: skip
    assert (whole.round, whole.status, whole.reviews, whole.file) == ("r", "final", 2, None)
    assert whole.left_out == (("", "GR201"), ("", "GR202"))
    assert whole.outcome == FIRST._replace(full="")
    assert (now.unassessed, now.source) == (True, None)


def test_a_memory_is_told_as_values_and_read_again() -> None:
    memory = make_score_history([Timeline("p", None, None, MOMENTS)], "p", most=3)
    told = plain_memory(memory)
    assert (told["schema"], told["earlier"]) == ("granskning/moments/2", 1)
    assert told["moments"][0]["total"] is None
    assert told["moments"][0]["criteria"] is None
    assert told["moments"][0]["targets"] == []
    assert told["moments"][1] == {
        "commit": "c3", "date": "2026-01-03", "events": ["changed"], "round": "r", "reviews": 2, "status": "final",
        "unassessed": False, "left_out": ["GR201", "GR202"],
        "criteria": {"id": "s", "version": "1.0.0", "hash": "abc", "comparable": "def"},
        "total": TOTAL._asdict(),
        "targets": [{"id": "t", **OPEN._asdict()}, {"id": "u", **NONE._asdict()}],
    }  # fmt: skip
    assert memory_of(told) == memory


def test_the_first_form_says_nothing_of_what_is_left_out_and_comes_back_as_itself() -> None:
    memory = ScoreHistory((Moment("c", "2026-01-01", None, None, ("changed",)),), 4, form=1)
    told = plain_memory(memory)
    assert told["schema"] == "granskning/moments/1"
    assert not {"unassessed", "left_out"} & told["moments"][0].keys()
    assert memory_of(told) == memory


@pytest.mark.parametrize("lacking", ["criteria", "total"])
def test_a_result_that_lacks_its_set_or_its_figure_is_none(lacking: str) -> None:
    told = plain_memory(make_score_history([Timeline("p", None, None, MOMENTS)], "p"))
    values: dict[str, Any] = {**told["moments"][2], lacking: None}
    assert memory_of({**told, "moments": [values]}).moments[0].outcome is None


def test_where_nothing_is_remembered_there_is_nothing() -> None:
    assert memory_of(plain_memory(NO_MEMORY)) == NO_MEMORY == ScoreHistory()
