"""What the columns of an assessment that somebody made in a spreadsheet are called, and what its cells say.

The names are plain headings: small letters, without signs.
"""

from __future__ import annotations

import re

from granskning.model.question_fields import plain_heading

ASSESSMENT_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "fråge id", "fråga id", "kriterie id", "question id", "criterion id"),
    "number": ("nummer", "nr", "löpnummer", "frågenummer", "number", "no", "question number"),
    "question": (
        "fråga", "frågor", "kriterium", "kriterier", "krav", "kontrollfråga", "granskningsfråga", "bedömningsfråga",
        "påstående", "indikator", "question", "questions", "criterion", "criteria", "requirement", "statement",
    ),
    "judgement": (
        "bedömning", "bedömd nivå", "vald nivå", "nivå", "poäng", "betyg", "omdöme", "resultat", "svar", "utfall",
        "judgement", "judgment", "assessment", "level", "score", "rating", "grade", "result", "answer",
    ),
    "reason": ("skäl", "orsak", "reason"),
    "justification": (
        "motivering", "motivering till bedömningen", "motivering av bedömningen", "analys", "kommentar", "kommentarer",
        "iakttagelse", "iakttagelser", "justification", "rationale", "analysis", "comment", "comments", "observation",
    ),
    "quote": ("citat", "citat ur planen", "citat ur texten", "quotation", "quote", "citation"),
    "paraphrase": ("belägg", "referat", "underlag", "evidence", "paraphrase", "summary of evidence"),
    "page": ("sida", "sid", "sidor", "sidnummer", "sidhänvisning", "page", "pages", "page number"),
    "pdf_page": ("pdf sida", "sida i pdf", "sida i pdf en", "pdf page", "page in the pdf"),
    "section": ("avsnitt", "kapitel", "stycke", "section", "chapter", "paragraph"),
    "address": ("webbadress", "adress", "länk", "url", "web address", "address", "link"),
    "retrieved": ("hämtad", "läst den", "retrieved", "accessed"),
    "recommendation": (
        "rekommendation", "rekommendationer", "förslag", "recommendation", "recommendations", "proposal",
    ),
    "note": ("intern anteckning", "anteckning", "anteckningar", "internal note", "note", "notes"),
}  # fmt: skip
"""The names of each column, by what it holds."""

EVIDENCE_KEYS = ("page", "pdf_page", "section", "quote", "paraphrase", "address", "retrieved")
"""What belongs to a piece of evidence."""
ALSO_OF_THE_SET = {"justification": "why", "paraphrase": "counts_as_evidence", "section": "target"}
"""Whose headings (Motivering, Underlag, Kapitel) may stand above what the set says too, and in which of its fields."""
STATE_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("not_applicable", (
        "kan inte tillämpas", "ej tillämpligt", "ej tillämplig", "inte tillämpligt", "inte tillämplig", "ej relevant",
        "inte relevant", "ej aktuellt", "inte aktuellt", "not applicable", "n a", "na", "not relevant",
    )),
    ("insufficient_evidence", (
        "kan inte bedömas", "kan ej bedömas", "går inte att bedöma", "går ej att bedöma", "ej bedömbart",
        "cannot be assessed", "can not be assessed", "insufficient evidence", "not assessable",
    )),
    ("open", ("öppen", "öppet", "open", "att utreda", "to be settled")),
)  # fmt: skip
"""What people write for each state that is no level."""
_MARKS = frozenset({"x", "1", "ja", "yes", "true", "sant", "v"})
_TICKS = frozenset("✓✔☑☒✗✘•●■")
_PAGE = re.compile(r"(?:s|sid|sida|sidan|p|page)\.?\s*(?=[0-9])", re.IGNORECASE)
_NAMES = {name: key for key, names in ASSESSMENT_NAMES.items() for name in names}
_STATES = {name: state for state, names in STATE_WORDS for name in names}


def column_of(heading: str) -> str:
    """What a column holds, by its heading; empty where it is none of these."""
    return "number" if heading.strip() == "#" else _NAMES.get(plain_heading(heading), "")


def state_of(text: str) -> str:
    """The state that a cell says; empty where it says none."""
    return _STATES.get(plain_heading(text), "")


def is_mark(text: str) -> bool:
    """Whether a cell is a cross or a tick, by which people choose among columns."""
    return plain_heading(text) in _MARKS or text.strip() in _TICKS


def bare_page(text: str) -> str:
    """A page without the word for it: `s. 14` is 14."""
    return _PAGE.sub("", text, count=1) if _PAGE.match(text) else text
