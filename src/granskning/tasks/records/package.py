"""The documents that belong to a strategy (handlingar): declared, changed and taken away, exactly and one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.editing.strategy_file import edit_strategy
from granskning.workspace.yaml.edits import Insert, Remove, Set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from granskning.edges.writing import FileWrite
    from granskning.findings.finding import Finding
    from granskning.workspace.yaml.edits import Edit

    Edits = tuple[list[Edit], list[FileWrite]]

FIELDS = ("kind", "title", "edition", "address", "retrieved", "read", "note")
"""What is said of a document."""


def add_document(
    root: Path, strategy: str, fields: Mapping[str, str], number: int | None = None
) -> tuple[Finding, ...]:
    """Declare a document, as the one with that number, from 1, or last; returns what hindered it."""

    def edits(values: Mapping[str, Any]) -> Edits:
        known = values.get("package") or []
        place = min(number - 1, len(known)) if number else len(known)
        return [Insert(("package",), place, _values(fields))], []

    return edit_strategy(root, strategy, edits)


def change_document(
    root: Path, strategy: str, number: int, before: Mapping[str, str], fields: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Change the document with that number, from 1, which was as `before` says; returns what hindered it.

    Raises UsageError where another document stands there by now, or the same with other words.
    """

    def edits(values: Mapping[str, Any]) -> Edits:
        _require(values, number, before)
        changed: list[Edit] = []
        for key in FIELDS:
            now, wanted = before.get(key, ""), fields.get(key, "")
            if now != wanted:
                path = ("package", number - 1, key)
                changed.append(Set(path, wanted) if wanted else Remove(path))
        return changed, []

    return edit_strategy(root, strategy, edits)


def remove_document(root: Path, strategy: str, number: int, before: Mapping[str, str]) -> tuple[Finding, ...]:
    """Take the document with that number, from 1, away. Raises as `change_document` does."""

    def edits(values: Mapping[str, Any]) -> Edits:
        known = _require(values, number, before)
        return [Remove(("package",) if len(known) == 1 else ("package", number - 1))], []

    return edit_strategy(root, strategy, edits)


def _require(values: Mapping[str, Any], number: int, before: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
    known: Sequence[Mapping[str, Any]] = values.get("package") or []
    now = known[number - 1] if 0 < number <= len(known) else {}
    if {key: " ".join(str(value).split()) for key, value in now.items()} != {
        key: " ".join(value.split()) for key, value in _values(before).items()
    }:
        message = N_("document {number} of the strategy has been changed by somebody else since it was shown")
        raise UsageError(message, N_("nothing was changed; look at it again and make the change anew"), number=number)
    return known


def _values(fields: Mapping[str, str]) -> dict[str, str]:
    return {key: fields[key] for key in FIELDS if fields.get(key)}
