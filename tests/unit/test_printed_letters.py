from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont

import granskning
from granskning.printed_letters import RANGES, unprinted_letters
from granskning.shipped import fonts_folder

if TYPE_CHECKING:
    import pytest

FILE = Path(granskning.__file__).parent / RANGES


def _ranges() -> str:
    """What the shipped fonts have, a range a line."""
    codes: set[int] = set()
    for path in sorted(fonts_folder().glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            codes |= set(font.getBestCmap())
    runs = [[code for _, code in run] for _, run in groupby(enumerate(sorted(codes)), lambda pair: pair[1] - pair[0])]
    return "".join(f"{run[0]:X}\n" if len(run) == 1 else f"{run[0]:X}-{run[-1]:X}\n" for run in runs)


def test_the_ranges_are_those_of_the_shipped_fonts(request: pytest.FixtureRequest) -> None:
    """With --renew the file is written anew."""
    if request.config.getoption("--renew"):
        FILE.write_text(_ranges(), "ascii")
    assert FILE.read_text("ascii") == _ranges()


def test_what_no_font_has_is_named_once_and_marks_of_direction_are_not() -> None:
    cuneiform = "\N{CUNEIFORM SIGN A}"
    assert unprinted_letters(f"å ½ → \N{LEFT-TO-RIGHT MARK}{cuneiform}{cuneiform}") == (cuneiform,)
