"""How many moments a score history tells of."""

from __future__ import annotations

import pytest

from granskning.scoring.score_history import make_score_history
from granskning.scoring.timeline import Moment, Timeline

MOMENTS = tuple(Moment(f"{at:040x}", f"2026-01-{at:02}", None, None, ("changed",)) for at in (1, 2, 3))


@pytest.mark.parametrize(("there", "told", "earlier"), [(0, 0, 0), (1, 0, 0), (2, 2, 0), (3, 2, 1)])
def test_one_moment_alone_has_no_history_and_the_latest_are_told(there: int, told: int, earlier: int) -> None:
    made = make_score_history([Timeline("p", None, None, MOMENTS[:there])], "p", most=2)
    assert (len(made.moments), made.earlier) == (told, earlier)
    assert [moment.date for moment in made.moments] == [moment.date for moment in MOMENTS[there - told : there]]


def test_only_the_line_of_the_strategy_itself_is_told() -> None:
    others = [Timeline("q", None, None, MOMENTS), Timeline("p", "r", None, MOMENTS), Timeline("p", None, "x", MOMENTS)]
    assert make_score_history(others, "p").moments == ()
