"""A draft in words: of what kind it is, what there is to tell, and what the parts of a question are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import FilledWords
from granskning.i18n import N_
from granskning.model.question_fields import FIELDS, LEVEL

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.workspace.libraries.draft import DraftRemark

KINDS = {
    "table": N_("A table with one row for each question"),
    "oscal": N_("An OSCAL catalog"),
    "case": N_("A CASE package"),
    "workbook": N_("A workbook of a criteria set that comes back"),
}
HEADS = {
    "stop": N_("To be mended before it is written"),
    "unread": N_("What is not read"),
    "missing": N_("Missing"),
    "note": N_("Chosen or left out"),
}
"""What remarks are told under, the gravest first."""


def part_words(part: str, t: Translator) -> str:
    """What a part of a question is called."""
    if part.startswith(LEVEL):
        return t("level {value}", value=part.removeprefix(LEVEL))
    return t(FIELDS[part].title).lower() if part in FIELDS else part


def remark_words(remark: DraftRemark, t: Translator) -> str:
    """A remark in a line: where, what, and what would be right."""
    values = {name: _filled(value, t) for name, value in remark.values.items()}
    line = f"{_filled(remark.place, t)}: {t(remark.message, **values)}"
    return f"{line} ({t(remark.hint, **values)})" if remark.hint else line


def _filled(value: Any, t: Translator) -> Any:
    if isinstance(value, FilledWords):
        return t(value.message, **{name: _filled(inner, t) for name, inner in value.values.items()})
    return t(value) if isinstance(value, Words) else value
