"""The chapter on what git remembers: chart, tables and words, from plain values."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.i18n import Translator
from granskning.reporting.html.render import STRATEGY, Renderer
from granskning.scoring.score_history import ScoreHistory, make_score_history, memory_of, plain_memory
from granskning.scoring.timeline import Brief, Moment, Outcome, Timeline
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.proof.verify_sources import read_memory
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.schema.schema import check_values

if TYPE_CHECKING:
    from granskning.reporting.over_time.over_time import MemoryText
    from granskning.workspace.loaded import Loaded

ROOT = Path(__file__).parents[4]
NAME = "exempellan-transportplan"
ENGLISH, SWEDISH = Translator("en"), Translator("sv")


@pytest.fixture(scope="module")
def example() -> Loaded:
    return open_workspace(ROOT, [ROOT / "strategies" / NAME])[1]


def _brief(low: float, high: float | None = None, band: str = "") -> Brief:
    top = low if high is None else high
    shown = f"{low}" if high is None else f"{low}–{high}"
    return Brief(shown, band, "value" if high is None else "interval", low, top, low, 0.0, 3.0, 5, 6)


def _moment(at: int, brief: Brief | None, *, ground: str = "a", name: str = "jamstalld-tillvaxt") -> Moment:
    whole = Brief("profile", "", "profile", None, None, None, 0.0, 0.0, 26, 27)
    outcome = Outcome(whole, (("kunskap", brief),), (name, "0.9.0", "f" * 64, ground), "x") if brief else None
    return Moment(
        commit=f"{at:040x}", date=f"2026-01-{at:02}T23:30:00+02:00", author="Någon", subject="Ett meddelande",
        events=("changed",) if brief else ("deleted",), file="a.yaml", round="2026-04", status="draft", outcome=outcome,
    )  # fmt: skip


def _remember(*moments: Moment) -> ScoreHistory:
    return make_score_history([Timeline(NAME, "2026-04", None, ()), Timeline(NAME, None, None, moments)], NAME)


def _told(example: Loaded, memory: ScoreHistory, t: Translator = ENGLISH) -> MemoryText | None:
    return TimeReporter(Reporter(ROOT, example, t), lambda _name: memory).strategy(NAME).memory


def _texts(told: MemoryText | None, grid: int) -> list[list[str]]:
    assert told is not None
    return [[cell.text for cell in row] for row in told.grids[grid].rows]


def test_a_chart_and_tables_with_the_same_numbers(example: Loaded) -> None:
    told = _told(example, _remember(_moment(1, _brief(1.0, 2.0)), _moment(2, _brief(2.5, band="Good"))))
    assert _texts(told, 0) == [
        ["2026-01-01", "00000000", "2026-04", "Draft", "26 of 27", "–"],
        ["2026-01-02", "00000000", "2026-04", "Draft", "26 of 27", "the result"],
    ]
    assert [row[1] for row in _texts(told, 1)] == ["1.0–2.0", "2.5, Good"]
    assert told is not None
    assert told.trend is not None
    assert told.trend.finding.startswith("Higher at the end than at the start: 1 Knowledge from 1.0–2.0 to 2.5.")
    first, last = told.trend.rows[0].dots
    assert (first.y, first.low is not None, first.ring is not None) == (None, True, True)
    assert last.y is not None


def test_an_interval_has_moved_only_when_all_of_it_has(example: Loaded) -> None:
    told = _told(example, _remember(_moment(1, _brief(1.0, 2.0)), _moment(2, _brief(1.5, 2.5))))
    assert told is not None
    assert told.trend is not None
    assert told.trend.finding.startswith("No result can be said to have moved.")


def test_the_line_breaks_where_the_criteria_became_others(example: Loaded) -> None:
    moments = (_moment(1, _brief(1.0)), _moment(2, _brief(2.0), ground="b"), _moment(3, _brief(1.5), ground="b"))
    told = _told(example, _remember(*moments))
    assert told is not None
    assert told.trend is not None
    assert [len(row.breaks) for row in told.trend.rows] == [1]
    assert [len(row.paths) for row in told.trend.rows] == [1]
    assert "Lower at the end than at the start: 1 Knowledge from 2.0 to 1.5. 1 line is broken" in told.trend.finding
    assert told.notes[-1].startswith("The criteria became others at 2026-01-02 (00000000).")


def test_another_set_is_never_drawn_as_this_one(example: Loaded) -> None:
    told = _told(example, _remember(_moment(1, _brief(1.0), name="annan"), _moment(2, _brief(2.0))))
    assert [row[1] for row in _texts(told, 1)] == ["–", "2.0"]
    assert [row[4] for row in _texts(told, 0)] == ["annan 0.9.0", "Gender-equal regional growth 0.9.0"]
    assert told is not None
    assert told.trend is not None
    assert told.trend.rows[0].paths == ()
    assert told.notes[-1].startswith("The criteria became others")


def test_a_moment_without_a_review_says_so_and_parts_the_line(example: Loaded) -> None:
    told = _told(example, _remember(_moment(1, _brief(1.0)), _moment(2, None), _moment(3, _brief(1.0))))
    assert [row[3] for row in _texts(told, 0)] == ["Draft", "No review that can be read", "Draft"]
    assert told is not None
    assert told.trend is not None
    assert told.trend.rows[0].paths == ()
    assert told.trend.finding.startswith("1 result is unchanged.")


def test_each_moment_says_what_became_another(example: Loaded) -> None:
    first = _moment(1, _brief(1.0))
    moments = [
        first,
        replace(_moment(2, _brief(1.0)), status="submitted"),
        replace(_moment(3, _brief(1.0)), status="submitted", reviews=2),
        replace(_moment(4, _brief(1.0)), status="submitted", reviews=2),
        replace(_moment(5, _brief(2.0)), round="2026-11"),
        replace(_moment(6, None), events=("broken",), reviews=1, unassessed=True, left_out=(("", "GR101"),)),
    ]
    told = _told(example, _remember(*moments))
    assert [row[-1] for row in _texts(told, 0)] == [
        "–", "the status", "how many reviews count", "single answers",
        "the result, the status, the round and how many reviews count",
        "Cannot be assessed: 1 file of the round cannot be counted.",
    ]  # fmt: skip
    assert told is not None
    assert "something that is judged became another" in told.notes[0]


def test_the_earlier_form_is_read_and_written_as_it_was() -> None:
    values = plain_memory(_remember(_moment(1, _brief(1.0)), _moment(2, _brief(2.0))))
    for one in values["moments"]:
        del one["unassessed"], one["left_out"]
    values["schema"] = "granskning/moments/1"
    assert check_values("moments", values, "history.json") == []
    memory = memory_of(json.loads(json.dumps(values)))
    assert memory.form == 1
    assert plain_memory(memory) == values


@pytest.mark.parametrize("count", [0, 1])
def test_one_moment_is_no_history(example: Loaded, count: int) -> None:
    memory = _remember(*[_moment(1, _brief(1.0))][:count])
    assert memory == ScoreHistory()
    assert _told(example, memory) is None


def test_only_the_latest_are_told_and_the_rest_counted(example: Loaded) -> None:
    many = [_moment(at % 28 + 1, _brief(float(at % 3))) for at in range(50)]
    memory = _remember(*many)
    assert (len(memory.moments), memory.earlier) == (40, 10)
    told = _told(example, memory)
    assert told is not None
    assert "10 earlier moments are left out." in told.notes


def test_neither_names_nor_words_of_people_are_kept_and_nothing_else_is_lost() -> None:
    memory = _remember(_moment(1, _brief(1.0)), _moment(2, None), _moment(3, _brief(1.0, 2.0)))
    values = plain_memory(memory)
    text = json.dumps(values, ensure_ascii=False)
    assert "Någon" not in text
    assert "meddelande" not in text
    assert check_values("moments", values, "history.json") == []
    assert memory_of(json.loads(text)) == memory


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"schema": "granskning/moments/1", "earlier": 0, "moments": [{}]}', b"\xff", b"1e999"]
)
def test_what_is_no_history_is_nothing(data: bytes) -> None:
    assert read_memory(data) == ScoreHistory()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", '"2"'])
def test_numbers_that_are_none(number: str) -> None:
    text = json.dumps(plain_memory(_remember(_moment(1, _brief(1.0)), _moment(2, _brief(2.25)))))
    assert read_memory(text.encode()) != ScoreHistory()
    assert read_memory(text.replace("2.25", number).encode()) == ScoreHistory()


def test_in_swedish_too_and_on_the_page(example: Loaded) -> None:
    memory = _remember(_moment(1, _brief(1.0)), _moment(2, _brief(2.0)))
    made = TimeReporter(Reporter(ROOT, example, SWEDISH), lambda _name: memory).strategy(NAME)
    html = Renderer(load_templates(ROOT)).render(STRATEGY, made, SWEDISH)
    assert "Vad git minns" in html
    assert "Hur har resultaten ändrats, tidpunkt för tidpunkt?" in html
    assert "Högre i slutet än i början: 1 Kunskap" in html
