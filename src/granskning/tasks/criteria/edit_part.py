"""A criteria set changed part by part on the page: merged with what others have changed, moved, added, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from granskning.errors import UnknownFileError
from granskning.i18n import N_
from granskning.model.lineage import version_key
from granskning.tasks.criteria.part_fields import (
    HEAD_FIELDS,
    RULE_FIELDS,
    TARGET_FIELDS,
    languages_of,
    part_after,
    part_row,
    question_after,
    question_row,
    scale_fields,
)
from granskning.tasks.criteria.question_edits import find_part
from granskning.tasks.criteria.set_file import WrittenSet, edit_set, file_of_set
from granskning.workspace.answer_merge import Clash, merge_fields, new_id
from granskning.workspace.yaml.edits import Insert, Remove, Set, value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from granskning.findings.finding import Path as PartPath
    from granskning.model.lineage import ChangeKind
    from granskning.model.workspace import Workspace
    from granskning.tasks.criteria.part_fields import PartField
    from granskning.workspace.yaml.edits import Edit

PartKind = Literal["criteria", "targets", "head", "scale", "rules"]


@dataclass(frozen=True, slots=True)
class KeptPart:
    """What came of a save: what was written or hindered it, and the fields that somebody else has changed meanwhile."""

    written: WrittenSet
    clashes: tuple[Clash, ...]
    row: Mapping[str, str]
    """The fields as they stand in the file now."""


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target picture to be made, with its first question."""

    title: str
    picture: str
    question: str


def part_of(values: Mapping[str, Any], kind: PartKind, name: str) -> tuple[PartPath, Mapping[str, Any]]:
    """A part of a set with its path; the head, the scale and the rules are the set itself. Raises UnknownFileError."""
    if kind in ("head", "scale", "rules"):
        return (), values
    part = find_part(values, kind, name)
    if part is None:
        message = N_("there is no question or target picture {name} in the set")
        raise UnknownFileError(message, N_("it may have been taken away meanwhile"), name=name)
    return part


def row_of_part(values: Mapping[str, Any], kind: PartKind, name: str = "") -> dict[str, str]:
    """The fields of a part as they stand in the file."""
    _, part = part_of(values, kind, name)
    languages = languages_of(values)
    return question_row(part, languages) if kind == "criteria" else part_row(part, _fields(values, kind), languages)


def _fields(values: Mapping[str, Any], kind: PartKind) -> tuple[PartField, ...]:
    if kind == "scale":
        return scale_fields(values)
    return {"targets": TARGET_FIELDS, "head": HEAD_FIELDS, "rules": RULE_FIELDS}[kind]


@dataclass(frozen=True, slots=True)
class PartSave:
    """What is to be saved: a part of a set, what it was when the form was made, and what the form says now."""

    of: str
    kind: PartKind
    name: str
    base: Mapping[str, Any]
    fields: Mapping[str, Any]
    change: tuple[ChangeKind, str] | None = None
    """What the change is to answers that have been given to an earlier version, and why."""


def keep_part(root: Path, workspace: Workspace, save: PartSave) -> KeptPart:
    """Merge the fields of a part into the file as it is now, and write what that changes.

    Raises UsageError for a part that is not there and for a version that an approved review rests on.
    """
    outcome: dict[str, Any] = {}
    earlier = earlier_version(workspace, save.of)

    def edits_of(values: Mapping[str, Any]) -> list[Edit]:
        path, part = part_of(values, save.kind, save.name)
        row = row_of_part(values, save.kind, save.name)
        merged = merge_fields(save.base, row, save.fields)
        outcome.update(clashes=merged.clashes, row=row)
        languages = languages_of(values)
        if save.kind == "criteria":
            after = question_after(part, merged.values, languages)
        else:
            after = part_after(part, _fields(values, save.kind), merged.values, languages)
        if path:
            declared = change_edits(values, earlier, save.name, save.change) if save.change and merged.values else []
            return [Set(path, after), *declared]
        return [
            *(Set((key,), value) for key, value in after.items() if value != part.get(key)),
            *(Remove((key,)) for key in part if key not in after),
        ]

    written = edit_set(root, workspace, save.of, edits_of)
    return KeptPart(written, outcome.get("clashes", ()), outcome.get("row", {}))


def earlier_version(workspace: Workspace, of: str) -> str:
    """The latest version of a set that is frozen; empty where there is none."""
    versions = [criteria.version for criteria in workspace.criteria.values()
                if criteria.id == of and criteria.file != file_of_set(of)]  # fmt: skip
    return max(versions, key=version_key, default="")


def change_edits(values: Mapping[str, Any], earlier: str, criterion: str, change: tuple[ChangeKind, str]) -> list[Edit]:
    """The edits that tell what a change since the earlier version is; a later word on it replaces the former."""
    if not earlier:
        return []
    kind, text = change
    languages, known = languages_of(values), values.get("changes") or []
    entry = {"from": earlier, "kind": kind, "criterion": criterion,
             "text": text if languages.is_plain else {languages.own: text}}  # fmt: skip
    number = next((place for place, item in enumerate(known)
                   if (item.get("from"), item.get("criterion")) == (earlier, criterion)), None)  # fmt: skip
    return [Insert(("changes",), len(known), entry)] if number is None else [Set(("changes", number), entry)]


def add_question(root: Path, workspace: Workspace, of: str, target: str, question: str) -> tuple[str, WrittenSet]:
    """A new question, last in its target; its id is made of the target's and its first words."""
    made = ""

    def edits_of(values: Mapping[str, Any]) -> list[Edit]:
        nonlocal made
        path, part = part_of(values, "targets", target)
        made = new_id(f"{target} {' '.join(question.split()[:4])}", _ids(values), "fraga")
        languages = languages_of(values)
        item = {"id": made, "question": question if languages.is_plain else {languages.own: question}}
        declared = change_edits(values, earlier_version(workspace, of), made, ("new", question))
        return [Insert((*path, "criteria"), len(part.get("criteria") or ()), item), *declared]

    written = edit_set(root, workspace, of, edits_of)
    return made, written


def add_target(root: Path, workspace: Workspace, of: str, given: NewTarget) -> tuple[str, WrittenSet]:
    """A new target picture, last, with its first question: a target has at least one."""
    made = ""

    def edits_of(values: Mapping[str, Any]) -> list[Edit]:
        nonlocal made
        languages, taken = languages_of(values), _ids(values)
        made = new_id(" ".join(given.title.split()[:4]), taken, "mal")
        first = new_id(f"{made} {' '.join(given.question.split()[:4])}", {*taken, made}, "fraga")

        def words(text: str) -> Any:
            return text if languages.is_plain else {languages.own: text}

        item = {"id": made, "title": words(given.title), "criteria": [{"id": first, "question": words(given.question)}]}
        if given.picture:
            item["picture"] = words(given.picture)
        order = ("id", "title", "picture", "criteria")
        return [
            Insert(("targets",), len(values.get("targets") or ()), {key: item[key] for key in order if key in item})
        ]

    written = edit_set(root, workspace, of, edits_of)
    return made, written


def move_part(root: Path, workspace: Workspace, of: str, part: tuple[PartKind, str], *, down: bool) -> WrittenSet:
    """Change places with the question or target before or after, within the same list; at its end nothing happens."""

    def edits_of(values: Mapping[str, Any]) -> list[Edit]:
        path, moved = part_of(values, *part)
        beside, place = value_at(values, path[:-1]), int(path[-1])
        other = place + (1 if down else -1)
        if not 0 <= other < len(beside):
            return []
        return [Remove(path), Insert(path[:-1], other, moved)]

    return edit_set(root, workspace, of, edits_of)


def send_question(root: Path, workspace: Workspace, of: str, name: str, target: str) -> WrittenSet:
    """Move a question to another target picture, last there; its own stays as it is. A target keeps one question."""

    def edits_of(values: Mapping[str, Any]) -> list[Edit]:
        path, moved = part_of(values, "criteria", name)
        below, new_home = part_of(values, "targets", target)
        if path[:-2] == below:
            return []
        return [Remove(path), Insert((*below, "criteria"), len(new_home.get("criteria") or ()), moved)]

    return edit_set(root, workspace, of, edits_of)


def remove_question(root: Path, workspace: Workspace, of: str, name: str, why: str) -> WrittenSet:
    """Take a question away, and write that its id is retired and why, so that it is never used again."""

    def edits_of(values: Mapping[str, Any]) -> list[Edit]:
        path, _ = part_of(values, "criteria", name)
        languages = languages_of(values)
        entry = {"id": name, "version": str(values.get("version"))}
        if why:
            entry["text"] = why if languages.is_plain else {languages.own: why}  # type: ignore[assignment]
        declared = change_edits(values, earlier_version(workspace, of), name, ("retired", why))
        return [Remove(path), Insert(("retired",), len(values.get("retired") or ()), entry), *declared]

    return edit_set(root, workspace, of, edits_of)


def _ids(values: Mapping[str, Any]) -> set[str]:
    """Every id that a question or target has, or had."""

    def walk(targets: Any) -> Iterator[str]:
        for target in targets or ():
            yield str(target.get("id"))
            yield from (str(criterion.get("id")) for criterion in target.get("criteria") or ())
            yield from walk(target.get("targets"))

    return {*walk(values.get("targets")), *(str(item.get("id")) for item in values.get("retired") or ())}
