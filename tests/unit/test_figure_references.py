"""What a text says between braces where it names a figure."""

from __future__ import annotations

import pytest

from granskning.figure_references import FigureReference, WrongReference, fill, read_reference, references_in


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{indicator: vab-dagar}", FigureReference("vab-dagar")),
        ("{indicator:vab-dagar,sex:women}", FigureReference("vab-dagar", sex="women")),
        (
            '{ indicator: vab-dagar,\n  area: "00", sex: men, period: 2018 }',
            FigureReference("vab-dagar", "00", "men", "2018"),
        ),
        ("{indicator: vab-dagar, show: place}", FigureReference("vab-dagar", show="place")),
        ("{indicator: x, area: Västmanlands län}", FigureReference("x", "Västmanlands län")),
        ("{indicator: x, sex: kvinnor}", WrongReference("sex: kvinnor")),
        ("{indicator: x, show: unit}", WrongReference("show: unit")),
        ("{indicator: x, sex: men, sex: men}", WrongReference("sex: men")),
        ("{indicator: x, kind: y}", WrongReference("kind: y")),
        ("{indicator: }", WrongReference("indicator:")),
        ("{indicator x}", WrongReference("{indicator x}")),
        ("{indicator: x, sex: men", WrongReference("{indicator: x, sex: men")),
    ],
)
def test_a_reference_is_read_or_says_which_part_is_wrong(
    written: str, expected: FigureReference | WrongReference
) -> None:
    assert read_reference(written) == expected


def test_only_references_are_filled_in() -> None:
    text = "Av {dagarna} tas {indicator: a, sex: women} av kvinnor {indicator: b}."
    assert [item.indicator for item in references_in(text) if isinstance(item, FigureReference)] == ["a", "b"]
    assert fill(text, lambda _: "X") == "Av {dagarna} tas X av kvinnor X."
