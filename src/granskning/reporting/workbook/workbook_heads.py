"""The sheet to hand in: how much was read, what was not, the summary and the status of each review, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.i18n import N_
from granskning.model.review import READING_DEPTHS
from granskning.reporting.workbook.workbook_answers import WorkbookRemark
from granskning.reporting.workbook.workbook_choices import HAND_IN_FIELDS, HEAD_KEYS
from granskning.reporting.workbook.workbook_writer import too_long
from granskning.wordings import DEPTHS, STATUSES, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.i18n import Translator
    from granskning.reporting.workbook.workbook_reading import Cells

OPEN_STATUSES = ("draft", "submitted")
"""What a status can be set to in a workbook. To approve is a thing of its own."""
_CHOICES = {"reading_depth": tuple(reversed(READING_DEPTHS)), "status": OPEN_STATUSES}
_UNASKED = "not_read"
"""The reading depth of a review that nobody has said the reading depth of."""


def choices_of_head(key: str, t: Translator) -> tuple[str, ...]:
    """The words that a cell is chosen from; none where it is text."""
    return tuple(_word(key, value, t) for value in _CHOICES.get(key, ()))


def head_cells(head: Mapping[str, Any], t: Translator) -> dict[str, str]:
    """The cells of a review. A reading depth that nobody has said is left empty, so that it is asked for."""
    cells = {key: str(head.get(key) or "") for key in HEAD_KEYS}
    if cells["reading_depth"] == _UNASKED and cells["status"] == "draft":
        cells["reading_depth"] = ""
    return {key: _word(key, value, t) if key in _CHOICES and value else value for key, value in cells.items()}


class HeadReader:
    """What the sheet says of one review: its values by key, and a remark for each cell that cannot be understood."""

    def __init__(self, before: Mapping[str, Any], t: Translator) -> None:
        self.remarks: list[WorkbookRemark] = []
        self.rows: dict[str, tuple[str, int]] = {}
        self._before, self._t = before, t
        self._shown = head_cells(before, t)

    def values(self, cells: Cells) -> Iterator[tuple[str, str | None]]:
        """The values that the row gives; those that are as they were shown are given as they were."""
        for field in HAND_IN_FIELDS:
            key, cell = field.key, cells.values.get(field.key)
            text = str(cell if cell is not None else "")
            if key not in HEAD_KEYS or key not in cells.values or text == too_long(self._t):
                continue
            self.rows[key] = (cells.sheet, cells.row)
            if key in cells.formulas:
                self._remark(cells, N_("the cell {column} holds a formula, which is not read; write the text itself"),
                             column=self._t(field.title))  # fmt: skip
            elif " ".join(text.split()) == " ".join(self._shown[key].split()):
                yield key, self._before.get(key)
            elif key not in _CHOICES:
                yield key, text or None
            elif (value := self._chosen(key, text)) is not None:
                yield key, value
            else:
                message = N_("{column}: {value} cannot be chosen here; choose one of: {words}")
                self._remark(cells, message, column=self._t(field.title), value=text or "–",
                             words=", ".join(choices_of_head(key, self._t)))  # fmt: skip

    def _chosen(self, key: str, text: str) -> str | None:
        words = {_word(key, value, self._t).casefold(): value for value in _CHOICES[key]}
        return words.get(" ".join(text.split()).casefold())

    def _remark(self, cells: Cells, message: str, **values: object) -> None:
        self.remarks.append(WorkbookRemark(cells.sheet, cells.row, message, values))


def _word(key: str, value: str, t: Translator) -> str:
    return label(DEPTHS if key == "reading_depth" else STATUSES, value, t)
