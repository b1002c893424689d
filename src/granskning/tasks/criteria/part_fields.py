"""A part of a criteria set as fields of a form: each with its place in the part, and back as the part's values.

A field that the file may have in several languages has a name for each of them, `why@sv`; others have one, `weight`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from granskning.model.question_fields import LEVEL, QUESTION_FIELDS
from granskning.tasks.criteria.question_edits import (
    TextLanguage,
    as_number,
    question_edits,
    row_of,
    text_edits,
    text_in,
    weight_edits,
)
from granskning.workspace.yaml.edits import MISSING, Remove, Set, apply_edit, value_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from granskning.findings.finding import Path
    from granskning.workspace.yaml.edits import Edit

Kind = Literal["translated", "text", "number"]
_TRANSLATED = frozenset(field.key for field in QUESTION_FIELDS if field.is_translated)


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages that a set is written in: its own, and all. `is_plain` says that its texts do not name it."""

    own: str
    all: tuple[str, ...]
    is_plain: bool

    def text_language(self, name: str) -> TextLanguage:
        """One of them, to write texts in."""
        return TextLanguage(name, self.own, self.is_plain)


@dataclass(frozen=True, slots=True)
class PartField:
    """A field of a target, of the scale, of the rules or of the set itself."""

    key: str
    path: Path
    kind: Kind = "translated"


TARGET_FIELDS = (
    PartField("title", ("title",)), PartField("picture", ("picture",)), PartField("number", ("number",), "text"),
)  # fmt: skip
HEAD_FIELDS = (
    PartField("title", ("title",)), PartField("about", ("about",)), PartField("owner", ("owner",), "text"),
    PartField("status", ("status",), "text"), PartField("date", ("date",), "text"),
)  # fmt: skip
RULE_FIELDS = (
    PartField("criteria", ("scoring", "criteria", "method"), "text"),
    PartField("targets", ("scoring", "targets", "method"), "text"),
    PartField("insufficient_evidence", ("scoring", "insufficient_evidence"), "text"),
    PartField("coverage", ("scoring", "verdict", "requires", "coverage"), "text"),
    PartField("reading_depth", ("scoring", "verdict", "requires", "reading_depth"), "text"),
    PartField("decimals", ("scoring", "rounding", "decimals"), "number"),
)
SIMPLE_METHODS = ("mean", "sum", "product", "harmonic_mean", "share_of_possible", "share_satisfied", "weakest", "best",
                  "median")  # fmt: skip
"""The methods that need no more than their name; others are written in the file."""


def scale_fields(values: Mapping[str, Any]) -> tuple[PartField, ...]:
    """The fields of the levels of the usual scale, where the file has it under `scale`."""
    count = len(values.get("scale") or ())
    return tuple(
        PartField(f"{number}.{key}", ("scale", number, key))
        for number in range(count)
        for key in ("label", "description")
    )


def languages_of(values: Mapping[str, Any]) -> Languages:
    """The languages of a set: those that its title has, its own first."""
    own, title = str(values.get("language") or "sv"), values.get("title")
    if not isinstance(title, dict):
        return Languages(own, (own,), is_plain=True)
    return Languages(own, tuple(sorted(title, key=lambda language: (language != own, language))), is_plain=False)


def part_row(part: Mapping[str, Any], fields: Iterable[PartField], languages: Languages) -> dict[str, str]:
    """The fields as they stand in the part."""
    row: dict[str, str] = {}
    for field in fields:
        value = value_at(part, field.path)
        value = None if value is MISSING else value
        if field.kind == "translated":
            row |= {f"{field.key}@{name}": text_in(value, name, languages.own) for name in languages.all}
        else:
            row[field.key] = "" if value is None else str(value)
    if any(field.key == "picture" for field in fields):
        row |= _weight_row(part, languages)
    return {key: text for key, text in row.items() if text}


def part_after(
    part: Mapping[str, Any], fields: Iterable[PartField], changes: Mapping[str, Any], languages: Languages
) -> dict[str, Any]:
    """The part with these changes; a field of None is taken away."""
    after: Any = dict(part)
    for field in fields:
        if field.kind == "translated":
            for name in languages.all:
                if (key := f"{field.key}@{name}") in changes:
                    before = value_at(after, field.path)
                    before = None if before is MISSING else before
                    edits = text_edits(field.path, before, changes[key], languages.text_language(name))
                    after = _applied(after, edits)
        elif field.key in changes:
            text = changes[field.key]
            value = as_number(text) if text and field.kind == "number" else text
            is_there = value_at(after, field.path) is not MISSING
            after = _applied(after, [Set(field.path, value)] if value else [Remove(field.path)] if is_there else [])
    weights = {key: text for key, text in changes.items() if key.partition("@")[0] in ("weight", "weight.why")}
    return dict(_weighed(after, weights, languages) if weights else after)


def question_row(question: Mapping[str, Any], languages: Languages) -> dict[str, str]:
    """The fields of a question as they stand in the file."""
    row: dict[str, str] = {}
    for language in languages.all:
        for key, text in row_of(question, language, languages.own).items():
            row[f"{key}@{language}" if key in _TRANSLATED or key.startswith(LEVEL) else key] = text
    return row


def question_after(question: Mapping[str, Any], changes: Mapping[str, Any], languages: Languages) -> dict[str, Any]:
    """The question with these changes."""
    after: Any = dict(question)
    for language in languages.all:
        ours = {key.partition("@")[0]: text for key, text in changes.items() if key.endswith(f"@{language}")}
        if language == languages.all[0]:
            ours |= {key: text for key, text in changes.items() if "@" not in key}
        edits = question_edits((), after, ours, languages.text_language(language))
        after = _applied(after, edits)
    if not after.get("levels"):
        after.pop("levels", None)
    return dict(after)


def _weight_row(part: Mapping[str, Any], languages: Languages) -> dict[str, str]:
    row: dict[str, str] = {}
    for language in languages.all:
        known = row_of({"weight": part.get("weight")}, language, languages.own)
        row |= {key if key == "weight" else f"{key}@{language}": text for key, text in known.items()}
    return row


def _weighed(part: Any, changes: Mapping[str, Any], languages: Languages) -> Any:
    for language in languages.all:
        ours = {key.partition("@")[0]: text for key, text in changes.items() if key.endswith(f"@{language}")}
        if "weight" in changes:
            ours["weight"] = changes["weight"]
        part = _applied(part, weight_edits((), part, ours, languages.text_language(language)))
    return part


def _applied(values: Any, edits: Iterable[Edit]) -> Any:
    for edit in edits:
        values = apply_edit(values, edit)
    return values
