"""What each level takes, in columns that can be seen beside the question; the same text tells what was rewritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.workbook.workbook_choices import LEVEL_KEY, Choices, Field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion

_MOST = 6
"""Levels that have a column each; more of them stand in one cell, a line each."""
_WIDTH, _WIDE = 22, 48


def level_fields(asked: Sequence[Criterion], criteria: CriteriaSet, t: Translator) -> tuple[Field, ...]:
    """The columns: one a level where the questions have a few, with the level's words where all have the same."""
    scales = [criteria.scale_of(criterion) for criterion in asked]
    most = max((len(scale.levels) for scale in scales), default=0)
    if not 0 < most <= _MOST:
        return (Field(f"{LEVEL_KEY}1", N_("What each level takes"), _WIDE, locked=True),) if asked else ()
    if _is_shared(asked, criteria):
        return tuple(
            Field(f"{LEVEL_KEY}{number}", _words(level.key, t.text(level.label)), _WIDTH, locked=True, is_worded=True)
            for number, level in enumerate(scales[0].levels, 1)
        )
    return tuple(
        Field(f"{LEVEL_KEY}{number}", t("Level {number}", number=number), _WIDTH, locked=True, is_worded=True)
        for number in range(1, most + 1)
    )


def level_texts(
    criterion: Criterion, asked: Sequence[Criterion], criteria: CriteriaSet, t: Translator
) -> Mapping[str, str]:
    """What each level takes for a question, by the key of its column; `asked` are all questions of the sheet."""
    scale = criteria.scale_of(criterion)
    texts = [(level, t.text(criterion.levels.get(level.key) or level.description)) for level in scale.levels]
    most = max((len(criteria.scale_of(other).levels) for other in asked), default=0)
    named = [f"{_words(level.key, t.text(level.label))}: {text}".removesuffix(": ") for level, text in texts]
    if not 0 < most <= _MOST:
        guidance = Choices(criterion, criteria, t).guidance
        return {f"{LEVEL_KEY}1": "\n".join(line for line in (guidance, *named) if line)}
    if not texts:
        return {f"{LEVEL_KEY}1": Choices(criterion, criteria, t).guidance}
    shown = [text for _, text in texts] if _is_shared(asked, criteria) else named
    return {f"{LEVEL_KEY}{number}": text for number, text in enumerate(shown, 1)}


def _is_shared(asked: Sequence[Criterion], criteria: CriteriaSet) -> bool:
    """Whether all questions have the same levels."""
    first = [(level.key, level.label) for level in criteria.scale_of(asked[0]).levels]
    return all([(level.key, level.label) for level in criteria.scale_of(other).levels] == first for other in asked)


def _words(key: str, label: str) -> str:
    return key if not label or label == key else f"{key} {label}"
