"""What can be chosen as a judgement in a workbook, and what a cell's text means: one list, both ways.

The plan of a workbook that is filled in: its sheets, columns and words, which writing and reading share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.i18n import N_
from granskning.model.method import number_of
from granskning.wordings import STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.review import State

REASONED: tuple[State, ...] = ("not_applicable", "insufficient_evidence", "open")
"""The states that are given with a reason."""

_FORMERLY = N_("inherited, not confirmed")
"""What workbooks that were made with earlier versions say of an answer that is carried over."""


class Choices:
    """The judgements that a criterion can be given, as words in a cell."""

    def __init__(self, criterion: Criterion, criteria: CriteriaSet, t: Translator) -> None:
        self.scale = criteria.scale_of(criterion)
        self._t = t
        self._levels = {level.key: level for level in self.scale.levels}
        closed = not (criterion.not_applicable or criterion.applies_to)
        self._states: list[State] = [state for state in REASONED if not (state == "not_applicable" and closed)]

    @property
    def words(self) -> tuple[str, ...]:
        """What the list of the cell offers; a range of numbers offers only the states."""
        return (*map(self._level_words, self._levels), *(self._t(STATES[state]) for state in self._states))

    @property
    def guidance(self) -> str:
        """What can be written where the scale is a range of numbers."""
        low, high = self.scale.minimum, self.scale.maximum
        if low is None or high is None:
            return ""
        return f"{self._t.number(low)}–{self._t.number(high)} {self.scale.unit}".rstrip()

    def cells_of(self, values: Mapping[str, Any]) -> tuple[str | float, str]:
        """The cell of the judgement and that of its reason, for the judgement of an answer."""
        for state in REASONED:
            if values.get(state) is not None:
                return self._t(STATES[state]), str(values[state])
        if (carried := values.get("inherited")) is not None:
            level = carried.get("level")
            return self._t(STATES["inherited"]), "" if level is None else self._level_words(str(level))
        level = values.get("level")
        if level is None:
            return "", ""
        if self.scale.is_range:
            return level, ""
        return self._level_words(str(level)), ""

    def meant(self, cell: Any, reason: str, before: Mapping[str, Any]) -> dict[str, Any] | None:
        """The judgement that the cells say; None where they say nothing that can be understood.

        A reason is needed for a state that takes one; `before` is the judgement that the workbook was made with.
        """
        text = " ".join(str(cell if cell is not None else "").split())
        if not text:
            return {}
        for state in REASONED:
            if text.casefold() == self._t(STATES[state]).casefold():
                return {state: reason}
        if text.casefold() in {self._t(words).casefold() for words in (STATES["inherited"], _FORMERLY)}:
            return {"inherited": before["inherited"]} if "inherited" in before else None
        return self._level(text)

    def _level(self, text: str) -> dict[str, Any] | None:
        if self.scale.is_range:
            number = number_of(text.replace(",", ".").replace("\N{NO-BREAK SPACE}", "").replace("\N{MINUS SIGN}", "-"))
            if number is None:
                return None
            return {"level": int(number) if number.denominator == 1 else float(number)}
        for key, level in self._levels.items():
            names = {self._level_words(key), key, self._t.text(level.label)}
            if text.casefold() in {name.casefold() for name in names} or text == f"{key}.0":
                return {"level": level.value}
        return None

    def _level_words(self, key: str) -> str:
        level = self._levels.get(key)
        label = self._t.text(level.label) if level else ""
        return key if not label or label == key else f"{key} {label}"


MEMORY = "_granskning"
"""The hidden sheet that remembers how everything was when the workbook was made."""
LISTS = "_val"
"""The hidden sheet with what can be chosen."""
FORM = "granskning/workbook/1"
INSTRUCTIONS_TITLE = N_("Reviews to fill in")
"""What the sheet to read first begins with."""

HEAD_MARK = ":head"
"""Stands in the hidden sheet in the place of a question's id, for what stands above the answers."""

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
    is_worded: bool = False
    """Whether the title is in the reader's words already."""


LEVEL_KEY = "level-"
"""What the key of a column with level texts begins with; its number follows."""
QUESTION_FIELDS = (Field("target", N_("Target"), 16, locked=True), Field("question", N_("Question"), 40, locked=True))
JUDGEMENT_FIELDS = (
    Field("judgement", N_("Judgement"), 20),
    Field("reason", N_("Reason"), 28),
    Field("justification", N_("Justification"), 60),
    Field("recommendation", N_("Recommendation"), 44),
)
NOTE_FIELD = Field("note", N_("Internal note"), 40)
ID_FIELD = Field("id", N_("Id"), 20, locked=True)
EVIDENCE_FIELDS = (
    Field("review", N_("Review"), 24, locked=True),
    Field("id", N_("Id"), 20, locked=True),
    Field("question", N_("Question"), 40, locked=True),
    Field("number", N_("No"), 6, locked=True),
    Field("edition", N_("Edition"), 14),
    Field("page", N_("Page"), 10),
    Field("pdf_page", N_("Page in the PDF"), 10),
    Field("section", N_("Section"), 24),
    Field("quote", N_("Quotation"), 54),
    Field("paraphrase", N_("Paraphrase"), 54),
    Field("address", N_("Address"), 36),
    Field("retrieved", N_("Retrieved"), 13),
)
HAND_IN_FIELDS = (
    Field("strategy", N_("Strategy"), 30, locked=True),
    Field("reviewer", N_("Reviewer"), 24, locked=True),
    Field("round", N_("Round"), 12, locked=True),
    Field("edition", N_("Edition"), 14, locked=True),
    Field("remains", N_("Remaining"), 12, locked=True),
    Field("reading_depth", N_("Reading depth"), 26),
    Field("not_read", N_("What was not read"), 44),
    Field("summary", N_("Summary"), 70),
    Field("status", N_("Status"), 16),
    Field("review", N_("Review"), 30, locked=True),
)
HEAD_KEYS = ("reading_depth", "not_read", "summary", "status")
"""What the sheet to hand in says of a review, by its key in the file."""
COMPUTED = ("question", "remains")
"""The columns that may hold a formula of ours."""


def is_counting(formula: object) -> bool:
    """Whether a cell holds our formula that counts what remains."""
    return isinstance(formula, str) and formula.startswith("=") and "COUNTBLANK(" in formula


def answer_fields(levels: tuple[Field, ...], *, internal: bool) -> tuple[Field, ...]:
    """The columns of a review's sheet, with those of the level texts between question and judgement."""
    return (*QUESTION_FIELDS, *levels, *JUDGEMENT_FIELDS, *((NOTE_FIELD,) if internal else ()), ID_FIELD)


def instruction_lines(t: Translator) -> tuple[str, ...]:
    """What the sheet to read first says below its title."""
    return (
        t("Each role has a tab of its own. Fill in the white cells; the grey ones are locked."),
        t("What each level takes stands beside the question. Choose a judgement from the list of its cell."),
        t("What remains is yellow, and counted above the column."),
        t("Not applicable, cannot be assessed and open need a reason, in the column beside."),
        t("Evidence stands on a tab of its own. Use an empty row for new evidence: choose review and question."),
        t("To take evidence away, empty its row from the edition to the retrieval date."),
        t("On the last tab you say how much was read and what was not, write the summary, and hand in by the status."),
        t("Send the workbook back when you are done. Whoever brings it in sees first what would change."),
        t("Nothing is overwritten that somebody else has changed meanwhile. You are told of it instead."),
    )
