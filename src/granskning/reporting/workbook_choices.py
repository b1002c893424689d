"""What can be chosen as a judgement in a workbook, and what a cell's text means: one list, both ways."""

from __future__ import annotations

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

    def shown(self, values: Mapping[str, Any]) -> tuple[str | float, str]:
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
