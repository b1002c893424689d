from __future__ import annotations

from granskning.reporting.blocks.badges import Mark
from granskning.reporting.blocks.grids import Grid, GridCell, Head

COLUMN = 163 / 25.4 * 72
"""The text column of a page, in points."""
SIGN, LETTER = 17, 6.1
"""What a sign takes with the space after it, and a bold letter on average."""


def test_a_level_has_room_for_its_sign_and_its_bold_word() -> None:
    asked = GridCell(
        "Does the plan place the responsibility for gender equality with a named function in line management?"
    )
    for word in ("Partly", "Mentioned", "Tillfredsställande"):
        marks = [GridCell(mark=Mark("level", 1, "1", word)) for _ in range(2)]
        grid = Grid("", (Head("Question"), Head("2026-04"), Head("2026-11")), ((asked, *marks),))
        assert grid.widths[1] / 100 * COLUMN >= SIGN + LETTER * len(word), word
