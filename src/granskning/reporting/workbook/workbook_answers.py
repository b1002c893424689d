"""What a workbook says of one review: each answer in parts, and a remark for each cell that cannot be understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.i18n import N_, NN_
from granskning.model.worksheet import column_letters
from granskning.reporting.workbook.workbook_choices import EVIDENCE_FIELDS, LEVEL_KEY, REASONED, Choices
from granskning.reporting.workbook.workbook_levels import level_texts
from granskning.reporting.workbook.workbook_writer import too_long

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.reporting.workbook.workbook_reading import Cells, Returned

_ANY_FIGURE = "\N{SYMBOL FOR NULL}"
"""Stands for a figure that a question names: the workbook may have been taken out before it was refreshed."""
_TEXTS = ("justification", "recommendation", "note")
_ITEM_KEYS = tuple(field.key for field in EVIDENCE_FIELDS if not field.locked)


@dataclass(frozen=True, slots=True)
class WorkbookRemark:
    """Something in the workbook that is left as it is in the file. `message` is a msgid, filled by `values`."""

    sheet: str
    row: int
    """0 where it is about the whole sheet."""
    message: str
    values: Mapping[str, object]
    hint: str = ""
    """What would be right, as a msgid filled by the same values."""


@dataclass(frozen=True, slots=True)
class WorkbookAnswer:
    """The answers of one review as the workbook says them, part by part, and what could not be understood."""

    parts: Mapping[str, dict[str, Any]]
    remarks: tuple[WorkbookRemark, ...]
    rows: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """By criterion, the sheet and row that it stands on."""
    evidence_rows: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """By criterion, those of each piece of its evidence."""

    def place_of(self, criterion: str, path: Sequence[object]) -> tuple[str, int]:
        """The sheet and row of a value, by its path within the answer; row 0 where it has none."""
        rows = self.evidence_rows.get(criterion, ())
        if len(path) > 1 and path[0] == "evidence" and isinstance(path[1], int) and path[1] < len(rows):
            return rows[path[1]]
        return self.rows.get(criterion, ("", 0))


def unread_remarks(returned: Returned) -> Iterator[WorkbookRemark]:
    """A remark for all that stands where nothing is read, so that no cell is dropped in silence."""
    for cells in returned.unread:
        if cells.column > 0:
            message = NN_(
                "the column {column} ({head}) is not one of granskning’s, so {count} cell in it is not read",
                "the column {column} ({head}) is not one of granskning’s, so {count} cells in it are not read",
            )
            letter, head = column_letters(cells.column), cells.head or "–"
            yield WorkbookRemark(cells.sheet, 0, message, {"column": letter, "head": head, "count": cells.count})
        elif cells.column < 0:
            message = NN_("{count} cell above the table is not read", "{count} cells above the table are not read")
            yield WorkbookRemark(cells.sheet, 0, message, {"count": cells.count})
        else:
            message = NN_(
                "{count} cell in the sheet is not read, since it is not one that granskning made",
                "{count} cells in the sheet are not read, since it is not one that granskning made",
            )
            yield WorkbookRemark(cells.sheet, 0, message, {"count": cells.count})
    for row in returned.evidence or ():
        review = str(row.values.get("review") or "")
        if review in returned.memory or not any(row.values.get(key) for key in ("review", *_ITEM_KEYS)):
            continue
        if review:
            message = N_("the evidence belongs to {review}, which is no review of the workbook, so it is not read")
            yield WorkbookRemark(row.sheet, row.row, message, {"review": review})
        else:
            message = N_("the evidence does not say which review it belongs to, so it is not read")
            yield WorkbookRemark(row.sheet, row.row, message, {})
    for row in returned.stray_heads:
        message = N_(
            "the row is of {review}, which is no review of the workbook or has a row already, so it is not read"
        )
        yield WorkbookRemark(row.sheet, row.row, message, {"review": str(row.values.get("review") or "–")})


def answers_of(identity: str, returned: Returned, criteria: CriteriaSet, t: Translator) -> WorkbookAnswer:
    """What the workbook says of the review. Only parts that it has a column for are in the answers."""
    reader = _Reader(identity, returned, criteria, t)
    parts = reader.parts()
    return WorkbookAnswer(parts, tuple(reader.remarks), reader.rows, reader.evidence_rows)


_Placed = tuple[dict[str, Any], tuple[str, int]]
"""A piece of evidence, and the sheet and row that it stands on."""


class _Reader:
    """Reads the rows of one review."""

    def __init__(self, identity: str, returned: Returned, criteria: CriteriaSet, t: Translator) -> None:
        self.remarks: list[WorkbookRemark] = []
        self.rows: dict[str, tuple[str, int]] = {}
        self.evidence_rows: dict[str, tuple[tuple[str, int], ...]] = {}
        self._returned, self._identity, self._criteria, self._t = returned, identity, criteria, t
        self._memory = returned.memory[identity]
        self._asked = {criterion.id: criterion for criterion in criteria.criteria if criterion.id in self._memory}
        self._shown = tuple(self._asked.values())
        self._targets = {asked.id: t.text(target.title) for target in criteria.all_targets for asked in target.criteria}

    def parts(self) -> dict[str, dict[str, Any]]:
        sheet = self._returned.sheets.get(self._identity, "")
        said: dict[str, dict[str, Any]] = {}
        for cells in self._returned.reviews.get(self._identity, ()):
            name = str(cells.values.get("id") or "")
            criterion = self._asked.get(name)
            if criterion is None:
                self._remark(
                    cells, N_("there is no question {id} in the review, so the row is not read"), id=name or "–"
                )
            elif name in said:
                self._remark(cells, N_("the question {id} stands on another row too, and that one is read"), id=name)
            else:
                self.rows[name] = (cells.sheet, cells.row)
                self._check_locked(cells, criterion)
                said[name] = dict(self._row(cells, criterion))
        missing = [name for name in self._asked if name not in said]
        if missing and sheet:
            message = N_("rows are gone, and those questions are left as they are: {ids}")
            self.remarks.append(WorkbookRemark(sheet, 0, message, {"ids": ", ".join(missing)}))
        for name, items in self._evidence().items():
            said.setdefault(name, {})["evidence"] = items or None
        return said

    def _is_worded(self, text: str, criterion: Criterion) -> bool:
        """Whether a question reads as in its set, whatever the figures were that it names."""
        words = self._t.telling(lambda *_: _ANY_FIGURE).text(criterion.question)
        parts = (re.escape(" ".join(part.split())) for part in words.split(_ANY_FIGURE))
        return re.fullmatch(r"\s*.*?\s*".join(parts), " ".join(text.split())) is not None

    def _check_locked(self, cells: Cells, criterion: Criterion) -> None:
        """Tell of what has been rewritten in the workbook where it cannot be changed."""
        text = str(cells.values.get("question") or "")
        if text and not self._is_worded(text, criterion):
            self._remark(cells, N_("the question {id} is worded otherwise in its set; that is not changed here"),
                         id=criterion.id)  # fmt: skip
        ours = level_texts(criterion, self._shown, self._criteria, self._t)
        target = self._targets.get(criterion.id, "")
        for key, value in cells.values.items():
            expected = target if key == "target" else ours.get(key, "") if key.startswith(LEVEL_KEY) else None
            if expected is not None and value is not None and str(value).split() != expected.split():
                message = N_("what stands beside the question {id} belongs to its set and is not changed here: {value}")
                self._remark(cells, message, id=criterion.id, value=_cut(str(value)))

    def _row(self, cells: Cells, criterion: Criterion) -> Iterator[tuple[str, Any]]:
        before = self._memory[criterion.id]
        columns = self._returned.columns[self._identity]
        for key in cells.formulas:
            message = N_("the cell {column} of {id} holds a formula, which is not read; write the text itself")
            self._remark(cells, message, column=key, id=criterion.id)
        if "judgement" in columns and not {"judgement", "reason"} & set(cells.formulas):
            judgement = self._judgement(cells, criterion, before)
            if judgement is not None:
                yield "judgement", judgement
        for key in _TEXTS:
            text = cells.values.get(key)
            if key in columns and key not in cells.formulas and text != too_long(self._t):
                yield key, None if text in (None, "") else str(text)

    def _judgement(self, cells: Cells, criterion: Criterion, before: Mapping[str, Any]) -> dict[str, Any] | None:
        cell, reason = cells.values.get("judgement"), str(cells.values.get("reason") or "")
        choices = Choices(criterion, self._criteria, self._t)
        if reason == too_long(self._t):
            reason = next((str(before[key]) for key in REASONED if before.get(key)), "")
        meant = choices.meant(cell, reason, before)
        if meant is None:
            message = N_("{value} is not a judgement that {id} can be given; choose one of: {words}")
            words = ", ".join(word for word in (choices.guidance, *choices.words) if word)
            self._remark(cells, message, value=cell, id=criterion.id, words=words)
        elif any(key in meant and not meant[key] for key in REASONED):
            self._remark(cells, N_("{value} needs a reason in the column beside ({id})"), value=cell, id=criterion.id)
            return None
        elif not meant and reason:
            self._remark(cells, N_("there is a reason but no judgement ({id})"), id=criterion.id)
        return meant

    # --- evidence -----------------------------------------------------------------------------------------------

    def _evidence(self) -> dict[str, list[dict[str, Any]]]:
        """The evidence of each question that the sheet says something of."""
        if self._returned.evidence is None:
            if any(answer.get("evidence") for answer in self._memory.values()):
                message = N_("the sheet of evidence is gone, and all evidence is left as it is")
                self.remarks.append(WorkbookRemark(self._returned.sheets.get(self._identity, ""), 0, message, {}))
            return {}
        known: dict[str, dict[int, _Placed]] = {}
        new: dict[str, list[_Placed]] = {}
        for cells in self._returned.evidence:
            if str(cells.values.get("review") or "") == self._identity:
                self._take_evidence(cells, known, new)
        return {name: self._items(name, known.get(name, {}), new.get(name, [])) for name in {*known, *new}}

    def _take_evidence(self, cells: Cells, known: dict[str, dict[int, _Placed]], new: dict[str, list[_Placed]]) -> None:
        name, number = str(cells.values.get("id") or ""), cells.values.get("number")
        if not any(cells.values.get(key) not in (None, "") for key in ("id", "number", "question", *_ITEM_KEYS)):
            return
        if name not in self._asked:
            self._remark(cells, N_("there is no question {id} in the review, so the row is not read"), id=name or "–")
            return
        question = str(cells.values.get("question") or "")
        if question and not self._is_worded(question, self._asked[name]):
            self._remark(
                cells, N_("the question {id} is worded otherwise in its set; that is not changed here"), id=name
            )
        if cells.formulas:
            self._remark(cells, N_("evidence for {id} holds a formula, which is not read"), id=name)
            number = number if isinstance(number, int) else None
            if number is None:
                return
        before = self._memory[name].get("evidence") or []
        if isinstance(number, float) and number.is_integer():
            number = int(number)
        if isinstance(number, int) and 1 <= number <= len(before):
            item = before[number - 1] if cells.formulas else self._item(cells, before[number - 1])
            placed = (item, (cells.sheet, cells.row))
            if known.setdefault(name, {}).setdefault(number, placed) is not placed:
                message = N_("evidence {number} for {id} stands on another row too, and that one is read")
                self._remark(cells, message, number=number, id=name)
        elif item := self._item(cells, {}):
            new.setdefault(name, []).append((item, (cells.sheet, cells.row)))
        else:
            self._remark(cells, N_("the row chooses the question {id}, but says no evidence"), id=name)

    def _item(self, cells: Cells, before: Mapping[str, Any]) -> dict[str, Any]:
        """One item, its values of the kind they had; what has no column stays. Nothing where all is emptied."""
        there = {key: value for key in _ITEM_KEYS if (value := cells.values.get(key)) not in (None, "")}
        if not there:
            return {}
        item = {key: value for key, value in before.items() if key not in cells.values}
        for key in _ITEM_KEYS:
            if key in there:
                old = before.get(key)
                kept = old is not None and (str(there[key]) == str(old).strip() or there[key] == too_long(self._t))
                item[key] = old if kept else typed(key, there[key])
        return item

    def _items(self, name: str, known: Mapping[int, _Placed], new: Sequence[_Placed]) -> list[dict[str, Any]]:
        """The list as it is to be: rows that are gone stay as they were, rows that are emptied go."""
        before = self._memory[name].get("evidence") or []
        items: list[_Placed] = [known.get(number, (item, ("", 0))) for number, item in enumerate(before, 1)]
        placed = [(item, place) for item, place in (*items, *new) if item]
        self.evidence_rows[name] = tuple(place for _, place in placed)
        return [item for item, _ in placed]

    def _remark(self, cells: Cells, message: str, **values: object) -> None:
        self.remarks.append(WorkbookRemark(cells.sheet, cells.row, message, values))


def typed(key: str, value: Any) -> Any:
    """A value as a file has it: whole page numbers as numbers, all else as text."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if key in ("page", "pdf_page") and str(value).isascii() and str(value).isdigit():
        return int(value)
    return value if key == "pdf_page" else str(value)


_LONGEST = 60


def _cut(text: str) -> str:
    """A text that is no longer than a message has room for."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
