"""The two sheets beside the questions: what is said of the set itself, and its scale."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.model.question_fields import ABOUT_FIELDS, SAYS_YES, SCALE_FIELDS, plain_heading
from granskning.workspace.libraries.draft import LevelDraft

if TYPE_CHECKING:
    from granskning.model.worksheet import Worksheet

ABOUT_LEAST = 2
"""So many things said of a set make a sheet one about it."""
_ABOUT = {name: key for key, (_, names) in ABOUT_FIELDS.items() for name in names}
_SCALE = {name: key for key, (_, names) in SCALE_FIELDS.items() for name in names}
_LANGUAGES = {"svenska": "sv", "swedish": "sv", "engelska": "en", "english": "en"}


def about_of(worksheet: Worksheet, *, rows: bool = False) -> dict[str, str]:
    """What the sheet says of the set, by key; with `rows`, by the number of the row."""
    about: dict[str, str] = {}
    for number, row in sorted(worksheet.rows.items()):
        key = _ABOUT.get(plain_heading(str(row.get(1) or "")))
        text = str(row.get(2) if row.get(2) is not None else "").strip()
        if key and text:
            about[str(number) if rows else key] = _LANGUAGES.get(text.casefold(), text) if key == "language" else text
    return about


def scale_of(worksheet: Worksheet) -> tuple[LevelDraft, ...]:
    """The levels of a sheet that is a scale, from lowest to highest; none for another sheet."""
    head = min(worksheet.rows, default=0)
    columns: dict[str, int] = {}
    for column, value in sorted(worksheet.rows.get(head, {}).items()):
        key = _SCALE.get(plain_heading(str(value)))
        if key:
            columns.setdefault(key, column)
    if not {"value", "label"} <= columns.keys() or len(columns) != len(worksheet.rows[head]):
        return ()
    levels = []
    for number, row in sorted(worksheet.rows.items()):
        cells = {key: str(row.get(column) if row.get(column) is not None else "").strip()
                 for key, column in columns.items()}  # fmt: skip
        if number > head and cells["value"]:
            value = cells["value"].removesuffix(".0")
            missing = plain_heading(cells.get("means_missing", "")) in SAYS_YES
            number_value = int(value) if re.fullmatch(r"-?[0-9]+", value) else value
            levels.append(LevelDraft(number_value, cells["label"] or value, cells.get("description", ""), missing))
    return tuple(levels)


def means_missing(label: str) -> bool:
    """Whether a level by its name says that a thing is not there."""
    return plain_heading(label) in {"saknas", "missing", "finns inte", "absent", "not present", "inte alls"}
