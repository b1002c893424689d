"""The colours of charts and marks can be told apart without hue: in grey, and with each of three colour blindnesses."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest

from granskning.shipped import templates_folder

CHARTS = [templates_folder() / "shared" / f"{name}.html.j2" for name in ("charts", "trends", "spreads")]
SHADES = ["#ffffff", "#d5e7e9", "#a9cdd1", "#6aa9b0", "#0b5c66"]
WOMEN, MEN = "#5b3a8e", "#0a5f4c"

# how light of red, green and blue reaches an eye that lacks one sort of cone (Viénot, Brettel and Mollon 1999 for red
# and green; Brettel, Viénot and Mollon 1997, one plane, for blue), on linear light
EYES = {
    "protan": ((0.1121, 0.8853, -0.0005), (0.1127, 0.8897, -0.0001), (0.0045, 0.0085, 1.0019)),
    "deutan": ((0.292, 0.7054, -0.0003), (0.2934, 0.7089, 0.0), (-0.0209, 0.0256, 1.0019)),
    "tritan": ((1.0113, 0.1453, -0.1543), (-0.0026, 0.8604, 0.1345), (0.0068, 0.8123, 0.1846)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
    "all": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _seen(colour: str, eye: str) -> list[float]:
    linear = _linear(colour)
    return [min(max(sum(k * part for k, part in zip(row, linear, strict=True)), 0), 1) for row in EYES[eye]]


def _light(colour: str, eye: str) -> float:
    red, green, blue = _seen(colour, eye)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str, eye: str) -> float:
    light, dark = sorted((_light(one, eye), _light(other, eye)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _text(path_index: int) -> str:
    return CHARTS[path_index].read_text("utf-8")


@pytest.mark.parametrize("eye", EYES)
def test_each_shade_is_darker_than_the_one_before(eye: str) -> None:
    lights = [_light(shade, eye) for shade in SHADES]
    assert lights == sorted(lights, reverse=True)
    assert min(_contrast(*pair, eye) for pair in pairwise(SHADES)) >= 1.25


@pytest.mark.parametrize("eye", EYES)
def test_the_number_in_a_shade_can_be_read(eye: str) -> None:
    for shade in SHADES:
        ink = "#ffffff" if shade == SHADES[-1] else "#1b1b1f"
        assert _contrast(ink, shade, eye) >= 4.5, shade


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("line", [WOMEN, MEN, "#0b5c66", "#55555c", "#6b6b73"])
def test_lines_and_outlines_stand_out_from_the_paper(eye: str, line: str) -> None:
    assert _contrast(line, "#ffffff", eye) >= 4.5


def test_women_and_men_are_told_apart_by_more_than_colour() -> None:
    text = _text(1)
    gap = text[text.index("macro gap") :]
    assert WOMEN in gap
    assert MEN in gap
    assert 'line.sex == "men" %} stroke-dasharray' in gap, "one line is dashed"
    assert "<circle" in gap
    assert "<rect" in gap, "dots of one, squares of the other"
    assert "{{ line.label }}" in gap, "and words at their ends"


def test_women_and_men_have_the_same_weight() -> None:
    assert 1 / 1.5 <= _contrast(WOMEN, "#ffffff", "all") / _contrast(MEN, "#ffffff", "all") <= 1.5


@pytest.mark.parametrize("eye", ["protan", "deutan", "tritan"])
def test_violet_and_green_stay_apart_for_colour_blind_eyes(eye: str) -> None:
    one, other = _seen(WOMEN, eye), _seen(MEN, eye)
    assert max(abs(a - b) for a, b in zip(one, other, strict=True)) >= 0.05


def test_all_text_in_charts_is_nine_points_or_more_and_dark_enough() -> None:
    for number in range(len(CHARTS)):
        text = _text(number)
        sizes = [float(size) for size in re.findall(r'<text[^>]*font-size="([\d.]+)"', text)]
        assert sizes
        assert min(sizes) * 0.75 >= 9, CHARTS[number].name  # 616 px are 163 mm: a px is three quarters of a point
        inks = {ink for ink in re.findall(r'<text[^>]*fill="(#[0-9a-f]{6})"', text) if ink != "#ffffff"}
        assert all(_contrast(ink, "#ffffff", "all") >= 4.5 for ink in inks), inks


def test_every_drawing_begins_with_its_title() -> None:
    for number in range(len(CHARTS)):
        text = _text(number)
        opened = re.findall(r"<svg[^>]*>\s*<(\w+)", text)
        assert set(opened) <= {"title"}
        assert 'role="img"' in text or "trends.open" in text


def test_states_differ_by_more_than_shade() -> None:
    """Hollow, hatched, dashed, a dash: no two states are the same drawing."""
    css = (templates_folder() / "shared" / "page.css").read_text("utf-8")
    rules = {
        name: css[css.index(f".{name} {{") :].split("}")[0] if f".{name} {{" in css else ""
        for name in ("missing", "not_applicable", "insufficient_evidence", "inherited")
    }
    assert all(one != other for one, other in combinations(rules.values(), 2))
