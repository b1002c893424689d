"""The plan of a workbook that is filled in: its sheets, columns and words, which writing and reading share."""

from __future__ import annotations

from dataclasses import dataclass

from granskning.i18n import N_

MEMORY = "_granskning"
"""The hidden sheet that remembers how everything was when the workbook was made."""
LISTS = "_val"
"""The hidden sheet with what can be chosen."""
FORM = "granskning/workbook/1"

TITLE_ROW, IDENTITY_ROW, HINT_ROW, KEY_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3, 4, 5, 6
ROOM = 32_000
"""Characters that a cell has room for; Excel takes 32,767."""
SPARE_ROWS = 200
"""Empty rows for new evidence."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `key` stands in a hidden row, so that a column can be moved or renamed."""

    key: str
    title: str
    width: int
    locked: bool = False


ANSWER_FIELDS = (
    Field("id", N_("Id"), 22, locked=True),
    Field("target", N_("Target"), 18, locked=True),
    Field("question", N_("Question"), 44, locked=True),
    Field("judgement", N_("Judgement"), 22),
    Field("reason", N_("Reason"), 30),
    Field("justification", N_("Justification"), 60),
    Field("recommendation", N_("Recommendation"), 44),
)
NOTE_FIELD = Field("note", N_("Internal note"), 40)
EVIDENCE_FIELDS = (
    Field("review", N_("Review"), 40, locked=True),
    Field("id", N_("Id"), 22, locked=True),
    Field("number", N_("No"), 6, locked=True),
    Field("edition", N_("Edition"), 14),
    Field("page", N_("Page"), 10),
    Field("pdf_page", N_("Page in the PDF"), 10),
    Field("section", N_("Section"), 24),
    Field("address", N_("Address"), 36),
    Field("retrieved", N_("Retrieved"), 13),
    Field("quote", N_("Quotation"), 54),
    Field("paraphrase", N_("Paraphrase"), 54),
)

