"""What a question has, field by field: the columns of a spreadsheet, the fields of a form, and the keys of the file.

One table, so that a workbook, a page and the file name the same thing. A column is recognised by any of its names, as
people write them in Swedish and English, whatever their capitals and signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from granskning.i18n import N_

Kind = Literal["text", "prose", "number", "yes", "words"]


@dataclass(frozen=True, slots=True)
class QuestionField:
    """One field: its key in the file, its heading, the kind of its value, and other names that people give it."""

    key: str
    title: str
    kind: Kind
    names: tuple[str, ...]
    width: int = 20
    """Of its column, in characters."""
    is_translated: bool = False
    """Whether the file may have it in several languages."""


TARGET_FIELDS = (
    QuestionField("target", N_("Target picture"), "text", (
        "målbild", "målbilder", "mål", "tema", "avsnitt", "kapitel", "grupp", "kategori", "delområde", "target",
        "target picture", "targets", "goal", "theme", "section", "chapter", "group", "category", "domain",
    ), 24),
    QuestionField("target.picture", N_("The target picture in a sentence"), "prose", (
        "målbilden i en mening", "målbilden i ord", "målbildstext", "önskat tillstånd", "målbeskrivning",
        "the target picture in a sentence", "picture", "desired state", "target description",
    ), 40),
)  # fmt: skip
"""What a row says of the target that its question stands under."""

QUESTION_FIELDS = (
    QuestionField("number", N_("Number"), "text", (
        "nummer", "nr", "löpnummer", "frågenummer", "ref", "number", "no", "item", "question number",
    ), 10),
    QuestionField("question", N_("Question"), "prose", (
        "fråga", "frågor", "kriterium", "kriterier", "krav", "kontrollfråga", "bedömningsfråga", "påstående",
        "question", "questions", "criterion", "criteria", "requirement", "statement",
    ), 50, is_translated=True),
    QuestionField("short_title", N_("Short title"), "text", (
        "kort rubrik", "rubrik", "kortnamn", "short title", "short name", "heading",
    ), 20, is_translated=True),
    QuestionField("why", N_("Why"), "prose", (
        "varför", "motiv", "motivering", "syfte", "bakgrund", "förklaring", "why", "rationale", "purpose", "background",
        "explanation",
    ), 40, is_translated=True),
    QuestionField("weight", N_("Weight"), "number", ("vikt", "viktning", "weight", "weighting"), 8),
    QuestionField("weight.why", N_("Reason for the weight"), "prose", (
        "skäl för vikten", "skäl för vikt", "varför vikten", "vikt skäl", "motivering av vikt", "motivering av vikten",
        "reason for the weight", "reason for weight", "why the weight", "weight reason",
    ), 30, is_translated=True),
    QuestionField("applies_to", N_("Area"), "words", (
        "område", "områden", "gäller", "gäller område", "strategityp", "area", "areas", "applies to",
    ), 18),
    QuestionField("core", N_("Core question"), "yes", (
        "kärnfråga", "kärnfrågor", "kärna", "core", "core question",
    ), 10),
    QuestionField("not_applicable", N_("May be left out"), "yes", (
        "får lämnas utanför", "kan inte tillämpas", "ej tillämplig", "inte tillämplig", "may be left out",
        "not applicable", "n a",
    ), 12),
    QuestionField("counts_as_evidence", N_("What counts as evidence"), "prose", (
        "vad som räknas som belägg", "belägg", "underlag", "what counts as evidence", "evidence",
    ), 40, is_translated=True),
    QuestionField("mistakes", N_("Usual mistakes"), "prose", (
        "vanliga misstag", "misstag", "usual mistakes", "common mistakes", "mistakes",
    ), 40, is_translated=True),
    QuestionField("look_for", N_("Search words"), "words", (
        "sökord", "nyckelord", "look for", "search words", "keywords",
    ), 20),
    QuestionField("tags", N_("Tags"), "words", ("märken", "märke", "taggar", "tags", "labels"), 16),
)  # fmt: skip
"""What a question itself has, beside its level texts."""

ID_FIELD = QuestionField("id", N_("Id"), "text", ("id", "kod", "identitet", "code", "identifier", "identity"), 18)
"""What a question is known by; made of its words where nobody gives it."""

FIELDS = {field.key: field for field in (ID_FIELD, *TARGET_FIELDS, *QUESTION_FIELDS)}

ABOUT_FIELDS = {
    "title": (N_("Title"), ("titel", "namn", "title", "name")),
    "id": (N_("Id"), ("id", "identitet", "identifier")),
    "version": (N_("Version"), ("version",)),
    "owner": (N_("Owner"), ("ägare", "förvaltas av", "owner", "publisher")),
    "language": (N_("Language"), ("språk", "language")),
    "about": (N_("About the set"), ("om uppsättningen", "om", "beskrivning", "about the set", "about", "description")),
}
"""What is said of a set: heading, and the names that people give it."""
SCALE_FIELDS = {
    "value": (N_("Value"), ("värde", "nivå", "poäng", "value", "level", "points", "score")),
    "label": (N_("Name"), ("benämning", "namn", "nivåns namn", "label", "name")),
    "description": (N_("What the level means"), (
        "vad nivån betyder", "beskrivning", "betydelse", "what the level means", "description", "meaning",
    )),
    "means_missing": (N_("Means missing"), ("betyder saknas", "means missing")),
}  # fmt: skip
"""The columns of a scale."""

INSTRUCTIONS = N_("A criteria set with one row for each question")
"""The first cell of the sheet that tells how a workbook of questions is filled in, in the language of the workbook."""
QUESTION_MEMORY = "granskning-fragor"
"""The hidden sheet of such a workbook, which remembers what it was made of."""
QUESTION_WORKBOOK = "granskning/criteria-workbook/1"
"""What that sheet says that it is."""
LEVEL = "level:"
"""Before the value of a level, the key of its text in a row."""
YES = "yes"
"""A row's value where a question of yes or no is answered with yes."""

SAYS_YES = frozenset({"ja", "yes", "j", "y", "x", "1", "true", "sant"})
SAYS_NO = frozenset({"nej", "no", "n", "0", "false", "falskt", ""})
"""What people write in a column of yes and no, as plain headings: a dash is none of these letters, and so no."""

_NAMES = {name: field.key for field in FIELDS.values() for name in field.names}
_PREFIX = r"(?:nivåtext|nivå|niva|level text|level|steg|step|poäng|points?|score|betyg|grade)"
_BY_NUMBER = re.compile(
    rf"(?P<prefix>{_PREFIX}\s*)?(?P<value>-?[0-9]{{1,4}}(?:[.,][0-9]{{1,3}})?)\s*(?P<label>(?:[:.)=–—-]|\s).*)?",
    re.DOTALL,
)
_IN_BRACKETS = re.compile(r"(?P<label>.*\S)\s*[(\[](?P<value>-?[0-9]{1,3})[)\]]", re.DOTALL)
_BY_WORD = re.compile(rf"{_PREFIX}\s*[:–—-]?\s+(?P<label>\S.*)", re.DOTALL)
_BARE = 2
"""Digits of a level's value that may stand alone in a heading; a longer number is a year, or something else."""


@dataclass(frozen=True, slots=True)
class LevelColumn:
    """A column of level texts. `value` is empty where the heading has words alone."""

    value: str
    label: str


def recognise(heading: str) -> str | LevelColumn | None:
    """The key that a heading stands for, the level whose texts stand under it, or None."""
    bare = plain_heading(heading)
    if heading.strip() == "#":
        return "number"
    return _NAMES.get(bare) or level_of(heading)


def plain_heading(heading: str) -> str:
    """A heading without capitals, signs and more than one space in a row."""
    return " ".join(re.sub(r"[^\w]+", " ", heading.casefold()).split())


def level_of(heading: str) -> LevelColumn | None:
    """The level that a heading names: `0`, `Nivå 0: Saknas`, `Level 2 – Partly`, `Saknas (0)`, `Nivå Saknas`."""
    text = " ".join(heading.split())
    match = _BY_NUMBER.fullmatch(text) or _BY_NUMBER.fullmatch(text.casefold())
    if match and (match["prefix"] or len(match["value"].lstrip("-")) <= _BARE):
        label = text[match.start("label") :] if match["label"] else ""
        return LevelColumn(match["value"].replace(",", "."), label.lstrip(" :.)=–—-").strip())
    if match := _IN_BRACKETS.fullmatch(text):
        return LevelColumn(match["value"], re.sub(rf"^{_PREFIX}\s*[:–—-]?\s*", "", match["label"], flags=re.IGNORECASE))
    if match := _BY_WORD.fullmatch(text.casefold()):
        return LevelColumn("", text[match.start("label") :])
    return None
