"""Which areas are drawn over time, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from granskning.i18n import Translator
from granskning.model.indicator import Figure, Indicator, SeriesBreak
from granskning.reporting.shared_parts.figures_over_time import figures_over_time, make_panels, tell_gap

ENGLISH = Translator("en")


def _figure(area: str, period: str, women: int | None, men: int | None) -> Figure:
    shares = [None if one is None else Fraction(one) for one in (women, men)]
    return Figure(area, None, period, shares[0], shares[1])


def _indicator(*figures: Figure) -> Indicator:
    title, unit = {"en": "Days of care"}, {"en": "per cent"}
    return Indicator("vab", title, unit, True, "SCB", None, None, "2026-11-23", "A", {}, figures, "")  # noqa: FBT003  # a share


def test_only_areas_with_two_periods_that_have_both_sexes_are_drawn() -> None:
    indicator = _indicator(
        _figure("Later", "2022", 55, 45), _figure("Later", "2018", 60, 40), _figure("Once", "2022", 1, 2),
        _figure("Half", "2018", 1, None), _figure("Half", "2022", 1, 2), _figure("Twice", "2018", 1, 2),
        _figure("Twice", "2018", 3, 4), _figure("Twice", "2022", 1, 2),
    )  # fmt: skip
    areas = figures_over_time(indicator)
    assert list(areas) == ["Later"]
    assert [figure.period for figure in areas["Later"]] == ["2018", "2022"]


def test_the_words_follow_the_figures() -> None:
    def told(*pairs: tuple[int, int]) -> str:
        figures = [_figure("A", str(2018 + at), women, men) for at, (women, men) in enumerate(pairs)]
        return tell_gap(_indicator(*figures), figures, 0, ENGLISH)

    assert told((60, 40), (9, 9), (55, 45)) == (
        "2018: women 60, men 40. 2020: women 55, men 45. The difference has become smaller (own calculation)."
    )
    assert told((55, 45), (60, 40)).endswith("become larger (own calculation).")
    assert told((55, 45), (45, 55)).endswith("Who has the higher value has changed (own calculation).")
    assert told((55, 45), (56, 46)).endswith("as large as it was (own calculation).")


def test_a_broken_series_is_compared_within_its_last_part_alone() -> None:
    figures = [_figure("A", str(2018 + at), 60 - at, 40 + at) for at in range(4)]
    broken = replace(_indicator(*figures), breaks=(SeriesBreak("2020", {"en": "Another way to count."}),))
    assert tell_gap(broken, figures, 0, ENGLISH).startswith("2020: women 58, men 42. 2021: women 57, men 43. The diff")
    [panel] = make_panels(broken, figures_over_time(broken), 0, ENGLISH)
    assert [len(line.paths) for line in panel.lines] == [2, 2]
    assert [len(line.dots) for line in panel.lines] == [4, 4]
    late = replace(broken, breaks=(SeriesBreak("2021", {"en": "Another way to count."}),))
    told = tell_gap(late, figures, 0, ENGLISH)
    assert told.startswith("2018: women 60")
    assert told.endswith("The series is broken between them, so they are not compared.")


def test_a_period_that_one_area_lacks_is_a_gap_in_its_lines() -> None:
    indicator = _indicator(
        _figure("A", "2018", 60, 40), _figure("A", "2022", 55, 45),
        _figure("B", "2018", 60, 40), _figure("B", "2020", 57, 43), _figure("B", "2022", 55, 45),
    )  # fmt: skip
    gapped, whole = make_panels(indicator, figures_over_time(indicator), 0, ENGLISH)
    assert [line.paths for line in gapped.lines] == [(), ()]
    assert all(len(line.paths) == 1 for line in whole.lines)
    assert gapped.finding.startswith("A. 2018: women 60")


def test_a_break_is_never_bridged() -> None:
    years = [_figure("A", str(year), 50 + year % 7, 40) for year in range(2015, 2023)]
    broken = replace(_indicator(*years), breaks=(SeriesBreak("2019", {"en": "RAMS became BAS"}),))
    [panel] = make_panels(broken, figures_over_time(broken), 0, ENGLISH)
    assert [len(line.paths) for line in panel.lines] == [2, 2]
    assert tell_gap(broken, years[:5], 0, ENGLISH).endswith("so they are not compared.")
