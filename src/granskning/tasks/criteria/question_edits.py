"""A question of a criteria set as flat texts, and changed texts as edits of the file: for workbook and page alike.

A row has the keys of `model.question_fields`, and `level:VALUE` for each level text, in one language. What a row cannot
say (conditions, prerequisites, links) is not in it, and stays as it is in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.model.method import number_of
from granskning.model.question_fields import LEVEL, QUESTION_FIELDS, YES
from granskning.workspace.yaml.edits import Remove, Set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.findings.finding import Path
    from granskning.workspace.yaml.edits import Edit

_LISTS = ("applies_to", "look_for", "tags")
_TEXTS = tuple(field.key for field in QUESTION_FIELDS if field.is_translated and "." not in field.key)

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class TextLanguage:
    """The language that texts are written in: its name, that of the set, and whether the set leaves it unnamed."""

    name: str
    own: str
    is_plain: bool


def text_in(value: Any, language: str, own: str) -> str:
    """A text of the file in a language; one that is written in one language only is in the set's `own`."""
    if isinstance(value, dict):
        return str(value.get(language) or "")
    return str(value) if value is not None and language == own else ""


def row_of(values: Mapping[str, Any], language: str, own: str) -> Row:
    """A question as it stands in the file, in one language. Empty texts are left out."""
    row: Row = {"number": str(values.get("number") or "")}
    row |= {key: text_in(values.get(key), language, own) for key in _TEXTS}
    weight = values.get("weight")
    parts = weight if isinstance(weight, dict) else {"value": weight}
    row["weight"] = "" if parts.get("value") is None else str(parts["value"])
    row["weight.why"] = text_in(parts.get("why"), language, own)
    row |= {key: "; ".join(str(item) for item in values.get(key) or ()) for key in _LISTS}
    row["core"] = YES if values.get("core") is True else ""
    row["not_applicable"] = YES if values.get("not_applicable") == "allowed" else ""
    levels = values.get("levels")
    if isinstance(levels, dict):
        row |= {f"{LEVEL}{value}": text_in(text, language, own) for value, text in levels.items()}
    return {key: text for key, text in row.items() if text}


def question_edits(
    path: Path, values: Mapping[str, Any], changes: Mapping[str, str | None], within: TextLanguage
) -> list[Edit]:
    """The edits that give the question at `path` these texts; None or an empty text takes one away."""
    edits: list[Edit] = []
    for key, text in changes.items():
        if key in _TEXTS:
            edits += text_edits((*path, key), values.get(key), text, within)
        elif key.startswith(LEVEL):
            level = key.removeprefix(LEVEL)
            levels = values.get("levels") if isinstance(values.get("levels"), dict) else {}
            edits += text_edits((*path, "levels", level), (levels or {}).get(level), text, within)
        elif key in _LISTS:
            edits += _set_or_remove((*path, key), values, split_words(text or ""))
        elif key == "core":
            edits += _set_or_remove((*path, key), values, text == YES or None)
        elif key == "not_applicable":
            edits += _set_or_remove((*path, key), values, "allowed" if text == YES else None)
        elif key == "number":
            edits += _set_or_remove((*path, key), values, text or None)
    if "weight" in changes or "weight.why" in changes:
        edits += weight_edits(path, values, changes, within)
    return edits


def text_edits(path: Path, before: Any, text: str | None, within: TextLanguage) -> Iterator[Edit]:
    """The edits that give a text of the file these words in one language."""
    language, own = within.name, within.own
    is_named = isinstance(before, dict)
    is_single = not is_named and (language == own or before is None) and (within.is_plain or before is not None)
    if is_single:
        if text:
            yield Set(path, text)
        elif before is not None:
            yield Remove(path)
        return
    known = before if isinstance(before, dict) else {own: before} if before is not None else {}
    after = {**known, language: text} if text else {key: value for key, value in known.items() if key != language}
    if after:
        yield Set(path, after)
    elif before is not None:
        yield Remove(path)


def weight_edits(
    path: Path, values: Mapping[str, Any], changes: Mapping[str, str | None], within: TextLanguage
) -> list[Edit]:
    """The weight with its reason as one value: a number alone where no reason is given."""
    before = values.get("weight")
    parts = before if isinstance(before, dict) else {"value": before}
    amount = changes.get("weight", str(parts["value"]) if parts.get("value") is not None else "")
    if not amount:
        return [Remove((*path, "weight"))] if before is not None else []
    why = parts.get("why")
    if "weight.why" in changes:
        given = list(text_edits(("why",), why, changes["weight.why"], within))
        why = given[0].value if given and isinstance(given[0], Set) else None if given else why
    number = as_number(amount)
    return [Set((*path, "weight"), {"value": number, "why": why} if why else number)]


def as_number(text: str) -> int | float | str:
    """A number as the file has it: whole, with decimals, or a fraction as text; other text as it is."""
    bare = text.strip().replace(",", ".")
    number = number_of(bare)
    if number is None or "/" in bare or "%" in bare:
        return bare
    return int(number) if number.denominator == 1 else float(number)


def split_words(text: str) -> list[str] | None:
    """The words of a cell that holds several, parted by semicolons, commas or lines; None where there are none."""
    parts = [part.strip() for line in text.splitlines() for piece in line.split(";") for part in piece.split(",")]
    return [part for part in parts if part] or None


def _set_or_remove(path: Path, values: Mapping[str, Any], value: Any) -> list[Edit]:
    if value is None:
        return [Remove(path)] if path[-1] in values else []
    return [Set(path, value)]


def find_part(values: Mapping[str, Any], kind: str, name: str) -> tuple[Path, Mapping[str, Any]] | None:
    """The path and the values of a question (`criteria`) or a target (`targets`) of a set by its id; None without."""

    def walk(targets: Sequence[Any], above: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        for number, target in enumerate(targets):
            path = (*above, number)
            if not isinstance(target, dict):
                continue
            if kind == "targets":
                yield path, target
            else:
                yield from (((*path, "criteria", place), criterion)
                            for place, criterion in enumerate(target.get("criteria") or ()))  # fmt: skip
            yield from walk(target.get("targets") or (), (*path, "targets"))

    return next((pair for pair in walk(values.get("targets") or (), ("targets",)) if pair[1].get("id") == name), None)


def is_plain(values: Mapping[str, Any]) -> bool:
    """Whether a set writes its texts in one language, without naming it."""
    return not isinstance(values.get("title"), dict)
