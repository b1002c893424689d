from __future__ import annotations

from fractions import Fraction

import pytest

from granskning.reporting.charts.chart import WIDTH
from granskning.reporting.charts.chart_strip import SexValue, draw_strip


def _draw(women: int | None, men: int | None, *, share: bool = True) -> list[tuple[float, str]]:
    values = [SexValue("women", Fraction(women), f"women {women}")] if women is not None else []
    values += [SexValue("men", Fraction(men), f"men {men}")] if men is not None else []
    return [(mark.x, mark.anchor) for mark in draw_strip("T", "P", "S", values, share=share).marks]


def test_a_share_lies_between_nothing_and_the_whole() -> None:
    (none, _), (whole, _) = _draw(0, 100)
    assert (none, whole) == (10.0, WIDTH - 10.0)
    assert _draw(50, None) == [(WIDTH / 2, "middle")]


def test_what_is_no_share_goes_to_its_largest_value() -> None:
    (women, _), (men, _) = _draw(500, 1000, share=False)
    assert men == WIDTH - 10.0
    assert women == WIDTH / 2


def test_labels_that_would_meet_lean_away_from_each_other() -> None:
    assert [anchor for _, anchor in _draw(48, 52)] == ["end", "start"]
    assert [anchor for _, anchor in _draw(52, 48)] == ["start", "end"]
    assert [anchor for _, anchor in _draw(50, 50)] == ["end", "start"]


def test_no_label_leaves_the_drawing() -> None:
    values = [SexValue("women", Fraction(0), "women 0"), SexValue("men", Fraction(1), "men 1")]
    for mark in draw_strip("T", "P", "S", values, share=True).marks:
        room = len(mark.label) * 7.3
        start = mark.label_x - {"start": 0, "middle": room / 2, "end": room}[mark.anchor]
        assert start >= 0
        assert start + room <= WIDTH


@pytest.mark.parametrize(
    ("women", "men"), [("21.2", "21.5"), ("50", "50"), ("0", "1"), ("1", "0"), ("99.8", "100"), ("0", "0")]
)
def test_two_labels_never_meet(women: str, men: str) -> None:
    values = [SexValue("women", Fraction(women), f"women {women}"), SexValue("men", Fraction(men), f"men {men}")]
    spans = []
    for mark in draw_strip("T", "P", "S", values, share=True).marks:
        room = len(mark.label) * 7.3
        start = mark.label_x - {"start": 0, "middle": room / 2, "end": room}[mark.anchor]
        spans.append((start, start + room))
    (_, first), (second, _) = sorted(spans)
    assert second - first >= 5.9
    assert all(start >= 0 and end <= WIDTH for start, end in spans)


def test_values_below_zero_and_nothing_at_all_have_a_place() -> None:
    assert _draw(-5, 5, share=True)[0][0] == 10.0
    assert [x for x, _ in _draw(0, 0, share=False)] == [10.0, 10.0]


def test_the_words_say_what_the_marks_show() -> None:
    strip = draw_strip("T", "P", "S", [SexValue("women", Fraction(28), "women 28")], share=True)
    assert strip.finding == "T, P: women 28"
