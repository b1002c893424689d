"""Which question a row of somebody's own spreadsheet is of: by its id, its number, or its words.

Nothing is guessed: what two questions could be is neither, and a near miss is only told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.findings.suggestions import nearest
from granskning.model.question_fields import plain_heading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion

_NUMBERED = re.compile(r"\s*(?P<number>[0-9]+(?:\.[0-9]+)*[a-z]?)[.):]?\s+(?P<words>\S.*)", re.DOTALL)


class QuestionFinder:
    """The questions of a set by all that a spreadsheet may call them."""

    def __init__(self, criteria: CriteriaSet, t: Translator) -> None:
        self._criteria, self._t = criteria, t
        self._by_id = {criterion.id: criterion for criterion in criteria.criteria}
        self._by_number: dict[str, list[Criterion]] = {}
        self._by_words: dict[str, list[Criterion]] = {}
        self._targets = {asked.id: target for target in criteria.all_targets for asked in target.criteria}
        for criterion in criteria.criteria:
            self._by_number.setdefault(criterion.number.casefold(), []).append(criterion)
            for words in {*criterion.question.values(), *criterion.short_title.values()}:
                self._by_words.setdefault(plain_heading(words), []).append(criterion)

    def find(self, values: Mapping[str, str]) -> tuple[Criterion | None, str]:
        """The question that a row names; where there is none, the words or the id that come nearest, if any do."""
        name, wording = values.get("id", ""), values.get("question", "")
        if name in self._by_id:
            return self._by_id[name], ""
        match = _NUMBERED.fullmatch(wording)
        by_words = self._by_words.get(plain_heading(wording)) or self._by_words.get(
            plain_heading(match["words"]) if match else "", []
        )
        if wording in self._by_id:
            return self._by_id[wording], ""
        if len(by_words) == 1:
            return by_words[0], ""
        number = values.get("number", "").casefold().rstrip(".") or (match["number"] if match else "")
        by_number = self._by_number.get(number, []) if number else []
        if len(by_number) == 1 and (not wording or not by_words or by_number[0] in by_words) and not name:
            return by_number[0], ""
        return None, self._near(name, wording)

    def is_worded(self, criterion: Criterion, wording: str) -> bool:
        """Whether a text is the question's own, with or without a number before it."""
        match = _NUMBERED.fullmatch(wording)
        words = {plain_heading(wording), plain_heading(match["words"]) if match else "", wording}
        own = {plain_heading(text) for text in (*criterion.question.values(), *criterion.short_title.values())}
        return not words.isdisjoint({*own, criterion.id})

    def texts_beside(self, criterion: Criterion) -> dict[str, frozenset[str]]:
        """What the set says of a question, by the key of the field that it says it in, as plain headings."""
        target = self._targets[criterion.id]
        titles = (*target.title.values(), *target.short_title.values(), *target.picture.values())
        texts = {
            "target": (*titles, target.number, target.id), "target.picture": titles,
            "short_title": criterion.short_title.values(), "why": criterion.why.values(),
            "weight": (str(criterion.weight),), "weight.why": criterion.weight_why.values(),
            "applies_to": (*criterion.applies_to, ", ".join(criterion.applies_to)),
            "counts_as_evidence": criterion.counts_as_evidence.values(), "mistakes": criterion.mistakes.values(),
            "look_for": ("; ".join(criterion.look_for), ", ".join(criterion.look_for)),
        }  # fmt: skip
        return {key: frozenset(map(plain_heading, words)) for key, words in texts.items()}

    def level_texts(self, criterion: Criterion) -> frozenset[str]:
        """What the set says of the levels of a question, as plain headings; their values are not among it."""
        texts: list[str] = []
        for level in self._criteria.scale_of(criterion).levels:
            own = criterion.levels.get(level.key) or {}
            texts += [*own.values(), *level.label.values(), *level.description.values()]
        return frozenset(map(plain_heading, texts))

    def other_names(self, criterion: Criterion, values: Mapping[str, str]) -> list[str]:
        """Which of the cells `id` and `number` call the question something else than its set does."""
        known = {criterion.id.casefold(), criterion.number.casefold()}
        return [key for key in ("id", "number") if key in values and values[key].casefold().rstrip(".") not in known]

    def _near(self, name: str, wording: str) -> str:
        known = [self._t.text(criterion.question) for criterion in self._criteria.criteria]
        return (nearest(name, self._by_id) if name else "") or (nearest(wording, known) if wording else "") or ""
