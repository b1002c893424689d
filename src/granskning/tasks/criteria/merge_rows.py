"""A workbook of a criteria set that came back, held against the file as it is now, part by part of each question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.findings.finding import FilledWords
from granskning.i18n import N_
from granskning.model.question_fields import LEVEL, YES
from granskning.tasks.criteria.question_edits import (
    TextLanguage,
    find_part,
    is_plain,
    question_edits,
    row_of,
    split_words,
    text_in,
)
from granskning.tasks.criteria.set_rows import about_row, scale_rows
from granskning.workspace.answer_merge import Clash, is_alike, merge_fields, new_id
from granskning.workspace.libraries.draft import DraftRemark
from granskning.workspace.yaml.edits import Insert

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.workspace.libraries.draft import QuestionDraft, SetDraft
    from granskning.workspace.libraries.workbook_memory import QuestionMemory
    from granskning.workspace.yaml.edits import Edit

_ROW_KEYS = ("core", "not_applicable")


@dataclass(frozen=True, slots=True)
class QuestionPartChange:
    """One part of one question that the workbook changes."""

    question: str
    part: str
    before: str
    after: str


@dataclass(slots=True)
class MergedRows:
    """What the workbook does to the set."""

    edits: list[Edit] = field(default_factory=list)
    changes: list[QuestionPartChange] = field(default_factory=list)
    clashes: list[tuple[str, Clash]] = field(default_factory=list)
    remarks: list[DraftRemark] = field(default_factory=list)


def merge_rows(values: Mapping[str, Any], draft: SetDraft, memory: QuestionMemory) -> MergedRows:
    """Merge every row into the values of the file, in the language that the workbook was made in."""
    merged = MergedRows()
    own = str(values.get("language") or "sv")
    language = memory.language or own
    known = _all_ids(values)
    seen: set[str] = set()
    for question in draft.questions:
        seen.add(question.id)
        part = find_part(values, "criteria", question.id) if question.id else None
        theirs = _row(question)
        if wrong := _unknown_areas(values, theirs):
            message = N_("there is no area {area} in the set")
            hint = N_("areas of the set: {known}")
            merged.remarks.append(DraftRemark("stop", question.place, message, {
                "area": ", ".join(wrong), "known": ", ".join(_areas(values)) or "–"}, hint))  # fmt: skip
        elif part is None and question.id in memory.rows:
            message = N_("question {name} is not in the file any more, and its row is not read")
            merged.remarks.append(DraftRemark("unread", question.place, message, {"name": question.id}))
        elif part is None:
            _add(values, question, theirs, draft, known, merged, language)
        else:
            path, now = part
            base = memory.rows.get(question.id, {})
            ours = row_of(now, language, own)
            fields = {key: theirs.get(key) for key in {*theirs, *base} if not key.startswith("target")}
            outcome = merge_fields(base, ours, fields)
            merged.clashes += [(question.id, clash) for clash in outcome.clashes]
            merged.changes += [QuestionPartChange(question.id, key, ours.get(key, ""), str(text or ""))
                               for key, text in outcome.values.items()]  # fmt: skip
            merged.edits += question_edits(path, now, outcome.values, TextLanguage(language, own, is_plain(values)))
            _tell_moved(values, question, draft, now, merged, language)
    _tell_unmerged(values, draft, merged, language)
    for gone in sorted(memory.rows.keys() - seen):
        message = N_("the row of question {name} is gone, and the question is left as it is")
        place = FilledWords(N_("question {name}"), {"name": gone})
        merged.remarks.append(DraftRemark("unread", place, message, {"name": gone}))
    return merged


def _row(question: QuestionDraft) -> dict[str, str]:
    """A question of the workbook as a row, with yes as it is written in rows, and lists in one way."""
    row = {"question": question.question, **question.fields}
    row |= {f"{LEVEL}{value}": text for value, text in question.levels.items()}
    row |= {key: YES for key in _ROW_KEYS if row.get(key)}
    row |= {key: "; ".join(split_words(row[key]) or ()) for key in ("applies_to", "look_for", "tags") if key in row}
    return row


def _add(  # noqa: PLR0913  # a new row, where it belongs, and in what
    values: Mapping[str, Any], question: QuestionDraft, row: dict[str, str], draft: SetDraft, known: set[str],
    merged: MergedRows, language: str,
) -> None:  # fmt: skip
    """A row that was written in the workbook: a new question, last in its target."""
    own = str(values.get("language") or "sv")
    title = next((target.title for target in draft.targets if target.key == question.target), "")
    path, target = _target_called(values, title, language) or (None, None)
    if path is None or target is None:
        message = N_("there is no target picture “{target}” in the set")
        hint = N_("write its title as it is in the set, or make the target picture on the page first")
        merged.remarks.append(DraftRemark("stop", question.place, message, {"target": title}, hint))
        return
    words = question.id or f"{target.get('id')} {row.get('number') or ' '.join(question.question.split()[:4])}"
    name = new_id(words, known, "fraga")
    known.add(name)
    made: dict[str, Any] = {"id": name}
    for edit in question_edits((), {}, row, TextLanguage(language, own, is_plain(values))):
        _put(made, edit)
    place = sum(1 for edit in merged.edits if isinstance(edit, Insert) and edit.path == (*path, "criteria"))
    merged.edits.append(Insert((*path, "criteria"), len(target.get("criteria") or ()) + place, made))
    merged.changes.append(QuestionPartChange(name, "question", "", question.question))


def _put(made: dict[str, Any], edit: Edit) -> None:
    """Carry out an edit of a question that is not in the file yet."""
    holder = made
    for step in edit.path[:-1]:
        holder = holder.setdefault(str(step), {})
    holder[str(edit.path[-1])] = getattr(edit, "value", None)


def _tell_moved(  # noqa: PLR0913  # a question, and what its target is called in both
    values: Mapping[str, Any], question: QuestionDraft, draft: SetDraft, now: Mapping[str, Any], merged: MergedRows,
    language: str,
) -> None:  # fmt: skip
    """That a row names another target than the one that its question stands under."""
    title = next((target.title for target in draft.targets if target.key == question.target), "")
    match = _target_called(values, title, language)
    if match is None or all(item.get("id") != now.get("id") for item in match[1].get("criteria") or ()):
        message = N_("the row names the target picture “{target}”, but the question stands elsewhere and is not moved")
        hint = N_("move it on the page, or in the file")
        merged.remarks.append(DraftRemark("unread", question.place, message, {"target": title}, hint))


def _tell_unmerged(values: Mapping[str, Any], draft: SetDraft, merged: MergedRows, language: str) -> None:
    """That the sheets about the set and its scale, or the sentence of a target, say something else than the file."""
    about = about_row(values, language)
    other = [text for key, text in draft.about.items() if not is_alike(about.get(key, ""), text)]
    levels = {str(level.value): level.label for level in draft.scales[0].levels} if draft.scales else {}
    scale = {row["value"]: row["label"] for row in scale_rows(values, language)}
    other += [label for value, label in levels.items() if label != value and not is_alike(scale.get(value, ""), label)]
    for target in draft.targets:
        match = _target_called(values, target.title, language)
        own = str(values.get("language") or "sv")
        if match and target.picture and not is_alike(text_in(match[1].get("picture"), language, own), target.picture):
            other.append(target.picture)
    for text in other:
        message = N_("only questions are brought back, so this is left as it is in the file: {text}")
        place = FilledWords(N_("the workbook"))
        hint = N_("change it on the page of the set, or in its file")
        merged.remarks.append(DraftRemark("unread", place, message, {"text": text[:160]}, hint))


def _target_called(values: Mapping[str, Any], title: str, language: str) -> tuple[Any, Mapping[str, Any]] | None:
    own = str(values.get("language") or "sv")
    return next(
        (
            (path, target)
            for path, target in _all_targets(values.get("targets") or (), ("targets",))
            if is_alike(text_in(target.get("title"), language, own).casefold(), title.casefold())
        ),
        None,
    )


def _all_targets(targets: Any, above: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    for number, target in enumerate(targets):
        yield (*above, number), target
        yield from _all_targets(target.get("targets") or (), (*above, number, "targets"))


def _all_ids(values: Mapping[str, Any]) -> set[str]:
    """Every id that a question or a target has, or had: none is used again."""
    ids = {str(item.get("id")) for item in values.get("retired") or ()}
    for _, target in _all_targets(values.get("targets") or (), ("targets",)):
        ids |= {str(target.get("id")), *(str(criterion.get("id")) for criterion in target.get("criteria") or ())}
    return ids


def _areas(values: Mapping[str, Any]) -> list[str]:
    return [str(area.get("id")) for area in values.get("areas") or ()]


def _unknown_areas(values: Mapping[str, Any], row: Mapping[str, str]) -> list[str]:
    known = _areas(values)
    return [area for area in split_words(row.get("applies_to", "")) or () if known and area not in known]
